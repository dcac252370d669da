#include <ctype.h>
#include <libxml/uri.h>

#include "feed.h"

#define URL_MAX 8192 /* bytes of a URL that is joined */

const char *
feed_url(const char *url, const char *base, struct arena *a)
{
	struct span s = span_trim(span_str(url));
	const char *trimmed = arena_strndup(a, s.ptr, s.len);
	xmlChar *joined;

	if (url == NULL || trimmed == NULL)
		return NULL;
	if (base == NULL || s.len == 0 || s.len > URL_MAX)
		return trimmed;
	joined = xmlBuildURI((const xmlChar *)trimmed, (const xmlChar *)base);
	if (joined != NULL && strstr((const char *)joined, "://") != NULL)
		trimmed = arena_strdup(a, (const char *)joined);
	xmlFree(joined);
	return trimmed;
}

const char *
feed_base(const struct feed_reader *r, const struct xml_node *n)
{
	const char *chain[XML_TREE_DEPTH_MAX + 1], *base = r->base;
	size_t depth = 0;

	for (; n != NULL && depth <= XML_TREE_DEPTH_MAX; n = n->parent) {
		const char *own = xml_own(n, "base");

		if (own != NULL)
			chain[depth++] = own;
	}
	while (depth-- > 0)
		base = feed_url(chain[depth], base, r->a);
	return base;
}

/* The attribute whose name ends at `at` may hold a URL. */
static bool
is_url_name(struct span s, size_t at)
{
	static const char *const names[] = { "href", "src", "cite", "action",
		"background", "longdesc", "poster" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t len = strlen(names[i]);

		if (at > len && isspace((unsigned char)s.ptr[at - len - 1]) &&
			span_ieq_str(span_sub(s, at - len, at), names[i]))
			return true;
	}
	return false;
}

/* A quoted value at s[at], made absolute; where it ends. */
static size_t
copy_value(struct span s, size_t at, const char *base, struct arena *a,
	struct buffer *out)
{
	const char *end = memchr(s.ptr + at + 1, s.ptr[at], s.len - at - 1);
	size_t close = end != NULL ? (size_t)(end - s.ptr) : s.len;
	const char *url,
		*value = arena_strndup(a, s.ptr + at + 1, close - at - 1);

	url = value != NULL ? feed_url(value, base, a) : NULL;
	buffer_add_char(out, s.ptr[at]);
	if (url != NULL)
		buffer_add_str(out, url);
	return close;
}

const char *
feed_markup(struct span s, const char *base, struct arena *a)
{
	struct buffer out;
	bool tag = false;
	char *copy;

	if (s.ptr == NULL)
		return NULL;
	if (base == NULL || s.len == 0 || memchr(s.ptr, '<', s.len) == NULL)
		return arena_strndup(a, s.ptr, s.len);
	buffer_init(&out, s.len * 4 + URL_MAX * 64);
	for (size_t at = 0; at < s.len; at++) {
		char c = s.ptr[at];

		if (c == '<')
			tag = true;
		else if (c == '>')
			tag = false;
		buffer_add_char(&out, c);
		if (tag && c == '=' && at + 1 < s.len &&
			(s.ptr[at + 1] == '"' || s.ptr[at + 1] == '\'') &&
			is_url_name(s, at)) {
			at = copy_value(s, at + 1, base, a, &out);
			if (at < s.len)
				buffer_add_char(&out, s.ptr[at]);
		}
	}
	/* More links than there is room for: they stay as they are. */
	copy = out.code == OK ? arena_strndup(a, out.ptr, out.len)
			      : arena_strndup(a, s.ptr, s.len);
	buffer_release(&out);
	return copy;
}

void
feed_put_date(const struct feed_reader *r, const char *text, const char **raw,
	const char **out)
{
	int64_t at;
	char written[24];

	if (text == NULL || *text == '\0' || *raw != NULL)
		return;
	*raw = text;
	if (!feed_date(r->words, span_str(text), &at))
		return;
	time_format(at, written);
	*out = arena_strdup(r->a, written);
}

