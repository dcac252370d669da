#include "publisher.h"

#include "line.h"

/* "https://example.org/press", "@city", "115237": no names. */
static bool
is_name(struct span s)
{
	size_t letters = 0, next;
	uint32_t cp;

	if (s.len == 0 || s.len > PUBLISHER_MAX || s.ptr[0] == '@' ||
		span_find(s, 0, span_str("://")) != SIZE_MAX ||
		span_istarts_with(s, "www."))
		return false;
	for (size_t at = 0; (next = utf8_decode(s, at, &cp)) > 0; at += next)
		letters += utf8_is_letter(cp);
	return letters >= 2;
}

enum error_code
publisher_add(struct document *doc, struct span name, enum date_basis basis,
	const char *from, struct arena *a)
{
	struct doc_name *p;

	name = span_trim(name);
	if (!is_name(name) || doc->npublishers == RECORD_NAMES_MAX)
		return OK;
	if (doc->publishers == NULL)
		doc->publishers = arena_array(
			a, RECORD_NAMES_MAX, sizeof *doc->publishers);
	if (doc->publishers == NULL)
		return ERR_NOMEM;
	p = &doc->publishers[doc->npublishers];
	*p = (struct doc_name){
		.name = line_fold(name, a),
		.basis = basis,
		.from = from,
	};
	if (p->name == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < doc->npublishers; i++)
		if (strcmp(doc->publishers[i].name, p->name) == 0 &&
			strcmp(doc->publishers[i].from, from) == 0)
			return OK;
	doc->npublishers++;
	return OK;
}

enum error_code
publisher_settle(struct document *doc, struct arena *a)
{
	enum error_code code = OK;

	if (doc->site != NULL)
		code = publisher_add(
			doc, span_str(doc->site), BASIS_COMPUTED, "site", a);
	if (doc->npublishers > 0)
		doc->publisher = doc->publishers[0];
	return code;
}
