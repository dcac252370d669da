#include "yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <yaml.h>

#include "buffer.h"
#include "lines.h"
#include "span.h"

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	bool has_event;
	const char *file;
	struct arena *arena;
	struct error *err;
};

static enum error_code
no_memory(struct reader *r)
{
	return error_set(r->err, ERR_NOMEM, "%s: no memory", r->file);
}

static enum error_code
refuse(struct reader *r, yaml_mark_t at, const char *what)
{
	return error_set(r->err, ERR_CONFIG, "%s:%zu:%zu: %s", r->file,
		at.line + 1, at.column + 1, what);
}

static enum error_code
next_event(struct reader *r)
{
	if (r->has_event)
		yaml_event_delete(&r->event);
	r->has_event = false;
	if (yaml_parser_parse(&r->parser, &r->event)) {
		r->has_event = true;
		return OK;
	}
	if (r->parser.error == YAML_MEMORY_ERROR)
		return no_memory(r);
	return refuse(r, r->parser.problem_mark,
		r->parser.problem != NULL ? r->parser.problem : "not YAML");
}

static struct yaml_node *
new_node(struct reader *r, enum yaml_type type)
{
	struct yaml_node *n = arena_alloc(r->arena, sizeof *n);

	if (n == NULL) {
		no_memory(r);
		return NULL;
	}
	n->type = type;
	n->line = (int)r->event.start_mark.line + 1;
	n->column = (int)r->event.start_mark.column + 1;
	n->file = r->file;
	return n;
}

static struct yaml_node *
read_node(struct reader *r, int depth);

static struct yaml_node *
read_scalar(struct reader *r)
{
	struct span text = span_of((const char *)r->event.data.scalar.value,
		r->event.data.scalar.length);
	struct yaml_node *n = new_node(r, YAML_SCALAR);

	if (n == NULL)
		return NULL;
	if (memchr(text.ptr, '\0', text.len) != NULL) {
		refuse(r, r->event.start_mark, "a NUL byte in a value");
		return NULL;
	}
	n->quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->scalar = arena_strndup(r->arena, text.ptr, text.len);
	if (n->scalar == NULL) {
		no_memory(r);
		return NULL;
	}
	return n;
}

/* Append value to a list or map; the arrays grow together. */
static enum error_code
add_child(struct reader *r, struct yaml_node *n, size_t *room,
	struct yaml_node *key, struct yaml_node *value)
{
	size_t cap = *room;

	n->items = arena_grow(r->arena, n->items, n->n, &cap, sizeof *n->items);
	if (n->items == NULL)
		return no_memory(r);
	if (key != NULL) {
		cap = *room;
		n->keys = arena_grow(
			r->arena, n->keys, n->n, &cap, sizeof *n->keys);
		cap = *room;
		n->key_nodes = arena_grow(r->arena, n->key_nodes, n->n, &cap,
			sizeof *n->key_nodes);
		if (n->keys == NULL || n->key_nodes == NULL)
			return no_memory(r);
		n->keys[n->n] = key->scalar;
		n->key_nodes[n->n] = key;
	}
	*room = cap;
	n->items[n->n++] = value;
	return OK;
}

static struct yaml_node *
read_key(struct reader *r, const struct yaml_node *map)
{
	struct yaml_node *key;

	if (r->event.type != YAML_SCALAR_EVENT) {
		refuse(r, r->event.start_mark, "a key must be a plain word");
		return NULL;
	}
	key = read_scalar(r);
	if (key != NULL && yaml_get(map, key->scalar) != NULL) {
		yaml_error(
			key, r->err, "key \"%s\" is there twice", key->scalar);
		return NULL;
	}
	return key;
}

static struct yaml_node *
read_collection(struct reader *r, bool map, int depth)
{
	yaml_event_type_t end =
		map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
	struct yaml_node *n = new_node(r, map ? YAML_MAP : YAML_LIST);
	size_t room = 0;

	if (n == NULL)
		return NULL;
	if (depth >= YAML_DEPTH_MAX) {
		refuse(r, r->event.start_mark, "nested too deep");
		return NULL;
	}
	for (;;) {
		struct yaml_node *key = NULL, *value;

		if (next_event(r) != OK)
			return NULL;
		if (r->event.type == end)
			return n;
		if (map) {
			key = read_key(r, n);
			if (key == NULL || next_event(r) != OK)
				return NULL;
		}
		value = read_node(r, depth + 1);
		if (value == NULL || add_child(r, n, &room, key, value) != OK)
			return NULL;
	}
}

/* The node whose first event is the current one. */
static struct yaml_node *
read_node(struct reader *r, int depth)
{
	const yaml_event_t *e = &r->event;
	bool map = e->type == YAML_MAPPING_START_EVENT;

	if (e->type == YAML_ALIAS_EVENT ||
		(e->type == YAML_SCALAR_EVENT &&
			(e->data.scalar.anchor != NULL ||
				e->data.scalar.tag != NULL)) ||
		(map && e->data.mapping_start.anchor != NULL) ||
		(e->type == YAML_SEQUENCE_START_EVENT &&
			e->data.sequence_start.anchor != NULL)) {
		refuse(r, e->start_mark,
			"anchors, aliases and tags are not used here");
		return NULL;
	}
	if (e->type == YAML_SCALAR_EVENT)
		return read_scalar(r);
	return read_collection(r, map, depth);
}

