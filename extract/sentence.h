/* Blocks to sentences.  Private to extract. */
#ifndef DL_EXTRACT_SENTENCE_H
#define DL_EXTRACT_SENTENCE_H

#include "scan.h"

#define SENTENCES_MAX 400000 /* of one document */

/*
 * Fill s->sentences from the document's blocks.  A full stop, "!", "?" or
 * ";" of a list ends one when a space and an upper-case letter, digit or
 * opening quote follow, unless a title or initial stands before it.
 */
enum error_code
sentences_split(struct scan *s);

/* The bytes of a footnote's mark, "[12]", that rest begins with; or 0. */
size_t
sentence_footnote(struct span rest);

#endif
