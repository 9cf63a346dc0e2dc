/* SPDX-License-Identifier: ISC */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Sorts any number of records in bounded memory; what does not fit goes to a
 * nameless file in TMPDIR (else /var/tmp), readable by nobody else. Add them
 * all, then rewind and read, as often as needed. Keys compare bytewise; equal
 * ones stay in the order in which they were added.
 */
struct sort;

struct sort_row {
	const char	*key;
	size_t		 key_len;
	const char	*data;
	size_t		 len;
};

struct sort *sort_open(size_t memory);
void	 sort_close(struct sort *s);		/* takes NULL */

void	 sort_add(struct sort *s, const struct sort_row *row);

/* Goes to the first record. */
void	 sort_rewind(struct sort *s);
/* The next one, borrowed until the next call; false at the end or when the
 * temporary file failed. */
bool	 sort_next(struct sort *s, struct sort_row *row);

/* An errno when the temporary file failed, 0 else. Once failed, add does
 * nothing and next answers false. */
int	 sort_error(const struct sort *s);

#endif
