/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FLOW_STORY_H
#define UNIT_FLOW_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "flow_deals.h"
#include "flow_laws.h"

/* Stories of cases: what happens, what is refused, and what is open then. */

#define ACT(what, n) \
	((struct deal){ .deed = (what), .item = (n) })
#define DONE(name, n) \
	((struct deal){ .deed = COMPLETE, .step = STEP_##name, .item = (n) })
#define DONE_AS(name, n, word) \
	((struct deal){ .deed = COMPLETE, .step = STEP_##name, .item = (n), \
	    .outcome = OUTCOME_##word })
#define ARRIVED(n, where) \
	((struct deal){ .deed = COMPLETE, .step = STEP_RECEIVE, .item = (n), \
	    .site = (where) })
#define BOOKED(n, when) \
	((struct deal){ .deed = COMPLETE, .step = STEP_BOOK, .item = (n), \
	    .appointment = (when) })
#define WAIVED(name, n) \
	((struct deal){ .deed = WAIVE, .step = STEP_##name, .item = (n) })
#define WAIVED_AS(name, n, word) \
	((struct deal){ .deed = WAIVE, .step = STEP_##name, .item = (n), \
	    .outcome = OUTCOME_##word })
#define STARTED(name, n) \
	((struct deal){ .deed = START, .procedure = PROC_##name, .item = (n) })
#define STARTED_INSTEAD(name, n) \
	((struct deal){ .deed = INSTEAD, .procedure = PROC_##name, \
	    .item = (n) })

/* Ten seconds later; no law may be broken by it. */
static inline void
happens(struct play *p, struct deal d)
{
	const char *law;

	p->at += 10;
	if (!perform(p, &d))
		fail_msg("%s %s/%d: %s", deeds[d.deed],
		    flow_step_name(d.step), d.item, buf_str(&p->c.why));
	flow_settle(&p->c, p->at);
	law = laws_broken(&p->c);
	if (law != NULL)
		fail_msg("%s %s/%d: %s", deeds[d.deed],
		    flow_step_name(d.step), d.item, law);
}

/* Not possible now, and the reason has these words; the case goes on. */
static inline void
refused(const struct play *p, struct deal d, const char *words)
{
	struct play q = play_copy(p);

	q.at += 10;
	if (perform(&q, &d))
		fail_msg("%s %s/%d was not refused", deeds[d.deed],
		    flow_step_name(d.step), d.item);
	if (strstr(buf_str(&q.c.why), words) == NULL)
		fail_msg("'%s' lacks '%s'", buf_str(&q.c.why), words);
	play_end(&q);
}

/* What is open for the item and the case (0: all), in the order of opening. */
static inline void
opens(const struct play *p, int item, const char *expected)
{
	struct buf b = { 0 };

	flow_list_open(&p->c, item, &b);
	assert_string_equal(buf_str(&b), expected);
	buf_free(&b);
}

static inline struct flow_item *
item_of(struct play *p, int item)
{
	return &p->c.items[item - 1];
}

static inline void
is_at(struct play *p, int item, enum place place, const char *site)
{
	assert_int_equal(item_of(p, item)->place, place);
	if (site != NULL)
		assert_string_equal(item_of(p, item)->site, site);
}

/* A fault of that many units, assigned, all decided on: nothing is open. */
static inline void
play_decided(struct play *p, int items)
{
	play_open(p, KIND_FAULT, items);
	happens(p, DONE(ASSIGN, 0));
	for (int i = 1; i <= items; i++)
		happens(p, DONE(TRIAGE, i));
}

#endif
