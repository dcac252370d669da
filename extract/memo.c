#include "memo.h"

#include <stdlib.h>

#define CELLS ((size_t)1 << 15) /* a power of two, over MEMO_ENTRIES_MAX */
#define ALIGN sizeof(uint32_t)

struct memo {
	struct cell {
		uint32_t hash;
		uint32_t at; /* of its entry, and 1 more; 0: free */
	} * cells;
	size_t n;
	struct buffer entries; /* length of the key, what is kept, the key */
};

struct memo *
memo_new(void)
{
	struct memo *m = calloc(1, sizeof *m);

	if (m == NULL)
		return NULL;
	buffer_init(&m->entries, MEMO_BYTES_MAX);
	m->cells = calloc(CELLS, sizeof *m->cells);
	if (m->cells == NULL) {
		memo_free(m);
		return NULL;
	}
	return m;
}

void
memo_free(struct memo *m)
{
	if (m == NULL)
		return;
	buffer_release(&m->entries);
	free(m->cells);
	free(m);
}

void
memo_reset(struct memo *m)
{
	buffer_reset(&m->entries);
	memset(m->cells, 0, CELLS * sizeof *m->cells);
	m->n = 0;
}

/* Length of the key, and of what is kept. */
struct head {
	uint32_t len, size;
};

static bool
is_of(const struct memo *m, uint32_t at, struct span key)
{
	struct head h;

	memcpy(&h, m->entries.ptr + at, sizeof h);
	return h.len == key.len &&
	       (key.len == 0 || memcmp(m->entries.ptr + at + sizeof h + h.size,
					key.ptr, key.len) == 0);
}

/* The cell of key, or the free one for it. */
static struct cell *
find(const struct memo *m, struct span key, uint32_t hash)
{
	size_t at = (hash ^ hash >> 15) & (CELLS - 1);

	while (m->cells[at].at != 0 &&
		(m->cells[at].hash != hash ||
			!is_of(m, m->cells[at].at - 1, key)))
		at = (at + 1) & (CELLS - 1);
	return &m->cells[at];
}

const void *
memo_get(const struct memo *m, struct span key, uint32_t hash)
{
	const struct cell *cell = find(m, key, hash);

	return cell->at != 0
		       ? m->entries.ptr + cell->at - 1 + sizeof(struct head)
		       : NULL;
}

bool
memo_put(struct memo *m, struct span key, uint32_t hash, const void *ptr,
	size_t size)
{
	static const char zeros[ALIGN];
	const size_t at = m->entries.len;
	const size_t bytes = sizeof(struct head) + size + key.len;
	const struct head h = { (uint32_t)key.len, (uint32_t)size };
	struct cell *cell;

	if (m->n == MEMO_ENTRIES_MAX || size > MEMO_BYTES_MAX ||
		key.len > MEMO_BYTES_MAX || bytes + ALIGN > MEMO_BYTES_MAX - at)
		return false;
	(void)buffer_add(&m->entries, &h, sizeof h);
	(void)buffer_add(&m->entries, ptr, size);
	(void)buffer_add(&m->entries, key.ptr, key.len);
	if (buffer_add(&m->entries, zeros, (ALIGN - bytes % ALIGN) % ALIGN) !=
		OK)
		return false;
	cell = find(m, key, hash);
	*cell = (struct cell){ hash, (uint32_t)at + 1 };
	m->n++;
	return true;
}
