#include "extractor.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "explain.h"
#include "lexis.h"
#include "phrasebook.h"
#include "sentence.h"
#include "trace.h"

/* Changes whenever the same configuration may give other claims. */
#define EXTRACTOR_VERSION "16"

/* What a thread of its own reads, which takes about as long as the rest. */
struct beside {
	struct ruleset *rs;
	const char *config_dir, *gazetteer;
	struct hash *hash; /* of what it read */
	enum error_code code;
	struct error err;
};

static void *
open_beside(void *ctx)
{
	struct beside *b = ctx;
	struct ruleset *rs = b->rs;

	b->code = names_open(b->config_dir, b->hash, &rs->names, &b->err);
	if (b->code == OK)
		b->code = gazetteer_open(b->gazetteer, &rs->gazetteer, &b->err);
	return NULL;
}

static enum error_code
open_rest(struct ruleset *rs, const char *config_dir, struct hash *h,
	struct error *err)
{
	enum error_code code = rules_open_words(config_dir, h, &rs->rules, err);

	if (code == OK && rs->all)
		code = rules_read_all(rs->rules, err);
	if (code == OK)
		code = phrasebook_open(config_dir, h, &rs->phrasebook, err);
	if (code == OK)
		code = subjects_open(config_dir, h, &rs->subjects, err);
	if (code == OK)
		code = cues_open(config_dir, h, &rs->cues, err);
	return code;
}

/* Where there is no thread to be had, one after the other. */
static enum error_code
open_parts(struct beside *b, struct hash *h, struct error *err)
{
	pthread_t thread;
	const bool apart = pthread_create(&thread, NULL, open_beside, b) == 0;
	enum error_code code = open_rest(b->rs, b->config_dir, h, err);

	if (!apart)
		(void)open_beside(b);
	else
		(void)pthread_join(thread, NULL);
	if (b->code == OK)
		return code;
	*err = b->err;
	return b->code;
}

static void
set_version(struct ruleset *rs, struct hash *h, struct hash *beside)
{
	uint8_t digest[HASH_LEN];

	hash_end(beside, digest);
	hash_field(h, span_of((const char *)digest, sizeof digest));
	hash_field(h, span_str(gazetteer_version(rs->gazetteer)));
	hash_end(h, digest);
	hex_encode(digest, 8, rs->version);
}

enum error_code
ruleset_open(const char *config_dir, const char *gazetteer_path,
	enum ruleset_extent extent, struct ruleset **out, struct error *err)
{
	struct beside b = { .rs = calloc(1, sizeof *b.rs),
		.config_dir = config_dir,
		.gazetteer = gazetteer_path,
		.hash = hash_new() };
	struct hash *h = hash_new();
	enum error_code code = ERR_NOMEM;

	*out = NULL;
	if (b.rs == NULL || h == NULL || b.hash == NULL) {
		(void)error_set(err, ERR_NOMEM, "rules");
		goto out;
	}
	b.rs->all = extent == RULESET_ALL;
	hash_field(h, span_str(EXTRACTOR_VERSION));
	code = open_parts(&b, h, err);
	if (code != OK)
		goto out;
	set_version(b.rs, h, b.hash);
	*out = b.rs;
	b.rs = NULL;
out:
	hash_free(h);
	hash_free(b.hash);
	ruleset_free(b.rs);
	return code;
}

void
ruleset_free(struct ruleset *rs)
{
	if (rs == NULL)
		return;
	names_free(rs->names);
	phrasebook_free(rs->phrasebook);
	rules_free(rs->rules);
	subjects_free(rs->subjects);
	cues_free(rs->cues);
	gazetteer_close(rs->gazetteer);
	free(rs);
}

const char *
ruleset_version(const struct ruleset *rs)
{
	return rs->version;
}

/* The words of all documents, and the tables they may stand in. */
static struct lexis *
new_lexis(const struct ruleset *rs)
{
	struct lexis *x = lexis_new();

	if (x == NULL)
		return NULL;
	lexis_mark(x, &rs->rules->anaphors);
	lexis_mark(x, &rs->rules->clauses);
	lexis_mark(x, &rs->rules->demonyms);
	lexis_mark(x, &rs->rules->lists);
	lexis_mark(x, &rs->rules->polarity);
	lexis_mark(x, &rs->cues->words);
	lexis_mark(x, subjects_words(rs->subjects));
	return x;
}

static void
close_rules(struct language_rules *l)
{
	matcher_release(&l->matcher);
	rules_free(l->own);
	free(l);
}

/* Its rules are read, or those of all are; or NULL. */
static struct language_rules *
find_rules(const struct extractor *x, const char *language)
{
	for (size_t i = 0; i < x->nread; i++)
		if (x->read[i]->language[0] == '\0' ||
			strcmp(x->read[i]->language, language) == 0)
			return x->read[i];
	return NULL;
}

static enum error_code
read_rules(struct extractor *x, const char *language, struct error *err)
{
	const bool all = language[0] == '\0';
	struct language_rules *l = calloc(1, sizeof *l);
	enum error_code code = OK;

	if (l == NULL || x->nread == EXTRACTOR_LANGUAGES_MAX) {
		free(l);
		return error_set(err, ERR_NOMEM, "rules");
	}
	(void)snprintf(l->language, sizeof l->language, "%s", language);
	if (!x->rs->all)
		code = rules_open_language(
			x->rs->rules, all ? NULL : language, &l->own, err);
	l->rules = x->rs->all ? x->rs->rules : l->own;
	if (code == OK)
		code = matcher_init(&l->matcher, l->rules, err);
	if (code != OK) {
		close_rules(l);
		return code;
	}
	x->read[x->nread++] = x->now = l;
	return OK;
}

