/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_WORK_H
#define SERVICE_WORK_H

#include "base/arena.h"
#include "base/json.h"
#include "rules/flow.h"
#include "service/act.h"

/*
 * A case in hand: read from the file, changed by the rules, written back as one
 * event with all its consequences. For the acts in this folder only.
 *
 *	w = work_open(act, case_id);
 *	... flow_*(&w->flow, ...), facts into w->data ...
 *	work_commit(w, "slip");
 *	work_close(w);
 *
 * Refusals stick to the store; after one, commit does nothing.
 */

/* One row of unit_state: a unit, wherever it is. */
struct work_unit {
	int64_t		 unit_id;
	const char	*reference;
	const char	*serial;
	const char	*lot;
	const char	*holder;
	const char	*place;
	const char	*direction;
	const char	*bound_for;
	const char	*proof_on;	/* sold, by a proof of purchase */
	const char	*warranty_until;
	const char	*warranty_reason;
	bool		 changed;
	bool		 is_new;	/* not in the file before this act */
	bool		 was_away;	/* with a customer, or lost, before */
};

/* What the rules do not need to know of an item; beside flow.items[]. */
struct work_item {
	size_t		 unit;		/* in units[] */
	size_t		 replacement;	/* in units[] + 1; 0: none */
	const char	*range;
	const char	*warranty;
	const char	*warranty_until;
	const char	*warranty_reason;
	const char	*sold_on;
	const char	*flag;
	int		 invoiced;	/* -1: not said */
	bool		 taken_out;	/* of its recall, by this act */
	bool		 mended;	/* in another case than its recall's */
};

/* And of a step; beside flow.steps[]. */
struct work_step {
	const char	*owner;
	const char	*owner_site;
	const char	*owner_person;
	const char	*who;
	const char	*rule;
	const char	*region;
	int64_t		 due_at;	/* 0: none */
	int64_t		 limit_from;
	int64_t		 limit_at;	/* 0: none */
	int64_t		 binds_at;
	bool		 fresh;		/* opened, or passed on, by this act */
	bool		 told;		/* its owner is told of that */
};

/* Tables that an act adds rows to, beside those of the case itself. */
enum more {
	MORE_LOOKUP, MORE_LINK, MORE_STOCK, MORE_ATTACHMENT, MORE_FINDING,
	MORE_INCIDENT, MORE_RECALL_UNIT,
	MORE_COUNT
};

struct work {
	struct act	*act;
	struct store	*s;
	struct arena	 texts;
	int64_t		 case_id;
	struct flow_case flow;
	const char	*customer, *language, *pilot, *expert, *technician;
	const char	*channel, *contact, *risk, *opened_by, *outcome;
	const char	*nature, *sought, *description;
	const char	*carrier;	/* of this act, or NULL */
	const char	*dock;		/* where goods are taken in, or NULL */
	bool		 parcel;	/* and what came is named */
	const char	*was_pilot;	/* before this act */
	enum case_status was;
	int64_t		 satisfaction, dissatisfaction, criticality;
	int64_t		 recall, renewed;	/* these five: 0 is none */
	struct work_unit *units;
	size_t		 unit_count;
	struct work_item *items;
	size_t		 item_room;
	struct work_step *steps;
	size_t		 step_room;
	struct json	 data;		/* the facts, an open object */
	struct json	 more[MORE_COUNT];	/* rows of other tables */
	struct work_move {
		const char	*site, *reference;
		int64_t		 quantity;
	}		*moves;		/* of stock, so far */
	size_t		 move_count;
	int64_t		 next_unit;	/* highest unit_id given in this act */
	int		**lists;	/* of work_items(), to free */
	size_t		 list_count;
	const int	*noted;		/* items of the act, or NULL */
	bool		 is_new;	/* not in the file yet */
	bool		 unreachable;	/* no notice gets to the customer */
	bool		 moved;		/* people or sites: owners anew */
	bool		 follows;	/* what was done in another case */
};

/* NULL, with the refusal in the store, when there is no such case. */
struct work *work_open(struct act *act, int64_t case_id);
struct work *work_new(struct act *act);		/* a case of the next number */
void	 work_close(struct work *w);		/* takes NULL */

/* Whose the new case is: his type and his language. False after a refusal. */
bool	 work_take_customer(struct work *w, const char *code);

