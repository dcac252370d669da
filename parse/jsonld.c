#include "jsonld.h"

#include <ctype.h>

#define STRING_MAX 4096 /* bytes of a name or headline */

/* An object or array that is open. */
struct frame {
	struct span key;  /* it is the value of, in the object around it */
	struct span type; /* "@type" */
	struct span name;
	struct span value; /* "@value" */
	struct span id;	   /* "@id" */
	struct span email, phone, contact;
	struct jsonld said;
	bool array;
};

struct reader {
	struct span text;
	size_t at;
	struct frame stack[JSONLD_DEPTH_MAX];
	size_t depth; /* frames open; those beyond the stack are counted */
	struct span key;
	struct jsonld *best;
	struct jsonld_others *others;
};

static bool
ends_with_any(struct span type, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_ends_with(type, list[i]))
			return true;
	return false;
}

static int
rank_of(struct span type)
{
	static const char *const articles[] = { "Article", "Posting", "Report",
		"PressRelease", "Review", "Recipe" };
	static const char *const pages[] = { "WebPage", "ItemPage",
		"CreativeWork", "AboutPage" };

	if (ends_with_any(type, articles, sizeof articles / sizeof *articles))
		return 2;
	return ends_with_any(type, pages, sizeof pages / sizeof *pages);
}

/* The frame that a value belongs to: arrays stand for their owner. */
static struct frame *
owner_of(struct reader *r)
{
	size_t i = r->depth;

	if (i == 0 || i > JSONLD_DEPTH_MAX)
		return NULL;
	while (i > 0 && r->stack[i - 1].array)
		i--;
	return i > 0 ? &r->stack[i - 1] : NULL;
}

static void
add_author(struct frame *f, struct span name)
{
	if (name.len == 0 || f->said.nauthors == JSONLD_AUTHORS_MAX)
		return;
	for (size_t i = 0; i < f->said.nauthors; i++)
		if (span_eq(f->said.authors[i], name))
			return;
	f->said.authors[f->said.nauthors++] = name;
}

/* Where the value of key goes, or NULL. */
static struct span *
field_of(struct frame *f, struct span key)
{
	const struct {
		const char *key;
		struct span *field;
	} known[] = {
		{ "@type", &f->type },
		{ "@value", &f->value },
		{ "@id", &f->id },
		{ "email", &f->email },
		{ "telephone", &f->phone },
		{ "contactType", &f->contact },
		{ "name", &f->name },
		{ "headline", &f->said.headline },
		{ "datePublished", &f->said.published },
		{ "dateModified", &f->said.modified },
		{ "dateCreated", &f->said.created },
		{ "uploadDate", &f->said.created },
		{ "inLanguage", &f->said.language },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_eq_str(key, known[i].key))
			return known[i].field;
	return NULL;
}

/* A string, or a number. */
static void
on_value(struct reader *r, struct span value)
{
	struct frame *f = owner_of(r);
	struct span *field = f != NULL ? field_of(f, r->key) : NULL;

	if (field != NULL && field->len == 0)
		*field = value;
	else if (f != NULL && span_eq_str(r->key, "author"))
		add_author(f, value);
	else if (f != NULL && span_eq_str(r->key, "publisher") &&
		 f->said.publisher.len == 0)
		f->said.publisher = value;
}

static void
push(struct reader *r, bool array)
{
	if (r->depth < JSONLD_DEPTH_MAX)
		r->stack[r->depth] = (struct frame){
			.key = r->key,
			.array = array,
		};
	r->depth++;
}

static bool
is_organisation(struct span type)
{
	static const char *const kinds[] = { "Organization", "Corporation",
		"NGO", "CollegeOrUniversity", "LocalBusiness", "City",
		"AdministrativeArea" };

	return ends_with_any(type, kinds, sizeof kinds / sizeof *kinds);
}

/* What says who publishes, or whom to ask, wherever it stands. */
static void
note_other(struct jsonld_others *o, const struct frame *f)
{
	if (is_organisation(f->type) && f->id.len > 0 && f->name.len > 0 &&
		o->norganisations < JSONLD_OTHERS_MAX)
		o->organisations[o->norganisations++] =
			(struct jsonld_organisation){ f->id, f->name };
	if (span_ends_with(f->type, "ContactPoint") &&
		(f->email.len > 0 || f->phone.len > 0) &&
		o->ncontacts < JSONLD_OTHERS_MAX)
		o->contacts[o->ncontacts++] = (struct jsonld_contact){ f->name,
			f->email, f->phone, f->contact };
}

/* A closed object is the publisher of the one around it. */
static void
publish(struct frame *around, const struct frame *f)
{
	if (around->said.publisher.len == 0)
		around->said.publisher = f->name;
	if (around->said.publisher_id.len == 0)
		around->said.publisher_id = f->id;
}

/* A closed object is an author of the one around it, a value, or a candidate.
 */
static void
pop(struct reader *r)
{
	struct frame *f;
	int rank;

	if (r->depth == 0)
		return;
	r->depth--;
	if (r->depth >= JSONLD_DEPTH_MAX)
		return;
	f = &r->stack[r->depth];
	r->key = f->key;
	if (f->array)
		return;
	rank = rank_of(f->type);
	note_other(r->others, f);
	if (span_eq_str(f->key, "author") || span_eq_str(f->key, "publisher")) {
		struct frame *around = owner_of(r);

		if (around != NULL && span_eq_str(f->key, "author"))
			add_author(around, f->name);
		else if (around != NULL)
			publish(around, f);
	} else if (f->value.len > 0) {
		on_value(r, f->value);
	} else if (rank > r->best->rank) {
		*r->best = f->said;
		r->best->rank = rank;
	}
}

