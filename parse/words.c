#include "words_table.h"

#include <ctype.h>

#define CLASS_WORDS   32 /* words of one class that are looked at */
#define ENDING_MAX    64 /* bytes of a heading that may be an ending */
#define MAIL_LINE_MAX ((size_t)300) /* bytes of a line of mail that tells */
#define LABEL_WORDS   3		    /* words of a label beside a date */
#define CONTACT_RUN   6		    /* words of a line that names a contact */
#define RUN_WORDS     8		    /* words of an entry of running text */
#define WALL_TEXT_MAX ((size_t)600) /* bytes of a paragraph of a wall */

static const char *const part_names[PARTS] = {
	[PART_HIDDEN] = "hidden",
	[PART_MENU] = "menu",
	[PART_NOTICE] = "notice",
	[PART_HEADER] = "header",
	[PART_FOOTER] = "footer",
	[PART_TEASER] = "teaser",
	[PART_COMMENT] = "comment",
	[PART_BYLINE] = "byline",
	[PART_DATELINE] = "dateline",
	[PART_LAYOUT] = "layout",
	[PART_PANEL] = "panel",
	[PART_BODY] = "body",
};

static const char *const dated_names[DATEDS] = {
	[DATED_JSONLD] = "json-ld",
	[DATED_META] = "meta",
	[DATED_TIME] = "time",
	[DATED_LABELLED] = "labelled",
	[DATED_SHOWN] = "shown",
	[DATED_BEGINS] = "dateline",
	[DATED_URL] = "url",
	[DATED_URL_MONTH] = "url-month",
	[DATED_SHOWN_BEFORE] = "shown-before",
	[DATED_SHOWN_ASIDE] = "shown-aside",
	[DATED_LABELLED_ELSEWHERE] = "labelled-elsewhere",
	[DATED_SHOWN_ELSEWHERE] = "shown-elsewhere",
	[DATED_TIME_ELSEWHERE] = "time-elsewhere",
	[DATED_SHOWN_OF_CHANGE] = "shown-of-change",
	[DATED_TIME_OF_CHANGE] = "time-of-change",
	[DATED_HINTED] = "hinted",
	[DATED_CHANGED_JSONLD] = "changed-json-ld",
	[DATED_CHANGED_META] = "changed-meta",
	[DATED_CHANGED_SHOWN] = "changed-shown",
	[DATED_CHANGED_TIME] = "changed-time",
	[DATED_CHANGED_ELSEWHERE] = "changed-elsewhere",
};

const struct entry *
table_find(const struct parse_words *w, enum table table, struct span key,
	uint32_t h)
{
	for (size_t at = (h ^ h >> 15) % TABLE;; at = (at + 1) % TABLE) {
		const struct entry *e = &w->table[at];

		if (e->len == 0)
			return e;
		if (e->len == key.len + 1 &&
			w->keys.ptr[e->key] == (char)table &&
			memcmp(w->keys.ptr + e->key + 1, key.ptr, key.len) == 0)
			return e;
	}
}

/* A word is a run of letters; "navBar" is two. */
static size_t
split_class(struct span class, char *lower, struct span *list)
{
	size_t n = 0;

	if (class.ptr == NULL)
		return 0;
	for (size_t at = 0; at < class.len && n < CLASS_WORDS;) {
		size_t start = at;

		while (at < class.len &&
			isalpha((unsigned char)class.ptr[at]) &&
			!(at > start && isupper((unsigned char)class.ptr[at]) &&
				islower((unsigned char)class.ptr[at - 1]))) {
			lower[at] = (char)(class.ptr[at] | 32);
			at++;
		}
		if (at > start)
			list[n++] = span_of(lower + start, at - start);
		else
			at++;
	}
	return n;
}

/* The longest entry that begins with list[0]; it ends in *last. */
static enum part
longest(const struct parse_words *w, const struct span *list, size_t n,
	struct span *last)
{
	char key[WORDS_LEN_MAX];
	uint32_t h = table_hash_start(TABLE_PARTS);
	size_t len = 0;
	enum part part = PART_NONE;

	for (size_t i = 0; i < n && i < WORDS_RUN_MAX; i++) {
		const struct entry *e;

		if (len + 1 + list[i].len > sizeof key)
			break;
		if (i > 0) {
			key[len++] = ' ';
			h = table_hash_byte(h, ' ');
		}
		memcpy(key + len, list[i].ptr, list[i].len);
		len += list[i].len;
		h = table_hash_span(h, list[i]);
		e = table_find(w, TABLE_PARTS, span_of(key, len), h);
		if (e->len == 0)
			break;
		if (e->value != PART_NONE) {
			part = (enum part)e->value;
			*last = list[i];
		}
	}
	return part;
}

const char *
words_part_name(enum part part)
{
	return part_names[part];
}

