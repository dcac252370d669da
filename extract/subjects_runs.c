/* A name of several words, read from where it begins. */
#include "subjects.h"

#define ELIDED_MAX  5 /* bytes of an article with its apostrophe's first */
#define ACRONYM_MAX 8 /* letters */

/* The row at word i. */
static const struct word_row *
row_at(const struct search *q, size_t i, size_t *len)
{
	struct standing *at = &q->rows[i];

	if (i >= q->n)
		return NULL;
	if (!at->known) {
		at->row = words_find(&q->cues->cues, q->w, q->n, i,
			q->s->doc->language, &at->len);
		at->known = true;
	}
	*len = at->len;
	return at->row;
}

const struct mention *
subjects_mention(const struct search *q, size_t i)
{
	const struct scan *s = q->s;
	size_t lo = 0, hi = q->nsorted;

	if (i >= q->n)
		return NULL;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->list[mid].end <= q->w[i].start)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < q->nsorted && s->list[lo].start < q->w[i].end ? &s->list[lo]
								  : NULL;
}

static bool
has_role(const struct word_row *row, const char *role)
{
	struct span rest = span_str(row != NULL ? row->value : ""), one;

	while (rest.len > 0 && span_split(&rest, ' ', &one))
		if (span_eq_str(one, role))
			return true;
	return false;
}

bool
subjects_cue(const struct search *q, size_t i, const char *role, size_t *len)
{
	const struct word_row *row = row_at(q, i, len);

	if (row == NULL || has_role(row, role))
		return row != NULL;
	/* Of "a rejoint" the first word has its own roles. */
	return *len > 1 && has_role(words_find(&q->cues->cues, q->w, i + 1, i,
					    q->s->doc->language, len),
				   role);
}

bool
subjects_listed(const struct search *q, size_t i)
{
	size_t len;

	return row_at(q, i, &len) != NULL;
}

bool
subjects_and(const struct search *q, size_t i)
{
	struct span text = q->s->doc->text;

	return i > 0 && i + 1 < q->n && q->w[i].mark == 0 &&
	       places_coordinates(
		       span_sub(text, q->w[i - 1].end, q->w[i + 1].start));
}

bool
subjects_elided(const struct search *q, size_t i)
{
	struct span word;
	size_t at, width = 1;

	if (i >= q->n || q->w[i].fold[0] == '\0')
		return false;
	word = span_sub(q->s->doc->text, q->w[i].start, q->w[i].end);
	at = span_find(word, 0, span_str("'"));
	if (at == SIZE_MAX) {
		at = span_find(word, 0, span_str("\xe2\x80\x99"));
		width = 3;
	}
	return at == 1 &&
	       words_has(&q->cues->cues, span_sub(word, at + width, word.len),
		       "elided");
}

static bool
has_apostrophe(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] == '\'' || word.ptr[i] == '\xe2')
			return true;
	return false;
}

/* Where the name begins in word i: "Armorique" of "l'Armorique". */
static uint32_t
name_start(const struct search *q, size_t i)
{
	static const char *const elided[] = { "l", "d", "dell", "dall", "nell",
		"sull", "all", "L", "Dell", "Dall", "Nell", "Sull", "All" };
	struct span text = q->s->doc->text;
	struct span word = span_sub(text, q->w[i].start, q->w[i].end);
	struct span first = span_sub(word, 0, ELIDED_MAX);

	/* Most words have no apostrophe. */
	if (!has_apostrophe(first))
		return q->w[i].start;
	for (size_t k = 0; k < sizeof elided / sizeof *elided; k++) {
		struct span rest = span_sub(word, strlen(elided[k]), word.len);
		uint32_t at = q->w[i].start + (uint32_t)strlen(elided[k]);

		if (!span_starts_with(word, elided[k]))
			continue;
		/* "et L'Occitane": a large article is of the name. */
		if (elided[k][0] == 'L' && i > 0)
			break;
		if (span_starts_with(rest, "'"))
			return at + 1;
		if (span_starts_with(rest, "\xe2\x80\x99"))
			return at + 3;
	}
	return q->w[i].start;
}

bool
subjects_capital(const struct search *q, size_t i)
{
	uint32_t cp;

	return q->w[i].fold[0] != '\0' &&
	       utf8_decode(q->s->doc->text, name_start(q, i), &cp) > 0 &&
	       utf8_is_upper(cp);
}

