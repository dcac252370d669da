#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "clock.h"
#include "date.h"
#include "escape.h"
#include "json_out.h"

#define WIPE "\r\033[J" /* of the bar, also where it has been wrapped */

static enum log_level max_level = LOG_WARN;
static bool as_json, over_bar;
static const char *program = "dateline";

static const char *const level_names[LOG_LEVELS] = { "error", "warning", "info",
	"debug" };

const char *
log_level_name(enum log_level level)
{
	return level_names[level];
}

bool
log_level_find(struct span name, enum log_level *out)
{
	for (int i = 0; i < LOG_LEVELS; i++)
		if (span_eq_str(name, level_names[i])) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}

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

void
log_set_bar(bool on)
{
	over_bar = on;
}

static bool
is_told(const struct log_field *f)
{
	return f->is_number || f->text != NULL;
}

static void
put_json(struct buffer *b, enum log_level level, const char *message,
	const struct log_field *fields, size_t n)
{
	json_out_open(b, '{');
	json_put_time(b, "at", clock_now());
	json_put_str(b, "level", level_names[level]);
	json_put_str(b, "program", program);
	json_put_int(b, "pid", getpid());
	json_out_key(b, "message");
	escape_json(span_str(message), b);
	for (size_t i = 0; i < n; i++) {
		if (!is_told(&fields[i]))
			continue;
		json_out_key(b, fields[i].name);
		if (!fields[i].is_number)
			escape_json(span_str(fields[i].text), b);
		else
			json_out_int(b, fields[i].number);
	}
	json_out_close(b, '}');
}

static void
put_text(struct buffer *b, enum log_level level, const char *message,
	const struct log_field *fields, size_t n)
{
	buffer_printf(b, "%s: ", program);
	if (level < LOG_INFO)
		buffer_printf(b, "%s: ", level_names[level]);
	escape_line(span_str(message), b);
	for (size_t i = 0; i < n; i++) {
		if (!is_told(&fields[i]))
			continue;
		buffer_printf(b, " %s=", fields[i].name);
		if (!fields[i].is_number)
			escape_line(span_str(fields[i].text), b);
		else
			buffer_printf(b, "%lld", (long long)fields[i].number);
	}
}

static void
write_line(enum log_level level, const struct log_field *fields, size_t n,
	const char *fmt, va_list ap)
{
	char message[LOG_LINE_MAX];
	struct buffer b;

	(void)vsnprintf(message, sizeof message, fmt, ap);
	/* An escaped byte takes six, and fields are as long as a message. */
	buffer_init(&b, (n + 2) * 6 * LOG_LINE_MAX);
	if (over_bar && !as_json)
		buffer_add_str(&b, WIPE);
	if (as_json)
		put_json(&b, level, message, fields, n);
	else
		put_text(&b, level, message, fields, n);
	buffer_add_char(&b, '\n');
	/* Nobody is left to tell that stderr cannot be written. */
	if (b.code == OK)
		(void)!write(STDERR_FILENO, b.ptr, b.len);
	buffer_release(&b);
}

void
log_event(enum log_level level, const struct log_field *fields, size_t n,
	const char *fmt, ...)
{
	va_list ap;

	if (level > max_level)
		return;
	va_start(ap, fmt);
	write_line(level, fields, n, fmt, ap);
	va_end(ap);
}

void
log_asked(const struct log_field *fields, size_t n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_line(LOG_INFO, fields, n, fmt, ap);
	va_end(ap);
}

void
log_write(enum log_level level, const char *fmt, ...)
{
	va_list ap;

	if (level > max_level)
		return;
	va_start(ap, fmt);
	write_line(level, NULL, 0, fmt, ap);
	va_end(ap);
}
