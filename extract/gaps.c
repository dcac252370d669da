/* What a document says of membership and no rule, list or cue has read. */
#include "explain.h"
#include "extractor.h"

#define SHAPE_MAX   ((size_t)4 << 10)
#define SHAPE_WORDS 8 /* in a row; more of them become "..." */

#define SHAPE_BESIDE 4 /* units on each side of what is alone */

#define PLACES	(1u << SYMBOL_CITY | 1u << SYMBOL_REGION)
#define COUNTS	(7u << SYMBOL_MEMBERS)
#define NETWORK (1u << SYMBOL_NETWORK | 1u << SYMBOL_TITLE)

struct finding {
	struct events events; /* first, for events_collect() */
	const struct extraction *out;
	struct extractor *extractor;
	bool (*wants)(const char *shape, void *ctx);
	gap_sink *show;
	void *ctx;
	struct error *err;
	bool *claimed;	      /* of a sentence: a claim came from it */
	bool names_a_network; /* the document does */
};

const char *
gap_trigger_name(enum gap_trigger t)
{
	static const char *const names[GAP_TRIGGERS] = {
		[GAP_NETWORK] = "network",
		[GAP_COUNT] = "count",
		[GAP_WORD] = "word",
	};

	return (unsigned)t < GAP_TRIGGERS ? names[t] : NULL;
}

/* Bits of the symbols, without what gives titles and is member of nothing. */
static uint32_t
telling_symbols(const struct annotated *n, const struct scan *s)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < n->len; i++) {
		const unsigned symbol = annotated_symbol(n, i);
		const int32_t m = n->mention[i];

		if (symbol == UINT32_MAX ||
			(symbol == SYMBOL_ORGANISATION && m >= 0 &&
				m < NOTE_ANAPHOR && scan_is_giver(&s->list[m])))
			continue;
		bits |= 1u << symbol;
	}
	return bits;
}

/* Marks the units of words of membership; how many are sure to be. */
static size_t
mark_words(const struct finding *f, struct annotated *n, const struct scan *s,
	bool *telling)
{
	const struct cues *cues = f->extractor->rs->cues;
	size_t found = 0;

	annotated_place_words(f->extractor->rs->rules, s->doc->language, n);
	for (size_t i = 0; i < n->nwords; i++) {
		size_t len;
		bool weak;
		const struct word_row *row = words_find(&cues->words, n->list,
			n->nwords, i, s->doc->language, &len);

		if (row == NULL || cue_class_of(row, &weak) >= CUE_STATUSES)
			continue;
		for (size_t k = i; k < i + len && k < n->nwords; k++)
			if (n->notes[k].stem < n->len)
				telling[n->notes[k].stem] = true;
		found += !weak;
	}
	return found;
}

static unsigned
find_triggers(const struct finding *f, uint32_t symbols, size_t words)
{
	const bool name = (symbols & (PLACES | 1u << SYMBOL_ORGANISATION)) != 0;
	const bool count = (symbols & COUNTS) != 0;
	unsigned out = 0;

	if ((symbols & NETWORK) != 0 && (name || count))
		out |= 1u << GAP_NETWORK;
	if (count && f->names_a_network)
		out |= 1u << GAP_COUNT;
	if (words > 0 && name && f->names_a_network)
		out |= 1u << GAP_WORD;
	return out;
}

/* Behind a run of one symbol, "A, B and C", that begins at i. */
static size_t
run_end(const struct annotated *n, size_t i)
{
	const unsigned symbol = annotated_symbol(n, i);
	size_t end = i + 1, k = end;

	while (k < n->len && k <= end + 2) {
		if (annotated_symbol(n, k) == symbol)
			end = k + 1;
		else if (n->units[k] != ',' && n->units[k] != '/' &&
			 n->units[k] < UNIT_WORD)
			break;
		k++;
	}
	return end;
}

static void
put_word(struct buffer *b, struct span word)
{
	uint32_t cp;
	bool digits = true;

	for (size_t i = 0; i < word.len; i++)
		digits = digits && word.ptr[i] >= '0' && word.ptr[i] <= '9';
	if (digits) {
		buffer_add_str(b, "#");
		return;
	}
	for (size_t i = 0, len; i < word.len; i += len) {
		char utf8[4];

		len = utf8_decode(word, i, &cp);
		if (len == 0) {
			len = 1;
			continue;
		}
		buffer_add(b, utf8, utf8_encode(utf8_lower(cp), utf8));
	}
}

