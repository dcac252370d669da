/*
 * Whom the press may ask about a release: what the page declares, and the
 * lines below "Press contact" in the languages of config/parse/contacts.tsv.
 * Private to parse.
 */
#ifndef DL_PARSE_CONTACTS_H
#define DL_PARSE_CONTACTS_H

#include "blocks.h"
#include "head.h"
#include "words.h"

#define CONTACT_LINE_MAX  300 /* bytes of a line of a contact */
#define CONTACT_LINES_MAX 12  /* lines read behind its label */
#define CONTACT_EMPTY_MAX 3   /* of them in a row that say nothing */

/* What metadata declares: contact points of schema.org.  ERR_NOMEM only. */
enum error_code
contacts_declared(const struct head *h, struct arena *a, struct document *doc);

/*
 * Read the lines that name a contact or, behind a colon, a publisher; tree is
 * the blocks' page, whose links may have the address, or NULL.  Then take the
 * one that is for the press, or the release's only other one.  Strings are in
 * a.  ERR_NOMEM only.
 */
enum error_code
contacts_read(const struct parse_words *w, const struct blocks *b,
	const struct tree *tree, struct arena *a, struct document *doc);

#endif
