/* Local files: file: URLs, and the files below a directory. */
#include "fetch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decode.h"
#include "transfer.h"

#define PACKED ".gz"

static const struct {
	const char *end, *media_type;
} media_types[] = {
	{ ".html", "text/html" },
	{ ".htm", "text/html" },
	{ ".xhtml", "application/xhtml+xml" },
	{ ".txt", "text/plain" },
	{ ".text", "text/plain" },
	{ ".md", "text/plain" },
	{ ".eml", "message/rfc822" },
	{ ".pdf", "application/pdf" },
};

/* What a browser saves beside a page, and an archive keeps beside its files:
 * nobody who names a directory means these. */
static const char *const no_pages[] = { ".css", ".js", ".mjs", ".map", ".png",
	".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".woff",
	".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".cdx",
	".cdxj" };

static bool
ends_with_case(struct span s, const char *end)
{
	size_t len = strlen(end);

	return s.len > len &&
	       span_ieq_str(span_sub(s, s.len - len, s.len), end);
}

static bool
is_no_page(const char *name)
{
	for (size_t i = 0; i < sizeof no_pages / sizeof *no_pages; i++)
		if (ends_with_case(span_str(name), no_pages[i]))
			return true;
	return false;
}

const char *
fetch_media_type(const char *name)
{
	for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++)
		if (ends_with_case(span_str(name), media_types[i].end))
			return media_types[i].media_type;
	return NULL;
}

/* Without a name that tells: markup, text, or neither. */
static const char *
sniff(struct span body)
{
	struct span head = span_trim(span_sub(body, 0, 1024));

	if (span_starts_with(head, "<") ||
		span_starts_with(head, "\xEF\xBB\xBF<"))
		return "text/html";
	if (memchr(head.ptr != NULL ? head.ptr : "", '\0', head.len) == NULL &&
		utf8_valid_prefix(head) + 4 > head.len)
		return "text/plain";
	return "application/octet-stream";
}

/* RFC 3986 unreserved, and the slash. */
static bool
stays(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL;
}

