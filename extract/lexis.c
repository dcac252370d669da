#include "lexis.h"

#include <stdlib.h>

#define CHUNK	     512	       /* forms taken from the arena at once */
#define LINE	     64		       /* bytes of the processor's cache */
#define SLOTS_MIN    ((size_t)1 << 12) /* a power of two */
#define ATOM_BYTES   4 /* of text for each atom, at least as a rule */
#define LANGUAGE_MAX 8 /* bytes of a language's code, its NUL included */
#define TMP_BYTES    ((size_t)64 << 10)

struct form_slot {
	uint32_t hash;
	uint32_t form; /* index + 1 */
};

struct lexis {
	struct arena *arena; /* of forms and all that is known of them */
	struct form *chunks[LEXIS_FORMS_MAX / CHUNK];
	size_t nforms;
	struct form_slot *slots; /* two for each form, or more */
	size_t nslots;
	const struct word_table *tables[WORDS_TABLES];
	size_t ntables;
	char languages[LEXIS_LANGUAGES][LANGUAGE_MAX];
	size_t nlanguages, language; /* of the document */
	struct buffer tmp;
};

struct lexis *
lexis_new(void)
{
	struct lexis *x = calloc(1, sizeof *x);

	if (x == NULL)
		return NULL;
	buffer_init(&x->tmp, TMP_BYTES);
	x->arena = arena_new(LEXIS_BYTES_MAX);
	x->nslots = SLOTS_MIN;
	x->slots = calloc(x->nslots, sizeof *x->slots);
	if (x->arena == NULL || x->slots == NULL) {
		lexis_free(x);
		return NULL;
	}
	return x;
}

void
lexis_free(struct lexis *x)
{
	if (x == NULL)
		return;
	buffer_release(&x->tmp);
	arena_free(x->arena);
	free(x->slots);
	free(x);
}

void
lexis_mark(struct lexis *x, const struct word_table *t)
{
	if (t->number > 0 && x->ntables < WORDS_TABLES)
		x->tables[x->ntables++] = t;
}

void *
lexis_alloc(struct lexis *x, size_t size)
{
	return arena_alloc(x->arena, size);
}

struct buffer *
lexis_tmp(struct lexis *x)
{
	return &x->tmp;
}

static void
forget(struct lexis *x)
{
	memset(x->slots, 0, x->nslots * sizeof *x->slots);
	x->nforms = x->nlanguages = 0;
	arena_reset(x->arena);
}

/* The document's language gets its number; false: there are too many. */
static bool
set_language(struct lexis *x, const char *code)
{
	const char *name = code != NULL ? code : "";

	if (strlen(name) >= LANGUAGE_MAX)
		return false;
	for (size_t i = 0; i < x->nlanguages; i++)
		if (strcmp(x->languages[i], name) == 0) {
			x->language = i;
			return true;
		}
	if (x->nlanguages == LEXIS_LANGUAGES)
		return false;
	memcpy(x->languages[x->nlanguages], name, strlen(name) + 1);
	x->language = x->nlanguages++;
	return true;
}

/* Eight bytes a step: no file has this hash. */
static uint32_t
hash_of(struct span s)
{
	const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
	const char *p = s.ptr;
	size_t n = s.len;
	uint64_t h = n * k, v = 0;

	for (; n > 8; n -= 8, p += 8) {
		memcpy(&v, p, 8);
		h = (h ^ v) * k;
		h ^= h >> 32;
	}
	v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	h = (h ^ v) * k;
	return (uint32_t)(h >> 32);
}

static uint64_t
head_of(struct span s)
{
	uint64_t head = 0;

	memcpy(&head, s.ptr, s.len < sizeof head ? s.len : sizeof head);
	return head;
}

/* What the form is by its letters, and as a word of the tables. */
static bool
fill(struct lexis *x, struct form *f, struct span text)
{
	char *copy = arena_strndup(x->arena, text.ptr, text.len);
	struct word w;
	bool rest = true;
	uint32_t cp = 0;

	if (copy == NULL || !words_fill(&w, text, x->arena, &x->tmp))
		return false;
	*f = (struct form){ .head = head_of(text),
		.text = copy,
		.len = (uint16_t)text.len,
		.fold = w.fold,
		.digits = w.digits,
		.hash = w.hash,
		.ndigits = w.ndigits,
		.accented = w.accented };
	(void)utf8_decode(text, 0, &cp); /* a word has a character */
	f->letter = utf8_is_letter(cp);
	f->capital = utf8_is_upper(cp);
	for (size_t at = 0, len = 0; at < text.len && rest; at += len) {
		len = utf8_decode(text, at, &cp);
		rest = len > 0 && utf8_is_digit(cp);
	}
	f->whole = f->letter || rest;
	return true;
}

