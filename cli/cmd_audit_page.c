#include "cli.h"

#include <unistd.h>

#define OUT_MAX ((size_t)64 << 20) /* bytes of the page that is written */

/* The claim's page with its words marked, into out. */
static enum error_code
mark(const struct options *o, struct arena *a, struct buffer *out, bool *found,
	struct error *err)
{
	struct explanation x = { .page = { .archive.file = NULL } };
	struct parse_words *words = NULL;
	struct archive *archive = NULL;
	struct parser *parser = NULL;
	struct store *s = NULL;
	char full[ID_HEX];
	bool is_fact = false;
	struct page page;
	struct span body;
	enum error_code code = store_open(path_db(o, a), STORE_READ, &s, err);

	if (code == OK)
		code = store_id_kind(s, o->args[0], &is_fact, full, err);
	if (code == OK && is_fact)
		code = error_set(err, ERR_USAGE,
			"%s is a fact: audit explain names its claims",
			o->args[0]);
	if (code == OK)
		code = store_explain(s, full, a, &x, err);
	if (code == OK)
		code = archive_open(path_archive(o, a), &archive, err);
	if (code == OK)
		code = archive_read(archive, x.page.archive.file,
			x.page.archive.offset, a, &page, &body, err);
	if (code == OK &&
		(x.page.body == NULL || strcmp(page.body, x.page.body) != 0))
		code = error_set(
			err, ERR_FORMAT, "the archive has another page there");
	if (code == OK)
		code = parse_words_open(path_config(o, a), &words, err);
	if (code == OK) {
		parser = parser_new(words, NULL);
		code = parser == NULL ? error_set(err, ERR_NOMEM, "no memory")
				      : parser_mark(parser, &page, body,
						x.document.text, x.claim.start,
						x.claim.end, out, found, err);
	}
	parser_free(parser);
	parse_words_free(words);
	archive_close(archive);
	store_close(s);
	return code;
}

int
cmd_audit_page(const struct options *o)
{
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct buffer out;
	bool found = false;
	enum error_code code =
		a == NULL ? error_set(&err, ERR_NOMEM, "no memory") : OK;

	buffer_init(&out, OUT_MAX);
	if (code == OK)
		code = mark(o, a, &out, &found, &err);
	if (code == OK)
		code = write_all(STDOUT_FILENO, out.ptr, out.len, &err);
	if (code == OK && !found)
		log_write(LOG_WARN, "the claim's words are not in its page");
	buffer_release(&out);
	arena_free(a);
	if (code != OK)
		return report_error(&err);
	return found ? 0 : EXIT_PROBLEMS;
}
