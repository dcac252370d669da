#include "codec.h"

#include <string.h>

#include "codec_parts.h"

#define FORMAT_VERSION 1 /* "v" of every record */

static const struct json_key task_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("url", json_str, struct task, url),
	JSON_NEEDS("source", json_str, struct task, source),
	JSON_MAY("reason", json_str, struct task, reason),
	JSON_MAY("via", json_str, struct task, via),
	JSON_MAY("etag", json_str, struct task, etag),
	JSON_MAY("last_modified", json_str, struct task, last_modified),
	JSON_MAY("body", json_str, struct task, body),
	JSON_MAY("not_before", json_time, struct task, not_before),
};

static void
task_encode(const struct task *t, struct buffer *b)
{
	json_put_str(b, "url", t->url);
	json_put_str(b, "source", t->source);
	json_put_str(b, "reason", t->reason);
	json_put_str(b, "via", t->via);
	json_put_str(b, "etag", t->etag);
	json_put_str(b, "last_modified", t->last_modified);
	json_put_str(b, "body", t->body);
	if (t->not_before != 0)
		json_put_time(b, "not_before", t->not_before);
}

static enum error_code
read_file_name(struct json_in *in, void *into)
{
	const char **out = into;
	enum error_code code = json_str(in, into);

	if (code == OK && strchr(*out, '/') != NULL)
		return json_wanted(in, "a plain file name");
	return code;
}

static const struct json_key archive_keys[] = {
	JSON_NEEDS("file", read_file_name, struct archive_ref, file),
	JSON_NEEDS("offset", json_natural, struct archive_ref, offset),
	JSON_NEEDS("length", json_natural, struct archive_ref, length),
};

static enum error_code
read_archive(struct json_in *in, void *into)
{
	return json_object(in, "page.archive", archive_keys,
		sizeof archive_keys / sizeof *archive_keys, into);
}

static enum error_code
read_status(struct json_in *in, void *into)
{
	int *out = into;
	int64_t value = 0;
	enum error_code code = json_int_to(in, 0, 999, &value);

	*out = (int)value;
	return code;
}

static const struct json_key page_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("id", json_str, struct page, id),
	JSON_NEEDS("body", json_str, struct page, body),
	JSON_NEEDS("url", json_str, struct page, url),
	JSON_NEEDS("final_url", json_str, struct page, final_url),
	JSON_NEEDS("source", json_str, struct page, source),
	JSON_MAY("media_type", json_str, struct page, media_type),
	JSON_MAY("charset", json_str, struct page, charset),
	JSON_MAY("status", read_status, struct page, status),
	JSON_NEEDS("bytes", json_natural, struct page, bytes),
	JSON_MAY("etag", json_str, struct page, etag),
	JSON_MAY("last_modified", json_str, struct page, last_modified),
	JSON_NEEDS("fetched_at", json_time, struct page, fetched_at),
	JSON_MAY("archive", read_archive, struct page, archive),
};

static void
page_encode(const struct page *p, struct buffer *b)
{
	json_put_str(b, "id", p->id);
	json_put_str(b, "body", p->body);
	json_put_str(b, "url", p->url);
	json_put_str(b, "final_url", p->final_url);
	json_put_str(b, "source", p->source);
	json_put_str(b, "media_type", p->media_type);
	json_put_str(b, "charset", p->charset);
	json_put_int(b, "status", p->status);
	json_put_int(b, "bytes", p->bytes);
	json_put_str(b, "etag", p->etag);
	json_put_str(b, "last_modified", p->last_modified);
	json_put_time(b, "fetched_at", p->fetched_at);
	if (p->archive.file == NULL)
		return;
	json_out_key(b, "archive");
	json_out_open(b, '{');
	json_put_str(b, "file", p->archive.file);
	json_put_int(b, "offset", p->archive.offset);
	json_put_int(b, "length", p->archive.length);
	json_out_close(b, '}');
}

JSON_ENUM(read_rel, enum link_rel, link_rel_find, "page, listing or guess")

static const struct json_key link_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("url", json_str, struct link, url),
	JSON_NEEDS("page", json_str, struct link, page),
	JSON_NEEDS("source", json_str, struct link, source),
	JSON_MAY("title", json_str, struct link, title),
	JSON_MAY("published", json_str, struct link, published),
	JSON_MAY("guid", json_str, struct link, guid),
	JSON_MAY("lastmod", json_str, struct link, lastmod),
	JSON_MAY("published_at", json_time, struct link, published_at),
	JSON_MAY("lastmod_at", json_time, struct link, lastmod_at),
	JSON_MAY("rel", read_rel, struct link, rel),
};

static void
link_encode(const struct link *l, struct buffer *b)
{
	json_put_str(b, "url", l->url);
	json_put_str(b, "page", l->page);
	json_put_str(b, "source", l->source);
	json_put_str(b, "title", l->title);
	json_put_str(b, "published", l->published);
	json_put_str(b, "guid", l->guid);
	json_put_str(b, "lastmod", l->lastmod);
	if (l->published_at != 0)
		json_put_time(b, "published_at", l->published_at);
	if (l->lastmod_at != 0)
		json_put_time(b, "lastmod_at", l->lastmod_at);
	if (l->rel != LINK_PAGE)
		json_put_str(b, "rel", link_rel_name(l->rel));
}

JSON_ENUM(read_code, enum problem_code, problem_find, "a known problem code")

