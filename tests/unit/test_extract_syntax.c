/* What editors and the manual know of the rule language is all of it. */
#include "unit.h"

#include <ctype.h>

#include "extract/rules.h"

#define FILE_ROOM ((size_t)1 << 20)

static const char *
kind_word(size_t i)
{
	return i < CLAIM_KINDS ? claim_kind_name((enum claim_kind)i) : NULL;
}

/* The first is no status. */
static const char *
status_word(size_t i)
{
	return i + 1 < STATUSES ? status_name((enum status)(i + 1)) : NULL;
}

static const char *
polarity_word(size_t i)
{
	return i < POLARITIES ? polarity_name((enum polarity)i) : NULL;
}

static const char *
slot_word(size_t i)
{
	return i < SLOTS ? slot_name((enum slot)i) : NULL;
}

/* group: what vim calls them.  least: fewer would be a table not read. */
static const struct {
	const char *name, *group;
	const char *(*word)(size_t i);
	size_t least;
} tables[] = {
	{ "stanzas", "dlrStanza", rules_stanza_word, 3 },
	{ "keys", NULL, rules_key_word, 13 },
	{ "kinds", "dlrKind", kind_word, 11 },
	{ "statuses", "dlrStatus", status_word, 16 },
	{ "polarities", "dlrPolarity", polarity_word, 4 },
	{ "slots", "dlrSlot", slot_word, 13 },
	{ "defaults", "dlrFrom", rules_default_word, 7 },
	{ "types", "dlrType", pattern_type_word, 20 },
};
#define NTABLES (sizeof tables / sizeof *tables)

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* word stands by itself in text; in vim a point has a backslash before it. */
static bool
has_word(struct span text, const char *word)
{
	const size_t len = strlen(word);

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.ptr + i, word, len) == 0 &&
			(i == 0 || !is_word(text.ptr[i - 1])) &&
			(i + len == text.len || !is_word(text.ptr[i + len])))
			return true;
	return false;
}

/* The part of "COUNT.member" behind its point, which vim has by itself. */
static const char *
last_part(const char *word)
{
	const char *point = strrchr(word, '.');

	return point != NULL ? point + 1 : word;
}

static void
read_text(const char *path, struct buffer *b)
{
	struct error err = { 0 };

	buffer_init(b, FILE_ROOM);
	assert_int_equal(read_file(path, FILE_ROOM, b, &err), OK);
}

/* A line of the syntax file that defines the group has it. */
static bool
in_group(struct span text, const char *group, const char *word)
{
	struct span line;

	while (text.len > 0 && span_split(&text, '\n', &line))
		if (span_starts_with(line, "syntax ") &&
			(group == NULL ? has_word(line, "dlrKey") ||
						 has_word(line, "dlrExample")
				       : has_word(line, group)) &&
			has_word(line, last_part(word)))
			return true;
	return false;
}

static void
vim_knows_every_word(void **state)
{
	struct buffer b;

	(void)state;
	read_text("config/vim/syntax/dateline-rules.vim", &b);
	for (size_t i = 0; i < NTABLES; i++) {
		size_t n = 0;

		for (const char *w; (w = tables[i].word(n)) != NULL; n++)
			if (!in_group(buffer_span(&b), tables[i].group, w))
				fail_msg("%s: vim does not know \"%s\"",
					tables[i].name, w);
		if (n < tables[i].least)
			fail_msg("%s: only %zu words", tables[i].name, n);
	}
	buffer_release(&b);
}

static void
the_manual_tells_of_every_word(void **state)
{
	struct buffer b;

	(void)state;
	read_text("docs/dateline-rules.5", &b);
	for (size_t i = 0; i < NTABLES; i++)
		for (size_t k = 0; tables[i].word(k) != NULL; k++)
			if (!has_word(buffer_span(&b), tables[i].word(k)))
				fail_msg("%s: the manual lacks \"%s\"",
					tables[i].name, tables[i].word(k));
	buffer_release(&b);
}

/* The test can fail. */
static void
a_word_that_is_none(void **state)
{
	struct buffer b;

	(void)state;
	read_text("config/vim/syntax/dateline-rules.vim", &b);
	assert_false(in_group(buffer_span(&b), "dlrKind", "gossip"));
	assert_false(in_group(buffer_span(&b), "dlrKind", "joined"));
	assert_false(in_group(buffer_span(&b), NULL, "kin"));
	buffer_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vim_knows_every_word),
		cmocka_unit_test(the_manual_tells_of_every_word),
		cmocka_unit_test(a_word_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
