#include <stdlib.h>

#include "rules.h"

#define NOTE_MAX  ((size_t)1 << 20) /* bytes of one annotated sentence */
#define FOLD_ROOM 256 /* bytes a word may fold to without another look */

const char nationality_rule[] = "nationality";

void
annotated_init(struct annotated *n)
{
	*n = (struct annotated){ 0 };
	buffer_init(&n->text, NOTE_MAX);
	buffer_init(&n->tmp, NOTE_MAX);
}

void
annotated_release(struct annotated *n)
{
	buffer_release(&n->text);
	buffer_release(&n->tmp);
	free(n->at);
	free(n->mention);
	free(n->notes);
}

unsigned
symbol_of(const struct mention *m)
{
	static const unsigned counts[COUNT_CLASSES] = {
		[COUNT_OTHER] = 24,
		[COUNT_MEMBER] = 16,
		[COUNT_COUNTRY] = 19,
		[COUNT_PEOPLE] = 20,
		[COUNT_PARTNER] = 21,
		[COUNT_ORDINAL] = 23,
		[COUNT_PERCENT] = 24,
		[COUNT_MONEY] = 24,
		[COUNT_BARE] = 22,
	};
	static const unsigned types[MENTION_TYPES] = {
		[MENTION_CITY] = 0,
		[MENTION_REGION] = 1,
		[MENTION_COUNTRY] = 2,
		[MENTION_DATE] = 4,
		[MENTION_NETWORK] = 5,
		[MENTION_TITLE] = 6,
		[MENTION_ORGANISATION] = 7,
		[MENTION_PERSON] = 8,
		[MENTION_ROLE] = 9,
		[MENTION_EVENT] = 10,
	};

	if (m->type == MENTION_COUNTRY && m->rule == nationality_rule)
		return SYMBOL_NATIONALITY;
	if (m->type != MENTION_COUNT)
		return types[m->type];
	if (m->count.class != COUNT_MEMBER)
		return counts[m->count.class];
	return m->count.others ? 18 : m->count.fresh ? 17 : 16;
}

/* Room for so many bytes and as many words, kept for the next sentence. */
static enum error_code
room(struct annotated *n, size_t bytes)
{
	size_t cap;
	void *grown;

	if (bytes <= n->cap)
		return OK;
	cap = bytes * 2 + 256;
	if ((grown = realloc(n->at, cap * sizeof *n->at)) == NULL)
		return ERR_NOMEM;
	n->at = grown;
	if ((grown = realloc(n->mention, cap * sizeof *n->mention)) == NULL)
		return ERR_NOMEM;
	n->mention = grown;
	if ((grown = realloc(n->notes, cap * sizeof *n->notes)) == NULL)
		return ERR_NOMEM;
	n->notes = grown;
	n->cap = cap;
	return OK;
}

/* len bytes that stand for the document's bytes from `from`; there is room. */
static void
put(struct annotated *n, const char *bytes, size_t len, uint32_t from,
	int32_t mention)
{
	size_t start = n->text.len;

	memcpy(n->text.ptr + start, bytes, len);
	for (size_t i = 0; i < len; i++) {
		n->at[start + i] = from;
		n->mention[start + i] = NOTE_TEXT;
	}
	n->mention[start] = mention;
	n->text.len += len;
}

static void
put_symbol(struct annotated *n, unsigned symbol, uint32_t from, int32_t mention)
{
	char utf8[4];
	size_t len = utf8_encode(SYMBOL_FIRST + symbol, utf8);

	n->symbols |= 1u << symbol;
	put(n, utf8, len, from, mention);
}

/* One character that is no ASCII: quotes and dashes in one form each.
 * Returns its length. */
static size_t
put_char(struct annotated *n, struct span text, uint32_t at)
{
	uint32_t cp;
	size_t len = utf8_decode(text, at, &cp);
	const char *as = NULL;

	if (len == 0)
		len = 1;
	if (cp == 0x2019 || cp == 0x2018)
		as = "'";
	else if (cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0xAB ||
		 cp == 0xBB)
		as = "\"";
	else if (cp >= 0x2010 && cp <= 0x2015)
		as = "-";
	else if (cp >= 0xFDD0 && cp <= 0xFDEF)
		as = "?"; /* of the text itself: no mention */
	if (as != NULL)
		put(n, as, 1, at, NOTE_TEXT);
	else
		put(n, text.ptr + at, len, at, NOTE_TEXT);
	return len;
}

