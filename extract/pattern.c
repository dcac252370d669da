#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules.h"

#define DEPTH_MAX 16

/* A word in a gap, and the marks that may stand between two. */
#define GAP_WORD    "\\x{80}\\x{200}-\\x{FFFF}"
#define GAP_SYMBOLS (1u << SYMBOL_PRONOUN | 1u << SYMBOL_NATIONALITY)
#define ALL_SYMBOLS 0xFFFFFFFFu
#define GAP_MARKS   "[,\"'()\\-]"

/* Units of one element, of which one must stand in the sentence. */
struct word_set {
	uint16_t units[PATTERN_WORDS_MAX];
	size_t n;
	size_t least; /* letters of the shortest: short words say little */
	bool known;   /* false: it may match without a certain word */
	bool single;  /* it is one of these units and nothing else */
};

struct compiler {
	const struct rules *rules;
	const char *p;
	struct buffer *out;
	struct buffer sieve; /* the same, as sieve.h has it */
	struct rule_pattern *made;
	struct error *err;
	int depth;
	uint16_t groups; /* that number, so far */
	const char *source;
	const char *let; /* text of the last "<NAME>" */
	struct pattern_part parts[PATTERN_PARTS_MAX];
	size_t nparts;
	bool whole; /* it has no parts */
};

/* Reads up to a character of until; *words: what one of must be there. */
static enum error_code
sequence(struct compiler *c, const char *until, struct word_set *words);

static enum error_code
not_before(struct compiler *c);

static void
add_unit(uint16_t unit, void *ctx)
{
	struct word_set *set = ctx;

	if (set->n < PATTERN_WORDS_MAX)
		set->units[set->n++] = unit;
	else
		set->known = false;
}

static void
sift(struct compiler *c, unsigned class)
{
	if (class == SIEVE_CLASSES_MAX && c->sieve.code == OK)
		c->sieve.code = ERR_LIMIT;
	sieve_put(&c->sieve, class);
}

static void
sift_class(struct compiler *c, const uint16_t *units, size_t n)
{
	sieve_put(&c->sieve, SIEVE_CLASS);
	sift(c, sieve_class(c->rules->sieve, units, n, false));
}

/* "\x{1A2B}" */
static void
put_unit(struct compiler *c, unsigned unit)
{
	static const char digits[] = "0123456789ABCDEF";
	const char hex[] = { '\\', 'x', '{', digits[unit >> 12],
		digits[unit >> 8 & 15], digits[unit >> 4 & 15],
		digits[unit & 15], '}' };

	(void)buffer_add(c->out, hex, sizeof hex);
}

static void
put_units(struct compiler *c, const struct word_set *set)
{
	buffer_add_char(c->out, '[');
	for (size_t i = 0; i < set->n; i++)
		put_unit(c, set->units[i]);
	buffer_add_char(c->out, ']');
	sift_class(c, set->units, set->n);
}

/* The class of a gap: words, and some symbols. */
static unsigned
gap_class(struct compiler *c, uint32_t symbols)
{
	uint16_t units[33] = { UNIT_OTHER };
	size_t n = 1;

	for (unsigned i = 0; i < 32; i++)
		if (symbols & 1u << i)
			units[n++] = (uint16_t)(UNIT_SYMBOL + i);
	return sieve_class(c->rules->sieve, units, n, true);
}

static void
put_mark(struct compiler *c, char mark)
{
	const uint16_t unit = (unsigned char)mark;

	buffer_printf(c->out, "\\%c", mark);
	sift_class(c, &unit, 1);
}

/* The words of one element in a row: the rarer, the more they tell. */
static void
prefer(struct word_set *best, const struct word_set *one)
{
	if (one->known && (!best->known || one->least > best->least))
		*best = *one;
}

static enum error_code
fail(struct compiler *c, const char *what)
{
	return error_set(c->err, ERR_CONFIG, "%s at \"%.20s\"", what, c->p);
}

static void
put_class(struct compiler *c, uint32_t bits)
{
	struct word_set set = { .n = 0 };

	for (unsigned i = 0; i < 32; i++)
		if (bits & (1u << i))
			add_unit((uint16_t)(UNIT_SYMBOL + i), &set);
	put_units(c, &set);
}

