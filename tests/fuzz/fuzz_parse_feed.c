/*
 * Feeds and sitemaps of any bytes: an answer or a reason, strings that are
 * UTF-8, dates that are RFC 3339, and the same answer twice.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"

#define ARENA_MAX ((size_t)256 << 20)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
require_text(const char *s)
{
	require(s == NULL || utf8_valid_prefix(span_str(s)) == strlen(s));
}

static void
require_time(const char *s)
{
	int64_t at;

	require(s == NULL || time_parse(span_str(s), &at));
}

static void
check_feed(const struct feed *f)
{
	require(f->version != NULL && f->nentries <= LISTING_ENTRIES_MAX);
	for (size_t i = 0; i < f->nentries; i++) {
		require_text(f->entries[i].title);
		require_text(f->entries[i].link);
		require_text(f->entries[i].summary);
		require_text(f->entries[i].content);
		require_time(f->entries[i].published);
		require_time(f->entries[i].updated);
	}
}

static void
check_sitemap(const struct sitemap *m)
{
	for (size_t i = 0; i < m->nentries; i++) {
		require(m->entries[i].loc != NULL);
		require_text(m->entries[i].loc);
		require_time(m->entries[i].lastmod_at);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parse_words *words;
	static struct parser *parser;
	static struct arena *arena;
	const struct listing_context context = {
		.base = "https://example.org/feed",
	};
	struct span body = span_of((const char *)data, size);
	struct error err = { 0 };
	struct feed f, again;
	struct sitemap m;
	enum error_code code;

	if (parser == NULL) {
		require(parse_words_open("config", &words, NULL) == OK);
		parser = parser_new(words, NULL);
		arena = arena_new(ARENA_MAX);
		require(parser != NULL && arena != NULL);
	}
	arena_reset(arena);
	code = parser_feed(parser, body, &context, arena, &f, &err);
	require(code != OK ? err.msg[0] != '\0' : true);
	if (code == OK) {
		check_feed(&f);
		require(parser_feed(parser, body, &context, arena, &again,
				&err) == OK);
		require(again.nentries == f.nentries);
	}
	if (parser_sitemap(parser, body, &context, arena, &m, &err) == OK)
		check_sitemap(&m);
	return 0;
}
