#include "cli.h"

#include <stdio.h>
#include <unistd.h>

int
cmd_gazetteer_build(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	const char *config = a != NULL ? path_config(o, a) : NULL;
	const char *ours =
		config != NULL ? arena_printf(a, "%s/gazetteer", config) : NULL;
	enum error_code code =
		ours == NULL
			? error_set(&err, ERR_NOMEM, "no memory")
			: gazetteer_build(o->args[0], ours, o->args[1], &err);

	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}

int
cmd_gazetteer_sources(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct gazetteer *g = NULL;
	enum error_code code =
		a == NULL ? error_set(&err, ERR_NOMEM, "no memory")
			  : gazetteer_open(path_gazetteer(o, a), &g, &err);

	if (code == OK)
		fputs(gazetteer_sources(g), stdout);
	gazetteer_close(g);
	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}

static const char *
or_dash(const char *s)
{
	return s != NULL ? s : "-";
}

/* Names come from our own file, but a person's file may be named. */
static void
print_place(const struct place_value *p, bool json, struct buffer *b)
{
	if (!json) {
		printf("%-20s %-28s %-2s %-6s %-6s %9.4f %9.4f  %.3f\n",
			or_dash(p->id), or_dash(p->name), or_dash(p->country),
			or_dash(p->admin1), or_dash(p->kind), p->lat, p->lon,
			p->score);
		return;
	}
	buffer_reset(b);
	if (mentions_encode(
		    &(struct mention){
			    .type = MENTION_CITY,
			    .end = 1,
			    .rule = "lookup",
			    .place = *p,
		    },
		    1, b, NULL) == OK)
		printf("%.*s\n", (int)b->len, b->ptr);
}

int
cmd_gazetteer_lookup(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct gazetteer *g = NULL;
	struct place_value *list = NULL;
	struct buffer b;
	size_t n = 0;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	buffer_init(&b, RECORD_LINE_MAX);
	code = gazetteer_open(path_gazetteer(o, a), &g, &err);
	if (code == OK)
		code = gazetteer_lookup(g, o->args[0], a, &list, &n, &err);
	for (size_t i = 0; i < n; i++)
		print_place(&list[i], o->json, &b);
	if (code == OK && n == 0)
		code = error_set(
			&err, ERR_NOT_FOUND, "no place \"%s\"", o->args[0]);
	buffer_release(&b);
	gazetteer_close(g);
	arena_free(a);
	return code == OK ? 0 : report_error(&err);
}
