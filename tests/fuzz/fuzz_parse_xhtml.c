/* As fuzz_parse_html.c, of what is served as XHTML. */
#define DL_FUZZ_MEDIA_TYPE "application/xhtml+xml"
#include "fuzz_parse_html.c"
