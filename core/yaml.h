/*
 * Configuration files in YAML, read with libyaml into a small tree that
 * remembers lines and columns.  Anchors, tags and documents after the first
 * are refused, and so are duplicate keys.
 */
#ifndef DL_CORE_YAML_H
#define DL_CORE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"

#define YAML_FILE_MAX  ((size_t)8 << 20) /* bytes */
#define YAML_DEPTH_MAX 16

enum yaml_type { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_type type;
	int line, column; /* from 1 */
	const char *file;
	const char *scalar; /* NUL-terminated UTF-8, type YAML_SCALAR */
	bool quoted;
	struct yaml_node **items; /* of a list; of a map the values */
	const char **keys;	  /* of a map */
	struct yaml_node **key_nodes;
	size_t n;
};

/*
 * ERR_CONFIG with "file:line:column: what was seen, what was wanted",
 * ERR_IO, ERR_LIMIT, ERR_NOMEM.  The tree lives in a.
 */
enum error_code
yaml_read(const char *path, struct arena *a, struct yaml_node **out,
	struct error *err);
enum error_code
yaml_parse(struct span text, const char *name, struct arena *a,
	struct yaml_node **out, struct error *err);

/* Value of key, or NULL. */
const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key);

/* ERR_CONFIG at node's place. */
enum error_code
yaml_error(const struct yaml_node *node, struct error *err, const char *fmt,
	...) __attribute__((format(printf, 3, 4)));

/* ERR_CONFIG for the first key of map that is not in allowed (NULL ends). */
enum error_code
yaml_check_keys(const struct yaml_node *map, const char *const *allowed,
	struct error *err);

/* Typed reads of an optional key; absent leaves *out as it is. */
enum error_code
yaml_get_str(const struct yaml_node *map, const char *key, const char **out,
	struct error *err);
enum error_code
yaml_get_bool(const struct yaml_node *map, const char *key, bool *out,
	struct error *err);
enum error_code
yaml_get_int(const struct yaml_node *map, const char *key, int64_t min,
	int64_t max, int64_t *out, struct error *err);

#endif
