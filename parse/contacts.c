#include "contacts.h"

#include <ctype.h>

#include "authors.h"
#include "contact_line.h"
#include "line.h"
#include "publisher.h"

#define LINKED	  70  /* per cent: such a block is a link */
#define NODES_MAX 200 /* of a block that are looked at for a link */

/* How a contact is said, in the order of preference. */
enum saying {
	SAID_PRESS,
	SAID_PRESS_ASIDE,
	SAID_PRESS_DECLARED,
	SAID_ANYBODY,
	SAID_DECLARED, /* from here on it is none for the press */
	SAID_ANYBODY_ASIDE,
	SAIDS
};

static const char *const said_names[SAIDS] = {
	[SAID_PRESS] = "labelled press",
	[SAID_PRESS_ASIDE] = "labelled press elsewhere",
	[SAID_PRESS_DECLARED] = "schema.org contactPoint press",
	[SAID_ANYBODY] = "labelled",
	[SAID_DECLARED] = "schema.org contactPoint",
	[SAID_ANYBODY_ASIDE] = "labelled elsewhere",
};

static enum saying
said_of(const struct doc_contact *c)
{
	for (int i = 0; i < SAIDS; i++)
		if (strcmp(said_names[i], c->from) == 0)
			return (enum saying)i;
	return SAIDS;
}

static bool
is_same(const struct doc_contact *a, const struct doc_contact *b)
{
	const char *const x[] = { a->name, a->email, a->phone };
	const char *const y[] = { b->name, b->email, b->phone };

	for (size_t i = 0; i < sizeof x / sizeof *x; i++)
		if ((x[i] == NULL) != (y[i] == NULL) ||
			(x[i] != NULL && strcmp(x[i], y[i]) != 0))
			return false;
	return true;
}

/* Behind those that are preferred or were first. */
static enum error_code
add(struct document *doc, struct doc_contact c, enum saying said,
	struct arena *a)
{
	size_t at = doc->ncontacts;

	c.from = said_names[said];
	c.basis = BASIS_EXPLICIT;
	if (doc->contacts == NULL)
		doc->contacts =
			arena_array(a, RECORD_NAMES_MAX, sizeof *doc->contacts);
	if (doc->contacts == NULL)
		return ERR_NOMEM;
	if (doc->ncontacts == RECORD_NAMES_MAX)
		return OK;
	for (size_t i = 0; i < doc->ncontacts; i++)
		if (is_same(&doc->contacts[i], &c) &&
			said_of(&doc->contacts[i]) <= said)
			return OK;
	for (; at > 0 && said_of(&doc->contacts[at - 1]) > said; at--)
		doc->contacts[at] = doc->contacts[at - 1];
	doc->contacts[at] = c;
	doc->ncontacts++;
	return OK;
}

static bool
is_press(struct span type)
{
	return span_ihas(type, "press") || span_ihas(type, "media") ||
	       span_ihas(type, "public relations");
}

/* Those that say how they are reached. */
static enum error_code
declare(struct document *doc, struct span type, struct doc_contact c,
	struct arena *a)
{
	return c.email == NULL && c.phone == NULL
		       ? OK
		       : add(doc, c,
				 is_press(type) ? SAID_PRESS_DECLARED
						: SAID_DECLARED,
				 a);
}

static const char *
copy(struct span s, struct arena *a)
{
	if (span_istarts_with(s, "mailto:"))
		s = span_sub(s, strlen("mailto:"), s.len);
	return s.len > 0 && s.len <= CONTACT_LINE_MAX ? line_fold(s, a) : NULL;
}

enum error_code
contacts_declared(const struct head *h, struct arena *a, struct document *doc)
{
	enum error_code code = OK;

	for (size_t i = 0; i < h->others.ncontacts && code == OK; i++) {
		const struct jsonld_contact *c = &h->others.contacts[i];
		const char *email = jsonld_string(c->email, a);

		code = declare(doc, c->type,
			(struct doc_contact){
				.name = jsonld_string(c->name, a),
				.email = email != NULL
						 ? copy(span_str(email), a)
						 : NULL,
				.phone = jsonld_string(c->phone, a),
			},
			a);
	}
	if (code == OK && h->contact != TREE_NONE)
		code = declare(doc, head_prop(h, h->contact, "contactType"),
			(struct doc_contact){
				.name = copy(
					head_prop(h, h->contact, "name"), a),
				.email = copy(
					head_prop(h, h->contact, "email"), a),
				.phone = copy(
					head_prop(h, h->contact, "telephone"),
					a),
			},
			a);
	return code;
}

/* Reading the lines behind a label. */
struct section {
	const struct parse_words *words;
	const struct blocks *blocks;
	const struct tree *tree;
	struct arena *arena;
	struct document *doc;
	enum saying said;
	struct contact_line now; /* whom the lines so far name */
	uint32_t start, end;	 /* of them, in the text */
	bool full;		 /* without memory */
};

static void
begin(struct section *s, uint32_t start)
{
	s->now = (struct contact_line){ .name = { NULL, 0 } };
	s->start = s->end = start;
}

/* Whom the lines name is one of the contacts, if they say how to reach it. */
static void
flush(struct section *s)
{
	struct doc_contact c = {
		.name = copy(s->now.name, s->arena),
		.email = copy(s->now.email, s->arena),
		.phone = copy(s->now.phone, s->arena),
		.start = s->start,
		.end = s->end,
	};

	if ((c.email != NULL || c.phone != NULL) &&
		add(s->doc, c, s->said, s->arena) != OK)
		s->full = true;
	begin(s, s->end);
}

