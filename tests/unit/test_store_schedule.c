/* when a source is asked again */
#include "store/internal.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HOUR ((int64_t)3600)
#define DAY  ((int64_t)SCHEDULE_DAY)
#define NOW  ((int64_t)1700000000)

static void
gaps_grow_and_shrink(void **state)
{
	(void)state;
	assert_int_equal(schedule_grow(0, DAY), DAY * 3 / 2);
	assert_int_equal(schedule_grow(DAY, DAY), DAY * 3 / 2);
	assert_int_equal(schedule_grow(89 * DAY, DAY), SCHEDULE_GAP_MAX);
	assert_int_equal(schedule_grow(DAY, 200 * DAY), 200 * DAY);
	assert_int_equal(schedule_shrink(9 * DAY, DAY), 4 * DAY);
	assert_int_equal(schedule_shrink(DAY, DAY), DAY);
	assert_int_equal(schedule_usual(0, HOUR), HOUR);
	assert_int_equal(schedule_usual(4 * HOUR, 8 * HOUR), 5 * HOUR);
}

static void
back_off_doubles_up_to_a_week(void **state)
{
	(void)state;
	assert_int_equal(schedule_backoff(HOUR, 1), HOUR);
	assert_int_equal(schedule_backoff(HOUR, 2), 2 * HOUR);
	assert_int_equal(schedule_backoff(HOUR, 5), 16 * HOUR);
	assert_int_equal(schedule_backoff(HOUR, 9), SCHEDULE_BACKOFF_MAX);
	assert_int_equal(schedule_backoff(HOUR, 1 << 30), SCHEDULE_BACKOFF_MAX);
	assert_int_equal(schedule_backoff(30 * DAY, 3), 30 * DAY);
}

