/* Parts of fetch_url_read().  Private to the room. */
#ifndef DL_FETCH_URL_H
#define DL_FETCH_URL_H

#include "fetch.h"

/*
 * A host as it is asked for: percent-decoded, IDNA2008 (RFC 5891, UTS 46
 * non-transitional), IPv4 in any of its forms as four numbers, IPv6 as RFC
 * 5952 writes it, without brackets.  NULL if it is no host name.
 */
const char *
url_host(struct span raw, struct arena *a, bool *literal);

/* A query parameter that tells of a campaign and not of the page. */
bool
url_is_tracking(struct span name);

#endif
