/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/time.h"
#include "fact.h"
#include "message_private.h"
#include "rules/flow.h"
#include "service/link.h"
#include "service/setting.h"
#include "tell/notice.h"
#include "tell/words.h"

/* Names that a template may use of a message, besides those that are made
 * below; absent ones are null. */
static const char *const names[] = {
	"verb", "kind", "risk", "contact", "text", "customer", "customer_name",
	"count", "data", "parts", "carrier", "tracking", "amount",
	"valid_until", "due", "outcome", "description", "urgent", "more",
	"recall", "title", "cases", "several_cases", "left_out",
	"several_left_out", "follow", "given_up",
};

static struct json_object *
get(struct json_object *o, const char *name)
{
	struct json_object *value;

	return json_object_is_type(o, json_type_object) &&
	    json_object_object_get_ex(o, name, &value) ? value : NULL;
}

static void
put(struct json_object *o, const char *name, const char *text)
{
	json_object_object_add(o, name,
	    text == NULL ? NULL : json_object_new_string(text));
}

/* A unit as it is in the facts, in words; NULL for none. */
static char *
unit_text(struct json_object *unit, const char *language)
{
	return words_unit(json_object_get_string(get(unit, "reference")),
	    json_object_get_string(get(unit, "serial")), language);
}

static void
put_free(struct json_object *o, const char *name, char *text)
{
	put(o, name, text);
	free(text);
}

struct json_object *
message_items(struct json_object *items, const char *language)
{
	struct json_object *list;
	size_t n = json_object_is_type(items, json_type_array) ?
	    json_object_array_length(items) : 0;

	list = json_object_new_array();
	for (size_t i = 0; i < n; i++) {
		struct json_object *item = json_object_array_get_idx(items, i);
		struct json_object *made = json_object_new_object();

		put_free(made, "unit", unit_text(get(item, "unit"), language));
		put_free(made, "replacement",
		    unit_text(get(item, "replacement"), language));
		json_object_array_add(list, made);
	}
	return list;
}

/* "2 3" of a list of numbers; NULL for none. */
static char *
numbers_text(struct json_object *list)
{
	struct buf b = { 0 };

	if (!json_object_is_type(list, json_type_array))
		return NULL;
	for (size_t i = 0; i < json_object_array_length(list); i++)
		buf_printf(&b, "%s%" PRId64, i > 0 ? " " : "",
		    json_object_get_int64(json_object_array_get_idx(list, i)));
	return b.data;
}

/* "case-ship slip 1000423/2", for the only item or the case. */
static char *
command_text(const char *word, int64_t case_id, struct json_object *items)
{
	enum step step;
	bool one = json_object_is_type(items, json_type_array) &&
	    json_object_array_length(items) == 1;

	if (word == NULL || !flow_step_parse(word, &step))
		return NULL;
	if (one)
		return mem_printf("%s %" PRId64 "/%" PRId64,
		    flow_step_command(step), case_id, json_object_get_int64(
		    json_object_array_get_idx(items, 0)));
	return mem_printf("%s %" PRId64, flow_step_command(step), case_id);
}

/* The earlier of the two, and whether that is the limit of the promise. */
static void
put_binding(struct json_object *made, const struct message *m,
    struct json_object *step, const char *zone)
{
	struct json_object *due = get(step, "due_at");
	struct json_object *limit = get(step, "limit_at");
	bool binds = json_object_get_boolean(get(step, "limit"));

	if (limit != NULL && (due == NULL || json_object_get_int64(limit) <
	    json_object_get_int64(due))) {
		due = limit;
		binds = true;
	}
	put_free(made, "due", due == NULL ? NULL :
	    words_time(json_object_get_int64(due), zone, m->language));
	json_object_object_add(made, "limit", json_object_new_boolean(binds));
}

/* Where the customer follows the case; nobody else gets that address. */
static void
put_link(struct json_object *o, struct store *s, const struct message *m,
    int64_t case_id)
{
	put_free(o, "link", m->to_customer && case_id != 0 ?
	    link_address(s, case_id, time_now()) : NULL);
}

static struct json_object *
make_step(struct office *o, const struct message *m, struct json_object *step)
{
	struct json_object *made = json_object_new_object();
	const char *word = json_object_get_string(get(step, "step"));
	int64_t case_id = get(step, "case") != NULL ?
	    json_object_get_int64(get(step, "case")) : m->case_id;

	put(made, "step", words_find(WORDS_STEP, word, m->language));
	put(made, "what", words_find(WORDS_WANTED, word, m->language));
	put_free(made, "case", mem_printf("%" PRId64, case_id));
	put_binding(made, m, step, office_zone(o));
	put_link(made, office_store(o), m, case_id);
	put_free(made, "units", get(step, "units") != NULL ?
	    mem_text(json_object_get_string(get(step, "units"))) :
	    numbers_text(get(step, "items")));
	put_free(made, "command", command_text(word, case_id,
	    get(step, "items")));
	json_object_object_add(made, "late",
	    json_object_get(get(step, "late")));
	return made;
}

static struct json_object *
make_steps(struct office *o, const struct message *m,
    struct json_object *facts)
{
	struct json_object *steps = get(facts, "steps"), *list;
	size_t n = json_object_is_type(steps, json_type_array) ?
	    json_object_array_length(steps) : 0;

	list = json_object_new_array();
	for (size_t i = 0; i < n; i++)
		json_object_array_add(list, make_step(o, m,
		    json_object_array_get_idx(steps, i)));
	return list;
}

