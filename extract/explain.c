/* How the rules read a document, for who asks why. */
#include "explain.h"

#include "extractor.h"

#define EVENTS_MAX   100000 /* of one document; the rest is not told */
#define STANDS_UNITS 6	    /* of what stands where a part fails */

struct explaining {
	struct events events; /* first, for events_collect() */
	const struct extractor *extractor;
	struct explainer *explainer;
	const struct rule *rule; /* or NULL */
	rule_reading_sink *show;
	void *ctx;
	struct error *err;
};

void
events_collect(void *ctx, const struct trace_event *e)
{
	struct events *all = ctx;
	const struct rule *only = all->only;
	struct trace_event *list;

	if ((e->what != TRACE_REFUSED && e->what != TRACE_CLAIMED) ||
		all->n == EVENTS_MAX)
		return;
	if (only != NULL && e->rule != only &&
		(e->id == NULL || strcmp(e->id, only->id) != 0))
		return;
	list = arena_grow(
		all->arena, all->list, all->n, &all->cap, sizeof *list);
	if (list == NULL)
		return;
	all->list = list;
	list[all->n++] = *e;
}

const char *
rule_reading_name(enum rule_reading_what what)
{
	static const char *const names[] = {
		[READING_CLAIM] = "claim",
		[READING_GIVEN] = "given",
		[READING_REFUSED] = "refused",
		[READING_NEAR] = "near",
		[READING_NONE] = "none",
	};

	return names[what];
}

const struct rule *
rules_find(const struct rules *r, const char *id)
{
	const size_t len = strlen(id);

	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->list[i].id, id) == 0 ||
			(strncmp(r->list[i].id, id, len) == 0 &&
				r->list[i].id[len] == '@'))
			return &r->list[i];
	return NULL;
}

/* The words of units [from, to). */
static struct span
words_of(
	const struct annotated *n, const struct scan *s, size_t from, size_t to)
{
	if (to > n->len)
		to = n->len;
	return from < to ? span_sub(s->doc->text, n->at[from], n->to[to - 1])
			 : span_of(s->doc->text.ptr, 0);
}

void
explain_near(const struct near_miss *m, const struct scan *s,
	struct rule_reading *out)
{
	const struct rule_pattern *p = m->pattern;

	out->rule = m->rule->id;
	out->file = m->rule->file;
	out->line = p->line;
	out->pattern = p->source;
	out->skeleton = m->note->is_skeleton;
	out->matched = words_of(m->note, s, m->from, m->to);
	if (m->part == p->nparts) {
		/* It matches, and said the same as another rule. */
		out->what = READING_NONE;
		out->why = "it matches, and no claim came of it";
		return;
	}
	out->what = READING_NEAR;
	out->wanted = nearest_wanted(m);
	out->means = p->parts[m->part].let;
	out->only = m->only;
	out->stands = words_of(
		m->note, s, m->to, m->only ? m->until : m->to + STANDS_UNITS);
}

/* The sentence as an example of a rule has it: "[CITY Graz] has ... [NETWORK
 * the network]"; NULL without memory. */
static const char *
marked(const struct annotated *n, const struct scan *s, struct span sentence,
	struct arena *a)
{
	const struct span text = s->doc->text;
	size_t from = (size_t)(sentence.ptr - text.ptr);
	const size_t end = from + sentence.len;
	struct buffer b;
	const char *out;

	buffer_init(&b, RECORD_LINE_MAX);
	for (size_t i = 0; i < n->len; i++) {
		const unsigned symbol = annotated_symbol(n, i);

		if (symbol == UINT32_MAX || symbol == SYMBOL_PRONOUN ||
			n->at[i] < from || n->to[i] > end)
			continue;
		buffer_add_span(&b, span_sub(text, from, n->at[i]));
		buffer_printf(&b, "[%s ", pattern_type_name(symbol));
		buffer_add_span(&b, span_sub(text, n->at[i], n->to[i]));
		buffer_add_char(&b, ']');
		from = n->to[i];
	}
	buffer_add_span(&b, span_sub(text, from, end));
	out = b.code == OK ? arena_strndup(a, b.ptr, b.len) : NULL;
	buffer_release(&b);
	return out;
}

