#include "corpus.h"

#include "converter.h"
#include "inputs.h"
#include "seen.h"

struct corpus {
	const struct options *o;
	struct stages stages;
	struct sources sources;
	struct parse_words *words;
	struct converter *converter;
	struct arena *arena; /* of a capture */
	struct seen seen;    /* documents */
	document_use *use;
	void *ctx;
	const char *path; /* of the file that is read, or NULL */
	int64_t problems;
};

static enum error_code
use_record(const struct record *r, void *ctx, struct error *err)
{
	struct corpus *c = ctx;
	const struct document *doc = &r->document;
	uint32_t value = 0;
	bool is_new = true;
	enum error_code code;

	if (r->kind == RECORD_PROBLEM && c->path != NULL) {
		log_write(LOG_WARN, "%s: %s", c->path, r->problem.message);
		c->problems++;
	}
	if (r->kind != RECORD_DOCUMENT)
		return OK;
	if (c->o->language != NULL &&
		(doc->language == NULL ||
			strcmp(doc->language, c->o->language) != 0))
		return OK;
	code = seen_put(&c->seen, seen_hash(SEEN_START, span_str(doc->id)),
		&value, &is_new);
	if (code != OK)
		return error_set(err, code, "too many documents");
	return is_new ? c->use(doc, c->arena, c->ctx, err) : OK;
}

static enum error_code
use_input(const struct input *in, void *ctx, struct error *err)
{
	struct corpus *c = ctx;

	arena_reset(c->arena);
	c->path = in->name;
	return stage_page(
		&c->stages, in->page, in->body, in->arena, use_record, c, err);
}

static enum error_code
use_capture(struct corpus *c, const struct archive_entry *e, struct error *err)
{
	struct page page;
	struct span body;
	enum error_code code;

	arena_reset(c->arena);
	code = archive_read(c->stages.archive, e->file, e->offset, c->arena,
		&page, &body, err);
	if (code == ERR_FORMAT || code == ERR_LIMIT) {
		log_write(LOG_WARN, "%s", err->msg);
		error_clear(err);
		c->problems++;
		return OK;
	}
	if (code != OK || (c->o->source != NULL &&
				  strcmp(page.source, c->o->source) != 0))
		return code;
	return stage_page(
		&c->stages, &page, body, c->arena, use_record, c, err);
}

static enum error_code
use_archive(struct corpus *c, const char *dir, struct error *err)
{
	struct archive_position at = { "", 0 };
	enum error_code code = archive_open(dir, &c->stages.archive, err);

	while (code == OK) {
		struct archive_entry entry;
		bool found = false;

		code = archive_next(
			c->stages.archive, &at, &entry, &found, err);
		if (code != OK || !found)
			break;
		code = use_capture(c, &entry, err);
	}
	archive_close(c->stages.archive);
	return code;
}

enum error_code
corpus_each(const struct options *o, int first, document_use *use, void *ctx,
	int64_t *problems, struct error *err)
{
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct corpus c = { .o = o,
		.arena = arena_new(CLI_ARENA_MAX),
		.use = use,
		.ctx = ctx };
	enum error_code code = a == NULL || c.arena == NULL
				       ? error_set(err, ERR_NOMEM, "no memory")
				       : sources_open(o, a, &c.sources, err);

	if (code == OK)
		code = parse_words_open(path_config(o, a), &c.words, err);
	if (code == OK &&
		(c.stages.parser = parser_new(c.words, &c.sources)) == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	if (code == OK)
		code = converter_open(NULL, &c.converter, err);
	if (code == OK)
		parser_set_pdf(c.stages.parser, converter_reader(c.converter));
	if (code == OK)
		code = o->nargs > first
			       ? inputs_each(o, first, &c.sources, use_input,
					 &c, &c.problems, err)
			       : use_archive(&c, path_archive(o, a), err);
	*problems = c.problems;
	parser_free(c.stages.parser);
	converter_close(c.converter);
	parse_words_free(c.words);
	seen_release(&c.seen);
	arena_free(c.arena);
	arena_free(a);
	return code;
}
