#include "authors.h"

#include <ctype.h>

#include "heading.h"
#include "line.h"
#include "pubdate.h"

#define NEAR_BEHIND 12	/* blocks behind the title with "By A. Writer" */
#define NEAR_BEFORE 6	/* blocks in front of it */
#define BARE_BEHIND 6	/* blocks behind it that are nothing but a name */
#define LINE_BYTES  160 /* longer than that is a paragraph of text */
#define NAME_WORDS  6	/* most words of one name */
#define BARE_WORDS  4	/* and of one that nothing announces */
#define SAME	    80	/* per cent: the same name */

struct names {
	struct span list[AUTHORS_MAX];
	size_t n;
};

/* The word at *at, spaces in front of it skipped; *at is left behind it. */
static struct span
next_word(struct span t, size_t *at)
{
	size_t start;

	while (*at < t.len && t.ptr[*at] == ' ')
		++*at;
	start = *at;
	while (*at < t.len && t.ptr[*at] != ' ')
		++*at;
	return span_sub(t, start, *at);
}

static bool
is_capital(struct span word)
{
	uint32_t cp;

	return utf8_decode(word, 0, &cp) > 0 && utf8_is_upper(cp);
}

/* What a word says once the marks around it are off. */
static enum byline_word
meaning(const struct parse_words *w, struct span word)
{
	while (word.len > 0 && ispunct((unsigned char)word.ptr[word.len - 1]))
		word.len--;
	return words_byline(w, word);
}

/* A name may go on with this word; or it is a mark, a date, a role. */
static bool
may_be_name(const struct parse_words *w, struct span word)
{
	enum byline_word said = meaning(w, word);

	/* An initial is no article. */
	if (word.len == 2 && word.ptr[1] == '.' && is_capital(word))
		return true;
	if (word.len == 0 || !is_capital(word) ||
		(said != BYLINE_NONE && said != BYLINE_PARTICLE &&
			said != BYLINE_AND) ||
		words_month(w, word) != 0)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (isdigit((unsigned char)word.ptr[i]) ||
			strchr("|/:@#!?$%", word.ptr[i]) != NULL)
			return false;
	return true;
}

/* The name at text[*at]; *at is left behind it. */
static struct span
read_name(const struct parse_words *w, struct span text, size_t *at)
{
	size_t start = SIZE_MAX, end = *at, words = 0;

	for (size_t next = *at; words < NAME_WORDS;) {
		struct span word = next_word(text, &next);
		bool ends;

		if (words > 0 && meaning(w, word) == BYLINE_PARTICLE) {
			words++;
			continue;
		}
		if (!may_be_name(w, word))
			break;
		if (start == SIZE_MAX)
			start = (size_t)(word.ptr - text.ptr);
		words++;
		ends = strchr(",;", word.ptr[word.len - 1]) != NULL;
		end = next - ends;
		if (ends)
			break;
	}
	*at = end;
	return start == SIZE_MAX ? span_of(NULL, 0)
				 : span_sub(text, start, end);
}

/* Names, between them commas and "and"; *at is left behind the last. */
static void
read_names(const struct parse_words *w, struct span text, size_t *at,
	struct names *out)
{
	out->n = 0;
	while (out->n < AUTHORS_MAX) {
		size_t next = *at, behind;
		struct span name;

		while (next < text.len && strchr(" ,;&", text.ptr[next]))
			next++;
		behind = next;
		if (out->n > 0 &&
			meaning(w, next_word(text, &behind)) == BYLINE_AND)
			next = behind;
		name = read_name(w, text, &next);
		/* "A. Writer, PhD": behind a comma one word is a title. */
		if (name.len == 0 ||
			(out->n > 0 && memchr(name.ptr, ' ', name.len) == NULL))
			return;
		out->list[out->n++] = name;
		*at = next;
		if (*at < text.len && !strchr(" ,;&", text.ptr[*at]))
			return;
	}
}

