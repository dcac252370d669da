#include "parse.h"

#include <stdlib.h>

#include <libexttextcat/textcat.h>
#include <libxml/parser.h>

#include "anchors.h"
#include "authors.h"
#include "contacts.h"
#include "dating.h"
#include "discover.h"
#include "endings.h"
#include "index.h"
#include "item.h"
#include "language.h"
#include "listings.h"
#include "mail.h"
#include "media.h"
#include "parser.h"
#include "pdf.h"
#include "plain.h"
#include "publisher.h"
#include "scripts.h"
#include "verdict.h"
#include "walls.h"

#define TEXTCAT_CONF "/usr/share/libexttextcat/fpdb.conf"
#define TEXTCAT_DIR  "/usr/share/libexttextcat/"

static bool
open_zones(struct parser *p)
{
	size_t n = p->sources != NULL ? p->sources->n : 0;

	if (n == 0)
		return true;
	p->zones = calloc(n, sizeof *p->zones);
	for (size_t i = 0; p->zones != NULL && i < n; i++)
		if (p->sources->list[i].timezone != NULL)
			p->zones[i] = tz_open(p->sources->list[i].timezone);
	return p->zones != NULL;
}

enum error_code
parse_zone_check(const char *name, struct error *err)
{
	struct tz *z = tz_open(name);

	tz_close(z);
	return z != NULL ? OK
			 : error_set(err, ERR_CONFIG,
				   "timezone: \"%s\" is not installed here "
				   "(package tzdata)",
				   name);
}

struct parser *
parser_new(const struct parse_words *words, const struct sources *sources)
{
	struct parser *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	p->words = words;
	p->sources = sources;
	/* A page in another encoding may grow threefold. */
	buffer_init(&p->utf8, 4 * PARSE_INPUT_MAX);
	buffer_init(&p->layout, PDF_LAYOUT_MAX);
	buffer_init(&p->item, 4 * PARSE_INPUT_MAX);
	blocks_init(&p->blocks, NULL);
	p->charsets = charsets_new();
	xmlInitParser();
	mail_init();
	if (!html_init(&p->html, words) || p->charsets == NULL ||
		!open_zones(p)) {
		parser_free(p);
		return NULL;
	}
	p->textcat = special_textcat_Init(TEXTCAT_CONF, TEXTCAT_DIR);
	return p;
}

void
parser_free(struct parser *p)
{
	if (p == NULL)
		return;
	if (p->textcat != NULL)
		textcat_Done(p->textcat);
	for (size_t i = 0; p->zones != NULL && i < p->sources->n; i++)
		tz_close(p->zones[i]);
	free(p->zones);
	charsets_free(p->charsets);
	buffer_release(&p->utf8);
	buffer_release(&p->item);
	html_release(&p->html);
	blocks_release(&p->blocks);
	free(p);
}

void
parser_set_pdf(struct parser *p, struct pdf_reader reader)
{
	p->pdf = reader;
}

void
parser_want_links(struct parser *p)
{
	p->links = true;
}

/* Where they lead is read only where somebody asks. */
static enum error_code
read_page(struct parser *p, struct span text, struct document *doc)
{
	enum error_code code;

	p->html.info.keep_hrefs = p->links;
	code = html_read(&p->html, text, &p->blocks, doc, &p->dates);
	p->html.info.keep_hrefs = false;
	return code;
}

static void
refuse(struct problem *problem, const struct page *page, enum problem_code code,
	const char *message)
{
	*problem = (struct problem){
		.stage = "parse",
		.ref = page->id,
		.url = page->url,
		.code = code,
		.message = message,
		.retry = problem_may_retry(code),
		.at = clock_now(),
	};
}

static bool
is_blank(struct span body)
{
	for (size_t i = 0; i < body.len; i++)
		if (!strchr(" \t\r\n\f\v", body.ptr[i]) || body.ptr[i] == '\0')
			return false;
	return true;
}

/* False, with *problem, for a body that cannot be read at all. */
static bool
may_read(const struct page *page, struct span body, enum media media,
	struct problem *problem)
{
	if (is_blank(body)) {
		refuse(problem, page, PROBLEM_EMPTY,
			problem_text(PROBLEM_EMPTY));
		return false;
	}
	/* What is binary in a message says so itself. */
	if (media != MEDIA_MAIL && media != MEDIA_PDF &&
		charset_is_binary(body)) {
		refuse(problem, page, PROBLEM_BINARY,
			problem_text(PROBLEM_BINARY));
		return false;
	}
	if (media == MEDIA_OTHER) {
		refuse(problem, page, PROBLEM_MEDIA_TYPE,
			problem_text(PROBLEM_MEDIA_TYPE));
		return false;
	}
	return true;
}

