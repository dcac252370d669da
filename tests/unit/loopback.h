/*
 * An HTTP server on loopback that answers as it is told, also wrongly: bytes
 * go out as they stand in the table.  One thread, one connection at a time.
 */
#ifndef DL_TESTS_LOOPBACK_H
#define DL_TESTS_LOOPBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOOPBACK_REQUEST_MAX ((size_t)64 << 10)

enum reply_end {
	END_CLOSE, /* FIN behind the last byte */
	END_RESET, /* RST */
	END_HANG,  /* nothing more, until the client goes */
	END_REPEAT /* the tail again and again, until the client goes */
};

struct reply {
	const char *path;
	const char *bytes; /* NULL: closes without a byte */
	size_t len;	   /* 0: strlen(bytes) */
	enum reply_end end;
	const char *tail; /* END_REPEAT: what is repeated */
	int pause_ms;	  /* between two repetitions */
};

struct loopback;

/*
 * Serve the table, whose replies are borrowed, on an address of 127/8.  Where
 * a path stands several times, its replies are given one after the other, and
 * the last of them from then on.
 */
struct loopback *
loopback_start(const char *address, const struct reply *replies, size_t n);
/* "http://ADDRESS:PORT" */
const char *
loopback_base(const struct loopback *l);
/* The last request as it came; valid until the next one. */
const char *
loopback_request(struct loopback *l);
size_t
loopback_hits(struct loopback *l);
/* Requests of one path. */
size_t
loopback_hits_of(struct loopback *l, const char *path);
void
loopback_stop(struct loopback *l);

#endif
