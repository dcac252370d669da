#include "extract/extractor.h"

#include "unit.h"

#include "extract_config.h"

/* A document, the rules read once it was, and which of them read it. */
static const struct row {
	const char *language, *text, *rules; /* "": of all languages */
	size_t nread;
} rows[] = {
	{ "en", "Graz has joined Eurocities. It has 190 members.", "en", 1 },
	{ "de", "Wels ist seit 2019 Mitglied von Eurocities.", "de", 2 },
	{ "en", "Cork left Eurocities in May 2021.", "en", 2 },
	{ NULL, "Lugo es miembro de Eurocities desde 2004.", "", 3 },
	{ "nl", "Lille a rejoint Eurocities en 2020.", "", 3 },
	{ "de", "Linz ist nicht mehr Mitglied von Eurocities.", "de", 3 },
	{ "it", "Bari ha aderito a Eurocities nel 2016.", "", 3 },
};

static struct document
document_of(const struct row *r, struct block *block)
{
	const struct span text = span_str(r->text);

	*block = (struct block){ .type = BLOCK_PARAGRAPH,
		.zone = ZONE_BODY,
		.end = (uint32_t)text.len };
	return (struct document){ .id = "test",
		.language = r->language,
		.text = text,
		.blocks = block,
		.nblocks = 1 };
}

static void
open_both(const char *config, enum ruleset_extent extent, struct ruleset **rs,
	struct extractor **x)
{
	struct error err = { 0 };

	if (ruleset_open(config, DL_GAZETTEER, extent, rs, &err) != OK ||
		extractor_new(*rs, x, &err) != OK)
		fail_msg("%s", err.msg);
}

static void
same_claims(const char *name, const struct extraction *a,
	const struct extraction *b)
{
	CHECK_ROW(name, a->nclaims > 0 && a->nclaims == b->nclaims);
	for (size_t i = 0; i < a->nclaims; i++)
		CHECK_ROW(name, strcmp(a->claims[i].id, b->claims[i].id) == 0);
}

/* The rules of a document's language claim what those of all do. */
static void
rules_are_read_by_language(void **state)
{
	struct ruleset *few = NULL, *all = NULL;
	struct extractor *x = NULL, *whole = NULL;
	struct arena *a = arena_new((size_t)64 << 20);

	(void)state;
	open_both("config", RULESET_AS_NEEDED, &few, &x);
	open_both("config", RULESET_ALL, &all, &whole);
	if (x == NULL || whole == NULL)
		return;
	assert_string_equal(ruleset_version(few), ruleset_version(all));
	assert_int_equal(x->nread, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct extraction mine, theirs;
		struct block block;
		const struct document doc = document_of(&rows[i], &block);

		arena_reset(a);
		assert_int_equal(
			extractor_document(x, &doc, a, &mine, NULL), OK);
		assert_int_equal(
			extractor_document(whole, &doc, a, &theirs, NULL), OK);
		CHECK_ROW(rows[i].text,
			x->nread == rows[i].nread &&
				strcmp(x->now->language, rows[i].rules) == 0);
		same_claims(rows[i].text, &mine, &theirs);
	}
	/* Those of one are fewer. */
	assert_true(x->read[0]->rules->n > 50);
	assert_true(x->read[0]->rules->n < whole->now->rules->n / 2);
	arena_free(a);
	extractor_free(x);
	extractor_free(whole);
	ruleset_free(few);
	ruleset_free(all);
}

static const struct config_part parts[] = {
	{ "rules/en.rules", "%dateline-rules 1\n" },
	{ "rules/de.rules", "%dateline-rules 1\nnonsense\n" },
};

/* It is told of when the language comes, or to who asks before. */
static void
a_wrong_file_is_told_of(void **state)
{
	char dir[] = "/tmp/dateline-test-XXXXXX";
	struct block blocks[2];
	const struct document doc = document_of(&rows[0], &blocks[0]),
			      german = document_of(&rows[1], &blocks[1]);
	struct arena *a = arena_new((size_t)16 << 20);
	struct ruleset *rs = NULL, *none;
	struct extractor *x = NULL;
	struct extraction out;
	struct error err = { 0 };

	(void)state;
	config_make(dir, parts, ROWS(parts));
	open_both(dir, RULESET_AS_NEEDED, &rs, &x);
	assert_int_equal(extractor_document(x, &doc, a, &out, &err), OK);
	for (int i = 0; i < 2; i++) {
		error_clear(&err);
		assert_int_equal(extractor_document(x, &german, a, &out, &err),
			ERR_CONFIG);
		assert_non_null(strstr(err.msg, "de.rules:2"));
	}
	error_clear(&err);
	assert_int_equal(
		ruleset_open(dir, DL_GAZETTEER, RULESET_ALL, &none, &err),
		ERR_CONFIG);
	assert_null(none);
	extractor_free(x);
	ruleset_free(rs);
	arena_free(a);
	config_remove(dir, parts, ROWS(parts));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_read_by_language),
		cmocka_unit_test(a_wrong_file_is_told_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
