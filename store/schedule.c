#include "schedule.h"

#include <stdio.h>

#include "core/core.h"

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t
schedule_grow(int64_t gap, int64_t interval)
{
	gap = larger(gap, interval);
	return larger(smaller(gap + gap / 2, SCHEDULE_GAP_MAX), interval);
}

/* The request that found it made the gap grow first: 3/2 * 4/9 = 2/3. */
int64_t
schedule_shrink(int64_t gap, int64_t interval)
{
	return larger(gap * 4 / 9, interval);
}

int64_t
schedule_backoff(int64_t interval, int64_t n)
{
	int64_t wait = interval;

	while (--n > 0 && wait < SCHEDULE_BACKOFF_MAX)
		wait *= 2;
	return larger(smaller(wait, SCHEDULE_BACKOFF_MAX), interval);
}

int64_t
schedule_usual(int64_t usual, int64_t gap)
{
	return usual > 0 ? (3 * usual + gap) / 4 : gap;
}

static int64_t
jitter(const char *name, int64_t at, int64_t wait)
{
	char id[ID_HEX], day[32];
	int64_t range = smaller(wait / 10, SCHEDULE_JITTER_MAX);
	uint32_t n = 0;

	(void)snprintf(day, sizeof day, "%lld", (long long)at / SCHEDULE_DAY);
	hash_id((const struct span[]){ span_str(name), span_str(day) }, 2, id);
	for (int i = 0; i < 7; i++)
		n = n * 16 +
		    (uint32_t)(id[i] <= '9' ? id[i] - '0' : id[i] - 'a' + 10);
	return range > 0 ? (int64_t)n % range : 0;
}

int64_t
schedule_due(const struct schedule *s)
{
	int64_t wait;

	if (s->tried_at == SCHEDULE_NEVER)
		return SCHEDULE_NEVER;
	wait = s->streak > 0 ? schedule_backoff(s->interval, s->streak)
			     : larger(s->gap, s->interval);
	if (s->not_before > s->tried_at)
		wait = larger(wait,
			smaller(s->not_before - s->tried_at, SCHEDULE_GAP_MAX));
	return s->tried_at + wait + jitter(s->name, s->tried_at, wait);
}

bool
schedule_silent(const struct schedule *s, int64_t now)
{
	return s->news >= SILENCE_NEWS_MIN && s->new_at != SCHEDULE_NEVER &&
	       now - s->new_at > SILENCE_FACTOR * larger(s->usual, s->interval);
}
