/*
 * Networks, member titles, organisations, persons, roles and events of a
 * document.  Rules, as mentions carry them:
 *
 *   names.network               a registered network, or its acronym
 *   names.network.shape         an unknown one: id NULL, name as written
 *   names.network.quoted        the same in quotation marks, which are not
 *                               part of the name; a title behind "label"
 *   names.network.called        beside "network", "label", in small letters
 *   names.network.joined        behind "member of the"
 *   names.network.hinted        treated as one in several places
 *   names.title                 a member title of a registered network
 *   names.title.given           an unknown one, behind "designated"
 *   names.award                 an award (type event)
 *   names.event[.ordinal|.quoted]
 *   names.organisation[.listed|.shared] names.programme
 *   names.person.{role,honorific,said,byline,line,given,again} names.role
 */
#include "scan.h"

#include <stdlib.h>

#include "names_work.h"

#define CONFIG_BYTES_MAX ((size_t)32 << 20) /* lexicon and registry */

enum error_code
names_open(const char *config_dir, struct hash *version, struct names **out,
	struct error *err)
{
	struct names *n = calloc(1, sizeof *n);
	enum error_code code = ERR_NOMEM;
	char *path;

	if (n == NULL || (n->arena = arena_new(CONFIG_BYTES_MAX)) == NULL) {
		(void)error_set(err, code, "names");
		goto out;
	}
	code = lexicon_init(&n->lexicon, n->arena, err);
	if (code != OK)
		goto out;
	code = lexicon_load(&n->lexicon, config_dir, version, err);
	if (code != OK)
		goto out;
	code = lexicon_load_places(&n->lexicon, config_dir, version, err);
	if (code != OK)
		goto out;
	path = arena_printf(n->arena, "%s/networks.yaml", config_dir);
	if (path == NULL) {
		code = error_set(err, ERR_NOMEM, "names");
		goto out;
	}
	code = networks_load(&n->networks, &n->lexicon, path, version, err);
out:
	if (code != OK) {
		names_free(n);
		n = NULL;
	}
	*out = n;
	return code;
}

void
names_free(struct names *n)
{
	if (n == NULL)
		return;
	arena_free(n->arena);
	free(n);
}

enum error_code
names_state_new(
	const struct names *n, struct names_state **out, struct error *err)
{
	struct names_state *st = calloc(1, sizeof *st);

	*out = NULL;
	if (st == NULL)
		return error_set(err, ERR_NOMEM, "names");
	buffer_init(&st->scratch, (size_t)64 << 10);
	/* One more, for a word that is split in two. */
	st->tokens = calloc(NAMES_TOKENS_MAX + 1, sizeof *st->tokens);
	st->owners = calloc(NAMES_TOKENS_MAX + 1, sizeof *st->owners);
	st->list = calloc(NAMES_TOKENS_MAX, sizeof *st->list);
	st->seen = calloc(n->networks.n + 1, sizeof *st->seen);
	st->called = calloc(n->networks.n + 1, sizeof *st->called);
	if (st->tokens == NULL || st->owners == NULL || st->list == NULL ||
		st->seen == NULL || st->called == NULL) {
		names_state_free(st);
		return error_set(err, ERR_NOMEM, "names");
	}
	*out = st;
	return OK;
}

void
names_state_free(struct names_state *st)
{
	if (st == NULL)
		return;
	buffer_release(&st->scratch);
	free(st->tokens);
	free(st->owners);
	free(st->list);
	free(st->seen);
	free(st->called);
	free(st);
}

/* A full stop, or a bracket or quotation that is closed: no headline. */
static bool
ends_sentence(const struct work *w)
{
	char last = w->text.ptr[w->end - 1];

	return w->t[w->nt - 1].end < w->end && last != ':' && last != '-';
}

/* A headline or a line in capitals: case says little there. */
static bool
is_titlecase(const struct work *w)
{
	size_t words = 0, capitals = 0, uppers = 0, longer = 0;

	for (size_t i = 0; i < w->nt; i++) {
		const struct token *t = &w->t[i];

		if (t->end - t->start < 4 || (t->flags & T_DIGIT))
			continue;
		longer++;
		/* What is a name in any case tells nothing. */
		if (w->st->owners[i] != 0 ||
			(t->kinds & (K_ROLE | K_HONORIFIC)))
			continue;
		words++;
		capitals += (t->flags & T_CAP) != 0;
		uppers += (t->flags & T_UPPER) != 0;
	}
	if (words < 4 || longer > 30)
		return false;
	return uppers * 10 >= words * 8 ||
	       (capitals * 10 >= words * 8 && !ends_sentence(w));
}

