#include "cli.h"

enum error_code
emit_problem(const char *stage, const char *ref, const char *url,
	enum problem_code code, const char *message, record_sink *emit,
	void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_PROBLEM };

	r.problem = (struct problem){
		.stage = stage,
		.ref = ref,
		.url = url,
		.code = code,
		.message = message,
		.retry = problem_may_retry(code),
		.at = clock_now(),
	};
	return emit(&r, ctx, err);
}

enum error_code
stage_document(struct stages *st, const struct document *doc, struct arena *a,
	record_sink *emit, void *ctx, struct error *err)
{
	struct record r = { .kind = RECORD_EXTRACTION };
	enum error_code code =
		extractor_document(st->extractor, doc, a, &r.extraction, err);

	return code == OK ? emit(&r, ctx, err) : code;
}

/*
 * A page that needs more memory than the arena may hold is a problem of that
 * page; a machine without memory is one of the run.
 */
static enum error_code
out_of_memory(const struct page *page, struct arena *a, record_sink *emit,
	void *ctx, struct error *err)
{
	if (!arena_over_cap(a))
		return err->code;
	error_clear(err);
	return emit_problem("parse", page->id, page->url, PROBLEM_MEMORY,
		"the page needs more memory than one page may take", emit, ctx,
		err);
}

enum error_code
stage_page(struct stages *st, const struct page *page, struct span body,
	struct arena *a, record_sink *emit, void *ctx, struct error *err)
{
	struct record doc = { .kind = RECORD_DOCUMENT };
	struct record problem = { .kind = RECORD_PROBLEM };
	bool has_document = false;
	enum error_code code = parser_page(st->parser, page, body, a,
		&has_document, &doc.document, &problem.problem, err);

	if (code != OK)
		return out_of_memory(page, a, emit, ctx, err);
	if (!has_document)
		return emit(&problem, ctx, err);
	code = emit(&doc, ctx, err);
	if (code != OK || st->extractor == NULL)
		return code;
	code = stage_document(st, &doc.document, a, emit, ctx, err);
	if (code == ERR_NOMEM || code == ERR_LIMIT)
		return out_of_memory(page, a, emit, ctx, err);
	return code;
}
