/*
 * archive: every capture, in order, in WARC 1.1 files with one gzip member
 * a record.  The archive is the queue between fetch and the store.
 *
 * A directory holds dateline-00001.warc.gz, dateline-00002.warc.gz, ...;
 * beside each its CDXJ index, dateline-00001.cdxj, a cache that is made anew
 * from the file whenever it is missing or wrong.
 *
 * A capture is its last record: response, resource or revisit.  Before it
 * stand a metadata record, with what led there, and the request, if there are
 * any; so a capture that is whole has all that belongs to it.
 */
#ifndef DL_ARCHIVE_ARCHIVE_H
#define DL_ARCHIVE_ARCHIVE_H

#include "core/core.h"

#define ARCHIVE_FILE_MAX   ((int64_t)1 << 30) /* bytes; then a new file */
#define ARCHIVE_BODY_MAX   ((size_t)64 << 20) /* bytes of a body read back */
#define ARCHIVE_HEADER_MAX ((size_t)64 << 10) /* WARC header of a record */
#define ARCHIVE_NAME_MAX   64		      /* of a file, NUL included */

/* The place behind a record; {"", 0} is the beginning of the archive. */
struct archive_position {
	char file[ARCHIVE_NAME_MAX];
	int64_t offset;
};

/* < 0, 0, > 0 in archive order. */
int
archive_position_cmp(
	const struct archive_position *a, const struct archive_position *b);

/* What fetch hands over.  Everything is borrowed for the call. */
struct capture {
	const char *url;
	const char *final_url;
	const char *source;
	int64_t fetched_at;
	int status; /* HTTP; 0 for a local file ("resource") */
	const char *media_type;
	const char *charset;
	const char *etag;
	const char *last_modified;
	struct span
		headers; /* HTTP status line and fields as received, or empty */
	struct span body; /* decoded bytes */
	bool once;	/* not again if the same capture stands there already */
	const char *ip; /* address of the server, or NULL */
	struct span request; /* HTTP, as sent, without secrets; or empty */
	/* What led there; all may be absent. */
	const char *via;       /* URL of what pointed to it */
	const char *redirects; /* "STATUS URL" of each hop, a line each */
	const char *tier;      /* of its source, as configured at the time */
	int64_t took_ms;
};

/* ---- append (one process at a time) ---- */

struct archive_writer;

/*
 * Open dir for appending, making it (mode 0700) if need be: takes the lock
 * (ERR_BUSY if another writer has it), cuts a torn tail off the last file
 * and completes the index.  What was cut is told by
 * archive_writer_cut() in bytes.
 */
enum error_code
archive_writer_open(
	const char *dir, struct archive_writer **out, struct error *err);
int64_t
archive_writer_cut(const struct archive_writer *w);

/*
 * Append one capture: response (HTTP) or resource (file); `revisit` with
 * the identical-payload-digest profile when a body of that digest stands in
 * the archive already.  *page is filled, its strings in a, its archive
 * reference pointing at the new record.  Not durable before
 * archive_writer_sync().
 */
enum error_code
archive_append(struct archive_writer *w, const struct capture *c,
	struct arena *a, struct page *page, struct error *err);

/*
 * Append that the server says (304) the capture whose body has that digest
 * ("sha256:hex") has not changed: a `revisit` with the server-not-modified
 * profile, which is no capture.  c has the answer's headers and no body.  OK
 * without a record if no such body stands in the archive.
 */
enum error_code
archive_append_unchanged(struct archive_writer *w, const struct capture *c,
	const char *digest, struct error *err);

/* fdatasync what was appended; call before pages are passed on. */
enum error_code
archive_writer_sync(struct archive_writer *w, struct error *err);
/* Bring the index up to date and end. */
void
archive_writer_close(struct archive_writer *w);

/* Write every index anew, as `dateline archive index`; *files is how many. */
enum error_code
archive_index(const char *dir, uint32_t *files, struct error *err);

/* ---- read (any number of processes) ---- */

struct archive;

/* ERR_NOT_FOUND if dir does not exist. */
enum error_code
archive_open(const char *dir, struct archive **out, struct error *err);
void
archive_close(struct archive *ar);

