#include "flat.h"

#include <string.h>

#include "hash.h"
#include "json_out.h"

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

/* Without the acronym in brackets that a mention may cover, "University of
 * Jaén (UJA)", or the trade, "the brewer Acme". */
static const char *
own_name(const struct mention *m, const char *words)
{
	const char *name = m->name.name;
	size_t len = name != NULL ? strlen(name) : 0;

	if (m->type != MENTION_ORGANISATION || len == 0 || words == NULL)
		return words;
	return strncmp(words, name, len) == 0 ||
			       (strlen(words) > len &&
				       strcmp(words + strlen(words) - len,
					       name) == 0)
		       ? name
		       : words;
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
		f->subject = own_name(m, f->subject);
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
			.name = own_name(m, words(doc, m, a)),
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
	const size_t failures = arena_failures(a);

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
		.features = c->features,
		.nfeatures = c->nfeatures,
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
	if (arena_failures(a) == failures)
		return OK;
fail:
	return arena_over_cap(a)
		       ? error_set(err, ERR_LIMIT,
				 "claim %s: over the memory cap", c->id)
		       : error_set(
				 err, ERR_NOMEM, "claim %s: no memory", c->id);
}

/* "what does not apply is null" */
static void
put_str(struct buffer *b, const char *key, const char *value)
{
	json_out_key(b, key);
	if (value != NULL)
		json_out_text(b, span_str(value));
	else
		json_out_null(b);
}

static void
put_int(struct buffer *b, const char *key, int64_t value)
{
	json_out_key(b, key);
	if (value >= 0)
		json_out_int(b, value);
	else
		json_out_null(b);
}

static void
put_members(struct buffer *b, const struct flat_claim *f)
{
	json_out_key(b, "members");
	if (f->members == NULL) {
		json_out_null(b);
		return;
	}
	json_out_open(b, '[');
	for (size_t i = 0; i < f->nmembers; i++) {
		const struct flat_member *m = &f->members[i];

		json_out_open(b, '{');
		put_str(b, "name", m->name);
		put_str(b, "id", m->id);
		put_str(b, "country", m->country);
		json_out_close(b, '}');
	}
	json_out_close(b, ']');
}

static void
put_features(struct buffer *b, const struct flat_claim *f)
{
	if (f->nfeatures == 0)
		return;
	json_out_key(b, "features");
	json_out_open(b, '{');
	for (size_t i = 0; i < f->nfeatures; i++)
		json_put_real(b, f->features[i].name, f->features[i].value);
	json_out_close(b, '}');
}

enum error_code
flat_encode(const struct flat_claim *f, struct buffer *b, struct error *err)
{
	const size_t start = b->len;

	json_out_open(b, '{');
	put_str(b, "id", f->id);
	put_str(b, "kind", claim_kind_name(f->kind));
	put_str(b, "document", f->document);
	put_str(b, "url", f->url);
	put_str(b, "source", f->source);
	put_str(b, "subject", f->subject);
	put_str(b, "subject_id", f->subject_id);
	put_str(b, "subject_country", f->subject_country);
	put_str(b, "network", f->network);
	put_str(b, "network_name", f->network_name);
	put_str(b, "status",
		f->status != STATUS_NONE ? status_name(f->status) : NULL);
	put_str(b, "polarity", polarity_name(f->polarity));
	put_int(b, "count", f->count);
	put_str(b, "bound", f->bound);
	put_str(b, "unit", f->unit);
	put_int(b, "countries", f->countries);
	put_str(b, "scope", f->scope);
	put_int(b, "ordinal", f->ordinal);
	put_str(b, "date", f->date);
	put_str(b, "date_basis", f->date_basis);
	put_str(b, "place", f->place);
	put_str(b, "place_country", f->place_country);
	put_str(b, "person", f->person);
	put_str(b, "role", f->role);
	put_str(b, "organisation", f->organisation);
	put_str(b, "event", f->event);
	put_members(b, f);
	put_str(b, "zone", zone_name(f->zone));
	put_str(b, "attributed_to", f->attributed_to);
	json_put_span(b, "evidence", f->evidence);
	json_put_at(b, f->start, f->end);
	put_str(b, "rule", f->rule);
	json_put_real(b, "confidence", f->confidence);
	put_int(b, "witnesses", f->witnesses);
	put_features(b, f);
	json_out_close(b, '}');
	buffer_add_char(b, '\n');
	return json_out_end(b, start, err);
}

/*
 * What an argument contributes to its claim's id: what was read, not which
 * mention index it has or which gazetteer resolved it.
 */
static struct span
arg_value(const struct document *doc, const struct extraction *x,
	const struct claim_arg *arg, char number[SPAN_INT_ROOM])
{
	const struct mention *m = slot_mention(x, arg);

	if (m == NULL)
		return span_str(arg->value != NULL ? arg->value : "");
	if (m->type == MENTION_COUNT)
		return span_of_int(m->count.n, number);
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
	char start[SPAN_INT_ROOM], end[SPAN_INT_ROOM], hex[ID_HEX];
	char(*numbers)[SPAN_INT_ROOM] =
		arena_array(a, c->nargs, sizeof *numbers);
	struct span *fields = arena_array(a, 8 + 2 * c->nargs, sizeof *fields);
	size_t n = 0;

	if (numbers == NULL || fields == NULL || c->nargs > CLAIM_ARGS_MAX)
		goto fail;
	fields[n++] = span_str(doc->text_sha256);
	fields[n++] = span_str(doc->url);
	fields[n++] = span_str(doc->source);
	fields[n++] = span_str(claim_kind_name(c->kind));
	fields[n++] = span_of_int(c->start, start);
	fields[n++] = span_of_int(c->end, end);
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
