#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules.h"

#define DEPTH_MAX      16
#define WORD_BEGINNING 3 /* bytes of a folded word that are hashed */

static const struct {
	const char *name;
	uint32_t bits;
} types[] = {
	{ "CITY", 1u << 0 },
	{ "REGION", 1u << 1 },
	{ "COUNTRY", 1u << 2 },
	{ "DATE", 1u << 4 },
	{ "NETWORK", 1u << 5 },
	{ "TITLE", 1u << 6 },
	{ "ORGANISATION", 1u << 7 },
	{ "PERSON", 1u << 8 },
	{ "ROLE", 1u << 9 },
	{ "EVENT", 1u << 10 },
	{ "NATIONALITY", 1u << SYMBOL_NATIONALITY },
	{ "COUNT.member", 7u << 16 },
	{ "COUNT.old", 1u << 16 },
	{ "COUNT.new", 1u << 17 },
	{ "COUNT.others", 1u << 18 },
	{ "COUNT.country", 1u << 19 },
	{ "COUNT.people", 1u << 20 },
	{ "COUNT.partner", 1u << 21 },
	{ "COUNT.bare", 1u << 22 },
	{ "COUNT.ordinal", 1u << 23 },
	{ "COUNT", 0x7fu << 16 },
};

struct compiler {
	const struct rules *rules;
	const char *p;
	struct buffer *out;
	struct needs needs;
	struct error *err;
	int depth;
};

/* Reads up to a character of until; *words: what one of must be there. */
static enum error_code
sequence(struct compiler *c, const char *until, struct word_bits *words);

static enum error_code
not_before(struct compiler *c);

bool
word_bits_add(struct word_bits *b, const char *fold, bool prefix)
{
	size_t len = strlen(fold);
	uint32_t h = 2166136261u;

	if (len == 0 || (prefix && len < WORD_BEGINNING))
		return false;
	for (size_t i = 0; i < len && i < WORD_BEGINNING; i++)
		h = (h ^ (unsigned char)fold[i]) * 16777619u;
	h ^= h >> 15;
	b->bits[h >> 6 & 3] |= (uint64_t)1 << (h & 63);
	return true;
}

static size_t
count_bits(const struct word_bits *b)
{
	size_t n = 0;

	for (int i = 0; i < 4; i++)
		n += (size_t)__builtin_popcountll(b->bits[i]);
	return n;
}

/* The words of one element in a row: the fewer, the more they tell. */
static void
prefer(struct word_bits *best, const struct word_bits *one)
{
	if (one->known && (!best->known || count_bits(one) < count_bits(best)))
		*best = *one;
}

/* The alternatives so far, and one more: any of their words may be there. */
static void
unite(struct word_bits *all, const struct word_bits *one, bool first)
{
	for (int i = 0; i < 4; i++)
		all->bits[i] |= one->bits[i];
	all->known = (first || all->known) && one->known;
}

static enum error_code
fail(struct compiler *c, const char *what)
{
	return error_set(c->err, ERR_CONFIG, "%s at \"%.20s\"", what, c->p);
}

static void
put_class(struct buffer *out, uint32_t bits)
{
	buffer_add_char(out, '[');
	for (unsigned i = 0; i < 32; i++)
		if (bits & (1u << i))
			buffer_printf(out, "\\x{%X}", SYMBOL_FIRST + i);
	buffer_add_char(out, ']');
}

/* "Greve in Chianti": a list steps over what stands behind a name. */
#define WITHIN		     "in|am|an der|on|upon|sur|di|de|del"
#define AND		     "and|und|et|y|e|ed|as well as|sowie|&"
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

bool
pattern_types(struct span names, uint32_t *symbols)
{
	struct span field;

	*symbols = 0;
	while (names.len > 0 && span_split(&names, '|', &field)) {
		uint32_t was = *symbols;

		for (size_t i = 0; i < sizeof types / sizeof *types; i++)
			if (span_eq_str(field, types[i].name))
				*symbols |= types[i].bits;
		if (*symbols == was)
			return false;
	}
	return *symbols != 0;
}

