/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/zone.h"

/*
 * The compiled zone files are read here because libc can only look at one zone
 * for the whole process: changing TZ for each time shown costs two file reads,
 * leaks into child processes, and takes an unknown name for Greenwich.
 */
#define ZONE_DIR	"/usr/share/zoneinfo/"
#define DAY		86400

enum {
	HEADER = 44,
	NAME_MAX_LEN = 64,
	FILE_MAX = 65536	/* the largest of the database has 4 kB */
};

struct zone {
	struct zone	*next;
	char		*name;
	size_t		 count;
	int64_t		*at;		/* instants of change, ascending */
	int32_t		*offset;	/* from that instant on */
	int32_t		 first;		/* before all changes */
	bool		 ruled;		/* the rule holds after them */
	struct zone_rule rule;
};

/* The counts in a header, in the file's order. */
struct counts {
	size_t	ut, std, leap, time, type, chars;
};

static int64_t
big_endian(const unsigned char *p, size_t len)
{
	uint64_t n = (*p & 0x80) ? UINT64_MAX : 0;

	while (len-- > 0)
		n = n << 8 | *p++;
	return (int64_t)n;
}

static bool
header(const unsigned char *p, size_t len, struct counts *c)
{
	size_t *field[] = { &c->ut, &c->std, &c->leap, &c->time, &c->type,
	    &c->chars };
	int64_t n;
	size_t i;

	if (len < HEADER || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (i = 0; i < 6; i++) {
		n = big_endian(p + 20 + i * 4, 4);
		if (n < 0 || n > FILE_MAX)
			return false;
		*field[i] = (size_t)n;
	}
	/* Zones that count leap seconds are not the time of this library. */
	return c->leap == 0 && c->type > 0;
}

static size_t
body_size(const struct counts *c, size_t time_size)
{
	return c->time * (time_size + 1) + c->type * 6 + c->chars + c->std +
	    c->ut;
}

static bool
changes(struct zone *z, const unsigned char *p, const struct counts *c)
{
	const unsigned char *kind = p + c->time * 8, *type = kind + c->time;
	size_t i;

	z->at = mem_array(NULL, c->time, sizeof(*z->at));
	z->offset = mem_array(NULL, c->time, sizeof(*z->offset));
	z->first = (int32_t)big_endian(type, 4);
	z->count = c->time;
	for (i = 0; i < c->time; i++) {
		if (kind[i] >= c->type)
			return false;
		z->at[i] = big_endian(p + i * 8, 8);
		z->offset[i] = (int32_t)big_endian(type + kind[i] * 6, 4);
	}
	return true;
}

/* The file holds its data twice, in 4 byte times for old readers and again in
 * 8 byte times, and then the rule on a line of its own. */
static bool
decode(struct zone *z, const unsigned char *p, size_t len)
{
	struct counts c;
	const unsigned char *end = p + len;
	char rule[128] = "";
	size_t skip;

	if (!header(p, len, &c) || (skip = HEADER + body_size(&c, 4)) > len)
		return false;
	p += skip;
	len -= skip;
	if (!header(p, len, &c) || HEADER + body_size(&c, 8) > len ||
	    !changes(z, p + HEADER, &c))
		return false;
	p += HEADER + body_size(&c, 8);
	if (end - p < 2 || end - p > (ptrdiff_t)sizeof(rule) || *p != '\n' ||
	    end[-1] != '\n')
		return false;
	memcpy(rule, p + 1, (size_t)(end - p) - 2);
	z->ruled = *rule != '\0';
	return !z->ruled || zone_rule_parse(rule, &z->rule);
}

static bool
name_is_safe(const char *name)
{
	return *name != '\0' && *name != '/' && strlen(name) < NAME_MAX_LEN &&
	    strstr(name, "..") == NULL &&
	    name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_+-/")] == '\0';
}

static size_t
slurp(const char *name, unsigned char *data, size_t size)
{
	char path[sizeof(ZONE_DIR) + NAME_MAX_LEN];
	ssize_t n = 0;
	size_t len = 0;
	int fd;

	snprintf(path, sizeof(path), "%s%s", ZONE_DIR, name);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)) < 0)
		return 0;
	while (len < size && (n = read(fd, data + len, size - len)) > 0)
		len += (size_t)n;
	close(fd);
	return n < 0 ? 0 : len;
}

static struct zone *
load(const char *name)
{
	struct zone *z = mem_zero(1, sizeof(*z));
	unsigned char *data = mem_alloc(FILE_MAX);
	size_t len = slurp(name, data, FILE_MAX);

	if (!decode(z, data, len) && (len > 0 || strcmp(name, "UTC") != 0)) {
		free(z->at);
		free(z->offset);
		free(z);
		z = NULL;
	} else
		z->name = mem_text(name);
	free(data);
	return z;
}

const struct zone *
zone_find(const char *name)
{
	/* A cache of what the system has on disk; nothing else is shared. */
	static struct zone *known;
	struct zone *z;

	for (z = known; z != NULL; z = z->next)
		if (strcmp(z->name, name) == 0)
			return z;
	if (!name_is_safe(name) || (z = load(name)) == NULL)
		return NULL;
	z->next = known;
	known = z;
	return z;
}

int
zone_offset(const struct zone *z, int64_t at)
{
	size_t low = 0, high = z->count, middle;

	if (z->ruled && (z->count == 0 || at >= z->at[z->count - 1]))
		return zone_rule_offset(&z->rule, at);
	while (low < high) {
		middle = low + (high - low) / 2;
		if (z->at[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? z->first : z->offset[low - 1];
}

int64_t
zone_from_local(const struct zone *z, int64_t local)
{
	/* No zone is a day away from Greenwich, or changes twice in two. */
	int before = zone_offset(z, local - DAY);
	int after = zone_offset(z, local + DAY);

	if (zone_offset(z, local - before) != before &&
	    zone_offset(z, local - after) == after)
		return local - after;
	return local - before;
}

int64_t
zone_reaches(const struct zone *z, int64_t local)
{
	int64_t low, high = zone_from_local(z, local), middle;

	if (high + zone_offset(z, high) == local)
		return high;
	/* In a gap: the change lies up to the gap's length before. */
	low = local - zone_offset(z, high);
	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (middle + zone_offset(z, middle) >= local)
			high = middle;
		else
			low = middle;
	}
	return high;
}
