/* The links that are words: value, mentions, quotation. */
#include <inttypes.h>
#include <string.h>

#include "chain.h"
#include "words.h"

#define VALUE_MAX   ((size_t)64 << 10) /* bytes of a value in words */
#define MENTION_MAX 120		       /* columns of a mention's words shown */
#define ELLIPSIS    "\xE2\x80\xA6"

static void
say_name(struct chain *c, const char *what, const char *name, const char *id,
	const char *country)
{
	if (name == NULL && id == NULL)
		return;
	chain_say(c, LINK_VALUE, "%s: %s%s%s%s%s%s", what,
		name != NULL ? name : id, country != NULL ? " (" : "",
		country != NULL ? country : "", country != NULL ? ")" : "",
		name != NULL && id != NULL ? ", " : "",
		name != NULL && id != NULL ? id : "");
}

void
chain_value(struct chain *c, const struct explanation *x)
{
	const struct flat_claim *f = &x->flat;
	struct buffer value;

	buffer_init(&value, VALUE_MAX);
	words_value(f, &value);
	if (value.len > 0)
		chain_say(c, LINK_VALUE, "%s: %s", claim_kind_name(f->kind),
			value.ptr);
	else
		chain_say(c, LINK_VALUE, "%s", claim_kind_name(f->kind));
	c->failed |= value.code == ERR_NOMEM;
	buffer_release(&value);
	say_name(c, "subject", f->subject, f->subject_id, f->subject_country);
	say_name(c, "network", f->network_name, f->network, NULL);
	say_name(c, "place", f->place, NULL, f->place_country);
	say_name(c, "person", f->person, NULL, NULL);
	say_name(c, "organisation", f->organisation, NULL, NULL);
	if (f->date != NULL)
		chain_say(c, LINK_VALUE, "date: %s (%s)", f->date,
			f->date_basis != NULL ? f->date_basis : "no basis");
	chain_say(c, LINK_VALUE, "%s, in the %s of the page",
		polarity_name(f->polarity), zone_name(f->zone));
	say_name(c, "said by", f->attributed_to, NULL, NULL);
	if (f->kind != x->claim.kind || f->status != x->claim.status)
		chain_break(c, LINK_VALUE, "the claim itself says %s %s",
			claim_kind_name(x->claim.kind),
			status_name(x->claim.status));
}

/* [start, end) is in the text and cuts no character in two. */
static bool
inside(struct span text, uint32_t start, uint32_t end)
{
	return start <= end && end <= text.len && utf8_boundary(text, start) &&
	       utf8_boundary(text, end);
}

/* What a mention was understood as, in a; NULL without memory. */
static const char *
normal_form(const struct mention *m, struct arena *a)
{
	const char *name, *id;

	switch (mention_form(m->type)) {
	case FORM_PLACE:
		name = m->place.name, id = m->place.id;
		return arena_printf(a, "%s%s%s%s%s", name != NULL ? name : "?",
			m->place.country != NULL ? ", " : "",
			m->place.country != NULL ? m->place.country : "",
			id != NULL ? ", " : "", id != NULL ? id : "");
	case FORM_COUNT:
		return arena_printf(a, "%" PRId64 ", %s, %s%s%s", m->count.n,
			bound_name(m->count.bound),
			count_class_name(m->count.class),
			m->count.unit != NULL ? " " : "",
			m->count.unit != NULL ? m->count.unit : "");
	case FORM_DATE:
		return arena_printf(a, "%s (%s)",
			m->date.edtf != NULL ? m->date.edtf : "?",
			date_basis_name(m->date.basis));
	case FORM_NAME:
		break;
	}
	name = m->name.name, id = m->name.id;
	return arena_printf(a, "%s%s%s", name != NULL ? name : "?",
		id != NULL ? ", " : "", id != NULL ? id : "");
}

/* Where a mention stands to the quoted words. */
static const char *
position(const struct mention *m, const struct claim *claim, struct arena *a)
{
	if (m->end <= claim->start && m->start < claim->start)
		return arena_printf(a, "%" PRIu32 " bytes before the words",
			claim->start - m->end);
	if (m->start >= claim->end && m->end > claim->end)
		return arena_printf(a, "%" PRIu32 " bytes behind the words",
			m->start - claim->end);
	return "in the words";
}

static void
verify_mention(struct chain *c, const struct explanation *x, enum slot slot,
	const struct mention *m)
{
	struct span text = x->document.text, words;
	const char *form = normal_form(m, c->arena);
	const char *where = position(m, &x->claim, c->arena);
	size_t shown;

	if (form == NULL || where == NULL) {
		c->failed = true;
		return;
	}
	if (!inside(text, m->start, m->end)) {
		chain_break(c, LINK_MENTIONS,
			"%s: [%" PRIu32 ",%" PRIu32 ") is not in the text or "
			"cuts a character",
			slot_name(slot), m->start, m->end);
		return;
	}
	words = span_sub(text, m->start, m->end);
	shown = escape_prefix(words, MENTION_MAX);
	chain_say(c, LINK_MENTIONS,
		"%s: \"%.*s%s\" at [%" PRIu32 ",%" PRIu32 "), %s: %s; %s",
		slot_name(slot), (int)shown, words.ptr,
		shown < words.len ? ELLIPSIS : "", m->start, m->end,
		mention_type_name(m->type), form, where);
	/* The ledger may keep the offsets alone. */
	if (m->text.ptr != NULL && !span_eq(m->text, words))
		chain_break(c, LINK_MENTIONS,
			"%s: the words were \"%.*s\" when they were read",
			slot_name(slot),
			(int)escape_prefix(m->text, MENTION_MAX), m->text.ptr);
}

