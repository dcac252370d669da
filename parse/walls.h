/*
 * Pages that show no release but what stands in front of it: a request for
 * scripts, for consent or a login, an error.  Private to parse.
 */
#ifndef DL_PARSE_WALLS_H
#define DL_PARSE_WALLS_H

#include "html.h"

/*
 * What the page just read into h and b is instead of a release, or WALL_NONE;
 * *words are the first of those that say so, or empty.  Never a page with some
 * paragraphs of other prose, whatever banners it has.
 */
enum wall
walls_find(const struct html *h, const struct blocks *b, struct span *words);

enum problem_code
walls_problem(enum wall wall);

#endif
