#include "vocabulary.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS	    ((size_t)1 << 17) /* a power of two, over VOCABULARY_MAX */
#define LENGTHS_MAX UNIT_BYTES
#define LAST_MARKS  8 /* bytes of marks behind the last full stop */

struct entry {
	uint32_t at; /* of its bytes */
	uint8_t len;
	bool prefix;
	uint16_t next; /* with that first byte, index + 1; 0: it is the last */
};

struct vocabulary {
	struct entry *list;
	size_t n, room;
	struct buffer bytes;
	uint16_t *buckets;		/* index + 1 into list */
	uint32_t prefixes[LENGTHS_MAX]; /* how many prefixes have that length */
	/* By their first byte: index + 1. */
	uint16_t first[UCHAR_MAX + 1], last[UCHAR_MAX + 1];
};

static bool
is_ascii_word(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 ||
	       (unsigned char)(c - '0') < 10;
}

/* Length of the letter or digit at text[at], or 0; *cp is set for it. */
static size_t
word_char(struct span text, uint32_t at, uint32_t end, uint32_t *cp)
{
	size_t len;

	if (at >= end)
		return 0;
	*cp = (unsigned char)text.ptr[at];
	if (*cp < 0x80)
		return is_ascii_word((unsigned char)*cp) ? 1 : 0;
	len = utf8_decode(text, at, cp);
	return len > 0 && (utf8_is_letter(*cp) || utf8_is_digit(*cp)) ? len : 0;
}

/* The form in which a mark is compared; *len bytes of it. */
static char
mark_of(struct span text, uint32_t at, size_t *len)
{
	uint32_t cp;

	*len = 1;
	if ((unsigned char)text.ptr[at] >= 0x80)
		*len = utf8_decode(text, at, &cp);
	if (*len == 0)
		*len = 1;
	if (*len == 1)
		return text.ptr[at];
	if (cp == 0x2019 || cp == 0x2018)
		return '\'';
	if (cp == 0x201C || cp == 0x201D || cp == 0x201E || cp == 0xAB ||
		cp == 0xBB)
		return '"';
	return cp >= 0x2010 && cp <= 0x2015 ? '-' : UNIT_MARK;
}

static void
add_lower(struct token *t, uint32_t cp)
{
	char utf8[4];
	size_t len;

	if (cp < 0x80) {
		utf8[0] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		len = 1;
	} else {
		len = utf8_encode(utf8_lower(cp), utf8);
	}
	if (t->len == UNIT_BYTES)
		return; /* too long already */
	if (t->len + len >= UNIT_BYTES) {
		t->len = UNIT_BYTES;
		return;
	}
	memcpy(t->lower + t->len, utf8, len);
	t->len = (uint8_t)(t->len + len);
}

/* "'s", "'t", "'ll" at text[at]: what English hangs on a word. */
static bool
is_ending(struct span text, uint32_t at, uint32_t end)
{
	static const char *const endings[] = { "s", "t", "d", "m", "ll", "re",
		"ve" };
	uint32_t cp;

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t len = strlen(endings[i]);

		if (at + len <= end &&
			span_ieq_str(
				span_sub(text, at, at + len), endings[i]) &&
			word_char(text, at + (uint32_t)len, end, &cp) == 0)
			return true;
	}
	return false;
}

/* Does a mark inside a word keep it together?  '\'' is taken into the word. */
static bool
joins(char mark, struct span text, uint32_t behind, uint32_t end)
{
	uint32_t cp;

	if (word_char(text, behind, end, &cp) == 0)
		return false;
	return mark == '-' || mark == '.';
}

/* Letters and digits in ASCII, of which most words are. */
static void
read_ascii(struct span text, uint32_t *at, uint32_t end, struct token *t)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	uint32_t i = *at;
	size_t len = t->len;

	for (; i < end && is_ascii_word(p[i]); i++) {
		/* A digit has that bit already. */
		if (len < UNIT_BYTES - 1)
			t->lower[len++] = (char)(p[i] | 0x20);
		else
			len = UNIT_BYTES; /* too long */
	}
	t->len = (uint8_t)len;
	*at = i;
}

static void
read_word(struct span text, uint32_t *at, uint32_t end, struct token *t)
{
	for (;;) {
		uint32_t cp = 0;
		size_t len;
		char mark;

		read_ascii(text, at, end, t);
		len = word_char(text, *at, end, &cp);
		if (len > 0) {
			add_lower(t, cp);
			*at += (uint32_t)len;
			continue;
		}
		if (*at >= end)
			return;
		mark = mark_of(text, *at, &len);
		if (mark == '\'' &&
			word_char(text, *at + (uint32_t)len, end, &cp) > 0) {
			if (is_ending(text, *at + (uint32_t)len, end))
				return;
			add_lower(t, '\'');
			*at += (uint32_t)len;
			return;
		}
		if (!joins(mark, text, *at + (uint32_t)len, end))
			return;
		add_lower(t, (unsigned char)mark);
		*at += (uint32_t)len;
	}
}

/* Nothing but a few marks is left: here a full stop ends the text. */
static bool
is_last(struct span text, uint32_t at, uint32_t end)
{
	uint32_t cp;

	if (end - at > LAST_MARKS)
		return false;
	for (; at < end; at++)
		if (word_char(text, at, end, &cp) > 0)
			return false;
	return true;
}

