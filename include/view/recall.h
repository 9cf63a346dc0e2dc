/* SPDX-License-Identifier: ISC */
#ifndef VIEW_RECALL_H
#define VIEW_RECALL_H

#include <stdint.h>

#include "store/store.h"

/* How far recalls are. Rows have columns by name, as recall-show prints them;
 * `recall` 0 is all of them, oldest first. */
typedef void recall_view_fn(struct query *row, void *arg);

struct recall_view {
	struct store	*s;
	int64_t		 recall;
	recall_view_fn	*fn;
	void		*arg;
};

void	 recall_each(const struct recall_view *v);
void	 recall_each_unit(const struct recall_view *v);
void	 recall_each_customer(const struct recall_view *v);

/* What a safety authority asks for, month by month from the issuing on; the
 * first rows are of the time before it. */
struct recall_month {
	int64_t		 recall;
	const char	*month;		/* "2026-05"; "before" */
	const char	*level;		/* manufacturer, distributor, ... */
	int64_t		 affected;	/* as it is known now */
	int64_t		 corrected;	/* in the month: remedied, disposed */
	int64_t		 cumulative;	/* until its end */
	int64_t		 contacts_out, contacts_in;
	int64_t		 incidents, injuries;
};
typedef void recall_month_fn(const struct recall_month *m, void *arg);

/* Months are those of the zone; until the month of `now`. */
struct recall_period {
	struct store	*s;
	int64_t		 recall;
	const char	*zone;
	int64_t		 now;
	recall_month_fn	*fn;
	void		*arg;
};
void	 recall_each_month(const struct recall_period *p);

#endif
