#include "names_tokens.h"

#define STEM_MIN     4 /* letters of a word that may be a plural */
#define COMPOUND_MIN 8 /* letters of an unknown compound */
#define GLUE_MIN     4 /* letters of a role that lost the space before it */

struct cursor {
	const struct lexicon *lx;
	struct buffer *scratch;
	struct span text;
	uint32_t at, end;
};

/* What a byte is: of the ASCII ones that make words, which. */
enum byte_class { OTHER_BYTE, SMALL, CAPITAL, DIGIT, FOREIGN };

static enum byte_class
byte_class(unsigned char c)
{
	if (c >= 'a' && c <= 'z')
		return SMALL;
	if (c >= 0x80)
		return FOREIGN;
	if (c >= 'A' && c <= 'Z')
		return CAPITAL;
	return c >= '0' && c <= '9' ? DIGIT : OTHER_BYTE;
}

static bool
ascii_word(unsigned char c)
{
	enum byte_class k = byte_class(c);

	return k != OTHER_BYTE && k != FOREIGN;
}

static unsigned
gap_of(uint32_t cp)
{
	switch (cp) {
	case ' ':
		return G_SPACE;
	case '-':
	case 0x2010:
	case 0x2011:
		return G_HYPHEN;
	case '\'':
	case 0x2019:
		return G_APOS;
	case '.':
		return G_DOT;
	case ',':
		return G_COMMA;
	case ':':
		return G_COLON;
	case '(':
	case '[':
		return G_OPEN;
	case ')':
	case ']':
		return G_CLOSE;
	case '"':
	case 0x2018:
	case 0x201A:
	case 0x201C:
	case 0x201D:
	case 0x201E:
	case 0xAB:
	case 0xBB:
	case 0x2039:
	case 0x203A:
		return G_QUOTE;
	case '|':
	case 0x2013:
	case 0x2014:
	case 0x2015:
		return G_DASH;
	default:
		return utf8_is_space(cp) && cp != '\n' ? G_SPACE : G_OTHER;
	}
}

/* With a space or a mark beside it, a hyphen is a dash and an apostrophe a
 * quotation mark. */
static unsigned
settle_gap(unsigned gap)
{
	if ((gap & G_HYPHEN) && gap != G_HYPHEN)
		gap = (gap & ~G_HYPHEN) | G_DASH;
	if ((gap & G_APOS) && gap != G_APOS)
		gap = (gap & ~G_APOS) | G_QUOTE;
	return gap;
}

/* Read up to the next word; what was passed.  "&" is a word by itself. */
static unsigned
read_gap(struct cursor *c)
{
	const unsigned char *p = (const unsigned char *)c->text.ptr + c->at;
	unsigned gap = 0;
	uint32_t cp = 0;

	/* Nearly always. */
	if (c->at + 1 < c->end && p[0] == ' ' && ascii_word(p[1])) {
		c->at++;
		return G_SPACE;
	}
	while (c->at < c->end) {
		unsigned char byte = (unsigned char)c->text.ptr[c->at];
		size_t len = 1;

		if (byte == ' ') {
			gap |= G_SPACE;
			c->at++;
			continue;
		}
		if (byte == '&' || (byte < 0x80 && ascii_word(byte)))
			break;
		cp = byte;
		if (byte >= 0x80) {
			len = utf8_decode(c->text, c->at, &cp);
			if (len == 0)
				len = 1;
			else if (utf8_is_letter(cp) || utf8_is_digit(cp))
				break;
		}
		gap |= gap_of(cp);
		c->at += (uint32_t)len;
	}
	return settle_gap(gap);
}

struct shape {
	unsigned letters, uppers, digits;
	uint32_t glue; /* offset of the last capital behind a small letter */
	/* Folded and hashed on the way; 0 when it is too long or no ASCII. */
	size_t len;
	uint32_t hash;
	uint32_t before_last; /* the hash without its last letter */
	char key[NAMES_WORD_MAX];
};

