/* dateline rules: what rules there are, and how they do. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "corpus.h"

#define RULE_FILE_MAX ((size_t)4 << 20)

static const char *
or_dash(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : "-";
}

/* What the verbs share: rules, an extractor, memory. */
struct rules_run {
	const struct options *o;
	struct arena *arena;
	struct ruleset *rules;
	struct extractor *extractor;
	struct rule_stats *stats;
	struct buffer out;
};

static enum error_code
open_run(struct rules_run *x, const struct options *o, struct error *err)
{
	enum error_code code;

	*x = (struct rules_run){ .o = o, .arena = arena_new(CLI_ARENA_MAX) };
	buffer_init(&x->out, RECORD_LINE_MAX);
	if (x->arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = ruleset_open(path_config(o, x->arena),
		path_gazetteer(o, x->arena), RULESET_ALL, &x->rules, err);
	return code == OK ? extractor_new(x->rules, &x->extractor, err) : code;
}

static int
close_run(struct rules_run *x, enum error_code code, int64_t problems,
	const struct error *err)
{
	rule_stats_free(x->stats);
	extractor_free(x->extractor);
	ruleset_free(x->rules);
	buffer_release(&x->out);
	arena_free(x->arena);
	if (code != OK)
		return report_error(err);
	return problems > 0 ? EXIT_PROBLEMS : 0;
}

static void
put_json(struct buffer *b, const char *key, const char *value)
{
	buffer_add_char(b, b->len > 0 ? ',' : '{');
	escape_json(span_str(key), b);
	buffer_add_char(b, ':');
	if (value != NULL)
		escape_json(span_str(value), b);
	else
		buffer_add_str(b, "null");
}

static void
put_json_span(struct buffer *b, const char *key, struct span value)
{
	if (value.ptr == NULL) {
		put_json(b, key, NULL);
		return;
	}
	buffer_add_char(b, b->len > 0 ? ',' : '{');
	escape_json(span_str(key), b);
	buffer_add_char(b, ':');
	escape_json(value, b);
}

static enum error_code
end_json(struct buffer *b, struct error *err)
{
	enum error_code code;

	buffer_add_str(b, "}\n");
	code = buffer_error(b, err, "a line of output");
	if (code == OK)
		code = write_all(STDOUT_FILENO, b->ptr, b->len, err);
	buffer_reset(b);
	return code;
}

static const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static enum error_code
list_rule(struct rules_run *x, const struct rule_info *r, struct error *err)
{
	if (!x->o->json) {
		printf("%-30s %-16s %-16s %-2s %3zu %3zu  %s:%d\n", r->rule,
			r->kind, or_dash(r->status), or_dash(r->language),
			r->patterns, r->examples, file_name(r->file), r->line);
		return OK;
	}
	put_json(&x->out, "rule", r->rule);
	put_json(&x->out, "kind", r->kind);
	put_json(&x->out, "status",
		r->status != NULL && r->status[0] != '\0' ? r->status : NULL);
	put_json(&x->out, "language", r->language);
	put_json(&x->out, "file", r->file);
	buffer_printf(&x->out,
		",\"line\":%d,\"confidence\":%g,\"patterns\":%zu,\"examples\":%"
		"zu",
		r->line, r->confidence, r->patterns, r->examples);
	return end_json(&x->out, err);
}

int
cmd_rules_list(const struct options *o)
{
	struct error err = { 0 };
	struct rules_run x;
	struct rule_info r;
	enum error_code code = open_run(&x, o, &err);

	if (code == OK && !o->json)
		printf("%-30s %-16s %-16s %-2s %3s %3s  %s\n", "rule", "kind",
			"status", "in", "pat", "ex", "where");
	for (size_t i = 0; code == OK && ruleset_rule(x.rules, i, &r); i++)
		if (o->language == NULL ||
			(r.language != NULL &&
				strcmp(r.language, o->language) == 0))
			code = list_rule(&x, &r, &err);
	return close_run(&x, code, 0, &err);
}

/* By its id, with or without its version. */
static bool
find_rule(const struct ruleset *rs, const char *id, struct rule_info *out,
	size_t *at)
{
	const size_t len = strlen(id);

	for (*at = 0; ruleset_rule(rs, *at, out); ++*at)
		if (strcmp(out->rule, id) == 0 ||
			(strncmp(out->rule, id, len) == 0 &&
				out->rule[len] == '@'))
			return true;
	return false;
}

/* The stanza that begins in that line of its file. */
static enum error_code
print_stanza(const char *path, int line, struct buffer *b, struct error *err)
{
	struct span rest, text;
	enum error_code code = read_file(path, RULE_FILE_MAX, b, err);
	int n = 0;

	if (code != OK)
		return code;
	rest = buffer_span(b);
	while (rest.len > 0 && span_split(&rest, '\n', &text)) {
		n++;
		if (n < line)
			continue;
		if (n > line && (text.len == 0 || (text.ptr[0] != ' ' &&
							  text.ptr[0] != '\t')))
			break;
		printf("%.*s\n", (int)text.len, text.ptr);
	}
	return OK;
}

int
cmd_rules_show(const struct options *o)
{
	struct error err = { 0 };
	struct rules_run x;
	struct rule_info r;
	struct rule_line l;
	size_t at = 0;
	enum error_code code = open_run(&x, o, &err);

	if (code == OK && !find_rule(x.rules, o->args[0], &r, &at))
		code = error_set(
			&err, ERR_NOT_FOUND, "no rule \"%s\"", o->args[0]);
	if (code == OK) {
		printf("# %s:%d\n", r.file, r.line);
		code = print_stanza(r.file, r.line, &x.out, &err);
	}
	if (code == OK)
		puts("\n# All its patterns, in order, with those of its "
		     "frames:");
	for (size_t i = 0; code == OK && ruleset_rule_line(x.rules, at, i, &l);
		i++)
		printf("#%d %-6s %s%s%s\n", l.line, l.key, l.pattern,
			l.why != NULL ? " => " : "",
			l.why != NULL ? l.why : "");
	return close_run(&x, code, 0, &err);
}

static enum error_code
add_stats(const struct document *doc, struct arena *a, void *ctx,
	struct error *err)
{
	struct rules_run *x = ctx;

	return rule_stats_add(x->stats, doc, a, err);
}

/* What claims most stands first. */
static int
by_yield(const void *pa, const void *pb)
{
	const struct audit_rule *a = pa, *b = pb;

	if (a->kept != b->kept)
		return a->kept > b->kept ? -1 : 1;
	if (a->sole != b->sole)
		return a->sole > b->sole ? -1 : 1;
	if (a->fired != b->fired)
		return a->fired > b->fired ? -1 : 1;
	if (a->tried != b->tried)
		return a->tried > b->tried ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

static bool
fill_overlaps(
	const struct rule_stat *s, struct arena *a, struct audit_rule *out)
{
	const char **names = arena_array(a, s->noverlaps, sizeof *names);
	int64_t *shared = arena_array(a, s->noverlaps, sizeof *shared);

	if (names == NULL || shared == NULL)
		return false;
	for (size_t i = 0; i < s->noverlaps; i++) {
		names[i] = s->overlaps[i].rule;
		shared[i] = s->overlaps[i].n;
	}
	out->others = names;
	out->shared = shared;
	out->nothers = s->noverlaps;
	return true;
}

static bool
is_shown(const struct options *o, const struct rule_stat *s)
{
	if (o->language != NULL && s->language != NULL &&
		strcmp(s->language, o->language) != 0)
		return false;
	return !o->unfired || (s->file != NULL && s->fired == 0);
}

static enum error_code
print_stats(struct rules_run *x, struct error *err)
{
	const struct audit_options opt = audit_options(x->o);
	struct rule_stat *list = NULL;
	struct audit_rule *rows;
	size_t n = 0, kept = 0;
	enum error_code code =
		rule_stats_list(x->stats, x->arena, &list, &n, err);

	if (code != OK)
		return code;
	rows = arena_array(x->arena, n, sizeof *rows);
	for (size_t i = 0; rows != NULL && i < n; i++) {
		const struct rule_stat *s = &list[i];

		if (!is_shown(x->o, s))
			continue;
		rows[kept] = (struct audit_rule){
			.rule = s->rule,
			.kind = s->kind,
			.language = s->language,
			.file = s->file,
			.line = s->line,
			.tried = s->tried,
			.fired = s->fired,
			.refused = s->refused,
			.kept = s->kept,
			.sole = s->sole,
		};
		if (!fill_overlaps(s, x->arena, &rows[kept++]))
			rows = NULL;
	}
	if (rows == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (kept > 0)
		qsort(rows, kept, sizeof *rows, by_yield);
	return audit_rules(rows, kept, &opt, err);
}

int
cmd_rules_stats(const struct options *o)
{
	struct error err = { 0 };
	struct rules_run x;
	int64_t problems = 0;
	enum error_code code = open_run(&x, o, &err);

	if (code == OK)
		code = rule_stats_new(x.extractor, &x.stats, &err);
	if (code == OK)
		code = corpus_each(o, 0, add_stats, &x, &problems, &err);
	if (code == OK)
		code = print_stats(&x, &err);
	return close_run(&x, code, problems, &err);
}

/* Text of a page on its way to a terminal: nothing of it drives it. */
static void
print_span(const char *before, struct span s, const char *behind)
{
	struct buffer b;

	buffer_init(&b, RECORD_LINE_MAX);
	escape_line(s, &b);
	printf("%s%.*s%s", before, (int)b.len, b.ptr != NULL ? b.ptr : "",
		behind);
	buffer_release(&b);
}

static void
print_claim(const struct claim *c)
{
	printf("    %s%s%s, %s, confidence %.2f\n", claim_kind_name(c->kind),
		c->kind == CLAIM_MEMBERSHIP ? " " : "",
		c->kind == CLAIM_MEMBERSHIP ? status_name(c->status) : "",
		polarity_name(c->polarity), c->confidence);
}

static void
print_near(const struct rule_reading *r)
{
	print_span("    wanted ", r->wanted, "\n");
	if (r->means != NULL)
		printf("      that is %s\n", r->means);
	if (r->matched.len > 0)
		print_span("    behind \"", r->matched, "\"\n");
	if (r->stands.len > 0)
		print_span(r->only ? "    in its place stands \""
				   : "    there stands \"",
			r->stands, "\"\n");
	else
		puts(r->only ? "    nothing stands in its place"
			     : "    where the sentence ends");
	if (r->only)
		puts("    all its other parts match");
	if (r->marked != NULL)
		print_span("    it is read as ", span_str(r->marked), "\n");
}

static void
print_reading(const struct rule_reading *r)
{
	static const char *const verdicts[] = {
		[READING_CLAIM] = "makes a claim",
		[READING_GIVEN] = "reads a claim, which stands as made by",
		[READING_REFUSED] = "matches, but makes no claim:",
		[READING_NEAR] = "does not match",
		[READING_NONE] = "is not asked:",
	};

	if (r->sentence.ptr != NULL)
		print_span("", r->sentence, "\n");
	printf("  %s %s", r->rule, verdicts[r->what]);
	if (r->why != NULL)
		printf(" %s", r->why);
	if (r->skeleton)
		fputs(" (without what is put in between)", stdout);
	putchar('\n');
	if (r->what == READING_CLAIM)
		print_claim(r->claim);
	else if (r->what == READING_NEAR)
		print_near(r);
	else if (r->what == READING_REFUSED)
		print_span("    matched \"", r->matched, "\"\n");
	if (r->pattern != NULL)
		printf("    match %s\n", r->pattern);
	if (r->file != NULL)
		printf("    at %s:%d\n", r->file, r->line);
}

static enum error_code
json_reading(
	struct rules_run *x, const struct rule_reading *r, struct error *err)
{
	struct buffer *b = &x->out;

	put_json_span(b, "sentence", r->sentence);
	put_json(
		b, "zone", r->sentence.ptr != NULL ? zone_name(r->zone) : NULL);
	put_json(b, "rule", r->rule);
	put_json(b, "verdict", rule_reading_name(r->what));
	put_json(b, "file", r->file);
	buffer_printf(b, ",\"line\":%d", r->line);
	put_json(b, "pattern", r->pattern);
	put_json(b, "why", r->why);
	put_json_span(b, "matched", r->matched);
	put_json_span(b, "wanted", r->wanted);
	put_json(b, "means", r->means);
	put_json(b, "marked", r->marked);
	put_json_span(b, "stands", r->stands);
	buffer_printf(b, ",\"one_part\":%s,\"skeleton\":%s",
		r->only ? "true" : "false", r->skeleton ? "true" : "false");
	put_json(b, "kind",
		r->claim != NULL ? claim_kind_name(r->claim->kind) : NULL);
	put_json(b, "status",
		r->claim != NULL && r->claim->kind == CLAIM_MEMBERSHIP
			? status_name(r->claim->status)
			: NULL);
	put_json(b, "polarity",
		r->claim != NULL ? polarity_name(r->claim->polarity) : NULL);
	return end_json(b, err);
}

struct explaining {
	struct rules_run run;
	const char *rule; /* NULL: all */
	int64_t shown;
};

static enum error_code
show(const struct rule_reading *r, void *ctx, struct error *err)
{
	struct explaining *x = ctx;

	if (!x->run.o->json && x->shown > 0)
		putchar('\n');
	x->shown++;
	if (x->run.o->json)
		return json_reading(&x->run, r, err);
	print_reading(r);
	return OK;
}

static enum error_code
explain(const struct document *doc, struct arena *a, void *ctx,
	struct error *err)
{
	struct explaining *x = ctx;

	return extractor_explain(
		x->run.extractor, doc, x->rule, a, show, x, err);
}

int
cmd_rules_explain(const struct options *o)
{
	char dash[] = "-", *fallback[] = { o->args[0], dash };
	struct options with_input = *o;
	struct error err = { 0 };
	struct explaining x = { .shown = 0 };
	struct rule_info info;
	int64_t problems = 0;
	size_t at;
	enum error_code code;

	if (o->nargs == 1) {
		with_input.args = fallback;
		with_input.nargs = 2;
	}
	code = open_run(&x.run, &with_input, &err);
	if (strcmp(o->args[0], "all") != 0)
		x.rule = o->args[0];
	if (code == OK && x.rule != NULL &&
		!find_rule(x.run.rules, x.rule, &info, &at))
		code = error_set(&err, ERR_NOT_FOUND, "no rule \"%s\"", x.rule);
	if (code == OK)
		code = corpus_each(
			&with_input, 1, explain, &x, &problems, &err);
	if (code == OK && x.shown == 0 && !o->json && problems == 0)
		puts("no sentence comes near it");
	return close_run(&x.run, code, problems, &err);
}
