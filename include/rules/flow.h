/* SPDX-License-Identifier: ISC */
#ifndef RULES_FLOW_H
#define RULES_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "rules/calendar.h"

/*
 * The workflow: kinds of case and procedures, made of steps. Pure: it works on
 * a case in memory, knows no file and no clock, and says which steps open, are
 * done or fall away, and where each unit is. When a step is due and who the
 * owner is by name is for the service to fill in.
 */

enum step {
	STEP_ASSIGN, STEP_TRIAGE, STEP_CLASSIFY, STEP_ACKNOWLEDGE, STEP_SOLVE,
	STEP_NOTIFY, STEP_RESPOND, STEP_CLOSE, STEP_ANSWER,
	STEP_QUOTE, STEP_ORDER, STEP_REQUEST, STEP_REPLACEMENT, STEP_SLIP,
	STEP_RETURN, STEP_RECEIVE, STEP_FORWARD, STEP_ANALYSE, STEP_FIX,
	STEP_SEND_BACK,
	STEP_DOSSIER, STEP_BOOK, STEP_PICKUP, STEP_DELIVER, STEP_REPORT,
	STEP_SURVEY,
	STEP_ADVISE, STEP_PARTS, STEP_DISPATCH, STEP_ARRIVE, STEP_INTERVENE,
	STEP_CORRECT, STEP_VERIFY, STEP_REFUND,
	STEP_COUNT
};

/* The kinds first, then the procedures. "expertise" is both. */
enum process {
	KIND_FAULT, KIND_EMERGENCY, KIND_EXPERTISE, KIND_COMPLAINT, KIND_RECALL,
	PROC_EXCHANGE, PROC_REPAIR, PROC_EXPERTISE, PROC_REFUND,
	PROC_ADVICE, PROC_PARTS, PROC_INTERVENTION, PROC_CORRECTION,
	PROCESS_COUNT
};
#define KIND_COUNT	PROC_EXCHANGE

enum owner {
	OWNER_CONTACT,		/* who opened the case */
	OWNER_PILOT,		/* the answerable person */
	OWNER_EXPERT,		/* the expert, else the answerable person */
	OWNER_TECHNICIAN,
	OWNER_NAMED,		/* named when the procedure was started */
	OWNER_QUALITY,
	OWNER_DESK, OWNER_LOGISTICS, OWNER_PLANT, OWNER_REPAIR, OWNER_EXPERTISE,
	OWNER_HOLDER,		/* the site that has the unit, or awaits it */
	OWNER_CUSTOMER, OWNER_CARRIER,
	OWNER_COUNT
};

enum scope {
	SCOPE_CASE,
	SCOPE_ITEM,
	SCOPE_EITHER		/* each item; the case if it has none */
};

/* When a step exists at all. */
enum when {
	WHEN_ALWAYS,
	WHEN_PAID,		/* the item has to be paid */
	WHEN_GOODS,		/* there is a unit that can travel */
	WHEN_FIXED,		/* fix: repaired, or no fault found */
	WHEN_RETURN,		/* analyse: the unit goes back */
	WHEN_ASKED		/* opened by an act, not by what is before it */
};

/* What makes a step born done. */
enum held {
	HELD_NEVER,
	HELD_COMING,		/* at a site of ours, or on the way to one */
	HELD_ARRIVED,		/* at any site of ours */
	HELD_AT_OWNER,		/* at the site that owes the step */
	HELD_AT_PLANT		/* there, and what is before it is done */
};

enum waive { WAIVE_NO, WAIVE_PASSES, WAIVE_ENDS };

/* What sets the due time besides the rule's own figure. */
enum due_from {
	FROM_PREREQUISITE,
	FROM_OPENING,		/* counts from the opening of the case */
	FROM_APPOINTMENT,	/* end of service hours on its day, if booked */
	FROM_GIVEN		/* a date given by an act, if any */
};

