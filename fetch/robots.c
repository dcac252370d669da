#include "robots.h"

#include <stdlib.h>
#include <string.h>

#define PATTERN_PARTS_MAX 256 /* stars of one pattern that are looked at */

/* Keys with the misspellings that site owners make and matchers forgive. */
static const struct {
	const char *name;
	enum robots_key key;
} keys[] = {
	{ "user-agent", ROBOTS_AGENT },
	{ "useragent", ROBOTS_AGENT },
	{ "user agent", ROBOTS_AGENT },
	{ "allow", ROBOTS_ALLOW },
	{ "disallow", ROBOTS_DISALLOW },
	{ "dissallow", ROBOTS_DISALLOW },
	{ "dissalow", ROBOTS_DISALLOW },
	{ "disalow", ROBOTS_DISALLOW },
	{ "diasllow", ROBOTS_DISALLOW },
	{ "disallaw", ROBOTS_DISALLOW },
	{ "crawl-delay", ROBOTS_DELAY },
	{ "crawldelay", ROBOTS_DELAY },
	{ "request-rate", ROBOTS_RATE },
	{ "sitemap", ROBOTS_SITEMAP },
	{ "site-map", ROBOTS_SITEMAP },
};

/* A key may be longer than its name: "disallow-all" is none, "allowed" is. */
static enum robots_key
key_of(struct span word)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (span_istarts_with(word, keys[i].name))
			return keys[i].key;
	return ROBOTS_KEYS;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Key and value of a line; false if it has none.  A colon parts them, or
 * white space where there are just two words. */
static bool
split_line(struct span line, struct span *key, struct span *value)
{
	size_t at = span_find(line, 0, span_of("#", 1));

	if (at != SIZE_MAX)
		line.len = at;
	line = span_trim(line);
	at = span_find(line, 0, span_of(":", 1));
	if (at == SIZE_MAX) {
		for (at = 0; at < line.len && !is_blank(line.ptr[at]);)
			at++;
		*value = span_trim(span_sub(line, at, line.len));
		if (value->len == 0 ||
			memchr(value->ptr, ' ', value->len) != NULL ||
			memchr(value->ptr, '\t', value->len) != NULL)
			return false;
	} else {
		*value = span_trim(span_sub(line, at + 1, line.len));
	}
	*key = span_trim(span_sub(line, 0, at));
	return key->len > 0;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Section 2.2.2: octets outside ASCII are matched percent-encoded, and hex
 * digits in upper case. */
static struct span
canonical_path(struct span v, struct arena *a)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_alloc(a, 3 * v.len + 1);
	size_t n = 0;

	if (out == NULL)
		return (struct span){ 0 };
	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if (c == '%' && i + 2 < v.len && is_hex(v.ptr[i + 1]) &&
			is_hex(v.ptr[i + 2])) {
			out[n++] = '%';
			for (int k = 1; k <= 2; k++) {
				char d = v.ptr[i + (size_t)k];

				out[n++] = d >= 'a' ? (char)(d - 32) : d;
			}
			i += 2;
		} else if (c >= 0x80) {
			out[n++] = '%';
			out[n++] = hex[c >> 4];
			out[n++] = hex[c & 15];
		} else {
			out[n++] = (char)c;
		}
	}
	return span_of(out, n);
}

static enum error_code
add_line(struct robots *r, size_t *cap, struct span line, int number,
	struct arena *a)
{
	struct robots_rule rule = { .line = number };
	struct robots_rule *list;
	struct span key;

	if (line.len > ROBOTS_LINE_MAX)
		line.len = ROBOTS_LINE_MAX;
	if (!split_line(line, &key, &rule.value))
		return OK;
	rule.key = key_of(key);
	if (rule.key == ROBOTS_KEYS)
		return OK;
	if (r->n == ROBOTS_RULES_MAX) {
		r->cut = true;
		return OK;
	}
	if (rule.key == ROBOTS_ALLOW || rule.key == ROBOTS_DISALLOW)
		rule.value = canonical_path(rule.value, a);
	else
		rule.value = arena_span(a, rule.value);
	if (rule.value.ptr == NULL)
		return ERR_NOMEM;
	list = arena_grow(a, r->rules, r->n, cap, sizeof *list);
	if (list == NULL)
		return ERR_NOMEM;
	r->rules = list;
	list[r->n++] = rule;
	return OK;
}

/* Behind a byte order mark, also one that was cut short. */
static struct span
skip_bom(struct span text)
{
	static const char bom[] = "\xEF\xBB\xBF";
	size_t n = 0;

	while (n < 3 && n < text.len && text.ptr[n] == bom[n])
		n++;
	return span_sub(text, n, text.len);
}

enum error_code
robots_parse(struct span text, struct arena *a, struct robots *out,
	struct error *err)
{
	enum error_code code = OK;
	size_t cap = 0;
	int number = 1;

