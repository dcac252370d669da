/* What another ledger holds otherwise: a changed rule, seen before it counts.
 */
#include "internal.h"

#define ASSERTED(p) "CASE " p " WHEN 'asserted' THEN '' ELSE " p " || ': ' END"
#define SPOKEN(p, status, value)                                               \
	ASSERTED(p)                                                            \
	" || replace(" status ", '_', ' ') || coalesce(' ' ||"                 \
	" nullif(" value ", ''), '')"

/* As audit facts and audit claims have it, in one text. */
#define FACT_SAYS(f)                                                           \
	"trim(CASE " f                                                         \
	".candidate WHEN 1 THEN 'maybe: ' ELSE '' END || " SPOKEN(             \
		f ".polarity", f ".status",                                    \
		f ".value") " || coalesce(' from ' || " f ".valid_from, '')"   \
			    " || coalesce(' to ' || " f ".valid_to, ''))"
#define CLAIM_SAYS(c)                                                          \
	"trim(" SPOKEN(c ".polarity", c ".status",                             \
		c ".value") " || coalesce(' ' || " c                           \
			    ".date, '')) || ' by ' || " c ".rule"

#define FACT_ROW(change, f, before, after)                                     \
	"SELECT '" change "', 'fact', " f ".id, " f ".kind, " f ".subject, " f \
	".network, " f ".network_name, " before ", " after ", NULL"
#define CLAIM_ROW(change, c, db, before, after)                                \
	"SELECT '" change "', 'claim', " c ".id, " c ".kind, " c               \
	".subject, " c ".network, " c ".network_name, " before ", " after ","  \
	" min(p.url) FROM " db ".claim " c " JOIN " db                         \
	".document d ON d.n = " c ".document JOIN " db                         \
	".place p ON p.n = d.place"

#define LAST " ORDER BY 4, 6, 5, 1, 3"

/* The id of a claim may stand in several documents of one text: one row. */
static const char *const changes[] = {
	FACT_ROW("added", "b", "NULL",
		FACT_SAYS(
			"b")) " FROM other.fact b WHERE b.claims > 0 AND NOT "
			      "EXISTS(SELECT 1 FROM"
			      " main.fact a WHERE a.id = b.id AND a.claims > "
			      "0) UNION ALL " FACT_ROW("closed", "a",
				      FACT_SAYS("a"),
				      "NULL") " FROM main.fact a WHERE "
					      "a.claims > 0 AND NOT "
					      "EXISTS(SELECT 1 FROM"
					      " other.fact b WHERE b.id = a.id "
					      "AND b.claims > 0) UNION "
					      "ALL " FACT_ROW("changed", "b",
						      FACT_SAYS("a"),
						      FACT_SAYS(
							      "b")) " FROM "
								    "main.fact "
								    "a JOIN "
								    "other."
								    "fact b ON "
								    "a.id = "
								    "b.id WHERE"
								    " a.claims "
								    "> 0 AND "
								    "b.claims "
								    "> 0 "
								    "AND"
								    " " FACT_SAYS("a") " <> " FACT_SAYS(
									    "b")
									    LAST,
	CLAIM_ROW("added", "b", "other", "NULL",
		CLAIM_SAYS(
			"b")) " WHERE b.open AND NOT EXISTS(SELECT 1 FROM "
			      "main.claim a WHERE"
			      " a.id = b.id AND a.open) GROUP BY b.id UNION "
			      "ALL " CLAIM_ROW("closed", "a", "main",
				      CLAIM_SAYS("a"),
				      "NULL") " WHERE a.open AND NOT "
					      "EXISTS(SELECT 1 FROM "
					      "other.claim b WHERE"
					      " b.id = a.id AND b.open) GROUP "
					      "BY a.id UNION ALL " CLAIM_ROW(
						      "changed", "b", "other",
						      CLAIM_SAYS("a"),
						      CLAIM_SAYS(
							      "b")) " JOIN "
								    "main."
								    "claim a "
								    "ON a.id = "
								    "b.id "
								    "WHERE "
								    "a.open "
								    "AND "
								    "b.open "
								    "AND"
								    " " CLAIM_SAYS("a") " <> " CLAIM_SAYS(
									    "b") " GROUP BY b.id" LAST,
};

static void
read_change(sqlite3_stmt *st, struct ledger_change *out)
{
	const char *const texts[] = {
		(const char *)sqlite3_column_text(st, 0),
		(const char *)sqlite3_column_text(st, 1),
		(const char *)sqlite3_column_text(st, 2),
		(const char *)sqlite3_column_text(st, 3),
		(const char *)sqlite3_column_text(st, 4),
		(const char *)sqlite3_column_text(st, 5),
		(const char *)sqlite3_column_text(st, 6),
		(const char *)sqlite3_column_text(st, 7),
		(const char *)sqlite3_column_text(st, 8),
		(const char *)sqlite3_column_text(st, 9),
	};

	*out = (struct ledger_change){ texts[0], texts[1], texts[2], texts[3],
		texts[4], texts[5], texts[6], texts[7], texts[8], texts[9] };
}

/* That it is there, and a ledger of this form. */
static enum error_code
check_other(const char *path, struct error *err)
{
	struct store *other = NULL;
	enum error_code code = store_open(path, STORE_READ, &other, err);

	store_close(other);
	return code;
}

static enum error_code
give_changes(struct store *s, const char *sql,
	enum error_code (*row)(
		const struct ledger_change *c, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s, sql, err);
	enum error_code code = st == NULL ? ERR_STORE : OK;
	bool more = true;

	while (code == OK && more) {
		struct ledger_change c;

		code = sql_step(s, st, &more, err);
		if (code != OK || !more)
			break;
		read_change(st, &c);
		code = row(&c, ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}

enum error_code
store_diff(struct store *s, const char *other,
	enum error_code (*row)(
		const struct ledger_change *c, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	enum error_code code = check_other(other, err);

	if (code == OK)
		code = sql_exec(s, err, "ATTACH ?1 AS other", "s", other);
	for (size_t i = 0; code == OK && i < sizeof changes / sizeof *changes;
		i++)
		code = give_changes(s, changes[i], row, ctx, err);
	return code;
}
