/* chains that hold, and each link broken alone */
#include "audit/audit.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit_fake.h"

static int
explain(const char *where, const char *id, enum audit_format format)
{
	struct error err = { 0 };
	int broken = -1;

	capture_start(format);
	if (audit_explain(NULL, where, id, &opt, &broken, &err) != OK)
		fail_msg("%s", err.msg);
	capture_end();
	return broken;
}

static void
an_intact_chain_is_ok(void **state)
{
	static const char *const wanted[] = {
		"Graz: joined, Network of Cities, 2024-02-14\n",
		"membership.joined@1 (rule set rules-7)",
		"network.named 1.5\n",
		"subject: \"Graz\" at [11,15), city: Graz, AT, "
		"geonames:2778067; in the words",
		"date: 2024-02-14, without words; basis document.published",
		"    | Graz news\n    | [[Graz has joined the Network of "
		"Cities.]]\n    | It was \"done\".\n",
		"published 2024-02-14 (explicit, from meta)",
		"dateline-00001.warc.gz, offset ",
		"fetched at 2024-02-14T12:30:45Z",
		"sha256:",
		"city, tier member",
	};

	(void)state;
	fake_fill(&page, arena);
	assert_int_equal(explain(dir, "ab", AUDIT_TABLE), 0);
	for (size_t i = 0; i < ROWS(wanted); i++)
		CHECK_ROW(wanted[i], strstr(text, wanted[i]) != NULL);
	assert_null(strstr(text, "BROKEN"));
	free(text);
	assert_int_equal(explain(dir, FAKE_FACT, AUDIT_TABLE), 0);
	assert_non_null(strstr(text, "the only claim"));
	assert_non_null(strstr(text, "since 2024-02-14"));
	assert_non_null(strstr(text, fake.x.claim.id));
	free(text);
	assert_int_equal(explain(dir, FAKE_FACT, AUDIT_JSON), 0);
	assert_non_null(strstr(text, "\"fact\":\"" FAKE_FACT "\",\"claim\":{"));
	assert_non_null(strstr(text, "},\"links\":[{\"link\":\"value\","));
	assert_non_null(strstr(text, "\"reasons\":[]}],\"broken\":0}\n"));
	free(text);
}

/* What weighs most comes first, what weighs nothing not at all, and what is
 * left in one line. */
static void
features_are_told_by_weight(void **state)
{
	static struct claim_feature many[] = { { "none", 0 }, { "a", 0.25 },
		{ "b", -2 }, { "c", 1 }, { "d", 1 }, { "e", 1 }, { "f", 1 },
		{ "g", 1 }, { "h", 1 }, { "i", 1 }, { "j", 1 }, { "k", 1 },
		{ "l", 1 }, { "m", -0.5 }, { "n", 3 } };

	(void)state;
	fake_fill(&page, arena);
	fake.x.claim.features = many;
	fake.x.claim.nfeatures = ROWS(many);
	(void)explain(dir, "ab", AUDIT_TABLE);
	assert_non_null(strstr(text, "    n 3\n    b -2\n    c 1\n"));
	assert_non_null(strstr(text, "    l 1\n    and 2 that weigh less, in "
				     "all -0.250\n"));
	assert_null(strstr(text, "none 0"));
	free(text);
}

/* Every line of an explanation fits; the page's own words stay behind their
 * bar when they go on in the next line. */
static void
an_explanation_fits_the_terminal(void **state)
{
	struct error err = { 0 };
	struct span rest, line;
	int broken = -1;

	(void)state;
	fake_fill(&page, arena);
	capture_start(AUDIT_TABLE);
	opt.width = 30;
	assert_int_equal(
		audit_explain(NULL, dir, "ab", &opt, &broken, &err), OK);
	capture_end();
	assert_non_null(strstr(text, "    | [[Graz has joined the]]\n"
				     "    | [[Network of Cities.]]\n"));
	rest = span_of(text, text_len);
	while (span_split(&rest, '\n', &line))
		if (span_find(line, 0, span_str("    |")) == 0)
			assert_true(line.len <= 30);
	free(text);
}

