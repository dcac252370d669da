#include "tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#define DAY	    86400L
#define WAIT_MS	    5000 /* for a client that says nothing */
#define REQUEST_MAX 4096
#define CA_NAME	    "dateline's tests"

/* One key for every server, and one authority. */
static EVP_PKEY *ca_key, *server_key;
static X509 *ca_cert;

struct tls_server {
	enum tls_act act;
	SSL_CTX *ctx;
	int fd;
	int stop[2]; /* a pipe that ends poll() */
	pthread_t thread;
	atomic_size_t hits;
	char base[64];
};

static void
must(bool ok)
{
	if (ok)
		return;
	ERR_print_errors_fp(stderr);
	abort();
}

static void
extend(X509 *cert, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *ext;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	must(ext != NULL && X509_add_ext(cert, ext, -1) == 1);
	X509_EXTENSION_free(ext);
}

struct wanted {
	const char *name;
	const char *address; /* subject alternative names, or NULL */
	const char *constraints;
	long from, to; /* seconds from now */
	X509 *issuer;  /* NULL: itself */
	EVP_PKEY *issuer_key;
	const EVP_MD *digest;
};

static X509 *
make_cert(EVP_PKEY *key, const struct wanted *w)
{
	static long serial;
	X509 *cert = X509_new();
	X509_NAME *name;

	must(cert != NULL && X509_set_version(cert, 2) == 1 &&
		ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial) == 1 &&
		X509_gmtime_adj(X509_getm_notBefore(cert), w->from) != NULL &&
		X509_gmtime_adj(X509_getm_notAfter(cert), w->to) != NULL &&
		X509_set_pubkey(cert, key) == 1);
	name = X509_get_subject_name(cert);
	must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
		     (const unsigned char *)w->name, -1, -1, 0) == 1);
	must(X509_set_issuer_name(
		     cert, X509_get_subject_name(
				   w->issuer != NULL ? w->issuer : cert)) == 1);
	extend(cert, w->issuer != NULL ? w->issuer : cert,
		NID_basic_constraints, w->constraints);
	if (w->address != NULL)
		extend(cert, cert, NID_subject_alt_name, w->address);
	must(X509_sign(cert, w->issuer != NULL ? w->issuer_key : key,
		     w->digest != NULL ? w->digest : EVP_sha256()) > 0);
	return cert;
}

void
tls_authority(const char *path)
{
	FILE *f = fopen(path, "w");

	ca_key = EVP_EC_gen("P-256");
	server_key = EVP_EC_gen("P-256");
	must(ca_key != NULL && server_key != NULL && f != NULL);
	ca_cert = make_cert(ca_key, &(struct wanted){ .name = CA_NAME,
					    .constraints = "critical,CA:TRUE",
					    .from = -DAY,
					    .to = DAY });
	must(PEM_write_X509(f, ca_cert) == 1 && fclose(f) == 0);
}

void
tls_authority_free(void)
{
	X509_free(ca_cert);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(server_key);
	ca_cert = NULL;
	ca_key = server_key = NULL;
}

/* Signed by an issuer between: one that calls itself the authority, or one
 * that the authority made, but not to sign. */
static X509 *
by_other(struct wanted w, bool stranger, SSL_CTX *ctx)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	const struct wanted middle = {
		.name = stranger ? CA_NAME : "no authority",
		.constraints =
			stranger ? "critical,CA:TRUE" : "critical,CA:FALSE",
		.from = -DAY,
		.to = DAY,
		.issuer = stranger ? NULL : ca_cert,
		.issuer_key = ca_key,
	};
	X509 *cert;

	must(key != NULL);
	w.issuer = make_cert(key, &middle);
	w.issuer_key = key;
	cert = make_cert(server_key, &w);
	/* The context owns the issuer from now on. */
	must(SSL_CTX_add_extra_chain_cert(ctx, w.issuer) == 1);
	EVP_PKEY_free(key);
	return cert;
}

