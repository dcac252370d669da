#include "pattern.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLD_MAX 256 /* bytes of a word that may be a pronoun */

/* Reads up to a character or the end; *words: what one of must be there. */
static enum error_code
sequence(struct compiler *c, char until, struct word_set *words);

static enum error_code
not_before(struct compiler *c);

static enum error_code
fail(struct compiler *c, const char *what)
{
	return error_set(c->err, ERR_CONFIG, "%s at \"%.20s\"", what, c->p);
}

#define CITY_OR_ORGANISATION (1u << 0 | 1u << 7)
#define NETWORK		     (1u << 5)

/* "it" may stand where a subject or a network is named. */
static uint32_t
with_pronoun(uint32_t bits, const char *slot)
{
	if ((strcmp(slot, "subject") == 0 &&
		    (bits & CITY_OR_ORGANISATION) != 0) ||
		(strcmp(slot, "network") == 0 && (bits & NETWORK) != 0))
		return bits | 1u << SYMBOL_PRONOUN;
	return bits;
}

/* A group that binds a slot, or is the head; groups count from 1. */
static enum error_code
open_group(struct compiler *c, const char *name)
{
	struct rule_pattern *p = c->made;
	enum slot slot = SLOTS;

	pattern_put_str(c, "(");
	c->groups++;
	if (strcmp(name, "head") != 0 && !slot_find(span_str(name), &slot))
		return error_set(
			c->err, ERR_CONFIG, "no such slot \"%s\"", name);
	if (p->ngroups == PATTERN_GROUPS_MAX)
		return fail(c, "too many slots");
	c->found[p->ngroups++] = (struct group){
		.number = c->groups,
		.slot = (uint8_t)slot,
	};
	return OK;
}

/* "{CITY|REGION+:subject}" */
static enum error_code
slot(struct compiler *c)
{
	uint32_t bits = 0;
	bool many = false;
	enum error_code code = OK;
	char name[32] = "";
	const char *end = strchr(c->p, '}');
	struct span body;

	if (end == NULL)
		return fail(c, "no \"}\"");
	body = span_of(c->p + 1, (size_t)(end - c->p - 1));
	for (size_t i = 0; i < body.len; i++)
		if (body.ptr[i] == ':') {
			(void)snprintf(name, sizeof name, "%.*s",
				(int)(body.len - i - 1), body.ptr + i + 1);
			body.len = i;
		}
	if (body.len > 0 && body.ptr[body.len - 1] == '+') {
		many = true;
		body.len--;
	}
	if (!pattern_types(body, &bits))
		return fail(c, "no mention type");
	bits = with_pronoun(bits, name);
	c->p = end + 1;
	if (c->made->needs.n < PATTERN_NEEDS_MAX)
		c->sets[c->made->needs.n++] = bits;
	if (name[0] != '\0')
		code = open_group(c, name);
	pattern_put_class(c, bits);
	if (many)
		pattern_put_more(c, bits);
	if (name[0] != '\0')
		pattern_put_str(c, ")");
	return code;
}

/* Most are of one digit. */
static void
put_number(struct compiler *c, int n)
{
	char text[16];

	text[0] = (char)('0' + n);
	text[1] = '\0';
	if (n < 0 || n > 9)
		(void)snprintf(text, sizeof text, "%d", n);
	pattern_put_str(c, text);
}

/* "~4": words that are no mentions; "~~4": or mentions. */
static enum error_code
gap(struct compiler *c)
{
	bool mentions = c->p[1] == '~';
	enum error_code code = OK;
	int n;

	c->p += 1 + mentions;
	n = (int)strtol(c->p, NULL, 10);
	pattern_sift(c, SIEVE_GAP);
	pattern_sift_class(
		c, pattern_gap_class(c, mentions ? ALL_SYMBOLS : GAP_SYMBOLS));
	pattern_sift(c, (unsigned)n);
	while (isdigit((unsigned char)*c->p))
		c->p++;
	pattern_put_str(c, "(?:" GAP_MARKS "{0,3}+");
	/* "~4-(of for)": over no such word. */
	if (c->p[0] == '-' && c->p[1] == '(')
		code = not_before(c);
	pattern_put_str(c, mentions ? "[" GAP_WORD "\\x{100}-\\x{11F}]){0,"
				    : "[" GAP_WORD
				      "\\x{10B}\\x{10D}\\x{118}]){0,");
	put_number(c, n);
	pattern_put_str(c, "}?" GAP_MARKS "{0,2}");
	return code;
}

