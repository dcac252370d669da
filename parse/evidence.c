/* A page, or an entry of a feed, with the words of a claim marked in it. */
#include "item.h"
#include "listings.h"
#include "mark.h"
#include "media.h"
#include "parser.h"

#define NOTE(what)                                                             \
	"This is the text that was read of the archived " what                 \
	", with the words of the claim marked; in its bytes they cannot be."

#define MARK_ARENA_MAX ((size_t)256 << 20) /* of a feed */

/* The first entry that has the words, marked. */
static enum error_code
mark_item(struct parser *p, const struct page *page, struct span body,
	struct span text, size_t start, size_t end, struct buffer *out,
	bool *found, struct error *err)
{
	const struct listing_tools t = { p->words, p->charsets, &p->utf8 };
	const struct listing_context context = {
		.base = page->final_url != NULL ? page->final_url : page->url,
		.charset = page->charset,
		.media_type = page->media_type,
	};
	struct arena *a = arena_new(MARK_ARENA_MAX);
	struct feed feed = { .nentries = 0 };
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory")
			  : feed_read(&t, body, &context, a, &feed, err);

	*found = false;
	for (size_t i = 0;
		code == OK && !*found && i < feed.nentries && i < ITEMS_MAX;
		i++) {
		if (!item_is_whole(&feed.entries[i]))
			continue;
		buffer_reset(&p->item);
		buffer_reset(out);
		item_page(&feed, &feed.entries[i], &p->item);
		code = mark_page(buffer_span(&p->item), true, text, start, end,
			out, found);
		if (code != OK)
			error_set(err, code, "the entry is too large");
	}
	arena_free(a);
	return code;
}

enum error_code
parser_mark(struct parser *p, const struct page *page, struct span body,
	struct span text, size_t start, size_t end, struct buffer *out,
	bool *found, struct error *err)
{
	enum media media = media_is_pdf(body) ? MEDIA_PDF
					      : media_of_type(page->media_type);
	enum error_code code;
	struct decoded d;

	body = span_sub(body, 0, PARSE_INPUT_MAX);
	if (media == MEDIA_PDF || media == MEDIA_MAIL) {
		code = mark_text(text,
			media == MEDIA_PDF ? NOTE("PDF") : NOTE("message"),
			start, end, out, found);
		return code == OK
			       ? OK
			       : error_set(err, code, "the text is too large");
	}
	if (listing_kind_of(body, page->media_type) == LISTING_FEED)
		return mark_item(
			p, page, body, text, start, end, out, found, err);
	code = charset_decode(p->charsets, body, page->charset, &p->utf8, &d);
	if (code == OK && media == MEDIA_UNKNOWN)
		media = media_sniff(d.text);
	if (code == OK && media != MEDIA_HTML && media != MEDIA_PLAIN)
		return error_set(err, ERR_FORMAT,
			"only pages of HTML, text, PDF, mail and feeds can be "
			"marked");
	if (code == OK)
		code = mark_page(d.text, media == MEDIA_HTML, text, start, end,
			out, found);
	return code == OK ? OK : error_set(err, code, "the page is too large");
}
