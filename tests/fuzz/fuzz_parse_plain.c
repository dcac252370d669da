/* Plain text to a document, with what holds for HTML. */
#define DL_FUZZ_MEDIA_TYPE "text/plain"
#include "fuzz_parse_html.c"
