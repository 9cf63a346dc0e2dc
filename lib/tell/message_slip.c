/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "fact.h"
#include "message_private.h"
#include "service/link.h"
#include "tell/document.h"
#include "tell/words.h"

/* Slips to one customer for one parcel: one mail, whatever their cases. Its
 * facts are those of the first, with `cases`: objects of `case` and `items`. */

static int64_t
number(struct json_object *o, const char *name)
{
	return json_object_get_int64(fact_get(o, name));
}

static size_t
length(struct json_object *list)
{
	return json_object_is_type(list, json_type_array) ?
	    json_object_array_length(list) : 0;
}

static struct json_object *
find(struct json_object *list, const char *name, int64_t wanted)
{
	for (size_t i = 0; i < length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);

		if (number(o, name) == wanted)
			return o;
	}
	return NULL;
}

/* A unit whose slip was sent again is one parcel's all the same. */
static void
add_items(struct json_object *cases, int64_t case_id,
    struct json_object *items)
{
	struct json_object *o = find(cases, "case", case_id), *list, *item;

	if (o == NULL) {
		o = json_object_new_object();
		fact_number(o, "case", case_id);
		fact_put(o, "items", json_object_new_array());
		json_object_array_add(cases, o);
	}
	list = fact_get(o, "items");
	for (size_t i = 0; i < length(items); i++) {
		item = json_object_array_get_idx(items, i);
		if (find(list, "item", number(item, "item")) == NULL)
			json_object_array_add(list, json_object_get(item));
	}
}

/* What goes into one parcel leaves with the most urgent of it. */
static void
keep_earlier(struct json_object *facts, struct json_object *other)
{
	int64_t due = number(facts, "due_at"), earlier = number(other,
	    "due_at");

	if (earlier != 0 && (due == 0 || earlier < due))
		fact_number(facts, "due_at", earlier);
}

static int
by_case(const void *a, const void *b)
{
	int64_t one = number(*(struct json_object *const *)a, "case");
	int64_t other = number(*(struct json_object *const *)b, "case");

	return (one > other) - (one < other);
}

struct json_object *
message_slip_join(const struct message *rows, size_t count)
{
	struct json_object *facts = json_tokener_parse(rows[0].facts), *other;
	struct json_object *cases = json_object_new_array();

	for (size_t i = 0; facts != NULL && i < count; i++) {
		other = json_tokener_parse(rows[i].facts);
		add_items(cases, rows[i].case_id, fact_get(other, "items"));
		keep_earlier(facts, other);
		json_object_put(other);
	}
	json_object_array_sort(cases, by_case);
	if (facts != NULL)
		fact_put(facts, "cases", cases);
	else
		json_object_put(cases);
	return facts;
}

/* Their numbers in words; to free, NULL for none. */
static char *
name_cases(struct json_object *cases, const char *language)
{
	size_t count = length(cases);
	int64_t numbers[WORDS_CASES];

	for (size_t i = 0; i < count && i < WORDS_CASES; i++)
		numbers[i] = number(json_object_array_get_idx(cases, i),
		    "case");
	return words_cases(numbers, count, language);
}

/* Ended by 0; to free. */
static int *
item_numbers(struct json_object *items)
{
	int *numbers = mem_zero(length(items) + 1, sizeof(*numbers));

	for (size_t i = 0; i < length(items); i++)
		numbers[i] = (int)number(json_object_array_get_idx(items, i),
		    "item");
	return numbers;
}

/* The case with those of its items that are numbered; to put. */
static struct json_object *
pick(struct json_object *one, const int *numbers)
{
	struct json_object *picked = json_object_new_object();
	struct json_object *items = json_object_new_array();

	for (; *numbers != 0; numbers++)
		json_object_array_add(items, json_object_get(find(
		    fact_get(one, "items"), "item", *numbers)));
	fact_number(picked, "case", number(one, "case"));
	fact_put(picked, "items", items);
	return picked;
}

/* Cases and units that a slip can still be made of go into `left`, the other
 * cases into `out`. */
