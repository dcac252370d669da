#include "traits.h"

#include <ctype.h>

#include "heading.h"

#define PROSE_MIN   70 /* bytes of a paragraph of text */
#define PROSE_LINKS 50 /* per cent of it that links may have */
#define STEP_SHARE  75 /* per cent of its parent's prose on the path */

_Static_assert((int)TAG_TEXT == 60 && (int)BLOCK_TYPES == 10,
	"trees.tsv knows elements and blocks by number: learn it anew");

enum last { LAST_OTHER, LAST_STOP, LAST_ASKS, LAST_COLON, LAST_MORE };
enum first { FIRST_OTHER, FIRST_UPPER, FIRST_LOWER, FIRST_DIGIT };

/* Blocks with one key. */
struct group {
	uint64_t key; /* 0: free */
	uint32_t n, bytes, links, prose;
};

struct groups {
	struct group *list; /* of mask + 1 */
	uint32_t mask;
};

/* A block of the body. */
struct place {
	uint32_t block;
	uint32_t node;
	uint32_t kin;	  /* its group */
	uint32_t family;  /* that of its parent */
	uint32_t text;	  /* that of its words */
	uint32_t before;  /* bytes of prose in front of it */
	uint32_t heading; /* place of the heading above it, from 1; 0: none */
	uint32_t again;	  /* blocks of its words in front of it */
	uint16_t since, until; /* blocks to the prose around it */
	uint16_t run;	       /* of its kin */
	bool prose;
};

/* What stands below a heading. */
struct section {
	uint32_t bytes, links;
};

struct traits {
	const struct tree *tree;
	const struct body *body;
	const struct blocks *blocks;
	const struct parse_words *words;
	struct span title;
	struct title_words title_words;
	struct place *places;
	struct section *sections; /* of the place that is its heading */
	size_t n;
	struct groups groups;
	uint32_t *path; /* from the root to where most prose is */
	size_t npath;
	uint32_t prose, bytes, links; /* of all places */
};

static uint64_t
mix(uint64_t h, uint64_t v)
{
	h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
	return h * 0xff51afd7ed558ccdu;
}

static uint64_t
mix_span(uint64_t h, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
	return h;
}

static uint32_t
group_of(struct groups *g, uint64_t key)
{
	key |= 1;
	for (uint32_t at = (uint32_t)(key >> 20) & g->mask;;
		at = (at + 1) & g->mask) {
		if (g->list[at].key == 0)
			g->list[at].key = key;
		if (g->list[at].key == key)
			return at;
	}
}

static const struct block *
block_at(const struct traits *t, size_t k)
{
	return &t->blocks->list[t->places[k].block];
}

static uint32_t
length_at(const struct traits *t, size_t k)
{
	return block_at(t, k)->end - block_at(t, k)->start;
}

static uint32_t
links_at(const struct traits *t, size_t k)
{
	return length_at(t, k) * block_at(t, k)->links / 100;
}

/* An element as it is marked up: its name and class. */
static uint64_t
markup_of(const struct tree *t, uint32_t i, uint64_t h)
{
	return i == TREE_NONE ? h
			      : mix_span(mix(h, t->nodes[i].tag),
					tree_attr(t, i, ATTR_CLASS));
}

static void
add_to(struct traits *t, uint32_t group, size_t k)
{
	struct group *g = &t->groups.list[group];

	g->n++;
	g->bytes += length_at(t, k);
	g->links += links_at(t, k);
	if (t->places[k].prose)
		g->prose += length_at(t, k);
}

static void
find_groups(struct traits *t)
{
	for (size_t k = 0; k < t->n; k++) {
		struct place *p = &t->places[k];
		uint32_t parent = t->tree->nodes[p->node].parent;
		struct span text = blocks_text(t->blocks, block_at(t, k));

		p->kin = group_of(&t->groups,
			markup_of(t->tree, parent,
				markup_of(t->tree, p->node,
					mix(1, block_at(t, k)->type))));
		p->family = group_of(&t->groups, mix(2, (uint64_t)parent + 1));
		p->text = group_of(&t->groups, mix_span(3, text));
		p->again = t->groups.list[p->text].n;
		add_to(t, p->kin, k);
		add_to(t, p->family, k);
		add_to(t, p->text, k);
	}
}

