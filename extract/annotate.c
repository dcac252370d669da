#include "rules.h"

#include <stdlib.h>

void
annotated_init(struct annotated *n)
{
	*n = (struct annotated){ 0 };
	buffer_init(&n->text, (size_t)1 << 20);
}

void
annotated_release(struct annotated *n)
{
	buffer_release(&n->text);
	free(n->at);
	free(n->mention);
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

	if (m->type != MENTION_COUNT)
		return types[m->type];
	if (m->count.class != COUNT_MEMBER)
		return counts[m->count.class];
	return m->count.others ? 18 : m->count.fresh ? 17 : 16;
}

static enum error_code
room(struct annotated *n, size_t bytes)
{
	size_t cap = n->cap;
	uint32_t *at;
	int32_t *mention;

	if (bytes <= cap)
		return OK;
	cap = bytes * 2 + 256;
	at = realloc(n->at, cap * sizeof *at);
	if (at == NULL)
		return ERR_NOMEM;
	n->at = at;
	mention = realloc(n->mention, cap * sizeof *mention);
	if (mention == NULL)
		return ERR_NOMEM;
	n->mention = mention;
	n->cap = cap;
	return OK;
}

/* Append len bytes that stand for the document's bytes from `from`. */
static enum error_code
put(struct annotated *n, const char *bytes, size_t len, uint32_t from,
	bool same, int32_t mention)
{
	size_t start = n->text.len;

	if (room(n, start + len + 1) != OK ||
		buffer_add(&n->text, bytes, len) != OK)
		return ERR_NOMEM;
	for (size_t i = 0; i < len; i++) {
		n->at[start + i] = same ? from + (uint32_t)i : from;
		n->mention[start + i] = i == 0 ? mention : -1;
	}
	return OK;
}

static enum error_code
put_symbol(struct annotated *n, unsigned symbol, uint32_t from, int32_t mention)
{
	char utf8[4];
	size_t len = utf8_encode(SYMBOL_FIRST + symbol, utf8);

	n->symbols |= 1u << symbol;
	return put(n, utf8, len, from, false, mention);
}

/* One character of the text: quotes and dashes in one form each. */
static enum error_code
put_char(struct annotated *n, struct span text, uint32_t at, size_t *len)
{
	uint32_t cp;
	const char *as = NULL;

	*len = utf8_decode(text, at, &cp);
	if (*len == 0)
		*len = 1;
	if (cp == 0x2019 || cp == 0x2018)
		as = "'";
	else if (cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0xAB ||
		 cp == 0xBB)
		as = "\"";
	else if (cp >= 0x2010 && cp <= 0x2015)
		as = "-";
	else if (cp >= 0xFDD0 && cp <= 0xFDEF)
		as = "?"; /* of the text itself: no mention */
	return as != NULL ? put(n, as, 1, at, false, -1)
			  : put(n, text.ptr + at, *len, at, true, -1);
}

/* The last city, or network, before at; else the first of the document. */
static int32_t
antecedent(const struct scan *s, uint32_t at, bool city)
{
	int32_t first = -1;

	if (!city)
		return claims_network_before(s, at);
	for (size_t i = s->n; i-- > 0;) {
		if (s->list[i].type != MENTION_CITY)
			continue;
		if (s->list[i].end <= at && at - s->list[i].end < 1500)
			return (int32_t)i;
		first = (int32_t)i;
	}
	return first;
}

/* "the network", "this city" stand for what they mean. */
static int32_t
anaphor_at(const struct rules *r, struct scan *s, const struct word *w,
	size_t n, size_t at, size_t *len, unsigned *symbol)
{
	const struct word_row *row =
		words_find(&r->anaphors, w, n, at, s->doc->language, len);
	bool city;
	int32_t m;

	if (row == NULL)
		return -1;
	/* "the city of Graz" is none. */
	if (at + *len < n && (strcmp(w[at + *len].fold, "of") == 0 ||
				     strcmp(w[at + *len].fold, "de") == 0 ||
				     strcmp(w[at + *len].fold, "di") == 0))
		return -1;
	city = strcmp(row->type, "city") == 0;
	m = antecedent(s, w[at].start, city);
	*symbol = city ? 0 : 5;
	return m;
}

struct cursor {
	struct word *words;
	size_t n, word;
};

static enum error_code
annotate_anaphor(const struct rules *r, struct scan *s, struct cursor *c,
	uint32_t limit, uint32_t *at, struct annotated *out, bool *done)
{
	size_t len;
	unsigned symbol;
	int32_t m;
	uint32_t end;

	*done = false;
	while (c->word < c->n && c->words[c->word].start < *at)
		c->word++;
	if (c->word == c->n || c->words[c->word].start != *at)
		return OK;
	m = anaphor_at(r, s, c->words, c->n, c->word, &len, &symbol);
	if (m < 0)
		return OK;
	end = c->words[c->word + len - 1].end;
	if (end > limit)
		return OK;
	*done = true;
	if (put_symbol(out, symbol, *at, m) != OK)
		return ERR_NOMEM;
	*at = end;
	return OK;
}

/* Index of the first mention at or behind start. */
static size_t
mention_from(const struct scan *s, uint32_t start)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->list[mid].start < start)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Mention *m, with the country or region beside it: "Villa María, Argentina"
 * is one name. */
static enum error_code
put_mention(struct scan *s, size_t *m, uint32_t end, uint32_t *at,
	struct annotated *out)
{
	const struct mention *it = &s->list[*m];
	int beside = it->type == MENTION_CITY ? places_apposition(s, *m) : -1;
	enum error_code code = put_symbol(out, symbol_of(it), *at, (int32_t)*m);

	*at = it->end;
	if (beside > (int)*m && s->list[beside].end <= end) {
		*at = s->list[beside].end;
		if (*at < end && s->doc->text.ptr[*at] == ')')
			++*at;
		*m = (size_t)beside;
	}
	++*m;
	return code;
}

enum error_code
annotate(const struct rules *r, struct scan *s, uint32_t start, uint32_t end,
	struct buffer *tmp, struct annotated *out)
{
	struct cursor c = { 0 };
	size_t m = mention_from(s, start);
	uint32_t at = start;
	enum error_code code = OK;

	buffer_reset(&out->text);
	out->symbols = 0;
	out->words = (struct word_bits){ .known = true };
	out->start = start;
	out->end = end;
	out->first_mention = m;
	c.words = words_split(s->doc->text, start, end, s->arena, tmp, &c.n);
	if (c.words == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c.n; i++)
		(void)word_bits_add(&out->words, c.words[i].fold, false);
	while (code == OK && at < end) {
		uint32_t limit = m < s->n ? s->list[m].start : end;
		bool done;
		size_t len;

		if (m < s->n && at == s->list[m].start &&
			s->list[m].end <= end) {
			code = put_mention(s, &m, end, &at, out);
			continue;
		}
		code = annotate_anaphor(
			r, s, &c, limit < end ? limit : end, &at, out, &done);
		if (code != OK || done)
			continue;
		code = put_char(out, s->doc->text, at, &len);
		at += (uint32_t)len;
	}
	if (code == OK && room(out, out->text.len + 1) == OK)
		out->at[out->text.len] = end;
	return code;
}
