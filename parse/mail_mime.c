#include "mail.h"

#include <ctype.h>
#include <iconv.h>

#include <gmime/gmime.h>

#define MAIL_CHARSETS_MAX 100 /* of labels that differ */

/* Open for as long as the process lives. */
static iconv_t converters[MAIL_CHARSETS_MAX];

/*
 * GMime converts headers by itself, and a sandboxed worker can load no
 * converter: each is opened once, and stays.
 */
void
mail_init(void)
{
	size_t n = 0;
	const char *last = "", *label;

	if (converters[0] != NULL)
		return;
	g_mime_init();
	for (size_t i = 0;
		n < MAIL_CHARSETS_MAX && (label = charset_label(i)) != NULL;
		i++) {
		const char *name = g_mime_charset_iconv_name(label);

		if (name == NULL || strcmp(name, last) == 0)
			continue;
		converters[n++] = g_mime_iconv_open("UTF-8", label);
		last = name;
	}
}

struct walk {
	struct mail *mail;
	struct arena *arena;
	size_t visits;
	bool attached; /* attachments are taken */
	bool nomem;
};

/* ---- headers ---- */

/* One line of valid UTF-8 without control characters, or NULL. */
static const char *
header_text(const char *text, struct arena *a)
{
	struct buffer clean;
	const char *out = NULL;
	struct span s;

	if (text == NULL)
		return NULL;
	buffer_init(&clean, 3 * MAIL_HEADER_MAX + 1);
	s = span_sub(span_str(text), 0, MAIL_HEADER_MAX);
	if (s.len == MAIL_HEADER_MAX)
		s.len = utf8_valid_prefix(s);
	(void)utf8_repair(s, &clean, NULL);
	for (size_t i = 0; i < clean.len; i++)
		if ((unsigned char)clean.ptr[i] < ' ')
			clean.ptr[i] = ' ';
	s = span_trim(buffer_span(&clean));
	if (s.len > 0)
		out = arena_strndup(a, s.ptr, s.len);
	buffer_release(&clean);
	return out;
}

/* "Council news <news.council.example>" */
static const char *
list_name(GMimeMessage *m, struct arena *a)
{
	const char *id = header_text(
		g_mime_object_get_header(GMIME_OBJECT(m), "List-Id"), a);
	struct span name = span_str(id);
	const char *angle = id != NULL ? strchr(id, '<') : NULL;

	if (angle == NULL)
		return NULL;
	name = span_trim(span_sub(name, 0, (size_t)(angle - id)));
	if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
		name = span_trim(span_sub(name, 1, name.len - 1));
	return name.len > 0 ? arena_strndup(a, name.ptr, name.len) : NULL;
}

/* "<https://lists.example.org/archive/123>" */
static const char *
archived_at(GMimeMessage *m, struct arena *a)
{
	struct span url = span_str(header_text(
		g_mime_object_get_header(GMIME_OBJECT(m), "Archived-At"), a));

	if (url.len > 1 && url.ptr[0] == '<' && url.ptr[url.len - 1] == '>')
		url = span_trim(span_sub(url, 1, url.len - 1));
	return span_istarts_with(url, "https://") ||
			       span_istarts_with(url, "http://")
		       ? arena_strndup(a, url.ptr, url.len)
		       : NULL;
}

static void
read_from(GMimeMessage *m, struct mail *mail, struct arena *a)
{
	InternetAddressList *from = g_mime_message_get_from(m);
	InternetAddress *first =
		from != NULL && internet_address_list_length(from) > 0
			? internet_address_list_get_address(from, 0)
			: NULL;
	const char *address, *at;

	if (first == NULL)
		return;
	mail->from = header_text(internet_address_get_name(first), a);
	if (!INTERNET_ADDRESS_IS_MAILBOX(first))
		return;
	address = internet_address_mailbox_get_addr(
		INTERNET_ADDRESS_MAILBOX(first));
	at = address != NULL ? strrchr(address, '@') : NULL;
	if (at != NULL)
		mail->domain = header_text(at + 1, a);
}

static void
read_date(GMimeMessage *m, struct mail *mail)
{
	GDateTime *date = g_mime_message_get_date(m);
	int year, month, day;

	if (date == NULL)
		return;
	g_date_time_get_ymd(date, &year, &month, &day);
	mail->day = (struct civil){ .year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day };
	mail->sent_at = g_date_time_to_unix(date);
	/* The epoch and years nobody wrote mail in are clocks gone wrong. */
	mail->dated = year > 1971 && year < 10000 && civil_valid(mail->day);
}

/* ---- parts ---- */

