/* What "the network", "the city" and "the clinic" stand for. */
#include "rules.h"

#define FOLD_ROOM    256  /* bytes a name may fold to without another look */
#define NOUN_MIN     5	  /* letters of one that may stand in a compound */
#define CALLED_BYTES 3000 /* from a network to what it is called again */

/* A word stands in a name; one of few letters by itself, as "red" does not in
 * "Alfred". */
static bool
has_noun(struct span name, const char *noun)
{
	const size_t len = strlen(noun);
	struct buffer fold;
	bool found = false;

	buffer_init(&fold, FOLD_ROOM);
	if (utf8_fold_name(name, &fold) == OK && fold.len > 0)
		for (const char *at = strstr(fold.ptr, noun);
			at != NULL && !found; at = strstr(at + 1, noun))
			found = len >= NOUN_MIN ||
				((at == fold.ptr || at[-1] == ' ') &&
					(at[len] == ' ' || at[len] == '\0'));
	buffer_release(&fold);
	return found;
}

/* "The circle" is one that is called so: its last word stands in the name. */
static bool
is_called(const struct scan *s, const struct word_row *row, int32_t m)
{
	const char *noun = strrchr(row->words, ' ');
	const char *name = s->list[m].name.name;

	noun = noun != NULL ? noun + 1 : row->words;
	return has_noun(s->list[m].text, noun) ||
	       (name != NULL && has_noun(span_str(name), noun));
}

/* The network before at that is called so; the one meant, if it is; or -1.
 * sure: only one that the document speaks of. */
static int32_t
network_called(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at, bool sure)
{
	int32_t m = context_network_meant(x, s, at);

	if (m >= 0 && is_called(s, row, m))
		return m;
	for (size_t i = context_mention(s, at);
		i-- > 0 && at - s->list[i].start <= CALLED_BYTES;)
		if (s->list[i].type == MENTION_NETWORK &&
			(!sure || x->trusted[i]) &&
			is_called(s, row, (int32_t)i))
			return (int32_t)i;
	return CONTEXT_NONE;
}

/* The network that its words stand for: those with "named" only for one that
 * is called so, others rather for such a one. */
static int32_t
network_of_row(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at)
{
	const bool named = strcmp(row->value, "named") == 0;
	const int32_t m = network_called(x, s, row, at, !named);

	return m >= 0 || named ? m : context_network_meant(x, s, at);
}

/* "Leeds City Council" where a city is meant; else an organisation. */
static bool
may_be_called(const struct scan *s, const struct mention *m, bool city)
{
	const struct body *b;

	if (m->type != MENTION_ORGANISATION)
		return false;
	b = scan_body(s, m->start);
	return city ? b != NULL && b->city.place.name != NULL
		    : !scan_is_giver(m);
}

/* Who its words stand for, a city or an organisation: rather one that is called
 * so, of those the first, which the document is about; and only such a one for
 * words with "named". */
static int32_t
subject_of_row(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at, bool city)
{
	const int32_t m = context_subject(
		x, s, at, 1u << (city ? MENTION_CITY : MENTION_ORGANISATION));
	const size_t before = context_mention(s, at);

	if (m >= 0 && (is_called(s, row, m) ||
			      (city && context_sentence(s, at) ==
					       context_sentence(
						       s, s->list[m].start))))
		return m;
	for (size_t i = 0; i < before; i++)
		if (may_be_called(s, &s->list[i], city) &&
			is_called(s, row, (int32_t)i))
			return (int32_t)i;
	return strcmp(row->value, "named") == 0 ? CONTEXT_NONE : m;
}

int32_t
anaphor_resolve(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at, unsigned *symbol)
{
	static const struct {
		const char *type;
		unsigned symbol;
	} kinds[] = {
		{ "network", SYMBOL_NETWORK },
		{ "city", SYMBOL_CITY },
		{ "organisation", SYMBOL_ORGANISATION },
	};
	int32_t m;

	*symbol = SYMBOL_PRONOUN;
	if (strcmp(row->type, "pronoun") == 0)
		return strcmp(row->value, "main") == 0 ? NOTE_MAIN
						       : NOTE_PRONOUN;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(row->type, kinds[i].type) != 0)
			continue;
		*symbol = kinds[i].symbol;
		if (kinds[i].symbol != SYMBOL_NETWORK)
			m = subject_of_row(
				x, s, row, at, kinds[i].symbol == SYMBOL_CITY);
		else
			m = network_of_row(x, s, row, at);
		return m >= 0 ? m + NOTE_ANAPHOR : NOTE_TEXT;
	}
	return NOTE_TEXT;
}
