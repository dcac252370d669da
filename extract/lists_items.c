/* The names of a list: an item or a run of words, piece by piece. */
#include "lists.h"

#define MEMBERS_MAX	 ((size_t)CLAIM_ARGS_MAX - CLAIM_SLOTS_MAX)
#define BEFORE_MAX	 24 /* bytes of "the city of" */
#define ABBREVIATION_MAX 3  /* of "St." */
#define OWNER_MAX	 4  /* bytes of the mark and letter of an owner */
#define SENTENCE_WORDS	 8  /* more make an item with a full stop one */
#define CLAUSE_WORDS	 6 /* behind a name that a semicolon parts from a list */
#define SMALL_MAX	 2 /* words before an area: "in the" */
#define BETWEEN_MAX	 5 /* bytes of " and " */
#define OTHERS_MAX	 2 /* pieces before the first name */

/* What parts one piece from the next. */
enum parting {
	PART_COMMA,
	PART_AND,  /* or a bar, a bullet */
	PART_STOP, /* a semicolon */
	PART_SIGN, /* a flag or another picture, which heads what follows */
	PART_END
};

/* A piece of a list, without what parts it from others. */
struct piece {
	uint32_t start, end, next;
	enum parting behind;
	uint32_t colon; /* the last one in it, outside of brackets, or 0 */
};

void
list_begin(struct lists *l)
{
	l->names = NULL;
	l->nnames = 0;
	l->cap = 0;
	l->misses = 0;
}

static enum error_code
add_name(struct lists *l, const struct list_name *name)
{
	struct list_name *grown;

	if (l->nnames == MEMBERS_MAX) {
		scan_warn(l->s, PROBLEM_MENTIONS,
			"of a list the first %zu names are read", MEMBERS_MAX);
		return OK;
	}
	grown = arena_grow(
		l->s->arena, l->names, l->nnames, &l->cap, sizeof *grown);
	if (grown == NULL)
		return ERR_NOMEM;
	l->names = grown;
	l->names[l->nnames++] = *name;
	return OK;
}

static bool
is_member(const struct mention *m)
{
	return m->type == MENTION_CITY || m->type == MENTION_ORGANISATION;
}

static bool
is_area(const struct mention *m)
{
	return m->type == MENTION_COUNTRY || m->type == MENTION_REGION;
}

uint32_t
list_first_letter(struct span text, uint32_t at, uint32_t end)
{
	while (at < end) {
		uint32_t cp;
		size_t len = utf8_decode(text, at, &cp);

		if (len == 0 || utf8_is_letter(cp))
			break;
		at += (uint32_t)len;
	}
	return at;
}

uint32_t
list_and_at(const struct lists *l, uint32_t at, uint32_t end)
{
	struct span text = l->s->doc->text;
	uint32_t to = at + 1;
	struct word w = { 0 };
	const struct word_row *row;
	size_t len;

	while (to < end && text.ptr[to] != ' ')
		to++;
	if (text.ptr[at] != ' ' || to == end || to - at > BEFORE_MAX)
		return 0;
	w.start = at + 1;
	w.end = to;
	if (!words_fill(&w, span_sub(text, at + 1, to), l->s->arena,
		    &l->m->part.tmp))
		return 0;
	row = words_find(&l->r->clauses, &w, 1, 0, l->s->doc->language, &len);
	return row != NULL && strcmp(row->type, "and") == 0 ? to - at : 0;
}

/* text[at] stands inside of a name: "Food and Agriculture Organization". */
static bool
is_inside(const struct scan *s, uint32_t at)
{
	size_t i = context_mention(s, at);

	return i > 0 && s->list[i - 1].end > at && s->list[i - 1].start < at;
}

/* Does the character part pieces?  *len: its bytes. */
static enum parting
parting_at(const struct lists *l, uint32_t at, uint32_t end, uint32_t *len)
{
	struct span text = l->s->doc->text;
	uint32_t cp;
	unsigned char c = (unsigned char)text.ptr[at];

	*len = 1;
	if (c == ',')
		return PART_COMMA;
	if (c == ';')
		return PART_STOP;
	if (c == '|' || c == '\n')
		return PART_AND;
	if (c == ' ') {
		*len = list_and_at(l, at, end);
		if (*len > 0)
			return PART_AND;
		*len = 1;
		return PART_END;
	}
	if (c < 0x80)
		return PART_END;
	*len = (uint32_t)utf8_decode(text, at, &cp);
	if (*len == 0)
		*len = 1;
	if (cp == 0x2022 || cp == 0xB7 || cp == 0x25CF)
		return PART_AND;
	return (cp >= 0x2600 && cp < 0x2C00) || cp >= 0x1F000 ? PART_SIGN
							      : PART_END;
}

