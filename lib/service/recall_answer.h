/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_ANSWER_H
#define SERVICE_RECALL_ANSWER_H

#include "recall_case.h"
#include "service/report.h"

/* Answers of customers under a recall. For the acts of this folder. */

/* Is it said to whom the unit was sold, and can it be? Refuses if not. */
bool	 recall_may_answer(struct work *w,
	    const struct report_request *request);
/* A notice that was given up and is told of after all is open once more, while
 * an answer to it is awaited. */
void	 recall_resume_notice(struct work *w);
/* The remedy for what is held: the one that was chosen, or the only one that
 * there is. Refuses when the recall has no such. */
bool	 recall_choose(struct work *w, const struct report_request *request,
	    enum process *remedy);
/* Starts it for an item, unless it is under way. */
bool	 recall_remedy(struct work *w, int item, enum process remedy);

/* The rows of items as they are now, to free; texts live as long as the work.
 * Items that are no longer asked about have none. */
struct recall_row *recall_rows_of(struct work *w, const int *items,
	    size_t *count);
/* Another customer has these units of a recall: they are added to his case, or
 * he gets one. */
struct recall_handing {
	const struct recall_row *rows;
	size_t		 count;
	const char	*customer;
	int64_t		 link;		/* a case to link his with; 0: none */
};
/* The number of that case, or 0 after a refusal. */
int64_t	 recall_hand_on(struct act *act, const struct recall_handing *h);

/* Says which items of a new case, from the one after `from` on, are under a
 * recall, and links their cases. The rows of those of which nobody knew before
 * that this customer has them, to free. */
struct recall_row *recall_announce(struct work *w, size_t from, size_t *count);

#endif
