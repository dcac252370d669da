#include "flat.h"

#include <stdio.h>
#include <string.h>

#include "hash.h"
#include "json.h"

/* The mention a slot points at, or NULL. */
static const struct mention *
slot_mention(const struct extraction *x, const struct claim_arg *arg)
{
	if (arg == NULL || arg->mention < 0 ||
		(size_t)arg->mention >= x->nmentions)
		return NULL;
	return &x->mentions[arg->mention];
}

static bool
is_place(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_REGION ||
	       m->type == MENTION_COUNTRY;
}

static bool
has_name(const struct mention *m)
{
	return !is_place(m) && m->type != MENTION_COUNT &&
	       m->type != MENTION_DATE;
}

/* The mention's words, as the document writes them. */
static const char *
words(const struct document *doc, const struct mention *m, struct arena *a)
{
	struct span s = span_sub(doc->text, m->start, m->end);

	return arena_strndup(a, s.ptr, s.len);
}

/* A name: normalised if the recogniser gave one, else as written. */
static const char *
name_of(const struct document *doc, const struct mention *m, struct arena *a)
{
	if (has_name(m) && m->name.name != NULL)
		return m->name.name;
	return words(doc, m, a);
}

static const char *
text_of(const struct document *doc, const struct extraction *x,
	const struct claim *c, enum slot slot, struct arena *a)
{
	const struct claim_arg *arg = claim_arg(c, slot);
	const struct mention *m = slot_mention(x, arg);

	if (m != NULL)
		return name_of(doc, m, a);
	return arg != NULL ? arg->value : NULL;
}

static const char *
place_country(const struct mention *m)
{
	return m != NULL && is_place(m) ? m->place.country : NULL;
}

static void
flat_subject(const struct document *doc, const struct extraction *x,
	const struct claim *c, struct arena *a, struct flat_claim *f)
{
	const struct claim_arg *arg = claim_arg(c, SLOT_SUBJECT);
	const struct mention *m = slot_mention(x, arg);

	if (m == NULL) {
		f->subject = arg != NULL ? arg->value : NULL;
		return;
	}
	f->subject = words(doc, m, a);
	if (is_place(m)) {
		f->subject_id = m->place.id;
		f->subject_country = m->place.country;
	} else if (has_name(m)) {
		f->subject_id = m->name.id;
	}
}

static void
flat_network(const struct document *doc, const struct extraction *x,
	const struct claim *c, struct arena *a, struct flat_claim *f)
{
	const struct claim_arg *arg = claim_arg(c, SLOT_NETWORK);
	const struct mention *m = slot_mention(x, arg);

	if (m != NULL) {
		f->network = has_name(m) ? m->name.id : NULL;
		f->network_name = name_of(doc, m, a);
	} else if (arg != NULL) {
		f->network_name = arg->value;
	}
}

static void
flat_counts(
	const struct extraction *x, const struct claim *c, struct flat_claim *f)
{
	const struct claim_arg *arg = claim_arg(c, SLOT_COUNT);
	const struct mention *m = slot_mention(x, arg);
	long long n;

	f->unit = c->unit;
	if (m != NULL && m->type == MENTION_COUNT) {
		f->count = m->count.n;
		f->bound = bound_name(m->count.bound);
		f->scope = m->count.scope;
		if (f->unit == NULL)
			f->unit = m->count.unit;
	} else if (arg != NULL && arg->value != NULL &&
		   span_int(span_str(arg->value), 0, INT32_MAX, &n)) {
		f->count = n;
		f->bound = bound_name(BOUND_EXACT);
	}
	if (c->kind == CLAIM_MEMBER_LIST && f->count < 0) {
		f->count = (int64_t)f->nmembers;
		f->bound = bound_name(BOUND_EXACT);
	}
	m = slot_mention(x, claim_arg(c, SLOT_COUNTRIES));
	if (m != NULL && m->type == MENTION_COUNT)
		f->countries = m->count.n;
	arg = claim_arg(c, SLOT_ORDINAL);
	m = slot_mention(x, arg);
	if (m != NULL && m->type == MENTION_COUNT)
		f->ordinal = m->count.n;
	else if (m != NULL && has_name(m) && m->name.ordinal > 0)
		f->ordinal = m->name.ordinal;
	else if (arg != NULL && arg->value != NULL &&
		 span_int(span_str(arg->value), 1, INT32_MAX, &n))
		f->ordinal = n;
}

