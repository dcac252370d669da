/* What a claim says, in few words for a table or a heading. */
#ifndef DL_AUDIT_WORDS_H
#define DL_AUDIT_WORDS_H

#include "core/core.h"

/* Append "joined", "planned: joined", "64 cities from 35 countries": its
 * polarity unless it is asserted, its status, its value. */
void
words_value(const struct flat_claim *c, struct buffer *out);

/* Append "planned: "; nothing for what is asserted. */
void
words_polarity(enum polarity p, struct buffer *out);

/* A name of a table with its underscores as spaces. */
void
words_name(const char *name, struct buffer *out);

#endif
