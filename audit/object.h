/* One JSON object being written into a buffer; errors stick there. */
#ifndef DL_AUDIT_OBJECT_H
#define DL_AUDIT_OBJECT_H

#include "core/core.h"

void
object_open(struct buffer *b);
/* A line feed behind the outermost object is the caller's. */
void
object_close(struct buffer *b);
/* The key alone; a value is appended next. */
void
object_key(struct buffer *b, const char *key);
/* NULL is null. */
void
object_str(struct buffer *b, const char *key, const char *value);
void
object_int(struct buffer *b, const char *key, int64_t value);
void
object_bool(struct buffer *b, const char *key, bool value);
void
object_strings(
	struct buffer *b, const char *key, const char *const *list, size_t n);

#endif
