/* Names that share one head, which stands before them in the plural: "los
 * hospitales A, B y C", "as escolas municipais A e B", "les lycées A à Blois
 * et B". */
#include "names_work.h"

#define NAMES_MAX      40 /* behind one head */
#define NAME_TOKENS    12
#define ADJECTIVES_MAX 3 /* "municipais de ensino" */
#define BRACKET_MAX    6 /* words in brackets behind a name */
#define LINKS_MAX      2 /* "de la" */
#define SHORT_MAX      4 /* bytes of "Ntra." */
#define ADJECTIVE_MIN  5 /* bytes */
#define ARTICLE_MAX    5 /* bytes of "delle" */

struct one_name {
	size_t first, last;
	bool and;    /* "and" stands before it */
	bool placed; /* where the name before it is, too */
};

struct names_of {
	struct one_name list[NAMES_MAX];
	size_t n;
};

/* "le università", "les EHPAD": a word that has no plural of its own. */
static bool
behind_plural_article(const struct work *w, size_t i)
{
	static const char *const ends[] = { "s", "le", "i", "I" };
	const struct span article =
		i > 0 ? work_text(w, i - 1, i) : span_str("");

	for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
		if (article.len <= ARTICLE_MAX && work_soft(w, i) &&
			span_ends_with(article, ends[k]))
			return true;
	return false;
}

static bool
is_head(const struct work *w, size_t i)
{
	const struct span word = work_text(w, i, i + 1);

	return (w->t[i].kinds & K_HEADS) == K_HEADS &&
	       (span_ends_with(word, "s") || span_ends_with(word, "x") ||
		       (w->t[i].flags & T_UPPER) ||
		       behind_plural_article(w, i));
}

static bool
is_small_and(const struct work *w, size_t i)
{
	return i + 1 < w->nt && (w->t[i].kinds & K_AND) &&
	       !(w->t[i].flags & T_CAP) && work_soft(w, i + 1);
}

/* "Ntra. Señora", "A.C. Camargo", "Sta. Cruz": the full stop before token i is
 * a short word's. */
static bool
behind_short(const struct work *w, size_t i)
{
	const struct token *t = &w->t[i - 1];

	return (w->t[i].gap & ~(unsigned)G_SPACE) == G_DOT &&
	       (t->flags & T_CAP) && (w->t[i].flags & T_CAP) &&
	       ((t->flags & T_SINGLE) || (t->kinds & K_HONORIFIC) ||
		       (t->kinds == 0 && t->end - t->start <= SHORT_MAX &&
			       !(t->flags & T_UPPER)));
}

/* A capital that begins a name, or goes on with it. */
static bool
is_named(const struct work *w, size_t i)
{
	return i < w->nt && (w->t[i].flags & T_CAP) &&
	       !(w->t[i].flags & T_DIGIT) && w->st->owners[i] == 0;
}

/* "de la" at token i: the capital behind it, or i. */
static size_t
pass_small(const struct work *w, size_t i)
{
	size_t j = i;

	while (j < w->nt && j - i < LINKS_MAX && work_soft(w, j) &&
		!(w->t[j].flags & T_CAP) &&
		(w->t[j].kinds & (K_LINK | K_ARTICLE)))
		j++;
	return j > i && is_named(w, j) && work_soft(w, j) ? j : i;
}

/* The end of the name that begins with token i; i if none does. */
static size_t
name_end(const struct work *w, size_t i)
{
	size_t j = i, next;

	if (!is_named(w, i) || (w->t[i].kinds & K_ORG_HEAD) ||
		((w->t[i].kinds & (K_STOP | K_ARTICLE)) &&
			!(is_named(w, i + 1) &&
				(work_soft(w, i + 1) ||
					behind_short(w, i + 1)))))
		return i;
	for (j++; j < w->nt && j - i < NAME_TOKENS;) {
		if (w->t[j].gap == G_HYPHEN && w->st->owners[j] == 0) {
			j++;
			continue;
		}
		if (work_soft(w, j) && (w->t[j].flags & T_DIGIT) &&
			w->st->owners[j] == 0) {
			j++;
			continue;
		}
		if (is_named(w, j) && (work_soft(w, j) || behind_short(w, j))) {
			j++;
			continue;
		}
		next = pass_small(w, j);
		if (next == j)
			break;
		j = next + 1;
	}
	return j;
}

/* What stands in brackets behind a name, "(Cádiz)": the token behind them. */
static size_t
pass_bracket(const struct work *w, size_t i)
{
	size_t j = i;

	if (i >= w->nt || w->t[i].gap != (G_SPACE | G_OPEN))
		return i;
	while (++j < w->nt && j - i <= BRACKET_MAX)
		if (w->t[j].gap & G_CLOSE)
			return j;
	return i;
}

static bool
is_comma(const struct work *w, size_t i)
{
	return i < w->nt &&
	       (w->t[i].gap & ~(unsigned)G_CLOSE) == (G_COMMA | G_SPACE);
}

