/*
 * "/[A-Z]{3,}/" in a pattern: one word as it is written, all of which a
 * regular expression of PCRE2 matches, with its capitals.  A sentence is
 * units, so the pattern has a callout there, which looks at the word itself.
 * Private to extract.
 */
#ifndef DL_EXTRACT_RAWS_H
#define DL_EXTRACT_RAWS_H

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include "core/core.h"

#define RAWS_MAX	64  /* of all rules */
#define RAW_UNITS	256 /* of a word in UTF-16; a longer one is none */
#define RAW_MATCH_LIMIT 10000

struct annotated; /* rules.h */
struct raws;

struct raws *
raws_new(void);
void
raws_free(struct raws *r);
/* One that is there already has its number; ERR_CONFIG with the reason;
 * ERR_NOMEM. */
enum error_code
raws_add(struct raws *r, struct span regex, size_t *number, struct error *err);
/* What a callout that is a string says, "number": 0, the unit before it is
 * such a word of text; 1, it is not. */
int
raws_ask(const struct raws *r, pcre2_match_data *data,
	const struct annotated *n, struct span text,
	const pcre2_callout_block *b);

#endif