static bool
is_saint(const struct search *q, size_t i)
{
	return strcmp(q->w[i].fold, "st") == 0 ||
	       strcmp(q->w[i].fold, "ste") == 0;
}

static bool
is_stop(const struct search *q, size_t i);

/* "Hay-on-Wye", "Stoke on Trent", "Marks & Spencer": the next word of the
 * name behind word i, or 0.  "Udine al Patto" is not one. */
static size_t
next_of_name(const struct search *q, size_t i)
{
	size_t k = i + 1, len;

	/* "St. Wendel" */
	if (k < q->n && q->w[k].mark == '.' && is_saint(q, i))
		k++;
	for (int small = 0; small < 3 && k < q->n; small++, k++) {
		bool mark = q->w[k].mark == '-' && !q->w[k].space;

		if (mark || (q->w[k].mark == '&' && q->w[k].space))
			continue;
		if (q->w[k].mark != 0)
			return 0;
		if (subjects_capital(q, k) ||
			!subjects_cue(q, k, "inside", &len))
			break;
	}
	return k < q->n && q->w[k].mark == 0 && subjects_capital(q, k) &&
			       (k == i + 1 || !is_stop(q, k))
		       ? k
		       : 0;
}

/* "La" of "La Louvière". */
static bool
is_inside(const struct search *q, size_t i)
{
	size_t len;

	return subjects_cue(q, i, "inside", &len);
}

/* The word right before word i has that role: "FC Moffat" is not Moffat. */
static bool
stands_behind(const struct search *q, size_t i, const char *role)
{
	size_t len;

	return i > 0 && q->w[i].mark == 0 && subjects_cue(q, i - 1, role, &len);
}

/* "New" of "New Koforidua". */
static bool
opens_name(const struct search *q, size_t i)
{
	size_t len;

	return subjects_cue(q, i, "opens", &len) && next_of_name(q, i) > 0;
}

/* A word that is no name, however it is written. */
static bool
is_common(const struct search *q, size_t i)
{
	size_t len;

	return row_at(q, i, &len) != NULL && !is_inside(q, i) &&
	       !opens_name(q, i);
}

static bool
is_stop(const struct search *q, size_t i)
{
	size_t len;
	const struct word_row *row = row_at(q, i, &len);

	return row != NULL && strcmp(row->type, "stop") == 0;
}

/* "Marks & Spencer": a word beside "&" is a name. */
static bool
is_firm(const struct search *q, size_t i)
{
	return i + 2 < q->n && q->w[i + 1].mark == '&' && q->w[i + 1].space &&
	       subjects_capital(q, i + 2);
}

/* The word ends as words of that kind do. */
static bool
ends_like(const struct search *q, size_t i, const char *kind)
{
	struct span word = span_str(q->w[i].fold);

	for (size_t k = 0; k < q->nendings; k++) {
		const struct subjects_ending *e = &q->endings[k];

		/* Most words end otherwise. */
		if (word.len > e->len &&
			word.ptr[word.len - 1] == e->row->words[e->len - 1] &&
			memcmp(word.ptr + word.len - e->len, e->row->words,
				e->len) == 0 &&
			strcmp(e->row->value, kind) == 0)
			return true;
	}
	return false;
}

bool
subjects_sector(const struct search *q, size_t i)
{
	size_t len;

	return q->w[i].mark == 0 && (subjects_cue(q, i, "sector", &len) ||
					    ends_like(q, i, "sector"));
}

bool
subjects_place(const struct search *q, size_t i)
{
	return q->w[i].mark == 0 && ends_like(q, i, "place");
}

/* A name stands at the beginning of what it may be the subject of. */
static bool
begins_clause(const struct search *q, size_t i)
{
	return i == 0 || q->w[i - 1].mark != 0;
}

/* "Pastificio Brandi", "Molkerei Alpgold": the trade is of the name.  German
 * writes all trades large, and English those at the beginning of a sentence. */
