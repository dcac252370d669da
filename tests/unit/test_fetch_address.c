/* addresses that only a local source may reach */
#include "fetch/fetch.h"
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
	const char *name, *address;
	bool refused;
} cases[] = {
	{ "public", "93.184.216.34", false },
	{ "public v6", "2606:2800:220:1::1", false },
	{ "this network", "0.0.0.0", true },
	{ "this network, high", "0.255.255.255", true },
	{ "behind this network", "1.0.0.0", false },
	{ "private 10", "10.0.0.1", true },
	{ "private 10, last", "10.255.255.255", true },
	{ "behind private 10", "11.0.0.0", false },
	{ "shared, first", "100.64.0.0", true },
	{ "shared, last", "100.127.255.255", true },
	{ "before shared", "100.63.255.255", false },
	{ "behind shared", "100.128.0.0", false },
	{ "loopback", "127.0.0.1", true },
	{ "loopback, last", "127.255.255.254", true },
	{ "clouds' metadata", "169.254.169.254", true },
	{ "behind link-local", "169.255.0.0", false },
	{ "private 172, first", "172.16.0.0", true },
	{ "private 172, last", "172.31.255.255", true },
	{ "before private 172", "172.15.255.255", false },
	{ "behind private 172", "172.32.0.0", false },
	{ "protocol assignments", "192.0.0.8", true },
	{ "documentation 1", "192.0.2.1", true },
	{ "documentation 2", "198.51.100.1", true },
	{ "documentation 3", "203.0.113.1", true },
	{ "6to4 relay", "192.88.99.1", true },
	{ "private 192", "192.168.1.1", true },
	{ "beside private 192", "192.169.0.0", false },
	{ "benchmarking", "198.19.255.255", true },
	{ "multicast", "224.0.0.1", true },
	{ "reserved", "240.0.0.1", true },
	{ "broadcast", "255.255.255.255", true },
	{ "unspecified v6", "::", true },
	{ "loopback v6", "::1", true },
	{ "mapped loopback", "::ffff:127.0.0.1", true },
	{ "mapped private", "::ffff:10.1.2.3", true },
	{ "mapped public", "::ffff:93.184.216.34", false },
	{ "translated", "::ffff:0:127.0.0.1", true },
	{ "compatible", "::127.0.0.1", true },
	{ "NAT64 of loopback", "64:ff9b::7f00:1", true },
	{ "NAT64 of private", "64:ff9b::192.168.0.1", true },
	{ "NAT64 of public", "64:ff9b::5db8:d822", false },
	{ "NAT64, local prefix", "64:ff9b:1::1", true },
	{ "6to4 of loopback", "2002:7f00:1::", true },
	{ "6to4 of public", "2002:5db8:d822::1", false },
	{ "Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", true },
	{ "protocol assignments v6", "2001:1ff::1", true },
	{ "behind them", "2001:200::1", false },
	{ "documentation v6", "2001:db8::1", true },
	{ "documentation v6, new", "3fff::1", true },
	{ "segment routing", "5f00::1", true },
	{ "discard", "100::1", true },
	{ "unique local", "fc00::1", true },
	{ "unique local, locally made", "fd12:3456::1", true },
	{ "link-local", "fe80::1", true },
	{ "link-local, last", "febf::1", true },
	{ "site-local", "fec0::1", true },
	{ "multicast v6", "ff02::1", true },
};

static void
addresses(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct sockaddr_storage ss = { 0 };
		struct sockaddr_in *in = (struct sockaddr_in *)&ss;
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&ss;

		if (inet_pton(AF_INET, cases[i].address, &in->sin_addr) == 1)
			ss.ss_family = AF_INET;
		else if (inet_pton(AF_INET6, cases[i].address,
				 &in6->sin6_addr) == 1)
			ss.ss_family = AF_INET6;
		else
			fail_msg("row \"%s\": no address", cases[i].name);
		CHECK_ROW(cases[i].name,
			fetch_address_refused((struct sockaddr *)&ss) ==
				cases[i].refused);
	}
}

static void
other_families_are_refused(void **state)
{
	struct sockaddr_storage ss = { .ss_family = AF_UNIX };

	(void)state;
	assert_true(fetch_address_refused((struct sockaddr *)&ss));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(other_families_are_refused),
	};

	return cmocka_run_group_tests_name("fetch_address", tests, NULL, NULL);
}
