#include "json.h"

#include <stdlib.h>

#include "json_plain.h"
#include "utf8.h"

#define EXACT_DIGITS 15 /* of a double, whatever they are */
#define EXACT_POWER  22 /* 10 to that is a double too */
#define NUMBER_MAX   64 /* bytes of a number that is read by strtod() */
#define AHEAD	     4	/* keys of a table that may come next */

enum error_code
json_wanted(const struct json_in *in, const char *wanted)
{
	if (in->key == NULL)
		return error_set(
			in->err, ERR_FORMAT, "%s: not %s", in->what, wanted);
	return error_set(in->err, ERR_FORMAT, "%s: \"%s\" is not %s", in->what,
		in->key, wanted);
}

enum error_code
json_nomem(const struct json_in *in)
{
	return arena_over_cap(in->arena)
		       ? error_set(in->err, ERR_LIMIT,
				 "%s: over the memory cap", in->what)
		       : error_set(
				 in->err, ERR_NOMEM, "%s: no memory", in->what);
}

static enum error_code
bad_syntax(const struct json_in *in, const char *seen)
{
	return error_set(in->err, ERR_FORMAT, "%s: byte %zu: %s", in->what,
		(size_t)(in->at - in->start), seen);
}

static char
peek_behind_space(struct json_in *in)
{
	while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' ||
					   *in->at == '\n' || *in->at == '\r'))
		in->at++;
	return in->at < in->end ? *in->at : '\0';
}

/* The first byte of what comes next, or NUL at the end. */
static inline char
peek(struct json_in *in)
{
	/* Our own writer puts no space. */
	return in->at<in->end && * in->at> ' ' ? *in->at
					       : peek_behind_space(in);
}

bool
json_is(struct json_in *in, char first)
{
	return peek(in) == first;
}

enum error_code
json_begin(struct json_in *in, struct span text, const char *what,
	struct arena *a, struct error *err)
{
	*in = (struct json_in){
		.at = text.ptr,
		.start = text.ptr,
		.end = text.len > 0 ? text.ptr + text.len : text.ptr,
		.arena = a,
		.err = err,
		.what = what,
	};
	if (text.len > RECORD_LINE_MAX)
		return error_set(err, ERR_LIMIT, "a record is over %zu bytes",
			RECORD_LINE_MAX);
	return OK;
}

enum error_code
json_end(struct json_in *in)
{
	(void)peek(in);
	return in->at == in->end
		       ? OK
		       : bad_syntax(in, "the end of the record was wanted");
}

enum error_code
json_open(struct json_in *in, char bracket, const char *wanted)
{
	if (peek(in) != bracket)
		return json_wanted(in, wanted);
	if (++in->depth > RECORD_DEPTH_MAX)
		return error_set(in->err, ERR_LIMIT,
			"%s: nested more than %d deep", in->what,
			RECORD_DEPTH_MAX);
	in->at++;
	return OK;
}

enum error_code
json_more(struct json_in *in, char close, size_t i, bool *more)
{
	char c = peek(in);

	*more = c != close;
	if (!*more) {
		in->at++;
		in->depth--;
		return OK;
	}
	if (i == 0)
		return OK;
	if (c != ',')
		return bad_syntax(in, in->at == in->end ? "unexpected end"
							: "a comma was wanted");
	in->at++;
	return OK;
}

/* A string as it stands between its quotes. */
struct raw {
	struct span text;
	bool escaped;
};

static enum error_code
escape_length(struct json_in *in, const char *p, size_t *len)
{
	if (in->end - p < 2)
		return bad_syntax(in, "unexpected end of a string");
	*len = p[1] == 'u' ? 6 : 2;
	return (size_t)(in->end - p) < *len
		       ? bad_syntax(in, "unexpected end of a string")
		       : OK;
}

