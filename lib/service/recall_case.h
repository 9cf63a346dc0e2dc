/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_CASE_H
#define SERVICE_RECALL_CASE_H

#include "recall_row.h"
#include "recall_walk.h"
#include "work.h"

/* The case that a customer has under a recall. For the recalls of this
 * folder. */

/* What all cases of a recall have in common; texts in the arena. */
struct recall_frame {
	int64_t		 recall;
	const char	*pilot;
	const char	*remedies;	/* words */
	const char	*titles[RECALL_LANGUAGES];	/* NULL: no such text */
	/* Of the product asked for last. */
	char		*reference;
	int		 months;	/* of its warranty; below 0: unknown */
	struct arena	 texts;
};

/* From the file; refuses when there is no such recall. */
bool	 recall_frame_read(struct store *s, int64_t recall,
	    struct recall_frame *frame);
void	 recall_frame_free(struct recall_frame *frame);

/* The case of the customer that is open under the recall, or a new one; NULL
 * after a refusal. `may_join` false: he has none yet. */
struct work *recall_case_begin(struct act *act,
	    const struct recall_frame *frame, const char *customer,
	    bool may_join);
/* Adds a unit to it, to be notified. */
void	 recall_case_add(struct work *w, struct recall_frame *frame,
	    const struct recall_found *found);
/* Commits and closes it; answers whether all is well. */
bool	 recall_case_end(struct work *w, struct recall_frame *frame);

#endif
