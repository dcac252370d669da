/* The extraction record: claims, and what holds mentions and claims. */
#include <string.h>

#include "codec.h"
#include "codec_mention.h"
#include "codec_parts.h"
#include "utf8.h"

/* What a claim sets without a mention. */
struct set {
	const char *unit;
};

/* A claim being read; its args and features need room that grows. */
struct reading {
	struct claim claim;
	struct set set;
	size_t room, features_room;
};

JSON_ENUM(read_kind, enum claim_kind, claim_kind_find, "a known claim kind")
JSON_ENUM(read_polarity, enum polarity, polarity_find, "a known polarity")
JSON_ENUM(read_status, enum status, status_find, "a known status")
JSON_ENUM(read_zone, enum zone, zone_find, "a known zone")

static enum error_code
read_mention(struct json_in *in, void *into)
{
	int64_t index = 0;
	enum error_code code =
		json_int_to(in, 0, RECORD_MENTIONS_MAX - 1, &index);

	*(int32_t *)into = (int32_t)index;
	return code;
}

static const struct json_key arg_keys[] = {
	JSON_MAY("mention", read_mention, struct claim_arg, mention),
	JSON_MAY("value", json_str, struct claim_arg, value),
	JSON_NEEDS("basis", json_str, struct claim_arg, basis),
};

/* One element of args: an index, {"mention": index, "basis"} where other
 * words stand for it, or {"value", "basis"}. */
static enum error_code
read_arg(struct json_in *in, enum slot slot, struct reading *r)
{
	struct claim *c = &r->claim;
	struct claim_arg *arg;
	enum error_code code;

	if (c->nargs >= CLAIM_ARGS_MAX)
		return error_set(in->err, ERR_LIMIT,
			"claim: more than %d arguments", CLAIM_ARGS_MAX);
	c->args = arena_grow(
		in->arena, c->args, c->nargs, &r->room, sizeof *c->args);
	if (c->args == NULL)
		return json_nomem(in);
	arg = &c->args[c->nargs++];
	*arg = (struct claim_arg){ .slot = slot, .mention = -1 };
	if (json_is(in, '{')) {
		code = json_object(in, "claim argument", arg_keys,
			sizeof arg_keys / sizeof *arg_keys, arg);
		if (code == OK && (arg->mention >= 0) == (arg->value != NULL))
			return json_wanted(in, "a mention or a value");
		return code;
	}
	code = read_mention(in, &arg->mention);
	return code == OK ? OK
			  : json_wanted(in, "an index of a mention, or a value "
					    "with its basis");
}

static enum error_code
read_slot(struct json_in *in, enum slot slot, struct reading *r)
{
	bool more = true;
	enum error_code code;

	if (!json_is(in, '['))
		return read_arg(in, slot, r);
	code = json_open(in, '[', "an array");
	for (size_t i = 0; code == OK; i++) {
		code = json_more(in, ']', i, &more);
		if (code != OK || !more)
			return code;
		code = read_arg(in, slot, r);
	}
	return code;
}

static enum error_code
read_args(struct json_in *in, void *into)
{
	struct reading *r = into;
	uint32_t seen = 0;
	bool more = true;
	enum error_code code = json_open(in, '{', "an object");

	for (size_t i = 0; code == OK; i++) {
		struct span name;
		enum slot slot;

		code = json_more(in, '}', i, &more);
		if (code != OK || !more)
			return code;
		code = json_name(in, &name);
		if (code != OK)
			return code;
		in->key = "args";
		if (!slot_find(name, &slot))
			return json_wanted(in, "an object of known slots");
		in->key = slot_name(slot);
		if (seen >> slot & 1)
			return json_wanted(in, "there once only (a duplicate)");
		seen |= UINT32_C(1) << slot;
		code = read_slot(in, slot, r);
	}
	return code;
}

bool
claim_is_feature(struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((name.ptr[i] < 'a' || name.ptr[i] > 'z') &&
			(name.ptr[i] < '0' || name.ptr[i] > '9') &&
			name.ptr[i] != '.' && name.ptr[i] != '_' &&
			name.ptr[i] != '&')
			return false;
	return name.len > 0;
}

