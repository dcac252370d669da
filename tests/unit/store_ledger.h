/* Shared by the tests of the ledger: new ones, and releases to put in. */
#ifndef DL_TESTS_UNIT_STORE_LEDGER_H
#define DL_TESTS_UNIT_STORE_LEDGER_H

#include "store/internal.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PATH_ROOM 256

static char dir[] = "/tmp/dateline-store-XXXXXX";
static int serial;

static int
setup(void **state)
{
	(void)state;
	return mkdtemp(dir) == NULL;
}

static int
teardown(void **state)
{
	char command[PATH_ROOM];

	(void)state;
	(void)snprintf(
		command, sizeof command, "rm -rf '%s' '%s.lock'", dir, dir);
	return system(command) != 0; /* NOLINT(cert-env33-c): our own path */
}

/* A path of its own below the directory. */
static void
new_path(char out[PATH_ROOM])
{
	(void)snprintf(out, PATH_ROOM, "%s/%d.db", dir, serial++);
}

static struct store *
open_new(char path[PATH_ROOM])
{
	struct error err = { 0 };
	struct store *s = NULL;

	new_path(path);
	assert_int_equal(store_open(path, STORE_WRITE, &s, &err), OK);
	return s;
}

static int64_t
number(struct store *s, const char *sql)
{
	struct error err = { 0 };
	bool found;
	int64_t n;

	assert_int_equal(sql_number(s, &err, &found, &n, sql, ""), OK);
	assert_true(found);
	return n;
}

static struct mention mentions[] = {
	{ .start = 0,
		.end = 4,
		.type = MENTION_CITY,
		.rule = "places",
		.place = { .id = "geonames:1",
			.name = "Graz",
			.country = "AT" } },
	{ .start = 16,
		.end = 27,
		.type = MENTION_NETWORK,
		.rule = "names",
		.name = { .id = "net", .name = "The Network" } },
};

/* A release of which one copy or several are published. */
struct release {
	const char *url, *text, *claim;
	enum status status;
	enum zone zone;
	const char *date, *rule;
	double confidence;
};

static const struct release releases[] = {
	{ "https://a.example/", "Graz has joined the Network of cities A.",
		"a1", STATUS_JOINED, ZONE_BODY, "2018", "join@1", 0.9 },
	{ "https://b.example/", "Graz has joined the Network of cities A.",
		"b1", STATUS_JOINED, ZONE_BODY, "2018-03", "join@1", 0.9 },
	{ "https://c.example/", "Graz is in      the Network of cities C.",
		"c1", STATUS_MEMBER, ZONE_BODY, NULL, "cue.member@1", 0.5 },
	{ "https://d.example/", "Graz has left   the Network of cities D.",
		"d1", STATUS_WITHDRAWN, ZONE_TEASER, "2022", "leave@1", 0.9 },
	{ "https://e.example/", "Graz is out of  the Network of cities E.",
		"e1", STATUS_WITHDRAWN, ZONE_BODY, "2023", "leave@1", 0.7 },
	{ "https://f.example/", "Graz is back in the Network of cities F.",
		"f1", STATUS_REINSTATED, ZONE_BODY, "2025-06", "back@1", 0.8 },
};

static void
put(struct store *s, const struct record *r)
{
	struct error err = { 0 };

	if (store_put(s, r, &err) != OK)
		fail_msg("%s", err.msg);
}

/* Page, document and extraction of a release, as body `body` has it. */
static void
put_release(struct store *s, const struct release *rel, const char *body,
	const char *rules, int64_t at)
{
	char sha[HASH_HEX], doc_id[64], page_id[64];
	struct claim_arg args[] = {
		{ .slot = SLOT_SUBJECT, .mention = 0 },
		{ .slot = SLOT_NETWORK, .mention = 1 },
		{ .slot = SLOT_DATE,
			.mention = -1,
			.value = rel->date,
			.basis = "document.published" },
	};
	struct block block = { .type = BLOCK_PARAGRAPH, .zone = ZONE_BODY };
	struct claim_feature feature = { "cue.member", 0.75 };
	struct claim claim = { .id = rel->claim,
		.kind = CLAIM_MEMBERSHIP,
		.features = &feature,
		.nfeatures = strncmp(rel->rule, "cue.", 4) == 0,
		.rule = rel->rule,
		.end = 27,
		.status = rel->status,
		.zone = rel->zone,
		.confidence = rel->confidence,
		.args = args,
		.nargs = rel->date != NULL ? 3 : 2 };
	struct record r = { .kind = RECORD_PAGE };

	(void)snprintf(page_id, sizeof page_id, "p%s%s", rel->claim, body);
	(void)snprintf(doc_id, sizeof doc_id, "d%s%s", rel->claim, body);
	hash_hex(span_str(rel->text), sha);
	r.page = (struct page){ .id = page_id,
		.body = body,
		.url = rel->url,
		.final_url = rel->url,
		.source = "s",
		.fetched_at = at,
		.archive = { "f.warc.gz", at, 1 } };
	put(s, &r);
	block.end = (uint32_t)strlen(rel->text);
	r = (struct record){ .kind = RECORD_DOCUMENT };
	r.document = (struct document){ .id = doc_id,
		.blocks = &block,
		.nblocks = 1,
		.text_sha256 = sha,
		.page = page_id,
		.body = body,
		.parser = "1",
		.url = rel->url,
		.source = "s",
		.text = span_str(rel->text) };
	put(s, &r);
	r = (struct record){ .kind = RECORD_EXTRACTION };
	r.extraction = (struct extraction){ .document = doc_id,
		.rules = rules,
		.mentions = mentions,
		.nmentions = 2,
		.claims = &claim,
		.nclaims = 1 };
	put(s, &r);
}

static void
begin(struct store *s)
{
	struct error err = { 0 };

	assert_int_equal(store_begin(s, &err), OK);
}

static void
commit(struct store *s)
{
	struct error err = { 0 };

	assert_int_equal(store_commit(s, &err), OK);
}

#endif
