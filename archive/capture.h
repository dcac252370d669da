/* A capture as a WARC record, and back: the archive alone tells the page. */
#ifndef DL_ARCHIVE_CAPTURE_H
#define DL_ARCHIVE_CAPTURE_H

#include "archive/archive.h"
#include "index.h"
#include "warc.h"

/* Most bytes of one record, inflated: a body and two headers. */
#define CAPTURE_RECORD_MAX                                                     \
	(ARCHIVE_BODY_MAX + 2 * ARCHIVE_HEADER_MAX + ((size_t)256 << 10))

/* The record before it is written: what page says of it, and its digest. */
struct capture_ids {
	char id[ID_HEX];
	char hex[HASH_HEX];
	uint8_t digest[HASH_LEN];
};

void
capture_identify(const struct capture *c, struct capture_ids *ids);

/*
 * Append the record of c to out.  original (may be NULL) is where the same
 * body stands already: then the record is a revisit.
 */
enum error_code
capture_write(const struct capture *c, const struct capture_ids *ids,
	const struct index_row *original, struct buffer *out,
	struct error *err);

/* Append the warcinfo record that begins a file. */
enum error_code
capture_write_info(const char *file, struct buffer *out, struct error *err);

/* What kind of record it is, and for captures the payload's digest. */
enum record_role
capture_role(const struct warc_header *h, uint8_t digest[HASH_LEN]);

/* Fill page from a record's header; ERR_FORMAT if it is no capture. */
enum error_code
capture_page(const struct warc_header *h, struct arena *a, struct page *page,
	struct error *err);

/* The payload inside a response's or resource's block. */
struct span
capture_payload(const struct warc_header *h, struct span block);

/* A revisit's original: file name and offset of ours. */
bool
capture_original(const struct warc_header *h, char file[ARCHIVE_NAME_MAX],
	int64_t *offset);

#endif
