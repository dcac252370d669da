/* What a source may be told beyond what it is.  Private to core. */
#ifndef DL_CORE_SOURCE_SETTINGS_H
#define DL_CORE_SOURCE_SETTINGS_H

#include "sources.h"
#include "yaml.h"

/* The keys that source_settings_read() reads. */
#define SOURCE_SETTINGS                                                        \
	"discover", "since", "depth", "max_pages", "max_bytes", "timeout",     \
		"headers", "proxy"

/* The rest of a source whose kind and url are known; ERR_CONFIG at the node
 * that is wrong, ERR_NOMEM. */
enum error_code
source_settings_read(const struct yaml_node *node, struct arena *a,
	struct source *s, struct error *err);

/* The i of first..n-1 whose name the value of key is, or ERR_CONFIG at its
 * node with all the names. */
enum error_code
source_choice(const struct yaml_node *map, const char *key,
	const char *(*name)(int i), int first, int n, int *out,
	struct error *err);

#endif