static uint16_t
at_most(size_t n, uint16_t most)
{
	return n < most ? (uint16_t)n : most;
}

static void
find_places(struct traits *t)
{
	uint32_t since = 200, heading = 0;

	for (size_t k = 0; k < t->n; k++) {
		struct place *p = &t->places[k];
		const struct block *b = block_at(t, k);

		p->before = t->prose;
		p->since = at_most(since, 200);
		p->heading = heading;
		p->prose =
			length_at(t, k) >= PROSE_MIN && b->links < PROSE_LINKS;
		since = p->prose ? 0 : since + 1;
		if (p->prose)
			t->prose += length_at(t, k);
		t->bytes += length_at(t, k);
		t->links += links_at(t, k);
		if (b->type == BLOCK_HEADING)
			heading = (uint32_t)k + 1;
		else if (heading > 0) {
			t->sections[heading - 1].bytes += length_at(t, k);
			t->sections[heading - 1].links += links_at(t, k);
		}
	}
	since = 200;
	for (size_t k = t->n; k-- > 0;) {
		t->places[k].until = at_most(since, 200);
		since = t->places[k].prose ? 0 : since + 1;
	}
}

static void
find_runs(struct traits *t)
{
	for (size_t k = 0, end; k < t->n; k = end) {
		for (end = k;
			end < t->n && t->places[end].kin == t->places[k].kin;
			end++)
			continue;
		for (size_t i = k; i < end; i++)
			t->places[i].run = at_most(end - k, 1000);
	}
}

/* From the release's element down, while one child holds nearly all prose. */
static void
find_path(struct traits *t)
{
	const struct tree *tree = t->tree;
	uint32_t at = t->body->root != TREE_NONE ? t->body->root : 0;

	while (t->npath < PARSE_DEPTH_MAX) {
		uint32_t best = TREE_NONE, most = 0;

		t->path[t->npath++] = at;
		for (uint32_t i = at + 1; i < tree->nodes[at].end;
			i = tree->nodes[i].end) {
			uint32_t prose = body_prose(t->body, i);

			if (tree->nodes[i].tag != TAG_TEXT && prose > most) {
				best = i;
				most = prose;
			}
		}
		if (best == TREE_NONE ||
			tags_flow((enum tag)tree->nodes[best].tag) !=
				FLOW_BLOCK ||
			(uint64_t)most * 100 <
				(uint64_t)body_prose(t->body, at) * STEP_SHARE)
			return;
		at = best;
	}
}

struct traits *
traits_new(const struct body *body, const struct blocks *b,
	const struct parse_words *w, struct span title, struct arena *a)
{
	struct traits *t = arena_alloc(a, sizeof *t);
	uint32_t room = 16;

	if (t == NULL)
		return NULL;
	t->tree = body->tree;
	t->body = body;
	t->blocks = b;
	t->words = w;
	t->title = title;
	title_words(title, &t->title_words);
	while (room < 5 * b->n)
		room *= 2;
	t->groups.mask = room - 1;
	t->groups.list = arena_array(a, room, sizeof *t->groups.list);
	t->places = arena_array(a, b->n, sizeof *t->places);
	t->sections = arena_array(a, b->n, sizeof *t->sections);
	t->path = arena_array(a, PARSE_DEPTH_MAX, sizeof *t->path);
	if (t->groups.list == NULL || t->places == NULL ||
		t->sections == NULL || t->path == NULL)
		return NULL;
	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].zone == ZONE_BODY) {
			t->places[t->n].block = (uint32_t)i;
			t->places[t->n++].node = b->reasons[i].node;
		}
	find_places(t);
	find_groups(t);
	find_runs(t);
	find_path(t);
	return t;
}

