#define PCRE2_CODE_UNIT_WIDTH 8

#include "index.h"

#include <stdlib.h>

#include <pcre2.h>

#include "feed.h"

bool
index_is(const struct page *page, const struct source *src)
{
	return src != NULL && src->kind == SOURCE_INDEX && page->url != NULL &&
	       strcmp(page->url, src->url) == 0;
}

/* A class, or a regular expression. */
struct index_pattern {
	struct span class;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

void
index_pattern_free(struct index_pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->limits);
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
	free(p);
}

static enum error_code
pattern_read(struct index_pattern *p, const char *text, struct error *err)
{
	PCRE2_UCHAR why[128];
	PCRE2_SIZE at;
	size_t len = strlen(text);
	int number;

	if (len == 0 || len > INDEX_PATTERN_MAX)
		return error_set(err, ERR_CONFIG,
			"links: empty, or over %d bytes", INDEX_PATTERN_MAX);
	if (text[0] == '.' && strpbrk(text, "*+?()[]\\|/^$") == NULL) {
		p->class = span_of(text + 1, len - 1);
		return OK;
	}
	p->code = pcre2_compile(
		(PCRE2_SPTR)text, len, PCRE2_UTF, &number, &at, NULL);
	if (p->code == NULL) {
		(void)pcre2_get_error_message(number, why, sizeof why);
		return error_set(err, ERR_CONFIG, "links: byte %zu: %s",
			(size_t)at, (const char *)why);
	}
	p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->data == NULL || p->limits == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a pattern");
	(void)pcre2_set_match_limit(p->limits, INDEX_MATCH_MAX);
	return OK;
}

enum error_code
index_pattern_new(
	const char *text, struct index_pattern **out, struct error *err)
{
	enum error_code code;

	*out = calloc(1, sizeof **out);
	if (*out == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a pattern");
	code = pattern_read(*out, text, err);
	if (code == OK)
		return OK;
	index_pattern_free(*out);
	*out = NULL;
	return code;
}

enum error_code
parse_link_pattern_check(const char *pattern, struct error *err)
{
	struct index_pattern *p;
	enum error_code code = index_pattern_new(pattern, &p, err);

	index_pattern_free(p);
	return code;
}

bool
index_pattern_fits(const struct index_pattern *p, struct span url)
{
	return p->code != NULL &&
	       pcre2_match(p->code, (PCRE2_SPTR)url.ptr, url.len, 0, 0, p->data,
		       p->limits) >= 0;
}

static bool
has_class(struct span list, struct span class)
{
	for (size_t at = 0; at < list.len;) {
		size_t end = at;

		while (end < list.len && !strchr(" \t\r\n\f", list.ptr[end]))
			end++;
		if (span_eq(span_sub(list, at, end), class))
			return true;
		at = end + 1;
	}
	return false;
}

static bool
fits(const struct index_pattern *p, const struct tree *t, uint32_t i,
	const char *url)
{
	if (p->code != NULL)
		return index_pattern_fits(p, span_str(url));
	for (; i != TREE_NONE; i = t->nodes[i].parent)
		if (has_class(tree_attr(t, i, ATTR_CLASS), p->class))
			return true;
	return false;
}

/* The URL without its fragment: a place on a page is no other page. */
static const char *
page_of(struct span href, const char *base, struct arena *a)
{
	const char *hash =
		href.len > 0 ? memchr(href.ptr, '#', href.len) : NULL;
	const char *text;

	if (hash != NULL)
		href.len = (size_t)(hash - href.ptr);
	if (href.len == 0)
		return NULL;
	text = arena_strndup(a, href.ptr, href.len);
	return text != NULL ? feed_url(text, base, a) : NULL;
}

static void
read_tree(const struct tree *t, const struct index_pattern *p,
	const struct page *page, struct arena *a, struct link_list *out)
{
	const char *base =
		page->final_url != NULL ? page->final_url : page->url;

	for (uint32_t i = 0; i < t->n; i++) {
		const char *url;
		struct span text;
		struct link *l;

		if (t->nodes[i].tag != TAG_A)
			continue;
		url = page_of(tree_attr(t, i, ATTR_HREF), base, a);
		if (url == NULL || !fits(p, t, i, url))
			continue;
		l = listing_add(out, page, url);
		text = span_trim(tree_text(t, i));
		if (l != NULL && text.len > 0)
			l->title = arena_strndup(a, text.ptr, text.len);
	}
}

static size_t
count_links(const struct tree *t)
{
	size_t n = 0;

	for (uint32_t i = 0; i < t->n; i++)
		n += t->nodes[i].tag == TAG_A;
	return n;
}

enum error_code
index_links_of(struct html *h, struct span text, const struct index_pattern *p,
	const struct page *page, struct arena *a, struct link_list *out)
{
	enum error_code code;

	h->info.keep_hrefs = true;
	code = prepass_html(text, &h->clean, &h->info);
	h->info.keep_hrefs = false;
	if (code == OK)
		code = tree_read(&h->tree, buffer_span(&h->clean));
	if (code != OK)
		return code;
	out->list = arena_array(a, count_links(&h->tree), sizeof *out->list);
	if (out->list == NULL)
		return ERR_NOMEM;
	read_tree(&h->tree, p, page, a, out);
	return listing_drop_doubles(out, a);
}

enum error_code
index_links(const struct listing_tools *t, struct html *h,
	const struct page *page, const char *pattern, struct span body,
	struct arena *a, struct link_list *out, struct error *err)
{
	struct decoded d = { .text = { NULL, 0 } };
	struct index_pattern *p = NULL;
	enum error_code code = index_pattern_new(pattern, &p, err);

	body = span_sub(body, 0, PARSE_INPUT_MAX);
	if (code == OK)
		code = charset_decode(
			t->charsets, body, page->charset, t->utf8, &d);
	if (code == OK)
		code = index_links_of(h, d.text, p, page, a, out);
	index_pattern_free(p);
	if (code == OK || code == ERR_CONFIG)
		return code;
	return error_set(err, code, "no memory for index %s", page->url);
}
