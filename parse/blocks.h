/*
 * The document being made: its text grows block by block.  A block is
 * collected raw and folded when it ends: every Unicode space and line break
 * one U+0020, NFC.  Private to parse.
 */
#ifndef DL_PARSE_BLOCKS_H
#define DL_PARSE_BLOCKS_H

#include "core/core.h"
#include "reason.h"
#include "tree.h"

#define PARSE_WARNINGS_MAX 32
#define LINES_MAX	   4096 /* lines of one block looked at as a list */

struct blocks {
	struct arena *arena;
	struct buffer text; /* of the document, so far */
	struct block *list;
	struct reason *reasons; /* one a block: why it is of its zone */
	size_t n, cap, reasons_cap;
	const char **warnings;
	size_t nwarnings, warnings_cap;
	/* the open block */
	struct buffer raw;
	struct buffer folded;
	size_t links; /* bytes of raw that are links */
	enum block_type type;
	uint8_t level;
	enum zone zone;
	struct reason reason; /* of the zone */
	bool word_kept;	      /* its word is in the arena, not borrowed */
	uint16_t row, column; /* of a cell */
	uint32_t header;
	bool full; /* PARSE_TEXT_MAX or PARSE_BLOCKS_MAX was reached */
};

/* The buffers live as long as the parser and are emptied here. */
void
blocks_init(struct blocks *b, struct arena *a);
void
blocks_release(struct blocks *b);
void
blocks_reset(struct blocks *b, struct arena *a);

/* Say what the text collected next is; ends the open block.  The word of the
 * reason is copied when the block ends. */
enum error_code
blocks_open(struct blocks *b, enum block_type type, uint8_t level,
	enum zone zone, struct reason reason);
/* Block i is of another zone; the reason has no word and no node. */
void
blocks_move(struct blocks *b, size_t i, enum zone zone, struct reason reason);
/* Append to the open block; so much of text is links.  A line break of the
 * layout is U+2028. */
enum error_code
blocks_add(struct blocks *b, struct span text, size_t links);
/* End the open block.  Several short lines become items of a list. */
enum error_code
blocks_end(struct blocks *b);

/* "parse.charset: message", once each. */
enum error_code
blocks_warn(struct blocks *b, enum problem_code code, const char *message);

/* So many places of the text were not valid in that encoding. */
enum error_code
blocks_warn_bad(struct blocks *b, size_t bad, const char *encoding);

struct span
blocks_text(const struct blocks *b, const struct block *k);

#endif