static enum error_code
read_features(struct json_in *in, void *into)
{
	struct reading *r = into;
	struct claim *c = &r->claim;
	bool more = true;
	enum error_code code = json_open(in, '{', "an object");

	for (size_t i = 0; code == OK; i++) {
		struct span name;

		code = json_more(in, '}', i, &more);
		if (code != OK || !more)
			return code;
		code = json_name(in, &name);
		if (code != OK)
			return code;
		if (!claim_is_feature(name))
			return json_wanted(in, "an object of features");
		if (c->nfeatures >= CLAIM_FEATURES_MAX)
			return error_set(in->err, ERR_LIMIT,
				"claim: more than %d features",
				CLAIM_FEATURES_MAX);
		c->features = arena_grow(in->arena, c->features, c->nfeatures,
			&r->features_room, sizeof *c->features);
		if (c->features == NULL)
			return json_nomem(in);
		c->features[c->nfeatures].name =
			arena_strndup(in->arena, name.ptr, name.len);
		if (c->features[c->nfeatures].name == NULL)
			return json_nomem(in);
		code = json_real(in, &c->features[c->nfeatures++].value);
	}
	return code;
}

static const struct json_key set_keys[] = {
	JSON_MAY("unit", json_str, struct set, unit),
};

static enum error_code
read_set(struct json_in *in, void *into)
{
	return json_object(in, "claim.set", set_keys, 1, into);
}

_Static_assert(offsetof(struct claim, end) ==
		       offsetof(struct claim, start) + sizeof(uint32_t),
	"json_range() fills both");
_Static_assert(offsetof(struct reading, claim) == 0, "read_args() is given it");

static const struct json_key claim_keys[] = {
	JSON_NEEDS("id", json_str, struct reading, claim.id),
	JSON_NEEDS("kind", read_kind, struct reading, claim.kind),
	JSON_NEEDS("rule", json_str, struct reading, claim.rule),
	JSON_NEEDS("at", json_range, struct reading, claim.start),
	JSON_NEEDS("polarity", read_polarity, struct reading, claim.polarity),
	JSON_MAY("status", read_status, struct reading, claim.status),
	JSON_NEEDS("zone", read_zone, struct reading, claim.zone),
	JSON_MAY("confidence", json_real, struct reading, claim.confidence),
	JSON_MAY(
		"attributed_to", json_str, struct reading, claim.attributed_to),
	JSON_MAY("args", read_args, struct reading, claim),
	JSON_MAY("set", read_set, struct reading, set),
	JSON_MAY("features", read_features, struct reading, claim),
};

static enum error_code
read_claim(struct json_in *in, struct claim *out)
{
	struct reading r = { 0 };
	enum error_code code = json_object(in, "claim", claim_keys,
		sizeof claim_keys / sizeof *claim_keys, &r);

	r.claim.unit = r.set.unit;
	*out = r.claim;
	return code;
}

static void
put_arg(struct buffer *b, const struct claim_arg *a)
{
	if (a->mention >= 0 && a->basis == NULL) {
		json_out_int(b, a->mention);
		return;
	}
	json_out_open(b, '{');
	json_out_key(b, a->mention >= 0 ? "mention" : "value");
	if (a->mention >= 0)
		json_out_int(b, a->mention);
	else if (a->value != NULL)
		json_out_text(b, span_str(a->value));
	else
		json_out_null(b);
	json_out_key(b, "basis");
	if (a->basis != NULL)
		json_out_text(b, span_str(a->basis));
	else
		json_out_null(b);
	json_out_close(b, '}');
}

/* Arguments of a slot from the i-th on. */
static size_t
count_slot(const struct claim *c, size_t i)
{
	size_t n = 0;

	for (size_t k = i; k < c->nargs; k++)
		n += c->args[k].slot == c->args[i].slot;
	return n;
}

/* Each slot where it first comes.  One that comes more than once is a list;
 * members always are. */
