/* The elements of a page that say something of it.  Private to parse. */
#ifndef DL_PARSE_HEAD_H
#define DL_PARSE_HEAD_H

#include "html.h"
#include "jsonld.h"

#define HEAD_METAS_MAX 256 /* <meta> elements looked at */
#define HEAD_TIMES_MAX 64

struct head {
	const struct tree *tree;
	uint32_t heading; /* the title's element, or TREE_NONE */
	struct jsonld json;
	struct jsonld_others others; /* that the scripts tell of */
	uint32_t metas[HEAD_METAS_MAX];
	size_t nmetas;
	uint32_t times[HEAD_TIMES_MAX]; /* <time>, and what says a day as it
					   does */
	size_t ntimes;
	uint32_t canonical, title, author; /* or TREE_NONE */
	uint32_t publisher, contact;
};

/* Find them in one walk; *h borrows from html. */
void
head_find(const struct html *html, uint32_t heading, struct head *h);

/* What the <meta> h->metas[m] is called; empty where it has no name. */
struct span
head_meta_name(const struct head *h, size_t m);

/* Content of the first <meta> whose name, property or itemprop is key. */
struct span
head_meta(const struct head *h, const char *key);

/* What an element below top says by that itemprop, or the empty span. */
struct span
head_prop(const struct head *h, uint32_t top, const char *prop);

/* declared.c: the days that metas, JSON-LD and <time> give.  ERR_NOMEM only. */
enum error_code
declared_days(const struct head *h, const struct html *html, struct arena *a,
	struct dates *out);

#endif