uint32_t
traits_prose(const struct traits *t)
{
	return t->prose;
}

size_t
traits_blocks(const struct traits *t)
{
	return t->n;
}

size_t
traits_block(const struct traits *t, size_t k)
{
	return t->places[k].block;
}

static int16_t
clamp(int64_t v)
{
	return v > INT16_MAX	? INT16_MAX
	       : v < -INT16_MAX ? -INT16_MAX
				: (int16_t)v;
}

static int16_t
per(uint64_t whole, uint64_t some, uint64_t all)
{
	return all == 0 ? 0 : clamp((int64_t)(whole * some / all));
}

static enum last
last_of(struct span text)
{
	char c = text.ptr[text.len - 1];

	return c == '.'				       ? LAST_STOP
	       : c == '?' || c == '!'		       ? LAST_ASKS
	       : c == ':'			       ? LAST_COLON
	       : isalnum((unsigned char)c) || c == ')' ? LAST_OTHER
						       : LAST_MORE;
}

static enum first
first_of(struct span text)
{
	unsigned char c = (unsigned char)text.ptr[0];

	return isupper(c)   ? FIRST_UPPER
	       : islower(c) ? FIRST_LOWER
	       : isdigit(c) ? FIRST_DIGIT
			    : FIRST_OTHER;
}

/* Of markup, addresses and programs. */
static bool
is_sign(unsigned char c)
{
	switch (c) {
	case '\0':
	case '|':
	case '@':
	case '#':
	case '$':
	case '/':
	case '_':
	case '{':
	case '}':
	case '<':
	case '>':
	case '=':
	case '+':
	case '*':
	case '[':
	case ']':
	case '\\':
		return true;
	default:
		return false;
	}
}

static void
characters(struct span text, int16_t *out)
{
	uint32_t commas = 0, stops = 0, upper = 0, letters = 0, digits = 0,
		 marks = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		commas += c == ',';
		stops += (c == '.' || c == '!' || c == '?') &&
			 (i + 1 == text.len || text.ptr[i + 1] == ' ');
		upper += isupper(c) != 0;
		letters += isalpha(c) != 0 || c >= 0xC0;
		digits += isdigit(c) != 0;
		marks += is_sign(c);
	}
	out[TRAIT_COMMAS] = clamp(commas);
	out[TRAIT_SENTENCES] = clamp(stops);
	out[TRAIT_UPPER] = per(100, upper, letters);
	out[TRAIT_DIGITS] = per(100, digits, text.len);
	out[TRAIT_MARKS] = clamp(marks);
}

static void
own_words(const struct traits *t, struct span text, int16_t *out)
{
	uint32_t words = 0, seen = 0, stops = 0;
	struct span rest = text, word;

	while (span_split(&rest, ' ', &word)) {
		words++;
		if (word.len == 0 || seen == 60)
			continue;
		seen++;
		stops += words_languages(t->words, word) != 0;
	}
	out[TRAIT_WORDS] = clamp(words);
	out[TRAIT_STOPS] = per(100, stops, seen);
}

static int16_t
likeness_to_title(const struct traits *t, struct span text)
{
	struct title_words words;

	title_words(text, &words);
	return (int16_t)title_words_likeness(&words, &t->title_words);
}

static void
own(const struct traits *t, size_t k, int16_t *out)
{
	const struct block *b = block_at(t, k);
	struct span text = blocks_text(t->blocks, b);

	out[TRAIT_TYPE] = (int16_t)b->type;
	out[TRAIT_TAG] = t->tree->nodes[t->places[k].node].tag;
	out[TRAIT_LENGTH] = clamp(length_at(t, k));
	out[TRAIT_LINKS] = b->links;
	out[TRAIT_LAST] = (int16_t)last_of(text);
	out[TRAIT_FIRST] = (int16_t)first_of(text);
	out[TRAIT_AGAIN] = clamp(t->places[k].again);
	out[TRAIT_TITLE] = t->title.len > 0 ? likeness_to_title(t, text) : 0;
	characters(text, out);
	own_words(t, text, out);
}

