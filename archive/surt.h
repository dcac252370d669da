/*
 * SURT keys, by which indexes of web archives are sorted: the host's labels
 * from the right, then the path: "org,example)/news?a=1".  Private to the room.
 */
#ifndef DL_ARCHIVE_SURT_H
#define DL_ARCHIVE_SURT_H

#include "core/core.h"

#define SURT_LABELS_MAX 128 /* of a host; one that has more stays as it is */
#define SURT_PARTS_MAX	256 /* of a query that is put in order */

/*
 * Append the key of url.  As other readers of such indexes expect: without
 * scheme, "www.", fragment and last slash, in lower case, the query in order.
 * What is not http is its own key.
 */
void
surt_key(const char *url, struct buffer *out);

#endif
