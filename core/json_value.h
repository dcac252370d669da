/* JSON of others, whatever its shape, as a tree in an arena. */
#ifndef DL_CORE_JSON_VALUE_H
#define DL_CORE_JSON_VALUE_H

#include "arena.h"
#include "error.h"
#include "span.h"

#define JSON_VALUES_MAX 2000000 /* values of one text */

enum json_kind {
	JSON_WORD, /* true, false, null: text has it */
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_value {
	enum json_kind kind;
	struct span name; /* of a member of an object */
	/* A string's, NUL behind it; or a number or word as it is written. */
	struct span text;
	const struct json_value *first; /* of an array or object */
	const struct json_value *next;
};

/*
 * Read text, one value, as strictly as records are read.  Numbers and words
 * borrow from text, the rest lives in a.  ERR_FORMAT, ERR_LIMIT, ERR_NOMEM.
 */
enum error_code
json_value_read(struct span text, const char *what, struct arena *a,
	const struct json_value **out, struct error *err);

/* The first member of that name; NULL if there is none or v is no object. */
const struct json_value *
json_value_get(const struct json_value *v, const char *name);
/* The text of the member, if it is a string; else NULL. */
const char *
json_value_str(const struct json_value *v, const char *name);

#endif
