#include <stdlib.h>

#include "reading.h"
#include "trace.h"

#define OVECTOR_PAIRS 128

/* Callouts of rules' patterns are "/.../". */
static int
ask_word(pcre2_callout_block *b, void *ctx)
{
	const struct matcher *m = ctx;

	return raws_ask(m->rules->raws, m->raw_data, m->note, m->text, b);
}

enum error_code
matcher_init(struct matcher *m, const struct rules *r, struct error *err)
{
	annotated_init(&m->part);
	m->read = calloc(r->index.words + 1, sizeof *m->read);
	m->due = calloc(r->index.words + 1, sizeof *m->due);
	m->stood = calloc(r->index.words + 1, sizeof *m->stood);
	m->ncodes = r->npatterns;
	m->codes = calloc(r->npatterns + 1, sizeof(*m->codes));
	m->data = pcre2_match_data_create(OVECTOR_PAIRS, NULL);
	m->unless_data = pcre2_match_data_create(1, NULL);
	m->raw_data = pcre2_match_data_create(1, NULL);
	m->rules = r;
	m->context = pcre2_match_context_create(NULL);
	if (sieve_note_init(&m->sieve, r->sieve) != OK || m->read == NULL ||
		m->due == NULL || m->stood == NULL || m->codes == NULL ||
		m->data == NULL || m->unless_data == NULL ||
		m->raw_data == NULL || m->context == NULL)
		return error_set(err, ERR_NOMEM, "matcher");
	pcre2_set_match_limit(m->context, MATCH_LIMIT);
	pcre2_set_callout(m->context, ask_word, m);
	return OK;
}

void
matcher_release(struct matcher *m)
{
	annotated_release(&m->part);
	sieve_note_release(&m->sieve);
	free(m->read);
	free(m->due);
	free(m->stood);
	for (size_t i = 0; m->codes != NULL && i < m->ncodes; i++)
		pcre2_code_free(m->codes[i]);
	free(m->codes);
	pcre2_match_data_free(m->data);
	pcre2_match_data_free(m->unless_data);
	pcre2_match_data_free(m->raw_data);
	pcre2_match_context_free(m->context);
}

static pcre2_code *
compile(const struct rules *r, const struct rule_pattern *p)
{
	PCRE2_UCHAR wide[PATTERN_MAX];
	pcre2_code *code = NULL;
	struct buffer text;
	int number;
	PCRE2_SIZE at;

	buffer_init(&text, PATTERN_ROOM);
	if (pattern_text(r, p, &text) == OK) {
		for (size_t i = 0; i < text.len; i++)
			wide[i] = (unsigned char)text.ptr[i];
		code = pcre2_compile(
			wide, text.len, PCRE2_DUPNAMES, &number, &at, NULL);
	}
	buffer_release(&text);
	return code;
}

const pcre2_code *
matcher_code(struct matcher *m, const struct rule_pattern *p)
{
	if (m->codes[p->number] == NULL)
		m->codes[p->number] = compile(m->rules, p);
	return m->codes[p->number];
}

/* In a sentence that is too long for the sieve.  Not from each name of a list,
 * over which the pattern would go to its end each time. */
static int
find_in_long(struct matcher *m, const struct rule_pattern *p,
	const pcre2_code *code, size_t at, pcre2_match_data *data)
{
	const struct annotated *n = m->note;
	int rc = PCRE2_ERROR_NOMATCH;

	for (size_t i = at; i < n->len && rc == PCRE2_ERROR_NOMATCH; i++)
		if (i < at + 2 ||
			!sieve_goes_on(&m->sieve, &p->sieve, n->units + i))
			rc = pcre2_match(code, n->units, n->len, i,
				PCRE2_ANCHORED, data, m->context);
	return rc;
}

int
matcher_find(struct matcher *m, const struct rule_pattern *p, size_t at,
	pcre2_match_data *data)
{
	const struct annotated *n = m->note;
	const pcre2_code *code;
	uint64_t begins[SIEVE_WORDS];
	int rc = PCRE2_ERROR_NOMATCH;

	if (!sieve_reaches(&m->sieve, &p->sieve, at))
		return rc;
	code = matcher_code(m, p);
	if (code == NULL)
		return PCRE2_ERROR_NULL;
	if (m->sieve.folded)
		return find_in_long(m, p, code, at, data);
	if (!sieve_begins(&m->sieve, &p->sieve, begins))
		return pcre2_match(
			code, n->units, n->len, at, 0, data, m->context);
	for (; at < n->len && rc == PCRE2_ERROR_NOMATCH; at++)
		if ((begins[at / 64] >> at % 64 & 1) != 0)
			rc = pcre2_match(code, n->units, n->len, at,
				PCRE2_ANCHORED, data, m->context);
	return rc;
}

