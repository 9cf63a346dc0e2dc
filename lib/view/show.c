/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "view/show.h"

static const char *
text(struct show *v, struct query *q, int column)
{
	return arena_text(&v->texts, query_text(q, column));
}

static bool
read_case(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT c.kind, c.status, c.customer, "
	    "k.name, k.city, k.phone, c.opened_at, c.closed_at, c.opened_by, "
	    "c.pilot, p.name, c.expert, c.technician, c.channel, c.contact, "
	    "c.risk, c.outcome, c.satisfaction, c.dissatisfaction, "
	    "c.criticality, c.nature, c.sought, d.description, c.recall, "
	    "c.items FROM cases AS c "
	    "LEFT JOIN customers AS k ON k.code = c.customer "
	    "LEFT JOIN staff AS p ON p.code = c.pilot "
	    "LEFT JOIN description AS d ON d.case_id = c.case_id "
	    "WHERE c.case_id = :case");

	bind_int(q, ":case", v->case_id);
	if (!query_row(q))
		return false;
	v->kind = text(v, q, 0);
	v->status = text(v, q, 1);
	v->customer = text(v, q, 2);
	v->customer_name = text(v, q, 3);
	v->customer_city = text(v, q, 4);
	v->customer_phone = text(v, q, 5);
	v->opened_at = query_int(q, 6);
	v->closed_at = query_int(q, 7);
	v->opened_by = text(v, q, 8);
	v->pilot = text(v, q, 9);
	v->pilot_name = text(v, q, 10);
	v->expert = text(v, q, 11);
	v->technician = text(v, q, 12);
	v->channel = text(v, q, 13);
	v->contact = text(v, q, 14);
	v->risk = text(v, q, 15);
	v->outcome = text(v, q, 16);
	v->satisfaction = query_int(q, 17);
	v->dissatisfaction = query_int(q, 18);
	v->criticality = query_int(q, 19);
	v->nature = text(v, q, 20);
	v->sought = text(v, q, 21);
	v->description = text(v, q, 22);
	v->recall = query_int(q, 23);
	v->item_count = (int)query_int(q, 24);
	query_done(q);
	return true;
}

/* Is the item one of those that were named, or all of them? */
static bool
is_meant(const struct target *target, int item)
{
	for (size_t i = 0; i < target->count; i++)
		if (target->items[i].item == 0 ||
		    target->items[i].item == item)
			return true;
	return false;
}

static void
check_items(struct store *s, const struct show *v,
    const struct target *target)
{
	int last = target->items[target->count - 1].item;

	if (last > v->item_count && v->item_count == 0)
		store_refuse(s, "there is no item %d; the case has none", last);
	else if (last > v->item_count)
		store_refuse(s, "there is no item %d; the last is %d", last,
		    v->item_count);
}

static void
read_item(struct show *v, struct query *q, struct show_item *it)
{
	*it = (struct show_item){
		.item = (int)query_int(q, 0),
		.reference = text(v, q, 1),
		.serial = text(v, q, 2),
		.lot = text(v, q, 3),
		.product = text(v, q, 4),
		.warranty = text(v, q, 5),
		.warranty_until = text(v, q, 6),
		.warranty_reason = text(v, q, 7),
		.sold_on = text(v, q, 8),
		.place = text(v, q, 9),
		.direction = text(v, q, 10),
		.bound_for = text(v, q, 11),
		.owed = query_int(q, 12) != 0,
		.owed_at = query_int(q, 13),
		.invoiced = query_null(q, 14) ? -1 : (int)query_int(q, 14),
		.replacement = text(v, q, 15),
		.flag = text(v, q, 16),
	};
}