static void
flat_date(
	const struct extraction *x, const struct claim *c, struct flat_claim *f)
{
	const struct claim_arg *arg = claim_arg(c, SLOT_DATE);
	const struct mention *m = slot_mention(x, arg);

	if (m != NULL && m->type == MENTION_DATE) {
		f->date = m->date.edtf;
		f->date_basis = date_basis_name(m->date.basis);
	} else if (arg != NULL && arg->mention < 0) {
		f->date = arg->value;
		f->date_basis = arg->basis;
	}
}

/* The first member that is no resolved place still counts: it has a name. */
static enum error_code
flat_members(const struct document *doc, const struct extraction *x,
	const struct claim *c, struct arena *a, struct flat_claim *f)
{
	if (c->kind != CLAIM_MEMBER_LIST)
		return OK;
	f->members = arena_array(a, c->nargs, sizeof *f->members);
	if (f->members == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->nargs; i++) {
		const struct mention *m = slot_mention(x, &c->args[i]);

		if (c->args[i].slot != SLOT_MEMBER || m == NULL)
			continue;
		f->members[f->nmembers++] = (struct flat_member){
			.name = words(doc, m, a),
			.id = is_place(m) ? m->place.id : NULL,
			.country = place_country(m),
		};
	}
	return OK;
}

enum error_code
flat_from_claim(const struct document *doc, const struct extraction *x,
	const struct claim *c, struct arena *a, struct flat_claim *f,
	struct error *err)
{
	const struct mention *place = slot_mention(x, claim_arg(c, SLOT_PLACE));

	*f = (struct flat_claim){
		.id = c->id,
		.kind = c->kind,
		.document = doc->id,
		.url = doc->url,
		.source = doc->source,
		.status = c->status,
		.polarity = c->polarity,
		.count = -1,
		.countries = -1,
		.ordinal = -1,
		.witnesses = -1,
		.zone = c->zone,
		.attributed_to = c->attributed_to,
		.evidence = span_sub(doc->text, c->start, c->end),
		.start = c->start,
		.end = c->end,
		.rule = c->rule,
		.confidence = c->confidence,
	};
	flat_subject(doc, x, c, a, f);
	flat_network(doc, x, c, a, f);
	if (flat_members(doc, x, c, a, f) != OK)
		goto fail;
	flat_counts(x, c, f);
	flat_date(x, c, f);
	if (claim_arg(c, SLOT_SCOPE) != NULL)
		f->scope = text_of(doc, x, c, SLOT_SCOPE, a);
	f->place = text_of(doc, x, c, SLOT_PLACE, a);
	f->place_country = place_country(place);
	f->person = text_of(doc, x, c, SLOT_PERSON, a);
	f->role = text_of(doc, x, c, SLOT_ROLE, a);
	f->organisation = text_of(doc, x, c, SLOT_ORGANISATION, a);
	f->event = text_of(doc, x, c, SLOT_EVENT, a);
	if (!arena_over_cap(a))
		return OK;
fail:
	return arena_over_cap(a)
		       ? error_set(err, ERR_LIMIT,
				 "claim %s: over the memory cap", c->id)
		       : error_set(
				 err, ERR_NOMEM, "claim %s: no memory", c->id);
}

/* "what does not apply is null" */
static bool
put_str(json_t *o, const char *key, const char *value)
{
	return json_put(
		o, key, value != NULL ? json_string(value) : json_null());
}

static bool
put_int(json_t *o, const char *key, int64_t value)
{
	return json_put(o, key, value >= 0 ? json_integer(value) : json_null());
}

static bool
put_members(json_t *o, const struct flat_claim *f)
{
	json_t *list;

	if (f->members == NULL)
		return json_put(o, "members", json_null());
	list = json_array();
	for (size_t i = 0; i < f->nmembers; i++) {
		const struct flat_member *m = &f->members[i];

		if (json_array_append_new(list,
			    json_pack("{s:s?,s:s?,s:s?}", "name", m->name, "id",
				    m->id, "country", m->country)) != 0) {
			json_decref(list);
			return false;
		}
	}
	return json_put(o, "members", list);
}

