/* SPDX-License-Identifier: ISC */
#ifndef BASE_SORT_PRIVATE_H
#define BASE_SORT_PRIVATE_H

#include <sys/types.h>

#include <stdint.h>

#include "base/sort.h"

/* How a record lies in memory and in the file: this, the key, the data. */
struct sort_head {
	uint32_t key_len;
	uint32_t len;
};

/* A sorted stretch of the file, read through a window of its own. */
struct sort_run {
	off_t	 start, end;	/* in the file */
	off_t	 next;		/* where the window is refilled from */
	char	*window;
	size_t	 size;
	size_t	 used, taken;	/* bytes in the window, bytes read of them */
	struct sort_row row;	/* the first that is not yet handed out */
};

struct sort {
	size_t	 memory;
	char	*arena;		/* records of the run being made */
	size_t	 size, used;
	size_t	*at;		/* where each one starts */
	size_t	 count, room;
	int	 fd;		/* -1: everything is in memory */
	off_t	 written;
	int	 error;
	struct sort_run *runs;
	size_t	 run_count;
	size_t	*heap;		/* runs that have a row, the least first */
	size_t	 heap_count;
	bool	 drawn;		/* the row of heap[0] was handed out */
	size_t	 position;	/* in memory: the next of `at` */
};

/* Bytewise; a key that starts like a longer one comes first. */
int	 sort_compare(const struct sort_row *a, const struct sort_row *b);

/* sort_merge.c */
void	 sort_merge_rewind(struct sort *s);
bool	 sort_merge_next(struct sort *s, struct sort_row *row);

#endif
