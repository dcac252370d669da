#include "converter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define STRINGIFY(x) #x
#define AS_TEXT(x)   STRINGIFY(x)
#define READ_CHUNK   ((size_t)64 << 10)

struct converter {
	int fd;
	pid_t pid;
};

/* What goes over the sockets in front of so many bytes. */
struct message {
	uint64_t len;
	uint64_t status; /* enum pdf_status, of an answer */
};

static bool
read_whole(int fd, void *out, size_t len)
{
	char *p = out;

	while (len > 0) {
		ssize_t n = read(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
write_whole(int fd, const void *ptr, size_t len)
{
	return write_all(fd, ptr, len, NULL) == OK;
}

/* So many bytes of fd behind what is in out. */
static bool
read_into(int fd, uint64_t len, struct buffer *out)
{
	char *room = len <= out->cap ? buffer_reserve(out, (size_t)len) : NULL;

	if (room == NULL || !read_whole(fd, room, (size_t)len))
		return false;
	out->len += (size_t)len;
	out->ptr[out->len] = '\0';
	return true;
}

/* A run of the program. */
struct run {
	pid_t pid;
	int in, out; /* -1: closed */
	struct span rest;
	enum pdf_status status;
};

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
be_program(const struct converter_options *opt, int in, int out)
{
	char *const none[] = { (char[]){ "LC_ALL=C" }, NULL };
	int null = open("/dev/null", O_WRONLY);

	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
		null < 0 || dup2(null, STDERR_FILENO) < 0)
		_exit(127);
	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	sandbox_converter(CONVERTER_MEMORY_MAX, opt->timeout_ms / 1000 + 1);
	/* execve() takes what it does not change as changeable. */
	execve(opt->argv[0], (char *const *)(uintptr_t)opt->argv, none);
	_exit(127);
}

static bool
start(const struct converter_options *opt, struct run *r)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	pid_t self = getpid();

	r->in = r->out = -1;
	r->pid = -1;
	if (pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0)
		r->pid = fork();
	if (r->pid == 0) {
		sandbox_child(self);
		be_program(opt, in[0], out[1]);
	}
	close_fd(&in[0]);
	close_fd(&out[1]);
	if (r->pid < 0) {
		close_fd(&in[1]);
		close_fd(&out[0]);
		return false;
	}
	r->in = in[1];
	r->out = out[0];
	return fcntl(r->in, F_SETFL, O_NONBLOCK) == 0;
}

static void
feed(struct run *r)
{
	ssize_t n = write(r->in, r->rest.ptr, r->rest.len);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	/* It may have seen enough. */
	r->rest = n < 0 ? span_of(NULL, 0)
			: span_sub(r->rest, (size_t)n, r->rest.len);
	if (r->rest.len == 0)
		close_fd(&r->in);
}

static void
take(struct run *r, struct buffer *out)
{
	size_t left = out->cap - out->len;
	char *room = buffer_reserve(out, left < READ_CHUNK ? left : READ_CHUNK);
	ssize_t n;

	if (room == NULL || left == 0) {
		r->status = PDF_CUT;
		close_fd(&r->out);
		return;
	}
	n = read(r->out, room, left < READ_CHUNK ? left : READ_CHUNK);
	if (n > 0)
		out->len += (size_t)n;
	else if (n == 0 || errno != EINTR)
		close_fd(&r->out);
}

/* Until the program has said all, its time is over, or out is full. */
static void
converse(struct run *r, int timeout_ms, struct buffer *out)
{
	int64_t end = clock_monotonic_ms() + timeout_ms;

	while (r->out >= 0) {
		struct pollfd fds[2] = {
			{ .fd = r->out, .events = POLLIN },
			{ .fd = r->in, .events = POLLOUT },
		};
		int64_t left = end - clock_monotonic_ms();

		if (left <= 0) {
			r->status = PDF_BROKEN;
			return;
		}
		if (poll(fds, 2, (int)left) < 0 && errno != EINTR) {
			r->status = PDF_BROKEN;
			return;
		}
		if (r->in >= 0 && fds[1].revents != 0)
			feed(r);
		if (fds[0].revents != 0)
			take(r, out);
	}
}

static enum pdf_status
convert(const struct converter_options *opt, struct span pdf,
	struct buffer *out)
{
	struct run r = { .rest = pdf, .status = PDF_OK };
	int status = 0;

	if (access(opt->argv[0], X_OK) != 0 || !start(opt, &r))
		return PDF_ABSENT;
	converse(&r, opt->timeout_ms, out);
	close_fd(&r.in);
	close_fd(&r.out);
	if (r.status != PDF_OK)
		kill(r.pid, SIGKILL);
	while (waitpid(r.pid, &status, 0) < 0 && errno == EINTR)
		;
	if (r.status != PDF_OK)
		return r.status;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return PDF_ABSENT;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? PDF_OK
							     : PDF_BROKEN;
}

/* One request after the other, until the other end is closed. */
static void
serve(const struct converter_options *opt, int fd)
{
	struct message m;
	struct buffer pdf, text;

	buffer_init(&pdf, PDF_BYTES_MAX);
	buffer_init(&text, PDF_LAYOUT_MAX);
	while (read_whole(fd, &m, sizeof m) && read_into(fd, m.len, &pdf)) {
		m.status = (uint64_t)convert(opt, buffer_span(&pdf), &text);
		m.len = text.len;
		if (!write_whole(fd, &m, sizeof m) ||
			!write_whole(fd, text.ptr, text.len))
			break;
		buffer_release(&pdf);
		buffer_release(&text);
	}
	buffer_release(&pdf);
	buffer_release(&text);
}

static void
be_server(const struct converter_options *opt, int fd)
{
	log_set_name("dateline converter");
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN);
	sandbox_keep(&fd, 1);
	serve(opt, fd);
	_exit(0);
}

