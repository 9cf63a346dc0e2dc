/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FLOW_PLAY_H
#define UNIT_FLOW_PLAY_H

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/flow.h"

/*
 * A case to play through: each act happens ten seconds after the one before and
 * is settled. The products of all items name the same four sites.
 */
#define PLAY_START	INT64_C(1000)

struct play {
	struct flow_case c;
	int64_t		 at;
};

static inline struct flow_item *
play_item(struct play *p, bool pays)
{
	struct flow_item *it = flow_add_item(&p->c);

	it->known = true;
	it->pays = pays;
	it->sites[SITE_LOGISTICS] = "LOG";
	it->sites[SITE_PLANT] = "PLA";
	it->sites[SITE_REPAIR] = "REP";
	it->sites[SITE_EXPERTISE] = "EXP";
	return it;
}

/* A case with items under warranty, just opened. */
static inline void
play_open(struct play *p, enum process kind, int items)
{
	*p = (struct play){ .at = PLAY_START };
	p->c.kind = kind;
	p->c.opened_at = PLAY_START;
	for (int i = 0; i < items; i++)
		play_item(p, false);
	flow_settle(&p->c, p->at);
}

/* The same case once more, to be freed too. */
static inline struct play
play_copy(const struct play *p)
{
	struct play q = *p;
	struct flow_case *c = &q.c;

	memset(&c->why, 0, sizeof(c->why));
	memset(&c->warning, 0, sizeof(c->warning));
	c->items = NULL;
	c->runs = NULL;
	c->steps = NULL;
	c->item_count = c->run_count = c->step_count = 0;
	while (c->item_count < p->c.item_count)
		flow_add_item(c);
	while (c->run_count < p->c.run_count)
		flow_add_run(c, PROC_ADVICE, 0);
	while (c->step_count < p->c.step_count)
		flow_add_step(c, STEP_CLOSE, 0, 0);
	for (size_t i = 0; i < c->item_count; i++)
		c->items[i] = p->c.items[i];
	for (size_t i = 0; i < c->run_count; i++) {
		c->runs[i] = p->c.runs[i];
		c->runs[i].items = mem_text(p->c.runs[i].items);
		c->runs[i].why = mem_text(p->c.runs[i].why);
	}
	for (size_t i = 0; i < c->step_count; i++)
		c->steps[i] = p->c.steps[i];
	c->last_run = p->c.last_run;
	memcpy(c->latest, p->c.latest, sizeof(c->latest));
	return q;
}

static inline void
play_end(struct play *p)
{
	flow_free(&p->c);
}

#endif
