/* One worker process. */
#ifndef DL_CLI_WORKER_H
#define DL_CLI_WORKER_H

#include "pool.h"

/*
 * Read "FILE OFFSET" lines from in until its end; for each write the records
 * of that capture to out: their length, and so many bytes of frames
 * (wire.h).  parser is borrowed.  Returns an
 * exit status.
 */
int
worker_main(
	const struct pool_options *opt, struct parser *parser, int in, int out);

#endif
