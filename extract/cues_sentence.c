/* A sentence as the cue layer reads it: its cues, its names, its networks. */
#include "cues.h"

#include "reading.h"

#define GAP_UNITS 8 /* between two names of one run */
#define GAP_WORDS 1 /* words among them: "and the University of Graz" */

static bool
is_word_at(const struct annotated *n, size_t i)
{
	return n->units[i] >= UNIT_OTHER &&
	       annotated_symbol(n, i) == UINT32_MAX;
}

static bool
is_name_at(const struct annotated *n, size_t i)
{
	unsigned symbol = annotated_symbol(n, i);

	return (symbol == SYMBOL_CITY || symbol == SYMBOL_REGION ||
		       symbol == SYMBOL_ORGANISATION) &&
	       n->mention[i] >= 0;
}

static void
read_cues(struct cue_sentence *q)
{
	const struct annotated *n = q->note;
	const char *language = q->scan->doc->language;

	for (size_t i = 0; i < n->nwords; i++) {
		size_t len, at = n->notes[i].stem, to;
		const struct word_row *row = words_find(
			&q->cues->words, n->list, n->nwords, i, language, &len);
		struct cue_word w;

		if (row == NULL)
			continue;
		to = i + len < n->nwords ? n->notes[i + len].stem : n->len;
		w.class = cue_class_of(row, &w.weak);
		w.at = (uint32_t)at;
		w.end = (uint32_t)(to > at ? to : at + 1);
		if (w.class == CUE_AMONG) {
			q->kinds[at] |= UNIT_IS_AMONG;
			continue;
		}
		if (w.class != CUE_NONE && q->ncues < CUES_OF_SENTENCE) {
			q->cues_list[q->ncues++] = w;
			q->classes |= 1u << w.class;
		}
		i += len - 1;
	}
}

static void
read_clauses(struct cue_sentence *q, bool *boundary)
{
	const struct annotated *n = q->note;

	for (size_t i = 0; i < n->nwords; i++) {
		const struct word_row *row = n->notes[i].clause;
		size_t at = n->notes[i].stem;

		if (row == NULL)
			continue;
		if (strcmp(row->type, "of") == 0)
			q->kinds[at] |= UNIT_IS_OF;
		else if (strcmp(row->type, "and") == 0)
			q->kinds[at] |= UNIT_IS_AND;
		else if (strcmp(row->type, "at") == 0)
			q->kinds[at] |= UNIT_IS_AT;
		else if (strcmp(row->type, "boundary") == 0)
			boundary[at] = true;
	}
}

static void
add_up(struct cue_sentence *q, const bool *boundary)
{
	const struct annotated *n = q->note;
	struct cue_sums sum = { 0 };
	size_t cue = 0;

	for (size_t i = 0; i <= n->len; i++) {
		unsigned symbol, mark;

		q->sums[i] = sum;
		if (i == n->len)
			break;
		symbol = annotated_symbol(n, i);
		mark = n->units[i];
		sum.words += is_word_at(n, i);
		sum.commas += mark == ',';
		sum.semicolons += mark == ';';
		sum.colons += mark == ':';
		sum.boundaries += boundary[i];
		sum.subjects += is_name_at(n, i);
		sum.networks +=
			symbol == SYMBOL_NETWORK || symbol == SYMBOL_TITLE;
		sum.persons += symbol == SYMBOL_PERSON;
		sum.counts +=
			symbol >= SYMBOL_MEMBERS && symbol <= SYMBOL_COUNTS_END;
		q->question = q->question || mark == '?';
		while (cue < q->ncues && q->cues_list[cue].at < i)
			cue++;
		sum.statuses += cue < q->ncues && q->cues_list[cue].at == i &&
				q->cues_list[cue].class < CUE_STATUSES;
	}
}

/* The next name of a run behind unit i; 0: there is none. */
static size_t
next_of_run(const struct cue_sentence *q, size_t i)
{
	const struct annotated *n = q->note;
	size_t words = 0;
	bool joined = false;

	for (size_t k = i + 1; k < n->len && k - i <= GAP_UNITS; k++) {
		unsigned symbol = annotated_symbol(n, k), mark = n->units[k];

		if ((q->kinds[k] & UNIT_IS_ASIDE) != 0)
			continue;
		if (is_name_at(n, k))
			return joined ? k : 0;
		if (mark == ',' || mark == '/' ||
			(q->kinds[k] & UNIT_IS_AND) != 0) {
			joined = true;
			continue;
		}
		if (mark == '(' || mark == ')' || symbol == SYMBOL_COUNTRY ||
			symbol == SYMBOL_DATE)
			continue;
		if (!is_word_at(n, k) || ++words > GAP_WORDS ||
			(q->kinds[k] & UNIT_IS_AT) != 0)
			return 0;
	}
	return 0;
}

