/* When a source is asked again: arithmetic, no state of its own. */
#ifndef DL_STORE_SCHEDULE_H
#define DL_STORE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_DAY	     86400
#define SCHEDULE_GAP_MAX     (90 * (int64_t)SCHEDULE_DAY)
#define SCHEDULE_BACKOFF_MAX (7 * (int64_t)SCHEDULE_DAY)
#define SCHEDULE_JITTER_MAX  3600
#define SCHEDULE_NEVER	     INT64_MIN
#define SILENCE_FACTOR	     4 /* usual gaps without anything new */
#define SILENCE_NEWS_MIN     4 /* before that no gap is usual */

/* What is known of one source.  Times in Unix seconds, or SCHEDULE_NEVER. */
struct schedule {
	const char *name;
	int64_t interval;   /* as configured */
	int64_t gap;	    /* as learned; 0: nothing yet */
	int64_t tried_at;   /* the last request that ended */
	int64_t not_before; /* Retry-After, max-age, Expires; 0: none */
	int64_t streak;	    /* failures in a row */
	int64_t new_at;	    /* the last page that was new */
	int64_t usual;	    /* seconds between such pages */
	int64_t news;	    /* how many there were */
};

/*
 * When it is due: the gap, or the back-off, behind the last request, and not
 * before the other side said, at most SCHEDULE_GAP_MAX off; and a tenth of
 * the wait as jitter, by name and day, so that sources part but a source
 * always gets the same.  INT64_MIN: was never asked.
 */
int64_t
schedule_due(const struct schedule *s);
/* The gap after a request that found nothing new, and after one that did. */
int64_t
schedule_grow(int64_t gap, int64_t interval);
int64_t
schedule_shrink(int64_t gap, int64_t interval);
/* Seconds that n >= 1 failures in a row keep it from being asked. */
int64_t
schedule_backoff(int64_t interval, int64_t n);
/* The usual gap between new pages, when the next came after `gap`. */
int64_t
schedule_usual(int64_t usual, int64_t gap);
/* Nothing new for SILENCE_FACTOR usual gaps. */
bool
schedule_silent(const struct schedule *s, int64_t now);

#endif
