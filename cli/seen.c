#include "seen.h"

#include <stdlib.h>

#define ROOM_FIRST 1024

void
seen_release(struct seen *s)
{
	free(s->slots);
	*s = (struct seen){ 0 };
}

/* FNV-1a; 0 means a free slot. */
uint64_t
seen_hash(uint64_t h, struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	return h != 0 ? h : 1;
}

static struct seen_slot *
find(const struct seen *s, uint64_t hash)
{
	size_t at = (hash ^ hash >> 32) & (s->room - 1);

	while (s->slots[at].hash != 0 && s->slots[at].hash != hash)
		at = (at + 1) & (s->room - 1);
	return &s->slots[at];
}

bool
seen_has(const struct seen *s, uint64_t hash)
{
	return s->room > 0 && find(s, hash)->hash == hash;
}

static enum error_code
grow(struct seen *s)
{
	struct seen more = { .room = s->room > 0 ? 2 * s->room : ROOM_FIRST };

	if (s->n >= SEEN_MAX)
		return ERR_LIMIT;
	more.slots = calloc(more.room, sizeof *more.slots);
	if (more.slots == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->room; i++)
		if (s->slots[i].hash != 0)
			*find(&more, s->slots[i].hash) = s->slots[i];
	more.n = s->n;
	free(s->slots);
	*s = more;
	return OK;
}

enum error_code
seen_put(struct seen *s, uint64_t hash, uint32_t *value, bool *is_new)
{
	struct seen_slot *slot;

	if (2 * (s->n + 1) > s->room) {
		enum error_code code = grow(s);

		if (code != OK)
			return code;
	}
	slot = find(s, hash);
	*is_new = slot->hash == 0;
	if (*is_new) {
		*slot = (struct seen_slot){ hash, *value };
		s->n++;
	}
	*value = slot->value;
	return OK;
}
