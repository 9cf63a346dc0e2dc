/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_ACT_H
#define SERVICE_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "service/office.h"
#include "service/target.h"

/* What every act needs to know besides what it is about. Strings are
 * borrowed. */
struct act {
	struct office	*office;
	const char	*by;		/* staff code of who acts */
	int64_t		 at;		/* when it happened */
	bool		 at_given;	/* and it was said so */
	const char	*text;		/* in the person's words; or NULL */
	struct buf	 told;		/* what came of it, for --dry-run */
	struct buf	 warned;	/* lines for the person, once done */
};

#endif