/*
 * Next capture behind *at in archive order: its place (arena-free, inside
 * *ref's file buffer) and nothing more, cheaply, by the index.  *at moves
 * behind it, or into a file that has none yet.  OK with *found false at the
 * end.  New records appended by a
 * writer are seen on the next call.  Records that are not captures
 * (warcinfo, metadata, request) are stepped over.
 */
struct archive_entry {
	char file[ARCHIVE_NAME_MAX];
	int64_t offset;
	int64_t length;
};
enum error_code
archive_next(struct archive *ar, struct archive_position *at,
	struct archive_entry *entry, bool *found, struct error *err);

/*
 * The capture at entry, with its body (a revisit's body is taken from the
 * record it refers to).  Strings, headers and body live in a.  ERR_FORMAT:
 * no WARC record there, or bad gzip; its digest is checked against the body
 * and ERR_FORMAT says so.  ERR_LIMIT: body over ARCHIVE_BODY_MAX.
 */
enum error_code
archive_read(struct archive *ar, const char *file, int64_t offset,
	struct arena *a, struct page *page, struct span *body,
	struct error *err);

/*
 * All that was written with the capture at entry, its body too, in a.  from is
 * the place behind the capture before it, as archive_next() had it: there its
 * request and metadata begin.  Errors as archive_read().
 */
enum error_code
archive_read_all(struct archive *ar, const struct archive_position *from,
	const struct archive_entry *entry, struct arena *a, struct capture *out,
	struct error *err);

/*
 * The newest capture of url, written as fetch writes URLs, at or before the
 * time (Unix seconds); found by the indexes.  *found false: there is none.
 * ERR_FORMAT: an index is not of its file.
 */
enum error_code
archive_find(struct archive *ar, const char *url, int64_t at,
	struct archive_entry *entry, bool *found, struct error *err);

/* What `dateline archive verify` and `list` show of one record. */
struct archive_record {
	char file[ARCHIVE_NAME_MAX];
	int64_t offset, length;
	const char *type; /* response, resource, revisit, warcinfo ... */
	const char *id;	  /* WARC-Record-ID */
	const char *uri;
	const char *date;
	const char *digest; /* "sha256:hex" of the payload, or NULL */
	int64_t content_length;
	enum error_code code; /* OK or what is wrong with it */
	const char *message;
};
/*
 * Call visit for every record of every file (or only of file, if not NULL),
 * inflating and checking each digest; a bad record is reported and the scan
 * goes on behind it where it can.  visit returns false to stop.
 */
enum error_code
archive_scan(struct archive *ar, const char *file,
	bool (*visit)(const struct archive_record *r, void *ctx), void *ctx,
	struct error *err);

/* ---- archives that others made: WARC 0.17 to 1.1, ARC; plain or gzip ---- */

struct foreign;

/* One record as it stands there; spans and strings live until the next. */
struct foreign_record {
	int64_t offset, length; /* bytes of the file: the record, its member */
	char type[32];		/* response, resource, warcinfo ... */
	const char *uri;	/* or NULL */
	const char *id;		/* WARC-Record-ID, or NULL */
	int64_t time;		/* Unix seconds, UTC; 0 unknown */
	const char *content_type; /* of the block, or NULL */
	struct span block;	  /* an HTTP message, or the body itself */
	enum error_code code;	  /* OK, or what is wrong with it */
	const char *message;
};

/* ERR_NOT_FOUND, ERR_IO; ERR_NOMEM. */
enum error_code
foreign_open(const char *path, struct foreign **out, struct error *err);
void
foreign_close(struct foreign *f);
/*
 * The next record, good or bad; *found false at the end.  Behind a bad one the
 * reading goes on where the next begins, if one does.  A block over
 * ARCHIVE_BODY_MAX is a bad record (ERR_LIMIT).  ERR_IO, ERR_NOMEM.
 */
enum error_code
foreign_next(struct foreign *f, struct foreign_record *out, bool *found,
	struct error *err);

/* Read one WARC record header from bytes, for tests and fuzzing: the number
 * of fields, or -1. */
int
warc_header_check(struct span bytes);

#endif
