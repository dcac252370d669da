/* Organisations: listed names, and shapes around a noun such as Council. */
#include "names_work.h"

#define SPOKEN_MIN 5 /* letters of an acronym that is written as a word ... */
#define SPOKEN_MAX 7 /* ... and of none that is one */
#define JOINT_MAX  4 /* names before "and X Council" */
#define SMALL_MAX  6 /* small words between a head and its name */

static struct name_value
listed_value(const struct work *w, int32_t value)
{
	return (struct name_value){ .name = value != 0 ? w->lx->names[value]
						       : NULL };
}

static bool
any_capital(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (w->t[i].flags & T_CAP)
			return true;
	return false;
}

void
names_listed(struct work *w)
{
	for (size_t i = 0; (w->sum.flags & T_PHRASE) && i < w->nt; i++) {
		int32_t value = 0;
		size_t len;

		if (!(w->t[i].flags & T_PHRASE) || !(w->t[i].flags & T_CAP) ||
			w->st->owners[i] != 0)
			continue;
		len = work_phrase(w, i, K_ORG_NAME, &value);
		if (len < 2)
			continue;
		(void)work_add(w, i, i + len, MENTION_ORGANISATION,
			work_phrase(w, i, K_ORG_CAMPUS, NULL) == len
				? NAMES_RULE_ORGANISATION
				: NAMES_RULE_LISTED,
			listed_value(w, value));
		i += len - 1;
	}
}

void
names_bare(struct work *w)
{
	for (size_t i = 0; (w->sum.kinds & K_ORG_NAME) && i < w->nt; i++) {
		int32_t value = 0;

		if (!(w->t[i].kinds & K_ORG_NAME) || w->st->owners[i] != 0)
			continue;
		/* "UNESCO's" and "Unesco", but neither "who" nor, in
		 * capitals, "WHO". */
		if (!(w->t[i].flags & T_CAP) ||
			(!(w->t[i].flags & T_UPPER) &&
				(w->t[i].end - w->t[i].start < SPOKEN_MIN ||
					w->t[i].end - w->t[i].start >
						SPOKEN_MAX)) ||
			(w->titlecase && w->t[i].end - w->t[i].start < 4))
			continue;
		(void)work_phrase(w, i, K_ORG_NAME, &value);
		(void)work_add(w, i, i + 1, MENTION_ORGANISATION,
			NAMES_RULE_LISTED,
			listed_value(w, w->lx->words[w->t[i].word].value));
	}
}

/* Rules of a language whose nouns are all capital apply to this head. */
static bool
noun_rules(const struct work *w, size_t head)
{
	uint32_t kinds = w->t[head].kinds;

	return (kinds & K_ORG_NOUN) && (w->german || !(kinds & K_ORG_HEAD));
}

/* How adjectives end that stand behind their noun, in small letters. */
static bool
is_adjective(const struct work *w, size_t i)
{
	static const char *const endings[] = { "ique", "iques", "ico", "ica",
		"icos", "icas", "al", "ale", "ali", "ar", "are", "aire",
		"aires", "el", "elle", "ano", "ana", "ario", "aria", "ivo",
		"iva", "if", "ive", "ense", "ese", "oso", "osa", "eur", "eure",
		"ier", "ière", "in", "ine", "ois", "oise" };
	struct span word = work_text(w, i, i + 1);

	if (w->t[i].kinds & K_ADJECTIVE)
		return true;
	if (w->t[i].kinds != 0 || word.len < 5)
		return false;
	for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
		if (span_ends_with(word, endings[k]))
			return true;
	return false;
}

/* A capitalised word that a name may have behind its head. */
static bool
is_of_name(const struct work *w, size_t j)
{
	return work_capital(w, j) &&
	       !(w->t[j].kinds & (K_LINK | K_ARTICLE | K_AND | K_IN |
					 K_ROLE_TOPIC | K_EVENT)) &&
	       !(w->t[j].flags & T_DIGIT) && w->st->owners[j] == 0;
}

#define BEHIND_MAX 13 /* "Paris 13" */

/* "Hospital La Paz", "Universidad Rey Juan Carlos", "Universidade Nova de
 * Lisboa", "Université Paris 1": token j is of the name, though its word is of
 * none elsewhere. */
