/* What language a text is in.  Private to parse. */
#ifndef DL_PARSE_LANGUAGE_H
#define DL_PARSE_LANGUAGE_H

#include "words.h"

/* The name of its language (ISO 639-1), borrowed from w or declared; or NULL.
 * declared (may be NULL) is what the page says of itself: it stands unless the
 * words are plainly those of another language, as on pages whose template was
 * made for one.  textcat (may be NULL) is libexttextcat's, for what the words
 * do not tell. */
const char *
language_of(const struct parse_words *w, void *textcat, struct span text,
	const char *declared, struct arena *a);

#endif
