/* SPDX-License-Identifier: ISC */
#ifndef VIEW_SHOW_H
#define VIEW_SHOW_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "service/target.h"
#include "store/store.h"
#include "view/step.h"

/* Everything about one case, read at once. Times are 0 for none, texts NULL. */
struct show_item {
	int		 item;
	const char	*reference, *serial, *lot;
	const char	*product;	/* its name */
	const char	*warranty, *warranty_until, *warranty_reason;
	const char	*sold_on;
	const char	*place, *direction, *bound_for;
	bool		 owed;
	int64_t		 owed_at;
	int		 invoiced;	/* -1: nothing was said */
	const char	*replacement;	/* REF:SERIAL */
	const char	*flag;
};

struct show_run {
	int		 run;
	const char	*procedure;
	int		 item;		/* 0: on the case */
	const char	*items;		/* and there for "1 2"; NULL: for all */
	int64_t		 ended_at;
	const char	*why;
};

struct show_event {
	int64_t		 seq;
	const char	*verb;
	int64_t		 happened_at, recorded_at;
	const char	*by, *login;
	const char	*text;
	const char	*data;		/* JSON */
	const char	*facts;		/* the same in words, once asked for */
};

struct show_incident {
	const char	*harm;
	int64_t		 happened_at;
	int64_t		 seq;
};

struct show_file {
	int		 attachment;
	const char	*name;
	int64_t		 size;
	const char	*digest;
	int64_t		 seq;
};

struct show {
	struct arena	 texts;
	int64_t		 case_id;
	const char	*kind, *status;
	const char	*customer, *customer_name, *customer_city;
	const char	*customer_phone;
	int64_t		 opened_at, closed_at;
	const char	*opened_by;
	const char	*pilot, *pilot_name, *expert, *technician;
	const char	*channel, *contact, *risk, *outcome;
	int64_t		 satisfaction, dissatisfaction, criticality;
	const char	*nature, *sought, *description;
	int64_t		 recall;
	const char	*recall_title;
	int		 item_count;	/* of the case, whatever is shown */
	struct show_item *items;
	size_t		 items_shown;
	struct show_run	*runs;
	size_t		 run_count;
	struct view_step *steps;
	size_t		 step_count;
	const struct view_step *next;	/* the most urgent open one, or NULL */
	struct show_event *events;
	size_t		 event_count;
	int64_t		*links;
	size_t		 link_count;
	struct show_incident *incidents;
	size_t		 incident_count;
	struct show_file *files;
	size_t		 file_count;
};

/* Reads the case, or what concerns the items that the target names; refuses one
 * that is not there. For show_close(), which takes NULL. */
struct show *show_open(struct store *s, const struct target *target);
void	 show_close(struct show *v);
/* Puts the facts of the events in words, as show_text() wants them; in those of
 * the `person` at the terminal, or in English. */
void	 show_facts(struct store *s, struct show *v, bool person);

/* Was the procedure started for the item? */
bool	 show_run_has(const struct show_run *r, int item);

/* One object, as case-show(1) promises it. */
void	 show_json(const struct show *v, const char *zone, struct json *j);

struct show_style {
	const char	*zone;
	int64_t		 now;
	bool		 colour;
	bool		 person;	/* reads it, in his language */
};

/* For people: nothing in it that the terminal would obey but, when asked for,
 * colours. */
void	 show_text(const struct show *v, const struct show_style *style,
	    struct buf *b);

#endif