static enum error_code
compile_list(struct matcher *m, const struct rule_pattern *list, size_t n,
	const char *file, struct error *err)
{
	for (size_t i = 0; i < n; i++)
		if (matcher_code(m, &list[i]) == NULL)
			return error_set(err, ERR_CONFIG,
				"%s:%d: the pattern is too large", file,
				list[i].line);
	return OK;
}

enum error_code
matcher_compile_rule(
	struct matcher *m, const struct rule *rule, struct error *err)
{
	enum error_code code = compile_list(
		m, rule->patterns, rule->npatterns, rule->file, err);

	return code != OK ? code
			  : compile_list(m, rule->unless, rule->nunless,
				    rule->file, err);
}

enum error_code
matcher_compile_discard(
	struct matcher *m, const struct discard *d, struct error *err)
{
	return compile_list(m, &d->pattern, 1, d->file, err);
}

/* Where the match behind [start, end) may begin: a mark that ends one may
 * begin the next, as in a list. */
static size_t
next_start(const struct annotated *n, size_t start, size_t end)
{
	if (end <= start)
		return end + 1;
	return end - 1 > start && n->units[end - 1] < UNIT_OTHER ? end - 1
								 : end;
}

static void
tell(const struct context *x, enum trace_what what, const struct hit *h,
	const struct annotated *n)
{
	const struct trace_event e = { .what = what,
		.rule = h->rule,
		.pattern = h->pattern,
		.note = n,
		.start = n->start,
		.end = n->end,
		.refusal = REFUSED_LIMIT };

	trace_see(x->trace, &e);
}

static enum error_code
run_pattern(const struct rules *r, const struct hit *of, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out)
{
	const struct annotated *n = m->note;
	size_t at = 0;
	enum error_code code = OK;

	if (x->trace != NULL)
		tell(x, TRACE_TRIED, of, n);
	while (code == OK && at < n->len) {
		struct hit h = *of;
		int rc = matcher_find(m, of->pattern, at, m->data);

		if (rc == PCRE2_ERROR_NOMATCH)
			return OK;
		if (rc < 0) {
			scan_warn(s, PROBLEM_MATCH_LIMIT,
				"rule %s gave up on a sentence", h.rule->id);
			if (x->trace != NULL)
				tell(x, TRACE_REFUSED, of, n);
			return OK;
		}
		h.ov = pcre2_get_ovector_pointer(m->data);
		h.groups = (uint32_t)rc;
		at = next_start(n, h.ov[0], h.ov[1]);
		if (x->trace != NULL)
			tell(x, TRACE_FIRED, of, n);
		code = bind_hit(&h, r, m, x, s, out);
	}
	return code;
}

static bool
has_network(const struct scan *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].type == MENTION_NETWORK ||
			s->list[i].type == MENTION_TITLE)
			return true;
	return false;
}

/* The patterns that may match, in their order: of the rules that lean on other
 * claims, or of the others.  Those that lack a word are due no more, unless
 * somebody wants to see what was tried. */
static enum error_code
run_due(const struct rules *r, bool leaning, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out)
{
	const struct rule_index *index = &r->index;
	const uint64_t turn = leaning ? 0 : ~(uint64_t)0;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < index->words; i++)
		for (uint64_t bits = m->due[i] & (index->leaning[i] ^ turn);
			code == OK && bits != 0; bits &= bits - 1) {
			size_t k = i * 64 + (size_t)__builtin_ctzll(bits);
			const struct rule_ref *ref = &index->refs[k];
			const struct rule *rule = &r->list[ref->rule];

			const struct rule_pattern *p =
				&rule->patterns[ref->pattern];

			if (sieve_has(&m->sieve, ref->classes, ref->nclasses) &&
				(x->trace != NULL ||
					sieve_stands(&m->sieve, &p->sieve)))
				code = run_pattern(r,
					&(struct hit){
						.rule = rule, .pattern = p },
					m, x, s, out);
			else
				m->due[i] &= ~(bits & -bits);
		}
	return code;
}