/* A step that is not listed for a process does not exist in it. */
struct flow_rule {
	enum step	 step;
	enum owner	 owner;
	enum scope	 scope;
	uint64_t	 after;		/* AFTER() in the process; those that
					 * exist must be done */
	enum when	 when;
	enum held	 held;
	struct due	 due;
	struct due	 urgent;	/* in an emergency, if it has a unit */
	enum due_from	 from;
	enum waive	 waive;
	bool		 chased;	/* the customer is reminded politely */
	bool		 loose;		/* does not hold the case */
	bool		 again;		/* once more after its prerequisite */
	bool		 promised;	/* part of the limit from pickup */
};
#define AFTER(step)	(UINT64_C(1) << (step))

struct flow_process {
	const char	*name;
	const char	*french;
	uint64_t	 offers;	/* of a kind: bits of the procedures */
	bool		 exclusive;	/* one of these at a time on an item */
	bool		 ends_whole;	/* WAIVE_ENDS ends it all */
	bool		 on_case;	/* its steps are the case's */
	bool		 needs_item;
	bool		 closes_itself;	/* of a kind: when nothing holds it */
	const struct flow_rule *rules;
	size_t		 count;
};

const struct flow_process *flow_process(enum process process);
const struct flow_rule *flow_rule(enum process process, enum step step);
const char *flow_step_name(enum step step);
const char *flow_step_command(enum step step);	/* "case-ship slip" */
const char *flow_owner_name(enum owner owner);
/* The limit of the whole expertise from pickup, on the desk's calendar. */
struct due flow_promise(void);

/* Is it made wherever the unit is, or is bound for? An exchange takes it in at
 * any site, and it is forwarded and sent back from there. */
bool	 flow_is_holders(const struct flow_rule *rule);

/* By word; false when there is none of that name. */
bool	 flow_step_parse(const char *word, enum step *step);
bool	 flow_kind_parse(const char *word, enum process *kind);
bool	 flow_procedure_parse(const char *word, enum process *procedure);
bool	 flow_owner_parse(const char *word, enum owner *owner);
/* AFTER() of the steps that a role may come to owe, by name: also for another
 * that the table has, as the pilot does for an expert. */
uint64_t flow_steps_of(enum owner role);

enum step_state { STATE_OPEN, STATE_DONE, STATE_WAIVED, STATE_DROPPED };
const char *flow_state_name(enum step_state state);
bool	 flow_state_parse(const char *word, enum step_state *state);

enum outcome {
	OUTCOME_NONE,
	OUTCOME_REPAIRED, OUTCOME_NO_FAULT_FOUND, OUTCOME_NOT_REPAIRABLE,
	OUTCOME_RETURN, OUTCOME_KEEP, OUTCOME_SCRAP,
	OUTCOME_RUNNING, OUTCOME_NOT_RUNNING,
	OUTCOME_EFFECTIVE, OUTCOME_NOT_EFFECTIVE,
	OUTCOME_HELD, OUTCOME_DISPOSED, OUTCOME_SOLD_ON, OUTCOME_NOT_FOUND,
	OUTCOME_HANDED_OVER, OUTCOME_SCRAPPED,
	OUTCOME_DECLINED,	/* an order that will not come */
	OUTCOME_CANCELLED,	/* fell with the case; comes back with it */
	OUTCOME_MOVED,		/* fell as the unit went; comes back with it */
	OUTCOME_COUNT
};
const char *flow_outcome_name(enum outcome outcome);	/* NULL for none */
bool	 flow_outcome_parse(const char *word, enum outcome *outcome);
/* What completing the step may come to, the usual end first, ended by
 * OUTCOME_NONE; NULL when there is nothing to say. */
const enum outcome *flow_outcomes(enum process process, enum step step);

enum place {
	PLACE_CUSTOMER, PLACE_SITE, PLACE_TO_US, PLACE_TO_CUSTOMER,
	PLACE_SCRAPPED, PLACE_UNKNOWN
};