enum error_code
explainer_of(struct extractor *x, struct explainer **out, struct error *err)
{
	const struct rules *r = x->rs->rules;
	struct explainer *e;

	*out = x->explainer;
	if (*out != NULL)
		return OK;
	e = calloc(1, sizeof *e);
	if (e == NULL || nearest_init(&e->nearest, r, err) != OK ||
		(e->read = calloc(r->index.words + 1, sizeof *e->read)) ==
			NULL) {
		explainer_free(e);
		return error_set(err, ERR_NOMEM, "rules");
	}
	*out = x->explainer = e;
	return OK;
}

void
explainer_free(struct explainer *x)
{
	if (x == NULL)
		return;
	nearest_release(&x->nearest);
	free(x->read);
	free(x);
}

/* Of one reading of the sentence; *found: out has one already. */
static void
try_reading(struct explainer *x, const struct rule *rule,
	const struct annotated *n, struct near_miss *out, bool *found)
{
	struct near_miss m = { 0 };

	if (!(rule != NULL ? nearest_of_rule(&x->nearest, rule, n, &m)
			   : nearest_of_all(&x->nearest, x->read, n, &m)))
		return;
	if (!*found || nearest_before(&m, out))
		*out = m;
	*found = true;
}

bool
explain_nearest(struct explainer *x, const struct rule *rule, struct context *c,
	struct scan *s, struct annotated *n, struct near_miss *out)
{
	const struct rules *r = x->nearest.rules;
	struct annotated *other = NULL;
	struct aside asides[ASIDES_MAX];
	bool found = false;
	size_t so;

	x->nearest.text = s->doc->text;
	(void)rule_index_language(r, s->doc->language, x->read);
	annotated_place_words(r, s->doc->language, n);
	try_reading(x, rule, n, out, &found);
	if (skeleton_make(r, c, s, n, &other) == OK && other != NULL)
		try_reading(x, rule, other, out, &found);
	so = asides_find(n, s, asides);
	for (size_t i = 0; i < so; i++) {
		other = aside_make(c, s, n, &asides[i]);
		if (other != NULL)
			try_reading(x, rule, other, out, &found);
	}
	return found;
}

/* Why the rule is not asked at all, or NULL. */
static const char *
not_asked(const struct explaining *x, const struct scan *s)
{
	const struct rules *r = x->extractor->rs->rules;
	const size_t rule = (size_t)(x->rule - r->list);
	bool network = false;

	(void)rule_index_language(r, s->doc->language, x->explainer->read);
	for (size_t i = 0; i < s->n; i++)
		network = network || s->list[i].type == MENTION_NETWORK ||
			  s->list[i].type == MENTION_TITLE;
	for (size_t i = 0; i < r->index.n; i++) {
		const struct rule_ref *ref = &r->index.refs[i];

		if (ref->rule != rule)
			continue;
		if ((x->explainer->read[i / 64] >> i % 64 & 1) == 0)
			return "the text is in another language";
		if ((r->index.idle[i / 64] >> i % 64 & 1) != 0 && !network)
			return "the text names no network";
	}
	return NULL;
}

bool
explain_event(const struct rules *r, const struct trace_event *e,
	const struct scan *s, const struct extraction *x,
	struct rule_reading *out)
{
	const struct rule *rule = e->rule;

	if (e->what == TRACE_REFUSED) {
		if (rule == NULL)
			return false;
		out->what = READING_REFUSED;
		out->why =
			e->words != NULL ? e->words : refusal_words(e->refusal);
		out->line = e->pattern->line;
		out->pattern = e->pattern->source;
		out->skeleton = e->note->is_skeleton;
	} else {
		const struct claim *c = &x->claims[e->claim];

		rule = rules_find(r, e->id);
		out->what = strcmp(c->rule, e->id) == 0 ? READING_CLAIM
							: READING_GIVEN;
		out->claim = c;
		out->why = out->what == READING_GIVEN ? c->rule : NULL;
		out->line = rule != NULL ? rule->line : 0;
	}
	out->rule = rule != NULL ? rule->id : e->id;
	out->file = rule != NULL ? rule->file : NULL;
	out->matched = span_sub(s->doc->text, e->start, e->end);
	return true;
}

/* The same was told before: of another pattern, or of the sentence without
 * what is put into it. */
