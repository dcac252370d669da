/*
 * PDFs are read by another program, pdftotext, which runs where nothing can
 * come of it: it has its standard input and output, may read the system's
 * libraries, and has limits on memory and time.  A process that was started
 * before the sandbox starts it; who asks needs only a pair of sockets.
 */
#ifndef DL_CLI_CONVERTER_H
#define DL_CLI_CONVERTER_H

#include "cli.h"

#define CONVERTER_TIMEOUT_MS 20000
#define CONVERTER_MEMORY_MAX ((rlim_t)1 << 30) /* bytes of address space */

struct converter;

/* The program with its arguments, and how long it may take. */
struct converter_options {
	const char *const *argv; /* NULL-terminated; argv[0] is a path */
	int timeout_ms;
};

/* opt NULL: pdftotext.  Called before the sandbox.  *out is to be closed also
 * after an error. */
enum error_code
converter_open(const struct converter_options *opt, struct converter **out,
	struct error *err);
void
converter_close(struct converter *c);
/* For parser_set_pdf(). */
struct pdf_reader
converter_reader(struct converter *c);

#endif
