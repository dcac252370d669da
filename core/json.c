#include "json.h"

#include <string.h>

#define REAL_DIGITS 10 /* enough for coordinates and scores, and stable */

enum error_code
json_in_error(const struct json_in *in, const char *key, const char *wanted)
{
	return error_set(in->err, ERR_FORMAT, "%s: \"%s\" is not %s", in->what,
		key, wanted);
}

enum error_code
json_in_nomem(const struct json_in *in)
{
	return arena_over_cap(in->arena)
		       ? error_set(in->err, ERR_LIMIT,
				 "%s: over the memory cap", in->what)
		       : error_set(
				 in->err, ERR_NOMEM, "%s: no memory", in->what);
}

static const json_t *
lookup(const struct json_in *in, const char *key)
{
	const json_t *v = json_object_get(in->obj, key);

	return json_is_null(v) ? NULL : v;
}

enum error_code
json_find_str(const struct json_in *in, const char *key, const char **out)
{
	const json_t *v = lookup(in, key);

	if (v == NULL)
		return OK;
	if (!json_is_string(v))
		return json_in_error(in, key, "a string");
	*out = arena_strndup(
		in->arena, json_string_value(v), json_string_length(v));
	return *out != NULL ? OK : json_in_nomem(in);
}

enum error_code
json_get_str(const struct json_in *in, const char *key, const char **out)
{
	if (lookup(in, key) == NULL)
		return json_in_error(in, key, "there");
	return json_find_str(in, key, out);
}

enum error_code
json_find_int(const struct json_in *in, const char *key, int64_t min,
	int64_t max, int64_t *out)
{
	const json_t *v = lookup(in, key);

	if (v == NULL)
		return OK;
	if (!json_is_integer(v))
		return json_in_error(in, key, "a whole number");
	if (json_integer_value(v) < min || json_integer_value(v) > max)
		return json_in_error(in, key, "in range");
	*out = json_integer_value(v);
	return OK;
}

enum error_code
json_get_int(const struct json_in *in, const char *key, int64_t min,
	int64_t max, int64_t *out)
{
	if (lookup(in, key) == NULL)
		return json_in_error(in, key, "there");
	return json_find_int(in, key, min, max, out);
}

enum error_code
json_find_real(const struct json_in *in, const char *key, double *out)
{
	const json_t *v = lookup(in, key);

	if (v == NULL)
		return OK;
	if (!json_is_number(v))
		return json_in_error(in, key, "a number");
	*out = json_number_value(v);
	return OK;
}

enum error_code
json_find_bool(const struct json_in *in, const char *key, bool *out)
{
	const json_t *v = lookup(in, key);

	if (v == NULL)
		return OK;
	if (!json_is_boolean(v))
		return json_in_error(in, key, "true or false");
	*out = json_is_true(v);
	return OK;
}

enum error_code
json_find_array(const struct json_in *in, const char *key, size_t max,
	const json_t **out)
{
	*out = lookup(in, key);
	if (*out == NULL)
		return OK;
	if (!json_is_array(*out))
		return json_in_error(in, key, "an array");
	if (json_array_size(*out) > max)
		return error_set(in->err, ERR_LIMIT,
			"%s: \"%s\" has more than %zu elements", in->what, key,
			max);
	return OK;
}

enum error_code
json_find_object(const struct json_in *in, const char *key, const json_t **out)
{
	*out = lookup(in, key);
	if (*out != NULL && !json_is_object(*out))
		return json_in_error(in, key, "an object");
	return OK;
}

enum error_code
json_get_at(const struct json_in *in, uint32_t *start, uint32_t *end)
{
	const json_t *v = lookup(in, "at");
	const json_t *s = json_array_get(v, 0), *e = json_array_get(v, 1);

	if (!json_is_array(v) || json_array_size(v) != 2 ||
		!json_is_integer(s) || !json_is_integer(e) ||
		json_integer_value(s) < 0 ||
		json_integer_value(e) < json_integer_value(s) ||
		json_integer_value(e) > (json_int_t)RECORD_LINE_MAX)
		return json_in_error(in, "at", "a pair of ascending offsets");
	*start = (uint32_t)json_integer_value(s);
	*end = (uint32_t)json_integer_value(e);
	return OK;
}

