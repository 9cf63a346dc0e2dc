/* SPDX-License-Identifier: ISC */
#ifndef VIEW_RECALL_H
#define VIEW_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "service/recall.h"
#include "store/store.h"

/* How far recalls are. */

/* Who has a unit. */
enum recall_level {
	RECALL_MANUFACTURER, RECALL_DISTRIBUTOR, RECALL_CONSUMER,
	RECALL_UNKNOWN, RECALL_LEVELS
};
const char *recall_level_name(enum recall_level level);
bool	 recall_level_parse(const char *name, enum recall_level *level);

/* Units are in one bucket each: these add up to `units`. */
struct recall_counts {
	int64_t		 units;
	int64_t		 buckets[RECALL_BUCKETS];
	int64_t		 told;		/* and not taken out since */
	int64_t		 answers;	/* of those */
};
/* "0.4", thousandths at most; empty when nobody was told. */
void	 recall_rate(const struct recall_counts *counts, struct buf *b);

struct recall_figures {
	int64_t		 recall;
	int64_t		 issued_at;
	const char	*title;		/* NULL: it has none yet */
	const char	*series, *cause, *remedies, *pilot, *issued_by;
	int64_t		 customers;	/* who have units of it */
	struct recall_counts all, levels[RECALL_LEVELS];
	struct recall_harm {
		int64_t	 incidents;
		int64_t	 injuries;	/* those with somebody hurt */
	}		 before, after;	/* it was issued */
};
typedef void recall_figures_fn(const struct recall_figures *f, void *arg);

/* `recall` 0 is all of them, oldest first; answers how many there are. */
int	 recall_each(struct store *s, int64_t recall, recall_figures_fn *fn,
	    void *arg);
/* Objects: of the buckets, and of these by level. */
void	 recall_put_buckets(const struct recall_counts *counts,
	    struct json *j, const char *key);
void	 recall_put_levels(const struct recall_figures *f, struct json *j,
	    const char *key);

struct recall_style {
	const char	*zone;
	bool		 colour;
	bool		 person;	/* reads it, in his language */
};
/* The figures for people. */
void	 recall_text(const struct recall_figures *f,
	    const struct recall_style *style, struct buf *b);

/* Rows with columns by name, as recall-show prints them. */
typedef void recall_view_fn(struct query *row, void *arg);
struct recall_view {
	struct store	*s;
	int64_t		 recall;	/* 0: all of them */
	recall_view_fn	*fn;
	void		*arg;
};
void	 recall_each_unit(const struct recall_view *v);
void	 recall_each_customer(const struct recall_view *v);

/* A day on which something changed, with the sums until its end. */
struct recall_day {
	int64_t		 recall;
	const char	*day;		/* "2026-05-04", in the zone */
	int64_t		 affected, taken_out, told, answered, remedied,
			 disposed;
};
typedef void recall_day_fn(const struct recall_day *day, void *arg);
struct recall_days {
	struct store	*s;
	int64_t		 recall;
	const char	*zone;
	recall_day_fn	*fn;
	void		*arg;
};
void	 recall_each_day(const struct recall_days *d);

/* What was told of with a case that has a unit of the recall. */
struct recall_incident {
	int64_t		 happened_at;
	bool		 injury;
	enum recall_level level;	/* of who told of it */
};
typedef void recall_incident_fn(const struct recall_incident *i, void *arg);
void	 recall_each_incident(struct store *s, int64_t recall,
	    recall_incident_fn *fn, void *arg);

/* What a safety authority asks for, month by month; the first rows are of the
 * time before it was issued. Of each, that of all levels comes first. */
struct recall_month {
	int64_t		 recall;
	const char	*month;		/* "2026-05"; "before" */
	const char	*level;		/* "all", "manufacturer", ... */
	int64_t		 affected;	/* until its end, by who has them now */
	int64_t		 corrected;	/* in the month: remedied, disposed */
	int64_t		 cumulative;	/* until its end */
	int64_t		 contacts_out, contacts_in;
	struct recall_harm harm;
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
