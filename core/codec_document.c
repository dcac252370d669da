/* The document record: text, blocks, metadata. */
#include <string.h>

#include "codec_parts.h"
#include "hash.h"
#include "utf8.h"

JSON_ENUM(find_basis, enum date_basis, date_basis_find, "a known basis")
JSON_ENUM(read_type, enum block_type, block_type_find, "a known block type")
JSON_ENUM(read_zone, enum zone, zone_find, "a known zone")

enum error_code
read_basis(struct json_in *in, void *into)
{
	return find_basis(in, into);
}

/* Objects of one kind, as they are read. */
struct objects {
	void *list;
	size_t n;
};

/* What is known of such a list. */
struct objects_kind {
	const char *name; /* in the plural */
	size_t size, max;
	const struct json_key *keys;
	size_t nkeys;
};

static const struct json_key date_keys[] = {
	JSON_NEEDS("edtf", json_edtf, struct doc_date, edtf),
	JSON_MAY("basis", read_basis, struct doc_date, basis),
	JSON_MAY("from", json_str, struct doc_date, from),
};

static enum error_code
read_date(struct json_in *in, void *into)
{
	return json_object(in, in->key, date_keys,
		sizeof date_keys / sizeof *date_keys, into);
}

/* key: NULL in an array. */
static void
put_date(struct buffer *b, const char *key, const struct doc_date *d)
{
	if (d->edtf == NULL)
		return;
	if (key != NULL)
		json_out_key(b, key);
	json_out_open(b, '{');
	json_put_str(b, "edtf", d->edtf);
	json_put_str(b, "basis", date_basis_name(d->basis));
	json_put_str(b, "from", d->from);
	json_out_close(b, '}');
}

static enum error_code
read_objects(struct json_in *in, struct objects *out,
	const struct objects_kind *kind)
{
	size_t room = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', "an array");

	for (size_t n = 0; code == OK; n++) {
		code = json_more(in, ']', n, &more);
		if (code != OK || !more) {
			out->n = n;
			return code;
		}
		if (n == kind->max)
			return error_set(in->err, ERR_LIMIT,
				"document: more than %zu %s", kind->max,
				kind->name);
		out->list =
			arena_grow(in->arena, out->list, n, &room, kind->size);
		if (out->list == NULL)
			return json_nomem(in);
		code = json_object(in, kind->name, kind->keys, kind->nkeys,
			(char *)out->list + n * kind->size);
	}
	return code;
}

#define KIND(name, type, max, keys)                                            \
	{                                                                      \
		name, sizeof(type), max, keys, sizeof(keys) / sizeof *(keys)   \
	}

/* The days the page gives for itself. */
static enum error_code
read_dates(struct json_in *in, void *into)
{
	static const struct objects_kind kind =
		KIND("dates", struct doc_date, RECORD_DATES_MAX, date_keys);

	return read_objects(in, into, &kind);
}

static const struct json_key name_keys[] = {
	JSON_NEEDS("name", json_str, struct doc_name, name),
	JSON_MAY("basis", read_basis, struct doc_name, basis),
	JSON_MAY("from", json_str, struct doc_name, from),
};

static enum error_code
read_name(struct json_in *in, void *into)
{
	return json_object(in, in->key, name_keys,
		sizeof name_keys / sizeof *name_keys, into);
}

static enum error_code
read_names(struct json_in *in, void *into)
{
	static const struct objects_kind kind = KIND(
		"publishers", struct doc_name, RECORD_NAMES_MAX, name_keys);

	return read_objects(in, into, &kind);
}

static void
put_name(struct buffer *b, const char *key, const struct doc_name *n)
{
	if (n->name == NULL)
		return;
	if (key != NULL)
		json_out_key(b, key);
	json_out_open(b, '{');
	json_put_str(b, "name", n->name);
	json_put_str(b, "basis", date_basis_name(n->basis));
	json_put_str(b, "from", n->from);
	json_out_close(b, '}');
}

_Static_assert(
	offsetof(struct doc_contact, end) ==
			offsetof(struct doc_contact, start) +
				sizeof(uint32_t) &&
		offsetof(struct doc_link, end) ==
			offsetof(struct doc_link, start) + sizeof(uint32_t),
	"json_range() fills both");