enum error_code
converter_open(const struct converter_options *opt, struct converter **out,
	struct error *err)
{
	/* "-" twice: from standard input to standard output. */
	static const char *const argv[] = { "/usr/bin/pdftotext", "-q",
		"-bbox-layout", "-l", AS_TEXT(PDF_PAGES_ASKED), "-", "-",
		NULL };
	static const struct converter_options standard = { argv,
		CONVERTER_TIMEOUT_MS };
	struct converter *c = malloc(sizeof *c);
	int fds[2];
	pid_t self = getpid();

	*out = c;
	if (c == NULL)
		return error_set(err, ERR_NOMEM, "no memory for a converter");
	*c = (struct converter){ .fd = -1, .pid = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return error_sys(err, errno, "a pair of sockets");
	c->fd = fds[0];
	c->pid = fork();
	if (c->pid == 0) {
		sandbox_child(self);
		be_server(opt != NULL ? opt : &standard, fds[1]);
	}
	close(fds[1]);
	return c->pid > 0 ? OK : error_sys(err, errno, "start a converter");
}

void
converter_close(struct converter *c)
{
	if (c == NULL)
		return;
	close_fd(&c->fd); /* its end */
	while (c->pid > 0 && waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(c);
}

static enum pdf_status
ask(void *ctx, struct span pdf, struct buffer *out)
{
	struct converter *c = ctx;
	struct message m = { .len = pdf.len };

	if (c->fd < 0 || !write_whole(c->fd, &m, sizeof m) ||
		!write_whole(c->fd, pdf.ptr, pdf.len) ||
		!read_whole(c->fd, &m, sizeof m) || m.status > PDF_ABSENT ||
		!read_into(c->fd, m.len, out)) {
		close_fd(&c->fd); /* what comes next would be of this one */
		return PDF_ABSENT;
	}
	return (enum pdf_status)m.status;
}

struct pdf_reader
converter_reader(struct converter *c)
{
	return (struct pdf_reader){ ask, c };
}
