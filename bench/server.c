/* The bodies of a corpus over HTTP on loopback, in a process of their own. */
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS_MAX 64
#define REQUEST_MAX 8192 /* bytes of a request that is served */

struct client {
	char in[REQUEST_MAX];
	size_t n;
};

static void
send_all(int fd, struct iovec *part, int n)
{
	while (n > 0) {
		ssize_t sent = writev(fd, part, n);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return; /* the client is gone */
		while (n > 0 && (size_t)sent >= part->iov_len) {
			sent -= (ssize_t)part->iov_len;
			part++;
			n--;
		}
		if (n > 0) {
			part->iov_base = (char *)part->iov_base + sent;
			part->iov_len -= (size_t)sent;
		}
	}
}

static void
answer(int fd, const char *request, const struct corpus *c)
{
	char head[256], *end;
	unsigned long i = strtoul(request + 5, &end, 10);
	bool there = end > request + 5 && i < c->n;
	struct span body = there ? c->bodies[i] : span_str("");
	struct iovec parts[2] = {
		{ .iov_base = head },
		/* writev only reads */
		{ (void *)(uintptr_t)body.ptr, body.len },
	};

	parts[0].iov_len = (size_t)snprintf(head, sizeof head,
		"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n"
		"ETag: \"%lu\"\r\nContent-Length: %zu\r\n\r\n",
		there ? "200 OK" : "404 Not Found", i, body.len);
	send_all(fd, parts, 2);
}

/* False when the client is gone. */
static bool
serve_client(int fd, struct client *cl, const struct corpus *c)
{
	ssize_t n = recv(fd, cl->in + cl->n, sizeof cl->in - 1 - cl->n, 0);
	char *end;

	if (n <= 0)
		return n < 0 && errno == EINTR;
	cl->n += (size_t)n;
	cl->in[cl->n] = '\0';
	while ((end = strstr(cl->in, "\r\n\r\n")) != NULL) {
		answer(fd, cl->in, c);
		end += 4;
		cl->n -= (size_t)(end - cl->in);
		memmove(cl->in, end, cl->n + 1);
	}
	return cl->n < sizeof cl->in - 1;
}

static int
accept_client(int listener)
{
	const int on = 1;
	int fd = accept(listener, NULL, NULL);

	if (fd >= 0)
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

static _Noreturn void
serve(int listener, int alive, const struct corpus *c)
{
	static struct client clients[CLIENTS_MAX + 2];
	struct pollfd fds[CLIENTS_MAX + 2] = {
		{ .fd = alive, .events = POLLIN },
		{ .fd = listener, .events = POLLIN },
	};
	nfds_t n = 2;

	(void)signal(SIGPIPE, SIG_IGN);
	while (poll(fds, n, -1) >= 0 && fds[0].revents == 0) {
		for (nfds_t i = 2; i < n; i++) {
			if (fds[i].revents == 0 ||
				serve_client(fds[i].fd, &clients[i], c))
				continue;
			close(fds[i].fd);
			n--;
			fds[i] = fds[n];
			clients[i] = clients[n];
			i--;
		}
		if (fds[1].revents != 0 && n < CLIENTS_MAX + 2) {
			fds[n] = (struct pollfd){
				.fd = accept_client(listener),
				.events = POLLIN,
			};
			clients[n].n = 0;
			n++;
		}
	}
	_exit(0);
}

struct server
server_start(const struct corpus *c)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_ANY) }, /* only 127/8 is asked */
	};
	socklen_t len = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int alive[2];
	struct server s;

	if (listener < 0 ||
		bind(listener, (struct sockaddr *)&at, sizeof at) != 0 ||
		listen(listener, CLIENTS_MAX) != 0 ||
		getsockname(listener, (struct sockaddr *)&at, &len) != 0 ||
		pipe(alive) != 0)
		bench_die("no server can be started");
	s.port = ntohs(at.sin_port);
	s.pid = fork();
	if (s.pid < 0)
		bench_die("no server can be started");
	if (s.pid == 0) {
		close(alive[1]);
		serve(listener, alive[0], c);
	}
	close(listener);
	close(alive[0]);
	s.alive = alive[1];
	return s;
}

void
server_stop(struct server *s)
{
	close(s->alive);
	(void)waitpid(s->pid, NULL, 0); /* it has nothing to tell */
}

const char *
server_url(const struct server *s, size_t i, struct arena *a)
{
	char *url = arena_printf(a, "http://127.0.0.%zu:%d/%zu",
		i % FETCH_LANES + 1, s->port, i);

	if (url == NULL)
		bench_die("no memory");
	return url;
}
