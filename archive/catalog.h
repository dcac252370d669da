/*
 * The catalog of an archive directory: where every capture stands, told in
 * order to whom it is of use.  It comes from the CDXJ index beside a file as
 * far as that reaches, and from the file itself behind; none of it is kept.
 */
#ifndef DL_ARCHIVE_CATALOG_H
#define DL_ARCHIVE_CATALOG_H

#include "index.h"
#include "warc.h"

struct catalog {
	int dir;	      /* descriptor of the directory */
	struct row_sink sink; /* who is told; take NULL: nobody */
	uint32_t file;	      /* the last file looked into; 0: none yet */
	int64_t end;	      /* behind the last whole record of it */
	int64_t settled;      /* behind the last one that waits for no other */
	int64_t indexed;      /* bytes of it that its index covers */
	bool index_wrong;     /* there is none that is believed */
	int fd;		      /* of `file`, or -1 */
	bool thorough;	      /* inflate and check what no index has */
	struct buffer raw;    /* of the record that is looked at */
};

/* Of the directory whose descriptor that is, which becomes the catalog's. */
void
catalog_init(struct catalog *c, int dir, const struct row_sink *sink);
enum error_code
catalog_open(const char *path, const struct row_sink *sink, struct catalog *c,
	struct error *err);
void
catalog_close(struct catalog *c);

/*
 * One step on: into the next file, whose index is told of, or over one record.
 * *found false: there is nothing more yet.
 */
enum error_code
catalog_step(struct catalog *c, bool *found, struct error *err);
/* All steps that can be gone. */
enum error_code
catalog_refresh(struct catalog *c, struct error *err);
/* Go to before a file, whether it is there or not. */
void
catalog_seek(struct catalog *c, uint32_t number);
/* The number of the last file; 0: there is none. */
uint32_t
catalog_last(const struct catalog *c);

/*
 * Bytes of the last file behind its last settled record: a capture being
 * written, or a torn one.
 */
enum error_code
catalog_tail(const struct catalog *c, int64_t *bytes, struct error *err);

/* The catalog a reader has. */
const struct catalog *
archive_catalog(const struct archive *ar);

/* Open a file of the archive by number; -1 with err. */
int
catalog_open_file(
	const struct catalog *c, uint32_t number, int flags, struct error *err);

/* Read the record at offset: its header (borrowing from raw) and block. */
enum error_code
catalog_read(int fd, int64_t offset, struct buffer *raw, struct warc_header *h,
	struct span *block, int64_t *length, struct error *err);

/* Its header alone, by a look at the first bytes where that is enough. */
enum error_code
catalog_peek(int fd, int64_t offset, struct buffer *raw, struct warc_header *h,
	int64_t *length, struct error *err);

/*
 * What stands at row->offset of fd: role, length and digest of the record, or
 * of the stretch up to the next one.  *h is of a record.  *found false: no
 * whole one there or behind.
 */
enum error_code
catalog_look(int fd, bool thorough, struct buffer *raw, struct warc_header *h,
	struct index_row *row, bool *found, struct error *err);

/* The next place behind `from` where a readable record begins, or -1. */
int64_t
catalog_resync(int fd, int64_t from);

#endif
