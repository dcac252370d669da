#include "mail.h"

#include "index.h"
#include "plain.h"

#define LINKED	   70 /* per cent: such a block is a link */
#define PROSE_MIN  60 /* bytes of a block that is told from a label */
#define FLOWED_MAX (2 * PARSE_INPUT_MAX)

/* Where a signature begins: RFC 3676 section 4.3. */
static size_t
find_signature(struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		struct span rest = span_sub(text, at, text.len);
		size_t end = span_find(rest, 0, span_str("\n"));

		if (span_starts_with(rest, "-- \n") ||
			span_starts_with(rest, "-- \r\n"))
			return at;
		if (end == SIZE_MAX)
			break;
		at += end + 1;
	}
	return text.len;
}

/* Lines that end in a space go on in the next: RFC 3676 section 4.2. */
static enum error_code
join_flowed(struct span text, bool delsp, struct buffer *out)
{
	struct span line;

	while (span_split(&text, '\n', &line)) {
		bool soft;

		if (line.len > 0 && line.ptr[line.len - 1] == '\r')
			line.len--;
		/* Space-stuffed. */
		if (line.len > 0 && line.ptr[0] == ' ')
			line = span_sub(line, 1, line.len);
		soft = line.len > 0 && line.ptr[line.len - 1] == ' ' &&
		       !span_eq_str(line, "-- ");
		if (soft && delsp)
			line.len--;
		buffer_add_span(out, line);
		if (!soft)
			buffer_add_char(out, '\n');
	}
	return out->code;
}

static enum error_code
add_block(struct blocks *b, enum block_type type, uint8_t level, enum zone zone,
	enum why why, struct span text)
{
	enum error_code code = blocks_open(
		b, type, level, zone, (struct reason){ .why = why });

	if (code == OK)
		code = blocks_add(b, text, 0);
	return code == OK ? blocks_end(b) : code;
}

static enum error_code
add_plain(const struct listing_tools *t, const struct mail_part *p,
	struct span text, struct blocks *b)
{
	struct buffer joined;
	size_t signature;
	enum error_code code = OK;

	buffer_init(&joined, FLOWED_MAX);
	if (p->flowed) {
		code = join_flowed(text, p->delsp, &joined);
		text = buffer_span(&joined);
	}
	signature = find_signature(text);
	if (code == OK)
		code = plain_read(t->words, span_sub(text, 0, signature), b);
	if (code == OK && signature < text.len)
		code = add_block(b, BLOCK_FOOTER, 0, ZONE_FOOTER, WHY_SIGNATURE,
			span_sub(text, signature + 4, text.len));
	buffer_release(&joined);
	return code;
}

static enum error_code
decode_part(const struct listing_tools *t, const struct mail_part *p,
	struct span *text, struct blocks *b)
{
	struct decoded d;
	enum error_code code =
		charset_decode(t->charsets, p->text, p->charset, t->utf8, &d);

	*text = d.text;
	return code == OK && b != NULL ? blocks_warn_bad(b, d.bad, d.name)
				       : code;
}

static enum error_code
add_part(const struct listing_tools *t, struct html *h,
	const struct mail_part *p, struct blocks *b, struct document *doc,
	struct dates *dates)
{
	struct span text;
	enum error_code code;

	if (p->type == MAIL_SUBJECT)
		return add_block(
			b, BLOCK_HEADING, 2, ZONE_BODY, WHY_ATTACHED, p->text);
	code = decode_part(t, p, &text, b);
	if (code != OK)
		return code;
	return p->type == MAIL_HTML ? html_read(h, text, b, doc, dates)
				    : add_plain(t, p, text, b);
}

/* The message has one title, its subject. */
static void
demote_titles(struct blocks *b, size_t from)
{
	for (size_t i = from; i < b->n; i++) {
		struct block *k = &b->list[i];

		if (k->type == BLOCK_TITLE) {
			k->type = BLOCK_HEADING;
			k->level = 1;
		}
		if (k->zone == ZONE_TITLE)
			blocks_move(b, i, ZONE_BODY,
				(struct reason){ .why = WHY_SECOND_TITLE });
	}
}

static bool
is_prose(const struct blocks *b, size_t i)
{
	return b->list[i].links < LINKED &&
	       b->list[i].end - b->list[i].start >= PROSE_MIN;
}

/* Bytes of prose in blocks [from, to). */
static size_t
prose_of(const struct blocks *b, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		if (is_prose(b, i))
			n += b->list[i].end - b->list[i].start;
	return n;
}

static void
set_zone(struct blocks *b, size_t from, size_t to, enum zone zone,
	struct reason reason)
{
	for (size_t i = from; i < to; i++)
		blocks_move(b, i, zone, reason);
}

/*
 * What a newsletter says of itself: where to read it and the menu above, who
 * gets it and how to end it below.  What a page has of other pages, and what
 * looks like it, is what a newsletter consists of.
 */
static void
mark_furniture(const struct parse_words *w, struct blocks *b, size_t first)
{
	struct reason above = { .why = WHY_MAIL_ABOVE };
	size_t body = first;
	enum zone zone;

	for (size_t i = first; i < b->n; i++)
		if (b->list[i].zone == ZONE_TEASER ||
			b->list[i].zone == ZONE_COMMENT)
			blocks_move(b, i, ZONE_BODY,
				(struct reason){ .why = WHY_NEWSLETTER });
	for (size_t i = first; i < b->n; i++) {
		struct span text = blocks_text(b, &b->list[i]);

		if (!words_mail(w, text, &zone))
			continue;
		if (prose_of(b, first, i) <= prose_of(b, i + 1, b->n)) {
			body = i + 1;
			above.block = (uint32_t)i;
		} else if (zone == ZONE_FOOTER) {
			set_zone(b, i, b->n, ZONE_FOOTER,
				(struct reason){ .why = WHY_MAIL_BELOW,
					.block = (uint32_t)i });
			break;
		} else {
			blocks_move(b, i, ZONE_FOOTER,
				(struct reason){ .why = WHY_MAIL_LINE });
		}
	}
	/* The menu goes on behind it. */
	while (body > first && body < b->n && b->list[body].links >= LINKED)
		body++;
	set_zone(b, first, body, ZONE_HEADER, above);
}