/* The class of the character at c->at, if it belongs to a word. */
static enum byte_class
word_char(const struct cursor *c, size_t *len)
{
	enum byte_class k = byte_class((unsigned char)c->text.ptr[c->at]);
	uint32_t cp;

	*len = 1;
	if (k != FOREIGN)
		return k;
	*len = utf8_decode(c->text, c->at, &cp);
	if (*len == 0)
		return OTHER_BYTE;
	if (utf8_is_digit(cp))
		return DIGIT;
	if (!utf8_is_letter(cp))
		return OTHER_BYTE;
	return utf8_is_upper(cp) ? CAPITAL : SMALL;
}

static void
read_word(struct cursor *c, struct shape *s)
{
	enum byte_class k, before = OTHER_BYTE;
	uint32_t hash = NAMES_HASH_START, last = hash, start = c->at;
	size_t len = 1, n = 0;
	bool plain = true;

	s->letters = s->digits = s->uppers = 0;
	s->glue = 0;
	while (c->at < c->end && (k = word_char(c, &len)) != OTHER_BYTE) {
		s->letters += k != DIGIT;
		s->digits += k == DIGIT;
		s->uppers += k == CAPITAL;
		if (k == CAPITAL && before == SMALL)
			s->glue = c->at;
		before = k;
		if (len == 1 && n < NAMES_WORD_MAX) {
			unsigned char b = (unsigned char)c->text.ptr[c->at];

			if (k == CAPITAL)
				b |= 0x20;
			s->key[n++] = (char)b;
			last = hash;
			hash = names_hash_add(hash, b);
		}
		plain = plain && len == 1;
		c->at += (uint32_t)len;
	}
	s->len = plain && n == c->at - start ? n : 0;
	s->hash = hash;
	s->before_last = last;
}

/* As lexicon_stem(), and its hash. */
static size_t
stem_of(struct shape *s, uint32_t *hash)
{
	size_t stem = lexicon_stem(s->key, s->len);

	if (stem + 1 == s->len) {
		*hash = s->before_last;
	} else if (stem < s->len) {
		*hash = NAMES_HASH_START;
		for (size_t i = 0; i < stem; i++)
			*hash = names_hash_add(*hash, (unsigned char)s->key[i]);
	} else {
		*hash = s->hash;
	}
	return stem;
}

static void
set_word(const struct lexicon *lx, struct token *t, uint32_t word)
{
	t->word = word;
	t->kinds = lx->words[word].kinds;
	if (lx->words[word].node != 0)
		t->flags |= T_PHRASE;
	if (lx->words[word].given)
		t->flags |= T_GIVEN;
}

static void
set_stem(const struct lexicon *lx, struct token *t, uint32_t stem)
{
	t->stem = stem;
	if (lx->words[stem].network != 0)
		t->flags |= T_NETWORK;
}

static uint32_t
kinds_of_compound(const struct lexicon *lx, struct span key)
{
	for (size_t i = 0; i < lx->nsuffixes; i++)
		if (key.len >= lx->suffixes[i].len + NAMES_COMPOUND_MIN &&
			span_ends_with(key, lx->suffixes[i].text))
			return lx->suffixes[i].kinds;
	return 0;
}

/*
 * The word's place in the lexicon.  Unknown compounds take the kinds of
 * their last part: "Landwirtschaftsministerium".
 */
static void
look_up(const struct cursor *c, struct token *t, struct shape *s)
{
	const struct lexicon *lx = c->lx;
	uint32_t hash;
	size_t stem;

	if (s->len == 0) {
		s->len = lexicon_fold(span_sub(c->text, t->start, t->end),
			s->key, c->scratch);
		if (s->len == 0)
			return;
		s->hash = s->before_last = NAMES_HASH_START;
		for (size_t i = 0; i < s->len; i++) {
			s->before_last = s->hash;
			s->hash = names_hash_add(
				s->hash, (unsigned char)s->key[i]);
		}
	}
	set_word(lx, t, lexicon_find_hashed(lx, s->key, s->len, s->hash));
	if (t->kinds == 0 && s->len >= COMPOUND_MIN && (t->flags & T_CAP))
		t->kinds = kinds_of_compound(lx, span_of(s->key, s->len));
	stem = stem_of(s, &hash);
	set_stem(lx, t,
		stem == s->len ? t->word
			       : lexicon_find_hashed(lx, s->key, stem, hash));
}

/*
 * Most words: small ASCII letters and nothing else, which are their own
 * fold.  False, and nothing is read, for any other.
 */