/* Where the desk is: there, nobody writes the country. */
static char *
country_of_desk(struct office *o)
{
	struct query *q = store_query(office_store(o),
	    "SELECT country FROM sites WHERE code = :desk");

	bind_text(q, ":desk", office_desk(o));
	return query_text_copy(q);
}

static void
add_line(struct json_object *lines, const char *text)
{
	if (text != NULL)
		json_object_array_add(lines, json_object_new_string(text));
}

/* A place may lack a telephone, or a street: null as well. What there is, as
 * the lines of an address. */
static void
complete_place(struct json_object *place, const char *here,
    const char *language)
{
	static const char *const parts[] = { "name", "address", "postcode",
	    "city", "country", "phone" };
	struct json_object *lines = fact_lines(place);
	const char *there = fact_get_text(place, "country");
	char *country = here == NULL || there == NULL ||
	    strcmp(here, there) == 0 ? NULL : words_country(there, language);

	add_line(lines, country);
	add_line(lines, fact_get_text(place, "phone"));
	free(country);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (get(place, parts[i]) == NULL)
			put(place, parts[i], NULL);
	json_object_object_add(place, "lines", lines);
}

/* Of the message alone: what an act recorded under such a name is no place. */
static void
put_places(struct json_object *made, struct json_object *facts,
    struct office *o, const char *language)
{
	static const char *const places[] = { "from", "to", "return_to" };
	char *here = country_of_desk(o);

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct json_object *place = get(facts, places[i]);

		json_object_object_add(made, places[i],
		    json_object_get(place));
		if (place != NULL)
			complete_place(place, here, language);
	}
	free(here);
}

static void
put_amount(struct json_object *o, struct json_object *data,
    const char *language)
{
	const char *amount = json_object_get_string(get(data, "amount"));
	const char *currency = json_object_get_string(get(data, "currency"));
	int64_t cents;

	if (amount != NULL && currency != NULL &&
	    money_parse(amount, &cents))
		put_free(o, "amount", words_amount(cents, currency, language));
}

/* A word of the file becomes one of the reader. */
static void
put_words(struct json_object *o, const char *name, enum words list,
    const char *language)
{
	const char *word = json_object_get_string(get(o, name));

	put(o, name, words_find(list, word, language));
}

static void
put_time(struct json_object *o, const char *name, struct json_object *from,
    const struct message *m, const char *zone)
{
	const char *text = json_object_get_string(from);
	int64_t at;

	if (from == NULL)
		return;
	if (json_object_is_type(from, json_type_int))
		at = json_object_get_int64(from);
	else if (!time_parse(text, zone, 0, &at, NULL))
		return;
	put_free(o, name, words_time(at, zone, m->language));
}

static void
put_settings(struct json_object *o, struct store *s)
{
	put(o, "company", setting_get(s, "company"));
	put(o, "hotline_national", setting_get(s, "hotline.national"));
	put(o, "hotline_abroad", setting_get(s, "hotline.abroad"));
}

/* What the customer of an expertise, and the carrier, are promised or asked. */
static void
put_promise(struct json_object *made, struct office *o,
    const struct message *m)
{
	const char *word = json_object_get_string(get(made, "kind"));
	bool told = strcmp(m->kind, "dossier") == 0 ||
	    strcmp(m->kind, "collection") == 0;
	enum process kind;

	put(made, "all_within", NULL);
	put(made, "deliver_within", NULL);
	if (!told || word == NULL || !flow_kind_parse(word, &kind))
		return;
	put_free(made, "all_within", words_due(office_promise(o),
	    m->language));
	put_free(made, "deliver_within", words_due(office_due(o,
	    PROC_EXPERTISE, flow_rule(PROC_EXPERTISE, STEP_DELIVER), kind),
	    m->language));
}

/* What is called back travels at our expense. */
static bool
is_recall(struct json_object *made)
{
	const char *kind = json_object_get_string(get(made, "kind"));

	return kind != NULL &&
	    strcmp(kind, flow_process(KIND_RECALL)->name) == 0;
}

struct json_object *
message_facts(struct office *o, const struct message *m,
    struct json_object *facts)
{
	struct json_object *made = json_object_new_object();
	struct json_object *data = get(facts, "data");
	const char *zone = office_zone(o);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct json_object *value = get(facts, names[i]);

		json_object_object_add(made, names[i], json_object_get(
		    value != NULL ? value : get(data, names[i])));
	}
	json_object_object_add(made, "several", json_object_new_boolean(
	    json_object_get_int64(get(made, "count")) > 1));
	put_link(made, office_store(o), m, m->case_id);
	put_free(made, "number", mem_printf("%" PRId64, m->case_id));
	json_object_object_add(made, "items", message_items(
	    get(facts, "items"), m->language));
	message_slip_facts(o, m, facts, made);
	notice_put(office_store(o), m, facts, made);
	json_object_object_add(made, "steps", make_steps(o, m, facts));
	put_places(made, facts, o, m->language);
	json_object_object_add(made, "paid_by_us", json_object_new_boolean(
	    is_recall(made)));
	put_promise(made, o, m);
	put_words(made, "kind", WORDS_PROCESS, m->language);
	put_words(made, "risk", WORDS_RISK, m->language);
	put_words(made, "outcome", WORDS_OUTCOME, m->language);
	put_amount(made, data, m->language);
	put_time(made, "valid_until", get(data, "valid_until"), m, zone);
	put_time(made, "due", get(facts, "due_at"), m, zone);
	put_settings(made, office_store(o));
	return made;
}