/* The units of a word, or of words parted by spaces, one behind the other. */
static void
put_words(struct compiler *c, struct span text)
{
	uint32_t at = 0;
	struct token t;

	while (token_next(text, &at, (uint32_t)text.len, &t)) {
		const uint16_t unit = vocabulary_unit(c->rules->vocabulary, &t);

		put_unit(c, unit);
		sift_class(c, &unit, 1);
	}
}

static void
put_choice(struct compiler *c, const char *const *words, size_t n)
{
	const size_t any = c->sieve.len;

	buffer_add_str(c->out, "(?:");
	for (size_t i = 0; i < n; i++) {
		const size_t branch = c->sieve.len;

		if (i > 0)
			buffer_add_char(c->out, '|');
		put_words(c, span_str(words[i]));
		sieve_wrap(&c->sieve, branch, SIEVE_BRANCH);
	}
	buffer_add_char(c->out, ')');
	sieve_wrap(&c->sieve, any, SIEVE_ANY);
}

/* What stands between the last two names of a list, and before a name. */
static const char *const and_words[] = { "and", "und", "et", "y", "e", "ed",
	"as well as", "sowie", "nonché", "ainsi que", "así como", "bem como",
	"&" };
/* "the town of A, that of B and the municipality of C", "à A et à B". */
static const char *const article_words[] = { "the", "both", "of", "city",
	"town", "der", "die", "das", "den", "dem", "von", "stadt", "gemeinde",
	"le", "la", "les", "l", "de", "du", "des", "d", "à", "au", "aux",
	"ville", "commune", "celle", "celui", "el", "las", "los", "del", "al",
	"ciudad", "municipio", "o", "os", "as", "do", "da", "dos", "das", "ao",
	"aos", "às", "cidade", "município", "il", "lo", "i", "gli", "di",
	"dello", "della", "dei", "degli", "delle", "dell", "a", "ad", "allo",
	"alla", "ai", "agli", "alle", "all", "città", "comune", "comuni",
	"quello", "quella", "su", "sul", "sulla", "per" };
/* "Greve in Chianti": a list steps over what stands behind a name. */
static const char *const within_words[] = { "in", "am", "an der", "on", "upon",
	"sur", "di", "de", "del" };

#define NWORDS(list) (sizeof(list) / sizeof *(list))

static enum error_code
learn(struct vocabulary *v, const char *const *words, size_t n)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < n; i++)
		code = vocabulary_learn(v, span_str(words[i]));
	return code;
}

enum error_code
pattern_learn(struct vocabulary *v)
{
	enum error_code code = learn(v, and_words, NWORDS(and_words));

	if (code == OK)
		code = learn(v, article_words, NWORDS(article_words));
	return code == OK ? learn(v, within_words, NWORDS(within_words)) : code;
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

	buffer_add_char(c->out, '(');
	c->groups++;
	if (strcmp(name, "head") != 0 && !slot_find(span_str(name), &slot))
		return error_set(
			c->err, ERR_CONFIG, "no such slot \"%s\"", name);
	if (p->ngroups == PATTERN_GROUPS_MAX)
		return fail(c, "too many slots");
	p->groups[p->ngroups++] = (struct group){
		.number = c->groups,
		.slot = (uint8_t)slot,
	};
	return OK;
}

/* Up to three of what may stand before a name of a list. */
static void
put_articles(struct compiler *c)
{
	struct word_set words = { .known = true };
	const size_t all = c->sieve.len;
	size_t at;

	for (size_t i = 0; i < NWORDS(article_words); i++) {
		struct token t;
		uint32_t from = 0;
		struct span word = span_str(article_words[i]);

		if (token_next(word, &from, (uint32_t)word.len, &t))
			add_unit(vocabulary_unit(c->rules->vocabulary, &t),
				&words);
	}
	buffer_add_str(c->out, "(?:");
	put_units(c, &words);
	at = c->sieve.len;
	put_mark(c, '\'');
	buffer_add_str(c->out, "?){0,3}+");
	sieve_wrap(&c->sieve, at, SIEVE_MAYBE);
	sieve_wrap(&c->sieve, all, SIEVE_MANY);
}

