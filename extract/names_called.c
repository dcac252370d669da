/*
 * Networks by what the text calls them: a name in quotation marks, one behind
 * or before "label", one behind "member of".
 */
#include "names_work.h"

#define QUOTED_MAX   8 /* words in quotation marks */
#define BEFORE_MAX   4 /* small words between "member" and a name */
#define NAME_MAX     7 /* capitalised words of it */
#define SMALL_MAX    4 /* small words of a name */
#define SINGLE_MIN   5 /* bytes of a single word behind "réseau" */
#define OF_BYTES     3
#define ELIDED_BYTES 1 /* of "n" in "n'a pas" */
#define ANGLE_BYTES  2 /* of "«", "»" */
#define INVITED_MAX  4 /* words from "become" to "member" */
#define ACRONYM_MIN  3 /* bytes of a single word that is a name */

static bool
has_all(const struct work *w, size_t i, uint32_t kinds)
{
	return (w->t[i].kinds & kinds) == kinds;
}

static bool
is_label(const struct work *w, size_t i)
{
	return has_all(w, i, K_LABEL) && !has_all(w, i, K_JOIN);
}

/* ---- quotation marks ---- */

static const char *const quotes[] = { "\"", "\xe2\x80\x9c", "\xe2\x80\x9d",
	"\xe2\x80\x9e", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9a",
	"\xc2\xab", "\xc2\xbb" };

/* The straight mark at byte `at`, which is an apostrophe too, stands outside of
 * words on its side: behind a space, or before what is no letter. */
static bool
is_single(const struct work *w, uint32_t at, bool opens)
{
	uint32_t cp = 0;

	if (at >= w->end || w->text.ptr[at] != '\'')
		return false;
	if (opens)
		return at == w->t[0].start ||
		       strchr(" (", w->text.ptr[at - 1]) != NULL;
	return at + 1 >= w->end || utf8_decode(w->text, at + 1, &cp) == 0 ||
	       !utf8_is_letter(cp);
}

/* Where the mark before byte at begins; at if there is none.  French has a
 * space inside. */
uint32_t
names_mark_before(const struct work *w, uint32_t at)
{
	struct span text = span_sub(w->text, w->t[0].start, at);

	if (text.len > 0 && is_single(w, at - 1, true))
		return at - 1;
	for (int space = 0; space < 2; space++) {
		for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
			if (span_ends_with(text, quotes[i]) &&
				(space == 0 || quotes[i][0] == '\xc2'))
				return w->t[0].start +
				       (uint32_t)(text.len - strlen(quotes[i]));
		if (text.len == 0 || text.ptr[text.len - 1] != ' ')
			break;
		text.len--;
	}
	return at;
}

/* Where the mark behind byte at ends; at if there is none. */
uint32_t
names_mark_behind(const struct work *w, uint32_t at)
{
	struct span text = span_sub(w->text, at, w->end);

	if (is_single(w, at, false))
		return at + 1;
	for (uint32_t space = 0; space < 2; space++) {
		for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
			if (span_starts_with(text, quotes[i]) &&
				(space == 0 || quotes[i][0] == '\xc2'))
				return at + space + (uint32_t)strlen(quotes[i]);
		if (text.len == 0 || text.ptr[0] != ' ')
			break;
		text = span_sub(text, 1, text.len);
	}
	return at;
}

/* End of the words in quotation marks that begin at token i; i if they are
 * a sentence, or part of a mention. */
static size_t
quoted_end(const struct work *w, size_t i)
{
	for (size_t j = i; j < w->nt && j - i < QUOTED_MAX; j++) {
		if (w->st->owners[j] != 0 ||
			(j > i && (w->t[j].gap & (G_DOT | G_COLON | G_COMMA))))
			return i;
		if (names_mark_behind(w, w->t[j].end) > w->t[j].end)
			return j + 1;
		if (j + 1 < w->nt && (w->t[j + 1].gap & G_QUOTE))
			return i;
	}
	return i;
}