const char *
fetch_file_url(const char *path, struct arena *a)
{
	char cwd[PATH_MAX];
	struct buffer b;
	const char *url;

	if (path[0] == '\0')
		return NULL;
	buffer_init(&b, 4 * PATH_MAX);
	buffer_add_str(&b, "file://");
	if (path[0] != '/') {
		if (getcwd(cwd, sizeof cwd) == NULL)
			return NULL;
		while (span_starts_with(span_str(path), "./"))
			path += 2;
	}
	for (const char *part = path[0] != '/' ? cwd : path; part != NULL;
		part = part == cwd ? path : NULL) {
		if (part == path && path[0] != '/')
			buffer_add_char(&b, '/');
		for (const char *p = part; *p != '\0'; p++)
			if (stays((unsigned char)*p))
				buffer_add_char(&b, *p);
			else
				buffer_printf(&b, "%%%02X", (unsigned char)*p);
	}
	url = b.code == OK ? arena_strdup(a, b.ptr) : NULL;
	buffer_release(&b);
	return url;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

const char *
fetch_file_path(const char *url, struct arena *a)
{
	struct span rest = span_str(url);
	char *path, *out;

	if (!span_istarts_with(rest, "file:"))
		return NULL;
	rest = span_sub(rest, 5, rest.len);
	if (span_starts_with(rest, "//localhost/"))
		rest = span_sub(rest, 11, rest.len);
	else if (span_starts_with(rest, "///"))
		rest = span_sub(rest, 2, rest.len);
	if (rest.len == 0 || rest.ptr[0] != '/' || span_starts_with(rest, "//"))
		return NULL; /* another host, or no absolute path */
	path = out = arena_alloc(a, rest.len + 1);
	for (size_t i = 0; path != NULL && i < rest.len; i++) {
		char c = rest.ptr[i];

		if (c == '?' || c == '#')
			return NULL;
		if (c == '%') {
			if (i + 2 >= rest.len ||
				hex_digit(rest.ptr[i + 1]) < 0 ||
				hex_digit(rest.ptr[i + 2]) < 0)
				return NULL;
			c = (char)(hex_digit(rest.ptr[i + 1]) * 16 +
				   hex_digit(rest.ptr[i + 2]));
			i += 2;
		}
		if (c == '\0')
			return NULL;
		*out++ = c;
	}
	return path;
}

static void
fail_errno(struct transfer *out, struct arena *a, int errnum)
{
	char why[128];
	enum problem_code code =
		errnum == ENOENT || errnum == ENOTDIR ? PROBLEM_FILE_MISSING
		: errnum == ELOOP || errnum == ENXIO  ? PROBLEM_FILE_TYPE
						      : PROBLEM_FILE_UNREADABLE;

	transfer_fail(out, code,
		arena_strdup(a, strerror_r(errnum, why, sizeof why)));
}

/* The inode's time and size, so that an unchanged file is not read again. */
static const char *
validator(const struct stat *st, struct arena *a)
{
	return arena_printf(a, "%lld.%09ld-%lld", (long long)st->st_mtim.tv_sec,
		st->st_mtim.tv_nsec, (long long)st->st_size);
}

/* "page.html.gz" is that page, packed.  What cannot be unpacked is a problem:
 * out says so. */
static enum error_code
unpack(struct buffer *body, struct transfer *out, struct error *err)
{
	struct decoder *d = decoder_new();
	struct buffer plain;
	enum error_code code = ERR_NOMEM;

	buffer_init(&plain, body->cap);
	if (d != NULL && decoder_begin(d, span_str("gzip")))
		code = decoder_add(d, buffer_span(body), &plain);
	if (code == OK && !decoder_complete(d))
		code = ERR_FORMAT;
	decoder_free(d);
	if (code == OK) {
		buffer_release(body);
		*body = plain;
		return OK;
	}
	buffer_release(&plain);
	if (code == ERR_NOMEM)
		return error_set(err, code, "no memory");
	transfer_fail(out,
		code == ERR_LIMIT ? PROBLEM_BODY_TOO_LARGE
				  : PROBLEM_CONTENT_ENCODING,
		NULL);
	return OK;
}

static enum error_code
read_body(int fd, const struct task *t, size_t body_max, struct buffer *body,
	struct arena *a, struct transfer *out, struct error *err)
{
	enum error_code code = read_all(fd, body_max, body, err);
	char *name = arena_strdup(a, strrchr(t->url, '/') + 1);

	if (name == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (code == ERR_NOMEM)
		return code;
	if (code == ERR_LIMIT) {
		error_clear(err);
		transfer_fail(out, PROBLEM_BODY_TOO_LARGE,
			arena_printf(
				a, "the file is over %zu bytes", body_max));
		return OK;
	}
	if (code != OK) {
		transfer_fail(out, PROBLEM_FILE_UNREADABLE,
			arena_strdup(a, err->msg));
		error_clear(err);
		return OK;
	}
	out->outcome = TRANSFER_BODY;
	if (ends_with_case(span_str(name), PACKED)) {
		name[strlen(name) - strlen(PACKED)] = '\0';
		code = unpack(body, out, err);
		if (code != OK || out->outcome == TRANSFER_PROBLEM)
			return code;
	}
	out->capture.body = buffer_span(body);
	out->capture.media_type = fetch_media_type(name);
	if (out->capture.media_type == NULL)
		out->capture.media_type = sniff(out->capture.body);
	return OK;
}

enum error_code
file_get(const struct task *t, size_t body_max, struct buffer *body,
	struct arena *a, struct transfer *out, struct error *err)
{
	const char *path = fetch_file_path(t->url, a);
	enum error_code code = OK;
	struct stat st;
	int fd;

	if (path == NULL) {
		transfer_fail(out, PROBLEM_URL_INVALID, NULL);
		return OK;
	}
	/* O_NONBLOCK: opening a pipe must not wait for a writer. */
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		fail_errno(out, a, errno);
		return OK;
	}
	if (fstat(fd, &st) != 0) {
		fail_errno(out, a, errno);
	} else if (!S_ISREG(st.st_mode)) {
		transfer_fail(out, PROBLEM_FILE_TYPE, NULL);
	} else {
		out->capture = (struct capture){ .url = t->url,
			.final_url = t->url,
			.etag = validator(&st, a) };
		if (out->capture.etag == NULL)
			code = error_set(err, ERR_NOMEM, "no memory");
		else if (t->etag != NULL && !strcmp(t->etag, out->capture.etag))
			out->outcome = TRANSFER_SAME;
		else
			code = read_body(fd, t, body_max, body, a, out, err);
	}
	close(fd);
	return code;
}

struct walk {
	struct arena *arena;
	bool (*visit)(const char *url, void *ctx);
	void (*on_problem)(const struct problem *p, void *ctx);
	void *ctx;
	size_t files;
	bool stopped;
	struct error *err;
};

static void
walk_problem(struct walk *w, const char *path, enum problem_code code,
	const char *message)
{
	const struct problem p = {
		.stage = "fetch",
		.url = fetch_file_url(path, w->arena),
		.code = code,
		.message = arena_strdup(w->arena, message),
		.retry = problem_may_retry(code),
		.at = clock_now(),
	};

	w->on_problem(&p, w->ctx);
}

static int
not_itself(const struct dirent *e)
{
	return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

/* A folder of mail: cur, new, and tmp, where messages are not whole yet. */
static bool
is_maildir(struct walk *w, const char *dir)
{
	static const char *const parts[] = { "cur", "new", "tmp" };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *path =
			arena_printf(w->arena, "%s/%s", dir, parts[i]);

		if (path == NULL || access(path, F_OK) != 0)
			return false;
	}
	return true;
}

/* Hidden files are nobody's pages; in a folder of mail other folders are. */
static bool
is_walked(struct walk *w, const char *path, const char *name, bool maildir)
{
	if (!maildir)
		return name[0] != '.';
	if (name[0] == '.')
		return is_maildir(w, path);
	return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0;
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum error_code
walk_dir(struct walk *w, const char *dir, int depth);

static enum error_code
walk_entry(struct walk *w, const char *path, int depth)
{
	struct stat st;
	const char *url;

	if (lstat(path, &st) != 0) {
		walk_problem(w, path, PROBLEM_FILE_UNREADABLE, strerror(errno));
		return OK;
	}
	if (S_ISLNK(st.st_mode))
		return OK;
	if (S_ISDIR(st.st_mode))
		return walk_dir(w, path, depth + 1);
	if (is_no_page(path))
		return OK;
	if (!S_ISREG(st.st_mode)) {
		walk_problem(w, path, PROBLEM_FILE_TYPE,
			problem_text(PROBLEM_FILE_TYPE));
		return OK;
	}
	if (++w->files > FETCH_DIR_FILES_MAX)
		return error_set(w->err, ERR_LIMIT, "%s: over %d files", path,
			FETCH_DIR_FILES_MAX);
	url = fetch_file_url(path, w->arena);
	if (url == NULL)
		return error_set(w->err, ERR_NOMEM, "%s: no URL", path);
	w->stopped = !w->visit(url, w->ctx);
	return OK;
}

static enum error_code
walk_dir(struct walk *w, const char *dir, int depth)
{
	struct dirent **list = NULL;
	enum error_code code = OK;
	bool maildir;
	int n;

	if (depth > FETCH_DIR_DEPTH_MAX) {
		walk_problem(w, dir, PROBLEM_FILE_UNREADABLE,
			"directories are nested too deep");
		return OK;
	}
	maildir = is_maildir(w, dir);
	n = scandir(dir, &list, not_itself, by_bytes);
	if (n < 0)
		walk_problem(w, dir, PROBLEM_FILE_UNREADABLE, strerror(errno));
	for (int i = 0; i < n; i++) {
		char *path =
			arena_printf(w->arena, "%s/%s", dir, list[i]->d_name);

		if (path == NULL)
			code = error_set(w->err, ERR_NOMEM, "no memory");
		else if (code == OK && !w->stopped &&
			 is_walked(w, path, list[i]->d_name, maildir))
			code = walk_entry(w, path, depth);
		free(list[i]);
	}
	free(list);
	return code;
}

enum error_code
fetch_walk(const char *dir, struct arena *a,
	bool (*visit)(const char *url, void *ctx),
	void (*on_problem)(const struct problem *p, void *ctx), void *ctx,
	struct error *err)
{
	struct walk w = { .arena = a,
		.visit = visit,
		.on_problem = on_problem,
		.ctx = ctx,
		.err = err };
	size_t len = strlen(dir);
	char *clean;

	while (len > 1 && dir[len - 1] == '/')
		len--;
	clean = arena_strndup(a, dir, len);
	if (clean == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	return walk_dir(&w, clean, 0);
}
