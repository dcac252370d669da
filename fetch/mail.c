/* Mail as files: a box of messages (mbox), and folders of them (Maildir). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetcher.h"

#define MAIL_TYPE "message/rfc822"
#define TAG_BYTES 16 /* hex digits that tell a message of a box */

static const char *const endings[] = { ".mbox", ".mbx" };

static bool
is_source(const struct source *s)
{
	return s != NULL && s->kind == SOURCE_MAIL;
}

static bool
begins_like_box(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char head[5];
	bool is = fd >= 0 && read(fd, head, sizeof head) == sizeof head &&
		  memcmp(head, "From ", sizeof head) == 0;

	if (fd >= 0)
		close(fd);
	return is;
}

bool
mail_is_box(const char *path, const struct source *s)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (span_ends_with(span_str(path), endings[i]))
			return true;
	return is_source(s) && begins_like_box(path);
}

/* "DIR/cur/NAME" of a Maildir: the length of DIR, or 0. */
static size_t
folder_of(const char *path)
{
	struct span s = span_str(path);
	const char *name = strrchr(path, '/');
	size_t len = name != NULL ? (size_t)(name - path) : 0;
	struct span dir = span_sub(s, 0, len);
	char *tmp;
	bool is;

	if (!span_ends_with(dir, "/cur") && !span_ends_with(dir, "/new"))
		return 0;
	len -= 4;
	tmp = malloc(len + sizeof "/tmp");
	if (tmp == NULL)
		return 0;
	memcpy(tmp, path, len);
	memcpy(tmp + len, "/tmp", sizeof "/tmp");
	is = access(tmp, F_OK) == 0;
	free(tmp);
	return is ? len : 0;
}

bool
mail_in_folder(const char *path)
{
	return folder_of(path) > 0;
}

enum error_code
mail_name(struct fetcher *f, const struct source *s, const char *path,
	struct capture *c, struct error *err)
{
	size_t len = folder_of(path);
	const char *name = strrchr(path, '/');

	if (len == 0 && !is_source(s))
		return OK;
	c->media_type = MAIL_TYPE;
	c->charset = NULL;
	if (len == 0)
		return OK;
	/* A message moves from new to cur, and its flags change. */
	c->final_url =
		fetch_file_url(arena_printf(f->arena, "%.*s%.*s", (int)len,
				       path, (int)strcspn(name, ":"), name),
			f->arena);
	return c->final_url != NULL ? OK
				    : error_set(err, ERR_NOMEM, "no memory");
}

/* ---- mbox, RFC 4155 ---- */

struct box {
	struct fetcher *f;
	const struct task *task;
	struct buffer message;
	int64_t at;	/* of the message, from its envelope; 0: unknown */
	int64_t offset; /* of the message in the file */
	bool open;	/* an envelope was there */
	bool too_long;
	struct error *err;
};

/* "Thu Feb 15 10:00:00 2024": asctime, UTC; 0 if it is none. */
static int64_t
envelope_time(struct span line)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char text[160], month[4];
	int day, hour, minute, second, year;
	const char *at;

	if (line.len >= sizeof text)
		return 0;
	memcpy(text, line.ptr, line.len);
	text[line.len] = '\0';
	for (at = strchr(text, ' '); at != NULL; at = strchr(at + 1, ' ')) {
		const char *m;
		struct civil d;

		if (sscanf(at, " %3s %2d %2d:%2d:%2d %4d", month, &day, &hour,
			    &minute, &second, &year) != 6)
			continue;
		m = strlen(month) == 3 ? strstr(months, month) : NULL;
		if (m == NULL || (m - months) % 3 != 0)
			continue;
		d = (struct civil){ .year = (int16_t)year,
			.month = (uint8_t)((m - months) / 3 + 1),
			.day = (uint8_t)day };
		if (!civil_valid(d))
			return 0;
		return civil_to_days(d) * 86400 + hour * 3600 + minute * 60 +
		       second;
	}
	return 0;
}

/* An envelope has a time; "From here on" has none. */
static bool
is_envelope(struct span line)
{
	if (!span_starts_with(line, "From "))
		return false;
	for (size_t i = 5; i + 2 < line.len; i++)
		if (line.ptr[i] == ':' && line.ptr[i - 1] >= '0' &&
			line.ptr[i - 1] <= '9' && line.ptr[i + 1] >= '0' &&
			line.ptr[i + 1] <= '9')
			return true;
	return false;
}

