#include "url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <libpsl.h>

#define QUERY_PARAMS_MAX 1000 /* parameters that are put in order */

/* What libcurl has made of the parts; each is freed by curl_free(). */
struct parts {
	CURLU *u;
	char *scheme, *user, *host, *zone, *port, *path, *query;
};

static void
parts_release(struct parts *p)
{
	curl_free(p->scheme);
	curl_free(p->user);
	curl_free(p->host);
	curl_free(p->zone);
	curl_free(p->port);
	curl_free(p->path);
	curl_free(p->query);
	curl_url_cleanup(p->u);
}

static enum error_code
bad(struct error *err, const char *why)
{
	(void)error_set(err, ERR_FORMAT, "%s", why);
	return ERR_FORMAT;
}

static enum error_code
no_memory(struct error *err)
{
	(void)error_set(err, ERR_NOMEM, "no memory");
	return ERR_NOMEM;
}

/* What one reader takes for an end and another for a beginning. */
static enum error_code
check_bytes(const char *text, struct error *err)
{
	size_t len = strlen(text);

	if (len == 0)
		return bad(err, "an empty URL");
	if (len > FETCH_URL_MAX)
		return error_set(err, ERR_LIMIT, "a URL of over %d bytes",
			FETCH_URL_MAX);
	if (utf8_valid_prefix(span_of(text, len)) != len)
		return bad(err, "the URL is not UTF-8");
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
			return bad(err, "a control character in the URL");
	if (strchr(text, '\\') != NULL)
		return bad(err, "a backslash in the URL");
	if (text[0] == ' ' || text[len - 1] == ' ')
		return bad(err, "a space around the URL");
	return OK;
}

/* "https:/host" and "https:host" mean one thing here and another there. */
static enum error_code
check_scheme(const char *text, struct error *err)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
	struct span scheme = span_of(text, len);

	if (len == 0 || text[len] != ':')
		return OK; /* relative */
	if (!span_ieq_str(scheme, "http") && !span_ieq_str(scheme, "https"))
		return bad(err, "neither http nor https");
	text += len + 1;
	if (strncmp(text, "//", 2) != 0 || text[2] == '/')
		return bad(err, "not two slashes behind the scheme");
	return OK;
}

static enum error_code
split(const char *text, const char *base, struct parts *p, struct error *err)
{
	const unsigned flags = CURLU_URLENCODE;
	CURLUcode r = CURLUE_OK;

	p->u = curl_url();
	if (p->u == NULL)
		return no_memory(err);
	if (base != NULL)
		r = curl_url_set(p->u, CURLUPART_URL, base, flags);
	if (r == CURLUE_OK)
		r = curl_url_set(p->u, CURLUPART_URL, text, flags);
	if (r == CURLUE_OK)
		r = curl_url_get(p->u, CURLUPART_SCHEME, &p->scheme, 0);
	if (r == CURLUE_OK)
		r = curl_url_get(p->u, CURLUPART_HOST, &p->host, 0);
	if (r == CURLUE_OK)
		r = curl_url_get(p->u, CURLUPART_PATH, &p->path, 0);
	if (r == CURLUE_OUT_OF_MEMORY)
		return no_memory(err);
	if (r != CURLUE_OK)
		return bad(err, curl_url_strerror(r));
	/* These may be absent. */
	(void)curl_url_get(p->u, CURLUPART_USER, &p->user, 0);
	(void)curl_url_get(p->u, CURLUPART_ZONEID, &p->zone, 0);
	(void)curl_url_get(
		p->u, CURLUPART_PORT, &p->port, CURLU_NO_DEFAULT_PORT);
	(void)curl_url_get(p->u, CURLUPART_QUERY, &p->query, 0);
	return OK;
}

static int
hex_value(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at =
		c != '\0' ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c)
			  : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* RFC 3986 section 2.3, and what else stands for itself in path or query. */
static bool
is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || memchr("-._~", c, 4) != NULL;
}

static bool
is_allowed(unsigned char c, bool query)
{
	return is_plain(c) || memchr("!$&'()*+,;=:@/", c, 14) != NULL ||
	       (query && c == '?');
}

