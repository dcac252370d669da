/*
 * Where a claim's words stand in the page as fetched: a TextQuoteSelector of
 * the W3C Web Annotation Data Model (section 4.2.4), which tools that mark
 * passages in pages read.
 */
#ifndef DL_AUDIT_SELECTOR_H
#define DL_AUDIT_SELECTOR_H

#include "core/core.h"

#define SELECTOR_CONTEXT 32 /* characters on each side */

/* White space in them is single spaces. */
struct selector {
	struct span exact, prefix, suffix;
};

/*
 * Select text[start, end), which are whole characters of a document.  What is
 * beside it in its block is its context: between blocks a page may have what
 * no document shows.  *out is in a; ERR_NOMEM.
 */
enum error_code
selector_make(struct span text, size_t start, size_t end, struct arena *a,
	struct selector *out, struct error *err);

#endif
