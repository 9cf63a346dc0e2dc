/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "list_way.h"
#include "rules/flow.h"
#include "rules/number.h"
#include "service/report.h"
#include "view/list.h"
#include "view/step.h"

#define DAY	INT64_C(86400)

static bool
about_steps(const struct list_filter *f)
{
	return f->step != NULL || f->role != NULL || f->who != NULL ||
	    f->me != NULL || f->until != 0;
}

/* The list that is asked for most. It is a statement of its own because reading
 * the conditions takes longer than fifty cases. */
static bool
is_plain(const struct list_filter *f)
{
	return f->status == LIST_OPEN && f->sort == LIST_URGENT &&
	    f->kind == NULL && f->product == NULL && f->text == NULL &&
	    f->recall == 0 && f->since == 0;
}

/* The narrowest way that the filter allows. */
static enum list_way
choose(const struct list_filter *f)
{
	bool steps = about_steps(f);

	if (f->find != NULL)
		return WAY_FIND;
	if (f->find_words != NULL)
		return WAY_WORDS;
	if (f->serial != NULL)
		return steps ? WAY_STEP_SERIAL : WAY_SERIAL;
	if (f->customer != NULL)
		return steps ? WAY_STEP_CUSTOMER : WAY_CUSTOMER;
	if (f->who != NULL)
		return WAY_WHO;
	if (f->me != NULL)
		return WAY_ME;
	if (f->step != NULL)
		return WAY_STEP;
	if (f->role != NULL && f->sort == LIST_URGENT)
		return WAY_ROLE;
	if (steps)
		return WAY_DUE;
	if (f->owed)
		return WAY_OWED;
	if (f->status == LIST_OPEN)
		return is_plain(f) ? WAY_PLAIN : WAY_OPEN;
	if (f->status == LIST_CLOSED)
		return WAY_CLOSED;
	return f->sort != LIST_URGENT ? WAY_ALL : WAY_OPEN;
}

static void
bind_optional(struct query *q, const char *name, int64_t value)
{
	if (value != 0)
		bind_int(q, name, value);
	else
		bind_null(q, name);
}

static void
bind_case(struct query *q, const struct list_filter *f)
{
	bind_int(q, ":status", f->status);
	bind_text(q, ":kind", f->kind);
	bind_text(q, ":customer", f->customer);
	bind_text(q, ":product", f->product);
	bind_text(q, ":serial", f->serial);
	bind_text(q, ":text", f->text);
	bind_optional(q, ":recall", f->recall);
	bind_optional(q, ":since", f->since);
	bind_int(q, ":owed", f->owed);
	if (f->sort != LIST_URGENT)
		bind_int(q, ":sort", f->sort);
}

static void
bind_step(struct query *q, const struct list_filter *f)
{
	bind_text(q, ":step", f->step);
	bind_text(q, ":role", f->role);
	bind_text(q, ":who", f->who);
	bind_text(q, ":me", f->me);
	bind_text(q, ":site", f->my_site);
	bind_text(q, ":roles", f->my_roles);
	bind_int(q, ":until", f->until != 0 ? f->until : INT64_MAX);
}

/* "1000423", or "1000423/2" as the sheet of an item has it; 0: neither. */
static int64_t
number_of(const char *text)
{
	static const char known[] = "0123456789";
	char digits[32];
	size_t len = strspn(text, known);
	const char *item = text + len;
	int64_t number = 0;

	if (len >= sizeof(digits) || (*item != '\0' && (*item != '/' ||
	    item[1] == '\0' || item[1 + strspn(item + 1, known)] != '\0')))
		return 0;
	memcpy(digits, text, len);
	digits[len] = '\0';
	number_parse(digits, &number);
	return number;
}

static void
bind_dead(struct query *q)
{
	bind_int(q, ":dead", time_now() - REPORT_SURVEY_DAYS * DAY);
}

static void
bind_found(struct query *q, const struct list_filter *f)
{
	const char *colon = strchr(f->find, ':');
	char *reference = colon == NULL ? NULL :
	    mem_printf("%.*s", (int)(colon - f->find), f->find);
	int64_t recall = 0;

	number_parse_recall(f->find, &recall);
	bind_int(q, ":number", number_of(f->find));
	bind_int(q, ":called", recall);
	bind_text(q, ":find", f->find);
	bind_text(q, ":found", colon != NULL ? colon + 1 : NULL);
	bind_text(q, ":product_found", reference);
	free(reference);
}