enum error_code
flat_encode(const struct flat_claim *f, struct buffer *out, struct error *err)
{
	json_t *o = json_object();
	enum error_code code;
	bool ok =
		put_str(o, "id", f->id) &&
		put_str(o, "kind", claim_kind_name(f->kind)) &&
		put_str(o, "document", f->document) &&
		put_str(o, "url", f->url) && put_str(o, "source", f->source) &&
		put_str(o, "subject", f->subject) &&
		put_str(o, "subject_id", f->subject_id) &&
		put_str(o, "subject_country", f->subject_country) &&
		put_str(o, "network", f->network) &&
		put_str(o, "network_name", f->network_name) &&
		put_str(o, "status",
			f->status != STATUS_NONE ? status_name(f->status)
						 : NULL) &&
		put_str(o, "polarity", polarity_name(f->polarity)) &&
		put_int(o, "count", f->count) &&
		put_str(o, "bound", f->bound) && put_str(o, "unit", f->unit) &&
		put_int(o, "countries", f->countries) &&
		put_str(o, "scope", f->scope) &&
		put_int(o, "ordinal", f->ordinal) &&
		put_str(o, "date", f->date) &&
		put_str(o, "date_basis", f->date_basis) &&
		put_str(o, "place", f->place) &&
		put_str(o, "place_country", f->place_country) &&
		put_str(o, "person", f->person) &&
		put_str(o, "role", f->role) &&
		put_str(o, "organisation", f->organisation) &&
		put_str(o, "event", f->event) && put_members(o, f) &&
		put_str(o, "zone", zone_name(f->zone)) &&
		put_str(o, "attributed_to", f->attributed_to) &&
		json_put_span(o, "evidence", f->evidence) &&
		json_put_at(o, f->start, f->end) &&
		put_str(o, "rule", f->rule) &&
		json_put_real(o, "confidence", f->confidence) &&
		put_int(o, "witnesses", f->witnesses);

	code = json_finish(o, ok, out, err);
	return code == OK ? buffer_add_char(out, '\n') : code;
}

/*
 * What an argument contributes to its claim's id: what was read, not which
 * mention index it has or which gazetteer resolved it.
 */
static struct span
arg_value(const struct document *doc, const struct extraction *x,
	const struct claim_arg *arg, char number[24])
{
	const struct mention *m = slot_mention(x, arg);

	if (m == NULL)
		return span_str(arg->value != NULL ? arg->value : "");
	if (m->type == MENTION_COUNT)
		return span_of(number, (size_t)snprintf(number, 24, "%lld",
					       (long long)m->count.n));
	if (m->type == MENTION_DATE)
		return span_str(m->date.edtf);
	if (has_name(m) && m->name.id != NULL)
		return span_str(m->name.id);
	return span_sub(doc->text, m->start, m->end);
}

enum error_code
claim_make_id(const struct document *doc, const struct extraction *x,
	struct claim *c, struct arena *a, struct error *err)
{
	char start[16], end[16], hex[ID_HEX];
	char(*numbers)[24] = arena_array(a, c->nargs, sizeof *numbers);
	struct span *fields = arena_array(a, 8 + 2 * c->nargs, sizeof *fields);
	size_t n = 0;

	if (numbers == NULL || fields == NULL || c->nargs > CLAIM_ARGS_MAX)
		goto fail;
	(void)snprintf(start, sizeof start, "%u", c->start);
	(void)snprintf(end, sizeof end, "%u", c->end);
	fields[n++] = span_str(doc->text_sha256);
	fields[n++] = span_str(doc->url);
	fields[n++] = span_str(doc->source);
	fields[n++] = span_str(claim_kind_name(c->kind));
	fields[n++] = span_str(start);
	fields[n++] = span_str(end);
	fields[n++] = span_str(polarity_name(c->polarity));
	fields[n++] = span_str(status_name(c->status));
	for (size_t i = 0; i < c->nargs; i++) {
		fields[n++] = span_str(slot_name(c->args[i].slot));
		fields[n++] = arg_value(doc, x, &c->args[i], numbers[i]);
	}
	hash_id(fields, n, hex);
	c->id = arena_strdup(a, hex);
	if (c->id != NULL)
		return OK;
fail:
	return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
		"a claim: no memory for its id");
}