struct said
words_of_class(const struct parse_words *w, struct span class)
{
	struct said said = { 0, PART_NONE, { NULL, 0 } };
	struct span list[CLASS_WORDS], last;
	char lower[512];
	size_t n;

	if (class.len == 0)
		return said;
	n = split_class(span_sub(class, 0, sizeof lower), lower, list);
	for (size_t i = 0; i < n; i++) {
		enum part part = longest(w, list + i, n - i, &last);

		said.parts |= 1u << part;
		if (said.first == PART_NONE && part >= PART_MENU &&
			part <= PART_DATELINE) {
			said.first = part;
			said.word =
				span_sub(class, (size_t)(list[i].ptr - lower),
					(size_t)(last.ptr + last.len - lower));
		}
	}
	return said;
}

static const struct entry *
look_up_folded(const struct parse_words *w, enum table table, struct span key)
{
	const struct entry *e;

	if (key.len == 0)
		return NULL;
	e = table_find(
		w, table, key, table_hash_span(table_hash_start(table), key));
	return e->len > 0 ? e : NULL;
}

/* The entry for text as it is folded, or NULL. */
static const struct entry *
look_up(const struct parse_words *w, enum table table, struct span text)
{
	const struct entry *e = NULL;
	char plain[WORDS_LEN_MAX];
	struct buffer key;
	size_t n;

	n = text.len <= sizeof plain ? utf8_fold_ascii(text, plain) : SIZE_MAX;
	if (n != SIZE_MAX)
		return look_up_folded(w, table, span_of(plain, n));
	buffer_init(&key, WORDS_LEN_MAX);
	if (utf8_fold_name(text, &key) == OK)
		e = look_up_folded(w, table, buffer_span(&key));
	buffer_release(&key);
	return e;
}

bool
words_ending(const struct parse_words *w, struct span text, enum zone *zone)
{
	const char *bracket = memchr(text.ptr, '(', text.len);
	const struct entry *e;

	if (bracket != NULL)
		text.len = (size_t)(bracket - text.ptr);
	/* "3 comments", "Comments: 3" */
	while (text.len > 0 &&
		(isdigit((unsigned char)text.ptr[0]) || text.ptr[0] == ' '))
		text = span_sub(text, 1, text.len);
	while (text.len > 0 &&
		strchr(" :0123456789", text.ptr[text.len - 1]) != NULL)
		text.len--;
	if (text.len == 0 || text.len > ENDING_MAX)
		return false;
	e = look_up(w, TABLE_ENDINGS, text);
	if (e != NULL)
		*zone = (enum zone)e->value;
	return e != NULL;
}

/* Where the word of text that begins at `at` ends. */
static size_t
word_end(struct span text, size_t at)
{
	while (at < text.len && text.ptr[at] != ' ')
		at++;
	return at;
}

/* The longest label of up to so many words at text[*at], which is left behind
 * it, or behind a word: "mise à jour" is found as "mise à", and "date limite"
 * is none of publication. */
static enum date_label
label_at(const struct parse_words *w, struct span text, size_t *at)
{
	size_t end[LABEL_WORDS] = { text.len }, n = 0;
	const struct entry *e = NULL;

	for (size_t from = *at; n < LABEL_WORDS && from < text.len; n++) {
		end[n] = word_end(text, from);
		from = end[n] + 1;
	}
	while (e == NULL && n > 0)
		e = look_up(w, TABLE_LABELS, span_sub(text, *at, end[--n]));
	*at = end[n] + 1;
	return e != NULL ? (enum date_label)e->value : LABEL_NONE;
}

enum date_label
words_date_label(const struct parse_words *w, struct span text)
{
	enum date_label label = LABEL_NONE;

	for (size_t at = 0; at < text.len;) {
		enum date_label found = label_at(w, text, &at);

		if (found != LABEL_NONE && found != LABEL_SELF)
			label = found;
	}
	return label;
}

bool
words_about_page(const struct parse_words *w, struct span text)
{
	size_t at = 0;

	return text.len > 0 && label_at(w, text, &at) == LABEL_SELF;
}

const char *
words_dated_name(enum dated how)
{
	return dated_names[how];
}

int
words_date_weight(const struct parse_words *w, enum dated how)
{
	return w->weights[how];
}

static int
value_of(const struct entry *e, int none)
{
	return e != NULL ? e->value : none;
}

/* "w-published-date", "cXenseParse:recs:publishtime", "date-pub", "updated":
 * names that nobody lists. */
static enum meta_kind
meta_like_others(struct span name)
{
	if (span_ihas(name, "publi") ||
		(span_ihas(name, "pub") && span_ihas(name, "date")))
		return META_LIKE;
	return span_ihas(name, "modif") || span_ihas(name, "updat")
		       ? META_MODIFIED
		       : META_NONE;
}

enum meta_kind
words_meta(const struct parse_words *w, struct span name)
{
	enum meta_kind kind = (enum meta_kind)value_of(
		look_up(w, TABLE_METAS, name), META_NONE);

	return kind != META_NONE ? kind : meta_like_others(name);
}

enum byline_word
words_byline(const struct parse_words *w, struct span word)
{
	return (enum byline_word)value_of(
		look_up(w, TABLE_BYLINES, word), BYLINE_NONE);
}