static enum error_code
decode(struct parser *p, const struct page *page, struct span body,
	struct span *text)
{
	struct decoded d;
	enum error_code code;

	if (body.len > PARSE_INPUT_MAX) {
		body.len = PARSE_INPUT_MAX;
		code = blocks_warn(&p->blocks, PROBLEM_TRUNCATED,
			"the page is longer than is read; the rest was cut "
			"off");
		if (code != OK)
			return code;
	}
	code = charset_decode(p->charsets, body, page->charset, &p->utf8, &d);
	*text = d.text;
	return code == OK ? blocks_warn_bad(&p->blocks, d.bad, d.name) : code;
}

/* From where the release's own words begin; a title alone is all there is. */
static struct span
release_text(const struct blocks *b)
{
	size_t start = 0;

	for (size_t i = b->n; i-- > 0;)
		if (b->list[i].zone == ZONE_BODY)
			start = b->list[i].start;
	return span_sub(buffer_span(&b->text), start, b->text.len);
}

static void
title_of_blocks(struct parser *p, struct document *doc, struct arena *a)
{
	for (size_t i = 0; i < p->blocks.n; i++)
		if (p->blocks.list[i].type == BLOCK_TITLE) {
			struct span t =
				blocks_text(&p->blocks, &p->blocks.list[i]);

			doc->title = arena_strndup(a, t.ptr, t.len);
			return;
		}
}

/* Identity: the same body, place, source and parser give the same id. */
static enum error_code
identify(const struct parse_words *words, const struct page *page,
	struct document *doc, struct arena *a)
{
	const struct span fields[] = {
		span_str(page->body),
		span_str(page->final_url != NULL ? page->final_url : page->url),
		span_str(page->source),
		span_str(parse_words_version(words)),
	};
	char id[ID_HEX], sha[HASH_HEX];

	hash_id(fields, sizeof fields / sizeof *fields, id);
	hash_hex(doc->text, sha);
	doc->id = arena_strdup(a, id);
	doc->text_sha256 = arena_strdup(a, sha);
	doc->page = page->id;
	doc->body = page->body;
	doc->parser = parse_words_version(words);
	doc->url = page->final_url != NULL ? page->final_url : page->url;
	doc->source = page->source;
	return doc->id == NULL || doc->text_sha256 == NULL ? ERR_NOMEM : OK;
}

static const struct source *
source_of(const struct parser *p, const struct page *page)
{
	return p->sources == NULL || page->source == NULL
		       ? NULL
		       : sources_find(p->sources, page->source);
}

static enum error_code
finish(struct parser *p, const struct page *page, struct arena *a,
	struct document *doc)
{
	struct blocks *b = &p->blocks;
	const struct source *src = source_of(p, page);
	enum error_code code;

	doc->text = arena_span(a, buffer_span(&b->text));
	if (doc->text.ptr == NULL)
		return ERR_NOMEM;
	doc->blocks = b->list;
	doc->nblocks = b->n;
	doc->warnings = b->warnings;
	doc->nwarnings = b->nwarnings;
	doc->language = src != NULL && src->language != NULL
				? src->language
				: language_of(p->words, p->textcat,
					  release_text(b), doc->language, a);
	title_of_blocks(p, doc, a);
	dating_read(p->words, b, page, &p->dates);
	if (p->is_page && p->dates.n == 0)
		scripts_read(p->words, p->page, p->html.zone, &p->dates);
	p->dates.english =
		doc->language != NULL && strncmp(doc->language, "en", 2) == 0;
	code = authors_read(p->words, b, a, doc);
	if (code == OK)
		code = contacts_read(
			p->words, b, p->is_page ? &p->html.tree : NULL, a, doc);
	if (code != OK)
		return code;
	code = dates_choose(p->words, &p->dates, a, doc);
	/* Last: who wrote it, and when, also stands around the release. */
	if (code == OK && p->is_page && p->html.tree.n > 0) {
		code = verdict_apply(&p->html.body, p->words,
			span_str(doc->title != NULL ? doc->title : ""), a, b);
		if (code == OK)
			endings_cards(p->words, b);
	}
	return code != OK ? code : identify(p->words, page, doc, a);
}

/* A page that shows something else in place of a release. */
static bool
is_wall(const struct parser *p, const struct page *page,
	struct problem *problem)
{
	struct span words;
	enum wall wall = walls_find(&p->html, &p->blocks, &words);
	enum problem_code code = walls_problem(wall);

	if (wall == WALL_NONE)
		return false;
	refuse(problem, page, code,
		words.len == 0 ? problem_text(code)
			       : arena_printf(p->blocks.arena, "%s (\"%.*s\")",
					 problem_text(code), (int)words.len,
					 words.ptr));
	return true;
}

