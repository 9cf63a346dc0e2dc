/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "load_private.h"
#include "service/master.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* A code lies in one of the few places from its own on; when all are taken by
 * others it takes the first. */
enum {
	PLACES = 1 << 17,
	TRIES = 8
};

struct load_known {
	char	*codes[PLACES];
};

/* Tables that columns refer to; the number stands before a code. */
static const struct {
	const char	*name;
	enum master	 table;
} tables[] = {
	{ "sites", MASTER_SITES },
	{ "products", MASTER_PRODUCTS },
	{ "customers", MASTER_CUSTOMERS },
	{ "staff", MASTER_STAFF },
};

struct load_known *
load_known_open(void)
{
	return mem_zero(1, sizeof(struct load_known));
}

void
load_known_close(struct load_known *k)
{
	size_t i;

	if (k == NULL)
		return;
	for (i = 0; i < PLACES; i++)
		free(k->codes[i]);
	free(k);
}

/* Fowler, Noll and Vo's hash. */
static size_t
place(unsigned char table, const char *code)
{
	uint32_t h = (2166136261u ^ table) * 16777619u;

	for (; *code != '\0'; code++)
		h = (h ^ (unsigned char)*code) * 16777619u;
	return (h ^ h >> 16) % PLACES;
}

/* What is kept is the number of the table, then the code. */
static bool
kept(const char *text, unsigned char table, const char *code)
{
	return text != NULL && (unsigned char)*text == table &&
	    strcmp(text + 1, code) == 0;
}

static void
keep(char **text, unsigned char table, const char *code)
{
	size_t len = strlen(code) + 1;

	*text = mem_array(*text, len + 1, 1);
	**text = (char)table;
	memcpy(*text + 1, code, len);
}

/* Where the code is kept, or would be. */
static char **
find(struct load_known *k, unsigned char table, const char *code)
{
	size_t first = place(table, code), i;
	char **text;

	for (i = 0; i < TRIES; i++) {
		text = &k->codes[(first + i) % PLACES];
		if (*text == NULL || kept(*text, table, code))
			return text;
	}
	return &k->codes[first];
}

bool
load_known_code(struct loader *l, const char *table, const char *code)
{
	unsigned char n;
	char **text;

	for (n = 0; n < COUNT(tables); n++)
		if (strcmp(tables[n].name, table) == 0)
			break;
	assert(n < COUNT(tables));
	text = find(l->known, n, code);
	if (kept(*text, n, code))
		return true;
	if (!master_has(l->s, tables[n].table, code))
		return false;
	keep(text, n, code);
	return true;
}
