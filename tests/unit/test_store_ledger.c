/* putting records in, and what facts come of them */
#include "store_ledger.h"

#define SHUFFLES 40

static enum error_code
add_line(struct span json, void *ctx, struct error *err)
{
	(void)err;
	buffer_add_span(ctx, json);
	return buffer_add_char(ctx, '\n');
}

static void
export_of(struct store *s, struct buffer *out)
{
	struct error err = { 0 };

	buffer_reset(out);
	assert_int_equal(store_export(s, add_line, out, &err), OK);
}

static enum error_code
keep_fact(const struct fact *fact, void *ctx, struct error *err)
{
	struct buffer *b = ctx;

	(void)err;
	return buffer_printf(b, "%s %s..%s claims %d witnesses %d%s\n",
		status_name(fact->status),
		fact->valid_from != NULL ? fact->valid_from : "",
		fact->valid_to != NULL ? fact->valid_to : "", (int)fact->claims,
		(int)fact->witnesses, fact->candidate ? " candidate" : "");
}

static enum error_code
keep_features(const struct flat_claim *c, void *ctx, struct error *err)
{
	struct buffer *b = ctx;

	(void)err;
	buffer_printf(b, "%s", c->rule);
	for (size_t i = 0; i < c->nfeatures; i++)
		buffer_printf(
			b, " %s=%g", c->features[i].name, c->features[i].value);
	return buffer_add_char(b, '\n');
}

static void
check_facts(struct store *s, const char *name, const char *wanted)
{
	const struct fact_filter all = { .kind = -1 };
	struct error err = { 0 };
	struct buffer b;

	buffer_init(&b, 10000);
	assert_int_equal(store_facts(s, &all, keep_fact, &b, &err), OK);
	CHECK_ROW(name, strcmp(b.ptr != NULL ? b.ptr : "", wanted) == 0);
	buffer_release(&b);
}

