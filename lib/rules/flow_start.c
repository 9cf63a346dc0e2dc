/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "flow_private.h"

/* Starting and giving up procedures. */

static bool
has_sites(struct flow_case *c, enum process procedure,
    const struct flow_item *it)
{
	static const struct {
		enum owner	 owner;
		const char	*name;
	} sites[] = {
		{ OWNER_LOGISTICS, LOCAL("logistics centre") },
		{ OWNER_PLANT, LOCAL("plant") },
		{ OWNER_REPAIR, LOCAL("repair centre") },
		{ OWNER_EXPERTISE, LOCAL("expertise centre") },
	};
	const struct flow_process *p = flow_process(procedure);

	for (size_t i = 0; i < p->count; i++)
		for (size_t n = 0; n < sizeof(sites) / sizeof(sites[0]); n++)
			if (p->rules[i].owner == sites[n].owner &&
			    flow_site(it, sites[n].owner) == NULL)
				return flow_refuse(c, "the product of item %d "
				    "names no %s; case-load products sets it",
				    it->item,
				    local_text(sites[n].name));
	return true;
}

/* What the unit allows, whatever else is under way. */
static bool
unit_allows(struct flow_case *c, enum process procedure,
    const struct flow_item *it)
{
	const char *name = flow_process(procedure)->name;
	const struct flow_process *p = flow_process(procedure);

	if (it->replaced)
		return flow_refuse(c, "the replacement of item %d was shipped, "
		    "so it takes no %s; add the replacement as an item: "
		    "case-open --add", it->item, name);
	if (it->place == PLACE_SCRAPPED &&
	    (procedure == PROC_REPAIR || procedure == PROC_EXPERTISE))
		return flow_refuse(c, "item %d is scrapped and takes no %s",
		    it->item, name);
	for (size_t i = 0; i < p->count; i++)
		if (p->rules[i].when == WHEN_PAID && !it->known)
			return flow_refuse(c, "the warranty of item %d is not "
			    "known: settle it with --sold-on DATE, --no-proof "
			    "or --goodwill REASON", it->item);
	return has_sites(c, procedure, it);
}

bool
flow_stop(struct flow_case *c, int item, const struct flow_act *act)
{
	const struct flow_run *r = flow_goods_run(c, item);

	if (r == NULL || !flow_under_way(c, r))
		return flow_refuse(c, "no procedure is under way for item %d",
		    item);
	if (flow_item(c, item)->replaced)
		return flow_refuse(c, "the replacement of item %d was shipped; "
		    "its exchange cannot be given up, waive return instead",
		    item);
	flow_end_run(c, r->run, act);
	return true;
}

static bool
make_room(struct flow_case *c, enum process procedure, int item,
    const struct flow_act *act)
{
	const struct flow_run *r = flow_goods_run(c, item);

	if (r == NULL || !flow_under_way(c, r))
		return true;
	if (r->procedure == procedure)
		return flow_refuse(c, "%s is under way for item %d already",
		    flow_process(procedure)->name, item);
	if (!act->instead)
		return flow_refuse(c, "%s is under way for item %d; --instead "
		    "with a reason gives it up for %s",
		    flow_process(r->procedure)->name, item,
		    flow_process(procedure)->name);
	return flow_stop(c, item, act);
}

static bool
not_offered(struct flow_case *c, enum process procedure)
{
	const struct flow_process *kind = flow_process(c->kind);
	struct buf list = { 0 };

	for (enum process p = KIND_COUNT; p < PROCESS_COUNT; p++)
		if (kind->offers >> p & 1)
			buf_printf(&list, "%s%s", list.len > 0 ? ", " : "",
			    flow_process(p)->name);
	flow_refuse(c, "a case of kind %s takes no %s; it takes: %s",
	    kind->name, flow_process(procedure)->name, buf_str(&list));
	buf_free(&list);
	return false;
}

static bool
allowed(struct flow_case *c, enum process procedure, int item,
    const struct flow_act *act)
{
	const struct flow_process *p = flow_process(procedure);

	if (c->status != CASE_OPEN)
		return flow_refuse(c, "the case is not open");
	if (procedure == PROC_EXPERTISE && c->distributor)
		return flow_refuse(c, "an expertise is for end customers only; "
		    "this customer is a distributor");
	if ((flow_process(c->kind)->offers & (UINT64_C(1) << procedure)) == 0)
		return not_offered(c, procedure);
	if (item == 0)
		return !p->needs_item || flow_refuse(c, "%s needs an item; add "
		    "one with case-open --add", p->name);
	if (!p->exclusive)
		return true;
	return make_room(c, procedure, item, act) &&
	    unit_allows(c, procedure, flow_item(c, item));
}

/* The run of a procedure on the item or the case that can be joined. */
static struct flow_run *
join(const struct flow_case *c, enum process procedure, int item)
{
	int run = item == 0 ? c->last_run : flow_item(c, item)->last_run;
	struct flow_run *r;

	for (; run != 0; run = r->before) {
		r = flow_run(c, run);
		if (r->procedure == procedure && r->ended_at == 0 &&
		    flow_under_way(c, r))
			return r;
	}
	return NULL;
}

/* Notes for whom a procedure on the case was started; once each. */
static void
note_item(struct flow_run *r, int item)
{
	const char *p = r->items;
	char *end, *items;

	if (item == 0)
		return;
	for (; p != NULL && *p != '\0'; p = end) {
		if (strtol(p, &end, 10) == item)
			return;
		if (end == p)
			break;
	}
	items = r->items == NULL ? mem_printf("%d", item) :
	    mem_printf("%s %d", r->items, item);
	free(r->items);
	r->items = items;
	r->changed = true;
}

bool
flow_start(struct flow_case *c, enum process procedure, int item,
    const struct flow_act *act)
{
	bool on_case = flow_process(procedure)->on_case;
	struct flow_run *r;

	if (!allowed(c, procedure, item, act))
		return false;
	r = flow_process(procedure)->exclusive ? NULL :
	    join(c, procedure, on_case ? 0 : item);
	if (r == NULL) {
		r = flow_add_run(c, procedure, on_case ? 0 : item);
		r->started_at = act->at;
	}
	if (on_case)
		note_item(r, item);
	return true;
}