static void
put_text(struct annotated *n, struct span text, uint32_t start, uint32_t end)
{
	while (start < end) {
		size_t to = n->text.len;

		if ((unsigned char)text.ptr[start] >= 0x80) {
			start += (uint32_t)put_char(n, text, start);
			continue;
		}
		n->text.ptr[to] = text.ptr[start];
		n->at[to] = start++;
		n->mention[to] = NOTE_TEXT;
		n->text.len++;
	}
}

/* "l'adhésion" folds to two words, and a pattern may want either. */
static void
add_word_bits(struct word_bits *b, const char *fold)
{
	for (const char *p = fold; p != NULL; p = strchr(p, ' ')) {
		p += *p == ' ';
		(void)word_bits_add(b, p, false);
	}
}

static enum error_code
split(struct annotated *n, struct scan *s)
{
	if (buffer_reserve(&n->tmp, FOLD_ROOM) == NULL)
		return n->tmp.code;
	n->words = (struct word_bits){ .known = true };
	n->list = words_split(
		s->doc->text, n->start, n->end, s->arena, &n->tmp, &n->nwords);
	if (n->list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n->nwords; i++)
		if (n->list[i].mark == 0)
			add_word_bits(&n->words, n->list[i].fold);
	return OK;
}

/* "the city" before "of Graz", or before a name, means that name. */
static bool
names_itself(const struct rules *r, const struct scan *s,
	const struct annotated *n, size_t next, uint32_t end)
{
	size_t len = 0, m;
	const struct word_row *row =
		next < n->nwords ? words_find(&r->clauses, n->list, n->nwords,
					   next, NULL, &len)
				 : NULL;

	if (row != NULL && strcmp(row->type, "of") == 0)
		return true;
	m = context_mention(s, end);
	return m < s->n && s->list[m].start <= end + 1;
}

/* What the words of an anaphor stand for, and by which symbol; NOTE_TEXT:
 * for nothing. */
static int32_t
resolve(const struct context *x, const struct scan *s,
	const struct word_row *row, uint32_t at, unsigned *symbol)
{
	static const struct {
		const char *type;
		unsigned symbol, types;
	} kinds[] = {
		{ "network", 5, 0 },
		{ "city", 0, 1u << MENTION_CITY },
		{ "organisation", 7, 1u << MENTION_ORGANISATION },
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
		m = kinds[i].types == 0
			    ? context_network(x, s, at)
			    : context_subject(x, s, at, kinds[i].types);
		return m >= 0 ? m + NOTE_ANAPHOR : NOTE_TEXT;
	}
	return NOTE_TEXT;
}

/* "Dutch" as a mention of its own. */
static int32_t
add_nationality(struct context *x, struct scan *s, const struct word_row *row,
	uint32_t start, uint32_t end)
{
	bool country = (row->type[0] | 32) == 'c';
	const struct mention m = {
		.start = start,
		.end = end,
		.type = country ? MENTION_COUNTRY : MENTION_REGION,
		.rule = nationality_rule,
		.text = span_sub(s->doc->text, start, end),
		.place = { .name = row->words,
			.country = country ? row->value : NULL },
	};

	return context_add(x, s, &m);
}

/* "Country" wants a capital letter, "country" does not. */
static bool
is_nationality(const struct scan *s, const struct word_row *row, uint32_t at)
{
	uint32_t cp;

	return row->type[0] >= 'a' ||
	       (utf8_decode(s->doc->text, at, &cp) > 0 && utf8_is_upper(cp));
}

/* The next anaphor or nationality from word *k on that ends before limit; *at,
 * *end: where it stands. */