static bool
goes_behind(const struct work *w, size_t head, size_t j)
{
	const struct token *t = &w->t[j];
	const bool last = j + 1 == w->nt || !work_soft(w, j + 1);
	const bool more = !last && work_capital(w, j + 1) &&
			  !(t[1].kinds & (K_LINK | K_ARTICLE | K_AND | K_IN));
	long long n;

	if (!w->romance || w->titlecase || w->st->owners[j] != 0)
		return false;
	if (t->flags & T_DIGIT)
		return j > head + 1 && t->gap == G_SPACE &&
		       span_int(work_text(w, j, j + 1), 1, BEHIND_MAX, &n);
	if (!(t->flags & T_CAP))
		return false;
	/* "scuola primaria Don Milani" */
	if (t->kinds & (K_ROLE | K_ARTICLE | K_HONORIFIC))
		return more;
	return (t->kinds & K_STOP) &&
	       (more || j > head + 1 || (!last && (t[1].kinds & K_LINK)));
}

/* "Nationalpark Bayerischer Wald": an adjective before the name. */
static bool
bends_before(const struct work *w, size_t head, size_t j)
{
	struct span word = work_text(w, j - 1, j);

	return w->german && j == head + 2 && j < w->nt && work_soft(w, j) &&
	       work_capital(w, j) && w->st->owners[j] == 0 &&
	       !(w->t[j].flags & T_DIGIT) && !(w->t[j - 1].flags & T_UPPER) &&
	       (span_ends_with(word, "er") || span_ends_with(word, "es") ||
		       span_ends_with(word, "e"));
}

/* "Museu Medeiros | e Almeida e o Museu do Oriente": one "and" parts the names,
 * so that the one before it, at token i, joins what is one. */
static size_t
joined_name(const struct work *w, size_t i)
{
	size_t j = i + 1, next;

	if (!w->romance || j >= w->nt || !(w->t[i].kinds & K_AND) ||
		(w->t[i].flags & T_CAP) || !work_soft(w, i) ||
		(w->t[j].kinds & K_ORG_HEAD))
		return i;
	while (j < w->nt && work_soft(w, j) && is_of_name(w, j))
		j++;
	if (j == i + 1 || j >= w->nt ||
		!((work_soft(w, j) && (w->t[j].kinds & K_AND)) ||
			w->t[j].gap == (G_COMMA | G_SPACE)))
		return i;
	next = j + ((w->t[j].kinds & K_AND) != 0);
	next += next < w->nt && (w->t[next].kinds & K_ARTICLE) &&
		!(w->t[next].flags & T_CAP);
	return next > j && next < w->nt && (w->t[next].flags & T_CAP) &&
			       (w->t[next].kinds & K_ORG_HEAD)
		       ? j
		       : i;
}

/* An adjective in small letters, or the "et" of "lycée général et
 * technologique" behind one. */
static bool
small_adjective(const struct work *w, size_t head, size_t j)
{
	if (!work_soft(w, j) || (w->t[j].flags & T_CAP) ||
		w->st->owners[j] != 0)
		return false;
	if (w->t[j].kinds & K_AND)
		return j > head + 1 && j + 1 < w->nt &&
		       small_adjective(w, head, j + 1) &&
		       !(w->t[j + 1].kinds & K_AND);
	return is_adjective(w, j);
}

/* "Hochschule Emden/Leer": where what a slash adds before token j ends. */
static size_t
behind_slash(const struct work *w, size_t head, size_t j)
{
	while (w->german && j > head + 1 && j < w->nt &&
		w->t[j].start == w->t[j - 1].end + 1 &&
		w->text.ptr[w->t[j].start - 1] == '/' &&
		(w->t[j].flags & T_CAP) && w->st->owners[j] == 0)
		j++;
	return j;
}

/* "Istituto comprensivo | Giovanni Arpini": where the adjectives behind the
 * head end, if a name follows. */
static size_t
behind_adjectives(const struct work *w, size_t head)
{
	size_t j = head + 1;

	while (j < w->nt && small_adjective(w, head, j))
		j++;
	return j < w->nt && work_soft(w, j) &&
			       (work_capital(w, j) || goes_behind(w, head, j))
		       ? j
		       : head + 1;
}

