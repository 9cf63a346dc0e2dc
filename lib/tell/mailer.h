/* SPDX-License-Identifier: ISC */
#ifndef TELL_MAILER_H
#define TELL_MAILER_H

#include "tell/deliver.h"

/* Has the shell run `command` with -f and the sender added, the mail on its
 * standard input. What came of it by its exit code, as sysexits.h has them,
 * with what it said first and the code in `why`. */
enum deliver_state mailer_run(const char *command, const char *from,
	    const struct buf *mail, struct buf *why);

#endif
