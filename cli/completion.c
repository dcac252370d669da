#include "completion.h"

#include <string.h>

/* The verbs, and where the script goes. */
struct script {
	const struct verb *verbs;
	size_t n;
	struct buffer *out;
};

static void
put(const struct script *s, const char *text)
{
	buffer_add_str(s->out, text);
}

static void
put_span(const struct script *s, struct span text)
{
	buffer_add_span(s->out, text);
}

/* Text between single quotes of a shell, where a quote becomes `quote` and
 * each of special stands behind a backslash. */
static void
put_quoted(const struct script *s, const char *text, const char *quote,
	const char *special)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'') {
			put(s, quote);
			continue;
		}
		if (strchr(special, *text) != NULL)
			buffer_add_char(s->out, '\\');
		buffer_add_char(s->out, *text);
	}
}

/* "audit" of "audit claims". */
static struct span
family(const struct verb *v)
{
	struct span rest = span_str(v->name), first;

	(void)span_split(&rest, ' ', &first);
	return first;
}

/* "claims" of "audit claims", or NULL. */
static const char *
member(const struct verb *v)
{
	const char *space = strchr(v->name, ' ');

	return space != NULL ? space + 1 : NULL;
}

/* Verbs of a family stand together in the table; the first of one. */
static bool
is_first(const struct script *s, size_t i)
{
	return i == 0 ||
	       !span_eq(family(&s->verbs[i]), family(&s->verbs[i - 1]));
}

static bool
is_last(const struct script *s, size_t i)
{
	return i + 1 == s->n ||
	       !span_eq(family(&s->verbs[i]), family(&s->verbs[i + 1]));
}

/* The members from the i-th verb on, parted by `between`. */
static void
put_members(const struct script *s, size_t i, const char *between)
{
	for (;; i++) {
		put(s, member(&s->verbs[i]));
		if (is_last(s, i))
			break;
		put(s, between);
	}
}

static bool
takes_files(const struct verb *v)
{
	return strstr(v->args, "FILE") != NULL ||
	       strstr(v->args, "DIR") != NULL;
}