/* What is due reads the note, last the rules that lean on other claims. */
static enum error_code
read_note(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	enum error_code code;

	sieve_note_read(&m->sieve, m->note->units, m->note->len);
	code = run_due(r, false, m, x, s, out);
	return code == OK ? run_due(r, true, m, x, s, out) : code;
}

/* A note is read by all rules. */
static enum error_code
run_both(const struct rules *r, bool network, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out)
{
	return rule_index_due(r, m->note, network, m->read, m->due)
		       ? read_note(r, m, x, s, out)
		       : OK;
}

static bool
has_unit(const struct annotated *n, uint16_t unit)
{
	size_t i = 0;

	while (i < n->len && n->units[i] != unit)
		i++;
	return i < n->len;
}

/* Another reading of sentence n.  What lacked a word there lacks it here too,
 * where nothing was added. */
static enum error_code
run_reading(const struct rules *r, const struct annotated *n, struct matcher *m,
	struct context *x, struct scan *s, struct extraction *out)
{
	uint64_t any = 0;

	for (size_t i = 0; i < m->note->len; i++)
		if (!has_unit(n, m->note->units[i]))
			return run_both(r, true, m, x, s, out);
	for (size_t i = 0; i < r->index.words; i++)
		any |= m->due[i] = m->stood[i];
	return any != 0 ? read_note(r, m, x, s, out) : OK;
}

/* The sentence read without its inserts, and each of its asides. */
static enum error_code
run_readings(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	struct annotated *n = m->note;
	struct aside asides[ASIDES_MAX];
	enum error_code code = skeleton_make(r, x, s, n, &m->note);
	size_t so;

	memcpy(m->stood, m->due, r->index.words * sizeof *m->stood);
	if (code == OK && m->note != NULL)
		code = run_reading(r, n, m, x, s, out);
	if (code != OK || !n->placed)
		return code;
	so = asides_find(n, s, asides);
	for (size_t i = 0; code == OK && i < so; i++) {
		m->note = aside_make(x, s, n, &asides[i]);
		if (m->note == NULL)
			return ERR_NOMEM;
		code = run_reading(r, n, m, x, s, out);
	}
	return code;
}

/* What another reading told, the words as they stand may lean on: "A joined N
 * in 2012, B in 2014". */
static enum error_code
run_all_readings(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	struct annotated *n = m->note;
	const size_t told = out->nclaims;
	enum error_code code = run_readings(r, m, x, s, out);

	if (code != OK || out->nclaims == told)
		return code;
	m->note = n;
	memcpy(m->due, m->stood, r->index.words * sizeof *m->due);
	sieve_note_read(&m->sieve, n->units, n->len);
	return run_due(r, true, m, x, s, out);
}

/* A discard matches the sentence. */
static bool
is_discarded(const struct rules *r, struct matcher *m, const struct scan *s)
{
	const struct annotated *n = m->note;
	const char *language = s->doc->language;

	sieve_note_read(&m->sieve, n->units, n->len);
	for (size_t i = 0; i < r->ndiscards; i++) {
		const struct discard *d = &r->discards[i];

		if ((d->language != NULL && language != NULL &&
			    strcmp(d->language, language) != 0) ||
			!sieve_stands(&m->sieve, &d->pattern.sieve))
			continue;
		if (matcher_find(m, &d->pattern, 0, m->data) >= 0)
			return true;
	}
	return false;
}

enum error_code
rules_run(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s, struct extraction *out)
{
	enum error_code code = OK;
	bool network = has_network(s);

	m->text = s->doc->text;
	rule_index_language(r, s->doc->language, m->read);
	for (size_t i = 0; code == OK && i < s->nsentences; i++) {
		if (annotated_is_empty(r, s, i, &m->part.tmp))
			continue;
		m->note = annotated_sentence(r, x, s, i, &m->part);
		if (m->note == NULL)
			return ERR_NOMEM;
		if (m->note->symbols == 0)
			continue;
		if (x->discarded != NULL && is_discarded(r, m, s)) {
			x->discarded[i] = true;
			continue;
		}
		code = run_both(r, network, m, x, s, out);
		if (code == OK && network)
			code = run_all_readings(r, m, x, s, out);
	}
	return code;
}