/* Units [from, to) as words and types. */
static void
put_shape(const struct annotated *n, const struct scan *s, const bool *telling,
	size_t from, size_t to, struct buffer *b)
{
	for (size_t i = from; i < to; i++) {
		const unsigned symbol = annotated_symbol(n, i);
		size_t plain = i;

		while (plain < to && annotated_symbol(n, plain) == UINT32_MAX &&
			!telling[plain])
			plain++;
		if (b->len > 0 &&
			(n->units[i] >= UNIT_OTHER || plain - i > SHAPE_WORDS))
			buffer_add_char(b, ' ');
		if (plain - i > SHAPE_WORDS) {
			buffer_add_str(b, "...");
			i = plain - 1;
		} else if (symbol != UINT32_MAX) {
			const size_t end = run_end(n, i);

			if (symbol == SYMBOL_PRONOUN)
				put_word(b, span_sub(s->doc->text, n->at[i],
						    n->to[i]));
			else
				buffer_add_str(b, pattern_type_name(symbol));
			if (end > i + 1)
				buffer_add_char(b, '+');
			i = end - 1;
		} else {
			put_word(b, span_sub(s->doc->text, n->at[i], n->to[i]));
		}
	}
}

/* From the first to the last that tells, without what is put in between. */
static const char *
make_shape(const struct finding *f, struct context *c, struct scan *s,
	struct annotated *n)
{
	struct annotated *bare = NULL;
	struct buffer b;
	const char *out = NULL;
	bool *telling;
	size_t from, to;

	if (skeleton_make(f->extractor->rs->rules, c, s, n, &bare) != OK)
		return NULL;
	n = bare != NULL ? bare : n;
	telling = arena_array(s->arena, n->len + 1, sizeof *telling);
	if (telling == NULL)
		return NULL;
	(void)mark_words(f, n, s, telling);
	for (from = 0; from < n->len; from++)
		if (telling[from] || annotated_symbol(n, from) != UINT32_MAX)
			break;
	for (to = n->len; to > from; to--)
		if (telling[to - 1] ||
			annotated_symbol(n, to - 1) != UINT32_MAX)
			break;
	/* One thing alone is no shape. */
	if (to <= run_end(n, from)) {
		from -= from < SHAPE_BESIDE ? from : SHAPE_BESIDE;
		to += n->len - to < SHAPE_BESIDE ? n->len - to : SHAPE_BESIDE;
	}
	buffer_init(&b, SHAPE_MAX);
	put_shape(n, s, telling, from, to, &b);
	/* A longer one is cut: what it begins with is its shape. */
	if (b.code != ERR_NOMEM)
		out = arena_strndup(
			s->arena, b.ptr != NULL ? b.ptr : "", b.len);
	buffer_release(&b);
	return out;
}

/* The network that the sentence names, else the document's. */
static void
find_network(const struct annotated *n, const struct context *c,
	const struct scan *s, struct gap *g)
{
	int32_t m = c->main_network;
	const struct mention *it;

	for (size_t i = 0; i < n->len; i++)
		if ((1u << (annotated_symbol(n, i) & 31) & NETWORK) != 0 &&
			annotated_symbol(n, i) != UINT32_MAX &&
			n->mention[i] >= 0) {
			m = n->mention[i] % NOTE_ANAPHOR;
			break;
		}
	if (m < 0)
		return;
	it = &s->list[m];
	g->network = it->name.id;
	g->network_name =
		it->name.name != NULL
			? it->name.name
			: arena_strndup(s->arena, it->text.ptr, it->text.len);
}

static enum error_code
explain_gap(struct finding *f, struct context *c, struct scan *s,
	struct annotated *n, struct gap *g)
{
	const struct rules *r = f->extractor->rs->rules;
	struct explainer *explainer;
	struct near_miss m;
	enum error_code code = explainer_of(f->extractor, &explainer, f->err);

