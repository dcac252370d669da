/*
 * The chain of one claim, from its value back to its source, each link
 * verified anew from what the ledger and the archive hold.
 */
#ifndef DL_AUDIT_CHAIN_H
#define DL_AUDIT_CHAIN_H

#include "audit.h"

#define CHAIN_CONTEXT_MAX 240 /* characters shown beside the quoted words */

enum chain_link {
	LINK_VALUE,
	LINK_RULE,
	LINK_MENTIONS,
	LINK_WORDS,
	LINK_DOCUMENT,
	LINK_ARCHIVE,
	LINK_SOURCE,
	CHAIN_LINKS
};

/* text[mark, mark_end) are the quoted words; both 0 without. */
struct chain_line {
	struct span text;
	size_t mark, mark_end;
};

struct link_state {
	struct chain_line *lines; /* what the link is */
	size_t nlines, lines_cap;
	const char **reasons; /* why it does not hold; none: it holds */
	size_t nreasons, reasons_cap;
};

struct chain {
	struct link_state links[CHAIN_LINKS];
	struct arena *arena;
	bool failed; /* something could not be said: no memory */
};

/* An archive that may not be there. */
struct chain_archive {
	struct archive *archive; /* NULL: cannot be opened */
	struct error why;
};

const char *
chain_link_name(enum chain_link l);
/* Links that do not hold. */
int
chain_broken(const struct chain *c);

/*
 * Verify x; *c is in a and borrows from x.  What does not hold is a reason
 * of its link; only ERR_NOMEM and ERR_LIMIT (of a) are errors.
 */
enum error_code
chain_verify(const struct explanation *x, struct chain_archive *archive,
	struct arena *a, struct chain *c, struct error *err);

/* The claim's words are in the text and cut no character. */
bool
chain_has_words(const struct explanation *x);

/* For the parts, in chain_words.c; without memory they set c->failed. */
void
chain_say(struct chain *c, enum chain_link l, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void
chain_quote(struct chain *c, enum chain_link l, struct span text, size_t mark,
	size_t mark_end);
void
chain_break(struct chain *c, enum chain_link l, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void
chain_value(struct chain *c, const struct explanation *x);
void
chain_mentions(struct chain *c, const struct explanation *x);
void
chain_words(struct chain *c, const struct explanation *x);

#endif
