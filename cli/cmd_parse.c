#include "converter.h"

struct parse_run {
	struct stages stages;
	const char *archive_dir;
	int64_t problems;
};

/* Opened at the first page: before fetch, in front of us in the pipe, has
 * written it, there may be no archive. */
static enum error_code
need_archive(struct parse_run *p, struct error *err)
{
	return p->stages.archive != NULL
		       ? OK
		       : archive_open(p->archive_dir, &p->stages.archive, err);
}

static enum error_code
report_and_count(const struct record *r, void *ctx, struct error *err)
{
	struct parse_run *p = ctx;

	p->problems += r->kind == RECORD_PROBLEM;
	return report_record(r, err);
}

/* The body that the page tells of; *problem: what is wrong if it is not there.
 */
static enum error_code
read_page(struct parse_run *p, const struct page *page, struct arena *a,
	struct span *body, enum problem_code *problem, struct error *err)
{
	struct page archived;
	enum error_code code;

	*problem = PROBLEM_ARCHIVE_RECORD;
	if (page->archive.file == NULL)
		return error_set(err, ERR_FORMAT,
			"the page does not say where its body is archived");
	code = archive_read(p->stages.archive, page->archive.file,
		page->archive.offset, a, &archived, body, err);
	if (code != OK || strcmp(archived.body, page->body) == 0)
		return code;
	*problem = PROBLEM_ARCHIVE_DIGEST;
	return error_set(err, ERR_FORMAT, "%s has %s there", p->archive_dir,
		archived.body);
}

/* The page record goes on as well: the store wants it. */
static enum error_code
parse_one(const struct record *in, struct span line, struct arena *a, void *ctx,
	struct error *err)
{
	struct parse_run *p = ctx;
	enum problem_code problem;
	struct error why;
	struct span body = { NULL, 0 };
	enum error_code code = report_record(in, err);

	(void)line;
	if (code == OK && in->page.archive.file != NULL)
		code = need_archive(p, err);
	if (code != OK)
		return code;
	code = read_page(p, &in->page, a, &body, &problem, err);
	if (code == ERR_NOMEM)
		return code;
	if (code != OK) {
		why = *err;
		error_clear(err);
		return emit_problem("parse", in->page.id, in->page.url, problem,
			why.msg, report_and_count, p, err);
	}
	return stage_page(
		&p->stages, &in->page, body, a, report_and_count, p, err);
}

/* One form of a text, and only where a text is printed. */
static enum error_code
check_forms(const struct options *o, struct error *err)
{
	int texts = o->text + o->markdown + o->explain;

	if (texts + o->json > 1)
		return error_set(err, ERR_USAGE,
			"one of --text, --markdown, --json and --explain");
	if (o->links && o->nargs > 0 && !o->json)
		return error_set(err, ERR_USAGE,
			"--links is for records: --json is wanted as well");
	if (texts > 0 && o->nargs == 0)
		return error_set(err, ERR_USAGE,
			"--%s is of files; - is standard input",
			o->text	      ? "text"
			: o->markdown ? "markdown"
				      : "explain");
	return OK;
}

int
cmd_parse(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct parse_run p = { 0 };
	struct sources sources;
	struct parse_words *words = NULL;
	struct converter *converter = NULL;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	if (check_forms(o, &err) != OK) {
		arena_free(a);
		return report_error(&err);
	}
	code = sources_open(o, a, &sources, &err);
	/* The filter's arena is another one: this path outlives each line. */
	p.archive_dir = path_archive(o, a);
	if (code == OK)
		code = parse_words_open(path_config(o, a), &words, &err);
	if (code == OK) {
		p.stages.parser = parser_new(words, &sources);
		if (p.stages.parser == NULL)
			code = error_set(&err, ERR_NOMEM, "no memory");
		else if (o->links)
			parser_want_links(p.stages.parser);
	}
	if (code == OK)
		code = converter_open(NULL, &converter, &err);
	if (code == OK)
		parser_set_pdf(p.stages.parser, converter_reader(converter));
	if (code == OK && o->nargs > 0)
		code = parse_files(
			o, &sources, p.stages.parser, &p.problems, &err);
	else if (code == OK)
		code = filter_run(1u << RECORD_PAGE, "parse", parse_one, &p,
			true, &p.problems, &err);
	parser_free(p.stages.parser);
	parse_words_free(words);
	archive_close(p.stages.archive);
	converter_close(converter);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return p.problems > 0 ? EXIT_PROBLEMS : 0;
}
