#include "cli.h"

#include <stdio.h>
#include <unistd.h>

#include "inputs.h"

#define OUT_MAX ((size_t)16 << 20) /* bytes of one text */

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

static enum error_code
print_document(
	const struct options *o, const struct record *r, struct error *err)
{
	return o->json ? report_record(r, err)
		       : print_text(&r->document, o->markdown, err);
}

/* The entries of a feed that are documents, an empty line before each. */
static enum error_code
print_items(const struct options *o, struct parser *parser,
	const struct page *page, const struct feed *feed, struct error *err)
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
		if (code == OK && has && !o->json)
			code = write_all(STDOUT_FILENO, "\n", 1, err);
		if (code == OK && has)
			code = print_document(o, &r, err);
	}
	arena_free(a);
	return code;
}

/* What a command is doing with its files. */
struct parsing {
	const struct options *o;
	struct parser *parser;
	int64_t *problems;
	int64_t printed;
};

/* A file that gives no document hides no other. */
static enum error_code
no_document(
	struct parsing *p, const struct input *in, const struct problem *why)
{
	log_write(LOG_WARN, "%s: %s", in->name, why->message);
	++*p->problems;
	return OK;
}

/* Between texts: whose the next one is, as head(1) says it. */
static enum error_code
print_name(struct parsing *p, const struct input *in, struct error *err)
{
	struct buffer out;
	enum error_code code;

	if (p->o->json || p->o->quiet || (p->o->nargs == 1 && !in->is_part))
		return OK;
	buffer_init(&out, OUT_MAX);
	buffer_add_str(&out, p->printed++ > 0 ? "\n==> " : "==> ");
	escape_line(span_str(in->name), &out);
	buffer_add_str(&out, " <==\n");
	code = buffer_error(&out, err, "a name");
	if (code == OK)
		code = write_all(STDOUT_FILENO, out.ptr, out.len, err);
	buffer_release(&out);
	return code;
}

static enum error_code
parse_listing(struct parsing *p, const struct input *in,
	const struct link_list *links, struct error *err)
{
	enum error_code code = print_name(p, in, err);

	if (code == OK)
		code = print_links(p->o, links, err);
	return code == OK && links->feed != NULL
		       ? print_items(
				 p->o, p->parser, in->page, links->feed, err)
		       : code;
}

static enum error_code
parse_input(const struct input *in, void *ctx, struct error *err)
{
	struct parsing *p = ctx;
	struct record r = { .kind = RECORD_DOCUMENT };
	struct problem problem;
	struct link_list links;
	bool has = false, is_listing = false, has_problem = false;
	enum error_code code = parser_links(p->parser, in->page, in->body,
		in->arena, &is_listing, &links, &has_problem, &problem, err);

	if (code == OK && has_problem)
		return no_document(p, in, &problem);
	if (code == OK && is_listing)
		return parse_listing(p, in, &links, err);
	if (code == OK)
		code = parser_page(p->parser, in->page, in->body, in->arena,
			&has, &r.document, &problem, err);
	if (code != OK)
		return code;
	if (!has)
		return no_document(p, in, &problem);
	code = print_name(p, in, err);
	if (code != OK)
		return code;
	return p->o->explain ? parse_explain(p->parser, &r.document, err)
			     : print_document(p->o, &r, err);
}

enum error_code
parse_files(const struct options *o, const struct sources *sources,
	struct parser *parser, int64_t *problems, struct error *err)
{
	struct parsing p = { o, parser, problems, 0 };

	return inputs_each(o, 0, sources, parse_input, &p, problems, err);
}
