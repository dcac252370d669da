/* The files of the codec to each other. */
#ifndef DL_CORE_CODEC_PARTS_H
#define DL_CORE_CODEC_PARTS_H

#include "json.h"
#include "json_out.h"

/* "v" and "kind" were read before the table is gone through; here it is only
 * seen that they come once. */
#define RECORD_HEAD                                                            \
	{ "v", 1, json_ignore, 0, false },                                     \
	{                                                                      \
		"kind", 4, json_ignore, 0, false                               \
	}

/* codec_document.c, codec_extraction.c; encoders write the keys only. */
enum error_code
document_decode(struct json_in *in, struct document *out);
void
document_encode(const struct document *d, struct buffer *out);
enum error_code
extraction_decode(struct json_in *in, struct extraction *out);
void
extraction_encode(const struct extraction *x, struct buffer *out);

/* ERR_FORMAT: the hash is not of the text, or a block does not stand in it. */
enum error_code
document_check(const struct document *d, struct error *err);
/* Such a name of a feature is written again as it is. */
bool
claim_is_feature(struct span name);

/* A reader of enum date_basis. */
json_reader read_basis;

#endif
