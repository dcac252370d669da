/* A fact on its way out. */
#ifndef DL_AUDIT_FACTS_H
#define DL_AUDIT_FACTS_H

#include "audit.h"

/* Append "joined", or the value of another kind. */
void
fact_value(const struct fact *f, struct buffer *out);

/* Append "A to B", "since A", "until B", or nothing. */
void
fact_period(const struct fact *f, struct buffer *out);

#endif
