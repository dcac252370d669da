/*
 * Bytes to a document.  Its text is UTF-8 in NFC, its blocks stand in order,
 * apart, on character bounds, without spaces at their ends, and the same
 * bytes give the same document again.  Each block has a reason for its zone.
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parse_words *words;
	static struct parser *parser;
	static struct arena *arenas[2];
	struct span body = span_of((const char *)data, size);
	struct document doc, again;
	bool has;

	if (parser == NULL) {
		require(parse_words_open("config", &words, NULL) == OK);
		parser = parser_new(words, NULL);
		if (parser != NULL)
			parser_set_pdf(
				parser, (struct pdf_reader){ .read = say });
		arenas[0] = arena_new((size_t)256 << 20);
		arenas[1] = arena_new((size_t)256 << 20);
	}
	require(parser != NULL && arenas[0] != NULL && arenas[1] != NULL);
	arena_reset(arenas[0]);
	arena_reset(arenas[1]);
	has = read_page(parser, DL_FUZZ_MEDIA_TYPE, body, arenas[0], &doc);
	require(read_page(parser, DL_FUZZ_MEDIA_TYPE, body, arenas[1],
			&again) == has);
	if (!has)
		return 0;
	check_text(doc.text);
	check_blocks(&doc);
	check_reasons(parser, &again);
	require(strcmp(doc.id, again.id) == 0);
	require(strcmp(doc.text_sha256, again.text_sha256) == 0);
	require(doc.nblocks == again.nblocks);
	require(memcmp(doc.blocks, again.blocks,
			doc.nblocks * sizeof *doc.blocks) == 0);
	return 0;
}
