/* Questions of one line or of the command line, and their answers. */
#include "probe.h"

#include <strings.h>
#include <unistd.h>

#define PROBE_OUT_MAX ((size_t)256 << 20)

static enum error_code
open_probe(struct probe *p, const struct probe_reader *r, struct error *err)
{
	enum error_code code = OK;

	p->arena = arena_new(CLI_ARENA_MAX);
	buffer_init(&p->file, PROBE_FILE_MAX);
	if (p->arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (r->parser) {
		const struct options defaults = { 0 };

		code = parse_words_open(
			path_config(&defaults, p->arena), &p->words, err);
		if (code == OK)
			p->parser = parser_new(p->words, NULL);
		if (code == OK && p->parser == NULL)
			code = error_set(err, ERR_NOMEM, "no memory");
	}
	return code;
}

static void
close_probe(struct probe *p)
{
	parser_free(p->parser);
	parse_words_free(p->words);
	buffer_release(&p->file);
	arena_free(p->arena);
}

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c | 0x20) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

static enum error_code
read_hex(const char *hex, struct buffer *out, struct error *err)
{
	for (; hex[0] != '\0'; hex += 2) {
		int high = hex_digit(hex[0]), low = hex_digit(hex[1]);

		if (high < 0 || low < 0)
			return error_set(err, ERR_FORMAT,
				"\"hex\" is not pairs of hex digits");
		buffer_add_char(out, (char)(high << 4 | low));
	}
	return buffer_error(out, err, "the body");
}

static enum error_code
read_body(struct probe *p, const struct json_value *in, struct probe_case *c,
	struct error *err)
{
	const char *file = json_value_str(in, "file");
	const char *hex = json_value_str(in, "hex");
	const struct json_value *body = json_value_get(in, "body");
	enum error_code code = OK;

	buffer_reset(&p->file);
	if (body != NULL && body->kind == JSON_STRING) {
		c->body = body->text;
		return OK;
	}
	if (file != NULL)
		code = read_file(file, PROBE_FILE_MAX, &p->file, err);
	else if (hex != NULL)
		code = read_hex(hex, &p->file, err);
	else
		return error_set(err, ERR_FORMAT,
			"\"file\", \"body\" or \"hex\" wanted");
	c->body = buffer_span(&p->file);
	return code;
}

/* A header's value; names have no case. */
static const char *
header(const struct json_value *in, const char *name)
{
	const struct json_value *h = json_value_get(in, "headers");

	if (h == NULL || h->kind != JSON_OBJECT)
		return NULL;
	for (h = h->first; h != NULL; h = h->next)
		if (h->kind == JSON_STRING && span_ieq_str(h->name, name))
			return h->text.ptr;
	return NULL;
}

/* "text/xml; charset=utf-8" in two. */
static enum error_code
split_content_type(struct probe *p, const char *type, struct probe_case *c,
	struct error *err)
{
	struct span rest = span_str(type), part;
	bool first = true;

	while (rest.ptr != NULL && span_split(&rest, ';', &part)) {
		const char **into = first ? &c->media_type : NULL;

		part = span_trim(part);
		if (!first && span_istarts_with(part, "charset=")) {
			part = span_trim(span_sub(part, 8, part.len));
			if (part.len > 1 &&
				(part.ptr[0] == '"' || part.ptr[0] == '\''))
				part = span_sub(part, 1, part.len - 1);
			into = &c->charset;
		}
		first = false;
		if (into == NULL)
			continue;
		*into = arena_strndup(p->arena, part.ptr, part.len);
		if (*into == NULL)
			return error_set(err, ERR_NOMEM, "no memory");
	}
	return OK;
}

static enum error_code
read_case(struct probe *p, const struct probe_reader *r,
	const struct json_value *in, struct probe_case *c, struct error *err)
{
	const char *type = json_value_str(in, "content_type");
	const char *base = json_value_str(in, "base_url");
	enum error_code code = OK;

	if (in->kind != JSON_OBJECT)
		return error_set(err, ERR_FORMAT, "an object wanted");
	if (type == NULL)
		type = header(in, "content-type");
	if (base == NULL)
		base = json_value_str(in, "base");
	c->base = base != NULL && *base != '\0' ? base : NULL;
	/* RFC 2557 section 4.2: what the transport says the place is. */
	base = header(in, "content-location");
	if (base != NULL) {
		struct fetch_url u;

		if (fetch_url_read(base, c->base, p->arena, &u, NULL) == OK)
			c->base = u.text;
	}
	c->url = json_value_str(in, "url");
	c->agent = json_value_str(in, "agent");
	c->charset = json_value_str(in, "charset");
	c->language = header(in, "content-language");
	if (type != NULL)
		code = split_content_type(p, type, c, err);
	return code == OK && r->input ? read_body(p, in, c, err) : code;
}

