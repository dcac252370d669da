/*
 * Content codings (RFC 9110 section 8.4.1) undone as the bytes arrive, so
 * that what is decoded can be counted and a body that breaks off is seen:
 * libcurl 7.88 takes a cut gzip body for a whole one.  Private to the room.
 */
#ifndef DL_FETCH_DECODE_H
#define DL_FETCH_DECODE_H

#include "core/core.h"

#define DECODE_CODINGS "gzip, deflate, br" /* for Accept-Encoding */
#define DECODE_RATIO   100		   /* decoded bytes for one received */
#define DECODE_FREE    ((size_t)1 << 20)   /* decoded before the ratio counts */

struct decoder;

/* NULL without memory. */
struct decoder *
decoder_new(void);
void
decoder_free(struct decoder *d);

/*
 * Begin a body whose Content-Encoding is coding (empty: as it is).  False if
 * the coding is unknown, or one of several.
 */
bool
decoder_begin(struct decoder *d, struct span coding);

/*
 * Decode the next bytes to the end of out.  ERR_FORMAT: not of that coding;
 * ERR_LIMIT: over out's cap, or more than DECODE_RATIO times what came in;
 * ERR_NOMEM.
 */
enum error_code
decoder_add(struct decoder *d, struct span bytes, struct buffer *out);

/* The coded body is whole. */
bool
decoder_complete(const struct decoder *d);

#endif