static void
neighbours(const struct traits *t, size_t k, int16_t *out)
{
	out[TRAIT_PREV_TYPE] = out[TRAIT_NEXT_TYPE] = out[TRAIT_SECOND_TYPE] =
		-1;
	if (k > 0) {
		out[TRAIT_PREV_TYPE] = (int16_t)block_at(t, k - 1)->type;
		out[TRAIT_PREV_LENGTH] = clamp(length_at(t, k - 1));
		out[TRAIT_PREV_LINKS] = block_at(t, k - 1)->links;
	}
	if (k + 1 < t->n) {
		out[TRAIT_NEXT_TYPE] = (int16_t)block_at(t, k + 1)->type;
		out[TRAIT_NEXT_LENGTH] = clamp(length_at(t, k + 1));
		out[TRAIT_NEXT_LINKS] = block_at(t, k + 1)->links;
	}
	if (k + 2 < t->n) {
		out[TRAIT_SECOND_TYPE] = (int16_t)block_at(t, k + 2)->type;
		out[TRAIT_SECOND_LENGTH] = clamp(length_at(t, k + 2));
	}
}

static void
place(const struct traits *t, size_t k, int16_t *out)
{
	const struct place *p = &t->places[k];
	uint32_t own = p->prose ? length_at(t, k) : 0;
	uint32_t behind = t->prose - p->before - own;

	out[TRAIT_INDEX] = per(1000, k, t->n);
	out[TRAIT_BEFORE] = clamp(p->before);
	out[TRAIT_BEHIND] = clamp(behind);
	out[TRAIT_SHARE_BEHIND] = per(1000, behind, t->prose);
	out[TRAIT_SINCE] = (int16_t)p->since;
	out[TRAIT_UNTIL] = (int16_t)p->until;
}

static void
groups(const struct traits *t, size_t k, int16_t *out)
{
	const struct place *p = &t->places[k];
	const struct group *kin = &t->groups.list[p->kin];
	const struct group *family = &t->groups.list[p->family];

	out[TRAIT_KIN] = clamp(kin->n);
	out[TRAIT_KIN_LENGTH] = clamp(kin->bytes / kin->n);
	out[TRAIT_KIN_LINKS] = per(100, kin->links, kin->bytes);
	out[TRAIT_KIN_PROSE] = per(1000, kin->prose, t->prose);
	out[TRAIT_RUN] = (int16_t)p->run;
	out[TRAIT_SIBLINGS_PROSE] = per(1000, family->prose, t->prose);
}

/* The smallest element around it that holds a fifth more than it. */
static void
box(const struct traits *t, size_t k, int16_t *out)
{
	const struct tree *tree = t->tree;
	uint32_t at = t->places[k].node, root = t->path[0];
	uint32_t own = length_at(t, k);

	while (at != root && tree->nodes[at].parent != TREE_NONE &&
		tree_text_len(tree, at) < own + own / 5 + 5)
		at = tree->nodes[at].parent;
	out[TRAIT_BOX_TAG] = tree->nodes[at].tag;
	out[TRAIT_BOX_LENGTH] = clamp(tree_text_len(tree, at));
	out[TRAIT_BOX_LINKS] =
		per(100, tree_link_len(tree, at), tree_text_len(tree, at));
	out[TRAIT_BOX_PROSE] = per(1000, body_prose(t->body, at), t->prose);
	out[TRAIT_BOX_SHARE] = per(100, own, tree_text_len(tree, at));
}