/* Step over a string: everything is checked but what its escapes say. */
static enum error_code
take_raw(struct json_in *in, struct raw *out)
{
	bool wide = false;
	const char *p;

	if (peek(in) != '"')
		return json_wanted(in, "a string");
	out->escaped = false;
	for (p = in->at + 1;;) {
		size_t len = 0;
		enum error_code code;

		p = json_skip_plain(p, in->end);
		if (p >= in->end)
			return bad_syntax(in, "unexpected end of a string");
		if (*p == '"')
			break;
		if ((unsigned char)*p < 0x20)
			return bad_syntax(in, "a control character");
		if (*p != '\\') {
			wide = true;
			while (p < in->end && (unsigned char)*p >= 0x80)
				p++;
			continue;
		}
		code = escape_length(in, p, &len);
		if (code != OK)
			return code;
		out->escaped = true;
		p += len;
	}
	out->text = span_of(in->at + 1, (size_t)(p - in->at - 1));
	if (wide && utf8_valid_prefix(out->text) != out->text.len)
		return bad_syntax(in, "a string that is not UTF-8");
	in->at = p + 1;
	return OK;
}

/* Four hex digits, or -1. */
static int
hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int d = c >= '0' && c <= '9'   ? c - '0'
			: c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F' ? c - 'A' + 10
					       : -1;

		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* The character that \uXXXX at raw[i] stands for; *i moves behind it. */
static enum error_code
unescape_unicode(struct json_in *in, struct span raw, size_t *i, char **out)
{
	int unit = hex4(raw.ptr + *i + 2), low;
	uint32_t cp = (uint32_t)unit;

	if (unit < 0)
		return bad_syntax(in, "\\u without four hex digits");
	if (unit == 0)
		return bad_syntax(in, "a NUL in a string");
	*i += 6;
	if (unit >= 0xD800 && unit < 0xDC00) {
		low = raw.len - *i >= 6 && raw.ptr[*i] == '\\' &&
				      raw.ptr[*i + 1] == 'u'
			      ? hex4(raw.ptr + *i + 2)
			      : -1;
		if (low < 0xDC00 || low > 0xDFFF)
			return bad_syntax(in, "half a surrogate pair");
		cp = 0x10000 + (((uint32_t)unit - 0xD800) << 10) +
		     ((uint32_t)low - 0xDC00);
		*i += 6;
	} else if (unit >= 0xDC00 && unit < 0xE000) {
		return bad_syntax(in, "half a surrogate pair");
	}
	*out += utf8_encode(cp, *out);
	return OK;
}

/* Into out, which has room for the raw bytes: no escape grows. */
static enum error_code
unescape(struct json_in *in, struct span raw, char *out, size_t *len)
{
	static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	char *p = out;

	for (size_t i = 0; i < raw.len;) {
		size_t run = i;
		const char *at;

		while (run < raw.len && raw.ptr[run] != '\\')
			run++;
		memcpy(p, raw.ptr + i, run - i);
		p += run - i;
		i = run;
		if (i == raw.len)
			break;
		if (raw.ptr[i + 1] == 'u') {
			enum error_code code =
				unescape_unicode(in, raw, &i, &p);

			if (code != OK)
				return code;
			continue;
		}
		at = memchr(letters, raw.ptr[i + 1], sizeof letters - 1);
		if (at == NULL)
			return bad_syntax(in, "an unknown escape");
		*p++ = bytes[at - letters];
		i += 2;
	}
	*len = (size_t)(p - out);
	return OK;
}

enum error_code
json_view(struct json_in *in, struct span *out)
{
	struct raw raw = { .text = { "", 0 } };
	enum error_code code = take_raw(in, &raw);
	char *copy;

	*out = raw.text;
	if (code != OK || !raw.escaped)
		return code;
	copy = arena_alloc(in->arena, raw.text.len + 1);
	if (copy == NULL)
		return json_nomem(in);
	out->ptr = copy;
	return unescape(in, raw.text, copy, &out->len);
}

enum error_code
json_text(struct json_in *in, void *into)
{
	struct span *out = into;
	struct raw raw = { .text = { "", 0 } };
	enum error_code code = take_raw(in, &raw);
	char *copy;

	if (code != OK)
		return code;
	/* The arena's memory is zeroed: what is behind ends the string. */
	copy = arena_alloc(in->arena, raw.text.len + 1);
	if (copy == NULL)
		return json_nomem(in);
	*out = span_of(copy, raw.text.len);
	if (raw.escaped)
		return unescape(in, raw.text, copy, &out->len);
	memcpy(copy, raw.text.ptr, raw.text.len);
	return OK;
}

