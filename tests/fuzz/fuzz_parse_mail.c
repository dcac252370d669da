/* A message to a document, with what holds for HTML. */
#define DL_FUZZ_MEDIA_TYPE "message/rfc822"
#include "fuzz_parse_html.c"