/* A string at text[at] == '"'; at is left behind it. */
static struct span
string(struct reader *r)
{
	size_t start = ++r->at;

	while (r->at < r->text.len && r->text.ptr[r->at] != '"')
		r->at += r->text.ptr[r->at] == '\\' ? 2 : 1;
	if (r->at > r->text.len)
		r->at = r->text.len;
	return span_sub(r->text, start, r->at++);
}

/* A number at text[at]; Unix time is one. */
static struct span
number(struct reader *r)
{
	size_t start = r->at;

	while (r->at < r->text.len &&
		isdigit((unsigned char)r->text.ptr[r->at]))
		r->at++;
	return span_sub(r->text, start, r->at);
}

static bool
is_key(const struct reader *r)
{
	size_t i = r->at;

	while (i < r->text.len && isspace((unsigned char)r->text.ptr[i]))
		i++;
	return i < r->text.len && r->text.ptr[i] == ':';
}

void
jsonld_read(
	struct span script, struct jsonld *best, struct jsonld_others *others)
{
	struct reader r;

	r.text = script;
	r.at = r.depth = 0;
	r.key = span_of(NULL, 0);
	r.best = best;
	r.others = others;
	while (r.at < script.len) {
		switch (script.ptr[r.at]) {
		case '{':
		case '[':
			push(&r, script.ptr[r.at++] == '[');
			break;
		case '}':
		case ']':
			pop(&r);
			r.at++;
			break;
		case '"': {
			struct span s = string(&r);

			if (is_key(&r))
				r.key = s;
			else
				on_value(&r, s);
			break;
		}
		default:
			if (isdigit((unsigned char)script.ptr[r.at]))
				on_value(&r, number(&r));
			else
				r.at++;
		}
	}
	/* Cut off: what is open was said all the same. */
	while (r.depth > 0)
		pop(&r);
}

struct span
jsonld_publisher(
	const struct jsonld *article, const struct jsonld_others *others)
{
	if (article->publisher.len > 0 || article->publisher_id.len == 0)
		return article->publisher;
	for (size_t i = 0; i < others->norganisations; i++)
		if (span_eq(others->organisations[i].id, article->publisher_id))
			return others->organisations[i].name;
	return span_of(NULL, 0);
}

/* Four hex digits at raw[at]. */
static bool
hex4(struct span raw, size_t at, uint32_t *out)
{
	*out = 0;
	if (at + 4 > raw.len)
		return false;
	for (size_t i = at; i < at + 4; i++) {
		unsigned char c = (unsigned char)raw.ptr[i];

		if (!isxdigit(c))
			return false;
		*out = *out * 16 +
		       (uint32_t)(isdigit(c) ? c - '0' : (c | 32) - 'a' + 10);
	}
	return true;
}

/* The escape at raw[at] == '\\'; returns how many bytes it took. */
static size_t
unescape(struct span raw, size_t at, struct buffer *out)
{
	uint32_t cp, low;
	char utf8[4];
	size_t used = 6;

	if (at + 1 >= raw.len)
		return 1;
	if (raw.ptr[at + 1] != 'u' || !hex4(raw, at + 2, &cp)) {
		buffer_add_char(out, strchr("nrtbf", raw.ptr[at + 1]) != NULL
					     ? ' '
					     : raw.ptr[at + 1]);
		return 2;
	}
	if (cp >= 0xD800 && cp < 0xDC00 && at + 7 < raw.len &&
		raw.ptr[at + 6] == '\\' && raw.ptr[at + 7] == 'u' &&
		hex4(raw, at + 8, &low) && low >= 0xDC00 && low < 0xE000) {
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
		used = 12;
	}
	if (cp == 0 || (cp >= 0xD800 && cp < 0xE000))
		cp = UTF8_REPLACEMENT;
	buffer_add(out, utf8, utf8_encode(cp, utf8));
	return used;
}

/* The references that names and headlines are seen with. */
static size_t
reference(struct span raw, size_t at, struct buffer *out)
{
	static const struct {
		const char *reference, *text;
	} known[] = {
		{ "&amp;", "&" },
		{ "&quot;", "\"" },
		{ "&#039;", "'" },
		{ "&#39;", "'" },
		{ "&apos;", "'" },
		{ "&#8217;", "\xe2\x80\x99" },
		{ "&nbsp;", " " },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_starts_with(
			    span_sub(raw, at, raw.len), known[i].reference)) {
			buffer_add_str(out, known[i].text);
			return strlen(known[i].reference);
		}
	buffer_add_char(out, '&');
	return 1;
}

const char *
jsonld_string(struct span raw, struct arena *a)
{
	struct buffer out;
	struct span text;
	const char *copy = NULL;

	if (raw.len == 0 || raw.len > STRING_MAX)
		return NULL;
	buffer_init(&out, 3 * STRING_MAX);
	for (size_t at = 0; at < raw.len;) {
		if (raw.ptr[at] == '\\')
			at += unescape(raw, at, &out);
		else if (raw.ptr[at] == '&')
			at += reference(raw, at, &out);
		else
			buffer_add_char(&out, raw.ptr[at++]);
	}
	text = span_trim(buffer_span(&out));
	if (out.code == OK && text.len > 0 &&
		utf8_valid_prefix(text) == text.len)
		copy = arena_strndup(a, text.ptr, text.len);
	buffer_release(&out);
	return copy;
}
