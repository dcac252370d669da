#include "gazetteer.h"

#include <stdint.h>

#include "lexis.h"

#define WORD_MAX	 120 /* bytes of a word, and of what is looked back at */
#define ABBREVIATION_MAX 5   /* bytes of "St", "Ste", "Mount" before ". " */
#define ACRONYM_MAX	 6   /* bytes of one before a place's name */
#define SMALL_MAX	 3   /* words between hyphens: "sur", "de-la" */
#define ROLE_WORDS_MAX	 3   /* words of "learning city of" */
#define SHORTENED_MAX	 2   /* words of "a. d." */
#define LAND_MAX	 4   /* bytes of " Br", whose point is its own */

enum byte_class { BYTE_OTHER, BYTE_SMALL, BYTE_CAPITAL, BYTE_HIGH };

static enum byte_class
class_of(unsigned char c)
{
	if (c >= 0x80)
		return BYTE_HIGH;
	if (c >= 'A' && c <= 'Z')
		return BYTE_CAPITAL;
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return BYTE_SMALL;
	return BYTE_OTHER;
}

/* Length of the letter, digit or mark at text[at], or 0. */
static size_t
letter_at(struct span text, size_t at)
{
	enum byte_class class;
	uint32_t cp;
	size_t len;

	if (at >= text.len)
		return 0;
	class = class_of((unsigned char)text.ptr[at]);
	if (class != BYTE_HIGH)
		return class != BYTE_OTHER;
	len = utf8_decode(text, at, &cp);
	return len > 0 && (utf8_is_letter(cp) || utf8_is_digit(cp)) ? len : 0;
}

/* Length of the letter that ends at text[end], or 0. */
static size_t
letter_before(struct span text, size_t end)
{
	size_t at = end;

	if (end == 0)
		return 0;
	if ((unsigned char)text.ptr[end - 1] < 0x80)
		return letter_at(text, end - 1);
	do
		at--;
	while (at > 0 && end - at < 4 && !utf8_boundary(text, at));
	return letter_at(text, at) == end - at ? end - at : 0;
}

static bool
capital_at(struct span text, size_t at)
{
	uint32_t cp;

	return at < text.len && utf8_decode(text, at, &cp) > 0 &&
	       utf8_is_upper(cp);
}

size_t
gazetteer_word_end(struct span text, size_t at, size_t limit)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t len, end = limit < text.len ? limit : text.len;

	do {
		while (at < end && class_of(p[at]) != BYTE_HIGH &&
			class_of(p[at]) != BYTE_OTHER)
			at++;
		len = at < end && class_of(p[at]) == BYTE_HIGH
			      ? letter_at(text, at)
			      : 0;
		at += len;
	} while (len > 0);
	return at < limit ? at : limit;
}

size_t
gazetteer_word_start(struct span text, size_t from, size_t end)
{
	size_t len, least = end > WORD_MAX ? end - WORD_MAX : 0;

	if (least < from)
		least = from;
	while (end > least && (len = letter_before(text, end)) > 0 &&
		end - len >= least)
		end -= len;
	return end;
}

/* Behind a word in small letters. */
static size_t
pass_small(struct span text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.ptr;

	while (at < text.len && (class_of(p[at]) == BYTE_SMALL ||
					class_of(p[at]) == BYTE_CAPITAL))
		at++;
	if (at < text.len && p[at] >= 0x80)
		at = gazetteer_word_end(text, at, text.len);
	return at;
}

size_t
gazetteer_next(struct span text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.ptr;

	/* Into the middle of a word: on to its end. */
	if (at > 0 && letter_before(text, at) > 0)
		at = gazetteer_word_end(text, at, text.len);
	while (at < text.len) {
		enum byte_class c = class_of(p[at]);

		if (c == BYTE_OTHER) {
			at++;
		} else if (c == BYTE_CAPITAL) {
			return at;
		} else if (c == BYTE_SMALL) {
			at = pass_small(text, at);
		} else {
			size_t end = gazetteer_word_end(text, at, text.len);
			uint32_t cp;

			if (end > at && capital_at(text, at))
				return at;
			end = end > at ? end : at + utf8_decode(text, at, &cp);
			at = end > at ? end : at + 1;
		}
	}
	return SIZE_MAX;
}

