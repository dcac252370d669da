/*
 * What a process may still do once it handles foreign bytes.  Landlock takes
 * away files, seccomp the system calls, rlimits the memory.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

#define LANDLOCK_WHOLE	  3 /* with TRUNCATE; what comes after is more */
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

/* Accesses of Landlock's versions; Debian 12's headers know two of them. */
#define FS_V1	     ((UINT64_C(1) << 13) - 1)
#define FS_REFER     (UINT64_C(1) << 13) /* version 2 */
#define FS_TRUNCATE  (UINT64_C(1) << 14) /* version 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15) /* version 5 */
#define NET_BIND     (UINT64_C(1) << 0)	 /* version 4 */
#define NET_CONNECT  (UINT64_C(1) << 1)
#define SCOPE_ALL    UINT64_C(3) /* version 6: abstract sockets, signals */

#define FS_READ	 (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_START (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE)
#define FS_WRITE                                                               \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |      \
		LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |    \
		FS_TRUNCATE)

/* As the newest kernels have it; an older one is given its beginning. */
struct landlock_handled {
	uint64_t fs, net, scoped;
};

static void
lacking(const char *what, int errnum)
{
	log_write(LOG_INFO, "sandbox: no %s here: %s", what, strerror(errnum));
}

/* The kernel's version of Landlock, or -1 with errno. */
static int
landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
}

/* What this kernel can take away; handled->net is what is asked for. */
static size_t
landlock_can(int version, struct landlock_handled *handled)
{
	handled->fs = FS_V1 | (version >= 2 ? FS_REFER : 0) |
		      (version >= 3 ? FS_TRUNCATE : 0) |
		      (version >= 5 ? FS_IOCTL_DEV : 0);
	handled->scoped = version >= 6 ? SCOPE_ALL : 0;
	if (version < 4)
		return sizeof handled->fs;
	return version < 6 ? offsetof(struct landlock_handled, scoped)
			   : sizeof *handled;
}

/* What stays allowed at a path and below; a path that is not there is none. */
struct allowed {
	const char *path;
	uint64_t access;
};

static int
landlock_allow(int ruleset, const struct allowed *a, uint64_t handled)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = a->access & handled,
	};
	int result;

	rule.parent_fd = open(a->path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return errno == ENOENT ? 0 : -1;
	result = (int)syscall(SYS_landlock_add_rule, ruleset,
		LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return result;
}

/* Of files only these may be used.  TCP is used but for what is in net. */
static void
restrict_files(const struct allowed *list, size_t n, uint64_t net)
{
	struct landlock_handled handled = { .net = net };
	int version = landlock_version(), fd = -1, result = 0;

	if (version > 0)
		fd = (int)syscall(SYS_landlock_create_ruleset, &handled,
			landlock_can(version, &handled), 0);
	if (fd < 0) {
		lacking("Landlock", errno);
		return;
	}
	for (size_t i = 0; result == 0 && i < n; i++)
		result = landlock_allow(fd, &list[i], handled.fs);
	if (result != 0 || syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		lacking("Landlock", errno);
	close(fd);
}

/* What a worker calls: its pipes, the archive's files, memory, its end. */
static const int worker_calls[] = { SCMP_SYS(read), SCMP_SYS(write),
	SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
	SCMP_SYS(getdents64), SCMP_SYS(fcntl), SCMP_SYS(flock),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
	SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield), SCMP_SYS(sysinfo), SCMP_SYS(prlimit64),
	SCMP_SYS(exit), SCMP_SYS(exit_group) };

/* And these, if the flags that are their third argument have none of `without`:
 * files are read, and memory that is executed was so before. */
static const struct {
	int call;
	unsigned without;
} worker_flags[] = {
	{ SCMP_SYS(openat), O_ACCMODE | O_CREAT | O_TRUNC },
	{ SCMP_SYS(mmap), PROT_EXEC },
	{ SCMP_SYS(mprotect), PROT_EXEC },
};

/* A program that is started in it calls these as well, and maps its libraries;
 * it can start another one only in its own place. */
static const int converter_calls[] = { SCMP_SYS(execve), SCMP_SYS(access),
	SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(mmap),
	SCMP_SYS(mprotect), SCMP_SYS(readlink), SCMP_SYS(getcwd),
	SCMP_SYS(uname) };

/* A process that fetches starts no program, listens to nobody and looks into
 * no other process. */
static const int fetch_denied[] = { SCMP_SYS(execve), SCMP_SYS(execveat),
	SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev) };

static int
add_rules(scmp_filter_ctx ctx, uint32_t action, const int *calls, size_t n)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < n; i++)
		result = seccomp_rule_add(ctx, action, calls[i], 0);
	return result;
}

