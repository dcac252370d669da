/* what a worker and the fetch process may still do, tried by each */
#include "cli/cli.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <seccomp.h>

#define PAGE ((size_t)4096)

static char archive[64], outside[64]; /* directories */
static char inside_file[96], outside_file[96];

/* ---- what is tried: each is true if it could be done ---- */

static bool
opened(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	return fd >= 0;
}

static bool
below(const char *dir, int flags)
{
	char path[128];

	(void)snprintf(path, sizeof path, "%s/new", dir);
	return opened(path, flags);
}

static bool
read_archive(void)
{
	char byte;
	int fd = open(inside_file, O_RDONLY | O_CLOEXEC);

	return fd >= 0 && read(fd, &byte, 1) == 1;
}

static bool
write_archive(void)
{
	return opened(inside_file, O_WRONLY);
}

static bool
empty_archive(void)
{
	return opened(inside_file, O_RDONLY | O_TRUNC);
}

static bool
make_in_archive(void)
{
	return below(archive, O_WRONLY | O_CREAT);
}

static bool
remove_from_archive(void)
{
	return unlink(inside_file) == 0;
}

static bool
rename_in_archive(void)
{
	char path[128];

	(void)snprintf(path, sizeof path, "%s/other", archive);
	return rename(inside_file, path) == 0 && rename(path, inside_file) == 0;
}

static bool
read_outside(void)
{
	return opened(outside_file, O_RDONLY);
}

static bool
climb_out(void)
{
	char path[256];

	(void)snprintf(path, sizeof path, "%s/..%s", archive, outside_file + 4);
	return opened(path, O_RDONLY);
}

static bool
write_outside(void)
{
	return opened(outside_file, O_WRONLY);
}

static bool
empty_outside(void)
{
	return opened(outside_file, O_RDONLY | O_TRUNC) ||
	       truncate(outside_file, 0) == 0;
}

static bool
make_outside(void)
{
	return below(outside, O_WRONLY | O_CREAT);
}

static bool
read_passwords(void)
{
	return opened("/etc/passwd", O_RDONLY);
}

