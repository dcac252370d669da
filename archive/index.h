/*
 * The index: where records stand, as a cache.  It is never believed without
 * the files: what it says beyond a file's end is forgotten, and what it does
 * not say is scanned.
 */
#ifndef DL_ARCHIVE_INDEX_H
#define DL_ARCHIVE_INDEX_H

#include "archive/archive.h"

#define INDEX_NAME	  "index.ndjson"
#define INDEX_LINE_MAX	  512	   /* bytes of a line */
#define INDEX_ROWS_MAX	  50000000 /* records of an archive */
#define ARCHIVE_FILES_MAX 99999

/* ROLE_BAD is a stretch of a file that holds no readable record. */
enum record_role { ROLE_OTHER, ROLE_BODY, ROLE_REVISIT, ROLE_BAD };

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

/* One row as a line with its line feed, and back. */
void
index_line_write(const struct index_row *row, char out[INDEX_LINE_MAX]);
bool
index_line_read(struct span line, struct index_row *row);

/* "dateline-00001.warc.gz", and the number of such a name, 0 if it is none. */
void
archive_file_name(uint32_t number, char out[ARCHIVE_NAME_MAX]);
uint32_t
archive_file_number(const char *name);

#endif
