/* A fact on its way out. */
#ifndef DL_AUDIT_FACTS_H
#define DL_AUDIT_FACTS_H

#include "audit.h"

/* Append "joined", "planned: joined", "maybe: member" for a candidate, or the
 * value of another kind. */
void
fact_value(const struct fact *f, struct buffer *out);

/* Append "A to B", "since A", "until B" of a membership, the date of another
 * kind, or nothing. */
void
fact_period(const struct fact *f, struct buffer *out);

#endif