/* A name ends at text[at], and at once another begins: "Chaves, Portugal
 * Loutraki, Greece", whose line breaks were lost; but a house may have its town
 * behind it. */
static bool
is_glued(const struct lists *l, uint32_t start, uint32_t at)
{
	const struct scan *s = l->s;
	size_t i;

	if (s->doc->text.ptr[at] != ' ')
		return false;
	i = context_mention(s, at);
	return i > 0 && i < s->n && s->list[i].start == at + 1 &&
	       s->list[i - 1].end == at && s->list[i - 1].start >= start &&
	       (is_member(&s->list[i]) || is_area(&s->list[i])) &&
	       (s->list[i - 1].type == MENTION_ORGANISATION
			       ? s->list[i].type != MENTION_CITY
			       : is_member(&s->list[i - 1]) ||
					 is_area(&s->list[i - 1]));
}

/* Two cities follow at text[at], parted by a comma or an "and". */
static bool
cities_follow(const struct scan *s, uint32_t at)
{
	const size_t i = context_mention(s, at);

	return i + 1 < s->n && s->list[i].start == at &&
	       s->list[i].type == MENTION_CITY &&
	       s->list[i + 1].type == MENTION_CITY &&
	       s->list[i + 1].start - s->list[i].end <= BETWEEN_MAX;
}

/* A dash at text[at] behind the land that heads a piece: "Galicia- Lugo"; or
 * behind words that two cities show to be one: "Angola - Luanda, Huambo". */
static bool
is_heading_dash(
	const struct lists *l, uint32_t start, uint32_t at, uint32_t end)
{
	static const char *const dashes[] = { " - ", "- ", " \xe2\x80\x93 ",
		" \xe2\x80\x94 " };
	const struct scan *s = l->s;
	const struct span rest = span_sub(s->doc->text, at, end);
	size_t k = 0, i;

	while (k < sizeof dashes / sizeof *dashes &&
		!span_starts_with(rest, dashes[k]))
		k++;
	if (k == sizeof dashes / sizeof *dashes ||
		(start > 0 && s->doc->text.ptr[start - 1] == ','))
		return false;
	i = context_mention(s, at);
	start = list_first_letter(s->doc->text, start, at);
	if (i > 0 && s->list[i - 1].end > start &&
		(s->list[i - 1].start != start || s->list[i - 1].end != at))
		return false;
	return (i > 0 && s->list[i - 1].start == start &&
		       is_area(&s->list[i - 1])) ||
	       cities_follow(s, at + (uint32_t)strlen(dashes[k]));
}

/* The piece that begins at text[at]. */
static struct piece
read_piece(const struct lists *l, uint32_t at, uint32_t end)
{
	struct span text = l->s->doc->text;
	struct piece p = { .start = at, .behind = PART_END };
	unsigned depth = 0;

	for (uint32_t len = 1; at < end; at += len) {
		char c = text.ptr[at];

		depth += c == '(';
		depth -= c == ')' && depth > 0;
		len = 1;
		if (depth > 0)
			continue;
		if (c == ':' || is_heading_dash(l, p.start, at, end))
			p.colon = at;
		p.behind = parting_at(l, at, end, &len);
		if (p.behind != PART_END && is_inside(l->s, at))
			p.behind = PART_END;
		if (p.behind == PART_END && is_glued(l, p.start, at))
			p.behind = PART_COMMA;
		if (p.behind != PART_END) {
			p.end = at;
			p.next = at + len;
			return p;
		}
	}
	p.end = p.next = end;
	return p;
}

uint32_t
list_name_end(struct span text, uint32_t at, uint32_t end)
{
	for (; at < end; at++) {
		struct span rest = span_sub(text, at, end);

		if (strchr(",;:|(", text.ptr[at]) != NULL ||
			span_starts_with(rest, " - ") ||
			span_starts_with(rest, " \xe2\x80\x93") ||
			span_starts_with(rest, " \xe2\x80\x94"))
			break;
	}
	while (at > 0 && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '.'))
		at--;
	return at;
}