static bool
read_small(struct cursor *c, struct token *t)
{
	const char *p = c->text.ptr + c->at;
	size_t max = c->end - c->at, n = 0;
	uint32_t hash = NAMES_HASH_START, last = hash;
	char key[NAMES_WORD_MAX];

	for (; n < max && p[n] >= 'a' && p[n] <= 'z'; n++) {
		last = hash;
		hash = names_hash_add(hash, (unsigned char)p[n]);
	}
	if (n == 0 || n > NAMES_WORD_MAX ||
		(n < max && byte_class((unsigned char)p[n]) != OTHER_BYTE))
		return false;
	c->at += (uint32_t)n;
	t->end = c->at;
	t->flags = n == 1 ? T_SINGLE : 0;
	set_word(c->lx, t, lexicon_find_hashed(c->lx, p, n, hash));
	if (n < STEM_MIN || p[n - 1] != 's') {
		set_stem(c->lx, t, t->word);
		return true;
	}
	memcpy(key, p, n);
	max = lexicon_stem(key, n);
	set_stem(c->lx, t,
		max == n       ? t->word
		: max == n - 1 ? lexicon_find_hashed(c->lx, p, max, last)
			       : lexicon_find(c->lx, key, max));
	return true;
}

static unsigned
flags_of(const struct cursor *c, const struct shape *s, uint32_t start)
{
	unsigned flags = 0;
	uint32_t cp = 0;

	(void)utf8_decode(c->text, start, &cp); /* a word has a character */
	if (cp < 0x80 ? (cp >= 'A' && cp <= 'Z') : utf8_is_upper(cp))
		flags |= T_CAP;
	if (cp >= '0' && cp <= '9')
		flags |= T_DIGIT;
	if (s->letters >= 2 && s->uppers == s->letters)
		flags |= T_UPPER;
	if (s->letters == 1 && s->digits == 0)
		flags |= T_SINGLE;
	if (s->uppers >= 2 || (s->uppers == 1 && !(flags & T_CAP)))
		flags |= T_MIXED;
	return flags;
}

/* A new sentence: an initial or an abbreviation does not end one. */
static bool
starts_sentence(const struct token *t, const struct token *before)
{
	if (t->gap & (G_EDGE | G_OTHER | G_QUOTE | G_COLON))
		return true;
	if (!(t->gap & G_DOT))
		return false;
	return !(before->flags & T_SINGLE) && !(before->kinds & K_HONORIFIC);
}

/* "OsborneProfessor" becomes two tokens if what is glued on is a role. */
static size_t
split_glue(const struct cursor *c, struct token *t, uint32_t glue)
{
	struct token tail = {
		.start = glue, .end = t->end, .gap = G_GLUE, .flags = T_CAP
	};
	struct shape s = { 0 };

	if (glue <= t->start || t->end - glue < GLUE_MIN)
		return 1;
	look_up(c, &tail, &s);
	if (!(tail.kinds & (K_ROLE | K_ROLE_TOPIC)))
		return 1;
	t->end = glue;
	t->flags &= ~(unsigned)(T_MIXED | T_PHRASE | T_NETWORK | T_GIVEN);
	t->word = t->stem = t->kinds = 0;
	s.len = 0;
	look_up(c, t, &s);
	t[1] = tail;
	return 2;
}

static struct token
ampersand(const struct lexicon *lx, uint32_t at)
{
	const uint32_t word = lexicon_find(lx, "and", 3);

	return (struct token){ .start = at,
		.end = at + 1,
		.word = word,
		.stem = word,
		.flags = T_AMP,
		.kinds = K_AND };
}

/* The word at c->at, or "&"; the last capital that may part it in two. */
static uint32_t
read_token(struct cursor *c, struct token *t)
{
	struct shape s;

	t->start = c->at;
	if (c->text.ptr[c->at] == '&') {
		*t = ampersand(c->lx, c->at++);
		return 0;
	}
	if (read_small(c, t))
		return 0;
	read_word(c, &s);
	t->end = c->at;
	t->flags = (uint16_t)flags_of(c, &s, t->start);
	look_up(c, t, &s);
	return s.glue;
}

/* What token n of a row is by what stands before it: the first of its block or
 * not, with that gap. */