/* "Universität Ostrau-Nord", "lycée Louis-le-Grand": where what hyphens add
 * before token j ends. */
static size_t
behind_hyphens(const struct work *w, size_t head, size_t j)
{
	while (j > head + 1 && j < w->nt && w->t[j].gap == G_HYPHEN &&
		w->st->owners[j] == 0 &&
		((w->t[j].flags & T_CAP) ||
			(j + 1 < w->nt && w->t[j + 1].gap == G_HYPHEN)))
		j++;
	return j;
}

/* "University College Dublin", "Universidad Nacional", "Universität Graz". */
static size_t
adjacent(const struct work *w, size_t head)
{
	uint32_t kinds = w->t[head].kinds;
	size_t max = kinds & K_ORG_FIRST ? 5 : noun_rules(w, head) ? 1 : 0;
	size_t j = head + 1;

	if ((kinds & K_ORG_CAMPUS) && !w->titlecase)
		max = kinds & K_ORG_FIRST ? 4 : 2;
	if ((kinds & K_ORG_FIRST) && (kinds & K_ORG_CAMPUS))
		j = behind_adjectives(w, head);
	while (max-- > 0 && j < w->nt && work_soft(w, j) &&
		(is_of_name(w, j) ||
			((kinds & K_ORG_FIRST) && (kinds & K_ORG_CAMPUS) &&
				goes_behind(w, head, j))))
		j++;
	if (j > head + 1 && (kinds & K_ORG_FIRST) && (kinds & K_ORG_CAMPUS))
		j = joined_name(w, j);
	/* "Universität St. Gallen" */
	if (bends_before(w, head, j) ||
		(j < w->nt && work_saint(w, j) && is_of_name(w, j)))
		j++;
	j = behind_hyphens(w, head, j);
	j = behind_slash(w, head, j);
	/* "Universidad Mayor de San Andrés" */
	if (j == head + 1 && (kinds & K_ORG_CAMPUS) && w->romance &&
		j + 1 < w->nt && work_soft(w, j) && work_soft(w, j + 1) &&
		(w->t[j].flags & T_CAP) && (w->t[j].kinds & K_ROLE) &&
		(w->t[j + 1].kinds & K_LINK))
		j++;
	return j;
}

/* Where nouns are capital too, only adjectives may stand before the head. */
static size_t
noun_left(const struct work *w, size_t left, size_t head)
{
	while (left < head) {
		const struct token *t = &w->t[head - 1];
		struct span word = work_text(w, head - 1, head);

		if (!(t->flags & T_UPPER) && w->t[head].gap != G_HYPHEN &&
			!span_ends_with(word, "e") &&
			!span_ends_with(word, "er") &&
			!span_ends_with(word, "en") &&
			!span_ends_with(word, "es"))
			break;
		head--;
	}
	return head;
}

/* "das Helios Klinikum Erfurt", "das August Horch Museum": behind an article,
 * words that nothing knows are of the name, too. */
static size_t
brand_left(const struct work *w, size_t full, size_t left, size_t end)
{
	if (!w->german || full == left || full == 0 || !work_soft(w, full) ||
		!(w->t[full - 1].kinds & K_ARTICLE) ||
		(end == left + 1 && left - full < 2))
		return left;
	for (size_t i = full; i < left; i++)
		if (w->t[i].kinds != 0 || w->t[i + 1].gap != G_SPACE)
			return left;
	return full;
}

/* "supérieure de commerce de Mirande", "botanique de X", behind the head: where
 * it ends, or i. */
static size_t
small_complement(const struct work *w, size_t i, bool coordinate)
{
	size_t j = i, k;

	for (int nouns = 0; j < w->nt && j - i < SMALL_MAX;) {
		if (!work_soft(w, j) || (w->t[j].flags & T_CAP) ||
			w->st->owners[j] != 0)
			return i;
		if (is_adjective(w, j)) {
			j++;
			continue;
		}
		for (k = j; k < w->nt && work_soft(w, k) &&
			    (w->t[k].kinds & (K_LINK | K_ARTICLE));)
			k++;
		if (k == j || k == w->nt || !work_soft(w, k) ||
			!(w->t[j].kinds & K_LINK) || w->st->owners[k] != 0)
			return i;
		if (w->t[k].flags & T_CAP) {
			k = work_complement(w, j, coordinate);
			return k > j ? k : i;
		}
		if (w->t[k].kinds != 0 || nouns++ > 0)
			return i;
		j = k + 1;
	}
	return i;
}

