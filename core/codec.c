#include "codec.h"

#include <string.h>

#include "json.h"

#define FORMAT_VERSION 1 /* "v" of every record */

static enum error_code
task_decode(const struct json_in *in, struct task *t)
{
	enum error_code code = json_get_str(in, "url", &t->url);

	if (code == OK)
		code = json_get_str(in, "source", &t->source);
	if (code == OK)
		code = json_find_str(in, "reason", &t->reason);
	if (code == OK)
		code = json_find_str(in, "etag", &t->etag);
	if (code == OK)
		code = json_find_str(in, "last_modified", &t->last_modified);
	if (code == OK && json_object_get(in->obj, "not_before") != NULL)
		code = json_get_time(in, "not_before", &t->not_before);
	return code;
}

static bool
task_encode(const struct task *t, json_t *o)
{
	return json_put_str(o, "url", t->url) &&
	       json_put_str(o, "source", t->source) &&
	       json_put_str(o, "reason", t->reason) &&
	       json_put_str(o, "etag", t->etag) &&
	       json_put_str(o, "last_modified", t->last_modified) &&
	       (t->not_before == 0 ||
		       json_put_time(o, "not_before", t->not_before));
}

static enum error_code
archive_ref_decode(const struct json_in *in, struct archive_ref *ref)
{
	struct json_in sub = *in;
	enum error_code code = json_find_object(in, "archive", &sub.obj);

	if (code != OK || sub.obj == NULL)
		return code;
	sub.what = "page.archive";
	code = json_get_str(&sub, "file", &ref->file);
	if (code == OK && strchr(ref->file, '/') != NULL)
		return json_in_error(&sub, "file", "a plain file name");
	if (code == OK)
		code = json_get_int(&sub, "offset", 0, INT64_MAX, &ref->offset);
	if (code == OK)
		code = json_get_int(&sub, "length", 0, INT64_MAX, &ref->length);
	return code;
}

static enum error_code
page_decode(const struct json_in *in, struct page *p)
{
	const struct {
		const char *key;
		const char **value;
		bool required;
	} strings[] = {
		{ "id", &p->id, true },
		{ "body", &p->body, true },
		{ "url", &p->url, true },
		{ "final_url", &p->final_url, true },
		{ "source", &p->source, true },
		{ "media_type", &p->media_type, false },
		{ "charset", &p->charset, false },
		{ "etag", &p->etag, false },
		{ "last_modified", &p->last_modified, false },
	};
	enum error_code code = OK;
	int64_t status = 0;

	for (size_t i = 0; code == OK && i < sizeof strings / sizeof *strings;
		i++)
		code = strings[i].required ? json_get_str(in, strings[i].key,
						     strings[i].value)
					   : json_find_str(in, strings[i].key,
						     strings[i].value);
	if (code == OK)
		code = json_find_int(in, "status", 0, 999, &status);
	if (code == OK)
		code = json_get_int(in, "bytes", 0, INT64_MAX, &p->bytes);
	if (code == OK)
		code = json_get_time(in, "fetched_at", &p->fetched_at);
	if (code == OK)
		code = archive_ref_decode(in, &p->archive);
	p->status = (int)status;
	return code;
}

static bool
page_encode(const struct page *p, json_t *o)
{
	bool ok = json_put_str(o, "id", p->id) &&
		  json_put_str(o, "body", p->body) &&
		  json_put_str(o, "url", p->url) &&
		  json_put_str(o, "final_url", p->final_url) &&
		  json_put_str(o, "source", p->source) &&
		  json_put_str(o, "media_type", p->media_type) &&
		  json_put_str(o, "charset", p->charset) &&
		  json_put_int(o, "status", p->status) &&
		  json_put_int(o, "bytes", p->bytes) &&
		  json_put_str(o, "etag", p->etag) &&
		  json_put_str(o, "last_modified", p->last_modified) &&
		  json_put_time(o, "fetched_at", p->fetched_at);

	if (!ok || p->archive.file == NULL)
		return ok;
	return json_put(o, "archive",
		json_pack("{s:s,s:I,s:I}", "file", p->archive.file, "offset",
			(json_int_t)p->archive.offset, "length",
			(json_int_t)p->archive.length));
}

static enum error_code
link_decode(const struct json_in *in, struct link *l)
{
	enum error_code code = json_get_str(in, "url", &l->url);

	if (code == OK)
		code = json_get_str(in, "page", &l->page);
	if (code == OK)
		code = json_get_str(in, "source", &l->source);
	if (code == OK)
		code = json_find_str(in, "title", &l->title);
	if (code == OK)
		code = json_find_str(in, "published", &l->published);
	if (code == OK)
		code = json_find_str(in, "guid", &l->guid);
	if (code == OK)
		code = json_find_str(in, "lastmod", &l->lastmod);
	return code;
}

static bool
link_encode(const struct link *l, json_t *o)
{
	return json_put_str(o, "url", l->url) &&
	       json_put_str(o, "page", l->page) &&
	       json_put_str(o, "source", l->source) &&
	       json_put_str(o, "title", l->title) &&
	       json_put_str(o, "published", l->published) &&
	       json_put_str(o, "guid", l->guid) &&
	       json_put_str(o, "lastmod", l->lastmod);
}

