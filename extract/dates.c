#include <ctype.h>
#include <stdlib.h>

#include "dates_read.h"
#include "extract.h"
#include "scan.h"

#define NUMERIC_DATES_MAX 64  /* looked at for the order of day and month */
#define WEEKDAY_DATES_MAX 256 /* of one document */

/* A day without year behind a weekday: the weekday tells the year. */
struct weekday_date {
	size_t mention;
	int weekday; /* 0 is Sunday */
	struct civil day;
};

/* One document. */
struct reading {
	struct date_reader r;
	struct scan *s;
	struct weekday_date pending[WEEKDAY_DATES_MAX];
	size_t npending;
};

/* Kinds of words a date can begin with, and any number in digits.  Leads are
 * common words that begin one only if the next is of the table, too. */
static const uint64_t leads = LEX_BIT(LEX_SHIFT) | LEX_BIT(LEX_AHEAD) |
			      LEX_BIT(LEX_AGO_LEAD) | LEX_BIT(LEX_ONE) |
			      LEX_BIT(LEX_BEFORE) | LEX_BIT(LEX_AFTER);
/* And of these only the first word may be common: "the end of the year". */
static const uint64_t phrases = LEX_BIT(LEX_RELATIVE) | LEX_BIT(LEX_HOLIDAY);
static const uint64_t triggers =
	LEX_BIT(LEX_SHIFT) | LEX_BIT(LEX_AHEAD) | LEX_BIT(LEX_AGO_LEAD) |
	LEX_BIT(LEX_ONE) | LEX_BIT(LEX_BEFORE) | LEX_BIT(LEX_AFTER) |
	LEX_BIT(LEX_MONTH) | LEX_BIT(LEX_WEEKDAY) | LEX_BIT(LEX_RELATIVE) |
	LEX_BIT(LEX_PERIOD) | LEX_BIT(LEX_SEASON) | LEX_BIT(LEX_QUARTER) |
	LEX_BIT(LEX_HALF) | LEX_BIT(LEX_HOLIDAY) | LEX_BIT(LEX_DECADE) |
	LEX_BIT(LEX_DECADE_LEAD) | LEX_BIT(LEX_NUMBER) | LEX_BIT(LEX_SCALE) |
	LEX_BIT(LEX_ORDINAL);

static bool
may_begin(const struct lexeme_line *l, size_t at)
{
	const struct lexeme *w = &l->w[at];
	uint64_t kinds = w->kinds & triggers;
	size_t len;

	if (w->digits >= 0 || (kinds & ~(leads | phrases)) != 0)
		return true;
	if ((kinds & LEX_BIT(LEX_RELATIVE)) != 0 &&
		phrasebook_find(l, at, LEX_RELATIVE, &len) != NULL)
		return true;
	if ((kinds & LEX_BIT(LEX_HOLIDAY)) != 0 &&
		phrasebook_find(l, at, LEX_HOLIDAY, &len) != NULL)
		return true;
	kinds &= ~phrases;
	return kinds != 0 && at + 1 < l->n &&
	       (w[1].word != 0 || w[1].kinds != 0 || w[1].digits >= 0);
}

const char weekday_rule[] = "dates.weekday";

static enum error_code
add(struct reading *g, const struct piece *p)
{
	struct mention m = { .type = MENTION_DATE, .rule = "dates" };
	const struct civil *c = &p->value.start;
	char edtf[EDTF_MAX];

	edtf_format(&p->value, edtf);
	if (p->end - p->start > 1 && date_is(&g->r, p->start, LEX_WEEKDAY))
		m.rule = weekday_rule;
	m.start = g->r.line.w[p->start].start;
	m.end = g->r.line.w[p->end - 1].end;
	m.date.edtf = arena_strdup(g->s->arena, edtf);
	m.date.basis = p->basis;
	if (m.date.edtf == NULL)
		return ERR_NOMEM;
	if (c->year == 0 && c->day != 0 && !p->value.interval &&
		p->weekday != DATES_NO_WEEKDAY &&
		g->npending < WEEKDAY_DATES_MAX)
		g->pending[g->npending++] =
			(struct weekday_date){ g->s->n, p->weekday, *c };
	return scan_add(g->s, &m);
}

/* The first year named in the document in which that day is that weekday. */
static int
year_of_weekday(const struct scan *s, const struct weekday_date *w)
{
	for (size_t i = 0; i < s->n; i++) {
		struct edtf e;
		struct civil day = w->day;

		if (s->list[i].type != MENTION_DATE ||
			!edtf_parse(span_str(s->list[i].date.edtf), &e) ||
			e.start.year == 0)
			continue;
		day.year = e.start.year;
		if (civil_valid(day) && civil_weekday(day) == w->weekday)
			return e.start.year;
	}
	return 0;
}