/* "» Home »" is a path of pages: an angle that opens is closed by the other. */
static bool
is_path(const struct work *w, size_t first, size_t end)
{
	uint32_t open = names_mark_before(w, w->t[first].start);
	uint32_t close = names_mark_behind(w, w->t[end - 1].end) - ANGLE_BYTES;
	struct span mark = span_sub(w->text, open, open + ANGLE_BYTES);

	return span_starts_with(mark, "\xc2") &&
	       span_eq(mark, span_sub(w->text, close, close + ANGLE_BYTES));
}

/* The token before i that says what i is, adjectives passed; SIZE_MAX if
 * there is none. */
static size_t
head_before(const struct work *w, size_t i)
{
	for (size_t back = 1; back <= 2 && back <= i; back++) {
		size_t k = i - back;

		if (is_label(w, k) || (w->t[k].kinds & K_NETWORK))
			return k;
		if ((w->t[k].kinds & ~(uint32_t)K_ADJECTIVE) != 0 ||
			(w->t[k].flags & T_CAP) || !work_soft(w, k))
			break;
	}
	return SIZE_MAX;
}

/* "al", "du", "nella": of a Romance language, and no "de". */
static bool
holds_article(const struct work *w, size_t i)
{
	static const char *const bare[] = { "de", "d", "a", "à", "en", "em",
		"in", "di", "per", "par", "por", "para", "pour", "da", "con" };
	struct span word = work_text(w, i, i + 1);

	if (!w->romance || !(w->t[i].kinds & (K_IN | K_LINK)))
		return false;
	for (size_t k = 0; k < sizeof bare / sizeof *bare; k++)
		if (span_eq_str(word, bare[k]))
			return false;
	return true;
}

/* "associada também à", "partecipa anche a": a word that may stand between. */
static bool
is_besides(const struct work *w, size_t i)
{
	static const char *const words[] = { "tamb\xc3\xa9m", "igualmente",
		"ainda", "agora", "tambi\xc3\xa9n", "ahora", "anche", "inoltre",
		"ora", "aussi", "\xc3\xa9galement", "auch", "zudem", "also",
		"now" };
	struct span word = work_text(w, i, i + 1);

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (span_eq_str(word, words[k]))
			return true;
	return false;
}

/* "member of the": token i is behind a word of joining and small ones. */
static bool
is_joined(const struct work *w, size_t i, bool *article)
{
	bool into = false;

	*article = false;
	for (size_t back = 1; back <= BEFORE_MAX && back <= i; back++) {
		const struct token *t = &w->t[i - back];

		if (has_all(w, i - back, K_JOIN))
			return into || !has_all(w, i - back, K_ACCEDE);
		/* "da" is "in the" in one language and "of the" in another. */
		into = into || ((t->kinds & K_IN) && !(t->kinds & K_FROM));
		if (back == 1)
			*article = (t->kinds & K_ARTICLE) ||
				   holds_article(w, i - back);
		if ((!(t->kinds & (K_LINK | K_ARTICLE | K_IN | K_ADJECTIVE)) &&
			    !is_besides(w, i - back)) ||
			(t->flags & T_CAP))
			return false;
		if (i - back > 0 && !work_soft(w, i - back))
			return false;
	}
	return false;
}

static bool
has_network(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if ((w->t[i].flags & T_CAP) && (w->t[i].kinds & K_NETWORK) &&
			!has_all(w, i, K_CONTEST))
			return true;
	return false;
}

/* “Stadt der Vielfalt”: what a town is called. */
static bool
bears_title(const struct work *w, size_t first, size_t last)
{
	return last - first > 1 && has_all(w, first, K_HOLDER) &&
	       !has_network(w, first, last);
}

static void
quoted(struct work *w, size_t i)
{
	size_t end = quoted_end(w, i), head;
	bool article, label;
	struct candidate *c;

	if (end == i || !(w->t[i].flags & T_CAP) || is_path(w, i, end))
		return;
	head = head_before(w, i);
	label = head != SIZE_MAX ? is_label(w, head) : bears_title(w, i, end);
	if (head == SIZE_MAX && !label && !has_network(w, i, end) &&
		!is_joined(w, i, &article))
		return;
	c = work_add(w, i, end, label ? MENTION_TITLE : MENTION_NETWORK,
		"names.network.quoted", (struct name_value){ 0 });
	if (c == NULL)
		return;
	c->start = names_mark_before(w, c->start);
	if (c->last == end)
		c->end = names_mark_behind(w, c->end);
}

