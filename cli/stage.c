#include "cli.h"

#define LINK_ARENA_MAX ((size_t)1 << 20) /* of one link's URL */

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

/*
 * The links of a listing, each in the form it is asked in, which is the same
 * whoever has sent the reader there.  What is no URL at
 * all, or not one that is asked for, is left out.
 */
static enum error_code
emit_links(const struct link_list *links, record_sink *emit, void *ctx,
	struct error *err)
{
	struct arena *a = arena_new(LINK_ARENA_MAX);
	enum error_code code = OK;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory for links");
	for (size_t i = 0; code == OK && i < links->n; i++) {
		struct record r = { .kind = RECORD_LINK,
			.link = links->list[i] };
		struct fetch_url u;

		arena_reset(a);
		code = fetch_url_read(r.link.url, NULL, a, &u, err);
		if (code == OK) {
			r.link.url = u.bare;
			code = emit(&r, ctx, err);
		} else if (code == ERR_FORMAT || code == ERR_LIMIT) {
			error_clear(err);
			code = OK;
		}
	}
	arena_free(a);
	return code;
}

/* A listing that says how long it stays as it is moves its own schedule; by
 * when it was fetched, so that a replay moves nothing. */
static enum error_code
emit_ttl(const struct page *page, int64_t ttl, record_sink *emit, void *ctx,
	struct error *err)
{
	const struct record r = { .kind = RECORD_TASK,
		.task = { .url = page->url,
			.source = page->source,
			.reason = "fresh",
			.not_before = page->fetched_at + ttl } };

	return ttl > 0 ? emit(&r, ctx, err) : OK;
}

/* A document to be emitted, and what is said in it. */
static enum error_code
emit_document(struct stages *st, const struct document *doc, struct arena *a,
	record_sink *emit, void *ctx, struct error *err)
{
	const struct record r = { .kind = RECORD_DOCUMENT, .document = *doc };
	enum error_code code = emit(&r, ctx, err);

	return code != OK || st->extractor == NULL
		       ? code
		       : stage_document(st, doc, a, emit, ctx, err);
}

/* The entries of a feed that have the whole text of their page. */
static enum error_code
emit_items(struct stages *st, const struct page *page, const struct feed *feed,
	record_sink *emit, void *ctx, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	enum error_code code =
		a == NULL ? error_set(err, ERR_NOMEM, "no memory") : OK;

	for (size_t i = 0; code == OK && i < feed->nentries; i++) {
		struct document doc;
		bool has = false;

		arena_reset(a);
		code = parser_item(
			st->parser, page, feed, i, a, &has, &doc, err);
		if (code == OK && has)
			code = emit_document(st, &doc, a, emit, ctx, err);
		if (a != NULL && (code == ERR_NOMEM || code == ERR_LIMIT))
			code = out_of_memory(page, a, emit, ctx, err);
	}
	arena_free(a);
	return code;
}

/* A feed or its like gives links, and documents where it has whole texts. */
static enum error_code
stage_listing(struct stages *st, const struct page *page, struct span body,
	struct arena *a, bool *is_listing, record_sink *emit, void *ctx,
	struct error *err)
{
	struct record problem = { .kind = RECORD_PROBLEM };
	struct link_list links;
	bool has_problem = false;
	enum error_code code = parser_links(st->parser, page, body, a,
		is_listing, &links, &has_problem, &problem.problem, err);

	if (code != OK)
		return out_of_memory(page, a, emit, ctx, err);
	if (has_problem)
		return emit(&problem, ctx, err);
	code = emit_ttl(page, links.ttl, emit, ctx, err);
	if (code == OK)
		code = emit_links(&links, emit, ctx, err);
	return code == OK && links.feed != NULL
		       ? emit_items(st, page, links.feed, emit, ctx, err)
		       : code;
}

enum error_code
stage_page(struct stages *st, const struct page *page, struct span body,
	struct arena *a, record_sink *emit, void *ctx, struct error *err)
{
	struct record problem = { .kind = RECORD_PROBLEM };
	struct document doc;
	bool has_document = false, is_listing = false;
	enum error_code code =
		stage_listing(st, page, body, a, &is_listing, emit, ctx, err);

	if (code != OK || is_listing)
		return code;
	code = parser_page(st->parser, page, body, a, &has_document, &doc,
		&problem.problem, err);
	if (code != OK)
		return out_of_memory(page, a, emit, ctx, err);
	if (!has_document)
		return emit(&problem, ctx, err);
	code = emit_document(st, &doc, a, emit, ctx, err);
	if (code == ERR_NOMEM || code == ERR_LIMIT)
		return out_of_memory(page, a, emit, ctx, err);
	return code;
}