/* The same, or "of X"; i if none stands there. */
static size_t
complement(const struct work *w, size_t i, bool coordinate)
{
	size_t end = work_complement(w, i, coordinate), small;

	if (any_capital(w, i, end))
		return end;
	small = small_complement(w, i, coordinate);
	return small > i ? small : end;
}

/* The same behind a school's or a museum's head and its adjectives. */
static size_t
quoted_name(const struct work *w, size_t head)
{
	size_t j = head + 1;

	if (!(w->t[head].kinds & K_ORG_CAMPUS))
		return head + 1;
	while (j < w->nt && work_soft(w, j) && !(w->t[j].flags & T_CAP) &&
		w->st->owners[j] == 0 && is_adjective(w, j))
		j++;
	return names_quoted_end(w, j) > j ? names_quoted_end(w, j) : head + 1;
}

/* Token i is the "für" of "Hochschule für Wirtschaft und Recht". */
static bool
is_for(const struct work *w, size_t i)
{
	return w->german && i < w->nt && work_soft(w, i) &&
	       span_eq_str(work_text(w, i, i + 1), "f\xc3\xbcr");
}

/* "und Recht Berlin" at token i: where it ends, or i. */
static size_t
second_topic(const struct work *w, size_t i)
{
	size_t j = i + 1;

	if (j >= w->nt || !work_soft(w, i) || !work_soft(w, j) ||
		!(w->t[i].kinds & K_AND) ||
		(w->t[j].kinds & (K_ORG_HEAD | K_ORG_NOUN | K_NETWORK)))
		return i;
	while (j < w->nt && work_soft(w, j) && is_of_name(w, j))
		j++;
	return j > i + 1 ? j : i;
}

static size_t
right_end(const struct work *w, size_t head)
{
	uint32_t kinds = w->t[head].kinds;
	size_t next = adjacent(w, head);
	size_t end = kinds & K_ORG_FIRST && next == head + 1
			     ? complement(w, next, kinds & K_ORG_TOPIC)
			     : work_complement(w, next, kinds & K_ORG_TOPIC);

	if (end > next && is_for(w, next))
		end = second_topic(w, end);
	/* "wird die Universität der Charta ... beitreten" */
	if (w->german && end > next + 1 && noun_rules(w, head) &&
		(w->t[next + 1].kinds & K_LEAGUE) == K_NETWORK)
		return next;

	/* "Association of Colleges and Universities" */
	if (end > next && end + 1 < w->nt && work_soft(w, end) &&
		work_soft(w, end + 1) && (w->t[end].kinds & K_AND) &&
		(w->t[end + 1].kinds & K_MEMBERS) && work_capital(w, end + 1) &&
		span_ends_with(work_text(w, end - 1, end), "s") &&
		span_ends_with(work_text(w, end + 1, end + 2), "s") &&
		w->st->owners[end + 1] == 0)
		return end + 2;
	/* "Universität zu Köln" */
	if (w->german && noun_rules(w, head) && end == head + 1 &&
		end + 1 < w->nt && work_soft(w, end) && work_soft(w, end + 1) &&
		work_capital(w, end + 1) &&
		span_eq_str(work_text(w, end, end + 1), "zu") &&
		w->st->owners[end + 1] == 0)
		return end + 2;
	/* "University of Texas at Austin" */
	if ((kinds & K_ORG_CAMPUS) && end > next && end + 1 < w->nt &&
		work_soft(w, end) && work_soft(w, end + 1) &&
		span_eq_str(work_text(w, end, end + 1), "at") &&
		work_capital(w, end + 1) && w->st->owners[end + 1] == 0) {
		for (end += 2; end < w->nt && work_soft(w, end) &&
			       work_capital(w, end);)
			end++;
		return end;
	}
	/* Adjectives in small letters count only if something follows. */
	while (end > next && !(w->t[end - 1].flags & T_CAP) &&
		w->t[end - 1].gap != G_HYPHEN && !(kinds & K_ORG_FIRST))
		end--;
	return end;
}