bool
token_next(struct span text, uint32_t *at, uint32_t end, struct token *t)
{
	size_t len;
	uint32_t cp;

	for (;;) {
		while (*at < end && text.ptr[*at] == ' ')
			++*at;
		if (*at >= end)
			return false;
		t->start = *at;
		t->len = 0;
		t->mark = 0;
		if (word_char(text, *at, end, &cp) > 0)
			break;
		t->mark = mark_of(text, *at, &len);
		*at += (uint32_t)len;
		t->end = *at;
		if (t->mark == '\'' && is_ending(text, *at, end)) {
			t->mark = 0;
			add_lower(t, '\'');
			break;
		}
		if (t->mark != '.' || is_last(text, *at, end))
			return true;
	}
	read_word(text, at, end, t);
	t->end = *at;
	if (t->len == UNIT_BYTES)
		t->len = 0;
	return true;
}

struct vocabulary *
vocabulary_new(void)
{
	struct vocabulary *v = calloc(1, sizeof *v);

	if (v == NULL)
		return NULL;
	buffer_init(&v->bytes, (size_t)VOCABULARY_MAX * UNIT_BYTES);
	v->buckets = calloc(BUCKETS, sizeof *v->buckets);
	if (v->buckets == NULL) {
		free(v);
		return NULL;
	}
	return v;
}

void
vocabulary_free(struct vocabulary *v)
{
	if (v == NULL)
		return;
	buffer_release(&v->bytes);
	free(v->buckets);
	free(v->list);
	free(v);
}

/* FNV-1a; words and prefixes of the same letters are apart. */
static size_t
bucket(const char *s, size_t len, bool prefix)
{
	uint32_t h = prefix ? 40389u : 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return (h ^ h >> 15) & (BUCKETS - 1);
}

/* The entry, or the free bucket for it: *free_at. */
static const struct entry *
find(const struct vocabulary *v, const char *s, size_t len, bool prefix,
	size_t *free_at)
{
	size_t at = bucket(s, len, prefix);

	for (; v->buckets[at] != 0; at = (at + 1) & (BUCKETS - 1)) {
		const struct entry *e = &v->list[v->buckets[at] - 1];

		if (e->len == len && e->prefix == prefix &&
			memcmp(v->bytes.ptr + e->at, s, len) == 0)
			return e;
	}
	if (free_at != NULL)
		*free_at = at;
	return NULL;
}

/* The newest entry behind the others of its first byte. */
static void
chain(struct vocabulary *v, unsigned char first)
{
	const uint16_t number = (uint16_t)v->n;

	if (v->last[first] == 0)
		v->first[first] = number;
	else
		v->list[v->last[first] - 1].next = number;
	v->last[first] = number;
}

enum error_code
vocabulary_add(struct vocabulary *v, const struct token *t, bool prefix)
{
	struct entry *list = v->list;
	size_t at = 0;

	if (t->mark != 0 || t->len == 0 ||
		find(v, t->lower, t->len, prefix, &at) != NULL)
		return OK;
	if (v->n == VOCABULARY_MAX)
		return ERR_LIMIT;
	if (v->n == v->room) {
		v->room = v->room > 0 ? 2 * v->room : 1024;
		list = realloc(v->list, v->room * sizeof *list);
		if (list == NULL)
			return ERR_NOMEM;
		v->list = list;
	}
	list[v->n] =
		(struct entry){ (uint32_t)v->bytes.len, t->len, prefix, 0 };
	if (buffer_add(&v->bytes, t->lower, t->len) != OK)
		return v->bytes.code;
	v->buckets[at] = (uint16_t)++v->n;
	chain(v, (unsigned char)t->lower[0]);
	if (prefix)
		v->prefixes[t->len]++;
	return OK;
}

enum error_code
vocabulary_learn(struct vocabulary *v, struct span pattern)
{
	enum error_code code = OK;
	uint32_t at = 0;
	struct token t;

	/* A pattern's own marks part words; what names a slot does no harm. */
	while (code == OK &&
		token_next(pattern, &at, (uint32_t)pattern.len, &t))
		code = vocabulary_add(
			v, &t, at < pattern.len && pattern.ptr[at] == '*');
	return code;
}

uint16_t
vocabulary_unit(const struct vocabulary *v, const struct token *t)
{
	const struct entry *e;

	if (t->mark != 0)
		return (unsigned char)t->mark < UNIT_OTHER
			       ? (unsigned char)t->mark
			       : UNIT_MARK;
	e = t->len > 0 ? find(v, t->lower, t->len, false, NULL) : NULL;
	for (size_t len = t->len; e == NULL && len > 0; len--)
		if (v->prefixes[len] > 0)
			e = find(v, t->lower, len, true, NULL);
	return e != NULL ? (uint16_t)(UNIT_WORD + (e - v->list)) : UNIT_OTHER;
}

void
vocabulary_prefix(const struct vocabulary *v, const struct token *t,
	void (*visit)(uint16_t unit, void *ctx), void *ctx)
{
	uint16_t next = t->len > 0 ? v->first[(unsigned char)t->lower[0]] : 0;

	while (next != 0) {
		const struct entry *e = &v->list[next - 1];
		const char *word = v->bytes.ptr + e->at;

		/* Few have its last letter there. */
		if (e->len >= t->len &&
			word[t->len - 1] == t->lower[t->len - 1] &&
			memcmp(word, t->lower, t->len) == 0)
			visit((uint16_t)(UNIT_WORD + next - 1), ctx);
		next = e->next;
	}
}

size_t
vocabulary_end(const struct vocabulary *v)
{
	return UNIT_WORD + v->n;
}