static int32_t
next_word(const struct rules *r, struct context *x, struct scan *s,
	const struct annotated *n, size_t *k, uint32_t from, uint32_t limit,
	uint32_t span[2], unsigned *symbol)
{
	for (; *k < n->nwords && n->list[*k].start < limit; ++*k) {
		const struct word_row *row;
		size_t len;
		int32_t m;

		if (n->list[*k].start < from)
			continue;
		if (n->list[*k].fold[0] == '\0')
			continue;
		row = words_find(&r->demonyms, n->list, n->nwords, *k,
			s->doc->language, &len);
		if (row != NULL && n->list[*k + len - 1].end <= limit &&
			is_nationality(s, row, n->list[*k].start)) {
			span[0] = n->list[*k].start;
			span[1] = n->list[*k + len - 1].end;
			*k += len;
			*symbol = SYMBOL_NATIONALITY;
			return add_nationality(x, s, row, span[0], span[1]);
		}
		row = words_find(&r->anaphors, n->list, n->nwords, *k,
			s->doc->language, &len);
		if (row == NULL || n->list[*k + len - 1].end > limit)
			continue;
		span[0] = n->list[*k].start;
		span[1] = n->list[*k + len - 1].end;
		if (strcmp(row->type, "pronoun") != 0 &&
			names_itself(r, s, n, *k + len, span[1]))
			continue;
		m = resolve(x, s, row, span[0], symbol);
		if (m == NOTE_TEXT)
			continue;
		*k += len;
		return m;
	}
	return NOTE_TEXT;
}

/* Mention *m, with the country or region beside it: "Villa María, Argentina"
 * is one name.  Returns where the text goes on. */
static uint32_t
put_mention(struct scan *s, size_t *m, struct annotated *n)
{
	const struct mention *it = &s->list[*m];
	int beside = it->type == MENTION_CITY ? places_apposition(s, *m) : -1;
	uint32_t at = it->end;

	put_symbol(n, symbol_of(it), it->start, (int32_t)*m);
	if (beside > (int)*m && s->list[beside].end <= n->end) {
		at = s->list[beside].end;
		if (at < n->end && s->doc->text.ptr[at] == ')')
			at++;
		*m = (size_t)beside;
	}
	++*m;
	return at;
}

enum error_code
annotate(const struct rules *r, struct context *x, struct scan *s,
	uint32_t start, uint32_t end, struct annotated *n)
{
	struct span text = s->doc->text;
	size_t m = context_mention(s, start), k = 0;
	uint32_t at = start;
	enum error_code code;

	n->symbols = 0;
	n->placed = false;
	n->start = start;
	n->end = end;
	buffer_reset(&n->text);
	/* A symbol is of three bytes, and may stand for one. */
	if (room(n, 3 * (size_t)(end - start) + 4) != OK ||
		buffer_reserve(&n->text, 3 * (size_t)(end - start) + 4) == NULL)
		return ERR_NOMEM;
	code = split(n, s);
	while (code == OK && at < end) {
		bool named = m < s->n && s->list[m].end <= end;
		uint32_t limit = named ? s->list[m].start : end;
		uint32_t span[2];
		unsigned symbol;
		int32_t what =
			next_word(r, x, s, n, &k, at, limit, span, &symbol);

		put_text(n, text, at, what != NOTE_TEXT ? span[0] : limit);
		if (what != NOTE_TEXT) {
			put_symbol(n, symbol, span[0], what);
			at = span[1];
		} else {
			at = named ? put_mention(s, &m, n) : end;
		}
	}
	n->text.ptr[n->text.len] = '\0';
	n->at[n->text.len] = end;
	return code;
}

void
annotated_place_words(
	const struct rules *r, const char *language, struct annotated *n)
{
	size_t at = 0, len;
	uint32_t count = 0;

	if (n->placed)
		return;
	for (size_t i = 0; i < n->nwords; i++) {
		while (at < n->text.len && n->at[at] < n->list[i].start)
			at++;
		n->notes[i] = (struct note_word){ .stem = (uint32_t)at };
		if (at == n->text.len || n->at[at] != n->list[i].start ||
			n->mention[at] != NOTE_TEXT)
			n->list[i].fold = "";
		n->notes[i].count = count;
		count += n->list[i].fold[0] != '\0';
	}
	n->notes[n->nwords] = (struct note_word){ .stem = (uint32_t)n->text.len,
		.count = count };
	for (size_t i = 0; i < n->nwords; i++) {
		struct note_word *w = &n->notes[i];

		w->turn = words_find(&r->polarity, n->list, n->nwords, i,
			language, &w->turn_words);
		w->clause = words_find(
			&r->clauses, n->list, n->nwords, i, language, &len);
	}
	n->placed = true;
}