/* "By A and B", "Posted 3 May by A", "Author: A" somewhere in a line. */
static bool
announced(const struct parse_words *w, struct span text, struct names *out)
{
	enum byline_word before = BYLINE_NONE;
	size_t labels = 0; /* words in front */

	for (size_t at = 0; at < text.len;) {
		struct span word = next_word(text, &at);
		enum byline_word said = meaning(w, word);
		size_t start = at;

		if (said == BYLINE_BY && before != BYLINE_OTHER) {
			read_names(w, text, &start, out);
			/* Further on, "by Accelerate" may be anything. */
			if (out->n > 0 &&
				(labels <= 1 || memchr(out->list[0].ptr, ' ',
							out->list[0].len)))
				return true;
		}
		before = said;
		labels++;
	}
	return false;
}

/* A line that is nothing but names of two words and more. */
static bool
is_bare(const struct parse_words *w, struct span text, struct names *out)
{
	size_t at = 0;

	read_names(w, text, &at, out);
	if (out->n == 0 || span_trim(span_sub(text, at, text.len)).len > 0)
		return false;
	for (size_t i = 0; i < out->n; i++) {
		size_t words = 0;

		for (size_t k = 0; k < out->list[i].len;) {
			words += meaning(w, next_word(out->list[i], &k)) !=
				 BYLINE_PARTICLE;
		}
		if (words < 2 || words > BARE_WORDS)
			return false;
	}
	return true;
}

static bool
has_date(const struct parse_words *w, const struct blocks *b, size_t i)
{
	struct civil day;
	size_t start, end;
	struct span text;

	if (i >= b->n)
		return false;
	text = blocks_text(b, &b->list[i]);
	return text.len <= LINE_BYTES &&
	       pubdate_find(w, text, NULL, &day, &start, &end);
}

static bool
is_line(const struct blocks *b, size_t i, struct span *text)
{
	const struct block *k = &b->list[i];

	*text = blocks_text(b, k);
	return text->len <= LINE_BYTES && k->zone != ZONE_COMMENT &&
	       k->zone != ZONE_TITLE && k->type != BLOCK_CAPTION;
}

/* The line of names for the title at block title. */
static bool
find_line(const struct parse_words *w, const struct blocks *b, size_t title,
	struct names *out)
{
	size_t from = title > NEAR_BEFORE ? title - NEAR_BEFORE : 0;
	struct span text;

	for (size_t i = title + 1; i < b->n && i <= title + NEAR_BEHIND; i++)
		if (is_line(b, i, &text) && announced(w, text, out))
			return true;
	for (size_t i = title; i-- > from;)
		if (is_line(b, i, &text) && announced(w, text, out))
			return true;
	for (size_t i = title + 1; i < b->n && i <= title + BARE_BEHIND; i++)
		if (is_line(b, i, &text) &&
			(b->list[i].type == BLOCK_BYLINE ||
				has_date(w, b, i + 1) ||
				has_date(w, b, i - 1)) &&
			is_bare(w, text, out))
			return true;
	for (size_t i = title; i-- > from;)
		if (is_line(b, i, &text) && b->list[i].type == BLOCK_BYLINE &&
			is_bare(w, text, out))
			return true;
	return false;
}

/* Without a mark behind it; "Jr." and "M.D." keep theirs. */
static struct span
without_end(struct span name)
{
	static const char *const marks[] = { "\xe2\x80\xa2", "\xc2\xb7", ",",
		";", "|", "-", " " };
	size_t word;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		while (span_ends_with(name, marks[i])) {
			name.len -= strlen(marks[i]);
			i = 0;
		}
	for (word = name.len; word > 0 && name.ptr[word - 1] != ' ';)
		word--;
	if (span_ends_with(name, ".") && name.len - word > 4 &&
		memchr(name.ptr + word, '.', name.len - word - 1) == NULL)
		name.len--;
	return name;
}

static enum error_code
add(struct document *doc, struct span name, struct arena *a)
{
	if (doc->authors == NULL)
		doc->authors =
			arena_array(a, AUTHORS_MAX, sizeof *doc->authors);
	if (doc->authors == NULL)
		return ERR_NOMEM;
	name = without_end(name);
	/* Once is enough, also with a role behind it. */
	for (size_t i = 0; i < doc->nauthors; i++)
		if (span_starts_with(name, doc->authors[i]))
			return OK;
	if (doc->nauthors == AUTHORS_MAX || name.len == 0)
		return OK;
	doc->authors[doc->nauthors] = line_fold(name, a);
	return doc->authors[doc->nauthors++] != NULL ? OK : ERR_NOMEM;
}