enum error_code
mail_headers(const struct mail *m, struct tz *zone, struct arena *a,
	struct document *doc)
{
	const char *site = m->list != NULL ? m->list : m->from;
	struct edtf day = { .start = zone != NULL ? tz_day(zone, m->sent_at)
						  : m->day };
	char edtf[EDTF_MAX];

	doc->site = site != NULL ? site : m->domain;
	doc->nauthors = 0;
	doc->authors = arena_array(a, 1, sizeof *doc->authors);
	if (doc->authors == NULL)
		return ERR_NOMEM;
	if (m->from != NULL)
		doc->authors[doc->nauthors++] = m->from;
	if (m->archived != NULL)
		doc->canonical_url = m->archived;
	if (!m->dated)
		return OK;
	edtf_format(&day, edtf);
	doc->published = (struct doc_date){
		.edtf = arena_strdup(a, edtf),
		.basis = BASIS_EXPLICIT,
		.from = "mail date",
	};
	return doc->published.edtf != NULL ? OK : ERR_NOMEM;
}

enum error_code
mail_document(const struct listing_tools *t, struct html *h, struct span body,
	struct blocks *b, struct document *doc, struct dates *dates,
	struct mail **out, struct error *err)
{
	struct mail *m = arena_alloc(b->arena, sizeof *m);
	enum error_code code;

	if (m == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a message");
	code = mail_read(body, b->arena, m, err);
	if (code != OK)
		return code;
	if (m->subject != NULL)
		code = add_block(b, BLOCK_TITLE, 1, ZONE_TITLE, WHY_SUBJECT,
			span_str(m->subject));
	for (size_t i = 0; code == OK && i < m->nparts; i++)
		code = add_part(t, h, &m->parts[i], b, doc, dates);
	demote_titles(b, m->subject != NULL);
	mark_furniture(t->words, b, m->subject != NULL);
	/* A subject over nothing is no release. */
	if (b->n <= (m->subject != NULL) && code == OK)
		b->n = 0;
	if (code == OK && m->cut)
		code = blocks_warn(b, PROBLEM_TRUNCATED,
			"the message has more parts, or more in parts, than "
			"are read");
	*out = m;
	return code == OK ? OK
			  : error_set(err, code, "no memory for a message");
}

/* The URLs that stand in a text. */
static enum error_code
links_of_text(struct span text, const struct index_pattern *p,
	const struct page *page, struct arena *a, struct link_list *out)
{
	static const char ends[] = " \t\r\n<>\"'()[]{}|\\^`";
	size_t at = 0, room = out->n;

	while ((at = span_find(text, at, span_str("http"))) != SIZE_MAX) {
		struct span url = span_sub(text, at, text.len);
		size_t end = 0;

		while (end < url.len && !strchr(ends, url.ptr[end]))
			end++;
		/* A full stop ends the sentence, not the URL. */
		while (end > 0 && strchr(".,;:!?", url.ptr[end - 1]))
			end--;
		at += end > 0 ? end : 1;
		url = span_sub(url, 0, end);
		if (!index_pattern_fits(p, url))
			continue;
		out->list = arena_grow(
			a, out->list, out->n, &room, sizeof *out->list);
		if (out->list == NULL)
			return ERR_NOMEM;
		(void)listing_add(out, page, arena_strndup(a, url.ptr, end));
	}
	return OK;
}

static enum error_code
links_of_part(const struct listing_tools *t, struct html *h,
	const struct page *page, const struct index_pattern *p,
	const struct mail_part *part, struct arena *a, struct link_list *out)
{
	struct link_list some = { .list = NULL };
	struct span text;
	struct link *all;
	enum error_code code = decode_part(t, part, &text, NULL);

	if (code == OK && part->type == MAIL_PLAIN)
		return links_of_text(text, p, page, a, out);
	if (code == OK)
		code = index_links_of(h, text, p, page, a, &some);
	if (code != OK || some.n == 0)
		return code;
	all = arena_array(a, out->n + some.n, sizeof *all);
	if (all == NULL)
		return ERR_NOMEM;
	if (out->n > 0)
		memcpy(all, out->list, out->n * sizeof *all);
	memcpy(all + out->n, some.list, some.n * sizeof *all);
	out->list = all;
	out->n += some.n;
	return OK;
}

enum error_code
mail_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const char *pattern, struct span body,
	struct arena *a, struct link_list *out, struct error *err)
{
	struct mail *m = arena_alloc(a, sizeof *m);
	struct index_pattern *p = NULL;
	enum error_code code;

	if (m == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a message");
	code = mail_read(body, a, m, err);
	if (code == OK)
		code = index_pattern_new(pattern, &p, err);
	if (code != OK)
		return code;
	for (size_t i = 0; code == OK && i < m->nparts; i++)
		if (m->parts[i].type != MAIL_SUBJECT)
			code = links_of_part(
				t, h, page, p, &m->parts[i], a, out);
	index_pattern_free(p);
	if (code == OK)
		code = listing_drop_doubles(out, a);
	return code == OK ? OK
			  : error_set(err, code, "no memory for a message");
}
