/*
 * Days of publication that only a page's scripts name, in what they fill the
 * page from.  Private to parse.
 */
#ifndef DL_PARSE_SCRIPTS_H
#define DL_PARSE_SCRIPTS_H

#include "dates.h"
#include "tz.h"

/*
 * Add to out, as hinted, the first day that stands behind a name of
 * publication anywhere in page: "datePublished":"2024-02-14",
 * &quot;published_at&quot;:&quot;..., publishDate = '...'.
 */
void
scripts_read(const struct parse_words *w, struct span page, struct tz *zone,
	struct dates *out);

#endif
