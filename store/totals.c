#include "internal.h"

/* Rows (what, label, number), in the order of enum store_total. */
static const char totals[] =
	"SELECT 0 AS what, NULL AS label, count(*) FROM page"
	" UNION ALL SELECT 1, NULL, ifnull(sum(bytes), 0) FROM page"
	" UNION ALL SELECT 2, NULL, count(*) FROM document"
	" UNION ALL SELECT 3, kind, count(*) FROM claim WHERE open GROUP BY "
	"kind"
	" UNION ALL SELECT 4, kind, count(*) FROM fact WHERE claims > 0"
	"  GROUP BY kind"
	" UNION ALL SELECT 5, code, count(*) FROM problem GROUP BY code"
	/* One that has no end and is not this one was killed. */
	" UNION ALL SELECT 6, iif(status = 'running', 'killed', status),"
	"  count(*) FROM run GROUP BY 2"
	" UNION ALL SELECT 7, NULL, count(*) FROM link WHERE NOT fetched"
	"  AND rel = 0"
	" ORDER BY 1, 2";

enum error_code
store_totals(struct store *s,
	enum error_code (*row)(enum store_total what, const char *label,
		int64_t n, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	sqlite3_stmt *st = sql_prepare(s, totals, err);
	enum error_code code = st == NULL ? ERR_STORE : OK;
	bool more = true;

	while (code == OK && more) {
		arena_reset(s->arena);
		code = sql_step(s, st, &more, err);
		if (code == OK && more)
			code = row((enum store_total)sqlite3_column_int(st, 0),
				sql_text(st, 1, s->arena),
				sqlite3_column_int64(st, 2), ctx, err);
	}
	if (st != NULL)
		sqlite3_reset(st);
	return code;
}
