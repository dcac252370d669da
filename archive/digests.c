#include "digests.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scratch.h"

#define SLOTS_START ((uint64_t)1 << 16) /* 1 MiB of the disk */
#define GROWTH	    4
#define WINDOW	    32 /* cells that are read at a time */
#define OFFSET_BITS 46 /* of a place; the file's number is above */

struct cell {
	uint64_t key;	/* the digest begins so */
	uint64_t place; /* 0: the cell is free; files are counted from 1 */
};

void
digests_init(struct digests *d, int dir)
{
	*d = (struct digests){ .dir = dir, .fd = -1 };
}

void
digests_release(struct digests *d)
{
	digests_rest(d);
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}

static size_t
bytes_of(const struct digests *d)
{
	return d->nslots * sizeof(struct cell);
}

static enum error_code
map(struct digests *d, struct error *err)
{
	void *cells = mmap(NULL, bytes_of(d), PROT_READ | PROT_WRITE,
		MAP_SHARED, d->fd, 0);

	if (cells == MAP_FAILED)
		return error_sys(err, errno, "archive: table of digests");
	d->cells = cells;
	return OK;
}

/* Make an empty table of so many slots.  The disk gives its bytes now: one that
 * is full must not be found out by a write to memory. */
static enum error_code
make(struct digests *d, uint64_t nslots, struct error *err)
{
	int failed;

	*d = (struct digests){ .dir = d->dir, .many = d->many };
	d->nslots = nslots;
	d->fd = scratch_open(d->dir, err);
	if (d->fd < 0)
		return err != NULL ? err->code : ERR_IO;
	failed = posix_fallocate(d->fd, 0, (off_t)bytes_of(d));
	if (failed != 0)
		return error_sys(err, failed, "archive: table of digests");
	return d->many ? map(d, err) : OK;
}

static struct cell *
find_mapped(const struct digests *d, uint64_t key, uint64_t at)
{
	while (d->cells[at].place != 0 && d->cells[at].key != key)
		at = (at + 1) & (d->nslots - 1);
	return &d->cells[at];
}

/* The cell *at with that key, or the free one where it belongs. */
static enum error_code
find(const struct digests *d, uint64_t key, uint64_t *at, struct cell *found,
	struct error *err)
{
	struct cell window[WINDOW];
	enum error_code code;

	*at = key & (d->nslots - 1); /* a digest is random already */
	if (d->cells != NULL) {
		const struct cell *cell = find_mapped(d, key, *at);

		*at = (uint64_t)(cell - d->cells);
		*found = *cell;
		return OK;
	}
	for (;;) {
		uint64_t n =
			d->nslots - *at < WINDOW ? d->nslots - *at : WINDOW;

		code = scratch_read(d->fd, window, n * sizeof *window,
			(int64_t)(*at * sizeof *window), err);
		if (code != OK)
			return code;
		for (uint64_t i = 0; i < n; i++)
			if (window[i].place == 0 || window[i].key == key) {
				*found = window[i];
				*at += i;
				return OK;
			}
		*at = (*at + n) & (d->nslots - 1);
	}
}

/* If the key is not there. */
static enum error_code
put(struct digests *d, const struct cell *cell, struct error *err)
{
	struct cell found;
	uint64_t at;
	enum error_code code = find(d, cell->key, &at, &found, err);

	if (code != OK || found.place != 0)
		return code;
	d->n++;
	if (d->cells == NULL)
		return scratch_write(d->fd, cell, sizeof *cell,
			(int64_t)(at * sizeof *cell), err);
	d->cells[at] = *cell;
	return OK;
}

static enum error_code
grow(struct digests *d, struct error *err)
{
	const bool many = d->many;
	struct digests old = *d;
	enum error_code code = OK;

	if (old.cells == NULL)
		code = map(&old, err);
	if (old.cells == NULL)
		return code;
	d->many = true;
	code = make(d, GROWTH * old.nslots, err);
	for (uint64_t at = 0; code == OK && at < old.nslots; at++)
		if (old.cells[at].place != 0)
			code = put(d, &old.cells[at], err);
	digests_release(&old);
	if (!many)
		digests_rest(d);
	return code;
}

static uint64_t
key_of(const uint8_t digest[HASH_LEN])
{
	uint64_t key;

	memcpy(&key, digest, sizeof key);
	return key;
}

enum error_code
digests_add(struct digests *d, const uint8_t digest[HASH_LEN], uint32_t file,
	int64_t offset, struct error *err)
{
	const struct cell cell = {
		.key = key_of(digest),
		.place = (uint64_t)file << OFFSET_BITS | (uint64_t)offset,
	};
	enum error_code code = OK;

	if (d->n == INDEX_ROWS_MAX || offset >> OFFSET_BITS != 0)
		return error_set(
			err, ERR_LIMIT, "over %d bodies", INDEX_ROWS_MAX);
	if (d->fd < 0)
		code = make(d, SLOTS_START, err);
	else if (2 * (d->n + 1) > d->nslots)
		code = grow(d, err);
	return code == OK ? put(d, &cell, err) : code;
}

void
digests_many(struct digests *d)
{
	d->many = true;
}

void
digests_rest(struct digests *d)
{
	if (d->cells != NULL)
		(void)munmap(d->cells, bytes_of(d));
	d->cells = NULL;
	d->many = false;
}

enum error_code
digests_find(const struct digests *d, const uint8_t digest[HASH_LEN],
	uint32_t *file, int64_t *offset, struct error *err)
{
	struct cell found = { .place = 0 };
	uint64_t at;
	enum error_code code =
		d->fd >= 0 ? find(d, key_of(digest), &at, &found, err) : OK;

	*file = (uint32_t)(found.place >> OFFSET_BITS);
	*offset = (int64_t)(found.place & (((uint64_t)1 << OFFSET_BITS) - 1));
	return code;
}