enum error_code
json_str(struct json_in *in, void *into)
{
	const char **out = into;
	struct span text = { NULL, 0 };
	enum error_code code = json_text(in, &text);

	if (code == OK)
		*out = text.ptr;
	return code;
}

enum error_code
json_name(struct json_in *in, struct span *name)
{
	enum error_code code;

	in->key = NULL;
	if (peek(in) != '"')
		return bad_syntax(in, in->at == in->end ? "unexpected end"
							: "a key was wanted");
	code = json_view(in, name);
	if (code == OK && peek(in) != ':')
		return bad_syntax(in, "a colon was wanted");
	in->at++;
	return code;
}

/* A number as RFC 8259 has it, in parts. */
struct number {
	struct span text;
	bool negative, whole, fits; /* fits: digits holds all of them */
	uint64_t digits;
	int exponent; /* of ten */
};

static bool
is_digit(const struct json_in *in, const char *p)
{
	return p < in->end && *p >= '0' && *p <= '9';
}

static const char *
take_digits(const struct json_in *in, const char *p, struct number *n)
{
	for (; is_digit(in, p); p++)
		if (__builtin_mul_overflow(n->digits, 10, &n->digits) ||
			__builtin_add_overflow(
				n->digits, (uint64_t)(*p - '0'), &n->digits))
			n->fits = false;
	return p;
}

static const char *
take_exponent(const struct json_in *in, const char *p, struct number *n)
{
	bool minus;
	int e = 0;

	if (p >= in->end || (*p != 'e' && *p != 'E'))
		return p;
	n->whole = false;
	p++;
	minus = p < in->end && *p == '-';
	if (p < in->end && (*p == '-' || *p == '+'))
		p++;
	if (!is_digit(in, p))
		return NULL;
	for (; is_digit(in, p); p++)
		e = e < 100000 ? e * 10 + (*p - '0') : e;
	n->exponent += minus ? -e : e;
	return p;
}

static enum error_code
take_number(struct json_in *in, struct number *n)
{
	const char *p, *first;

	*n = (struct number){ .whole = true, .fits = true };
	(void)peek(in);
	p = in->at;
	n->negative = p < in->end && *p == '-';
	p += n->negative;
	if (!is_digit(in, p))
		return json_wanted(in, "a number");
	first = p;
	p = take_digits(in, p, n);
	if (*first == '0' && p - first > 1)
		return bad_syntax(in, "a number with leading zeros");
	if (p < in->end && *p == '.') {
		n->whole = false;
		first = ++p;
		p = take_digits(in, p, n);
		n->exponent = (int)(first - p);
		if (p == first)
			return bad_syntax(in, "a number without decimals");
	}
	p = take_exponent(in, p, n);
	if (p == NULL)
		return bad_syntax(in, "a number without exponent");
	n->text = span_of(in->at, (size_t)(p - in->at));
	in->at = p;
	return OK;
}

enum error_code
json_int_to(struct json_in *in, int64_t min, int64_t max, int64_t *out)
{
	struct number n;
	enum error_code code = take_number(in, &n);
	uint64_t top = (uint64_t)INT64_MAX + (n.negative ? 1 : 0);

	if (code != OK || !n.whole)
		return json_wanted(in, "a whole number");
	if (!n.fits || n.digits > top)
		return json_wanted(in, "in range");
	*out = n.negative ? (int64_t)(0 - n.digits) : (int64_t)n.digits;
	return *out < min || *out > max ? json_wanted(in, "in range") : OK;
}

enum error_code
json_int(struct json_in *in, void *into)
{
	return json_int_to(in, INT64_MIN, INT64_MAX, into);
}

enum error_code
json_natural(struct json_in *in, void *into)
{
	return json_int_to(in, 0, INT64_MAX, into);
}

/*
 * Few digits and a small power are exact in a double, and so is their product
 * or quotient rounded once (W. Clinger, "How to read floating point numbers
 * accurately"); the rest is strtod()'s.
 */
