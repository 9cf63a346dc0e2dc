/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_REMIND_H
#define SERVICE_REMIND_H

#include <stdbool.h>
#include <stdint.h>

#include "service/office.h"

/*
 * Reminders for what is due soon or overdue, queued as messages, one for each
 * person however many steps there are. Each level once for a due time: who owes
 * the step when it is due soon; who answers for the case when it is overdue;
 * the desk's supervisor when supervisor.after has passed since, or for what is
 * counted round the clock supervisor.urgent. Customers are chased for what only
 * they can do, at most every chase.days days of the calendar, for the survey
 * chase.survey times.
 */
struct remind_line {
	const char	*type;		/* customer, staff, site */
	const char	*recipient;	/* code */
	int64_t		 case_id;
	const char	*step;
	int64_t		 due_at;	/* what binds; 0: nothing */
	bool		 limit;		/* that is the limit */
	bool		 late;
};
typedef void remind_fn(const struct remind_line *line, void *arg);

struct remind_span {
	int64_t		 within;	/* seconds ahead that are soon */
	bool		 urgent;	/* only what counts round the clock */
	bool		 look;		/* tell, and write nothing */
};

/* Inside a transaction, which may be one that only reads if `look`. `told` once
 * for each step and recipient, borrowed during the call. */
void	 remind_all(struct office *o, const struct remind_span *span,
	    remind_fn *told, void *arg);

#endif
