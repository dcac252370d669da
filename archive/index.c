#include "index.h"

#include <stdio.h>

#define PREFIX	      "dateline-"
#define SUFFIX	      ".warc.gz"
#define NUMBER_DIGITS 5

void
archive_file_name(uint32_t number, char out[ARCHIVE_NAME_MAX])
{
	(void)snprintf(out, ARCHIVE_NAME_MAX, PREFIX "%05u" SUFFIX, number);
}

uint32_t
archive_file_number(const char *name)
{
	struct span s = span_str(name);
	size_t fixed = sizeof PREFIX - 1 + sizeof SUFFIX - 1;
	long long n;

	if (s.len != fixed + NUMBER_DIGITS || !span_starts_with(s, PREFIX) ||
		!span_ends_with(s, SUFFIX) ||
		!span_int(span_sub(s, sizeof PREFIX - 1,
				  sizeof PREFIX - 1 + NUMBER_DIGITS),
			1, ARCHIVE_FILES_MAX, &n))
		return 0;
	return (uint32_t)n;
}

bool
role_is_capture(enum record_role role)
{
	return role == ROLE_BODY || role == ROLE_REVISIT || role == ROLE_BAD;
}
