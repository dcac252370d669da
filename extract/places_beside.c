/* What stands beside a name and says where it is. */
#include "places.h"

#include <ctype.h>

#define SIGN_MIN   2 /* letters of "MG" */
#define SIGN_MAX   3 /* of "NSW" */
#define DEPARTMENT 2 /* digits of "31" */

/* What letters write for a division, and GeoNames's code for it; the United
 * States' and Switzerland's are the same. */
static const struct postal {
	char letters[4], country[3], admin1[3];
} postal[] = {
	{ "AB", "CA", "01" },
	{ "BC", "CA", "02" },
	{ "MB", "CA", "03" },
	{ "NB", "CA", "04" },
	{ "NL", "CA", "05" },
	{ "NS", "CA", "07" },
	{ "ON", "CA", "08" },
	{ "PE", "CA", "09" },
	{ "QC", "CA", "10" },
	{ "SK", "CA", "11" },
	{ "YT", "CA", "12" },
	{ "NT", "CA", "13" },
	{ "ACT", "AU", "01" },
	{ "NSW", "AU", "02" },
	{ "NT", "AU", "03" },
	{ "QLD", "AU", "04" },
	{ "SA", "AU", "05" },
	{ "TAS", "AU", "06" },
	{ "VIC", "AU", "07" },
	{ "WA", "AU", "08" },
	{ "AC", "BR", "01" },
	{ "AL", "BR", "02" },
	{ "AP", "BR", "03" },
	{ "AM", "BR", "04" },
	{ "BA", "BR", "05" },
	{ "CE", "BR", "06" },
	{ "DF", "BR", "07" },
	{ "ES", "BR", "08" },
	{ "MS", "BR", "11" },
	{ "MA", "BR", "13" },
	{ "MT", "BR", "14" },
	{ "MG", "BR", "15" },
	{ "PA", "BR", "16" },
	{ "PB", "BR", "17" },
	{ "PR", "BR", "18" },
	{ "PI", "BR", "20" },
	{ "RJ", "BR", "21" },
	{ "RN", "BR", "22" },
	{ "RS", "BR", "23" },
	{ "RO", "BR", "24" },
	{ "RR", "BR", "25" },
	{ "SC", "BR", "26" },
	{ "SP", "BR", "27" },
	{ "SE", "BR", "28" },
	{ "GO", "BR", "29" },
	{ "PE", "BR", "30" },
	{ "TO", "BR", "31" },
};

bool
places_sign(struct span text, size_t at, struct places_sign *out)
{
	static const char *const marks[] = { ", ", " (", "/", "-", " - ", " " };
	struct span rest = span_sub(text, at, text.len);
	size_t mark = 0, end;

	for (size_t i = 0; i < sizeof marks / sizeof *marks && mark == 0; i++)
		if (span_starts_with(rest, marks[i]))
			mark = strlen(marks[i]);
	for (end = mark;
		end < rest.len && rest.ptr[end] >= 'A' && rest.ptr[end] <= 'Z';)
		end++;
	out->letters = span_sub(rest, mark, end);
	out->bare = mark == 1 && rest.ptr[0] == ' ';
	return mark > 0 && end - mark >= SIGN_MIN && end - mark <= SIGN_MAX &&
	       gazetteer_word_end(rest, mark, rest.len) == end;
}

bool
places_writes(
	const struct places_sign *sign, const char *country, const char *admin1)
{
	if (strcmp(country, "CH") == 0)
		return span_eq_str(sign->letters, admin1);
	if (sign->bare)
		return false;
	if (strcmp(country, "US") == 0)
		return span_eq_str(sign->letters, admin1);
	for (size_t k = 0; k < sizeof postal / sizeof *postal; k++)
		if (strcmp(country, postal[k].country) == 0 &&
			strcmp(admin1, postal[k].admin1) == 0 &&
			span_eq_str(sign->letters, postal[k].letters))
			return true;
	return false;
}

/* "Clonakilty, Ireland's first Fairtrade Town" begins to tell of it. */
static bool
is_genitive(struct span text, size_t at)
{
	if (at < text.len && text.ptr[at] == '\'')
		at++;
	else if (at + 3 < text.len &&
		 memcmp(text.ptr + at, "\xE2\x80\x99", 3) == 0)
		at += 3;
	else
		return false;
	return at < text.len && text.ptr[at] == 's' &&
	       (at + 1 == text.len || text.ptr[at + 1] == ' ');
}

static bool
is_region(const struct mention *m)
{
	return m->type == MENTION_COUNTRY || m->type == MENTION_REGION;
}

/* "Lyon, Togo and Benin", "New York, Ohio and Iowa": names of one list, where
 * no table has such a city there. */
static bool
is_list(const struct mention *city, const struct mention *next)
{
	const struct place_value *a = &city->place, *b = &next->place;

	if (strcmp(city->rule, PLACES_RULE_LINKED) == 0 || a->country == NULL ||
		b->country == NULL)
		return false;
	return strcmp(a->country, b->country) != 0 ||
	       (next->type == MENTION_REGION && a->admin1 != NULL &&
		       b->admin1 != NULL && strcmp(a->admin1, b->admin1) != 0);
}

/* "Villa María, Argentina", "Graz/Steiermark": mention i + 1 says where city i
 * is. */
