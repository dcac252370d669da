/*
 * What a body is, by what it is served as and how it begins.
 * Private to parse.
 */
#ifndef DL_PARSE_MEDIA_H
#define DL_PARSE_MEDIA_H

#include "core/core.h"

enum media {
	MEDIA_HTML,
	MEDIA_PLAIN,
	MEDIA_MAIL,
	MEDIA_PDF,
	MEDIA_UNKNOWN,
	MEDIA_OTHER
};

/* Of a media type without parameters; NULL: none was told. */
enum media
media_of_type(const char *type);
/* A PDF says so itself, whatever it is served as (ISO 32000, 7.5.2). */
bool
media_is_pdf(struct span body);
/* Served as XHTML, or of no certain type and with XML's declaration. */
bool
media_is_xhtml(const char *type, struct span text);
/* What text of no or no certain type is: markup if it begins like it. */
enum media
media_sniff(struct span text);

#endif