/* The memo of a language that did not ask last. */
struct memo_kept {
	struct word_memo memo;
	struct memo_kept *next;
};

/* The memo for the document's language comes to the front. */
static bool
turn_memo(struct lexis *x, struct form *f, const struct word *w)
{
	const char *language = x->languages[x->language];
	const uint8_t number = (uint8_t)(x->language + 1);
	struct memo_kept *k = f->kept;
	struct word_memo memo = { .language = number };

	if (f->memo.language != 0) {
		while (k != NULL && k->memo.language != number)
			k = k->next;
		if (k != NULL) {
			memo = k->memo;
			k->memo = f->memo;
			f->memo = memo;
			return true;
		}
		k = arena_alloc(x->arena, sizeof *k);
		if (k == NULL)
			return false;
		*k = (struct memo_kept){ f->memo, f->kept };
		f->kept = k;
	}
	for (size_t i = 0; i < WORDS_TABLES; i++)
		memo.rows[i] = -1;
	for (size_t i = 0; i < x->ntables; i++)
		words_remember(x->tables[i], w,
			language[0] != '\0' ? language : NULL, &memo);
	f->memo = memo;
	return true;
}

struct word
lexis_word(struct lexis *x, struct form *f)
{
	struct word w = { .fold = f->fold,
		.digits = f->digits,
		.hash = f->hash,
		.ndigits = f->ndigits,
		.accented = f->accented };

	if (f->memo.language == x->language + 1 || turn_memo(x, f, &w))
		w.memo = &f->memo;
	return w;
}

static struct form *
form_at(const struct lexis *x, size_t i)
{
	return &x->chunks[i / CHUNK][i % CHUNK];
}

/* Forms begin with a line of the cache. */
static bool
add_chunk(struct lexis *x)
{
	char *p = arena_alloc(x->arena, CHUNK * sizeof(struct form) + LINE);

	if (p == NULL)
		return false;
	p += LINE - (uintptr_t)p % LINE;
	x->chunks[x->nforms / CHUNK] = (struct form *)(void *)p;
	return true;
}

/* The slot of a form that is not there yet. */
static struct form_slot *
free_slot(const struct lexis *x, uint32_t hash)
{
	size_t at = hash & (x->nslots - 1);

	while (x->slots[at].form != 0)
		at = (at + 1) & (x->nslots - 1);
	return &x->slots[at];
}

static bool
double_slots(struct lexis *x)
{
	struct form_slot *old = x->slots;
	const size_t n = x->nslots;

	x->slots = calloc(2 * n, sizeof *x->slots);
	if (x->slots == NULL) {
		x->slots = old;
		return false;
	}
	x->nslots = 2 * n;
	for (size_t i = 0; i < n; i++)
		if (old[i].form != 0)
			*free_slot(x, old[i].hash) = old[i];
	free(old);
	return true;
}

struct form *
lexis_form(struct lexis *x, struct span word)
{
	const uint32_t hash = hash_of(word);
	const uint64_t head = head_of(word);
	size_t at = hash & (x->nslots - 1);
	struct form *f;

	for (; x->slots[at].form != 0; at = (at + 1) & (x->nslots - 1)) {
		if (x->slots[at].hash != hash)
			continue;
		f = form_at(x, x->slots[at].form - 1);
		if (f->head == head && f->len == word.len &&
			(word.len <= sizeof head ||
				memcmp(f->text, word.ptr, word.len) == 0))
			return f;
	}
	if (x->nforms == LEXIS_FORMS_MAX || word.len == 0 ||
		word.len > LEXIS_FORM_MAX ||
		(2 * x->nforms >= x->nslots && !double_slots(x)) ||
		(x->nforms % CHUNK == 0 && !add_chunk(x)))
		return NULL;
	f = form_at(x, x->nforms);
	if (!fill(x, f, word))
		return NULL;
	*free_slot(x, hash) = (struct form_slot){ hash, (uint32_t)++x->nforms };
	return f;
}

enum byte_class { MARK, WORD, HIGH, SPACE, CONTROL };