/* A walk over what one statement answers; some lists take two of them. */
struct walk {
	struct store	*s;
	const struct list_filter *f;
	int64_t		 left;		/* rows wanted; -1: all */
	int64_t		 rows;		/* handed over */
	list_fn		*fn;
	void		*arg;
};

static void
walk(struct walk *w, enum list_way way, int rank)
{
	const struct list_filter *f = w->f;
	bool sorted = f->sort != LIST_URGENT;
	struct query *q = store_query(w->s, list_statement(way, sorted));

	bind_dead(q);
	if (way != WAY_PLAIN)
		bind_case(q, f);
	if (way >= WAY_STEP)
		bind_step(q, f);
	if (way == WAY_STEP && !sorted)
		bind_int(q, ":rank", rank);
	if (way == WAY_FIND)
		bind_found(q, f);
	if (way == WAY_WORDS)
		bind_text(q, ":words", f->find_words);
	bind_int(q, ":limit", w->left);
	while (query_row(q)) {
		w->fn(q, w->arg);
		w->rows++;
		w->left -= w->left > 0;
	}
}

static bool
comes_before(struct query *a, struct query *b)
{
	int64_t due[2] = { INT64_MAX, INT64_MAX };

	if (!query_null(a, LIST_ROW_DUE))
		due[0] = query_int(a, LIST_ROW_DUE);
	if (!query_null(b, LIST_ROW_DUE))
		due[1] = query_int(b, LIST_ROW_DUE);
	return due[0] != due[1] ? due[0] < due[1] :
	    query_int(a, 0) < query_int(b, 0);
}

/* What a role may owe is few of the steps, and the index has each of them in
 * order: they are walked side by side. */
static void
walk_role(struct walk *w, uint64_t steps, int rank)
{
	struct query *heads[STEP_COUNT];
	size_t n = 0, least;

	for (enum step step = 0; step < STEP_COUNT; step++) {
		if ((steps & AFTER(step)) == 0)
			continue;
		heads[n] = store_query(w->s, list_statement(WAY_ROLE, false));
		bind_dead(heads[n]);
		bind_case(heads[n], w->f);
		bind_step(heads[n], w->f);
		bind_text(heads[n], ":walk", flow_step_name(step));
		bind_int(heads[n], ":rank", rank);
		bind_int(heads[n], ":limit", w->left);
		n += query_row(heads[n]);
	}
	while (n > 0 && w->left != 0) {
		least = 0;
		for (size_t i = 1; i < n; i++)
			if (comes_before(heads[i], heads[least]))
				least = i;
		w->fn(heads[least], w->arg);
		w->rows++;
		w->left -= w->left > 0;
		if (!query_row(heads[least]))
			heads[least] = heads[--n];
	}
	while (n > 0)
		query_done(heads[--n]);
}

static int64_t
each_of_role(struct walk *w)
{
	uint64_t steps = 0;
	enum owner role;

	if (flow_owner_parse(w->f->role, &role))
		steps = flow_steps_of(role);
	walk_role(w, steps, 0);
	walk_role(w, steps, 1);
	return w->rows;
}

int64_t
list_each(struct store *s, const struct list_filter *f, list_fn *fn, void *arg)
{
	struct walk w = { .s = s, .f = f, .fn = fn, .arg = arg,
	    .left = f->limit > 0 ? f->limit : -1 };
	enum list_way way = choose(f);

	if (way == WAY_ROLE)
		return each_of_role(&w);
	walk(&w, way, 0);
	if (f->sort != LIST_URGENT || w.left == 0)
		return w.rows;
	if (way == WAY_OPEN && f->status == LIST_ALL)
		walk(&w, WAY_CLOSED, 0);
	if (way == WAY_STEP)
		walk(&w, WAY_STEP, 1);
	if (way == WAY_STEP && f->status != LIST_OPEN && w.left != 0)
		walk(&w, WAY_STEP, 2);
	return w.rows;
}

void
list_next(struct store *s, int64_t case_id, const char *zone, struct json *j)
{
	struct query *q = store_query(s, "SELECT " VIEW_STEP_COLUMNS " "
	    "FROM cases AS c JOIN step AS s ON s.case_id = c.case_id "
	    "AND s.step_id = c.next_step WHERE c.case_id = :case");
	struct arena texts = { 0 };
	struct view_step step;

	bind_int(q, ":case", case_id);
	step.open = false;
	if (query_row(q)) {
		view_step_read(q, &texts, &step);
		query_done(q);
	}
	if (step.open)
		view_step_json(&step, zone, j, NULL);
	else
		json_null(j, NULL);
	arena_free(&texts);
}