/* Its argument is one of those in its synopsis: "bash|zsh|fish". */
static bool
takes_word(const struct verb *v)
{
	return strchr(v->args, '|') != NULL &&
	       strpbrk(v->args, "[ ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL;
}

static void
put_words(const struct script *s, const struct verb *v)
{
	for (const char *p = v->args; *p != '\0'; p++)
		buffer_add_char(s->out, *p == '|' ? ' ' : *p);
}

static bool
is_path(const struct option_info *o)
{
	return strcmp(o->arg, "FILE") == 0 || strcmp(o->arg, "DIR") == 0;
}

/* What may stand for an argument that is one of few: parted by spaces. */
static void
put_values(const struct script *s, const struct option_info *o)
{
	for (size_t i = 0; o->value(i) != NULL; i++) {
		put(s, i > 0 ? " " : "");
		put(s, o->value(i));
	}
}

/* ---- bash ---- */

static void
bash_option_values(const struct script *s)
{
	struct option_info o;

	put(s, "\tcase $prev in\n");
	for (size_t at = 0; options_next(NULL, &at, &o);) {
		if (o.value == NULL)
			continue;
		buffer_printf(s->out, "\t--%s) words='", o.name);
		put_values(s, &o);
		put(s, "' ;;\n");
	}
	/* Names of files, which complete -o default gives. */
	put(s, "\t-");
	for (size_t at = 0; options_next(NULL, &at, &o);)
		if (o.arg != NULL && o.value == NULL)
			buffer_printf(s->out, "|--%s", o.name);
	put(s, ") return ;;\n\tesac\n");
}

static void
bash_options(const struct script *s)
{
	put(s, "\tcase $verb in\n");
	for (size_t i = 0; i < s->n; i++) {
		struct option_info o;
		const char *between = "";

		buffer_printf(s->out, "\t'%s') options='", s->verbs[i].name);
		for (size_t at = 0; options_next(&s->verbs[i], &at, &o);) {
			buffer_printf(s->out, "%s--%s", between, o.name);
			between = " ";
		}
		if (takes_word(&s->verbs[i])) {
			put(s, "' words='");
			put_words(s, &s->verbs[i]);
		}
		put(s, "' ;;\n");
	}
	put(s, "\tesac\n");
}

static void
bash(const struct script *s)
{
	put(s, "# bash completion of dateline\n"
	       "_dateline()\n{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]}"
	       " prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	       "\tlocal verb=${COMP_WORDS[1]} words= options=\n"
	       "\tCOMPREPLY=()\n"
	       "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
	       "\t\twords='--help --version");
	for (size_t i = 0; i < s->n; i++)
		if (is_first(s, i)) {
			put(s, " ");
			put_span(s, family(&s->verbs[i]));
		}
	put(s, "'\n\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\treturn\n\tfi\n\tcase $verb in\n");
	for (size_t i = 0; i < s->n; i++) {
		if (!is_first(s, i) || member(&s->verbs[i]) == NULL)
			continue;
		put(s, "\t");
		put_span(s, family(&s->verbs[i]));
		put(s, ") words='");
		put_members(s, i, " ");
		put(s, "' ;;\n");
	}
	put(s, "\tesac\n\tif [ -n \"$words\" ]; then\n"
	       "\t\tif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
	       "\t\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\t\treturn\n\t\tfi\n"
	       "\t\tverb=\"$verb ${COMP_WORDS[2]}\"\n\tfi\n\twords=\n"
	       /* --kind=x comes as three words. */
	       "\t[ \"$prev\" != = ] || prev=${COMP_WORDS[COMP_CWORD-2]}\n"
	       "\t[ \"$cur\" != = ] || cur=''\n");
	bash_option_values(s);
	put(s, "\tif [ -n \"$words\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\treturn\n\tfi\n");
	bash_options(s);
	put(s, "\tcase $cur in\n"
	       "\t-*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
	       "\t*) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
	       "\tesac\n}\ncomplete -o default -F _dateline dateline\n");
}

/* ---- zsh ---- */

#define ZSH_QUOTE "'\\''"

/* "word:what it does" for _describe. */
static void
zsh_word(const struct script *s, struct span word, const char *what)
{
	put(s, " '");
	put_span(s, word);
	put(s, ":");
	put_quoted(s, what, ZSH_QUOTE, ":\\");
	put(s, "'");
}

static void
zsh_verbs(const struct script *s)
{
	put(s, "\tif (( CURRENT == 2 )); then\n\t\tverbs=(");
	for (size_t i = 0; i < s->n; i++) {
		if (!is_first(s, i))
			continue;
		if (member(&s->verbs[i]) == NULL) {
			zsh_word(s, family(&s->verbs[i]), s->verbs[i].summary);
			continue;
		}
		put(s, " '");
		put_span(s, family(&s->verbs[i]));
		put(s, ":");
		put_members(s, i, ", ");
		put(s, "'");
	}
	put(s, " )\n\t\t_describe verb verbs\n\t\treturn\n\tfi\n"
	       "\tcase $verb in\n");
	for (size_t i = 0; i < s->n; i++) {
		if (member(&s->verbs[i]) == NULL)
			continue;
		if (is_first(s, i)) {
			put(s, "\t");
			put_span(s, family(&s->verbs[i]));
			put(s, ") verbs=(");
		}
		zsh_word(
			s, span_str(member(&s->verbs[i])), s->verbs[i].summary);
		if (is_last(s, i))
			put(s, " ) ;;\n");
	}
	put(s, "\tesac\n"
	       "\tif (( $#verbs && CURRENT == 3 )); then\n"
	       "\t\t_describe verb verbs\n\t\treturn\n\tfi\n"
	       "\tif (( $#verbs )); then\n"
	       "\t\tverb=\"$verb $words[3]\"\n"
	       "\t\tshift words\n\t\t(( CURRENT-- ))\n\tfi\n"
	       "\tshift words\n\t(( CURRENT-- ))\n");
}

static void
zsh_option(const struct script *s, const struct option_info *o)
{
	buffer_printf(s->out, " \\\n\t\t\t'--%s%s[", o->name,
		o->arg != NULL ? "=" : "");
	put_quoted(s, o->help, ZSH_QUOTE, "[]:\\");
	put(s, "]");
	if (o->arg != NULL) {
		buffer_printf(s->out, ":%s:", o->arg);
		if (o->value != NULL) {
			put(s, "(");
			put_values(s, o);
			put(s, ")");
		} else {
			put(s, is_path(o) ? "_files" : " ");
		}
	}
	put(s, "'");
}

static void
zsh(const struct script *s)
{
	put(s, "#compdef dateline\n"
	       "_dateline()\n{\n\tlocal -a verbs\n"
	       "\tlocal verb=$words[2]\n");
	zsh_verbs(s);
	put(s, "\tcase $verb in\n");
	for (size_t i = 0; i < s->n; i++) {
		struct option_info o;

		buffer_printf(
			s->out, "\t'%s')\n\t\t_arguments", s->verbs[i].name);
		for (size_t at = 0; options_next(&s->verbs[i], &at, &o);)
			zsh_option(s, &o);
		if (takes_files(&s->verbs[i]))
			put(s, " \\\n\t\t\t'*:file:_files'");
		if (takes_word(&s->verbs[i])) {
			put(s, " \\\n\t\t\t'1:word:(");
			put_words(s, &s->verbs[i]);
			put(s, ")'");
		}
		put(s, "\n\t\t;;\n");
	}
	put(s, "\tesac\n}\n"
	       /* Read as a function of fpath it is called; sourced it is told.
		*/
	       "if [ \"$funcstack[1]\" = _dateline ]; then\n"
	       "\t_dateline \"$@\"\nelse\n\tcompdef _dateline dateline\nfi\n");
}

/* ---- fish ---- */

#define FISH_QUOTE "\\'"

static void
fish_help(const struct script *s, const char *what)
{
	put(s, " -d '");
	put_quoted(s, what, FISH_QUOTE, "\\");
	put(s, "'\n");
}

static void
fish_option(const struct script *s, const struct verb *v,
	const struct option_info *o)
{
	buffer_printf(s->out,
		"complete -c dateline -n '__dateline_is %s' -l %s", v->name,
		o->name);
	if (o->arg != NULL)
		put(s, is_path(o) ? " -rF" : " -x");
	if (o->arg != NULL && o->value != NULL) {
		put(s, " -a '");
		put_values(s, o);
		put(s, "'");
	}
	fish_help(s, o->help);
}

static void
fish(const struct script *s)
{
	put(s, "# fish completion of dateline\n"
	       "function __dateline_is\n"
	       "\tset -l words (commandline -opc)\n"
	       "\tset -l n (count $argv)\n"
	       "\tset -l last (math $n + 1)\n"
	       "\ttest (count $words) -gt $n\n"
	       "\tand test \"$words[2..$last]\" = \"$argv\"\nend\n"
	       "function __dateline_at\n"
	       "\tset -l words (commandline -opc)\n"
	       "\tset -e words[1]\n"
	       "\ttest \"$words\" = \"$argv\"\nend\n"
	       "complete -c dateline -f\n"
	       "complete -c dateline -n '__dateline_at' -l version\n"
	       "complete -c dateline -n '__dateline_at' -l help\n");
	for (size_t i = 0; i < s->n; i++) {
		const struct verb *v = &s->verbs[i];
		struct option_info o;

		if (is_first(s, i)) {
			put(s, "complete -c dateline -n '__dateline_at' -a ");
			put_span(s, family(v));
			put(s, " -d '");
			if (member(v) == NULL)
				put_quoted(s, v->summary, FISH_QUOTE, "\\");
			else
				put_members(s, i, ", ");
			put(s, "'\n");
		}
		if (member(v) != NULL) {
			put(s, "complete -c dateline -n '__dateline_at ");
			put_span(s, family(v));
			buffer_printf(s->out, "' -a %s", member(v));
			fish_help(s, v->summary);
		}
		for (size_t at = 0; options_next(v, &at, &o);)
			fish_option(s, v, &o);
		if (takes_files(v))
			buffer_printf(s->out,
				"complete -c dateline -n '__dateline_is %s' "
				"-F\n",
				v->name);
		if (takes_word(v)) {
			buffer_printf(s->out,
				"complete -c dateline -n '__dateline_at %s' "
				"-a '",
				v->name);
			put_words(s, v);
			put(s, "'\n");
		}
	}
}

/* ---- which ---- */

static const struct shell {
	const char *name;
	void (*write)(const struct script *s);
} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };

enum error_code
completion_script(const char *shell, const struct verb *verbs, size_t n,
	struct buffer *out, struct error *err)
{
	const struct script s = { .verbs = verbs, .n = n, .out = out };

	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (strcmp(shell, shells[i].name) == 0) {
			shells[i].write(&s);
			return buffer_error(out, err, "the script");
		}
	return error_set(
		err, ERR_USAGE, "\"%s\" is not bash, zsh or fish", shell);
}