/* ---- names without marks ---- */

static bool
is_coined(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	return t->end - t->start >= ACRONYM_MIN &&
	       (t->flags & (T_UPPER | T_MIXED)) && !(t->flags & T_DIGIT) &&
	       !(t->kinds & K_ORG_NAME);
}

/* "After" of "member of After Dark Cities": inside a sentence it is a name's.
 */
static bool
begins_name(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i];

	return work_capital(w, i) ||
	       (!w->titlecase && (t->flags & (T_CAP | T_START)) == T_CAP &&
		       (t->kinds & (K_STOP | K_ARTICLE)) && i + 1 < w->nt &&
		       work_soft(w, i + 1) && work_capital(w, i + 1));
}

/* "Users' Forum": token i is a network's head behind those who own it. */
static bool
is_users(const struct work *w, size_t i)
{
	struct span between = span_sub(w->text, w->t[i - 1].end, w->t[i].start);

	return (w->t[i].kinds & K_NETWORK) &&
	       (span_eq_str(between, "' ") ||
		       span_eq_str(between, "\xe2\x80\x99 "));
}

/* "member of Circle 9", but not "joined Eurocities 9 years ago". */
static bool
ends_in_number(const struct work *w, size_t j)
{
	return j > 0 && j < w->nt && names_is_number(w, j) &&
	       (j + 1 == w->nt || !work_soft(w, j + 1) ||
		       (w->t[j + 1].kinds &
			       (K_IN | K_LINK | K_AND | K_ARTICLE)));
}

/* End of the name that begins at token i. */
static size_t
name_end(const struct work *w, size_t i)
{
	size_t j = i;

	while (j < w->nt && j - i < NAME_MAX && w->st->owners[j] == 0 &&
		(j == i || work_soft(w, j) || is_users(w, j)) &&
		((j == i ? begins_name(w, j) : work_capital(w, j)) ||
			(j > i && w->t[j].gap == G_HYPHEN)) &&
		(j == i ||
			!(w->t[j].kinds & (K_AND | K_IN | K_LINK | K_ARTICLE))))
		j++;
	if (ends_in_number(w, j))
		return j + 1;
	return j > i ? work_complement(w, j, true) : i;
}

/* "Medical Affairs Team" */
static bool
is_unit(const struct work *w, size_t first, size_t last)
{
	return last - first > 1 && !w->romance &&
	       (w->t[last - 1].kinds &
		       ~(uint32_t)(K_ADJECTIVE | K_PLACE_WORD)) == K_ORG_UNIT;
}

/* The noun that says what the name is of: the first of it, or the last before
 * what is small: "Dublin City University", "University of Technology". */
static bool
is_head(const struct work *w, size_t i, size_t first, size_t last)
{
	return i == first || i + 1 == last || !(w->t[i + 1].flags & T_CAP);
}

bool
names_may_be_network(const struct work *w, size_t first, size_t last)
{
	bool members = work_plural_members(w, first, last);

	if (last <= first || is_unit(w, first, last) ||
		work_phrase(w, first, K_ORG_NAME, NULL) > 0 ||
		(w->t[first].kinds & K_PLACE) ||
		((w->t[first].kinds & K_PLACE_WORD) && !w->romance &&
			!(w->t[last - 1].kinds & K_NETWORK)) ||
		(w->t[first].flags & T_DIGIT) ||
		work_phrase(w, first, K_PLACE, NULL) > 0)
		return false;
	for (size_t i = first; i < last; i++) {
		uint32_t kinds = w->t[i].kinds;

		if (w->st->owners[i] != 0 || (kinds & K_ORDINAL) ||
			(is_head(w, i, first, last) &&
				(kinds & (K_ORG_HEAD | K_ORG_NOUN)) &&
				!(kinds & K_NETWORK) && !members))
			return false;
	}
	return true;
}

