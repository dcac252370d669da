/* HTTP and HTTPS through libcurl's easy interface. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "decode.h"
#include "message.h"
#include "transfer.h"

#define LOW_SPEED 100 /* bytes a second */

struct http {
	CURL *curl;
	struct decoder *decoder;
	const struct http_request *request;
	long total_ms;
	struct curl_slist *extra; /* headers of this request */
	bool connected;		  /* a socket was made */
	bool in_body;		  /* the body's coding is known */
	bool cut;		  /* the body was longer and that is fine */
	struct buffer body;
	struct buffer headers; /* of the last response */
	struct buffer sent;    /* head of the last request */
	struct buffer kept;    /* the same, as it may be archived */
	/* Why the transfer was stopped by us; PROBLEM_CODES: it was not. */
	enum problem_code stopped;
};

/* Last value of a field of the response, as text in a, or NULL. */
static const char *
header_value(const struct http *h, const char *name, struct arena *a)
{
	struct span v = message_field(buffer_span(&h->headers), name);

	if (v.ptr == NULL || utf8_valid_prefix(v) != v.len)
		return NULL;
	return arena_strndup(a, v.ptr, v.len);
}

static size_t
on_body(char *ptr, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	size_t len = size * n;
	enum error_code code;

	if (!h->in_body && !decoder_begin(h->decoder,
				   message_field(buffer_span(&h->headers),
					   "Content-Encoding"))) {
		h->stopped = PROBLEM_CONTENT_ENCODING;
		return 0;
	}
	h->in_body = true;
	code = decoder_add(h->decoder, span_of(ptr, len), &h->body);
	if (code == ERR_LIMIT && h->request->cut)
		h->cut = true;
	else if (code == ERR_LIMIT)
		h->stopped = PROBLEM_BODY_TOO_LARGE;
	else if (code == ERR_FORMAT)
		h->stopped = PROBLEM_CONTENT_ENCODING;
	return code == OK ? len : 0;
}

static size_t
on_header(char *ptr, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	size_t len = size * n;

	/* A status line begins the headers of the next response. */
	if (len > 5 && !memcmp(ptr, "HTTP/", 5)) {
		buffer_reset(&h->headers);
		buffer_reset(&h->body);
		h->in_body = false;
	}
	if (buffer_add(&h->headers, ptr, len) != OK) {
		h->stopped = PROBLEM_TRANSFER;
		return 0;
	}
	return len;
}

/* What libcurl tells of its work; only the request is listened to. */
static int
on_debug(CURL *curl, curl_infotype type, char *ptr, size_t len, void *ctx)
{
	struct http *h = ctx;
	struct span so_far = buffer_span(&h->sent);

	(void)curl;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	/* A proxy is asked for the way first. */
	if (span_ends_with(so_far, "\r\n\r\n"))
		buffer_reset(&h->sent);
	(void)buffer_add(&h->sent, ptr, len); /* over its cap: none is kept */
	return 0;
}

/* Called for every connection, so on every redirect and retry too. */
static curl_socket_t
on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *addr)
{
	struct http *h = ctx;

	(void)purpose;
	/* A proxy that is configured is trusted to be where it is. */
	if (!h->request->local && h->request->proxy == NULL &&
		fetch_address_refused(&addr->addr)) {
		h->stopped = PROBLEM_ADDRESS_REFUSED;
		return CURL_SOCKET_BAD;
	}
	h->connected = true;
	return socket(
		addr->family, addr->socktype | SOCK_CLOEXEC, addr->protocol);
}

static enum error_code
set_up(struct http *h, const char *user_agent, const char *ca_file,
	struct error *err)
{
	CURL *c = h->curl;
	CURLcode r = CURLE_OK;

#define SET(option, value)                                                     \
	if (r == CURLE_OK)                                                     \
	r = curl_easy_setopt(c, option, value)
	SET(CURLOPT_USERAGENT, user_agent);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	/* Each hop is asked for by itself: robots, pace and address. */
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_NOPROXY, ""); /* nothing from the environment */
	SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_ACCEPT_ENCODING, DECODE_CODINGS);
	SET(CURLOPT_HTTP_CONTENT_DECODING, 0L); /* we do, see decode.h */
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS);
	SET(CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED);
	SET(CURLOPT_LOW_SPEED_TIME, (long)FETCH_IDLE_S);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file != NULL)
		SET(CURLOPT_CAINFO, ca_file);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, h);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, h);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(CURLOPT_OPENSOCKETDATA, h);
	SET(CURLOPT_DEBUGFUNCTION, on_debug);
	SET(CURLOPT_DEBUGDATA, h);
	SET(CURLOPT_VERBOSE, 1L); /* to the function above, nowhere else */
