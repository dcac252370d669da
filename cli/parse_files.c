#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FILE_MAX ((size_t)32 << 20) /* bytes of one file */
#define OUT_MAX	 ((size_t)16 << 20) /* bytes of one text */

/* The zones a reader calls the release. */
static bool
is_release(const struct block *k)
{
	return k->zone == ZONE_TITLE || k->zone == ZONE_BODY;
}

/* What Markdown writes in front of a block. */
static void
add_mark(const struct block *k, struct buffer *out)
{
	switch (k->type) {
	case BLOCK_TITLE:
		buffer_add_str(out, "# ");
		break;
	case BLOCK_HEADING:
		for (int i = 0; i < k->level && i < 6; i++)
			buffer_add_char(out, '#');
		buffer_add_char(out, ' ');
		break;
	case BLOCK_ITEM:
		for (int i = 1; i < k->level && i < 6; i++)
			buffer_add_str(out, "  ");
		buffer_add_str(out, "- ");
		break;
	case BLOCK_QUOTE:
		buffer_add_str(out, "> ");
		break;
	case BLOCK_CAPTION:
	case BLOCK_CELL:
	case BLOCK_PARAGRAPH:
	case BLOCK_BYLINE:
	case BLOCK_DATELINE:
	case BLOCK_FOOTER:
	case BLOCK_TYPES:
		break;
	}
}

/* Blocks, an empty line between them; the items of a list stand together. */
static enum error_code
print_text(const struct document *doc, bool markdown, struct error *err)
{
	const struct block *last = NULL;
	struct buffer out;
	enum error_code code;

	buffer_init(&out, OUT_MAX);
	for (size_t i = 0; i < doc->nblocks; i++) {
		const struct block *k = &doc->blocks[i];

		if (!is_release(k))
			continue;
		if (last != NULL)
			buffer_add_str(
				&out, last->type == BLOCK_ITEM &&
						      k->type == BLOCK_ITEM
					      ? "\n"
					      : "\n\n");
		if (markdown)
			add_mark(k, &out);
		buffer_add_span(&out, span_sub(doc->text, k->start, k->end));
		last = k;
	}
	buffer_add_char(&out, '\n');
	code = out.code != OK ? error_set(err, out.code, "no memory")
			      : write_all(STDOUT_FILENO, out.ptr, out.len, err);
	buffer_release(&out);
	return code;
}

/* The links of a listing: URL and title, or their records. */
static enum error_code
print_links(const struct options *o, const struct link_list *links,
	struct error *err)
{
	enum error_code code = OK;
	struct buffer out;

	buffer_init(&out, OUT_MAX);
	for (size_t i = 0; code == OK && i < links->n; i++) {
		const struct record r = { .kind = RECORD_LINK,
			.link = links->list[i] };

		if (o->json)
			code = report_record(&r, err);
		else
			buffer_printf(&out,
				o->markdown ? "- <%s> %s\n" : "%s %s\n",
				r.link.url,
				r.link.title != NULL ? r.link.title : "");
	}
	if (code == OK)
		code = buffer_error(&out, err, "the links");
	if (code == OK && out.len > 0)
		code = write_all(STDOUT_FILENO, out.ptr, out.len, err);
	buffer_release(&out);
	return code;
}

/* The entries of a feed that are documents. */
static enum error_code
print_items(struct parser *parser, const struct page *page,
	const struct feed *feed, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;

	for (size_t i = 0; code == OK && i < feed->nentries; i++) {
		struct record r = { .kind = RECORD_DOCUMENT };
		bool has = false;

		arena_reset(a);
		code = parser_item(
			parser, page, feed, i, a, &has, &r.document, err);
		if (code == OK && has)
			code = report_record(&r, err);
	}
	arena_free(a);
	return code;
}

/* ERR_FORMAT with the reason for a file that gives no document. */
static enum error_code
parse_file(const struct options *o, struct parser *parser, const char *path,
	struct buffer *body, struct arena *a, struct error *err)
{
	struct record r = { .kind = RECORD_DOCUMENT };
	struct problem problem;
	struct page page = { .source = "command-line", .status = 200 };
	char hex[HASH_HEX], *real;
	struct link_list links;
	bool has = false, is_listing = false, has_problem = false;
	enum error_code code = read_file(path, FILE_MAX, body, err);

	if (code != OK)
		return code;
	if (span_ends_with(span_str(path), ".eml"))
		page.media_type = "message/rfc822";
	hash_hex(buffer_span(body), hex);
	real = realpath(path, NULL);
	page.id = page.body = arena_printf(a, "sha256:%s", hex);
	page.url = o->url != NULL ? o->url
				  : arena_printf(a, "file://%s",
					    real != NULL ? real : path);
	free(real);
	if (page.body == NULL || page.url == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = parser_links(parser, &page, buffer_span(body), a, &is_listing,
		&links, &has_problem, &problem, err);
	if (code == OK && is_listing && !has_problem) {
		code = print_links(o, &links, err);
		return code == OK && o->json && links.feed != NULL
			       ? print_items(parser, &page, links.feed, err)
			       : code;
	}
	if (code == OK && has_problem)
		return error_set(
			err, ERR_FORMAT, "%s: %s", path, problem.message);
	if (code != OK)
		return code;
	code = parser_page(parser, &page, buffer_span(body), a, &has,
		&r.document, &problem, err);
	if (code != OK)
		return code;
	if (!has)
		return error_set(
			err, ERR_FORMAT, "%s: %s", path, problem.message);
	if (o->explain)
		return parse_explain(parser, &r.document, err);
	return o->json ? report_record(&r, err)
		       : print_text(&r.document, o->markdown, err);
}

enum error_code
parse_files(const struct options *o, struct parser *parser, int64_t *problems,
	struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct buffer body;
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;

	buffer_init(&body, FILE_MAX);
	for (int i = 0; i < o->nargs && code == OK; i++) {
		struct error why = { 0 };

		arena_reset(a);
		buffer_reset(&body);
		code = parse_file(o, parser, o->args[i], &body, a, &why);
		if (code == OK)
			continue;
		if (code != ERR_FORMAT && code != ERR_IO && code != ERR_LIMIT &&
			code != ERR_NOT_FOUND) {
			*err = why;
			break;
		}
		/* One file that cannot be read hides no other. */
		log_write(LOG_WARN, "%s", why.msg);
		++*problems;
		code = OK;
	}
	buffer_release(&body);
	arena_free(a);
	return code;
}