void
chain_mentions(struct chain *c, const struct explanation *x)
{
	if (x->damage != NULL)
		chain_break(c, LINK_MENTIONS, "%s", x->damage);
	for (size_t i = 0; i < x->claim.nargs; i++) {
		const struct claim_arg *arg = &x->claim.args[i];
		const char *slot = slot_name(arg->slot);

		if (arg->mention >= 0 &&
			(size_t)arg->mention < x->extraction.nmentions) {
			verify_mention(c, x, arg->slot,
				&x->extraction.mentions[arg->mention]);
			if (arg->basis != NULL)
				chain_say(c, LINK_MENTIONS,
					"%s: not in the words; basis %s", slot,
					arg->basis);
			continue;
		}
		if (arg->mention >= 0) {
			chain_break(c, LINK_MENTIONS,
				"%s: there is no mention %" PRId32, slot,
				arg->mention);
			continue;
		}
		chain_say(c, LINK_MENTIONS, "%s: %s, without words; basis %s",
			slot, arg->value != NULL ? arg->value : "nothing",
			arg->basis != NULL ? arg->basis : "none");
		if (arg->value == NULL || arg->basis == NULL)
			chain_break(c, LINK_MENTIONS,
				"%s: has neither words nor a basis", slot);
	}
	if (x->claim.nargs == 0)
		chain_say(c, LINK_MENTIONS, "none");
}

/* The last characters of s, at most CHAIN_CONTEXT_MAX. */
static struct span
last_part(struct span s)
{
	size_t at = s.len;

	for (size_t n = 0; at > 0 && n < CHAIN_CONTEXT_MAX; n++) {
		at--;
		while (at > 0 && !utf8_boundary(s, at))
			at--;
	}
	return span_sub(s, at, s.len);
}

/* A line of the text whose part [start, end) is quoted; what stands beside
 * it is cut. */
static void
quote_line(struct chain *c, struct span line, size_t start, size_t end)
{
	struct span before = span_sub(line, 0, start);
	struct span words = span_sub(line, start, end);
	struct span behind = span_sub(line, end, line.len);
	struct span head = last_part(before);
	struct span tail =
		span_sub(behind, 0, escape_prefix(behind, CHAIN_CONTEXT_MAX));
	const char *open = head.len < before.len ? ELLIPSIS : "";
	const char *close = tail.len < behind.len ? ELLIPSIS : "";
	size_t mark = strlen(open) + head.len;
	size_t len = mark + words.len + tail.len + strlen(close);
	char *p = arena_alloc(c->arena, len + 1), *to = p;

	if (p == NULL) {
		c->failed = true;
		return;
	}
	to = mempcpy(to, open, strlen(open));
	to = mempcpy(to, head.ptr, head.len);
	to = mempcpy(to, words.ptr, words.len);
	to = mempcpy(to, tail.ptr, tail.len);
	memcpy(to, close, strlen(close));
	chain_quote(c, LINK_WORDS, span_of(p, len), mark, mark + words.len);
}

static size_t
line_begin(struct span text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(struct span text, size_t at)
{
	while (at < text.len && text.ptr[at] != '\n')
		at++;
	return at;
}

/* The line before and the line behind that are not empty, and all between,
 * with the claim's words marked. */
static void
quote(struct chain *c, struct span text, size_t start, size_t end)
{
	size_t first = line_begin(text, start), last = line_end(text, end);
	size_t before = first, behind = last, at, stop;

	while (before > 0 && text.ptr[before - 1] == '\n')
		before--;
	before = line_begin(text, before);
	while (behind < text.len && text.ptr[behind] == '\n')
		behind++;
	behind = line_end(text, behind);
	for (at = before; at <= behind && at <= text.len; at = stop + 1) {
		struct span line;
		size_t from = start > at ? start - at : 0, to;

		stop = line_end(text, at);
		line = span_sub(text, at, stop);
		to = end > at ? end - at : 0;
		from = from < line.len ? from : line.len;
		to = to < line.len ? to : line.len;
		if (line.len > 0)
			quote_line(c, line, to > from ? from : 0,
				to > from ? to : 0);
	}
}

bool
chain_has_words(const struct explanation *x)
{
	return x->claim.start < x->claim.end &&
	       inside(x->document.text, x->claim.start, x->claim.end);
}

void
chain_words(struct chain *c, const struct explanation *x)
{
	const struct claim *claim = &x->claim;
	struct span text = x->document.text;

	chain_say(c, LINK_WORDS, "bytes [%" PRIu32 ",%" PRIu32 ") of the text",
		claim->start, claim->end);
	if (chain_has_words(x))
		quote(c, text, claim->start, claim->end);
	else
		chain_break(c, LINK_WORDS,
			"[%" PRIu32 ",%" PRIu32 ") is empty, not in the text "
			"or cuts a character",
			claim->start, claim->end);
}
