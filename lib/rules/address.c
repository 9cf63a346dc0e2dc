/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/address.h"

enum { ADDRESS_MAX = 254 };	/* RFC 5321, path without the brackets */

/* Characters of a domain, and between dots at least one of them. */
static bool
domain_valid(const char *domain)
{
	size_t n;

	if (strchr(domain, '.') == NULL)
		return false;
	for (;;) {
		n = strspn(domain, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
		if (n == 0 || *domain == '-' || domain[n - 1] == '-')
			return false;
		if (domain[n] == '\0')
			return true;
		if (domain[n] != '.')
			return false;
		domain += n + 1;
	}
}

bool
address_valid(const char *text)
{
	const char *at = strchr(text, '@');

	if (at == NULL || at == text || strlen(text) > ADDRESS_MAX)
		return false;
	for (const char *p = text; p < at; p++)
		if (*p <= ' ' || *p == 0x7f ||
		    strchr("\"(),:;<>[\\]", *p) != NULL)
			return false;
	/* A program takes a leading minus for an option. */
	return *text != '-' && domain_valid(at + 1);
}
