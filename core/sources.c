#include "sources.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "source_settings.h"
#include "span.h"

#define INTERVAL_DEFAULT 86400 /* seconds */
#define INTERVAL_MIN	 60
#define INTERVAL_MAX	 (366 * 86400)
#define USER_AGENT_DEFAULT                                                     \
	"dateline/" DATELINE_VERSION " (no contact configured)"

static const struct kind {
	const char *name;
	bool path; /* url is a path */
} kinds[SOURCE_KINDS] = {
	[SOURCE_PAGE] = { "page", false },
	[SOURCE_FILE] = { "file", true },
	[SOURCE_DIRECTORY] = { "directory", true },
	[SOURCE_FEED] = { "feed", false },
	[SOURCE_SITEMAP] = { "sitemap", false },
	[SOURCE_INDEX] = { "index", false },
	[SOURCE_LIST] = { "list", false },
	[SOURCE_OPML] = { "opml", false },
	[SOURCE_WARC] = { "warc", true },
	[SOURCE_MAIL] = { "mail", true },
	[SOURCE_SITE] = { "site", false },
};

/* Index 0 is no tier. */
static const char *const tiers[] = { "", "network", "member", "press",
	"other" };

const char *
source_kind_name(enum source_kind k)
{
	return (unsigned)k < SOURCE_KINDS ? kinds[k].name : "unknown";
}

const char *
source_tier_name(enum source_tier t)
{
	return (unsigned)t < sizeof tiers / sizeof *tiers ? tiers[t]
							  : "unknown";
}

bool
source_is_path(const struct source *s)
{
	return kinds[s->kind].path;
}

static const char *
kind_name(int i)
{
	return kinds[i].name;
}

static const char *
tier_name(int i)
{
	return tiers[i];
}

static bool
is_http(const char *url)
{
	return span_istarts_with(span_str(url), "http://") ||
	       span_istarts_with(span_str(url), "https://");
}

/* A name is an argument, a label of a metric and a column of a table. */
static bool
is_name(const char *s)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

	return len > 0 && len <= SOURCE_NAME_MAX && s[len] == '\0';
}

/* "Europe/Vienna", "Etc/GMT+5", "UTC": the form of an IANA name. */
static bool
is_zone(const char *s)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+_/");

	return len > 0 && s[len] == '\0' && s[0] != '/' && s[len - 1] != '/';
}

static bool
is_language(const char *s)
{
	return strlen(s) == 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' &&
	       s[1] <= 'z';
}

static enum error_code
check_url(
	const struct yaml_node *node, const struct source *s, struct error *err)
{
	const struct kind *kind = &kinds[s->kind];
	bool http = is_http(s->url);

	if (!kind->path && !http)
		return yaml_error(yaml_get(node, "url"), err,
			"url: \"%s\" is not http or https", s->url);
	if (kind->path && (http || !s->local))
		return yaml_error(node, err,
			"source %s: a %s is a path, and needs local: true",
			s->name, kind->name);
	return OK;
}

static enum error_code
check_source(
	const struct yaml_node *node, const struct source *s, struct error *err)
{
	if (s->name == NULL || s->name[0] == '\0')
		return yaml_error(node, err, "a source without a name");
	if (!is_name(s->name))
		return yaml_error(yaml_get(node, "name"), err,
			"name: \"%s\" is not 1 to %d letters, digits, '-', "
			"'_', '.'",
			s->name, SOURCE_NAME_MAX);
	if (s->url == NULL || s->url[0] == '\0')
		return yaml_error(node, err, "source %s has no url", s->name);
	if (s->kind == SOURCE_INDEX && s->links == NULL)
		return yaml_error(node, err,
			"source %s: kind: index wants links", s->name);
	if (s->links != NULL && s->kind != SOURCE_INDEX &&
		s->kind != SOURCE_MAIL)
		return yaml_error(yaml_get(node, "links"), err,
			"links: only of kind: index or mail");
	if (s->language != NULL && !is_language(s->language))
		return yaml_error(yaml_get(node, "language"), err,
			"language: \"%s\" is no two-letter code (ISO 639-1)",
			s->language);
	if (s->timezone != NULL && !is_zone(s->timezone))
		return yaml_error(yaml_get(node, "timezone"), err,
			"timezone: \"%s\" is no IANA name such as "
			"Europe/Vienna",
			s->timezone);
	return check_url(node, s, err);
}

static enum error_code
read_source(const struct yaml_node *node, struct arena *a, struct source *s,
	struct error *err)
{
	static const char *const keys[] = { "name", "kind", "url", "links",
		"tier", "language", "timezone", "interval", "local", "enabled",
		SOURCE_SETTINGS, NULL };
	int kind = SOURCE_PAGE, tier = TIER_OTHER;
	enum error_code code;