static void
add_cases(struct document *d, struct json_object *cases,
    struct json_object *left, struct json_object *out)
{
	for (size_t i = 0; i < length(cases); i++) {
		struct json_object *one = json_object_array_get_idx(cases, i);
		int *numbers = item_numbers(fact_get(one, "items"));

		if (document_add_fitting(d, number(one, "case"), numbers))
			json_object_array_add(left, pick(one, numbers));
		else
			json_object_array_add(out, json_object_get(one));
		free(numbers);
	}
}

/* What has arrived by now, or was given up, is not asked for beside what is
 * still to come. If there is nothing else the message says what happened. */
bool
message_slip_attach(struct office *o, const struct message *m,
    struct json_object *facts, struct message_files *files, struct buf *why)
{
	struct document *d = document_open(o, DOCUMENT_RETURN_SLIP,
	    DOCUMENT_HTML, m->language);
	struct json_object *left = json_object_new_array();
	struct json_object *out = json_object_new_array();
	bool made = true;
	char *names;

	add_cases(d, fact_get(facts, "cases"), left, out);
	if (length(left) > 0) {
		names = name_cases(left, m->language);
		made = message_files_add(files, d, DOCUMENT_RETURN_SLIP,
		    m->language, names, why);
		fact_put(facts, "cases", json_object_get(left));
		fact_put(facts, "left_out", json_object_get(out));
		free(names);
	}
	json_object_put(left);
	json_object_put(out);
	document_close(d);
	return made;
}

/* The customer follows each case by itself. */
static struct json_object *
make_links(struct office *o, struct json_object *cases)
{
	struct json_object *list = json_object_new_array(), *follow = NULL;

	for (size_t i = 0; i < length(cases); i++) {
		int64_t id = number(json_object_array_get_idx(cases, i),
		    "case");
		char *link = link_address(office_store(o), id, time_now());
		struct json_object *one;

		if (link == NULL)
			continue;
		one = json_object_new_object();
		fact_take(one, "number", mem_printf("%" PRId64, id));
		fact_take(one, "link", link);
		json_object_array_add(list, one);
	}
	if (length(list) > 0) {
		follow = json_object_new_object();
		fact_put(follow, "links", json_object_get(list));
	}
	json_object_put(list);
	return follow;
}

static struct json_object *
make_cases(struct json_object *cases, const char *language)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < length(cases); i++) {
		struct json_object *one = json_object_array_get_idx(cases, i);
		struct json_object *made = json_object_new_object();

		fact_take(made, "number", mem_printf("%" PRId64,
		    number(one, "case")));
		fact_put(made, "items", message_items(fact_get(one, "items"),
		    language));
		json_object_array_add(list, made);
	}
	return list;
}

/* All units, for a template that does not tell cases apart. */
static struct json_object *
all_items(struct json_object *cases)
{
	struct json_object *list = json_object_new_array(), *items;

	for (size_t i = 0; i < length(cases); i++) {
		items = fact_get(json_object_array_get_idx(cases, i), "items");
		for (size_t k = 0; k < length(items); k++)
			json_object_array_add(list, json_object_get(
			    json_object_array_get_idx(items, k)));
	}
	return list;
}

void
message_slip_facts(struct office *o, const struct message *m,
    struct json_object *facts, struct json_object *made)
{
	struct json_object *cases = fact_get(facts, "cases");
	struct json_object *out = fact_get(facts, "left_out"), *items;

	if (cases == NULL)
		return;
	items = all_items(cases);
	fact_put(made, "items", message_items(items, m->language));
	fact_number(made, "count", (int64_t)length(items));
	fact_bool(made, "several", length(items) > 1);
	json_object_put(items);
	fact_take(made, "number", name_cases(cases, m->language));
	fact_put(made, "cases", make_cases(cases, m->language));
	fact_bool(made, "several_cases", length(cases) > 1);
	fact_take(made, "left_out", name_cases(out, m->language));
	fact_bool(made, "several_left_out", length(out) > 1);
	if (length(cases) > 1) {
		fact_text(made, "link", NULL);
		fact_put(made, "follow", make_links(o, cases));
	}
}
