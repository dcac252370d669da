#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define PATH_ARENA_MAX ((size_t)4 << 20)
#define DEPTH_MAX      8
#define EVENTS_SIZE    ((size_t)16 << 10)
/* Not what is written while it is open: what is done. */
#define CHANGES                                                                \
	(IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE)

struct watch {
	int changes, signals;
	const char *dir;
	struct arena *arena; /* of paths of directories */
	struct watched {
		int number; /* as inotify has it */
		const char *path;
	} dirs[WATCH_DIRS_MAX];
	size_t ndirs;
	struct arena *changed; /* paths */
	const char *paths[WATCH_PATHS_MAX];
	size_t npaths;
};

static enum error_code
watch_dir(struct watch *w, const char *dir, struct error *err)
{
	int number;

	if (w->ndirs == WATCH_DIRS_MAX)
		return error_set(err, ERR_LIMIT,
			"%s: too many directories to watch", dir);
	number = inotify_add_watch(w->changes, dir, CHANGES | IN_ONLYDIR);
	if (number < 0)
		return error_sys(err, errno, "%s", dir);
	w->dirs[w->ndirs++] = (struct watched){ .number = number, .path = dir };
	return OK;
}

static enum error_code
watch_tree(struct watch *w, const char *dir, int depth, struct error *err)
{
	enum error_code code = watch_dir(w, dir, err);
	struct dirent *e;
	DIR *d;

	if (code != OK || depth == DEPTH_MAX)
		return code;
	d = opendir(dir);
	if (d == NULL)
		return error_sys(err, errno, "%s", dir);
	while (code == OK && (e = readdir(d)) != NULL) {
		const char *path;
		int fd;

		if (e->d_name[0] == '.')
			continue;
		path = arena_printf(w->arena, "%s/%s", dir, e->d_name);
		if (path == NULL) {
			code = error_set(err, ERR_NOMEM, "no memory");
			break;
		}
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			continue; /* a file */
		(void)close(fd);
		code = watch_tree(w, path, depth + 1, err);
	}
	(void)closedir(d);
	return code;
}

static enum error_code
watch_beside(struct watch *w, const char *file, struct error *err)
{
	const char *slash = strrchr(file, '/');
	const char *dir = slash == NULL ? "."
					: arena_strndup(w->arena, file,
						  (size_t)(slash - file) + 1);

	return dir != NULL ? watch_dir(w, dir, err)
			   : error_set(err, ERR_NOMEM, "no memory");
}

static enum error_code
take_signals(struct watch *w, struct error *err)
{
	sigset_t ends;

	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGINT);
	(void)sigaddset(&ends, SIGTERM);
	if (sigprocmask(SIG_BLOCK, &ends, NULL) != 0 ||
		(w->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK)) <
			0)
		return error_sys(err, errno, "signals");
	return OK;
}

enum error_code
watch_open(const char *dir, const char *file, struct watch **out,
	struct error *err)
{
	struct watch *w = calloc(1, sizeof *w);
	enum error_code code = OK;

	*out = w;
	if (w == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	w->dir = dir;
	w->signals = -1;
	w->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	w->arena = arena_new(PATH_ARENA_MAX);
	w->changed = arena_new(PATH_ARENA_MAX);
	if (w->changes < 0)
		return error_sys(err, errno, "inotify");
	if (w->arena == NULL || w->changed == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	code = watch_tree(w, dir, 0, err);
	if (code == OK && file != NULL)
		code = watch_beside(w, file, err);
	return code == OK ? take_signals(w, err) : code;
}

void
watch_close(struct watch *w)
{
	if (w == NULL)
		return;
	if (w->changes >= 0)
		(void)close(w->changes);
	if (w->signals >= 0)
		(void)close(w->signals);
	arena_free(w->arena);
	arena_free(w->changed);
	free(w);
}

/* Without memory, or behind the cap, it is not told by name. */
static void
add_path(struct watch *w, const struct inotify_event *e)
{
	const char *path = NULL;

	for (size_t i = 0; path == NULL && i < w->ndirs; i++)
		if (w->dirs[i].number == e->wd)
			path = arena_printf(
				w->changed, "%s/%s", w->dirs[i].path, e->name);
	for (size_t i = 0; path != NULL && i < w->npaths; i++)
		if (strcmp(w->paths[i], path) == 0)
			return;
	if (path != NULL && w->npaths < WATCH_PATHS_MAX)
		w->paths[w->npaths++] = path;
}

/* All that is told already; false: nothing is. */
static bool
drain(struct watch *w)
{
	_Alignas(struct inotify_event) char events[EVENTS_SIZE];
	bool some = false;
	ssize_t n;

	while ((n = read(w->changes, events, sizeof events)) > 0) {
		const char *end = events + n;

		for (const char *p = events; p < end;) {
			const struct inotify_event *e = (const void *)p;

			if (e->len > 0)
				add_path(w, e);
			p += sizeof *e + e->len;
		}
		some = true;
	}
	return some;
}

/* A directory may be new; one that is known stays as it is.  What went away
 * meanwhile comes back with another change. */
static enum error_code
watch_again(struct watch *w, struct error *err)
{
	enum error_code code;

	arena_reset(w->arena);
	w->ndirs = 0;
	code = watch_tree(w, w->dir, 0, err);
	if (code != ERR_IO && code != ERR_NOT_FOUND)
		return code;
	error_clear(err);
	return OK;
}

enum error_code
watch_next(struct watch *w, bool *again, struct error *err)
{
	struct pollfd fds[] = { { .fd = w->signals, .events = POLLIN },
		{ .fd = w->changes, .events = POLLIN } };
	bool changed = false;

	w->npaths = 0;
	arena_reset(w->changed);
	for (;;) {
		int n = poll(fds, 2, changed ? WATCH_QUIET_MS : -1);

		if (n < 0 && errno != EINTR)
			return error_sys(err, errno, "poll");
		*again = n < 0 || (fds[0].revents & POLLIN) == 0;
		if (!*again)
			return OK;
		if (n == 0 && changed)
			return watch_again(w, err);
		if (n > 0)
			changed = drain(w) || changed;
	}
}

const char *
watch_path(const struct watch *w, size_t i)
{
	return i < w->npaths ? w->paths[i] : NULL;
}

bool
watch_is_due(const struct watch *w)
{
	struct pollfd fds[] = { { .fd = w->signals, .events = POLLIN },
		{ .fd = w->changes, .events = POLLIN } };

	return poll(fds, 2, 0) > 0;
}