/* ---- bodies that speak for a city ---- */

static bool
has_all(const struct work *w, size_t i, uint32_t kinds)
{
	return (w->t[i].kinds & kinds) == kinds;
}

/* "Brighton and Hove City Council", "Bournemouth, Christchurch and Poole
 * Council": the names before the one at token left. */
static size_t
joint_left(const struct work *w, size_t left, size_t head)
{
	size_t from = left;

	if (!has_all(w, head, K_MUNICIPAL) || w->romance || w->titlecase ||
		left < 2 || left == head ||
		span_ends_with(work_text(w, head, head + 1), "s"))
		return left;
	for (int names = 0; names < JOINT_MAX && from > 0; names++) {
		size_t i = from - 1; /* the name's last word */

		if (names == 0 && i > 0 && work_soft(w, from) &&
			work_soft(w, i) && (w->t[i].kinds & K_AND))
			i--;
		else if (names == 0 || w->t[from].gap != (G_COMMA | G_SPACE))
			break;
		if (!work_capital(w, i) || (w->t[i].kinds & K_ORG_HEAD) ||
			w->st->owners[i] != 0)
			break;
		from = work_left(w, i, 0);
	}
	return from;
}

/* The words between a city's name and "Council", "City", "Borough". */
static bool
is_rank(const struct work *w, size_t i)
{
	return (w->t[i].kinds & (K_PLACE_WORD | K_MEMBERS)) != 0;
}

/* The same, but no part of the name, as "Lakes" is and "Valley": what rules
 * there, or "Regional". */
static bool
is_rank_alone(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	return has_all(w, i, K_HOLDER) ? !span_eq_str(word, "Island")
	       : w->romance || w->german
		       ? is_rank(w, i)
		       : (w->t[i].kinds & K_PLACE_WORD) &&
				 (span_ends_with(word, "al") ||
					 span_ends_with(word, "tan"));
}

/* "Prefeitura de Sorocaba (SP)" */
static size_t
up_to_bracket(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first + 1; i < last; i++)
		if (w->t[i].gap & G_OPEN)
			return i;
	return last;
}

/* Which of the candidate's tokens name the city it speaks for. */
static void
find_city(const struct work *w, struct candidate *c, size_t head, bool joint)
{
	size_t first = c->first, last = head;
	bool municipal = false;

	for (size_t i = c->first; i < c->last; i++)
		municipal = municipal ||
			    ((w->t[i].kinds & K_ORG_PROGRAMME) &&
				    (w->t[i].kinds & (K_ORG_HEAD | K_ORG_NOUN |
							     K_ADJECTIVE)));
	/* "Biblioteca Municipal de Melgaço" is only itself. */
	if (!municipal || (w->romance && (w->t[head].kinds & K_ORG_CAMPUS)))
		return;
	if (head == c->first) {
		/* "mairie de X", "Gemeinderat der Stadt X" */
		first = head + 1;
		last = c->last;
		while (first < last &&
			(!(w->t[first].flags & T_CAP) ||
				(w->t[first].kinds &
					(K_MEMBERS | K_ADJECTIVE))))
			first++;
		last = up_to_bracket(w, first, last);
		c->city_sure = first < last && work_small(w, first - 1);
	} else {
		/* "Limerick City and County Council" */
		while (last > first + 1 &&
			(is_rank_alone(w, last - 1) ||
				(w->t[last - 1].kinds & K_AND)))
			last--;
		c->city_sure = joint || last < head;
	}
	while (first < last && (w->t[first].kinds & (K_ARTICLE | K_LINK)) &&
		!w->romance)
		first++;
	if (first >= last || (w->t[first].kinds & K_ORG_NAME) ||
		(last - first == 1 && is_rank(w, first)))
		return;
	c->city_first = (uint32_t)first;
	c->city_last = (uint32_t)last;
}