static void
put_args(struct buffer *b, const struct claim *c)
{
	uint32_t done = 0;

	json_out_open(b, '{');
	for (size_t i = 0; i < c->nargs; i++) {
		const enum slot slot = c->args[i].slot;
		bool list;

		if (done >> slot & 1)
			continue;
		done |= UINT32_C(1) << slot;
		list = slot == SLOT_MEMBER || count_slot(c, i) > 1;
		json_out_key(b, slot_name(slot));
		if (list)
			json_out_open(b, '[');
		for (size_t k = i; k < c->nargs; k++)
			if (c->args[k].slot == slot)
				put_arg(b, &c->args[k]);
		if (list)
			json_out_close(b, ']');
	}
	json_out_close(b, '}');
}

static void
put_features(struct buffer *b, const struct claim *c)
{
	json_out_open(b, '{');
	for (size_t i = 0; i < c->nfeatures; i++)
		json_put_real(b, c->features[i].name, c->features[i].value);
	json_out_close(b, '}');
}

static void
put_claim(struct buffer *b, const struct claim *c)
{
	json_out_open(b, '{');
	json_put_str(b, "id", c->id);
	json_put_str(b, "kind", claim_kind_name(c->kind));
	json_put_str(b, "rule", c->rule);
	json_put_at(b, c->start, c->end);
	json_put_str(b, "polarity", polarity_name(c->polarity));
	if (c->status != STATUS_NONE)
		json_put_str(b, "status", status_name(c->status));
	json_put_str(b, "zone", zone_name(c->zone));
	json_put_real(b, "confidence", c->confidence);
	json_put_str(b, "attributed_to", c->attributed_to);
	json_out_key(b, "args");
	put_args(b, c);
	if (c->unit != NULL) {
		json_out_key(b, "set");
		json_out_open(b, '{');
		json_put_str(b, "unit", c->unit);
		json_out_close(b, '}');
	}
	if (c->nfeatures > 0) {
		json_out_key(b, "features");
		put_features(b, c);
	}
	json_out_close(b, '}');
}

enum error_code
claim_encode(const struct claim *c, struct buffer *out, struct error *err)
{
	const size_t start = out->len;

	put_claim(out, c);
	return json_out_end(out, start, err);
}

enum error_code
claim_args_encode(const struct claim *c, struct buffer *out, struct error *err)
{
	const size_t start = out->len;

	put_args(out, c);
	return json_out_end(out, start, err);
}

enum error_code
claim_args_decode(
	struct span json, struct arena *a, struct claim *c, struct error *err)
{
	struct reading r = { 0 };
	struct json_in in;
	enum error_code code = json_begin(&in, json, "claim.args", a, err);

	if (code == OK)
		code = read_args(&in, &r);
	if (code == OK)
		code = json_end(&in);
	c->args = r.claim.args;
	c->nargs = r.claim.nargs;
	return code;
}

enum error_code
claim_features_encode(
	const struct claim *c, struct buffer *out, struct error *err)
{
	const size_t start = out->len;

	put_features(out, c);
	return json_out_end(out, start, err);
}

enum error_code
claim_features_decode(
	struct span json, struct arena *a, struct claim *c, struct error *err)
{
	struct reading r = { 0 };
	struct json_in in;
	enum error_code code = json_begin(&in, json, "claim.features", a, err);

	in.key = "features";
	if (code == OK)
		code = read_features(&in, &r);
	if (code == OK)
		code = json_end(&in);
	c->features = r.claim.features;
	c->nfeatures = r.claim.nfeatures;
	return code;
}

/* Lists that grow while they are read. */
struct lists {
	struct extraction x;
	struct json_list warnings;
};

static enum error_code
read_mentions(struct json_in *in, void *into)
{
	struct extraction *x = into;
	size_t room = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', "an array");

	for (; code == OK; x->nmentions++) {
		code = json_more(in, ']', x->nmentions, &more);
		if (code != OK || !more)
			return code;
		if (x->nmentions == RECORD_MENTIONS_MAX)
			return error_set(in->err, ERR_LIMIT,
				"extraction: more than %d mentions",
				RECORD_MENTIONS_MAX);
		x->mentions = arena_grow(in->arena, x->mentions, x->nmentions,
			&room, sizeof *x->mentions);
		if (x->mentions == NULL)
			return json_nomem(in);
		code = mention_read(in, &x->mentions[x->nmentions]);
	}
	return code;
}