static void
branch(const struct traits *t, size_t k, int16_t *out)
{
	const struct tree *tree = t->tree;
	uint32_t node = t->places[k].node, at = node, depth = 0;
	size_t i = t->npath;

	while (i > 1 && !tree_is_within(tree, node, t->path[i - 1]))
		i--;
	while (at != t->path[i - 1] && tree->nodes[at].parent != TREE_NONE &&
		tree->nodes[at].parent != t->path[i - 1]) {
		at = tree->nodes[at].parent;
		depth++;
	}
	out[TRAIT_BRANCH_TAG] = tree->nodes[at].tag;
	out[TRAIT_BRANCH_LENGTH] = clamp(tree_text_len(tree, at));
	out[TRAIT_BRANCH_LINKS] =
		per(100, tree_link_len(tree, at), tree_text_len(tree, at));
	out[TRAIT_BRANCH_PROSE] = per(1000, body_prose(t->body, at), t->prose);
	out[TRAIT_BRANCH_OFF] = clamp((int64_t)(t->npath - i));
	out[TRAIT_BRANCH_SIDE] = i == t->npath	     ? BRANCH_ON
				 : node < t->path[i] ? BRANCH_BEFORE
						     : BRANCH_BEHIND;
	out[TRAIT_DEPTH] = clamp(depth);
}

/* A bit for each kind of element between the block and the root. */
static void
within(const struct traits *t, size_t k, int16_t *out)
{
	static const uint8_t bits[TAG_TEXT + 1] = {
		[TAG_FIGURE] = 1,
		[TAG_FIGCAPTION] = 1,
		[TAG_ASIDE] = 2,
		[TAG_FORM] = 3,
		[TAG_FIELDSET] = 3,
		[TAG_LI] = 4,
		[TAG_TABLE] = 5,
		[TAG_BLOCKQUOTE] = 6,
		[TAG_HEADER] = 7,
		[TAG_FOOTER] = 8,
		[TAG_SECTION] = 9,
		[TAG_A] = 10,
		[TAG_DETAILS] = 11,
		[TAG_DL] = 12,
		[TAG_BUTTON] = 13,
	};
	const struct tree *tree = t->tree;
	unsigned in = 0;

	for (uint32_t i = t->places[k].node; i != TREE_NONE && i != t->path[0];
		i = tree->nodes[i].parent) {
		const struct node *n = &tree->nodes[i];

		if (bits[n->tag] > 0)
			in |= 1u << bits[n->tag];
		if (n->panel)
			out[TRAIT_PANEL] = 1;
	}
	out[TRAIT_IN] = (int16_t)in;
}

static void
heading(const struct traits *t, size_t k, int16_t *out)
{
	const struct place *p = &t->places[k];
	size_t h = block_at(t, k)->type == BLOCK_HEADING ? k + 1 : p->heading;

	out[TRAIT_HEADING_SINCE] = h > 0 ? clamp((int64_t)(k + 1 - h)) : -1;
	if (h == 0)
		return;
	out[TRAIT_HEADING_LEVEL] = block_at(t, h - 1)->level;
	out[TRAIT_HEADING_REST] = clamp(t->sections[h - 1].bytes);
	out[TRAIT_HEADING_LINKS] =
		per(100, t->sections[h - 1].links, t->sections[h - 1].bytes);
}

static void
page(const struct traits *t, int16_t *out)
{
	uint32_t all = t->body->prose[t->tree->n];

	out[TRAIT_PAGE_PROSE] = clamp(t->prose);
	out[TRAIT_PAGE_BLOCKS] = clamp((int64_t)t->n);
	out[TRAIT_PAGE_NAMED] = t->body->named;
	out[TRAIT_PAGE_SHARE] = per(100, t->prose, all);
	out[TRAIT_PAGE_LINKS] = per(100, t->links, t->bytes);
}

