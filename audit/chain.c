#include "chain.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[CHAIN_LINKS] = {
	[LINK_VALUE] = "value",
	[LINK_RULE] = "rule",
	[LINK_MENTIONS] = "mentions",
	[LINK_WORDS] = "words",
	[LINK_DOCUMENT] = "document",
	[LINK_ARCHIVE] = "archive",
	[LINK_SOURCE] = "source",
};

#define SAID_MAX      4096 /* bytes of one line that is not a quotation */
#define FEATURES_TOLD 12   /* of a claim, one a line */

const char *
chain_link_name(enum chain_link l)
{
	return names[l];
}

int
chain_broken(const struct chain *c)
{
	int broken = 0;

	for (size_t i = 0; i < CHAIN_LINKS; i++)
		broken += c->links[i].nreasons > 0;
	return broken;
}

void
chain_quote(struct chain *c, enum chain_link l, struct span text, size_t mark,
	size_t mark_end)
{
	struct link_state *s = &c->links[l];
	struct chain_line *lines = arena_grow(
		c->arena, s->lines, s->nlines, &s->lines_cap, sizeof *s->lines);

	if (lines == NULL || text.ptr == NULL) {
		c->failed = true;
		return;
	}
	s->lines = lines;
	lines[s->nlines++] = (struct chain_line){ text, mark, mark_end };
}

/* Formatted into the arena, cut at SAID_MAX. */
static const char *
format(struct chain *c, const char *fmt, va_list ap)
{
	char text[SAID_MAX];

	(void)vsnprintf(text, sizeof text, fmt, ap);
	return arena_strdup(c->arena, text);
}

void
chain_say(struct chain *c, enum chain_link l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	chain_quote(c, l, span_str(format(c, fmt, ap)), 0, 0);
	va_end(ap);
}

void
chain_break(struct chain *c, enum chain_link l, const char *fmt, ...)
{
	struct link_state *s = &c->links[l];
	const char **reasons = arena_grow(c->arena, s->reasons, s->nreasons,
		&s->reasons_cap, sizeof *s->reasons);
	va_list ap;

	if (reasons == NULL) {
		c->failed = true;
		return;
	}
	s->reasons = reasons;
	va_start(ap, fmt);
	reasons[s->nreasons++] = format(c, fmt, ap);
	va_end(ap);
	c->failed |= reasons[s->nreasons - 1] == NULL;
}

/* Absent strings compare as empty ones. */
static bool
same(const char *a, const char *b)
{
	return span_eq(span_str(a), span_str(b));
}

static const char *
or_none(const char *s)
{
	return s != NULL ? s : "none";
}

static int
by_weight(const void *a, const void *b)
{
	const struct claim_feature *const *x = a, *const *y = b;
	const double one = fabs((*x)->value), other = fabs((*y)->value);

	if (one != other)
		return one > other ? -1 : 1;
	return strcmp((*x)->name, (*y)->name);
}

/* What weighed most, and the rest in one line: pairs make dozens of them. */
static void
say_features(struct chain *c, const struct claim *claim)
{
	const struct claim_feature *list[CLAIM_FEATURES_MAX] = { NULL };
	size_t n = 0;
	double rest = 0;

	for (size_t i = 0; i < claim->nfeatures && n < CLAIM_FEATURES_MAX; i++)
		if (claim->features[i].value != 0)
			list[n++] = &claim->features[i];
	qsort(list, n, sizeof *list, by_weight);
	for (size_t i = 0; i < n && i < FEATURES_TOLD; i++)
		chain_say(c, LINK_RULE, "%s %.10g", list[i]->name,
			list[i]->value);
	for (size_t i = FEATURES_TOLD; i < n; i++)
		rest += list[i]->value;
	if (n > FEATURES_TOLD)
		chain_say(c, LINK_RULE, "and %zu that weigh less, in all %.3f",
			n - FEATURES_TOLD, rest);
}

static void
verify_rule(struct chain *c, const struct explanation *x)
{
	char at[24];

	time_format(x->recorded_at, at);
	chain_say(c, LINK_RULE, "%s (rule set %s)", or_none(x->claim.rule),
		or_none(x->extraction.rules));
	chain_say(c, LINK_RULE, "confidence %.2f, recorded at %s",
		x->claim.confidence, at);
	say_features(c, &x->claim);
	if (x->claim.rule == NULL || strchr(x->claim.rule, '@') == NULL)
		chain_break(c, LINK_RULE,
			"\"%s\" does not name a rule and its version",
			or_none(x->claim.rule));
	if (x->extraction.rules == NULL)
		chain_break(c, LINK_RULE, "the rule set is not known");
	if (!same(x->extraction.document, x->document.id))
		chain_break(c, LINK_RULE, "the extraction is of document %s",
			or_none(x->extraction.document));
}