/* "{CITY|REGION+:subject}" */
static enum error_code
slot(struct compiler *c)
{
	uint32_t bits = 0;
	bool many = false;
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
	if (c->needs.n < PATTERN_NEEDS_MAX)
		c->needs.sets[c->needs.n++] = bits;
	buffer_add_str(c->out, " *");
	if (name[0] != '\0')
		buffer_printf(c->out, "(?<%s>", name);
	put_class(c->out, bits);
	if (many) {
		buffer_add_str(c->out,
			"(?:(?: (?:" WITHIN ") [\\w'\\-]+)? *(?:, *(?:" AND
			")?|\\b(?:" AND ")\\b) *(?:the |both )?");
		put_class(c->out, bits);
		buffer_add_str(c->out, ")*+");
	}
	if (name[0] != '\0')
		buffer_add_char(c->out, ')');
	return OK;
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
	while (isdigit((unsigned char)*c->p))
		c->p++;
	buffer_add_str(c->out, "(?:[ ,\"'()\\-]{0,3}+");
	/* "~4-(of for)": over no such word. */
	if (c->p[0] == '-' && c->p[1] == '(')
		code = not_before(c);
	buffer_printf(c->out,
		"(?:\\w[\\w'.\\-]*+|[%s])){0,%d}?[ ,\"'()\\-]{0,2}",
		mentions ? "\\x{FDD0}-\\x{FDEF}" : "\\x{FDDB}\\x{FDDD}", n);
	return code;
}

/* The word stands in a text of its language as a symbol. */
static bool
is_pronoun(const struct rules *r, const char *fold)
{
	for (size_t i = 0; i < r->anaphors.n; i++)
		if (strcmp(r->anaphors.rows[i].words, fold) == 0 &&
			strcmp(r->anaphors.rows[i].type, "pronoun") == 0)
			return true;
	return false;
}

/* Adds what a sentence with the word has; false: it is no word by itself. */
static bool
plain_word(struct compiler *c, struct span word, struct word_bits *bits)
{
	struct buffer fold;
	bool plain;

	*bits = (struct word_bits){ .known = false };
	buffer_init(&fold, 256);
	plain = utf8_fold_name(word, &fold) == OK && fold.len > 0 &&
		!is_pronoun(c->rules, fold.ptr);
	bits->known = plain && strchr(fold.ptr, ' ') == NULL &&
		      word_bits_add(bits, fold.ptr, false);
	buffer_release(&fold);
	return plain;
}

/* "(has|is set to)" of words alone is compiled to less than its words one by
 * one would be.  False: it is something else, and nothing was done. */
static bool
plain_group(struct compiler *c, struct word_bits *words)
{
	size_t len = strcspn(c->p + 1, "(){}<>~!?*^$,.;:/\"'-&+");
	struct span rest = span_of(c->p + 1, len), part, word;
	struct word_bits all = { .known = false };
	struct buffer out;
	bool first = true, plain = c->p[1 + len] == ')' && len > 0;

	buffer_init(&out, PATTERN_MAX);
	while (plain && rest.len > 0 && span_split(&rest, '|', &part)) {
		struct word_bits best = { .known = false };
		size_t n = 0;

		part = span_trim(part);
		buffer_add_str(&out, first ? "" : "|");
		while (plain && part.len > 0 && span_split(&part, ' ', &word)) {
			struct word_bits one;

			if (word.len == 0)
				continue;
			plain = plain_word(c, word, &one);
			prefer(&best, &one);
			buffer_add_str(&out, n++ == 0 ? "" : " +");
			buffer_add(&out, word.ptr, word.len);
		}
		plain = plain && n > 0;
		unite(&all, &best, first);
		first = false;
	}
	if (plain) {
		buffer_printf(c->out, " *\\b(?:%s)\\b", out.ptr);
		c->p += 1 + len + 1;
		*words = all;
	}
	buffer_release(&out);
	return plain;
}

static enum error_code
group(struct compiler *c, struct word_bits *words)
{
	enum error_code code;

	if (plain_group(c, words))
		return OK;
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
	struct word_bits none;
	size_t before = c->needs.n;
	enum error_code code;

	c->p++;
	buffer_add_str(c->out, "(?!");
	code = group(c, &none);
	buffer_add_char(c->out, ')');
	c->needs.n = before;
	return code;
}

