/*
 * Names and places of any text: mentions lie in it, on characters' bounds,
 * in order and apart.  The first two bytes say the language and how the text
 * is cut into blocks.
 */
#include "small_gazetteer.h"

#include "extract/scan.h"
#include "extract/sentence.h"

#define BLOCKS_MAX 64

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static struct {
	struct arena *arena;
	struct names *names;
	struct names_state *state;
	struct gazetteer *gazetteer;
	struct buffer text;
} fuzz;

static void
start(void)
{
	char path[PATH_MAX];
	struct error err = { 0 };

	fuzz.arena = arena_new((size_t)256 << 20);
	require(fuzz.arena != NULL);
	require(names_open("config", NULL, &fuzz.names, &err) == OK);
	require(names_state_new(fuzz.names, &fuzz.state, &err) == OK);
	small_gazetteer(path);
	require(gazetteer_open(path, &fuzz.gazetteer, &err) == OK);
	require(unlink(path) == 0);
	buffer_init(&fuzz.text, (size_t)8 << 20);
}

/* Blocks at line feeds, all of one type. */
static size_t
cut_blocks(struct span text, enum block_type type, struct block *blocks)
{
	size_t n = 0, at = 0;

	while (at < text.len && n < BLOCKS_MAX) {
		size_t end = span_find(text, at, span_str("\n"));

		if (end == SIZE_MAX || n + 1 == BLOCKS_MAX)
			end = text.len;
		blocks[n++] = (struct block){ .start = (uint32_t)at,
			.end = (uint32_t)end,
			.type = type };
		at = end + 1;
	}
	return n;
}

static void
check(const struct scan *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->list[i];

		require(m->start < m->end && m->end <= s->doc->text.len);
		require(utf8_boundary(s->doc->text, m->start));
		require(utf8_boundary(s->doc->text, m->end));
		require(i == 0 || s->list[i - 1].end <= m->start);
		require(m->rule != NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { NULL, "en", "fr", "es", "pt",
		"de", "it" };
	static struct block blocks[BLOCKS_MAX];
	struct document doc = { 0 };
	struct scan s = { .doc = &doc };

	if (fuzz.arena == NULL)
		start();
	if (size < 2)
		return 0;
	arena_reset(fuzz.arena);
	buffer_reset(&fuzz.text);
	require(utf8_repair(span_of((const char *)data + 2, size - 2),
			&fuzz.text, NULL) == OK);
	doc.text = buffer_span(&fuzz.text);
	doc.language = languages[data[0] % 7];
	doc.blocks = blocks;
	doc.nblocks = cut_blocks(
		doc.text, (enum block_type)(data[1] % BLOCK_TYPES), blocks);
	s.arena = fuzz.arena;
	require(sentences_split(&s) == OK);
	require(names_scan(fuzz.names, fuzz.state, &s) == OK);
	require(gazetteer_scan(fuzz.gazetteer, &s) == OK);
	require(scan_settle(&s) == OK);
	require(places_resolve(fuzz.gazetteer, &s) == OK);
	check(&s);
	return 0;
}
