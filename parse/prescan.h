/* The encoding a page declares in its first bytes.  Private to parse. */
#ifndef DL_PARSE_PRESCAN_H
#define DL_PARSE_PRESCAN_H

#include "core/core.h"

/*
 * The label of the first <meta> that gives one whose encoding is known, as
 * WHATWG HTML 13.2.3.2 "prescan a byte stream" finds it, or of an XML
 * declaration; empty without.  known says which labels count.
 */
struct span
prescan_label(struct span head, bool (*known)(struct span label));

#endif
