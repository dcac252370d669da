/* Archives that others made: their captures become ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fetcher.h"
#include "message.h"

static const char *const endings[] = { ".warc", ".warc.gz", ".arc", ".arc.gz" };

bool
import_is_archive(const char *path)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (span_ends_with(span_str(path), endings[i]))
			return true;
	return false;
}

/* What one import needs besides the fetcher. */
struct import {
	struct fetcher *f;
	const struct task *task;
	const char *name; /* of the file, for messages */
	struct decoder *decoder;
	struct buffer body;
	struct error *err;
};

static enum error_code
tell(struct import *m, const struct foreign_record *r, enum problem_code code,
	const char *message)
{
	const struct problem p = {
		.stage = "fetch",
		.ref = arena_printf(
			m->f->arena, "%s:%lld", m->name, (long long)r->offset),
		.url = r->uri != NULL ? r->uri : m->task->url,
		.code = code,
		.message = message,
		.at = clock_now(),
	};

	return m->f->sink.problem(&p, m->f->sink.ctx, m->err);
}

/* Pages are what is read here, not pictures and style sheets. */
static bool
is_page(const char *media_type)
{
	return media_type == NULL ||
	       span_starts_with(span_str(media_type), "text/") ||
	       span_ends_with(span_str(media_type), "html") ||
	       span_ends_with(span_str(media_type), "xml") ||
	       span_ends_with(span_str(media_type), "/pdf") ||
	       span_ends_with(span_str(media_type), "json");
}

/* What the record says of its page; false: it is none. */
static bool
describe(struct import *m, const struct foreign_record *r, struct message *http,
	struct capture *c)
{
	struct arena *a = m->f->arena;
	struct span type = span_str(r->content_type);

	*c = (struct capture){
		.url = r->uri,
		.final_url = r->uri,
		.source = m->task->source,
		.fetched_at = r->time > 0 ? r->time : clock_now(),
		.once = true,
		.via = m->task->url,
	};
	if (r->uri == NULL)
		return false;
	if (strcmp(r->type, "response") == 0 && message_read(r->block, http) &&
		http->status > 0) {
		c->status = http->status;
		c->headers = http->head;
		type = message_field(http->head, "Content-Type");
	} else if (strcmp(r->type, "resource") != 0) {
		return false;
	}
	message_media_type(type, a, &c->media_type, &c->charset);
	return (c->status == 0 || (c->status >= 200 && c->status <= 299)) &&
	       is_page(c->media_type);
}

/* Captured when it is asked for; what has no time is taken. */
static bool
is_in_time(const struct import *m, int64_t at)
{
	const struct fetch_options *o = &m->f->opt;
	const struct source *s = sources_find(o->sources, m->task->source);
	int64_t since = o->since != 0 ? o->since
			: s != NULL   ? s->since
				      : INT64_MIN;

	return at <= 0 || (at >= since && (o->until == 0 || at < o->until));
}

static enum error_code
take(struct import *m, const struct foreign_record *r)
{
	struct message http;
	struct capture c;
	struct page page;
	enum error_code code = OK;

	if (!is_in_time(m, r->time) || !describe(m, r, &http, &c))
		return OK;
	buffer_reset(&m->body);
	if (c.status == 0)
		code = buffer_add_span(&m->body, r->block);
	else
		code = message_body(&http, m->decoder, &m->body);
	if (code == ERR_LIMIT)
		return tell(m, r, PROBLEM_BODY_TOO_LARGE,
			problem_text(PROBLEM_BODY_TOO_LARGE));
	if (code == ERR_FORMAT)
		return tell(m, r, PROBLEM_CONTENT_ENCODING,
			problem_text(PROBLEM_CONTENT_ENCODING));
	if (code != OK)
		return error_set(m->err, code, "no memory");
	c.body = buffer_span(&m->body);
	code = archive_append(m->f->archive, &c, m->f->arena, &page, m->err);
	return code == OK ? m->f->sink.page(&page, m->f->sink.ctx, m->err)
			  : code;
}

static enum error_code
take_all(struct import *m, struct foreign *in)
{
	enum error_code code = OK;
	bool found = true;

	while (code == OK && found && !fetcher_stopped(m->f)) {
		struct foreign_record r;

		arena_reset(m->f->arena);
		code = foreign_next(in, &r, &found, m->err);
		if (code != OK || !found)
			break;
		m->f->import_at = r.offset;
		if (r.code != OK)
			code = tell(m, &r, PROBLEM_ARCHIVE_RECORD, r.message);
		if (code == OK && r.block.len > 0)
			code = take(m, &r);
	}
	return code;
}

enum error_code
import_archive(struct fetcher *f, const struct task *t, const char *path,
	struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct import m = {
		.f = f,
		.task = t,
		.name = strdup(slash != NULL ? slash + 1 : path),
		.decoder = decoder_new(),
		.err = err,
	};
	struct foreign *in = NULL;
	struct error why = { 0 };
	enum error_code code = ERR_NOMEM;

	buffer_init(&m.body,
		fetcher_body_max(f, sources_find(f->opt.sources, t->source)));
	if (m.name == NULL || m.decoder == NULL) {
		(void)error_set(err, ERR_NOMEM, "no memory");
	} else {
		struct stat st;

		code = foreign_open(path, &in, &why);
		f->import_at = 0;
		f->import_size = stat(path, &st) == 0 ? st.st_size : 0;
		if (code == OK)
			code = take_all(&m, in);
		else if (code == ERR_NOT_FOUND)
			code = outcome_problem(f, t, PROBLEM_FILE_MISSING,
				false, why.msg, err);
		else
			code = outcome_problem(f, t, PROBLEM_FILE_UNREADABLE,
				true, why.msg, err);
	}
	f->import_size = 0;
	foreign_close(in);
	decoder_free(m.decoder);
	buffer_release(&m.body);
	free((char *)(uintptr_t)m.name);
	return code;
}

enum error_code
fetch_payload(struct span block, const char *content_type, size_t max,
	int *status, const char **media_type, struct arena *a,
	struct span *body, struct error *err)
{
	struct decoder *d = decoder_new();
	struct message m;
	const char *charset;
	struct buffer out;
	enum error_code code = ERR_NOMEM;

	*media_type = NULL;
	buffer_init(&out, max);
	if (message_read(block, &m))
		message_media_type(message_field(m.head, "Content-Type"), a,
			media_type, &charset);
	else if (m.head.len > 0 ||
		 !span_istarts_with(span_str(content_type), MESSAGE_TYPE))
		m = (struct message){ .body = block };
	*status = m.status;
	if (d != NULL)
		code = message_body(&m, d, &out);
	*body = arena_span(a, buffer_span(&out));
	decoder_free(d);
	buffer_release(&out);
	return code == OK ? OK
			  : error_set(err, code, "the body cannot be decoded");
}