/* What speaks for a fact and what against it, with their sources. */
static void
a_fact_has_two_sides(void **state)
{
	static const struct {
		const char *name;
		enum polarity fact;
		enum status claim;
		const char *line;
	} cases[] = {
		{ "in", POLARITY_ASSERTED, STATUS_JOINED, "\n  for\n    " },
		{ "out", POLARITY_ASSERTED, STATUS_LOST, "\n  against\n    " },
		{ "not in", POLARITY_NEGATED, STATUS_JOINED,
			"\n  against\n    " },
		{ "not in, out", POLARITY_NEGATED, STATUS_LOST,
			"\n  for\n    " },
		{ "planned", POLARITY_PLANNED, STATUS_JOINED, "\n  for\n    " },
		{ "application", POLARITY_ASSERTED, STATUS_APPLIED,
			"\n  for\n    " },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		fake_fill(&page, arena);
		fake.polarity = cases[i].fact;
		fake.x.claim.status = fake.x.flat.status = cases[i].claim;
		(void)explain(dir, FAKE_FACT, AUDIT_TABLE);
		CHECK_ROW(cases[i].name, strstr(text, cases[i].line) != NULL);
		CHECK_ROW(cases[i].name,
			strstr(text, "; city, tier member; " FAKE_URL "\n") !=
				NULL);
		free(text);
	}
}

static void
break_text(void)
{
	fake.x.document.text = span_str("Linz news\n\nGraz has joined the "
					"Network of Cities.");
}
static void
break_text_hash(void)
{
	fake.text_hash[0] ^= 1;
}
static void
break_document_id(void)
{
	fake.document_id[0] ^= 1;
}
static void
break_body(void)
{
	fake.x.page.body = fake.x.document.body = "sha256:00";
}
static void
break_offset(void)
{
	fake.x.page.archive.offset += 3;
}
static void
break_file(void)
{
	fake.x.page.archive.file = NULL;
}
static void
break_words(void)
{
	fake.x.claim.end = 1000;
}
static void
break_mention_index(void)
{
	fake.args[1].mention = 2;
}
static void
break_mention_offset(void)
{
	fake.mentions[1].end = 1000;
}
static void
break_mention_words(void)
{
	fake.mentions[0].text = span_str("Linz");
}
static void
break_basis(void)
{
	fake.args[2].basis = NULL;
}
static void
break_id(void)
{
	fake.x.claim.polarity = POLARITY_NEGATED;
}
static void
break_rule(void)
{
	fake.x.claim.rule = "membership.joined";
}
static void
break_source(void)
{
	fake.x.source.name = "other";
}

static void
a_broken_link_is_named(void **state)
{
	static const struct {
		const char *name;
		void (*damage)(void);
		const char *link;
	} cases[] = {
		{ "text", break_text, "document" },
		{ "text hash", break_text_hash, "document" },
		{ "document id", break_document_id, "document" },
		{ "body", break_body, "archive" },
		{ "offset", break_offset, "archive" },
		{ "file", break_file, "archive" },
		{ "words", break_words, "words" },
		{ "mention index", break_mention_index, "mentions" },
		{ "mention offset", break_mention_offset, "mentions" },
		{ "mention words", break_mention_words, "mentions" },
		{ "basis", break_basis, "mentions" },
		{ "claim id", break_id, "value" },
		{ "rule", break_rule, "rule" },
		{ "source", break_source, "source" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char line[64], json[64];

		(void)snprintf(line, sizeof line,
			"  %-10sBROKEN\n    broken: ", cases[i].link);
		(void)snprintf(json, sizeof json,
			"{\"link\":\"%s\",\"ok\":false", cases[i].link);
		fake_fill(&page, arena);
		cases[i].damage();
		CHECK_ROW(cases[i].name, explain(dir, "ab", AUDIT_TABLE) > 0);
		CHECK_ROW(cases[i].name, strstr(text, line) != NULL);
		free(text);
		CHECK_ROW(cases[i].name, explain(dir, "ab", AUDIT_JSON) > 0);
		CHECK_ROW(cases[i].name, strstr(text, json) != NULL);
		free(text);
	}
}

static void
a_missing_archive_is_one_broken_link(void **state)
{
	char missing_dir[80];

	(void)state;
	(void)snprintf(missing_dir, sizeof missing_dir, "%s/none", dir);
	fake_fill(&page, arena);
	assert_int_equal(explain(missing_dir, "ab", AUDIT_TABLE), 1);
	assert_non_null(strstr(text, "  archive   BROKEN\n"));
	free(text);
}

static void
an_id_that_is_not_there(void **state)
{
	struct error err = { 0 };
	int broken = 3;

	(void)state;
	fake_fill(&page, arena);
	fake.missing = "abcd";
	capture_start(AUDIT_TABLE);
	assert_int_equal(audit_explain(NULL, dir, "abcd", &opt, &broken, &err),
		ERR_NOT_FOUND);
	assert_int_equal(broken, 0);
	capture_end();
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_intact_chain_is_ok),
		cmocka_unit_test(features_are_told_by_weight),
		cmocka_unit_test(an_explanation_fits_the_terminal),
		cmocka_unit_test(a_fact_has_two_sides),
		cmocka_unit_test(a_broken_link_is_named),
		cmocka_unit_test(a_missing_archive_is_one_broken_link),
		cmocka_unit_test(an_id_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
