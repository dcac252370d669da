/* Addresses that only a local source may reach. */
#include "fetch.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* The first `bits` of address are those of net. */
struct range {
	uint8_t net[16];
	int bits;
};

/* RFC 6890 and its IANA registries: whatever is not global unicast. */
static const struct range ipv4[] = {
	{ { 0 }, 8 },		 /* this network */
	{ { 10 }, 8 },		 /* private */
	{ { 100, 64 }, 10 },	 /* shared (RFC 6598) */
	{ { 127 }, 8 },		 /* loopback */
	{ { 169, 254 }, 16 },	 /* link-local, and clouds' metadata */
	{ { 172, 16 }, 12 },	 /* private */
	{ { 192, 0, 0 }, 24 },	 /* protocol assignments */
	{ { 192, 0, 2 }, 24 },	 /* documentation */
	{ { 192, 88, 99 }, 24 }, /* 6to4 relays */
	{ { 192, 168 }, 16 },	 /* private */
	{ { 198, 18 }, 15 },	 /* benchmarking */
	{ { 198, 51, 100 }, 24 }, { { 203, 0, 113 }, 24 },
	{ { 224 }, 4 }, /* multicast */
	{ { 240 }, 4 }, /* reserved, broadcast */
};

static const struct range ipv6[] = {
	{ { 0 }, 127 },				  /* :: and ::1 */
	{ { 0x01, 0x00 }, 64 },			  /* discard */
	{ { 0x00, 0x64, 0xff, 0x9b, 0, 1 }, 48 }, /* local translation */
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 },	  /* protocols, Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	  /* documentation */
	{ { 0x3f, 0xff, 0x00 }, 20 },
	{ { 0x5f, 0x00 }, 16 }, /* segment routing */
	{ { 0xfc }, 7 },	/* unique local */
	{ { 0xfe, 0x80 }, 10 }, /* link-local */
	{ { 0xfe, 0xc0 }, 10 }, /* site-local */
	{ { 0xff }, 8 },	/* multicast */
};

/* IPv6 forms that carry an IPv4 address, and the byte where it stands. */
static const struct {
	struct range range;
	int at;
} embedded[] = {
	{ { { 0 }, 96 }, 12 }, /* compatible */
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 }, 12 },
	{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0 }, 96 }, 12 },
	{ { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 }, /* NAT64 */
	{ { { 0x20, 0x02 }, 16 }, 2 },		    /* 6to4 */
};

static bool
in_range(const uint8_t *addr, const struct range *r)
{
	int whole = r->bits / 8, rest = r->bits % 8;

	if (memcmp(addr, r->net, (size_t)whole) != 0)
		return false;
	return rest == 0 || (addr[whole] ^ r->net[whole]) >> (8 - rest) == 0;
}

static bool
refused_v4(const uint8_t *addr)
{
	for (size_t i = 0; i < sizeof ipv4 / sizeof *ipv4; i++)
		if (in_range(addr, &ipv4[i]))
			return true;
	return false;
}

static bool
refused_v6(const uint8_t *addr)
{
	for (size_t i = 0; i < sizeof ipv6 / sizeof *ipv6; i++)
		if (in_range(addr, &ipv6[i]))
			return true;
	for (size_t i = 0; i < sizeof embedded / sizeof *embedded; i++)
		if (in_range(addr, &embedded[i].range) &&
			refused_v4(addr + embedded[i].at))
			return true;
	return false;
}

bool
fetch_address_refused(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof in);
		return refused_v4((const uint8_t *)&in.sin_addr);
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof in6);
		return refused_v6(in6.sin6_addr.s6_addr);
	}
	return true;
}
