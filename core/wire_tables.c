#include "wire_tables.h"

#define STRINGS_MAX RECORD_BLOCKS_MAX /* of one list */

#define FIELD(form, type, member)                                              \
	{                                                                      \
		form, offsetof(type, member), 0, 0, NULL                       \
	}
#define TEXT(bits, type, member)                                               \
	{                                                                      \
		WIRE_TEXT, offsetof(type, member), 0, bits, NULL               \
	}
#define NUMBER(type, member, max)                                              \
	{                                                                      \
		WIRE_NUMBER, offsetof(type, member),                           \
			sizeof(((type *)NULL)->member), max, NULL              \
	}
#define ONE(type, member, table)                                               \
	{                                                                      \
		WIRE_ONE, offsetof(type, member), 0, 0, &(table)               \
	}
#define LIST(type, member, number, max, table)                                 \
	{                                                                      \
		WIRE_LIST, offsetof(type, member), offsetof(type, number),     \
			max, &(table)                                          \
	}
#define TABLE(name, type)                                                      \
	static const struct wire_table name = { name##_fields,                 \
		sizeof name##_fields / sizeof *name##_fields, sizeof(type) }

static const struct wire_field string_fields[] = {
	{ WIRE_TEXT, 0, 0, WIRE_NEEDED, NULL },
};
TABLE(string, const char *);

static const struct wire_field task_fields[] = {
	TEXT(WIRE_NEEDED, struct task, url),
	TEXT(WIRE_NEEDED, struct task, source),
	TEXT(0, struct task, reason),
	TEXT(0, struct task, via),
	TEXT(0, struct task, etag),
	TEXT(0, struct task, last_modified),
	TEXT(0, struct task, body),
	FIELD(WIRE_TIME, struct task, not_before),
};
TABLE(task, struct task);

static const struct wire_field page_fields[] = {
	TEXT(WIRE_NEEDED, struct page, id),
	TEXT(WIRE_NEEDED, struct page, body),
	TEXT(WIRE_NEEDED, struct page, url),
	TEXT(WIRE_NEEDED, struct page, final_url),
	TEXT(WIRE_NEEDED, struct page, source),
	TEXT(0, struct page, media_type),
	TEXT(0, struct page, charset),
	NUMBER(struct page, status, 999),
	NUMBER(struct page, bytes, INT64_MAX),
	TEXT(0, struct page, etag),
	TEXT(0, struct page, last_modified),
	FIELD(WIRE_TIME, struct page, fetched_at),
	TEXT(WIRE_NAME, struct page, archive.file),
	NUMBER(struct page, archive.offset, INT64_MAX),
	NUMBER(struct page, archive.length, INT64_MAX),
};
TABLE(page, struct page);

static const struct wire_field link_fields[] = {
	TEXT(WIRE_NEEDED, struct link, url),
	TEXT(WIRE_NEEDED, struct link, page),
	TEXT(WIRE_NEEDED, struct link, source),
	TEXT(0, struct link, title),
	TEXT(0, struct link, published),
	TEXT(0, struct link, guid),
	TEXT(0, struct link, lastmod),
	FIELD(WIRE_TIME, struct link, published_at),
	FIELD(WIRE_TIME, struct link, lastmod_at),
	NUMBER(struct link, rel, LINK_RELS - 1),
};
TABLE(link, struct link);

static const struct wire_field date_fields[] = {
	TEXT(WIRE_EDTF, struct doc_date, edtf),
	NUMBER(struct doc_date, basis, BASIS_COMPUTED),
	TEXT(0, struct doc_date, from),
};
TABLE(date, struct doc_date);

static const struct wire_field name_fields[] = {
	TEXT(0, struct doc_name, name),
	NUMBER(struct doc_name, basis, BASIS_COMPUTED),
	TEXT(0, struct doc_name, from),
};
TABLE(name, struct doc_name);

static const struct wire_field contact_fields[] = {
	TEXT(0, struct doc_contact, name),
	TEXT(0, struct doc_contact, email),
	TEXT(0, struct doc_contact, phone),
	NUMBER(struct doc_contact, basis, BASIS_COMPUTED),
	TEXT(0, struct doc_contact, from),
	NUMBER(struct doc_contact, start, UINT32_MAX),
	NUMBER(struct doc_contact, end, UINT32_MAX),
};
TABLE(contact, struct doc_contact);

static const struct wire_field place_fields[] = {
	TEXT(WIRE_NEEDED, struct doc_link, url),
	NUMBER(struct doc_link, start, UINT32_MAX),
	NUMBER(struct doc_link, end, UINT32_MAX),
};
TABLE(place, struct doc_link);

static const struct wire_field block_fields[] = {
	NUMBER(struct block, start, UINT32_MAX),
	NUMBER(struct block, end, UINT32_MAX),
	NUMBER(struct block, type, BLOCK_TYPES - 1),
	NUMBER(struct block, level, UINT8_MAX),
	NUMBER(struct block, links, UINT8_MAX),
	NUMBER(struct block, zone, ZONES - 1),
	NUMBER(struct block, row, UINT16_MAX),
	NUMBER(struct block, column, UINT16_MAX),
	NUMBER(struct block, header, UINT32_MAX),
};
TABLE(block, struct block);

static const struct wire_field document_fields[] = {
	TEXT(WIRE_NEEDED, struct document, id),
	TEXT(WIRE_NEEDED, struct document, text_sha256),
	TEXT(WIRE_NEEDED, struct document, page),
	TEXT(WIRE_NEEDED, struct document, body),
	TEXT(WIRE_NEEDED, struct document, parser),
	TEXT(WIRE_NEEDED, struct document, url),
	TEXT(0, struct document, canonical_url),
	TEXT(WIRE_NEEDED, struct document, source),
	TEXT(0, struct document, title),
	TEXT(0, struct document, site),
	LIST(struct document, authors, nauthors, STRINGS_MAX, string),
	TEXT(0, struct document, language),
	ONE(struct document, published, date),
	ONE(struct document, modified, date),
	LIST(struct document, dates, ndates, RECORD_DATES_MAX, date),
	ONE(struct document, publisher, name),
	LIST(struct document, publishers, npublishers, RECORD_NAMES_MAX, name),
	ONE(struct document, contact, contact),
	LIST(struct document, contacts, ncontacts, RECORD_NAMES_MAX, contact),
	LIST(struct document, links, nlinks, RECORD_LINKS_MAX, place),
	FIELD(WIRE_SPAN, struct document, text),
	LIST(struct document, blocks, nblocks, RECORD_BLOCKS_MAX, block),
	LIST(struct document, warnings, nwarnings, STRINGS_MAX, string),
};
TABLE(document, struct document);

static const struct wire_field arg_fields[] = {
	NUMBER(struct claim_arg, slot, SLOTS - 1),
	NUMBER(struct claim_arg, mention, UINT32_MAX),
	TEXT(0, struct claim_arg, value),
	TEXT(0, struct claim_arg, basis),
};
TABLE(arg, struct claim_arg);

static const struct wire_field feature_fields[] = {
	TEXT(WIRE_NEEDED | WIRE_FEATURE, struct claim_feature, name),
	FIELD(WIRE_REAL, struct claim_feature, value),
};
TABLE(feature, struct claim_feature);

static const struct wire_field claim_fields[] = {
	TEXT(WIRE_NEEDED, struct claim, id),
	NUMBER(struct claim, kind, CLAIM_KINDS - 1),
	TEXT(WIRE_NEEDED, struct claim, rule),
	NUMBER(struct claim, start, UINT32_MAX),
	NUMBER(struct claim, end, UINT32_MAX),
	NUMBER(struct claim, polarity, POLARITIES - 1),
	NUMBER(struct claim, status, STATUSES - 1),
	NUMBER(struct claim, zone, ZONES - 1),
	FIELD(WIRE_REAL, struct claim, confidence),
	TEXT(0, struct claim, attributed_to),
	LIST(struct claim, args, nargs, CLAIM_ARGS_MAX, arg),
	TEXT(0, struct claim, unit),
	LIST(struct claim, features, nfeatures, CLAIM_FEATURES_MAX, feature),
};
TABLE(claim, struct claim);

static const struct wire_field extraction_fields[] = {
	TEXT(WIRE_NEEDED, struct extraction, document),
	TEXT(WIRE_NEEDED, struct extraction, rules),
	FIELD(WIRE_MENTIONS, struct extraction, mentions),
	LIST(struct extraction, claims, nclaims, RECORD_CLAIMS_MAX, claim),
	LIST(struct extraction, warnings, nwarnings, STRINGS_MAX, string),
};
TABLE(extraction, struct extraction);

static const struct wire_field problem_fields[] = {
	TEXT(WIRE_NEEDED, struct problem, stage),
	TEXT(0, struct problem, ref),
	TEXT(0, struct problem, url),
	NUMBER(struct problem, code, PROBLEM_CODES - 1),
	TEXT(WIRE_NEEDED, struct problem, message),
	NUMBER(struct problem, retry, 1),
	FIELD(WIRE_TIME, struct problem, at),
};
TABLE(problem, struct problem);

const struct wire_table *const wire_tables[RECORD_KINDS] = {
	[RECORD_TASK] = &task,
	[RECORD_PAGE] = &page,
	[RECORD_LINK] = &link,
	[RECORD_DOCUMENT] = &document,
	[RECORD_EXTRACTION] = &extraction,
	[RECORD_PROBLEM] = &problem,
};
