#include "pack.h"

#include "varint.h"

#define PACK_VERSION  1
#define STRINGS_EACH  6 /* strings of one mention, at most */
#define STRING_FACTOR UINT64_C(0x9E3779B97F4A7C15) /* golden ratio, 64 bits */

struct packer {
	struct buffer *out;
	const char **strings; /* in the order of their numbers, from 1 */
	uint32_t nstrings;
	uint32_t *slots; /* their numbers, open addressing; 0 is free */
	size_t mask;
};

static uint32_t *
find_slot(const struct packer *p, const char *text, size_t len)
{
	uint64_t h = len;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * STRING_FACTOR;
	for (h ^= h >> 32;; h++) {
		uint32_t *ref = &p->slots[h & p->mask];

		if (*ref == 0 || p->strings[*ref - 1] == text ||
			strcmp(p->strings[*ref - 1], text) == 0)
			return ref;
	}
}

/* 0 is NULL; the next free number is followed by the string. */
static void
put_string(struct packer *p, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;
	uint32_t *ref;

	if (text == NULL) {
		varint_put(p->out, 0);
		return;
	}
	ref = find_slot(p, text, len);
	if (*ref != 0) {
		varint_put(p->out, *ref);
		return;
	}
	p->strings[p->nstrings++] = text;
	*ref = p->nstrings;
	varint_put(p->out, *ref);
	varint_put(p->out, len);
	buffer_add(p->out, text, len);
}

static void
put_value(struct packer *p, const struct mention *m)
{
	switch (mention_form(m->type)) {
	case FORM_PLACE:
		put_string(p, m->place.id);
		put_string(p, m->place.name);
		put_string(p, m->place.country);
		put_string(p, m->place.admin1);
		put_string(p, m->place.kind);
		real_put(p->out, m->place.lat);
		real_put(p->out, m->place.lon);
		real_put(p->out, m->place.score);
		varint_put(p->out, (uint64_t)m->place.candidates);
		return;
	case FORM_COUNT:
		varint_put(p->out, varint_zigzag(m->count.n));
		varint_put(p->out, m->count.bound);
		varint_put(p->out, m->count.class);
		put_string(p, m->count.unit);
		put_string(p, m->count.scope);
		varint_put(p->out, (uint64_t)m->count.fresh |
					   (uint64_t)m->count.others << 1);
		return;
	case FORM_DATE:
		put_string(p, m->date.edtf);
		varint_put(p->out, m->date.basis);
		return;
	case FORM_NAME:
		break;
	}
	put_string(p, m->name.id);
	put_string(p, m->name.name);
	varint_put(p->out, (uint64_t)m->name.ordinal);
}

enum error_code
mentions_pack(const struct mention *m, size_t n, struct arena *a,
	struct buffer *out, struct error *err)
{
	struct packer p = { .out = out };
	size_t room = 16;
	uint32_t last = 0;

	while (room < 2 * STRINGS_EACH * n)
		room *= 2;
	p.mask = room - 1;
	p.slots = arena_array(a, room, sizeof *p.slots);
	p.strings = arena_array(a, STRINGS_EACH * n, sizeof *p.strings);
	if (p.slots == NULL || p.strings == NULL)
		return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
			"mentions: no memory");
	varint_put(out, PACK_VERSION);
	varint_put(out, n);
	for (size_t i = 0; i < n; i++) {
		varint_put(out, m[i].type);
		varint_put(out,
			varint_zigzag((int64_t)m[i].start - (int64_t)last));
		varint_put(out, m[i].end - m[i].start);
		put_string(&p, m[i].rule);
		put_value(&p, &m[i]);
		last = m[i].start;
	}
	return buffer_error(out, err, "the mentions of a document");
}

struct unpacker {
	struct bytes_in in;
	struct arena *arena;
	const char **strings;
	size_t nstrings, room;
};

static void
fail(struct unpacker *u, enum error_code code)
{
	bytes_fail(&u->in, code);
}

static uint64_t
get_number(struct unpacker *u, uint64_t max)
{
	return varint_get(&u->in, max);
}

static const char *
new_string(struct unpacker *u)
{
	const size_t len = (size_t)get_number(u, RECORD_LINE_MAX);
	const char *text = bytes_text(&u->in, len);
	char *copy;

	if (text == NULL)
		return NULL;
	copy = arena_strndup(u->arena, text, len);
	u->strings = arena_grow(u->arena, u->strings, u->nstrings, &u->room,
		sizeof *u->strings);
	if (copy == NULL || u->strings == NULL) {
		fail(u, arena_over_cap(u->arena) ? ERR_LIMIT : ERR_NOMEM);
		return NULL;
	}
	u->strings[u->nstrings++] = copy;
	return copy;
}

