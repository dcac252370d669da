#include "endings.h"

#include <ctype.h>

/* Compared without case (ASCII) and without what follows in brackets. */
static const struct {
	const char *text;
	enum zone zone;
} endings[] = {
	{ "related", ZONE_TEASER },
	{ "related articles", ZONE_TEASER },
	{ "related stories", ZONE_TEASER },
	{ "related news", ZONE_TEASER },
	{ "related news stories", ZONE_TEASER },
	{ "related posts", ZONE_TEASER },
	{ "read more", ZONE_TEASER },
	{ "read next", ZONE_TEASER },
	{ "up next", ZONE_TEASER },
	{ "most read", ZONE_TEASER },
	{ "most popular", ZONE_TEASER },
	{ "more news", ZONE_TEASER },
	{ "other news", ZONE_TEASER },
	{ "latest news", ZONE_TEASER },
	{ "you may also like", ZONE_TEASER },
	{ "lire aussi", ZONE_TEASER },
	{ "\xc3\x80 lire aussi", ZONE_TEASER },
	{ "sur le m\xc3\xaame sujet", ZONE_TEASER },
	{ "articles li\xc3\xa9s", ZONE_TEASER },
	{ "dans la m\xc3\xaame rubrique", ZONE_TEASER },
	{ "noticias relacionadas", ZONE_TEASER },
	{ "lo m\xc3\xa1s le\xc3\xad"
	  "do",
		ZONE_TEASER },
	{ "not\xc3\xad"
	  "cias relacionadas",
		ZONE_TEASER },
	{ "leia tamb\xc3\xa9m", ZONE_TEASER },
	{ "leggi anche", ZONE_TEASER },
	{ "altre notizie", ZONE_TEASER },
	{ "auch interessant", ZONE_TEASER },
	{ "weitere meldungen", ZONE_TEASER },
	{ "weitere artikel", ZONE_TEASER },
	{ "das k\xc3\xb6nnte sie auch interessieren", ZONE_TEASER },
	{ "share this release", ZONE_FOOTER },
	{ "leave a reply", ZONE_COMMENT },
	{ "leave a comment", ZONE_COMMENT },
	{ "comments", ZONE_COMMENT },
	{ "have your say", ZONE_COMMENT },
	{ "your comments", ZONE_COMMENT },
	{ "readers\xe2\x80\x99 comments", ZONE_COMMENT },
	{ "commentaires", ZONE_COMMENT },
	{ "vos commentaires", ZONE_COMMENT },
	{ "r\xc3\xa9"
	  "actions",
		ZONE_COMMENT },
	{ "comentarios", ZONE_COMMENT },
	{ "coment\xc3\xa1rios", ZONE_COMMENT },
	{ "kommentare", ZONE_COMMENT },
	{ "leserstimmen", ZONE_COMMENT },
	{ "leserkommentare", ZONE_COMMENT },
	{ "commenti", ZONE_COMMENT },
};

bool
endings_find(struct span text, enum zone *zone)
{
	const char *bracket = memchr(text.ptr, '(', text.len);

	if (bracket != NULL)
		text.len = (size_t)(bracket - text.ptr);
	/* "3 comments", "Comments: 3" */
	while (text.len > 0 &&
		(isdigit((unsigned char)text.ptr[0]) || text.ptr[0] == ' '))
		text = span_sub(text, 1, text.len);
	while (text.len > 0 &&
		strchr(" :0123456789", text.ptr[text.len - 1]) != NULL)
		text.len--;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (span_ieq_str(text, endings[i].text)) {
			*zone = endings[i].zone;
			return true;
		}
	return false;
}

void
endings_apply(struct blocks *b)
{
	enum zone zone = ZONE_BODY;
	uint8_t level = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct block *k = &b->list[i];

		if (k->zone != ZONE_BODY)
			continue;
		if (k->type == BLOCK_HEADING || k->type == BLOCK_ITEM) {
			enum zone opens;

			if (endings_find(blocks_text(b, k), &opens)) {
				zone = opens;
				level = k->level;
			} else if (k->type == BLOCK_HEADING && level > 0 &&
				   k->level <= level) {
				zone = ZONE_BODY;
			}
		}
		k->zone = zone;
	}
}