static bool
begins_firm(const struct search *q, size_t i)
{
	const char *language = q->s->doc->language;
	size_t len, next = next_of_name(q, i);

	return language != NULL &&
	       (strcmp(language, "de") != 0 ||
		       subjects_cue(q, i, "opens", &len)) &&
	       (strcmp(language, "en") != 0 ||
		       (i > 0 && q->w[i - 1].mark == 0)) &&
	       subjects_sector(q, i) && next > 0 && !is_common(q, next) &&
	       (next == i + 1 ||
		       (!begins_clause(q, i) && strcmp(language, "en") != 0));
}

bool
subjects_trade(const struct search *q, size_t i)
{
	return subjects_sector(q, i) && !begins_firm(q, i);
}

/* Of "Multnomah County" the last word is common. */
static bool
goes_on(const struct search *q, size_t i)
{
	const char *language = q->s->doc->language;
	size_t len;

	return (!is_common(q, i) && !subjects_sector(q, i) &&
		       !subjects_place(q, i)) ||
	       subjects_cue(q, i, "suffix", &len) ||
	       /* "National" of "Harrowdale National Park" */
	       (i + 1 < q->n && q->w[i + 1].mark == 0 &&
		       subjects_capital(q, i) && subjects_capital(q, i + 1) &&
		       subjects_cue(q, i + 1, "suffix", &len)) ||
	       /* "Osprey Dairy" */
	       (language != NULL && strcmp(language, "de") != 0 &&
		       subjects_sector(q, i)) ||
	       /* "Porto Santo" */
	       ((q->w[i - 1].mark == '-' || is_inside(q, i - 1) ||
			(language != NULL && strcmp(language, "en") != 0 &&
				strcmp(language, "de") != 0)) &&
		       subjects_cue(q, i, "opens", &len));
}

static bool
ends_owned(struct span word, uint32_t *cut)
{
	*cut = 0;
	if (span_ends_with(word, "'s"))
		*cut = 2;
	else if (span_ends_with(word, "\xe2\x80\x99s"))
		*cut = 4;
	return *cut > 0;
}

static bool
all_capitals(struct span name)
{
	for (size_t at = 0; at < name.len;) {
		uint32_t cp;
		size_t len = utf8_decode(name, at, &cp);

		if (len == 0)
			return true;
		if (utf8_is_letter(cp) && !utf8_is_upper(cp))
			return false;
		at += len;
	}
	return true;
}

static struct span
word_text(const struct search *q, size_t i)
{
	return span_sub(q->s->doc->text, q->w[i].start, q->w[i].end);
}

/* How many capitals: "GfWM" has three. */
static size_t
capitals_of(struct span name)
{
	size_t n = 0;

	for (size_t at = 0; at < name.len;) {
		uint32_t cp;
		size_t len = utf8_decode(name, at, &cp);

		if (len == 0)
			break;
		n += utf8_is_upper(cp);
		at += len;
	}
	return n;
}

/* The word beside is one of small letters, or there is none. */
static bool
is_small(const struct search *q, size_t i)
{
	return i >= q->n || q->w[i].mark != 0 ||
	       q->w[i].end == q->w[i].start + 1 ||
	       !all_capitals(word_text(q, i));
}

/* "die HLW", "UFRJ": letters that stand for a name, where not all the text is
 * in capitals. */
static bool
is_acronym(const struct search *q, const struct run *r)
{
	return r->last <= r->first + 1 && r->end - r->start <= ACRONYM_MAX &&
	       is_small(q, r->last + 1) &&
	       (r->first == 0 || is_small(q, r->first - 1));
}

/* A word as persons have none: "MC" of "Sonae MC". */
static bool
has_letters(const struct search *q, const struct run *r)
{
	for (size_t i = r->first; i <= r->last; i++)
		if (q->w[i].mark == 0 && q->w[i].end > q->w[i].start + 1 &&
			all_capitals(word_text(q, i)))
			return true;
	return false;
}

/* Word i belongs to a mention, other than a city's behind a hyphen: of
 * "Hay-on-Wye" the gazetteer may know the last. */
static bool
is_named(const struct search *q, size_t i)
{
	return q->w[i - 1].mark != '-' && subjects_mention(q, i) != NULL;
}

/* "Harrow & Finch" is no place. */
static bool
is_beside_and(const struct search *q, size_t i)
{
	return is_firm(q, i) || (i > 0 && q->w[i - 1].mark == '&');
}

