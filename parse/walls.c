#include "walls.h"

#include "heading.h"

#define PROSE_MIN    60	  /* bytes of a block that is told from a label */
#define LINKED	     50	  /* per cent: such a block is a link */
#define OTHER_CLEAR  1500 /* bytes of other prose beside two signs of a wall */
#define OTHER_TITLED 300  /* beside a title that says so */
#define OTHER_SAID   160  /* beside words that say so */
#define SHOWN_MAX    80	  /* bytes of a page's words in a problem */

/* What speaks for each wall, and how much prose for none. */
struct signs {
	unsigned titles[WALLS];
	unsigned texts[WALLS];
	struct span words[WALLS]; /* the first that speak for it */
	size_t prose;
};

static struct span
shortened(struct span words)
{
	size_t len = words.len;

	for (len = len > SHOWN_MAX ? SHOWN_MAX : len;
		!utf8_boundary(words, len);)
		len--;
	return span_sub(words, 0, len);
}

static void
add_sign(struct signs *s, unsigned *count, enum wall wall, struct span words)
{
	if (wall == WALL_NONE)
		return;
	count[wall]++;
	if (s->words[wall].len == 0)
		s->words[wall] = shortened(words);
}

/* "404 - Page not found | City of Espoo": all of it, or a part that marks
 * set off, is the title of a wall. */
static void
add_title(struct signs *s, const struct parse_words *w, struct span title)
{
	static const char *const marks[] = { "|", " - ", " \xe2\x80\x93 ",
		" \xe2\x80\x94 ", "\xc2\xb7", "\xc2\xbb", "\xc2\xab" };
	enum wall wall = words_wall_title(w, title);

	for (size_t at = 0, start = 0; wall == WALL_NONE && at < title.len;
		at++) {
		struct span rest = span_sub(title, at, title.len);
		size_t len = 0;

		if (strchr("| \xe2\xc2", title.ptr[at]) == NULL)
			continue;
		for (size_t i = 0; len == 0 && i < sizeof marks / sizeof *marks;
			i++)
			if (span_starts_with(rest, marks[i]))
				len = strlen(marks[i]);
		if (len == 0)
			continue;
		wall = words_wall_title(w, span_sub(title, start, at));
		start = at + len;
		if (wall == WALL_NONE)
			wall = words_wall_title(
				w, span_sub(title, start, title.len));
	}
	add_sign(s, s->titles, wall, title);
}

static bool
is_release(const struct block *k)
{
	return k->zone == ZONE_BODY || k->zone == ZONE_TITLE;
}

/* What heads the page: its title, else the first heading, else the first
 * line.  Others may be of forms and banners.  Of b->n: none. */
static size_t
head_of(const struct blocks *b)
{
	size_t heading = b->n, line = b->n;

	for (size_t i = b->n; i-- > 0;) {
		if (!is_release(&b->list[i]))
			continue;
		line = i;
		if (b->list[i].type == BLOCK_HEADING)
			heading = i;
		if (b->list[i].type == BLOCK_TITLE)
			return i;
	}
	return heading < b->n ? heading : line;
}

/* Comments and links to other pages tell nothing of this one. */
static bool
is_told_by(const struct block *k)
{
	return k->zone != ZONE_COMMENT && k->zone != ZONE_TEASER &&
	       k->links < LINKED;
}

static void
add_blocks(struct signs *s, const struct parse_words *w, const struct blocks *b)
{
	const size_t head = head_of(b);

	for (size_t i = 0; i < b->n; i++) {
		const struct block *k = &b->list[i];
		struct span text = blocks_text(b, k);
		enum wall wall;

		if (i == head && k->zone != ZONE_COMMENT &&
			k->zone != ZONE_TEASER)
			add_title(s, w, text);
		if (!is_told_by(k))
			continue;
		wall = words_wall(w, text);
		add_sign(s, s->texts, wall, text);
		if (wall == WALL_NONE && text.len >= PROSE_MIN)
			s->prose += text.len;
	}
}

/* Prose that is of no wall, nor about consent. */
static size_t
unrelated(const struct parse_words *w, const struct blocks *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct span text = blocks_text(b, &b->list[i]);

		if (is_told_by(&b->list[i]) && text.len >= PROSE_MIN &&
			words_wall(w, text) == WALL_NONE &&
			!words_consent(w, text))
			n += text.len;
	}
	return n;
}

/* An element that scripts fill, and that nothing has filled. */
static bool
is_shell(const struct tree *t, const struct parse_words *w)
{
	for (uint32_t i = 0; i < t->n; i++)
		if (t->nodes[i].tag != TAG_TEXT && tree_text_len(t, i) == 0 &&
			words_shell(w, tree_attr(t, i, ATTR_ID)))
			return true;
	return false;
}

/* So much other prose a page may have and be this wall; 0: no sign of it. */
static size_t
most_prose(const struct signs *s, enum wall wall)
{
	unsigned titles = s->titles[wall];

	/* Banners that ask for consent stand on any page. */
	if (wall == WALL_CONSENT)
		return titles > 0 || s->texts[wall] > 0 ? OTHER_SAID : 0;
	if (titles > 1 || (titles > 0 && s->texts[wall] > 0))
		return OTHER_CLEAR;
	return titles > 0 ? OTHER_TITLED : s->texts[wall] > 0 ? OTHER_SAID : 0;
}

/* Prose enough that no wall has it, told without looking at its words. */
static bool
is_long(const struct blocks *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (is_release(&b->list[i]) && b->list[i].links < LINKED)
			n += b->list[i].end - b->list[i].start;
	return n > 4 * OTHER_CLEAR;
}

enum wall
walls_find(const struct html *h, const struct blocks *b, struct span *words)
{
	/* Those that name no page go before those that may be of one. */
	static const enum wall order[] = { WALL_ROBOT, WALL_SCRIPT, WALL_MOVED,
		WALL_ERROR, WALL_LOGIN, WALL_CONSENT };
	struct signs s = { .prose = 0 };
	struct titles titles;

	*words = span_of(NULL, 0);
	if (is_long(b))
		return WALL_NONE;
	titles_declared(&h->tree, &titles);
	add_title(&s, h->words, titles.element);
	add_blocks(&s, h->words, b);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		size_t most = most_prose(&s, order[i]);

		if (most == 0)
			continue;
		if ((order[i] == WALL_CONSENT ? unrelated(h->words, b)
					      : s.prose) <= most) {
			*words = s.words[order[i]];
			return order[i];
		}
	}
	return s.prose <= OTHER_SAID && is_shell(&h->tree, h->words)
		       ? WALL_SCRIPT
		       : WALL_NONE;
}

enum problem_code
walls_problem(enum wall wall)
{
	static const enum problem_code codes[WALLS] = {
		[WALL_NONE] = PROBLEM_NO_TEXT,
		[WALL_SCRIPT] = PROBLEM_NO_TEXT,
		[WALL_ROBOT] = PROBLEM_ROBOT_CHECK,
		[WALL_CONSENT] = PROBLEM_CONSENT_WALL,
		[WALL_LOGIN] = PROBLEM_LOGIN,
		[WALL_ERROR] = PROBLEM_ERROR_PAGE,
		[WALL_MOVED] = PROBLEM_MOVED,
	};

	return codes[wall];
}