/* More than one plain word. */
static bool
stands_out(const struct work *w, size_t first, size_t last)
{
	size_t capitals = 0;

	for (size_t i = first; i < last; i++) {
		if (is_coined(w, i))
			return true;
		capitals += (w->t[i].flags & T_CAP) != 0;
	}
	return capitals > 1;
}

static bool
may_name(const struct work *w, size_t first, size_t last)
{
	return names_may_be_network(w, first, last) &&
	       stands_out(w, first, last);
}

/* "Premier League", "Ibex 35"; but "Lega dell'Adriatico" is none. */
static bool
is_contest(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if (has_all(w, i, K_CONTEST) &&
			!(w->romance && i == first && i + 1 < last &&
				work_small(w, i + 1)))
			return true;
	return false;
}

/* A verb says less than "member of": no "joined the KOSPI", no "joined the
 * Premier League" and no "joined the Royal Navy". */
static bool
may_be_entered(const struct work *w, size_t first, size_t last)
{
	struct span word = work_text(w, first, last);
	bool network = false;

	if (is_contest(w, first, last))
		return false;
	for (size_t i = first; i < last; i++)
		network = network || (w->t[i].kinds & (K_NETWORK | K_MEMBERS));
	if (network || last - first > 1)
		return network;
	if (!(w->t[first].flags & T_UPPER))
		return true;
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return true;
	return false;
}

/* "Waterford City" of "the membership of Waterford City"; "Comune di Istanbul".
 */
static bool
is_town(const struct work *w, size_t first, size_t end)
{
	if (end - first > 1 && has_all(w, end - 1, K_HOLDER))
		return !has_network(w, first, end);
	return w->romance && end - first > 2 && has_all(w, first, K_HOLDER) &&
	       (w->t[first + 1].kinds & K_LINK) && !holds_article(w, first + 1);
}

/* "Join Orbis", "Become a member of Orbis": the reader of a page is asked.
 * Token i is the word of joining. */
static bool
is_invitation(const struct work *w, size_t i)
{
	for (size_t k = i;; k--) {
		if ((w->t[k].flags & T_START) || w->t[k].gap & G_EDGE)
			return (w->t[k].flags & T_CAP) &&
			       has_all(w, k, K_INVITE);
		if (i - k == INVITED_MAX || !work_soft(w, k))
			return false;
	}
}

/* "Member Login", "Affiliate Program": the noun i says of what kind j is. */
static bool
is_compound(const struct work *w, size_t i, size_t j)
{
	return j == i + 1 && (w->t[i].flags & T_CAP) && !w->german &&
	       !has_all(w, i, K_ENTER);
}

/* "Irish Green Building Council": no town's, "Derby City Council", and no
 * county's. */
static bool
is_general_council(const struct work *w, size_t first, size_t i, size_t last)
{
	return !w->romance && !w->german && i + 1 == last && last - first > 2 &&
	       has_all(w, i, K_MUNICIPAL) &&
	       !(w->t[i - 1].kinds & (K_PLACE_WORD | K_PLACE));
}

/* "Organic Trade Board", "European Walking Capitals": what is as often no
 * network, but may be one if a town joins it. */
static bool
may_be_joined(const struct work *w, size_t first, size_t last)
{
	if (last <= first + 1 || is_unit(w, first, last) ||
		is_contest(w, first, last) || (w->t[first].flags & T_DIGIT) ||
		work_phrase(w, first, K_ORG_NAME, NULL) > 0 ||
		work_phrase(w, first, K_PLACE, NULL) >= last - first)
		return false;
	for (size_t i = first; i < last; i++)
		if (w->st->owners[i] != 0 || has_all(w, i, K_ORG_LEGAL) ||
			(has_all(w, i, K_MUNICIPAL) &&
				!is_general_council(w, first, i, last)) ||
			has_all(w, i, K_HOLDER) ||
			(w->t[i].kinds &
				(K_ORDINAL | K_ORG_CAMPUS | K_ORG_FIRST)))
			return false;
	return true;
}