/* What a list has behind its first name. */
static void
more_of(struct compiler *c, uint32_t bits)
{
	const size_t all = c->sieve.len;
	size_t any, at;

	buffer_add_str(c->out, "(?:(?:");
	put_choice(c, within_words, NWORDS(within_words));
	buffer_add_str(c->out, "[" GAP_WORD "])?");
	sieve_put(&c->sieve, SIEVE_CLASS);
	sift(c, gap_class(c, 0));
	sieve_wrap(&c->sieve, all, SIEVE_MAYBE);
	any = c->sieve.len;
	buffer_add_str(c->out, "(?:");
	put_mark(c, ',');
	at = c->sieve.len;
	put_choice(c, and_words, NWORDS(and_words));
	buffer_add_str(c->out, "?|");
	sieve_wrap(&c->sieve, at, SIEVE_MAYBE);
	sieve_wrap(&c->sieve, any, SIEVE_BRANCH);
	at = c->sieve.len;
	put_choice(c, and_words, NWORDS(and_words));
	buffer_add_char(c->out, ')');
	sieve_wrap(&c->sieve, at, SIEVE_BRANCH);
	sieve_wrap(&c->sieve, any, SIEVE_ANY);
	put_articles(c);
	put_class(c, bits);
	buffer_add_str(c->out, ")*+");
	sieve_wrap(&c->sieve, all, SIEVE_MANY);
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
		c->made->needs.sets[c->made->needs.n++] = bits;
	if (name[0] != '\0')
		code = open_group(c, name);
	put_class(c, bits);
	if (many)
		more_of(c, bits);
	if (name[0] != '\0')
		buffer_add_char(c->out, ')');
	return code;
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
	sieve_put(&c->sieve, SIEVE_GAP);
	sift(c, gap_class(c, mentions ? ALL_SYMBOLS : GAP_SYMBOLS));
	sieve_put(&c->sieve, (unsigned)n);
	while (isdigit((unsigned char)*c->p))
		c->p++;
	buffer_add_str(c->out, "(?:" GAP_MARKS "{0,3}+");
	/* "~4-(of for)": over no such word. */
	if (c->p[0] == '-' && c->p[1] == '(')
		code = not_before(c);
	buffer_printf(c->out, "[" GAP_WORD "%s]){0,%d}?" GAP_MARKS "{0,2}",
		mentions ? "\\x{100}-\\x{11F}" : "\\x{10B}\\x{10D}", n);
	return code;
}

static enum error_code
group(struct compiler *c, struct word_set *words)
{
	enum error_code code;

	if (++c->depth > DEPTH_MAX)
		return fail(c, "nested too deeply");
	c->p++;
	buffer_add_str(c->out, "(?:");
	code = sequence(c, ")", words);
	if (code != OK)
		return code;
	if (*c->p != ')')
		return fail(c, "no \")\"");
	c->p++;
	c->depth--;
	buffer_add_char(c->out, ')');
	return OK;
}

/* "-(of for)": none of it may follow; it takes nothing. */
static enum error_code
not_before(struct compiler *c)
{
	struct word_set none;
	size_t before = c->made->needs.n, sieve = c->sieve.len;
	enum error_code code;

	c->p++;
	buffer_add_str(c->out, "(?!");
	code = group(c, &none);
	buffer_add_char(c->out, ')');
	c->made->needs.n = before;
	if (c->sieve.code == OK)
		c->sieve.len = sieve;
	return code;
}

static enum error_code
let(struct compiler *c, struct word_set *words)
{
	const char *end = strchr(c->p, '>'), *saved;
	struct span name;
	enum error_code code;

	if (end == NULL)
		return fail(c, "no \">\"");
	name = span_of(c->p + 1, (size_t)(end - c->p - 1));
	/* The nearest above counts: files may use the same names. */
	for (size_t i = c->rules->nlets; i-- > 0;) {
		if (!span_eq_str(name, c->rules->lets[i].name))
			continue;
		if (++c->depth > DEPTH_MAX)
			return fail(c, "nested too deeply");
		saved = end + 1;
		c->p = c->rules->lets[i].text;
		buffer_add_str(c->out, "(?:");
		code = sequence(c, "", words);
		buffer_add_char(c->out, ')');
		c->p = saved;
		c->depth--;
		c->let = c->rules->lets[i].text;
		return code;
	}
	return fail(c, "no such let");
}

