/*
 * From bytes to UTF-8.  The order of trust is that of the WHATWG Encoding
 * and HTML standards: byte order mark, the transport's label, the page's own
 * label, then what the bytes look like.  Private to parse.
 */
#ifndef DL_PARSE_CHARSET_H
#define DL_PARSE_CHARSET_H

#include "core/core.h"

#define CHARSET_SNIFF 4096 /* bytes in which a label is looked for */

/* Converters, opened once: a sandboxed worker can load none later. */
struct charsets;
struct charsets *
charsets_new(void);
void
charsets_free(struct charsets *c);

/*
 * body as valid UTF-8 without byte order mark, in out (which is emptied);
 * *bad counts the places that became U+FFFD.  ERR_NOMEM, ERR_LIMIT.
 * *name is the encoding used; it borrows from a static table or *a.
 */
enum error_code
charset_decode(struct charsets *c, struct span body, const char *label,
	struct buffer *out, const char **name, size_t *bad, struct arena *a);

/* The body is no text: magic bytes, or too many control characters. */
bool
charset_is_binary(struct span body);

#endif