/* What a verb says is joined is a network, also where none says so. */
static void
take(struct work *w, size_t first, size_t last)
{
	if (work_add(w, first, last, MENTION_NETWORK, "names.network.joined",
		    (struct name_value){ 0 }) != NULL)
		names_hint(w, first, last, HINT_DEFINED);
}

/* What stands behind the word of joining i says enough to be a network: not
 * "joined forces", not "membre de l'Orchestre". */
static bool
is_plainly_joined(
	const struct work *w, size_t i, size_t first, size_t last, bool article)
{
	if (!stands_out(w, first, last))
		return false;
	if (!article && w->t[first - 1].kinds == w->t[i].kinds &&
		!is_coined(w, first))
		return false;
	return !has_all(w, i, K_ENTER) ||
	       ((article || last - first > 1) &&
		       may_be_entered(w, first, last));
}

/* "joined the Delta Compact", "membre de Villes Solidaires". */
static void
joined(struct work *w, size_t i)
{
	size_t j = i + 1, end;
	bool article;

	while (j < w->nt && j - i <= BEFORE_MAX && work_soft(w, j) &&
		!(w->t[j].flags & T_CAP))
		j++;
	if (j >= w->nt || !work_soft(w, j) || !begins_name(w, j) ||
		!is_joined(w, j, &article) || is_invitation(w, i) ||
		w->t[i + 1].gap == G_HYPHEN || names_is_any(w, j))
		return;
	end = name_end(w, j);
	if (is_town(w, j, end) || (end < w->nt && work_possessive(w, end)))
		return;
	if (!names_may_be_network(w, j, end)) {
		if (may_be_joined(w, j, end) && !is_compound(w, i, j))
			names_hint(w, j, end,
				has_all(w, i, K_ENTER) ? HINT_MAYBE_ENTERED
						       : HINT_MAYBE_SAID);
		return;
	}
	if (!is_plainly_joined(w, i, j, end, article)) {
		if (!is_compound(w, i, j) && !is_contest(w, j, end))
			names_hint(w, j, end,
				has_all(w, i, K_ENTER) ? HINT_ENTERED
						       : HINT_SAID);
		return;
	}
	take(w, j, names_extent_right(w, j, end));
}

/* "signed up to the Delta Compact", "part of Orbis": a phrase at token i. */
static void
joined_by_phrase(struct work *w, size_t i)
{
	size_t entered = work_phrase(w, i, K_ORG_UNIT, NULL);
	size_t len = work_phrase(w, i, K_ORG_TOPIC, NULL), j = i + len, end;

	if (len < 2 || (w->t[i].flags & T_CAP) || is_invitation(w, i))
		return;
	while (j < w->nt && j - i - len < 2 && work_soft(w, j) &&
		!(w->t[j].flags & T_CAP) &&
		(w->t[j].kinds & (K_ARTICLE | K_ADJECTIVE)))
		j++;
	if (j >= w->nt || !work_soft(w, j) || !begins_name(w, j))
		return;
	end = name_end(w, j);
	if (!names_may_be_network(w, j, end)) {
		if (may_be_joined(w, j, end))
			names_hint(w, j, end,
				entered == len ? HINT_MAYBE_ENTERED
					       : HINT_MAYBE_SAID);
		return;
	}
	if (entered == len && end - j > 1 && has_network(w, j, end) &&
		may_be_entered(w, j, end))
		take(w, j, end);
	else if (!is_contest(w, j, end))
		names_hint(
			w, j, end, entered == len ? HINT_ENTERED : HINT_SAID);
}

/* "de", "des", but not "pour". */
static bool
is_of(const struct work *w, size_t i)
{
	return work_small(w, i) && w->t[i].end - w->t[i].start <= OF_BYTES;
}

/* "Territoire connecté", "Ville amie des abeilles": one capital, and what is
 * behind it; end if there is nothing such. */
