/* SPDX-License-Identifier: ISC */
#ifndef CLI_SPOOL_H
#define CLI_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"

/* Lines kept until they are printed: in memory, and beyond some MiB in a file
 * without a name. All zero is the empty one. */
struct spool {
	struct buf	 lines;
	FILE		*file;		/* NULL: all is in memory */
	int		 error;		/* errno of what failed, else 0 */
	size_t		 read;		/* so far, from memory */
	char		*line;		/* of getline() */
	size_t		 size;
};

/* `text` has no newline; one is added. */
void	 spool_add(struct spool *s, const char *text, size_t len);
/* No more lines come; false when they could not all be kept. */
bool	 spool_rewind(struct spool *s);
/* The next line with its newline, not ended by NUL; borrowed. NULL: no more. */
const char *spool_next(struct spool *s, size_t *len);
void	 spool_free(struct spool *s);

#endif