static enum error_code
read_claims(struct json_in *in, void *into)
{
	struct extraction *x = into;
	size_t room = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', "an array");

	for (; code == OK; x->nclaims++) {
		code = json_more(in, ']', x->nclaims, &more);
		if (code != OK || !more)
			return code;
		if (x->nclaims == RECORD_CLAIMS_MAX)
			return error_set(in->err, ERR_LIMIT,
				"extraction: more than %d claims",
				RECORD_CLAIMS_MAX);
		x->claims = arena_grow(in->arena, x->claims, x->nclaims, &room,
			sizeof *x->claims);
		if (x->claims == NULL)
			return json_nomem(in);
		code = read_claim(in, &x->claims[x->nclaims]);
	}
	return code;
}

static const struct json_key extraction_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("document", json_str, struct lists, x.document),
	JSON_NEEDS("rules", json_str, struct lists, x.rules),
	JSON_MAY("mentions", read_mentions, struct lists, x),
	JSON_MAY("claims", read_claims, struct lists, x),
	JSON_MAY("warnings", json_strings, struct lists, warnings),
};

enum error_code
extraction_decode(struct json_in *in, struct extraction *out)
{
	struct lists l = { 0 };
	enum error_code code = json_object(in, "extraction", extraction_keys,
		sizeof extraction_keys / sizeof *extraction_keys, &l);

	*out = l.x;
	out->warnings = l.warnings.list;
	out->nwarnings = l.warnings.n;
	return code;
}

static void
put_mentions(struct buffer *b, const struct mention *m, size_t n)
{
	json_out_open(b, '[');
	for (size_t i = 0; i < n; i++)
		mention_put(b, &m[i]);
	json_out_close(b, ']');
}

enum error_code
mentions_encode(const struct mention *m, size_t n, struct buffer *out,
	struct error *err)
{
	const size_t start = out->len;

	put_mentions(out, m, n);
	return json_out_end(out, start, err);
}

void
extraction_encode(const struct extraction *x, struct buffer *b)
{
	json_put_str(b, "document", x->document);
	json_put_str(b, "rules", x->rules);
	json_out_key(b, "mentions");
	put_mentions(b, x->mentions, x->nmentions);
	json_out_key(b, "claims");
	json_out_open(b, '[');
	for (size_t i = 0; i < x->nclaims; i++)
		put_claim(b, &x->claims[i]);
	json_out_close(b, ']');
	json_put_strings(b, "warnings", x->warnings, x->nwarnings);
}

static bool
range_fits(struct span text, uint32_t start, uint32_t end)
{
	return start <= end && end <= text.len && utf8_boundary(text, start) &&
	       utf8_boundary(text, end);
}

static enum error_code
mention_check(const struct mention *m, size_t i, const struct document *doc,
	struct error *err)
{
	if (!range_fits(doc->text, m->start, m->end))
		return error_set(err, ERR_FORMAT,
			"mention %zu: [%u, %u) is not in the text", i, m->start,
			m->end);
	if (m->text.ptr != NULL &&
		!span_eq(m->text, span_sub(doc->text, m->start, m->end)))
		return error_set(err, ERR_FORMAT,
			"mention %zu: its words are not at [%u, %u)", i,
			m->start, m->end);
	return OK;
}

enum error_code
extraction_check(const struct extraction *x, const struct document *doc,
	struct error *err)
{
	enum error_code code = OK;

	if (strcmp(x->document, doc->id) != 0)
		return error_set(err, ERR_FORMAT,
			"extraction of %s stands behind document %s",
			x->document, doc->id);
	for (size_t i = 0; code == OK && i < x->nmentions; i++)
		code = mention_check(&x->mentions[i], i, doc, err);
	for (size_t i = 0; code == OK && i < x->nclaims; i++) {
		const struct claim *c = &x->claims[i];

		if (!range_fits(doc->text, c->start, c->end))
			code = error_set(err, ERR_FORMAT,
				"claim %zu: [%u, %u) is not in the text", i,
				c->start, c->end);
		for (size_t k = 0; code == OK && k < c->nargs; k++)
			if (c->args[k].mention >= (int64_t)x->nmentions)
				code = error_set(err, ERR_FORMAT,
					"claim %zu: no mention %d", i,
					c->args[k].mention);
	}
	return code;
}
