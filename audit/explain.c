#include "audit.h"

#include <string.h>

#include "chain.h"
#include "facts.h"
#include "object.h"
#include "output.h"
#include "selector.h"
#include "words.h"

#define MARKS		  4		      /* columns of "[[" and "]]" */
#define EXPLAIN_ARENA_MAX ((size_t)256 << 20) /* a text, a body, mentions */

struct explain {
	struct store *store;
	const struct audit_options *opt;
	const char *fact; /* id, or NULL */
	struct chain_archive archive;
	struct arena *arena; /* of one claim */
	struct buffer out;
	int side;   /* of the fact */
	int digits; /* of an id that tell it from others */
	int broken;
};

static void
color(struct explain *v, const char *sequence)
{
	if (v->opt->color)
		buffer_add_str(&v->out, sequence);
}

/* Text as lines of the terminal's width, each behind `indent`. */
static void
add_lines(struct explain *v, const char *indent, const struct chain_line *l,
	bool hard)
{
	const size_t width = (size_t)v->opt->width;
	const size_t taken = strlen(indent) + (v->opt->color ? 0 : MARKS);
	const size_t room = width > taken ? width - taken : SIZE_MAX;
	size_t at = 0, end;

	do {
		struct span rest = span_sub(l->text, at, l->text.len);
		size_t from, to;

		end = at + escape_break(rest, room, hard);
		from = l->mark < at ? at : l->mark < end ? l->mark : end;
		to = l->mark_end < from	 ? from
		     : l->mark_end < end ? l->mark_end
					 : end;
		buffer_add_str(&v->out, indent);
		escape_line(span_sub(l->text, at, from), &v->out);
		if (to > from) {
			buffer_add_str(
				&v->out, v->opt->color ? COLOR_BOLD : "[[");
			escape_line(span_sub(l->text, from, to), &v->out);
			buffer_add_str(
				&v->out, v->opt->color ? COLOR_END : "]]");
		}
		escape_line(span_sub(l->text, to, end), &v->out);
		buffer_add_char(&v->out, '\n');
		at = end;
		if (at < l->text.len && l->text.ptr[at] == ' ')
			at++;
	} while (at < l->text.len);
}

static void
add_link(struct explain *v, const struct chain *c, enum chain_link link)
{
	const struct link_state *s = &c->links[link];
	bool ok = s->nreasons == 0;

	buffer_printf(&v->out, "  %-10s", chain_link_name(link));
	color(v, ok ? COLOR_GOOD : COLOR_BAD);
	buffer_add_str(&v->out, ok ? "OK" : "BROKEN");
	color(v, COLOR_END);
	buffer_add_char(&v->out, '\n');
	for (size_t i = 0; i < s->nreasons; i++) {
		buffer_add_str(&v->out, "    broken: ");
		escape_line(span_str(s->reasons[i]), &v->out);
		buffer_add_char(&v->out, '\n');
	}
	for (size_t i = 0; i < s->nlines; i++) {
		/* The first line of the words says where they are; the others
		 * are the page's, behind a bar so that none imitates a link. */
		bool quoted = link == LINK_WORDS && i > 0;

		add_lines(v, quoted ? "    | " : "    ", &s->lines[i], quoted);
	}
}

/* A part of a heading behind what parts it from the one before. */
static void
add_part(struct explain *v, const char *before, const char *part)
{
	if (part == NULL || *part == '\0')
		return;
	buffer_add_str(&v->out, before);
	escape_line(span_str(part), &v->out);
}

