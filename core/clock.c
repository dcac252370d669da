#include "clock.h"

#include <time.h>

static int64_t frozen = INT64_MIN;

int64_t
clock_now(void)
{
	struct timespec ts;

	if (frozen != INT64_MIN)
		return frozen;
	if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
		return 0;
	return ts.tv_sec;
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		return 0;
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
clock_set(int64_t unix_seconds)
{
	frozen = unix_seconds;
}
