/*
 * The CDXJ index beside a WARC file, as replay tools read it: sorted lines of
 * SURT key, time and a JSON object; the first line tells how far it reaches.
 *
 *   !meta 0 {"format":"cdxj","filename":"dateline-00001.warc.gz",
 *	"bytes":"812","lines":"1","bad":"0"}
 *   org,example)/news 20240214123045 {"url":"https://example.org/news",
 *	"mime":"text/html","status":"200","digest":"sha256:...",
 *	"length":"611","offset":"201","filename":"dateline-00001.warc.gz"}
 *
 * (each one line).  It is a cache: made anew from the file whenever it is
 * missing or wrong, and believed only in the very form in which it is written.
 */
#ifndef DL_ARCHIVE_CDXJ_H
#define DL_ARCHIVE_CDXJ_H

#include "index.h"
#include "sorter.h"
#include "warc.h"

#define CDXJ_LINE_MAX SORTER_LINE_MAX /* bytes of a line */

/* "dateline-00001.cdxj" */
void
cdxj_name(uint32_t number, char out[ARCHIVE_NAME_MAX]);

/* What a line says; spans borrow from it. */
struct cdxj_line {
	struct span key;
	struct span time; /* YYYYMMDDhhmmss */
	struct span url;  /* as JSON, with its quotes */
	struct index_row row;
};
bool
cdxj_line_read(struct span line, uint32_t number, struct cdxj_line *out);
/* The line of a record that has one, with its line feed; url_json of the URL
 * that is looked up by it.  Errors stick in out. */
void
cdxj_line_add(const struct warc_header *h, const struct index_row *row,
	struct buffer *out);

/* That line to lines; scratch is used for it.  As sorter_add(). */
enum error_code
cdxj_add(struct sorter *lines, struct buffer *scratch,
	const struct warc_header *h, const struct index_row *row,
	struct error *err);

/* How far an index reaches, by its first line. */
struct cdxj_meta {
	int64_t bytes; /* of the WARC file */
	int64_t lines;
	int64_t bad; /* stretches without a record */
};
bool
cdxj_meta_read(struct span line, uint32_t number, struct cdxj_meta *out);

/*
 * Give the captures that the index of file number has to sink (NULL: to
 * nobody), in order; *meta is how far it reaches.  ERR_FORMAT, and nothing
 * given: there is none, it is not as we write it, or the file, of that size,
 * holds less or has bad stretches.  ERR_NOMEM; what the sink gives.
 */
enum error_code
cdxj_load(int dir, uint32_t number, int64_t size, const struct row_sink *sink,
	struct cdxj_meta *meta, struct error *err);

/*
 * The file has grown from `from` to `to` bytes: add the lines of what came to
 * its index, if that reached there; else, and if a line was not kept, as
 * cdxj_write() does.  No line is left behind.
 */
enum error_code
cdxj_extend(int dir, uint32_t number, int64_t from, int64_t to,
	struct sorter *lines, struct error *err);

/*
 * Write the index of file number, as far as its records are whole, by rename:
 * who reads sees the old one or the new.  anew: without a look at the old.
 */
enum error_code
cdxj_write(int dir, uint32_t number, bool anew, struct error *err);

#endif