/* "Graz: joined, UNESCO Global Network of Learning Cities, 2024-02-14" */
static enum error_code
add_heading(struct explain *v, const struct flat_claim *f, struct error *err)
{
	struct buffer value;
	const char *subject = flat_about(f);
	enum error_code code;

	buffer_init(&value, OUTPUT_LINE_MAX);
	words_value(f, &value);
	color(v, COLOR_BOLD);
	add_part(v, "", *subject != '\0' ? subject : claim_kind_name(f->kind));
	add_part(v, ": ", value.ptr);
	add_part(v, ", ",
		f->network_name != NULL ? f->network_name : f->network);
	add_part(v, ", ", f->date);
	color(v, COLOR_END);
	buffer_printf(&v->out, "\n  %-10s%s\n", "claim", f->id);
	code = buffer_error(&value, err, "a heading");
	buffer_release(&value);
	return code;
}

/* What to look for in the page: "before [[words]] behind". */
static enum error_code
add_quote(struct explain *v, const struct explanation *x, struct error *err)
{
	struct chain_line line;
	struct selector s;
	struct buffer text;
	enum error_code code;

	if (!chain_has_words(x))
		return OK;
	code = selector_make(x->document.text, x->claim.start, x->claim.end,
		v->arena, &s, err);
	if (code != OK)
		return code;
	buffer_init(&text, OUTPUT_LINE_MAX);
	buffer_add_span(&text, s.prefix);
	buffer_add_span(&text, s.exact);
	buffer_add_span(&text, s.suffix);
	line = (struct chain_line){ buffer_span(&text), s.prefix.len,
		s.prefix.len + s.exact.len };
	code = buffer_error(&text, err, "a quotation");
	buffer_add_str(&v->out, "  in page\n");
	if (code == OK)
		add_lines(v, "    | ", &line, true);
	buffer_release(&text);
	return code;
}

static enum error_code
add_text(struct explain *v, const struct explanation *x, const struct chain *c,
	struct error *err)
{
	enum error_code code = add_heading(v, &x->flat, err);

	if (code == OK)
		code = add_quote(v, x, err);
	for (int i = 0; i < CHAIN_LINKS; i++)
		add_link(v, c, (enum chain_link)i);
	return code;
}

static void
add_detail(struct explain *v, const struct link_state *s)
{
	struct buffer *b = &v->out;

	object_key(b, "detail");
	buffer_add_char(b, '[');
	for (size_t i = 0; i < s->nlines; i++) {
		if (i > 0)
			buffer_add_char(b, ',');
		escape_json(s->lines[i].text, b);
	}
	buffer_add_char(b, ']');
}

/* The target of a Web Annotation; null if the words are not in the text. */
static enum error_code
add_target(struct explain *v, const struct explanation *x, struct error *err)
{
	struct buffer *b = &v->out;
	struct selector s;
	enum error_code code;

	object_key(b, "target");
	if (!chain_has_words(x)) {
		buffer_add_str(b, "null");
		return OK;
	}
	code = selector_make(x->document.text, x->claim.start, x->claim.end,
		v->arena, &s, err);
	if (code != OK)
		return code;
	object_open(b);
	object_str(b, "source", x->document.url);
	object_key(b, "selector");
	object_open(b);
	object_str(b, "type", "TextQuoteSelector");
	object_key(b, "exact");
	escape_json(s.exact, b);
	object_key(b, "prefix");
	escape_json(s.prefix, b);
	object_key(b, "suffix");
	escape_json(s.suffix, b);
	object_close(b);
	object_close(b);
	return OK;
}

static enum error_code
add_json(struct explain *v, const struct explanation *x, const struct chain *c,
	struct error *err)
{
	struct buffer *b = &v->out;
	enum error_code code;

	object_open(b);
	object_str(b, "id", x->claim.id);
	if (v->fact != NULL)
		object_str(b, "fact", v->fact);
	object_key(b, "claim");
	code = flat_encode(&x->flat, b, err);
	if (code != OK)
		return code;
	b->ptr[--b->len] = '\0'; /* its line feed */
	code = add_target(v, x, err);
	if (code != OK)
		return code;
	object_key(b, "links");
	buffer_add_char(b, '[');
	for (int i = 0; i < CHAIN_LINKS; i++) {
		const struct link_state *s = &c->links[i];

		if (i > 0)
			buffer_add_char(b, ',');
		object_open(b);
		object_str(b, "link", chain_link_name((enum chain_link)i));
		object_bool(b, "ok", s->nreasons == 0);
		add_detail(v, s);
		object_strings(b, "reasons", s->reasons, s->nreasons);
		object_close(b);
	}
	buffer_add_char(b, ']');
	object_int(b, "broken", chain_broken(c));
	object_close(b);
	buffer_add_char(b, '\n');
	return OK;
}