/* Words that nothing recognised, but that may be a name like the others. */
static bool
may_be_name(struct span text, uint32_t at, uint32_t end)
{
	size_t words = 1;
	uint32_t cp;

	if (end <= at || end - at > LIST_NAME_MAX ||
		utf8_decode(text, at, &cp) == 0 || !utf8_is_upper(cp))
		return false;
	for (uint32_t i = at; i < end; i++) {
		words += text.ptr[i] == ' ';
		/* "St. Gallen", but no sentence's end. */
		if (text.ptr[i] == '.' && i + 1 < end &&
			text.ptr[i + 1] == ' ' && i - at > ABBREVIATION_MAX)
			return false;
		if (strchr("!?@/\"0123456789", text.ptr[i]) != NULL)
			return false;
	}
	return words <= LIST_NAME_WORDS;
}

/* A word of them says what the names are: "Several cities". */
static bool
says_units(const struct lists *l, uint32_t at, uint32_t end)
{
	size_t n = 0, len;
	struct word *w = words_split(
		l->s->doc->text, at, end, l->s->arena, &l->m->part.tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		uint32_t cp;

		if (w[i].fold[0] != '\0' &&
			utf8_decode(l->s->doc->text, w[i].start, &cp) > 0 &&
			!utf8_is_upper(cp) &&
			words_find(&l->r->lists, w, n, i, l->s->doc->language,
				&len) != NULL)
			return true;
	}
	return false;
}

/* "San Pedro | de Pilas", "Ostrava | Cement", "Wusterhausen | /Dosse": the name
 * goes on behind the mention, up to text[end]. */
static bool
goes_on(const struct scan *s, size_t i, uint32_t end)
{
	struct span text = s->doc->text;
	const uint32_t at = s->list[i].end;
	uint32_t last = end, cp;

	if (at + 1 >= end || (i + 1 < s->n && s->list[i + 1].start < end))
		return false;
	if (text.ptr[at] == '/')
		return may_be_name(text, at + 1, end);
	while (last > at && text.ptr[last - 1] != ' ')
		last--;
	return last > at && text.ptr[at] == ' ' &&
	       utf8_decode(text, last, &cp) > 0 && utf8_is_upper(cp) &&
	       may_be_name(text, s->list[i].start, end) &&
	       list_is_titled(span_sub(text, at, end));
}

/* "Gymnasium Lindum | Jena", "Gymnasium Ulm | a. d. Donau": a house's name, or
 * its town's, goes on up to the item's end at text[end]. */
static bool
house_goes_on(const struct scan *s, size_t i, uint32_t end)
{
	struct span text = s->doc->text;
	const uint32_t at = s->list[i].end + 1;
	uint32_t cp;

	if (s->list[i].type != MENTION_ORGANISATION || at + 1 >= end ||
		text.ptr[at - 1] != ' ')
		return false;
	if (i + 1 < s->n && s->list[i + 1].start == at)
		return s->list[i + 1].type == MENTION_CITY &&
		       s->list[i + 1].end == end;
	return text.ptr[at + 1] == '.' && utf8_decode(text, at, &cp) == 1 &&
	       !utf8_is_upper(cp) && utf8_is_letter(cp) &&
	       list_is_titled(span_sub(text, at, end));
}

/* text[word, end) joins a region to a name: "Bagno di Romagna", which a land
 * does not. */
static bool
joins_region(const struct lists *l, const struct mention *area, uint32_t word,
	uint32_t end)
{
	const struct word_row *row = NULL;
	size_t n = 0, len;
	struct word *w;

	if (area->type != MENTION_REGION || end + 1 != area->start)
		return false;
	w = words_split(
		l->s->doc->text, word, end, l->s->arena, &l->m->part.tmp, &n);
	if (w != NULL && n == 1)
		row = words_find(
			&l->r->clauses, w, n, 0, l->s->doc->language, &len);
	return row != NULL && (strcmp(row->type, "of") == 0 ||
				      strcmp(row->type, "of-the") == 0);
}

