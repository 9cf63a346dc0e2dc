/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_REMIND_PRIVATE_H
#define SERVICE_REMIND_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rules/calendar.h"
#include "service/office.h"
#include "service/outbox.h"

/* How far a reminder got; a customer is chased apart from the others. */
enum level {
	LEVEL_CUSTOMER, LEVEL_OWNER, LEVEL_PILOT, LEVEL_SUPERVISOR
};

/* A step somebody is to be reminded of, and who. */
struct entry {
	enum outbox_type type;
	const char	*code;		/* NULL: nobody */
	int64_t		 case_id, step_id;
	const char	*step;
	int		 item;		/* 0: of the case */
	const char	*unit;		/* or NULL */
	int64_t		 binds_at;	/* far away when nothing binds */
	bool		 bound;		/* there is a due time or a limit */
	bool		 limit;		/* it is the limit that binds */
	bool		 urgent;	/* time is counted round the clock */
	bool		 holds;		/* the case waits for it */
	bool		 late;
	enum level	 level;
};

struct reminding {
	struct office	*office;
	struct store	*s;
	struct arena	 texts;
	int64_t		 now;
	bool		 only_urgent;
	bool		 look;
	const char	*supervisor;
	struct due	 usual, urgent;	/* after which he is told */
	struct entry	*entries;
	size_t		 count;
};

/* Notes that the level was told; a customer, so many times. */
void	 remind_give(struct reminding *r, const struct entry *e);

/* The entries as messages, one for each recipient, and as one event. */
void	 remind_queue(struct reminding *r);

#endif
