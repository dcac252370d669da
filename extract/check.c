#include "extractor.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define GIVEN_MAX	  32
#define CHECK_THREADS_MAX 8
#define CHECK_ARENA_MAX	  ((size_t)64 << 20)

/* "[CITY Graz] joined" as text and mentions. */
struct marked {
	struct buffer text;
	struct mention given[GIVEN_MAX];
	size_t n;
};

static bool
fill(struct mention *m, struct span type, const char *words)
{
	if (!mention_type_find(type, &m->type))
		return false;
	m->rule = "given";
	if (m->type == MENTION_CITY || m->type == MENTION_REGION ||
		m->type == MENTION_COUNTRY)
		m->place.name = words;
	else if (m->type != MENTION_COUNT && m->type != MENTION_DATE) {
		m->name.name = words;
		m->name.id =
			m->type == MENTION_NETWORK || m->type == MENTION_TITLE
				? words
				: NULL;
	}
	return true;
}

static bool
read_marks(const char *text, struct marked *out, struct arena *a)
{
	for (const char *p = text; *p != '\0';) {
		const char *end = *p == '[' ? strchr(p, ']') : NULL;
		const char *space = *p == '[' ? strchr(p, ' ') : NULL;
		struct mention *m = &out->given[out->n];
		struct span type, lower;
		char name[24];

		if (end == NULL || space == NULL || space > end) {
			buffer_add_char(&out->text, *p++);
			continue;
		}
		type = span_of(p + 1, (size_t)(space - p - 1));
		if (type.len >= sizeof name || out->n == GIVEN_MAX)
			return false;
		for (size_t i = 0; i < type.len; i++)
			name[i] = (char)(type.ptr[i] | 32);
		lower = span_of(name, type.len);
		m->start = (uint32_t)out->text.len;
		buffer_add(&out->text, space + 1, (size_t)(end - space - 1));
		m->end = (uint32_t)out->text.len;
		if (!fill(m, lower,
			    arena_strndup(
				    a, space + 1, (size_t)(end - space - 1))))
			return false;
		/* Counts and dates are read: their values are needed. */
		if (m->type != MENTION_COUNT && m->type != MENTION_DATE)
			out->n++;
		p = end + 1;
	}
	return true;
}

/* Every "slot=value" of want stands in a claim of the rule. */
static bool
holds(const struct document *doc, const struct extraction *x,
	const struct claim *c, const char *want)
{
	struct span rest = span_str(want), field;

	while (rest.len > 0 && span_split(&rest, ';', &field)) {
		const char *eq;
		enum slot slot;
		bool found = false;

		field = span_trim(field);
		eq = memchr(field.ptr, '=', field.len);
		if (eq == NULL) {
			enum polarity p;

			if (!polarity_find(field, &p) || c->polarity != p)
				return false;
			continue;
		}
		if (!slot_find(span_of(field.ptr, (size_t)(eq - field.ptr)),
			    &slot))
			return false;
		for (size_t i = 0; i < c->nargs; i++) {
			const struct mention *m =
				c->args[i].mention >= 0
					? &x->mentions[c->args[i].mention]
					: NULL;

			if (c->args[i].slot == slot && m != NULL)
				found = found ||
					span_eq(span_sub(doc->text, m->start,
							m->end),
						span_of(eq + 1,
							field.len -
								(size_t)(eq +
									 1 -
									 field.ptr)));
		}
		if (!found)
			return false;
	}
	return true;
}

static bool
matches(const struct rule *rule, const struct document *doc,
	const struct extraction *x, const char *want)
{
	for (size_t i = 0; i < x->nclaims; i++)
		if (strcmp(x->claims[i].rule, rule->id) == 0 &&
			holds(doc, x, &x->claims[i], want))
			return true;
	return false;
}

