#include <unistd.h>

#include "corpus.h"

struct extract_run {
	struct stages stages;
	bool flat;
	const struct document *doc; /* of the extraction being written */
	struct arena *arena;
};

static enum error_code
write_flat(const struct extract_run *x, const struct extraction *e,
	struct error *err)
{
	enum error_code code = OK;
	struct buffer b;

	buffer_init(&b, RECORD_LINE_MAX);
	for (size_t i = 0; code == OK && i < e->nclaims; i++) {
		struct flat_claim f;

		buffer_reset(&b);
		code = flat_from_claim(
			x->doc, e, &e->claims[i], x->arena, &f, err);
		if (code == OK)
			code = flat_encode(&f, &b, err);
		if (code == OK)
			code = write_all(STDOUT_FILENO, b.ptr, b.len, err);
	}
	buffer_release(&b);
	return code;
}

static enum error_code
write_extraction(const struct record *r, void *ctx, struct error *err)
{
	const struct extract_run *x = ctx;

	return x->flat ? write_flat(x, &r->extraction, err)
		       : report_record(r, err);
}

/* The document goes on in front of its extraction: the store wants both. */
static enum error_code
extract_one(const struct record *in, struct span line, struct arena *a,
	void *ctx, struct error *err)
{
	struct extract_run *x = ctx;
	enum error_code code = OK;

	(void)line;
	x->doc = &in->document;
	x->arena = a;
	if (!x->flat)
		code = report_record(in, err);
	if (code == OK)
		code = stage_document(
			&x->stages, &in->document, a, write_extraction, x, err);
	return code;
}

/* A document of a file: nobody wants the text again. */
static enum error_code
extract_document(const struct document *doc, struct arena *a, void *ctx,
	struct error *err)
{
	struct extract_run *x = ctx;

	x->doc = doc;
	x->arena = a;
	return stage_document(&x->stages, doc, a, write_extraction, x, err);
}

int
cmd_extract(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct extract_run x = { .flat = o->flat || o->candidates };
	struct ruleset *rules = NULL;
	int64_t problems = 0;
	enum error_code code;

	if (a == NULL)
		return report_error(&err);
	code = ruleset_open(path_config(o, a), path_gazetteer(o, a),
		RULESET_AS_NEEDED, &rules, &err);
	if (code == OK)
		code = extractor_new(rules, &x.stages.extractor, &err);
	if (code == OK && o->candidates)
		extractor_show_candidates(x.stages.extractor);
	if (code == OK && o->nargs > 0)
		code = corpus_each(o, 0, extract_document, &x, &problems, &err);
	else if (code == OK)
		code = filter_run_with(
			&(struct filter){
				.takes = 1u << RECORD_DOCUMENT,
				.stage = "extract",
				.use = extract_one,
				.ctx = &x,
				.pass_on = !x.flat,
				.warns = x.flat,
			},
			&problems, &err);
	extractor_free(x.stages.extractor);
	ruleset_free(rules);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return problems > 0 ? EXIT_PROBLEMS : 0;
}
