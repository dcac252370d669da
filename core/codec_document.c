/* The document record: text, blocks, metadata. */
#include <string.h>

#include "hash.h"
#include "json.h"
#include "utf8.h"

static enum error_code
date_decode(const struct json_in *in, const char *key, struct doc_date *d)
{
	struct json_in sub = *in;
	const char *basis = NULL;
	struct edtf e;
	enum error_code code = json_find_object(in, key, &sub.obj);

	if (code != OK || sub.obj == NULL)
		return code;
	sub.what = key;
	code = json_get_str(&sub, "edtf", &d->edtf);
	if (code == OK && !edtf_parse(span_str(d->edtf), &e))
		return json_in_error(&sub, "edtf", "an EDTF date");
	if (code == OK)
		code = json_find_str(&sub, "basis", &basis);
	if (code == OK && basis != NULL &&
		!date_basis_find(span_str(basis), &d->basis))
		return json_in_error(&sub, "basis", "a known basis");
	if (code == OK)
		code = json_find_str(&sub, "from", &d->from);
	return code;
}

static json_t *
date_to_json(const struct doc_date *d)
{
	json_t *o = json_object();

	if (json_put_str(o, "edtf", d->edtf) &&
		json_put_str(o, "basis", date_basis_name(d->basis)) &&
		json_put_str(o, "from", d->from))
		return o;
	json_decref(o);
	return NULL;
}

static enum error_code
block_decode(const struct json_in *in, struct block *b)
{
	const char *type = NULL, *zone = NULL;
	int64_t level = 0;
	enum error_code code = json_get_at(in, &b->start, &b->end);

	if (code == OK)
		code = json_get_str(in, "type", &type);
	if (code == OK && !block_type_find(span_str(type), &b->type))
		return json_in_error(in, "type", "a known block type");
	if (code == OK)
		code = json_get_str(in, "zone", &zone);
	if (code == OK && !zone_find(span_str(zone), &b->zone))
		return json_in_error(in, "zone", "a known zone");
	if (code == OK)
		code = json_find_int(in, "level", 0, 255, &level);
	b->level = (uint8_t)level;
	return code;
}

/* Blocks ascend, do not overlap, and stand on characters of the text. */
static bool
block_fits(const struct document *d, size_t i)
{
	const struct block *b = &d->blocks[i];

	if (i > 0 && b->start < d->blocks[i - 1].end)
		return false;
	return b->end <= d->text.len && utf8_boundary(d->text, b->start) &&
	       utf8_boundary(d->text, b->end);
}

static enum error_code
blocks_decode(const struct json_in *in, struct document *d)
{
	struct json_in sub = *in;
	const json_t *list;
	enum error_code code =
		json_find_array(in, "blocks", RECORD_BLOCKS_MAX, &list);

	if (code != OK)
		return code;
	d->nblocks = json_array_size(list);
	d->blocks = arena_array(in->arena, d->nblocks, sizeof *d->blocks);
	if (d->blocks == NULL)
		return json_in_nomem(in);
	for (size_t i = 0; i < d->nblocks; i++) {
		sub.what = "document block";
		sub.obj = json_array_get(list, i);
		code = block_decode(&sub, &d->blocks[i]);
		if (code != OK)
			return code;
		if (!block_fits(d, i))
			return error_set(in->err, ERR_FORMAT,
				"document: block %zu does not lie on "
				"characters of the text, behind the one "
				"before it",
				i);
	}
	return OK;
}

static enum error_code
text_decode(const struct json_in *in, struct document *d)
{
	const char *text = NULL;
	char hex[HASH_HEX];
	enum error_code code = json_get_str(in, "text", &text);

	if (code != OK)
		return code;
	d->text = span_str(text);
	code = json_get_str(in, "text_sha256", &d->text_sha256);
	if (code != OK)
		return code;
	hash_hex(d->text, hex);
	if (strcmp(hex, d->text_sha256) != 0)
		return json_in_error(in, "text_sha256", "the text's hash");
	return OK;
}

enum error_code
document_decode(const struct json_in *in, struct document *d)
{
	const struct {
		const char *key;
		const char **value;
		bool required;
	} strings[] = {
		{ "id", &d->id, true },
		{ "page", &d->page, true },
		{ "body", &d->body, true },
		{ "parser", &d->parser, true },
		{ "url", &d->url, true },
		{ "source", &d->source, true },
		{ "canonical_url", &d->canonical_url, false },
		{ "title", &d->title, false },
		{ "site", &d->site, false },
		{ "language", &d->language, false },
	};
	enum error_code code = OK;

	for (size_t i = 0; code == OK && i < sizeof strings / sizeof *strings;
		i++)
		code = strings[i].required ? json_get_str(in, strings[i].key,
						     strings[i].value)
					   : json_find_str(in, strings[i].key,
						     strings[i].value);
	if (code == OK)
		code = json_find_strings(
			in, "authors", &d->authors, &d->nauthors);
	if (code == OK)
		code = date_decode(in, "published", &d->published);
	if (code == OK)
		code = date_decode(in, "modified", &d->modified);
	if (code == OK)
		code = text_decode(in, d);
	if (code == OK)
		code = blocks_decode(in, d);
	if (code == OK)
		code = json_find_strings(
			in, "warnings", &d->warnings, &d->nwarnings);
	return code;
}

static json_t *
blocks_to_json(const struct document *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->nblocks; i++) {
		const struct block *b = &d->blocks[i];
		json_t *o = json_object();
		bool ok =
			json_put_at(o, b->start, b->end) &&
			json_put_str(o, "type", block_type_name(b->type)) &&
			(b->level == 0 || json_put_int(o, "level", b->level)) &&
			json_put_str(o, "zone", zone_name(b->zone));

		if (json_array_append_new(list, o) != 0 || !ok) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

json_t *
document_to_json(const struct document *d)
{
	json_t *o = json_object();
	bool ok = json_put_str(o, "id", d->id) &&
		  json_put_str(o, "text_sha256", d->text_sha256) &&
		  json_put_str(o, "page", d->page) &&
		  json_put_str(o, "body", d->body) &&
		  json_put_str(o, "parser", d->parser) &&
		  json_put_str(o, "url", d->url) &&
		  json_put_str(o, "canonical_url", d->canonical_url) &&
		  json_put_str(o, "source", d->source) &&
		  json_put_str(o, "title", d->title) &&
		  json_put_str(o, "site", d->site) &&
		  json_put_strings(o, "authors", d->authors, d->nauthors) &&
		  json_put_str(o, "language", d->language);

	if (ok && d->published.edtf != NULL)
		ok = json_put(o, "published", date_to_json(&d->published));
	if (ok && d->modified.edtf != NULL)
		ok = json_put(o, "modified", date_to_json(&d->modified));
	ok = ok &&
	     json_put_span(
		     o, "text", d->text.ptr != NULL ? d->text : span_str("")) &&
	     json_put(o, "blocks", blocks_to_json(d)) &&
	     json_put_strings(o, "warnings", d->warnings, d->nwarnings);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}
