/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "journal/journal.h"
#include "setting_table.h"

/* What the file says, to free; NULL when it says nothing. */
static char *
stored(struct store *s, const char *name)
{
	struct query *q;

	q = store_query(s, "SELECT value FROM setting WHERE name = :name");
	bind_text(q, ":name", name);
	return query_text_copy(q);
}

const char *
setting_get(struct store *s, const char *name)
{
	static char *value;
	char *found = stored(s, name);
	struct setting setting;

	free(value);
	value = found;
	if (found != NULL)
		return found;
	return setting_find(name, &setting) ? setting.initial : NULL;
}

int64_t
setting_number(struct store *s, const char *name, int64_t none)
{
	const char *value = setting_get(s, name);

	return value == NULL ? none : strtonum(value, 0, INT64_MAX, NULL);
}

static void
write_value(struct store *s, const char *name, const char *value)
{
	struct query *q;

	if (value == NULL) {
		q = store_query(s, "DELETE FROM setting WHERE name = :name");
	} else {
		q = store_query(s,
		    "INSERT INTO setting (name, value) VALUES (:name, :value) "
		    "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
		bind_text(q, ":value", value);
	}
	bind_text(q, ":name", name);
	query_run(q);
}

static void
record(struct store *s, const char *name, const char *value, const char *old)
{
	struct json j = { 0 };

	json_object(&j, NULL);
	json_text(&j, "name", name);
	json_text(&j, "value", value);
	json_text(&j, "old", old);
	json_end_object(&j);
	journal_append(s, &(struct journal_event){
		.verb = "config",
		.happened_at = time_now(),
		.data = json_str(&j),
	});
	json_free(&j);
}

void
setting_set(struct store *s, const char *name, const char *value)
{
	struct setting setting;
	char *old;

	if (!setting_find(name, &setting)) {
		store_refuse(s, "%s: no such setting", name);
		return;
	}
	if (value != NULL)
		setting_check(s, &setting, value);
	old = stored(s, name);
	if (store_ok(s) && !text_same(old, value)) {
		write_value(s, name, value);
		record(s, name, value, old);
	}
	free(old);
}

/* What setting_each() hands from name to name. */
struct listing {
	struct store	*s;
	setting_fn	*fn;
	void		*arg;
};

static void
list_one(const char *name, void *arg)
{
	struct listing *l = arg;
	struct setting setting;
	char *value = stored(l->s, name);

	if (setting_find(name, &setting))
		l->fn(&setting, value != NULL ? value : setting.initial,
		    l->arg);
	free(value);
}

void
setting_each(struct store *s, setting_fn *fn, void *arg)
{
	struct listing l = { s, fn, arg };
	struct query *q;

	setting_each_name(list_one, &l);
	q = store_query(s, "SELECT name FROM setting "
	    "WHERE name GLOB 'calendar.*' ORDER BY name");
	while (query_row(q))
		list_one(query_text(q, 0), &l);
}
