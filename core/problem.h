/*
 * Problem codes: everything that can be wrong with input, in one table.
 * docs/problems.md is printed from it.
 */
#ifndef DL_CORE_PROBLEM_H
#define DL_CORE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

enum problem_code {
	/* fetch */
	PROBLEM_URL_INVALID,
	PROBLEM_SCHEME_REFUSED,
	PROBLEM_ADDRESS_REFUSED,
	PROBLEM_DNS,
	PROBLEM_CONNECT,
	PROBLEM_TLS,
	PROBLEM_TIMEOUT,
	PROBLEM_HTTP_STATUS,
	PROBLEM_REDIRECTS,
	PROBLEM_BODY_TOO_LARGE,
	PROBLEM_CONTENT_ENCODING,
	PROBLEM_TRANSFER,
	PROBLEM_ROBOTS,
	PROBLEM_ROBOTS_UNAVAILABLE,
	PROBLEM_DEFERRED,
	PROBLEM_FILE_MISSING,
	PROBLEM_FILE_UNREADABLE,
	PROBLEM_FILE_TYPE,
	/* archive */
	PROBLEM_ARCHIVE_RECORD,
	PROBLEM_ARCHIVE_DIGEST,
	/* parse */
	PROBLEM_EMPTY,
	PROBLEM_BINARY,
	PROBLEM_MEDIA_TYPE,
	PROBLEM_CHARSET,
	PROBLEM_MARKUP,
	PROBLEM_TOO_DEEP,
	PROBLEM_NODES,
	PROBLEM_TRUNCATED,
	PROBLEM_NO_TEXT,
	PROBLEM_PDF,
	PROBLEM_PDF_READER,
	PROBLEM_ROBOT_CHECK,
	PROBLEM_CONSENT_WALL,
	PROBLEM_LOGIN,
	PROBLEM_ERROR_PAGE,
	PROBLEM_MOVED,
	/* extract */
	PROBLEM_MATCH_LIMIT,
	PROBLEM_MENTIONS,
	PROBLEM_SENTENCE,
	/* records and processes */
	PROBLEM_RECORD,
	PROBLEM_RECORD_TOO_LONG,
	PROBLEM_MEMORY,
	PROBLEM_WORKER_DIED,
	PROBLEM_CODES
};

/* "fetch.timeout", ...: the code as records carry it; never NULL. */
const char *
problem_name(enum problem_code code);
/* One sentence for a person. */
const char *
problem_text(enum problem_code code);
/* Trying again later may help. */
bool
problem_may_retry(enum problem_code code);
bool
problem_find(struct span name, enum problem_code *out);

#endif