void
traits_of(const struct traits *t, size_t k, int16_t out[TRAITS])
{
	enum zone zone;
	struct span text = blocks_text(t->blocks, block_at(t, k));

	for (int i = 0; i < TRAITS; i++)
		out[i] = 0;
	own(t, k, out);
	place(t, k, out);
	neighbours(t, k, out);
	groups(t, k, out);
	box(t, k, out);
	branch(t, k, out);
	within(t, k, out);
	heading(t, k, out);
	page(t, out);
	out[TRAIT_ENDING] = words_ending(t->words, text, &zone);
}

const char *
trait_name(enum trait trait)
{
	static const char *const names[TRAITS] = {
		[TRAIT_TYPE] = "type",
		[TRAIT_TAG] = "tag",
		[TRAIT_LENGTH] = "length",
		[TRAIT_WORDS] = "words",
		[TRAIT_LINKS] = "links",
		[TRAIT_COMMAS] = "commas",
		[TRAIT_SENTENCES] = "sentences",
		[TRAIT_LAST] = "last",
		[TRAIT_FIRST] = "first",
		[TRAIT_UPPER] = "upper",
		[TRAIT_DIGITS] = "digits",
		[TRAIT_MARKS] = "marks",
		[TRAIT_STOPS] = "stops",
		[TRAIT_AGAIN] = "again",
		[TRAIT_TITLE] = "title",
		[TRAIT_INDEX] = "index",
		[TRAIT_BEFORE] = "before",
		[TRAIT_BEHIND] = "behind",
		[TRAIT_SHARE_BEHIND] = "share-behind",
		[TRAIT_SINCE] = "since",
		[TRAIT_UNTIL] = "until",
		[TRAIT_PREV_TYPE] = "prev-type",
		[TRAIT_PREV_LENGTH] = "prev-length",
		[TRAIT_PREV_LINKS] = "prev-links",
		[TRAIT_NEXT_TYPE] = "next-type",
		[TRAIT_NEXT_LENGTH] = "next-length",
		[TRAIT_NEXT_LINKS] = "next-links",
		[TRAIT_SECOND_TYPE] = "second-type",
		[TRAIT_SECOND_LENGTH] = "second-length",
		[TRAIT_KIN] = "kin",
		[TRAIT_KIN_LENGTH] = "kin-length",
		[TRAIT_KIN_LINKS] = "kin-links",
		[TRAIT_KIN_PROSE] = "kin-prose",
		[TRAIT_RUN] = "run",
		[TRAIT_SIBLINGS_PROSE] = "siblings-prose",
		[TRAIT_BOX_TAG] = "box-tag",
		[TRAIT_BOX_LENGTH] = "box-length",
		[TRAIT_BOX_LINKS] = "box-links",
		[TRAIT_BOX_PROSE] = "box-prose",
		[TRAIT_BOX_SHARE] = "box-share",
		[TRAIT_BRANCH_TAG] = "branch-tag",
		[TRAIT_BRANCH_LENGTH] = "branch-length",
		[TRAIT_BRANCH_LINKS] = "branch-links",
		[TRAIT_BRANCH_PROSE] = "branch-prose",
		[TRAIT_BRANCH_OFF] = "branch-off",
		[TRAIT_BRANCH_SIDE] = "branch-side",
		[TRAIT_DEPTH] = "depth",
		[TRAIT_IN] = "in",
		[TRAIT_PANEL] = "panel",
		[TRAIT_ENDING] = "ending",
		[TRAIT_HEADING_SINCE] = "heading-since",
		[TRAIT_HEADING_LEVEL] = "heading-level",
		[TRAIT_HEADING_REST] = "heading-rest",
		[TRAIT_HEADING_LINKS] = "heading-links",
		[TRAIT_PAGE_PROSE] = "page-prose",
		[TRAIT_PAGE_BLOCKS] = "page-blocks",
		[TRAIT_PAGE_NAMED] = "page-named",
		[TRAIT_PAGE_SHARE] = "page-share",
		[TRAIT_PAGE_LINKS] = "page-links",
	};

	return names[trait];
}
