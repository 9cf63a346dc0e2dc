/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fact.h"

void
fact_put(struct json_object *o, const char *name, struct json_object *value)
{
	json_object_object_add(o, name, value);
}

void
fact_text(struct json_object *o, const char *name, const char *text)
{
	fact_put(o, name, text == NULL ? NULL : json_object_new_string(text));
}

void
fact_take(struct json_object *o, const char *name, char *text)
{
	fact_text(o, name, text);
	free(text);
}

void
fact_number(struct json_object *o, const char *name, int64_t number)
{
	fact_put(o, name, number == 0 ? NULL : json_object_new_int64(number));
}

void
fact_bool(struct json_object *o, const char *name, bool is)
{
	fact_put(o, name, json_object_new_boolean(is));
}

void
fact_copy(struct json_object *to, struct json_object *from)
{
	struct json_object_iterator at = json_object_iter_begin(from);
	struct json_object_iterator end = json_object_iter_end(from);

	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
		fact_put(to, json_object_iter_peek_name(&at),
		    json_object_get(json_object_iter_peek_value(&at)));
}

struct json_object *
fact_get(struct json_object *o, const char *name)
{
	struct json_object *value;

	return json_object_is_type(o, json_type_object) &&
	    json_object_object_get_ex(o, name, &value) ? value : NULL;
}

const char *
fact_get_text(struct json_object *o, const char *name)
{
	struct json_object *value = fact_get(o, name);

	return value == NULL ? NULL : json_object_get_string(value);
}

static void
add_line(struct json_object *lines, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_object_array_add(lines, json_object_new_string(text));
}

/* Where the postcode has a line of its own, below the town. */
static bool
postcode_last(const char *country)
{
	static const char *const codes[] = { "GB", "UK", "IE" };

	for (size_t i = 0; country != NULL &&
	    i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i], country) == 0)
			return true;
	return false;
}

struct json_object *
fact_lines(struct json_object *place)
{
	struct json_object *lines = json_object_new_array();
	const char *postcode = fact_get_text(place, "postcode");
	const char *city = fact_get_text(place, "city");
	const char *country = fact_get_text(place, "country");
	char *town;

	add_line(lines, fact_get_text(place, "name"));
	add_line(lines, fact_get_text(place, "address"));
	if (postcode == NULL || city == NULL || postcode_last(country)) {
		add_line(lines, city);
		add_line(lines, postcode);
	} else {
		town = mem_printf("%s %s", postcode, city);
		add_line(lines, town);
		free(town);
	}
	return lines;
}

struct json_object *
fact_place(struct query *q)
{
	static const char *const names[] = { "code", "name", "address",
	    "postcode", "city", "country", "phone", "email" };
	struct json_object *place;

	if (!query_row(q))
		return NULL;
	place = json_object_new_object();
	for (int i = 0; i < query_columns(q); i++)
		fact_text(place, names[i], query_text(q, i));
	query_done(q);
	fact_put(place, "lines", fact_lines(place));
	return place;
}