static bool
ask_tcp(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool
ask_udp(void)
{
	return socket(AF_INET6, SOCK_DGRAM, 0) >= 0;
}

static bool
ask_local(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0;
}

static bool
listen_tcp(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd >= 0 && bind(fd, (struct sockaddr *)&in, sizeof in) == 0 &&
	       listen(fd, 1) == 0;
}

static bool
become_program(void)
{
	char *const argv[] = { (char *)(uintptr_t) "true", NULL };

	(void)execv("/bin/true", argv); /* ends with 0, as nothing else does */
	return false;
}

static bool
make_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool
make_code(void)
{
	return mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool
turn_into_code(void)
{
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED && mprotect(p, PAGE, PROT_READ | PROT_EXEC) == 0;
}

static bool
take_memory(void)
{
	void *p = mmap(NULL, (size_t)1 << 20, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED;
}

static bool
take_much_memory(void)
{
	return mmap(NULL, (size_t)3 << 30, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
		       0) != MAP_FAILED;
}

static bool
signal_parent(void)
{
	return kill(getppid(), SIGWINCH) == 0; /* which means nothing to it */
}

static bool
look_into_parent(void)
{
	return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0;
}

static bool
write_pipe(void)
{
	return write(STDERR_FILENO, "", 0) == 0;
}

/* ---- the tables ---- */

/* What has to be there for a row to be tried. */
enum needs { NOTHING, LANDLOCK, TRUNCATE = 3, NET = 4, SCOPE = 6 };

static const struct attempt {
	const char *name;
	bool (*act)(void);
	bool worker, fetch; /* may it */
	enum needs needs;   /* of Landlock, of a fetch process */
} attempts[] = {
	{ "read the archive", read_archive, true, true, NOTHING },
	{ "write it", write_archive, false, true, NOTHING },
	{ "empty it", empty_archive, false, true, NOTHING },
	{ "make a file in it", make_in_archive, false, true, NOTHING },
	{ "remove one", remove_from_archive, false, true, NOTHING },
	{ "rename one", rename_in_archive, false, true, NOTHING },
	{ "read outside", read_outside, false, true, NOTHING },
	{ "climb out", climb_out, false, true, NOTHING },
	{ "write outside", write_outside, false, false, LANDLOCK },
	{ "empty outside", empty_outside, false, false, TRUNCATE },
	{ "make a file outside", make_outside, false, false, LANDLOCK },
	{ "read passwords", read_passwords, false, true, NOTHING },
	{ "make a TCP socket", ask_tcp, false, true, NOTHING },
	{ "make a UDP socket", ask_udp, false, true, NOTHING },
	{ "make a local socket", ask_local, false, true, NOTHING },
	{ "listen", listen_tcp, false, false, NOTHING },
	{ "become a program", become_program, false, false, NOTHING },
	{ "make a process", make_process, false, true, NOTHING },
	{ "make code", make_code, false, true, NOTHING },
	{ "turn data into code", turn_into_code, false, true, NOTHING },
	{ "take memory", take_memory, true, true, NOTHING },
	{ "take too much memory", take_much_memory, false, true, NOTHING },
	{ "signal its parent", signal_parent, false, false, SCOPE },
	{ "look into its parent", look_into_parent, false, false, NOTHING },
	{ "write to a pipe", write_pipe, true, true, NOTHING },
};

enum { COULD = 10, COULD_NOT = 11 };

static int
try_in(void (*sandbox)(const char *), const struct attempt *a)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		sandbox(archive);
		_exit(a->act() ? COULD : COULD_NOT);
	}
	assert_true(waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
make_file(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fputs("words", f) >= 0, 1);
	assert_int_equal(fclose(f), 0);
}

static int
setup(void **state)
{
	(void)state;
	(void)snprintf(archive, sizeof archive, "/tmp/dateline-in-XXXXXX");
	(void)snprintf(outside, sizeof outside, "/tmp/dateline-out-XXXXXX");
	if (mkdtemp(archive) == NULL || mkdtemp(outside) == NULL)
		return 1;
	(void)snprintf(inside_file, sizeof inside_file, "%s/a", archive);
	(void)snprintf(outside_file, sizeof outside_file, "%s/b", outside);
	return 0;
}

static int
teardown(void **state)
{
	char command[192];

	(void)state;
	(void)snprintf(
		command, sizeof command, "rm -rf '%s' '%s'", archive, outside);
	return system(command);
}

static int
landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
}

static void
try_all(void (*sandbox)(const char *), bool worker)
{
	int version = landlock_version();

	for (size_t i = 0; i < ROWS(attempts); i++) {
		const struct attempt *a = &attempts[i];
		int got;

		if (!worker && (int)a->needs > version)
			continue;
		make_file(inside_file);
		make_file(outside_file);
		got = try_in(sandbox, a);
		if (got !=
			((worker ? a->worker : a->fetch) ? COULD : COULD_NOT))
			fail_msg("row \"%s\": it ended with %d", a->name, got);
	}
}

/* Sanitizers call and map what a worker does not. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static void
a_worker(void **state)
{
	(void)state;
#ifdef SANITIZED
	skip();
#endif
	try_all(sandbox_worker, true);
}

static void
the_fetch_process(void **state)
{
	(void)state;
#ifdef SANITIZED
	skip();
#endif
	try_all(sandbox_fetch, false);
}

static void
nothing(const char *dir)
{
	(void)dir;
}

/* Without a sandbox each of them can be done, so that the tests above say
 * something. */
static void
nobody_else_is_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(attempts); i++) {
		make_file(inside_file);
		make_file(outside_file);
		CHECK_ROW(attempts[i].name,
			attempts[i].act == look_into_parent ||
				try_in(nothing, &attempts[i]) != COULD_NOT);
	}
}

/* From here on this kernel has no Landlock. */
static void
forget_landlock(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

	if (ctx == NULL ||
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS),
			SYS_landlock_create_ruleset, 0) != 0 ||
		seccomp_load(ctx) != 0)
		abort();
	seccomp_release(ctx);
}

/* What the run says, and what each process that has to do without says; seccomp
 * keeps a worker from the most. */
static void
a_kernel_without_landlock_is_told_of(void **state)
{
	char said[1024] = "";
	size_t len = 0;
	int fds[2], status = 0;
	ssize_t n;
	pid_t pid;

	(void)state;
#ifdef SANITIZED
	skip();
#endif
	assert_int_equal(pipe(fds), 0);
	make_file(inside_file);
	pid = fork();
	if (pid == 0) {
		(void)dup2(fds[1], STDERR_FILENO);
		forget_landlock();
		sandbox_tell();
		log_set_level(LOG_INFO);
		sandbox_worker(archive);
		_exit(read_archive() && !write_archive() && !empty_archive() &&
					!ask_tcp()
				? COULD
				: COULD_NOT);
	}
	close(fds[1]);
	while (len + 1 < sizeof said &&
		(n = read(fds[0], said + len, sizeof said - len - 1)) > 0)
		len += (size_t)n;
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), COULD);
	assert_non_null(strstr(said, "warning: this kernel locks"));
	assert_non_null(strstr(said, "sandbox: no Landlock here"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_worker),
		cmocka_unit_test(the_fetch_process),
		cmocka_unit_test(nobody_else_is_kept),
		cmocka_unit_test(a_kernel_without_landlock_is_told_of),
	};

	return cmocka_run_group_tests_name(
		"cli_sandbox", tests, setup, teardown);
}
