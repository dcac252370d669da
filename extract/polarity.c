#include <stdlib.h>

#include "rules.h"

#define ENDING_STEM   2 /* bytes of a verb before its ending, at least */
#define ENDING_BEFORE 2 /* units between a verb that tells and the head */

#define CLAUSE_WORDS 2 /* of a clause, among which the one that opens it */
#define NAME_WORDS   4 /* "and the town of Graz" */
#define REACH_WORDS  7 /* words before a head in which a trigger works */

/* What a trigger's third field says: "far", "within 4", "behind", "on
 * membership,cohort". */
struct reach {
	size_t words;
	bool behind; /* it stands behind the head it turns */
	bool before; /* never within or behind it */
	uint32_t kinds;
};

/* "membership,cohort" up to a space. */
static uint32_t
read_kinds(const char **p)
{
	uint32_t kinds = 0;

	while (**p != '\0' && **p != ' ') {
		size_t len = strcspn(*p, ", ");
		enum claim_kind k;

		if (claim_kind_find(span_of(*p, len), &k))
			kinds |= 1u << k;
		*p += len + ((*p)[len] == ',');
	}
	return kinds;
}

static struct reach
read_reach(const char *p)
{
	struct reach out = { REACH_WORDS, false, false, UINT32_MAX };

	while (*p != '\0') {
		size_t len = strcspn(p, " ");
		struct span word = span_of(p, len);

		p += len + (p[len] == ' ');
		if (span_eq_str(word, "far"))
			out.words = SIZE_MAX;
		else if (span_eq_str(word, "behind"))
			out.behind = true;
		else if (span_eq_str(word, "before"))
			out.before = true;
		else if (span_eq_str(word, "within"))
			out.words = strtoul(p, NULL, 10);
		else if (span_eq_str(word, "on"))
			out.kinds = read_kinds(&p);
	}
	return out;
}

/* What one trigger makes of `found`; *end: none before it counts. */
static enum polarity
apply(const struct word_row *row, enum polarity found, bool *end)
{
	enum polarity p;

	if (!polarity_find(span_str(row->type), &p))
		return found;
	*end = p == POLARITY_NEGATED;
	return *end || found == POLARITY_ASSERTED || p == POLARITY_HYPOTHETICAL
		       ? p
		       : found;
}

/* A trigger that stands behind the head: "is, so far, only planned". */
static enum polarity
behind(const struct annotated *n, enum claim_kind kind, size_t head_end,
	enum polarity found)
{
	size_t words = 0;

	for (size_t i = 0; i < n->nwords && found == POLARITY_ASSERTED; i++) {
		const struct word_row *row = n->notes[i].turn;
		struct reach reach;
		bool end;

		if (n->notes[i].stem < head_end || n->list[i].fold[0] == '\0')
			continue;
		if (row != NULL && strcmp(row->type, "stop") == 0)
			break;
		reach = read_reach(row != NULL ? row->value : "");
		if (row != NULL && reach.behind && words <= reach.words &&
			(reach.kinds >> kind & 1) != 0)
			found = apply(row, found, &end);
		words++;
	}
	return found;
}

/* ";" and ":" keep what stands before them from what follows; ":" does not in
 * what introduces a list. */
static bool
parts(const struct word *w, enum claim_kind kind)
{
	return w->mark == ';' || (w->mark == ':' && kind != CLAIM_MEMBER_LIST);
}

/* A trigger counts for claims of a kind, from where it stands.  A number that
 * is told, or a beginning, is denied only by a trigger for its kind. */
static bool
bears_on(const struct word_row *row, const struct reach *reach,
	enum claim_kind kind, bool before)
{
	const bool told =
		kind == CLAIM_NETWORK_TOTAL || kind == CLAIM_PROGRAMME_LAUNCH;

	if (reach->behind || (reach->kinds >> kind & 1) == 0 ||
		(reach->before && !before))
		return false;
	return !told || reach->kinds != UINT32_MAX ||
	       strcmp(row->type, "negated") != 0;
}

/* "while", and behind a comma "which" too: elsewhere "der" is an article. */
static bool
opens_clause(const struct word_row *row, bool comma)
{
	return row != NULL && strcmp(row->type, "boundary") == 0 &&
	       (comma || (strcmp(row->value, "comma") != 0 &&
				 !span_starts_with(
					 span_str(row->value), "relative")));
}

/* Word i stands in a clause that a comma ends before unit head: "Bruges, which
 * did not pay, was struck off", "While Ghent has not joined, Lyon has". */
static bool
is_aside(const struct annotated *n, size_t i, size_t head)
{
	bool opened = false, closed = false;
	size_t first = i, words = 0;

	while (first > 0 && n->list[first - 1].mark != ',')
		first--;
	for (size_t k = first; k <= i && words < CLAUSE_WORDS; k++) {
		if (n->list[k].fold[0] == '\0')
			continue;
		words++;
		opened = opened || opens_clause(n->notes[k].clause, first > 0);
	}
	for (size_t k = i + 1;
		opened && k < n->nwords && n->notes[k].stem < head; k++)
		closed = closed || n->list[k].mark == ',';
	return closed;
}

/* Behind the head only a "not" turns it: "has never been". */
static bool
may_turn(const struct word_row *row, bool is_behind)
{
	return row != NULL && (!is_behind || strcmp(row->type, "negated") == 0);
}