static bool
is_text(GMimeObject *o, const char *subtype)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);

	return type != NULL &&
	       g_mime_content_type_is_type(type, "text", subtype);
}

static bool
is_html(GMimeObject *o)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);

	return is_text(o, "html") ||
	       (type != NULL && g_mime_content_type_is_type(
					type, "application", "xhtml+xml"));
}

static bool
parameter_is(GMimeObject *o, const char *name, const char *value)
{
	const char *said = g_mime_object_get_content_type_parameter(o, name);

	return said != NULL && span_ieq_str(span_str(said), value);
}

static bool
is_attachment(GMimeObject *o)
{
	const char *said = g_mime_object_get_disposition(o);

	return said != NULL && span_ieq_str(span_str(said), "attachment");
}

static struct mail_part *
add_part(struct walk *w, enum mail_text type, struct span text)
{
	struct mail *m = w->mail;
	struct mail_part *p;

	if (m->nparts == MAIL_PARTS_MAX) {
		m->cut = true;
		return NULL;
	}
	p = &m->parts[m->nparts++];
	*p = (struct mail_part){ .type = type, .text = text };
	return p;
}

static void
take_text(struct walk *w, GMimeObject *o)
{
	GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(o));
	GMimeStream *out;
	GByteArray *bytes;
	struct mail_part *p;
	struct span text;

	if (content == NULL)
		return;
	out = g_mime_stream_mem_new();
	(void)g_mime_data_wrapper_write_to_stream(content, out);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
	text = arena_span(
		w->arena, span_of((const char *)bytes->data, bytes->len));
	w->nomem |= bytes->len > 0 && text.ptr == NULL;
	g_object_unref(out);
	p = text.len > 0
		    ? add_part(w, is_html(o) ? MAIL_HTML : MAIL_PLAIN, text)
		    : NULL;
	if (p == NULL)
		return;
	p->charset = header_text(
		g_mime_object_get_content_type_parameter(o, "charset"),
		w->arena);
	p->flowed = parameter_is(o, "format", "flowed");
	p->delsp = parameter_is(o, "delsp", "yes");
}

enum holds { HOLDS_NOTHING, HOLDS_PLAIN, HOLDS_HTML };

/* The richest text below o that is read here. */
static enum holds
holds(struct walk *w, GMimeObject *o, int depth)
{
	enum holds best = HOLDS_NOTHING;

	if (o == NULL || depth > MAIL_DEPTH_MAX ||
		w->visits++ > MAIL_VISITS_MAX) {
		w->mail->cut = true;
		return best;
	}
	if (GMIME_IS_MULTIPART(o)) {
		GMimeMultipart *m = GMIME_MULTIPART(o);
		int n = g_mime_multipart_get_count(m);

		for (int i = 0; i < n && best < HOLDS_HTML; i++) {
			enum holds one = holds(
				w, g_mime_multipart_get_part(m, i), depth + 1);

			best = one > best ? one : best;
		}
		return best;
	}
	if (is_attachment(o) || !GMIME_IS_PART(o))
		return best;
	return is_html(o)	     ? HOLDS_HTML
	       : is_text(o, "plain") ? HOLDS_PLAIN
				     : HOLDS_NOTHING;
}

static void
walk_part(struct walk *w, GMimeObject *o, int depth);

/* RFC 2046 section 5.1.4: the last that can be read is the best; but one of
 * plain text behind one of HTML is not. */
static void
walk_best(struct walk *w, GMimeMultipart *m, int depth)
{
	GMimeObject *best = NULL;
	enum holds most = HOLDS_NOTHING;
	int n = g_mime_multipart_get_count(m);

	for (int i = 0; i < n; i++) {
		GMimeObject *o = g_mime_multipart_get_part(m, i);
		enum holds one = holds(w, o, depth + 1);

		if (one >= most && one > HOLDS_NOTHING) {
			most = one;
			best = o;
		}
	}
	if (best != NULL)
		walk_part(w, best, depth + 1);
}

static void
walk_multipart(struct walk *w, GMimeObject *o, int depth)
{
	GMimeMultipart *m = GMIME_MULTIPART(o);
	GMimeContentType *type = g_mime_object_get_content_type(o);
	int n = g_mime_multipart_get_count(m);

	/* Pictures belong to the text they are related to. */
	if (!w->attached && (g_mime_content_type_is_type(
				     type, "multipart", "alternative") ||
				    g_mime_content_type_is_type(
					    type, "multipart", "related"))) {
		walk_best(w, m, depth);
		return;
	}
	/* The second part is the signature, or what could not be delivered. */
	if (g_mime_content_type_is_type(type, "multipart", "signed") ||
		g_mime_content_type_is_type(type, "multipart", "report"))
		n = n > 0;
	for (int i = 0; i < n; i++)
		walk_part(w, g_mime_multipart_get_part(m, i), depth + 1);
}

