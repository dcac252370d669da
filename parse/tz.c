#include "tz.h"

#include <glib.h>

/* A GTimeZone by another name: GLib's header stays here. */
static GTimeZone *
inner(struct tz *z)
{
	return (GTimeZone *)(void *)z;
}

struct tz *
tz_open(const char *name)
{
	return (struct tz *)(void *)g_time_zone_new_identifier(name);
}

void
tz_close(struct tz *z)
{
	if (z != NULL)
		g_time_zone_unref(inner(z));
}

struct civil
tz_day(struct tz *z, int64_t at)
{
	gint i = g_time_zone_find_interval(inner(z), G_TIME_TYPE_UNIVERSAL, at);
	int64_t local = at + (i >= 0 ? g_time_zone_get_offset(inner(z), i) : 0);
	int64_t days = local / 86400 - (local % 86400 < 0);

	return civil_from_days(days);
}
