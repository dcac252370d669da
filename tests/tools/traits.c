/*
 * traits CONFIG FILE...: the blocks of pages that are not judged yet, for
 * train_blocks.py.  "# names of the traits", then for each page a line "page
 * FILE" and for each block of its body one with the traits, a tab, and the
 * text.
 */
#include <stdio.h>

#include "parse/charset.h"
#include "parse/html.h"
#include "parse/traits.h"

#define ARENA_MAX ((size_t)1 << 30)

struct reader {
	struct parse_words *words;
	struct charsets *charsets;
	struct html html;
	struct blocks blocks;
	struct dates dates;
	struct buffer file, utf8;
	struct arena *arena;
};

static void
print_blocks(const struct reader *r, const struct document *doc)
{
	const struct blocks *b = &r->blocks;
	struct span title = span_str(doc->title != NULL ? doc->title : "");
	const struct traits *t;

	for (size_t i = b->n; i-- > 0;)
		if (b->list[i].type == BLOCK_TITLE)
			title = blocks_text(b, &b->list[i]);
	t = traits_new(&r->html.body, b, r->words, title, r->arena);
	for (size_t k = 0; t != NULL && k < traits_blocks(t); k++) {
		struct span text = blocks_text(b, &b->list[traits_block(t, k)]);
		int16_t row[TRAITS];

		traits_of(t, k, row);
		for (int i = 0; i < TRAITS; i++)
			printf("%d%c", row[i], i + 1 < TRAITS ? ' ' : '\t');
		printf("%.*s\n", (int)text.len, text.ptr);
	}
}

static enum error_code
print_page(struct reader *r, const char *path, struct error *err)
{
	struct document doc = { 0 };
	struct decoded d;
	enum error_code code;

	printf("page %s\n", path);
	arena_reset(r->arena);
	blocks_reset(&r->blocks, r->arena);
	buffer_reset(&r->file);
	r->dates.n = 0;
	code = read_file(path, PARSE_INPUT_MAX, &r->file, err);
	if (code == OK)
		code = charset_decode(
			r->charsets, buffer_span(&r->file), NULL, &r->utf8, &d);
	if (code == OK)
		code = html_read(&r->html, d.text, &r->blocks, &doc, &r->dates);
	if (code == OK && r->html.tree.n > 0)
		print_blocks(r, &doc);
	return code;
}

int
main(int argc, char **argv)
{
	struct reader r = { .charsets = charsets_new() };
	struct error err = { 0 };
	enum error_code code;

	if (argc < 2)
		return 2;
	code = parse_words_open(argv[1], &r.words, &err);
	r.arena = arena_new(ARENA_MAX);
	buffer_init(&r.file, PARSE_INPUT_MAX);
	buffer_init(&r.utf8, 4 * PARSE_INPUT_MAX);
	if (code == OK && (r.arena == NULL || !html_init(&r.html, r.words)))
		code = ERR_NOMEM;
	blocks_init(&r.blocks, r.arena);
	printf("#");
	for (int i = 0; i < TRAITS; i++)
		printf(" %s", trait_name((enum trait)i));
	printf("\n");
	for (int i = 2; i < argc && code == OK; i++)
		code = print_page(&r, argv[i], &err);
	if (code != OK)
		(void)fprintf(stderr, "traits: %s\n", err.msg);
	blocks_release(&r.blocks);
	html_release(&r.html);
	buffer_release(&r.file);
	buffer_release(&r.utf8);
	charsets_free(r.charsets);
	parse_words_free(r.words);
	arena_free(r.arena);
	return code == OK ? 0 : 1;
}
