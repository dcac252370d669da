/* The registry of networks and the word lists: what they refuse, and where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "extract/networks.h"

static struct arena *arena;
static struct lexicon lexicon;

static enum error_code
read_registry(const char *text, struct networks *nw, struct error *err)
{
	arena_reset(arena);
	error_clear(err);
	assert_int_equal(lexicon_init(&lexicon, arena, err), OK);
	assert_int_equal(lexicon_read(&lexicon,
				 span_str("link\tof | for\narticle\tthe\n"
					  "and\tand\n"),
				 "words.tsv", err),
		OK);
	return networks_read(nw, &lexicon, span_str(text), "n.yaml", err);
}

#define ONE                                                                    \
	"networks:\n  - id: a\n    name: Alpha Network\n    units: cities\n"   \
	"    scope: world\n"

static void
test_registry_accepts(void **unused)
{
	static const char text[] = ONE
		"    aliases: {en: [Network of Alphas], fr: [Réseau Alpha]}\n"
		"    acronyms: [ALN]\n"
		"    ambiguous: [AN]\n"
		"    titles: {en: [Alpha City]}\n"
		"    homepage: https://alpha.example\n"
		"    wikidata: Q42\n";
	struct networks nw;
	struct error err;

	(void)unused;
	if (read_registry(text, &nw, &err) != OK)
		fail_msg("%s", err.msg);
	assert_int_equal(nw.n, 1);
	assert_int_equal(nw.nnames, 7);
	assert_string_equal(nw.list[0].id, "a");
	assert_string_equal(nw.list[0].units, "cities");
	assert_int_equal(nw.names[6].form, NETWORK_TITLE);
}

static void
test_registry_refuses(void **unused)
{
	static const struct {
		const char *name, *text, *want;
	} rows[] = {
		{ "not a map", "- a\n", "n.yaml:1:1: " },
		{ "unknown top key", "nets: []\n", "n.yaml:1:1: " },
		{ "no list", "networks: 3\n", "n.yaml:1:11: " },
		{ "not a network", "networks: [a]\n", "n.yaml:1:12: " },
		{ "unknown key", ONE "    alias: x\n", "n.yaml:6:5: " },
		{ "id missing", "networks:\n  - name: A\n", "n.yaml:2:5: " },
		{ "id with space",
			"networks:\n  - {id: a b, name: A, units: u, scope: "
			"s}\n",
			"wanted a-z" },
		{ "id twice", ONE "  - {id: a, name: B, units: u, scope: s}\n",
			"n.yaml:6:5: id \"a\" twice" },
		{ "no units", "networks:\n  - {id: a, name: A, scope: s}\n",
			"wants name, units and scope" },
		{ "alias twice, by case and plural",
			ONE "    aliases: {en: [the ALPHA networks]}\n",
			"n.yaml:6:20: \"the ALPHA networks\" stands for a "
			"already: line 3, column 11" },
		{ "title of another",
			ONE "  - {id: b, name: B, units: u, scope: s, titles: "
			    "{en: [Alpha Network]}}\n",
			"stands for a already" },
		{ "aliases a list", ONE "    aliases: [x]\n",
			"n.yaml:6:14: not a map" },
		{ "language", ONE "    aliases: {english: [x]}\n",
			"n.yaml:6:15: language \"english\"" },
		{ "acronyms a text", ONE "    acronyms: ALN\n",
			"n.yaml:6:15: not a list" },
		{ "nested", ONE "    acronyms: [[ALN]]\n", "n.yaml:6:16: " },
		{ "empty name", ONE "    acronyms: ['']\n", "n.yaml:6:16: " },
		{ "no word", ONE "    acronyms: ['--']\n", "has no word" },
		{ "only small words", ONE "    acronyms: [of the]\n",
			"has no word" },
		{ "wikidata", ONE "    wikidata: 42\n",
			"n.yaml:6:15: wikidata \"42\"" },
		{ "long word",
			ONE "    acronyms: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			    "aaaaaaaaaaaaaaaaaaaaaaaa]\n",
			"is too long" },
		{ "long name",
			ONE "    acronyms: [a b c d e f g h i j k l m n o p "
			    "q]\n",
			"is too long" },
		{ "bracket left open", ONE "    acronyms: ['(a|b']\n",
			"n.yaml:6:16: \"(a|b\": \"(\" without \")\"" },
		{ "bracket in a bracket", ONE "    acronyms: ['(a|(b|c))']\n",
			"or in another" },
		{ "alternative of another",
			ONE "  - {id: b, name: B, units: u, scope: s, titles: "
			    "{en: ['(Beta|Alpha) Network']}}\n",
			"stands for a already" },
		{ "broken", "networks: [\n", "n.yaml:" },
		{ "key twice", "networks: []\nnetworks: []\n", "n.yaml:2:" },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct networks nw;
		struct error err;

		CHECK_ROW(rows[i].name,
			read_registry(rows[i].text, &nw, &err) == ERR_CONFIG);
		if (strstr(err.msg, rows[i].want) == NULL)
			fail_msg("row \"%s\": %s", rows[i].name, err.msg);
	}
}

/* "(a|b|)": each way is a name, and one that is there already no error. */
static void
test_alternatives(void **unused)
{
	static const struct {
		const char *name, *aliases;
		size_t n; /* names, with the one that is none and "name" */
	} rows[] = {
		{ "two", "'(Big|Small) Net'", 4 },
		{ "or nothing", "'(Big|) Net'", 4 },
		{ "twice two", "'(Big|Small) Net (Old|New)'", 6 },
		{ "the name itself", "'Alpha (Network|Net)'", 3 },
		{ "the same from two", "'(a|b) c', '(b|d) c'", 5 },
		{ "none at all", "'Alpha Net'", 3 },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct networks nw;
		struct error err;
		char text[512];

		(void)snprintf(text, sizeof text,
			ONE "    aliases: {en: [%s]}\n", rows[i].aliases);
		if (read_registry(text, &nw, &err) != OK)
			fail_msg("row \"%s\": %s", rows[i].name, err.msg);
		CHECK_ROW(rows[i].name, nw.nnames == rows[i].n);
	}
}

