#include "cli.h"

#include <unistd.h>

#define OUT_MAX	    ((size_t)64 << 20) /* bytes of all that is said */
#define TEXT_WIDTH  72		       /* columns of a block's beginning */
#define REASON_MAX  1024	       /* bytes of one reason */
#define COLOR_PLAIN "\033[0m"

/* What is the release stands out; what is around it steps back. */
static const char *const colors[ZONES] = {
	[ZONE_TITLE] = "\033[1;32m",
	[ZONE_HEADER] = "\033[34m",
	[ZONE_BODY] = "\033[32m",
	[ZONE_TEASER] = "\033[33m",
	[ZONE_COMMENT] = "\033[35m",
	[ZONE_FOOTER] = "\033[34m",
};

/* How the block begins, as one line. */
static void
add_beginning(struct span text, struct buffer *out)
{
	size_t len = escape_break(text, TEXT_WIDTH, true);

	buffer_add_str(out, "        ");
	escape_line(span_sub(text, 0, len), out);
	buffer_add_str(out, len < text.len ? " …\n" : "\n");
}

static enum error_code
add_block(const struct parser *parser, const struct document *doc, size_t i,
	bool color, struct buffer *out)
{
	const struct block *k = &doc->blocks[i];
	struct buffer reason;
	enum error_code code;

	buffer_init(&reason, REASON_MAX);
	parser_reason(parser, i, &reason);
	buffer_printf(out, "%s%-8s%s%-10s", color ? colors[k->zone] : "",
		zone_name(k->zone), color ? COLOR_PLAIN : "",
		block_type_name(k->type));
	buffer_printf(out, "%4d%%  ", k->links);
	escape_line(buffer_span(&reason), out);
	buffer_add_char(out, '\n');
	add_beginning(span_sub(doc->text, k->start, k->end), out);
	code = reason.code;
	buffer_release(&reason);
	return code;
}

enum error_code
parse_explain(const struct parser *parser, const struct document *doc,
	struct error *err)
{
	bool color = wants_color();
	enum error_code code = OK;
	struct buffer out;

	buffer_init(&out, OUT_MAX);
	buffer_add_str(&out, "zone    type      links  reason\n");
	for (size_t i = 0; i < doc->nblocks && code == OK; i++)
		code = add_block(parser, doc, i, color, &out);
	if (code == OK)
		code = out.code;
	code = code != OK ? error_set(err, code, "no memory for the blocks")
			  : write_all(STDOUT_FILENO, out.ptr, out.len, err);
	buffer_release(&out);
	return code;
}