static bool
is_repeated(const struct events *all, size_t i)
{
	const struct trace_event *e = &all->list[i];

	for (size_t k = 0; k < i; k++) {
		const struct trace_event *o = &all->list[k];

		if (o->what != e->what)
			continue;
		if (e->what == TRACE_CLAIMED
				? o->claim == e->claim &&
					  strcmp(o->id, e->id) == 0
				: o->rule == e->rule && o->start == e->start &&
					  o->refusal == e->refusal &&
					  o->words == e->words)
			return true;
	}
	return false;
}

/* What the events of one sentence say; *told: something. */
static enum error_code
show_events(struct explaining *x, const struct scan *s,
	const struct extraction *out, const struct rule_reading *of, bool *told)
{
	const uint32_t start = (uint32_t)(of->sentence.ptr - s->doc->text.ptr);
	const uint32_t end = start + (uint32_t)of->sentence.len;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < x->events.n; i++) {
		const struct trace_event *e = &x->events.list[i];
		struct rule_reading r = *of;

		if (is_repeated(&x->events, i) || e->start < start ||
			e->start >= end ||
			!explain_event(x->extractor->rs->rules, e, s, out, &r))
			continue;
		*told = true;
		code = x->show(&r, x->ctx, x->err);
	}
	return code;
}

static enum error_code
show_sentence(struct explaining *x, size_t i, struct context *c, struct scan *s,
	const struct extraction *out)
{
	const struct rules *r = x->extractor->rs->rules;
	const struct sentence *t = &s->sentences[i];
	struct rule_reading of = {
		.sentence = span_trim(span_sub(s->doc->text, t->start, t->end)),
		.zone = claims_zone(s, t->start),
	};
	struct annotated work, *n;
	struct near_miss m;
	bool told = false;
	enum error_code code = show_events(x, s, out, &of, &told);

	if (code != OK || told)
		return code;
	if (c->discarded != NULL && c->discarded[i]) {
		of.what = READING_NONE;
		of.why = "a discard takes the sentence";
		of.rule = x->rule != NULL ? x->rule->id : "all";
		return x->show(&of, x->ctx, x->err);
	}
	annotated_init(&work);
	n = annotated_sentence(r, c, s, i, &work);
	if (n == NULL)
		code = error_set(x->err, ERR_NOMEM, "no memory");
	else if (n->symbols != 0 &&
		 explain_nearest(x->explainer, x->rule, c, s, n, &m) &&
		 (m.only || m.solid > 0)) {
		explain_near(&m, s, &of);
		of.marked = marked(n, s, of.sentence, x->events.arena);
		code = x->show(&of, x->ctx, x->err);
	}
	/* What the document keeps of it lives in the arena. */
	annotated_release(&work);
	return code;
}

static enum error_code
show_all(void *ctx, struct context *c, struct scan *s, struct extraction *out)
{
	struct explaining *x = ctx;
	enum error_code code = OK;

	if (x->rule != NULL) {
		struct rule_reading none = { .what = READING_NONE,
			.rule = x->rule->id,
			.file = x->rule->file,
			.line = x->rule->line,
			.why = not_asked(x, s) };

		if (none.why != NULL)
			return x->show(&none, x->ctx, x->err);
	}
	for (size_t i = 0; code == OK && i < s->nsentences; i++)
		code = show_sentence(x, i, c, s, out);
	return code;
}

enum error_code
extractor_explain(struct extractor *x, const struct document *doc,
	const char *rule, struct arena *a, rule_reading_sink *show, void *ctx,
	struct error *err)
{
	struct explaining e = { .extractor = x,
		.events = { .arena = a },
		.show = show,
		.ctx = ctx,
		.err = err };
	const struct trace trace = { events_collect, show_all, &e };
	struct extraction out;
	enum error_code code;

	if (rule != NULL) {
		e.rule = e.events.only = rules_find(x->rs->rules, rule);
		if (e.rule == NULL)
			return error_set(
				err, ERR_NOT_FOUND, "no rule \"%s\"", rule);
	}
	code = explainer_of(x, &e.explainer, err);
	if (code == OK) {
		x->trace = &trace;
		code = extractor_run(x, doc, NULL, 0, a, &out);
		x->trace = NULL;
	}
	if (code != OK && err->code == OK)
		return error_set(err, code, "no memory for a document");
	return code;
}
