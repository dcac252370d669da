#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "span.h"
#include "utf8.h"

/* Exit statuses, as docs/dateline.1 lists them. */
#define EXIT_OWN_FAILURE 1
#define EXIT_USAGE	 2
#define EXIT_BUSY	 75 /* EX_TEMPFAIL of sysexits.h */

static const struct {
	const char *name;
	bool retry;
	int status;
} codes[ERR_CODES] = {
	[OK] = { "ok", false, 0 },
	[ERR_USAGE] = { "usage", false, EXIT_USAGE },
	[ERR_CONFIG] = { "config", false, EXIT_USAGE },
	[ERR_NOMEM] = { "memory", true, EXIT_OWN_FAILURE },
	[ERR_LIMIT] = { "limit", false, EXIT_OWN_FAILURE },
	[ERR_IO] = { "io", true, EXIT_OWN_FAILURE },
	[ERR_FORMAT] = { "format", false, EXIT_OWN_FAILURE },
	[ERR_NOT_FOUND] = { "not-found", false, EXIT_OWN_FAILURE },
	[ERR_BUSY] = { "busy", true, EXIT_BUSY },
	[ERR_REFUSED] = { "refused", false, EXIT_OWN_FAILURE },
	[ERR_NETWORK] = { "network", true, EXIT_OWN_FAILURE },
	[ERR_STORE] = { "store", false, EXIT_OWN_FAILURE },
	[ERR_VERSION] = { "version", false, EXIT_OWN_FAILURE },
};

void
error_clear(struct error *err)
{
	if (err == NULL)
		return;
	err->code = OK;
	err->msg[0] = '\0';
}

/* A message cut by snprintf may end inside a character: drop that part. */
static void
trim_to_character(char *msg)
{
	struct span text = span_str(msg);

	if (text.len + 1 >= ERROR_MSG_MAX)
		msg[utf8_valid_prefix(text)] = '\0';
}

static void
set_message(struct error *err, const char *fmt, va_list ap)
{
	char tmp[ERROR_MSG_MAX];

	/* err->msg may be among the arguments. */
	(void)vsnprintf(tmp, sizeof tmp, fmt, ap); /* cut is fine */
	trim_to_character(tmp);
	memcpy(err->msg, tmp, sizeof tmp);
}

enum error_code
error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	set_message(err, fmt, ap);
	va_end(ap);
	err->code = code;
	return code;
}

enum error_code
error_sys(struct error *err, int errnum, const char *fmt, ...)
{
	char why[128];
	va_list ap;
	size_t used;

	if (err == NULL)
		return ERR_IO;
	va_start(ap, fmt);
	set_message(err, fmt, ap);
	va_end(ap);
	used = strlen(err->msg);
	(void)snprintf(err->msg + used, sizeof err->msg - used, ": %s",
		strerror_r(errnum, why, sizeof why));
	trim_to_character(err->msg);
	err->code = ERR_IO;
	return ERR_IO;
}

enum error_code
error_wrap(struct error *err, const char *fmt, ...)
{
	char context[ERROR_MSG_MAX];
	char tmp[2 * ERROR_MSG_MAX + 4];
	va_list ap;

	if (err == NULL)
		return ERR_IO;
	va_start(ap, fmt);
	(void)vsnprintf(context, sizeof context, fmt, ap);
	va_end(ap);
	(void)snprintf(tmp, sizeof tmp, "%s: %s", context, err->msg);
	tmp[ERROR_MSG_MAX - 1] = '\0';
	memcpy(err->msg, tmp, ERROR_MSG_MAX);
	trim_to_character(err->msg);
	return err->code;
}

const char *
error_name(enum error_code code)
{
	if ((unsigned)code >= ERR_CODES)
		return "unknown";
	return codes[code].name;
}

bool
error_may_retry(enum error_code code)
{
	return (unsigned)code < ERR_CODES && codes[code].retry;
}

int
error_exit_status(enum error_code code)
{
	if ((unsigned)code >= ERR_CODES)
		return EXIT_OWN_FAILURE;
	return codes[code].status;
}
