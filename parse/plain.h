/* Plain text becomes blocks, by its shape alone.  Private to parse. */
#ifndef DL_PARSE_PLAIN_H
#define DL_PARSE_PLAIN_H

#include "blocks.h"
#include "words.h"

/*
 * text is valid UTF-8.  Empty lines part blocks; lines of text that was
 * wrapped are joined; a line that is whole is a block of its own; "- x" is an
 * item.  The first line that reads like one is the title, before the text
 * begins; or a short one that the text begins with.  ERR_NOMEM only.
 */
enum error_code
plain_read(const struct parse_words *words, struct span text, struct blocks *b);

/* Bytes of what marks line as an item, "- ", "1. " or "a) "; 0: it is none. */
size_t
plain_item_mark(struct span line);
/* Words enough, no sentence, not all a date or an address. */
bool
plain_reads_like_title(struct span text);

#endif