/* "By A. Writer", "'A. Writer'" */
static struct span
without_label(const struct parse_words *w, struct span name)
{
	for (;;) {
		size_t at = 0;
		struct span word;

		name = span_trim(name);
		while (name.len > 1 && strchr("\"':-", name.ptr[0]) != NULL)
			name = span_sub(name, 1, name.len);
		while (name.len > 1 &&
			strchr("\"',;", name.ptr[name.len - 1]) != NULL)
			name.len--;
		word = next_word(name, &at);
		if (meaning(w, word) == BYLINE_BY && at < name.len)
			name = span_sub(name, at, name.len);
		else if (span_ieq_str(word, "written") && at < name.len)
			name = span_sub(name, at, name.len);
		else
			return name;
	}
}

static bool
is_nobody(const struct parse_words *w, struct span name)
{
	size_t at = 0, letters = 0, next;
	uint32_t cp;

	if (name.len == 0 || name.len > AUTHOR_MAX ||
		span_find(name, 0, span_str("://")) != SIZE_MAX ||
		(memchr(name.ptr, ' ', name.len) == NULL &&
			meaning(w, next_word(name, &at)) == BYLINE_NOBODY))
		return true;
	at = 0;
	/* "page.head.extra.author", "262588213843476" */
	for (at = 0; (next = utf8_decode(name, at, &cp)) > 0; at += next)
		letters += utf8_is_letter(cp);
	return letters < 2 || (memchr(name.ptr, ' ', name.len) == NULL &&
				      memchr(name.ptr, '.', name.len) != NULL &&
				      islower((unsigned char)name.ptr[0]));
}

static bool
is_site(const struct document *doc, struct span name)
{
	return doc->site != NULL &&
	       titles_likeness(name, span_str(doc->site)) >= SAME;
}

enum error_code
authors_declare(const struct parse_words *w, struct span name, struct arena *a,
	struct document *doc)
{
	const char *comma;

	name = without_label(w, name);
	if (doc->site != NULL)
		name = title_without_site(name, span_str(doc->site));
	comma = memchr(name.ptr != NULL ? name.ptr : "", ',', name.len);
	/* "A. Writer, The Daily" */
	if (comma != NULL &&
		is_site(doc,
			span_trim(span_sub(name, (size_t)(comma - name.ptr) + 1,
				name.len))))
		name.len = (size_t)(comma - name.ptr);
	name = span_trim(name);
	return is_nobody(w, name) ? OK : add(doc, name, a);
}

enum error_code
authors_read(const struct parse_words *w, const struct blocks *b,
	struct arena *a, struct document *doc)
{
	struct names names = { .n = 0 };
	size_t title = 0;
	enum error_code code = OK;
	bool replace = true;

	while (title < b->n && b->list[title].zone != ZONE_TITLE)
		title++;
	for (size_t i = 0; title == b->n && i < b->n; i++)
		if (b->list[i].zone == ZONE_BODY)
			title = i > 0 ? i - 1 : 0;
	if (title == b->n || !find_line(w, b, title, &names))
		return OK;
	for (size_t i = 0; i < doc->nauthors; i++)
		if (!is_site(doc, span_str(doc->authors[i])))
			replace = false;
	/* Beside one author that is declared, the line names the others. */
	if (!replace && (doc->nauthors > 1 ||
				span_find(names.list[0], 0,
					span_str(doc->authors[0])) == SIZE_MAX))
		return OK;
	if (replace)
		doc->nauthors = 0;
	for (size_t i = 0; i < names.n && code == OK; i++)
		code = add(doc, names.list[i], a);
	return code;
}

struct span
authors_name(const struct parse_words *w, struct span text)
{
	size_t at = 0, words = 0;
	struct span name = without_end(read_name(w, text, &at));

	for (size_t k = 0; k < name.len;)
		words += meaning(w, next_word(name, &k)) != BYLINE_PARTICLE;
	return words >= 2 && words <= BARE_WORDS ? name : span_of(NULL, 0);
}