/* Length of an apostrophe or hyphen at text[at], or 0. */
static size_t
joiner_at(struct span text, size_t at, bool *drops)
{
	uint32_t cp;
	size_t len = utf8_decode(text, at, &cp);

	*drops = false;
	if (len == 0)
		return 0;
	switch (cp) {
	case '\'':
	case '`':
	case 0x2019:
	case 0x2018:
	case 0x2BC:
	case 0x2BB:
	case 0xB4:
		*drops = true;
		return len;
	case '-':
	case 0x2010:
	case 0x2011:
		return len;
	default:
		return 0;
	}
}

/*
 * Where the next word of a name begins when one ended at text[at]; 0 if no
 * name goes on there.  *space: the folded form has a space.
 */
static size_t
next_word(struct span text, size_t start, size_t at, size_t limit, bool *space)
{
	bool drops;
	size_t len;

	*space = true;
	if (at >= limit)
		return 0;
	if (text.ptr[at] == ' ') {
		at++;
		/* "Ra's al", "Al 'Ula": an apostrophe opens the word. */
		if ((len = joiner_at(text, at, &drops)) > 0 && drops)
			at += len;
	} else if (text.ptr[at] == '.') {
		if (at + 1 < limit && text.ptr[at + 1] == ' ') {
			if (at - start > ABBREVIATION_MAX)
				return 0;
			at += 2;
		} else {
			at++;
			*space = false;
		}
	} else if ((len = joiner_at(text, at, &drops)) > 0) {
		at += len;
		*space = !drops;
	} else {
		return 0;
	}
	return at < limit && letter_at(text, at) > 0 ? at : 0;
}

/* "le-Vieux" of "Mons-le-Vieux" stands at text[at]. */
static bool
goes_on_small(struct span text, size_t at)
{
	size_t end = at;

	for (int words = 0; words < SMALL_MAX; words++) {
		end = gazetteer_word_end(text, end, text.len);
		if (end == at || end >= text.len || text.ptr[end] != '-')
			return false;
		end++;
		if (capital_at(text, end))
			return true;
	}
	return false;
}

/* The name that ends at text[end] is not the beginning of an unknown one
 * joined by a hyphen: "Stratford-upon-Avon" is not in Stratford. */
static bool
ends_well(struct span text, size_t end)
{
	bool drops;
	size_t len, word;

	if (letter_at(text, end) > 0)
		return false;
	len = joiner_at(text, end, &drops);
	if (len == 0 || drops)
		return true;
	if (!capital_at(text, end + len))
		return !goes_on_small(text, end + len);
	/* "Curitiba-PR" */
	word = gazetteer_word_end(text, end + len, text.len);
	return word - end - len == 2 &&
	       gazetteer_is_capitals(span_sub(text, end + len, word));
}

/* "St. George's" is a name. */
static bool
is_spelled_possessive(const struct gazetteer *g, const struct gaz_key *k)
{
	for (size_t i = 0; i < k->count; i++) {
		const struct gaz_name *n = gazetteer_name(g, k, i);

		if (n != NULL && n->rank != GAZ_ALTERNATE &&
			span_ends_with(
				span_str(gazetteer_string(g, n->text)), "'s"))
			return true;
	}
	return false;
}

/* "London's" is London and a genitive, whatever else is called so. */
static bool
is_possessive(struct span text, size_t at, size_t word, size_t end)
{
	if (end - word != 1 || word == at || text.ptr[word] != 's')
		return false;
	return text.ptr[word - 1] == '\'' ||
	       (word - at > 3 &&
		       memcmp(text.ptr + word - 3, "\xE2\x80\x99", 3) == 0);
}

static bool
starts_well(struct span text, size_t at)
{
	size_t len;

	if (letter_before(text, at) > 0)
		return false;
	/* "Forges" of "Saint-Aubin-les-Forges" */
	for (int words = 0; words <= SMALL_MAX; words++) {
		if (at == 0 || text.ptr[at - 1] != '-')
			return true;
		len = letter_before(text, at - 1);
		if (len == 0)
			return true;
		at = gazetteer_word_start(text, 0, at - 1);
		if (capital_at(text, at))
			return false;
	}
	return true;
}