enum error_code
extractor_turn(struct extractor *x, const char *language, struct error *err)
{
	if (x->rs->all || language == NULL ||
		!rules_have_language(x->rs->rules, language))
		language = "";
	x->now = find_rules(x, language);
	return x->now != NULL ? OK : read_rules(x, language, err);
}

enum error_code
extractor_new(
	const struct ruleset *rs, struct extractor **out, struct error *err)
{
	struct extractor *x = calloc(1, sizeof *x);
	enum error_code code;

	*out = NULL;
	if (x == NULL)
		return error_set(err, ERR_NOMEM, "extractor");
	x->rs = rs;
	code = rs->all ? extractor_turn(x, NULL, err) : OK;
	if (code == OK && (x->lexis = new_lexis(rs)) == NULL)
		code = error_set(err, ERR_NOMEM, "words");
	if (code == OK)
		code = names_state_new(rs->names, &x->names, err);
	if (code == OK) {
		x->lexemes = calloc(EXTRACT_SENTENCE_MAX, sizeof *x->lexemes);
		if (x->lexemes == NULL)
			code = error_set(err, ERR_NOMEM, "words");
	}
	if (code != OK) {
		extractor_free(x);
		return code;
	}
	*out = x;
	return OK;
}

void
extractor_free(struct extractor *x)
{
	if (x == NULL)
		return;
	for (size_t i = 0; i < x->nread; i++)
		close_rules(x->read[i]);
	explainer_free(x->explainer);
	lexis_free(x->lexis);
	names_state_free(x->names);
	free(x->lexemes);
	free(x);
}

void
extractor_show_candidates(struct extractor *x)
{
	x->candidates = true;
}

/* In the order that scan.h gives. */
static enum error_code
recognise(struct extractor *x, struct scan *s, const struct mention *given,
	size_t ngiven)
{
	const struct ruleset *rs = x->rs;
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < ngiven; i++)
		code = scan_add(s, &given[i]);
	if (code == OK && ngiven == 0)
		code = names_scan(rs->names, x->names, s);
	if (code == OK)
		code = dates_scan(rs->phrasebook, x->lexemes, s);
	if (code == OK)
		code = counts_scan(rs->phrasebook, x->lexemes, s);
	s->owners = context_owners(rs->rules, s->doc->language);
	if (code == OK && ngiven == 0)
		code = gazetteer_scan(rs->gazetteer, s);
	if (code == OK)
		code = scan_settle(s);
	if (code == OK && ngiven == 0)
		code = places_resolve(rs->gazetteer, s);
	if (code == OK && ngiven == 0)
		code = subjects_scan(rs->subjects, rs->rules->vocabulary,
			&rs->cues->words, s, &x->now->matcher.part.tmp);
	for (size_t i = 0; i < s->n; i++)
		s->list[i].text = span_sub(
			s->doc->text, s->list[i].start, s->list[i].end);
	return code == OK ? names_call(rs->names, x->names, s) : code;
}

static int
by_place(const void *pa, const void *pb)
{
	const struct claim *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return strcmp(a->id, b->id);
}

/* Ids, order, and one claim an id, or all of them. */
static enum error_code
finish(const struct document *doc, bool all, struct extraction *out,
	struct arena *a, struct error *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->nclaims; i++) {
		enum error_code code =
			claim_make_id(doc, out, &out->claims[i], a, err);

		if (code != OK)
			return code;
	}
	if (out->nclaims > 0)
		qsort(out->claims, out->nclaims, sizeof *out->claims, by_place);
	for (size_t i = 0; i < out->nclaims; i++)
		if (kept == 0 || all ||
			strcmp(out->claims[kept - 1].id, out->claims[i].id) !=
				0)
			out->claims[kept++] = out->claims[i];
	out->nclaims = kept;
	return OK;
}

enum error_code
extractor_run(struct extractor *x, const struct document *doc,
	const struct mention *given, size_t ngiven, struct arena *a,
	struct extraction *out)
{
	struct scan s = { .doc = doc, .arena = a };
	const struct rules *r = x->now->rules;
	struct matcher *m = &x->now->matcher;
	struct context c;
	enum error_code code = sentences_split(&s);

	*out = (struct extraction){
		.document = doc->id,
		.rules = x->rs->version,
	};
	if (code == OK) {
		lexis_read(x->lexis, &s);
		code = recognise(x, &s, given, ngiven);
	}
	if (code == OK)
		code = context_make(&c, r, &s);
	c.trace = x->trace;
	if (code == OK)
		code = rules_run(r, m, &c, &s, out);
	if (code == OK)
		code = lists_run(r, m, &c, &s, out);
	if (code == OK && (ngiven == 0 || x->candidates))
		code = cues_run(x->rs->cues, r, m, &c, &s, x->candidates, out);
	if (code == OK && x->trace != NULL)
		code = x->trace->end(x->trace->ctx, &c, &s, out);
	if (code == OK) {
		/* Candidates are no claims, which the context counts. */
		if (!x->candidates)
			asof_run(r, &c, &s, out, &m->part.tmp);
		s.n += c.added;
	}
	if (code == OK)
		code = subjects_settle(&s, out);
	out->mentions = s.list;
	out->nmentions = s.n;
	out->warnings = s.warnings;
	out->nwarnings = s.nwarnings;
	return code;
}

enum error_code
extractor_document(struct extractor *x, const struct document *doc,
	struct arena *a, struct extraction *out, struct error *err)
{
	enum error_code code = extractor_turn(x, doc->language, err);

	if (code != OK)
		return code;
	code = extractor_run(x, doc, NULL, 0, a, out);
	if (code == OK)
		return finish(doc, x->candidates, out, a, err);
	return error_set(err, ERR_NOMEM, "no memory for document %s", doc->id);
}
