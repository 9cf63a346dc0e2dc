/* SPDX-License-Identifier: ISC */
#ifndef TELL_FACT_H
#define TELL_FACT_H

#include <stdint.h>

#include <json-c/json.h>

#include "store/store.h"

/* Facts for templates: JSON objects, their values texts or null. */

/* NULL is null. */
void	 fact_text(struct json_object *o, const char *name, const char *text);
/* The same, and frees the text. */
void	 fact_take(struct json_object *o, const char *name, char *text);
/* 0 is null. */
void	 fact_number(struct json_object *o, const char *name, int64_t number);
void	 fact_bool(struct json_object *o, const char *name, bool is);
/* Hands over a value. */
void	 fact_put(struct json_object *o, const char *name,
	    struct json_object *value);

/* All of the other's, instead of those of the same names. */
void	 fact_copy(struct json_object *to, struct json_object *from);

/* Borrowed; NULL when it is not there or null. */
struct json_object *fact_get(struct json_object *o, const char *name);
const char *fact_get_text(struct json_object *o, const char *name);

/* The lines of an envelope, but for the country: name, address, postcode and
 * city of a place, as they are written where it is. */
struct json_object *fact_lines(struct json_object *place);
/* The one row of a query of code, name, address, postcode, city, country,
 * phone, email: with those `lines`. NULL for no row. */
struct json_object *fact_place(struct query *q);

#endif