static bool
deeper(struct compiler *c)
{
	if (++c->depth > c->deepest)
		c->deepest = c->depth;
	return c->depth <= PATTERN_DEPTH_MAX;
}

static enum error_code
group(struct compiler *c, struct word_set *words)
{
	enum error_code code;

	if (!deeper(c))
		return fail(c, "nested too deeply");
	c->p++;
	pattern_put_str(c, "(?:");
	code = sequence(c, ')', words);
	if (code != OK)
		return code;
	if (*c->p != ')')
		return fail(c, "no \")\"");
	c->p++;
	c->depth--;
	pattern_put_str(c, ")");
	return OK;
}

/* "-(of for)": none of it may follow; it takes nothing. */
static enum error_code
not_before(struct compiler *c)
{
	struct word_set none;
	const size_t before = c->made->needs.n;
	const bool sifts = c->sifts;
	enum error_code code;

	c->p++;
	c->sifts = false;
	pattern_put_str(c, "(?!");
	code = group(c, &none);
	pattern_put_str(c, ")");
	c->made->needs.n = before;
	c->sifts = sifts;
	return code;
}

static enum error_code
expand(struct compiler *c, const struct let *let, struct word_set *words)
{
	const char *saved = c->p;
	enum error_code code;

	if (!deeper(c))
		return fail(c, "nested too deeply");
	c->p = let->text;
	pattern_put_str(c, "(?:");
	code = sequence(c, '\0', words);
	pattern_put_str(c, ")");
	c->p = saved;
	c->depth--;
	return code;
}

/* What it wrote before, unless it names what is another thing by now. */
static const struct pattern_piece *
piece_of(const struct compiler *c, const struct let *let)
{
	const struct pattern_piece *piece = *let->piece;

	return piece == NULL || piece->scope == c->scope ||
			       strchr(let->text, '<') == NULL
		       ? piece
		       : NULL;
}

/* The nearest above counts: files may use the same names. */
static const struct let *
find_let(const struct let *scope, struct span name)
{
	while (scope != NULL && !span_eq(name, scope->name))
		scope = scope->above;
	return scope;
}

static enum error_code
let(struct compiler *c, struct word_set *words)
{
	const char *end = strchr(c->p, '>');
	const struct let *let;
	struct pattern_mark begin;
	enum error_code code;
	struct span name;

	if (end == NULL)
		return fail(c, "no \">\"");
	name = span_of(c->p + 1, (size_t)(end - c->p - 1));
	let = find_let(c->scope, name);
	if (let == NULL)
		return fail(c, "no such let");
	c->p = end + 1;
	if (!pattern_piece_put(c, piece_of(c, let), words)) {
		begin = pattern_piece_begin(c);
		code = expand(c, let, words);
		if (code != OK)
			return code;
		pattern_piece_end(c, &begin, words, let->piece);
	}
	c->let = let->text;
	return OK;
}

/* "/[A-Z]{3,}/": one word as written, not "/" alone. */
static bool
is_raw(const char *p)
{
	return strchr(" |)?", p[1]) == NULL && strchr(p + 1, '/') != NULL &&
	       strcspn(p + 1, "/") < strcspn(p + 1, " ");
}