static void
mark_asides(struct cue_sentence *q)
{
	const struct annotated *n = q->note;

	for (size_t i = 0; i + 1 < n->len; i++) {
		size_t end = is_name_at(n, i) ? reading_bracket(n, i + 1) : 0;
		size_t seats = reading_seats_end(n, q->scan, i + 1);

		if (seats > i + 1)
			end = seats + 1;
		for (size_t k = i + 1; k < end; k++)
			q->kinds[k] |= UNIT_IS_ASIDE;
		if (end > i)
			i = end;
	}
}

static void
read_groups(struct cue_sentence *q)
{
	const struct annotated *n = q->note;

	for (size_t i = 0; i < n->len && q->ngroups < GROUPS_OF_SENTENCE; i++) {
		struct cue_group g = {
			.at = (uint32_t)i, .n = 1, .implied = CONTEXT_NONE
		};
		bool pronoun = annotated_symbol(n, i) == SYMBOL_PRONOUN &&
			       n->mention[i] < NOTE_TEXT;
		size_t next;

		if ((!pronoun && !is_name_at(n, i)) ||
			(q->kinds[i] & UNIT_IS_ASIDE) != 0)
			continue;
		while (!pronoun && (next = next_of_run(q, i)) > 0) {
			i = next;
			g.n++;
		}
		g.end = (uint32_t)i + 1;
		q->groups[q->ngroups++] = g;
	}
}

/* Nobody is named: who was spoken of before. */
static void
imply_group(struct cue_sentence *q)
{
	int32_t m = context_subject(q->context, q->scan, q->note->start,
		1u << MENTION_CITY | 1u << MENTION_ORGANISATION);

	if (q->ngroups == 0 && m >= 0)
		q->groups[q->ngroups++] =
			(struct cue_group){ .n = 1, .implied = m };
}

/* Names are told together. */
static bool
has_run(const struct cue_sentence *q)
{
	for (size_t i = 0; i < q->ngroups; i++)
		if (q->groups[i].n > 1)
			return true;
	return false;
}

static enum error_code
room(struct cue_sentence *q, size_t units)
{
	if (units <= q->cap)
		return OK;
	q->cap = units * 2;
	q->kinds = arena_alloc(q->scan->arena, q->cap);
	q->sums = arena_array(q->scan->arena, q->cap, sizeof *q->sums);
	return q->kinds != NULL && q->sums != NULL ? OK : ERR_NOMEM;
}

enum error_code
cue_sentence_read(struct cue_sentence *q, bool *found)
{
	struct annotated *n = q->note;
	bool *boundary;

	*found = false;
	annotated_place_words(q->rules, q->scan->doc->language, n);
	if (room(q, n->len + 1) != OK)
		return ERR_NOMEM;
	boundary = arena_array(q->scan->arena, n->len + 1, sizeof *boundary);
	if (boundary == NULL)
		return ERR_NOMEM;
	memset(boundary, 0, n->len + 1);
	memset(q->kinds, 0, n->len + 1);
	q->ncues = q->ngroups = 0;
	q->classes = 0;
	q->question = false;
	q->claimed = q->context->newest[q->sentence] >= 0;
	read_cues(q);
	read_clauses(q, boundary);
	add_up(q, boundary);
	mark_asides(q);
	read_groups(q);
	if (q->ncues > 0)
		imply_group(q);
	*found = q->ncues > 0 || has_run(q) || q->sums[n->len].counts > 0;
	return OK;
}

int32_t
cue_network(const struct cue_sentence *q, uint32_t at, uint32_t end, int32_t *m,
	bool *other)
{
	const struct annotated *n = q->note;
	size_t best = SIZE_MAX, found = 0, count = 0;
	bool anaphor;

	for (size_t i = 0; i < n->len; i++) {
		unsigned symbol = annotated_symbol(n, i);
		size_t by = i < at ? at - i : i >= end ? i + 1 - end : 0;

		if ((symbol != SYMBOL_NETWORK && symbol != SYMBOL_TITLE) ||
			n->mention[i] < 0)
			continue;
		count++;
		if (by < best) {
			best = by;
			found = i;
		}
	}
	*other = count > 1;
	if (best != SIZE_MAX) {
		*m = bind_stands_for(
			n, q->context, q->scan, SLOT_NETWORK, found, &anaphor);
		return (int32_t)found;
	}
	*m = default_network(q->context, q->scan, q->out, n->start, n->end);
	return CONTEXT_NONE;
}

void
cue_judge_sentence(const struct cue_sentence *q, double *f)
{
	const struct scan *s = q->scan;
	const uint32_t in = (1u << CUE_APPLY) - 1, all = (1u << CUE_RUN) - 1;
	const size_t t = q->sentence;

	f[F_SAYS_IN] = (q->classes & in) != 0;
	f[F_SAYS_OUT] = (q->classes & all & ~in) != 0;
	f[F_BEFORE] = t > 0 &&
		      s->sentences[t - 1].block == s->sentences[t].block &&
		      q->context->newest[t - 1] >= 0;
}
