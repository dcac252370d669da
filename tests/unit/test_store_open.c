/* opening a ledger: what is refused, who may, what is set, older ones */
#include "store_ledger.h"

static void
run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
what_is_no_ledger_is_refused(void **state)
{
	static const struct {
		const char *name, *sql; /* of the file before it is opened */
		enum error_code code;
	} cases[] = {
		{ "another database", "CREATE TABLE x(a)", ERR_FORMAT },
		{ "of a newer dateline",
			"PRAGMA application_id = 0x44544c4e;"
			"PRAGMA user_version = 999; CREATE TABLE x(a)",
			ERR_VERSION },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++)
		for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
			struct error err = { 0 };
			struct store *s = NULL;
			char path[PATH_ROOM];

			new_path(path);
			run_sql(path, cases[i].sql);
			CHECK_ROW(cases[i].name,
				store_open(path, (enum store_mode)mode, &s,
					&err) == cases[i].code);
			assert_null(s);
		}
}

static void
files_that_cannot_be_opened_are_told(void **state)
{
	struct error err = { 0 };
	struct store *s = NULL;
	char path[PATH_ROOM];
	FILE *f;

	(void)state;
	new_path(path);
	assert_int_equal(store_open(path, STORE_READ, &s, &err), ERR_NOT_FOUND);
	assert_int_not_equal(store_open(dir, STORE_READ, &s, &err), OK);
	assert_int_not_equal(store_open(dir, STORE_WRITE, &s, &err), OK);
	f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 5000; i++)
		(void)fputs("no ledger ", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(store_open(path, STORE_READ, &s, &err), ERR_FORMAT);
	assert_int_equal(store_open(path, STORE_WRITE, &s, &err), ERR_FORMAT);
}

static void
one_writer_at_a_time(void **state)
{
	struct error err = { 0 };
	struct store *first, *second = NULL;
	char path[PATH_ROOM];

	(void)state;
	first = open_new(path);
	assert_int_equal(
		store_open(path, STORE_WRITE, &second, &err), ERR_BUSY);
	assert_null(second);
	/* A reader is let in. */
	assert_int_equal(store_open(path, STORE_READ, &second, &err), OK);
	store_close(second);
	store_close(first);
	assert_int_equal(store_open(path, STORE_WRITE, &first, &err), OK);
	store_close(first);
}

static void
the_settings_are_really_set(void **state)
{
	char path[PATH_ROOM];
	struct store *s = open_new(path);
	int defensive = 0;

	(void)state;
	assert_int_equal(number(s, "PRAGMA synchronous"), 2);
	assert_int_equal(number(s, "PRAGMA trusted_schema"), 0);
	assert_int_equal(number(s, "PRAGMA foreign_keys"), 1);
	assert_int_equal(number(s, "PRAGMA cell_size_check"), 1);
	assert_int_equal(number(s, "SELECT journal_mode = 'wal' FROM"
				   " pragma_journal_mode"),
		1);
	(void)sqlite3_db_config(
		s->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
	assert_int_equal(defensive, 1);
	store_close(s);
}

/* A ledger of version 1 keeps its schedule, and the day of each claim. */
static void
an_old_ledger_is_migrated(void **state)
{
	char path[PATH_ROOM];
	struct error err = { 0 };
	struct store *s = NULL;

	(void)state;
	new_path(path);
	run_sql(path,
		"PRAGMA application_id = 0x44544c4e; PRAGMA user_version = 1;");
	run_sql(path, schema_step(1));
	run_sql(path,
		"INSERT INTO claim(id, document, rules, kind, start, end,"
		" polarity, status, zone, rule, confidence, body, open,"
		" recorded_at) VALUES('a1', 'd', 'r', 'k', 0, 1, 'p', 's', 'z',"
		" 'r', 1, '{}', 1, 77);"
		"INSERT INTO position VALUES(1, 'f', 9);"
		"INSERT INTO link(url, source) VALUES('u', 's');");
	assert_int_equal(store_open(path, STORE_READ, &s, &err), ERR_FORMAT);
	assert_int_equal(store_open(path, STORE_WRITE, &s, &err), OK);
	assert_int_equal(number(s, "SELECT count(*) FROM position"), 0);
	assert_int_equal(number(s, "SELECT count(*) FROM link"), 1);
	begin(s);
	put_release(s, &releases[0], "b", "r1", 1);
	commit(s);
	assert_int_equal(number(s, "SELECT recorded_at FROM claim"), 77);
	store_close(s);
	assert_int_equal(store_open(path, STORE_READ, &s, &err), OK);
	store_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_ledger_is_refused),
		cmocka_unit_test(files_that_cannot_be_opened_are_told),
		cmocka_unit_test(one_writer_at_a_time),
		cmocka_unit_test(the_settings_are_really_set),
		cmocka_unit_test(an_old_ledger_is_migrated),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