/* "Bikok au" before "Cameroun": unknown words without the land they are in,
 * and without what stands before it. */
static uint32_t
before_area(const struct lists *l, uint32_t at, uint32_t end)
{
	const struct scan *s = l->s;
	struct span text = s->doc->text;
	size_t i = context_mention(s, at + 1);
	uint32_t to;

	while (i < s->n && s->list[i].start < end && !is_area(&s->list[i]))
		i++;
	if (i == s->n || s->list[i].end > end)
		return end;
	to = s->list[i].start;
	/* Down to the word before a preposition and an article. */
	for (uint32_t k = to, small = 0;
		k > at && text.ptr[k - 1] == ' ' && small <= SMALL_MAX;
		small++) {
		uint32_t word = k - 1, cp;

		while (word > at && text.ptr[word - 1] != ' ')
			word--;
		if (utf8_decode(text, word, &cp) == 0 || utf8_is_upper(cp))
			return k - 1;
		if (small == 0 && joins_region(l, &s->list[i], word, k - 1))
			break;
		k = word;
	}
	return end;
}

/* The first word of text[at, end) says what the name behind is: "City of". */
static bool
is_unit(const struct lists *l, uint32_t at, uint32_t end)
{
	size_t n = 0, len;
	struct word *w = words_split(
		l->s->doc->text, at, end, l->s->arena, &l->m->part.tmp, &n);
	const struct word_row *row = NULL;

	if (w != NULL && n > 0)
		row = words_find(
			&l->r->lists, w, n, 0, l->s->doc->language, &len);
	return row != NULL && strcmp(row->type, "units") == 0;
}

/* The first mention of the piece that may be its name, or s->n: it begins
 * with it, with "the city of", or with what it has become. */
static size_t
known_name(const struct lists *l, uint32_t at, uint32_t end)
{
	const struct scan *s = l->s;
	size_t i = context_mention(s, at);
	uint32_t cp;

	/* "Geopark of Ries" */
	if (i < s->n && s->list[i].start == at &&
		s->list[i].type == MENTION_TITLE && s->list[i].end < end)
		at = s->list[i].end + 1;
	while (i < s->n && s->list[i].start < end && !is_member(&s->list[i]) &&
		!is_area(&s->list[i]))
		i++;
	if (i == s->n || s->list[i].start >= end ||
		s->list[i].start - at > BEFORE_MAX)
		return s->n;
	if (s->list[i].start > at &&
		(utf8_decode(s->doc->text, at, &cp) == 0 ||
			utf8_is_upper(cp)) &&
		!is_unit(l, at, s->list[i].start))
		return s->n;
	return i;
}

/* Another member is named in the piece behind mention i, outside of what
 * brackets or a dash set apart: it is a sentence. */
static bool
names_another(const struct scan *s, size_t i, uint32_t end)
{
	uint32_t last = list_name_end(s->doc->text, s->list[i].end, end);

	for (size_t k = i + 1; k < s->n && s->list[k].start < last; k++)
		if (is_member(&s->list[k]))
			return true;
	return false;
}

/* Which of the words in front of a name first say that something is there: 0
 * of "of Toro" and "in Covilhã", 1 of "those of Toro"; SIZE_MAX: none. */
static size_t
led_at(const struct lists *l, uint32_t at, uint32_t end)
{
	static const char *const leading[] = { "of", "of-the", "at" };
	size_t n = 0, len;
	struct word *w = words_split(
		l->s->doc->text, at, end, l->s->arena, &l->m->part.tmp, &n);

	for (size_t i = 0; w != NULL && i < n; i++) {
		const struct word_row *row = words_find(
			&l->r->clauses, w, n, i, l->s->doc->language, &len);

		for (size_t k = 0; row != NULL && k < 3; k++)
			if (strcmp(row->type, leading[k]) == 0)
				return i;
	}
	return SIZE_MAX;
}

/* "of Toro" is where the name before it is, if that has no such word. */
static bool
is_whereabouts(struct lists *l, uint32_t at, struct list_name *name)
{
	const size_t led = led_at(l, at, name->start);

	name->led = led != SIZE_MAX;
	return led == 0 && l->nnames > 0 && !l->names[l->nnames - 1].led;
}

/* "Lucerne: Sursee, Emmen": the city in front of the colon is where those
 * behind it are. */
