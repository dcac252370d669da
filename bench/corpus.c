#include "bench.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define ORIGINALS_MAX 10000
#define FETCHED_AT    1700000000 /* of every page */
#define RECORD_BYTES  4096	 /* of every page, were it in an archive */

static void *
need(void *p)
{
	if (p == NULL)
		bench_die("no memory for the pages");
	return p;
}

static int
is_html(const struct dirent *e)
{
	return span_ends_with(span_str(e->d_name), ".html");
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* html with a word of the copy's own at the end of its first great heading,
 * so that neither the bytes nor the text of two copies are the same. */
static struct span
copy_of(struct arena *a, const struct buffer *html, size_t copy)
{
	const char *at = strcasestr(html->ptr, "</h1>");
	char word[] = " qaaaa";
	const size_t len = sizeof word - 1;
	char *out = need(arena_alloc(a, html->len + len));
	size_t before;

	if (at == NULL)
		at = strcasestr(html->ptr, "</h2>");
	if (at == NULL)
		bench_die("a page has no heading to tell its copies apart by");
	before = (size_t)(at - html->ptr);
	for (size_t i = len - 1; i > 1; i--, copy /= 26)
		word[i] = (char)('a' + copy % 26);
	memcpy(out, html->ptr, before);
	memcpy(out + before, word, len);
	memcpy(out + before + len, at, html->len - before);
	return span_of(out, html->len + len);
}

/* Page i as fetch would have told of it. */
static void
fill_page(struct bench *b, size_t i, const char *name, size_t copy)
{
	struct page *p = &b->corpus.pages[i];
	char hex[HASH_HEX], id[ID_HEX];
	struct span fields[2];

	hash_hex(b->corpus.bodies[i], hex);
	p->url = need(arena_printf(
		b->arena, "https://bench.example/%zu/%s", copy, name));
	p->body = need(arena_printf(b->arena, "sha256:%s", hex));
	fields[0] = span_str(p->url);
	fields[1] = span_str(p->body);
	hash_id(fields, 2, id);
	p->id = need(arena_strdup(b->arena, id));
	p->final_url = p->url;
	p->source = SOURCE_COMMAND_LINE;
	p->media_type = "text/html";
	p->status = 200;
	p->bytes = (int64_t)b->corpus.bodies[i].len;
	p->fetched_at = FETCHED_AT;
	p->archive = (struct archive_ref){
		.file = "dateline-00001.warc.gz",
		.offset = (int64_t)i * RECORD_BYTES,
		.length = RECORD_BYTES,
	};
}

/* Every original once, then all again: mixed, as a backfill is. */
static void
load_corpus(struct bench *b)
{
	struct corpus *c = &b->corpus;
	struct dirent **names;
	const int n = scandir(b->dir, &names, is_html, by_name);
	struct error err = { 0 };
	struct buffer html;
	size_t copies;

	if (n <= 0 || n > ORIGINALS_MAX)
		bench_die("%s is no directory of pages (*.html)", b->dir);
	c->originals = (size_t)n;
	copies = ((size_t)b->npages + c->originals - 1) / c->originals;
	c->n = copies * c->originals;
	c->pages = need(arena_array(b->arena, c->n, sizeof *c->pages));
	c->bodies = need(arena_array(b->arena, c->n, sizeof *c->bodies));
	buffer_init(&html, PARSE_INPUT_MAX);
	for (size_t i = 0; i < c->originals; i++) {
		const char *name = names[i]->d_name;
		char path[PATH_MAX];

		(void)snprintf(path, sizeof path, "%s/%s", b->dir, name);
		buffer_reset(&html);
		bench_check(
			read_file(path, PARSE_INPUT_MAX, &html, &err), &err);
		for (size_t copy = 0; copy < copies; copy++) {
			const size_t at = copy * c->originals + i;

			c->bodies[at] = copy_of(b->arena, &html, copy);
			c->bytes += c->bodies[at].len;
			fill_page(b, at, name, copy);
		}
		free(names[i]);
	}
	free(names);
	buffer_release(&html);
}

static void
add_row(struct bench *b, bool is_claim, const char *id, const char *of,
	struct span value)
{
	struct rows *r = &b->rows;

	r->list = need(
		arena_grow(b->arena, r->list, r->n, &r->room, sizeof *r->list));
	r->list[r->n++] = (struct row){
		.is_claim = is_claim,
		.id = need(arena_strdup(b->arena, id)),
		.of = need(arena_strdup(b->arena, of)),
		.value = arena_span(b->arena, value),
	};
	if (r->list[r->n - 1].value.ptr == NULL)
		bench_die("no memory for the rows");
}

static void
load_rows(struct bench *b)
{
	struct rows *r = &b->rows;
	struct error err = { 0 };
	struct buffer json;

	buffer_init(&json, RECORD_LINE_MAX);
	for (size_t i = 0; i < b->corpus.n; i++) {
		struct document doc;
		struct extraction x;

		bench_parse(b, i, &doc);
		bench_extract(b, &doc, &x);
		add_row(b, false, doc.id, doc.url, doc.text);
		r->documents++;
		r->text_bytes += doc.text.len;
		for (size_t k = 0; k < x.nclaims; k++) {
			buffer_reset(&json);
			bench_check(
				claim_encode(&x.claims[k], &json, &err), &err);
			add_row(b, true, x.claims[k].id, doc.id,
				buffer_span(&json));
			r->claims++;
		}
	}
	buffer_release(&json);
}

void
bench_load_corpus(struct bench *b)
{
	struct error err = { 0 };

	bench_check(sources_read(NULL, b->arena, &b->sources, &err), &err);
	load_corpus(b);
}

void
bench_load(struct bench *b)
{
	struct error err = { 0 };

	bench_load_corpus(b);
	bench_check(parse_words_open(b->config, &b->words, &err), &err);
	b->parser = parser_new(b->words, &b->sources);
	if (b->parser == NULL)
		bench_die("no memory for the parser");
	load_rows(b);
}
