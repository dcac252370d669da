/* Where pages come from: config/sources.yaml. */
#ifndef DL_CORE_SOURCES_H
#define DL_CORE_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"

#define SOURCES_MAX 100000
/* The source that files, directories and URLs named in a command belong to. */
#define SOURCE_COMMAND_LINE "command-line"

#define SOURCE_NAME_MAX		64 /* letters, digits, - _ . */
#define SOURCE_DEPTH		5 /* links of links that are followed, by default */
#define SOURCE_DEPTH_MAX	16
#define SOURCE_PAGES_MAX	1000000	   /* that a run may be told to fetch */
#define SOURCE_BYTES_MAX	(32 << 20) /* of one page */
#define SOURCE_BYTES_MIN	1024
#define SOURCE_TIMEOUT_MAX	3600 /* seconds of one request */
#define SOURCE_HEADERS_MAX	20   /* of one source */
#define SOURCE_HEADER_BYTES_MAX 4096 /* of one value */

enum source_kind {
	SOURCE_PAGE,
	SOURCE_FILE,
	SOURCE_DIRECTORY,
	SOURCE_FEED,
	SOURCE_SITEMAP,
	SOURCE_INDEX,
	SOURCE_LIST,
	SOURCE_OPML,
	SOURCE_WARC,
	SOURCE_MAIL,
	SOURCE_SITE,
	SOURCE_KINDS
};
/* Of a site: which of what its homepage offers is read. */
enum source_discover {
	DISCOVER_AUTO, /* feeds; where none is named, sitemaps */
	DISCOVER_FEEDS,
	DISCOVER_SITEMAPS,
	DISCOVER_ALL,
	DISCOVER_CHOICES
};
enum source_tier { TIER_NETWORK = 1, TIER_MEMBER, TIER_PRESS, TIER_OTHER };

/* A request header of a source's own.  Its value may be a secret: it goes to
 * the origin of the source's url, and nowhere else. */
struct source_header {
	const char *name, *value;
};

struct source {
	const char *name;
	enum source_kind kind;
	const char *url; /* http(s) URL, or path for file, directory */
	enum source_tier tier;
	const char *links;    /* of an index: ".class", or PCRE2 on the URL */
	const char *language; /* ISO 639-1, or NULL */
	const char *timezone; /* IANA name, or NULL */
	int64_t interval;     /* seconds between fetches; default 86400 */
	bool local;	      /* private addresses and file: allowed */
	bool enabled;
	enum source_discover discover;
	int64_t since;	   /* links dated before are left alone; INT64_MIN */
	int64_t depth;	   /* of links that are followed */
	int64_t max_pages; /* links fetched in one run; 0: all */
	int64_t max_bytes; /* of a page; 0: as many as fetch takes */
	int64_t timeout;   /* seconds of a request; 0: as long as fetch waits */
	const char *proxy; /* URL, or NULL */
	const struct source_header *headers;
	size_t nheaders;
	int line; /* of the file, where it begins */
};

struct sources {
	struct source *list; /* in the file's order */
	size_t n;
	const char *user_agent; /* with contact; see check */
	const char *ca_file;	/* PEM, in place of the system's; or NULL */
};

/*
 * ERR_CONFIG with file:line:column for an unknown key, a bad value, a name
 * twice.  path NULL gives an empty list.  In both cases the source
 * SOURCE_COMMAND_LINE is added (local, tier other).
 */
enum error_code
sources_read(const char *path, struct arena *a, struct sources *out,
	struct error *err);

const struct source *
sources_find(const struct sources *s, const char *name);

const char *
source_kind_name(enum source_kind k);
/* Its url is a path. */
bool
source_is_path(const struct source *s);
const char *
source_tier_name(enum source_tier t);

#endif
