#include "anchors.h"

#include "feed.h"
#include "line.h"

#define BLOCKS_AHEAD 256 /* in which the words of a link are looked for */
#define BEFORE_BYTES 40	 /* of text in front of it that tell which they are */

/* Behind the words of the last link. */
struct cursor {
	size_t block;
	size_t at; /* in its text */
};

/* "https://...", of "/news#top"; NULL: it leads to no page. */
static const char *
url_of(struct span href, const char *base, struct arena *a)
{
	const char *text, *url;

	href = span_trim(href);
	if (href.len == 0 || href.ptr[0] == '#')
		return NULL;
	text = arena_strndup(a, href.ptr, href.len);
	url = text != NULL ? feed_url(text, base, a) : NULL;
	return url != NULL && (span_istarts_with(span_str(url), "http://") ||
				      span_istarts_with(
					      span_str(url), "https://"))
		       ? url
		       : NULL;
}

/* What stands in front of nodes[i] in the line of the block of top. */
static struct span
text_before(const struct tree *t, uint32_t i, uint32_t top)
{
	uint32_t end = t->nodes[i].text, start = t->nodes[top].text;
	struct span text, br = span_str(BLOCKS_LINE_BREAK);
	size_t at;

	if (end - start > BEFORE_BYTES)
		start = end - BEFORE_BYTES;
	text = span_sub(buffer_span(&t->text), start, end);
	while ((at = span_find(text, 0, br)) != SIZE_MAX)
		text = span_sub(text, at + br.len, text.len);
	return text;
}

/* text ends with the end of before, spaces aside; nothing with nothing. */
static bool
ends_alike(struct span text, struct span before)
{
	size_t i = text.len, k = before.len;

	for (;;) {
		while (i > 0 && text.ptr[i - 1] == ' ')
			i--;
		while (k > 0 && before.ptr[k - 1] == ' ')
			k--;
		if (i == 0 || k == 0)
			return i == k || before.len >= BEFORE_BYTES;
		if (text.ptr[--i] != before.ptr[--k])
			return false;
	}
}

/* Where words stand in text from `from` on: behind before, or else first. */
static size_t
place_of(struct span text, size_t from, struct span words, struct span before)
{
	size_t first = span_find(text, from, words);

	for (size_t at = first; at != SIZE_MAX;
		at = span_find(text, at + 1, words))
		if (ends_alike(span_sub(text, 0, at), before))
			return at;
	return first;
}

/* The words of nodes[i] behind the cursor, which is set behind them: in a
 * block of an element that holds it. */
static void
find_words(const struct tree *t, const struct blocks *b, uint32_t i,
	struct span words, struct cursor *c, struct doc_link *out)
{
	while (c->block < b->n && t->nodes[b->reasons[c->block].node].end <= i)
		*c = (struct cursor){ .block = c->block + 1 };
	for (size_t k = c->block; k < b->n && k < c->block + BLOCKS_AHEAD;
		k++) {
		struct span text = blocks_text(b, &b->list[k]);
		size_t at = SIZE_MAX;

		if (b->reasons[k].node > i)
			return;
		if (tree_is_within(t, i, b->reasons[k].node))
			at = place_of(text, k == c->block ? c->at : 0, words,
				text_before(t, i, b->reasons[k].node));
		if (at == SIZE_MAX)
			continue;
		out->start = b->list[k].start + (uint32_t)at;
		out->end = out->start + (uint32_t)words.len;
		*c = (struct cursor){ .block = k, .at = at + words.len };
		return;
	}
}

enum error_code
anchors_read(const struct tree *tree, const struct blocks *b, const char *base,
	struct arena *a, struct document *doc)
{
	struct cursor c = { .block = 0 };
	size_t room = 0;

	for (uint32_t i = 0; i < tree->n && doc->nlinks < RECORD_LINKS_MAX;
		i++) {
		const char *url =
			tree->nodes[i].tag == TAG_A
				? url_of(tree_attr(tree, i, ATTR_HREF), base, a)
				: NULL;
		const char *words;

		if (url == NULL)
			continue;
		doc->links = arena_grow(
			a, doc->links, doc->nlinks, &room, sizeof *doc->links);
		words = line_fold(tree_text(tree, i), a);
		if (doc->links == NULL || words == NULL)
			return ERR_NOMEM;
		doc->links[doc->nlinks] = (struct doc_link){ .url = url };
		if (words[0] != '\0')
			find_words(tree, b, i, span_str(words), &c,
				&doc->links[doc->nlinks]);
		doc->nlinks++;
	}
	return OK;
}
