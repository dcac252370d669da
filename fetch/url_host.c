/* Hosts: names, and addresses in all the ways they are written. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <idn2.h>

#include "url.h"

#define HOST_MAX 255 /* octets of a name: RFC 1035 section 2.3.4 */

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decoded; NULL if that gives no text. */
static char *
decode(struct span raw, struct arena *a)
{
	char *out = arena_alloc(a, raw.len + 1);
	size_t n = 0;

	if (out == NULL)
		return NULL;
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '%' && i + 2 < raw.len &&
			hex_value(raw.ptr[i + 1]) >= 0 &&
			hex_value(raw.ptr[i + 2]) >= 0) {
			c = (char)(hex_value(raw.ptr[i + 1]) * 16 +
				   hex_value(raw.ptr[i + 2]));
			i += 2;
		}
		if ((unsigned char)c <= 0x20 || c == 0x7F)
			return NULL;
		out[n++] = c;
	}
	out[n] = '\0';
	return utf8_valid_prefix(span_of(out, n)) == n ? out : NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The last label is a number: then the host must be an IPv4 address. */
static bool
ends_in_number(struct span host)
{
	size_t at;
	bool digits = true;

	if (host.len > 0 && host.ptr[host.len - 1] == '.')
		host.len--;
	for (at = host.len; at > 0 && host.ptr[at - 1] != '.';)
		at--;
	host = span_sub(host, at, host.len);
	for (size_t i = 0; i < host.len; i++)
		digits = digits && is_digit(host.ptr[i]);
	if (host.len > 0 && digits)
		return true;
	if (!span_istarts_with(host, "0x"))
		return false;
	for (size_t i = 2; i < host.len; i++)
		if (hex_value(host.ptr[i]) < 0)
			return false;
	return true;
}

/* One part of an IPv4 address: decimal, octal or hexadecimal; or false. */
static bool
ipv4_part(struct span part, uint64_t *out)
{
	unsigned radix = 10;

	*out = 0;
	if (part.len == 0)
		return false;
	if (span_istarts_with(part, "0x")) {
		radix = 16;
		part = span_sub(part, 2, part.len);
	} else if (part.len > 1 && part.ptr[0] == '0') {
		radix = 8;
		part = span_sub(part, 1, part.len);
	}
	for (size_t i = 0; i < part.len; i++) {
		int v = hex_value(part.ptr[i]);

		if (v < 0 || (unsigned)v >= radix)
			return false;
		*out = *out * radix + (unsigned)v;
		if (*out > UINT32_MAX)
			return false;
	}
	return true;
}

/* WHATWG URL, "IPv4 parser". */
static const char *
ipv4(struct span host, struct arena *a)
{
	uint64_t parts[4] = { 0 }, address = 0;
	size_t n = 0;
	struct span rest, part;

	if (host.len > 0 && host.ptr[host.len - 1] == '.')
		host.len--;
	rest = host;
	while (rest.ptr != NULL && span_split(&rest, '.', &part)) {
		if (n == 4 || !ipv4_part(part, &parts[n]))
			return NULL;
		n++;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		if (parts[i] > 255)
			return NULL;
		address |= parts[i] << (8 * (3 - i));
	}
	if (n == 0 || parts[n - 1] >= (uint64_t)1 << (8 * (5 - n)))
		return NULL;
	address |= parts[n - 1];
	return arena_printf(a, "%u.%u.%u.%u", (unsigned)(address >> 24) & 255,
		(unsigned)(address >> 16) & 255, (unsigned)(address >> 8) & 255,
		(unsigned)address & 255);
}

/* Without brackets; a zone ("%lo") names an interface of this machine. */
static const char *
ipv6(struct span host, struct arena *a)
{
	struct in6_addr in6;
	char text[INET6_ADDRSTRLEN];
	const char *z = arena_strndup(a, host.ptr, host.len);

	if (z == NULL || inet_pton(AF_INET6, z, &in6) != 1 ||
		inet_ntop(AF_INET6, &in6, text, sizeof text) == NULL)
		return NULL;
	return arena_strdup(a, text);
}

/* Letters, digits, "-" and "_" in labels that are not empty. */
static bool
is_name(struct span host)
{
	struct span rest = host, label;

	if (host.len == 0 || host.len > HOST_MAX - 2)
		return false;
	while (rest.ptr != NULL && span_split(&rest, '.', &label)) {
		if (label.len == 0 || label.len > 63)
			return false;
		for (size_t i = 0; i < label.len; i++) {
			char c = label.ptr[i];

			if (!is_digit(c) && !(c >= 'a' && c <= 'z') &&
				c != '-' && c != '_')
				return false;
		}
	}
	return true;
}

static const char *
to_ascii(const char *name, struct arena *a)
{
	char *ascii = NULL;
	const char *out;
	int result = idn2_to_ascii_8z(name, &ascii, IDN2_NONTRANSITIONAL);

	/* Names with "--" in odd places, or "_", are looked up all the same. */
	if (result != IDN2_OK &&
		strlen(name) ==
			strspn(name, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"))
		ascii = strdup(name);
	if (ascii == NULL)
		return NULL;
	for (char *p = ascii; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	out = arena_strdup(a, ascii);
	free(ascii);
	return out;
}

const char *
url_host(struct span raw, struct arena *a, bool *literal)
{
	const char *text, *host;
	struct span name;

	*literal = raw.len > 1 && raw.ptr[0] == '[';
	if (*literal)
		return raw.ptr[raw.len - 1] == ']'
			       ? ipv6(span_sub(raw, 1, raw.len - 1), a)
			       : NULL;
	text = decode(raw, a);
	host = text != NULL ? to_ascii(text, a) : NULL;
	if (host == NULL)
		return NULL;
	name = span_str(host);
	*literal = ends_in_number(name);
	if (*literal)
		return ipv4(name, a);
	if (name.len > 1 && name.ptr[name.len - 1] == '.')
		host = arena_strndup(a, name.ptr, --name.len);
	return is_name(name) ? host : NULL;
}
