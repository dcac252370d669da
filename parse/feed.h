/* What the readers of feeds share.  Private to parse. */
#ifndef DL_PARSE_FEED_H
#define DL_PARSE_FEED_H

#include "feed_dates.h"
#include "xml.h"

struct feed_reader {
	const struct parse_words *words;
	struct arena *a;
	const char *base; /* of the whole, or NULL */
	struct feed *feed;
	size_t room; /* of feed->entries */
};

/* feed_item.c: the parts of a feed or entry */

/* A URL against base; as it is where it cannot be joined. */
const char *
feed_url(const char *url, const char *base, struct arena *a);
/* The base in force at n. */
const char *
feed_base(const struct feed_reader *r, const struct xml_node *n);
/* href and src in markup made absolute. */
const char *
feed_markup(struct span markup, const char *base, struct arena *a);
/* The date as written into *raw, and as RFC 3339 in *out if it is one; what
 * is there already stays. */
void
feed_put_date(const struct feed_reader *r, const char *text, const char **raw,
	const char **out);
void
feed_add_link(struct feed_item *it, struct feed_link link, struct arena *a);
void
feed_add_enclosure(
	struct feed_item *it, struct feed_link link, struct arena *a);
void
feed_add_category(struct feed_item *it, const char *name, struct arena *a);
void
feed_add_person(struct feed_item *it, struct feed_person person,
	bool contributor, struct arena *a);
/* "Name (e@x)", "e@x (Name)", "Name <e@x>" in its parts. */
struct feed_person
feed_person_of(const char *text, struct arena *a);
/* A new entry, or NULL (at the cap, without memory). */
struct feed_item *
feed_add_entry(struct feed_reader *r);

/* The readers; false: the root is of no kind they know. */
bool
feed_atom_read(struct feed_reader *r, const struct xml_node *root);
bool
feed_rss_read(struct feed_reader *r, const struct xml_node *root);
bool
feed_cdf_read(struct feed_reader *r, const struct xml_node *root);
bool
feed_opml_read(struct feed_reader *r, const struct xml_node *root);
/* One element of an entry (or feed) in the manner of Atom or of RSS. */
bool
feed_atom_element(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it);
void
feed_rss_element(
	struct feed_reader *r, const struct xml_node *n, struct feed_item *it);
/* JSON Feed; ERR_FORMAT when it is other JSON. */
enum error_code
feed_json_read(struct feed_reader *r, struct span text, struct error *err);

#endif
