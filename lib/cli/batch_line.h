/* SPDX-License-Identifier: ISC */
#ifndef CLI_BATCH_LINE_H
#define CLI_BATCH_LINE_H

#include "cli/act.h"

/* Opens the case of one line of --batch, inside a transaction; `len` tells a
 * NUL in it. The number, or 0 after a refusal. What there is to say is with
 * cli_after() and cli_would(). */
int64_t	 batch_line(struct cli *c, const struct act *act, const char *line,
	    size_t len);

#endif
