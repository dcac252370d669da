#include "wire.h"

#include <string.h>

#include "codec_parts.h"
#include "pack.h"
#include "varint.h"
#include "wire_tables.h"

#define TIME_MAX INT64_C(253402300799) /* the end of 9999 */

/* All members of a record's union begin at one place. */
#define VALUE_AT offsetof(struct record, task)

void
wire_length_put(char out[WIRE_LENGTH], size_t len)
{
	const uint32_t n = (uint32_t)len;

	memcpy(out, &n, sizeof n);
}

size_t
wire_length_get(const char *in)
{
	uint32_t n;

	memcpy(&n, in, sizeof n);
	return n;
}

/* A record being written. */
struct writer {
	struct buffer *out;
	struct arena *arena;
	struct error *err;
};

/* NULL is 0, else one on its length; a NUL ends it. */
static void
put_text(struct buffer *out, const char *text)
{
	const size_t len = text != NULL ? strlen(text) + 1 : 0;

	varint_put(out, len);
	(void)buffer_add(out, text, len); /* sticks */
}

static void
put_mentions(struct writer *w, const struct extraction *x)
{
	char length[WIRE_LENGTH] = { 0 };
	const size_t at = w->out->len;

	if (buffer_add(w->out, length, sizeof length) == OK &&
		mentions_pack(x->mentions, x->nmentions, w->arena, w->out,
			w->err) == OK)
		wire_length_put(
			w->out->ptr + at, w->out->len - at - sizeof length);
	else if (w->out->code == OK)
		w->out->code = w->err != NULL ? w->err->code : ERR_NOMEM;
}

static uint64_t
load(const char *from, size_t width)
{
	uint16_t small;
	uint32_t n;
	uint64_t wide;

	if (width == sizeof small) {
		memcpy(&small, from, sizeof small);
		return small;
	}
	if (width == sizeof n) {
		memcpy(&n, from, sizeof n);
		return n;
	}
	if (width != sizeof wide)
		return *(const uint8_t *)from;
	memcpy(&wide, from, sizeof wide);
	return wide;
}

static const void *
load_pointer(const char *from)
{
	const void *p;

	memcpy(&p, from, sizeof p);
	return p;
}

static void
put_struct(struct writer *w, const struct wire_table *t, const char *from);

static void
put_list(struct writer *w, const struct wire_field *f, const char *from)
{
	const char *list = load_pointer(from + f->at);
	size_t n;

	memcpy(&n, from + f->beside, sizeof n);
	varint_put(w->out, n);
	for (size_t i = 0; i < n; i++)
		put_struct(w, f->of, list + i * f->of->size);
}

static void
put_field(struct writer *w, const struct wire_field *f, const char *from)
{
	const char *at = from + f->at;
	struct span text;
	double real;

	switch (f->form) {
	case WIRE_TEXT:
		put_text(w->out, load_pointer(at));
		break;
	case WIRE_SPAN:
		memcpy(&text, at, sizeof text);
		varint_put(w->out, text.len);
		(void)buffer_add_span(w->out, text); /* sticks */
		break;
	case WIRE_NUMBER:
		varint_put(w->out, load(at, f->beside));
		break;
	case WIRE_TIME:
		varint_put(w->out, varint_zigzag((int64_t)load(at, 8)));
		break;
	case WIRE_REAL:
		memcpy(&real, at, sizeof real);
		real_put(w->out, real);
		break;
	case WIRE_ONE:
		put_struct(w, f->of, at);
		break;
	case WIRE_LIST:
		put_list(w, f, from);
		break;
	case WIRE_MENTIONS:
		put_mentions(w, (const struct extraction *)(const void *)from);
		break;
	}
}

static void
put_struct(struct writer *w, const struct wire_table *t, const char *from)
{
	for (size_t i = 0; i < t->n; i++)
		put_field(w, &t->fields[i], from);
}