static void
read_items(struct store *s, struct show *v, const struct target *target)
{
	struct query *q = store_query(s, "SELECT i.item, u.reference, "
	    "u.serial, u.lot, p.name, i.warranty, i.warranty_until, "
	    "i.warranty_reason, i.sold_on, u.place, u.direction, u.bound_for, "
	    "i.owed, i.owed_at, i.invoiced, (SELECT r.reference || "
	    "ifnull(':' || r.serial, '') FROM unit_state AS r "
	    "WHERE r.unit_id = i.replacement), i.flag "
	    "FROM item AS i JOIN unit_state AS u USING (unit_id) "
	    "LEFT JOIN products AS p USING (reference) "
	    "WHERE i.case_id = :case ORDER BY i.item");

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		if (!is_meant(target, (int)query_int(q, 0)))
			continue;
		v->items = mem_array(v->items, v->items_shown + 1,
		    sizeof(*v->items));
		read_item(v, q, &v->items[v->items_shown++]);
	}
}

static void
read_runs(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT run, procedure, "
	    "items, ended_at, why, item FROM procedure "
	    "WHERE case_id = :case ORDER BY run");
	struct show_run *r;

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		v->runs = mem_array(v->runs, v->run_count + 1,
		    sizeof(*v->runs));
		r = &v->runs[v->run_count++];
		r->run = (int)query_int(q, 0);
		r->procedure = text(v, q, 1);
		r->items = text(v, q, 2);
		r->ended_at = query_int(q, 3);
		r->why = text(v, q, 4);
		r->item = (int)query_int(q, 5);
	}
}

static void
read_steps(struct store *s, struct show *v, const struct target *target)
{
	struct query *q = store_query(s, "SELECT " VIEW_STEP_COLUMNS " "
	    "FROM step AS s JOIN cases AS c USING (case_id) "
	    "WHERE s.case_id = :case ORDER BY s.step_id");

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		int item = (int)query_int(q, 2);

		if (item != 0 && !is_meant(target, item))
			continue;
		v->steps = mem_array(v->steps, v->step_count + 1,
		    sizeof(*v->steps));
		view_step_read(q, &v->texts, &v->steps[v->step_count++]);
	}
}

/* With the same answer as the service: of those that bind at one time the first
 * to be opened. */
static void
find_next(struct show *v)
{
	int64_t first = INT64_MAX, at;

	for (size_t i = 0; i < v->step_count; i++) {
		at = view_step_binds_at(&v->steps[i]);
		if (!v->steps[i].open || (v->next != NULL &&
		    (at == 0 || at >= first)))
			continue;
		v->next = &v->steps[i];
		first = at != 0 ? at : INT64_MAX;
	}
}

static void
read_events(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT seq, verb, happened_at, "
	    "recorded_at, actor, login, payload ->> '$.text', "
	    "payload -> '$.data' FROM event JOIN event_payload USING (seq) "
	    "WHERE case_id = :case ORDER BY seq");
	struct show_event *e;

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		v->events = mem_array(v->events, v->event_count + 1,
		    sizeof(*v->events));
		e = &v->events[v->event_count++];
		*e = (struct show_event){
			.seq = query_int(q, 0),
			.verb = text(v, q, 1),
			.happened_at = query_int(q, 2),
			.recorded_at = query_int(q, 3),
			.by = text(v, q, 4),
			.login = text(v, q, 5),
			.text = text(v, q, 6),
			.data = text(v, q, 7),
		};
	}
}

static void
read_links(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT other FROM link "
	    "WHERE case_id = :case UNION SELECT case_id FROM link "
	    "WHERE other = :case ORDER BY 1");

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		v->links = mem_array(v->links, v->link_count + 1,
		    sizeof(*v->links));
		v->links[v->link_count++] = query_int(q, 0);
	}
}

static void
read_incidents(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT harm, happened_at, seq "
	    "FROM incident WHERE case_id = :case ORDER BY seq");

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		v->incidents = mem_array(v->incidents, v->incident_count + 1,
		    sizeof(*v->incidents));
		v->incidents[v->incident_count++] = (struct show_incident){
			.harm = text(v, q, 0), .happened_at = query_int(q, 1),
			.seq = query_int(q, 2),
		};
	}
}

