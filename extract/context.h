/*
 * What the parts of a document's context tell one another; what others ask of
 * it is in rules.h.
 * Private to extract.
 */
#ifndef DL_EXTRACT_CONTEXT_H
#define DL_EXTRACT_CONTEXT_H

#include "rules.h"

/* First fitting mention in [start, end), a city before others; or -1. */
int32_t
context_first(
	const struct scan *s, uint32_t start, uint32_t end, unsigned types);

/* context_about.c: fill in the networks by zone, and the main ones.
 * ERR_NOMEM. */
enum error_code
context_about(struct context *x, const struct rules *r, struct scan *s);
/* A name that no table has may be a company's as well as a town's. */
bool
context_is_unknown(const struct mention *m);

/* context_quotes.c: mark the sentences that begin inside a quotation. */
void
context_quotations(struct context *x, const struct scan *s);
/* text[at] of sentence i stands inside one. */
bool
context_is_quoted(
	const struct context *x, const struct scan *s, size_t i, uint32_t at);

#endif