static bool
is_label(const struct lists *l, size_t i, const struct piece *p)
{
	const struct mention *list = l->s->list;
	const uint32_t at =
		list_first_letter(l->s->doc->text, p->colon + 1, p->end);

	return list[i].type == MENTION_CITY && list[i].end == p->colon &&
	       p->behind != PART_END && i + 1 < l->s->n &&
	       list[i + 1].start == at && list[i + 1].type == MENTION_CITY;
}

enum piece_says { PIECE_NAME, PIECE_BESIDE, PIECE_OTHER };

/* One piece: a name, what stands beside one ("Austria"), or other words. */
static enum error_code
take_piece(struct lists *l, const struct piece *p, uint32_t end,
	enum piece_says *says)
{
	const struct scan *s = l->s;
	struct span text = s->doc->text;
	uint32_t at = list_first_letter(text, p->start, p->end), to;
	size_t i = known_name(l, at, p->end);
	struct list_name name = { .mention = -1 };

	/* "Spain: A", "Spain - A" and "Lucerne: A, B", but "Graz: since
	 * 2019". */
	if (p->colon > p->start &&
		(i == s->n || !is_member(&s->list[i]) || is_label(l, i, p))) {
		at = list_first_letter(text, p->colon + 1, p->end);
		i = known_name(l, at, p->end);
	}
	/* "Venezuela's Caracas" */
	if (i + 1 < s->n && is_area(&s->list[i]) &&
		is_member(&s->list[i + 1]) && s->list[i + 1].start < p->end &&
		s->list[i + 1].start - s->list[i].end <= OWNER_MAX)
		i++;
	name.start = at;
	*says = at == p->end ? PIECE_BESIDE : PIECE_OTHER;
	if (at == p->end)
		return OK;
	if (i < s->n && is_area(&s->list[i])) {
		*says = PIECE_BESIDE;
		return OK;
	}
	to = before_area(l, at, list_name_end(text, at, p->end));
	if (i < s->n &&
		((s->list[i].type == MENTION_CITY && goes_on(s, i, to)) ||
			(p->end == end && house_goes_on(s, i, to)))) {
		name.house = s->list[i].type == MENTION_ORGANISATION;
		name.start = s->list[i].start;
		name.end = to;
		name.more = to < end;
	} else if (i < s->n && !names_another(s, i, p->end)) {
		name.mention = (int32_t)i;
		name.start = s->list[i].start;
		name.end = s->list[i].end;
		if (is_whereabouts(l, at, &name)) {
			*says = PIECE_BESIDE;
			return OK;
		}
		name.more = name.end < end;
	} else if (may_be_name(text, at, to) && !says_units(l, at, p->end)) {
		name.end = to;
		name.more = to < end;
	} else {
		return OK;
	}
	*says = PIECE_NAME;
	return add_name(l, &name);
}

/* More words stand behind the last name of a piece: "Graz is the first". */
static bool
tells_more(const struct scan *s, const struct piece *p)
{
	const size_t i = context_mention(s, p->end);
	uint32_t at = i > 0 && s->list[i - 1].start >= p->start
			      ? s->list[i - 1].end
			      : p->start;

	if (p->colon > p->start)
		return false;
	at = list_first_letter(
		s->doc->text, at, list_name_end(s->doc->text, at, p->end));
	return at < list_name_end(s->doc->text, at, p->end);
}

/* "A and B; C, which was one until 2019, left": so many words follow the name
 * up to the next semicolon that they are another clause. */
static bool
tells_clause(struct span text, const struct piece *p, uint32_t end)
{
	size_t words = 0;

	for (uint32_t i = p->end; i < end && text.ptr[i] != ';'; i++)
		words += text.ptr[i] == ' ';
	return p->behind == PART_COMMA && words >= CLAUSE_WORDS;
}

