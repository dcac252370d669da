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
	char place[ID_HEX]; /* what its records' ids are made of */
};

void
capture_identify(const struct capture *c, struct capture_ids *ids);
/* The same for a body that is not at hand, by its digest in hex. */
void
capture_identify_as(const struct capture *c, const char hex[HASH_HEX],
	struct capture_ids *ids);

/* The records of ids are written from offset of that file on: a page may be
 * fetched more than once in a second, no record has another's id. */
void
capture_place(struct capture_ids *ids, uint32_t file, int64_t offset);

/* Where a body stands already, as its record's header has it; borrowed. */
struct capture_original {
	uint32_t file;
	int64_t offset;
	struct span id, uri, date;
};

/*
 * Append the record of c to out.  original (may be NULL) is where the same
 * body stands already: then the record is a revisit.
 */
enum error_code
capture_write(const struct capture *c, const struct capture_ids *ids,
	const struct capture_original *original, struct buffer *out,
	struct error *err);
/* An answer that says the body of original has not changed; ids has that
 * body's digest. */
enum error_code
capture_write_unchanged(const struct capture *c, const struct capture_ids *ids,
	const struct capture_original *original, struct buffer *out,
	struct error *err);

/* The records that stand before the capture's own, and name it. */
enum error_code
capture_write_request(const struct capture *c, const struct capture_ids *ids,
	struct buffer *out, struct error *err);
bool
capture_has_metadata(const struct capture *c);
enum error_code
capture_write_metadata(const struct capture *c, const struct capture_ids *ids,
	struct buffer *out, struct error *err);
/* What such a record says of its capture, into c. */
enum error_code
capture_part(const struct warc_header *h, struct span block, struct arena *a,
	struct capture *c, struct error *err);

/* Append the warcinfo record that begins a file. */
enum error_code
capture_write_info(const char *file, struct buffer *out, struct error *err);

/* What kind of record it is, and of a body the digest. */
enum record_role
capture_role(const struct warc_header *h, uint8_t digest[HASH_LEN]);

/* Fill page from a record's header; ERR_FORMAT if it is no capture. */
enum error_code
capture_page(const struct warc_header *h, struct arena *a, struct page *page,
	struct error *err);

/* What an index shows of it: media type, and HTTP status or 0. */
void
capture_shown(const struct warc_header *h, struct span *mime, int *status);

/* The server's address, in a, or NULL. */
const char *
capture_ip(const struct warc_header *h, struct arena *a);

/* The payload inside a response's or resource's block. */
struct span
capture_payload(const struct warc_header *h, struct span block);

/* The HTTP head before it, or nothing. */
struct span
capture_head(const struct warc_header *h, struct span block);

/* A revisit's original: file name and offset of ours. */
bool
capture_refers_to(const struct warc_header *h, char file[ARCHIVE_NAME_MAX],
	int64_t *offset);

#endif
