/* What a shell needs to know to complete a command: the verbs and options. */
#ifndef DL_CLI_COMPLETION_H
#define DL_CLI_COMPLETION_H

#include "cli.h"

#define COMPLETION_MAX ((size_t)1 << 20) /* bytes of a script */

/*
 * Append the script for bash, zsh or fish, made from the tables of verbs and
 * of options.  ERR_USAGE: another shell; ERR_NOMEM, ERR_LIMIT.
 */
enum error_code
completion_script(const char *shell, const struct verb *verbs, size_t n,
	struct buffer *out, struct error *err);

#endif