static bool
run_example(struct extractor *x, const struct rule *rule,
	const struct example *e, struct arena *a)
{
	struct marked m = { .n = 0 };
	struct block block = { .type = BLOCK_PARAGRAPH, .zone = ZONE_BODY };
	struct document doc = {
		.id = "example",
		.blocks = &block,
		.nblocks = 1,
		.language = rule->language,
	};
	struct extraction out;
	bool ok = false;

	buffer_init(&m.text, 1 << 16);
	if (read_marks(e->text, &m, a) && m.text.ptr != NULL) {
		doc.text = buffer_span(&m.text);
		block.end = (uint32_t)doc.text.len;
		ok = extractor_run(x, &doc, m.given,
			     e->kind >= EXAMPLE_LIVE ? 0 : m.n, a,
			     &out) == OK &&
		     matches(rule, &doc, &out, e->want) ==
			     (e->kind == EXAMPLE_YES ||
				     e->kind == EXAMPLE_LIVE);
	}
	buffer_release(&m.text);
	return ok;
}

/* The examples of the files in one language, which one thread runs. */
struct unit {
	char language[3]; /* "": of files that read all */
	struct arena *arena;
	struct failure {
		const char *where;
		enum example_kind kind;
		struct failure *next;
	} * first, **last;
	long examples, todo, failures;
	enum error_code code;
	struct error err;
};

struct checking {
	const struct ruleset *rs;
	const struct ruleset_check *asked;
	struct unit units[EXTRACTOR_LANGUAGES_MAX];
	size_t n;
	atomic_size_t next; /* of the units, that nobody has taken */
	atomic_bool ends;   /* no example is run any more */
};

static bool
is_asked_for(const struct ruleset_check *c, const char *file)
{
	for (size_t i = 0; i < c->nfiles; i++)
		if (strcmp(c->files[i], file) == 0)
			return true;
	return c->nfiles == 0;
}

static bool
is_in_unit(const struct unit *u, const struct ruleset_check *c,
	const char *language, const char *file)
{
	return strcmp(u->language, language != NULL ? language : "") == 0 &&
	       is_asked_for(c, file);
}

static enum error_code
add_failure(struct unit *u, const struct rule *rule, const struct example *e)
{
	struct failure *f = arena_alloc(u->arena, sizeof *f);

	if (f == NULL)
		return ERR_NOMEM;
	*f = (struct failure){ .kind = e->kind,
		.where = arena_printf(u->arena, "%s:%d", rule->file, e->line) };
	*u->last = f;
	u->last = &f->next;
	u->failures++;
	return f->where != NULL ? OK : ERR_NOMEM;
}

static enum error_code
compile_unit(const struct checking *k, struct unit *u, struct language_rules *l)
{
	const struct rules *r = l->rules;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < r->n; i++)
		if (is_in_unit(
			    u, k->asked, r->list[i].language, r->list[i].file))
			code = matcher_compile_rule(
				&l->matcher, &r->list[i], &u->err);
	for (size_t i = 0; code == OK && i < r->ndiscards; i++)
		if (is_in_unit(u, k->asked, r->discards[i].language,
			    r->discards[i].file))
			code = matcher_compile_discard(
				&l->matcher, &r->discards[i], &u->err);
	return code;
}

static enum error_code
run_examples(struct checking *k, struct unit *u, struct extractor *x,
	const struct rule *rule, struct arena *a)
{
	for (size_t i = 0; i < rule->nexamples; i++) {
		const struct example *e = &rule->examples[i];

		if (k->asked->stop != NULL && k->asked->stop(k->asked->ctx))
			atomic_store(&k->ends, true);
		if (atomic_load(&k->ends))
			return OK;
		arena_reset(a);
		u->examples++;
		u->todo += e->kind == EXAMPLE_TODO;
		if (!run_example(x, rule, e, a) &&
			add_failure(u, rule, e) != OK)
			return error_set(&u->err, ERR_NOMEM, "examples");
	}
	return OK;
}

/* All is read before an example is run, and of an error the first in the order
 * of languages is told: the same one each time. */
static enum error_code
check_unit(struct checking *k, struct unit *u, struct extractor *x,
	struct arena *a)
{
	enum error_code code = extractor_turn(
		x, u->language[0] != '\0' ? u->language : NULL, &u->err);
	const struct rules *r;

