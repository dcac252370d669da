#include "extract/rules.h"

#include <string.h>

#include "unit.h"

#include "extract/memo.h"

/* Lines in between, and two patterns that say the same: in the first stands
 * what a "let" names. */
static const struct {
	const char *name, *lets, *by_name, *written_out;
} cases[] = {
	{ "once", "let A = joined|has joined\n", "{CITY} <A> x",
		"{CITY} (joined|has joined) x" },
	{ "twice", "let A = joined|has joined the?\n", "<A> {CITY} <A>",
		"(joined|has joined the?) {CITY} (joined|has joined the?)" },
	{ "slots", "let A = in {CITY:subject} !with {NETWORK:network}\n",
		"{DATE:date} <A> {COUNT:count}",
		"{DATE:date} (in {CITY:subject} !with {NETWORK:network}) "
		"{COUNT:count}" },
	{ "slots behind another", "let A = in {CITY:subject}\n",
		"{DATE:date}? {COUNT:count} <A>",
		"{DATE:date}? {COUNT:count} (in {CITY:subject})" },
	{ "gaps and what may not stand",
		"let A = ~3-(for|of a) joined ~~2 -(un|not) x*\n",
		"{CITY+} <A>|<A>",
		"{CITY+} (~3-(for|of a) joined ~~2 -(un|not) x*)|"
		"(~3-(for|of a) joined ~~2 -(un|not) x*)" },
	{ "inside of what may not stand", "let A = joined y\n",
		"a -(<A>) b <A>", "a -((joined y)) b (joined y)" },
	{ "a let in a let", "let A = a|b\nlet B = <A> {CITY} <A>\n", "<B> c",
		"((a|b) {CITY} (a|b)) c" },
	{ "the nearest above", "let A = other|words\n", "<B> c",
		"((other|words) {CITY} (other|words)) c" },
	{ "alternatives, optional", "let A = p|q r|{CITY}\n", "(<A>|s)? t",
		"((p|q r|{CITY})|s)? t" },
	{ "raw", "let A = /[A-Z]{2}/ x\n", "{CITY} <A> <A>",
		"{CITY} (/[A-Z]{2}/ x) (/[A-Z]{2}/ x)" },
};

static void
compare(const struct rules *r, const struct rule_pattern *a,
	const struct rule_pattern *b, const char *name)
{
	struct buffer ta, tb;

	buffer_init(&ta, PATTERN_ROOM);
	buffer_init(&tb, PATTERN_ROOM);
	if (pattern_text(r, a, &ta) != OK || pattern_text(r, b, &tb) != OK ||
		!span_eq(buffer_span(&ta), buffer_span(&tb)))
		fail_msg("%s: \"%s\", wanted \"%s\"", name, ta.ptr, tb.ptr);
	if (a->sieve.n == 0 || a->sieve.n != b->sieve.n ||
		memcmp(a->sieve.ops, b->sieve.ops,
			a->sieve.n * sizeof *a->sieve.ops) != 0)
		fail_msg("%s: another sieve", name);
	if (a->needs.n != b->needs.n ||
		memcmp(a->needs.sets, b->needs.sets,
			a->needs.n * sizeof *a->needs.sets) != 0 ||
		a->needs.words.n != b->needs.words.n)
		fail_msg("%s: needs other words", name);
	if (a->ngroups != b->ngroups)
		fail_msg("%s: other slots", name);
	for (size_t i = 0; i < a->ngroups; i++)
		if (a->groups[i].number != b->groups[i].number ||
			a->groups[i].slot != b->groups[i].slot)
			fail_msg("%s: another slot", name);
	buffer_release(&ta);
	buffer_release(&tb);
}

static void
names_say_what_they_stand_for(void **state)
{
	struct rules *r = rules_new();
	struct hash *h = hash_new();
	struct buffer b;

	(void)state;
	buffer_init(&b, (size_t)1 << 16);
	buffer_add_str(&b, "%dateline-rules 1\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		buffer_printf(&b,
			"%srule t.t%zu 1\n kind award\n match %s\n match %s\n"
			" yes a\n no a\n live a\n",
			cases[i].lets, i, cases[i].by_name,
			cases[i].written_out);
	assert_int_equal(rules_load_words(r, "config", h, NULL), OK);
	assert_int_equal(rules_read(r, buffer_span(&b), "t", NULL), OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		compare(r, &r->list[i].patterns[0], &r->list[i].patterns[1],
			cases[i].name);
	buffer_release(&b);
	hash_free(h);
	rules_free(r);
}

/* The end of the last part is counted when rules are read, and written when
 * PCRE2 asks. */
static void
what_is_counted_is_written(void **state)
{
	struct hash *h = hash_new();
	struct rules *r;
	struct buffer b;
	size_t seen = 0;

	(void)state;
	assert_int_equal(rules_open_words("config", h, &r, NULL), OK);
	assert_int_equal(rules_read_all(r, NULL), OK);
	buffer_init(&b, PATTERN_ROOM);
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->list[i].npatterns; k++) {
			const struct rule_pattern *p = &r->list[i].patterns[k];

			if (p->nparts == 0)
				continue;
			buffer_reset(&b);
			assert_int_equal(pattern_text(r, p, &b), OK);
			if (b.len != p->parts[p->nparts - 1].behind)
				fail_msg("%s:%d: %zu bytes, counted %u",
					r->list[i].file, p->line, b.len,
					(unsigned)p->parts[p->nparts - 1]
						.behind);
			seen++;
		}
	assert_true(seen > 100);
	buffer_release(&b);
	hash_free(h);
	rules_free(r);
}

