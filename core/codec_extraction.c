/* The extraction record: mentions and claims. */
#include <string.h>

#include "codec.h"
#include "json.h"
#include "utf8.h"

static enum error_code
place_decode(const struct json_in *in, struct place_value *p)
{
	int64_t candidates = 0;
	enum error_code code = json_find_str(in, "id", &p->id);

	if (code == OK)
		code = json_get_str(in, "name", &p->name);
	if (code == OK)
		code = json_find_str(in, "country", &p->country);
	if (code == OK)
		code = json_find_str(in, "admin1", &p->admin1);
	if (code == OK)
		code = json_find_str(in, "kind", &p->kind);
	if (code == OK)
		code = json_find_real(in, "lat", &p->lat);
	if (code == OK)
		code = json_find_real(in, "lon", &p->lon);
	if (code == OK)
		code = json_find_real(in, "score", &p->score);
	if (code == OK)
		code = json_find_int(
			in, "candidates", 0, INT32_MAX, &candidates);
	p->candidates = (int)candidates;
	return code;
}

static bool
place_encode(const struct place_value *p, json_t *o)
{
	bool ok = json_put_str(o, "id", p->id) &&
		  json_put_str(o, "name", p->name) &&
		  json_put_str(o, "country", p->country) &&
		  json_put_str(o, "admin1", p->admin1) &&
		  json_put_str(o, "kind", p->kind);

	if (ok && (p->lat < 0 || p->lat > 0 || p->lon < 0 || p->lon > 0))
		ok = json_put_real(o, "lat", p->lat) &&
		     json_put_real(o, "lon", p->lon);
	return ok && json_put_real(o, "score", p->score) &&
	       json_put_int(o, "candidates", p->candidates);
}

static enum error_code
count_decode(const struct json_in *in, struct count_value *c)
{
	const char *bound = NULL, *class = NULL;
	enum error_code code =
		json_get_int(in, "n", INT64_MIN, INT64_MAX, &c->n);

	if (code == OK)
		code = json_get_str(in, "bound", &bound);
	if (code == OK && !bound_find(span_str(bound), &c->bound))
		return json_in_error(in, "bound", "a known bound");
	if (code == OK)
		code = json_get_str(in, "class", &class);
	if (code == OK && !count_class_find(span_str(class), &c->class))
		return json_in_error(in, "class", "a known class of counts");
	if (code == OK)
		code = json_find_str(in, "unit", &c->unit);
	if (code == OK)
		code = json_find_str(in, "scope", &c->scope);
	if (code == OK)
		code = json_find_bool(in, "fresh", &c->fresh);
	if (code == OK)
		code = json_find_bool(in, "others", &c->others);
	return code;
}

static bool
count_encode(const struct count_value *c, json_t *o)
{
	return json_put_int(o, "n", c->n) &&
	       json_put_str(o, "bound", bound_name(c->bound)) &&
	       json_put_str(o, "class", count_class_name(c->class)) &&
	       json_put_str(o, "unit", c->unit) &&
	       json_put_str(o, "scope", c->scope) &&
	       (!c->fresh || json_put(o, "fresh", json_true())) &&
	       (!c->others || json_put(o, "others", json_true()));
}

static enum error_code
date_decode(const struct json_in *in, struct date_value *d)
{
	const char *basis = NULL;
	struct edtf e;
	enum error_code code = json_get_str(in, "edtf", &d->edtf);

	if (code == OK && !edtf_parse(span_str(d->edtf), &e))
		return json_in_error(in, "edtf", "an EDTF date");
	if (code == OK)
		code = json_find_str(in, "basis", &basis);
	if (code == OK && basis != NULL &&
		!date_basis_find(span_str(basis), &d->basis))
		return json_in_error(in, "basis", "a known basis");
	return code;
}

