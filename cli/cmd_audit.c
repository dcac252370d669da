#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MIN 60 /* columns; a narrower terminal gets this */

struct audit_options
audit_options(const struct options *o)
{
	struct audit_options a = {
		.out = stdout,
		.format = o->json ? AUDIT_JSON : AUDIT_TABLE,
	};
	struct winsize w;

	if (!isatty(STDOUT_FILENO))
		return a;
	a.color = wants_color();
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		a.width = w.ws_col < WIDTH_MIN ? WIDTH_MIN : w.ws_col;
	return a;
}

/* Open the ledger for reading and run one view of it. */
static int
view(const struct options *o,
	enum error_code (*show)(struct store *s, const struct options *o,
		const struct audit_options *opt, struct arena *a, int *status,
		struct error *err))
{
	struct audit_options opt = audit_options(o);
	struct error err = { 0 };
	struct arena *a = arena_new(CLI_ARENA_MAX);
	struct store *s = NULL;
	int status = 0;
	enum error_code code;

	/* `audit ... | head` ends as any filter does; nothing is written. */
	(void)signal(SIGPIPE, SIG_DFL);
	if (a == NULL)
		return report_error(&err);
	code = store_open(path_db(o, a), STORE_READ, &s, &err);
	if (code == OK)
		code = show(s, o, &opt, a, &status, &err);
	store_close(s);
	arena_free(a);
	return code == OK ? status : report_error(&err);
}

static enum error_code
show_claims(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	(void)a;
	(void)status;
	return audit_claims(s, &o->filter, opt, NULL, err);
}

static enum error_code
show_facts(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	const struct fact_filter f = {
		.kind = o->filter.kind,
		.subject = o->filter.subject,
		.network = o->filter.network,
	};

	(void)a;
	(void)status;
	return audit_facts(s, &f, opt, NULL, err);
}

static enum error_code
show_explain(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	int broken = 0;
	enum error_code code = audit_explain(
		s, path_archive(o, a), o->args[0], opt, &broken, err);

	*status = broken > 0 ? EXIT_PROBLEMS : 0;
	return code;
}

static enum error_code
show_export(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	(void)o;
	(void)a;
	(void)status;
	return audit_export(s, opt->out, err);
}

static enum error_code
show_diff(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	(void)a;
	(void)status;
	return audit_diff(s, o->args[0], opt, NULL, err);
}

static enum error_code
show_problems(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	(void)o;
	(void)a;
	(void)status;
	return audit_problems(s, opt, NULL, err);
}

static enum error_code
show_status(struct store *s, const struct options *o,
	const struct audit_options *opt, struct arena *a, int *status,
	struct error *err)
{
	int64_t alarms = 0;
	enum error_code code = audit_status(s, opt, &alarms, err);

	(void)o;
	(void)a;
	*status = alarms > 0 ? EXIT_PROBLEMS : 0;
	return code;
}

int
cmd_status(const struct options *o)
{
	return view(o, show_status);
}

int
cmd_audit_claims(const struct options *o)
{
	return view(o, show_claims);
}

int
cmd_audit_facts(const struct options *o)
{
	return view(o, show_facts);
}

int
cmd_audit_explain(const struct options *o)
{
	return view(o, show_explain);
}

int
cmd_audit_export(const struct options *o)
{
	return view(o, show_export);
}

int
cmd_audit_diff(const struct options *o)
{
	return view(o, show_diff);
}

int
cmd_audit_problems(const struct options *o)
{
	return view(o, show_problems);
}