/* NETWORKS_WAYS_MAX ways of one alias, and one more. */
static void
test_alternatives_cap(void **unused)
{
	struct networks nw;
	struct error err;
	struct buffer b;

	(void)unused;
	buffer_init(&b, 8192);
	for (int more = 0; more < 2; more++) {
		buffer_reset(&b);
		buffer_add_str(&b, ONE "    aliases: {en: ['x (a0");
		for (int i = 1; i < NETWORKS_WAYS_MAX + more; i++)
			buffer_printf(&b, "|a%d", i);
		buffer_add_str(&b, ")']}\n");
		assert_int_equal(read_registry(b.ptr, &nw, &err),
			more ? ERR_CONFIG : OK);
	}
	assert_non_null(strstr(err.msg, "makes over 256 names"));
	buffer_release(&b);
}

/* A registry of n networks with one name of m acronyms each. */
static enum error_code
read_many(int n, int m, struct error *err)
{
	struct networks nw;
	struct buffer b;
	enum error_code code;

	buffer_init(&b, YAML_FILE_MAX);
	buffer_add_str(&b, "networks:\n");
	for (int i = 0; i < n; i++) {
		buffer_printf(&b,
			"  - {id: n%d, name: N%d, units: u, scope: s, "
			"acronyms: [",
			i, i);
		for (int k = 0; k < m; k++)
			buffer_printf(&b, "%sa%dx%d", k > 0 ? "," : "", i, k);
		buffer_add_str(&b, "]}\n");
	}
	assert_int_equal(b.code, OK);
	code = read_registry(b.ptr, &nw, err);
	buffer_release(&b);
	return code;
}

static void
test_registry_caps(void **unused)
{
	struct error err;

	(void)unused;
	assert_int_equal(read_many(NETWORKS_MAX, 1, &err), OK);
	assert_int_equal(read_many(NETWORKS_MAX + 1, 1, &err), ERR_LIMIT);
	assert_int_equal(read_many(1, NETWORKS_ALIASES_MAX, &err), OK);
	assert_int_equal(
		read_many(1, NETWORKS_ALIASES_MAX + 1, &err), ERR_CONFIG);
	/* 16 names each: the name and 15 acronyms. */
	assert_int_equal(read_many(NETWORKS_NAMES_MAX / 16, 15, &err), OK);
	assert_int_equal(
		read_many(NETWORKS_NAMES_MAX / 16, 16, &err), ERR_LIMIT);
}

static void
test_lexicon_rows(void **unused)
{
	static const struct {
		const char *name, *file, *text, *want; /* NULL: accepted */
	} rows[] = {
		{ "comment and blank", "roles.tsv", "# x\n\n  \n", NULL },
		{ "phrases", "roles.tsv", "role\tmayor | deputy mayor\n",
			NULL },
		{ "ordinal", "events.tsv", "ordinal\tfifth\t5\n", NULL },
		{ "name", "organisations.tsv", "name\tUN\tUnited Nations\n",
			NULL },
		{ "no phrase", "roles.tsv", "role\n", "d/roles.tsv:1: one" },
		{ "empty phrase", "roles.tsv", "role\t\n", "d/roles.tsv:1: " },
		{ "no word", "roles.tsv", "role\ta | -\n", "without a word" },
		{ "kind", "roles.tsv", "role\tx\nrolle\tx\n",
			"d/roles.tsv:2: kind \"rolle\"" },
		{ "kind of another file", "roles.tsv", "event\tx\n",
			"not known in roles.tsv" },
		{ "third column", "roles.tsv", "role\tx\ty\n",
			"third column \"y\"" },
		{ "fourth column", "events.tsv", "ordinal\tx\t5\t6\n",
			"more than three" },
		{ "ordinal without number", "events.tsv", "ordinal\tx\n",
			"no number" },
		{ "ordinal too large", "events.tsv", "ordinal\tx\t1000\n",
			"no number of 1 to 999" },
		{ "suffix", "organisations.tsv", "suffix\tx\n", "too short" },
		{ "encoding", "roles.tsv", "role\t\xff\n", "not UTF-8" },
		{ "17 words", "roles.tsv",
			"role\ta b c d e f g h i j k l m n o p q\n",
			"too long" },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct error err = { 0 };
		char path[64];
		enum error_code code;

		arena_reset(arena);
		assert_int_equal(lexicon_init(&lexicon, arena, &err), OK);
		(void)snprintf(path, sizeof path, "d/%s", rows[i].file);
		code = lexicon_read(
			&lexicon, span_str(rows[i].text), path, &err);
		CHECK_ROW(rows[i].name,
			code == (rows[i].want == NULL ? OK : ERR_CONFIG));
		if (rows[i].want != NULL &&
			strstr(err.msg, rows[i].want) == NULL)
			fail_msg("row \"%s\": %s", rows[i].name, err.msg);
	}
}