/* One without its sieve would be asked of every sentence. */
static void
bundled_patterns_have_their_sieves(void **state)
{
	struct hash *h = hash_new();
	struct rules *r;
	size_t seen = 0;

	(void)state;
	assert_int_equal(rules_open_words("config", h, &r, NULL), OK);
	assert_int_equal(rules_read_all(r, NULL), OK);
	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = &r->list[i];

		for (size_t k = 0; k < rule->npatterns; k++, seen++)
			if (rule->patterns[k].sieve.n == 0)
				fail_msg("%s:%d: no sieve", rule->file,
					rule->patterns[k].line);
		for (size_t k = 0; k < rule->nunless; k++)
			if (rule->unless[k].sieve.n == 0)
				fail_msg("%s:%d: no sieve", rule->file,
					rule->unless[k].line);
	}
	assert_true(seen > 1000);
	hash_free(h);
	rules_free(r);
}

/* What a word wrote is kept while files are read; the second time it is put as
 * it was, and so are words that were learnt before. */
static void
words_are_kept(void **state)
{
	static const char text[] =
		"%dateline-rules 1\n"
		"rule t.a 1\n kind award\n"
		" match {CITY} (join*|joined|it|l'union|co-founder)? it join*\n"
		" match -(it|join*) joined it (l'union of|it's|U.N. city's) x\n"
		" match ~2-(it|of) joined it join* {CITY} co-founder? joiner\n"
		" match (a|it) (joined|it) (joined|it) -(joined) joined\n"
		" match (b|c |d e|b c*|f) (a|b|c|(d|f)) b -(c|b*)\n"
		" match joined\n"
		" yes a\n no a\n live a\n";
	struct rules *with = rules_new(), *without = rules_new();
	struct hash *h = hash_new();

	(void)state;
	assert_int_equal(rules_load_words(with, "config", h, NULL), OK);
	assert_int_equal(rules_load_words(without, "config", h, NULL), OK);
	with->memo = memo_new();
	assert_non_null(with->memo);
	assert_int_equal(rules_learn(with, span_str(text)), OK);
	assert_int_equal(rules_learn(with, span_str(text)), OK);
	memo_reset(with->memo);
	assert_int_equal(
		rules_read_learnt(with, span_str(text), "t", NULL), OK);
	assert_int_equal(rules_read(without, span_str(text), "t", NULL), OK);
	assert_int_equal(vocabulary_end(with->vocabulary),
		vocabulary_end(without->vocabulary));
	assert_int_equal(with->list[0].npatterns, 6);
	for (size_t i = 0; i < 6; i++) {
		compare(with, &with->list[0].patterns[i],
			&without->list[0].patterns[i], "kept");
		assert_int_equal(with->list[0].patterns[i].nparts,
			without->list[0].patterns[i].nparts);
	}
	memo_free(with->memo);
	hash_free(h);
	rules_free(with);
	rules_free(without);
}

/* What a rule read of a frame's line counts for the next one, where it says the
 * same there. */