/* "lycée Jean Moulin": a head in small letters. */
static void
small_organisation(struct work *w, size_t head)
{
	const uint32_t kinds = w->t[head].kinds;
	struct candidate *c;
	size_t end;

	/* "secretária" is an office, "Secretaria" has one. */
	if (!(kinds & K_ORG_FIRST) || (kinds & (K_ROLE | K_ROLE_TOPIC)) ||
		(!w->romance && (kinds & K_PLACE_WORD)))
		return;
	/* "o segundo município do Algarve" */
	if (head > 0 && work_soft(w, head) &&
		(w->t[head - 1].kinds & K_ORDINAL))
		return;
	end = kinds & K_ORG_CAMPUS ? adjacent(w, head) : head + 1;
	end = complement(w, end, kinds & K_ORG_TOPIC);
	if (end == head + 1)
		end = quoted_name(w, head);
	c = end > head + 1 && any_capital(w, head + 1, end)
		    ? work_add(w, head, end, MENTION_ORGANISATION,
			      NAMES_RULE_ORGANISATION, (struct name_value){ 0 })
		    : NULL;
	if (c != NULL) {
		names_close_quote(w, c);
		find_city(w, c, head, false);
	}
}

/* "City Council", "Town Council" with no name: the reader's own. */
static bool
names_nobody(const struct work *w, size_t left, size_t head)
{
	if (!has_all(w, head, K_MUNICIPAL) || w->romance || left == head)
		return false;
	for (size_t i = left; i < head; i++)
		if (!is_rank(w, i))
			return false;
	return true;
}

static void
organisation(struct work *w, size_t head)
{
	uint32_t kinds = w->t[head].kinds;
	struct candidate *c;
	size_t left, own, end;

	if (w->st->owners[head] != 0)
		return;
	if (!(w->t[head].flags & T_CAP)) {
		small_organisation(w, head);
		return;
	}
	/* "Puerto Montt" is a place, where "Puerto de Valparaíso" is none. */
	if (w->romance && (kinds & K_ORG_FIRST) && (kinds & K_PLACE_WORD) &&
		!(head + 1 < w->nt && work_soft(w, head + 1) &&
			(w->t[head + 1].kinds & K_LINK)))
		return;
	/* "University Road" is a street. */
	if ((kinds & K_ORG_CAMPUS) && !w->romance && head + 1 < w->nt &&
		work_soft(w, head + 1) &&
		(w->t[head + 1].kinds & K_PLACE_WORD) &&
		(w->t[head + 1].flags & T_CAP))
		return;
	left = work_left(w, head, 1u << MENTION_ORGANISATION);
	end = right_end(w, head);
	if (noun_rules(w, head))
		left = brand_left(w, left, noun_left(w, left, head), end);
	own = left;
	left = joint_left(w, left, head);
	if (end == head + 1)
		end = quoted_name(w, head);
	/* "Liceo Scientifico «Rosetti»" */
	else if ((kinds & K_ORG_CAMPUS) && is_adjective(w, end - 1))
		end = names_quoted_end(w, end);
	if (left == head && (end == head + 1 || !any_capital(w, head + 1, end)))
		return;
	if (end == head + 1 && names_nobody(w, left, head))
		return;
	c = work_add(w, left, end, MENTION_ORGANISATION,
		NAMES_RULE_ORGANISATION, (struct name_value){ 0 });
	if (c != NULL) {
		names_close_quote(w, c);
		find_city(w, c, head, left < own);
	}
}

/* "Parque Natural Sierra de Cardeña | y Montoro": of such a head two words are
 * one name. */
static size_t
pair_end(const struct work *w, size_t i)
{
	size_t j = i + 1;

	if (!w->romance || j >= w->nt || !work_soft(w, i) || !work_soft(w, j) ||
		!(w->t[i].kinds & K_AND) || (w->t[i].flags & T_CAP))
		return i;
	while (j < w->nt && j - i <= SMALL_MAX && work_soft(w, j) &&
		(w->t[j].kinds & (K_LINK | K_ARTICLE)) &&
		!(w->t[j].flags & T_CAP))
		j++;
	if (j >= w->nt || !is_of_name(w, j) || !work_soft(w, j) ||
		(w->t[j].kinds & (K_ORG_HEAD | K_ORG_NOUN)))
		return i;
	while (j < w->nt && work_soft(w, j) && is_of_name(w, j))
		j++;
	return complement(w, j, false);
}

