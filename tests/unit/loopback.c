#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REPEAT_MAX 100000 /* repetitions, if the client never goes */

struct loopback {
	const struct reply *replies;
	size_t n;
	int fd;
	int stop[2]; /* a pipe that ends poll() */
	pthread_t thread;
	pthread_mutex_t lock;
	size_t hits;
	size_t *given; /* how often each reply was */
	char base[64];
	char request[LOOPBACK_REQUEST_MAX];
	char copy[LOOPBACK_REQUEST_MAX];
};

/* Until the fd can be read, or the test ends: then false. */
static bool
wait_for(struct loopback *l, int fd, int timeout_ms)
{
	struct pollfd p[2] = { { .fd = fd, .events = POLLIN },
		{ .fd = l->stop[0], .events = POLLIN } };

	return poll(p, 2, timeout_ms) > 0 && p[1].revents == 0;
}

static bool
read_request(struct loopback *l, int fd)
{
	size_t len = 0;
	char *buf = malloc(LOOPBACK_REQUEST_MAX);

	if (buf == NULL)
		return false;
	buf[0] = '\0';
	while (strstr(buf, "\r\n\r\n") == NULL) {
		ssize_t n = -1;

		if (wait_for(l, fd, 5000))
			n = read(fd, buf + len, LOOPBACK_REQUEST_MAX - len - 1);
		if (n <= 0)
			break;
		len += (size_t)n;
		buf[len] = '\0';
	}
	if (len > 0) {
		pthread_mutex_lock(&l->lock);
		memcpy(l->request, buf, len + 1);
		l->hits++;
		pthread_mutex_unlock(&l->lock);
	}
	free(buf);
	return len > 0;
}

static bool
is_path(const struct reply *r, const char *path, size_t len)
{
	return strlen(r->path) == len && !memcmp(r->path, path, len);
}

static const struct reply *
find_reply(struct loopback *l)
{
	const char *path = strchr(l->request, ' ');
	const struct reply *found = NULL;
	size_t len;

	if (path == NULL)
		return NULL;
	len = strcspn(++path, " ?\r");
	for (size_t i = 0; i < l->n; i++) {
		if (!is_path(&l->replies[i], path, len))
			continue;
		found = &l->replies[i];
		if (l->given[i] == 0)
			break;
	}
	if (found != NULL) {
		pthread_mutex_lock(&l->lock);
		l->given[found - l->replies]++;
		pthread_mutex_unlock(&l->lock);
	}
	return found;
}

static bool
send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static void
answer(struct loopback *l, int fd)
{
	static const struct reply missing = { .path = "",
		.bytes =
			"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" };
	const struct linger hard = { .l_onoff = 1, .l_linger = 0 };
	const struct reply *r;

	if (!read_request(l, fd))
		return;
	r = find_reply(l);
	if (r == NULL)
		r = &missing;
	if (r->bytes != NULL)
		(void)send_all(
			fd, r->bytes, r->len > 0 ? r->len : strlen(r->bytes));
	if (r->end == END_RESET)
		(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
	if (r->end == END_HANG)
		(void)wait_for(l, fd, 10000);
	for (int i = 0; r->end == END_REPEAT && i < REPEAT_MAX; i++) {
		if (!send_all(fd, r->tail, strlen(r->tail)))
			break;
		if (r->pause_ms > 0 && poll(NULL, 0, r->pause_ms) != 0)
			break;
	}
}

static void *
serve(void *ctx)
{
	struct loopback *l = ctx;

	while (wait_for(l, l->fd, -1)) {
		int fd = accept(l->fd, NULL, NULL);

		if (fd < 0)
			continue;
		answer(l, fd);
		close(fd);
	}
	return NULL;
}

struct loopback *
loopback_start(const char *address, const struct reply *replies, size_t n)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof in;
	struct loopback *l = calloc(1, sizeof *l);

	if (l == NULL || (l->given = calloc(n + 1, sizeof *l->given)) == NULL ||
		inet_pton(AF_INET, address, &in.sin_addr) != 1)
		abort();
	l->replies = replies;
	l->n = n;
	l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (l->fd < 0 || bind(l->fd, (struct sockaddr *)&in, sizeof in) != 0 ||
		listen(l->fd, 8) != 0 ||
		getsockname(l->fd, (struct sockaddr *)&in, &len) != 0 ||
		pipe(l->stop) != 0)
		abort();
	(void)snprintf(l->base, sizeof l->base, "http://%s:%d", address,
		ntohs(in.sin_port));
	pthread_mutex_init(&l->lock, NULL);
	if (pthread_create(&l->thread, NULL, serve, l) != 0)
		abort();
	return l;
}

const char *
loopback_base(const struct loopback *l)
{
	return l->base;
}

const char *
loopback_request(struct loopback *l)
{
	pthread_mutex_lock(&l->lock);
	memcpy(l->copy, l->request, sizeof l->copy);
	pthread_mutex_unlock(&l->lock);
	return l->copy;
}

size_t
loopback_hits(struct loopback *l)
{
	size_t n;

	pthread_mutex_lock(&l->lock);
	n = l->hits;
	pthread_mutex_unlock(&l->lock);
	return n;
}

size_t
loopback_hits_of(struct loopback *l, const char *path)
{
	size_t n = 0;

	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->replies[i].path, path))
			n += l->given[i];
	pthread_mutex_unlock(&l->lock);
	return n;
}

void
loopback_stop(struct loopback *l)
{
	(void)!write(l->stop[1], "x", 1);
	pthread_join(l->thread, NULL);
	close(l->fd);
	close(l->stop[0]);
	close(l->stop[1]);
	pthread_mutex_destroy(&l->lock);
	free(l->given);
	free(l);
}
