/* SPDX-License-Identifier: ISC */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/series.h"

static const char *const keys[SERIES_KEYS] = {
	[SERIES_REFERENCE] = "reference", [SERIES_SERIAL] = "serial", [SERIES_LOT] = "lot",
	[SERIES_MADE] = "made", [SERIES_SOLD] = "sold", [SERIES_PLANT] = "plant",
};

const char *
series_key_name(enum series_key key)
{
	return keys[key];
}

void
series_free(struct series *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct series_selection *sel = &s->selections[i];

		for (size_t n = 0; n < sel->count; n++) {
			free(sel->conditions[n].from);
			free(sel->conditions[n].to);
			free(sel->conditions[n].text);
		}
		free(sel->conditions);
	}
	free(s->selections);
	*s = (struct series){ 0 };
}

static const char *
value_of(const struct series_unit *unit, enum series_key key)
{
	switch (key) {
	case SERIES_REFERENCE:
		return unit->reference;
	case SERIES_SERIAL:
		return unit->serial_key;
	case SERIES_LOT:
		return unit->lot_key;
	case SERIES_MADE:
		return unit->made_on;
	case SERIES_SOLD:
		return unit->sold_on;
	case SERIES_PLANT:
		return unit->plant;
	case SERIES_KEYS:
		break;
	}
	return NULL;
}

static bool
meets(const struct series_condition *c, const char *value)
{
	if (value == NULL)
		return false;
	if (c->glob)
		return fnmatch(c->from, value, 0) == 0;
	return (c->from == NULL || strcmp(value, c->from) >= 0) &&
	    (c->to == NULL || strcmp(value, c->to) <= 0);
}

/* Is there no condition on the key, or one that the value meets? */
static bool
allows(const struct series_selection *sel, enum series_key key,
    const char *value)
{
	bool asked = false;

	for (size_t i = 0; i < sel->count; i++) {
		if (sel->conditions[i].key != key)
			continue;
		if (meets(&sel->conditions[i], value))
			return true;
		asked = true;
	}
	return !asked;
}

bool
series_is_of(const struct series_selection *selection, const char *reference)
{
	return allows(selection, SERIES_REFERENCE, reference);
}

bool
series_has(const struct series_selection *selection,
    const struct series_unit *unit)
{
	for (enum series_key key = SERIES_REFERENCE + 1; key < SERIES_KEYS;
	    key++)
		if (!allows(selection, key, value_of(unit, key)))
			return false;
	return true;
}

static bool
selects(const struct series_selection *selection,
    const struct series_unit *unit)
{
	return series_is_of(selection, unit->reference) &&
	    series_has(selection, unit);
}

bool
series_matches(const struct series *s, const struct series_unit *unit)
{
	bool selected = false;

	for (size_t i = 0; i < s->count; i++) {
		const struct series_selection *sel = &s->selections[i];

		if (selected && !sel->exclude)
			continue;
		if (!selects(sel, unit))
			continue;
		if (sel->exclude)
			return false;
		selected = true;
	}
	return selected;
}

/* The ranges of serials of all selections that take the reference; one without
 * a range takes them all. */
static size_t
collect(const struct series *s, const char *reference,
    struct series_span **spans)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct series_selection *sel = &s->selections[i];
		bool asked = false;

		if (sel->exclude || !series_is_of(sel, reference))
			continue;
		*spans = mem_array(*spans, n + sel->count + 1, sizeof(**spans));
		for (size_t k = 0; k < sel->count; k++) {
			const struct series_condition *c = &sel->conditions[k];

			if (c->key != SERIES_SERIAL)
				continue;
			(*spans)[n++] = (struct series_span){ c->from, c->to };
			asked = true;
		}
		if (!asked)
			(*spans)[n++] = (struct series_span){ NULL, NULL };
	}
	return n;
}

static int
by_start(const void *a, const void *b)
{
	const struct series_span *x = a, *y = b;

	if (x->from == NULL || y->from == NULL)
		return (x->from != NULL) - (y->from != NULL);
	return strcmp(x->from, y->from);
}

size_t
series_spans(const struct series *s, const char *reference,
    struct series_span **spans)
{
	struct series_span *list = NULL;
	size_t count = collect(s, reference, &list), n = 0;

	if (count > 1)
		qsort(list, count, sizeof(*list), by_start);
	for (size_t i = 0; i < count; i++) {
		struct series_span *last = n > 0 ? &list[n - 1] : NULL;

		if (last == NULL || (last->to != NULL && list[i].from != NULL &&
		    strcmp(list[i].from, last->to) > 0))
			list[n++] = list[i];
		else if (last->to != NULL && (list[i].to == NULL ||
		    strcmp(list[i].to, last->to) > 0))
			last->to = list[i].to;
	}
	*spans = list;
	return n;
}

static void
write_selection(const struct series_selection *sel, struct buf *b)
{
	for (size_t i = 0; i < sel->count; i++)
		buf_printf(b, "%s%s=%s", i > 0 ? "," : "",
		    keys[sel->conditions[i].key], sel->conditions[i].text);
}

void
series_write(const struct series *s, struct buf *b)
{
	const char *between = "";

	for (int exclude = 0; exclude <= 1; exclude++)
		for (size_t i = 0; i < s->count; i++) {
			if (s->selections[i].exclude != (exclude != 0))
				continue;
			buf_text(b, exclude ? " except " : between);
			write_selection(&s->selections[i], b);
			between = " or ";
		}
}
