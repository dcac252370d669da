/* dateline probe: one reader on given input, so that a person sees why. */
#include "probe.h"

#define AGENT_DEFAULT "dateline"

static enum error_code
ask_robots(struct probe *p, const struct probe_case *c,
	struct fetch_permission *out, struct error *err)
{
	if (c->url == NULL)
		return error_set(err, ERR_FORMAT, "\"url\" wanted");
	return fetch_robots_ask(c->body,
		c->agent != NULL ? c->agent : AGENT_DEFAULT, c->url, p->arena,
		out, err);
}

static enum error_code
answer_robots(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	struct fetch_permission may = { .delay = -1 };
	enum error_code code = ask_robots(p, c, &may, err);

	if (code != OK)
		return code;
	json_put_bool(out, "allowed", may.allowed);
	json_put_int(out, "line", may.line);
	if (may.delay >= 0)
		json_put_real(out, "delay", may.delay);
	return OK;
}

static struct span
line_of(struct span text, int number)
{
	struct span line = { NULL, 0 };

	for (int i = 0; i < number && text.len > 0; i++) {
		size_t end = 0;

		while (end < text.len && text.ptr[end] != '\n' &&
			text.ptr[end] != '\r')
			end++;
		line = span_sub(text, 0, end);
		end += end + 1 < text.len && text.ptr[end] == '\r' &&
		       text.ptr[end + 1] == '\n';
		text = span_sub(text, end + 1, text.len);
	}
	return span_trim(line);
}

static enum error_code
show_robots(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	struct fetch_permission may = { .delay = -1 };
	enum error_code code = ask_robots(p, c, &may, err);
	struct buffer line;

	if (code != OK)
		return code;
	*refused += !may.allowed;
	buffer_printf(
		out, "%-8s %s", may.allowed ? "allowed" : "refused", c->url);
	buffer_init(&line, c->body.len * 3 + 1);
	if (may.line > 0) {
		(void)utf8_repair(line_of(c->body, may.line), &line, NULL);
		buffer_printf(out, "\n         line %d: ", may.line);
		buffer_add_span(out, buffer_span(&line));
	} else {
		buffer_add_str(out, "\n         no rule matches");
	}
	buffer_release(&line);
	if (may.delay >= 0)
		buffer_printf(out, "\n         %g seconds between requests",
			may.delay);
	return buffer_add_char(out, '\n');
}

int
cmd_probe_robots(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_robots,
		.show = show_robots,
		.urls = true,
		.input = true,
	};

	return probe_run(o, &reader);
}

static void
put_or_null(struct buffer *out, const char *key, const char *value)
{
	json_out_key(out, key);
	if (value != NULL)
		json_out_text(out, span_str(value));
	else
		json_out_null(out);
}

/* A URL that cannot be read is an answer too: refused says why. */
static enum error_code
read_url(struct probe *p, const struct probe_case *c, struct fetch_url *u,
	struct error *err)
{
	struct error why = { 0 };
	enum error_code code;

	if (c->url == NULL)
		return error_set(err, ERR_FORMAT, "\"url\" wanted");
	code = fetch_url_read(c->url, c->base, p->arena, u, &why);
	if (code == OK)
		return OK;
	*u = (struct fetch_url){
		.refused = arena_strdup(p->arena, why.msg),
	};
	return code == ERR_NOMEM || u->refused == NULL
		       ? error_set(err, ERR_NOMEM, "no memory")
		       : OK;
}

static enum error_code
answer_url(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	struct fetch_url u = { .text = NULL };
	enum error_code code = read_url(p, c, &u, err);

	if (code != OK)
		return code;
	put_or_null(out, "url", u.text != NULL ? u.key : NULL);
	put_or_null(out, "asked", u.text);
	put_or_null(out, "host", u.host);
	put_or_null(out, "domain", u.domain);
	put_or_null(out, "refused", u.refused);
	return OK;
}

static enum error_code
show_url(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	struct fetch_url u = { .text = NULL };
	enum error_code code = read_url(p, c, &u, err);

	if (code != OK)
		return code;
	if (u.text == NULL)
		buffer_printf(out, "%s\n", c->url);
	else
		buffer_printf(out,
			"%s\n  asked as  %s\n  host      %s\n  domain    %s\n",
			u.key, u.text, u.host,
			u.domain != NULL ? u.domain : "none");
	if (u.refused != NULL)
		buffer_printf(out, "  refused   %s\n", u.refused);
	*refused += u.refused != NULL;
	return OK;
}

int
cmd_probe_url(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_url,
		.show = show_url,
		.urls = true,
	};

	return probe_run(o, &reader);
}

static enum error_code
ask_charset(struct probe *p, const struct probe_case *c,
	struct parse_charset *out, struct error *err)
{
	return parser_charset(
		p->parser, c->body, c->charset, p->arena, out, err);
}

static enum error_code
answer_charset(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err)
{
	struct parse_charset said;
	enum error_code code = ask_charset(p, c, &said, err);

	if (code != OK)
		return code;
	json_put_str(out, "encoding", said.encoding);
	put_or_null(out, "declared", said.declared);
	json_put_int(out, "bad", (int64_t)said.bad);
	return OK;
}

static enum error_code
show_charset(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err)
{
	struct parse_charset said;
	enum error_code code = ask_charset(p, c, &said, err);

	if (code != OK)
		return code;
	*refused += said.bad > 0;
	return buffer_printf(out,
		"%s\n  declared  %s\n  places that are not valid in it: %zu\n",
		said.encoding, said.declared != NULL ? said.declared : "none",
		said.bad);
}

int
cmd_probe_charset(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_charset,
		.show = show_charset,
		.input = true,
		.parser = true,
	};

	return probe_run(o, &reader);
}

int
cmd_probe_feed(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_feed,
		.show = show_feed,
		.input = true,
		.parser = true,
	};

	return probe_run(o, &reader);
}

int
cmd_probe_discover(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_discover,
		.show = show_discover,
		.input = true,
		.parser = true,
	};

	return probe_run(o, &reader);
}

int
cmd_probe_sitemap(const struct options *o)
{
	static const struct probe_reader reader = {
		.answer = answer_sitemap,
		.show = show_sitemap,
		.input = true,
		.parser = true,
	};

	return probe_run(o, &reader);
}