static enum error_code
explain_claim(struct explain *v, const char *id, struct error *err)
{
	struct explanation x;
	struct chain c;
	enum error_code code;

	arena_reset(v->arena);
	code = store_explain(v->store, id, v->arena, &x, err);
	if (code == OK)
		code = chain_verify(&x, &v->archive, v->arena, &c, err);
	if (code != OK)
		return code;
	v->broken += chain_broken(&c);
	code = v->opt->format == AUDIT_JSON ? add_json(v, &x, &c, err)
					    : add_text(v, &x, &c, err);
	return code == OK ? output_buffer(v->opt->out, &v->out, err) : code;
}

/* What a claim makes of a membership: 1 in, -1 out, 0 neither. */
static int
side(enum claim_kind kind, enum polarity p, enum status status)
{
	enum status_group group = status_group(status);
	int in = group == GROUP_IN ? 1 : group == GROUP_OUT ? -1 : 0;

	if (kind != CLAIM_MEMBERSHIP)
		in = 1;
	return p == POLARITY_ASSERTED ? in : p == POLARITY_NEGATED ? -in : 0;
}

/* store_facts() has no filter for an id; a ledger has few facts. */
static enum error_code
print_if_it(const struct fact *f, void *ctx, struct error *err)
{
	struct explain *v = ctx;
	struct buffer words;
	enum error_code code;

	if (!span_eq_str(span_str(f->id), v->fact))
		return OK;
	buffer_init(&words, OUTPUT_LINE_MAX);
	color(v, COLOR_BOLD);
	add_part(v, "",
		f->subject != NULL ? f->subject : claim_kind_name(f->kind));
	fact_value(f, &words);
	add_part(v, ": ", words.ptr);
	add_part(v, ", ",
		f->network_name != NULL ? f->network_name : f->network);
	buffer_reset(&words);
	fact_period(f, &words);
	add_part(v, ", ", words.len > 0 ? words.ptr : NULL);
	color(v, COLOR_END);
	buffer_printf(&v->out, "\n  %-10s%s\n  %-10s%s%s\n", "fact", f->id,
		"kind", claim_kind_name(f->kind),
		f->candidate ? ", candidate" : "");
	buffer_printf(&v->out,
		"  %-10s%lld claim%s, %lld witness%s, best tier %s\n",
		"rests on", (long long)f->claims, f->claims == 1 ? "" : "s",
		(long long)f->witnesses, f->witnesses == 1 ? "" : "es",
		source_tier_name((enum source_tier)f->best_tier));
	if (f->why != NULL)
		buffer_printf(&v->out, "  %-10s", "why");
	add_part(v, "", f->why);
	buffer_add_str(&v->out, f->why != NULL ? "\n" : "");
	v->side = side(f->kind, f->polarity, f->status);
	code = buffer_error(&words, err, "a heading");
	buffer_release(&words);
	return code == OK ? output_buffer(v->opt->out, &v->out, err) : code;
}

/* "    8d06b910  joined, 2024-02-14, a copy of 77ab01; source, tier press;
 * https://..." */