/* An entry may begin with the first word of text, which is folded. */
static bool
may_begin(const struct parse_words *w, enum table table, struct span word)
{
	char plain[WORDS_LEN_MAX];
	size_t n = word.len <= sizeof plain ? utf8_fold_ascii(word, plain)
					    : SIZE_MAX;
	size_t bit;

	if (n == SIZE_MAX)
		return word.len <= sizeof plain;
	bit = table_first_bit(
		table_hash_span(table_hash_start(table), span_of(plain, n)));
	return (w->firsts[bit / 64] >> bit % 64 & 1) != 0;
}

enum contact_word
words_contact(const struct parse_words *w, struct span text, size_t *end)
{
	size_t ends[CONTACT_RUN], n = 0;
	const struct entry *e = NULL;
	const char *colon;

	if (text.ptr == NULL)
		return CONTACT_NONE;
	colon = memchr(text.ptr, ':',
		text.len < WORDS_LEN_MAX ? text.len : WORDS_LEN_MAX);
	if (colon != NULL)
		text.len = (size_t)(colon - text.ptr);
	if (text.len == 0 || !may_begin(w, TABLE_CONTACTS,
				     span_sub(text, 0, word_end(text, 0))))
		return CONTACT_NONE;
	for (size_t from = 0; n < CONTACT_RUN && from < text.len; n++) {
		ends[n] = word_end(text, from);
		from = ends[n] + 1;
	}
	while (e == NULL && n > 0)
		e = look_up(w, TABLE_CONTACTS, span_sub(text, 0, ends[--n]));
	if (e != NULL)
		*end = ends[n];
	return (enum contact_word)value_of(e, CONTACT_NONE);
}

/* The entry of the table that begins at text[at] and whose first word, which
 * ends at text[end), has hash h; or NULL. */
static const struct entry *
find_from(const struct parse_words *w, enum table table, struct span text,
	size_t at, size_t end, uint32_t h)
{
	for (size_t words = 1;; words++) {
		struct span key = span_sub(text, at, end);
		const struct entry *e;

		if (key.len == 0 || key.len >= WORDS_LEN_MAX)
			return NULL;
		e = table_find(w, table, key, h);
		if (e->len > 0)
			return e;
		if (end >= text.len || words == RUN_WORDS)
			return NULL;
		do
			h = table_hash_byte(h, text.ptr[end++]);
		while (end < text.len && text.ptr[end] != ' ');
	}
}

/* The entry of a table that stands anywhere in text, which is folded. */
static const struct entry *
find_run(const struct parse_words *w, enum table table, struct span text)
{
	for (size_t at = 0, end; at < text.len; at = end + 1) {
		uint32_t h = table_hash_start(table);
		const struct entry *e = NULL;
		size_t bit;

		for (end = at; end < text.len && text.ptr[end] != ' '; end++)
			h = table_hash_byte(h, text.ptr[end]);
		bit = table_first_bit(h);
		if ((w->firsts[bit / 64] >> bit % 64 & 1) != 0)
			e = find_from(w, table, text, at, end, h);
		if (e != NULL)
			return e;
	}
	return NULL;
}

/* The same of any text that is not longer than max. */
static const struct entry *
find_in(const struct parse_words *w, enum table table, struct span text,
	size_t max)
{
	const struct entry *e = NULL;
	char plain[WALL_TEXT_MAX];
	struct buffer folded;
	size_t n;

	if (text.len > max)
		return NULL;
	n = text.len <= sizeof plain ? utf8_fold_ascii(text, plain) : SIZE_MAX;
	if (n != SIZE_MAX)
		return find_run(w, table, span_of(plain, n));
	buffer_init(&folded, 4 * max);
	if (utf8_fold_name(text, &folded) == OK)
		e = find_run(w, table, buffer_span(&folded));
	buffer_release(&folded);
	return e;
}

bool
words_mail(const struct parse_words *w, struct span text, enum zone *zone)
{
	const struct entry *e = find_in(w, TABLE_MAIL, text, MAIL_LINE_MAX);

	if (e != NULL)
		*zone = (enum zone)e->value;
	return e != NULL;
}

enum wall
words_wall(const struct parse_words *w, struct span text)
{
	return (enum wall)value_of(
		find_in(w, TABLE_WALLS, text, WALL_TEXT_MAX), WALL_NONE);
}

enum wall
words_wall_title(const struct parse_words *w, struct span text)
{
	return (enum wall)value_of(
		look_up(w, TABLE_WALL_TITLES, text), WALL_NONE);
}

bool
words_consent(const struct parse_words *w, struct span text)
{
	return find_in(w, TABLE_CONSENT, text, text.len) != NULL;
}

bool
words_shell(const struct parse_words *w, struct span id)
{
	return look_up(w, TABLE_SHELLS, id) != NULL;
}

int
words_month(const struct parse_words *w, struct span name)
{
	return value_of(look_up(w, TABLE_MONTHS, name), 0);
}

unsigned
words_languages(const struct parse_words *w, struct span word)
{
	return (unsigned)value_of(look_up(w, TABLE_LANGUAGES, word), 0);
}

const char *
words_language_name(const struct parse_words *w, unsigned i)
{
	return i < w->nlanguages ? w->languages[i] : NULL;
}

const struct forest *
words_forest(const struct parse_words *w)
{
	return w->forest;
}