	*out = (struct robots){ .cut = text.len > ROBOTS_SIZE_MAX };
	text = skip_bom(span_sub(text, 0, ROBOTS_SIZE_MAX));
	for (size_t start = 0, i = 0; code == OK && i <= text.len; i++) {
		bool end = i == text.len;

		if (!end && text.ptr[i] != '\n' && text.ptr[i] != '\r')
			continue;
		/* A line that the cap cut is no line. */
		if (!end || !out->cut)
			code = add_line(
				out, &cap, span_sub(text, start, i), number, a);
		number++;
		if (!end && text.ptr[i] == '\r' && i + 1 < text.len &&
			text.ptr[i + 1] == '\n')
			i++;
		start = i + 1;
	}
	if (code != OK)
		return error_set(err, code, "no memory for robots.txt");
	return OK;
}

void *
robots_keep(struct robots *r, size_t *bytes)
{
	struct robots_rule *rules;
	char *at;

	*bytes = r->n * sizeof *rules;
	for (size_t i = 0; i < r->n; i++)
		*bytes += r->rules[i].value.len;
	if (r->n == 0)
		return NULL;
	rules = malloc(*bytes);
	if (rules == NULL)
		return NULL;
	memcpy(rules, r->rules, r->n * sizeof *rules);
	at = (char *)(rules + r->n);
	for (size_t i = 0; i < r->n; i++) {
		if (rules[i].value.len > 0)
			memcpy(at, rules[i].value.ptr, rules[i].value.len);
		rules[i].value.ptr = at;
		at += rules[i].value.len;
	}
	r->rules = rules;
	return rules;
}

/*
 * Does pattern (with * and a $ at its end) match the beginning of path?
 * Each part between stars is taken where it first fits, so the time is that
 * of a search.
 */
static bool
matches(struct span pattern, struct span path)
{
	bool anchored = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '$';
	struct span rest, part;
	size_t at = 0;
	bool first = true;

	if (anchored)
		pattern.len--;
	rest = pattern;
	for (int parts = 0; rest.ptr != NULL; parts++) {
		bool last;

		if (parts == PATTERN_PARTS_MAX ||
			!span_split(&rest, '*', &part))
			break;
		last = rest.ptr == NULL;
		if (first && !span_eq(part, span_sub(path, 0, part.len)))
			return false;
		if (last && anchored) {
			if (path.len < at + part.len)
				return false;
			if (first)
				return path.len == part.len;
			return memcmp(path.ptr + path.len - part.len, part.ptr,
				       part.len) == 0;
		}
		at = first ? part.len : span_find(path, at, part);
		if (at == SIZE_MAX)
			return false;
		at += first ? 0 : part.len;
		first = false;
	}
	return true;
}

/* Path, parameters and query of a URL, "/" at least. */
static struct span
path_of(struct span url)
{
	size_t at = span_find(url, 0, span_str("//"));
	size_t slash = span_find(url, 0, span_str("/"));
	size_t end;

	if (at != SIZE_MAX && at <= slash) {
		for (at += 2; at < url.len; at++)
			if (memchr("/?;", url.ptr[at], 3) != NULL)
				break;
		url = span_sub(url, at, url.len);
	} else if (slash != 0) {
		size_t to = 0;

		while (to < url.len && memchr("/?;", url.ptr[to], 3) == NULL)
			to++;
		url = span_sub(url, to, url.len);
	}
	end = span_find(url, 0, span_str("#"));
	return end != SIZE_MAX ? span_sub(url, 0, end) : url;
}

static bool
is_agent_char(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_';
}

/* Section 2.2.1: letters, "-" and "_"; a line may go on behind them. */
static struct span
product_token(struct span s)
{
	size_t n = 0;

	while (n < s.len && is_agent_char(s.ptr[n]))
		n++;
	return span_sub(s, 0, n);
}

/* What a crawler calls itself, without its version. */
static struct span
crawler_name(const char *agent)
{
	return span_of(agent, strcspn(agent, "/"));
}

enum whose { NOBODY, ANYBODY, OURS };

/* Whom a user-agent line is for. */
static enum whose
agent_line(struct span value, struct span agent)
{
	struct span token = product_token(value);

	if (value.len > 0 && value.ptr[0] == '*' &&
		(value.len == 1 || is_blank(value.ptr[1])))
		return ANYBODY;
	if (token.len > 0 && token.len == agent.len &&
		!strncasecmp(token.ptr, agent.ptr, agent.len))
		return OURS;
	return NOBODY;
}

/*
 * Where in the groups a walk over the rules is: is this one for the agent, or
 * for all?  Agent lines that follow each other share a group, and a rule ends
 * their list.  Which lines are rules is the caller's to say: to a matcher of
 * paths a crawl-delay is none.
 */
struct groups {
	bool ours, any;
	bool in_rules;
	bool named; /* some group is for the agent */
};

static void
groups_step(struct groups *g, const struct robots_rule *rule, bool is_rule,
	struct span agent)
{
	enum whose whose;