static enum error_code
raw(struct compiler *c)
{
	const size_t len = strcspn(c->p + 1, "/");
	char ask[64];
	size_t number = 0;
	enum error_code code = raws_add(
		c->rules->raws, span_of(c->p + 1, len), &number, c->err);

	c->p += len + 2;
	pattern_sift(c, SIEVE_CLASS);
	pattern_sift_class(c, pattern_gap_class(c, 0));
	(void)snprintf(ask, sizeof ask, "[" GAP_WORD "](?C\"%zu\")", number);
	pattern_put_str(c, ask);
	return code;
}

static enum error_code
element(struct compiler *c, struct word_set *words)
{
	switch (*c->p) {
	case '{':
		return slot(c);
	case '(':
		return group(c, words);
	case '<':
		return let(c, words);
	case '~':
		return gap(c);
	case '-':
		if (c->p[1] == '(')
			return not_before(c);
		if (c->p[1] != ' ' && c->p[1] != '\0') {
			pattern_word(c, words);
			return OK;
		}
		pattern_put_mark(c, *c->p++);
		return OK;
	case '^':
		c->p++;
		pattern_put_str(c, "^");
		pattern_sift(c, SIEVE_FIRST);
		return OK;
	case '$':
		c->p++;
		pattern_put_str(c, "[.!]?$");
		pattern_sift(c, SIEVE_LAST);
		return OK;
	case ',':
	case '.':
	case ';':
	case ':':
	case '/':
	case '"':
		if (*c->p == '/' && is_raw(c->p))
			return raw(c);
		pattern_put_mark(c, *c->p++);
		return OK;
	case ')':
	case '}':
	case '>':
	case '?':
		return fail(c, "nothing opens or stands before this");
	default:
		pattern_word(c, words);
		return OK;
	}
}

/* The alternatives so far, and one more: any of their words may be there. */
static void
unite(struct word_set *all, const struct word_set *one, bool first)
{
	bool known = (first || all->known) && one->known;

	if (first) {
		word_set_copy(all, one);
		return;
	}
	all->known = known;
	for (size_t i = 0; i < one->n; i++)
		pattern_add_unit(one->units[i], all);
	if (one->least < all->least)
		all->least = one->least;
}

/* The alternatives of a sequence.  Those of one unit become one class, behind
 * the others, which say more. */
struct branches {
	size_t n, kept;		/* kept: that stand in the output */
	struct word_set units;	/* of those that are one unit */
	struct word_set needed; /* one of these must stand there */
	size_t any;		/* where all begin in the sieve */
	size_t at, sieve;	/* where the present one begins */
	size_t elements;	/* of it */
	struct word_set own;	/* and its words */
};

static void
branch_begin(struct compiler *c, struct branches *b)
{
	b->at = c->len;
	b->sieve = c->sieve.len;
	b->elements = 0;
	word_set_clear(&b->own);
	if (b->kept > 0)
		pattern_put_str(c, "|");
}

static void
branch_end(struct compiler *c, struct branches *b)
{
	unite(&b->needed, &b->own, b->n++ == 0);
	if (b->elements == 1 && b->own.single &&
		b->units.n + b->own.n <= PATTERN_WORDS_MAX) {
		pattern_cut(c, b->at);
		if (c->sifts && c->sieve.code == OK)
			c->sieve.len = b->sieve;
		for (size_t i = 0; i < b->own.n; i++)
			pattern_add_unit(b->own.units[i], &b->units);
	} else {
		b->kept++;
		pattern_sift_wrap(c, b->sieve, SIEVE_BRANCH);
	}
}

static void
branches_end(struct compiler *c, struct branches *b, struct word_set *words)
{
	const size_t last = c->sieve.len;

	if (b->units.n > 0) {
		if (b->kept > 0)
			pattern_put_str(c, "|");
		pattern_put_units(c, &b->units);
		if (b->kept > 0)
			pattern_sift_wrap(c, last, SIEVE_BRANCH);
	}
	if (b->kept + (b->units.n > 0) > 1)
		pattern_sift_any(c, b->any);
	else if (b->kept == 1)
		pattern_sift_unwrap(c, b->any);
	word_set_copy(words, &b->needed);
	words->single = b->kept == 0 && b->units.n == words->n;
}