static void
due_is_the_largest_wait_and_some_jitter(void **state)
{
	static const struct {
		const char *name;
		int64_t gap, streak, not_before, want;
	} cases[] = {
		{ "interval", 0, 0, 0, HOUR },
		{ "as learned", 5 * HOUR, 0, 0, 5 * HOUR },
		{ "back-off", 5 * HOUR, 2, 0, 2 * HOUR },
		{ "told to wait", HOUR, 0, NOW + 9 * HOUR, 9 * HOUR },
		{ "told when failing", HOUR, 1, NOW + 9 * HOUR, 9 * HOUR },
		{ "told less", 5 * HOUR, 0, NOW + HOUR, 5 * HOUR },
		{ "told too much", HOUR, 0, NOW + 9000 * DAY,
			SCHEDULE_GAP_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct schedule s = {
			.name = "city",
			.interval = HOUR,
			.gap = cases[i].gap,
			.streak = cases[i].streak,
			.not_before = cases[i].not_before,
			.tried_at = NOW,
		};
		int64_t wait = schedule_due(&s) - NOW;
		int64_t most = cases[i].want / 10 < SCHEDULE_JITTER_MAX
				       ? cases[i].want / 10
				       : SCHEDULE_JITTER_MAX;

		if (wait < cases[i].want || wait > cases[i].want + most)
			fail_msg("%s: %lld", cases[i].name, (long long)wait);
		assert_int_equal(schedule_due(&s) - NOW, wait);
	}
	assert_int_equal(schedule_due(&(struct schedule){
				 .name = "x", .tried_at = SCHEDULE_NEVER }),
		SCHEDULE_NEVER);
}

static void
jitter_parts_sources_and_days(void **state)
{
	struct schedule a = { .name = "a", .interval = DAY, .tried_at = NOW };
	struct schedule b = { .name = "b", .interval = DAY, .tried_at = NOW };
	int64_t first = schedule_due(&a) - NOW;

	(void)state;
	assert_int_not_equal(first, schedule_due(&b) - NOW);
	a.tried_at += DAY;
	assert_int_not_equal(first, schedule_due(&a) - a.tried_at);
}

static void
silence_is_an_alarm_once_a_gap_is_usual(void **state)
{
	struct schedule s = { .interval = HOUR,
		.news = SILENCE_NEWS_MIN,
		.new_at = NOW,
		.usual = DAY };

	(void)state;
	assert_false(schedule_silent(&s, NOW + 4 * DAY));
	assert_true(schedule_silent(&s, NOW + 4 * DAY + 1));
	s.news--;
	assert_false(schedule_silent(&s, NOW + 40 * DAY));
}

/* ---- in the ledger ---- */

static struct source_health health;
static size_t tasks;

static enum error_code
take_health(const struct source_health *h, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	health = *h;
	return OK;
}

static enum error_code
count_task(const struct task *t, void *ctx, struct error *err)
{
	(void)t;
	(void)ctx;
	(void)err;
	tasks++;
	return OK;
}

static void
put(struct store *s, const struct record *r)
{
	struct error err = { 0 };

	assert_int_equal(store_begin(s, &err), OK);
	assert_int_equal(store_put(s, r, &err), OK);
	assert_int_equal(store_commit(s, &err), OK);
}

static void
end_task(struct store *s, const char *url, const char *reason, int64_t at,
	int64_t not_before)
{
	const struct record r = { .kind = RECORD_TASK,
		.task = { .url = url,
			.source = "city",
			.reason = reason,
			.not_before = not_before } };

	clock_set(at);
	put(s, &r);
}

static void
put_page(struct store *s, const char *id, const char *body, int64_t at)
{
	const struct record r = { .kind = RECORD_PAGE,
		.page = { .id = id,
			.body = body,
			.url = "https://a.example/",
			.final_url = "https://a.example/",
			.source = "city",
			.fetched_at = at,
			.archive = { .file = "f", .offset = at } } };

	put(s, &r);
}

static size_t
due(struct store *s, const struct sources *src, int64_t at)
{
	struct error err = { 0 };

	tasks = 0;
	assert_int_equal(store_plan(s, src, &(struct plan){ .now = at },
				 count_task, NULL, &err),
		OK);
	assert_int_equal(
		store_sources_health(s, at, take_health, NULL, &err), OK);
	return tasks;
}

static void
check_source(struct store *s, const struct sources *src)
{
	static const char url[] = "https://a.example/";

	assert_int_equal(due(s, src, NOW), 1);
	assert_int_equal(health.tried_at, 0);
	end_task(s, url, "failed", NOW, NOW + 9 * HOUR);
	assert_int_equal(due(s, src, NOW + 9 * HOUR - 1), 0);
	assert_int_equal(health.streak, 1);
	assert_int_equal(health.success_at, 0);
	assert_int_equal(due(s, src, NOW + 10 * HOUR), 1);
	end_task(s, url, "fetched", NOW + 10 * HOUR, 0);
	put_page(s, "1", "b1", NOW + 10 * HOUR);
	assert_int_equal(due(s, src, NOW + 10 * HOUR), 0);
	assert_int_equal(health.streak, 0);
	assert_int_equal(health.success_at, NOW + 10 * HOUR);
	assert_int_equal(health.new_at, NOW + 10 * HOUR);
	assert_in_range(health.due_at, NOW + 11 * HOUR, NOW + 11 * HOUR + 360);
	/* Not changed: a success, nothing new, and the gap grows. */
	end_task(s, url, "unchanged", NOW + 20 * HOUR, 0);
	put_page(s, "2", "b1", NOW + 20 * HOUR);
	(void)due(s, src, NOW + 20 * HOUR);
	assert_int_equal(health.success_at, NOW + 20 * HOUR);
	assert_int_equal(health.new_at, NOW + 10 * HOUR);
	assert_in_range(health.due_at, NOW + 20 * HOUR + HOUR * 3 / 2,
		NOW + 20 * HOUR + HOUR * 3 / 2 + 540);
	/* Changed: it shrinks again. */
	end_task(s, url, "fetched", NOW + 30 * HOUR, 0);
	put_page(s, "3", "b2", NOW + 30 * HOUR);
	(void)due(s, src, NOW + 30 * HOUR);
	assert_int_equal(health.new_at, NOW + 30 * HOUR);
	assert_in_range(health.due_at, NOW + 31 * HOUR, NOW + 31 * HOUR + 360);
}

static void
check_link(struct store *s, const struct sources *src)
{
	static const char url[] = "https://a.example/1";
	const struct record r = { .kind = RECORD_LINK,
		.link = { .url = url, .page = "1", .source = "city" } };
	const int64_t at = NOW + 30 * HOUR;

	put(s, &r);
	assert_int_equal(due(s, src, at), 1);
	assert_int_equal(health.links, 1);
	end_task(s, url, "failed", at, 0);
	assert_int_equal(due(s, src, at + HOUR - 1), 0);
	assert_int_equal(health.streak, 0);
	for (int i = 0; i < 9; i++)
		end_task(s, url, "failed", at, 0);
	(void)due(s, src, at);
	assert_int_equal(health.links, 0);
}

/* What lists others is asked for again; what says when it changed, then. */
static void
check_listing(struct store *s, const struct sources *src)
{
	static const char url[] = "https://a.example/map";
	struct record r = { .kind = RECORD_LINK,
		.link = { .url = url, .page = "1", .source = "city" } };
	const int64_t at = NOW + 30 * HOUR;

	put(s, &r);
	assert_int_equal(due(s, src, at), 1);
	assert_int_equal(health.links, 1);
	end_task(s, url, "fetched", at, 0);
	assert_int_equal(due(s, src, at), 0);
	r.link.rel = LINK_GUESS;
	put(s, &r);
	assert_int_equal(due(s, src, at), 1);
	assert_int_equal(health.links, 0);
	end_task(s, url, "failed", at, 0);
	assert_int_equal(due(s, src, at + HOUR / 2), 0);
	r.link.rel = LINK_LISTING;
	put(s, &r);
	put(s, &r);
	assert_int_equal(due(s, src, at), 1);
	end_task(s, url, "fetched", at, 0);
	assert_int_equal(due(s, src, at + HOUR - 1), 0);
	assert_int_equal(due(s, src, at + HOUR), 1);
	for (int i = 0; i < 20; i++)
		end_task(s, url, "failed", at, 0);
	assert_int_equal(due(s, src, at + HOUR), 0);
	assert_true(due(s, src, at + 8 * DAY) > 0); /* never given up */
	r.link.lastmod = "2024-02-14";
	put(s, &r);
	end_task(s, url, "fetched", at, 0);
	assert_int_equal(due(s, src, at + HOUR), 0);
	put(s, &r);
	assert_int_equal(due(s, src, at + HOUR), 0);
	r.link.lastmod = "2024-02-15";
	put(s, &r);
	assert_int_equal(due(s, src, at + HOUR / 2), 1);
	end_task(s, url, "fetched", at, 0);
}

static void
what_fetch_tells_moves_the_schedule(void **state)
{
	struct source list[] = { { .name = "city",
		.url = "https://a.example/",
		.tier = TIER_MEMBER,
		.depth = 1,
		.interval = HOUR,
		.enabled = true } };
	const struct sources src = { .list = list, .n = 1 };
	char dir[] = "/tmp/dateline-schedule-XXXXXX", path[64], command[64];
	struct error err = { 0 };
	struct store *s = NULL;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof path, "%s/l.db", dir);
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	assert_int_equal(store_open(path, STORE_WRITE, &s, &err), OK);
	assert_int_equal(store_put_sources(s, &src, &err), OK);
	check_source(s, &src);
	check_link(s, &src);
	check_listing(s, &src);
	clock_set(INT64_MIN);
	store_close(s);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): ours */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_grow_and_shrink),
		cmocka_unit_test(back_off_doubles_up_to_a_week),
		cmocka_unit_test(due_is_the_largest_wait_and_some_jitter),
		cmocka_unit_test(jitter_parts_sources_and_days),
		cmocka_unit_test(silence_is_an_alarm_once_a_gap_is_usual),
		cmocka_unit_test(what_fetch_tells_moves_the_schedule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
