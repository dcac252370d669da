/*
 * A page as it was fetched, with words of its document marked.  Private to
 * parse; the door has parser_mark().
 */
#ifndef DL_PARSE_MARK_H
#define DL_PARSE_MARK_H

#include "core/core.h"

#define MARK_CONTEXT                                                           \
	60 /* bytes beside a quotation that tell it from others                \
	    */

/*
 * page (valid UTF-8, markup or not) to out as a page of its own, in which
 * text[start, end) stands in <mark id="evidence">: text and structure, nothing
 * that runs, loads or leads anywhere.  The words are looked for without their
 * white space, first with all of their block.  ERR_NOMEM, ERR_LIMIT.
 */
enum error_code
mark_page(struct span page, bool markup, struct span text, size_t start,
	size_t end, struct buffer *out, bool *found);

/*
 * The same of a body in which no place can be marked, a PDF or a message: the
 * text that was read of it, and above it note, which says so.
 */
enum error_code
mark_text(struct span text, const char *note, size_t start, size_t end,
	struct buffer *out, bool *found);

#endif