#undef SET
	return r == CURLE_OK ? OK
			     : error_set(err, ERR_NOMEM, "libcurl: %s",
				       curl_easy_strerror(r));
}

enum error_code
http_new(const char *user_agent, const char *ca_file, long total_ms,
	struct http **out, struct error *err)
{
	struct http *h = calloc(1, sizeof *h);
	enum error_code code;

	*out = NULL;
	if (h == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	buffer_init(&h->headers, FETCH_HEADERS_MAX);
	buffer_init(&h->sent, FETCH_HEADERS_MAX);
	buffer_init(&h->kept, FETCH_HEADERS_MAX);
	h->total_ms = total_ms;
	h->curl = curl_easy_init();
	h->decoder = decoder_new();
	code = h->curl != NULL && h->decoder != NULL
		       ? set_up(h, user_agent, ca_file, err)
		       : error_set(err, ERR_NOMEM, "no libcurl");
	if (code != OK) {
		http_free(h);
		return code;
	}
	*out = h;
	return OK;
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	curl_easy_cleanup(h->curl);
	decoder_free(h->decoder);
	curl_slist_free_all(h->extra);
	buffer_release(&h->body);
	buffer_release(&h->headers);
	buffer_release(&h->sent);
	buffer_release(&h->kept);
	free(h);
}

/* A header line; from a validator of theirs: no line breaks in it. */
static enum error_code
add_header(
	struct http *h, const char *name, const char *value, struct error *err)
{
	struct curl_slist *list;
	struct buffer line;

