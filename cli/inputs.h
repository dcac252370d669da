/* What a command names, each page of it once: files, directories, archives and
 * boxes of mail, URLs, and "-", which is standard input. */
#ifndef DL_CLI_INPUTS_H
#define DL_CLI_INPUTS_H

#include "cli.h"

/* A page that was named, or stands in what was.  Lives for the call. */
struct input {
	const char *name; /* a path as it was found, or a URL */
	bool is_part;	  /* of what was named, not all of it */
	const struct page *page;
	struct span body;
	struct arena *arena; /* of this page */
};
typedef enum error_code
input_use(const struct input *in, void *ctx, struct error *err);

/*
 * Give each page of o->args[first..] to use: a file as it is, what must be
 * fetched, walked or taken apart by way of an archive that goes with the call.
 * page->id is that of its body, so that nothing tells when it was read.  What
 * cannot be had is told in the log and counted in *problems, and the next has
 * its turn.  Returns what use returned, or that dateline itself failed; SIGINT,
 * SIGTERM and SIGHUP end the process.
 */
enum error_code
inputs_each(const struct options *o, int first, const struct sources *sources,
	input_use *use, void *ctx, int64_t *problems, struct error *err);

#endif
