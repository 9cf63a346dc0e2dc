/* SPDX-License-Identifier: ISC */
#ifndef VIEW_ROSTER_H
#define VIEW_ROSTER_H

#include <stdint.h>

#include "service/office.h"

/* Who answers when: the desk in its service hours, outside them whoever is on
 * duty, and in a gap of the roster the fallback. */
enum roster_state { ROSTER_DESK, ROSTER_DUTY, ROSTER_GAP, ROSTER_OVERLAP };

struct roster_span {
	enum roster_state state;
	int64_t		 from;		/* included */
	int64_t		 to;		/* not included */
	const char	*who;		/* site or staff codes; or NULL */
};

/* "desk", "duty", "gap", "overlap" */
const char *roster_state_name(enum roster_state state);

/* The whole time from `from` to `to`, in spans as long as nothing changes. */
typedef void roster_fn(const struct roster_span *span, void *arg);
void	 roster_each(struct office *o, int64_t from, int64_t to,
	    roster_fn *fn, void *arg);

#endif
