/* Diagnostics on stderr: one line each, control bytes escaped. */
#ifndef DL_CORE_LOG_H
#define DL_CORE_LOG_H

#include <stdbool.h>

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Lines above this level are dropped; the start value is LOG_WARN. */
void
log_set_level(enum log_level level);
/* As JSON objects, one a line, instead of text. */
void
log_set_json(bool on);
/* Shown before each text line: "dateline run: ..." */
void
log_set_name(const char *name);
void
log_write(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
