#include "internal.h"

typedef enum error_code
line_sink(struct span json, void *ctx, struct error *err);

/* Each view is one kind of line, sorted by what it says; none tells when or
 * in which run or capture it was learnt.  json_object() escapes. */
static const char *const views[] = {
	"SELECT json_object('export', 'document', 'id', d.id, 'url', p.url,"
	" 'source', p.source, 'title', d.title, 'language', d.language,"
	" 'published', d.published, 'text_sha256', d.text_sha256,"
	" 'simhash', printf('%016x', d.simhash), 'body', d.body) FROM document "
	"d JOIN place p ON p.n = d.place"
	" ORDER BY p.url, p.source, d.id",
	"SELECT json_object('export', 'claim', 'id', c.id, 'document',"
	" d.id, 'kind', c.kind, 'subject', c.subject, 'subject_id',"
	" c.subject_id, 'network', c.network, 'network_name', c.network_name,"
	" 'status', c.status, 'polarity', c.polarity, 'date', c.date,"
	" 'date_basis', c.date_basis, 'value', c.value, 'zone', c.zone,"
	" 'rule', c.rule, 'confidence', c.confidence, 'at', json_array("
	"c.start, c.end), 'fact', f.id) FROM claim c JOIN document d ON"
	" d.n = c.document JOIN place p ON p.n = d.place JOIN fact f ON"
	" f.n = c.fact WHERE c.open ORDER BY p.url, p.source, c.start, c.id,"
	" d.id",
	"SELECT json_object('export', 'fact', 'id', f.id, 'kind', f.kind,"
	" 'subject', f.subject, 'subject_id', f.subject_id, 'network',"
	" f.network, 'network_name', f.network_name, 'status', f.status,"
	" 'polarity', f.polarity, 'valid_from', f.valid_from, 'valid_to',"
	" f.valid_to, 'value', f.value, 'claims', f.claims, 'witnesses',"
	" f.witnesses, 'best_tier', f.best_tier, 'candidate', f.candidate)"
	" FROM fact f WHERE f.claims > 0 ORDER BY f.kind, f.network, "
	"f.subject, f.value, f.id",
	"SELECT DISTINCT json_object('export', 'problem', 'stage', p.stage,"
	" 'url', p.url, 'code', p.code, 'message', p.message) AS line FROM"
	" problem p WHERE p.stage <> 'fetch' AND p.stage <> 'plan'"
	" ORDER BY line",
};

enum error_code
store_export(struct store *s, line_sink *line, void *ctx, struct error *err)
{
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < sizeof views / sizeof *views;
		i++) {
		sqlite3_stmt *st = sql_prepare(s, views[i], err);
		bool more = true;

		if (st == NULL)
			return ERR_STORE;
		while (code == OK && more) {
			code = sql_step(s, st, &more, err);
			if (code != OK || !more)
				break;
			code = line(
				span_of((const char *)sqlite3_column_text(
						st, 0),
					(size_t)sqlite3_column_bytes(st, 0)),
				ctx, err);
		}
		sqlite3_reset(st);
	}
	return code;
}