static const struct json_key problem_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("stage", json_str, struct problem, stage),
	JSON_MAY("ref", json_str, struct problem, ref),
	JSON_MAY("url", json_str, struct problem, url),
	JSON_NEEDS("code", read_code, struct problem, code),
	JSON_NEEDS("message", json_str, struct problem, message),
	JSON_MAY("retry", json_bool, struct problem, retry),
	JSON_NEEDS("at", json_time, struct problem, at),
};

static void
problem_encode(const struct problem *p, struct buffer *b)
{
	json_put_str(b, "stage", p->stage);
	json_put_str(b, "ref", p->ref);
	json_put_str(b, "url", p->url);
	json_put_str(b, "code", problem_name(p->code));
	json_put_str(b, "message", p->message);
	json_put_bool(b, "retry", p->retry);
	json_put_time(b, "at", p->at);
}

/* What every record has beside its own keys, which are read over again. */
struct head {
	int64_t version;
	enum record_kind kind;
};

static enum error_code
read_version(struct json_in *in, void *into)
{
	return json_int_to(in, FORMAT_VERSION, FORMAT_VERSION, into);
}

JSON_ENUM(read_kind, enum record_kind, record_kind_find, "a known kind")

static const struct json_key head_keys[] = {
	JSON_NEEDS("v", read_version, struct head, version),
	JSON_NEEDS("kind", read_kind, struct head, kind),
};

/* How our own lines begin: then there is no need to look further. */
static const char head_start[] = "{\"v\":1,\"kind\":\"";

static bool
own_head(struct span line, enum record_kind *kind)
{
	struct span rest, name;

	if (!span_starts_with(line, head_start))
		return false;
	rest = span_sub(line, sizeof head_start - 1, line.len);
	return span_split(&rest, '"', &name) && rest.ptr != NULL &&
	       record_kind_find(name, kind);
}

/* The kind of a line of others, which may stand anywhere in it. */
static enum error_code
read_head(struct json_in *in, enum record_kind *kind)
{
	const char *start = in->at;
	struct head head = { 0 };
	enum error_code code;

	if (!json_is(in, '{') && in->at < in->end)
		return error_set(
			in->err, ERR_FORMAT, "record: is not an object");
	code = json_object(in, "record", head_keys,
		sizeof head_keys / sizeof *head_keys, &head);
	*kind = head.kind;
	if (code == OK)
		code = json_end(in);
	in->at = start;
	return code;
}

#define KEYS(table) table, sizeof table / sizeof *table

static enum error_code
decode_kind(struct json_in *in, struct record *out)
{
	const char *what = record_kind_name(out->kind);

	switch (out->kind) {
	case RECORD_TASK:
		return json_object(in, what, KEYS(task_keys), &out->task);
	case RECORD_PAGE:
		return json_object(in, what, KEYS(page_keys), &out->page);
	case RECORD_LINK:
		return json_object(in, what, KEYS(link_keys), &out->link);
	case RECORD_DOCUMENT:
		return document_decode(in, &out->document);
	case RECORD_EXTRACTION:
		return extraction_decode(in, &out->extraction);
	case RECORD_PROBLEM:
		return json_object(in, what, KEYS(problem_keys), &out->problem);
	case RECORD_KINDS:
		break;
	}
	return json_wanted(in, "of a known kind");
}

enum error_code
record_decode(struct span line, struct arena *a, struct record *out,
	struct error *err)
{
	struct json_in in;
	enum record_kind kind = RECORD_KINDS;
	enum error_code code = json_begin(&in, line, "record", a, err);

	memset(out, 0, sizeof *out);
	if (code == OK && !own_head(line, &kind))
		code = read_head(&in, &kind);
	if (code != OK)
		return code;
	out->kind = kind;
	code = decode_kind(&in, out);
	return code == OK ? json_end(&in) : code;
}

bool
record_peek(struct span line, enum record_kind *kind)
{
	struct arena *a;
	struct json_in in;
	bool known;

	if (own_head(line, kind))
		return true;
	a = arena_new(RECORD_LINE_MAX);
	known = a != NULL && json_begin(&in, line, "record", a, NULL) == OK &&
		read_head(&in, kind) == OK;
	arena_free(a);
	return known;
}

static void
encode_kind(const struct record *r, struct buffer *out)
{
	switch (r->kind) {
	case RECORD_TASK:
		task_encode(&r->task, out);
		break;
	case RECORD_PAGE:
		page_encode(&r->page, out);
		break;
	case RECORD_LINK:
		link_encode(&r->link, out);
		break;
	case RECORD_DOCUMENT:
		document_encode(&r->document, out);
		break;
	case RECORD_EXTRACTION:
		extraction_encode(&r->extraction, out);
		break;
	case RECORD_PROBLEM:
		problem_encode(&r->problem, out);
		break;
	case RECORD_KINDS:
		break;
	}
}

enum error_code
record_encode(const struct record *r, struct buffer *out, struct error *err)
{
	const size_t start = out->len;

	json_out_open(out, '{');
	json_put_int(out, "v", FORMAT_VERSION);
	json_put_str(out, "kind", record_kind_name(r->kind));
	encode_kind(r, out);
	json_out_close(out, '}');
	if (out->code == OK && out->len - start > RECORD_LINE_MAX) {
		out->len = start;
		return error_set(err, ERR_LIMIT, "a %s is over %zu bytes",
			record_kind_name(r->kind), RECORD_LINE_MAX);
	}
	buffer_add_char(out, '\n');
	return json_out_end(out, start, err);
}
