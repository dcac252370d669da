#include "sorter.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scratch.h"

#define CHUNK ((size_t)8 << 10) /* of a run that is merged, at a time */

void
sorter_init(struct sorter *s, int dir)
{
	*s = (struct sorter){ .dir = dir, .fd = -1 };
	buffer_init(&s->text, SORTER_BYTES + SORTER_LINE_MAX + 1);
}

void
sorter_reset(struct sorter *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	s->nruns = 0;
	s->n = 0;
	s->code = OK;
	buffer_reset(&s->text);
}

void
sorter_release(struct sorter *s)
{
	sorter_reset(s);
	free(s->runs);
	s->runs = NULL;
	buffer_release(&s->text);
}

static int
by_text(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int c = memcmp(x->ptr, y->ptr, len);

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

static void
add_line(struct buffer *out, struct span line)
{
	buffer_add_span(out, line);
	buffer_add_char(out, '\n');
}

static enum error_code
add_run(struct sorter *s, const struct sorter_run *run, struct error *err)
{
	if (s->nruns == SORTER_RUNS_MAX)
		return error_set(err, ERR_LIMIT, "over %d runs of lines",
			SORTER_RUNS_MAX);
	if (s->nruns == s->room) {
		size_t room = s->room == 0 ? SORTER_FAN : 2 * s->room;
		struct sorter_run *runs = realloc(s->runs, room * sizeof *runs);

		if (runs == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
		s->runs = runs;
		s->room = room;
	}
	s->runs[s->nruns++] = *run;
	return OK;
}

/* The lines of text, in order, in out. */
static enum error_code
sort_text(const struct buffer *text, struct buffer *out, struct error *err)
{
	struct span rest = buffer_span(text), *lines;
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->ptr[i] == '\n';
	lines = calloc(n + 1, sizeof *lines);
	if (lines == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	for (size_t i = 0; i < n; i++)
		(void)span_split(&rest, '\n', &lines[i]); /* n were counted */
	qsort(lines, n, sizeof *lines, by_text);
	for (size_t i = 0; i < n; i++)
		add_line(out, lines[i]);
	free(lines);
	return buffer_error(out, err, "lines");
}

/* What is in memory becomes a run. */
static enum error_code
spill(struct sorter *s, struct error *err)
{
	struct sorter_run run;
	struct buffer sorted;
	enum error_code code;

	if (s->fd < 0)
		s->fd = scratch_open(s->dir, err);
	if (s->fd < 0)
		return err != NULL ? err->code : ERR_IO;
	run.fd = s->fd;
	run.at = s->nruns > 0 ? s->runs[s->nruns - 1].end : 0;
	run.end = run.at + (int64_t)s->text.len;
	buffer_init(&sorted, s->text.cap);
	code = sort_text(&s->text, &sorted, err);
	if (code == OK)
		code = scratch_write(
			s->fd, sorted.ptr, sorted.len, run.at, err);
	if (code == OK)
		code = add_run(s, &run, err);
	buffer_release(&sorted);
	buffer_reset(&s->text);
	return code;
}

enum error_code
sorter_add(struct sorter *s, struct span line, struct error *err)
{
	if (s->code != OK)
		return error_set(err, s->code, "a line before was not kept");
	if (line.len > SORTER_LINE_MAX) {
		s->code = error_set(err, ERR_LIMIT, "a line over %zu bytes",
			SORTER_LINE_MAX);
		return s->code;
	}
	add_line(&s->text, line);
	s->n++;
	s->code = buffer_error(&s->text, err, "lines");
	if (s->code == OK && s->text.len >= SORTER_BYTES)
		s->code = spill(s, err);
	return s->code;
}

/* ---- merging ---- */

/* A run that is read: its next line, ptr NULL at the end. */
struct input {
	struct sorter_run run;
	struct buffer chunk;
	size_t used;
	struct span line;
};

/* Go to the next line. */
static enum error_code
advance(struct input *in, struct error *err)
{
	enum error_code code = OK;

	for (;;) {
		struct span rest = span_sub(
			buffer_span(&in->chunk), in->used, in->chunk.len);
		size_t want = CHUNK, end = span_find(rest, 0, span_str("\n"));
		char *to;

		if (end != SIZE_MAX) {
			in->line = span_sub(rest, 0, end);
			in->used += end + 1;
			return OK;
		}
		in->line = span_of(NULL, 0);
		if (in->run.at == in->run.end)
			return rest.len == 0
				       ? OK
				       : error_set(err, ERR_FORMAT,
						 "a run ends inside a line");
		if ((int64_t)want > in->run.end - in->run.at)
			want = (size_t)(in->run.end - in->run.at);
		buffer_consume(&in->chunk, in->used);
		in->used = 0;
		to = buffer_reserve(&in->chunk, want);
		if (to == NULL)
			return buffer_error(&in->chunk, err, "a line");
		code = scratch_read(in->run.fd, to, want, in->run.at, err);
		if (code != OK)
			return code;
		in->chunk.len += want;
		in->run.at += (int64_t)want;
	}
}

/* Where merged lines go: appended to fd, or from at on. */
struct output {
	int fd;
	int64_t at; /* < 0: append */
	struct buffer text;
	int64_t n;
};

static enum error_code
flush(struct output *out, size_t over, struct error *err)
{
	enum error_code code = buffer_error(&out->text, err, "lines");

	if (code != OK || out->text.len <= over)
		return code;
	if (out->at < 0) {
		code = write_all(out->fd, out->text.ptr, out->text.len, err);
	} else {
		code = scratch_write(
			out->fd, out->text.ptr, out->text.len, out->at, err);
		out->at += (int64_t)out->text.len;
	}
	buffer_reset(&out->text);
	return code;
}

static enum error_code
merge(const struct sorter_run *runs, size_t n, struct output *out,
	struct error *err)
{
	struct input in[SORTER_FAN + 1];
	enum error_code code = OK;

	for (size_t i = 0; i < n; i++) {
		in[i] = (struct input){ .run = runs[i] };
		buffer_init(&in[i].chunk, SORTER_LINE_MAX + 2 * CHUNK);
	}
	for (size_t i = 0; code == OK && i < n; i++)
		code = advance(&in[i], err);
	while (code == OK) {
		struct input *least = NULL;

		for (size_t i = 0; i < n; i++)
			if (in[i].line.ptr != NULL &&
				(least == NULL ||
					by_text(&in[i].line, &least->line) < 0))
				least = &in[i];
		if (least == NULL)
			break;
		add_line(&out->text, least->line);
		out->n++;
		code = flush(out, CHUNK, err);
		if (code == OK)
			code = advance(least, err);
	}
	for (size_t i = 0; i < n; i++)
		buffer_release(&in[i].chunk);
	return code == OK ? flush(out, 0, err) : code;
}

/* Every SORTER_FAN runs become one, in a file of their own. */
static enum error_code
merge_once(struct sorter *s, struct error *err)
{
	struct output out = { .fd = scratch_open(s->dir, err) };
	size_t n = 0;
	enum error_code code = out.fd >= 0   ? OK
			       : err != NULL ? err->code
					     : ERR_IO;

	buffer_init(&out.text, SORTER_LINE_MAX + 2 * CHUNK);
	for (size_t i = 0; code == OK && i < s->nruns; i += SORTER_FAN) {
		size_t most = s->nruns - i;
		struct sorter_run run = { .fd = out.fd, .at = out.at };

		code = merge(&s->runs[i], most < SORTER_FAN ? most : SORTER_FAN,
			&out, err);
		run.end = out.at;
		s->runs[n++] = run;
	}
	buffer_release(&out.text);
	if (out.fd >= 0) {
		close(s->fd);
		s->fd = out.fd;
		s->nruns = n;
	}
	return code;
}

enum error_code
sorter_write(struct sorter *s, const struct sorter_run *more, int out,
	int64_t *n, struct error *err)
{
	struct output to = { .fd = out, .at = -1 };
	struct sorter_run runs[SORTER_FAN + 1];
	size_t nruns = 0;
	enum error_code code = s->code;

	if (code != OK)
		(void)error_set(err, code, "a line was not kept");
	else if (s->text.len > 0)
		code = spill(s, err);
	while (code == OK && s->nruns > SORTER_FAN)
		code = merge_once(s, err);
	if (code == OK) {
		for (; nruns < s->nruns; nruns++)
			runs[nruns] = s->runs[nruns];
		if (more != NULL)
			runs[nruns++] = *more;
		buffer_init(&to.text, SORTER_LINE_MAX + 2 * CHUNK);
		code = merge(runs, nruns, &to, err);
		buffer_release(&to.text);
	}
	*n = to.n;
	sorter_reset(s);
	return code;
}