static bool
date_encode(const struct date_value *d, json_t *o)
{
	struct edtf e;

	return json_put_str(o, "edtf", d->edtf) && d->edtf != NULL &&
	       edtf_parse(span_str(d->edtf), &e) &&
	       json_put_str(o, "precision",
		       date_precision_name(edtf_precision(&e))) &&
	       json_put_str(o, "basis", date_basis_name(d->basis));
}

static enum error_code
name_decode(const struct json_in *in, struct name_value *n)
{
	int64_t ordinal = 0;
	enum error_code code = json_find_str(in, "id", &n->id);

	if (code == OK)
		code = json_find_str(in, "name", &n->name);
	if (code == OK)
		code = json_find_int(in, "ordinal", 0, INT32_MAX, &ordinal);
	n->ordinal = (int)ordinal;
	return code;
}

static bool
name_encode(const struct name_value *n, json_t *o)
{
	return json_put_str(o, "id", n->id) &&
	       json_put_str(o, "name", n->name) &&
	       (n->ordinal == 0 || json_put_int(o, "ordinal", n->ordinal));
}

static enum error_code
value_decode(const struct json_in *in, struct mention *m)
{
	struct json_in sub = *in;
	enum error_code code = json_find_object(in, "value", &sub.obj);

	if (code != OK)
		return code;
	if (sub.obj == NULL)
		return json_in_error(in, "value", "there");
	sub.what = "mention value";
	switch (m->type) {
	case MENTION_CITY:
	case MENTION_REGION:
	case MENTION_COUNTRY:
		return place_decode(&sub, &m->place);
	case MENTION_COUNT:
		return count_decode(&sub, &m->count);
	case MENTION_DATE:
		return date_decode(&sub, &m->date);
	case MENTION_NETWORK:
	case MENTION_TITLE:
	case MENTION_ORGANISATION:
	case MENTION_PERSON:
	case MENTION_ROLE:
	case MENTION_EVENT:
	case MENTION_TYPES:
		break;
	}
	return name_decode(&sub, &m->name);
}

static bool
value_encode(const struct mention *m, json_t *o)
{
	switch (m->type) {
	case MENTION_CITY:
	case MENTION_REGION:
	case MENTION_COUNTRY:
		return place_encode(&m->place, o);
	case MENTION_COUNT:
		return count_encode(&m->count, o);
	case MENTION_DATE:
		return date_encode(&m->date, o);
	case MENTION_NETWORK:
	case MENTION_TITLE:
	case MENTION_ORGANISATION:
	case MENTION_PERSON:
	case MENTION_ROLE:
	case MENTION_EVENT:
	case MENTION_TYPES:
		break;
	}
	return name_encode(&m->name, o);
}

static enum error_code
mention_decode(const struct json_in *in, struct mention *m)
{
	const char *type = NULL, *text = NULL;
	enum error_code code = json_get_str(in, "type", &type);

	if (code == OK && !mention_type_find(span_str(type), &m->type))
		return json_in_error(in, "type", "a known mention type");
	if (code == OK)
		code = json_get_at(in, &m->start, &m->end);
	if (code == OK && m->start == m->end)
		return json_in_error(in, "at", "a range with words in it");
	if (code == OK)
		code = json_get_str(in, "rule", &m->rule);
	if (code == OK)
		code = json_find_str(in, "text", &text);
	m->text = span_str(text);
	return code == OK ? value_decode(in, m) : code;
}

static json_t *
mention_to_json(const struct mention *m, bool with_text)
{
	json_t *o = json_object(), *value = json_object();
	bool ok = json_put_str(o, "type", mention_type_name(m->type)) &&
		  json_put_at(o, m->start, m->end) &&
		  (!with_text || json_put_span(o, "text", m->text)) &&
		  json_put_str(o, "rule", m->rule) && value_encode(m, value);

	if (json_put(o, "value", value) && ok)
		return o;
	json_decref(o);
	return NULL;
}