/* Token i stands behind a space alone, or a bracket that ends. */
static bool
is_near(const struct work *w, size_t i)
{
	return i < w->nt && (w->t[i].gap & ~(unsigned)G_CLOSE) == G_SPACE;
}

/* ", de Lugo," between two names, " à Blois" behind one: the token behind it,
 * or i. */
static size_t
pass_place(const struct work *w, size_t i)
{
	const bool comma = is_comma(w, i);
	size_t j = i, end;

	if ((!comma && !(i < w->nt && work_soft(w, i))) ||
		(w->t[i].flags & T_CAP) ||
		!(w->t[i].kinds & (comma ? K_LINK | K_IN : K_IN)))
		return i;
	for (j++; j < w->nt && j - i < LINKS_MAX && work_soft(w, j) &&
		  !(w->t[j].flags & T_CAP) &&
		  (w->t[j].kinds & (K_LINK | K_ARTICLE));)
		j++;
	end = j < w->nt && work_soft(w, j) ? name_end(w, j) : j;
	return end > j && (!comma || is_comma(w, end)) ? end : i;
}

/* The name of a list behind what ended at token i; false if the list ends
 * there. */
static bool
next_name(const struct work *w, size_t i, struct one_name *p)
{
	const size_t bracket = pass_bracket(w, i);
	size_t j = pass_place(w, bracket);

	p->placed = j > bracket;
	if (!is_comma(w, j) && !is_near(w, j))
		return false;
	p->and = is_small_and(w, j);
	if (!p->and &&!is_comma(w, j))
		return false;
	j += p->and;
	if (j + 1 < w->nt && !(w->t[j].flags & T_CAP) &&
		(w->t[j].kinds & K_ARTICLE) && work_soft(w, j + 1))
		j++;
	p->first = j;
	p->last = name_end(w, p->and ? pass_small(w, j) : j);
	return p->last > j;
}

/* The name that is parted by "and" from the one before is one with it. */
static void
join(struct names_of *all, size_t i)
{
	all->list[i - 1].last = all->list[i].last;
	all->n--;
	for (; i < all->n; i++)
		all->list[i] = all->list[i + 1];
}

static bool
is_word(const struct one_name *p)
{
	return p->last - p->first == 1;
}

/* Only the last "and" parts: "Sierra de Cardeña y Montoro" and "Ramón y Cajal"
 * of a longer list are one name, but of "A y B, de Lugo, y C" none is. */
static void
join_pairs(struct names_of *all)
{
	size_t last = all->n;

	while (last > 0 && !all->list[last - 1].and)
		last--;
	all->n = last;
	if (last < 3)
		return;
	if (all->list[last - 2].and &&is_word(&all->list[last - 1]) &&
		is_word(&all->list[last - 2])) {
		join(all, last - 1);
		last--;
	}
	for (size_t i = last - 1; i-- > 1;)
		if (all->list[i].and &&!all->list[i].placed &&
			!all->list[i + 1].placed)
			join(all, i);
}

static bool
read_names(const struct work *w, size_t i, struct names_of *all)
{
	struct one_name p = { .first = i, .last = name_end(w, i) };

	all->n = 0;
	if (p.last == i)
		return false;
	do {
		all->list[all->n++] = p;
	} while (all->n < NAMES_MAX &&
		 next_name(w, all->list[all->n - 1].last, &p));
	join_pairs(all);
	return all->n > 1;
}

/* An adjective in the plural behind the head: "municipais". */
static bool
is_adjective(const struct work *w, size_t i)
{
	struct span word = work_text(w, i, i + 1);

	return work_soft(w, i) && !(w->t[i].flags & (T_CAP | T_DIGIT)) &&
	       w->st->owners[i] == 0 &&
	       ((w->t[i].kinds & K_ADJECTIVE) ||
		       (w->t[i].kinds == 0 && word.len >= ADJECTIVE_MIN &&
			       span_ends_with(word, "s")));
}

/* "Los Hospitales" */
static bool
behind_article(const struct work *w, size_t i)
{
	return i > 0 && work_soft(w, i) && (w->t[i - 1].kinds & K_ARTICLE);
}

void
names_heads(struct work *w)
{
	struct names_of all;

	if (!w->romance || w->titlecase)
		return;
	for (size_t i = 0; (w->sum.kinds & K_PARTICLE) && i < w->nt; i++) {
		size_t j = i + 1;

		/* "Bodegas Ruiz y Vela" is one firm. */
		if (!is_head(w, i) || w->st->owners[i] != 0 ||
			((w->t[i].flags & T_CAP) && !behind_article(w, i)))
			continue;
		while (j < w->nt && j - i <= ADJECTIVES_MAX &&
			is_adjective(w, j))
			j++;
		if (j >= w->nt || !work_soft(w, j) || !read_names(w, j, &all))
			continue;
		for (size_t k = 0; k < all.n; k++)
			(void)work_add(w, all.list[k].first, all.list[k].last,
				MENTION_ORGANISATION, NAMES_RULE_SHARED,
				(struct name_value){ 0 });
		i = all.list[all.n - 1].last - 1;
	}
}
