/*
 * Where captures stand, in memory, in archive order; and the first record of
 * each body by its digest.  It is made of the files and of the CDXJ index
 * beside each, see catalog.h.
 */
#ifndef DL_ARCHIVE_INDEX_H
#define DL_ARCHIVE_INDEX_H

#include "archive/archive.h"

#define INDEX_ROWS_MAX	  50000000 /* captures of an archive */
#define ARCHIVE_FILES_MAX 99999

enum record_role {
	ROLE_OTHER,	/* warcinfo, and what is not ours */
	ROLE_PART,	/* request or metadata of the capture behind it */
	ROLE_BODY,	/* a capture with its body */
	ROLE_REVISIT,	/* a capture whose body stands elsewhere */
	ROLE_UNCHANGED, /* the server says so (304): no capture */
	ROLE_BAD	/* a stretch of a file without a readable record */
};
/* What archive_next() hands out; of a bad stretch, too, somebody is told. */
bool
role_is_capture(enum record_role role);

struct index_row {
	uint32_t file; /* number in the name */
	enum record_role role;
	int64_t offset;
	int64_t length;
	uint8_t digest[HASH_LEN]; /* of the payload, captures only */
};

struct index {
	struct index_row *rows;
	size_t n, room;
	uint32_t *buckets; /* row + 1 by digest of ROLE_BODY rows; 0 is free */
	size_t nbuckets;   /* a power of two */
};

void
index_release(struct index *x);
enum error_code
index_add(struct index *x, const struct index_row *row, struct error *err);
/* The first body with that digest, or NULL. */
const struct index_row *
index_find(const struct index *x, const uint8_t digest[HASH_LEN]);

/* "dateline-00001.warc.gz", and the number of such a name, 0 if it is none. */
void
archive_file_name(uint32_t number, char out[ARCHIVE_NAME_MAX]);
uint32_t
archive_file_number(const char *name);

#endif