static size_t
small_end(const struct work *w, size_t i, size_t end)
{
	size_t j = end;

	if (end != i + 1 || (w->t[i].kinds & (K_ORG_NAME | K_PLACE)) ||
		end >= w->nt || w->t[end].end - w->t[end].start <= ELIDED_BYTES)
		return end;
	while (j < w->nt && j - i <= SMALL_MAX && work_soft(w, j) &&
		!(w->t[j].flags & (T_CAP | T_DIGIT)) &&
		(j == end ? !(w->t[j].kinds & ~(uint32_t)K_ADJECTIVE)
			  : is_of(w, j) || is_of(w, j - 1)))
		j++;
	while (j > end && is_of(w, j - 1))
		j--;
	return j;
}

/* A capital and small words behind it, all free. */
static bool
is_described(const struct work *w, size_t i, size_t end)
{
	for (size_t k = i; k < end; k++)
		if (w->st->owners[k] != 0)
			return false;
	return end > i + 1 && !(w->t[end - 1].flags & T_CAP);
}

/* "da rede Cascais, Lagos e Anadia": those in it, not its name. */
static bool
begins_list(const struct work *w, size_t end)
{
	if (end < w->nt && (w->t[end].kinds & K_AND))
		return end + 1 < w->nt && work_capital(w, end + 1);
	return end < w->nt && (w->t[end].gap & G_COMMA) && work_capital(w, end);
}

/* "réseau Campus Climat", "label Plastic Exit": the name stands behind. */
static void
named_behind(struct work *w, size_t head)
{
	bool label = is_label(w, head), described, joins;
	size_t i = head + 1, end;

	if (!w->romance || w->titlecase || (w->t[head].flags & T_CAP))
		return;
	if (i < w->nt && work_soft(w, i) && !(w->t[i].flags & T_CAP) &&
		(!(w->t[i].kinds & ~(uint32_t)K_ADJECTIVE) ||
			(label && (w->t[i].kinds & K_LINK))))
		i++;
	if (i >= w->nt || (w->t[i].gap & ~(unsigned)G_APOS) != G_SPACE ||
		!work_capital(w, i))
		return;
	end = name_end(w, i);
	/* "consortium Téthys" may be a firm, unless it is joined. */
	if (has_all(w, head, K_LEAGUE) && !label && !is_coined(w, i)) {
		if (is_joined(w, head, &joins) &&
			names_may_be_network(w, i, end))
			names_hint(w, i, end, HINT_SAID);
		return;
	}
	described = label || (w->t[i].kinds & K_MEMBERS);
	if (described)
		end = small_end(w, i, end);
	if (!may_name(w, i, end) && !(described && is_described(w, i, end)) &&
		!(end == i + 1 && !label && w->t[i].kinds == 0 &&
			w->t[i].end - w->t[i].start >= SINGLE_MIN &&
			is_joined(w, head, &joins) && !begins_list(w, end)))
		return;
	if (!label)
		end = names_extent_right(w, i, end);
	(void)work_add(w, label ? i : head, end,
		label ? MENTION_TITLE : MENTION_NETWORK, "names.network.called",
		(struct name_value){ 0 });
}

/* "Fairtrade Town": the words say what it is that bears the title. */
static bool
says_holders(const struct work *w, size_t first, size_t last)
{
	for (size_t i = first; i < last; i++)
		if ((w->t[i].kinds & K_MEMBERS) || has_all(w, i, K_HOLDER))
			return true;
	return false;
}

/* "the ENLIGHT alliance", "EcoPorts status", "Key Cities group": the name
 * stands before. */
