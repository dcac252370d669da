/* Errors: a code for the program, a message for the person. */
#ifndef DL_CORE_ERROR_H
#define DL_CORE_ERROR_H

#include <stdbool.h>

enum error_code {
	OK = 0,
	ERR_USAGE,     /* the command line is wrong */
	ERR_CONFIG,    /* a configuration file is wrong */
	ERR_NOMEM,     /* malloc failed */
	ERR_LIMIT,     /* over a named cap */
	ERR_IO,	       /* a system call failed */
	ERR_FORMAT,    /* foreign bytes are not what they should be */
	ERR_NOT_FOUND, /* what was asked for does not exist */
	ERR_BUSY,      /* another process holds it */
	ERR_REFUSED,   /* not allowed: address, scheme, robots, sandbox */
	ERR_NETWORK,   /* the other side failed */
	ERR_STORE,     /* the ledger failed: SQLite's message is in msg */
	ERR_VERSION,   /* made by a newer dateline */
	ERR_CODES      /* how many there are */
};

#define ERROR_MSG_MAX 512 /* bytes of a message, NUL included */

/* Caller-owned; zero it or call error_clear() before use. */
struct error {
	enum error_code code;
	char msg[ERROR_MSG_MAX];
};

void
error_clear(struct error *err);

/*
 * Set *err (may be NULL) to code and the formatted message, cut at
 * ERROR_MSG_MAX on a character boundary.  Returns code, so that
 * `return error_set(err, ERR_IO, ...)` reads well.
 */
enum error_code
error_set(struct error *err, enum error_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": strerror(errnum)" appended. */
enum error_code
error_sys(struct error *err, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "context: " before the message that is there.  Returns err->code. */
enum error_code
error_wrap(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Lower-case name of a code, "ok", "config", ...; never NULL. */
const char *
error_name(enum error_code code);

/* True if the same call may succeed later without a change by a person. */
bool
error_may_retry(enum error_code code);

/* Exit status a verb ends with: 0, 1, 2 (usage, config) or 75 (busy). */
int
error_exit_status(enum error_code code);

#endif