static enum error_code
to_real(const struct json_in *in, const struct number *n, double *out)
{
	static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
		1e19, 1e20, 1e21, 1e22 };
	char text[NUMBER_MAX];

	if (n->fits && n->digits < UINT64_C(1000000000000000) &&
		abs(n->exponent) <= EXACT_POWER) {
		*out = n->exponent < 0
			       ? (double)n->digits / powers[-n->exponent]
			       : (double)n->digits * powers[n->exponent];
		*out = n->negative ? -*out : *out;
		return OK;
	}
	if (n->text.len >= sizeof text)
		return json_wanted(in, "a number of reasonable length");
	memcpy(text, n->text.ptr, n->text.len);
	text[n->text.len] = '\0';
	*out = strtod(text, NULL); /* the locale is "C": nothing sets it */
	return *out > 1e300 || *out < -1e300 ? json_wanted(in, "in range") : OK;
}

enum error_code
json_real(struct json_in *in, void *into)
{
	struct number n;
	enum error_code code = take_number(in, &n);

	return code == OK ? to_real(in, &n, into) : code;
}

static enum error_code
take_word(struct json_in *in, const char *word)
{
	const size_t len = strlen(word);

	if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len) != 0)
		return bad_syntax(in, "an unknown token");
	in->at += len;
	return OK;
}

enum error_code
json_bool(struct json_in *in, void *into)
{
	bool *out = into;
	char c = peek(in);

	if (c != 't' && c != 'f')
		return json_wanted(in, "true or false");
	*out = c == 't';
	return take_word(in, c == 't' ? "true" : "false");
}

enum error_code
json_time(struct json_in *in, void *into)
{
	struct span text;
	enum error_code code = json_view(in, &text);

	if (code == OK && !time_parse(text, into))
		return json_wanted(in, "a time (RFC 3339)");
	return code;
}

enum error_code
json_edtf(struct json_in *in, void *into)
{
	const char **out = into;
	enum error_code code = json_str(in, into);
	struct edtf e;

	if (code == OK && !edtf_parse(span_str(*out), &e))
		return json_wanted(in, "an EDTF date");
	return code;
}

enum error_code
json_range(struct json_in *in, void *into)
{
	static const char wanted[] = "a pair of ascending offsets";
	uint32_t *out = into;
	int64_t value = 0, last = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', wanted);

	for (size_t i = 0; code == OK; i++, last = value) {
		code = json_more(in, ']', i, &more);
		if (code != OK || (!more && i == 2))
			return code;
		if (!more || i == 2)
			return json_wanted(in, wanted);
		code = json_int_to(in, 0, (int64_t)RECORD_LINE_MAX, &value);
		if (code != OK || value < last)
			return json_wanted(in, wanted);
		out[i] = (uint32_t)value;
	}
	return code;
}

enum error_code
json_strings(struct json_in *in, void *into)
{
	struct json_list *out = into;
	size_t room = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', "an array");

	for (out->n = 0; code == OK; out->n++) {
		code = json_more(in, ']', out->n, &more);
		if (code != OK || !more)
			return code;
		if (out->n == RECORD_BLOCKS_MAX)
			return error_set(in->err, ERR_LIMIT,
				"%s: \"%s\" has more than %d elements",
				in->what, in->key, RECORD_BLOCKS_MAX);
		out->list = arena_grow(
			in->arena, out->list, out->n, &room, sizeof *out->list);
		if (out->list == NULL)
			return json_nomem(in);
		code = json_str(in, &out->list[out->n]);
	}
	return code;
}

/* Members of an array or object, all of them skipped. */
static enum error_code
skip_members(struct json_in *in, char close) /* NOLINT(misc-no-recursion) */
{
	bool more = true;
	enum error_code code =
		json_open(in, close == ']' ? '[' : '{', "a value");

	for (size_t i = 0; code == OK; i++) {
		struct span name = { "", 0 };

		code = json_more(in, close, i, &more);
		if (code != OK || !more)
			return code;
		if (close == '}')
			code = json_name(in, &name);
		if (code == OK)
			code = json_skip(in);
	}
	return code;
}

