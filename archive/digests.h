/*
 * Where the first record of each body stands, by the body's digest: a hash
 * table in a file of no name, so that what an archive holds takes no memory.
 * A writer makes it of the catalog when it first looks for one.
 */
#ifndef DL_ARCHIVE_DIGESTS_H
#define DL_ARCHIVE_DIGESTS_H

#include "index.h"

struct digests {
	int dir;	    /* whose file system the table is on */
	int fd;		    /* of the table; -1: nothing was added yet */
	uint64_t nslots;    /* a power of two */
	uint64_t n;	    /* that are used: at most half */
	bool many;	    /* so the table is mapped while it is filled */
	struct cell *cells; /* then; or NULL */
};

/* dir is borrowed. */
void
digests_init(struct digests *d, int dir);
void
digests_release(struct digests *d);

/* The body of that digest begins at offset of file; if it is known already,
 * nothing.  ERR_IO; ERR_LIMIT over INDEX_ROWS_MAX. */
enum error_code
digests_add(struct digests *d, const uint8_t digest[HASH_LEN], uint32_t file,
	int64_t offset, struct error *err);

/* Before the first is added: many will be, and after them come a few. */
void
digests_many(struct digests *d);
void
digests_rest(struct digests *d);

/*
 * Where that stands; *file 0: no such body.  Half of the digest is not kept, so
 * whoever needs to be sure looks at the record.  ERR_IO.
 */
enum error_code
digests_find(const struct digests *d, const uint8_t digest[HASH_LEN],
	uint32_t *file, int64_t *offset, struct error *err);

#endif