/* In the language of the case, else in any. */
static void
read_recall(struct store *s, struct show *v)
{
	struct query *q;

	if (v->recall == 0)
		return;
	q = store_query(s, "SELECT title FROM recall_text "
	    "WHERE recall = :recall ORDER BY language <> (SELECT language "
	    "FROM cases WHERE case_id = :case) LIMIT 1");
	bind_int(q, ":recall", v->recall);
	bind_int(q, ":case", v->case_id);
	if (query_row(q)) {
		v->recall_title = text(v, q, 0);
		query_done(q);
	}
}

static void
read_files(struct store *s, struct show *v)
{
	struct query *q = store_query(s, "SELECT attachment, name, size, "
	    "digest, seq FROM attachment WHERE case_id = :case "
	    "ORDER BY attachment");

	bind_int(q, ":case", v->case_id);
	while (query_row(q)) {
		v->files = mem_array(v->files, v->file_count + 1,
		    sizeof(*v->files));
		v->files[v->file_count++] = (struct show_file){
			.attachment = (int)query_int(q, 0),
			.name = text(v, q, 1), .size = query_int(q, 2),
			.digest = text(v, q, 3), .seq = query_int(q, 4),
		};
	}
}

struct show *
show_open(struct store *s, const struct target *target)
{
	struct show *v = mem_zero(1, sizeof(*v));

	v->case_id = target->case_id;
	if (!read_case(s, v))
		store_refuse(s, "no such case");
	else
		check_items(s, v, target);
	read_items(s, v, target);
	read_runs(s, v);
	read_steps(s, v, target);
	find_next(v);
	read_events(s, v);
	read_links(s, v);
	read_incidents(s, v);
	read_recall(s, v);
	read_files(s, v);
	if (store_ok(s))
		return v;
	show_close(v);
	return NULL;
}

void
show_close(struct show *v)
{
	if (v == NULL)
		return;
	arena_free(&v->texts);
	free(v->items);
	free(v->runs);
	free(v->steps);
	free(v->events);
	free(v->links);
	free(v->incidents);
	free(v->files);
	free(v);
}

/* "carrier DPD, tracking 0123"; not what the head of the page says, nor which
 * items when there is only one. */
static const char *
in_words(struct store *s, struct show *v, const char *data, bool person)
{
	struct query *q = store_query(s, "SELECT f.key, CASE f.type "
	    "WHEN 'true' THEN NULL ELSE group_concat(t.atom, ' ') END "
	    "FROM json_each(:data) AS f, json_tree(:data, f.fullkey) AS t "
	    "WHERE f.type <> 'false' AND t.atom IS NOT NULL "
	    "AND t.key IS NOT 'digest' AND f.key NOT IN ('kind', 'customer') "
	    "AND (f.key <> 'items' OR :several) GROUP BY f.id ORDER BY f.id");
	const char *facts;
	struct buf b = { 0 };

	bind_text(q, ":data", data);
	bind_int(q, ":several", v->item_count > 1);
	while (query_row(q)) {
		const char *key = query_text(q, 0), *value = query_text(q, 1);

		buf_printf(&b, "%s%s%s%s", b.len > 0 ? ", " : "",
		    person ? local_word("fact", key) : key,
		    value != NULL ? " " : "", value != NULL ? value : "");
	}
	facts = b.len > 0 ? arena_text(&v->texts, buf_str(&b)) : NULL;
	buf_free(&b);
	return facts;
}

void
show_facts(struct store *s, struct show *v, bool person)
{
	for (size_t i = 0; i < v->event_count; i++)
		if (v->events[i].data != NULL)
			v->events[i].facts = in_words(s, v,
			    v->events[i].data, person);
}

bool
show_run_has(const struct show_run *r, int item)
{
	char number[16];

	if (r->item != 0)
		return r->item == item;
	snprintf(number, sizeof(number), "%d", item);
	return r->items == NULL || text_has_word(r->items, number);
}
