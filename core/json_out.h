/*
 * Compact JSON straight into a buffer: no tree is built.
 * Errors stick to the buffer (ERR_FORMAT: text that is not UTF-8), so only
 * the end needs a look.  Commas come by themselves.
 */
#ifndef DL_CORE_JSON_OUT_H
#define DL_CORE_JSON_OUT_H

#include "buffer.h"

/* '{' or '[' of a value or an element, and '}' or ']'. */
void
json_out_open(struct buffer *b, char bracket);
void
json_out_close(struct buffer *b, char bracket);
/* The key of what is written next; a literal without anything to escape. */
void
json_out_key(struct buffer *b, const char *key);

/* Values and elements. */
void
json_out_null(struct buffer *b);
void
json_out_text(struct buffer *b, struct span text);
void
json_out_int(struct buffer *b, int64_t value);
/* As printf's %.10g: enough for coordinates and scores, and stable. */
void
json_out_real(struct buffer *b, double value);
/* What is read where that was written. */
double
json_real_rounded(double value);

/* A key with its value; text that is NULL is left out. */
void
json_put_str(struct buffer *b, const char *key, const char *value);
void
json_put_span(struct buffer *b, const char *key, struct span value);
void
json_put_int(struct buffer *b, const char *key, int64_t value);
void
json_put_real(struct buffer *b, const char *key, double value);
void
json_put_bool(struct buffer *b, const char *key, bool value);
/* Unix seconds as RFC 3339. */
void
json_put_time(struct buffer *b, const char *key, int64_t value);
/* "at":[start,end] */
void
json_put_at(struct buffer *b, uint32_t start, uint32_t end);
/* An empty list is left out. */
void
json_put_strings(
	struct buffer *b, const char *key, const char *const *list, size_t n);

/*
 * The end of a value that began at b->len == start: OK, or *err filled and
 * the buffer cut back to start with the error still in it.
 */
enum error_code
json_out_end(struct buffer *b, size_t start, struct error *err);

#endif