static void
put_id(struct buffer *out, const struct json_value *in, size_t line)
{
	const struct json_value *id = json_value_get(in, "id");
	long long n;

	json_out_open(out, '{');
	json_out_key(out, in == NULL ? "line" : "id");
	if (in == NULL)
		json_out_int(out, (int64_t)line);
	else if (id == NULL)
		json_out_null(out);
	else if (id->kind == JSON_NUMBER &&
		 span_int(id->text, INT64_MIN, INT64_MAX, &n))
		json_out_int(out, n);
	else
		json_out_text(out, id->text);
}

/* One line of a batch; only a lack of memory is an error. */
static enum error_code
answer_line(struct probe *p, const struct probe_reader *r, struct span line,
	size_t number, enum error_code code, struct buffer *out, int *bad,
	struct error *err)
{
	const struct json_value *in = NULL;
	struct probe_case c = { .body = { NULL, 0 } };

	if (code == OK)
		code = json_value_read(line, "case", p->arena, &in, err);
	if (code == OK)
		code = read_case(p, r, in, &c, err);
	if (code == OK) {
		put_id(out, in, number);
		code = r->answer(p, &c, out, err);
	}
	if (code == OK && out->code != OK)
		code = buffer_error(out, err, "the answer");
	if (code == ERR_NOMEM && !arena_over_cap(p->arena))
		return code;
	if (code != OK) {
		buffer_reset(out);
		put_id(out, in, number);
		json_put_str(out, "error", err->msg);
		error_clear(err);
		++*bad;
	}
	json_out_close(out, '}');
	buffer_add_char(out, '\n');
	return buffer_error(out, err, "the answer");
}

static enum error_code
answer_batch(struct probe *p, const struct probe_reader *r, int *bad,
	struct error *err)
{
	struct lines lines;
	struct buffer out;
	enum error_code code;

	lines_init(&lines, STDIN_FILENO, RECORD_LINE_MAX);
	buffer_init(&out, PROBE_OUT_MAX);
	do {
		struct span line;

		arena_reset(p->arena);
		buffer_reset(&out);
		code = lines_next(&lines, &line, err);
		if (code == OK && line.ptr == NULL)
			break;
		if (code == OK && span_trim(line).len == 0)
			continue;
		if (code == OK || code == ERR_LIMIT)
			code = answer_line(
				p, r, line, lines.number, code, &out, bad, err);
		if (code == OK)
			code = write_all(STDOUT_FILENO, out.ptr, out.len, err);
	} while (code == OK);
	buffer_release(&out);
	lines_release(&lines);
	return code;
}

/* One answer for a person, or with --json the line of a batch. */
static enum error_code
answer_one(struct probe *p, const struct probe_reader *r,
	const struct options *o, const struct probe_case *c, int *bad,
	struct error *err)
{
	struct buffer out;
	enum error_code code;

	buffer_init(&out, PROBE_OUT_MAX);
	if (o->json) {
		json_out_open(&out, '{');
		code = r->answer(p, c, &out, err);
		json_out_close(&out, '}');
		buffer_add_char(&out, '\n');
	} else {
		code = r->show(p, c, &out, bad, err);
	}
	if (code == OK)
		code = buffer_error(&out, err, "the answer");
	if (code == OK)
		code = write_all(STDOUT_FILENO, out.ptr, out.len, err);
	buffer_release(&out);
	return code;
}

static enum error_code
answer_person(struct probe *p, const struct probe_reader *r,
	const struct options *o, int *bad, struct error *err)
{
	struct probe_case c = { .base = o->base, .agent = o->agent };
	const char *file = !r->urls && o->nargs > 0 ? o->args[0] : NULL;
	enum error_code code = OK;

	if (r->urls && o->nargs == 0)
		return error_set(err, ERR_USAGE, "URL wanted, or --batch");
	if (file != NULL && strcmp(file, "-") != 0)
		code = read_file(file, PROBE_FILE_MAX, &p->file, err);
	else if (r->input)
		code = read_all(STDIN_FILENO, PROBE_FILE_MAX, &p->file, err);
	c.body = buffer_span(&p->file);
	if (!r->urls)
		return code == OK ? answer_one(p, r, o, &c, bad, err) : code;
	for (int i = 0; code == OK && i < o->nargs; i++) {
		c.url = o->args[i];
		code = answer_one(p, r, o, &c, bad, err);
	}
	return code;
}

int
probe_run(const struct options *o, const struct probe_reader *r)
{
	struct probe p = { 0 };
	struct error err = { 0 };
	int bad = 0;
	enum error_code code = open_probe(&p, r, &err);

	if (code == OK)
		code = o->batch ? answer_batch(&p, r, &bad, &err)
				: answer_person(&p, r, o, &bad, &err);
	close_probe(&p);
	if (code != OK)
		return report_error(&err);
	return bad > 0 ? EXIT_PROBLEMS : 0;
}