/* The word before is one of the name, though a common one: "Lakes" of "Great
 * Lakes". */
static bool
is_rest(const struct search *q, size_t i)
{
	const char *language = q->s->doc->language;
	size_t len;

	return i > 1 && q->w[i].mark == 0 && q->w[i - 1].mark == 0 &&
	       subjects_capital(q, i - 1) && is_common(q, i - 1) &&
	       !subjects_sector(q, i - 1) &&
	       !subjects_cue(q, i - 1, "before", &len) &&
	       !subjects_cue(q, i - 1, "the", &len) &&
	       !(language != NULL && strcmp(language, "de") == 0);
}

/* The place that a table has by that name, if the run is no more than it. */
static const struct doubt *
place_at(struct search *q, size_t i)
{
	const struct scan *s = q->s;

	while (q->doubt < s->ndoubts &&
		s->doubts[q->doubt].place.start < q->w[i].start)
		q->doubt++;
	return q->doubt < s->ndoubts &&
			       s->doubts[q->doubt].place.start < q->w[i].end
		       ? &s->doubts[q->doubt]
		       : NULL;
}

/* The rest of the words is the place's name. */
static size_t
read_place(
	const struct search *q, size_t i, const struct doubt *d, struct run *r)
{
	size_t last = i;
	uint32_t cut;

	while (last + 1 < q->n && q->w[last + 1].start < d->place.end)
		last++;
	*r = (struct run){ .first = i,
		.last = last,
		.start = d->place.start,
		.end = d->place.end,
		.place = d };
	r->owned = q->w[last].end > d->place.end &&
		   ends_owned(span_sub(q->s->doc->text, q->w[last].start,
				      q->w[last].end),
			   &cut);
	return last - i + 1;
}

/* What no name is, however it is written. */
static bool
is_no_name(const struct search *q, const struct run *r)
{
	size_t len, next = r->last + 1;

	if (r->end < r->start + SUBJECTS_BYTES_MIN)
		return true;
	/* "Outdoor" of "Outdoor-Ausrüster" */
	if (next + 1 < q->n && q->w[next].mark == '-' && !q->w[next].space &&
		!q->w[next + 1].space)
		return true;
	/* "The Town" is any, and so is "die Verwaltung". */
	return r->last == r->first &&
	       ((stands_behind(q, r->first, "determiner") &&
			capitals_of(word_text(q, r->first)) < 2) ||
		       ends_like(q, r->first, "noun") ||
		       subjects_cue(q, r->first, "sector", &len));
}

/* The place that begins with word i and may be a part of a longer name. */
static const struct mention *
place_within(const struct search *q, size_t i)
{
	const struct mention *m = subjects_mention(q, i);

	/* "d'Alger" */
	if (m == NULL || m->start != name_start(q, i) ||
		(m->type != MENTION_CITY && m->type != MENTION_REGION &&
			m->type != MENTION_COUNTRY) ||
		(m->rule != NULL && strcmp(m->rule, PLACES_RULE_LINKED) == 0))
		return NULL;
	return m;
}

static size_t
last_word_of(const struct search *q, size_t i, const struct mention *m)
{
	while (i + 1 < q->n && q->w[i + 1].end <= m->end)
		i++;
	return i;
}

/* Capitals that stand for a name, in a text that is not all in capitals. */
static bool
is_letters(const struct search *q, size_t i)
{
	struct span word = word_text(q, i);

	return word.len > 1 && word.len <= ACRONYM_MAX && all_capitals(word) &&
	       !subjects_listed(q, i) && is_small(q, i + 1);
}

/* "Peñarroya del Monte", "Lidl Portugal": a place is named by word next, which
 * goes on with the name that begins with the unknown word first; its last
 * word, or 0. */