/* The word stands in a text of its language as a symbol. */
static bool
is_pronoun(const struct rules *r, struct span word)
{
	struct buffer fold;
	bool found = false;

	buffer_init(&fold, 256);
	if (utf8_fold_name(word, &fold) == OK && fold.len > 0)
		found = words_has(&r->anaphors, buffer_span(&fold), "pronoun");
	buffer_release(&fold);
	return found;
}

/* "join", "l'", "co-founded", "join*": its units, and which of them tells. */
static void
word(struct compiler *c, struct word_set *words)
{
	size_t len = strcspn(c->p, " ()|?{}<>~!,.;:/\"$^*");
	struct span text = span_of(c->p, len);
	bool prefix = c->p[len] == '*';
	bool pronoun = is_pronoun(c->rules, text);
	size_t any = c->sieve.len, branch;
	uint32_t at = 0;
	struct token t;

	if (pronoun) {
		buffer_add_str(c->out, "(?:");
		put_class(c, 1u << SYMBOL_PRONOUN);
		buffer_add_char(c->out, '|');
		sieve_wrap(&c->sieve, any, SIEVE_BRANCH);
	}
	branch = c->sieve.len;
	while (token_next(text, &at, (uint32_t)len, &t)) {
		struct word_set one = { .known = t.mark == 0,
			.least = t.len,
			.single = at == len && !pronoun && words->n == 0 };

		if (prefix && at == len)
			vocabulary_prefix(
				c->rules->vocabulary, &t, add_unit, &one);
		else
			add_unit(vocabulary_unit(c->rules->vocabulary, &t),
				&one);
		put_units(c, &one);
		if (words->n > 0)
			words->single = false;
		prefer(words, &one);
	}
	if (pronoun) {
		buffer_add_char(c->out, ')');
		sieve_wrap(&c->sieve, branch, SIEVE_BRANCH);
		sieve_wrap(&c->sieve, any, SIEVE_ANY);
		words->known = false;
	}
	c->p += len + prefix;
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
	size_t number = 0;
	enum error_code code = raws_add(
		c->rules->raws, span_of(c->p + 1, len), &number, c->err);

	c->p += len + 2;
	sieve_put(&c->sieve, SIEVE_CLASS);
	sift(c, gap_class(c, 0));
	buffer_printf(c->out, "[" GAP_WORD "](?C\"%zu\")", number);
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
			word(c, words);
			return OK;
		}
		put_mark(c, *c->p++);
		return OK;
	case '^':
		c->p++;
		buffer_add_str(c->out, "^");
		sieve_put(&c->sieve, SIEVE_FIRST);
		return OK;
	case '$':
		c->p++;
		buffer_add_str(c->out, "[.!]?$");
		sieve_put(&c->sieve, SIEVE_LAST);
		return OK;
	case ',':
	case '.':
	case ';':
	case ':':
	case '/':
	case '"':
		if (*c->p == '/' && is_raw(c->p))
			return raw(c);
		put_mark(c, *c->p++);
		return OK;
	case ')':
	case '}':
	case '>':
	case '?':
		return fail(c, "nothing opens or stands before this");
	default:
		word(c, words);
		return OK;
	}
}

/* The alternatives so far, and one more: any of their words may be there. */
static void
unite(struct word_set *all, const struct word_set *one, bool first)
{
	bool known = (first || all->known) && one->known;

	if (first) {
		*all = *one;
		return;
	}
	all->known = known;
	for (size_t i = 0; i < one->n; i++)
		add_unit(one->units[i], all);
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
	b->at = c->out->len;
	b->sieve = c->sieve.len;
	b->elements = 0;
	b->own = (struct word_set){ .known = false };
	if (b->kept > 0)
		buffer_add_char(c->out, '|');
}

