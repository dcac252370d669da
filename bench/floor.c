#include "bench.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include <libxml/HTMLparser.h>
#include <sqlite3.h>
#define ZLIB_CONST /* zlib does not write to next_in */
#include <zlib.h>

#define GZIP_CHUNK 65536

struct sample
floor_parse(const struct corpus *c)
{
	const int options =
		HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
	const struct sample start = sample_now();
	struct sample sum = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		htmlDocPtr doc = htmlReadMemory(c->bodies[i].ptr,
			(int)c->bodies[i].len, NULL, NULL, options);

		if (doc == NULL)
			bench_die(
				"libxml2 gives no tree of %s", c->pages[i].url);
		xmlFreeDoc(doc);
	}
	sample_add(&sum, start);
	return sum;
}

static void
must(sqlite3 *db, bool good)
{
	if (!good)
		bench_die("SQLite: %s", sqlite3_errmsg(db));
}

static void
insert(sqlite3 *db, sqlite3_stmt *q, const struct row *r)
{
	must(db, sqlite3_bind_text(q, 1, r->id, -1, SQLITE_STATIC) == 0 &&
			 sqlite3_bind_text(q, 2, r->of, -1, SQLITE_STATIC) ==
				 0 &&
			 sqlite3_bind_text(q, 3, r->value.ptr,
				 (int)r->value.len, SQLITE_STATIC) == 0 &&
			 sqlite3_step(q) == SQLITE_DONE &&
			 sqlite3_reset(q) == SQLITE_OK);
}

struct sample
floor_rows(const struct rows *r)
{
	static const char schema[] =
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE document(id TEXT PRIMARY KEY, url TEXT, "
		"text TEXT);"
		"CREATE TABLE claim(id TEXT PRIMARY KEY, document TEXT, "
		"json TEXT);"
		"CREATE INDEX claim_document ON claim(document);"
		"BEGIN IMMEDIATE";
	static const char *const inserts[] = {
		"INSERT INTO document VALUES(?, ?, ?)",
		"INSERT INTO claim VALUES(?, ?, ?)",
	};
	char path[PATH_MAX];
	struct sample start, sum = { 0 };
	sqlite3_stmt *q[2] = { NULL, NULL };
	sqlite3 *db = NULL;

	(void)snprintf(path, sizeof path, "%s/floor.db", work_begin());
	start = sample_now();
	must(db, sqlite3_open(path, &db) == SQLITE_OK);
	must(db, sqlite3_exec(db, schema, NULL, NULL, NULL) == SQLITE_OK);
	for (size_t i = 0; i < 2; i++)
		must(db, sqlite3_prepare_v2(db, inserts[i], -1, &q[i], NULL) ==
				 SQLITE_OK);
	for (size_t i = 0; i < r->n; i++)
		insert(db, q[r->list[i].is_claim], &r->list[i]);
	must(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	(void)sqlite3_finalize(q[0]); /* step has told already */
	(void)sqlite3_finalize(q[1]);
	must(db, sqlite3_close(db) == SQLITE_OK);
	sample_add(&sum, start);
	work_end();
	return sum;
}

/* One gzip member of body, as gzip -1 makes it, to fd. */
static void
write_member(int fd, z_stream *z, struct span body)
{
	static unsigned char out[GZIP_CHUNK];
	struct error err = { 0 };
	int end;

	if (deflateReset(z) != Z_OK)
		bench_die("zlib cannot start");
	z->next_in = (const Bytef *)body.ptr;
	z->avail_in = (uInt)body.len;
	do {
		z->next_out = out;
		z->avail_out = sizeof out;
		end = deflate(z, Z_FINISH);
		if (end != Z_OK && end != Z_STREAM_END)
			bench_die("zlib cannot compress");
		bench_check(write_all(fd, out, sizeof out - z->avail_out, &err),
			&err);
	} while (end != Z_STREAM_END);
}

struct sample
floor_archive(const struct corpus *c)
{
	char path[PATH_MAX], hex[HASH_HEX];
	struct sample start, sum = { 0 };
	z_stream z = { 0 };
	int fd;

	(void)snprintf(path, sizeof path, "%s/floor.gz", work_begin());
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8,
			      Z_DEFAULT_STRATEGY) != Z_OK)
		bench_die("%s cannot be written", path);
	start = sample_now();
	for (size_t i = 0; i < c->n; i++) {
		hash_hex(c->bodies[i], hex);
		write_member(fd, &z, c->bodies[i]);
		if (((i + 1) % BENCH_GROUP == 0 || i + 1 == c->n) &&
			fdatasync(fd) != 0)
			bench_die("%s cannot be synced", path);
	}
	sample_add(&sum, start);
	(void)deflateEnd(&z); /* a stream that ended has nothing to tell */
	(void)close(fd);      /* synced above */
	work_end();
	return sum;
}