/* As deep as RECORD_DEPTH_MAX and no deeper. */
enum error_code
json_skip(struct json_in *in) /* NOLINT(misc-no-recursion) */
{
	struct number n;
	struct span text;
	double real;
	enum error_code code;

	switch (peek(in)) {
	case '"':
		return json_view(in, &text);
	case '{':
		return skip_members(in, '}');
	case '[':
		return skip_members(in, ']');
	case 't':
		return take_word(in, "true");
	case 'f':
		return take_word(in, "false");
	case 'n':
		return take_word(in, "null");
	case '\0':
		if (in->at == in->end)
			return bad_syntax(in, "unexpected end");
		break;
	default:
		break;
	}
	if (*in->at != '-' && !is_digit(in, in->at))
		return bad_syntax(in, "an unknown token");
	code = take_number(in, &n);
	if (code == OK && n.whole && !n.fits)
		return bad_syntax(in, "a number out of range");
	return code == OK && !n.whole ? to_real(in, &n, &real) : code;
}

enum error_code
json_ignore(struct json_in *in, void *into)
{
	(void)into;
	return json_skip(in);
}

/* Our own writer keeps the table's order: the next key is looked at first. */
static const struct json_key *
find_key(const struct json_key *keys, size_t n, size_t next, struct span name)
{
	for (size_t i = 0; i < n; i++) {
		const struct json_key *k = &keys[(next + i) % n];

		if (k->len == name.len && !memcmp(k->name, name.ptr, name.len))
			return k;
	}
	return NULL;
}

/* The key that comes next, if it is one of those that our own writer would
 * put there, as it would: most are.  NULL: it is to be read. */
static const struct json_key *
take_key(struct json_in *in, const struct json_key *keys, size_t n, size_t next)
{
	const size_t last = next + AHEAD < n ? next + AHEAD : n;

	for (size_t i = next; i < last; i++) {
		const size_t len = keys[i].len;
		const char *p = in->at;

		if ((size_t)(in->end - p) > len + 3 && p[0] == '"' &&
			p[len + 1] == '"' && p[len + 2] == ':' &&
			memcmp(p + 1, keys[i].name, len) == 0) {
			in->at += len + 3;
			return &keys[i];
		}
	}
	return NULL;
}

/* A key of the table, or NULL: another, which is stepped over. */
static enum error_code
any_key(struct json_in *in, const struct json_key *keys, size_t n, size_t next,
	const struct json_key **out)
{
	struct span name = { "", 0 };
	enum error_code code;

	*out = take_key(in, keys, n, next);
	if (*out != NULL)
		return OK;
	code = json_name(in, &name);
	if (code == OK)
		*out = find_key(keys, n, next, name);
	return code == OK && *out == NULL ? json_skip(in) : code;
}

static enum error_code
read_key(struct json_in *in, const struct json_key *keys,
	const struct json_key *k, uint32_t *named, uint32_t *seen, void *into)
{
	const uint32_t bit = UINT32_C(1) << (k - keys);
	const char *what = in->what;
	enum error_code code;

	in->key = k->name;
	if (*named & bit)
		return json_wanted(in, "there once only (a duplicate)");
	*named |= bit;
	if (peek(in) == 'n')
		return take_word(in, "null");
	*seen |= bit;
	code = k->read(in, (char *)into + k->offset);
	if (code == OK)
		in->what = what;
	return code;
}

enum error_code
json_object(struct json_in *in, const char *what, const struct json_key *keys,
	size_t nkeys, void *into)
{
	const char *outer = in->what, *outer_key = in->key;
	uint32_t named = 0, seen = 0;
	size_t next = 0;
	bool more = true;
	enum error_code code = json_open(in, '{', "an object");

	in->what = what;
	for (size_t i = 0; code == OK; i++) {
		const struct json_key *k;

		code = json_more(in, '}', i, &more);
		if (code != OK || !more)
			break;
		code = any_key(in, keys, nkeys, next, &k);
		if (code != OK || k == NULL)
			continue;
		next = (size_t)(k - keys) + 1;
		code = read_key(in, keys, k, &named, &seen, into);
	}
	for (size_t i = 0; code == OK && i < nkeys; i++)
		if (keys[i].required && !(seen >> i & 1)) {
			in->key = keys[i].name;
			code = json_wanted(in, "there");
		}
	if (code != OK)
		return code;
	in->what = outer;
	in->key = outer_key;
	return OK;
}
