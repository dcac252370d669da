/* Text of one line, as metadata are.  Private to parse. */
#ifndef DL_PARSE_LINE_H
#define DL_PARSE_LINE_H

#include "core/core.h"

/* A copy whose runs of spaces and controls are single spaces, none at the
 * ends; NULL without memory. */
const char *
line_fold(struct span text, struct arena *a);

#endif
