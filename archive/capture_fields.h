/* The fields by which a capture's records are known.  Private to the room. */
#ifndef DL_ARCHIVE_CAPTURE_FIELDS_H
#define DL_ARCHIVE_CAPTURE_FIELDS_H

#define PROFILE	     "http://netpreserve.org/warc/1.1/revisit/"
#define SAME_PAYLOAD PROFILE "identical-payload-digest"
#define NOT_MODIFIED PROFILE "server-not-modified"

#define FIELD_IP	 "WARC-IP-Address"
#define FIELD_SOURCE	 "Dateline-Source"
#define FIELD_REQUESTED	 "Dateline-Requested-URI"
#define FIELD_MEDIA_TYPE "Dateline-Media-Type"
#define FIELD_CHARSET	 "Dateline-Charset"
#define FIELD_STATUS	 "Dateline-Status"
#define FIELD_BYTES	 "Dateline-Payload-Length"
#define FIELD_ETAG	 "Dateline-ETag"
#define FIELD_MODIFIED	 "Dateline-Last-Modified"
#define FIELD_ORIGINAL	 "Dateline-Refers-To" /* FILE OFFSET */

/* Of a metadata record; the first and the last as WARC 1.1 names them. */
#define META_VIA      "via"
#define META_REDIRECT "redirect" /* STATUS URL, one a hop */
#define META_TIER     "tier"
#define META_TOOK     "fetchTimeMs"

#endif
