#include "sentence.h"

#include <ctype.h>

#include "extract.h"

#define ABBREVIATION_MAX 6 /* bytes of the longest */
#define NAME_MIN	 4 /* bytes of a name behind initials */

/* Words whose full stop ends no sentence, in the languages we read. */
static const char *const abbreviations[] = { "Mr", "Mrs", "Ms", "Dr", "Prof",
	"St", "Sr", "Sra", "Cllr", "Coun", "No", "Nr", "vs", "approx", "ca",
	"Ste", "Mme", "M", "Dott", "Ing", "Sig", "Hon", "Rev", "Gov", "Rt",
	"Jr", "etc", "bzw", "z", "B", "d", "h", "Abs", "Art", "p", "pp", "vol",
	"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct",
	"Nov", "Dec", "Inc", "Ltd", "Co", "U.S", "e.g", "i.e", "N.S", "St",
	/* "Ntra. Señora", "Sta. Cruz", "Gral. San Martín" */
	"Ntra", "Ntro", "Sta", "Sto", "Gral", "Mons",
	/* "Höchstadt a. d. Aisch", "Garching b. München" */
	"a", "b", "i", "o", "v" };

/* "A.C. Hallbrook", "J.R.R. Tolkien", but "Acme, S.A. La junta" and "in the
 * U.K. Others": letters, no firm's, land's or time's, before a word that is no
 * article; next: where that begins. */
static bool
are_initials(struct span word, struct span text, size_t next)
{
	static const char *const others[] = { "S.A", "S.L", "C.V", "D.C", "D.F",
		"E.U", "A.M", "P.M", "N.V", "B.V", "A.G", "L.P", "A.D", "B.C",
		"U.K", "U.S", "U.N", "N.Y", "L.A", "N.Z", "P.E.I" };

	if (word.len < 3 || word.len % 2 == 0)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (i % 2 == 1 ? word.ptr[i] != '.'
			       : !isupper((unsigned char)word.ptr[i]))
			return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (span_eq_str(word, others[i]))
			return false;
	for (size_t i = next; i < next + NAME_MIN; i++)
		if (i >= text.len || (!isalpha((unsigned char)text.ptr[i]) &&
					     (unsigned char)text.ptr[i] < 0x80))
			return false;
	return true;
}

static bool
is_abbreviation(struct span text, size_t start, size_t dot, size_t next)
{
	size_t from = dot;
	struct span word;

	while (from > start &&
		(isalnum((unsigned char)text.ptr[from - 1]) ||
			text.ptr[from - 1] == '.' ||
			(unsigned char)text.ptr[from - 1] >= 0x80))
		from--;
	word = span_sub(text, from, dot);
	if (word.len > ABBREVIATION_MAX)
		return false;
	if ((word.len == 1 && isupper((unsigned char)word.ptr[0])) ||
		are_initials(word, text, next))
		return true;
	for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations;
		i++)
		if (span_eq_str(word, abbreviations[i]))
			return true;
	return false;
}

/* "die 177. Stadt", "zum 20. Mal": a word that no bare number follows. */
static bool
is_before_ordinal(struct span text, size_t number)
{
	static const char *const words[] = { "der", "die", "das", "dem", "den",
		"des", "zum", "zur", "als", "Als", "Die", "Der", "Das", "Zum" };
	size_t from = number;
	struct span word;

	if (number == 0 || text.ptr[number - 1] != ' ')
		return false;
	for (from--; from > 0 && isalpha((unsigned char)text.ptr[from - 1]);)
		from--;
	word = span_sub(text, from, number - 1);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_str(word, words[i]))
			return true;
	return false;
}

/* "ist 300. Gemeinde", "Aachen, 300. Mitglied": a rank, where what stands
 * before the number and behind its dot says so. */
static bool
is_rank(struct span text, size_t number, size_t next)
{
	static const char *const before[] = { " ist", " war", " wird", " wurde",
		" nun", " jetzt", " bereits", " schon", " damit", " somit",
		" bundesweit", " deutschlandweit", " weltweit", "," };
	static const char *const nouns[] = { "stadt", "gemeinde", "kommune",
		"mitglied", "kreis", "schule", "hochschule",
		"universit\xc3\xa4t", "ort", "dorf", "region", "museum",
		"betrieb", "unternehmen", "partner", "land", "bezirk",
		"bibliothek", "klinik", "park" };
	struct span head = span_sub(text, 0, number > 0 ? number - 1 : 0);
	size_t end = next;
	struct span noun;
	bool led = false;

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		led = led || span_ends_with(head, before[i]);
	if (!led)
		return false;
	while (end < text.len && (isalpha((unsigned char)text.ptr[end]) ||
					 text.ptr[end] == '-' ||
					 (unsigned char)text.ptr[end] >= 0x80))
		end++;
	/* But for its large letter: "Mitglied" and "Fairtrade-Stadt". */
	noun = span_sub(text, next, end);
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
		struct span tail = span_of(nouns[i] + 1, strlen(nouns[i]) - 1);

		if (noun.len > tail.len &&
			span_eq(span_sub(noun, noun.len - tail.len, noun.len),
				tail) &&
			(noun.ptr[noun.len - tail.len - 1] | 0x20) ==
				nouns[i][0])
			return true;
	}
	return false;
}

