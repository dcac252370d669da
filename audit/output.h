/* Writing, with every failure told. */
#ifndef DL_AUDIT_OUTPUT_H
#define DL_AUDIT_OUTPUT_H

#include <stdio.h>

#include "core/core.h"

#define OUTPUT_LINE_MAX ((size_t)64 << 20) /* bytes of one line of output */

#define COLOR_BOLD "\033[1m"
#define COLOR_GOOD "\033[32m"
#define COLOR_BAD  "\033[1;31m"
#define COLOR_END  "\033[0m"

/* ERR_IO when the stream fails. */
enum error_code
output_write(FILE *out, struct span bytes, struct error *err);
/* Write what b holds and empty it; b's own error first. */
enum error_code
output_buffer(FILE *out, struct buffer *b, struct error *err);
/* Flush: ERR_IO when anything written before was lost. */
enum error_code
output_end(FILE *out, struct error *err);

#endif
