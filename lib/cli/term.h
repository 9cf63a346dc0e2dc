/* SPDX-License-Identifier: ISC */
#ifndef CLI_TERM_H
#define CLI_TERM_H

#include <stdbool.h>
#include <stddef.h>

/* Does the terminal only know lines? */
bool	 term_is_dumb(void);
/* Of the terminal that is standard output; 0 when it is none, or when it does
 * not know. */
int	 term_columns(void);

/* Prints a line, without its newline, that has columns with two blanks or more
 * between them. What is too long goes on below: under the last column that has
 * room for it, else on a line of its own. It may have colours. */
void	 term_line(const char *line, size_t len, int columns);

#endif