static X509 *
server_cert(enum tls_cert kind, SSL_CTX *ctx)
{
	struct wanted w = { .name = "127.0.0.1",
		.address = "IP:127.0.0.1",
		.constraints = "CA:FALSE",
		.from = -DAY,
		.to = DAY,
		.issuer = ca_cert,
		.issuer_key = ca_key };

	if (kind == CERT_STRANGER || kind == CERT_NO_ISSUER)
		return by_other(w, kind == CERT_STRANGER, ctx);
	if (kind == CERT_EXPIRED) {
		w.from = -2 * DAY;
		w.to = -DAY;
	} else if (kind == CERT_NOT_YET) {
		w.from = DAY;
		w.to = 2 * DAY;
	} else if (kind == CERT_OTHER_ADDRESS) {
		w.address = "IP:127.0.0.9,DNS:other.example";
	} else if (kind == CERT_SELF_SIGNED) {
		w.issuer = NULL;
	} else if (kind == CERT_SHA1) {
		w.digest = EVP_sha1();
	}
	return make_cert(server_key, &w);
}

/* Until the fd can be read, or the test ends: then false. */
static bool
wait_for(struct tls_server *s, int fd, int timeout_ms)
{
	struct pollfd p[2] = { { .fd = fd, .events = POLLIN },
		{ .fd = s->stop[0], .events = POLLIN } };

	return poll(p, 2, timeout_ms) > 0 && p[1].revents == 0;
}

static bool
read_request(struct tls_server *s, SSL *ssl, char request[REQUEST_MAX])
{
	size_t len = 0;

	request[0] = '\0';
	while (strstr(request, "\r\n\r\n") == NULL) {
		int n = SSL_read(
			ssl, request + len, (int)(REQUEST_MAX - len - 1));

		if (n <= 0)
			return false;
		len += (size_t)n;
		request[len] = '\0';
	}
	s->hits++;
	return true;
}

static void
put(SSL *ssl, const char *text)
{
	(void)SSL_write(ssl, text, (int)strlen(text));
}

/* Bytes past TLS, straight to the client. */
static void
put_raw(int fd, const void *bytes, size_t len)
{
	(void)send(fd, bytes, len, MSG_NOSIGNAL);
}

static const char *
length_told(enum tls_act act)
{
	if (act == ACT_NO_CLOSE_SHORT || act == ACT_CUT)
		return "Content-Length: 99\r\n";
	if (act == ACT_NO_CLOSE_NO_LENGTH || act == ACT_BAD_RECORD ||
		act == ACT_RESET)
		return "";
	return "Content-Length: 9\r\n";
}

