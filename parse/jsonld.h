/*
 * What a page's JSON-LD says of its article.  Read leniently: pages break
 * JSON in many ways, and what stands in front of the break is still said.
 * Private to parse.
 */
#ifndef DL_PARSE_JSONLD_H
#define DL_PARSE_JSONLD_H

#include "core/core.h"

#define JSONLD_DEPTH_MAX   64 /* nested objects and arrays read */
#define JSONLD_AUTHORS_MAX 8
#define JSONLD_OTHERS_MAX  16 /* organisations, or contacts, of a page */

/* Strings as they stand between their quotes; empty where absent. */
struct jsonld {
	struct span headline, published, modified, language, publisher;
	struct span publisher_id; /* where it is described elsewhere */
	struct span created; /* or uploaded: of the article, or of the page */
	struct span authors[JSONLD_AUTHORS_MAX];
	size_t nauthors;
	int rank; /* 2 an article, 1 a page, 0 nothing was found */
};

/* What stands beside the article, in all scripts of a page. */
struct jsonld_others {
	struct jsonld_organisation {
		struct span id, name;
	} organisations[JSONLD_OTHERS_MAX];
	size_t norganisations;
	struct jsonld_contact {
		struct span name, email, phone;
		struct span type; /* "press" */
	} contacts[JSONLD_OTHERS_MAX];
	size_t ncontacts;
};

/* Take the best object of one script into *best, if it is a better one, and
 * add what others say to *others. */
void
jsonld_read(
	struct span script, struct jsonld *best, struct jsonld_others *others);

/* The publisher's name, also where the article has its id alone. */
struct span
jsonld_publisher(
	const struct jsonld *article, const struct jsonld_others *others);

/* A string with its escapes and HTML's references read; NULL without memory
 * or when nothing is left. */
const char *
jsonld_string(struct span raw, struct arena *a);

#endif