static void
test_lexicon_caps(void **unused)
{
	struct error err = { 0 };
	char key[16];
	int n = 0;

	(void)unused;
	arena_reset(arena);
	assert_int_equal(lexicon_init(&lexicon, arena, &err), OK);
	while (lexicon.nwords < NAMES_WORDS_MAX) {
		int len = snprintf(key, sizeof key, "w%d", n++);

		assert_int_not_equal(
			lexicon_intern(&lexicon, key, (size_t)len, &err), 0);
	}
	assert_int_equal(lexicon_intern(&lexicon, "more", 4, &err), 0);
	assert_int_equal(err.code, ERR_LIMIT);
	/* What is there is found all the same. */
	assert_int_not_equal(lexicon_intern(&lexicon, "w7", 2, &err), 0);
}

static void
test_stems(void **unused)
{
	static const struct {
		const char *name, *word, *want;
	} rows[] = {
		{ "plural", "towns", "town" },
		{ "ies", "cities", "city" },
		{ "double s", "congress", "congress" },
		{ "short", "bus", "bus" },
		{ "none", "city", "city" },
	};

	(void)unused;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char key[NAMES_WORD_MAX];
		size_t len = strlen(rows[i].word);

		memcpy(key, rows[i].word, len);
		len = lexicon_stem(key, len);
		CHECK_ROW(rows[i].name,
			span_eq_str(span_of(key, len), rows[i].want));
	}
}

/* A directory without languages, or one with a broken file. */
static void
test_open_errors(void **unused)
{
	char dir[] = "/tmp/dateline-names-XXXXXX", path[128];
	struct names *names = NULL;
	struct error err = { 0 };
	FILE *f;

	(void)unused;
	assert_int_equal(
		names_open("/nonexistent", NULL, &names, &err), ERR_IO);
	assert_null(names);
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof path, "%s/lang", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(names_open(dir, NULL, &names, &err), ERR_CONFIG);
	(void)snprintf(path, sizeof path, "%s/lang/xx", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof path, "%s/lang/xx/roles.tsv", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fputs("role\tmayor\nnonsense\n", f);
	(void)fclose(f);
	assert_int_equal(names_open(dir, NULL, &names, &err), ERR_CONFIG);
	assert_non_null(strstr(err.msg, "lang/xx/roles.tsv:2: "));
	assert_null(names);
	(void)unlink(path);
	(void)snprintf(path, sizeof path, "%s/lang/xx", dir);
	(void)rmdir(path);
	(void)snprintf(path, sizeof path, "%s/lang", dir);
	(void)rmdir(path);
	(void)rmdir(dir);
}

static void
hash_config(char out[HASH_HEX])
{
	struct hash *h = hash_new();
	struct names *names = NULL;
	struct error err = { 0 };
	uint8_t digest[HASH_LEN];

	assert_non_null(h);
	assert_int_equal(names_open("config", h, &names, &err), OK);
	hash_end(h, digest);
	hex_encode(digest, sizeof digest, out);
	names_free(names);
	hash_free(h);
}

static void
test_version(void **unused)
{
	char a[HASH_HEX], b[HASH_HEX];

	(void)unused;
	hash_config(a);
	hash_config(b);
	assert_string_equal(a, b);
}

static int
setup(void **unused)
{
	(void)unused;
	arena = arena_new((size_t)256 << 20);
	return arena != NULL ? 0 : -1;
}

static int
teardown(void **unused)
{
	(void)unused;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_registry_accepts),
		cmocka_unit_test(test_registry_refuses),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_alternatives_cap),
		cmocka_unit_test(test_registry_caps),
		cmocka_unit_test(test_lexicon_rows),
		cmocka_unit_test(test_lexicon_caps),
		cmocka_unit_test(test_stems),
		cmocka_unit_test(test_open_errors),
		cmocka_unit_test(test_version),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
