/*
 * A message of mail (RFC 5322) as the texts a reader is shown.  MIME is
 * GMime's business, and stays in mail_mime.c.  Private to parse.
 */
#ifndef DL_PARSE_MAIL_H
#define DL_PARSE_MAIL_H

#include "html.h"
#include "listings.h"

#define MAIL_DEPTH_MAX	32   /* parts in parts, messages in messages */
#define MAIL_VISITS_MAX 1000 /* parts looked at */
#define MAIL_PARTS_MAX	100  /* texts of one message */
#define MAIL_GROUPS_MAX 100  /* colons of a header: GMime's reader recurses */
#define MAIL_HEADER_MAX 1000 /* bytes of a header as metadata */

enum mail_text {
	MAIL_PLAIN,
	MAIL_HTML,
	MAIL_SUBJECT /* of a message in the message; UTF-8 */
};

/* A text, out of its transfer encoding, in its own charset. */
struct mail_part {
	enum mail_text type;
	struct span text;
	const char *charset; /* as labelled, or NULL */
	bool flowed, delsp;  /* RFC 3676 */
};

/* Strings are UTF-8, may be NULL, and live in the arena. */
struct mail {
	const char *subject;
	const char *from;     /* the first author's name */
	const char *domain;   /* of his address */
	const char *list;     /* the phrase of List-Id (RFC 2919) */
	const char *archived; /* Archived-At (RFC 5064): http(s) */
	bool dated;
	struct civil day; /* of Date, where it was sent */
	int64_t sent_at;  /* Unix seconds */
	struct mail_part parts[MAIL_PARTS_MAX];
	size_t nparts;
	bool cut; /* at a cap */
};

/* Once a process, before the sandbox. */
void
mail_init(void);

/*
 * Which texts a reader is shown, in order: of alternatives the richest that
 * is read here, of what is related its root; attachments only where there is
 * nothing else.  ERR_FORMAT with the reason: no message; ERR_NOMEM.
 */
enum error_code
mail_read(
	struct span body, struct arena *a, struct mail *out, struct error *err);

/*
 * The texts of a message become blocks behind its subject as title; *out is
 * the message, in b->arena.  ERR_FORMAT as above; ERR_NOMEM, ERR_LIMIT.
 */
enum error_code
mail_document(const struct listing_tools *t, struct html *h, struct span body,
	struct blocks *b, struct document *doc, struct dates *dates,
	struct mail **out, struct error *err);

/* Its headers are the document's metadata, whatever its texts declare.
 * zone, where the day was, may be NULL.  ERR_NOMEM. */
enum error_code
mail_headers(const struct mail *m, struct tz *zone, struct arena *a,
	struct document *doc);

/* The links of its texts that fit pattern, as index_links() gives them. */
enum error_code
mail_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const char *pattern, struct span body,
	struct arena *a, struct link_list *out, struct error *err);

#endif