static void
branch_end(struct compiler *c, struct branches *b)
{
	unite(&b->needed, &b->own, b->n++ == 0);
	if (b->elements == 1 && b->own.single &&
		b->units.n + b->own.n <= PATTERN_WORDS_MAX) {
		c->out->len = b->at;
		if (c->sieve.code == OK)
			c->sieve.len = b->sieve;
		for (size_t i = 0; i < b->own.n; i++)
			add_unit(b->own.units[i], &b->units);
	} else {
		b->kept++;
		sieve_wrap(&c->sieve, b->sieve, SIEVE_BRANCH);
	}
}

static void
branches_end(struct compiler *c, struct branches *b, struct word_set *words)
{
	const size_t last = c->sieve.len;

	if (b->units.n > 0) {
		if (b->kept > 0)
			buffer_add_char(c->out, '|');
		put_units(c, &b->units);
		if (b->kept > 0)
			sieve_wrap(&c->sieve, last, SIEVE_BRANCH);
	}
	if (b->kept + (b->units.n > 0) > 1)
		sieve_wrap(&c->sieve, b->any, SIEVE_ANY);
	else if (b->kept == 1)
		sieve_unwrap(&c->sieve, b->any);
	*words = b->needed;
	words->single = b->kept == 0 && b->units.n == words->n;
}

/* "!x?": an element, which may be the head, and may be left out. */
static enum error_code
marked_element(struct compiler *c, struct word_set *one)
{
	bool head = *c->p == '!';
	size_t before = c->made->needs.n, sieve = c->sieve.len;
	enum error_code code;

	*one = (struct word_set){ .known = false };
	if (head) {
		c->p++;
		if (open_group(c, "head") != OK)
			return c->err->code;
	}
	/* An element may be optional as a whole. */
	buffer_add_str(c->out, "(?:");
	code = element(c, one);
	buffer_add_char(c->out, ')');
	if (head) {
		buffer_add_char(c->out, ')');
		one->single = false;
	}
	if (*c->p == '?') {
		c->p++;
		buffer_add_char(c->out, '?');
		sieve_wrap(&c->sieve, sieve, SIEVE_MAYBE);
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
			.behind = (uint16_t)c->out->len,
			.let = is_let ? c->let : NULL,
		};
}

static enum error_code
sequence(struct compiler *c, const char *until, struct word_set *words)
{
	struct branches b = { .any = c->sieve.len };
	enum error_code code = OK;
	size_t first = c->made->needs.n;

	branch_begin(c, &b);
	while (code == OK && *c->p != '\0' && !strchr(until, *c->p)) {
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
		code = marked_element(c, &one);
		end_part(c, from);
		if (b.elements++ == 0)
			b.own = one;
		else
			prefer(&b.own, &one);
		if (*until == '\0' && *c->p == '\0')
			break;
	}
	branch_end(c, &b);
	branches_end(c, &b, words);
	/* None of several alternatives is needed. */
	if (b.n > 1)
		c->made->needs.n = first;
	return code == OK ? c->out->code : code;
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
		p->parts[p->nparts - 1].behind = (uint16_t)p->text.len;
	return OK;
}

enum error_code
pattern_compile(const struct rules *r, const char *text,
	struct rule_pattern *made, struct error *err)
{
	struct word_set words;
	struct buffer out;
	struct compiler c = { .rules = r,
		.p = text,
		.out = &out,
		.made = made,
		.err = err,
		.source = text };
	enum error_code code;

	buffer_init(&out, PATTERN_MAX);
	buffer_init(&c.sieve, SIEVE_OPS_MAX * sizeof *made->sieve.ops);
	code = sequence(&c, "", &words);
	if (code == OK && *c.p != '\0')
		code = fail(&c, "unexpected");
	if (code == OK) {
		made->text = arena_span(r->arena, buffer_span(&out));
		if (made->text.ptr == NULL ||
			settle_sieve(r, &c.sieve, &made->sieve) != OK ||
			settle_parts(&c) != OK ||
			(words.known && !settle(r, &words, &made->needs.words)))
			code = error_set(err, ERR_NOMEM, "rules");
	}
	buffer_release(&c.sieve);
	buffer_release(&out);
	return code;
}