	if (code != OK)
		return code;
	g->near.sentence = g->sentence;
	g->near.zone = g->zone;
	for (size_t i = 0; i < f->events.n && !g->explained; i++) {
		const struct trace_event *e = &f->events.list[i];

		g->explained = e->what == TRACE_REFUSED && e->note != NULL &&
			       e->note->start == g->start &&
			       explain_event(r, e, s, f->out, &g->near);
	}
	if (g->explained)
		return OK;
	if (!explain_nearest(explainer, NULL, c, s, n, &m) ||
		(!m.only && m.solid == 0))
		return OK;
	explain_near(&m, s, &g->near);
	g->explained = true;
	return OK;
}

static enum error_code
look_at(struct finding *f, size_t i, struct context *c, struct scan *s)
{
	const struct sentence *t = &s->sentences[i];
	struct annotated work, *n;
	struct gap g = { .start = t->start, .zone = claims_zone(s, t->start) };
	enum error_code code = OK;
	bool *telling;

	annotated_init(&work);
	n = annotated_sentence(f->extractor->rs->rules, c, s, i, &work);
	telling = n != NULL ? arena_array(s->arena, n->len + 1, sizeof *telling)
			    : NULL;
	if (telling == NULL) {
		annotated_release(&work);
		return error_set(f->err, ERR_NOMEM, "no memory");
	}
	g.triggers = find_triggers(
		f, telling_symbols(n, s), mark_words(f, n, s, telling));
	if (g.triggers != 0) {
		g.sentence =
			span_trim(span_sub(s->doc->text, t->start, t->end));
		g.shape = make_shape(f, c, s, n);
		find_network(n, c, s, &g);
		if (g.shape == NULL)
			code = error_set(f->err, ERR_NOMEM, "no memory");
		if (code == OK && f->wants(g.shape, f->ctx))
			code = explain_gap(f, c, s, n, &g);
		if (code == OK)
			code = f->show(&g, f->ctx, f->err);
	}
	annotated_release(&work);
	return code;
}

/* The sentences of each claim: a list's stand in many. */
static void
mark_claimed(
	struct finding *f, const struct scan *s, const struct extraction *out)
{
	for (size_t i = 0; i < out->nclaims; i++) {
		const struct claim *c = &out->claims[i];

		for (size_t k = context_sentence(s, c->start);
			k < s->nsentences && s->sentences[k].start < c->end;
			k++)
			f->claimed[k] = true;
		for (size_t k = 0; k < c->nargs; k++)
			if (c->args[k].mention >= 0 &&
				(c->args[k].slot == SLOT_SUBJECT ||
					c->args[k].slot == SLOT_MEMBER) &&
				c->args[k].basis == NULL)
				f->claimed[context_sentence(
					s, s->list[c->args[k].mention].start)] =
					true;
	}
}

static enum error_code
find_all(void *ctx, struct context *c, struct scan *s, struct extraction *out)
{
	struct finding *f = ctx;
	enum error_code code = OK;

	f->claimed =
		arena_array(s->arena, s->nsentences + 1, sizeof *f->claimed);
	if (f->claimed == NULL)
		return ERR_NOMEM;
	f->out = out;
	mark_claimed(f, s, out);
	f->names_a_network = c->main_network >= 0;
	for (size_t i = 0; code == OK && i < s->nsentences; i++)
		if (!f->claimed[i] &&
			(c->discarded == NULL || !c->discarded[i]))
			code = look_at(f, i, c, s);
	return code;
}

enum error_code
extractor_gaps(struct extractor *x, const struct document *doc, struct arena *a,
	bool (*wants)(const char *shape, void *ctx), gap_sink *show, void *ctx,
	struct error *err)
{
	struct finding f = {
		.events = { .arena = a },
		.extractor = x,
		.wants = wants,
		.show = show,
		.ctx = ctx,
		.err = err,
	};
	const struct trace trace = { events_collect, find_all, &f };
	struct extraction out;
	enum error_code code;

	x->trace = &trace;
	code = extractor_run(x, doc, NULL, 0, a, &out);
	x->trace = NULL;
	if (code != OK && err->code == OK)
		return error_set(err, code, "no memory for a document");
	return code;
}