enum site_role {
	SITE_LOGISTICS, SITE_PLANT, SITE_REPAIR, SITE_EXPERTISE, SITE_ROLES
};

struct flow_step {
	int		 id;		/* from 1, in the order of opening */
	enum process	 process;
	const struct flow_rule *rule;
	int		 run;		/* 0: of the kind */
	int		 item;		/* 0: of the case */
	enum step_state	 state;
	bool		 born;
	int64_t		 since;
	int64_t		 done_at;
	int64_t		 appointment;	/* 0: none */
	int64_t		 given;		/* due time given by an act; 0: none */
	enum outcome	 outcome;
	bool		 changed;	/* since the case was read */
	void		*more;		/* the service's own, of this step */
};

struct flow_run {
	int		 run;		/* from 1 */
	enum process	 procedure;
	int		 item;		/* 0: on the case */
	char		*items;		/* "1 2": started for; owned, or NULL */
	int64_t		 started_at;
	int64_t		 ended_at;	/* 0: not given up */
	char		*why;		/* it ended; owned, or NULL */
	bool		 changed;
	int		 before;	/* the earlier run of the item, or 0 */
	int		 latest[STEP_COUNT];	/* newest step_id, or 0 */
};

/* Strings are borrowed from whoever filled the item in. */
struct flow_item {
	int		 item;		/* from 1 */
	bool		 known;		/* the warranty is decided */
	bool		 pays;		/* and it is out */
	enum place	 place;
	const char	*site;		/* where it is, or is bound for */
	const char	*sites[SITE_ROLES];	/* of its product; NULL: none */
	bool		 ours;		/* no longer the customer's */
	/* Of another open case, as flow_note_other() was told: */
	bool		 decided;	/* it says what becomes of the unit */
	bool		 awaited;	/* it will take the unit in */
	bool		 owed;
	int64_t		 owed_at;
	bool		 replaced;	/* its replacement was shipped */
	bool		 changed;
	int		 last_run;	/* or 0 */
	int		 latest[STEP_COUNT];	/* of the kind, as above */
};

enum case_status { CASE_OPEN, CASE_CLOSED, CASE_CANCELLED };
const char *flow_status_name(enum case_status status);
bool	 flow_status_parse(const char *word, enum case_status *status);

/* Arrays are grown by the functions here; item and step n are at n - 1. */
struct flow_case {
	enum process	 kind;
	enum case_status status;
	bool		 distributor;
	bool		 has_expert;
	int64_t		 opened_at;
	int64_t		 closed_at;
	struct flow_item *items;
	size_t		 item_count;
	struct flow_run	*runs;
	size_t		 run_count;
	struct flow_step *steps;
	size_t		 step_count;
	int		 last_run;	/* on the case, or 0 */
	int		 latest[STEP_COUNT];	/* of the kind and the case */
	struct buf	 why;		/* the refusal */
	struct buf	 warning;	/* for the person, as it is recorded */
	struct buf	 warned;	/* the same in the person's language */
};