	if (rule->key != ROBOTS_AGENT) {
		g->in_rules = g->in_rules || is_rule;
		return;
	}
	if (g->in_rules)
		g->ours = g->any = g->in_rules = false;
	whose = agent_line(rule->value, agent);
	g->ours = g->ours || whose == OURS;
	g->any = g->any || whose == ANYBODY;
	g->named = g->named || whose == OURS;
}

/* The longest pattern that matches, of one kind for one group of readers. */
struct best {
	size_t len;
	int line;
};

static void
try_rule(struct best *b, const struct robots_rule *rule, struct span path)
{
	struct span v = rule->value;
	size_t slash = v.len;
	char dir[ROBOTS_LINE_MAX];

	/* "Disallow:" matches all and weighs nothing; its line is told. */
	if ((v.len > b->len || b->line == 0) && matches(v, path)) {
		*b = (struct best){ v.len, rule->line };
		return;
	}
	/* Who allows /a/index.html means /a/ as well. */
	while (slash > 0 && v.ptr[slash - 1] != '/')
		slash--;
	if (rule->key != ROBOTS_ALLOW || slash == 0 ||
		slash + 1 >= sizeof dir ||
		!span_starts_with(span_sub(v, slash, v.len), "index.htm") ||
		matches(v, path))
		return;
	memcpy(dir, v.ptr, slash);
	dir[slash] = '$';
	if (slash + 1 > b->len && matches(span_of(dir, slash + 1), path))
		*b = (struct best){ slash + 1, rule->line };
}

static bool
decide(const struct best *allow, const struct best *disallow, int *line)
{
	bool allowed = disallow->len <= allow->len;

	if (!allowed || (allow->line == 0 && disallow->len == 0))
		*line = disallow->line;
	else
		*line = allow->line;
	return allowed;
}

bool
robots_allowed(
	const struct robots *r, const char *agent, const char *url, int *line)
{
	struct span path = path_of(span_str(url));
	struct span token = crawler_name(agent);
	struct best best[2][2] = { { { 0 } } }; /* [ours][disallow] */
	struct groups g = { 0 };
	int unused;

	if (line == NULL)
		line = &unused;
	*line = 0;
	if (path.len == 0 || path.ptr[0] != '/')
		path = span_str("/");
	/* RFC 9309 section 2.2.2: it is always allowed. */
	if (span_eq_str(path, "/robots.txt"))
		return true;
	for (size_t i = 0; i < r->n; i++) {
		const struct robots_rule *rule = &r->rules[i];
		bool disallow = rule->key == ROBOTS_DISALLOW;
		bool is_rule = rule->key == ROBOTS_ALLOW || disallow;

		groups_step(&g, rule, is_rule, token);
		if (is_rule && g.ours)
			try_rule(&best[1][disallow], rule, path);
		if (is_rule && g.any)
			try_rule(&best[0][disallow], rule, path);
	}
	return decide(&best[g.named][0], &best[g.named][1], line);
}

/* "10", "2.5"; or "1/10s", "3/15m", "2/1h", "1/1d": requests in a time. */
static double
seconds(const struct robots_rule *rule)
{
	char text[64], *end;
	double n, span = 1;

	if (rule->value.len == 0 || rule->value.len >= sizeof text)
		return -1;
	memcpy(text, rule->value.ptr, rule->value.len);
	text[rule->value.len] = '\0';
	if (text[0] < '0' || text[0] > '9')
		return -1;
	n = strtod(text, &end);
	if (rule->key == ROBOTS_DELAY)
		return *end == '\0' && n >= 0 ? n : -1;
	if (*end != '/' || !(n > 0))
		return -1;
	span = strtod(end + 1, &end);
	if (*end == 'm')
		span *= 60;
	else if (*end == 'h')
		span *= 3600;
	else if (*end == 'd')
		span *= 86400;
	else if (*end != 's' && *end != '\0' && !is_blank(*end))
		return -1;
	return span > 0 ? span / n : -1;
}

double
robots_delay(const struct robots *r, const char *agent)
{
	struct span token = crawler_name(agent);
	struct groups g = { 0 };
	double ours = -1, any = -1;

	for (size_t i = 0; i < r->n; i++) {
		const struct robots_rule *rule = &r->rules[i];
		double s;

		/* A sitemap belongs to no group. */
		groups_step(&g, rule, rule->key != ROBOTS_SITEMAP, token);
		if (rule->key != ROBOTS_DELAY && rule->key != ROBOTS_RATE)
			continue;
		s = seconds(rule);
		if (g.ours && s > ours)
			ours = s;
		if (g.any && s > any)
			any = s;
	}
	return g.named ? ours : any;
}

enum error_code
fetch_robots_ask(struct span robots, const char *agent, const char *url,
	struct arena *a, struct fetch_permission *out, struct error *err)
{
	struct robots r;
	enum error_code code = robots_parse(robots, a, &r, err);

	if (code != OK)
		return code;
	out->allowed = robots_allowed(&r, agent, url, &out->line);
	out->delay = robots_delay(&r, agent);
	return OK;
}