static int
by_start(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* "EU-funded", "Hallmere-led": the body is no name of its own there. */
static bool
is_led(const struct work *w, const struct candidate *c)
{
	static const char *const words[] = { "led", "funded", "backed",
		"supported", "sponsored" };
	const size_t next = c->last;

	if (c->type != MENTION_ORGANISATION || next >= w->nt ||
		w->t[next].gap != G_HYPHEN)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_str(work_text(w, next, next + 1), words[i]))
			return true;
	return false;
}

static enum error_code
emit(struct work *w, size_t from)
{
	enum error_code code = OK;

	qsort(w->c + from, w->nc - from, sizeof *w->c, by_start);
	for (size_t i = from; code == OK && i < w->nc; i++) {
		const struct candidate *c = &w->c[i];
		struct mention m = { .start = c->start,
			.end = c->end,
			.type = c->type,
			.rule = c->rule,
			.name = c->value };

		if (c->dead || is_led(w, c))
			continue;
		if (c->type == MENTION_CITY) {
			code = scan_add_named(
				w->s, &(struct named){
					      c->start, c->end, c->city_sure });
			continue;
		}
		code = scan_add(w->s, &m);
		if (code == OK && c->city_last > c->city_first)
			code = scan_add_body(w->s,
				&(struct body){ .start = c->start,
					.city_start = w->t[c->city_first].start,
					.city_end = w->t[c->city_last - 1].end,
					.sure = c->city_sure });
	}
	return code;
}

static void
recognise(struct work *w)
{
	names_networks(w);
	names_shapes(w);
	names_called(w);
	names_hints(w);
	names_listed(w);
	w->titlecase = is_titlecase(w);
	names_events(w);
	names_heads(w);
	names_organisations(w);
	names_holders(w);
	names_people(w);
	names_bare(w);
}

/* Tokens that an earlier pass gave to a mention stay with it. */
static void
mark_taken(struct work *w, size_t *at, size_t n)
{
	const struct scan *s = w->s;

	for (size_t i = 0; i < w->nt; i++) {
		while (*at < n && s->list[*at].end <= w->t[i].start)
			(*at)++;
		if (*at < n && s->list[*at].start < w->t[i].end)
			w->st->owners[i] = 1;
	}
}

struct pass {
	bool second;
	size_t at; /* first mention not before the block, in the second */
	size_t n;  /* mentions of the first pass */
};

static enum error_code
first_pass(struct work *w)
{
	w->quotes = (w->sum.gaps & (G_QUOTE | G_COLON)) != 0;
	recognise(w);
	return w->failed ? ERR_NOMEM : emit(w, 0);
}

/* at, n: the mentions of the first pass, from the block's first on. */
static enum error_code
second_pass(struct work *w, size_t *at, size_t n)
{
	/* Candidate 0 stands for all that is taken. */
	w->c[0] = (struct candidate){ .last = UINT32_MAX };
	w->nc = 1;
	mark_taken(w, at, n);
	names_networks_ambiguous(w);
	names_again(w);
	return w->failed ? ERR_NOMEM : emit(w, 1);
}

static bool
is_language(const struct document *doc, const char *language)
{
	return doc->language != NULL && !strcmp(doc->language, language);
}

static struct work
work_begin(const struct names *n, struct names_state *st, struct scan *s,
	const struct piece *p)
{
	memset(st->owners, 0, p->n * sizeof *st->owners);
	return (struct work){ .n = n,
		.lx = &n->lexicon,
		.st = st,
		.s = s,
		.text = s->doc->text,
		.end = p->end,
		.t = st->tokens + p->first,
		.nt = p->n,
		.sum = p->sum,
		.c = st->list,
		.german = is_language(s->doc, "de"),
		.romance = is_language(s->doc, "fr") ||
			   is_language(s->doc, "es") ||
			   is_language(s->doc, "it") ||
			   is_language(s->doc, "pt") };
}

/* "Sul" of "Rio Grande do Sul", "Pará": behind a small word that joins, a large
 * one is a name, though some language joins by it. */
