/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sort_private.h"

enum { WINDOW_LEAST = 4096 };

/* Moves what is left to the front and fills up from the file. */
static void
refill(struct sort *s, struct sort_run *r)
{
	size_t want;
	ssize_t n;

	memmove(r->window, r->window + r->taken, r->used - r->taken);
	r->used -= r->taken;
	r->taken = 0;
	while (r->used < r->size && r->next < r->end) {
		want = r->size - r->used;
		if ((off_t)want > r->end - r->next)
			want = (size_t)(r->end - r->next);
		n = pread(s->fd, r->window + r->used, want, r->next);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0) {
			s->error = n == 0 ? EIO : errno;
			return;
		}
		r->used += (size_t)n;
		r->next += n;
	}
}

/* `len` bytes in one piece, or NULL: the run is at its end. */
static const char *
ahead(struct sort *s, struct sort_run *r, size_t len)
{
	if (r->used - r->taken < len) {
		if (r->size < len) {
			r->window = mem_array(r->window, len, 1);
			r->size = len;
		}
		refill(s, r);
	}
	return r->used - r->taken < len ? NULL : r->window + r->taken;
}

/* Puts the next row of the run in front; false at its end. */
static bool
advance(struct sort *s, struct sort_run *r)
{
	struct sort_head head;
	const char *p;
	size_t len;

	if ((p = ahead(s, r, sizeof(head))) == NULL)
		return false;
	memcpy(&head, p, sizeof(head));
	len = sizeof(head) + head.key_len + head.len;
	if ((p = ahead(s, r, len)) == NULL)
		return false;
	r->taken += len;
	r->row.key = p + sizeof(head);
	r->row.key_len = head.key_len;
	r->row.data = r->row.key + head.key_len;
	r->row.len = head.len;
	return true;
}

/* Runs were written in the order of the input, so the earlier wins a tie. */
static bool
before(const struct sort *s, size_t a, size_t b)
{
	int order = sort_compare(&s->runs[a].row, &s->runs[b].row);

	return order < 0 || (order == 0 && a < b);
}

static void
sink(struct sort *s, size_t i)
{
	size_t least, child, run = s->heap[i];

	for (;;) {
		child = 2 * i + 1;
		if (child >= s->heap_count)
			break;
		least = child;
		if (child + 1 < s->heap_count &&
		    before(s, s->heap[child + 1], s->heap[child]))
			least = child + 1;
		if (!before(s, s->heap[least], run))
			break;
		s->heap[i] = s->heap[least];
		i = least;
	}
	s->heap[i] = run;
}

void
sort_merge_rewind(struct sort *s)
{
	size_t i, size = s->memory / s->run_count;

	if (size < WINDOW_LEAST)
		size = WINDOW_LEAST;
	s->heap = mem_array(s->heap, s->run_count, sizeof(*s->heap));
	s->heap_count = 0;
	s->drawn = false;
	for (i = 0; i < s->run_count; i++) {
		struct sort_run *r = &s->runs[i];

		if (r->window == NULL) {
			r->window = mem_alloc(size);
			r->size = size;
		}
		r->next = r->start;
		r->used = r->taken = 0;
		if (advance(s, r))
			s->heap[s->heap_count++] = i;
	}
	for (i = s->heap_count; i-- > 0;)
		sink(s, i);
}

bool
sort_merge_next(struct sort *s, struct sort_row *row)
{
	if (s->drawn) {
		if (!advance(s, &s->runs[s->heap[0]]))
			s->heap[0] = s->heap[--s->heap_count];
		if (s->heap_count > 0)
			sink(s, 0);
	}
	s->drawn = s->heap_count > 0 && s->error == 0;
	if (s->drawn)
		*row = s->runs[s->heap[0]].row;
	return s->drawn;
}