/* False, with *problem, when the reader has nothing to say of it. */
static bool
lay_out(struct parser *p, const struct page *page, struct span body,
	struct problem *problem, bool *cut)
{
	enum pdf_status status = PDF_ABSENT;
	bool fits = body.len <= PDF_BYTES_MAX;

	if (fits && p->pdf.read != NULL)
		status = p->pdf.read(p->pdf.ctx, body, &p->layout);
	*cut = status == PDF_CUT;
	if (status == PDF_OK || status == PDF_CUT)
		return true;
	if (fits && status == PDF_ABSENT)
		refuse(problem, page, PROBLEM_PDF_READER,
			problem_text(PROBLEM_PDF_READER));
	else
		refuse(problem, page, PROBLEM_PDF, problem_text(PROBLEM_PDF));
	return false;
}

static enum error_code
read_pdf(struct parser *p, const struct page *page, struct span body,
	struct document *doc, struct problem *problem, bool *refused)
{
	enum error_code code = OK;
	struct decoded d = { .bad = 0 };
	bool cut;

	buffer_reset(&p->layout);
	*refused = !lay_out(p, page, body, problem, &cut);
	/* Strings of the PDF may be in no encoding at all. */
	if (!*refused)
		code = charset_decode(p->charsets, buffer_span(&p->layout),
			"utf-8", &p->utf8, &d);
	if (code == OK && !*refused)
		code = pdf_read(p->words, d.text, &p->blocks, doc, &p->dates);
	if (code == OK && cut)
		code = blocks_warn(&p->blocks, PROBLEM_TRUNCATED, PDF_IS_CUT);
	if (code == OK && !*refused && p->blocks.n == 0) {
		refuse(problem, page, PROBLEM_NO_TEXT,
			"The PDF has no text: its pages are pictures.");
		*refused = true;
	}
	buffer_release(&p->layout);
	return code;
}

static enum error_code
read_body(struct parser *p, const struct page *page, enum media media,
	struct span body, struct document *doc, struct mail **mail,
	struct problem *problem, bool *refused, struct error *err)
{
	const struct listing_tools t = { p->words, p->charsets, &p->utf8 };
	struct span text = { NULL, 0 };
	enum error_code code;

	if (media == MEDIA_MAIL) {
		code = mail_document(&t, &p->html, body, &p->blocks, doc,
			&p->dates, mail, err);
		*refused = code == ERR_FORMAT;
		if (*refused)
			refuse(problem, page, PROBLEM_MARKUP,
				arena_strdup(p->blocks.arena, err->msg));
		return *refused ? OK : code;
	}
	if (media == MEDIA_PDF)
		return read_pdf(p, page, body, doc, problem, refused);
	code = decode(p, page, body, &text);
	if (code == OK && media == MEDIA_UNKNOWN)
		media = media_sniff(text);
	*refused = code == OK && media == MEDIA_OTHER;
	if (*refused)
		refuse(problem, page, PROBLEM_MEDIA_TYPE,
			problem_text(PROBLEM_MEDIA_TYPE));
	if (code != OK || *refused)
		return code;
	p->is_page = media == MEDIA_HTML;
	p->page = text;
	if (!p->is_page)
		return plain_read(p->words, text, &p->blocks);
	p->html.info.xml = media_is_xhtml(page->media_type, text);
	code = read_page(p, text, doc);
	p->html.info.xml = false;
	if (code == OK)
		*refused = is_wall(p, page, problem);
	return code;
}

/* Nothing is left of the page before. */
static void
begin(struct parser *p, const struct source *src, struct arena *a,
	struct document *doc)
{
	p->html.zone = src != NULL && p->zones != NULL
			       ? p->zones[src - p->sources->list]
			       : NULL;
	*doc = (struct document){ 0 };
	blocks_reset(&p->blocks, a);
	dates_reset(&p->dates);
	p->is_page = false;
}

enum error_code
parser_page(struct parser *p, const struct page *page, struct span body,
	struct arena *a, bool *has_document, struct document *doc,
	struct problem *problem, struct error *err)
{
	enum media media = media_is_pdf(body) ? MEDIA_PDF
					      : media_of_type(page->media_type);
	const struct source *src = source_of(p, page);
	struct mail *mail = NULL;
	bool refused = false;
	enum error_code code;