static enum error_code
read_document(struct reader *r, struct yaml_node **out)
{
	enum error_code code;

	*out = NULL;
	do {
		code = next_event(r);
		if (code != OK)
			return code;
		if (r->event.type == YAML_STREAM_END_EVENT)
			return error_set(r->err, ERR_CONFIG,
				"%s:1:1: the file is empty", r->file);
	} while (r->event.type == YAML_STREAM_START_EVENT ||
		 r->event.type == YAML_DOCUMENT_START_EVENT);
	*out = read_node(r, 0);
	if (*out == NULL)
		return r->err != NULL ? r->err->code : ERR_CONFIG;
	do {
		code = next_event(r);
		if (code != OK)
			return code;
		if (r->event.type == YAML_DOCUMENT_START_EVENT)
			return refuse(r, r->event.start_mark,
				"a second document in the file");
	} while (r->event.type != YAML_STREAM_END_EVENT);
	return OK;
}

enum error_code
yaml_parse(struct span text, const char *name, struct arena *a,
	struct yaml_node **out, struct error *err)
{
	struct error own = { 0 };
	struct reader r = { .arena = a, .err = err != NULL ? err : &own };
	enum error_code code;

	r.file = arena_strdup(a, name);
	if (r.file == NULL || !yaml_parser_initialize(&r.parser))
		return error_set(err, ERR_NOMEM, "%s: no memory", name);
	yaml_parser_set_input_string(&r.parser,
		(const unsigned char *)(text.ptr != NULL ? text.ptr : ""),
		text.len);
	code = read_document(&r, out);
	if (r.has_event)
		yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	return code;
}

enum error_code
yaml_read(const char *path, struct arena *a, struct yaml_node **out,
	struct error *err)
{
	struct buffer b;
	enum error_code code;

	buffer_init(&b, YAML_FILE_MAX + 1);
	code = read_file(path, YAML_FILE_MAX, &b, err);
	if (code == OK)
		code = yaml_parse(buffer_span(&b), path, a, out, err);
	buffer_release(&b);
	return code;
}

const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key)
{
	for (size_t i = 0; i < map->n && map->type == YAML_MAP; i++)
		if (!strcmp(map->keys[i], key))
			return map->items[i];
	return NULL;
}

enum error_code
yaml_error(
	const struct yaml_node *node, struct error *err, const char *fmt, ...)
{
	char msg[ERROR_MSG_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(msg, sizeof msg, fmt, ap); /* error_set cuts cleanly */
	va_end(ap);
	return error_set(err, ERR_CONFIG, "%s:%d:%d: %s", node->file,
		node->line, node->column, msg);
}

enum error_code
yaml_check_keys(const struct yaml_node *map, const char *const *allowed,
	struct error *err)
{
	if (map->type != YAML_MAP)
		return yaml_error(map, err, "keys and values were wanted here");
	for (size_t i = 0; i < map->n; i++) {
		const char *const *k = allowed;

		while (*k != NULL && strcmp(*k, map->keys[i]) != 0)
			k++;
		if (*k == NULL)
			return yaml_error(map->key_nodes[i], err,
				"unknown key \"%s\"", map->keys[i]);
	}
	return OK;
}

/* The scalar under key; *out NULL if the key is absent. */
static enum error_code
get_scalar(const struct yaml_node *map, const char *key,
	const struct yaml_node **out, struct error *err)
{
	*out = yaml_get(map, key);
	if (*out != NULL && (*out)->type != YAML_SCALAR)
		return yaml_error(*out, err, "%s: one value was wanted", key);
	return OK;
}

enum error_code
yaml_get_str(const struct yaml_node *map, const char *key, const char **out,
	struct error *err)
{
	const struct yaml_node *n;
	enum error_code code = get_scalar(map, key, &n, err);

	if (code == OK && n != NULL)
		*out = n->scalar;
	return code;
}

enum error_code
yaml_get_bool(const struct yaml_node *map, const char *key, bool *out,
	struct error *err)
{
	const struct yaml_node *n;
	enum error_code code = get_scalar(map, key, &n, err);

	if (code != OK || n == NULL)
		return code;
	if (strcmp(n->scalar, "true") != 0 && strcmp(n->scalar, "false") != 0)
		return yaml_error(n, err,
			"%s: \"%s\" is neither true nor false", key, n->scalar);
	*out = n->scalar[0] == 't';
	return OK;
}

enum error_code
yaml_get_int(const struct yaml_node *map, const char *key, int64_t min,
	int64_t max, int64_t *out, struct error *err)
{
	const struct yaml_node *n;
	enum error_code code = get_scalar(map, key, &n, err);
	long long value;

	if (code != OK || n == NULL)
		return code;
	if (!span_int(span_str(n->scalar), min, max, &value))
		return yaml_error(n, err,
			"%s: \"%s\" is no whole number from %lld to %lld", key,
			n->scalar, (long long)min, (long long)max);
	*out = value;
	return OK;
}