static json_t *
mention_list_to_json(const struct mention *m, size_t n, bool with_text)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		if (json_array_append_new(
			    list, mention_to_json(&m[i], with_text)) != 0) {
			json_decref(list);
			return NULL;
		}
	return list;
}

static enum error_code
mention_list_decode(const struct json_in *in, const json_t *list,
	struct mention **out, size_t *n)
{
	struct json_in sub = *in;

	*n = json_array_size(list);
	*out = arena_array(in->arena, *n, sizeof **out);
	if (*out == NULL)
		return json_in_nomem(in);
	for (size_t i = 0; i < *n; i++) {
		enum error_code code;

		sub.what = "mention";
		sub.obj = json_array_get(list, i);
		code = mention_decode(&sub, &(*out)[i]);
		if (code != OK)
			return code;
	}
	return OK;
}

enum error_code
mentions_encode(const struct mention *m, size_t n, struct buffer *out,
	struct error *err)
{
	json_t *list = mention_list_to_json(m, n, false);

	return json_finish(list, list != NULL, out, err);
}

enum error_code
mentions_decode(struct span json, struct arena *a, struct mention **out,
	size_t *n, struct error *err)
{
	struct json_in in = { .what = "mentions", .arena = a, .err = err };
	json_t *root = json_read(json, err);
	enum error_code code;

	if (root == NULL)
		return err != NULL ? err->code : ERR_FORMAT;
	if (!json_is_array(root) || json_array_size(root) > RECORD_MENTIONS_MAX)
		code = error_set(err, ERR_FORMAT,
			"mentions: a list of at most %d was wanted",
			RECORD_MENTIONS_MAX);
	else
		code = mention_list_decode(&in, root, out, n);
	json_decref(root);
	return code;
}

/* One element of args: an index, or {"value", "basis"}. */
static enum error_code
arg_decode(const struct json_in *in, enum slot slot, const json_t *v,
	struct claim *c, size_t *room)
{
	struct json_in sub = *in;
	struct claim_arg *arg;
	enum error_code code;

	if (c->nargs >= CLAIM_ARGS_MAX)
		return error_set(in->err, ERR_LIMIT,
			"claim: more than %d arguments", CLAIM_ARGS_MAX);
	c->args =
		arena_grow(in->arena, c->args, c->nargs, room, sizeof *c->args);
	if (c->args == NULL)
		return json_in_nomem(in);
	arg = &c->args[c->nargs++];
	*arg = (struct claim_arg){ .slot = slot, .mention = -1 };
	if (json_is_integer(v)) {
		if (json_integer_value(v) < 0 ||
			json_integer_value(v) >= RECORD_MENTIONS_MAX)
			return json_in_error(
				in, slot_name(slot), "an index of a mention");
		arg->mention = (int32_t)json_integer_value(v);
		return OK;
	}
	if (!json_is_object(v))
		return json_in_error(in, slot_name(slot),
			"an index or a value with its basis");
	sub.obj = v;
	code = json_get_str(&sub, "value", &arg->value);
	return code == OK ? json_get_str(&sub, "basis", &arg->basis) : code;
}

static enum error_code
args_decode(const struct json_in *in, struct claim *c)
{
	const json_t *obj;
	enum error_code code = json_find_object(in, "args", &obj);
	size_t room = 0;

	for (void *it = code == OK ? json_object_iter(
					     json_object_get(in->obj, "args"))
				   : NULL;
		it != NULL && code == OK;
		it = json_object_iter_next(
			json_object_get(in->obj, "args"), it)) {
		const json_t *v = json_object_iter_value(it);
		enum slot slot;

		if (!slot_find(span_str(json_object_iter_key(it)), &slot))
			return json_in_error(
				in, json_object_iter_key(it), "a known slot");
		if (!json_is_array(v)) {
			code = arg_decode(in, slot, v, c, &room);
			continue;
		}
		for (size_t i = 0; code == OK && i < json_array_size(v); i++)
			code = arg_decode(
				in, slot, json_array_get(v, i), c, &room);
	}
	return code;
}