static const struct json_key contact_keys[] = {
	JSON_MAY("name", json_str, struct doc_contact, name),
	JSON_MAY("email", json_str, struct doc_contact, email),
	JSON_MAY("phone", json_str, struct doc_contact, phone),
	JSON_MAY("basis", read_basis, struct doc_contact, basis),
	JSON_NEEDS("from", json_str, struct doc_contact, from),
	JSON_MAY("at", json_range, struct doc_contact, start),
};

static enum error_code
read_contact(struct json_in *in, void *into)
{
	return json_object(in, in->key, contact_keys,
		sizeof contact_keys / sizeof *contact_keys, into);
}

static enum error_code
read_contacts(struct json_in *in, void *into)
{
	static const struct objects_kind kind = KIND(
		"contacts", struct doc_contact, RECORD_NAMES_MAX, contact_keys);

	return read_objects(in, into, &kind);
}

static void
put_contact(struct buffer *b, const char *key, const struct doc_contact *c)
{
	if (c->from == NULL)
		return;
	if (key != NULL)
		json_out_key(b, key);
	json_out_open(b, '{');
	json_put_str(b, "name", c->name);
	json_put_str(b, "email", c->email);
	json_put_str(b, "phone", c->phone);
	json_put_str(b, "basis", date_basis_name(c->basis));
	json_put_str(b, "from", c->from);
	if (c->end > 0)
		json_put_at(b, c->start, c->end);
	json_out_close(b, '}');
}

static const struct json_key link_keys[] = {
	JSON_NEEDS("url", json_str, struct doc_link, url),
	JSON_MAY("at", json_range, struct doc_link, start),
};

static enum error_code
read_links(struct json_in *in, void *into)
{
	static const struct objects_kind kind =
		KIND("links", struct doc_link, RECORD_LINKS_MAX, link_keys);

	return read_objects(in, into, &kind);
}

static enum error_code
read_level(struct json_in *in, void *into)
{
	uint8_t *out = into;
	int64_t level = 0;
	enum error_code code = json_int_to(in, 0, 255, &level);

	*out = (uint8_t)level;
	return code;
}

static enum error_code
read_place(struct json_in *in, void *into)
{
	uint16_t *out = into;
	int64_t place = 0;
	enum error_code code = json_int_to(in, 1, UINT16_MAX, &place);

	*out = (uint16_t)place;
	return code;
}

static enum error_code
read_header(struct json_in *in, void *into)
{
	uint32_t *out = into;
	int64_t block = 0;
	enum error_code code =
		json_int_to(in, 0, RECORD_BLOCKS_MAX - 1, &block);

	*out = (uint32_t)block + 1;
	return code;
}

_Static_assert(offsetof(struct block, end) ==
		       offsetof(struct block, start) + sizeof(uint32_t),
	"json_range() fills both");

static const struct json_key block_keys[] = {
	JSON_NEEDS("at", json_range, struct block, start),
	JSON_NEEDS("type", read_type, struct block, type),
	JSON_MAY("level", read_level, struct block, level),
	JSON_NEEDS("zone", read_zone, struct block, zone),
	JSON_MAY("links", read_level, struct block, links),
	JSON_MAY("row", read_place, struct block, row),
	JSON_MAY("column", read_place, struct block, column),
	JSON_MAY("header", read_header, struct block, header),
};

/* What is read of a document: its blocks need its text to be checked. */
struct reading {
	struct document doc;
	struct json_list authors, warnings;
	struct objects dates, publishers, contacts, links;
	struct block *blocks;
};

static enum error_code
read_blocks(struct json_in *in, void *into)
{
	struct reading *r =
		(struct reading *)((char *)into -
				   offsetof(struct reading, blocks));
	size_t room = 0;
	bool more = true;
	enum error_code code = json_open(in, '[', "an array");

	for (size_t n = 0; code == OK; n++) {
		code = json_more(in, ']', n, &more);
		if (code != OK || !more) {
			r->doc.nblocks = n;
			return code;
		}
		if (n == RECORD_BLOCKS_MAX)
			return error_set(in->err, ERR_LIMIT,
				"document: more than %d blocks",
				RECORD_BLOCKS_MAX);
		r->blocks = arena_grow(
			in->arena, r->blocks, n, &room, sizeof *r->blocks);
		if (r->blocks == NULL)
			return json_nomem(in);
		code = json_object(in, "document block", block_keys,
			sizeof block_keys / sizeof *block_keys, &r->blocks[n]);
	}
	return code;
}