static enum error_code
tell(struct box *b, enum problem_code code)
{
	const struct problem p = {
		.stage = "fetch",
		.ref = arena_printf(b->f->arena, "%s:%lld", b->task->url,
			(long long)b->offset),
		.url = b->task->url,
		.code = code,
		.message = arena_printf(b->f->arena,
			"%s (the message at byte "
			"%lld)",
			problem_text(code), (long long)b->offset),
		.at = clock_now(),
	};

	return b->f->sink.problem(&p, b->f->sink.ctx, b->err);
}

/* The message is known by its bytes: its number changes with the box. */
static enum error_code
take_message(struct box *b)
{
	struct fetcher *f = b->f;
	struct span body = buffer_span(&b->message);
	char hex[HASH_HEX];
	struct page page;
	struct capture c = {
		.source = b->task->source,
		.media_type = MAIL_TYPE,
		.fetched_at = b->at > 0 ? b->at : clock_now(),
		.once = true,
		.body = body,
	};
	enum error_code code;

	arena_reset(f->arena);
	if (b->too_long)
		return tell(b, PROBLEM_BODY_TOO_LARGE);
	if (!b->open || body.len == 0)
		return OK;
	hash_hex(body, hex);
	c.url = c.final_url =
		arena_printf(f->arena, "%s#%.*s", b->task->url, TAG_BYTES, hex);
	if (c.url == NULL)
		return error_set(b->err, ERR_NOMEM, "no memory");
	code = archive_append(f->archive, &c, f->arena, &page, b->err);
	return code == OK ? f->sink.page(&page, f->sink.ctx, b->err) : code;
}

/* ">From" was "From" before it was put into the box; ">>From", ">From". */
static struct span
unquote(struct span line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '>')
		n++;
	return n > 0 && span_starts_with(span_sub(line, n, line.len), "From ")
		       ? span_sub(line, 1, line.len)
		       : line;
}

static enum error_code
add_line(struct box *b, struct span line)
{
	if (b->too_long)
		return OK;
	buffer_add_span(&b->message, unquote(line));
	buffer_add_char(&b->message, '\n');
	if (b->message.code == ERR_LIMIT) {
		b->too_long = true;
		return OK;
	}
	return buffer_error(&b->message, b->err, "a message");
}

static enum error_code
take_box(struct box *b, struct lines *in)
{
	int64_t offset = 0;
	bool blank = true; /* the line before was empty */
	enum error_code code = OK;
	struct span line;

	while (code == OK && !fetcher_stopped(b->f)) {
		code = lines_next(in, &line, b->err);
		if (code == ERR_LIMIT) {
			error_clear(b->err);
			b->too_long = true;
			code = OK;
			continue;
		}
		if (code != OK || line.ptr == NULL)
			break;
		if (blank && is_envelope(line)) {
			code = take_message(b);
			buffer_reset(&b->message);
			b->open = true;
			b->too_long = false;
			b->at = envelope_time(line);
			b->offset = offset;
		} else {
			code = add_line(b, line);
		}
		blank = line.len == 0 || span_eq_str(line, "\r");
		offset += (int64_t)line.len + 1;
	}
	/* What a signal cuts short comes whole the next time. */
	return code == OK && !fetcher_stopped(b->f) ? take_message(b) : code;
}

enum error_code
mail_import(struct fetcher *f, const struct task *t, const struct source *s,
	const char *path, struct error *err)
{
	struct box b = { .f = f, .task = t, .err = err };
	size_t max = fetcher_body_max(f, s);
	char why[128];
	struct lines in;
	enum error_code code;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return outcome_problem(f, t,
			errno == ENOENT ? PROBLEM_FILE_MISSING
					: PROBLEM_FILE_UNREADABLE,
			errno != ENOENT,
			arena_strdup(
				f->arena, strerror_r(errno, why, sizeof why)),
			err);
	buffer_init(&b.message, max);
	lines_init(&in, fd, max);
	code = take_box(&b, &in);
	lines_release(&in);
	buffer_release(&b.message);
	close(fd);
	return code;
}
