/*
 * A damaged ledger is refused or shown, whatever stands in it: the input is a
 * file, or else changes of a good one, five bytes each (where, what).  Every
 * view reads it; none may crash, hang or run what it finds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"

#define GOOD_MAX ((size_t)1 << 20)
#define CHANGE	 5 /* bytes of one change */
#define TEXT	 "Graz has joined the Network of Cities."

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[] = "/tmp/dateline-fuzz-XXXXXX";
static char path[64], lock[64];
static char good[GOOD_MAX], bad[GOOD_MAX];
static size_t good_len;
static char fact_id[ID_HEX];

static void
clean(void)
{
	(void)unlink(path);
	(void)unlink(lock);
	(void)rmdir(dir);
}

static void
put(struct store *s, const struct record *r)
{
	if (store_put(s, r, NULL) != OK)
		abort();
}

static void
put_release(struct store *s)
{
	static struct mention mentions[] = {
		{ .end = 4,
			.type = MENTION_CITY,
			.rule = "places",
			.place = { .id = "geonames:1", .name = "Graz" } },
		{ .start = 20,
			.end = 37,
			.type = MENTION_NETWORK,
			.rule = "names",
			.name = { .id = "net", .name = "The Network" } },
	};
	static struct claim_arg args[] = {
		{ .slot = SLOT_SUBJECT },
		{ .slot = SLOT_NETWORK, .mention = 1 },
	};
	static struct claim claim = { .id = "aaaaaaaaaa",
		.kind = CLAIM_MEMBERSHIP,
		.rule = "join@1",
		.end = 37,
		.status = STATUS_JOINED,
		.zone = ZONE_BODY,
		.args = args,
		.nargs = 2 };
	struct record r = { .kind = RECORD_PAGE };

	r.page = (struct page){ .id = "p",
		.body = "b",
		.url = "https://a.example/",
		.final_url = "https://a.example/",
		.source = "s",
		.archive = { "f.warc.gz", 0, 1 } };
	put(s, &r);
	r = (struct record){ .kind = RECORD_DOCUMENT };
	r.document = (struct document){ .id = "d",
		.text_sha256 = "00",
		.page = "p",
		.body = "b",
		.parser = "1",
		.url = "https://a.example/",
		.source = "s",
		.text = span_str(TEXT) };
	put(s, &r);
	r = (struct record){ .kind = RECORD_EXTRACTION };
	r.extraction = (struct extraction){ .document = "d",
		.rules = "r",
		.mentions = mentions,
		.nmentions = 2,
		.claims = &claim,
		.nclaims = 1 };
	put(s, &r);
	r = (struct record){ .kind = RECORD_PROBLEM };
	r.problem = (struct problem){ .stage = "parse",
		.url = "u",
		.code = PROBLEM_TIMEOUT,
		.message = "m" };
	put(s, &r);
}

static enum error_code
keep_id(const struct fact *f, void *ctx, struct error *err)
{
	(void)ctx;
	(void)err;
	(void)snprintf(fact_id, sizeof fact_id, "%s", f->id);
	return OK;
}

static void
make_good(void)
{
	const struct fact_filter all = { .kind = -1 };
	struct store *s = NULL;
	FILE *f;

	if (mkdtemp(dir) == NULL)
		abort();
	(void)snprintf(path, sizeof path, "%s/l", dir);
	(void)snprintf(lock, sizeof lock, "%s/l.lock", dir);
	(void)atexit(clean);
	if (store_open(path, STORE_WRITE, &s, NULL) != OK ||
		store_begin(s, NULL) != OK)
		abort();
	put_release(s);
	if (store_commit(s, NULL) != OK ||
		store_facts(s, &all, keep_id, NULL, NULL) != OK)
		abort();
	store_close(s);
	f = fopen(path, "rb");
	if (f == NULL)
		abort();
	good_len = fread(good, 1, sizeof good, f);
	(void)fclose(f);
}

static void
write_bad(const uint8_t *data, size_t size)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL)
		abort();
	if (size >= 6 && memcmp(data, "SQLite", 6) == 0) {
		(void)fwrite(data, 1, size, f);
	} else {
		memcpy(bad, good, good_len);
		for (; size >= CHANGE; data += CHANGE, size -= CHANGE) {
			uint32_t at;

			memcpy(&at, data, sizeof at);
			bad[at % good_len] = (char)data[4];
		}
		(void)fwrite(bad, 1, good_len, f);
	}
	(void)fclose(f);
}

static void
view(struct store *s, FILE *out)
{
	const struct claim_filter claims = {
		.kind = -1, .polarity = -1, .zone = -1
	};
	const struct fact_filter facts = { .kind = -1, .subject = "graz" };
	int broken;

	for (int i = 0; i < 2; i++) {
		const struct audit_options o = { .out = out,
			.format = i == 0 ? AUDIT_TABLE : AUDIT_JSON,
			.width = 80 };

		(void)audit_claims(s, &claims, &o, NULL, NULL);
		(void)audit_facts(s, &facts, &o, NULL, NULL);
		(void)audit_problems(s, &o, NULL, NULL);
		(void)audit_explain(s, dir, "aaaa", &o, &broken, NULL);
		(void)audit_explain(s, dir, fact_id, &o, &broken, NULL);
	}
	(void)audit_export(s, out, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct store *s = NULL;
	FILE *out;

	if (good_len == 0)
		make_good();
	write_bad(data, size);
	out = fopen("/dev/null", "w");
	if (out == NULL)
		abort();
	if (store_open(path, STORE_READ, &s, &err) == OK)
		view(s, out);
	store_close(s);
	(void)fclose(out);
	return 0;
}