static const char *
get_string(struct unpacker *u)
{
	const uint64_t ref = get_number(u, u->nstrings + 1);

	if (ref == 0 || u->in.code != OK)
		return NULL;
	return ref <= u->nstrings ? u->strings[ref - 1] : new_string(u);
}

/* One that must be there. */
static const char *
need_string(struct unpacker *u)
{
	const char *text = get_string(u);

	if (text == NULL)
		fail(u, ERR_FORMAT);
	return text;
}

static void
get_place(struct unpacker *u, struct place_value *p)
{
	p->id = get_string(u);
	p->name = need_string(u);
	p->country = get_string(u);
	p->admin1 = get_string(u);
	p->kind = get_string(u);
	p->lat = real_get(&u->in);
	p->lon = real_get(&u->in);
	p->score = real_get(&u->in);
	p->candidates = (int)get_number(u, INT32_MAX);
}

static void
get_count(struct unpacker *u, struct count_value *c)
{
	uint64_t flags;

	c->n = varint_unzigzag(get_number(u, UINT64_MAX));
	c->bound = (enum bound)get_number(u, BOUNDS - 1);
	c->class = (enum count_class)get_number(u, COUNT_CLASSES - 1);
	c->unit = get_string(u);
	c->scope = get_string(u);
	flags = get_number(u, 3);
	c->fresh = (flags & 1) != 0;
	c->others = (flags & 2) != 0;
}

static void
get_date(struct unpacker *u, struct date_value *d)
{
	struct edtf e;

	d->edtf = need_string(u);
	d->basis = (enum date_basis)get_number(u, BASIS_COMPUTED);
	if (d->edtf != NULL && !edtf_parse(span_str(d->edtf), &e))
		fail(u, ERR_FORMAT);
}

static void
get_value(struct unpacker *u, struct mention *m)
{
	switch (mention_form(m->type)) {
	case FORM_PLACE:
		get_place(u, &m->place);
		return;
	case FORM_COUNT:
		get_count(u, &m->count);
		return;
	case FORM_DATE:
		get_date(u, &m->date);
		return;
	case FORM_NAME:
		break;
	}
	m->name.id = get_string(u);
	m->name.name = get_string(u);
	m->name.ordinal = (int)get_number(u, INT32_MAX);
}

static void
get_mention(struct unpacker *u, struct mention *m, uint32_t last)
{
	const int64_t max = (int64_t)RECORD_LINE_MAX;
	int64_t start, end;

	m->type = (enum mention_type)get_number(u, MENTION_TYPES - 1);
	start = (int64_t)last +
		varint_unzigzag(get_number(u, 2 * (uint64_t)RECORD_LINE_MAX));
	end = start + (int64_t)get_number(u, RECORD_LINE_MAX);
	if (start < 0 || end <= start || end > max) {
		fail(u, ERR_FORMAT);
		return;
	}
	m->start = (uint32_t)start;
	m->end = (uint32_t)end;
	m->rule = need_string(u);
	get_value(u, m);
}

enum error_code
mentions_unpack(struct span packed, struct arena *a, struct mention **out,
	size_t *n, struct error *err)
{
	struct unpacker u = {
		.in = { .at = (const unsigned char *)packed.ptr,
			.end = (const unsigned char *)packed.ptr + packed.len },
		.arena = a,
	};
	uint32_t last = 0;

	if (packed.len == 0 || get_number(&u, PACK_VERSION) != PACK_VERSION)
		fail(&u, ERR_FORMAT);
	*n = (size_t)get_number(&u, RECORD_MENTIONS_MAX);
	/* Each takes more than a byte: no room for what cannot be there. */
	if (*n > (size_t)(u.in.end - u.in.at))
		fail(&u, ERR_FORMAT);
	*out = u.in.code == OK ? arena_array(a, *n, sizeof **out) : NULL;
	if (u.in.code == OK && *out == NULL)
		fail(&u, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM);
	for (size_t i = 0; *out != NULL && i < *n && u.in.code == OK; i++) {
		get_mention(&u, &(*out)[i], last);
		last = (*out)[i].start;
	}
	if (u.in.code == OK && u.in.at != u.in.end)
		fail(&u, ERR_FORMAT);
	if (u.in.code == OK)
		return OK;
	return error_set(err, u.in.code, "mentions: %s",
		u.in.code == ERR_FORMAT ? "not as they were packed"
					: "no memory for them");
}
