#include "index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS_START 1024
#define PREFIX	      "dateline-"
#define SUFFIX	      ".warc.gz"
#define NUMBER_DIGITS 5

void
archive_file_name(uint32_t number, char out[ARCHIVE_NAME_MAX])
{
	(void)snprintf(out, ARCHIVE_NAME_MAX, PREFIX "%05u" SUFFIX, number);
}

uint32_t
archive_file_number(const char *name)
{
	struct span s = span_str(name);
	size_t fixed = sizeof PREFIX - 1 + sizeof SUFFIX - 1;
	long long n;

	if (s.len != fixed + NUMBER_DIGITS || !span_starts_with(s, PREFIX) ||
		!span_ends_with(s, SUFFIX) ||
		!span_int(span_sub(s, sizeof PREFIX - 1,
				  sizeof PREFIX - 1 + NUMBER_DIGITS),
			1, ARCHIVE_FILES_MAX, &n))
		return 0;
	return (uint32_t)n;
}

void
index_release(struct index *x)
{
	free(x->rows);
	free(x->buckets);
	*x = (struct index){ .rows = NULL };
}

/* The digest is random already. */
static size_t
bucket_of(const struct index *x, const uint8_t digest[HASH_LEN])
{
	size_t h;

	memcpy(&h, digest, sizeof h);
	return h & (x->nbuckets - 1);
}

static void
put_bucket(struct index *x, size_t row)
{
	size_t at = bucket_of(x, x->rows[row].digest);

	while (x->buckets[at] != 0)
		at = (at + 1) & (x->nbuckets - 1);
	x->buckets[at] = (uint32_t)row + 1;
}

/* At most half of the buckets are used. */
static enum error_code
grow_buckets(struct index *x, struct error *err)
{
	size_t n = x->nbuckets == 0 ? BUCKETS_START : 2 * x->nbuckets;
	uint32_t *buckets = calloc(n, sizeof *buckets);

	if (buckets == NULL)
		return error_set(err, ERR_NOMEM, "no memory for the index");
	free(x->buckets);
	x->buckets = buckets;
	x->nbuckets = n;
	for (size_t i = 0; i < x->n; i++)
		if (x->rows[i].role == ROLE_BODY)
			put_bucket(x, i);
	return OK;
}

enum error_code
index_add(struct index *x, const struct index_row *row, struct error *err)
{
	if (x->n == INDEX_ROWS_MAX)
		return error_set(
			err, ERR_LIMIT, "over %d records", INDEX_ROWS_MAX);
	if (x->n == x->room) {
		size_t room = x->room == 0 ? BUCKETS_START : 2 * x->room;
		struct index_row *rows = realloc(x->rows, room * sizeof *rows);

		if (rows == NULL)
			return error_set(
				err, ERR_NOMEM, "no memory for the index");
		x->rows = rows;
		x->room = room;
	}
	if (2 * (x->n + 1) > x->nbuckets && grow_buckets(x, err) != OK)
		return err != NULL ? err->code : ERR_NOMEM;
	x->rows[x->n] = *row;
	x->n++;
	if (row->role == ROLE_BODY && index_find(x, row->digest) == NULL)
		put_bucket(x, x->n - 1);
	return OK;
}

const struct index_row *
index_find(const struct index *x, const uint8_t digest[HASH_LEN])
{
	size_t at;

	if (x->nbuckets == 0)
		return NULL;
	for (at = bucket_of(x, digest); x->buckets[at] != 0;
		at = (at + 1) & (x->nbuckets - 1)) {
		const struct index_row *row = &x->rows[x->buckets[at] - 1];

		if (!memcmp(row->digest, digest, HASH_LEN))
			return row;
	}
	return NULL;
}

/* FILE OFFSET LENGTH ROLE DIGEST, fixed and short: a cache of ours. */
void
index_line_write(const struct index_row *row, char out[INDEX_LINE_MAX])
{
	char hex[HASH_HEX];

	hex_encode(row->digest, HASH_LEN, hex);
	(void)snprintf(out, INDEX_LINE_MAX,
		"{\"file\":%u,\"offset\":%lld,\"length\":%lld,\"role\":%d,"
		"\"sha256\":\"%s\"}\n",
		row->file, (long long)row->offset, (long long)row->length,
		(int)row->role, hex);
}

static bool
read_digest(const char *hex, uint8_t out[HASH_LEN])
{
	for (size_t i = 0; i < HASH_LEN; i++) {
		unsigned byte;

		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return false;
		out[i] = (uint8_t)byte;
	}
	return true;
}

bool
index_line_read(struct span line, struct index_row *row)
{
	char copy[INDEX_LINE_MAX], hex[HASH_HEX], again[INDEX_LINE_MAX];
	long long offset, length;
	unsigned file;
	int role;

	if (line.len >= sizeof copy)
		return false;
	memcpy(copy, line.ptr, line.len);
	copy[line.len] = '\0';
	if (sscanf(copy,
		    "{\"file\":%5u,\"offset\":%lld,\"length\":%lld,"
		    "\"role\":%1d,\"sha256\":\"%64[0-9a-f]\"}",
		    &file, &offset, &length, &role, hex) != 5 ||
		strlen(hex) != HASH_HEX - 1 || role > (int)ROLE_BAD ||
		file == 0 || file > ARCHIVE_FILES_MAX || offset < 0 ||
		length <= 0)
		return false;
	*row = (struct index_row){ .file = file,
		.offset = offset,
		.length = length,
		.role = (enum record_role)role };
	if (!read_digest(hex, row->digest))
		return false;
	/* Only what we write ourselves is believed. */
	index_line_write(row, again);
	return span_eq(line, span_sub(span_str(again), 0, strlen(again) - 1));
}
