/* The days that a page declares of itself. */
#include "head.h"

#include <ctype.h>

#include "stamp.h"

#define NAME_MAX_SHOWN 40 /* bytes of a meta's name in what is told of it */

struct finder {
	const struct head *head;
	const struct html *html;
	struct arena *a;
	struct dates *out;
};

static void
add(const struct finder *f, enum dated how, struct span text, const char *from)
{
	struct civil day;

	if (stamp_day(f->html->words, text, f->html->zone, &day))
		dates_add(f->out, how, day, text, from);
}

/* "meta article:published_time", or NULL without memory. */
static const char *
name_of_meta(const struct finder *f, enum dated how, size_t m)
{
	struct span name =
		span_sub(head_meta_name(f->head, m), 0, NAME_MAX_SHOWN);

	name.len = utf8_valid_prefix(name);
	return arena_printf(f->a, "%s %.*s", words_dated_name(how),
		(int)name.len, name.ptr);
}

/* The metas of one kind, which give a day in that way. */
static enum error_code
days_of_metas(const struct finder *f, const enum meta_kind *kinds,
	enum meta_kind kind, enum dated how)
{
	for (size_t m = 0; m < f->head->nmetas; m++) {
		const char *from;

		if (kinds[m] != kind)
			continue;
		from = name_of_meta(f, how, m);
		if (from == NULL)
			return ERR_NOMEM;
		add(f, how,
			tree_attr(
				f->head->tree, f->head->metas[m], ATTR_CONTENT),
			from);
	}
	return OK;
}

static enum error_code
metas(const struct finder *f)
{
	/* What is surer first: of equals the first is taken. */
	static const struct {
		enum meta_kind kind;
		enum dated how;
	} order[] = {
		{ META_PUBLISHED, DATED_META },
		{ META_DATED, DATED_META },
		{ META_LIKE, DATED_META },
		{ META_HINT, DATED_HINTED },
		{ META_MODIFIED, DATED_CHANGED_META },
	};
	enum meta_kind kinds[HEAD_METAS_MAX];
	enum error_code code = OK;

	for (size_t m = 0; m < f->head->nmetas; m++)
		kinds[m] =
			words_meta(f->html->words, head_meta_name(f->head, m));
	for (size_t i = 0; code == OK && i < sizeof order / sizeof *order; i++)
		code = days_of_metas(f, kinds, order[i].kind, order[i].how);
	return code;
}

/* Of a teaser or a comment: that is the time of others. */
static bool
is_of_others(const struct tree *t, uint32_t i)
{
	for (; i != TREE_NONE; i = t->nodes[i].parent)
		if (t->nodes[i].part == PART_TEASER ||
			t->nodes[i].part == PART_COMMENT)
			return true;
	return false;
}

/* <time class="updated">, itemprop=dateModified */
static bool
is_of_change(const struct tree *t, uint32_t i)
{
	return span_ieq_str(tree_attr(t, i, ATTR_ITEMPROP), "dateModified") ||
	       span_ends_with(tree_attr(t, i, ATTR_PROPERTY), "dateModified") ||
	       span_eq_str(tree_attr(t, i, ATTR_CLASS), "updated");
}

/* "2024-02-14T09:00" */
static bool
is_iso(struct span text)
{
	return text.len >= 10 && isdigit((unsigned char)text.ptr[0]) &&
	       text.ptr[4] == '-' && text.ptr[7] == '-';
}

/*
 * The day of an element.  *hint: it is there for scripts, or is written as
 * people do in what is shown when one points at it.
 */
static bool
day_of(const struct finder *f, uint32_t i, struct civil *day, struct span *text,
	bool *hint)
{
	static const enum attribute by[] = { ATTR_DATETIME, ATTR_CONTENT,
		ATTR_TITLE, ATTR_DATA_DATE };
	const struct tree *t = f->head->tree;
	const struct parse_words *w = f->html->words;

	for (size_t k = 0; k < sizeof by / sizeof *by; k++) {
		*text = tree_attr(t, i, by[k]);
		*hint = t->nodes[i].tag != TAG_TIME &&
			(by[k] == ATTR_DATA_DATE ||
				(by[k] == ATTR_TITLE && !is_iso(*text)));
		if (by[k] == ATTR_TITLE && *hint
				? pubdate_at(w, *text, NULL, day, NULL)
				: stamp_day(w, *text, f->html->zone, day))
			return true;
	}
	return false;
}

/* <time> and its like: the first behind the title is most likely the page's. */
static void
times(const struct finder *f)
{
	const struct tree *t = f->head->tree;
	uint32_t heading = f->head->heading;
	bool first = true;

	for (size_t i = 0; i < f->head->ntimes; i++) {
		uint32_t at = f->head->times[i];
		enum dated how = DATED_TIME_ELSEWHERE;
		struct civil day;
		struct span text;
		bool hint;

		if (is_of_others(t, at) || !day_of(f, at, &day, &text, &hint))
			continue;
		if (is_of_change(t, at)) {
			how = DATED_CHANGED_TIME;
		} else if (hint) {
			how = DATED_HINTED;
		} else if (first && (heading == TREE_NONE || at > heading)) {
			how = DATED_TIME;
			first = false;
		}
		dates_add(f->out, how, day, text, words_dated_name(how));
	}
}

enum error_code
declared_days(const struct head *h, const struct html *html, struct arena *a,
	struct dates *out)
{
	const struct finder f = { h, html, a, out };
	enum error_code code;

	add(&f, DATED_JSONLD, h->json.published, "json-ld datePublished");
	code = metas(&f);
	add(&f, DATED_CHANGED_JSONLD, h->json.modified,
		"changed-json-ld dateModified");
	add(&f, DATED_HINTED, h->json.created, "hinted json-ld dateCreated");
	times(&f);
	return code;
}
