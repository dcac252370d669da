/* Shared by the tests of feeds and sitemaps: a parser, and what it read. */
#ifndef DL_TESTS_UNIT_PARSE_LISTING_H
#define DL_TESTS_UNIT_PARSE_LISTING_H

#include "parse/listings.h"
#include "parse/parse.h"
#include "unit.h"

struct reader {
	struct parse_words *words;
	struct parser *parser;
	struct arena *arena;
	struct feed feed;
	struct sitemap map;
	struct error err;
};

static int
open_reader(void **state)
{
	static struct reader r;

	if (parse_words_open("config", &r.words, NULL) != OK)
		return 1;
	r.parser = parser_new(r.words, NULL);
	r.arena = arena_new((size_t)64 << 20);
	*state = &r;
	return r.parser == NULL || r.arena == NULL;
}

static int
close_reader(void **state)
{
	struct reader *r = *state;

	parser_free(r->parser);
	parse_words_free(r->words);
	arena_free(r->arena);
	return 0;
}

#endif
