#include "contact_line.h"

#include <ctype.h>

#include "authors.h"

#define DIGITS_MIN 6 /* of a number that a word announces */
#define DIGITS_OWN 8 /* of one that nothing does */
#define DIGITS_MAX 16
#define PIECE_MAX  64 /* pieces of a line */

/* What parts the pieces of a line. */
static bool
is_break(struct span s, size_t at, size_t *len)
{
	static const char *const breaks[] = { ",", ";", "|", ":", "(", ")",
		" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", "\xe2\x80\xa2",
		"\xc2\xb7", " / " };

	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
		if (span_starts_with(span_sub(s, at, s.len), breaks[i])) {
			*len = strlen(breaks[i]);
			return true;
		}
	return false;
}

static bool
is_of_address(unsigned char c)
{
	return isalnum(c) || strchr("._%+-", c) != NULL || c >= 0x80;
}

/* The address around text[at] == '@', or the empty span. */
static struct span
address_at(struct span text, size_t at)
{
	size_t from = at, to = at + 1, dot = SIZE_MAX;

	while (from > 0 && is_of_address((unsigned char)text.ptr[from - 1]))
		from--;
	while (to < text.len && (isalnum((unsigned char)text.ptr[to]) ||
					strchr(".-", text.ptr[to]) != NULL ||
					(unsigned char)text.ptr[to] >= 0x80))
		to++;
	while (to > at + 1 && strchr(".-", text.ptr[to - 1]) != NULL)
		to--;
	for (size_t i = at + 1; i < to; i++)
		if (text.ptr[i] == '.')
			dot = i;
	return from < at && dot != SIZE_MAX && dot > at + 1 && dot + 2 < to
		       ? span_sub(text, from, to)
		       : span_of(NULL, 0);
}

static struct span
find_address(struct span text)
{
	for (size_t at = 0; at < text.len; at++)
		if (text.ptr[at] == '@') {
			struct span found = address_at(text, at);

			if (found.len > 0)
				return found;
		}
	return span_of(NULL, 0);
}

/* The label that the words in front of text[at] end with: "Tel.", "Fax:". */
static enum contact_word
label_before(const struct parse_words *w, struct span text, size_t at)
{
	size_t from, ignored;

	while (at > 0 && strchr(" :.(+", text.ptr[at - 1]) != NULL)
		at--;
	for (from = at; from > 0 && text.ptr[from - 1] != ' ' &&
			strchr(",;|(", text.ptr[from - 1]) == NULL;)
		from--;
	return from == at
		       ? CONTACT_NONE
		       : words_contact(w, span_sub(text, from, at), &ignored);
}

/* Digits and what stands between them. */
static size_t
number_end(struct span text, size_t at, size_t *digits)
{
	size_t end = at;

	*digits = 0;
	for (size_t i = at; i < text.len; i++) {
		if (isdigit((unsigned char)text.ptr[i])) {
			++*digits;
			end = i + 1;
		} else if (strchr("+ ()/.-", text.ptr[i]) == NULL ||
			   i > end + 3) {
			break;
		}
	}
	return end;
}

/* "14.02.2024", "01/02/2024": two short groups and a year. */
static bool
is_date(struct span number)
{
	size_t groups = 1, last = 0;

	for (size_t i = 0; i < number.len; i++) {
		if (isdigit((unsigned char)number.ptr[i])) {
			last++;
		} else {
			groups++;
			last = 0;
		}
	}
	return groups == 3 && last == 4 && number.len <= 10;
}

static struct span
find_number(const struct parse_words *w, struct span text)
{
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		enum contact_word label;
		struct span number;
		size_t digits;

		end = at;
		if (!isdigit((unsigned char)text.ptr[at]) &&
			strchr("+(", text.ptr[at]) == NULL)
			continue;
		end = number_end(text, at, &digits);
		if (digits == 0) {
			end = at;
			continue;
		}
		number = span_sub(text, at, end);
		label = label_before(w, text, at);
		if (digits > DIGITS_MAX || label == CONTACT_FAX ||
			is_date(number))
			continue;
		if (label == CONTACT_PHONE
				? digits >= DIGITS_MIN
				: digits >= DIGITS_OWN &&
					  strchr("+(0", text.ptr[at]))
			return number;
	}
	return span_of(NULL, 0);
}

/* No word of it is one of an office or of such a line. */
static bool
is_person(const struct parse_words *w, struct span name)
{
	struct span rest = name, word;
	size_t ignored;

	while (span_split(&rest, ' ', &word))
		if (words_contact(w, word, &ignored) != CONTACT_NONE)
			return false;
	return true;
}

/* The person that piece names from its beginning, or behind "please contact".
 * whole: it is nothing but that. */
static struct span
find_person(const struct parse_words *w, struct span piece)
{
	struct span name = authors_name(w, piece);
	size_t behind;

	if (name.len == piece.len && is_person(w, name))
		return name;
	for (size_t at = 0; at < piece.len;) {
		struct span rest = span_sub(piece, at, piece.len);
		enum contact_word said = words_contact(w, rest, &behind);

		if (said == CONTACT_ASK || said == CONTACT_ANYBODY) {
			name = authors_name(
				w, span_trim(span_sub(rest, behind, rest.len)));
			if (name.len > 0 && is_person(w, name))
				return name;
		}
		while (at < piece.len && piece.ptr[at] != ' ')
			at++;
		at++;
	}
	return span_of(NULL, 0);
}

static struct span
find_name(const struct parse_words *w, struct span text)
{
	size_t from = 0, pieces = 0;

	for (size_t at = 0, len = 0; at <= text.len && pieces < PIECE_MAX;
		at++) {
		struct span name;

		if (at < text.len && !is_break(text, at, &len))
			continue;
		name = span_trim(span_sub(text, from, at));
		if (span_ends_with(name, "."))
			name.len--;
		name = find_person(w, name);
		if (name.len > 0)
			return name;
		from = at + len;
		pieces++;
	}
	return span_of(NULL, 0);
}

void
contact_line_read(
	const struct parse_words *w, struct span text, struct contact_line *out)
{
	out->email = find_address(text);
	out->phone = find_number(w, text);
	out->name = find_name(w, text);
}

void
contact_line_links(const struct tree *tree, const struct blocks *b, size_t i,
	uint32_t max, struct contact_line *out)
{
	uint32_t from = b->reasons[i].node, to;

	if (from >= tree->n)
		return;
	to = i + 1 < b->n && b->reasons[i + 1].node > from
		     ? b->reasons[i + 1].node
		     : tree->nodes[from].end;
	if (to > tree->n)
		to = tree->n;
	for (uint32_t k = from; k < to && k < from + max; k++) {
		struct span href =
			tree->nodes[k].tag == TAG_A
				? span_trim(tree_attr(tree, k, ATTR_HREF))
				: span_of(NULL, 0);
		const char *query =
			href.len > 0 ? memchr(href.ptr, '?', href.len) : NULL;

		if (query != NULL)
			href.len = (size_t)(query - href.ptr);
		if (span_istarts_with(href, "mailto:") && out->email.len == 0)
			out->email = find_address(
				span_sub(href, strlen("mailto:"), href.len));
		else if (span_istarts_with(href, "tel:") && out->phone.len == 0)
			out->phone = span_sub(href, strlen("tel:"), href.len);
	}
}