/* "!x?": an element, which may be the head, and may be left out. */
static enum error_code
marked_element(struct compiler *c, struct word_set *one)
{
	bool head = *c->p == '!';
	size_t before = c->made->needs.n, sieve = c->sieve.len;
	enum error_code code;

	word_set_clear(one);
	if (head) {
		c->p++;
		if (open_group(c, "head") != OK)
			return c->err->code;
	}
	/* An element may be optional as a whole. */
	pattern_put_str(c, "(?:");
	code = element(c, one);
	pattern_put_str(c, ")");
	if (head) {
		pattern_put_str(c, ")");
		one->single = false;
	}
	if (*c->p == '?') {
		c->p++;
		pattern_put_str(c, "?");
		pattern_sift_wrap(c, sieve, SIEVE_MAYBE);
		c->made->needs.n = before;
		one->known = one->single = false;
	}
	return code;
}

/* An element outside of all brackets ends here; from: where it begins. */
static void
end_part(struct compiler *c, const char *from)
{
	const bool is_let = *from == '<' || (*from == '!' && from[1] == '<');

	if (c->depth > 0 || c->whole)
		return;
	c->whole =
		c->nparts == PATTERN_PARTS_MAX || c->p - c->source > UINT16_MAX;
	if (!c->whole)
		c->parts[c->nparts++] = (struct pattern_part){
			.from = (uint16_t)(from - c->source),
			.to = (uint16_t)(c->p - c->source),
			.behind = (uint16_t)c->len,
			.let = is_let ? c->let : NULL,
		};
}

static enum error_code
sequence(struct compiler *c, char until, struct word_set *words)
{
	struct branches b;
	enum error_code code = OK;
	size_t first = c->made->needs.n;

	b.n = b.kept = 0;
	b.any = c->sieve.len;
	word_set_clear(&b.units);
	word_set_clear(&b.needed);
	branch_begin(c, &b);
	while (code == OK && *c->p != '\0' && *c->p != until) {
		const char *from = c->p;
		struct word_set one;

		if (*c->p == ' ') {
			c->p++;
			continue;
		}
		if (*c->p == '|') {
			c->p++;
			c->whole = c->whole || c->depth == 0;
			branch_end(c, &b);
			branch_begin(c, &b);
			continue;
		}
		if (b.elements == 0 && c->depth > 0 &&
			pattern_word_alone(c, until,
				PATTERN_WORDS_MAX - b.units.n, &b.own)) {
			b.elements++;
			continue;
		}
		code = marked_element(c, &one);
		end_part(c, from);
		if (b.elements++ == 0)
			word_set_copy(&b.own, &one);
		else
			pattern_prefer(&b.own, &one);
	}
	branch_end(c, &b);
	branches_end(c, &b, words);
	/* None of several alternatives is needed. */
	if (b.n > 1)
		c->made->needs.n = first;
	return code;
}

/* A set in the rules' arena. */
static bool
settle(const struct rules *r, const struct word_set *set, struct unit_set *out)
{
	uint16_t *units = arena_array(r->arena, set->n, sizeof *units);

	if (units == NULL)
		return false;
	memcpy(units, set->units, set->n * sizeof *units);
	*out = (struct unit_set){ units, set->n };
	return true;
}

/* The sieve in the rules' arena; one that is too long lets all through. */
static enum error_code
settle_sieve(
	const struct rules *r, const struct buffer *b, struct sieve_code *out)
{
	uint16_t *ops;

	*out = (struct sieve_code){ .n = 0 };
	if (b->code == ERR_LIMIT || b->len == 0)
		return OK;
	ops = arena_alloc(r->arena, b->len);
	if (b->code != OK || ops == NULL)
		return ERR_NOMEM;
	memcpy(ops, b->ptr, b->len);
	*out = (struct sieve_code){ ops, b->len / sizeof *ops };
	return OK;
}

