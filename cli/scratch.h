/* A directory that goes with the command. */
#ifndef DL_CLI_SCRATCH_H
#define DL_CLI_SCRATCH_H

#include "core/core.h"

/* New, in $TMPDIR or /tmp, for its owner alone; *out is freed by
 * scratch_remove().  ERR_IO, ERR_NOMEM. */
enum error_code
scratch_new(char **out, struct error *err);
/* With the files in it; NULL: nothing. */
void
scratch_remove(char *dir);

#endif
