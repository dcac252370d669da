#include "corpus.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "seen.h"

#define FILE_MAX  ((size_t)32 << 20) /* bytes of one file */
#define READ_SIZE ((size_t)64 << 10)

struct corpus {
	const struct options *o;
	struct stages stages;
	struct sources sources;
	struct parse_words *words;
	struct arena *arena; /* of a document */
	struct buffer body;
	struct seen seen; /* documents */
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
read_input(struct corpus *c, struct error *err)
{
	if (strcmp(c->path, "-") != 0)
		return read_file(c->path, FILE_MAX, &c->body, err);
	for (;;) {
		char *room = buffer_reserve(&c->body, READ_SIZE);
		ssize_t n =
			room != NULL ? read(STDIN_FILENO, room, READ_SIZE) : 0;

		if (room == NULL)
			return error_set(
				err, ERR_LIMIT, "standard input is too long");
		if (n < 0)
			return error_set(err, ERR_IO, "standard input");
		if (n == 0)
			return OK;
		c->body.len += (size_t)n;
	}
}

static enum error_code
use_file(struct corpus *c, struct error *err)
{
	struct page page = { .source = "command-line", .status = 200 };
	char hex[HASH_HEX], *real;
	enum error_code code = read_input(c, err);

	if (code != OK)
		return code;
	if (span_ends_with(span_str(c->path), ".eml"))
		page.media_type = "message/rfc822";
	hash_hex(buffer_span(&c->body), hex);
	real = realpath(c->path, NULL);
	page.id = page.body = arena_printf(c->arena, "sha256:%s", hex);
	page.url = page.final_url = arena_printf(
		c->arena, "file://%s", real != NULL ? real : c->path);
	free(real);
	if (page.id == NULL || page.url == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	return stage_page(&c->stages, &page, buffer_span(&c->body), c->arena,
		use_record, c, err);
}

static enum error_code
use_files(struct corpus *c, int first, struct error *err)
{
	enum error_code code = OK;

	for (int i = first; code == OK && i < c->o->nargs; i++) {
		arena_reset(c->arena);
		buffer_reset(&c->body);
		c->path = c->o->args[i];
		code = use_file(c, err);
		if (code != ERR_IO && code != ERR_NOT_FOUND)
			continue;
		/* One file that cannot be read hides no other. */
		log_write(LOG_WARN, "%s", err->msg);
		error_clear(err);
		c->problems++;
		code = OK;
	}
	return code;
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

	buffer_init(&c.body, FILE_MAX);
	if (code == OK)
		code = parse_words_open(path_config(o, a), &c.words, err);
	if (code == OK &&
		(c.stages.parser = parser_new(c.words, &c.sources)) == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	/* `audit gaps | head` ends as any filter does: nothing is written, but
	 * to standard output.  The parser's libraries have had their say. */
	(void)signal(SIGPIPE, SIG_DFL);
	if (code == OK)
		code = o->nargs > first
			       ? use_files(&c, first, err)
			       : use_archive(&c, path_archive(o, a), err);
	*problems = c.problems;
	parser_free(c.stages.parser);
	parse_words_free(c.words);
	buffer_release(&c.body);
	seen_release(&c.seen);
	arena_free(c.arena);
	arena_free(a);
	return code;
}