static size_t
takes_place(const struct search *q, size_t first, size_t last, size_t next)
{
	const char *language = q->s->doc->language;
	const struct mention *m = place_within(q, next);
	bool direct =
		next == last + 1 && q->w[next].start == name_start(q, next);
	size_t len;

	/* "ETH Zürich", "HEC Paris" */
	if (m != NULL && direct && first == last && m->type == MENTION_CITY &&
		is_letters(q, first))
		return last_word_of(q, next, m);
	if (m == NULL || language == NULL ||
		(strcmp(language, "de") == 0 && direct) ||
		seen_has(q->seen->small, q->w[first].hash))
		return 0;
	/* "Sankt Kilian am Forst", but "Wendelin in Graz" */
	for (size_t i = last + 1; i < next; i++)
		if (q->w[i].mark != 0 ||
			(strcmp(language, "de") == 0 &&
				!subjects_cue(q, i, "joins", &len)))
			return 0;
	if (direct)
		/* "Bioparc Valencia", but "Nearby Graz" */
		return m->type == MENTION_COUNTRY || first != last ||
				       !begins_clause(q, first) ||
				       (q->articles &&
					       !subjects_of_rules(q, first))
			       ? last_word_of(q, next, m)
			       : 0;
	/* "Tecnológico de Monterrey", but "the Academy in Graz". */
	for (size_t i = last + 1; strcmp(language, "en") == 0 && i < next; i++)
		if (subjects_cue(q, i, "in", &len) ||
			subjects_cue(q, i, "the", &len))
			return 0;
	return last_word_of(q, next, m);
}

/* No name begins with word i, which is no place's. */
static bool
begins_none(const struct search *q, size_t i)
{
	return (is_common(q, i) || subjects_sector(q, i) ||
		       subjects_place(q, i)) &&
	       !is_firm(q, i) && !begins_firm(q, i);
}

/* The last word of the name that begins with word i and goes on at least to
 * word last; *words of it begin with a capital.  *person: none of them speaks
 * against one; *proper: one is no common word. */
static size_t
read_rest(const struct search *q, size_t i, size_t last, size_t *words,
	bool *person, bool *proper)
{
	struct span text = q->s->doc->text;
	size_t next;
	uint32_t cut;

	while ((next = next_of_name(q, last)) > 0 &&
		(goes_on(q, next) || place_within(q, next) != NULL) &&
		*words <= SUBJECTS_WORDS_MAX) {
		if (ends_owned(span_sub(text, q->w[last].start, q->w[last].end),
			    &cut))
			break;
		if (is_named(q, next)) {
			next = takes_place(q, i, last, next);
			if (next == 0)
				return last;
			*person = false;
			last = next;
			++*words;
			continue;
		}
		*person = *person && next == last + 1 && !is_common(q, next) &&
			  !opens_name(q, next);
		*proper = *proper || !is_common(q, next);
		last = next;
		++*words;
	}
	return last;
}

static size_t
read_name(const struct search *q, size_t i, size_t *words, bool *person,
	bool *proper)
{
	*words = 1;
	*person = !opens_name(q, i);
	*proper = !is_inside(q, i) && !opens_name(q, i);
	return read_rest(q, i, i, words, person, proper);
}

/* "La Ribera del Esla", "La AUSL Romagna": an article that only the sentence's
 * beginning writes large is no part of a name that goes on behind small words,
 * or is one of letters. */
static void
drop_article(const struct search *q, struct run *r)
{
	size_t len;

	if (!begins_clause(q, r->first) || r->last == r->first ||
		!subjects_cue(q, r->first, "the", &len) || len != 1)
		return;
	if (!is_letters(q, r->first + 1) &&
		(r->last < r->first + 3 ||
			next_of_name(q, r->first + 1) < r->first + 3))
		return;
	r->first++;
	r->start = q->w[r->first].start;
	r->sector = subjects_sector(q, r->first);
}

/* What the run is, once its words are known; empty where it is no name. */
static void
finish_run(const struct search *q, struct run *r, bool proper)
{
	struct span text = q->s->doc->text;
	uint32_t cut;
	size_t len;

	r->end = q->w[r->last].end;
	r->owned =
		ends_owned(span_sub(text, q->w[r->last].start, r->end), &cut);
	r->end -= cut;
	/* No person has an article. */
	r->person =
		r->person && !has_letters(q, r) &&
		(r->first == 0 || !subjects_cue(q, r->first - 1, "the", &len));
	if (!proper || is_no_name(q, r) || is_rest(q, r->first) ||
		(all_capitals(span_sub(text, r->start, r->end)) &&
			!is_acronym(q, r)))
		r->end = r->start;
}

/* "del Rebollar" of "Puebla del Rebollar": what goes on with a place's name
 * behind small words, in languages that do so. */
