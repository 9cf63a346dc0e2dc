/* SPDX-License-Identifier: ISC */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/cli.h"

/* case-open --batch: JSON Lines on standard input, one case each, keys named
 * like the long options. Lines that are there are opened together; numbers come
 * in input order, after their commit. */
void	 cli_batch(struct cli *c);

#endif
