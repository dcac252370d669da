/*
 * The mentions of a document as one compact value, as the ledger keeps them:
 * a tenth of their JSON.  A string is written where it first comes and is a
 * number from then on; the words are not kept, they stand in the text.
 */
#ifndef DL_CORE_PACK_H
#define DL_CORE_PACK_H

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

/* Append to *out; a is used for a table meanwhile.  Reals are rounded to what
 * JSON says of them.  ERR_LIMIT, ERR_NOMEM. */
enum error_code
mentions_pack(const struct mention *m, size_t n, struct arena *a,
	struct buffer *out, struct error *err);

/*
 * And back, into a.  ERR_FORMAT: not what mentions_pack() writes; ERR_LIMIT;
 * ERR_NOMEM.  Offsets ascend; whether they lie in the text is
 * extraction_check()'s to say.
 */
enum error_code
mentions_unpack(struct span packed, struct arena *a, struct mention **out,
	size_t *n, struct error *err);

#endif
