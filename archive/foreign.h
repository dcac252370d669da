/*
 * Parts of archive_foreign_next(): what begins at a place in a file of
 * others.  Private to the room.
 */
#ifndef DL_ARCHIVE_FOREIGN_H
#define DL_ARCHIVE_FOREIGN_H

#include "archive/archive.h"

/*
 * Read the header of an ARC record ("URL IP date type length", version 1 of
 * the Internet Archive's format) from bytes; *length is that of the header,
 * *content what it says of the rest, or -1.  False if it is none.
 */
bool
arc_header_read(struct span bytes, struct foreign_record *out, size_t *length,
	int64_t *content);

#endif