void	 flow_free(struct flow_case *c);
void	 flow_warn(struct flow_case *c, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
struct flow_item *flow_add_item(struct flow_case *c);	/* zeroed, numbered */
/* Pointers to runs and steps are good until the next one is added. `item` 0
 * is the case, `run` 0 the kind. A step added is open and changed. */
struct flow_run *flow_add_run(struct flow_case *c, enum process procedure,
	    int item);
struct flow_step *flow_add_step(struct flow_case *c, enum step step, int run,
	    int item);

/* The newest row of a step, in whatever state; NULL for none. */
struct flow_step *flow_latest(const struct flow_case *c, int run,
	    enum step step, int item);
/* The open row of a step for an item, in whatever process; NULL for none. */
struct flow_step *flow_open_step(const struct flow_case *c, enum step step,
	    int item);
/* The site that owes a step of the item as that owner, by its product and by
 * where the unit is; NULL: it names none, or the owner is no site. */
const char *flow_site(const struct flow_item *it, enum owner owner);
/* Some step of the run that deals with the goods is open, or none has been
 * opened yet. */
bool	 flow_under_way(const struct flow_case *c, const struct flow_run *r);
/* Does such a step, while it is open, keep a goods procedure under way? */
bool	 flow_keeps_unit(enum process procedure, enum step step);
/* The newest goods procedure that is not given up for the item, or NULL. */
struct flow_run *flow_goods_run(const struct flow_case *c, int item);
/* The site at which a parcel with the unit is expected, or NULL. */
const char *flow_dock(const struct flow_case *c, int item);
/* "order (customer), slip (pilot)": appended; item 0: of the whole case. */
void	 flow_list_open(const struct flow_case *c, int item, struct buf *b);

/*
 * The acts. Each changes the case as far as the rules go, at the time at which
 * it happened, or answers false with c->why set; then the case is of no use any
 * more. After one or several acts flow_settle() opens what has become possible,
 * drops what has become pointless and sees that no unit is left behind.
 */
struct flow_act {
	int64_t		 at;
	enum outcome	 outcome;
	bool		 instead;	/* of a goods procedure under way */
	const char	*site;		/* acts, if not the usual one */
	const char	*why;		/* or NULL */
};

void	 flow_settle(struct flow_case *c, int64_t at);

/* A unit may be under several open cases, and is sent back, or taken in, by one
 * of them. Notes what another owes for it, by a step that is open there; `run`
 * as in a flow_step. */
void	 flow_note_other(struct flow_item *it, enum process process,
	    enum step step, int run);

/* Could flow_complete() get at the step: is it open for the item, or are only
 * movements by outsiders before it? */
bool	 flow_in_reach(const struct flow_case *c, enum step step, int item);

/* Completes an open step of the item (0: of the case), and before it the
 * movements by outsiders that were never reported. Goods that arrive are taken
 * in even when no such step is open. */
bool	 flow_complete(struct flow_case *c, enum step step, int item,
	    const struct flow_act *act);
bool	 flow_waive(struct flow_case *c, enum step step, int item,
	    const struct flow_act *act);
/* The customer does not order: ends the procedure of the open quote or
 * order. */
bool	 flow_decline(struct flow_case *c, int item,
	    const struct flow_act *act);

/* Starts a procedure for the item (0: the case has none). */
bool	 flow_start(struct flow_case *c, enum process procedure, int item,
	    const struct flow_act *act);
/* Gives up the goods procedure that is under way for the item. */
bool	 flow_stop(struct flow_case *c, int item, const struct flow_act *act);
/* Opens triage once more for the item (0: the case), if it is not open. */
void	 flow_ask_triage(struct flow_case *c, int item, int64_t at);
/* An item added to an open case gets its intake: in a recall notify opens once
 * more, in a complaint triage opens; elsewhere triage opens by itself. */
void	 flow_ask_intake(struct flow_case *c, int item, int64_t at);
/* The item is no longer part of its recall: respond is asked no more, nor is
 * anybody notified on its account; a remedy under way is given up, unless its
 * replacement was shipped. True when one was. */
bool	 flow_withdraw(struct flow_case *c, int item,
	    const struct flow_act *act);
/* An open step that has no ground any more. */
void	 flow_drop(struct flow_step *s, int64_t at);
/* Opens answer, owned by the customer. */
void	 flow_ask_answer(struct flow_case *c, int64_t at);

bool	 flow_close(struct flow_case *c, const struct flow_act *act);
bool	 flow_cancel(struct flow_case *c, const struct flow_act *act);
/* Reopens a closed or cancelled case with the intake steps that fell with it,
 * and classify for a complaint without items. Triage is asked for by item. */
bool	 flow_reopen(struct flow_case *c, const struct flow_act *act);

#endif
