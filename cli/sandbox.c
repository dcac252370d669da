/*
 * What a process may still do once it handles foreign bytes.  Landlock takes
 * away files, seccomp the system calls, rlimits the memory.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

#define WORKER_MEMORY_MAX ((rlim_t)2 << 30) /* bytes of address space */

/* Sanitizers map terabytes and call what a worker does not. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_WRITE                                                               \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |      \
		LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR)
/* Every access of Landlock's first version. */
#define FS_ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

static void
lacking(const char *what, int errnum)
{
	log_write(LOG_INFO, "sandbox: no %s here: %s", what, strerror(errnum));
}

static int
landlock_allow(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	int result;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC | O_DIRECTORY);
	if (rule.parent_fd < 0)
		return -1;
	result = (int)syscall(SYS_landlock_add_rule, ruleset,
		LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return result;
}

/* Files below read_dir may be read, and below write_dir (may be NULL) also
 * made and written; nothing else. */
static void
restrict_files(const char *read_dir, const char *write_dir)
{
	const struct landlock_ruleset_attr attr = {
		.handled_access_fs = FS_ALL,
	};
	int fd = (int)syscall(
		SYS_landlock_create_ruleset, &attr, sizeof attr, 0);

	if (fd < 0) {
		lacking("Landlock", errno);
		return;
	}
	if (landlock_allow(fd, read_dir, FS_READ) != 0 ||
		(write_dir != NULL && landlock_allow(fd, write_dir,
					      FS_READ | FS_WRITE) != 0) ||
		syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		lacking("Landlock", errno);
	close(fd);
}

/* What a worker calls: its pipes, the archive's files, memory, its end. */
static const int worker_calls[] = { SCMP_SYS(read), SCMP_SYS(write),
	SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(close), SCMP_SYS(openat), SCMP_SYS(fstat),
	SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(getdents64),
	SCMP_SYS(fcntl), SCMP_SYS(flock), SCMP_SYS(mmap), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield), SCMP_SYS(sysinfo), SCMP_SYS(prlimit64),
	SCMP_SYS(exit), SCMP_SYS(exit_group) };

static void
restrict_calls(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result = ctx != NULL ? 0 : -ENOMEM;

	for (size_t i = 0;
		result == 0 && i < sizeof worker_calls / sizeof *worker_calls;
		i++)
		result = seccomp_rule_add(
			ctx, SCMP_ACT_ALLOW, worker_calls[i], 0);
	if (result == 0)
		result = seccomp_load(ctx);
	if (result != 0)
		lacking("seccomp", -result);
	seccomp_release(ctx);
}

/* A process that fetches never starts another program. */
static void
forbid_exec(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int result = ctx != NULL ? 0 : -ENOMEM;

	if (result == 0)
		result = seccomp_rule_add(
			ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execve), 0);
	if (result == 0)
		result = seccomp_rule_add(
			ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execveat), 0);
	if (result == 0)
		result = seccomp_load(ctx);
	if (result != 0)
		lacking("seccomp", -result);
	seccomp_release(ctx);
}

static void
limit(int resource, rlim_t value)
{
	const struct rlimit l = { .rlim_cur = value, .rlim_max = value };

	if (setrlimit((__rlimit_resource_t)resource, &l) != 0)
		lacking("resource limit", errno);
}

void
sandbox_child(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		lacking("signal at the parent's death", errno);
	if (getppid() != parent) /* it was too late to ask for one */
		_exit(1);
}

void
sandbox_worker(const char *archive_dir)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		lacking("no_new_privs", errno);
	limit(RLIMIT_CORE, 0);
	restrict_files(archive_dir, NULL);
	if (SANITIZED)
		return;
	limit(RLIMIT_AS, WORKER_MEMORY_MAX);
	restrict_calls();
}

void
sandbox_fetch(const char *archive_dir)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		lacking("no_new_privs", errno);
	limit(RLIMIT_CORE, 0);
	/* Local sources may lie anywhere; what is written lies in one place. */
	restrict_files("/", archive_dir);
	if (!SANITIZED)
		forbid_exec();
}