enum error_code
wire_put(const struct record *r, struct arena *a, struct buffer *out,
	struct error *err)
{
	struct writer w = { .out = out, .arena = a, .err = err };
	const size_t start = out->len, head = start + WIRE_LENGTH;
	const char room[WIRE_LENGTH] = { 0 };

	(void)buffer_add(out, room, sizeof room); /* sticks */
	varint_put(out, r->kind);
	put_struct(&w, wire_tables[r->kind], (const char *)r + VALUE_AT);
	if (out->code != OK)
		return buffer_error(out, err, record_kind_name(r->kind));
	if (out->len - head > RECORD_LINE_MAX) {
		out->len = start;
		return error_set(err, ERR_LIMIT, "a %s is over %zu bytes",
			record_kind_name(r->kind), RECORD_LINE_MAX);
	}
	wire_length_put(out->ptr + start, out->len - head);
	return OK;
}

/* A frame being read. */
struct reader {
	struct bytes_in in;
	struct arena *arena;
	struct error *err;
};

static const char *
take_text(struct reader *r)
{
	const uint64_t len = varint_get(&r->in, RECORD_LINE_MAX);
	const char *text = len > 0 ? bytes_text(&r->in, len - 1) : NULL;

	if (text != NULL && varint_get(&r->in, 0) != 0)
		return NULL;
	return r->in.code == OK ? text : NULL;
}

static bool
is_text(uint64_t bits, const char *text)
{
	struct edtf e;

	if (text == NULL)
		return (bits & WIRE_NEEDED) == 0;
	return ((bits & WIRE_NAME) == 0 || strchr(text, '/') == NULL) &&
	       ((bits & WIRE_EDTF) == 0 || edtf_parse(span_str(text), &e)) &&
	       ((bits & WIRE_FEATURE) == 0 || claim_is_feature(span_str(text)));
}

static void
save(uint64_t value, size_t width, char *to)
{
	const uint32_t n = (uint32_t)value;
	const uint16_t small = (uint16_t)value;

	if (width == sizeof small)
		memcpy(to, &small, sizeof small);
	else if (width == sizeof n)
		memcpy(to, &n, sizeof n);
	else if (width == sizeof value)
		memcpy(to, &value, sizeof value);
	else
		*(uint8_t *)to = (uint8_t)value;
}

static void
take_mentions(struct reader *r, struct extraction *x)
{
	struct bytes_in *in = &r->in;
	size_t len = 0;
	enum error_code code;

	if ((size_t)(in->end - in->at) >= WIRE_LENGTH)
		len = wire_length_get((const char *)in->at);
	if (len == 0 || len > (size_t)(in->end - in->at) - WIRE_LENGTH) {
		bytes_fail(in, ERR_FORMAT);
		return;
	}
	in->at += WIRE_LENGTH;
	x->packed = span_of((const char *)in->at, len);
	in->at += len;
	code = mentions_unpack(
		x->packed, r->arena, &x->mentions, &x->nmentions, r->err);
	if (code != OK)
		bytes_fail(in, code);
}

static void
take_struct(struct reader *r, const struct wire_table *t, char *to);

static void
take_list(struct reader *r, const struct wire_field *f, char *to)
{
	const size_t n = (size_t)varint_get(&r->in, f->max);
	char *list = NULL;

	/* Each takes a byte at least: no room for what cannot be there. */
	if (n > (size_t)(r->in.end - r->in.at))
		bytes_fail(&r->in, ERR_FORMAT);
	if (n == 0 || r->in.code != OK)
		return;
	list = arena_array(r->arena, n, f->of->size);
	if (list == NULL) {
		bytes_fail(&r->in,
			arena_over_cap(r->arena) ? ERR_LIMIT : ERR_NOMEM);
		return;
	}
	memcpy(to + f->at, &list, sizeof list);
	memcpy(to + f->beside, &n, sizeof n);
	for (size_t i = 0; i < n && r->in.code == OK; i++)
		take_struct(r, f->of, list + i * f->of->size);
}