bool
gazetteer_is_capitals(struct span s)
{
	bool any = false;
	uint32_t cp;
	size_t len;

	for (size_t at = 0; (len = utf8_decode(s, at, &cp)) > 0; at += len) {
		if (utf8_is_upper(cp))
			any = true;
		else if (utf8_is_letter(cp))
			return false;
	}
	return any;
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

bool
gazetteer_spelling_fits(struct span name, const char *spelling)
{
	struct span s = span_str(spelling);

	if (span_eq(name, s))
		return true;
	/* "Mação" is not "Macao", nor "Sûr" "Sur". */
	if (s.len <= ABBREVIATION_MAX && is_ascii(s) && !is_ascii(name))
		return false;
	return s.len > ABBREVIATION_MAX || !gazetteer_is_capitals(s) ||
	       gazetteer_is_capitals(name);
}

/* One of k's spellings may be what the text means. */
static bool
some_spelling_fits(
	const struct gazetteer *g, const struct gaz_key *k, struct span name)
{
	for (size_t i = 0; i < k->count; i++) {
		const struct gaz_name *n = gazetteer_name(g, k, i);

		if (n == NULL)
			return false;
		if (gazetteer_spelling_fits(name, gazetteer_string(g, n->text)))
			return true;
	}
	return false;
}

unsigned
gazetteer_roles(const struct gazetteer *g, struct span words,
	struct buffer *tmp, enum gaz_stop *stop)
{
	const struct gaz_key *k = NULL;
	struct gaz_traits traits = { 0 };
	struct gaz_fold f;

	gazetteer_fold_start(&f);
	if (gazetteer_fold_add(&f, words, tmp))
		k = gazetteer_key(g, &f);
	if (k != NULL)
		traits = gazetteer_traits(g, k);
	if (stop != NULL)
		*stop = traits.stop <= GAZ_STOP_STRICT
				? (enum gaz_stop)traits.stop
				: GAZ_STOP_NONE;
	return traits.roles;
}

/* "City", "-gu", "Metropolitan City" behind the name: take it in. */
static void
take_suffix(const struct gazetteer *g, struct span text, size_t limit,
	struct buffer *tmp, struct gaz_match *m)
{
	size_t end = m->end, at = end;
	bool space, hyphen;

	for (int words = 0; words < 2; words++) {
		size_t word = next_word(text, end, end, limit, &space);
		unsigned roles;

		hyphen = word > 0 && text.ptr[end] == '-';
		if (word == 0 || !space || text.ptr[end] == '.' ||
			capital_at(text, word) == hyphen)
			return;
		if (words == 0)
			at = word;
		end = gazetteer_word_end(text, word, limit);
		roles = gazetteer_roles(g, span_sub(text, at, end), tmp, NULL);
		/* "Nairobi City County" */
		if (words == 1 && roles == 0 && m->full_end > m->end)
			roles = gazetteer_roles(
				g, span_sub(text, word, end), tmp, NULL);
		if (roles & (GAZ_SUFFIX | GAZ_REGION_SUFFIX)) {
			m->full_end = (uint32_t)end;
			m->wants_region = (roles & GAZ_REGION_SUFFIX) != 0;
		}
	}
}

/* "a. d. Aisch", "b. Celle": the word within a German name that the letter and
 * point in text[word, end) stand for; none has len 0. */
static struct span
shortened_word(struct span text, size_t word, size_t end)
{
	static const struct {
		char letter;
		const char *whole, *before_article;
	} words[] = { { 'a', "am", "an" }, { 'b', "bei", "bei" },
		{ 'd', "der", "der" }, { 'i', "im", "in" }, { 'o', "ob", "ob" },
		{ 'v', "vor", "vor" } };
	struct span rest = span_sub(text, end, text.len);

	for (size_t i = 0; end == word + 1 && span_starts_with(rest, ".") &&
			   i < sizeof words / sizeof *words;
		i++)
		if (text.ptr[word] == words[i].letter)
			return span_str(
				span_starts_with(rest, ". d.") ||
						span_starts_with(rest, ".d.")
					? words[i].before_article
					: words[i].whole);
	return span_of(text.ptr, 0);
}

/* "Weiden i. d. Oberpfalz", "Freiburg i. Br.": what no table spells so belongs
 * to the name before it. */
static void
take_shortened(struct span text, size_t limit, struct gaz_match *m)
{
	size_t at = m->full_end, end;

	for (int words = 0; words < SHORTENED_MAX && at + 3 < limit; words++) {
		size_t next = at + (text.ptr[at] == ' ');

		if (shortened_word(text, next, next + 1).len == 0)
			break;
		at = next + 2;
	}
	if (at == m->full_end || at >= limit || text.ptr[at] != ' ' ||
		!capital_at(text, at + 1))
		return;
	end = gazetteer_word_end(text, at + 1, limit);
	/* "Br." */
	end += end < limit && end - at <= LAND_MAX && text.ptr[end] == '.';
	m->full_end = (uint32_t)end;
	m->shown = true;
}

void
gazetteer_know(const struct gazetteer *g, struct form *form, struct buffer *tmp)
{
	const struct gaz_key *k = NULL;
	struct gaz_fold f;

	gazetteer_fold_start(&f);
	if (form->len <= WORD_MAX &&
		gazetteer_fold_add(&f, form_text(form), tmp))
		k = gazetteer_key(g, &f);
	form->place = k;
	form->is_place = k != NULL && k->count > 0 &&
			 some_spelling_fits(g, k, form_text(form));
	form->place_known = true;
}

/* A name on its way from its first word to the last. */
struct matching {
	const struct gazetteer *g;
	struct span text;
	size_t at, limit;
	struct buffer *tmp;
	struct gaz_fold fold;
	const struct form *first; /* the word at text[at], or NULL */
	bool shortened;		  /* "a. d." is among the words read */
};

/* The key of all words up to text[end], the last of which begins at word; NULL
 * when there is none.  *fits: it is a name, in that spelling.  False when no
 * name is so long. */
static bool
key_up_to(struct matching *m, size_t word, size_t end,
	const struct gaz_key **key, bool *fits)
{
	struct span whole = word > m->at ? shortened_word(m->text, word, end)
					 : span_of(m->text.ptr, 0);
	const struct gaz_key *k;

	m->shortened = m->shortened || whole.len > 0;
	if (whole.len == 0)
		whole = span_sub(m->text, word, end);
	if (!gazetteer_fold_add(&m->fold, whole, m->tmp))
		return false;
	if (m->first != NULL && word == m->at && end - word == m->first->len) {
		*key = m->first->place;
		*fits = m->first->is_place;
		return true;
	}
	k = gazetteer_key(m->g, &m->fold);
	*key = k;
	*fits = k != NULL && k->count > 0 &&
		some_spelling_fits(m->g, k, span_sub(m->text, m->at, end));
	return true;
}

static bool
match(struct matching *m, struct gaz_match *out)
{
	size_t word = m->at;

	out->key = NULL;
	out->shown = false;
	if (!starts_well(m->text, m->at))
		return false;
	gazetteer_fold_start(&m->fold);
	for (int words = 0; words < GAZ_TOKENS_MAX + 2; words++) {
		size_t end = gazetteer_word_end(m->text, word, m->limit);
		const struct gaz_key *k;
		bool space, fits;

		if (end - word > WORD_MAX ||
			!key_up_to(m, word, end, &k, &fits))
			break;
		if (fits && ends_well(m->text, end) &&
			(!is_possessive(m->text, m->at, word, end) ||
				is_spelled_possessive(m->g, k))) {
			out->key = k;
			out->end = (uint32_t)end;
			out->shown = m->shortened;
		}
		word = next_word(m->text, word, end, m->limit, &space);
		/* Words joined by an apostrophe make no key before the last
		 * of them: "N'Djamena". */
		if (word == 0 || (space && (k == NULL || !k->prefix)))
			break;
		if (space && !gazetteer_fold_space(&m->fold))
			break;
	}
	if (out->key == NULL)
		return false;
	out->traits = gazetteer_traits(m->g, out->key);
	out->start = (uint32_t)m->at;
	out->full_end = out->end;
	out->wants_region = false;
	take_suffix(m->g, m->text, m->limit, m->tmp, out);
	take_shortened(m->text, m->limit, out);
	return true;
}

bool
gazetteer_match(const struct gazetteer *g, struct span text, size_t at,
	size_t limit, struct buffer *tmp, struct gaz_match *out)
{
	struct matching m = {
		.g = g, .text = text, .at = at, .limit = limit, .tmp = tmp
	};

	return match(&m, out);
}

bool
gazetteer_match_form(const struct gazetteer *g, struct span text, size_t at,
	size_t limit, const struct form *first, struct buffer *tmp,
	struct gaz_match *out)
{
	struct matching m = { .g = g,
		.text = text,
		.at = at,
		.limit = limit,
		.tmp = tmp,
		.first = first };

	return match(&m, out);
}

static bool
is_and(struct span word)
{
	static const char *const words[] = { "and", "et", "y", "e", "ed", "und",
		"och" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_str(word, words[i]))
			return true;
	return false;
}

/* Roles of the one to three words that end before text[at]. */
static unsigned
roles_before(const struct gazetteer *g, struct span text, size_t from,
	size_t at, struct buffer *tmp)
{
	unsigned roles = 0;
	size_t start = at, end = at, first = at;
	bool drops;

	for (int words = 0; words < ROLE_WORDS_MAX; words++) {
		unsigned r;

		if (start <= from)
			break;
		/* "d'Évry": the article is the word before. */
		if (text.ptr[start - 1] == ' ')
			start--;
		else if (words == 0 && start >= from + 3 &&
			 joiner_at(text, start - 3, &drops) == 3 && drops)
			start -= 3;
		else if (words == 0 && text.ptr[start - 1] == '\'')
			start--;
		else
			break;
		if (words == 0)
			end = start;
		start = gazetteer_word_start(text, from, start);
		r = gazetteer_roles(g, span_sub(text, start, end), tmp, NULL);
		if (words == 0)
			first = start;
		if (words == 0)
			roles |=
				r & (GAZ_PREPOSITION | GAZ_INSIDE | GAZ_BEFORE);
		if (words == 0 && !capital_at(text, start))
			roles &= ~(unsigned)GAZ_BEFORE;
		roles |= r & (GAZ_CITY_OF | GAZ_REGION_PREFIX);
		/* "University of Kampala", but not "in Kampala", nor "Viña
		 * del Mar y Renca". */
		if (words == 1 && (roles & GAZ_INSIDE) &&
			!is_and(span_sub(text, first, end)) &&
			capital_at(text, start))
			roles |= gazetteer_roles(g,
					 span_sub(text, start,
						 gazetteer_word_end(
							 text, start, end)),
					 tmp, NULL) &
				 GAZ_HEAD_OF;
	}
	return roles;
}

/* A capitalised word that no table knows touches the name. */
static bool
run_word(struct span word)
{
	return word.len > 1 && capital_at(word, 0) &&
	       !gazetteer_is_capitals(word);
}

/* "ETH Zürich", "NHS Fife": the name of what the letters stand for. */
static bool
is_acronym(struct span word)
{
	return word.len >= 2 && word.len <= ACRONYM_MAX &&
	       gazetteer_is_capitals(word);
}

static void
look_right(const struct gazetteer *g, struct span text, size_t to,
	const struct gaz_match *m, struct buffer *tmp, struct gaz_context *out)
{
	size_t at = m->full_end, end;
	struct span word;
	bool space;

	/* "the Southampton-based company" */
	if (span_starts_with(span_sub(text, at, to), "-based") ||
		span_starts_with(span_sub(text, at, to), "-born"))
		out->part = true;
	if (at >= to || text.ptr[at] != ' ')
		return;
	at = next_word(text, at, at, to, &space);
	if (at == 0 || !capital_at(text, at))
		return;
	end = gazetteer_word_end(text, at, to);
	word = span_sub(text, at, end);
	if (gazetteer_roles(g, word, tmp, NULL) & GAZ_AFTER)
		out->part = true;
	else /* "makes Ghent Belgium's only member" */
		out->run_right =
			run_word(word) &&
			!span_starts_with(span_sub(text, end, to), "'s") &&
			!span_starts_with(
				span_sub(text, end, to), "\xe2\x80\x99s");
}

void
gazetteer_context(const struct gazetteer *g, struct span text, size_t from,
	size_t to, const struct gaz_match *m, struct buffer *tmp,
	struct gaz_context *out)
{
	unsigned roles = roles_before(g, text, from, m->start, tmp);
	size_t at = m->start;

	memset(out, 0, sizeof *out);
	out->city_of = (roles & (GAZ_CITY_OF | GAZ_REGION_PREFIX)) != 0;
	out->preposition = (roles & GAZ_PREPOSITION) != 0;
	out->part = (roles & (GAZ_BEFORE | GAZ_HEAD_OF)) != 0 && !out->city_of;
	out->capitals = gazetteer_is_capitals(span_sub(text, m->start, m->end));
	while (at > from && letter_before(text, at) == 0)
		at--;
	out->first = at == from;
	if (m->start > from && text.ptr[m->start - 1] == ' ') {
		size_t end = m->start - 1u;
		size_t start = gazetteer_word_start(text, from, end);

		/* What begins a sentence may be a rubric: "NEWS Graz joins". */
		if (start > from && !out->capitals &&
			is_acronym(span_sub(text, start, end)))
			out->part = true;
		/* The first word of a sentence is large anyway, and what stands
		 * before a genitive is what it owns: "Beitritt Kassels". */
		out->run_left =
			!out->city_of && start < end &&
			letter_at(text, m->end) == 0 &&
			run_word(span_sub(text, start, end)) &&
			(start > from ||
				!(roles & (GAZ_PREPOSITION | GAZ_INSIDE)));
	}
	look_right(g, text, to, m, tmp, out);
}