static const struct json_key document_keys[] = {
	RECORD_HEAD,
	JSON_NEEDS("id", json_str, struct reading, doc.id),
	JSON_NEEDS("text_sha256", json_str, struct reading, doc.text_sha256),
	JSON_NEEDS("page", json_str, struct reading, doc.page),
	JSON_NEEDS("body", json_str, struct reading, doc.body),
	JSON_NEEDS("parser", json_str, struct reading, doc.parser),
	JSON_NEEDS("url", json_str, struct reading, doc.url),
	JSON_MAY("canonical_url", json_str, struct reading, doc.canonical_url),
	JSON_NEEDS("source", json_str, struct reading, doc.source),
	JSON_MAY("title", json_str, struct reading, doc.title),
	JSON_MAY("site", json_str, struct reading, doc.site),
	JSON_MAY("authors", json_strings, struct reading, authors),
	JSON_MAY("language", json_str, struct reading, doc.language),
	JSON_MAY("published", read_date, struct reading, doc.published),
	JSON_MAY("modified", read_date, struct reading, doc.modified),
	JSON_MAY("dates", read_dates, struct reading, dates),
	JSON_MAY("publisher", read_name, struct reading, doc.publisher),
	JSON_MAY("publishers", read_names, struct reading, publishers),
	JSON_MAY("contact", read_contact, struct reading, doc.contact),
	JSON_MAY("contacts", read_contacts, struct reading, contacts),
	JSON_MAY("links", read_links, struct reading, links),
	JSON_NEEDS("text", json_text, struct reading, doc.text),
	JSON_MAY("blocks", read_blocks, struct reading, blocks),
	JSON_MAY("warnings", json_strings, struct reading, warnings),
};

/* Words lie on characters of the text. */
static bool
words_fit(const struct document *d, uint32_t start, uint32_t end)
{
	return end <= d->text.len && utf8_boundary(d->text, start) &&
	       utf8_boundary(d->text, end);
}

/* Blocks ascend, do not overlap, and stand on characters of the text. */
static bool
block_fits(const struct document *d, size_t i)
{
	const struct block *b = &d->blocks[i];

	if (b->start > b->end || (i > 0 && b->start < d->blocks[i - 1].end) ||
		b->header > i)
		return false;
	return words_fit(d, b->start, b->end);
}

/* Contacts and links have their words in the text. */
static bool
people_fit(const struct document *d)
{
	if (!words_fit(d, d->contact.start, d->contact.end))
		return false;
	for (size_t i = 0; i < d->ncontacts; i++)
		if (!words_fit(d, d->contacts[i].start, d->contacts[i].end))
			return false;
	for (size_t i = 0; i < d->nlinks; i++)
		if (!words_fit(d, d->links[i].start, d->links[i].end))
			return false;
	return true;
}

enum error_code
document_check(const struct document *d, struct error *err)
{
	char hex[HASH_HEX];

	hash_hex(d->text, hex);
	if (strcmp(hex, d->text_sha256) != 0)
		return error_set(err, ERR_FORMAT,
			"document: \"text_sha256\" is not the text's hash");
	for (size_t i = 0; i < d->nblocks; i++)
		if (!block_fits(d, i))
			return error_set(err, ERR_FORMAT,
				"document: block %zu does not lie on "
				"characters of the text, behind the one "
				"before it and its header",
				i);
	if (!people_fit(d))
		return error_set(err, ERR_FORMAT,
			"document: the words of a contact or a link do not "
			"lie on characters of the text");
	return OK;
}

