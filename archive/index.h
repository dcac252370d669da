/* A record's place, as the catalog (catalog.h) and indexes have it; and the
 * names of the files. */
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

/* Whom rows are given to, in archive order.  An error ends it. */
struct row_sink {
	enum error_code (*take)(
		const struct index_row *row, void *ctx, struct error *err);
	void *ctx;
};

/* "dateline-00001.warc.gz", and the number of such a name, 0 if it is none. */
void
archive_file_name(uint32_t number, char out[ARCHIVE_NAME_MAX]);
uint32_t
archive_file_number(const char *name);

#endif