	*has_document = false;
	if (!may_read(page, body, media, problem))
		return OK;
	begin(p, src, a, doc);
	code = read_body(
		p, page, media, body, doc, &mail, problem, &refused, err);
	if (refused) {
		error_clear(err);
		return problem->message != NULL
			       ? OK
			       : error_set(err, ERR_NOMEM, "no memory");
	}
	if (code == OK && p->blocks.n == 0) {
		refuse(problem, page, PROBLEM_NO_TEXT,
			problem_text(PROBLEM_NO_TEXT));
		return OK;
	}
	if (code == OK)
		code = finish(p, page, a, doc);
	/* Who wrote it, and when, is in the headers. */
	if (code == OK && mail != NULL)
		code = mail_headers(mail, p->html.zone, a, doc);
	if (code == OK)
		code = publisher_settle(doc, a);
	if (code == OK && p->links && p->is_page)
		code = anchors_read(
			&p->html.tree, &p->blocks, doc->url, a, doc);
	*has_document = code == OK;
	return code == OK ? OK
			  : error_set(err, ERR_NOMEM, "no memory for page %s",
				    page->url);
}

/* The day an entry was published, in seconds; INT64_MAX: it does not say. */
static int64_t
published_at(const struct feed_item *it)
{
	const char *said = it->published != NULL ? it->published : it->created;
	int64_t at;

	return said != NULL && time_parse(span_str(said), &at) ? at : INT64_MAX;
}

/* What is known of the entry's page, which nobody has fetched. */
static enum error_code
page_of_item(const struct parser *p, const struct page *page,
	const struct feed_item *it, struct arena *a, struct page *out)
{
	char hex[HASH_HEX];

	hash_hex(buffer_span(&p->item), hex);
	*out = (struct page){
		.id = page->id,
		.body = arena_printf(a, "sha256:%s", hex),
		.url = it->link,
		.source = page->source,
		.media_type = "text/html",
		.fetched_at = page->fetched_at,
	};
	return out->body != NULL ? OK : ERR_NOMEM;
}

enum error_code
parser_item(struct parser *p, const struct page *page, const struct feed *feed,
	size_t i, struct arena *a, bool *has_document, struct document *doc,
	struct error *err)
{
	const struct feed_item *it = &feed->entries[i];
	const struct source *src = source_of(p, page);
	struct page own;
	enum error_code code;

	*has_document = false;
	if (i >= ITEMS_MAX || !item_is_whole(it) ||
		(src != NULL && published_at(it) < src->since))
		return OK;
	begin(p, src, a, doc);
	buffer_reset(&p->item);
	item_page(feed, it, &p->item);
	if (p->item.code == ERR_LIMIT)
		return OK;
	code = p->item.code;
	if (code == OK)
		code = page_of_item(p, page, it, a, &own);
	if (code == OK)
		code = read_page(p, buffer_span(&p->item), doc);
	if (code == OK && p->blocks.n == 0)
		return OK;
	if (code == OK) {
		item_dates(p->words, it, p->html.zone, &p->dates);
		code = item_origin(p->words, feed, it, a, doc);
	}
	if (code == OK)
		code = finish(p, &own, a, doc);
	if (code == OK)
		code = publisher_settle(doc, a);
	if (code == OK && p->links)
		code = anchors_read(
			&p->html.tree, &p->blocks, doc->url, a, doc);
	*has_document = code == OK;
	return code == OK ? OK
			  : error_set(err, ERR_NOMEM, "no memory for page %s",
				    it->link);
}

void
parser_reason(const struct parser *p, size_t i, struct buffer *out)
{
	const struct blocks *b = &p->blocks;
	const struct reason *r = &b->reasons[i];

	reason_write(r, blocks_text(b, &b->list[r->block]), out);
}

enum error_code
parser_links(struct parser *p, const struct page *page, struct span body,
	struct arena *a, bool *is_listing, struct link_list *out,
	bool *has_problem, struct problem *problem, struct error *err)
{
	const struct listing_tools t = { p->words, p->charsets, &p->utf8 };
	const struct source *src = source_of(p, page);
	enum listing_kind kind = listing_kind_of(body, page->media_type);
	enum error_code code = OK;

	*out = (struct link_list){ .list = NULL };
	*is_listing = kind != LISTING_NONE || index_is(page, src) ||
		      discover_is(page, src);
	*has_problem = false;
	if (kind != LISTING_NONE)
		code = listing_links(&t, page, body, kind, a, out, err);
	else if (discover_is(page, src))
		code = discover_links(
			&t, &p->html, page, src, body, a, out, err);
	else if (*is_listing)
		code = index_links(
			&t, &p->html, page, src->links, body, a, out, err);
	else if (src != NULL && src->kind == SOURCE_MAIL && src->links != NULL)
		code = mail_links(
			&t, &p->html, page, src->links, body, a, out, err);
	if (code != ERR_FORMAT && code != ERR_CONFIG)
		return code;
	*has_problem = true;
	refuse(problem, page, PROBLEM_MARKUP, arena_strdup(a, err->msg));
	error_clear(err);
	return problem->message != NULL
		       ? OK
		       : error_set(err, ERR_NOMEM, "no memory");
}