enum error_code
polarity_endings(struct rules *r)
{
	for (size_t i = 0; i < r->polarity.n; i++) {
		if (strcmp(r->polarity.rows[i].type, "ending") != 0)
			continue;
		if (r->nendings == RULES_ENDINGS_MAX)
			return ERR_LIMIT;
		r->endings[r->nendings++] = &r->polarity.rows[i];
	}
	return OK;
}

/* "sumará" ends as one of the row's endings; a name has a capital, as has the
 * first word of a sentence. */
static bool
ends_so(struct span word, bool first, const char *endings)
{
	struct span rest = span_str(endings), one;
	uint32_t cp;

	if (utf8_decode(word, 0, &cp) == 0 || (!first && utf8_is_upper(cp)))
		return false;
	while (rest.len > 0 && span_split(&rest, ' ', &one))
		if (one.len > 0 && word.len >= one.len + ENDING_STEM &&
			span_eq(span_sub(word, word.len - one.len, word.len),
				one))
			return true;
	return false;
}

enum polarity
polarity_by_ending(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t head, size_t head_end)
{
	const struct word_row *rows[RULES_ENDINGS_MAX];
	size_t nrows = 0;

	for (size_t k = 0; k < r->nendings; k++)
		if (strcmp(r->endings[k]->lang, s->doc->language) == 0)
			rows[nrows++] = r->endings[k];
	for (size_t i = 0; nrows > 0 && i < n->nwords; i++) {
		const struct word *w = &n->list[i];
		size_t stem = n->notes[i].stem;

		if (stem + ENDING_BEFORE < head || stem >= head_end ||
			w->fold[0] == '\0')
			continue;
		for (size_t k = 0; k < nrows; k++) {
			enum polarity p;

			if (polarity_find(span_str(rows[k]->words), &p) &&
				ends_so(span_sub(
						s->doc->text, w->start, w->end),
					i == 0 && stem >= head, rows[k]->value))
				return p;
		}
	}
	return POLARITY_ASSERTED;
}

static bool
is_clause(const struct annotated *n, size_t i, const char *type)
{
	const struct word_row *row = n->notes[i].clause;

	return row != NULL && strcmp(row->type, type) == 0;
}

static bool
is_member(const struct scan *s, const struct annotated *n, size_t unit)
{
	return unit < n->len && n->mention[unit] >= 0 &&
	       n->mention[unit] < NOTE_ANAPHOR &&
	       (s->list[n->mention[unit]].type == MENTION_CITY ||
		       s->list[n->mention[unit]].type == MENTION_ORGANISATION);
}

/* "... and the town of Graz was": with another name another thing is told,
 * where the "and" joins no list. */
static bool
turns_to_another(const struct scan *s, const struct annotated *n, size_t i)
{
	size_t unit = n->notes[i].stem;

	if (!is_clause(n, i, "and") || unit == 0 || n->mention[unit - 1] >= 0)
		return false;
	for (size_t k = 1; k <= NAME_WORDS; k++)
		if (is_member(s, n, unit + k))
			return true;
	return false;
}

/* ", which it left": what is said before the comma is not said of it. */
static bool
begins_relative(const struct annotated *n, size_t i)
{
	const struct word_row *row = n->notes[i].clause;

	return i > 0 && n->list[i - 1].mark == ',' && row != NULL &&
	       strcmp(row->type, "boundary") == 0 &&
	       span_starts_with(span_str(row->value), "relative");
}

/* The first word at or behind unit `unit`. */
static size_t
word_from(const struct annotated *n, size_t unit)
{
	size_t at = 0;

	while (at < n->nwords && n->notes[at].stem < unit)
		at++;
	return at;
}

/*
 * Triggers before the head, nearest first, down to a stop ("but", ";").
 * "if" reaches the whole sentence.
 */
enum polarity
polarity_at(const struct rules *r, const struct scan *s, struct annotated *n,
	enum claim_kind kind, size_t head, size_t head_end, size_t end_at)
{
	enum polarity found = POLARITY_ASSERTED;
	size_t at;
	bool end = false, other = false;

	annotated_place_words(r, s->doc->language, n);
	at = word_from(n, head);
	for (size_t i = word_from(n, end_at); !end && i-- > 0;) {
		struct reach reach;
		size_t back;
		const struct word_row *row = n->notes[i].turn;

		other = other || (i < at && (turns_to_another(s, n, i) ||
						    begins_relative(n, i)));
		if (parts(&n->list[i], kind) && n->notes[i].stem < head)
			break;
		if (!may_turn(row, n->notes[i].stem >= head_end))
			continue;
		reach = read_reach(row->value);
		back = i < at ? n->notes[at].count - n->notes[i].count : 0;
		if (!bears_on(row, &reach, kind, n->notes[i].stem < head) ||
			(reach.words != SIZE_MAX &&
				strcmp(row->type, "stop") != 0 &&
				(other || is_aside(n, i, head))))
			continue;
		/* "applied to join" is an application, no joining. */
		if (strcmp(row->type, "drop") == 0 && n->notes[i].stem < head &&
			back <= n->notes[i].turn_words + 1)
			return POLARITIES;
		if (strcmp(row->type, "stop") == 0)
			end = back < reach.words;
		else if (back <= reach.words)
			found = apply(row, found, &end);
	}
	found = behind(n, kind, head_end, found);
	return found == POLARITY_ASSERTED && s->doc->language != NULL
		       ? polarity_by_ending(r, s, n, head, head_end)
		       : found;
}
