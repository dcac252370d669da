#include "digests.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"

#define SLOTS_START ((uint64_t)1 << 16) /* 1 MiB, as far as it is used */
#define GROWTH	    4
#define WINDOW	    32 /* slots that are read at a time */
#define OFFSET_BITS 46 /* of a place; the file's number is above */

struct cell {
	uint64_t key;	/* the digest begins so */
	uint64_t place; /* 0: the slot is free; files are counted from 1 */
};

void
digests_init(struct digests *d, int dir)
{
	*d = (struct digests){ .dir = dir, .fd = -1 };
}

void
digests_release(struct digests *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}

/* Make an empty table of so many slots: what was not written reads as 0. */
static enum error_code
make(struct digests *d, uint64_t nslots, struct error *err)
{
	digests_init(d, d->dir);
	d->fd = scratch_open(d->dir, err);
	if (d->fd < 0)
		return err != NULL ? err->code : ERR_IO;
	d->nslots = nslots;
	return ftruncate(d->fd, (off_t)(nslots * sizeof(struct cell))) == 0
		       ? OK
		       : error_sys(err, errno, "archive: table of digests");
}

/* The slot *at with that key, or the free one where it belongs. */
static enum error_code
find_slot(const struct digests *d, uint64_t key, uint64_t *at,
	struct cell *found, struct error *err)
{
	struct cell window[WINDOW];
	enum error_code code;

	*at = key & (d->nslots - 1); /* a digest is random already */
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

static enum error_code
put(struct digests *d, const struct cell *slot, struct error *err)
{
	struct cell found;
	uint64_t at;
	enum error_code code = find_slot(d, slot->key, &at, &found, err);

	if (code != OK || found.place != 0)
		return code;
	d->n++;
	return scratch_write(
		d->fd, slot, sizeof *slot, (int64_t)(at * sizeof *slot), err);
}

static enum error_code
grow(struct digests *d, struct error *err)
{
	struct digests old = *d;
	struct cell window[WINDOW];
	enum error_code code = make(d, GROWTH * old.nslots, err);

	for (uint64_t at = 0; code == OK && at < old.nslots; at += WINDOW) {
		code = scratch_read(old.fd, window, sizeof window,
			(int64_t)(at * sizeof *window), err);
		for (size_t i = 0; code == OK && i < WINDOW; i++)
			if (window[i].place != 0)
				code = put(d, &window[i], err);
	}
	digests_release(&old);
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
	const struct cell slot = {
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
	return code == OK ? put(d, &slot, err) : code;
}

enum error_code
digests_find(const struct digests *d, const uint8_t digest[HASH_LEN],
	uint32_t *file, int64_t *offset, struct error *err)
{
	struct cell found;
	uint64_t at;
	enum error_code code;

	*file = 0;
	*offset = 0;
	if (d->fd < 0)
		return OK;
	code = find_slot(d, key_of(digest), &at, &found, err);
	if (code == OK && found.place != 0) {
		*file = (uint32_t)(found.place >> OFFSET_BITS);
		*offset = (int64_t)(found.place &
				    (((uint64_t)1 << OFFSET_BITS) - 1));
	}
	return code;
}
