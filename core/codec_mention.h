/* One mention as JSON, for codec_extraction.c. */
#ifndef DL_CORE_CODEC_MENTION_H
#define DL_CORE_CODEC_MENTION_H

#include "codec_parts.h"

enum error_code
mention_read(struct json_in *in, struct mention *out);
void
mention_put(struct buffer *b, const struct mention *m);

#endif