static enum error_code
problem_decode(const struct json_in *in, struct problem *p)
{
	const char *name = NULL;
	enum error_code code = json_get_str(in, "stage", &p->stage);

	if (code == OK)
		code = json_find_str(in, "ref", &p->ref);
	if (code == OK)
		code = json_find_str(in, "url", &p->url);
	if (code == OK)
		code = json_get_str(in, "code", &name);
	if (code == OK && !problem_find(span_str(name), &p->code))
		return json_in_error(in, "code", "a known problem code");
	if (code == OK)
		code = json_get_str(in, "message", &p->message);
	if (code == OK)
		code = json_find_bool(in, "retry", &p->retry);
	if (code == OK)
		code = json_get_time(in, "at", &p->at);
	return code;
}

static bool
problem_encode(const struct problem *p, json_t *o)
{
	return json_put_str(o, "stage", p->stage) &&
	       json_put_str(o, "ref", p->ref) &&
	       json_put_str(o, "url", p->url) &&
	       json_put_str(o, "code", problem_name(p->code)) &&
	       json_put_str(o, "message", p->message) &&
	       json_put(o, "retry", json_boolean(p->retry)) &&
	       json_put_time(o, "at", p->at);
}

static enum error_code
decode_kind(const struct json_in *in, struct record *out)
{
	switch (out->kind) {
	case RECORD_TASK:
		return task_decode(in, &out->task);
	case RECORD_PAGE:
		return page_decode(in, &out->page);
	case RECORD_LINK:
		return link_decode(in, &out->link);
	case RECORD_DOCUMENT:
		return document_decode(in, &out->document);
	case RECORD_EXTRACTION:
		return extraction_decode(in, &out->extraction);
	case RECORD_PROBLEM:
		return problem_decode(in, &out->problem);
	case RECORD_KINDS:
		break;
	}
	return json_in_error(in, "kind", "a known kind");
}

enum error_code
record_decode(struct span line, struct arena *a, struct record *out,
	struct error *err)
{
	struct json_in in = { .what = "record", .arena = a, .err = err };
	const char *kind = NULL;
	json_t *root = json_read(line, err);
	enum error_code code;
	int64_t version;

	if (root == NULL)
		return err != NULL ? err->code : ERR_FORMAT;
	memset(out, 0, sizeof *out);
	in.obj = root;
	if (!json_is_object(root)) {
		code = error_set(err, ERR_FORMAT, "a record is an object");
		goto out;
	}
	code = json_get_int(&in, "v", FORMAT_VERSION, FORMAT_VERSION, &version);
	if (code == OK)
		code = json_get_str(&in, "kind", &kind);
	if (code != OK)
		goto out;
	if (!record_kind_find(span_str(kind), &out->kind)) {
		code = json_in_error(&in, "kind", "a known kind");
		goto out;
	}
	in.what = record_kind_name(out->kind);
	code = decode_kind(&in, out);
out:
	json_decref(root);
	return code;
}

/* Our own writer puts "v" and "kind" first; others' lines are read whole. */
bool
record_peek(struct span line, enum record_kind *kind)
{
	static const char start[] = "{\"v\":1,\"kind\":\"";
	struct span rest = span_sub(line, sizeof start - 1, line.len), name;
	json_t *root;
	const char *found;
	bool known;

	if (span_starts_with(line, start) && span_split(&rest, '"', &name) &&
		rest.ptr != NULL)
		return record_kind_find(name, kind);
	root = json_read(line, NULL);
	found = json_string_value(json_object_get(root, "kind"));
	known = found != NULL && record_kind_find(span_str(found), kind);
	json_decref(root);
	return known;
}

/* Put every key of from behind those of to, in order. */
static bool
adopt(json_t *to, json_t *from)
{
	bool ok = from != NULL && json_object_update(to, from) == 0;

	json_decref(from);
	return ok;
}

enum error_code
record_encode(const struct record *r, struct buffer *out, struct error *err)
{
	json_t *o = json_object();
	size_t start = out->len;
	bool ok = json_put_int(o, "v", FORMAT_VERSION) &&
		  json_put_str(o, "kind", record_kind_name(r->kind));
	enum error_code code;

	switch (r->kind) {
	case RECORD_TASK:
		ok = ok && task_encode(&r->task, o);
		break;
	case RECORD_PAGE:
		ok = ok && page_encode(&r->page, o);
		break;
	case RECORD_LINK:
		ok = ok && link_encode(&r->link, o);
		break;
	case RECORD_DOCUMENT:
		ok = ok && adopt(o, document_to_json(&r->document));
		break;
	case RECORD_EXTRACTION:
		ok = ok && adopt(o, extraction_to_json(&r->extraction));
		break;
	case RECORD_PROBLEM:
		ok = ok && problem_encode(&r->problem, o);
		break;
	case RECORD_KINDS:
		ok = false;
		break;
	}
	code = json_finish(o, ok, out, err);
	if (code == OK)
		code = buffer_add_char(out, '\n');
	if (code == OK && out->len - start > RECORD_LINE_MAX + 1) {
		out->len = start;
		return error_set(err, ERR_LIMIT, "a %s is over %zu bytes",
			record_kind_name(r->kind), RECORD_LINE_MAX);
	}
	return code;
}
