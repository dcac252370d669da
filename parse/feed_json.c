/* JSON Feed 1 and 1.1. */
#include "feed.h"

static const char *
url_in(struct feed_reader *r, const struct json_value *v, const char *name)
{
	return feed_url(json_value_str(v, name), r->base, r->a);
}

static void
add_author(
	struct feed_reader *r, const struct json_value *v, struct feed_item *it)
{
	feed_add_person(it,
		(struct feed_person){ .name = json_value_str(v, "name"),
			.uri = url_in(r, v, "url") },
		false, r->a);
}

static const struct json_value *
list_of(const struct json_value *v, const char *name)
{
	v = json_value_get(v, name);
	return v != NULL && v->kind == JSON_ARRAY ? v->first : NULL;
}

static void
read_common(
	struct feed_reader *r, const struct json_value *v, struct feed_item *it)
{
	const struct json_value *one = json_value_get(v, "author");

	it->title = json_value_str(v, "title");
	it->language = json_value_str(v, "language");
	if (one != NULL)
		add_author(r, one, it);
	for (one = list_of(v, "authors"); one != NULL; one = one->next)
		add_author(r, one, it);
}

/* An id should be a string, but numbers are in use. */
static const char *
id_of(struct feed_reader *r, const struct json_value *v)
{
	const struct json_value *id = json_value_get(v, "id");

	if (id == NULL || (id->kind != JSON_STRING && id->kind != JSON_NUMBER))
		return NULL;
	return arena_strndup(r->a, id->text.ptr, id->text.len);
}

static void
add_attachment(
	struct feed_reader *r, const struct json_value *v, struct feed_item *it)
{
	const struct json_value *size = json_value_get(v, "size_in_bytes");
	struct feed_link l = {
		.href = url_in(r, v, "url"),
		.rel = "enclosure",
		.type = json_value_str(v, "mime_type"),
		.title = json_value_str(v, "title"),
	};

	if (size != NULL && size->kind == JSON_NUMBER)
		l.length = arena_strndup(r->a, size->text.ptr, size->text.len);
	feed_add_enclosure(it, l, r->a);
}

static void
read_item(struct feed_reader *r, const struct json_value *v)
{
	const char *html = json_value_str(v, "content_html");
	const char *text = json_value_str(v, "content_text");
	struct feed_item *it = feed_add_entry(r);
	const struct json_value *one;

	if (it == NULL)
		return;
	read_common(r, v, it);
	it->guid = id_of(r, v);
	it->link = url_in(r, v, "url");
	if (it->link == NULL)
		it->link = url_in(r, v, "external_url");
	if (it->link == NULL && it->guid != NULL &&
		strstr(it->guid, "://") != NULL)
		it->link = it->guid;
	it->summary = json_value_str(v, "summary");
	it->content = html != NULL ? html : text;
	feed_put_date(r, json_value_str(v, "date_published"),
		&it->published_raw, &it->published);
	feed_put_date(r, json_value_str(v, "date_modified"), &it->updated_raw,
		&it->updated);
	for (one = list_of(v, "tags"); one != NULL; one = one->next)
		if (one->kind == JSON_STRING)
			feed_add_category(it, one->text.ptr, r->a);
	for (one = list_of(v, "attachments"); one != NULL; one = one->next)
		add_attachment(r, one, it);
}

enum error_code
feed_json_read(struct feed_reader *r, struct span text, struct error *err)
{
	static const char mark[] = "jsonfeed.org/version/";
	struct feed_item *head = &r->feed->head;
	const struct json_value *v, *one;
	const char *version, *at;
	enum error_code code = json_value_read(text, "feed", r->a, &v, err);

	if (code != OK)
		return code;
	version = json_value_str(v, "version");
	at = version != NULL ? strstr(version, mark) : NULL;
	if (at == NULL)
		return error_set(err, ERR_FORMAT, "JSON, but no JSON Feed");
	at += sizeof mark - 1;
	r->feed->version = strcmp(at, "1.1") == 0 ? "json11" : "json1";
	read_common(r, v, head);
	head->link = url_in(r, v, "home_page_url");
	head->summary = json_value_str(v, "description");
	head->icon = url_in(r, v, "icon");
	if (json_value_str(v, "feed_url") != NULL)
		feed_add_link(head,
			(struct feed_link){ .href = url_in(r, v, "feed_url"),
				.rel = "self",
				.type = "application/feed+json" },
			r->a);
	for (one = list_of(v, "items"); one != NULL; one = one->next)
		if (one->kind == JSON_OBJECT)
			read_item(r, one);
	return OK;
}