static void
named_before(struct work *w, size_t head)
{
	bool label = is_label(w, head), members;
	size_t left;

	if (w->romance || w->german || w->titlecase ||
		(w->t[head].flags & T_CAP))
		return;
	left = work_left(w, head, 0);
	members = head - left > 1 && work_plural_members(w, left, head);
	if (members && (w->t[head].kinds & K_NETWORK)) {
		(void)work_add(w, left, head + 1, MENTION_NETWORK,
			"names.network.called", (struct name_value){ 0 });
		return;
	}
	if (left == head || !may_name(w, left, head))
		return;
	/* "the Storm-Ready Shorelines program" may be anybody's, "the MBA
	 * program" is. */
	if (has_all(w, head, K_LEAGUE) && !label) {
		if (head - left > 1)
			names_hint(w, left, head, HINT_SAID);
		return;
	}
	if ((!is_coined(w, left) && (!label || head - left > 3)))
		return;
	/* "kept EcoPorts status" tells more than "the Orbis certificate". */
	if (label && !says_holders(w, left, head) && left > 0 &&
		work_soft(w, left) &&
		((w->t[left - 1].kinds & (K_LINK | K_ARTICLE | K_AND)) ||
			names_is_any(w, left))) {
		names_hint(w, left, head, HINT_TITLED);
		return;
	}
	(void)work_add(w, left, label ? head : head + 1,
		label ? MENTION_TITLE : MENTION_NETWORK, "names.network.called",
		(struct name_value){ 0 });
}

/* ---- titles that were given ---- */

/* "an Autism Friendly Town": where it ends, i if it is none. */
static size_t
given_end(const struct work *w, size_t i)
{
	size_t end = i;

	if (!span_eq_str(work_text(w, i - 1, i), "a") &&
		!span_eq_str(work_text(w, i - 1, i), "an"))
		return i;
	while (end < w->nt && end - i < NAME_MAX &&
		(end == i || work_soft(w, end)) && work_capital(w, end) &&
		w->st->owners[end] == 0 &&
		!(w->t[end].kinds & (K_PLACE | K_ORDINAL)))
		end++;
	if (end - i < 2 || !has_all(w, end - 1, K_HOLDER))
		return i;
	/* Of "a Kansas City firm" it is no title. */
	return end < w->nt && work_soft(w, end) &&
			       !(w->t[end].kinds &
				       (K_IN | K_LINK | K_AND | K_STOP |
					       K_POSSESSIVE))
		       ? i
		       : end;
}

/* "Municipalité amie des enfants", "Pueblos Mágicos". */
static size_t
given_romance_end(const struct work *w, size_t i)
{
	size_t end;

	if (!(w->t[i].kinds & K_MEMBERS) || w->st->owners[i] != 0)
		return i;
	end = small_end(w, i, name_end(w, i));
	for (size_t k = i; k < end; k++)
		if (w->st->owners[k] != 0)
			return i;
	return end > i + 1 ? end : i;
}

/* "was designated an Autism Friendly Town". */
static void
designated(struct work *w, size_t i)
{
	size_t j = i + 1, end;

	while (j < w->nt && j - i <= BEFORE_MAX && work_soft(w, j) &&
		!(w->t[j].flags & (T_CAP | T_DIGIT)))
		j++;
	if (w->titlecase || w->german || j >= w->nt || !work_soft(w, j) ||
		!(w->t[j].flags & T_CAP))
		return;
	end = w->romance ? given_romance_end(w, j) : given_end(w, j);
	if (end > j)
		(void)work_add(w, j, end, MENTION_TITLE, "names.title.given",
			(struct name_value){ 0 });
}

void
names_called(struct work *w)
{
	for (size_t i = 0; (w->sum.gaps & G_QUOTE) && i < w->nt; i++)
		if ((w->t[i].gap & G_QUOTE) && w->st->owners[i] == 0 &&
			names_mark_before(w, w->t[i].start) < w->t[i].start)
			quoted(w, i);
	if (!work_has(w, K_POSSESSIVE | K_NETWORK))
		return;
	for (size_t i = 0; i < w->nt; i++) {
		if (w->st->owners[i] != 0)
			continue;
		if (w->t[i].flags & T_PHRASE)
			joined_by_phrase(w, i);
		if (has_all(w, i, K_JOIN))
			joined(w, i);
		else if (has_all(w, i, K_DESIGNATE))
			designated(w, i);
		if (is_label(w, i) || (w->t[i].kinds & K_NETWORK)) {
			named_behind(w, i);
			named_before(w, i);
		}
	}
}