static void
place(struct token *out, size_t n, unsigned gap)
{
	struct token *t = &out[n];

	t->gap = (uint16_t)gap;
	if (n == 0)
		t->gap |= G_EDGE;
	else if (gap == 0)
		t->gap |= G_OTHER;
	if (n == 0 || starts_sentence(t, t - 1))
		t->flags |= T_START;
}

static void
add_up(struct token_sum *sum, const struct token *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sum->kinds |= t[i].kinds;
		sum->gaps |= t[i].gap;
		sum->flags |= t[i].flags;
	}
}

size_t
names_tokenise(const struct lexicon *lx, struct buffer *scratch,
	struct span text, uint32_t start, uint32_t end, struct token *out,
	size_t max, uint32_t *next, struct token_sum *sum)
{
	struct cursor c = { lx, scratch, text, start, end };
	size_t n = 0;

	*sum = (struct token_sum){ 0 };
	while (n < max) {
		struct token *t = &out[n];
		unsigned gap = read_gap(&c);
		size_t parts = 1;
		uint32_t glue;

		if (c.at >= c.end)
			break;
		*t = (struct token){ 0 };
		glue = read_token(&c, t);
		place(out, n, gap);
		if (glue != 0)
			parts = split_glue(&c, t, glue);
		add_up(sum, t, parts);
		n += parts;
	}
	*next = c.at;
	return n;
}

/* A form's tokens, at home at 0, when there are two. */
struct token_note {
	struct token t[2];
};

/* form.token_state */
enum { TOKENS_UNKNOWN, TOKENS_ONE, TOKENS_TWO };

static bool
know_tokens(const struct lexicon *lx, struct lexis *x, struct form *f)
{
	struct cursor c = { lx, lexis_tmp(x), form_text(f), 0, f->len };
	struct token t[2] = { { 0 } };
	const uint32_t glue = read_token(&c, t);

	if (glue != 0 && split_glue(&c, t, glue) == 2) {
		f->tokens = lexis_alloc(x, sizeof *f->tokens);
		if (f->tokens == NULL)
			return false;
		memcpy(f->tokens->t, t, sizeof t);
		f->token_state = TOKENS_TWO;
		return true;
	}
	f->token_word = t->word;
	f->token_stem = t->stem;
	f->token_kinds = t->kinds;
	f->token_flags = t->flags;
	f->token_state = TOKENS_ONE;
	return true;
}

/* The tokens of a word; how many, 0 without memory. */
static size_t
put_form(const struct lexicon *lx, struct lexis *x, const struct atom *a,
	struct token *t)
{
	struct form *f = a->form;

	if (f->token_state == TOKENS_UNKNOWN && !know_tokens(lx, x, f))
		return 0;
	if (f->token_state == TOKENS_ONE) {
		*t = (struct token){ .start = a->start,
			.end = a->end,
			.word = f->token_word,
			.stem = f->token_stem,
			.flags = f->token_flags,
			.kinds = f->token_kinds };
		return 1;
	}
	memcpy(t, f->tokens->t, sizeof f->tokens->t);
	for (size_t i = 0; i < 2; i++) {
		t[i].start += a->start;
		t[i].end += a->start;
	}
	return 2;
}

bool
names_read_atoms(const struct lexicon *lx, struct lexis *x,
	const struct atoms *atoms, struct token *out, size_t max, size_t *n,
	struct token_sum *sum)
{
	unsigned gap = 0;

	*n = 0;
	*sum = (struct token_sum){ 0 };
	if (atoms->list == NULL || 2 * atoms->n > max)
		return false;
	for (size_t i = 0; i < atoms->n; i++) {
		const struct atom *a = &atoms->list[i];
		struct token *t = &out[*n];
		size_t parts = 1;

		gap |= a->space ? G_SPACE : 0;
		if (a->mark != 0 && a->mark != '&') {
			gap |= gap_of(a->mark);
			continue;
		}
		if (a->mark == '&')
			*t = ampersand(lx, a->start);
		else
			parts = put_form(lx, x, a, t);
		if (parts == 0)
			return false;
		place(out, *n, settle_gap(gap));
		add_up(sum, t, parts);
		*n += parts;
		gap = 0;
	}
	return true;
}