static void
claims_become_one_episode(void **state)
{
	static const struct {
		const char *name, *which, *fact;
	} cases[] = {
		{ "one", "0", "joined 2018.. claims 1 witnesses 1\n" },
		{ "copies are one witness, the finer date wins", "01",
			"joined 2018-03.. claims 2 witnesses 1\n" },
		{ "a cue alone is a candidate", "2",
			"member .. claims 1 witnesses 1 candidate\n" },
		{ "a rule supports it", "20",
			"joined 2018.. claims 2 witnesses 2\n" },
		{ "a teaser is nobody's own voice", "3",
			"withdrawn ..2022 claims 1 witnesses 1 candidate\n" },
		{ "the strongest claim of leaving dates it", "034",
			"joined 2018..2023 claims 3 witnesses 3\n" },
		{ "who came back has not left", "45",
			"reinstated .. claims 2 witnesses 2\n" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		char path[PATH_ROOM];
		struct store *s = open_new(path);

		begin(s);
		for (const char *c = cases[i].which; *c != '\0'; c++)
			put_release(s, &releases[*c - '0'], "b", "r1", 1);
		commit(s);
		check_facts(s, cases[i].name, cases[i].fact);
		store_close(s);
	}
}

static void
features_are_kept(void **state)
{
	const struct claim_filter all = {
		.kind = -1, .polarity = -1, .zone = -1
	};
	struct error err = { 0 };
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct buffer b;

	(void)state;
	begin(s);
	put_release(s, &releases[0], "b", "r1", 1);
	put_release(s, &releases[2], "b", "r1", 1);
	commit(s);
	buffer_init(&b, 10000);
	assert_int_equal(store_claims(s, &all, keep_features, &b, &err), OK);
	assert_string_equal(b.ptr, "join@1\ncue.member@1 cue.member=0.75\n");
	buffer_release(&b);
	store_close(s);
}

/* Whatever the order and the transactions, the export is the same: facts that
 * grew claim by claim and facts that were read whole are one. */
static void
order_changes_nothing(void **state)
{
	struct buffer first, again;
	uint32_t seed = 20240214;

	(void)state;
	buffer_init(&first, 1 << 20);
	buffer_init(&again, 1 << 20);
	for (int i = 0; i < SHUFFLES; i++) {
		size_t order[ROWS(releases)] = { 0 };
		char path[PATH_ROOM];
		struct store *s = open_new(path);

		for (size_t k = 0; k < ROWS(releases); k++) {
			size_t at = (seed >> 8) % (k + 1);

			order[k] = order[at];
			order[at] = k;
			seed = seed * 1664525 + 1013904223;
		}
		begin(s);
		for (size_t k = 0; k < ROWS(releases); k++) {
			put_release(s, &releases[order[k]], "b", "r1", 1);
			if ((seed >> (k + 9)) & 1) {
				commit(s);
				if ((seed >> (k + 15)) & 1)
					facts_forget(&s->facts);
				begin(s);
			}
		}
		commit(s);
		export_of(s, i == 0 ? &first : &again);
		if (i > 0)
			assert_string_equal(first.ptr, again.ptr);
		store_close(s);
	}
	assert_non_null(strstr(first.ptr, "\"export\":\"fact\""));
	buffer_release(&first);
	buffer_release(&again);
}

static void
twice_is_once(void **state)
{
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct buffer one, two;
	struct record link = { .kind = RECORD_LINK,
		.link = { .url = "u", .page = "p", .source = "s" } };
	struct record problem = { .kind = RECORD_PROBLEM,
		.problem = { .stage = "parse",
			.url = "u",
			.code = PROBLEM_TIMEOUT,
			.message = "m",
			.at = 1 } };

	(void)state;
	buffer_init(&one, 1 << 20);
	buffer_init(&two, 1 << 20);
	for (int i = 0; i < 2; i++) {
		begin(s);
		put_release(s, &releases[0], "b", "r1", 1);
		put(s, &link);
		put(s, &problem);
		commit(s);
		export_of(s, i == 0 ? &one : &two);
	}
	assert_string_equal(one.ptr, two.ptr);
	assert_int_equal(number(s, "SELECT count(*) FROM link"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM problem"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM page"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM claim"), 1);
	assert_int_equal(store_counts(s)->facts_new, 1);
	assert_int_equal(store_counts(s)->facts_changed, 0);
	buffer_release(&one);
	buffer_release(&two);
	store_close(s);
}

/* Other words at the same URL close the old claims and delete none; other
 * rules that find the same leave the day it was recorded. */
static void
newer_pages_and_rules_supersede(void **state)
{
	struct release gone = releases[4];
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	int64_t recorded;

	(void)state;
	gone.url = releases[0].url;
	begin(s);
	put_release(s, &releases[0], "b1", "r1", 1);
	commit(s);
	assert_int_equal(sqlite3_exec(s->db, "UPDATE claim SET recorded_at = 7",
				 NULL, NULL, NULL),
		SQLITE_OK);
	begin(s);
	put_release(s, &releases[0], "b1", "r2", 1);
	commit(s);
	recorded = number(s, "SELECT recorded_at FROM claim WHERE open");
	assert_int_equal(recorded, 7);
	assert_int_equal(number(s, "SELECT count(*) FROM extraction"), 2);
	begin(s);
	put_release(s, &gone, "b2", "r2", 2);
	commit(s);
	check_facts(s, "newer page", "withdrawn ..2023 claims 1 witnesses 1\n");
	assert_int_equal(number(s, "SELECT count(*) FROM claim"), 2);
	assert_int_equal(
		number(s, "SELECT closed_at IS NOT NULL FROM claim WHERE id ="
			  " 'a1'"),
		1);
	/* An older capture that comes late changes nothing. */
	begin(s);
	put_release(s, &releases[1], "b1", "r2", 1);
	put_release(s, &releases[0], "b0", "r2", 0);
	commit(s);
	assert_int_equal(number(s, "SELECT count(*) FROM claim WHERE open"), 2);
	store_close(s);
}

static void
offsets_that_do_not_fit_are_refused(void **state)
{
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct error err = { 0 };
	struct claim claim = { .id = "x", .rule = "r", .end = 4000 };
	struct record r = { .kind = RECORD_EXTRACTION,
		.extraction = { .document = "da1b",
			.rules = "r2",
			.claims = &claim,
			.nclaims = 1 } };

	(void)state;
	begin(s);
	put_release(s, &releases[0], "b", "r1", 1);
	assert_int_equal(store_put(s, &r, &err), ERR_FORMAT);
	r.extraction.document = "nowhere";
	assert_int_equal(store_put(s, &r, &err), ERR_FORMAT);
	commit(s);
	assert_int_equal(number(s, "SELECT count(*) FROM claim"), 1);
	store_close(s);
}

/* What was remembered of a transaction that did not happen is forgotten. */
static void
a_rollback_leaves_nothing(void **state)
{
	char path[PATH_ROOM];
	struct store *s = open_new(path);

	(void)state;
	begin(s);
	put_release(s, &releases[0], "b", "r1", 1);
	store_rollback(s);
	begin(s);
	put_release(s, &releases[0], "b", "r1", 1);
	commit(s);
	check_facts(s, "again", "joined 2018.. claims 1 witnesses 1\n");
	store_close(s);
}

/* No two ids look alike. */
static void
ids_are_told_apart(void **state)
{
	struct release twin = releases[1];
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct error err = { 0 };
	int digits = 0;

	(void)state;
	twin.claim = "a1000000000001";
	begin(s);
	put_release(s, &twin, "b", "r1", 1);
	commit(s);
	assert_int_equal(store_id_digits(s, &digits, &err), OK);
	assert_int_equal(digits, 8);
	twin = releases[2];
	twin.claim = "a1000000000002";
	begin(s);
	put_release(s, &twin, "b", "r1", 1);
	commit(s);
	assert_int_equal(store_id_digits(s, &digits, &err), OK);
	assert_int_equal(digits, 14);
	store_close(s);
}

/* ---- derivation ---- */

#define HISTORIES 20 /* ledgers of the property test */
#define STEPS	  12 /* transactions in each */

static uint32_t
roll(uint32_t *seed, uint32_t sides)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 10) % sides;
}

/* Something that may happen to a ledger: a release at one of a few URLs as a
 * newer or older body, by other rules, or a source of another tier. */
static void
happen(struct store *s, uint32_t *seed)
{
	static const char *const bodies[] = { "b0", "b1", "b2" };
	static const char *const rules[] = { "r1", "r2" };
	struct release rel = releases[roll(seed, ROWS(releases))];
	struct error err = { 0 };
	struct source src = { .name = "s", .enabled = true };
	const struct sources all = { .list = &src, .n = 1 };

	if (roll(seed, 6) == 0) {
		src.tier = (enum source_tier)(1 + roll(seed, 4));
		assert_int_equal(store_put_sources(s, &all, &err), OK);
		return;
	}
	rel.url = releases[roll(seed, 3)].url;
	put_release(s, &rel, bodies[roll(seed, 3)], rules[roll(seed, 2)],
		roll(seed, 5));
}

/* All facts forgotten and read anew from their open claims. */
static void
derive_anew(struct store *s)
{
	struct error err = { 0 };
	int64_t n = number(s, "SELECT count(*) FROM fact");

	facts_forget(&s->facts);
	begin(s);
	for (int64_t i = 1; i <= n; i++)
		assert_int_equal(facts_changed(s, i, &err), OK);
	commit(s);
}

/* Facts that grew step by step are those that all open claims give at once,
 * whatever was put, closed, opened again or weighed anew before. */
static void
facts_need_no_history(void **state)
{
	struct buffer grown, anew;
	uint32_t seed = 8675309;

	(void)state;
	buffer_init(&grown, 1 << 20);
	buffer_init(&anew, 1 << 20);
	for (int h = 0; h < HISTORIES; h++) {
		char path[PATH_ROOM];
		struct store *s = open_new(path);

		assert_int_equal(sqlite3_exec(s->db, "PRAGMA synchronous = OFF",
					 NULL, NULL, NULL),
			SQLITE_OK);
		for (int i = 0; i < STEPS; i++) {
			begin(s);
			for (uint32_t k = roll(&seed, 3) + 1; k > 0; k--)
				happen(s, &seed);
			commit(s);
			export_of(s, &grown);
			derive_anew(s);
			export_of(s, &anew);
			assert_string_equal(grown.ptr, anew.ptr);
		}
		assert_non_null(strstr(grown.ptr, "\"export\":\"fact\""));
		store_close(s);
	}
	buffer_release(&grown);
	buffer_release(&anew);
}

/* ---- schedule and position ---- */

static enum error_code
add_task(const struct task *t, void *ctx, struct error *err)
{
	(void)err;
	return buffer_printf(ctx, "%s %s %s%s%s\n", t->source, t->reason,
		t->url, t->etag != NULL ? " " : "",
		t->etag != NULL ? t->etag : "");
}

static void
what_is_due_is_planned(void **state)
{
	static const struct {
		const char *name;
		int64_t now;
		bool force;
		const char *only, *tasks;
	} cases[] = {
		{ "never tried", 50, false, "b", "b due https://b.example/\n" },
		{ "not yet", 150, false, NULL,
			"b due https://b.example/\na link "
			"https://a.example/1\n" },
		{ "due, with its validator", 170, false, "a",
			"a due https://a.example/ \"v1\"\n"
			"a link https://a.example/1\n" },
		{ "forced, without it", 150, true, "a",
			"a forced https://a.example/\n"
			"a link https://a.example/1\n" },
	};
	struct source list[] = {
		{ .name = "a",
			.url = "https://a.example/",
			.interval = 60,
			.tier = TIER_MEMBER,
			.depth = 1,
			.enabled = true },
		{ .name = "b", .url = "https://b.example/", .enabled = true },
		{ .name = "c", .url = "https://c.example/" },
	};
	const struct sources all = { .list = list, .n = ROWS(list) };
	const char *links[] = { "https://a.example/2", "https://a.example/1" };
	struct record r = { .kind = RECORD_PAGE,
		.page = { .id = "p",
			.body = "b",
			.url = "https://a.example/",
			.source = "a",
			.etag = "\"v1\"",
			.archive = { "f", 0, 1 } } };
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct error err = { 0 };

	(void)state;
	assert_int_equal(store_put_sources(s, &all, &err), OK);
	begin(s);
	put(s, &r);
	for (size_t i = 0; i < ROWS(links); i++) {
		struct record l = { .kind = RECORD_LINK,
			.link = {
				.url = links[i], .page = "p", .source = "a" } };

		put(s, &l);
	}
	/* A link that was fetched is no task any more. */
	r.page.id = "q";
	r.page.url = links[0];
	put(s, &r);
	assert_int_equal(store_source_tried(s, "a", 100, true, &err), OK);
	commit(s);
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct buffer b;

		buffer_init(&b, 10000);
		assert_int_equal(store_plan(s, &all,
					 &(struct plan){ .now = cases[i].now,
						 .force = cases[i].force,
						 .only = cases[i].only },
					 add_task, &b, &err),
			OK);
		CHECK_ROW(cases[i].name,
			span_eq_str(buffer_span(&b), cases[i].tasks));
		buffer_release(&b);
	}
	assert_int_equal(store_plan(s, &all, &(struct plan){ .only = "nobody" },
				 add_task, NULL, &err),
		ERR_NOT_FOUND);
	store_close(s);
}

