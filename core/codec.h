/*
 * Records as NDJSON, both ways.
 *
 * Decoding is strict: one object, "v":1, a known "kind", no known key twice,
 * no NUL, at most RECORD_DEPTH_MAX deep, required keys there and of their
 * type, enum values known, lists within their caps, offsets ascending,
 * inside the text and on character bounds.  Unknown keys are ignored, and
 * may come more than once: RFC 8259 section 4 says names SHOULD be unique and
 * leaves to the reader what it does, and nothing is done with these.
 * It goes over the line once and builds no tree (json.h).
 */
#ifndef DL_CORE_CODEC_H
#define DL_CORE_CODEC_H

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

/*
 * Decode one line (without its line feed).  Strings are copied into a.
 * ERR_FORMAT: not a record (err says what and where); ERR_LIMIT: over a cap;
 * ERR_NOMEM.  An extraction's offsets are checked by extraction_check().
 */
enum error_code
record_decode(struct span line, struct arena *a, struct record *out,
	struct error *err);

/*
 * Only the kind, cheaply; false if line does not look like a record.  A
 * stage uses it to pass on what it does not consume.
 */
bool
record_peek(struct span line, enum record_kind *kind);

/*
 * Append the record and a line feed.  Keys come in a fixed order and absent
 * values are left out, so equal records give equal bytes.  ERR_FORMAT: a
 * string that is not UTF-8; ERR_LIMIT: over RECORD_LINE_MAX; ERR_NOMEM.
 */
enum error_code
record_encode(const struct record *r, struct buffer *out, struct error *err);

/*
 * ERR_FORMAT unless every mention and claim of x lies inside doc's text on
 * character bounds and x names doc.
 */
enum error_code
extraction_check(const struct extraction *x, const struct document *doc,
	struct error *err);

/* A list of mentions as JSON, for people. */
enum error_code
mentions_encode(const struct mention *m, size_t n, struct buffer *out,
	struct error *err);
/* One claim as JSON, for the floor of the benchmark. */
enum error_code
claim_encode(const struct claim *c, struct buffer *out, struct error *err);

/*
 * The arguments of one claim as a JSON object, as the ledger keeps them, and
 * back: into c->args and c->nargs.
 */
enum error_code
claim_args_encode(const struct claim *c, struct buffer *out, struct error *err);
enum error_code
claim_args_decode(
	struct span json, struct arena *a, struct claim *c, struct error *err);
/* The same for its features. */
enum error_code
claim_features_encode(
	const struct claim *c, struct buffer *out, struct error *err);
enum error_code
claim_features_decode(
	struct span json, struct arena *a, struct claim *c, struct error *err);

#endif