static bool
is_reached(const struct contact_line *l)
{
	return l->email.len > 0 || l->phone.len > 0;
}

/* A line of block i, from byte `at` of it on; false: it says nothing. */
static bool
take(struct section *s, size_t i, size_t at)
{
	const struct block *k = &s->blocks->list[i];
	struct span text = blocks_text(s->blocks, k);
	struct contact_line line;

	contact_line_read(s->words, span_sub(text, at, text.len), &line);
	if (s->tree != NULL && !is_reached(&line))
		contact_line_links(s->tree, s->blocks, i, NODES_MAX, &line);
	if (line.name.len == 0 && !is_reached(&line))
		return false;
	/* Another person, once one can be reached. */
	if (line.name.len > 0 && is_reached(&s->now)) {
		flush(s);
		s->start = k->start;
	}
	if (s->now.name.len == 0)
		s->now.name = line.name;
	if (s->now.email.len == 0)
		s->now.email = line.email;
	if (s->now.phone.len == 0)
		s->now.phone = line.phone;
	s->end = k->end;
	return true;
}

/* Lines of a contact: short, and of the page's text. */
static bool
is_line(const struct blocks *b, size_t i)
{
	const struct block *k = &b->list[i];

	return k->end - k->start <= CONTACT_LINE_MAX &&
	       k->zone != ZONE_COMMENT && k->zone != ZONE_TITLE;
}

/* The label of block i, and where the block goes on behind it. */
static enum contact_word
label_of(const struct parse_words *w, const struct blocks *b, size_t i,
	size_t *behind)
{
	struct span text = blocks_text(b, &b->list[i]), rest;
	enum contact_word label = words_contact(w, text, behind);

	if (label != CONTACT_PRESS && label != CONTACT_ANYBODY &&
		label != CONTACT_PUBLISHER)
		return CONTACT_NONE;
	rest = span_trim(span_sub(text, *behind, text.len));
	if (rest.len == 0)
		return label;
	/* In the midst of a sentence only the press is meant for sure. */
	return rest.ptr[0] == ':' || label == CONTACT_PRESS ? label
							    : CONTACT_NONE;
}

static enum saying
said_in(enum contact_word label, enum zone zone)
{
	if (label == CONTACT_PRESS)
		return zone == ZONE_BODY ? SAID_PRESS : SAID_PRESS_ASIDE;
	return zone == ZONE_BODY ? SAID_ANYBODY : SAID_ANYBODY_ASIDE;
}

/* Another label; "Press officer of the city" below a name is none. */
static bool
begins_anew(const struct section *s, size_t i)
{
	struct span text = blocks_text(s->blocks, &s->blocks->list[i]);
	size_t behind;

	if (label_of(s->words, s->blocks, i, &behind) == CONTACT_NONE)
		return false;
	text = span_trim(span_sub(text, behind, text.len));
	return text.len == 0 || text.ptr[0] == ':';
}

/* The lines from label block i on; the block behind the last. */
static size_t
read_section(struct section *s, size_t i, size_t behind)
{
	const struct blocks *b = s->blocks;
	struct span text = blocks_text(b, &b->list[i]);
	enum zone zone = b->list[i].zone;
	size_t empty = 0, next;

	begin(s, b->list[i].start);
	(void)take(s, i, behind);
	/* What goes on as a sentence ends there. */
	if (behind < text.len && text.ptr[text.len - 1] == '.')
		empty = CONTACT_EMPTY_MAX;
	for (next = i + 1; next < b->n && next <= i + CONTACT_LINES_MAX &&
			   empty < CONTACT_EMPTY_MAX;
		next++) {
		if (!is_line(b, next) || b->list[next].zone != zone ||
			begins_anew(s, next))
			break;
		empty = take(s, next, 0) ? 0 : empty + 1;
	}
	flush(s);
	return next;
}

/* "Publisher: City of Graz" */
static enum error_code
read_publisher(struct section *s, size_t i, size_t behind)
{
	struct span text = blocks_text(s->blocks, &s->blocks->list[i]);
	struct span name = span_trim(span_sub(text, behind, text.len));

	if (name.len < 2 || name.ptr[0] != ':')
		return OK;
	name = span_trim(span_sub(name, 1, name.len));
	if (span_ends_with(name, "."))
		name.len--;
	return publisher_add(
		s->doc, name, BASIS_EXPLICIT, "labelled", s->arena);
}

enum error_code
contacts_read(const struct parse_words *w, const struct blocks *b,
	const struct tree *tree, struct arena *a, struct document *doc)
{
	struct section s = {
		.words = w,
		.blocks = b,
		.tree = tree,
		.arena = a,
		.doc = doc,
	};
	enum error_code code = OK;

	for (size_t i = 0, next; i < b->n && code == OK && !s.full; i = next) {
		enum contact_word label = CONTACT_NONE;
		size_t behind;

		next = i + 1;
		if (is_line(b, i) && b->list[i].links < LINKED)
			label = label_of(w, b, i, &behind);
		if (label == CONTACT_PUBLISHER)
			code = read_publisher(&s, i, behind);
		if (label != CONTACT_PRESS && label != CONTACT_ANYBODY)
			continue;
		s.said = said_in(label, b->list[i].zone);
		next = read_section(&s, i, behind);
	}
	if (doc->ncontacts > 0 && said_of(&doc->contacts[0]) < SAID_DECLARED)
		doc->contact = doc->contacts[0];
	return s.full ? ERR_NOMEM : code;
}
