/* Civil days in the time zones of sources.  Private to parse. */
#ifndef DL_PARSE_TZ_H
#define DL_PARSE_TZ_H

#include "core/core.h"

struct tz;

/* name is IANA's, "Europe/Vienna".  NULL if the system does not know it.
 * Reads a file: a sandboxed worker cannot. */
struct tz *
tz_open(const char *name);
void
tz_close(struct tz *z);

/* The day it is there at that moment. */
struct civil
tz_day(struct tz *z, int64_t unix_seconds);

#endif
