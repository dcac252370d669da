/* What a claim says, in few words. */
#include "flat.h"

/* How a bound is said before its number; exact needs no word. */
static const struct {
	enum bound bound;
	const char *before;
} bounds[] = {
	{ BOUND_AT_LEAST, "at least " },
	{ BOUND_MORE_THAN, "more than " },
	{ BOUND_APPROX, "about " },
	{ BOUND_AT_MOST, "at most " },
	{ BOUND_LESS_THAN, "less than " },
};

const char *
flat_about(const struct flat_claim *c)
{
	const char *const names[] = { c->subject, c->person, c->organisation,
		c->event, c->place };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (names[i] != NULL)
			return names[i];
	}
	return "";
}

/* Append a part with its preposition, a space before it if need be. */
static void
add(struct buffer *out, size_t begin, const char *before, const char *words)
{
	if (words == NULL)
		return;
	if (out->len > begin)
		buffer_add_char(out, ' ');
	buffer_add_str(out, before);
	buffer_add_str(out, words);
}

static void
add_count(const struct flat_claim *c, size_t begin, struct buffer *out)
{
	if (c->count < 0)
		return;
	add(out, begin, "", "");
	for (size_t i = 0; c->bound && i < sizeof bounds / sizeof *bounds; i++)
		if (span_eq_str(
			    span_str(c->bound), bound_name(bounds[i].bound)))
			buffer_add_str(out, bounds[i].before);
	buffer_printf(out, "%lld", (long long)c->count);
}

static void
add_countries(const struct flat_claim *c, const char *before, size_t begin,
	struct buffer *out)
{
	if (c->countries < 0)
		return;
	add(out, begin, before, "");
	buffer_printf(out, "%lld %s", (long long)c->countries,
		c->countries == 1 ? "country" : "countries");
}

static void
add_ordinal(const struct flat_claim *c, size_t begin, struct buffer *out)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	int64_t last = c->ordinal % 10, teens = c->ordinal / 10 % 10;

	if (c->ordinal < 0)
		return;
	add(out, begin, "", "");
	buffer_printf(out, "%lld%s", (long long)c->ordinal,
		ends[teens != 1 && last < 4 ? last : 0]);
}

static void
add_exclusivity(const struct flat_claim *c, size_t begin, struct buffer *out)
{
	if (c->count < 0 && c->ordinal < 0)
		add(out, begin, "", "only");
	add_count(c, begin, out);
	add_ordinal(c, begin, out);
	add(out, begin, "", c->unit);
	add(out, begin, "in ", c->scope != NULL ? c->scope : c->place);
}

/* The parts other than the one that stands in the subject's place. */
static void
add_names(const struct flat_claim *c, const char *subject, size_t begin,
	struct buffer *out)
{
	if (c->event != subject)
		add(out, begin, "", c->event);
	if (c->person != subject)
		add(out, begin, "", c->person);
	if (c->person != NULL && c->person != subject && c->role != NULL)
		buffer_add_char(out, ',');
	add(out, begin, "", c->role);
	if (c->organisation != subject)
		add(out, begin, c->kind == CLAIM_NOMINATION ? "by " : "of ",
			c->organisation);
	if (c->place != subject)
		add(out, begin, "in ", c->place);
}

void
flat_value(const struct flat_claim *c, const char *subject, struct buffer *out)
{
	size_t begin = out->len;

	if (c->kind == CLAIM_EXCLUSIVITY) {
		add_exclusivity(c, begin, out);
		return;
	}
	add_ordinal(c, begin, out);
	add_count(c, begin, out);
	if (c->count >= 0)
		add(out, begin, "", c->unit);
	add_countries(c, c->kind == CLAIM_NETWORK_TOTAL ? "in " : "from ",
		begin, out);
	if (c->scope != NULL) {
		add(out, begin, "(", c->scope);
		buffer_add_char(out, ')');
	}
	add_names(c, subject, begin, out);
}