static enum error_code
let(struct compiler *c, struct word_bits *words)
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
		return code;
	}
	return fail(c, "no such let");
}

static void
word(struct compiler *c, struct word_bits *words)
{
	const char *start = c->p;
	size_t len = strcspn(start, " ()|?{}<>~!,.;:/\"$^*");
	struct buffer fold;
	bool pronoun;

	buffer_init(&fold, 256);
	words->known = *start != '\'' &&
		       utf8_fold_name(span_of(start, len), &fold) == OK &&
		       fold.len > 0 && strchr(fold.ptr, ' ') == NULL &&
		       word_bits_add(words, fold.ptr,
			       start[len] == '*' || start[len - 1] == '\'');
	pronoun = fold.len > 0 && is_pronoun(c->rules, fold.ptr);
	buffer_release(&fold);
	if (pronoun)
		buffer_printf(
			c->out, " *(?:\\x{%X}|", SYMBOL_FIRST + SYMBOL_PRONOUN);
	/* "'s" stands right behind a mention, which is no word. */
	buffer_add_str(c->out, *start == '\'' ? " *" : " *\\b");
	while (*c->p != '\0' && !strchr(" ()|?{}<>~!,.;:/\"$^", *c->p)) {
		if (*c->p == '*')
			buffer_add_str(c->out, "[\\w'\\-]*");
		else if (*c->p == '-' || *c->p == '+')
			buffer_printf(c->out, "\\%c", *c->p);
		else
			buffer_add_char(c->out, *c->p);
		c->p++;
	}
	buffer_add_str(c->out, c->p[-1] == '\'' ? "" : "\\b");
	if (pronoun)
		buffer_add_char(c->out, ')');
}

static enum error_code
element(struct compiler *c, struct word_bits *words)
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
		buffer_printf(c->out, " *\\%c", *c->p++);
		return OK;
	case '^':
		c->p++;
		buffer_add_str(c->out, "^");
		return OK;
	case '$':
		c->p++;
		buffer_add_str(c->out, " *[.!]?$");
		return OK;
	case ',':
	case '.':
	case ';':
	case ':':
	case '/':
	case '"':
		buffer_printf(c->out, " *\\%c", *c->p++);
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

static enum error_code
sequence(struct compiler *c, const char *until, struct word_bits *words)
{
	struct word_bits own = { .known = false }, all = { .known = false };
	enum error_code code = OK;
	size_t first = c->needs.n;
	bool alternatives = false;

	while (code == OK && *c->p != '\0' && !strchr(until, *c->p)) {
		bool head = false;
		size_t before = c->needs.n;
		struct word_bits one = { .known = false };

		if (*c->p == ' ') {
			c->p++;
			continue;
		}
		if (*c->p == '|') {
			c->p++;
			buffer_add_char(c->out, '|');
			unite(&all, &own, !alternatives);
			own = (struct word_bits){ .known = false };
			alternatives = true;
			continue;
		}
		if (*c->p == '!') {
			head = true;
			c->p++;
			buffer_add_str(c->out, "(?<head>");
		}
		/* An element may be optional as a whole. */
		buffer_add_str(c->out, "(?:");
		code = element(c, &one);
		buffer_add_char(c->out, ')');
		if (head)
			buffer_add_char(c->out, ')');
		if (*c->p == '?') {
			c->p++;
			buffer_add_char(c->out, '?');
			c->needs.n = before;
			one.known = false;
		}
		prefer(&own, &one);
		if (*until == '\0' && *c->p == '\0')
			break;
	}
	/* None of several alternatives is needed. */
	if (alternatives)
		c->needs.n = first;
	unite(&all, &own, !alternatives);
	*words = all;
	return code == OK ? c->out->code : code;
}

enum error_code
pattern_compile(const struct rules *r, const char *text, struct buffer *out,
	struct needs *needs, struct error *err)
{
	struct compiler c = { .rules = r, .p = text, .out = out, .err = err };
	struct word_bits words;
	enum error_code code = sequence(&c, "", &words);

	*needs = c.needs;
	needs->words = words;
	if (code == OK && *c.p != '\0')
		return fail(&c, "unexpected");
	return code;
}