static void
name_large_words(struct token *t, size_t n)
{
	static const uint32_t joins = K_LINK | K_IN | K_FROM | K_AND;

	for (size_t i = 1; i < n; i++)
		if ((t[i].flags & T_CAP) && (t[i].kinds & joins) &&
			!(t[i - 1].flags & T_CAP) &&
			(t[i - 1].kinds & (K_LINK | K_ARTICLE)) &&
			t[i].gap == G_SPACE)
			t[i].kinds &= ~(joins | K_STOP);
}

/* The tokens of p, as many as there is room for; where the rest begins. */
static uint32_t
read_tokens(const struct names *n, struct names_state *st, const struct scan *s,
	const struct atoms *atoms, struct piece *p)
{
	struct token *out = st->tokens + p->first;
	size_t max = NAMES_TOKENS_MAX - p->first, read = 0;
	uint32_t next = p->end;

	if (atoms == NULL || !names_read_atoms(&n->lexicon, s->lexis, atoms,
				     out, max, &read, &p->sum))
		read = names_tokenise(&n->lexicon, &st->scratch, s->doc->text,
			p->start, p->end, out, max, &next, &p->sum);
	name_large_words(out, read);
	p->n = (uint32_t)read;
	return next;
}

/* The tokens from start on, behind those kept, or instead of them. */
static struct piece
read_piece(const struct names *n, struct names_state *st, const struct scan *s,
	const struct atoms *atoms, uint32_t start, uint32_t end, uint32_t *next)
{
	struct piece p = { .start = start, .end = end };

	for (;;) {
		p.first = (uint32_t)st->ntokens;
		*next = read_tokens(n, st, s, atoms, &p);
		if ((*next == end && st->npieces < NAMES_PIECES_MAX) ||
			p.first == 0)
			break;
		st->kept = false;
		st->ntokens = st->npieces = 0;
	}
	if (*next < end || !st->kept) {
		st->kept = false;
		return p;
	}
	st->pieces[st->npieces++] = p;
	st->ntokens += p.n;
	return p;
}

static enum error_code
scan_block(const struct names *n, struct names_state *st, struct scan *s,
	const struct atoms *atoms, uint32_t start, uint32_t end,
	struct pass *pass)
{
	while (start < end) {
		uint32_t next = end;
		struct piece p = read_piece(n, st, s, atoms, start, end, &next);
		struct work w = work_begin(n, st, s, &p);
		enum error_code code =
			pass->second ? second_pass(&w, &pass->at, pass->n)
				     : first_pass(&w);

		if (code != OK || next <= start)
			return code;
		start = next;
		atoms = NULL; /* of the block as a whole */
	}
	return OK;
}

static enum error_code
scan_blocks(const struct names *n, struct names_state *st, struct scan *s,
	struct pass *pass)
{
	const struct document *doc = s->doc;
	enum error_code code = OK;

	if (doc->nblocks == 0)
		return scan_block(
			n, st, s, NULL, 0, (uint32_t)doc->text.len, pass);
	for (size_t i = 0; code == OK && i < doc->nblocks; i++)
		code = scan_block(n, st, s,
			s->blocks != NULL ? &s->blocks[i] : NULL,
			doc->blocks[i].start, doc->blocks[i].end, pass);
	return code;
}

/* The second pass over tokens that the first one kept. */
static enum error_code
scan_kept(const struct names *n, struct names_state *st, struct scan *s,
	struct pass *pass)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < st->npieces; i++) {
		struct work w = work_begin(n, st, s, &st->pieces[i]);

		code = second_pass(&w, &pass->at, pass->n);
	}
	return code;
}

static enum error_code
scan_twice(const struct names *n, struct names_state *st, struct scan *s)
{
	struct pass first = { 0 }, second = { .second = true };
	enum error_code code;

	second.at = s->n;
	code = scan_blocks(n, st, s, &first);
	if (code == OK)
		code = names_hints_settle(st, s);
	if (code != OK || (st->nknown == 0 && !st->ambiguous))
		return code;
	second.n = s->n;
	if (st->kept)
		return scan_kept(n, st, s, &second);
	st->npieces = st->ntokens = 0;
	return scan_blocks(n, st, s, &second);
}

enum error_code
names_scan(const struct names *n, struct names_state *st, struct scan *s)
{
	enum error_code code;

	memset(st->seen, 0, n->networks.n);
	memset(st->filter, 0, sizeof st->filter);
	st->nknown = st->nhints = st->npieces = st->ntokens = 0;
	st->ambiguous = false;
	st->kept = true;
	code = scan_twice(n, st, s);
	if (code == OK)
		names_same(s, &st->scratch);
	return code;
}
