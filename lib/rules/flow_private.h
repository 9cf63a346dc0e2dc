/* SPDX-License-Identifier: ISC */
#ifndef RULES_FLOW_PRIVATE_H
#define RULES_FLOW_PRIVATE_H

#include "rules/flow.h"

/* Shared by the files of the workflow, for nobody else. */

/* What a rule or an act is considered for. */
struct flow_spot {
	enum process	 process;
	int		 run;		/* 0: of the kind */
	int		 item;		/* 0: of the case */
};

struct flow_item *flow_item(const struct flow_case *c, int item);
struct flow_run *flow_run(const struct flow_case *c, int run);
bool	 flow_refuse(struct flow_case *c, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));

bool	 flow_applies(const struct flow_case *c, struct flow_spot spot,
	    const struct flow_rule *rule);
bool	 flow_held(const struct flow_case *c, struct flow_spot spot,
	    const struct flow_rule *rule);
/* `at`, or when the procedure was started if that was later. */
int64_t	 flow_earliest(const struct flow_case *c, struct flow_spot spot,
	    int64_t at);
/* The next prerequisite of the rule that exists at the spot; `i` starts at 0.
 * NULL after the last. */
const struct flow_rule *flow_before(const struct flow_case *c,
	    struct flow_spot spot, const struct flow_rule *rule, size_t *i);
/* Waived, and what follows with it? NULL was not. */
bool	 flow_given_up(const struct flow_step *s);
/* Did it fall for a time, with the case or for want of the unit? */
bool	 flow_comes_back(const struct flow_step *s);
/* Are all prerequisites behind us? `since` is raised to the latest of them. */
bool	 flow_ready(const struct flow_case *c, struct flow_spot spot,
	    const struct flow_rule *rule, int64_t *since);

/* The step, open: of the item, or in its goods procedure by way of movements
 * that nobody reported, which are completed. NULL when something else stands
 * before it; c->why is set when a movement's time must be told. */
struct flow_step *flow_reach(struct flow_case *c, enum step step, int item,
	    int64_t at);

/* Ends a step; what that does to the goods is told by the two below. */
void	 flow_finish(struct flow_step *s, enum step_state state, int64_t at);
void	 flow_end_run(struct flow_case *c, int run, const struct flow_act *act);
/* Opens a step of the kind that only acts open, if it is not open. */
void	 flow_ask(struct flow_case *c, enum step step, int item, int64_t at);

/* The goods: what a finished step does to a unit, and that none is left. */
void	 flow_goods_moved(struct flow_case *c, const struct flow_step *s,
	    const struct flow_act *act);
bool	 flow_goods_waived(struct flow_case *c, const struct flow_step *s,
	    const struct flow_act *act);
/* True when it opened or dropped a step. */
bool	 flow_goods_watch(struct flow_case *c, int item, int64_t at);
/* `at`, or when the unit was moved last if that was later. */
int64_t	 flow_after_moves(const struct flow_case *c, int item, int64_t at);
bool	 flow_is_goods(enum step step);

#endif