static void
walk_message(struct walk *w, GMimeObject *o, int depth)
{
	GMimeMessage *m =
		g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
	const char *subject;

	if (m == NULL)
		return;
	subject = header_text(g_mime_message_get_subject(m), w->arena);
	if (subject != NULL)
		(void)add_part(w, MAIL_SUBJECT, span_str(subject));
	walk_part(w, g_mime_message_get_mime_part(m), depth + 1);
}

static void
walk_part(struct walk *w, GMimeObject *o, int depth)
{
	if (o == NULL)
		return;
	if (depth > MAIL_DEPTH_MAX || w->visits++ > MAIL_VISITS_MAX) {
		w->mail->cut = true;
		return;
	}
	if (GMIME_IS_MULTIPART(o))
		walk_multipart(w, o, depth);
	else if (is_attachment(o) && !w->attached)
		return;
	else if (GMIME_IS_MESSAGE_PART(o))
		walk_message(w, o, depth);
	else if (GMIME_IS_PART(o) && (is_html(o) || is_text(o, "plain")))
		take_text(w, o);
}

/* GMime reads a group inside a group by calling itself. */
static bool
is_too_nested(struct span body)
{
	static const char *const names[] = { "from:", "sender:", "reply-to:",
		"to:", "cc:", "bcc:", "resent-",
		"disposition-notification-to:" };
	size_t colons = 0;
	bool counts = false;
	struct span line;

	while (span_split(&body, '\n', &line)) {
		if (line.len == 0 ||
			(line.ptr[0] != ' ' && line.ptr[0] != '\t')) {
			colons = 0;
			counts = false;
			for (size_t i = 0; i < sizeof names / sizeof *names;
				i++)
				counts |= span_istarts_with(line, names[i]);
		}
		for (size_t i = 0; counts && i < line.len; i++)
			colons += line.ptr[i] == ':';
		if (colons > MAIL_GROUPS_MAX)
			return true;
	}
	return false;
}

/* A header has a name: "Subject: ...". */
static bool
begins_with_header(struct span body)
{
	size_t n = 0;

	body = span_sub(body, 0, MAIL_HEADER_MAX);
	while (n < body.len &&
		(isalnum((unsigned char)body.ptr[n]) || body.ptr[n] == '-' ||
			body.ptr[n] == '_'))
		n++;
	while (n > 0 && n < body.len && body.ptr[n] == ' ')
		n++;
	return n > 0 && n < body.len && body.ptr[n] == ':';
}

static void
read_message(struct walk *w, GMimeMessage *m)
{
	struct mail *mail = w->mail;

	mail->subject = header_text(g_mime_message_get_subject(m), w->arena);
	mail->list = list_name(m, w->arena);
	mail->archived = archived_at(m, w->arena);
	read_from(m, mail, w->arena);
	read_date(m, mail);
	walk_part(w, g_mime_message_get_mime_part(m), 0);
	if (mail->nparts > 0)
		return;
	/* A release that is attached to nothing is the release. */
	w->attached = true;
	w->visits = 0;
	walk_part(w, g_mime_message_get_mime_part(m), 0);
}

enum error_code
mail_read(
	struct span body, struct arena *a, struct mail *out, struct error *err)
{
	struct walk w = { .mail = out, .arena = a };
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *m;

	*out = (struct mail){ .cut = body.len > PARSE_INPUT_MAX };
	body = span_sub(body, 0, PARSE_INPUT_MAX);
	if (!begins_with_header(body))
		return error_set(err, ERR_FORMAT,
			"no message: it begins with no header");
	if (is_too_nested(body))
		return error_set(err, ERR_FORMAT,
			"a header of addresses has over %d colons",
			MAIL_GROUPS_MAX);
	stream = g_mime_stream_mem_new_with_buffer(body.ptr, body.len);
	parser = g_mime_parser_new_with_stream(stream);
	m = g_mime_parser_construct_message(parser, NULL);
	if (m != NULL) {
		read_message(&w, m);
		g_object_unref(m);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	if (out->nparts == 0 && out->cut)
		return error_set(err, ERR_FORMAT,
			"its parts are more, or nested deeper, than are read");
	if (w.nomem)
		return error_set(err, ERR_NOMEM, "no memory for a message");
	return m != NULL ? OK : error_set(err, ERR_FORMAT, "no message in it");
}
