/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_WALK_H
#define SERVICE_RECALL_WALK_H

#include "rules/series.h"
#include "service/recall.h"

/* Finding the units of a series. For the recalls of this folder. */

/* A unit as the installed base and the cases know it; absent is NULL or 0. */
struct recall_found {
	const char	*reference, *serial_key, *serial, *lot;
	const char	*sold_on, *warranty_until;
	const char	*customer;	/* who has it; NULL: nobody knows */
	int64_t		 unit_id;	/* in unit_state; 0: never in a case */
	const char	*place;		/* of unit_state */
	bool		 ours;		/* no longer a customer's */
	int64_t		 added_at;	/* to the recall before; 0: it is new */
};
typedef void recall_found_fn(void *arg, const struct recall_found *found);

struct recall_walk {
	struct store	*s;
	const struct series *series;
	recall_found_fn	*found;
	void		*arg;
	const struct recall_request *request;	/* yes, drill, progress */
	struct buf	*warned;	/* in a drill, what would be refused */
	int64_t		 seen;		/* units looked at */
	int64_t		 count;		/* units found */
	int64_t		*hits;		/* of each selection */
	bool		*of;		/* it is of the reference in hand */
};

/* Each unit once, by reference and then in natural order of serials; units that
 * only cases know come last. Refuses unknown references and plants, and, unless
 * it was said that this is meant, selections that match nothing and references
 * that are taken whole or not at all; a drill is only warned of these. */
void	 recall_walk(struct recall_walk *w);

/* Refuses references and plants that nothing has. */
void	 recall_check_names(struct store *s, const struct series *series);

#endif