/* Escapes in one form: none where none is needed, else in upper case. */
static void
add_escaped(struct buffer *b, struct span s, bool query)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool escaped = c == '%' && i + 2 < s.len &&
			       hex_value(s.ptr[i + 1]) >= 0 &&
			       hex_value(s.ptr[i + 2]) >= 0;

		if (escaped) {
			c = (unsigned char)(hex_value(s.ptr[i + 1]) * 16 +
					    hex_value(s.ptr[i + 2]));
			i += 2;
		}
		if (escaped ? is_plain(c) : is_allowed(c, query))
			buffer_add_char(b, (char)c);
		else
			buffer_printf(b, "%%%02X", c);
	}
}

/* RFC 3986 section 5.2.4, on a path that begins with a slash. */
static void
add_path(struct buffer *b, struct span path)
{
	size_t start = b->len;
	struct span rest = path, segment;

	(void)span_split(&rest, '/', &segment); /* before the first slash */
	while (rest.ptr != NULL && span_split(&rest, '/', &segment)) {
		bool dots = span_eq_str(segment, "..");

		if (dots)
			while (b->len > start && b->ptr[--b->len] != '/')
				;
		if (dots || span_eq_str(segment, ".")) {
			if (rest.ptr == NULL)
				buffer_add_char(b, '/');
		} else {
			buffer_add_char(b, '/');
			buffer_add_span(b, segment);
		}
	}
	if (b->len == start)
		buffer_add_char(b, '/');
}

/* The same path with one slash where there are several. */
static void
add_path_key(struct buffer *b, struct span path)
{
	for (size_t i = 0; i < path.len; i++)
		if (i == 0 || path.ptr[i] != '/' || path.ptr[i - 1] != '/')
			buffer_add_char(b, path.ptr[i]);
}

static int
by_bytes(const void *pa, const void *pb)
{
	const struct span *a = pa, *b = pb;
	size_t len = a->len < b->len ? a->len : b->len;
	int cmp = memcmp(a->ptr, b->ptr, len);

	return cmp != 0 ? cmp : (a->len > b->len) - (a->len < b->len);
}

/* The query as it is, without what tells who sent the reader. */
static void
add_query_bare(struct buffer *b, struct span query)
{
	struct span rest = query, param;
	char before = '?';

	while (rest.len > 0 && span_split(&rest, '&', &param)) {
		if (url_is_tracking(span_sub(
			    param, 0, span_find(param, 0, span_of("=", 1)))))
			continue;
		buffer_add_char(b, before);
		buffer_add_span(b, param);
		before = '&';
	}
}

/* The parameters that make the page, in order; what is empty is left out. */
static enum error_code
add_query_key(struct buffer *b, struct span query, struct arena *a)
{
	struct span *list, rest = query, param;
	size_t n = 0, room = 1;

	for (size_t i = 0; i < query.len; i++)
		room += query.ptr[i] == '&';
	if (room > QUERY_PARAMS_MAX)
		room = QUERY_PARAMS_MAX;
	list = arena_array(a, room, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	while (rest.ptr != NULL && span_split(&rest, '&', &param)) {
		size_t eq = span_find(param, 0, span_of("=", 1));
		struct span name = span_sub(param, 0, eq);

		if (eq != SIZE_MAX && eq + 1 == param.len)
			param = name;
		if (name.len > 0 && !url_is_tracking(name) && n < room)
			list[n++] = param;
	}
	if (n > 0)
		qsort(list, n, sizeof *list, by_bytes);
	for (size_t i = 0; i < n; i++) {
		buffer_add_char(b, i == 0 ? '?' : '&');
		buffer_add_span(b, list[i]);
	}
	return OK;
}

/* An address that is refused, or a name that this machine gives itself. */
static const char *
refusal(const struct fetch_url *u)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	struct span host = span_str(u->host);

	if (inet_pton(AF_INET, u->host, &in.sin_addr) == 1)
		return fetch_address_refused((struct sockaddr *)&in)
			       ? "a private address"
			       : NULL;
	if (inet_pton(AF_INET6, u->host, &in6.sin6_addr) == 1)
		return fetch_address_refused((struct sockaddr *)&in6)
			       ? "a private address"
			       : NULL;
	if (span_eq_str(host, "localhost") ||
		span_ends_with(host, ".localhost"))
		return "a name of this machine";
	return NULL;
}