static void
lines_of_frames_are_read_once(void **state)
{
	static const char text[] =
		"%dateline-rules 1\n"
		"let A = in <B>\nlet B = b\n"
		"frame f\n match {CITY} <HOLE>\n match <A> {CITY:subject}\n"
		" unless not <A> => no\n"
		"rule t.a 1\n kind award\n use f HOLE=one\n"
		" yes a\n no a\n live a\n"
		"rule t.b 1\n kind award\n use f HOLE=two\n"
		" yes a\n no a\n live a\n"
		"let B = other\n"
		"rule t.c 1\n kind award\n use f HOLE=two\n"
		" match {CITY} (two)\n match (in (other)) {CITY:subject}\n"
		" yes a\n no a\n live a\n";
	struct rules *r = rules_new();
	struct hash *h = hash_new();
	const struct rule *a, *b, *c;

	(void)state;
	assert_int_equal(rules_load_words(r, "config", h, NULL), OK);
	assert_int_equal(rules_read(r, span_str(text), "t", NULL), OK);
	a = &r->list[0];
	b = &r->list[1];
	c = &r->list[2];
	assert_int_equal(b->patterns[1].number, a->patterns[1].number);
	assert_int_equal(b->unless[0].number, a->unless[0].number);
	assert_int_equal(a->patterns[1].line, 10);
	assert_int_equal(b->patterns[1].line, 16);
	compare(r, &b->patterns[0], &c->patterns[2], "another hole");
	compare(r, &c->patterns[1], &c->patterns[3], "another let");
	assert_int_not_equal(c->patterns[1].number, b->patterns[1].number);
	hash_free(h);
	rules_free(r);
}

static void
a_frame_is_read_again_with_more_words(void **state)
{
	static const char first[] = "%dateline-rules 1\n"
				    "frame f\n match {CITY} joi*\n"
				    "rule t.a 1\n kind award\n use f\n"
				    " yes a\n no a\n live a\n",
			  then[] = "%dateline-rules 1\n"
				   "rule t.b 1\n kind award\n use f\n"
				   " match joined\n match {CITY} joi*\n"
				   " yes a\n no a\n live a\n";
	struct rules *r = rules_new();
	struct hash *h = hash_new();

	(void)state;
	assert_int_equal(rules_load_words(r, "config", h, NULL), OK);
	assert_int_equal(rules_read(r, span_str(first), "t", NULL), OK);
	assert_int_equal(rules_read(r, span_str(then), "u", NULL), OK);
	compare(r, &r->list[1].patterns[0], &r->list[1].patterns[2], "frame");
	hash_free(h);
	rules_free(r);
}

/* A class holds so many units; what is over is a branch, kept or not. */
static void
long_lists_of_words_are_kept(void **state)
{
	struct rules *with = rules_new(), *without = rules_new();
	struct hash *h = hash_new();
	struct buffer b;

	(void)state;
	buffer_init(&b, (size_t)1 << 16);
	buffer_add_str(&b, "%dateline-rules 1\nrule t.a 1\n kind award\n");
	for (int line = 0; line < 2; line++) {
		buffer_add_str(&b, " match {CITY} (");
		for (size_t i = 0; i < PATTERN_WORDS_MAX + 3; i++)
			buffer_printf(&b, "w%zu|", i);
		buffer_add_str(&b, "joined)\n");
	}
	buffer_add_str(&b, " yes a\n no a\n live a\n");
	assert_int_equal(rules_load_words(with, "config", h, NULL), OK);
	assert_int_equal(rules_load_words(without, "config", h, NULL), OK);
	assert_int_equal(rules_learn(with, buffer_span(&b)), OK);
	with->memo = memo_new();
	assert_non_null(with->memo);
	assert_int_equal(
		rules_read_learnt(with, buffer_span(&b), "t", NULL), OK);
	assert_int_equal(rules_read(without, buffer_span(&b), "t", NULL), OK);
	for (size_t i = 0; i < 2; i++)
		compare(with, &with->list[0].patterns[i],
			&without->list[0].patterns[i], "long");
	buffer_release(&b);
	memo_free(with->memo);
	hash_free(h);
	rules_free(with);
	rules_free(without);
}

static void
too_large_is_told_at_the_start(void **state)
{
	struct rules *r = rules_new();
	struct error err = { 0 };
	struct buffer b;

	(void)state;
	buffer_init(&b, (size_t)1 << 20);
	buffer_add_str(
		&b, "%dateline-rules 1\nrule t.x 1\n kind award\n match");
	for (size_t i = 0; i < PATTERN_MAX / 10; i++)
		buffer_add_str(&b, " ab");
	buffer_add_str(&b, "\n yes a\n no a\n live a\n");
	assert_int_equal(rules_read(r, buffer_span(&b), "t", &err), ERR_CONFIG);
	assert_non_null(strstr(err.msg, "t:4: the pattern is too large"));
	buffer_release(&b);
	rules_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_say_what_they_stand_for),
		cmocka_unit_test(what_is_counted_is_written),
		cmocka_unit_test(bundled_patterns_have_their_sieves),
		cmocka_unit_test(words_are_kept),
		cmocka_unit_test(long_lists_of_words_are_kept),
		cmocka_unit_test(lines_of_frames_are_read_once),
		cmocka_unit_test(a_frame_is_read_again_with_more_words),
		cmocka_unit_test(too_large_is_told_at_the_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
