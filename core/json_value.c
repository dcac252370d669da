#include "json_value.h"

#include "json.h"

/* Reads on: the tree is built value by value, not by recursion, from a stack
 * of what is open. */
struct building {
	struct json_in in;
	struct json_value *open[RECORD_DEPTH_MAX];
	struct json_value *last[RECORD_DEPTH_MAX]; /* child of open[i] */
	size_t count[RECORD_DEPTH_MAX];
	size_t depth;
	size_t values;
};

static enum error_code
scalar(struct json_in *in, struct json_value *v)
{
	const char *start;
	enum error_code code;

	if (json_is(in, '"')) {
		v->kind = JSON_STRING;
		return json_text(in, &v->text);
	}
	start = in->at; /* json_is() stepped over white space */
	code = json_skip(in);
	v->text = span_of(start, (size_t)(in->at - start));
	v->kind = code == OK && strchr("tfn", *start) ? JSON_WORD : JSON_NUMBER;
	return code;
}

static enum error_code
next_value(struct building *b, struct span name, struct json_value **out)
{
	struct json_in *in = &b->in;
	struct json_value *v = arena_alloc(in->arena, sizeof *v);
	bool object = json_is(in, '{');

	*out = v;
	if (v == NULL)
		return json_nomem(in);
	if (++b->values > JSON_VALUES_MAX)
		return error_set(in->err, ERR_LIMIT, "%s: over %d values",
			in->what, JSON_VALUES_MAX);
	v->name = name;
	if (b->depth > 0) {
		struct json_value **last = &b->last[b->depth - 1];

		if (*last == NULL)
			b->open[b->depth - 1]->first = v;
		else
			(*last)->next = v;
		*last = v;
	}
	if (!object && !json_is(in, '['))
		return scalar(in, v);
	v->kind = object ? JSON_OBJECT : JSON_ARRAY;
	if (json_open(in, object ? '{' : '[', "a value") != OK)
		return in->err->code;
	b->open[b->depth] = v;
	b->last[b->depth] = NULL;
	b->count[b->depth++] = 0;
	return OK;
}

/* The next member or element of what is open, or its end. */
static enum error_code
step(struct building *b)
{
	size_t top = b->depth - 1;
	bool object = b->open[top]->kind == JSON_OBJECT, more;
	struct json_value *v;
	struct span name = { NULL, 0 };
	enum error_code code =
		json_more(&b->in, object ? '}' : ']', b->count[top]++, &more);

	if (code == OK && !more) {
		b->depth--;
		return OK;
	}
	if (code == OK && object)
		code = json_name(&b->in, &name);
	return code == OK ? next_value(b, name, &v) : code;
}

enum error_code
json_value_read(struct span text, const char *what, struct arena *a,
	const struct json_value **out, struct error *err)
{
	struct building b = { .depth = 0 };
	struct error unused = { 0 };
	struct json_value *root = NULL;
	enum error_code code =
		json_begin(&b.in, text, what, a, err != NULL ? err : &unused);

	if (code == OK)
		code = next_value(&b, span_of(NULL, 0), &root);
	while (code == OK && b.depth > 0)
		code = step(&b);
	if (code == OK)
		code = json_end(&b.in);
	*out = code == OK ? root : NULL;
	return code;
}

const struct json_value *
json_value_get(const struct json_value *v, const char *name)
{
	if (v == NULL || v->kind != JSON_OBJECT)
		return NULL;
	for (v = v->first; v != NULL; v = v->next)
		if (span_eq_str(v->name, name))
			return v;
	return NULL;
}

const char *
json_value_str(const struct json_value *v, const char *name)
{
	v = json_value_get(v, name);
	return v != NULL && v->kind == JSON_STRING ? v->text.ptr : NULL;
}
