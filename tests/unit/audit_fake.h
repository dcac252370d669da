/*
 * A ledger of one claim and one fact, made of structs: it can hold what the
 * real store refuses, so that each link of a chain can be broken alone.
 * Including this replaces what audit calls of the store.  The archive is a
 * real one, of one capture.
 */
#ifndef DL_TESTS_AUDIT_FAKE_H
#define DL_TESTS_AUDIT_FAKE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"

#define FAKE_TEXT                                                              \
	"Graz news\n\nGraz has joined the Network of Cities.\n\nIt was "       \
	"\"done\"."
#define FAKE_BODY "<p>Graz has joined the Network of Cities.</p>"
#define FAKE_URL  "https://example.org/news/graz.html"
#define FAKE_FACT "ffffffffffffffffffffffffffffffff"

static struct {
	struct explanation x;
	struct mention mentions[2];
	struct claim_arg args[3];
	struct claim_feature feature;
	char text_hash[HASH_HEX], document_id[ID_HEX];
	int64_t rows; /* how often the claim, fact or problem is listed */
	const char *missing; /* id that is not there */
	enum polarity polarity;
} fake;

static void
fake_document(const struct page *page)
{
	const struct span fields[] = { span_str(page->body), span_str(FAKE_URL),
		span_str("city"), span_str("1") };

	hash_hex(span_str(FAKE_TEXT), fake.text_hash);
	hash_id(fields, ROWS(fields), fake.document_id);
	fake.x.page = *page;
	fake.x.source = (struct source){ .name = "city", .tier = TIER_MEMBER };
	fake.x.document = (struct document){
		.id = fake.document_id,
		.text_sha256 = fake.text_hash,
		.page = page->id,
		.body = page->body,
		.parser = "1",
		.url = FAKE_URL,
		.source = "city",
		.title = "Graz news",
		.published = { "2024-02-14", BASIS_EXPLICIT, "meta" },
		.text = span_str(FAKE_TEXT),
	};
}

/* Fill fake with a chain that holds, whose capture is page. */
static void
fake_fill(const struct page *page, struct arena *a)
{
	memset(&fake, 0, sizeof fake);
	fake.rows = 1;
	fake_document(page);
	fake.mentions[0] = (struct mention){ .start = 11,
		.end = 15,
		.type = MENTION_CITY,
		.text = span_str("Graz"),
		.place = { .id = "geonames:2778067",
			.name = "Graz",
			.country = "AT" } };
	fake.mentions[1] = (struct mention){ .start = 31,
		.end = 48,
		.type = MENTION_NETWORK,
		.name = { .id = "net", .name = "Network of Cities" } };
	fake.args[0] = (struct claim_arg){ .slot = SLOT_SUBJECT };
	fake.args[1] = (struct claim_arg){ .slot = SLOT_NETWORK, .mention = 1 };
	fake.args[2] = (struct claim_arg){ .slot = SLOT_DATE,
		.mention = -1,
		.value = "2024-02-14",
		.basis = "document.published" };
	fake.feature = (struct claim_feature){ "network.named", 1.5 };
	fake.x.claim = (struct claim){ .kind = CLAIM_MEMBERSHIP,
		.rule = "membership.joined@1",
		.start = 11,
		.end = 49,
		.status = STATUS_JOINED,
		.zone = ZONE_BODY,
		.confidence = 0.9,
		.args = fake.args,
		.features = &fake.feature,
		.nfeatures = 1,
		.nargs = ROWS(fake.args) };
	fake.x.extraction = (struct extraction){ .document = fake.document_id,
		.rules = "rules-7",
		.mentions = fake.mentions,
		.nmentions = ROWS(fake.mentions),
		.claims = &fake.x.claim,
		.nclaims = 1 };
	assert_int_equal(claim_make_id(&fake.x.document, &fake.x.extraction,
				 &fake.x.claim, a, NULL),
		OK);
	assert_int_equal(flat_from_claim(&fake.x.document, &fake.x.extraction,
				 &fake.x.claim, a, &fake.x.flat, NULL),
		OK);
}

