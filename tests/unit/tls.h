/*
 * A certificate authority that is made for the test, and servers on loopback
 * whose certificates, or whose TLS, are wrong in one way each.
 */
#ifndef DL_TESTS_TLS_H
#define DL_TESTS_TLS_H

#include <stdbool.h>
#include <stddef.h>

/* What the certificate is. */
enum tls_cert {
	CERT_GOOD, /* for 127.0.0.1, by the authority */
	CERT_EXPIRED,
	CERT_NOT_YET,
	CERT_OTHER_ADDRESS, /* for 127.0.0.9 */
	CERT_SELF_SIGNED,
	CERT_STRANGER,	/* by an authority of the same name, another key */
	CERT_NO_ISSUER, /* by a certificate that may sign none */
	CERT_SHA1
};

/* What the server does. */
enum tls_act {
	ACT_SERVE,
	ACT_PLAIN,		/* speaks HTTP without TLS */
	ACT_GARBAGE,		/* and something that is neither */
	ACT_STALL,		/* says nothing to the first message */
	ACT_HANG_UP,		/* closes behind it */
	ACT_ASK_CERT,		/* wants a certificate of the client */
	ACT_NO_CLOSE,		/* ends the connection without TLS's own end */
	ACT_NO_CLOSE_SHORT,	/* the same, and the body is not whole */
	ACT_NO_CLOSE_NO_LENGTH, /* the same, and nobody knows */
	ACT_CUT,		/* ends in the middle of a record */
	ACT_BAD_RECORD,		/* a record whose checksum is wrong */
	ACT_RESET
};

#define TLS_PAGE "<p>hi</p>"

struct tls_server;

/* Make the authority and write its certificate to path. */
void
tls_authority(const char *path);
void
tls_authority_free(void);

/* One thread, one connection at a time, on 127.0.0.1.  robots.txt is never
 * there; "/to?URL" redirects to URL; all else is TLS_PAGE. */
struct tls_server *
tls_start(enum tls_cert cert, enum tls_act act, bool old_protocol);
/* "https://127.0.0.1:PORT" */
const char *
tls_base(const struct tls_server *s);
/* Requests it could read. */
size_t
tls_hits(struct tls_server *s);
void
tls_stop(struct tls_server *s);

#endif
