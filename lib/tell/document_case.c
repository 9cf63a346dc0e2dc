/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "document_case.h"
#include "service/setting.h"
#include "tell/words.h"

static const char *
text(struct document_case *c, struct query *q, int column)
{
	return arena_text(&c->texts, query_text(q, column));
}

static void
put_words(struct document_case *c, const char *name, enum words list,
    const char *word)
{
	fact_text(c->facts, name, words_find(list, word, c->language));
}

static void
put_date(struct document_case *c, const char *name, int64_t at)
{
	fact_take(c->facts, name, at == 0 ? NULL :
	    words_date(at, office_zone(c->office), c->language));
}

static void
put_case(struct document_case *c, struct query *q)
{
	c->facts = json_object_new_object();
	fact_take(c->facts, "number", mem_printf("%" PRId64, c->case_id));
	put_words(c, "kind", WORDS_PROCESS, query_text(q, 0));
	put_words(c, "status", WORDS_STATUS, query_text(q, 1));
	fact_text(c->facts, "contact", query_text(q, 4));
	put_words(c, "risk", WORDS_RISK, query_text(q, 5));
	put_date(c, "opened", query_int(q, 6));
	put_date(c, "closed", query_int(q, 7));
	put_words(c, "outcome", WORDS_OUTCOME, query_text(q, 8));
	fact_number(c->facts, "satisfaction", query_int(q, 9));
	fact_number(c->facts, "dissatisfaction", query_int(q, 10));
	fact_number(c->facts, "criticality", query_int(q, 11));
	put_words(c, "nature", WORDS_NATURE, query_text(q, 12));
	fact_text(c->facts, "sought", query_text(q, 13));
	fact_text(c->facts, "description", query_text(q, 14));
	fact_text(c->facts, "pilot", query_text(q, 15));
	fact_text(c->facts, "expert", query_text(q, 16));
}

static bool
read_case(struct document_case *c)
{
	struct query *q = store_query(office_store(c->office), "SELECT c.kind, "
	    "c.status, c.customer, c.language, c.contact, c.risk, c.opened_at, "
	    "c.closed_at, c.outcome, c.satisfaction, c.dissatisfaction, "
	    "c.criticality, c.nature, c.sought, d.description, p.name, e.name "
	    "FROM cases AS c "
	    "LEFT JOIN description AS d ON d.case_id = c.case_id "
	    "LEFT JOIN staff AS p ON p.code = c.pilot "
	    "LEFT JOIN staff AS e ON e.code = c.expert "
	    "WHERE c.case_id = :case");

	bind_int(q, ":case", c->case_id);
	if (!query_row(q))
		return false;
	if (!flow_kind_parse(query_text(q, 0), &c->kind))
		store_break(office_store(c->office), "an unknown kind of case");
	c->status = strcmp(query_text(q, 1), "open") == 0 ? CASE_OPEN :
	    strcmp(query_text(q, 1), "closed") == 0 ? CASE_CLOSED :
	    CASE_CANCELLED;
	c->customer = text(c, q, 2);
	if (c->language == NULL)
		c->language = text(c, q, 3);
	put_case(c, q);
	query_done(q);
	fact_put(c->facts, "customer", document_customer(c->office,
	    c->customer));
	return true;
}

static bool
is_named(const int *items, int item)
{
	if (items == NULL)
		return true;
	for (; *items != 0; items++)
		if (*items == item)
			return true;
	return false;
}

static struct json_object *
item_facts(const struct document_case *c, struct query *q)
{
	struct json_object *o = json_object_new_object();
	const char *until = query_text(q, 6), *sold = query_text(q, 7);

	fact_number(o, "item", query_int(q, 0));
	fact_take(o, "item_number", mem_printf("%" PRId64 "/%" PRId64,
	    c->case_id, query_int(q, 0)));
	fact_text(o, "reference", query_text(q, 1));
	fact_text(o, "serial", query_text(q, 2));
	fact_text(o, "lot", query_text(q, 3));
	fact_text(o, "product", query_text(q, 4));
	fact_text(o, "warranty", words_find(WORDS_WARRANTY, query_text(q, 5),
	    c->language));
	fact_take(o, "warranty_until", until == NULL ? NULL :
	    words_date_text(until, c->language));
	fact_take(o, "sold_on", sold == NULL ? NULL :
	    words_date_text(sold, c->language));
	fact_text(o, "brand", query_null(q, 8) ?
	    setting_get(office_store(c->office), "brand") : query_text(q, 8));
	fact_take(o, "unit", words_unit(query_text(q, 1),
	    query_text(q, 2), c->language));
	fact_take(o, "replacement", words_unit(query_text(q, 9),
	    query_text(q, 10), c->language));
	return o;
}

static void
read_items(struct document_case *c, const int *items)
{
	struct query *q = store_query(office_store(c->office), "SELECT i.item, "
	    "u.reference, u.serial, u.lot, p.name, i.warranty, "
	    "i.warranty_until, i.sold_on, p.brand, r.reference, r.serial, "
	    "u.place, u.direction, p.logistics, p.plant, p.repair, p.expertise "
	    "FROM item AS i JOIN unit_state AS u USING (unit_id) "
	    "LEFT JOIN products AS p ON p.reference = u.reference "
	    "LEFT JOIN unit_state AS r ON r.unit_id = i.replacement "
	    "WHERE i.case_id = :case ORDER BY i.item");
	struct document_item *it;

	bind_int(q, ":case", c->case_id);
	while (query_row(q)) {
		c->items = mem_array(c->items, c->item_count + 1,
		    sizeof(*c->items));
		it = &c->items[c->item_count++];
		*it = (struct document_item){
			.item = (int)query_int(q, 0),
			.named = is_named(items, (int)query_int(q, 0)),
			.place = text(c, q, 11), .direction = text(c, q, 12),
			.facts = item_facts(c, q),
		};
		for (int i = 0; i < SITE_ROLES; i++)
			it->sites[i] = text(c, q, 13 + i);
	}
}