enum error_code
store_claims(struct store *s, const struct claim_filter *f,
	enum error_code (*row)(
		const struct flat_claim *c, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	enum error_code code = OK;

	(void)s;
	(void)f;
	for (int64_t i = 0; code == OK && i < fake.rows; i++)
		code = row(&fake.x.flat, ctx, err);
	return code;
}

enum error_code
store_facts(struct store *s, const struct fact_filter *f,
	enum error_code (*row)(
		const struct fact *fact, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	const struct fact fact = { .id = FAKE_FACT,
		.kind = CLAIM_MEMBERSHIP,
		.subject = "Graz",
		.subject_country = "AT",
		.network = "net",
		.network_name = "Network of Cities",
		.status = STATUS_FOUNDING_MEMBER,
		.polarity = fake.polarity,
		.valid_from = "2024-02-14",
		.claims = 1,
		.witnesses = 1,
		.best_tier = 2,
		.why = "the only claim" };
	enum error_code code = OK;

	(void)s;
	(void)f;
	for (int64_t i = 0; code == OK && i < fake.rows; i++)
		code = row(&fact, ctx, err);
	return code;
}

enum error_code
store_fact_claims(struct store *s, const char *fact, struct arena *a,
	struct fact_claim **out, size_t *n, struct error *err)
{
	(void)s;
	(void)err;
	assert_string_equal(fact, FAKE_FACT);
	*out = arena_array(a, 1, sizeof **out);
	(*out)[0] = (struct fact_claim){ fake.x.claim.id, 0 };
	*n = 1;
	return OK;
}

enum error_code
store_explain(struct store *s, const char *id, struct arena *a,
	struct explanation *out, struct error *err)
{
	(void)s;
	(void)id;
	(void)a;
	(void)err;
	*out = fake.x;
	return OK;
}

enum error_code
store_id_kind(struct store *s, const char *id, bool *is_fact, char full[ID_HEX],
	struct error *err)
{
	(void)s;
	if (fake.missing != NULL && span_eq_str(span_str(id), fake.missing))
		return error_set(err, ERR_NOT_FOUND, "nothing has id %s", id);
	*is_fact = id[0] == 'f' && id[1] == 'f';
	(void)snprintf(
		full, ID_HEX, "%s", *is_fact ? FAKE_FACT : fake.x.claim.id);
	return OK;
}

enum error_code
store_problems(struct store *s, int64_t run,
	enum error_code (*row)(
		const struct problem *p, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	const struct problem p = { .stage = "fetch",
		.ref = "p1",
		.url = FAKE_URL,
		.code = PROBLEM_TIMEOUT,
		.message = "no answer in 30 s",
		.retry = true,
		.at = 1707913845 };
	enum error_code code = OK;

	(void)s;
	(void)run;
	for (int64_t i = 0; code == OK && i < fake.rows; i++)
		code = row(&p, ctx, err);
	return code;
}

enum error_code
store_export(struct store *s,
	enum error_code (*line)(struct span json, void *ctx, struct error *err),
	void *ctx, struct error *err)
{
	(void)s;
	return line(span_str("{\"row\":1}\n"), ctx, err);
}

enum error_code
store_id_digits(struct store *s, int *digits, struct error *err)
{
	(void)s;
	(void)err;
	*digits = 9;
	return OK;
}

static struct arena *arena;
static struct page page;
static char dir[64];

/* What the calls below print. */
static char *text;
static size_t text_len;
static struct audit_options opt;

static void
capture_start(enum audit_format format)
{
	opt = (struct audit_options){ .out = open_memstream(&text, &text_len),
		.format = format };
	assert_non_null(opt.out);
}

static void
capture_end(void)
{
	(void)fclose(opt.out);
}

static int
setup(void **state)
{
	const struct capture c = { .url = FAKE_URL,
		.final_url = FAKE_URL,
		.source = "city",
		.fetched_at = 1707913845,
		.status = 200,
		.media_type = "text/html",
		.headers = span_str("HTTP/1.1 200 OK\r\n\r\n"),
		.body = span_str(FAKE_BODY) };
	struct archive_writer *w = NULL;

	(void)state;
	arena = arena_new(64 << 20);
	(void)snprintf(dir, sizeof dir, "/tmp/dateline-audit-XXXXXX");
	if (arena == NULL || mkdtemp(dir) == NULL)
		return 1;
	if (archive_writer_open(dir, &w, NULL) != OK ||
		archive_append(w, &c, arena, &page, NULL) != OK ||
		archive_writer_sync(w, NULL) != OK)
		return 1;
	archive_writer_close(w);
	return 0;
}

static int
teardown(void **state)
{
	char command[128];

	(void)state;
	(void)snprintf(command, sizeof command, "rm -rf '%s'", dir);
	arena_free(arena);
	return system(command);
}

#endif
