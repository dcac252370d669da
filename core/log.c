#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "date.h"

#define LOG_LINE_MAX 2048 /* bytes of a message */

static enum log_level max_level = LOG_WARN;
static bool as_json;
static const char *program = "dateline";

static const char *const level_names[] = { "error", "warning", "info",
	"debug" };

void
log_set_level(enum log_level level)
{
	max_level = level;
}

void
log_set_json(bool on)
{
	as_json = on;
}

void
log_set_name(const char *name)
{
	program = name;
}

/*
 * A URL or title in a message must not forge a line or drive a terminal:
 * control bytes, and in JSON quotes, are escaped.  C1 controls are UTF-8
 * pairs C2 80..9F and are escaped by their first byte's successor.
 */
static void
escape(const char *in, char *out, size_t room)
{
	size_t n = 0;

	for (const unsigned char *p = (const unsigned char *)in; *p != '\0';
		p++) {
		bool c1 = *p == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;

		if (n + 8 > room)
			break;
		if (c1)
			p++;
		if (c1 || *p < 0x20 || *p == 0x7F)
			n += (size_t)sprintf(out + n, "\\u%04x", *p);
		else if (as_json && (*p == '"' || *p == '\\'))
			n += (size_t)sprintf(out + n, "\\%c", *p);
		else
			out[n++] = (char)*p;
	}
	out[n] = '\0';
}

void
log_write(enum log_level level, const char *fmt, ...)
{
	char msg[LOG_LINE_MAX], safe[LOG_LINE_MAX], when[24];
	va_list ap;

	if (level > max_level)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(msg, sizeof msg, fmt, ap); /* a long one is cut */
	va_end(ap);
	escape(msg, safe, sizeof safe);
	if (!as_json) {
		fprintf(stderr, "%s: %s%s%s\n", program,
			level >= LOG_INFO ? "" : level_names[level],
			level >= LOG_INFO ? "" : ": ", safe);
		return;
	}
	time_format(clock_now(), when);
	fprintf(stderr,
		"{\"at\":\"%s\",\"level\":\"%s\",\"program\":\"%s\","
		"\"message\":\"%s\"}\n",
		when, level_names[level], program, safe);
}