	*s = (struct source){
		.interval = INTERVAL_DEFAULT,
		.enabled = true,
		.since = INT64_MIN,
		.depth = SOURCE_DEPTH,
		.line = node->line,
	};
	code = yaml_check_keys(node, keys, err);
	if (code == OK)
		code = yaml_get_str(node, "name", &s->name, err);
	if (code == OK)
		code = source_choice(
			node, "kind", kind_name, 0, SOURCE_KINDS, &kind, err);
	if (code == OK)
		code = yaml_get_str(node, "url", &s->url, err);
	if (code == OK)
		code = yaml_get_str(node, "links", &s->links, err);
	if (code == OK)
		code = source_choice(node, "tier", tier_name, TIER_NETWORK,
			TIER_OTHER + 1, &tier, err);
	if (code == OK)
		code = yaml_get_str(node, "language", &s->language, err);
	if (code == OK)
		code = yaml_get_str(node, "timezone", &s->timezone, err);
	if (code == OK)
		code = yaml_get_int(node, "interval", INTERVAL_MIN,
			INTERVAL_MAX, &s->interval, err);
	if (code == OK)
		code = yaml_get_bool(node, "local", &s->local, err);
	if (code == OK)
		code = yaml_get_bool(node, "enabled", &s->enabled, err);
	s->kind = (enum source_kind)kind;
	s->tier = (enum source_tier)tier;
	if (code == OK)
		code = check_source(node, s, err);
	return code == OK ? source_settings_read(node, a, s, err) : code;
}

/* RFC 9110 section 10.1.5: a site must be able to reach who asks.  A mail
 * address, or the URL of a page that says more. */
static bool
has_contact(const char *agent)
{
	const char *at = strchr(agent, '@');

	return strstr(agent, "http://") != NULL ||
	       strstr(agent, "https://") != NULL ||
	       (at != NULL && at > agent && at[-1] != ' ' &&
		       strchr(at, '.') != NULL);
}

static enum error_code
check_agent(const struct yaml_node *root, const struct sources *s,
	struct error *err)
{
	const struct yaml_node *node = yaml_get(root, "user_agent");
	bool asks = false;

	for (size_t i = 0; i < s->n; i++)
		asks |= !kinds[s->list[i].kind].path;
	for (const char *c = s->user_agent; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || (unsigned char)*c > '~')
			return yaml_error(node, err,
				"user_agent: only printable ASCII can be sent");
	if (!asks || (node != NULL && has_contact(s->user_agent)))
		return OK;
	return yaml_error(node != NULL ? node : root, err,
		"user_agent: a contact is wanted where a source is http or "
		"https, such as \"dateline/0.1 (+mailto:ops@example.org)\"");
}

/* Told here, not once for every page that it keeps from being fetched. */
static enum error_code
read_ca_file(const struct yaml_node *root, struct sources *s, struct error *err)
{
	enum error_code code = yaml_get_str(root, "ca_file", &s->ca_file, err);

	if (code == OK && s->ca_file != NULL && access(s->ca_file, R_OK) != 0)
		return yaml_error(yaml_get(root, "ca_file"), err,
			"ca_file: \"%s\": %s", s->ca_file, strerror(errno));
	return code;
}

const struct source *
sources_find(const struct sources *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->list[i].name, name))
			return &s->list[i];
	return NULL;
}

static enum error_code
read_list(const struct yaml_node *list, struct arena *a, struct sources *out,
	struct error *err)
{
	for (size_t i = 0; i < list->n; i++) {
		struct source s;
		enum error_code code = read_source(list->items[i], a, &s, err);

		if (code != OK)
			return code;
		if (sources_find(out, s.name) != NULL)
			return yaml_error(list->items[i], err,
				"source \"%s\" is there twice, or the name is "
				"reserved",
				s.name);
		out->list[out->n++] = s;
	}
	return OK;
}

enum error_code
sources_read(const char *path, struct arena *a, struct sources *out,
	struct error *err)
{
	static const char *const keys[] = { "user_agent", "ca_file", "sources",
		NULL };
	const struct yaml_node *list = NULL;
	struct yaml_node *root = NULL;
	enum error_code code = OK;
	size_t n = 0;

	*out = (struct sources){ .user_agent = USER_AGENT_DEFAULT };
	if (path != NULL) {
		code = yaml_read(path, a, &root, err);
		if (code == OK)
			code = yaml_check_keys(root, keys, err);
		if (code == OK)
			code = yaml_get_str(
				root, "user_agent", &out->user_agent, err);
		if (code == OK)
			code = read_ca_file(root, out, err);
		if (code != OK)
			return code;
		list = yaml_get(root, "sources");
		if (list != NULL && list->type != YAML_LIST)
			return yaml_error(
				list, err, "sources: a list was wanted");
		n = list != NULL ? list->n : 0;
	}
	if (n > SOURCES_MAX)
		return yaml_error(
			list, err, "more than %d sources", SOURCES_MAX);
	out->list = arena_array(a, n + 1, sizeof *out->list);
	if (out->list == NULL)
		return error_set(err, ERR_NOMEM, "no memory for sources");
	out->list[out->n++] = (struct source){
		.name = SOURCE_COMMAND_LINE,
		.kind = SOURCE_FILE,
		.url = "",
		.tier = TIER_OTHER,
		.interval = INTERVAL_DEFAULT,
		.since = INT64_MIN,
		.depth = SOURCE_DEPTH,
		.local = true,
		.enabled = false, /* never due by itself */
	};
	if (list != NULL)
		code = read_list(list, a, out, err);
	return code == OK && path != NULL ? check_agent(root, out, err) : code;
}