static void
take_field(struct reader *r, const struct wire_field *f, char *to)
{
	char *at = to + f->at;
	struct span body;
	const char *text;
	double real;

	switch (f->form) {
	case WIRE_TEXT:
		text = take_text(r);
		if (r->in.code == OK && !is_text(f->max, text))
			bytes_fail(&r->in, ERR_FORMAT);
		memcpy(at, &text, sizeof text);
		break;
	case WIRE_SPAN:
		body.len = (size_t)varint_get(&r->in, RECORD_LINE_MAX);
		body.ptr = bytes_text(&r->in, body.len);
		memcpy(at, &body, sizeof body);
		break;
	case WIRE_NUMBER:
		save(varint_get(&r->in, f->max), f->beside, at);
		break;
	case WIRE_TIME:
		save((uint64_t)varint_unzigzag(
			     varint_get(&r->in, 2 * (uint64_t)TIME_MAX)),
			8, at);
		break;
	case WIRE_REAL:
		real = real_get(&r->in);
		memcpy(at, &real, sizeof real);
		break;
	case WIRE_ONE:
		take_struct(r, f->of, at);
		break;
	case WIRE_LIST:
		take_list(r, f, to);
		break;
	case WIRE_MENTIONS:
		take_mentions(r, (struct extraction *)(void *)to);
		break;
	}
}

static void
take_struct(struct reader *r, const struct wire_table *t, char *to)
{
	for (size_t i = 0; i < t->n && r->in.code == OK; i++)
		take_field(r, &t->fields[i], to);
}

/* An argument is a mention, or a value with its basis. */
static enum error_code
check_args(const struct extraction *x, struct error *err)
{
	for (size_t i = 0; i < x->nclaims; i++)
		for (size_t k = 0; k < x->claims[i].nargs; k++) {
			const struct claim_arg *a = &x->claims[i].args[k];

			if (a->mention < -1 ||
				a->mention >= RECORD_MENTIONS_MAX ||
				(a->mention >= 0) == (a->value != NULL) ||
				(a->value != NULL && a->basis == NULL))
				return error_set(err, ERR_FORMAT,
					"claim %zu: argument %zu is neither a "
					"mention nor a value",
					i, k);
		}
	return OK;
}

/* What no table says. */
static enum error_code
check(const struct record *r, struct error *err)
{
	if (r->kind == RECORD_DOCUMENT)
		return document_check(&r->document, err);
	return r->kind == RECORD_EXTRACTION ? check_args(&r->extraction, err)
					    : OK;
}

enum error_code
wire_take(struct span *rest, struct arena *a, struct record *out,
	struct error *err)
{
	struct reader r = { .arena = a, .err = err };
	struct span frame = { NULL, 0 };

	memset(out, 0, sizeof *out);
	if (rest->len >= WIRE_LENGTH)
		frame = span_sub(*rest, WIRE_LENGTH,
			WIRE_LENGTH + wire_length_get(rest->ptr));
	if (frame.ptr == NULL || frame.len != wire_length_get(rest->ptr)) {
		*rest = (struct span){ NULL, 0 };
		return error_set(err, ERR_FORMAT, "a frame ends too soon");
	}
	*rest = span_sub(*rest, WIRE_LENGTH + frame.len, rest->len);
	r.in.at = (const unsigned char *)frame.ptr;
	r.in.end = r.in.at + frame.len;
	out->kind = (enum record_kind)varint_get(&r.in, RECORD_KINDS - 1);
	if (r.in.code == OK)
		take_struct(&r, wire_tables[out->kind], (char *)out + VALUE_AT);
	if (r.in.code == OK && r.in.at != r.in.end)
		bytes_fail(&r.in, ERR_FORMAT);
	if (r.in.code != OK)
		return error_set(err, r.in.code,
			r.in.code == ERR_FORMAT ? "a frame is no %s"
						: "no memory for a %s",
			record_kind_name(out->kind));
	return check(out, err);
}