static enum error_code
add_evidence(struct explain *v, const struct explanation *x,
	const char *copy_of, struct error *err)
{
	const struct flat_claim *f = &x->flat;
	struct buffer line;
	enum error_code code;

	buffer_init(&line, OUTPUT_LINE_MAX);
	buffer_printf(&line, "%.*s  ", v->digits, f->id);
	words_value(f, &line);
	if (f->date != NULL)
		buffer_printf(&line, ", %s", f->date);
	if (f->zone != ZONE_BODY)
		buffer_printf(&line, ", in the %s", zone_name(f->zone));
	if (copy_of != NULL)
		buffer_printf(&line, ", a copy of %.*s", v->digits, copy_of);
	buffer_printf(&line, "; %s, tier %s; %s", f->source,
		source_tier_name(x->source.tier), f->url);
	add_lines(v, "    ", &(struct chain_line){ .text = buffer_span(&line) },
		false);
	code = buffer_error(&line, err, "a claim");
	buffer_release(&line);
	return code;
}

/* The claims on one side of the fact, each with its source. */
static enum error_code
add_claims(struct explain *v, const char *heading, bool against,
	const struct fact_claim *claims, size_t n, struct error *err)
{
	enum error_code code = OK;
	bool any = false;

	for (size_t i = 0; code == OK && i < n; i++) {
		struct explanation x;

		arena_reset(v->arena);
		code = store_explain(v->store, claims[i].id, v->arena, &x, err);
		if (code != OK)
			break;
		if ((v->side * side(x.claim.kind, x.claim.polarity,
				       x.claim.status) <
			    0) != against)
			continue;
		if (!any)
			buffer_printf(&v->out, "  %s\n", heading);
		any = true;
		code = add_evidence(v, &x,
			claims[i].copy_of != i ? claims[claims[i].copy_of].id
					       : NULL,
			err);
	}
	return code;
}

static enum error_code
add_sides(struct explain *v, const struct fact_claim *claims, size_t n,
	struct error *err)
{
	enum error_code code = store_id_digits(v->store, &v->digits, err);

	if (code == OK)
		code = add_claims(v, "for", false, claims, n, err);
	if (code == OK)
		code = add_claims(v, "against", true, claims, n, err);
	buffer_add_char(&v->out, '\n');
	return code;
}

static enum error_code
explain_fact(struct explain *v, struct error *err)
{
	const struct fact_filter all = { .kind = -1 };
	struct arena *a = arena_new(EXPLAIN_ARENA_MAX);
	struct fact_claim *claims = NULL;
	size_t n = 0;
	enum error_code code = OK;

	if (a == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	if (v->opt->format == AUDIT_TABLE)
		code = store_facts(v->store, &all, print_if_it, v, err);
	if (code == OK)
		code = store_fact_claims(
			v->store, v->fact, a, &claims, &n, err);
	if (code == OK && v->opt->format == AUDIT_TABLE)
		code = add_sides(v, claims, n, err);
	for (size_t i = 0; code == OK && i < n; i++) {
		if (i > 0 && v->opt->format == AUDIT_TABLE)
			buffer_add_char(&v->out, '\n');
		code = explain_claim(v, claims[i].id, err);
	}
	arena_free(a);
	return code;
}

enum error_code
audit_explain(struct store *s, const char *archive_dir, const char *id,
	const struct audit_options *opt, int *broken, struct error *err)
{
	struct explain v = { .store = s, .opt = opt };
	char full[ID_HEX];
	bool is_fact = false;
	enum error_code code = store_id_kind(s, id, &is_fact, full, err);

	*broken = 0;
	if (code != OK)
		return code;
	v.arena = arena_new(EXPLAIN_ARENA_MAX);
	if (v.arena == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	buffer_init(&v.out, OUTPUT_LINE_MAX);
	/* A lost archive is a broken link of the claim, told there. */
	(void)archive_open(archive_dir, &v.archive.archive, &v.archive.why);
	v.fact = is_fact ? full : NULL;
	code = is_fact ? explain_fact(&v, err) : explain_claim(&v, full, err);
	if (code == OK)
		code = output_end(opt->out, err);
	*broken = v.broken;
	archive_close(v.archive.archive);
	buffer_release(&v.out);
	arena_free(v.arena);
	return code;
}