/* The parts in the rules' arena.  One alone may have been written anew, so it
 * ends where the pattern does. */
static enum error_code
settle_parts(const struct compiler *c)
{
	struct rule_pattern *p = c->made;

	p->source = c->source;
	p->nparts = c->whole ? 0 : c->nparts;
	p->parts = arena_array(c->rules->arena, p->nparts, sizeof *p->parts);
	if (p->parts == NULL)
		return ERR_NOMEM;
	memcpy(p->parts, c->parts, p->nparts * sizeof *p->parts);
	if (p->nparts > 0)
		p->parts[p->nparts - 1].behind = (uint16_t)c->len;
	return OK;
}

/* The groups and the sets of symbols there. */
static enum error_code
settle_needs(const struct compiler *c)
{
	struct rule_pattern *p = c->made;
	struct group *groups =
		arena_array(c->rules->arena, p->ngroups, sizeof *groups);
	uint32_t *sets = arena_array(c->rules->arena, p->needs.n, sizeof *sets);

	if (groups == NULL || sets == NULL)
		return ERR_NOMEM;
	memcpy(groups, c->found, p->ngroups * sizeof *groups);
	memcpy(sets, c->sets, p->needs.n * sizeof *sets);
	p->groups = groups;
	p->needs.sets = sets;
	return OK;
}

static enum error_code
read_pattern(struct compiler *c, struct word_set *words)
{
	enum error_code code = sequence(c, '\0', words);

	if (code == OK && *c->p != '\0')
		code = fail(c, "unexpected");
	if (code == OK && c->len > PATTERN_MAX)
		code = error_set(
			c->err, ERR_CONFIG, "the pattern is too large");
	return code;
}

enum error_code
pattern_compile(const struct rules *r, const char *text,
	struct rule_pattern *made, struct error *err)
{
	struct word_set words;
	struct compiler c = { .rules = r,
		.scope = r->scope,
		.p = text,
		.sifts = true,
		.made = made,
		.err = err,
		.source = text };
	enum error_code code;

	buffer_init(&c.fold, FOLD_MAX);
	buffer_init(&c.sieve, SIEVE_OPS_MAX * sizeof *made->sieve.ops);
	code = read_pattern(&c, &words);
	made->scope = r->scope;
	if (code == OK &&
		(settle_sieve(r, &c.sieve, &made->sieve) != OK ||
			settle_parts(&c) != OK || settle_needs(&c) != OK ||
			(words.known &&
				!settle(r, &words, &made->needs.words))))
		code = error_set(err, ERR_NOMEM, "rules");
	buffer_release(&c.fold);
	buffer_release(&c.sieve);
	return code;
}

/* Each "<NAME>" of the text, and of what it stands for, is one let in both. */
static bool
same_lets(const struct let *a, const struct let *b, const char *text)
{
	if (a == b)
		return true;
	while ((text = strchr(text, '<')) != NULL) {
		const struct span name =
			span_of(text + 1, strcspn(text + 1, ">"));
		const struct let *found = find_let(a, name);

		if (found != find_let(b, name) ||
			(found != NULL && !same_lets(a, b, found->text)))
			return false;
		text++;
	}
	return true;
}

bool
pattern_same(const struct rules *r, const struct rule_pattern *p)
{
	return same_lets(r->scope, p->scope, p->source);
}

enum error_code
pattern_text(
	const struct rules *r, const struct rule_pattern *p, struct buffer *out)
{
	struct word_set words;
	struct rule_pattern again = { .source = p->source };
	struct error err;
	struct compiler c = { .rules = r,
		.scope = p->scope,
		.p = p->source,
		.text = out,
		.made = &again,
		.err = &err,
		.source = p->source };
	enum error_code code;

	buffer_init(&c.fold, FOLD_MAX);
	code = read_pattern(&c, &words);
	buffer_release(&c.fold);
	return code == OK ? out->code : code;
}
