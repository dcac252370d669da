/*
 * Dates and counts of arbitrary text.  The first byte picks the language, the
 * second whether the document has a day; the rest is the text.
 */
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/phrasebook.h"
#include "extract/scan.h"
#include "extract/sentence.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
check_mentions(const struct scan *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		require(m->start < m->end && m->end <= s->doc->text.len);
		require(utf8_boundary(s->doc->text, m->start));
		require(utf8_boundary(s->doc->text, m->end));
		/* Dates first, then counts: each list in order. */
		if (i > 0 && s->list[i - 1].type == m->type)
			require(s->list[i - 1].end <= m->start);
		if (m->type == MENTION_DATE) {
			struct edtf e;
			char out[EDTF_MAX];

			require(edtf_parse(span_str(m->date.edtf), &e));
			edtf_format(&e, out);
			require(!strcmp(out, m->date.edtf));
		} else {
			require(m->count.n >= 0);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { NULL, "de", "en", "es", "fr",
		"it", "pt", "xx" };
	static const char *const days[] = { NULL, "2024-02-29", "2023-12-31",
		"2024", "2024-02", "0001-01-01", "9999-12-31" };
	static struct phrasebook *words;
	static struct lexeme room[EXTRACT_SENTENCE_MAX];
	static struct arena *arena;
	struct error err = { 0 };
	struct buffer text;
	struct block block = { 0 };
	struct document doc = { .blocks = &block, .nblocks = 1 };
	struct scan s = { .doc = &doc };

	if (arena == NULL) {
		struct hash *h = hash_new();

		require(h != NULL);
		arena = arena_new(64 << 20);
		require(phrasebook_open("config", h, &words, &err) == OK);
		hash_free(h);
	}
	if (size < 2)
		return 0;
	arena_reset(arena);
	buffer_init(&text, 4 * size + 16);
	require(utf8_repair(span_of((const char *)data + 2, size - 2), &text,
			NULL) == OK);
	doc.text = buffer_span(&text);
	doc.language = languages[data[0] % 8];
	doc.published.edtf = days[data[1] % 7];
	block.end = (uint32_t)doc.text.len;
	s.arena = arena;
	require(sentences_split(&s) == OK);
	require(dates_scan(words, room, &s) == OK);
	require(counts_scan(words, room, &s) == OK);
	check_mentions(&s);
	buffer_release(&text);
	return 0;
}
