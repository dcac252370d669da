/*
 * Who publishes a page.  Private to parse.
 */
#ifndef DL_PARSE_PUBLISHER_H
#define DL_PARSE_PUBLISHER_H

#include "core/core.h"

#define PUBLISHER_MAX 160 /* bytes of a name */

/* Add a name that the page gives; an address or a number is left out, and so
 * is what was said already in the same way.  from is static.  Strings are in a.
 * ERR_NOMEM only. */
enum error_code
publisher_add(struct document *doc, struct span name, enum date_basis basis,
	const char *from, struct arena *a);

/* The first that was added is taken; the name of the site is one as well, the
 * last.  ERR_NOMEM only. */
enum error_code
publisher_settle(struct document *doc, struct arena *a);

#endif
