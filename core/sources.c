#include "sources.h"

#include <string.h>

#include "span.h"
#include "yaml.h"

#define INTERVAL_DEFAULT 86400 /* seconds */
#define INTERVAL_MIN	 60
#define INTERVAL_MAX	 (366 * 86400)
#define USER_AGENT_DEFAULT                                                     \
	"dateline/" DATELINE_VERSION " (no contact configured)"

static const char *const kinds[SOURCE_KINDS] = {
	[SOURCE_PAGE] = "page",
	[SOURCE_FILE] = "file",
	[SOURCE_DIRECTORY] = "directory",
};

/* Index 0 is no tier. */
static const char *const tiers[] = { "", "network", "member", "press",
	"other" };

const char *
source_kind_name(enum source_kind k)
{
	return (unsigned)k < SOURCE_KINDS ? kinds[k] : "unknown";
}

const char *
source_tier_name(enum source_tier t)
{
	return (unsigned)t < sizeof tiers / sizeof *tiers ? tiers[t]
							  : "unknown";
}

/* Index of value in names[first..n), or a ERR_CONFIG at its node. */
static enum error_code
get_choice(const struct yaml_node *map, const char *key,
	const char *const *names, int first, int n, int *out, struct error *err)
{
	const struct yaml_node *node = yaml_get(map, key);

	if (node == NULL)
		return OK;
	for (int i = first; i < n && node->type == YAML_SCALAR; i++)
		if (!strcmp(node->scalar, names[i])) {
			*out = i;
			return OK;
		}
	return yaml_error(node, err,
		"%s: \"%s\" is not known; see "
		"dateline-sources(5)",
		key, node->type == YAML_SCALAR ? node->scalar : "(a list)");
}

static enum error_code
check_source(
	const struct yaml_node *node, const struct source *s, struct error *err)
{
	bool http = s->url != NULL &&
		    (span_istarts_with(span_str(s->url), "http://") ||
			    span_istarts_with(span_str(s->url), "https://"));

	if (s->name == NULL || s->name[0] == '\0')
		return yaml_error(node, err, "a source without a name");
	if (s->url == NULL || s->url[0] == '\0')
		return yaml_error(node, err, "source %s has no url", s->name);
	if (s->kind == SOURCE_PAGE && !http)
		return yaml_error(yaml_get(node, "url"), err,
			"url: \"%s\" is not http or https", s->url);
	if (s->kind != SOURCE_PAGE && (http || !s->local))
		return yaml_error(node, err,
			"source %s: a %s is a path, and needs local: true",
			s->name, source_kind_name(s->kind));
	if (s->language != NULL && strlen(s->language) != 2)
		return yaml_error(yaml_get(node, "language"), err,
			"language: \"%s\" is no two-letter code (ISO 639-1)",
			s->language);
	return OK;
}

static enum error_code
read_source(const struct yaml_node *node, struct source *s, struct error *err)
{
	static const char *const keys[] = { "name", "kind", "url", "tier",
		"language", "timezone", "interval", "local", "enabled", NULL };
	int kind = SOURCE_PAGE, tier = TIER_OTHER;
	enum error_code code;

	*s = (struct source){ .interval = INTERVAL_DEFAULT, .enabled = true };
	code = yaml_check_keys(node, keys, err);
	if (code == OK)
		code = yaml_get_str(node, "name", &s->name, err);
	if (code == OK)
		code = get_choice(
			node, "kind", kinds, 0, SOURCE_KINDS, &kind, err);
	if (code == OK)
		code = yaml_get_str(node, "url", &s->url, err);
	if (code == OK)
		code = get_choice(node, "tier", tiers, TIER_NETWORK,
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
	return code == OK ? check_source(node, s, err) : code;
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
read_list(const struct yaml_node *list, struct sources *out, struct error *err)
{
	for (size_t i = 0; i < list->n; i++) {
		struct source s;
		enum error_code code = read_source(list->items[i], &s, err);

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
	static const char *const keys[] = { "user_agent", "sources", NULL };
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
		.local = true,
		.enabled = false, /* never due by itself */
	};
	return list != NULL ? read_list(list, out, err) : OK;
}
