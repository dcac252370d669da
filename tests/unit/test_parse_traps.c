/*
 * tests/traps: pages that readers of pages are known to read wrongly.  Beside
 * NAME.html (.xhtml .txt .eml) stands NAME.want: a line with the complaint it
 * answers, then blocks that must be there in this order, as outline() writes
 * them; behind "! " what no block of the release may have in it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse_page.h"

#define TRAPS	  "tests/traps"
#define FILE_MAX  ((size_t)1 << 20)
#define TRAPS_MIN 40

static const struct {
	const char *end, *type;
} kinds[] = {
	{ ".html", "text/html" },
	{ ".xhtml", "application/xhtml+xml" },
	{ ".txt", "text/plain" },
	{ ".eml", "message/rfc822" },
};

static int
is_page(const struct dirent *d)
{
	for (size_t i = 0; i < ROWS(kinds); i++)
		if (span_ends_with(span_str(d->d_name), kinds[i].end))
			return 1;
	return 0;
}

static void
read_into(const char *name, const char *end, struct buffer *out)
{
	char path[512];
	int len = (int)(strrchr(name, '.') - name);

	snprintf(path, sizeof path, "%s/%.*s%s", TRAPS, len, name, end);
	buffer_reset(out);
	if (read_file(path, FILE_MAX, out, NULL) != OK)
		fail_msg("%s cannot be read", path);
}

/* A block of the title or the body has text in it. */
static bool
release_has(const struct reading *r, struct span text)
{
	for (size_t i = 0; i < r->doc.nblocks; i++) {
		enum zone zone = r->doc.blocks[i].zone;

		if ((zone == ZONE_BODY || zone == ZONE_TITLE) &&
			span_find(block_text(r, i), 0, text) != SIZE_MAX)
			return true;
	}
	return false;
}

static void
check(struct reading *r, const char *name, struct span want)
{
	struct span got = span_str(outline(r)), line, block;

	assert_true(span_split(&want, '\n', &line) && line.ptr[0] == '#');
	while (span_split(&want, '\n', &line)) {
		bool found = false;

		if (line.len == 0)
			continue;
		if (span_starts_with(line, "! ")) {
			if (release_has(r, span_sub(line, 2, line.len)))
				fail_msg("%s: a release without \"%.*s\" is "
					 "wanted",
					name, (int)line.len, line.ptr);
			continue;
		}
		while (!found && span_split(&got, '\n', &block))
			found = span_eq(block, line);
		if (!found)
			fail_msg("%s: got\n%s\nwanted, in order\n%.*s", name,
				outline(r), (int)line.len, line.ptr);
	}
}

static void
what_a_release_says_is_kept(void **state)
{
	struct reading *r = *state;
	struct buffer body, want;
	struct dirent **list;
	int n = scandir(TRAPS, &list, is_page, alphasort);

	assert_true(n >= TRAPS_MIN);
	buffer_init(&body, FILE_MAX);
	buffer_init(&want, FILE_MAX);
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name, *type = NULL;

		for (size_t k = 0; k < ROWS(kinds); k++)
			if (span_ends_with(span_str(name), kinds[k].end))
				type = kinds[k].type;
		read_into(name, strrchr(name, '.'), &body);
		read_into(name, ".want", &want);
		read_body(r, type, buffer_span(&body));
		CHECK_ROW(name, r->has);
		check(r, name, buffer_span(&want));
		free(list[i]);
	}
	free(list);
	buffer_release(&body);
	buffer_release(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_release_says_is_kept),
	};

	return cmocka_run_group_tests(tests, reading_open, reading_close);
}