/* Room for one more of n in a list that grows by the arena; NULL at the cap. */
static void *
grow(void *list, size_t n, size_t size, struct arena *a)
{
	void *more;

	if (n >= FEED_PEOPLE_MAX)
		return NULL;
	/* Full at 0, 4, 8, 16 ... */
	if (n != 0 && (n < 4 || (n & (n - 1)) != 0))
		return list;
	more = arena_array(a, n == 0 ? 4 : 2 * n, size);
	if (more != NULL && n > 0)
		memcpy(more, list, n * size);
	return more;
}

void
feed_add_link(struct feed_item *it, struct feed_link link, struct arena *a)
{
	struct feed_link *list = grow(it->links, it->nlinks, sizeof *list, a);

	if (list == NULL)
		return;
	it->links = list;
	list[it->nlinks++] = link;
}

void
feed_add_enclosure(struct feed_item *it, struct feed_link link, struct arena *a)
{
	struct feed_link *list =
		grow(it->enclosures, it->nenclosures, sizeof *list, a);

	if (list == NULL)
		return;
	it->enclosures = list;
	list[it->nenclosures++] = link;
}

void
feed_add_category(struct feed_item *it, const char *name, struct arena *a)
{
	const char **list;

	if (name == NULL || *name == '\0')
		return;
	list = grow(it->categories, it->ncategories, sizeof *list, a);
	if (list == NULL)
		return;
	it->categories = list;
	list[it->ncategories++] = name;
}

void
feed_add_person(struct feed_item *it, struct feed_person person,
	bool contributor, struct arena *a)
{
	struct feed_person **list =
		contributor ? &it->contributors : &it->authors;
	size_t *n = contributor ? &it->ncontributors : &it->nauthors;
	struct feed_person *more;

	if (person.name == NULL && person.email == NULL && person.uri == NULL)
		return;
	more = grow(*list, *n, sizeof *more, a);
	if (more == NULL)
		return;
	*list = more;
	more[(*n)++] = person;
}

/* The word with an '@' in it, without brackets around it. */
static struct span
find_email(struct span s)
{
	const char *sign = s.len > 0 ? memchr(s.ptr, '@', s.len) : NULL;
	size_t from, to;

	if (sign == NULL)
		return span_of(NULL, 0);
	from = to = (size_t)(sign - s.ptr);
	while (from > 0 && !strchr(" \t\r\n()<>[],;:\"", s.ptr[from - 1]))
		from--;
	while (to < s.len && !strchr(" \t\r\n()<>[],;:\"?", s.ptr[to]))
		to++;
	return from + 1 < to ? span_sub(s, from, to) : span_of(NULL, 0);
}

struct feed_person
feed_person_of(const char *text, struct arena *a)
{
	struct feed_person person = { NULL, NULL, NULL };
	struct span s = span_trim(span_str(text)), mail = find_email(s);
	char *name;
	size_t n = 0;

	if (s.len == 0)
		return person;
	if (mail.len == 0) {
		person.name = arena_strndup(a, s.ptr, s.len);
		return person;
	}
	person.email = arena_strndup(a, mail.ptr, mail.len);
	name = arena_alloc(a, s.len + 1);
	if (name == NULL)
		return person;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr + i == mail.ptr)
			i += mail.len;
		if (i < s.len && !strchr("()<>[]\"", s.ptr[i]))
			name[n++] = s.ptr[i];
	}
	s = span_trim(span_of(name, n));
	if (span_istarts_with(s, "mailto:"))
		s = span_trim(span_sub(s, 7, s.len));
	if (s.len > 0)
		person.name = arena_strndup(a, s.ptr, s.len);
	return person;
}

struct feed_item *
feed_add_entry(struct feed_reader *r)
{
	struct feed *f = r->feed;
	struct feed_item *list;

	if (f->nentries == LISTING_ENTRIES_MAX) {
		f->cut = true;
		return NULL;
	}
	list = arena_grow(
		r->a, f->entries, f->nentries, &r->room, sizeof *list);
	if (list == NULL)
		return NULL;
	f->entries = list;
	list[f->nentries] = (struct feed_item){ .title = NULL };
	return &list[f->nentries++];
}