enum error_code
document_decode(struct json_in *in, struct document *out)
{
	struct reading r = { 0 };
	enum error_code code = json_object(in, "document", document_keys,
		sizeof document_keys / sizeof *document_keys, &r);

	if (code != OK)
		return code;
	*out = r.doc;
	out->authors = r.authors.list;
	out->nauthors = r.authors.n;
	out->warnings = r.warnings.list;
	out->nwarnings = r.warnings.n;
	out->dates = r.dates.list;
	out->ndates = r.dates.n;
	out->publishers = r.publishers.list;
	out->npublishers = r.publishers.n;
	out->contacts = r.contacts.list;
	out->ncontacts = r.contacts.n;
	out->links = r.links.list;
	out->nlinks = r.links.n;
	out->blocks = r.blocks;
	return document_check(out, in->err);
}

static void
put_dates(struct buffer *b, const struct document *d)
{
	if (d->ndates == 0)
		return;
	json_out_key(b, "dates");
	json_out_open(b, '[');
	for (size_t i = 0; i < d->ndates; i++)
		put_date(b, NULL, &d->dates[i]);
	json_out_close(b, ']');
}

static void
put_publishers(struct buffer *b, const struct document *d)
{
	put_name(b, "publisher", &d->publisher);
	if (d->npublishers == 0)
		return;
	json_out_key(b, "publishers");
	json_out_open(b, '[');
	for (size_t i = 0; i < d->npublishers; i++)
		put_name(b, NULL, &d->publishers[i]);
	json_out_close(b, ']');
}

static void
put_contacts(struct buffer *b, const struct document *d)
{
	put_contact(b, "contact", &d->contact);
	if (d->ncontacts == 0)
		return;
	json_out_key(b, "contacts");
	json_out_open(b, '[');
	for (size_t i = 0; i < d->ncontacts; i++)
		put_contact(b, NULL, &d->contacts[i]);
	json_out_close(b, ']');
}

static void
put_links(struct buffer *b, const struct document *d)
{
	if (d->nlinks == 0)
		return;
	json_out_key(b, "links");
	json_out_open(b, '[');
	for (size_t i = 0; i < d->nlinks; i++) {
		json_out_open(b, '{');
		json_put_str(b, "url", d->links[i].url);
		if (d->links[i].end > 0)
			json_put_at(b, d->links[i].start, d->links[i].end);
		json_out_close(b, '}');
	}
	json_out_close(b, ']');
}

static void
put_blocks(struct buffer *b, const struct document *d)
{
	json_out_key(b, "blocks");
	json_out_open(b, '[');
	for (size_t i = 0; i < d->nblocks; i++) {
		const struct block *k = &d->blocks[i];

		json_out_open(b, '{');
		json_put_at(b, k->start, k->end);
		json_put_str(b, "type", block_type_name(k->type));
		if (k->level != 0)
			json_put_int(b, "level", k->level);
		json_put_str(b, "zone", zone_name(k->zone));
		if (k->links != 0)
			json_put_int(b, "links", k->links);
		if (k->row != 0) {
			json_put_int(b, "row", k->row);
			json_put_int(b, "column", k->column);
		}
		if (k->header != 0)
			json_put_int(b, "header", k->header - 1);
		json_out_close(b, '}');
	}
	json_out_close(b, ']');
}

void
document_encode(const struct document *d, struct buffer *b)
{
	json_put_str(b, "id", d->id);
	json_put_str(b, "text_sha256", d->text_sha256);
	json_put_str(b, "page", d->page);
	json_put_str(b, "body", d->body);
	json_put_str(b, "parser", d->parser);
	json_put_str(b, "url", d->url);
	json_put_str(b, "canonical_url", d->canonical_url);
	json_put_str(b, "source", d->source);
	json_put_str(b, "title", d->title);
	json_put_str(b, "site", d->site);
	json_put_strings(b, "authors", d->authors, d->nauthors);
	json_put_str(b, "language", d->language);
	put_date(b, "published", &d->published);
	put_date(b, "modified", &d->modified);
	put_dates(b, d);
	put_publishers(b, d);
	put_contacts(b, d);
	put_links(b, d);
	json_put_span(b, "text", d->text.ptr != NULL ? d->text : span_str(""));
	put_blocks(b, d);
	json_put_strings(b, "warnings", d->warnings, d->nwarnings);
}