/* "Parco nazionale della Majella", "communauté de communes du Val d'Arzon": a
 * head of several words, of which the first alone may be none. */
static void
long_head(struct work *w, size_t head, size_t len)
{
	struct candidate *c;
	size_t end;

	/* "secretária municipal" is an office. */
	if (!(w->t[head].flags & T_CAP) &&
		(w->t[head].kinds & (K_ROLE | K_ROLE_TOPIC)))
		return;
	for (size_t i = head; i < head + len; i++)
		if (w->st->owners[i] != 0)
			return;
	/* "Parco Scientifico Luigi Danieli di Udine" */
	end = head + len;
	end += end < w->nt && work_soft(w, end) && names_opens(w, end);
	while (end < w->nt && end - head < NAMES_RUN_MAX && work_soft(w, end) &&
		work_capital(w, end) && w->st->owners[end] == 0 &&
		!(w->t[end].flags & T_DIGIT) &&
		!(w->t[end].kinds &
			(K_LINK | K_ARTICLE | K_AND | K_IN | K_EVENT)))
		end++;
	end = complement(w, end, false);
	if (end == head + len ||
		(is_adjective(w, end - 1) && end - head <= len + 1))
		end = names_quoted_end(w, end);
	if (end == head + len || !any_capital(w, head + len, end))
		return;
	if (work_phrase(w, head, K_ORG_TOPIC, NULL) == len)
		end = pair_end(w, end);
	if (work_phrase(w, head, K_ORDINAL, NULL) == len &&
		names_is_entered(w, head)) {
		(void)work_add(w, head, end, MENTION_NETWORK,
			"names.network.joined", (struct name_value){ 0 });
		return;
	}
	c = work_add(w, head, end, MENTION_ORGANISATION,
		NAMES_RULE_ORGANISATION, (struct name_value){ 0 });
	if (c != NULL) {
		names_close_quote(w, c);
		find_city(w, c, head, false);
	}
}

static void
long_heads(struct work *w)
{
	for (size_t i = 0; (w->sum.flags & T_PHRASE) && i < w->nt; i++) {
		size_t len = (w->t[i].flags & T_PHRASE) && w->st->owners[i] == 0
				     ? work_phrase(w, i, K_ORG_FIRST, NULL)
				     : 0;

		if (len > 1)
			long_head(w, i, len);
	}
}

/* "Flexible Learning Programme", "Wolverhampton Learning Region initiative". */
static void
programme(struct work *w, size_t head)
{
	size_t left, wanted = w->t[head].flags & T_CAP ? 2 : 3;

	if (w->st->owners[head] != 0)
		return;
	left = work_left(w, head,
		1u << MENTION_ORGANISATION | 1u << MENTION_NETWORK |
			1u << MENTION_TITLE);
	if (head - left < wanted || (w->titlecase && wanted == 3))
		return;
	(void)work_add(w, left, head + 1, MENTION_ORGANISATION,
		"names.programme", (struct name_value){ 0 });
}

void
names_organisations(struct work *w)
{
	uint32_t heads = K_ORG_HEAD | K_ORG_NOUN;

	names_companies(w);
	names_groupings(w);
	long_heads(w);
	for (size_t i = 0; (w->sum.kinds & heads) && i < w->nt; i++) {
		size_t last = i + 1;

		if (!(w->t[i].kinds & heads) ||
			(w->t[i].kinds & K_ORG_LEGAL) == K_ORG_LEGAL)
			continue;
		/* The last of "City Council Office" is the head. */
		while (last < w->nt && work_soft(w, last) &&
			(w->t[last].kinds & K_ORG_HEAD) &&
			(w->t[last].flags & T_CAP) &&
			!(w->t[last - 1].kinds &
				(K_ORG_FIRST | K_ORG_NOUN | K_ORG_CAMPUS)))
			last++;
		organisation(w, last - 1);
		i = last - 1;
	}
	for (size_t i = 0; (w->sum.kinds & K_ORG_PROGRAMME) && i < w->nt; i++)
		if ((w->t[i].kinds & K_ORG_PROGRAMME) &&
			!(w->t[i].kinds & (K_ORG_HEAD | K_ORG_NOUN |
						  K_ADJECTIVE | K_PLACE_WORD)))
			programme(w, i);
}
