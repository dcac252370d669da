#include "heading.h"

#include <ctype.h>

#include "words.h"

#define ALIKE	50 /* per cent: the same title in other words */
#define SAME	80 /* per cent: the same title */
#define RELATED 20 /* per cent: of the same matter */
#define WHOLE	3  /* words of a heading that stands within a title */

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The byte of a word in lower case; 0: it is of none. */
static unsigned char
word_byte(unsigned char c)
{
	if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	return c >= 'A' && c <= 'Z' ? c | 0x20 : 0;
}

/* The word that begins at s[*at], which is left behind it. */
static uint32_t
word_hash(struct span s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	uint32_t h = 2166136261u;
	unsigned char c;

	for (; *at < s.len && (c = word_byte(p[*at])) != 0; ++*at) {
		if (c == 0xE2 && *at + 1 < s.len && p[*at + 1] == 0x80)
			break;
		h = (h ^ c) * 16777619u;
	}
	return h;
}

void
title_words(struct span s, struct title_words *bag)
{
	uint64_t seen = 0; /* a bit of a hash: most words are new */

	bag->n = 0;
	for (size_t at = 0; at < s.len && bag->n < HEADING_WORDS;) {
		const size_t start = at;
		const uint32_t h = word_hash(s, &at);
		const uint64_t bit = (uint64_t)1 << (h >> 26);
		size_t k = 0;

		if (at == start) {
			at += (unsigned char)s.ptr[at] == 0xE2 ? 3 : 1;
			continue;
		}
		while ((seen & bit) != 0 && k < bag->n && bag->words[k] != h)
			k++;
		if ((seen & bit) == 0 || k == bag->n)
			bag->words[bag->n++] = h;
		seen |= bit;
	}
}

int
title_words_likeness(const struct title_words *x, const struct title_words *y)
{
	size_t common = 0;

	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++)
			common += x->words[i] == y->words[k];
	if (x->n + y->n == 0)
		return 0;
	/* All of it is there, with the site's name or a subtitle. */
	if (x->n >= WHOLE && common == x->n)
		return SAME + (int)(20 * common / y->n);
	return (int)(200 * common / (x->n + y->n));
}

int
titles_likeness(struct span heading, struct span title)
{
	struct title_words x, y;

	title_words(heading, &x);
	title_words(title, &y);
	return title_words_likeness(&x, &y);
}

/* Letters and digits of s in lower case, at most max of them. */
static size_t
squeeze(struct span s, char *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < max; i++)
		if (is_word_byte(s.ptr[i]))
			out[n++] = (char)tolower((unsigned char)s.ptr[i]);
	return n;
}

/* "The Daily News" is dailynews.org's, "FDA" that of "FDA, the agency". */
static bool
names_site(struct span part, struct span site)
{
	char a[128], b[128];
	struct span x = { a, squeeze(part, a, sizeof a) };
	struct span y = { b, squeeze(site, b, sizeof b) };

	if (x.len < 2 || y.len < 2)
		return false;
	return titles_likeness(part, site) >= ALIKE ||
	       span_find(x, 0, y) != SIZE_MAX || span_find(y, 0, x) != SIZE_MAX;
}

/* A mark between title and site at s[at]; returns its length or 0. */
static size_t
separator(struct span s, size_t at)
{
	static const char *const marks[] = { "|", "\xc2\xbb", " - ",
		" \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xb7 ",
		" \xe2\x80\xa2 ", " : ", ": " };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts_with(span_sub(s, at, s.len), marks[i]))
			return strlen(marks[i]);
	return 0;
}

