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

#define SOURCE_NAME_MAX 64 /* letters, digits, - _ . */

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
	SOURCE_KINDS
};
enum source_tier { TIER_NETWORK = 1, TIER_MEMBER, TIER_PRESS, TIER_OTHER };

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
const char *
source_tier_name(enum source_tier t);

#endif