/* A list that lost its line ends: "https://a.example/x,https://a.example/y". */
static bool
is_glued(const char *text, const char *host, struct arena *a)
{
	static const char *const schemes[] = { "http", "https" };

	for (size_t i = 0; i < 2; i++) {
		const char *next =
			arena_printf(a, ",%s://%s", schemes[i], host);

		if (next != NULL && strstr(text, next) != NULL)
			return true;
	}
	return false;
}

static enum error_code
write_url(const struct parts *p, struct arena *a, struct fetch_url *out,
	struct error *err)
{
	struct buffer path, query, text, bare, key;
	bool ipv6 = strchr(out->host, ':') != NULL;
	enum error_code code = ERR_NOMEM;
	size_t path_at;

	buffer_init(&path, 4 * FETCH_URL_MAX);
	buffer_init(&query, 4 * FETCH_URL_MAX);
	buffer_init(&text, 4 * FETCH_URL_MAX);
	buffer_init(&bare, 4 * FETCH_URL_MAX);
	buffer_init(&key, 4 * FETCH_URL_MAX);
	add_escaped(&path, span_str(p->path), false);
	add_escaped(&query, span_str(p->query != NULL ? p->query : ""), true);
	buffer_printf(&text, "%s://%s%s%s%s%s", p->scheme, ipv6 ? "[" : "",
		out->host, ipv6 ? "]" : "", p->port != NULL ? ":" : "",
		p->port != NULL ? p->port : "");
	out->origin = arena_strndup(a, text.ptr, text.len);
	buffer_add_span(&key, buffer_span(&text));
	path_at = text.len;
	add_path(&text, buffer_span(&path));
	add_path_key(&key, span_sub(buffer_span(&text), path_at, text.len));
	buffer_add_span(&bare, buffer_span(&text));
	add_query_bare(&bare, buffer_span(&query));
	if (query.len > 0)
		buffer_printf(&text, "?%s", query.ptr);
	if (add_query_key(&key, buffer_span(&query), a) == OK) {
		out->text = arena_strndup(a, text.ptr, text.len);
		out->bare = arena_strndup(a, bare.ptr, bare.len);
		out->key = arena_strndup(a, key.ptr, key.len);
	}
	if (path.code == ERR_LIMIT || query.code == ERR_LIMIT ||
		text.code == ERR_LIMIT || bare.code == ERR_LIMIT ||
		key.code == ERR_LIMIT)
		code = error_set(err, ERR_LIMIT, "a URL of over %d bytes",
			FETCH_URL_MAX);
	else if (out->text != NULL && out->bare != NULL && out->key != NULL &&
		 out->origin != NULL)
		code = OK;
	else
		(void)error_set(err, ERR_NOMEM, "no memory");
	buffer_release(&path);
	buffer_release(&query);
	buffer_release(&text);
	buffer_release(&bare);
	buffer_release(&key);
	return code;
}

/* The host, and what parts may not be there. */
static enum error_code
take_host(const struct parts *p, const char *text, struct arena *a,
	bool *literal, struct fetch_url *out, struct error *err)
{
	if (strcmp(p->scheme, "http") != 0 && strcmp(p->scheme, "https") != 0)
		return bad(err, "neither http nor https");
	if (p->user != NULL)
		return bad(err, "a user name in the URL");
	if (p->zone != NULL)
		return bad(err, "an interface of this machine in the URL");
	out->host = url_host(span_str(p->host), a, literal);
	if (out->host == NULL)
		return bad(err, "no valid host");
	if (is_glued(text, out->host, a))
		return bad(err, "two URLs in one");
	return OK;
}

enum error_code
fetch_url_read(const char *text, const char *base, struct arena *a,
	struct fetch_url *out, struct error *err)
{
	struct parts p = { 0 };
	enum error_code code = check_bytes(text, err);
	bool literal = false;

	*out = (struct fetch_url){ 0 };
	if (code == OK)
		code = check_scheme(text, err);
	if (code == OK)
		code = split(text, base, &p, err);
	if (code == OK)
		code = take_host(&p, text, a, &literal, out, err);
	if (code == OK)
		code = write_url(&p, a, out, err);
	if (code == OK) {
		out->domain = literal ? NULL
				      : psl_registrable_domain(
						psl_builtin(), out->host);
		out->refused = refusal(out);
	}
	parts_release(&p);
	return code;
}