/* "14. Februar", "14. deutsche Stadt": a number's dot in German. */
static bool
is_ordinal_dot(struct span text, size_t dot, size_t next)
{
	size_t from = dot;
	uint32_t cp;

	while (from > 0 && isdigit((unsigned char)text.ptr[from - 1]))
		from--;
	if (from == dot || dot - from > 3)
		return false;
	if (is_before_ordinal(text, from) || is_rank(text, from, next))
		return true;
	if (utf8_decode(text, next, &cp) > 0 && utf8_is_letter(cp) &&
		!utf8_is_upper(cp))
		return true;
	for (size_t m = 0; m < 12; m++) {
		static const char *const months[] = { "Jan", "J\xc3\xa4n",
			"Feb", "M\xc3\xa4r", "Apr", "Mai", "Jun", "Jul", "Aug",
			"Sep", "Okt", "Nov" };

		if (span_starts_with(span_sub(text, next, text.len), months[m]))
			return true;
	}
	return span_starts_with(span_sub(text, next, text.len), "Dez");
}

/* "12 ene. 2016", "1er oct. 2018": a month cut short before its year. */
static bool
is_month_dot(struct span text, size_t start, size_t dot, size_t next)
{
	static const char *const months[] = { "jan", "janv", "feb", "febbr",
		"fev", "f\xc3\xa9v", "f\xc3\xa9vr", "mar", "apr", "avr", "abr",
		"mag", "jun", "giu", "jul", "juil", "lug", "aug", "ago", "sep",
		"sept", "set", "sett", "oct", "okt", "ott", "out", "nov", "dec",
		"d\303\251c", "dez", "dic", "ene", "gen" };
	size_t from = dot;

	if (next >= text.len || !isdigit((unsigned char)text.ptr[next]))
		return false;
	while (from > start && text.ptr[from - 1] != ' ')
		from--;
	for (size_t m = 0; m < sizeof months / sizeof *months; m++)
		if (span_eq_str(span_sub(text, from, dot), months[m]))
			return true;
	return false;
}

size_t
sentence_footnote(struct span rest)
{
	size_t len = 1;

	if (rest.len < 3 || *rest.ptr != '[')
		return 0;
	while (len < rest.len && isdigit((unsigned char)rest.ptr[len]))
		len++;
	return len > 1 && len < rest.len && rest.ptr[len] == ']' ? len + 1 : 0;
}

/* Behind closing quotes, brackets and footnotes' marks. */
static size_t
behind_closers(struct span text, size_t at, size_t end)
{
	for (;;) {
		struct span rest = span_sub(text, at, end);

		if (sentence_footnote(rest) > 0)
			at += sentence_footnote(rest);
		else if (rest.len > 0 &&
			 (*rest.ptr == '"' || *rest.ptr == ')' ||
				 *rest.ptr == '\''))
			at++;
		else if (span_starts_with(rest, "\xe2\x80\x9d") ||
			 span_starts_with(rest, "\xe2\x80\x99") ||
			 span_starts_with(rest, "\xe2\x80\x9c"))
			at += 3;
		else if (span_starts_with(rest, "\xc2\xbb"))
			at += 2;
		else
			return at;
	}
}

/* The next ".", "!" or "?" of text[at, end), or end. */
static size_t
next_stop(struct span text, size_t at, size_t end)
{
	const unsigned char *p = (const unsigned char *)text.ptr + at;
	const unsigned char *last = (const unsigned char *)text.ptr + end;

	/* Letters are above all three. */
	while (p < last && (*p > '?' || (*p != '.' && *p != '!' && *p != '?')))
		p++;
	return (size_t)(p - (const unsigned char *)text.ptr);
}

/* Where the sentence that begins at start ends, at most at end; end, if it
 * is longer than any may be. */
static size_t
sentence_end(struct span text, size_t start, size_t end)
{
	size_t last = end - start > EXTRACT_SENTENCE_MAX
			      ? start + EXTRACT_SENTENCE_MAX + 1
			      : end;

	for (size_t i = next_stop(text, start, last); i < last;
		i = next_stop(text, i + 1, last)) {
		size_t close, next;
		uint32_t cp;
		char c = text.ptr[i];

		close = behind_closers(text, i + 1, end);
		if (close >= end)
			return end;
		if (text.ptr[close] != ' ')
			continue;
		next = close + 1;
		if (c == '.' && (is_abbreviation(text, start, i, next) ||
					is_month_dot(text, start, i, next) ||
					is_ordinal_dot(text, i, next)))
			continue;
		if (utf8_decode(text, next, &cp) > 0 && utf8_is_letter(cp) &&
			!utf8_is_upper(cp) && utf8_lower(cp) == cp)
			continue;
		return close;
	}
	return end;
}

static enum error_code
add(struct scan *s, size_t *cap, size_t start, size_t end, uint32_t block)
{
	struct sentence *list;

	if (s->nsentences == SENTENCES_MAX || start >= end)
		return OK;
	list = arena_grow(
		s->arena, s->sentences, s->nsentences, cap, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	s->sentences = list;
	list[s->nsentences++] = (struct sentence){
		.start = (uint32_t)start, .end = (uint32_t)end, .block = block
	};
	return OK;
}

enum error_code
sentences_split(struct scan *s)
{
	struct span text = s->doc->text;
	size_t cap = 0;
	enum error_code code = OK;

	for (uint32_t b = 0; code == OK && b < s->doc->nblocks; b++) {
		size_t at = s->doc->blocks[b].start;
		size_t end = s->doc->blocks[b].end;

		while (code == OK && at < end) {
			size_t stop = sentence_end(text, at, end);

			if (stop - at > EXTRACT_SENTENCE_MAX) {
				stop = at + EXTRACT_SENTENCE_MAX;
				while (!utf8_boundary(text, stop))
					stop--;
				scan_warn(s, PROBLEM_SENTENCE,
					"a sentence over %d bytes was cut",
					EXTRACT_SENTENCE_MAX);
			}
			code = add(s, &cap, at, stop, b);
			at = stop;
			while (at < end && text.ptr[at] == ' ')
				at++;
		}
	}
	return code;
}