static bool
is_apposed(const struct scan *s, size_t i)
{
	const struct mention *city = &s->list[i], *next = &s->list[i + 1];
	bool brackets = false;

	return city->type == MENTION_CITY && is_region(next) &&
	       (span_eq_str(
			span_sub(s->doc->text, city->end, next->start), "/") ||
		       places_apposed(s, city->end, next->start, next->end,
			       &brackets)) &&
	       !is_genitive(s->doc->text, next->end) &&
	       (brackets || !is_list(city, next));
}

/* "Écija (Sevilla)": a place alone in brackets. */
static bool
is_bracketed(const struct scan *s, size_t i)
{
	struct span text = s->doc->text;
	const struct mention *m = &s->list[i], *next = &s->list[i + 1];

	return (is_region(next) || next->type == MENTION_CITY) &&
	       next->end < text.len && text.ptr[next->end] == ')' &&
	       span_eq_str(span_sub(text, m->end, next->start), " (");
}

/* The end of the letters or digits of a sign at text[at], or at. */
static size_t
sign_end(struct span text, size_t at)
{
	size_t end = at;

	while (end < text.len && end - at <= SIGN_MAX &&
		((text.ptr[end] >= 'A' && text.ptr[end] <= 'Z') ||
			(end > at && text.ptr[end] >= 'a' &&
				text.ptr[end] <= 'z')))
		end++;
	return end - at >= SIGN_MIN && end - at <= SIGN_MAX &&
			       gazetteer_word_end(text, at, text.len) == end
		       ? end
		       : at;
}

/* "Ouro Preto (MG)", "Todi (Pg)": where the bracket ends, or m->end. */
static uint32_t
bracketed_sign(const struct scan *s, const struct mention *m)
{
	struct span text = s->doc->text;
	size_t at = m->end + 2u, end;

	if (m->type != MENTION_CITY ||
		!span_starts_with(span_sub(text, m->end, text.len), " ("))
		return m->end;
	end = sign_end(text, at);
	return end > at && end < text.len && text.ptr[end] == ')'
		       ? (uint32_t)end + 1
		       : m->end;
}

/* Letters of a state of Brazil, whose houses have them behind their names. */
static bool
is_brazilian(const struct scan *s, struct span letters)
{
	if (s->doc->language == NULL || strcmp(s->doc->language, "pt") != 0)
		return false;
	for (size_t k = 0; k < sizeof postal / sizeof *postal; k++)
		if (strcmp(postal[k].country, "BR") == 0 &&
			span_eq_str(letters, postal[k].letters))
			return true;
	return false;
}

/* "Muret (31)", "Ajaccio (2A)": the number of a French département in brackets;
 * where they end, or m->end. */
static uint32_t
bracketed_number(const struct scan *s, const struct mention *m)
{
	const char *country = m->place.country, *language = s->doc->language;
	struct span text = s->doc->text;
	size_t at = m->end + 2u, end = at;

	if (m->type != MENTION_CITY ||
		!span_starts_with(span_sub(text, m->end, text.len), " (") ||
		(country != NULL ? strcmp(country, "FR") != 0
				 : language == NULL ||
					   strcmp(language, "fr") != 0))
		return m->end;
	while (end < text.len && end - at < DEPARTMENT &&
		(isdigit((unsigned char)text.ptr[end]) ||
			(end == at + 1 && (text.ptr[end] == 'A' ||
						  text.ptr[end] == 'B'))))
		end++;
	/* Overseas they have three. */
	if (end - at == DEPARTMENT && end < text.len && text.ptr[at] == '9' &&
		text.ptr[at + 1] == '7' &&
		isdigit((unsigned char)text.ptr[end]))
		end++;
	return end - at >= DEPARTMENT && end < text.len && text.ptr[end] == ')'
		       ? (uint32_t)end + 1
		       : m->end;
}

/* "Boise, ID", "Recife/PE", "Chur GR", "Prefeitura do Recife/PE": the letters
 * of the division where the city is; where they end, or m->end. */
static uint32_t
bare_sign(const struct scan *s, const struct mention *m)
{
	const struct place_value *p = &m->place;
	struct places_sign sign;
	bool written;

	if (!places_sign(s->doc->text, m->end, &sign))
		return m->end;
	if (m->type == MENTION_ORGANISATION)
		written = !sign.bare && is_brazilian(s, sign.letters);
	else
		written = m->type == MENTION_CITY && p->country != NULL &&
			  p->admin1 != NULL &&
			  places_writes(&sign, p->country, p->admin1);
	return written ? (uint32_t)(sign.letters.ptr + sign.letters.len -
				    s->doc->text.ptr)
		       : m->end;
}

uint32_t
places_full_end(const struct scan *s, size_t i)
{
	const struct mention *m = &s->list[i];
	struct span text = s->doc->text;
	uint32_t end;

	if (m->type != MENTION_CITY && m->type != MENTION_REGION &&
		m->type != MENTION_ORGANISATION)
		return m->end;
	if (i + 1 < s->n && (is_apposed(s, i) || is_bracketed(s, i))) {
		end = m[1].end;
		return end + (end < text.len && text.ptr[end] == ')');
	}
	end = bracketed_number(s, m);
	if (end > m->end)
		return end;
	end = bracketed_sign(s, m);
	if (i + 1 < s->n && m[1].start < end)
		return m->end; /* the letters name something */
	return end > m->end ? end : bare_sign(s, m);
}