enum error_code
list_run(struct lists *l, uint32_t start, uint32_t end)
{
	enum piece_says says = PIECE_BESIDE;
	const size_t before = l->nnames;
	size_t others = 0;
	bool last = false, closed = false, stopped = false, joined = false;
	enum error_code code = OK;

	/* "several cities, Graz and Linz" */
	while (code == OK && start < end &&
		(says != PIECE_OTHER ||
			(l->nnames == before && others++ < OTHERS_MAX))) {
		struct piece p = read_piece(l, start, end);

		/* Behind a semicolon, and behind "A and B,", another sentence
		 * may begin. */
		if ((stopped && tells_more(l->s, &p)) ||
			(joined && tells_clause(l->s->doc->text, &p, end)))
			break;
		code = take_piece(l, &p, end, &says);
		closed = closed || (last && p.behind == PART_COMMA);
		stopped = closed || p.behind == PART_STOP;
		joined = last && p.behind == PART_STOP;
		last = p.behind == PART_AND &&
		       l->s->doc->text.ptr[p.end] == ' ';
		start = p.next;
	}
	return code;
}

/* The item holds more names than one: behind a land and a colon, behind a
 * flag, with an "and", three with commas, or because line breaks were lost. */
static bool
is_grouped(const struct lists *l, const struct block *k, uint32_t end)
{
	const struct scan *s = l->s;
	struct span text = s->doc->text;
	size_t cities = 0;

	for (size_t i = context_mention(s, k->start) + 1;
		k->type == BLOCK_PARAGRAPH && i < s->n &&
		s->list[i].start < end;
		i++)
		if (is_glued(l, k->start, s->list[i].start - 1))
			return true;
	for (uint32_t at = k->start; at < end;) {
		struct piece p = read_piece(l, at, end);
		size_t i = known_name(
			l, list_first_letter(text, at, p.end), p.end);

		if (p.colon > k->start || p.behind == PART_AND ||
			p.behind == PART_STOP || p.behind == PART_SIGN)
			return true;
		cities += i < s->n && s->list[i].type == MENTION_CITY;
		at = p.next;
	}
	return cities >= LIST_RUN_LEAST;
}

/* An item that tells in so many words, up to a full stop, is no name. */
static bool
is_sentence(struct span text)
{
	size_t words = 1;

	for (size_t i = 0; i < text.len; i++)
		words += text.ptr[i] == ' ';
	return words > SENTENCE_WORDS && span_ends_with(text, ".");
}

/* "Renewed: A, B", "Partners: C": an item that tells by itself what those in it
 * are. */
static enum error_code
read_label(struct lists *l, const struct block *k, bool *tells)
{
	const char *text = l->s->doc->text.ptr;
	const char *colon = memchr(text + k->start, ':', k->end - k->start);
	struct list_intro in = { 0 };
	enum error_code code = OK;

	if (colon != NULL)
		code = list_read_intro(
			l, k->start, (uint32_t)(colon - text), &in);
	*tells = in.told != STATUS_NONE || in.other;
	return code;
}

uint32_t
list_item_end(const struct lists *l, const struct block *k)
{
	const char *text = l->s->doc->text.ptr;
	uint32_t end = k->end;

	while (end > k->start && strchr(" ,;", text[end - 1]) != NULL)
		end--;
	return end;
}

enum error_code
list_item(struct lists *l, const struct block *k)
{
	struct list_name placed;
	const uint32_t end = list_item_end(l, k);
	enum piece_says says = PIECE_BESIDE;
	const size_t before = l->nnames;
	enum error_code code = OK;

	if (k->type == BLOCK_ITEM &&
		is_sentence(span_sub(l->s->doc->text, k->start, k->end))) {
		l->misses++;
		return OK;
	}
	if (list_placed(l, k, &placed))
		return add_name(l, &placed);
	if (is_grouped(l, k, end)) {
		bool tells;

		code = read_label(l, k, &tells);
		if (code == OK && !tells)
			code = list_run(l, k->start, end);
		l->misses += l->nnames == before;
		return code;
	}
	for (uint32_t at = k->start;
		code == OK && at < end && says == PIECE_BESIDE;) {
		struct piece p = read_piece(l, at, end);

		code = take_piece(l, &p, end, &says);
		at = p.next;
		/* "Europa", "Spain": the heading of those below. */
		if (at == end && says == PIECE_NAME && k->type != BLOCK_ITEM &&
			k->type != BLOCK_CELL &&
			l->names[l->nnames - 1].mention < 0)
			l->nnames--;
	}
	l->misses += l->nnames == before &&
		     (k->type == BLOCK_ITEM || k->type == BLOCK_CELL);
	return code;
}
