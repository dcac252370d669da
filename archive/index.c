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

bool
role_is_capture(enum record_role role)
{
	return role == ROLE_BODY || role == ROLE_REVISIT || role == ROLE_BAD;
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
