/*
 * Records between processes of one run: the same as their NDJSON, in bytes
 * that need no reading of text.  Nobody keeps them, so they have no version.
 *
 * A frame is its length, four bytes, and so many bytes: the kind, then the
 * fields of the record in the order of their table.  What comes out is what
 * would have come out of NDJSON: reals have no more digits than there, and
 * taking one is as strict.
 */
#ifndef DL_CORE_WIRE_H
#define DL_CORE_WIRE_H

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

#define WIRE_LENGTH 4 /* bytes of a length */

/* A length as it stands before a frame, or before several. */
void
wire_length_put(char out[WIRE_LENGTH], size_t len);
size_t
wire_length_get(const char *in);

/*
 * Append a frame; a is used for a table meanwhile.  ERR_LIMIT: over
 * RECORD_LINE_MAX, and nothing was appended; ERR_NOMEM.
 */
enum error_code
wire_put(const struct record *r, struct arena *a, struct buffer *out,
	struct error *err);

/*
 * Take the first frame of *rest (not empty), which moves behind it.  Strings
 * of *out borrow from the frame, other memory is a's.  ERR_FORMAT: not what
 * wire_put() writes, or no record; *rest is empty if no further frame can be
 * found.  ERR_LIMIT, ERR_NOMEM.  An extraction's offsets are checked by
 * extraction_check().
 */
enum error_code
wire_take(struct span *rest, struct arena *a, struct record *out,
	struct error *err);

#endif
