/* Captures chosen, to an archive of their own, or their bodies to files. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_S 86400

struct export
{
	const struct options *o;
	struct arena *arena;   /* of one capture */
	struct arena *lasting; /* of the run */
	const char **urls;     /* as fetch writes them; "*" ends a beginning */
	int64_t since, until;  /* fetched at, until excluded */
	struct archive_writer *out;
	int dir; /* for bodies, or -1 */
	int64_t captures, bad;
};

/* The first second of a day, month or year; or behind its last. */
static int64_t
edge_of(const char *date, bool behind)
{
	struct civil c = { .month = 1, .day = 1 };
	struct edtf e;

	(void)edtf_parse(span_str(date), &e); /* options.c has checked it */
	c.year = e.start.year;
	if (e.start.month != 0)
		c.month = e.start.month;
	if (e.start.day != 0)
		c.day = e.start.day;
	if (!behind)
		return civil_to_days(c) * DAY_S;
	if (e.start.day != 0)
		return (civil_to_days(c) + 1) * DAY_S;
	return civil_to_days(civil_add_months(c, e.start.month != 0 ? 1 : 12)) *
	       DAY_S;
}

/* A URL of the command line as the archive has it. */
static const char *
canonical(const char *arg, struct arena *a)
{
	struct span s = span_str(arg);
	struct fetch_url u;

	if (!span_ends_with(s, "*") &&
		fetch_url_read(arg, NULL, a, &u, NULL) == OK)
		return u.text;
	return arg;
}

static bool
matches(const char *pattern, const char *url)
{
	size_t len = strlen(pattern);

	if (len > 0 && pattern[len - 1] == '*')
		return strncmp(url, pattern, len - 1) == 0;
	return strcmp(url, pattern) == 0;
}

static bool
is_chosen(const struct export *x, const struct capture *c)
{
	const int n = x->o->nargs - 1;
	int i = 0;

	if ((x->o->source != NULL && strcmp(c->source, x->o->source) != 0) ||
		c->fetched_at < x->since || c->fetched_at >= x->until)
		return false;
	while (i < n && !matches(x->urls[i], c->final_url) &&
		!matches(x->urls[i], c->url))
		i++;
	return n == 0 || i < n;
}

/* The body as a file named by its hash, so that it stands there once. */
static enum error_code
write_body(struct export *x, const struct capture *c, struct error *err)
{
	const char *type = c->media_type != NULL ? c->media_type : "";
	const char *end = strstr(type, "html") != NULL	   ? ".html"
			  : strstr(type, "xml") != NULL	   ? ".xml"
			  : strstr(type, "json") != NULL   ? ".json"
			  : strncmp(type, "text/", 5) == 0 ? ".txt"
							   : ".bin";
	char hex[HASH_HEX], *name;
	enum error_code code;
	int fd;

	hash_hex(c->body, hex);
	name = arena_printf(x->arena, "%s%s", hex, end);
	if (name == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	fd = openat(x->dir, name,
		O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return error_sys(err, errno, "%s", name);
	code = write_all(fd, c->body.ptr, c->body.len, err);
	if (close(fd) != 0 && code == OK)
		code = error_sys(err, errno, "%s", name);
	if (code == OK) {
		printf("%s\t", name);
		report_safe(c->final_url);
		putchar('\n');
	}
	return code;
}

static enum error_code
export_one(struct export *x, struct archive *in,
	const struct archive_position *from, const struct archive_entry *e,
	struct error *err)
{
	struct capture c;
	struct page page;
	enum error_code code;

	arena_reset(x->arena);
	code = archive_read_all(in, from, e, x->arena, &c, err);
	if (code == ERR_FORMAT || code == ERR_LIMIT) {
		log_write(LOG_WARN, "%s", err->msg);
		error_clear(err);
		x->bad++;
		return OK;
	}
	if (code != OK || !is_chosen(x, &c))
		return code;
	x->captures++;
	return x->out != NULL ? archive_append(x->out, &c, x->arena, &page, err)
			      : write_body(x, &c, err);
}

static enum error_code
export_all(struct export *x, struct archive *in, struct error *err)
{
	struct archive_position at = { .offset = 0 };
	enum error_code code = OK;
	bool found = true;

	while (code == OK) {
		struct archive_position from = at;
		struct archive_entry e;

		code = archive_next(in, &at, &e, &found, err);
		if (code != OK || !found)
			break;
		code = export_one(x, in, &from, &e, err);
	}
	if (code == OK && x->out != NULL)
		code = archive_writer_sync(x->out, err);
	return code;
}

/* The directory is new, or empty: nothing is mixed with what stands there. */
static enum error_code
open_out(struct export *x, struct error *err)
{
	const char *dir = x->o->args[0];

	if (mkdir(dir, 0777) != 0 &&
		(errno != EEXIST || rmdir(dir) != 0 || mkdir(dir, 0777) != 0))
		return error_set(err, ERR_USAGE,
			"%s: a directory that is new or empty is wanted", dir);
	if (!x->o->bodies)
		return archive_writer_open(dir, &x->out, err);
	x->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return x->dir >= 0 ? OK : error_sys(err, errno, "%s", dir);
}

static enum error_code
prepare(struct export *x, struct error *err)
{
	const struct options *o = x->o;

	x->arena = arena_new(CLI_ARENA_MAX);
	x->lasting = arena_new(CLI_ARENA_MAX);
	if (x->arena == NULL || x->lasting == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	x->since = o->filter.since != NULL ? edge_of(o->filter.since, false)
					   : INT64_MIN;
	x->until = o->filter.until != NULL ? edge_of(o->filter.until, true)
					   : INT64_MAX;
	x->urls = arena_array(x->lasting, (size_t)o->nargs, sizeof *x->urls);
	if (x->urls == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	for (int i = 1; i < o->nargs; i++)
		x->urls[i - 1] = canonical(o->args[i], x->lasting);
	return OK;
}

int
cmd_archive_export(const struct options *o)
{
	struct export x = { .o = o, .dir = -1 };
	struct error err = { 0 };
	struct archive *in = NULL;
	enum error_code code = prepare(&x, &err);

	if (code == OK)
		code = archive_open(path_archive(o, x.lasting), &in, &err);
	if (code == OK)
		code = open_out(&x, &err);
	if (code == OK)
		code = export_all(&x, in, &err);
	archive_writer_close(x.out);
	archive_close(in);
	if (x.dir >= 0)
		close(x.dir);
	arena_free(x.arena);
	arena_free(x.lasting);
	if (code != OK)
		return report_error(&err);
	if (!o->bodies)
		printf("%lld captures\n", (long long)x.captures);
	return x.bad > 0 ? EXIT_PROBLEMS : 0;
}