enum error_code
json_find_strings(
	const struct json_in *in, const char *key, const char ***out, size_t *n)
{
	const json_t *list;
	enum error_code code =
		json_find_array(in, key, RECORD_BLOCKS_MAX, &list);
	size_t count = json_array_size(list);

	if (code != OK || list == NULL)
		return code;
	*out = arena_array(in->arena, count, sizeof **out);
	if (*out == NULL)
		return json_in_nomem(in);
	for (size_t i = 0; i < count; i++) {
		const json_t *v = json_array_get(list, i);

		if (!json_is_string(v))
			return json_in_error(in, key, "a list of strings");
		(*out)[i] = arena_strdup(in->arena, json_string_value(v));
		if ((*out)[i] == NULL)
			return json_in_nomem(in);
	}
	*n = count;
	return OK;
}

enum error_code
json_get_time(const struct json_in *in, const char *key, int64_t *out)
{
	const json_t *v = lookup(in, key);

	if (!json_is_string(v) || !time_parse(span_of(json_string_value(v),
						      json_string_length(v)),
					  out))
		return json_in_error(in, key, "a time (RFC 3339)");
	return OK;
}

bool
json_put(json_t *obj, const char *key, json_t *value)
{
	return value != NULL && json_object_set_new(obj, key, value) == 0;
}

bool
json_put_str(json_t *obj, const char *key, const char *value)
{
	return value == NULL || json_put(obj, key, json_string(value));
}

bool
json_put_span(json_t *obj, const char *key, struct span value)
{
	return value.ptr == NULL ||
	       json_put(obj, key, json_stringn(value.ptr, value.len));
}

bool
json_put_int(json_t *obj, const char *key, int64_t value)
{
	return json_put(obj, key, json_integer(value));
}

bool
json_put_real(json_t *obj, const char *key, double value)
{
	return json_put(obj, key, json_real(value));
}

bool
json_put_time(json_t *obj, const char *key, int64_t value)
{
	char text[24];

	time_format(value, text);
	return json_put_str(obj, key, text);
}

bool
json_put_at(json_t *obj, uint32_t start, uint32_t end)
{
	return json_put(obj, "at",
		json_pack("[II]", (json_int_t)start, (json_int_t)end));
}

bool
json_put_strings(
	json_t *obj, const char *key, const char *const *list, size_t n)
{
	json_t *array;

	if (n == 0)
		return true;
	array = json_array();
	for (size_t i = 0; i < n; i++)
		if (json_array_append_new(array, json_string(list[i])) != 0) {
			json_decref(array);
			return false;
		}
	return json_put(obj, key, array);
}

static int
dump(const char *bytes, size_t len, void *out)
{
	return buffer_add(out, bytes, len) == OK ? 0 : -1;
}

enum error_code
json_finish(json_t *obj, bool ok, struct buffer *out, struct error *err)
{
	size_t start = out->len;

	if (ok && obj != NULL)
		ok = json_dump_callback(obj, dump, out,
			     JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS)) ==
		     0;
	json_decref(obj);
	if (out->code != OK) {
		out->len = start;
		return buffer_error(out, err, "a record");
	}
	return ok ? OK
		  : error_set(err, ERR_NOMEM,
			    "a record cannot be written: no memory, or a "
			    "string that is not UTF-8");
}

/* jansson's own cap on nesting is a build option of 2048. */
static bool
depth_ok(struct span text)
{
	int depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > RECORD_DEPTH_MAX)
				return false;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return true;
}

json_t *
json_read(struct span text, struct error *err)
{
	json_error_t why;
	json_t *v;

	if (text.len > RECORD_LINE_MAX) {
		error_set(err, ERR_LIMIT, "a record is over %zu bytes",
			RECORD_LINE_MAX);
		return NULL;
	}
	if (!depth_ok(text)) {
		error_set(err, ERR_LIMIT, "nested more than %d deep",
			RECORD_DEPTH_MAX);
		return NULL;
	}
	v = json_loadb(text.ptr != NULL ? text.ptr : "", text.len,
		JSON_REJECT_DUPLICATES, &why);
	if (v == NULL)
		error_set(err,
			json_error_code(&why) == json_error_out_of_memory
				? ERR_NOMEM
				: ERR_FORMAT,
			"byte %d: %s", why.position, why.text);
	return v;
}
