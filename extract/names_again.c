/* What the document introduced elsewhere: acronyms, persons. */
#include "names_work.h"

/* The last name of a person who was named in full. */
static bool
surname_of(const struct known *k, struct span word)
{
	struct span name = k->text;

	return k->type == MENTION_PERSON && word.len >= 3 &&
	       name.len > word.len + 1 &&
	       name.ptr[name.len - word.len - 1] == ' ' &&
	       span_eq(span_sub(name, name.len - word.len, name.len), word);
}

static bool
speaks(const struct work *w, size_t i)
{
	return (i + 1 < w->nt && work_soft(w, i + 1) &&
		       work_phrase(w, i + 1, K_SAY, NULL) > 0) ||
	       (i > 0 && work_soft(w, i) && (w->t[i - 1].kinds & K_SAY));
}

static size_t
known_end(const struct work *w, const struct known *k, size_t i)
{
	struct span rest = span_sub(w->text, w->t[i].start, w->end);
	size_t j = i;

	if (!span_eq(span_sub(rest, 0, k->text.len), k->text))
		return i;
	while (j < w->nt && w->t[j].end < w->t[i].start + k->text.len)
		j++;
	return j < w->nt && w->t[j].end == w->t[i].start + k->text.len ? j + 1
								       : i;
}

static bool
again(struct work *w, size_t i, const struct known *k)
{
	struct name_value value = k->value;
	size_t end = known_end(w, k, i);

	if (end > i) {
		for (size_t j = i; j < end; j++)
			if (w->st->owners[j] != 0)
				return false;
		return work_add(w, i, end, k->type, k->rule, value) != NULL;
	}
	if (surname_of(k, work_text(w, i, i + 1)) && speaks(w, i))
		return work_add(w, i, i + 1, MENTION_PERSON,
			       "names.person.again", value) != NULL;
	return false;
}

void
names_again(struct work *w)
{
	const struct names_state *st = w->st;

	for (size_t i = 0; i < w->nt; i++) {
		uint32_t hash;

		if (!(w->t[i].flags & T_CAP) || st->owners[i] != 0)
			continue;
		hash = work_hash(w, i);
		if (!(st->filter[hash / 8] >> hash % 8 & 1))
			continue;
		for (size_t k = 0; k < st->nknown; k++)
			if ((st->known[k].first == hash ||
				    st->known[k].final == hash) &&
				again(w, i, &st->known[k]))
				break;
	}
}
