#include "codec_mention.h"

static enum error_code
read_small(struct json_in *in, void *into)
{
	int *out = into;
	int64_t value = 0;
	enum error_code code = json_int_to(in, 0, INT32_MAX, &value);

	*out = (int)value;
	return code;
}

JSON_ENUM(read_bound, enum bound, bound_find, "a known bound")
JSON_ENUM(read_class, enum count_class, count_class_find,
	"a known class of counts")

static const struct json_key place_keys[] = {
	JSON_MAY("id", json_str, struct place_value, id),
	JSON_NEEDS("name", json_str, struct place_value, name),
	JSON_MAY("country", json_str, struct place_value, country),
	JSON_MAY("admin1", json_str, struct place_value, admin1),
	JSON_MAY("kind", json_str, struct place_value, kind),
	JSON_MAY("lat", json_real, struct place_value, lat),
	JSON_MAY("lon", json_real, struct place_value, lon),
	JSON_MAY("score", json_real, struct place_value, score),
	JSON_MAY("candidates", read_small, struct place_value, candidates),
};

static const struct json_key count_keys[] = {
	JSON_NEEDS("n", json_int, struct count_value, n),
	JSON_NEEDS("bound", read_bound, struct count_value, bound),
	JSON_NEEDS("class", read_class, struct count_value, class),
	JSON_MAY("unit", json_str, struct count_value, unit),
	JSON_MAY("scope", json_str, struct count_value, scope),
	JSON_MAY("fresh", json_bool, struct count_value, fresh),
	JSON_MAY("others", json_bool, struct count_value, others),
};

static const struct json_key date_keys[] = {
	JSON_NEEDS("edtf", json_edtf, struct date_value, edtf),
	JSON_MAY("basis", read_basis, struct date_value, basis),
};

static const struct json_key name_keys[] = {
	JSON_MAY("id", json_str, struct name_value, id),
	JSON_MAY("name", json_str, struct name_value, name),
	JSON_MAY("ordinal", read_small, struct name_value, ordinal),
};

static void
put_place(struct buffer *b, const struct place_value *p)
{
	json_put_str(b, "id", p->id);
	json_put_str(b, "name", p->name);
	json_put_str(b, "country", p->country);
	json_put_str(b, "admin1", p->admin1);
	json_put_str(b, "kind", p->kind);
	if (p->lat < 0 || p->lat > 0 || p->lon < 0 || p->lon > 0) {
		json_put_real(b, "lat", p->lat);
		json_put_real(b, "lon", p->lon);
	}
	json_put_real(b, "score", p->score);
	json_put_int(b, "candidates", p->candidates);
}

static void
put_count(struct buffer *b, const struct count_value *c)
{
	json_put_int(b, "n", c->n);
	json_put_str(b, "bound", bound_name(c->bound));
	json_put_str(b, "class", count_class_name(c->class));
	json_put_str(b, "unit", c->unit);
	json_put_str(b, "scope", c->scope);
	if (c->fresh)
		json_put_bool(b, "fresh", true);
	if (c->others)
		json_put_bool(b, "others", true);
}

static void
put_date(struct buffer *b, const struct date_value *d)
{
	struct edtf e;

	json_put_str(b, "edtf", d->edtf);
	if (d->edtf != NULL && edtf_parse(span_str(d->edtf), &e))
		json_put_str(b, "precision",
			date_precision_name(edtf_precision(&e)));
	else if (b->code == OK)
		b->code = ERR_FORMAT;
	json_put_str(b, "basis", date_basis_name(d->basis));
}

static void
put_name(struct buffer *b, const struct name_value *n)
{
	json_put_str(b, "id", n->id);
	json_put_str(b, "name", n->name);
	if (n->ordinal != 0)
		json_put_int(b, "ordinal", n->ordinal);
}

/* A mention being read: what its value is depends on its type, which may
 * stand behind it. */
struct reading {
	struct mention m;
	bool typed;
	const char *value; /* where it stands, while the type is not known */
};

static enum error_code
read_type(struct json_in *in, void *into)
{
	struct reading *r = into;
	struct span name;
	enum error_code code = json_view(in, &name);

	if (code == OK && !mention_type_find(name, &r->m.type))
		return json_wanted(in, "a known mention type");
	r->typed = true;
	return code;
}

#define KEYS(table) table, sizeof table / sizeof *table

static enum error_code
read_typed(struct json_in *in, struct mention *m)
{
	static const char what[] = "mention value";

	switch (mention_form(m->type)) {
	case FORM_PLACE:
		return json_object(in, what, KEYS(place_keys), &m->place);
	case FORM_COUNT:
		return json_object(in, what, KEYS(count_keys), &m->count);
	case FORM_DATE:
		return json_object(in, what, KEYS(date_keys), &m->date);
	case FORM_NAME:
		break;
	}
	return json_object(in, what, KEYS(name_keys), &m->name);
}

static enum error_code
read_value(struct json_in *in, void *into)
{
	struct reading *r = into;

	if (r->typed)
		return read_typed(in, &r->m);
	r->value = in->at;
	return json_skip(in);
}

_Static_assert(offsetof(struct mention, end) ==
		       offsetof(struct mention, start) + sizeof(uint32_t),
	"json_range() fills both");

static const struct json_key mention_keys[] = {
	JSON_NEEDS("type", read_type, struct reading, m),
	JSON_NEEDS("at", json_range, struct reading, m.start),
	JSON_MAY("text", json_text, struct reading, m.text),
	JSON_NEEDS("rule", json_str, struct reading, m.rule),
	JSON_NEEDS("value", read_value, struct reading, m),
};
_Static_assert(offsetof(struct reading, m) == 0, "readers are given it all");

enum error_code
mention_read(struct json_in *in, struct mention *out)
{
	struct reading r = { 0 };
	enum error_code code =
		json_object(in, "mention", KEYS(mention_keys), &r);

	if (code == OK && r.value != NULL) {
		const char *behind = in->at;

		in->at = r.value;
		code = read_typed(in, &r.m);
		in->at = behind;
	}
	if (code == OK && r.m.start == r.m.end)
		code = error_set(in->err, ERR_FORMAT,
			"mention: \"at\" is not a range with words in it");
	*out = r.m;
	return code;
}

void
mention_put(struct buffer *b, const struct mention *m)
{
	json_out_open(b, '{');
	json_put_str(b, "type", mention_type_name(m->type));
	json_put_at(b, m->start, m->end);
	json_put_span(b, "text", m->text);
	json_put_str(b, "rule", m->rule);
	json_out_key(b, "value");
	json_out_open(b, '{');
	switch (mention_form(m->type)) {
	case FORM_PLACE:
		put_place(b, &m->place);
		break;
	case FORM_COUNT:
		put_count(b, &m->count);
		break;
	case FORM_DATE:
		put_date(b, &m->date);
		break;
	case FORM_NAME:
		put_name(b, &m->name);
		break;
	}
	json_out_close(b, '}');
	json_out_close(b, '}');
}