static json_t *
arg_to_json(const struct claim_arg *a)
{
	if (a->mention >= 0)
		return json_integer(a->mention);
	return json_pack("{s:s?,s:s?}", "value", a->value, "basis", a->basis);
}

/* A slot that comes more than once is a list; members always are. */
static bool
arg_put(json_t *args, const struct claim_arg *a)
{
	const char *key = slot_name(a->slot);
	json_t *old = json_object_get(args, key), *list;

	if (old == NULL && a->slot != SLOT_MEMBER)
		return json_put(args, key, arg_to_json(a));
	if (json_is_array(old))
		return json_array_append_new(old, arg_to_json(a)) == 0;
	list = json_array();
	if (old != NULL && json_array_append(list, old) != 0)
		goto fail;
	if (json_array_append_new(list, arg_to_json(a)) != 0)
		goto fail;
	return json_put(args, key, list);
fail:
	json_decref(list);
	return false;
}

static json_t *
claim_to_json(const struct claim *c)
{
	json_t *o = json_object(), *args = json_object();
	bool ok = json_put_str(o, "id", c->id) &&
		  json_put_str(o, "kind", claim_kind_name(c->kind)) &&
		  json_put_str(o, "rule", c->rule) &&
		  json_put_at(o, c->start, c->end) &&
		  json_put_str(o, "polarity", polarity_name(c->polarity)) &&
		  (c->status == STATUS_NONE ||
			  json_put_str(o, "status", status_name(c->status))) &&
		  json_put_str(o, "zone", zone_name(c->zone)) &&
		  json_put_real(o, "confidence", c->confidence) &&
		  json_put_str(o, "attributed_to", c->attributed_to);

	for (size_t i = 0; ok && i < c->nargs; i++)
		ok = arg_put(args, &c->args[i]);
	ok = json_put(o, "args", args) && ok;
	if (ok && c->unit != NULL)
		ok = json_put(o, "set", json_pack("{s:s}", "unit", c->unit));
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

static enum error_code
claim_from_json(const struct json_in *in, struct claim *c)
{
	const char *kind = NULL, *polarity = NULL, *status = NULL, *zone = NULL;
	struct json_in set = *in;
	enum error_code code = json_get_str(in, "id", &c->id);

	if (code == OK)
		code = json_get_str(in, "kind", &kind);
	if (code == OK && !claim_kind_find(span_str(kind), &c->kind))
		return json_in_error(in, "kind", "a known claim kind");
	if (code == OK)
		code = json_get_str(in, "rule", &c->rule);
	if (code == OK)
		code = json_get_at(in, &c->start, &c->end);
	if (code == OK)
		code = json_get_str(in, "polarity", &polarity);
	if (code == OK && !polarity_find(span_str(polarity), &c->polarity))
		return json_in_error(in, "polarity", "a known polarity");
	if (code == OK)
		code = json_find_str(in, "status", &status);
	if (code == OK && status != NULL &&
		!status_find(span_str(status), &c->status))
		return json_in_error(in, "status", "a known status");
	if (code == OK)
		code = json_get_str(in, "zone", &zone);
	if (code == OK && !zone_find(span_str(zone), &c->zone))
		return json_in_error(in, "zone", "a known zone");
	if (code == OK)
		code = json_find_real(in, "confidence", &c->confidence);
	if (code == OK)
		code = json_find_str(in, "attributed_to", &c->attributed_to);
	if (code == OK)
		code = args_decode(in, c);
	if (code == OK)
		code = json_find_object(in, "set", &set.obj);
	if (code == OK && set.obj != NULL)
		code = json_find_str(&set, "unit", &c->unit);
	return code;
}

enum error_code
claim_encode(const struct claim *c, struct buffer *out, struct error *err)
{
	json_t *o = claim_to_json(c);

	return json_finish(o, o != NULL, out, err);
}

enum error_code
claim_decode(
	struct span json, struct arena *a, struct claim *out, struct error *err)
{
	struct json_in in = { .what = "claim", .arena = a, .err = err };
	json_t *root = json_read(json, err);
	enum error_code code;

	if (root == NULL)
		return err != NULL ? err->code : ERR_FORMAT;
	in.obj = root;
	memset(out, 0, sizeof *out);
	code = claim_from_json(&in, out);
	json_decref(root);
	return code;
}

enum error_code
extraction_decode(const struct json_in *in, struct extraction *x)
{
	struct json_in sub = *in;
	const json_t *mentions, *claims;
	enum error_code code = json_get_str(in, "document", &x->document);

	if (code == OK)
		code = json_get_str(in, "rules", &x->rules);
	if (code == OK)
		code = json_find_array(
			in, "mentions", RECORD_MENTIONS_MAX, &mentions);
	if (code == OK)
		code = mention_list_decode(
			in, mentions, &x->mentions, &x->nmentions);
	if (code == OK)
		code = json_find_array(
			in, "claims", RECORD_CLAIMS_MAX, &claims);
	if (code != OK)
		return code;
	x->nclaims = json_array_size(claims);
	x->claims = arena_array(in->arena, x->nclaims, sizeof *x->claims);
	if (x->claims == NULL)
		return json_in_nomem(in);
	for (size_t i = 0; i < x->nclaims && code == OK; i++) {
		sub.what = "claim";
		sub.obj = json_array_get(claims, i);
		code = claim_from_json(&sub, &x->claims[i]);
	}
	if (code == OK)
		code = json_find_strings(
			in, "warnings", &x->warnings, &x->nwarnings);
	return code;
}

json_t *
extraction_to_json(const struct extraction *x)
{
	json_t *o = json_object(), *claims = json_array();
	bool ok =
		json_put_str(o, "document", x->document) &&
		json_put_str(o, "rules", x->rules) &&
		json_put(o, "mentions",
			mention_list_to_json(x->mentions, x->nmentions, true));

	for (size_t i = 0; i < x->nclaims && ok; i++)
		ok = json_array_append_new(
			     claims, claim_to_json(&x->claims[i])) == 0;
	ok = json_put(o, "claims", claims) && ok &&
	     json_put_strings(o, "warnings", x->warnings, x->nwarnings);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

static bool
range_fits(struct span text, uint32_t start, uint32_t end)
{
	return start <= end && end <= text.len && utf8_boundary(text, start) &&
	       utf8_boundary(text, end);
}

enum error_code
extraction_check(const struct extraction *x, const struct document *doc,
	struct error *err)
{
	if (strcmp(x->document, doc->id) != 0)
		return error_set(err, ERR_FORMAT,
			"extraction of %s stands behind document %s",
			x->document, doc->id);
	for (size_t i = 0; i < x->nmentions; i++) {
		const struct mention *m = &x->mentions[i];

		if (!range_fits(doc->text, m->start, m->end))
			return error_set(err, ERR_FORMAT,
				"mention %zu: [%u, %u) is not in the text", i,
				m->start, m->end);
		if (m->text.ptr != NULL &&
			!span_eq(
				m->text, span_sub(doc->text, m->start, m->end)))
			return error_set(err, ERR_FORMAT,
				"mention %zu: its words are not at [%u, %u)", i,
				m->start, m->end);
	}
	for (size_t i = 0; i < x->nclaims; i++) {
		const struct claim *c = &x->claims[i];

		if (!range_fits(doc->text, c->start, c->end))
			return error_set(err, ERR_FORMAT,
				"claim %zu: [%u, %u) is not in the text", i,
				c->start, c->end);
		for (size_t k = 0; k < c->nargs; k++)
			if (c->args[k].mention >= (int64_t)x->nmentions)
				return error_set(err, ERR_FORMAT,
					"claim %zu: no mention %d", i,
					c->args[k].mention);
	}
	return OK;
}