static void
page(struct tls_server *s, SSL *ssl, int fd)
{
	/* Application data of 32 bytes that no key has sealed. */
	static const char bad[37] = { 23, 3, 3, 0, 32, 'x' };
	const struct linger hard = { .l_onoff = 1, .l_linger = 0 };

	put(ssl, "HTTP/1.1 200 OK\r\nConnection: close\r\n");
	put(ssl, length_told(s->act));
	put(ssl, "\r\n");
	put(ssl, TLS_PAGE);
	if (s->act == ACT_CUT)
		put_raw(fd, bad, 9);
	else if (s->act == ACT_BAD_RECORD)
		put_raw(fd, bad, sizeof bad);
	else if (s->act == ACT_RESET)
		(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
	else if (s->act == ACT_SERVE)
		(void)SSL_shutdown(ssl);
}

static void
answer(struct tls_server *s, SSL *ssl, int fd)
{
	char request[REQUEST_MAX];
	const char *to;

	if (!read_request(s, ssl, request))
		return;
	if (strstr(request, " /robots.txt ") != NULL) {
		put(ssl, "HTTP/1.1 404 Not Found\r\nConnection: close\r\n"
			 "Content-Length: 0\r\n\r\n");
		(void)SSL_shutdown(ssl);
		return;
	}
	to = strstr(request, "/to?");
	if (to == NULL) {
		page(s, ssl, fd);
		return;
	}
	put(ssl, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"
		 "Connection: close\r\nSet-Cookie: secret=1\r\nLocation: ");
	(void)SSL_write(ssl, to + 4, (int)strcspn(to + 4, " "));
	put(ssl, "\r\n\r\n");
	(void)SSL_shutdown(ssl);
}

static void
meet(struct tls_server *s, int fd)
{
	static const char plain[] = "HTTP/1.1 200 OK\r\n\r\nhi";
	static const char garbage[] = "220 mail.example ESMTP\r\n";
	SSL *ssl;

	if (s->act == ACT_STALL)
		(void)wait_for(s, -1, WAIT_MS);
	if (s->act == ACT_PLAIN)
		put_raw(fd, plain, sizeof plain - 1);
	if (s->act == ACT_GARBAGE)
		put_raw(fd, garbage, sizeof garbage - 1);
	if (s->act == ACT_STALL || s->act == ACT_PLAIN ||
		s->act == ACT_GARBAGE || s->act == ACT_HANG_UP)
		return;
	ssl = SSL_new(s->ctx);
	must(ssl != NULL && SSL_set_fd(ssl, fd) == 1);
	if (SSL_accept(ssl) == 1)
		answer(s, ssl, fd);
	SSL_free(ssl);
	ERR_clear_error();
}

static void *
serve(void *ctx)
{
	const struct timeval patience = { .tv_sec = WAIT_MS / 1000 };
	struct tls_server *s = ctx;

	while (wait_for(s, s->fd, -1)) {
		int fd = accept(s->fd, NULL, NULL);

		if (fd < 0)
			continue;
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			sizeof patience);
		if (wait_for(s, fd, WAIT_MS))
			meet(s, fd);
		close(fd);
	}
	return NULL;
}

static SSL_CTX *
context(enum tls_cert kind, enum tls_act act, bool old_protocol)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	X509 *cert;

	must(ctx != NULL);
	SSL_CTX_set_security_level(ctx, 0);
	if (old_protocol)
		must(SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION) == 1 &&
			SSL_CTX_set_max_proto_version(ctx, TLS1_1_VERSION) ==
				1);
	if (act == ACT_ASK_CERT)
		SSL_CTX_set_verify(ctx,
			SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
			NULL);
	cert = server_cert(kind, ctx);
	must(SSL_CTX_use_certificate(ctx, cert) == 1 &&
		SSL_CTX_use_PrivateKey(ctx, server_key) == 1);
	X509_free(cert);
	return ctx;
}

struct tls_server *
tls_start(enum tls_cert cert, enum tls_act act, bool old_protocol)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof in;
	struct tls_server *s = calloc(1, sizeof *s);

	must(s != NULL);
	s->act = act;
	s->ctx = context(cert, act, old_protocol);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(s->fd >= 0 &&
		bind(s->fd, (struct sockaddr *)&in, sizeof in) == 0 &&
		listen(s->fd, 8) == 0 &&
		getsockname(s->fd, (struct sockaddr *)&in, &len) == 0 &&
		pipe(s->stop) == 0);
	(void)snprintf(s->base, sizeof s->base, "https://127.0.0.1:%d",
		ntohs(in.sin_port));
	must(pthread_create(&s->thread, NULL, serve, s) == 0);
	return s;
}

const char *
tls_base(const struct tls_server *s)
{
	return s->base;
}

size_t
tls_hits(struct tls_server *s)
{
	return s->hits;
}

void
tls_stop(struct tls_server *s)
{
	(void)!write(s->stop[1], "x", 1);
	pthread_join(s->thread, NULL);
	SSL_CTX_free(s->ctx);
	close(s->fd);
	close(s->stop[0]);
	close(s->stop[1]);
	free(s);
}
