/* WARC 1.1 records (ISO 28500:2017) as bytes: header fields and block. */
#ifndef DL_ARCHIVE_WARC_H
#define DL_ARCHIVE_WARC_H

#include "core/core.h"

#define WARC_FIELDS_MAX 64

struct warc_field {
	struct span name, value;
};

/* A header as read; spans borrow from the bytes it was read from. */
struct warc_header {
	struct warc_field fields[WARC_FIELDS_MAX];
	size_t n;
	size_t length; /* bytes of the header, the empty line included */
	int64_t content_length;
};

/* False unless bytes begin with a whole, well-formed WARC header, of
 * version 1.x or of the drafts 0.x. */
bool
warc_header_read(struct span bytes, struct warc_header *h);

/* Value of a field, names compared without case; ptr NULL if absent. */
struct span
warc_field(const struct warc_header *h, const char *name);

/*
 * Append one field; a value with control bytes is refused (ERR_FORMAT), an
 * absent one (NULL) is left out.
 */
enum error_code
warc_field_add(struct buffer *b, const char *name, const char *value,
	struct error *err);

#endif
