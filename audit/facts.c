#include "facts.h"

#include "listing.h"
#include "object.h"
#include "words.h"

#define FACT_ARENA_MAX ((size_t)64 << 20) /* ids of the claims of one fact */

static const struct table_column columns[] = {
	{ .name = "id", .fixed = true },
	{ .name = "kind" },
	{ .name = "subject", .min = 12 },
	{ .name = "network", .min = 10 },
	{ .name = "value", .min = 12 },
	{ .name = "when", .optional = true, .min = 16 },
	{ .name = "claims", .right = true, .fixed = true, .drop = 1 },
	{ .name = "witnesses", .right = true, .fixed = true, .drop = 2 },
};

#define COLUMNS (sizeof columns / sizeof *columns)

struct facts {
	struct listing listing;
	struct store *store;
	struct arena *arena; /* of one fact */
};

void
fact_value(const struct fact *f, struct buffer *out)
{
	if (f->candidate)
		buffer_add_str(out, "maybe: ");
	words_polarity(f->polarity, out);
	words_name(status_name(f->status), out);
	if (f->value == NULL || *f->value == '\0')
		return;
	if (f->status != STATUS_NONE)
		buffer_add_char(out, ' ');
	buffer_add_str(out, f->value);
}

void
fact_period(const struct fact *f, struct buffer *out)
{
	if (f->kind != CLAIM_MEMBERSHIP && f->valid_from != NULL)
		buffer_add_str(out, f->valid_from);
	else if (f->valid_from != NULL && f->valid_to != NULL)
		buffer_printf(out, "%s to %s", f->valid_from, f->valid_to);
	else if (f->valid_from != NULL)
		buffer_printf(out, "since %s", f->valid_from);
	else if (f->valid_to != NULL)
		buffer_printf(out, "until %s", f->valid_to);
}

static void
add_cells(struct listing *l, const struct fact *f)
{
	struct table *t = l->table;

	listing_id(l, f->id);
	words_name(claim_kind_name(f->kind), &l->line);
	listing_cell(l);
	buffer_add_str(&l->line, f->subject != NULL ? f->subject : "");
	if (f->subject != NULL && f->subject_country != NULL)
		buffer_printf(&l->line, " (%s)", f->subject_country);
	listing_cell(l);
	table_cell_str(t, f->network != NULL ? f->network : f->network_name);
	fact_value(f, &l->line);
	listing_cell(l);
	fact_period(f, &l->line);
	listing_cell(l);
	table_cell_int(t, f->claims);
	table_cell_int(t, f->witnesses);
}

static enum error_code
add_object(struct facts *v, const struct fact *f, struct error *err)
{
	struct buffer *b = &v->listing.line;
	struct fact_claim *claims = NULL;
	const char **ids;
	size_t n = 0;
	enum error_code code;

	arena_reset(v->arena);
	code = store_fact_claims(v->store, f->id, v->arena, &claims, &n, err);
	if (code != OK)
		return code;
	ids = arena_array(v->arena, n, sizeof *ids);
	if (ids == NULL)
		return error_set(err, ERR_NOMEM, "fact %s", f->id);
	for (size_t i = 0; i < n; i++)
		ids[i] = claims[i].id;
	object_open(b);
	object_str(b, "id", f->id);
	object_str(b, "kind", claim_kind_name(f->kind));
	object_str(b, "subject", f->subject);
	object_str(b, "subject_id", f->subject_id);
	object_str(b, "subject_country", f->subject_country);
	object_str(b, "network", f->network);
	object_str(b, "network_name", f->network_name);
	object_str(b, "status",
		f->status != STATUS_NONE ? status_name(f->status) : NULL);
	object_str(b, "polarity", polarity_name(f->polarity));
	object_str(b, "valid_from", f->valid_from);
	object_str(b, "valid_to", f->valid_to);
	object_str(b, "value", f->value);
	object_int(b, "claims", f->claims);
	object_int(b, "witnesses", f->witnesses);
	object_int(b, "best_tier", f->best_tier);
	object_str(b, "why", f->why);
	object_bool(b, "candidate", f->candidate);
	object_strings(b, "claims_ids", ids, n);
	object_close(b);
	buffer_add_char(b, '\n');
	return OK;
}

static enum error_code
add_fact(const struct fact *f, void *ctx, struct error *err)
{
	struct facts *v = ctx;
	enum error_code code = OK;

	if (v->listing.table != NULL)
		add_cells(&v->listing, f);
	else
		code = add_object(v, f, err);
	return code == OK ? listing_row(&v->listing, err) : code;
}

enum error_code
audit_facts(struct store *s, const struct fact_filter *f,
	const struct audit_options *opt, int64_t *rows, struct error *err)
{
	struct facts v = { .store = s, .arena = arena_new(FACT_ARENA_MAX) };
	enum error_code code =
		listing_begin(&v.listing, columns, COLUMNS, s, opt, err);

	if (code == OK && v.arena == NULL)
		code = error_set(err, ERR_NOMEM, "no memory");
	if (code == OK)
		code = store_facts(s, f, add_fact, &v, err);
	code = listing_end(&v.listing, code, "no facts", rows, err);
	arena_free(v.arena);
	return code;
}