struct span
title_without_site(struct span title, struct span site)
{
	size_t first = SIZE_MAX, first_end = 0, last = SIZE_MAX, last_end = 0;

	if (site.len == 0)
		return title;
	for (size_t at = 1; at + 1 < title.len; at++) {
		size_t len = separator(title, at);

		if (len == 0)
			continue;
		if (first == SIZE_MAX) {
			first = at;
			first_end = at + len;
		}
		last = at;
		last_end = at + len;
		at += len - 1;
	}
	if (last != SIZE_MAX &&
		names_site(span_sub(title, last_end, title.len), site))
		return span_trim(span_sub(title, 0, last));
	if (first != SIZE_MAX &&
		titles_likeness(span_sub(title, 0, first), site) >= SAME)
		return span_trim(span_sub(title, first_end, title.len));
	return title;
}

void
titles_declared(const struct tree *t, struct titles *out)
{
	*out = (struct titles){ { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
	for (uint32_t i = 0; i < t->n; i++) {
		struct span key, content;

		if (t->nodes[i].tag == TAG_TITLE && out->element.len == 0)
			out->element = span_trim(tree_text(t, i));
		if (t->nodes[i].tag != TAG_META)
			continue;
		key = tree_attr(t, i, ATTR_PROPERTY);
		if (key.len == 0)
			key = tree_attr(t, i, ATTR_NAME);
		content = span_trim(tree_attr(t, i, ATTR_CONTENT));
		if (out->og.len == 0 && span_ieq_str(key, "og:title"))
			out->og = content;
		else if (out->site.len == 0 &&
			 span_ieq_str(key, "og:site_name"))
			out->site = content;
	}
}

struct search {
	const struct tree *tree;
	struct span og, element; /* without the site's name */
	uint32_t root;
};

static bool
is_shown(const struct search *s, uint32_t i)
{
	const struct tree *t = s->tree;

	for (uint32_t p = i; p != TREE_NONE; p = t->nodes[p].parent)
		if (t->nodes[p].part == PART_HIDDEN ||
			t->nodes[p].part == PART_COMMENT ||
			t->nodes[p].part == PART_NOTICE)
			return false;
	return span_trim(tree_text(t, i)).len > 0;
}

static int
likeness(const struct search *s, uint32_t i)
{
	struct span text = tree_text(s->tree, i);
	int og = titles_likeness(text, s->og);
	int element = titles_likeness(text, s->element);

	return og > element ? og : element;
}

/* The heading of that rank most like what is declared, the first of those in
 * the release; its likeness is *likest, and *n how many there are. */
static uint32_t
most_like(const struct search *s, enum tag tag, int *likest, size_t *n)
{
	const struct tree *t = s->tree;
	uint32_t best = TREE_NONE;

	*likest = -1;
	*n = 0;
	for (uint32_t i = 0; i < t->n; i++) {
		int like;
		bool within;

		if (t->nodes[i].tag != tag || !is_shown(s, i))
			continue;
		++*n;
		like = likeness(s, i);
		within = s->root == TREE_NONE || tree_is_within(t, i, s->root);
		if (like > *likest ||
			(like == *likest && within && best != TREE_NONE &&
				s->root != TREE_NONE &&
				!tree_is_within(t, best, s->root))) {
			best = i;
			*likest = like;
		}
	}
	return best;
}

uint32_t
heading_find(const struct tree *t, uint32_t root)
{
	struct titles said;
	struct search s = { .tree = t, .root = root };
	uint32_t h1, h2;
	int like1, like2;
	size_t n1, n2;

	titles_declared(t, &said);
	s.og = title_without_site(said.og, said.site);
	s.element = title_without_site(said.element, said.site);
	h1 = most_like(&s, TAG_H1, &like1, &n1);
	if (like1 >= ALIKE)
		return h1;
	h2 = most_like(&s, TAG_H2, &like2, &n2);
	if (like2 >= SAME)
		return h2;
	if (h1 == TREE_NONE)
		return said.og.len + said.element.len == 0 ? h2 : TREE_NONE;
	/* A page's only h1 is its title, whatever it declares, unless it is
	 * the name of the site. */
	if (like1 < RELATED &&
		(n1 > 1 || names_site(tree_text(t, h1), said.site)) &&
		(s.og.len > 0 || s.element.len > 0))
		return TREE_NONE;
	return h1;
}
