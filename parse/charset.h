/*
 * From bytes to UTF-8.  The order of trust is that of the WHATWG Encoding
 * and HTML standards: byte order mark, the transport's label, the page's own
 * label, then what the bytes look like.  Private to parse.
 */
#ifndef DL_PARSE_CHARSET_H
#define DL_PARSE_CHARSET_H

#include "core/core.h"

#define CHARSET_SNIFF	 4096  /* bytes by which binary data is told */
#define CHARSET_DECLARED 32768 /* in which a declaration is looked for */

/* Converters, opened once: a sandboxed worker can load none later. */
struct charsets;
struct charsets *
charsets_new(void);
void
charsets_free(struct charsets *c);

struct decoded {
	struct span text; /* valid UTF-8 without byte order mark */
	const char *name; /* of the encoding used */
	size_t bad;	  /* places that became U+FFFD */
};

/*
 * body as UTF-8.  d->text is body itself where nothing is to be changed, else
 * in out (which is emptied).  label is the transport's, or NULL.  ERR_NOMEM,
 * ERR_LIMIT.
 */
enum error_code
charset_decode(struct charsets *c, struct span body, const char *label,
	struct buffer *out, struct decoded *d);

/* The encoding that the page itself declares, or NULL. */
const char *
charset_declared(struct span body);

/* The i-th label by which an encoding is known, or NULL behind the last. */
const char *
charset_label(size_t i);

/* The name of an encoding used here as the WHATWG writes it, lower case. */
const char *
charset_whatwg(const char *name);

/* The body is no text: magic bytes, or too many control characters. */
bool
charset_is_binary(struct span body);

#endif
