#include "source_settings.h"

#include <stdio.h>
#include <string.h>

#include "date.h"
#include "span.h"

#define CHOICES_ROOM	128 /* bytes of the names of all kinds */
#define HEADER_NAME_MAX 100 /* bytes */

enum error_code
source_choice(const struct yaml_node *map, const char *key,
	const char *(*name)(int i), int first, int n, int *out,
	struct error *err)
{
	const struct yaml_node *node = yaml_get(map, key);
	char all[CHOICES_ROOM] = "";
	size_t used = 0;

	if (node == NULL)
		return OK;
	for (int i = first; i < n && node->type == YAML_SCALAR; i++)
		if (!strcmp(node->scalar, name(i))) {
			*out = i;
			return OK;
		}
	for (int i = first; i < n && used < sizeof all; i++)
		used += (size_t)snprintf(all + used, sizeof all - used, "%s%s",
			i > first ? ", " : "", name(i));
	return yaml_error(node, err, "%s: \"%s\" is none of %s", key,
		node->type == YAML_SCALAR ? node->scalar : "(a list)", all);
}

static const char *
discover_name(int i)
{
	static const char *const names[DISCOVER_CHOICES] = {
		[DISCOVER_AUTO] = "auto",
		[DISCOVER_FEEDS] = "feeds",
		[DISCOVER_SITEMAPS] = "sitemaps",
		[DISCOVER_ALL] = "all",
	};

	return names[i];
}

/* A key of some kinds only: at its node, if it is there. */
static enum error_code
refuse(const struct yaml_node *map, const char *key, const char *why,
	struct error *err)
{
	const struct yaml_node *node = yaml_get(map, key);

	return node != NULL ? yaml_error(node, err, "%s: %s", key, why) : OK;
}

static enum error_code
read_since(const struct yaml_node *map, struct source *s, struct error *err)
{
	const char *text = NULL;
	int64_t behind;
	enum error_code code = yaml_get_str(map, "since", &text, err);

	if (code != OK || text == NULL)
		return code;
	if (!date_bounds(span_str(text), &s->since, &behind))
		return yaml_error(yaml_get(map, "since"), err,
			"since: \"%s\" is not a date YYYY[-MM[-DD]]", text);
	return OK;
}

/* RFC 9110 section 5.6.2: a token. */
static bool
is_token(const char *s)
{
	size_t len = strspn(s, "!#$%&'*+-.^_`|~0123456789"
			       "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return len > 0 && len <= HEADER_NAME_MAX && s[len] == '\0';
}

/* What the program itself says, or what frames a message. */
static bool
is_reserved(const char *name)
{
	static const char *const names[] = { "Host", "User-Agent",
		"Accept-Encoding", "If-None-Match", "If-Modified-Since",
		"Range", "Connection", "Content-Length", "Transfer-Encoding",
		"TE", "Trailer", "Upgrade", "Expect", "Keep-Alive",
		"Proxy-Authorization", "Proxy-Connection" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_ieq_str(span_str(name), names[i]))
			return true;
	return false;
}

static bool
is_printable(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			return false;
	return true;
}

static enum error_code
read_header(const struct yaml_node *map, size_t i, struct source_header *out,
	struct error *err)
{
	const char *name = map->keys[i];
	const struct yaml_node *value = map->items[i];

	if (!is_token(name))
		return yaml_error(map->key_nodes[i], err,
			"headers: \"%s\" is no name of a header", name);
	if (is_reserved(name))
		return yaml_error(map->key_nodes[i], err,
			"headers: %s is not for a source to set", name);
	/* A value may be a secret: it is not repeated. */
	if (value->type != YAML_SCALAR || value->scalar[0] == '\0')
		return yaml_error(value, err, "headers: %s wants a text", name);
	if (!is_printable(value->scalar) || value->scalar[0] == ' ' ||
		strlen(value->scalar) > SOURCE_HEADER_BYTES_MAX)
		return yaml_error(value, err,
			"headers: the value of %s is not up to %d characters "
			"of printable ASCII",
			name, SOURCE_HEADER_BYTES_MAX);
	*out = (struct source_header){ name, value->scalar };
	return OK;
}

static enum error_code
read_headers(const struct yaml_node *map, struct arena *a, struct source *s,
	struct error *err)
{
	const struct yaml_node *node = yaml_get(map, "headers");
	struct source_header *list;
	enum error_code code = OK;

	if (node == NULL)
		return OK;
	if (node->type != YAML_MAP)
		return yaml_error(node, err,
			"headers: names and values were wanted, such as "
			"{X-Key: abc}");
	if (node->n > SOURCE_HEADERS_MAX)
		return yaml_error(
			node, err, "headers: more than %d", SOURCE_HEADERS_MAX);
	list = arena_array(a, node->n, sizeof *list);
	if (list == NULL)
		return error_set(err, ERR_NOMEM, "no memory for sources");
	for (size_t i = 0; code == OK && i < node->n; i++)
		code = read_header(node, i, &list[i], err);
	s->headers = list;
	s->nheaders = node->n;
	return code;
}

static enum error_code
read_proxy(const struct yaml_node *map, struct source *s, struct error *err)
{
	static const char *const schemes[] = { "http://", "https://",
		"socks5://", "socks5h://" };
	enum error_code code = yaml_get_str(map, "proxy", &s->proxy, err);
	const char *rest = NULL;

	if (code != OK || s->proxy == NULL)
		return code;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (span_starts_with(span_str(s->proxy), schemes[i]))
			rest = s->proxy + strlen(schemes[i]);
	/* It may carry a password: it is not repeated. */
	if (rest == NULL || *rest == '\0' || !is_printable(rest) ||
		strpbrk(rest, " /?#\\") != NULL)
		return yaml_error(yaml_get(map, "proxy"), err,
			"proxy: not http, https, socks5 or socks5h and a host, "
			"such as http://proxy.example.org:3128");
	return OK;
}

static enum error_code
read_limits(const struct yaml_node *map, struct source *s, struct error *err)
{
	enum error_code code =
		yaml_get_int(map, "depth", 0, SOURCE_DEPTH_MAX, &s->depth, err);

	if (code == OK)
		code = yaml_get_int(map, "max_pages", 1, SOURCE_PAGES_MAX,
			&s->max_pages, err);
	if (code == OK)
		code = yaml_get_int(map, "max_bytes", SOURCE_BYTES_MIN,
			SOURCE_BYTES_MAX, &s->max_bytes, err);
	if (code == OK)
		code = yaml_get_int(map, "timeout", 1, SOURCE_TIMEOUT_MAX,
			&s->timeout, err);
	return code;
}

enum error_code
source_settings_read(const struct yaml_node *map, struct arena *a,
	struct source *s, struct error *err)
{
	static const char *const of_http[] = { "timeout", "headers", "proxy" };
	int discover = DISCOVER_AUTO;
	enum error_code code = OK;

	if (s->kind != SOURCE_SITE)
		code = refuse(map, "discover", "only of kind: site", err);
	for (size_t i = 0; i < sizeof of_http / sizeof *of_http; i++)
		if (code == OK && source_is_path(s))
			code = refuse(map, of_http[i],
				"only of sources that are http or https", err);
	if (code == OK)
		code = source_choice(map, "discover", discover_name, 0,
			DISCOVER_CHOICES, &discover, err);
	s->discover = (enum source_discover)discover;
	if (code == OK)
		code = read_since(map, s, err);
	if (code == OK)
		code = read_limits(map, s, err);
	if (code == OK)
		code = read_headers(map, a, s, err);
	return code == OK ? read_proxy(map, s, err) : code;
}
