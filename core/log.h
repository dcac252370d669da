/*
 * Diagnostics on stderr: one line each, written at once, so that lines of
 * several processes do not mix; what others wrote in it is escaped.
 */
#ifndef DL_CORE_LOG_H
#define DL_CORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

#define LOG_LINE_MAX                                                           \
	((size_t)8 << 10) /* bytes of a message; the rest is cut               \
			   */

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG, LOG_LEVELS };

/* error, warning, info, debug */
const char *
log_level_name(enum log_level level);
bool
log_level_find(struct span name, enum log_level *out);

/* Lines above this level are dropped; the start value is LOG_WARN. */
void
log_set_level(enum log_level level);
/* As JSON objects, one a line, instead of text. */
void
log_set_json(bool on);
/* Shown before each text line, and "program" in JSON: "dateline fetch". */
void
log_set_name(const char *name);
/* The cursor's line holds a progress bar, which a line of text wipes. */
void
log_set_bar(bool on);

/* What a line tells besides its message: a member in JSON, name=value in
 * text.  A text that is NULL is left out. */
struct log_field {
	const char *name;
	const char *text;
	int64_t number;
	bool is_number;
};
#define LOG_TEXT(n, t)                                                         \
	{                                                                      \
		.name = (n), .text = (t)                                       \
	}
#define LOG_NUMBER(n, v)                                                       \
	{                                                                      \
		.name = (n), .number = (v), .is_number = true                  \
	}

void
log_event(enum log_level level, const struct log_field *fields, size_t n,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* A line of level info that is wanted at every level. */
void
log_asked(const struct log_field *fields, size_t n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void
log_write(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