static void
verify_document(struct chain *c, const struct explanation *x)
{
	const struct document *d = &x->document;
	const struct span fields[] = { span_str(d->body), span_str(d->url),
		span_str(d->source), span_str(d->parser) };
	char hex[HASH_HEX], id[ID_HEX];

	chain_say(c, LINK_DOCUMENT, "%s", or_none(d->id));
	if (d->title != NULL)
		chain_say(c, LINK_DOCUMENT, "\"%s\"", d->title);
	chain_say(c, LINK_DOCUMENT, "%s", or_none(d->url));
	if (d->published.edtf != NULL)
		chain_say(c, LINK_DOCUMENT, "published %s (%s%s%s)",
			d->published.edtf, date_basis_name(d->published.basis),
			d->published.from != NULL ? ", from " : "",
			d->published.from != NULL ? d->published.from : "");
	else
		chain_say(c, LINK_DOCUMENT, "published: not known");
	chain_say(c, LINK_DOCUMENT, "text sha256:%s, %zu bytes, parser %s",
		or_none(d->text_sha256), d->text.len, or_none(d->parser));
	hash_hex(d->text, hex);
	if (!same(hex, d->text_sha256))
		chain_break(c, LINK_DOCUMENT, "the text has sha256:%s", hex);
	hash_id(fields, sizeof fields / sizeof *fields, id);
	if (!same(id, d->id))
		chain_break(c, LINK_DOCUMENT,
			"body, URL, source and parser make document %s", id);
}

/* The archived bytes are those that the document was read from. */
static void
verify_body(struct chain *c, const struct explanation *x,
	const struct page *read, struct span body)
{
	const struct page *p = &x->page;
	char hex[HASH_HEX];

	hash_hex(body, hex);
	if (p->body == NULL || strncmp(p->body, "sha256:", 7) != 0 ||
		strcmp(p->body + 7, hex) != 0)
		chain_break(c, LINK_ARCHIVE, "the archived body has sha256:%s",
			hex);
	if (!same(read->final_url, p->final_url))
		chain_break(c, LINK_ARCHIVE, "the archived capture is of %s",
			or_none(read->final_url));
}

/* It is what the document was read from; an entry of a feed, from a part of
 * what is there, which has another address. */
static void
verify_capture(struct chain *c, const struct explanation *x)
{
	const struct page *p = &x->page;
	const struct document *d = &x->document;

	if (p->id != NULL && same(p->id, d->page) &&
		!same(p->final_url, d->url)) {
		chain_say(c, LINK_ARCHIVE, "the document is an entry of it, %s",
			or_none(d->body));
		return;
	}
	if (!same(p->body, d->body))
		chain_break(c, LINK_ARCHIVE, "the document was read from %s",
			or_none(d->body));
	if (!same(p->final_url, d->url))
		chain_break(c, LINK_ARCHIVE, "the capture is of %s",
			or_none(p->final_url));
}

static enum error_code
verify_archive(struct chain *c, const struct explanation *x,
	struct chain_archive *archive, struct error *err)
{
	const struct page *p = &x->page;
	struct error why = archive->why;
	struct page read = { 0 };
	struct span body = { NULL, 0 };
	char at[24];

	time_format(p->fetched_at, at);
	chain_say(c, LINK_ARCHIVE, "%s, offset %lld, length %lld",
		or_none(p->archive.file), (long long)p->archive.offset,
		(long long)p->archive.length);
	chain_say(
		c, LINK_ARCHIVE, "fetched at %s from %s", at, or_none(p->url));
	chain_say(c, LINK_ARCHIVE, "%s, %lld bytes", or_none(p->body),
		(long long)p->bytes);
	verify_capture(c, x);
	if (archive->archive != NULL) {
		enum error_code code = archive_read(archive->archive,
			p->archive.file != NULL ? p->archive.file : "",
			p->archive.offset, c->arena, &read, &body, &why);

		if (code == OK)
			verify_body(c, x, &read, body);
		if (code == OK || code == ERR_NOMEM) {
			if (err != NULL && code != OK)
				*err = why;
			return code;
		}
	}
	chain_break(c, LINK_ARCHIVE, "%s", why.msg);
	return OK;
}

static void
verify_source(struct chain *c, const struct explanation *x)
{
	const struct source *s = &x->source;

	chain_say(c, LINK_SOURCE, "%s, tier %s", or_none(s->name),
		source_tier_name(s->tier));
	if (s->url != NULL)
		chain_say(c, LINK_SOURCE, "%s", s->url);
	if (s->name == NULL)
		chain_break(c, LINK_SOURCE, "the source is not known");
	if (!same(s->name, x->document.source))
		chain_break(c, LINK_SOURCE, "the document is from %s",
			or_none(x->document.source));
}

/* The id is made of what was read, so it tells whether any of it changed. */
static enum error_code
verify_id(struct chain *c, const struct explanation *x, struct error *err)
{
	struct claim copy = x->claim;
	enum error_code code = claim_make_id(
		&x->document, &x->extraction, &copy, c->arena, err);

	if (code == OK && !same(copy.id, x->claim.id))
		chain_break(
			c, LINK_VALUE, "what was read makes claim %s", copy.id);
	return code;
}

enum error_code
chain_verify(const struct explanation *x, struct chain_archive *archive,
	struct arena *a, struct chain *c, struct error *err)
{
	enum error_code code;

	*c = (struct chain){ .arena = a };
	chain_value(c, x);
	verify_rule(c, x);
	chain_mentions(c, x);
	chain_words(c, x);
	verify_document(c, x);
	verify_source(c, x);
	code = verify_id(c, x, err);
	if (code == OK)
		code = verify_archive(c, x, archive, err);
	if (code != OK || !c->failed)
		return code;
	return error_set(err, arena_over_cap(a) ? ERR_LIMIT : ERR_NOMEM,
		"claim %s: no memory to explain it", or_none(x->claim.id));
}
