/* The clock.  Everything asks here, so that tests can set it. */
#ifndef DL_CORE_CLOCK_H
#define DL_CORE_CLOCK_H

#include <stdint.h>

/* Unix seconds, UTC. */
int64_t
clock_now(void);
/* Milliseconds since some moment; never goes back. */
int64_t
clock_monotonic_ms(void);
/* Freeze clock_now() at t; INT64_MIN lets it run again. */
void
clock_set(int64_t unix_seconds);

#endif
