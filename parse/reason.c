#include "reason.h"

/* What is said of the page's own words behind these. */
enum quote {
	QUOTE_NONE,
	QUOTE_ELEMENT, /* <div> */
	QUOTE_NAMER,   /* <main>, or class "article-text" */
	QUOTE_PART,    /* menu: class "site-nav" */
	QUOTE_TEXT     /* "Read more" */
};

static const struct {
	const char *words;
	enum quote quote;
} whys[WHYS] = {
	[WHY_TEXT] = { "text of the release", QUOTE_NONE },
	[WHY_NAMED] = { "release: ", QUOTE_NAMER },
	[WHY_PROSE] = { "release: most of the prose", QUOTE_ELEMENT },
	[WHY_PAGE] = { "release: no element of its own", QUOTE_NONE },
	[WHY_BEFORE] = { "in front of the release", QUOTE_NONE },
	[WHY_BEHIND] = { "behind the release", QUOTE_NONE },
	[WHY_HEADING] = { "the page's heading", QUOTE_ELEMENT },
	[WHY_PART] = { "", QUOTE_PART },
	[WHY_LEAD] = { "whole sentences below the title", QUOTE_NONE },
	[WHY_CARDS] = { "names on cards in the text", QUOTE_NONE },
	[WHY_ENDING] = { "from the words", QUOTE_TEXT },
	[WHY_LINKS] = { "links behind the release's last words", QUOTE_NONE },
	[WHY_CROSS_LINK] = { "a link that leads elsewhere", QUOTE_NONE },
	[WHY_AGAIN] = { "the same words stand further up", QUOTE_NONE },
	[WHY_UNLIKE] = { "unlike the release's own", QUOTE_NONE },
	[WHY_SHAPE] = { "the first line like a title", QUOTE_NONE },
	[WHY_SUBJECT] = { "subject of the message", QUOTE_NONE },
	[WHY_ATTACHED] = { "subject of a message within", QUOTE_NONE },
	[WHY_SECOND_TITLE] = { "the title is the subject", QUOTE_NONE },
	[WHY_SIGNATURE] = { "signature", QUOTE_NONE },
	[WHY_NEWSLETTER] = { "a newsletter's own list", QUOTE_NONE },
	[WHY_MAIL_ABOVE] = { "above the message, up to", QUOTE_TEXT },
	[WHY_MAIL_LINE] = { "about reading the message", QUOTE_NONE },
	[WHY_MAIL_BELOW] = { "below the message, from", QUOTE_TEXT },
	[WHY_PAGE_EDGE] = { "at the edge of pages", QUOTE_NONE },
};

static struct span
cut(struct span word)
{
	size_t len = word.len < REASON_WORD_MAX ? word.len : REASON_WORD_MAX;

	while (!utf8_boundary(word, len))
		len--;
	return span_sub(word, 0, len);
}

static void
quote(const char *before, struct span word, struct buffer *out)
{
	struct span some = cut(word);

	buffer_printf(out, "%s\"", before);
	buffer_add_span(out, some);
	buffer_add_str(out, some.len < word.len ? "…\"" : "\"");
}

/* What names the element. */
static void
write_namer(const struct reason *r, struct buffer *out)
{
	const char *attribute = r->by == ATTR_ROLE    ? "role "
				: r->by == ATTR_CLASS ? "class "
						      : "id ";

	if (r->by == ATTRIBUTES)
		buffer_printf(out, "<%.*s>", (int)r->word.len, r->word.ptr);
	else
		quote(attribute, r->word, out);
}

void
reason_write(const struct reason *r, struct span text, struct buffer *out)
{
	buffer_add_str(out, whys[r->why].words);
	switch (whys[r->why].quote) {
	case QUOTE_ELEMENT:
		if (r->word.len > 0)
			buffer_printf(
				out, ", <%.*s>", (int)r->word.len, r->word.ptr);
		break;
	case QUOTE_PART:
		buffer_printf(out, "%s: ", words_part_name(r->part));
		write_namer(r, out);
		break;
	case QUOTE_NAMER:
		write_namer(r, out);
		break;
	case QUOTE_TEXT:
		quote(" ", text, out);
		break;
	case QUOTE_NONE:
		break;
	}
	if (r->judged)
		buffer_printf(out, ", %u %%", r->own);
}
