/* One claim, flat: what people, spreadsheets and scorers read. */
#ifndef DL_CORE_FLAT_H
#define DL_CORE_FLAT_H

#include "arena.h"
#include "buffer.h"
#include "error.h"
#include "record.h"

struct flat_member {
	const char *name;
	const char *id;
	const char *country;
};

/* NULL and -1 mean: does not apply.  Strings borrow from document,
 * extraction or the arena. */
struct flat_claim {
	const char *id;
	enum claim_kind kind;
	const char *document;
	const char *url;
	const char *source;
	const char *subject; /* as written */
	const char *subject_id;
	const char *subject_country; /* ISO 3166-1 alpha-2 */
	const char *network;	     /* id */
	const char *network_name;    /* as written, "(the registry's)" behind */
	enum status status;
	enum polarity polarity;
	int64_t count;
	const char *bound; /* NULL without count */
	const char *unit;
	int64_t countries;
	const char *scope;
	int64_t ordinal;
	const char *date; /* EDTF */
	const char *date_basis;
	const char *place;
	const char *place_country;
	const char *person;
	const char *role;
	const char *organisation;
	const char *event;
	struct flat_member *members; /* of member_list; NULL elsewhere */
	size_t nmembers;
	enum zone zone;
	const char *attributed_to;
	struct span evidence;
	uint32_t start, end;
	const char *rule;
	double confidence;
	const struct claim_feature *features; /* left out if there are none */
	size_t nfeatures;
	int64_t witnesses; /* known to the ledger only; -1 elsewhere */
};

/*
 * Fill *out from one claim of x, whose document is doc.  ERR_NOMEM or
 * ERR_LIMIT from the arena only.
 */
enum error_code
flat_from_claim(const struct document *doc, const struct extraction *x,
	const struct claim *c, struct arena *a, struct flat_claim *out,
	struct error *err);

/* Append as one JSON object and a line feed, keys as in DESIGN's order. */
enum error_code
flat_encode(const struct flat_claim *f, struct buffer *out, struct error *err);

/* "Graz", or the person, organisation, event or place it is about; "" if it
 * names none. */
const char *
flat_about(const struct flat_claim *c);

/* Append what is said beside status and date: "64 cities from 35 countries",
 * "2nd in England", "Mayor of Graz".  A name that is `subject` (that pointer)
 * is left out: it is shown elsewhere. */
void
flat_value(const struct flat_claim *c, const char *subject, struct buffer *out);

/*
 * The claim's id: hash_id over text_sha256, URL, source, kind, start,
 * end, polarity, status and every argument's slot and value.  It knows no rule
 * version and no capture, so a review keyed by it survives new rules and new
 * captures.
 */
enum error_code
claim_make_id(const struct document *doc, const struct extraction *x,
	struct claim *c, struct arena *a, struct error *err);

#endif