	if (value == NULL || strpbrk(value, "\r\n") != NULL)
		return OK;
	buffer_init(&line, FETCH_HEADERS_MAX);
	buffer_printf(&line, "%s: %s", name, value);
	list = line.code == OK ? curl_slist_append(h->extra, line.ptr) : NULL;
	buffer_release(&line);
	if (list == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	h->extra = list;
	return OK;
}

static enum problem_code
problem_of(const struct http *h, CURLcode r)
{
	switch ((int)r) {
	case CURLE_URL_MALFORMAT:
	case CURLE_LOGIN_DENIED:
		return PROBLEM_URL_INVALID;
	case CURLE_UNSUPPORTED_PROTOCOL:
		/* Also what libcurl says of an answer that is no HTTP. */
		return h->connected ? PROBLEM_TRANSFER : PROBLEM_SCHEME_REFUSED;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return PROBLEM_DNS;
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return PROBLEM_CONNECT;
	case CURLE_OPERATION_TIMEDOUT:
		return PROBLEM_TIMEOUT;
	case CURLE_BAD_CONTENT_ENCODING:
		return PROBLEM_CONTENT_ENCODING;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
		return PROBLEM_TLS;
	default:
		return PROBLEM_TRANSFER;
	}
}

/* The other side may close a kept connection at the very moment it is used
 * again: RFC 9112 section 9.3.1 lets a GET be sent once more. */
static bool
is_stale(const struct http *h, CURLcode r)
{
	long connects = 1;

	(void)curl_easy_getinfo(h->curl, CURLINFO_NUM_CONNECTS, &connects);
	return connects == 0 && h->headers.len == 0 &&
	       (r == CURLE_RECV_ERROR || r == CURLE_SEND_ERROR ||
		       r == CURLE_GOT_NOTHING);
}

static void
fail_status(struct transfer *out, int status, struct arena *a)
{
	transfer_fail(out, PROBLEM_HTTP_STATUS,
		arena_printf(a, "HTTP status %d", status));
	/* Later it may be there; gone is gone. */
	out->retry = status == 408 || status == 425 || status == 429 ||
		     status >= 500;
}

static bool
is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 ||
	       status == 307 || status == 308;
}

/* The answer as it is archived; the request, too, unless it was too long. */
static void
take_capture(struct http *h, struct arena *a, struct transfer *out)
{
	struct capture *c = &out->capture;
	curl_off_t took_us = 0;
	const char *ip = NULL;

	(void)curl_easy_getinfo(h->curl, CURLINFO_TOTAL_TIME_T, &took_us);
	(void)curl_easy_getinfo(h->curl, CURLINFO_PRIMARY_IP, &ip);
	buffer_reset(&h->kept);
	if (h->sent.code == OK)
		message_keep(buffer_span(&h->sent), &h->kept);
	*c = (struct capture){
		.final_url = h->request->url,
		.status = out->status,
		.headers = buffer_span(&h->headers),
		.took_ms = took_us / 1000,
		/* libcurl's string goes with its next request */
		.ip = ip != NULL && ip[0] != '\0' ? arena_strdup(a, ip) : NULL,
	};
	if (h->kept.code == OK)
		c->request = buffer_span(&h->kept);
	if (out->outcome != TRANSFER_BODY)
		return;
	c->etag = header_value(h, "ETag", a);
	c->last_modified = header_value(h, "Last-Modified", a);
	c->body = buffer_span(&h->body);
	message_media_type(
		message_field(buffer_span(&h->headers), "Content-Type"), a,
		&c->media_type, &c->charset);
}

static void
take_response(struct http *h, struct arena *a, struct transfer *out)
{
	const struct http_request *r = h->request;
	curl_off_t wait = 0;
	long status = 0;

	(void)curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(h->curl, CURLINFO_RETRY_AFTER, &wait);
	out->status = (int)status;
	out->retry_after = wait > 0 ? (long)wait : 0;
	out->fresh_s = message_fresh(buffer_span(&h->headers), clock_now());
	out->location = is_redirect(out->status)
				? header_value(h, "Location", a)
				: NULL;
	if (status == 304 && (r->etag != NULL || r->last_modified != NULL)) {
		out->outcome = TRANSFER_SAME;
		take_capture(h, a, out);
	} else if (out->location != NULL) {
		out->outcome = TRANSFER_REDIRECT;
	} else if (status < 200 || status > 299) {
		fail_status(out, out->status, a);
	} else {
		out->outcome = TRANSFER_BODY;
		take_capture(h, a, out);
	}
}

void *
http_handle(struct http *h)
{
	return h->curl;
}

static enum error_code
add_headers(struct http *h, const struct http_request *r, struct error *err)
{
	enum error_code code = add_header(h, "If-None-Match", r->etag, err);

	if (code == OK)
		code = add_header(
			h, "If-Modified-Since", r->last_modified, err);
	for (size_t i = 0; code == OK && i < r->nheaders; i++)
		code = add_header(
			h, r->headers[i].name, r->headers[i].value, err);
	return code;
}

enum error_code
http_begin(struct http *h, const struct http_request *r, struct error *err)
{
	enum error_code code;
	CURL *c = h->curl;

	/* What a large page took is not kept for the small ones. */
	buffer_release(&h->body);
	buffer_init(&h->body, r->body_max);
	buffer_reset(&h->headers);
	buffer_reset(&h->sent);
	curl_slist_free_all(h->extra);
	h->extra = NULL;
	h->request = r;
	h->connected = h->in_body = h->cut = false;
	h->stopped = PROBLEM_CODES;
	(void)decoder_begin(h->decoder, span_str("")); /* no body may come */
	code = add_headers(h, r, err);
	if (code != OK)
		return code;
	(void)curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->extra);
	(void)curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, r->fresh ? 1L : 0L);
	(void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
		r->total_ms > 0 ? r->total_ms : h->total_ms);
	if (curl_easy_setopt(c, CURLOPT_PROXY,
		    r->proxy != NULL ? r->proxy : "") != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_URL, r->url) != CURLE_OK)
		return error_set(err, ERR_NOMEM, "no memory");
	return OK;
}

enum error_code
http_end(struct http *h, int result, struct arena *a, struct transfer *out,
	struct error *err)
{
	CURLcode r = (CURLcode)result;

	*out = (struct transfer){
		.outcome = TRANSFER_PROBLEM,
		.stale = is_stale(h, r),
	};
	if (h->stopped != PROBLEM_CODES)
		transfer_fail(out, h->stopped, NULL);
	else if (r == CURLE_OUT_OF_MEMORY && h->connected)
		/* So libcurl says that a line or trailer is over its cap. */
		transfer_fail(out, PROBLEM_TRANSFER,
			"a header that there is no room for");
	else if (r == CURLE_OUT_OF_MEMORY || h->body.code == ERR_NOMEM)
		return error_set(err, ERR_NOMEM, "no memory");
	else if (r == CURLE_SSL_CACERT_BADFILE)
		return error_set(err, ERR_CONFIG,
			"no certificates can be read from the file of those "
			"that are trusted");
	else if (r != CURLE_OK && !h->cut)
		transfer_fail(out, problem_of(h, r),
			arena_strdup(a, curl_easy_strerror(r)));
	else if (!h->cut && !decoder_complete(h->decoder))
		transfer_fail(out, PROBLEM_TRANSFER,
			"the coded body ends before its end");
	else
		take_response(h, a, out);
	if (out->outcome == TRANSFER_PROBLEM && out->message == NULL)
		return error_set(err, ERR_NOMEM, "no memory");
	return OK;
}