static void
the_position_goes_with_its_transaction(void **state)
{
	struct archive_position pos = { .file = "one.warc.gz", .offset = 7 };
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	struct error err = { 0 };

	(void)state;
	begin(s);
	assert_int_equal(store_position_set(s, &pos, &err), OK);
	commit(s);
	pos = (struct archive_position){ .file = "two.warc.gz", .offset = 9 };
	begin(s);
	assert_int_equal(store_position_set(s, &pos, &err), OK);
	store_rollback(s);
	assert_int_equal(store_position_get(s, &pos, &err), OK);
	assert_string_equal(pos.file, "one.warc.gz");
	assert_int_equal(pos.offset, 7);
	store_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_become_one_episode),
		cmocka_unit_test(features_are_kept),
		cmocka_unit_test(order_changes_nothing),
		cmocka_unit_test(twice_is_once),
		cmocka_unit_test(newer_pages_and_rules_supersede),
		cmocka_unit_test(offsets_that_do_not_fit_are_refused),
		cmocka_unit_test(a_rollback_leaves_nothing),
		cmocka_unit_test(facts_need_no_history),
		cmocka_unit_test(what_is_due_is_planned),
		cmocka_unit_test(the_position_goes_with_its_transaction),
		cmocka_unit_test(ids_are_told_apart),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