static bool
is_linked(const struct search *q, size_t last, size_t next)
{
	const char *language = q->s->doc->language;
	const struct mention *m;
	size_t len;
	bool any;

	if (language == NULL ||
		(next < last + 2 && name_start(q, next) == q->w[next].start))
		return false;
	any = strcmp(language, "de") != 0 && strcmp(language, "en") != 0;
	for (size_t i = last + 1; i < next; i++)
		if (q->w[i].mark != 0 ||
			(!any && !subjects_cue(q, i, "joins", &len)))
			return false;
	m = place_within(q, next);
	return (m == NULL && !is_named(q, next)) ||
	       (m != NULL && m->type != MENTION_COUNTRY);
}

/* The words behind the place that begins with word i make a longer name of it:
 * "Brunsbüttel Ports", "die Linz Netz Wärme". */
static size_t
read_longer(struct search *q, size_t i, struct run *r)
{
	const struct mention *m = place_within(q, i);
	const char *language = q->s->doc->language;
	size_t last, next, len, words = 1;
	bool the = i > 0 && subjects_cue(q, i - 1, "the", &len);
	bool person = false, proper = true;

	if (m == NULL || m->start != q->w[i].start)
		return 0;
	last = last_word_of(q, i, m);
	next = next_of_name(q, last);
	/* "de Xochitepec del Sur" */
	if (!the && !(next > 0 && is_linked(q, last, next)) &&
		(language == NULL || strcmp(language, "de") == 0 ||
			(!begins_clause(q, i) && !subjects_and(q, i - 1))))
		return 0;
	if (next == 0 ||
		(is_common(q, next) && !subjects_cue(q, next, "opens", &len)))
		return 0;
	if (!is_linked(q, last, next) &&
		(next != last + 1 || is_named(q, next) ||
			(!the && seen_has(q->seen->small, q->w[next].hash))))
		return 0;
	*r = (struct run){ .first = i, .start = m->start };
	r->last = read_rest(q, i, last, &words, &person, &proper);
	finish_run(q, r, words <= SUBJECTS_WORDS_MAX);
	return r->last - i + 1;
}

/* The place's name, or "San Martín de la Vega Alta", which goes on. */
static size_t
read_on(const struct search *q, size_t i, const struct doubt *d, struct run *r)
{
	const char *language = q->s->doc->language;
	size_t took = read_place(q, i, d, r), words = 1, next;
	bool person = false, proper = true;

	next = next_of_name(q, r->last);
	if (r->owned || next != r->last + 1 || is_common(q, next) ||
		is_named(q, next) || language == NULL ||
		strcmp(language, "de") == 0)
		return took;
	r->place = NULL;
	r->last = read_rest(q, i, r->last, &words, &person, &proper);
	finish_run(q, r, words <= SUBJECTS_WORDS_MAX);
	return r->last - i + 1;
}

size_t
subjects_read(struct search *q, size_t i, struct run *r)
{
	const struct doubt *place = place_at(q, i);
	size_t words, last, len;
	bool person, proper;

	if (!subjects_capital(q, i) || stands_behind(q, i, "club"))
		return 0;
	if (subjects_mention(q, i) != NULL)
		return read_longer(q, i, r);
	if (place != NULL && is_beside_and(q, i))
		place = NULL;
	if (place != NULL && place->place.end > q->w[i].end)
		return read_on(q, i, place, r);
	/* "the Canadian member", and no town in Texas; "Han dejado". */
	if (place != NULL && !subjects_sector(q, i) &&
		(is_stop(q, i) || (begins_clause(q, i) && is_common(q, i) &&
					  !subjects_cue(q, i, "opens", &len))))
		place = NULL;
	if (subjects_cue(q, i, "article", &len) ||
		(place == NULL && begins_none(q, i)))
		return 0;
	last = read_name(q, i, &words, &person, &proper);
	if (place != NULL && last == i)
		return read_place(q, i, place, r);
	*r = (struct run){ .first = i, .last = last };
	r->person = person && words > 1;
	r->sector = begins_firm(q, i) && words > 1;
	r->start = name_start(q, i);
	finish_run(q, r, proper && words <= SUBJECTS_WORDS_MAX);
	if (r->end > r->start)
		drop_article(q, r);
	return last - i + 1;
}
