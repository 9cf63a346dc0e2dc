/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sort_private.h"

enum { FIRST_ROOM = 64 * 1024 };

int
sort_compare(const struct sort_row *a, const struct sort_row *b)
{
	size_t least = a->key_len < b->key_len ? a->key_len : b->key_len;
	int difference = memcmp(a->key, b->key, least);

	if (difference != 0 || a->key_len == b->key_len)
		return difference;
	return a->key_len < b->key_len ? -1 : 1;
}

static void
record_at(const char *p, struct sort_row *row)
{
	struct sort_head head;

	memcpy(&head, p, sizeof(head));
	row->key = p + sizeof(head);
	row->key_len = head.key_len;
	row->data = row->key + head.key_len;
	row->len = head.len;
}

/* Merges the sorted halves of at[0..n) through `spare`: stable, unlike what
 * qsort(3) promises. */
static void
merge_halves(const char *arena, size_t *at, size_t *spare, size_t n)
{
	size_t half = n / 2, i = 0, j = half, out = 0;
	struct sort_row a, b;

	memcpy(spare, at, half * sizeof(*at));
	while (i < half && j < n) {
		record_at(arena + spare[i], &a);
		record_at(arena + at[j], &b);
		at[out++] = sort_compare(&a, &b) <= 0 ? spare[i++] : at[j++];
	}
	memcpy(at + out, spare + i, (half - i) * sizeof(*at));
}

static void
order(const char *arena, size_t *at, size_t *spare, size_t n)
{
	struct sort_row a, b;

	if (n < 2)
		return;
	order(arena, at, spare, n / 2);
	order(arena, at + n / 2, spare, n - n / 2);
	/* Input that is sorted already costs one look. */
	record_at(arena + at[n / 2 - 1], &a);
	record_at(arena + at[n / 2], &b);
	if (sort_compare(&a, &b) > 0)
		merge_halves(arena, at, spare, n);
}

static void
order_arena(struct sort *s)
{
	size_t *spare = mem_array(NULL, s->count / 2 + 1, sizeof(*spare));

	order(s->arena, s->at, spare, s->count);
	free(spare);
}

static int
nameless_file(void)
{
	const char *dir = getenv("TMPDIR");
	char *name;
	int fd;

	name = mem_printf("%s/case.XXXXXX",
	    dir != NULL && *dir != '\0' ? dir : "/var/tmp");
	if ((fd = mkstemp(name)) != -1)
		unlink(name);
	free(name);
	return fd;
}

static bool
write_all(struct sort *s, const char *data, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = pwrite(s->fd, data, len, s->written);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			s->error = errno;
			return false;
		}
		data += n;
		len -= (size_t)n;
		s->written += n;
	}
	return true;
}

/* Writes what is in memory as one more run, through a copy in order so that
 * the file gets few large writes. */
static void
spill(struct sort *s)
{
	char *sorted = mem_alloc(s->used);
	size_t i, used = 0, len;
	struct sort_row row;

	if (s->fd == -1 && (s->fd = nameless_file()) == -1)
		s->error = errno;
	order_arena(s);
	for (i = 0; i < s->count; i++) {
		record_at(s->arena + s->at[i], &row);
		len = sizeof(struct sort_head) + row.key_len + row.len;
		memcpy(sorted + used, s->arena + s->at[i], len);
		used += len;
	}
	s->runs = mem_array(s->runs, s->run_count + 1, sizeof(*s->runs));
	s->runs[s->run_count] = (struct sort_run){ .start = s->written };
	if (s->error == 0 && write_all(s, sorted, used))
		s->runs[s->run_count++].end = s->written;
	free(sorted);
	s->count = s->used = 0;
}

static void
make_room(struct sort *s, size_t len)
{
	if (s->count == s->room) {
		s->room = s->room == 0 ? 1024 : s->room * 2;
		s->at = mem_array(s->at, s->room, sizeof(*s->at));
	}
	if (s->used + len <= s->size)
		return;
	s->size = s->size == 0 ? FIRST_ROOM : s->size;
	while (s->used + len > s->size)
		s->size *= 2;
	s->arena = mem_array(s->arena, s->size, 1);
}

struct sort *
sort_open(size_t memory)
{
	struct sort *s = mem_zero(1, sizeof(*s));

	s->memory = memory;
	s->fd = -1;
	return s;
}

void
sort_close(struct sort *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->run_count; i++)
		free(s->runs[i].window);
	if (s->fd != -1)
		close(s->fd);
	free(s->runs);
	free(s->heap);
	free(s->at);
	free(s->arena);
	free(s);
}

void
sort_add(struct sort *s, const struct sort_row *row)
{
	struct sort_head head = { (uint32_t)row->key_len, (uint32_t)row->len };
	size_t len = sizeof(head) + row->key_len + row->len;
	char *p;

	assert(row->key_len <= UINT32_MAX && row->len <= UINT32_MAX);
	if (s->count > 0 && s->used + len > s->memory)
		spill(s);
	if (s->error != 0)
		return;
	make_room(s, len);
	s->at[s->count++] = s->used;
	p = s->arena + s->used;
	memcpy(p, &head, sizeof(head));
	memcpy(p + sizeof(head), row->key, row->key_len);
	memcpy(p + sizeof(head) + row->key_len, row->data, row->len);
	s->used += len;
}

void
sort_rewind(struct sort *s)
{
	s->position = 0;
	if (s->run_count == 0) {
		order_arena(s);
		return;
	}
	if (s->count > 0)
		spill(s);
	/* The windows take the room that the arena had. */
	free(s->arena);
	s->arena = NULL;
	s->size = 0;
	sort_merge_rewind(s);
}

bool
sort_next(struct sort *s, struct sort_row *row)
{
	if (s->error != 0)
		return false;
	if (s->run_count > 0)
		return sort_merge_next(s, row);
	if (s->position == s->count)
		return false;
	record_at(s->arena + s->at[s->position++], row);
	return true;
}

int
sort_error(const struct sort *s)
{
	return s->error;
}