static enum error_code
settle_weekdays(struct reading *g)
{
	for (size_t i = 0; i < g->npending; i++) {
		struct weekday_date *w = &g->pending[i];
		struct edtf value = { .start = w->day };
		char edtf[EDTF_MAX];
		int year = year_of_weekday(g->s, w);

		if (year == 0 || w->mention >= g->s->n)
			continue;
		value.start.year = (int16_t)year;
		edtf_format(&value, edtf);
		g->s->list[w->mention].date.edtf =
			arena_strdup(g->s->arena, edtf);
		g->s->list[w->mention].date.basis = BASIS_COMPUTED;
		if (g->s->list[w->mention].date.edtf == NULL)
			return ERR_NOMEM;
	}
	return OK;
}

static enum error_code
read_sentence(struct reading *g, struct sentence *sentence)
{
	struct lexeme_line *l = &g->r.line;
	enum error_code code = phrasebook_sentence(l, g->s, sentence);
	struct piece p;

	if (code != OK || (!l->digits && (l->kinds & triggers) == 0))
		return code;
	for (size_t at = 0, from = 0; code == OK && at < l->n;) {
		if (!may_begin(l, at) || !date_read(&g->r, at, &p) ||
			!date_take(&g->r, from, &p)) {
			at++;
			continue;
		}
		code = add(g, &p);
		from = at = p.end > at ? p.end : at + 1;
	}
	return code;
}

/* ---- the order of "2/3/2024" ---- */

/* Numbers like "28/10/2021" tell it: 'd', 'm', or 0. */
static char
order_of_text(struct span text)
{
	size_t seen = 0;

	for (size_t i = 2; i + 3 < text.len && seen < NUMERIC_DATES_MAX; i++) {
		const char *p = text.ptr + i;
		int first, second;

		if (*p != '/')
			continue;
		if (!isdigit((unsigned char)p[-1]) ||
			!isdigit((unsigned char)p[-2]) ||
			!isdigit((unsigned char)p[1]) ||
			!isdigit((unsigned char)p[2]) || p[3] != '/')
			continue;
		seen++;
		first = (p[-2] - '0') * 10 + p[-1] - '0';
		second = (p[1] - '0') * 10 + p[2] - '0';
		if (first > 12 && first <= 31 && second <= 12)
			return 'd';
		if (second > 12 && second <= 31 && first <= 12)
			return 'm';
	}
	return 0;
}

/* Host names that end in a country write as that country does; these ends
 * are sold to anyone. */
static bool
is_of_country(struct span url)
{
	static const char *const sold[] = { "us", "io", "co", "tv", "me", "ai",
		"eu" };
	struct span host, rest;
	size_t at = 0;

	while (at + 2 < url.len && memcmp(url.ptr + at, "://", 3) != 0)
		at++;
	if (at + 2 >= url.len)
		return false;
	host = span_sub(url, at + 3, url.len);
	for (at = 0; at < host.len && host.ptr[at] != '/' &&
		     host.ptr[at] != ':' && host.ptr[at] != '?';)
		at++;
	if (at < 3 || host.ptr[at - 3] != '.')
		return false;
	rest = span_sub(host, at - 2, at);
	for (size_t i = 0; i < sizeof sold / sizeof *sold; i++)
		if (span_eq_str(rest, sold[i]))
			return false;
	return isalpha((unsigned char)rest.ptr[0]) &&
	       isalpha((unsigned char)rest.ptr[1]);
}

/* By the document's other dates, its source, its language. */
static bool
is_month_first(const struct document *doc, const struct lexeme_line *l)
{
	char order = phrasebook_setting(l->phrasebook, l->lang, LEX_ORDER);
	char seen;

	if (order != 'm')
		return false;
	seen = order_of_text(doc->text);
	if (seen != 0)
		return seen == 'm';
	return doc->url == NULL || !is_of_country(span_str(doc->url));
}

enum error_code
dates_scan(const struct phrasebook *words, struct lexeme *room, struct scan *s)
{
	struct reading *g = arena_alloc(s->arena, sizeof *g);
	struct edtf doc;
	enum error_code code = OK;

	if (g == NULL)
		return ERR_NOMEM;
	*g = (struct reading){ .s = s };
	g->r.line = (struct lexeme_line){
		.phrasebook = words,
		.text = s->doc->text,
		.lang = phrasebook_language(words, s->doc->language),
		.room = room,
		.cap = EXTRACT_SENTENCE_MAX,
	};
	g->r.month_first = is_month_first(s->doc, &g->r.line);
	if (s->doc->published.edtf != NULL &&
		edtf_parse(span_str(s->doc->published.edtf), &doc) &&
		!doc.interval && !doc.start.decade && doc.start.month <= 12)
		g->r.doc = doc.start;
	for (size_t i = 0; code == OK && i < s->nsentences; i++)
		code = read_sentence(g, &s->sentences[i]);
	return code == OK ? settle_weekdays(g) : code;
}
