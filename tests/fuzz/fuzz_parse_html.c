/*
 * Bytes to a document.  Its text is UTF-8 in NFC, its blocks stand in order,
 * apart, on character bounds, without spaces at their ends, and the same
 * bytes give the same document again, also where its links are asked for.  Each
 * block has a reason for its zone; contacts and links have their words.
 */
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"

/* fuzz_parse_plain.c and others are this file with another type. */
#ifndef DL_FUZZ_MEDIA_TYPE
#define DL_FUZZ_MEDIA_TYPE "text/html"
#endif

#define REASON_BYTES 256 /* one reason is no longer */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
check_text(struct span text)
{
	struct buffer nfc;

	require(utf8_valid_prefix(text) == text.len);
	require(memchr(text.ptr, 0, text.len) == NULL);
	buffer_init(&nfc, 4 * text.len + 16);
	require(utf8_nfc(text, &nfc) == OK);
	require(span_eq(text, buffer_span(&nfc)));
	buffer_release(&nfc);
}

static void
check_blocks(const struct document *doc)
{
	uint32_t end = 0;

	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct block *k = &doc->blocks[i];

		require(k->start == end + (i > 0 ? 2u : 0u));
		require(k->start < k->end && k->end <= doc->text.len);
		require(utf8_boundary(doc->text, k->start));
		require(utf8_boundary(doc->text, k->end));
		require(doc->text.ptr[k->start] != ' ');
		require(doc->text.ptr[k->end - 1] != ' ');
		require(memchr(doc->text.ptr + k->start, '\n',
				k->end - k->start) == NULL);
		end = k->end;
	}
	require(end == doc->text.len);
}

static void
check_words(const struct document *doc, uint32_t start, uint32_t end)
{
	require(start <= end && end <= doc->text.len);
	require(utf8_boundary(doc->text, start));
	require(utf8_boundary(doc->text, end));
}

static void
check_people(const struct document *doc)
{
	require(doc->npublishers <= RECORD_NAMES_MAX);
	require(doc->ncontacts <= RECORD_NAMES_MAX);
	require(doc->nlinks <= RECORD_LINKS_MAX);
	for (size_t i = 0; i < doc->npublishers; i++)
		require(doc->publishers[i].name[0] != '\0');
	for (size_t i = 0; i < doc->ncontacts; i++)
		check_words(doc, doc->contacts[i].start, doc->contacts[i].end);
	for (size_t i = 0; i < doc->nlinks; i++)
		check_words(doc, doc->links[i].start, doc->links[i].end);
}

/* Each block has a reason, short and fit to be printed as UTF-8. */
static void
check_reasons(const struct parser *p, const struct document *doc)
{
	struct buffer reason;

	buffer_init(&reason, REASON_BYTES);
	for (size_t i = 0; i < doc->nblocks; i++) {
		buffer_reset(&reason);
		parser_reason(p, i, &reason);
		require(reason.code == OK && reason.len > 0);
		require(utf8_valid_prefix(buffer_span(&reason)) == reason.len);
	}
	buffer_release(&reason);
}

/* Of a PDF, body is what its reader has written. */
static enum pdf_status
say(void *ctx, struct span pdf, struct buffer *out)
{
	(void)ctx;
	return buffer_add_span(out, pdf) == OK ? PDF_OK : PDF_CUT;
}

static bool
read_page(struct parser *p, const char *type, struct span body, struct arena *a,
	struct document *doc)
{
	const struct page page = { .id = "0",
		.body = "sha256:0",
		.url = "https://example.org/",
		.source = "fuzz",
		.media_type = type };
	struct problem problem;
	struct error err = { 0 };
	bool has = false;

	require(parser_page(p, &page, body, a, &has, doc, &problem, &err) ==
		OK);
	return has;
}

static struct parser *
open_parser(const struct parse_words *words)
{
	struct parser *p = parser_new(words, NULL);

	require(p != NULL);
	parser_set_pdf(p, (struct pdf_reader){ .read = say });
	return p;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parse_words *words;
	static struct parser *parsers[2]; /* the second with links */
	static struct arena *arenas[2];
	struct span body = span_of((const char *)data, size);
	struct document doc, again;
	bool has;

	if (words == NULL) {
		require(parse_words_open("config", &words, NULL) == OK);
		for (int i = 0; i < 2; i++) {
			parsers[i] = open_parser(words);
			arenas[i] = arena_new((size_t)256 << 20);
		}
		parser_want_links(parsers[1]);
	}
	require(arenas[0] != NULL && arenas[1] != NULL);
	arena_reset(arenas[0]);
	arena_reset(arenas[1]);
	has = read_page(parsers[0], DL_FUZZ_MEDIA_TYPE, body, arenas[0], &doc);
	require(read_page(parsers[1], DL_FUZZ_MEDIA_TYPE, body, arenas[1],
			&again) == has);
	if (!has)
		return 0;
	check_text(doc.text);
	check_blocks(&doc);
	check_people(&again);
	check_reasons(parsers[1], &again);
	require(strcmp(doc.id, again.id) == 0);
	require(strcmp(doc.text_sha256, again.text_sha256) == 0);
	require(doc.nlinks == 0 && doc.nblocks == again.nblocks);
	require(memcmp(doc.blocks, again.blocks,
			doc.nblocks * sizeof *doc.blocks) == 0);
	return 0;
}
