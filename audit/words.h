/* What a claim says, in few words for a table or a heading. */
#ifndef DL_AUDIT_WORDS_H
#define DL_AUDIT_WORDS_H

#include "core/core.h"

/* "Graz", or the person, organisation, place or event it is about; "" if it
 * names none. */
const char *
words_subject(const struct flat_claim *c);

/* Append "joined", "64 cities from 35 countries", "2 in England", ... */
void
words_value(const struct flat_claim *c, struct buffer *out);

/* A name of a table with its underscores as spaces. */
void
words_name(const char *name, struct buffer *out);

#endif
