#include "dates.h"

#define LISTED 3 /* so many lines with a date are a list of other pages */

void
dates_reset(struct dates *d)
{
	d->n = 0;
	d->month.year = d->url_month.year = 0;
	d->english = d->american = false;
	d->order = ORDER_UNKNOWN;
	d->fetched_at = 0;
}

static bool
same_day(struct civil a, struct civil b)
{
	return civil_to_days(a) == civil_to_days(b);
}

void
dates_add(struct dates *d, enum dated how, struct civil day, struct span text,
	const char *from)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].how == how && same_day(d->list[i].day, day))
			return;
	if (d->n < DATES_MAX)
		d->list[d->n++] = (struct dated_day){
			.day = day,
			.how = how,
			.from = from,
			.either = pubdate_is_either(text),
			.dotted = text.len > 0 &&
				  memchr(text.ptr, '.', text.len) != NULL,
		};
}

/* Dots hardly ever part a month from the day behind it, but in English. */
static bool
is_open(const struct dates *d, const struct dated_day *c)
{
	return c->either && (d->english || !c->dotted);
}

static bool
is_said_otherwise(const struct dates *d, struct civil day)
{
	for (size_t i = 0; i < d->n; i++)
		if (!is_open(d, &d->list[i]) && same_day(d->list[i].day, day))
			return true;
	return false;
}

/* Later than the page was fetched, wherever that was. */
static bool
is_future(const struct dates *d, struct civil day)
{
	return d->fetched_at > 0 &&
	       civil_to_days(day) > d->fetched_at / DATES_A_DAY + 1;
}

/* False where nothing tells in which order c, day first so far, is meant. */
static bool
settle_day(const struct dates *d, struct dated_day *c)
{
	struct civil swapped = c->day;

	swapped.day = c->day.month;
	swapped.month = c->day.day;
	if (!is_open(d, c) || is_said_otherwise(d, c->day))
		return true;
	if (is_said_otherwise(d, swapped)) {
		c->day = swapped;
		return true;
	}
	if (!d->english || c->dotted)
		return true;
	if (is_future(d, c->day) || is_future(d, swapped)) {
		if (is_future(d, c->day))
			c->day = swapped;
		return !is_future(d, c->day);
	}
	if (d->order == ORDER_MONTH)
		c->day = swapped;
	return d->order != ORDER_UNKNOWN;
}

/* Read what may be either as the rest of the page says. */
static void
settle_order(struct dates *d)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct dated_day c = d->list[i];

		if (settle_day(d, &c))
			d->list[kept++] = c;
	}
	d->n = kept;
}

static bool
has(const struct dates *d, enum dated how, struct civil day)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].how == how && same_day(d->list[i].day, day))
			return true;
	return false;
}

/* What the page itself calls the day of its last change. */
static bool
is_declared_change(const struct dates *d, struct civil day)
{
	return has(d, DATED_CHANGED_JSONLD, day) ||
	       has(d, DATED_CHANGED_META, day) ||
	       has(d, DATED_CHANGED_TIME, day);
}

static bool
declares_another(const struct dates *d, struct civil day)
{
	bool any = false;

	for (size_t i = 0; i < d->n; i++)
		any = any || d->list[i].how == DATED_JSONLD ||
		      d->list[i].how == DATED_META;
	return any && !has(d, DATED_JSONLD, day) && !has(d, DATED_META, day);
}

/* "Updated <time>": the label beside it says what the element does not.  And
 * of a day without a label the rest of the page may say what it is. */
static enum dated
kind_of(const struct dates *d, const struct dated_day *c)
{
	bool time = c->how == DATED_TIME || c->how == DATED_TIME_ELSEWHERE;

	if (time && has(d, DATED_CHANGED_SHOWN, c->day))
		return DATED_CHANGED_TIME;
	if ((c->how != DATED_TIME && c->how != DATED_SHOWN &&
		    c->how != DATED_SHOWN_BEFORE) ||
		!is_declared_change(d, c->day) || !declares_another(d, c->day))
		return c->how;
	return time ? DATED_TIME_OF_CHANGE : DATED_SHOWN_OF_CHANGE;
}

/* Say of each day what the others tell of it; many lines with dates are those
 * of other pages. */
