/*
 * Strict reading of JSON in one pass, for the codec only: no tree is built.
 * A record is a table of its keys, each with the reader of its value.
 *
 * RFC 8259, UTF-8, no NUL in strings, whole numbers of 64 bits, at most
 * RECORD_DEPTH_MAX deep.  A key of the table comes once at most; other keys
 * and their values must be JSON and are ignored.
 */
#ifndef DL_CORE_JSON_H
#define DL_CORE_JSON_H

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

/* Text being read.  Errors are about `what` and `key`. */
struct json_in {
	const char *at, *start, *end;
	struct arena *arena; /* strings are copied there */
	struct error *err;
	const char *what; /* "page", "claim" */
	const char *key;  /* of the value being read; NULL outside objects */
	int depth;
};

/* Reads the value at in into *into, which the key's table says the type of. */
typedef enum error_code
json_reader(struct json_in *in, void *into);

struct json_key {
	const char *name;
	size_t len;
	json_reader *read;
	size_t offset; /* of what it reads into, in the struct */
	bool required;
};
#define JSON_KEYS_MAX 32 /* keys of one table: a bit each */
#define JSON_NEEDS(name, read, type, member)                                   \
	{                                                                      \
		name, sizeof name - 1, read, offsetof(type, member), true      \
	}
#define JSON_MAY(name, read, type, member)                                     \
	{                                                                      \
		name, sizeof name - 1, read, offsetof(type, member), false     \
	}

/* in over all of text; ERR_LIMIT over RECORD_LINE_MAX. */
enum error_code
json_begin(struct json_in *in, struct span text, const char *what,
	struct arena *a, struct error *err);
/* Nothing but white space is left. */
enum error_code
json_end(struct json_in *in);

/*
 * One object, by its table, into *into; errors inside are about `what`.
 * null is as if the key were not there.
 */
enum error_code
json_object(struct json_in *in, const char *what, const struct json_key *keys,
	size_t nkeys, void *into);

/*
 * By hand: json_open() takes the bracket; then, while json_more() sets *more,
 * an element or json_name() and a value.  i counts from 0.
 */
bool
json_is(struct json_in *in, char first);
enum error_code
json_open(struct json_in *in, char bracket, const char *wanted);
enum error_code
json_more(struct json_in *in, char close, size_t i, bool *more);
/* The key; *name borrows from the text, or from the arena if it is escaped. */
enum error_code
json_name(struct json_in *in, struct span *name);
/* Any value, checked and forgotten. */
enum error_code
json_skip(struct json_in *in);

/* Readers of simple values. */
json_reader json_ignore;  /* as json_skip() */
json_reader json_str;	  /* const char * */
json_reader json_text;	  /* struct span */
json_reader json_int;	  /* int64_t */
json_reader json_natural; /* int64_t, not negative */
json_reader json_real;	  /* double */
json_reader json_bool;	  /* bool */
json_reader json_time;	  /* int64_t: RFC 3339 to Unix seconds */
json_reader json_edtf;	  /* const char *: an EDTF date */
json_reader json_range;	  /* uint32_t[2]: ascending offsets */
json_reader json_strings; /* struct json_list */
/* A number of at most max, for readers of smaller types. */
enum error_code
json_int_to(struct json_in *in, int64_t min, int64_t max, int64_t *out);
/* A string that is looked up and not kept: *out lives until the next read. */
enum error_code
json_view(struct json_in *in, struct span *out);

struct json_list {
	const char **list;
	size_t n;
};

/* ERR_FORMAT: `what: "key" is not <wanted>`. */
enum error_code
json_wanted(const struct json_in *in, const char *wanted);
/* ERR_LIMIT or ERR_NOMEM, as the arena has it. */
enum error_code
json_nomem(const struct json_in *in);

/* A reader NAME of the enum that FIND looks up. */
#define JSON_ENUM(name, type, find, wanted)                                    \
	static enum error_code name(struct json_in *in, void *into)            \
	{                                                                      \
		struct span s;                                                 \
		enum error_code code = json_view(in, &s);                      \
		if (code == OK && !find(s, (type *)into))                      \
			code = json_wanted(in, wanted);                        \
		return code;                                                   \
	}

#endif
