/* Names of countries and regions, so that no person is seen in them. */
#include <errno.h>
#include <sys/stat.h>

#include "names_lexicon.h"

#define COLUMNS_MAX 8

/* The tables and where their names stand; see config/gazetteer/README.md. */
static const struct {
	const char *file;
	size_t name, aliases; /* columns, from 0 */
} tables[] = {
	{ "countries.tsv", 1, 2 },
	{ "regions.tsv", 1, 5 },
};

/* One name; what no phrase can hold is passed over. */
static enum error_code
add_place(struct lexicon *lx, struct span name, struct error *err)
{
	enum error_code code;

	name = span_trim(name);
	code = span_find(name, 0, span_str(" ")) == SIZE_MAX
		       ? lexicon_add_place(lx, name, err)
		       : lexicon_add(lx, name, K_PLACE, 0, err);
	if (code != ERR_CONFIG)
		return code;
	error_clear(err);
	return OK;
}

static enum error_code
add_row(struct lexicon *lx, struct span line, size_t table, struct error *err)
{
	struct span rest = line, fields[COLUMNS_MAX] = { { 0 } }, name;
	enum error_code code;
	size_t n = 0;

	while (n < COLUMNS_MAX && span_split(&rest, '\t', &fields[n]))
		n++;
	code = add_place(lx, fields[tables[table].name], err);
	rest = fields[tables[table].aliases];
	while (code == OK && rest.len > 0 && span_split(&rest, '|', &name))
		code = add_place(lx, name, err);
	return code;
}

static enum error_code
load_table(struct lexicon *lx, const char *dir, size_t table,
	struct hash *version, struct error *err)
{
	struct span rest, line;
	struct buffer b;
	struct stat st;
	enum error_code code;
	char *path = arena_printf(
		lx->arena, "%s/gazetteer/%s", dir, tables[table].file);

	if (path == NULL)
		return error_set(err, ERR_NOMEM, "name lexicon");
	if (stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return OK;
	buffer_init(&b, NAMES_PLACES_MAX);
	code = read_file(path, NAMES_PLACES_MAX, &b, err);
	rest = buffer_span(&b);
	if (code == OK && utf8_valid_prefix(rest) != rest.len)
		code = error_set(err, ERR_CONFIG, "%s: not UTF-8", path);
	if (code == OK && version != NULL)
		hash_field(version, rest);
	while (code == OK && span_split(&rest, '\n', &line))
		if (line.len > 0 && line.ptr[0] != '#')
			code = add_row(lx, line, table, err);
	buffer_release(&b);
	return code;
}

enum error_code
lexicon_load_places(struct lexicon *lx, const char *config_dir,
	struct hash *version, struct error *err)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < sizeof tables / sizeof *tables;
		i++)
		code = load_table(lx, config_dir, i, version, err);
	return code;
}