static void
settle_kinds(struct dates *d)
{
	struct dates said = *d;
	size_t lines = 0;

	for (size_t i = 0; i < d->n; i++)
		lines += d->list[i].how == DATED_SHOWN_ELSEWHERE;
	d->n = 0;
	for (size_t i = 0; i < said.n; i++) {
		struct dated_day c = said.list[i];
		enum dated how = kind_of(&said, &c);

		if (how == DATED_SHOWN_ELSEWHERE && lines > LISTED)
			continue;
		if (how != c.how)
			c.from = words_dated_name(how);
		c.how = how;
		d->list[d->n++] = c;
	}
}

static bool
is_change(enum dated how)
{
	return how >= DATED_CHANGED_JSONLD;
}

/* "/2024/02/" speaks for each day of that month. */
static bool
is_of_url(const struct dates *d, struct civil day)
{
	return day.year == d->url_month.year && day.month == d->url_month.month;
}

/* Of the ways that give the same day as list[at]. */
static int
weigh(const struct parse_words *w, const struct dates *d, size_t at)
{
	int weight = 0;

	for (size_t i = 0; i < d->n; i++)
		if (same_day(d->list[i].day, d->list[at].day))
			weight += words_date_weight(w, d->list[i].how);
	if (is_of_url(d, d->list[at].day))
		weight += words_date_weight(w, DATED_URL_MONTH);
	return weight;
}

/* The heaviest of the days of publication, or of change; DATES_MAX: none. */
static size_t
heaviest(const struct parse_words *w, const struct dates *d, bool change)
{
	size_t best = DATES_MAX;
	int most = 0;

	for (size_t i = 0; i < d->n; i++) {
		int weight = weigh(w, d, i);

		if (is_change(d->list[i].how) != change ||
			(best < DATES_MAX && weight <= most))
			continue;
		best = i;
		most = weight;
	}
	return best;
}

/* A stamp of machines, a day off the URL's: that day in another time zone. */
static size_t
in_local_time(const struct dates *d, size_t published)
{
	enum dated how =
		published < DATES_MAX ? d->list[published].how : DATEDS;

	if (how != DATED_JSONLD && how != DATED_META && how != DATED_TIME)
		return published;
	for (size_t i = 0; i < d->n; i++) {
		int64_t off = civil_to_days(d->list[i].day) -
			      civil_to_days(d->list[published].day);

		if (d->list[i].how == DATED_URL && (off == 1 || off == -1))
			return i;
	}
	return published;
}

/* The month that is shown or that the URL names, as a day of its own; or
 * DATES_MAX. */
static size_t
month_of(struct dates *d)
{
	bool shown = d->month.year > 0;

	if (d->n == DATES_MAX || (!shown && d->url_month.year == 0))
		return DATES_MAX;
	d->list[d->n] = (struct dated_day){
		.day = shown ? d->month : d->url_month,
		.how = shown ? DATED_SHOWN : DATED_URL_MONTH,
		.from = words_dated_name(shown ? DATED_SHOWN : DATED_URL_MONTH),
	};
	return d->n++;
}

static enum error_code
set(struct doc_date *out, const struct dated_day *c, struct arena *a)
{
	struct edtf value = { .start = c->day };
	char edtf[EDTF_MAX];

	edtf_format(&value, edtf);
	out->edtf = arena_strdup(a, edtf);
	out->basis = BASIS_EXPLICIT;
	out->from = c->from;
	return out->edtf != NULL ? OK : ERR_NOMEM;
}

enum error_code
dates_choose(const struct parse_words *w, struct dates *d, struct arena *a,
	struct document *doc)
{
	size_t published, modified;
	enum error_code code = OK;

	settle_order(d);
	settle_kinds(d);
	published = in_local_time(d, heaviest(w, d, false));
	modified = heaviest(w, d, true);
	/* A day that nothing speaks for is not rather that of publication. */
	if (published < DATES_MAX && modified < DATES_MAX &&
		weigh(w, d, published) == 0)
		published = DATES_MAX;
	if (published == DATES_MAX &&
		(modified == DATES_MAX || !is_of_url(d, d->list[modified].day)))
		published = month_of(d);
	if (d->n == 0)
		return OK;
	doc->dates = arena_array(a, d->n, sizeof *doc->dates);
	if (doc->dates == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < d->n && code == OK; i++)
		code = set(&doc->dates[doc->ndates++], &d->list[i], a);
	if (code != OK)
		return code;
	if (modified < DATES_MAX)
		doc->modified = doc->dates[modified];
	if (published < DATES_MAX) {
		doc->published = doc->dates[published];
	} else {
		doc->published = doc->modified;
		doc->published.basis = BASIS_COMPUTED;
	}
	return OK;
}