	if (code == OK)
		code = compile_unit(k, u, x->now);
	if (code != OK)
		return code;
	r = x->now->rules;
	for (size_t i = 0; code == OK && i < r->n; i++)
		if (is_in_unit(
			    u, k->asked, r->list[i].language, r->list[i].file))
			code = run_examples(k, u, x, &r->list[i], a);
	return code;
}

/* A thread takes one unit after the other. */
static void *
check_units(void *ctx)
{
	struct checking *k = ctx;
	struct extractor *x = NULL;
	struct arena *a = arena_new(CHECK_ARENA_MAX);
	size_t i;

	while ((i = atomic_fetch_add(&k->next, 1)) < k->n) {
		struct unit *u = &k->units[i];

		u->arena = arena_new(CHECK_ARENA_MAX);
		if (a == NULL || u->arena == NULL)
			u->code = error_set(&u->err, ERR_NOMEM, "examples");
		else if (x == NULL)
			u->code = extractor_new(k->rs, &x, &u->err);
		if (x != NULL && u->code == OK)
			u->code = check_unit(k, u, x, a);
		if (u->code != OK)
			atomic_store(&k->ends, true);
	}
	extractor_free(x);
	arena_free(a);
	return NULL;
}

/* Those of no language come last: who has read the rules of all languages
 * reads no others. */
static void
find_units(struct checking *k)
{
	const struct rules *r = k->rs->rules;
	bool all = false;

	for (size_t i = 0; i < r->nfiles; i++) {
		struct unit *u = &k->units[k->n];
		const char *path = rules_path(r, i);
		bool known = false;

		if (!is_asked_for(k->asked, path))
			continue;
		if (!rules_file_language(path, u->language)) {
			all = true;
			continue;
		}
		for (size_t j = 0; j < k->n; j++)
			known = known ||
				strcmp(k->units[j].language, u->language) == 0;
		if (!known && k->n + 1 < EXTRACTOR_LANGUAGES_MAX)
			k->n++;
	}
	/* What is wrong between languages is told only by all of them. */
	if (all || k->asked->nfiles == 0)
		k->units[k->n++].language[0] = '\0';
	for (size_t i = 0; i < k->n; i++)
		k->units[i].last = &k->units[i].first;
}

/* As many threads as there are processors, this one among them. */
static void
run_units(struct checking *k)
{
	pthread_t threads[CHECK_THREADS_MAX];
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = 0;

	while (n + 1 < k->n && (long)n + 1 < processors &&
		n < CHECK_THREADS_MAX &&
		pthread_create(&threads[n], NULL, check_units, k) == 0)
		n++;
	(void)check_units(k);
	while (n > 0)
		(void)pthread_join(threads[--n], NULL);
}

static void
report_unit(const struct unit *u, struct ruleset_check *c)
{
	static const char *const said[EXAMPLE_KINDS] = {
		"a yes that the rule does not read", "a no that the rule reads",
		"a live text that the rule does not read",
		"a todo that the rule reads: it is a live now"
	};

	for (const struct failure *f = u->first; f != NULL; f = f->next)
		c->report(c->ctx, f->where, said[f->kind]);
	c->examples += u->examples;
	c->failures += u->failures;
	c->todo += u->todo;
}

enum error_code
ruleset_check(
	const struct ruleset *rs, struct ruleset_check *c, struct error *err)
{
	struct checking k = { .rs = rs, .asked = c };
	enum error_code code = OK;

	c->examples = c->failures = c->todo = 0;
	find_units(&k);
	run_units(&k);
	for (size_t i = 0; code == OK && i < k.n; i++) {
		code = k.units[i].code;
		if (code != OK)
			*err = k.units[i].err;
	}
	c->stopped = code == OK && atomic_load(&k.ends);
	for (size_t i = 0; i < k.n; i++) {
		if (code == OK)
			report_unit(&k.units[i], c);
		arena_free(k.units[i].arena);
	}
	return code;
}
