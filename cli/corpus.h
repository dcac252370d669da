/* Documents for who asks something of many: of files, or of the archive. */
#ifndef DL_CLI_CORPUS_H
#define DL_CLI_CORPUS_H

#include "cli.h"

typedef enum error_code
document_use(const struct document *doc, struct arena *a, void *ctx,
	struct error *err);

/*
 * Give each document of the files o->args[first..] ("-" is standard input) to
 * use; without files each of the archive once, in its order, only of
 * o->source and o->language where these are given.  The arena is reset behind
 * each.  *problems counts files that give none; what the archive has of such
 * is among the ledger's problems.
 */
enum error_code
corpus_each(const struct options *o, int first, document_use *use, void *ctx,
	int64_t *problems, struct error *err);

#endif
