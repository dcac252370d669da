#include "problem.h"

static const struct {
	const char *name;
	const char *text;
	bool retry;
} problems[PROBLEM_CODES] = {
	[PROBLEM_URL_INVALID] = { "fetch.url-invalid",
		"The URL cannot be read, or carries a user name.", false },
	[PROBLEM_SCHEME_REFUSED] = { "fetch.scheme-refused",
		"Only http, https and (for local sources) file are fetched.",
		false },
	[PROBLEM_ADDRESS_REFUSED] = { "fetch.address-refused",
		"The host's address is private and the source is not local.",
		false },
	[PROBLEM_DNS] = { "fetch.dns", "The host's name does not resolve.",
		true },
	[PROBLEM_CONNECT] = { "fetch.connect",
		"No connection to the host could be made.", true },
	[PROBLEM_TLS] = { "fetch.tls",
		"The TLS connection or its certificate was not accepted.",
		true },
	[PROBLEM_TIMEOUT] = { "fetch.timeout",
		"The transfer was too slow or took too long.", true },
	[PROBLEM_HTTP_STATUS] = { "fetch.http-status",
		"The server answered with a status that carries no page.",
		false },
	[PROBLEM_REDIRECTS] = { "fetch.redirects",
		"Too many redirects, or a redirect loop.", false },
	[PROBLEM_BODY_TOO_LARGE] = { "fetch.body-too-large",
		"The body, received or decoded, is over its cap.", false },
	[PROBLEM_CONTENT_ENCODING] = { "fetch.content-encoding",
		"The body's content encoding is unknown or broken.", false },
	[PROBLEM_TRANSFER] = { "fetch.transfer",
		"The transfer broke off or broke the protocol.", true },
	[PROBLEM_ROBOTS] = { "fetch.robots",
		"The site's robots.txt asks not to fetch this page.", false },
	[PROBLEM_ROBOTS_UNAVAILABLE] = { "fetch.robots-unavailable",
		"The site's robots.txt could not be read, so nothing is "
		"fetched from it for now.",
		true },
	[PROBLEM_DEFERRED] = { "fetch.deferred",
		"The site asked for a pause or failed several times; its other "
		"pages wait for a later run.",
		true },
	[PROBLEM_FILE_MISSING] = { "fetch.file-missing",
		"The file or directory does not exist.", false },
	[PROBLEM_FILE_UNREADABLE] = { "fetch.file-unreadable",
		"The file or directory cannot be read.", true },
	[PROBLEM_FILE_TYPE] = { "fetch.file-type",
		"Not a regular file (a device, a pipe, a directory).", false },
	[PROBLEM_ARCHIVE_RECORD] = { "archive.record",
		"A record of the archive cannot be read.", false },
	[PROBLEM_ARCHIVE_DIGEST] = { "archive.digest",
		"The archive has another body where the page says its own "
		"stands.",
		false },
	[PROBLEM_EMPTY] = { "parse.empty",
		"The body has no bytes, or only white space.", false },
	[PROBLEM_BINARY] = { "parse.binary",
		"The body is binary data, not text.", false },
	[PROBLEM_MEDIA_TYPE] = { "parse.media-type",
		"The media type is not one that is read.", false },
	[PROBLEM_CHARSET] = { "parse.charset",
		"Bytes were not valid in the page's character encoding and "
		"became U+FFFD.",
		false },
	[PROBLEM_MARKUP] = { "parse.markup",
		"The markup could not be read to its end.", false },
	[PROBLEM_TOO_DEEP] = { "parse.too-deep",
		"Elements are nested deeper than is read.", false },
	[PROBLEM_NODES] = { "parse.nodes",
		"The page has more nodes than are read.", false },
	[PROBLEM_TRUNCATED] = { "parse.truncated",
		"The page is longer than is read; the rest was cut off.",
		false },
	[PROBLEM_NO_TEXT] = { "parse.no-text",
		"The page shows no text without running scripts.", false },
	[PROBLEM_PDF] = { "parse.pdf",
		"The PDF is broken, locked, or over a limit.", false },
	[PROBLEM_PDF_READER] = { "parse.pdf-reader",
		"PDFs are read by pdftotext (package poppler-utils), which "
		"could not be started here.",
		true },
	[PROBLEM_ROBOT_CHECK] = { "parse.robot-check",
		"The page asks for a proof that a person reads it.", true },
	[PROBLEM_CONSENT_WALL] = { "parse.consent-wall",
		"The page shows a request for consent in place of its text.",
		false },
	[PROBLEM_LOGIN] = { "parse.login",
		"The page asks for a login in place of its text.", false },
	[PROBLEM_ERROR_PAGE] = { "parse.error-page",
		"The page says that there is no such page, or not now.",
		false },
	[PROBLEM_MOVED] = { "parse.moved", "The page only leads to another.",
		false },
	[PROBLEM_MATCH_LIMIT] = { "extract.match-limit",
		"A pattern hit its match limit and was skipped here.", false },
	[PROBLEM_MENTIONS] = { "extract.mentions",
		"The document has more mentions or claims than are kept.",
		false },
	[PROBLEM_SENTENCE] = { "extract.sentence",
		"A sentence is longer than is read as one and was split.",
		false },
	[PROBLEM_RECORD] = { "record.invalid", "A line is not a valid record.",
		false },
	[PROBLEM_RECORD_TOO_LONG] = { "record.too-long",
		"A line is longer than a record may be.", false },
	[PROBLEM_MEMORY] = { "process.memory",
		"There was no memory to process this page.", true },
	[PROBLEM_WORKER_DIED] = { "process.worker-died",
		"The worker process died while it processed this page.", true },
};

const char *
problem_name(enum problem_code code)
{
	return (unsigned)code < PROBLEM_CODES ? problems[code].name : "unknown";
}

const char *
problem_text(enum problem_code code)
{
	return (unsigned)code < PROBLEM_CODES ? problems[code].text
					      : "Unknown problem.";
}

bool
problem_may_retry(enum problem_code code)
{
	return (unsigned)code < PROBLEM_CODES && problems[code].retry;
}

bool
problem_find(struct span name, enum problem_code *out)
{
	for (int i = 0; i < PROBLEM_CODES; i++)
		if (span_eq_str(name, problems[i].name)) {
			*out = (enum problem_code)i;
			return true;
		}
	return false;
}
