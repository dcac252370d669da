#include "worker.h"

#include "converter.h"

#include <signal.h>
#include <stdlib.h>

#define COMMAND_MAX 256 /* bytes of a line that names a capture */

struct worker_run {
	struct converter *converter;
	struct stages stages;
	struct arena *arena;
	struct buffer out; /* a length, and so many bytes of frames */
};

static enum error_code
collect(const struct record *r, void *ctx, struct error *err)
{
	struct worker_run *w = ctx;

	return wire_put(r, w->arena, &w->out, err);
}

/* No record yet, but room for their length. */
static enum error_code
begin(struct worker_run *w, struct error *err)
{
	static const char room[WIRE_LENGTH];

	buffer_reset(&w->out);
	return buffer_add(&w->out, room, sizeof room) == OK
		       ? OK
		       : buffer_error(&w->out, err, "a capture's records");
}

/* "FILE OFFSET" */
static bool
read_command(struct span line, char file[ARCHIVE_NAME_MAX], long long *offset)
{
	struct span rest = line, name;

	if (!span_split(&rest, ' ', &name) || name.len >= ARCHIVE_NAME_MAX ||
		!span_int(rest, 0, INT64_MAX, offset))
		return false;
	memcpy(file, name.ptr, name.len);
	file[name.len] = '\0';
	return true;
}

static enum error_code
bad_capture(struct worker_run *w, const char *file, long long offset,
	struct error *err)
{
	struct error why = *err;
	char *ref = arena_printf(w->arena, "%s:%lld", file, offset);

	error_clear(err);
	return emit_problem("archive", ref, NULL, PROBLEM_ARCHIVE_RECORD,
		why.msg, collect, w, err);
}

static enum error_code
process(struct worker_run *w, const char *file, long long offset,
	struct error *err)
{
	struct record page = { .kind = RECORD_PAGE };
	struct span body;
	enum error_code code = archive_read(w->stages.archive, file, offset,
		w->arena, &page.page, &body, err);

	if (code == ERR_NOMEM)
		return code;
	if (code != OK)
		return bad_capture(w, file, offset, err);
	code = collect(&page, w, err);
	if (code == OK)
		code = stage_page(&w->stages, &page.page, body, w->arena,
			collect, w, err);
	if (code != ERR_LIMIT)
		return code;
	/* A record over its cap: of this page only that is told. */
	error_clear(err);
	code = begin(w, err);
	if (code == OK)
		code = collect(&page, w, err);
	if (code != OK)
		return code;
	return emit_problem("extract", page.page.id, page.page.url,
		PROBLEM_RECORD_TOO_LONG,
		"the document's records are longer than a record may be",
		collect, w, err);
}

/* Everything is opened here; the sandbox closes behind it. */
static enum error_code
prepare(struct worker_run *w, const struct pool_options *opt, struct error *err)
{
	enum error_code code =
		archive_open(opt->archive_dir, &w->stages.archive, err);

	if (code != OK)
		return code;
	w->arena = arena_new(CLI_ARENA_MAX);
	if (w->arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a worker");
	code = extractor_new(opt->rules, &w->stages.extractor, err);
	if (code == OK)
		code = converter_open(NULL, &w->converter, err);
	if (code != OK)
		return code;
	parser_set_pdf(w->stages.parser, converter_reader(w->converter));
	sandbox_worker(opt->archive_dir);
	return OK;
}

static enum error_code
serve(struct worker_run *w, struct lines *commands, int out, struct error *err)
{
	for (;;) {
		char file[ARCHIVE_NAME_MAX];
		long long offset;
		struct span line;
		enum error_code code = lines_next(commands, &line, err);

		if (code != OK || line.ptr == NULL)
			return code;
		if (!read_command(line, file, &offset))
			return error_set(err, ERR_FORMAT,
				"a worker was given no capture");
		arena_reset(w->arena);
		code = begin(w, err);
		if (code == OK)
			code = process(w, file, offset, err);
		if (code != OK)
			return code;
		wire_length_put(w->out.ptr, w->out.len - WIRE_LENGTH);
		code = write_all(out, w->out.ptr, w->out.len, err);
		if (code != OK)
			return code;
	}
}

int
worker_main(
	const struct pool_options *opt, struct parser *parser, int in, int out)
{
	struct worker_run w = { .stages = { .parser = parser } };
	struct error err = { 0 };
	struct lines commands;
	enum error_code code;

	log_set_name("dateline worker");
	/* The terminal's ^C is for the parent, which ends us in order. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_DFL);
	lines_init(&commands, in, COMMAND_MAX);
	buffer_init(&w.out, POOL_RESULT_MAX);
	code = prepare(&w, opt, &err);
	if (code == OK)
		code = serve(&w, &commands, out, &err);
	if (code != OK)
		log_write(LOG_ERROR, "%s", err.msg);
	extractor_free(w.stages.extractor);
	archive_close(w.stages.archive);
	converter_close(w.converter);
	arena_free(w.arena);
	buffer_release(&w.out);
	lines_release(&commands);
	return error_exit_status(code);
}
