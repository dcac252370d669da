/*
 * Typed reads and writes of JSON objects, for the codec only.  jansson holds
 * the values; here is what jansson does not say: which key of which record
 * is wrong.
 */
#ifndef DL_CORE_JSON_H
#define DL_CORE_JSON_H

#include <jansson.h>

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

/* One object being read: errors are about `what`. */
struct json_in {
	const json_t *obj;
	const char *what; /* "page", "claim 3" */
	struct arena *arena;
	struct error *err;
};

/*
 * Readers give ERR_FORMAT naming the key when it is absent (get) or of
 * another type; find leaves *out alone when the key is absent or null.
 */
enum error_code
json_get_str(const struct json_in *in, const char *key, const char **out);
enum error_code
json_find_str(const struct json_in *in, const char *key, const char **out);
enum error_code
json_get_int(const struct json_in *in, const char *key, int64_t min,
	int64_t max, int64_t *out);
enum error_code
json_find_int(const struct json_in *in, const char *key, int64_t min,
	int64_t max, int64_t *out);
enum error_code
json_find_real(const struct json_in *in, const char *key, double *out);
enum error_code
json_find_bool(const struct json_in *in, const char *key, bool *out);
/* An array of at most max elements; absent gives NULL. */
enum error_code
json_find_array(const struct json_in *in, const char *key, size_t max,
	const json_t **out);
enum error_code
json_find_object(const struct json_in *in, const char *key, const json_t **out);
/* "at": [start, end], start <= end. */
enum error_code
json_get_at(const struct json_in *in, uint32_t *start, uint32_t *end);
/* A list of strings. */
enum error_code
json_find_strings(const struct json_in *in, const char *key, const char ***out,
	size_t *n);
/* A time as RFC 3339. */
enum error_code
json_get_time(const struct json_in *in, const char *key, int64_t *out);

enum error_code
json_in_error(const struct json_in *in, const char *key, const char *wanted);
enum error_code
json_in_nomem(const struct json_in *in);

/* Writers: absent values (NULL, empty) are left out.  Failure to allocate
 * shows when the finished object is dumped: they return false. */
bool
json_put_str(json_t *obj, const char *key, const char *value);
bool
json_put_span(json_t *obj, const char *key, struct span value);
bool
json_put_int(json_t *obj, const char *key, int64_t value);
bool
json_put_real(json_t *obj, const char *key, double value);
bool
json_put_time(json_t *obj, const char *key, int64_t value);
bool
json_put_at(json_t *obj, uint32_t start, uint32_t end);
bool
json_put_strings(
	json_t *obj, const char *key, const char *const *list, size_t n);
/* Takes over value, which may be NULL (then false). */
bool
json_put(json_t *obj, const char *key, json_t *value);

/* Append obj as compact JSON; frees obj.  obj NULL or !ok is ERR_NOMEM. */
enum error_code
json_finish(json_t *obj, bool ok, struct buffer *out, struct error *err);

/* Read text as one value: strict, at most RECORD_DEPTH_MAX deep; NULL with
 * err.  The caller owns it. */
json_t *
json_read(struct span text, struct error *err);

/* codec_document.c and codec_extraction.c */
enum error_code
document_decode(const struct json_in *in, struct document *out);
json_t *
document_to_json(const struct document *d);
enum error_code
extraction_decode(const struct json_in *in, struct extraction *out);
json_t *
extraction_to_json(const struct extraction *x);

#endif