/* The calls whose flags decide; of them only the first n. */
static int
add_flags(scmp_filter_ctx ctx, size_t n)
{
	int result = 0;

	for (size_t i = 0; result == 0 && i < n; i++)
		result = seccomp_rule_add(ctx, SCMP_ACT_ALLOW,
			worker_flags[i].call, 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, worker_flags[i].without,
				0));
	return result;
}

enum role { ROLE_WORKER, ROLE_CONVERTER, ROLE_FETCH };

static int
add_role(scmp_filter_ctx ctx, enum role role)
{
	int result;

	if (role == ROLE_FETCH)
		return add_rules(ctx, SCMP_ACT_ERRNO(EPERM), fetch_denied,
			sizeof fetch_denied / sizeof *fetch_denied);
	result = add_rules(ctx, SCMP_ACT_ALLOW, worker_calls,
		sizeof worker_calls / sizeof *worker_calls);
	if (result == 0 && role == ROLE_CONVERTER)
		result = add_rules(ctx, SCMP_ACT_ALLOW, converter_calls,
			sizeof converter_calls / sizeof *converter_calls);
	/* Of a converter only what it opens. */
	if (result == 0)
		result = add_flags(ctx,
			role == ROLE_CONVERTER
				? 1
				: sizeof worker_flags / sizeof *worker_flags);
	return result;
}

static void
restrict_calls(enum role role)
{
	scmp_filter_ctx ctx = seccomp_init(
		role == ROLE_FETCH ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM));
	int result = ctx == NULL ? -ENOMEM : add_role(ctx, role);

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
sandbox_keep(int *fds, size_t n)
{
	const int first = STDERR_FILENO + 1;
	bool kept = n <= SANDBOX_KEPT_MAX;

	/* Out of the way, so that none takes another's place. */
	for (size_t i = 0; kept && i < n; i++) {
		fds[i] = fcntl(
			fds[i], F_DUPFD_CLOEXEC, first + SANDBOX_KEPT_MAX);
		kept = fds[i] >= 0;
	}
	for (size_t i = 0; kept && i < n; i++) {
		kept = dup3(fds[i], first + (int)i, O_CLOEXEC) >= 0;
		fds[i] = first + (int)i;
	}
	if (!kept || close_range((unsigned)first + (unsigned)n, ~0U, 0) != 0)
		_exit(1);
}

void
sandbox_tell(void)
{
	int version = landlock_version();
	bool seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
	const struct log_field fields[] = {
		LOG_NUMBER("landlock", version > 0 ? version : 0),
		LOG_TEXT("seccomp", seccomp ? "yes" : "no"),
	};

	if (version < LANDLOCK_WHOLE || !seccomp)
		log_event(LOG_WARN, fields, sizeof fields / sizeof *fields,
			"this kernel locks workers in only in part");
	else
		log_event(LOG_INFO, fields, sizeof fields / sizeof *fields,
			"sandbox");
}

static void
no_new_rights(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		lacking("no_new_privs", errno);
	limit(RLIMIT_CORE, 0);
}

void
sandbox_worker(const char *archive_dir)
{
	const struct allowed files[] = { { archive_dir, FS_READ } };

	no_new_rights();
	restrict_files(files, 1, NET_BIND | NET_CONNECT);
	if (SANITIZED)
		return;
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_AS, WORKER_MEMORY_MAX);
	restrict_calls(ROLE_WORKER);
}

void
sandbox_converter(rlim_t memory, rlim_t seconds)
{
	/* Where a program, its libraries and their tables lie. */
	static const struct allowed files[] = {
		{ "/usr/bin", FS_START },
		{ "/usr/lib", FS_START },
		{ "/usr/lib64", FS_START },
		{ "/lib64", FS_START },
		{ "/usr/share/poppler", LANDLOCK_ACCESS_FS_READ_FILE },
		{ "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE },
	};

	no_new_rights();
	restrict_files(
		files, sizeof files / sizeof *files, NET_BIND | NET_CONNECT);
	restrict_calls(ROLE_CONVERTER);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CPU, seconds);
	/* Last: the limit is the program's, and less than sanitizers map. */
	limit(RLIMIT_AS, memory);
}

void
sandbox_fetch(const char *archive_dir)
{
	/* Local sources may lie anywhere; what is written lies in one place. */
	const struct allowed files[] = {
		{ "/", FS_READ },
		{ archive_dir, FS_READ | FS_WRITE },
	};

	no_new_rights();
	restrict_files(files, sizeof files / sizeof *files, NET_BIND);
	if (!SANITIZED)
		restrict_calls(ROLE_FETCH);
}
