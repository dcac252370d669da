/* What tests of the writer set; no other room does. */
#ifndef DL_ARCHIVE_WRITER_H
#define DL_ARCHIVE_WRITER_H

#include "archive/archive.h"

/* A new file begins when the last one has reached so many bytes. */
void
archive_writer_set_file_max(struct archive_writer *w, int64_t bytes);

#endif
