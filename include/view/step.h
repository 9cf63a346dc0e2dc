/* SPDX-License-Identifier: ISC */
#ifndef VIEW_STEP_H
#define VIEW_STEP_H

#include "base/arena.h"
#include "base/json.h"
#include "store/store.h"

/* A step as the file has it. Times are 0 for none, texts NULL. */
struct view_step {
	int64_t		 case_id;
	int		 step_id;
	int		 item;		/* 0: of the case */
	int		 items;		/* how many the case has */
	const char	*step;
	const char	*process;
	const char	*owner;		/* role */
	const char	*owner_site;
	const char	*owner_person;
	const char	*who;
	const char	*state;
	bool		 open;
	bool		 born;		/* its effect held already */
	bool		 holds;
	int64_t		 since;
	const char	*rule;
	const char	*region;
	int64_t		 due_at;
	int64_t		 limit_from;
	int64_t		 limit_at;
	int64_t		 appointment;
	int64_t		 done_at;
	const char	*outcome;
};

/* What a query on `step AS s JOIN cases AS c` selects for view_step_read(). */
#define VIEW_STEP_COLUMNS \
	"s.case_id, s.step_id, s.item, c.items, s.step, s.process, s.owner, " \
	"s.owner_site, s.owner_person, s.who, s.state, s.born, s.holds, " \
	"s.since, s.rule, s.region, s.due_at, s.limit_from, s.limit_at, " \
	"s.appointment, s.done_at, s.outcome, c.closed_at"
void	 view_step_read(struct query *q, struct arena *texts,
	    struct view_step *step);

/* "due" or "limit", whichever comes first; NULL when there is neither. */
const char *view_step_binds(const struct view_step *step);
/* That time, 0 for none. */
int64_t	 view_step_binds_at(const struct view_step *step);

/* "case-ship slip 1000423/2", what completes it; appended. */
void	 view_step_command(const struct view_step *step, struct buf *b);

void	 view_step_json(const struct view_step *step, const char *zone,
	    struct json *j, const char *key);

/* Absent values are null. */
void	 view_json_text(struct json *j, const char *key, const char *value);
void	 view_json_time(struct json *j, const char *key, int64_t at,
	    const char *zone);
void	 view_json_int(struct json *j, const char *key, int64_t value);

#endif
