/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/time.h"
#include "service/office.h"
#include "service/setting.h"

#define SHIPPED_REGION	"FR"
#define SHIPPED_HOURS	"Mon-Fri 08:00-18:00"

struct region {
	const char	*name;
	struct calendar	*calendar;
	struct region	*next;
};

struct site {
	const char	*code;
	const char	*kind;
	const char	*region;
	struct site	*next;
};

/* The due time of a step as it is set; rules are static, so that their address
 * and the kind of the case name it. */
struct promise {
	const struct flow_rule *rule;
	struct due	 due;
	struct promise	*next;
};

struct office {
	struct store	*s;
	struct arena	 texts;
	struct region	*regions;
	struct site	*sites;
	struct promise	*promises[2];	/* else, and of emergencies */
	const char	*desk;
	bool		 desk_read;
};

struct office *
office_open(struct store *s)
{
	struct office *o = mem_zero(1, sizeof(*o));

	o->s = s;
	return o;
}

void
office_close(struct office *o)
{
	if (o == NULL)
		return;
	for (struct region *r = o->regions, *next; r != NULL; r = next) {
		next = r->next;
		calendar_close(r->calendar);
		free(r);
	}
	for (struct site *t = o->sites, *next; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
	for (size_t i = 0; i < 2; i++)
		for (struct promise *p = o->promises[i], *next; p != NULL;
		    p = next) {
			next = p->next;
			free(p);
		}
	arena_free(&o->texts);
	free(o);
}

struct store *
office_store(const struct office *o)
{
	return o->s;
}

/* Where there is but one, nobody has to say that it is the one. */
static const char *
only_desk(struct office *o)
{
	struct query *q = store_query(o->s, "SELECT min(code), count(*) "
	    "FROM sites WHERE kind = 'desk'");
	const char *code = NULL;

	if (!query_row(q))
		return NULL;
	if (query_int(q, 1) == 1)
		code = arena_text(&o->texts, query_text(q, 0));
	query_done(q);
	return code;
}

const char *
office_desk(struct office *o)
{
	if (!o->desk_read && store_ok(o->s)) {
		o->desk = arena_text(&o->texts, setting_get(o->s, "desk"));
		if (o->desk == NULL)
			o->desk = only_desk(o);
		o->desk_read = true;
	}
	return o->desk;
}

static const struct site *
site_of(struct office *o, const char *code)
{
	struct query *q;
	struct site *t;

	for (t = o->sites; t != NULL; t = t->next)
		if (strcmp(t->code, code) == 0)
			return t;
	q = store_query(o->s,
	    "SELECT kind, region FROM sites WHERE code = :code");
	bind_text(q, ":code", code);
	if (!query_row(q))
		return NULL;
	t = mem_zero(1, sizeof(*t));
	t->code = arena_text(&o->texts, code);
	t->kind = arena_text(&o->texts, query_text(q, 0));
	t->region = arena_text(&o->texts, query_text(q, 1));
	query_done(q);
	t->next = o->sites;
	o->sites = t;
	return t;
}

const char *
office_site_kind(struct office *o, const char *site)
{
	const struct site *t = site == NULL ? NULL : site_of(o, site);

	return t == NULL ? NULL : t->kind;
}

const char *
office_region(struct office *o, const char *site)
{
	const struct site *t = site == NULL ? NULL : site_of(o, site);

	if (t == NULL && office_desk(o) != NULL)
		t = site_of(o, office_desk(o));
	return t == NULL ? SHIPPED_REGION : t->region;
}

static void
add_closed_days(struct office *o, struct calendar *c, const char *region)
{
	struct query *q = store_query(o->s, "SELECT day, name FROM holidays "
	    "WHERE region = :region");
	int64_t days;

	bind_text(q, ":region", region);
	while (query_row(q))
		if (time_parse_date(query_text(q, 0), &days))
			calendar_add_closed(c, days, query_text(q, 1));
}

/* A setting calendar.REGION.what, or that of the shipped region. */
static char *
of_region(struct office *o, const char *region, const char *what)
{
	char *name = mem_printf("calendar.%s.%s", region, what);
	char *value = mem_text(setting_get(o->s, name));

	free(name);
	if (value == NULL && strcmp(region, SHIPPED_REGION) != 0)
		return of_region(o, SHIPPED_REGION, what);
	return value;
}

static struct calendar *
make_calendar(struct office *o, const char *region)
{
	char *zone = of_region(o, region, "zone");
	char *hours = of_region(o, region, "hours");
	const char *why = NULL;
	struct calendar *c;

	c = calendar_open(region, zone != NULL ? zone : TIME_ZONE,
	    hours != NULL ? hours : SHIPPED_HOURS, &why);
	if (c == NULL) {
		store_refuse(o->s, "the calendar of region %s: %s; see "
		    "case-config", region, why);
		c = calendar_open(SHIPPED_REGION, TIME_ZONE, SHIPPED_HOURS,
		    &why);
	}
	calendar_add_shipped(c);
	add_closed_days(o, c, region);
	free(zone);
	free(hours);
	return c;
}

const struct calendar *
office_region_calendar(struct office *o, const char *region)
{
	struct region *r;

	for (r = o->regions; r != NULL; r = r->next)
		if (strcmp(r->name, region) == 0)
			return r->calendar;
	r = mem_zero(1, sizeof(*r));
	r->name = arena_text(&o->texts, region);
	r->calendar = make_calendar(o, region);
	r->next = o->regions;
	o->regions = r;
	return r->calendar;
}

const struct calendar *
office_calendar(struct office *o, const char *site)
{
	return office_region_calendar(o, office_region(o, site));
}

const char *
office_zone(struct office *o)
{
	return calendar_zone(office_calendar(o, NULL));
}

/* What case-config says of a due time, else the shipped one. */
static struct due
as_set(struct office *o, const char *process, const char *step,
    struct due shipped)
{
	char name[64];
	const char *value;
	struct due due;

	snprintf(name, sizeof(name), "due.%s.%s", process, step);
	value = setting_get(o->s, name);
	return value != NULL && due_parse(value, &due) ? due : shipped;
}

struct due
office_due(struct office *o, enum process process,
    const struct flow_rule *rule, enum process kind)
{
	bool urgent = kind == KIND_EMERGENCY && rule->urgent.unit != DUE_NONE;
	struct promise *p;

	for (p = o->promises[urgent]; p != NULL; p = p->next)
		if (p->rule == rule)
			return p->due;
	p = mem_zero(1, sizeof(*p));
	p->rule = rule;
	/* The figure of an emergency is a setting of its own. */
	p->due = urgent ? as_set(o, "emergency",
	    flow_step_name(rule->step), rule->urgent) :
	    as_set(o, flow_process(process)->name,
	    flow_step_name(rule->step), rule->due);
	p->next = o->promises[urgent];
	o->promises[urgent] = p;
	return p->due;
}

struct due
office_promise(struct office *o)
{
	return as_set(o, "expertise", "limit", flow_promise());
}