/* Opens what has become possible, drops what has become pointless, in view of
 * what other open cases do with the units. */
void	 work_settle(struct work *w);
/* Settles the case, fills in owners and due times, appends the event; then the
 * same for other open cases of its units, if they are concerned. */
void	 work_commit(struct work *w, const char *verb);

/* A column of the row, kept with the work; NULL for NULL. */
char	*work_text(struct work *w, struct query *q, int column);

/* True when all is well; a refusal of the rules becomes one of the store. */
bool	 work_take(struct work *w, bool ok);

/* Items that the target names; the bare number stands for every item at which
 * the step is open or can be reached. Ends with 0; { 0, 0 } is the case itself.
 * NULL after a refusal. Freed with the work. */
const int *work_items(struct work *w, const struct target *target,
	    enum step step);
/* The same for acts that no open step asks for: the bare number is all. */
const int *work_named(struct work *w, const struct target *target);

/* "items" of the event's facts. */
void	 work_note_items(struct work *w, const int *items);

/* Items and their units. */
struct work_item *work_item(struct work *w, int item);
struct work_unit *work_unit(struct work *w, int item);
/* The item that is this one of units[]; 0: none. */
int	 work_item_of(const struct work *w, size_t unit);
/* A unit that is in the file, by its id; answers the place in units[]. */
size_t	 work_read_unit(struct work *w, int64_t unit_id);
/* A unit that was in a case before, by its names. */
bool	 work_known_unit(struct work *w, const char *reference,
	    const char *serial, size_t *unit);
/* That one, or else a unit new to the file. */
size_t	 work_find_unit(struct work *w, const char *reference,
	    const char *serial);
/* One that is surely not in the file, with the customer. */
size_t	 work_new_unit(struct work *w, const char *reference,
	    const char *serial);
/* The customer of the case has it. */
void	 work_give_unit(struct work *w, size_t unit);
/* Adds an item for a unit; its sites come from the product. */
int	 work_add_item(struct work *w, size_t unit);
/* The item is another unit than was thought, with the sites of its product. */
void	 work_set_unit(struct work *w, int item, size_t unit);
struct work_step *work_step(struct work *w, const struct flow_step *s);

/* Rows of other tables that belong to the event; work_row() begins one, for
 * json_end_object() to end. */
struct json *work_row(struct work *w, enum more table);
/* The open array of them. */
struct json *work_rows(struct work *w, enum more table);
void	 work_row_lookup(struct work *w, int item, const char *name,
	    const char *value);
/* Links with a case that must exist. */
void	 work_link(struct work *w, int64_t other);
/* "links" of the event's facts; nothing for none. */
void	 work_note_links(struct work *w, const int64_t *links, size_t count);
/* What the product did: "injury", "damage", "none"; nothing for NULL. */
void	 work_incident(struct work *w, const char *harm);
void	 work_row_finding(struct work *w, int item, const char *cause);
void	 work_row_stock(struct work *w, const char *site, const char *reference,
	    int64_t quantity);
/* How many left that store in this act. */
int64_t	 work_taken(struct work *w, const char *site, const char *reference);

/* The parts of work_open() and work_commit(). */

/* The case of w->case_id, as it is in the file; refuses when there is none. */
void	 work_read(struct work *w);
/* What became of the item, for the row of its unit. */
void	 work_note_place(struct work *w, const struct flow_item *it);
/* Owner, due time and limit of each step that lacks them. */
void	 work_fill_steps(struct work *w);
/* Messages that tell of the event, as its rows "outbox"; `data` are its
 * facts. */
void	 work_tell(struct work *w, const char *verb, const char *data,
	    struct json *rows);
/* Buckets of recalled units that follow from what the act did. */
void	 work_follow_recall(struct work *w);
/* Units under a recall that this act, of another case, has remedied. */
void	 work_mend_recalls(struct work *w);
/* What other open cases do with the units that are with us or on their way. */
void	 work_note_others(struct work *w);
/* Warns of other goods procedures under way for the item's unit. */
void	 work_warn_others(struct work *w, int item);
/* What follows in other open cases with units that this act has touched. */
void	 work_follow_units(struct work *w);
/* The row images of everything that has changed, as "rows" of the event. */
void	 work_write_rows(struct work *w, struct json *j);

#endif