static enum byte_class
class_of(unsigned char c)
{
	if (c >= 0x80)
		return HIGH;
	if ((unsigned char)((c | 0x20) - 'a') < 26 ||
		(unsigned char)(c - '0') < 10)
		return WORD;
	return c > ' ' ? MARK : c == ' ' ? SPACE : CONTROL;
}

/* The character at text[at], which is not ASCII. */
static enum byte_class
class_of_high(struct span text, size_t at, size_t *len, uint32_t *cp)
{
	*len = utf8_decode(text, at, cp);
	if (*len == 0 || utf8_is_space(*cp))
		return CONTROL;
	return utf8_is_letter(*cp) || utf8_is_digit(*cp) ? WORD : MARK;
}

/* End of the word that goes on at text[at]. */
static size_t
word_end(struct span text, size_t at, size_t end)
{
	uint32_t cp;
	size_t len;

	for (; at < end; at += len) {
		enum byte_class c = class_of((unsigned char)text.ptr[at]);

		len = 1;
		if (c == HIGH)
			c = class_of_high(text, at, &len, &cp);
		if (c != WORD)
			break;
	}
	return at;
}

/* Atoms being read. */
struct reading {
	struct lexis *lexis;
	struct arena *arena;
	struct span text;
	struct atom *list;
	size_t n, cap;
};

/* The atoms of text[at, end); false: it is to be read from the text. */
static bool
read_part(struct reading *r, size_t at, size_t end)
{
	bool space = false;

	while (at < end) {
		struct atom a = { .start = (uint32_t)at, .space = space };
		unsigned char byte = (unsigned char)r->text.ptr[at];
		enum byte_class c = class_of(byte);
		size_t len = 1;

		space = c == SPACE;
		if (space) {
			at++;
			continue;
		}
		a.mark = byte;
		if (c == HIGH)
			c = class_of_high(r->text, at, &len, &a.mark);
		if (c == CONTROL)
			return false;
		at += len;
		if (c == WORD) {
			at = word_end(r->text, at, end);
			a.mark = 0;
			a.form = lexis_form(
				r->lexis, span_sub(r->text, a.start, at));
			if (a.form == NULL)
				return false;
		}
		a.end = (uint32_t)at;
		r->list = arena_grow(
			r->arena, r->list, r->n, &r->cap, sizeof *r->list);
		if (r->list == NULL)
			return false;
		r->list[r->n++] = a;
	}
	return true;
}

/* The sentences of a block, in order, get their part of its atoms; one that
 * was cut in a word gets none. */
static void
part_sentences(struct scan *s, size_t *t, uint32_t block)
{
	const struct atoms *all = &s->blocks[block];
	size_t i = 0;

	for (; *t < s->nsentences && s->sentences[*t].block == block; ++*t) {
		struct sentence *in = &s->sentences[*t];
		size_t first;

		while (i < all->n && all->list[i].end <= in->start)
			i++;
		first = i;
		while (i < all->n && all->list[i].end <= in->end)
			i++;
		if (all->list == NULL ||
			(first < all->n &&
				all->list[first].start < in->start) ||
			(i < all->n && all->list[i].start < in->end))
			continue;
		in->atoms.list = all->list + first;
		in->atoms.n = i - first;
	}
}

void
lexis_read(struct lexis *x, struct scan *s)
{
	const struct document *doc = s->doc;
	struct reading r = { .lexis = x, .arena = s->arena, .text = doc->text };
	size_t t = 0;

	if (x->nforms > LEXIS_FORMS_OLD)
		forget(x);
	if (!set_language(x, doc->language)) {
		forget(x);
		if (!set_language(x, doc->language))
			return;
	}
	s->lexis = x;
	s->blocks = arena_array(s->arena, doc->nblocks + 1, sizeof *s->blocks);
	r.cap = doc->text.len / ATOM_BYTES + 1;
	r.list = arena_room(s->arena, r.cap, sizeof *r.list);
	if (s->blocks == NULL || r.list == NULL)
		return;
	for (uint32_t b = 0; b < doc->nblocks && r.list != NULL; b++) {
		const size_t first = r.n;

		if (read_part(&r, doc->blocks[b].start, doc->blocks[b].end))
			s->blocks[b] =
				(struct atoms){ r.list + first, r.n - first };
		else
			r.n = first;
		part_sentences(s, &t, b);
	}
}
