/*
 * Any bytes as a file of rules: they load, or are refused with a place; what
 * loads runs over a sentence of all mention types and fails at most by its
 * match limit; what is said of how near it came lies in rule and sentence.
 */
#include <stdlib.h>
#include <string.h>

#include "extract/nearest.h"
#include "extract/sentence.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char words[] =
	"Graz, Styria, Austria has joined the network on 1 May, the first of "
	"64 new cities in 35 countries; it is not, and will be, a member.";

/* Mentions of the words above, as recognisers would give them. */
static void
add_mentions(struct scan *s)
{
	static const struct {
		const char *text;
		enum mention_type type;
		enum count_class class;
	} marks[] = {
		{ "Graz", MENTION_CITY, COUNT_OTHER },
		{ "Styria", MENTION_REGION, COUNT_OTHER },
		{ "Austria", MENTION_COUNTRY, COUNT_OTHER },
		{ "network", MENTION_NETWORK, COUNT_OTHER },
		{ "1 May", MENTION_DATE, COUNT_OTHER },
		{ "first", MENTION_COUNT, COUNT_ORDINAL },
		{ "64 new cities", MENTION_COUNT, COUNT_MEMBER },
		{ "35 countries", MENTION_COUNT, COUNT_COUNTRY },
		{ "member", MENTION_TITLE, COUNT_OTHER },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *at = strstr(words, marks[i].text);
		struct mention m = {
			.start = (uint32_t)(at - words),
			.end = (uint32_t)(at - words +
					  (long)strlen(marks[i].text)),
			.type = marks[i].type,
			.rule = "given",
		};

		if (m.type == MENTION_COUNT)
			m.count.class = marks[i].class;
		else if (m.type == MENTION_DATE)
			m.date.edtf = "2024-05-01";
		if (scan_add(s, &m) != OK)
			abort();
	}
}

/* How near each rule comes to the first sentence. */
static void
look_near(const struct rules *r, struct matcher *m, struct context *x,
	struct scan *s)
{
	struct annotated *n = annotated_sentence(r, x, s, 0, &m->part);
	struct nearest nearest;
	struct near_miss miss;

	if (n == NULL || nearest_init(&nearest, r, NULL) != OK)
		abort();
	nearest.text = s->doc->text;
	for (size_t i = 0; i < r->n; i++) {
		const struct rule_pattern *p;
		struct span wanted;

		if (!nearest_of_rule(&nearest, &r->list[i], n, &miss))
			continue;
		p = miss.pattern;
		if (miss.part > p->nparts || miss.from > miss.to ||
			miss.to > n->len ||
			(miss.only &&
				(miss.until < miss.to || miss.until > n->len)))
			abort();
		if (miss.part == p->nparts)
			continue;
		wanted = nearest_wanted(&miss);
		if (wanted.ptr < p->source ||
			wanted.ptr + wanted.len > p->source + strlen(p->source))
			abort();
	}
	nearest_release(&nearest);
}

static void
run(struct rules *r)
{
	struct block block = { .end = sizeof words - 1, .zone = ZONE_BODY };
	const struct document doc = { .id = "d",
		.text = { words, sizeof words - 1 },
		.blocks = &block,
		.nblocks = 1 };
	struct scan s = { .doc = &doc, .arena = arena_new((size_t)64 << 20) };
	struct matcher m;
	struct context x;
	struct extraction out = { .document = "d" };

	if (s.arena == NULL || matcher_init(&m, r, NULL) != OK ||
		sentences_split(&s) != OK)
		abort();
	add_mentions(&s);
	if (context_make(&x, r, &s) != OK ||
		rules_run(r, &m, &x, &s, &out) != OK)
		abort();
	for (size_t i = 0; i < out.nclaims; i++)
		for (size_t k = 0; k < out.claims[i].nargs; k++)
			if (out.claims[i].args[k].mention >=
				(int32_t)(s.n + x.added))
				abort();
	if (s.nsentences > 0)
		look_near(r, &m, &x, &s);
	matcher_release(&m);
	arena_free(s.arena);
}

/* The tables of words, read once. */
static const struct rules *
with_words(void)
{
	static struct rules *r;
	struct hash *h;

	if (r != NULL)
		return r;
	r = rules_new();
	h = hash_new();
	if (r == NULL || h == NULL ||
		rules_load_words(r, "config", h, NULL) != OK)
		abort();
	hash_free(h);
	return r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rules *r = rules_new();
	const struct rules *words_of = with_words();
	struct error err = { 0 };
	enum error_code code;

	if (r == NULL)
		abort();
	r->anaphors = words_of->anaphors;
	r->polarity = words_of->polarity;
	r->clauses = words_of->clauses;
	r->demonyms = words_of->demonyms;
	r->extents = words_of->extents;
	code = rules_read(r, span_of((const char *)data, size), "f", &err);
	if (code == OK && rule_index_make(r) == OK &&
		(r->n > 0 || r->ndiscards > 0))
		run(r);
	else if (code == ERR_CONFIG && strncmp(err.msg, "f:", 2) != 0)
		abort();
	rules_free(r);
	return 0;
}
