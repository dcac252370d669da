/*
 * A page with words of its document marked.  The first byte chooses what it is
 * served as and which entry of a feed is meant, the second the block, the
 * third and fourth where the words begin and end in it.  The page that comes
 * out is UTF-8, runs and loads nothing, has the mark where the words were
 * found and none where not, and is the same again.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"

#define ARENA_MAX ((size_t)256 << 20)
#define OUT_MAX	  ((size_t)64 << 20)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const types[] = { "text/html", "text/plain",
	"application/xhtml+xml", "application/rss+xml" };

static void
require(bool ok)
{
	if (!ok)
		abort();
}

/* The document of a page, or of an entry of a feed. */
static bool
read_document(struct parser *p, const struct page *page, struct span body,
	size_t entry, struct arena *feed, struct arena *a, struct document *doc)
{
	struct problem problem;
	struct error err = { 0 };
	struct link_list links;
	bool listing = false, has_problem, has = false;

	require(parser_links(p, page, body, feed, &listing, &links,
			&has_problem, &problem, &err) == OK);
	if (!listing)
		require(parser_page(p, page, body, a, &has, doc, &problem,
				&err) == OK);
	else if (links.feed != NULL && entry < links.feed->nentries)
		require(parser_item(p, page, links.feed, entry, a, &has, doc,
				&err) == OK);
	return has;
}

static bool
mark(struct parser *p, const struct page *page, struct span body,
	struct span text, size_t start, size_t end, struct buffer *out)
{
	struct error err = { 0 };
	bool found = false;

	buffer_reset(out);
	require(parser_mark(p, page, body, text, start, end, out, &found,
			&err) == OK);
	return found;
}

static bool
has(const struct buffer *out, const char *words)
{
	return span_find(buffer_span(out), 0, span_str(words)) != SIZE_MAX;
}

static void
check_marks(struct parser *p, const struct page *page, struct span body,
	struct span text, size_t start, size_t end)
{
	static const char *const harm[] = { "<script", "<img", "<a ", "<iframe",
		"<link" };
	struct buffer out[2];
	bool found;

	buffer_init(&out[0], OUT_MAX);
	buffer_init(&out[1], OUT_MAX);
	found = mark(p, page, body, text, start, end, &out[0]);
	require(utf8_valid_prefix(buffer_span(&out[0])) == out[0].len);
	require(has(&out[0], "<mark id=\"evidence\">") == found);
	for (size_t i = 0; i < sizeof harm / sizeof *harm; i++)
		require(!has(&out[0], harm[i]));
	require(mark(p, page, body, text, start, end, &out[1]) == found);
	require(span_eq(buffer_span(&out[0]), buffer_span(&out[1])));
	buffer_release(&out[0]);
	buffer_release(&out[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parse_words *words;
	static struct parser *parser;
	static struct arena *arenas[2];
	struct page page = { .id = "0",
		.body = "sha256:0",
		.url = "https://example.org/",
		.source = "fuzz" };
	struct document doc;
	struct span body;
	const struct block *k;
	size_t len;

	if (parser == NULL) {
		require(parse_words_open("config", &words, NULL) == OK);
		parser = parser_new(words, NULL);
		arenas[0] = arena_new(ARENA_MAX);
		arenas[1] = arena_new(ARENA_MAX);
	}
	require(parser != NULL && arenas[0] != NULL && arenas[1] != NULL);
	if (size < 4)
		return 0;
	arena_reset(arenas[0]);
	arena_reset(arenas[1]);
	body = span_of((const char *)data + 4, size - 4);
	page.media_type = types[data[0] & 3];
	if (!read_document(parser, &page, body, data[0] >> 2, arenas[0],
		    arenas[1], &doc))
		return 0;
	k = &doc.blocks[data[1] % doc.nblocks];
	len = k->end - k->start;
	check_marks(parser, &page, body, doc.text, k->start + data[2] % len,
		k->start + data[2] % len + 1 + data[3] % (len - data[2] % len));
	return 0;
}