static void
read_steps(struct document_case *c)
{
	struct store *s = office_store(c->office);
	struct query *q = store_query(s, "SELECT step, process, item, state, "
	    "born, due_at, limit_at, done_at, appointment, outcome, p.name "
	    "FROM step LEFT JOIN staff AS p ON p.code = owner_person "
	    "WHERE case_id = :case ORDER BY step_id");
	struct document_step *step;

	bind_int(q, ":case", c->case_id);
	while (query_row(q)) {
		c->steps = mem_array(c->steps, c->step_count + 1,
		    sizeof(*c->steps));
		step = &c->steps[c->step_count++];
		*step = (struct document_step){
			.process = text(c, q, 1),
			.item = (int)query_int(q, 2),
			.born = query_int(q, 4) != 0,
			.due_at = query_int(q, 5),
			.limit_at = query_int(q, 6),
			.done_at = query_int(q, 7),
			.appointment = query_int(q, 8),
			.outcome = text(c, q, 9), .person = text(c, q, 10),
		};
		if (!flow_step_parse(query_text(q, 0), &step->step) ||
		    !flow_state_parse(query_text(q, 3), &step->state))
			store_break(s, "an unknown step");
	}
}

/* A case may have thousands of items. */
static void
find_newest(struct document_case *c)
{
	size_t items = c->item_count + 1;

	c->newest = mem_zero(items * STEP_COUNT, sizeof(*c->newest));
	for (size_t i = 0; i < c->step_count; i++)
		if ((size_t)c->steps[i].item < items)
			c->newest[(size_t)c->steps[i].item * STEP_COUNT +
			    c->steps[i].step] = i + 1;
}

static void
read_events(struct document_case *c)
{
	struct query *q = store_query(office_store(c->office), "SELECT verb, "
	    "happened_at, s.name, payload ->> '$.text', payload -> '$.data' "
	    "FROM event JOIN event_payload USING (seq) "
	    "LEFT JOIN staff AS s ON s.code = actor "
	    "WHERE case_id = :case ORDER BY seq");
	const char *data;

	bind_int(q, ":case", c->case_id);
	while (query_row(q)) {
		c->events = mem_array(c->events, c->event_count + 1,
		    sizeof(*c->events));
		data = query_text(q, 4);
		c->events[c->event_count++] = (struct document_event){
			.verb = text(c, q, 0), .at = query_int(q, 1),
			.by = text(c, q, 2), .text = text(c, q, 3),
			.data = data == NULL ? NULL : json_tokener_parse(data),
		};
	}
}

static bool
has_items(const struct document_case *c, const int *items, struct buf *why)
{
	int last = (int)c->item_count;

	for (; items != NULL && *items != 0; items++) {
		if (*items >= 1 && *items <= last)
			continue;
		buf_printf(why, last == 0 ?
		    local_text("there is no item %d; the case has none") :
		    local_text("there is no item %d; the last is %d"), *items,
		    last);
		return false;
	}
	return true;
}

bool
document_case_read(struct document_case *c, struct office *o, int64_t case_id,
    const int *items, const char *language, struct buf *why)
{
	*c = (struct document_case){ .office = o, .case_id = case_id,
	    .language = language, .whole = items == NULL };
	if (!read_case(c)) {
		buf_text(why, local_text("no such case"));
		return false;
	}
	read_items(c, items);
	read_steps(c);
	find_newest(c);
	read_events(c);
	if (!store_ok(office_store(o))) {
		buf_text(why, store_why(office_store(o)));
		return false;
	}
	return has_items(c, items, why);
}

void
document_case_free(struct document_case *c)
{
	for (size_t i = 0; i < c->item_count; i++)
		json_object_put(c->items[i].facts);
	for (size_t i = 0; i < c->event_count; i++)
		json_object_put(c->events[i].data);
	json_object_put(c->facts);
	free(c->items);
	free(c->steps);
	free(c->newest);
	free(c->events);
	arena_free(&c->texts);
}

const struct document_step *
document_newest(const struct document_case *c, enum step step, int item)
{
	size_t place = c->newest[(size_t)item * STEP_COUNT + step];

	return place == 0 ? NULL : &c->steps[place - 1];
}

bool
document_open_step(const struct document_case *c, enum step step, int item)
{
	const struct document_step *s = document_newest(c, step, item);

	return s != NULL && s->state == STATE_OPEN;
}

bool
document_done_step(const struct document_case *c, enum step step, int item)
{
	const struct document_step *s = document_newest(c, step, item);

	return s != NULL && s->state == STATE_DONE;
}

bool
document_event_has(const struct document_event *e, int item)
{
	struct json_object *items = fact_get(e->data, "items");
	size_t n = json_object_is_type(items, json_type_array) ?
	    json_object_array_length(items) : 0;

	for (size_t i = 0; i < n; i++)
		if (json_object_get_int(json_object_array_get_idx(items, i)) ==
		    item)
			return true;
	return n == 0;
}

const struct document_event *
document_event(const struct document_case *c, const char *verb, int item)
{
	for (size_t i = c->event_count; i-- > 0; )
		if (strcmp(c->events[i].verb, verb) == 0 &&
		    (item == 0 || document_event_has(&c->events[i], item)))
			return &c->events[i];
	return NULL;
}

char *
document_event_date(const struct document_case *c,
    const struct document_event *e)
{
	return e == NULL ? NULL :
	    words_date(e->at, office_zone(c->office), c->language);
}
