/* Shared by the tests of records: a document and what was extracted of it. */
#ifndef DL_TESTS_UNIT_CORE_RECORDS_H
#define DL_TESTS_UNIT_CORE_RECORDS_H

#include <string.h>

#include "arena.h"
#include "core/core.h"

#define TEXT "Graz has joined the Network of 64 cities."

static inline struct document
a_document(void)
{
	static char hex[HASH_HEX];
	static struct block blocks[] = {
		{ .start = 0,
			.end = 4,
			.type = BLOCK_CELL,
			.links = 100,
			.zone = ZONE_BODY,
			.row = 1,
			.column = 2 },
		{ .start = 4,
			.end = sizeof TEXT - 1,
			.type = BLOCK_CELL,
			.zone = ZONE_BODY,
			.row = 2,
			.column = 2,
			.header = 1 },
	};
	static struct doc_date dates[] = {
		{ "2024-02-14", BASIS_EXPLICIT, "meta" },
		{ "2024-03", BASIS_EXPLICIT, "changed-shown" },
	};

	static struct doc_name publishers[] = {
		{ "City of Graz", BASIS_EXPLICIT, "json-ld publisher" },
		{ "Graz", BASIS_COMPUTED, "site" },
	};
	static struct doc_contact contacts[] = {
		{ "Eva Berg", "berg@graz.example", "0316 0", BASIS_EXPLICIT,
			"labelled press", 0, 4 },
		{ .email = "a@graz.example", .from = "labelled" },
	};
	static struct doc_link links[] = {
		{ "https://example.org/b", 0, 4 },
		{ "https://example.org/c", 0, 0 },
	};

	hash_hex(span_str(TEXT), hex);
	return (struct document){
		.id = "d1",
		.text_sha256 = hex,
		.page = "p1",
		.body = "sha256:00",
		.parser = "1",
		.url = "https://example.org/a",
		.source = "city",
		.title = "Graz joins",
		.language = "en",
		.published = { "2024-02-14", BASIS_EXPLICIT, "meta" },
		.dates = dates,
		.ndates = 2,
		.publisher = publishers[0],
		.publishers = publishers,
		.npublishers = 2,
		.contact = contacts[0],
		.contacts = contacts,
		.ncontacts = 2,
		.links = links,
		.nlinks = 2,
		.text = span_str(TEXT),
		.blocks = blocks,
		.nblocks = 2,
	};
}

static struct mention mentions[] = {
	{ .start = 0,
		.end = 4,
		.type = MENTION_CITY,
		.rule = "gazetteer",
		.place = { .id = "geonames:2778067",
			.name = "Graz",
			.country = "AT",
			.lat = 47.06667,
			.lon = 15.45,
			.score = 0.9,
			.candidates = 2 } },
	{ .start = 20,
		.end = 27,
		.type = MENTION_NETWORK,
		.rule = "names",
		.name = { .id = "net", .name = "The Network" } },
	{ .start = 31,
		.end = 40,
		.type = MENTION_COUNT,
		.rule = "counts",
		.count = { .n = 64,
			.class = COUNT_MEMBER,
			.unit = "cities",
			.fresh = true } },
};
static struct claim_arg args[] = {
	{ .slot = SLOT_SUBJECT, .mention = 0 },
	{ .slot = SLOT_NETWORK, .mention = 1 },
	{ .slot = SLOT_DATE,
		.mention = -1,
		.value = "2024-02-14",
		.basis = "document.published" },
};
static struct claim_feature features[] = {
	{ "cue.join", 1.25 },
	{ "name.at", -0.5 },
};
static struct claim claims[] = {
	{ .id = "c1",
		.kind = CLAIM_MEMBERSHIP,
		.rule = "membership.joined@1",
		.start = 0,
		.end = 27,
		.polarity = POLARITY_ASSERTED,
		.status = STATUS_JOINED,
		.zone = ZONE_BODY,
		.confidence = 0.95,
		.args = args,
		.nargs = 3,
		.features = features,
		.nfeatures = 2 },
};

static inline struct extraction
an_extraction(void)
{
	return (struct extraction){
		.document = "d1",
		.rules = "r1",
		.mentions = mentions,
		.nmentions = 3,
		.claims = claims,
		.nclaims = 1,
	};
}

/* One of each kind. */
static inline void
fill_record(struct record *r, enum record_kind kind)
{
	memset(r, 0, sizeof *r);
	r->kind = kind;
	switch (kind) {
	case RECORD_TASK:
		r->task = (struct task){ .url = "https://example.org/",
			.source = "s",
			.reason = "due",
			.etag = "\"x\"",
			.not_before = 1700000000 };
		break;
	case RECORD_PAGE:
		r->page = (struct page){ .id = "p1",
			.body = "sha256:00",
			.url = "u",
			.final_url = "f",
			.source = "s",
			.media_type = "text/html",
			.status = 200,
			.bytes = 5,
			.fetched_at = 1700000000,
			.archive = { "dateline-00001.warc.gz", 10, 20 } };
		break;
	case RECORD_LINK:
		r->link = (struct link){
			.url = "u", .page = "p1", .source = "s", .title = "T"
		};
		break;
	case RECORD_DOCUMENT:
		r->document = a_document();
		break;
	case RECORD_EXTRACTION:
		r->extraction = an_extraction();
		break;
	case RECORD_PROBLEM:
	case RECORD_KINDS:
		r->problem = (struct problem){ .stage = "fetch",
			.url = "u",
			.code = PROBLEM_TIMEOUT,
			.message = "slow",
			.retry = true,
			.at = 1700000000 };
		break;
	}
}

#endif
