/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "batch_line.h"
#include "rules/number.h"
#include "service/master.h"
#include "service/open.h"

/* One line as a request; texts live in the arena. */
struct entry {
	struct store	*s;
	struct arena	 texts;
	struct open_request request;
	const char	**units, **serials;
	int64_t		*links;
	struct act	 act;
	bool		 has_kind, has_by, has_at;
};

enum { MESSAGE_MOST = 1024 * 1024 };	/* bytes, as from a file */

static void
more_text(struct entry *e, const char ***texts, size_t *count,
    const char *value)
{
	*texts = mem_array((void *)(uintptr_t)*texts, *count + 1,
	    sizeof(**texts));
	(*texts)[(*count)++] = arena_text(&e->texts, value);
}

static void
more_link(struct entry *e, const char *value)
{
	struct open_request *r = &e->request;
	int64_t number;

	if (!number_parse(value, &number)) {
		store_refuse(e->s, "link: '%s' is not a case number", value);
		return;
	}
	e->links = mem_array(e->links, r->link_count + 1, sizeof(*e->links));
	e->links[r->link_count++] = number;
	r->links = e->links;
}

/* The keys that are plain texts of the request. */
static const char **
text_of(struct open_request *r, const char *key)
{
	if (strcmp(key, "customer") == 0)
		return &r->customer;
	if (strcmp(key, "sold-on") == 0)
		return &r->sold_on;
	if (strcmp(key, "channel") == 0)
		return &r->channel;
	if (strcmp(key, "contact") == 0)
		return &r->contact;
	if (strcmp(key, "risk") == 0)
		return &r->risk;
	if (strcmp(key, "pilot") == 0)
		return &r->pilot;
	if (strcmp(key, "incident") == 0)
		return &r->incident;
	if (strcmp(key, "key") == 0)
		return &r->key;
	return NULL;
}

static void
take_time(struct entry *e, const char *value)
{
	if (!time_parse(value, office_zone(e->act.office), time_now(),
	    &e->act.at, NULL))
		store_refuse(e->s, "at: '%s' is not a time", value);
	if (e->act.at < 0)
		store_refuse(e->s, "at: '%s' lies before 1970", value);
	e->act.at_given = e->has_at = true;
}

static void
take_staff(struct entry *e, const char *value)
{
	if (!master_has(e->s, MASTER_STAFF, value))
		store_refuse(e->s, "by: no staff member '%s' is known", value);
	e->act.by = arena_text(&e->texts, value);
	e->has_by = true;
}

static void
take_number(struct entry *e, const char *value)
{
	const char *why;
	int64_t n = strtonum(value, 1, 10000, &why);

	if (why != NULL || value[strspn(value, "0123456789")] != '\0')
		store_refuse(e->s, "quantity: '%s' is not a number from 1 to "
		    "10000", value);
	e->request.quantity = (int)n;
}

/* Several are paragraphs, as with -m. */
static void
take_message(struct entry *e, const char *value)
{
	struct act *act = &e->act;

	act->text = act->text == NULL ? arena_text(&e->texts, value) :
	    arena_printf(&e->texts, "%s\n\n%s", act->text, value);
	if (strlen(act->text) > MESSAGE_MOST)
		store_refuse(e->s, "message: over 1 MiB of words");
}

static bool
is_boolean(const char *type)
{
	return text_has_word("true false", type);
}

static void
take_flag(struct entry *e, const char *type)
{
	if (!is_boolean(type))
		store_refuse(e->s, "new-unit: true or false is wanted");
	e->request.new_unit = strcmp(type, "true") == 0;
}

/* What there can be one of is given once. */
static bool
is_again(struct entry *e, const char *key)
{
	struct open_request *r = &e->request;
	const char **text = text_of(r, key);

	return (text != NULL && *text != NULL) ||
	    (e->has_kind && strcmp(key, "kind") == 0) ||
	    (r->quantity != 0 && strcmp(key, "quantity") == 0) ||
	    (e->has_by && strcmp(key, "by") == 0) ||
	    (e->has_at && strcmp(key, "at") == 0);
}

/* What a line may say. */
#define KEYS	"kind customer unit serial quantity sold-on channel contact " \
		"risk incident pilot link new-unit message at by key"

static void
take(struct entry *e, const char *key, const char *value, const char *type)
{
	struct open_request *r = &e->request;
	const char **text = text_of(r, key);

	if (!text_has_word(KEYS, key))
		store_refuse(e->s, "unknown key '%s'", key);
	else if (is_again(e, key))
		store_refuse(e->s, "%s: is given twice", key);
	else if (strcmp(key, "new-unit") == 0)
		take_flag(e, type);
	else if (is_boolean(type))
		store_refuse(e->s, "%s: not a text", key);
	else if (text != NULL)
		*text = arena_text(&e->texts, value);
	else if (strcmp(key, "kind") == 0)
		e->has_kind = flow_kind_parse(value, &r->kind) &&
		    r->kind != KIND_RECALL;
	else if (strcmp(key, "unit") == 0)
		more_text(e, &e->units, &r->unit_count, value);
	else if (strcmp(key, "serial") == 0)
		more_text(e, &e->serials, &r->serial_count, value);
	else if (strcmp(key, "link") == 0)
		more_link(e, value);
	else if (strcmp(key, "message") == 0)
		take_message(e, value);
	else if (strcmp(key, "by") == 0)
		take_staff(e, value);
	else if (strcmp(key, "at") == 0)
		take_time(e, value);
	else if (strcmp(key, "quantity") == 0)
		take_number(e, value);
}

/* Arrays give their key several times. What is no array is asked for its type
 * itself: within one that SQLite makes of it, true is the number 1. */
static void
read_line(struct entry *e, const char *line)
{
	struct query *q = store_query(e->s, "SELECT key, value, "
	    "type IN ('text', 'integer', 'true', 'false'), type FROM ("
	    "SELECT coalesce(o.key, '') AS key, "
	    "coalesce(a.value, '') AS value, "
	    "iif(o.type = 'array', a.type, o.type) AS type "
	    "FROM json_each(:line) AS o, "
	    "json_each(CASE o.type WHEN 'array' THEN o.value "
	    "WHEN 'real' THEN '[0.5]' "	/* of 1e999 no JSON is made */
	    "ELSE json_array(o.value) END) AS a WHERE o.type <> 'null')");

	bind_text(q, ":line", line);
	while (store_ok(e->s) && query_row(q)) {
		if (query_int(q, 2) == 0)
			store_refuse(e->s, "%s: not a text", query_text(q, 0));
		else
			take(e, query_text(q, 0), query_text(q, 1),
			    query_text(q, 3));
	}
	query_done(q);
}

/* Nothing, or one of the words. */
static bool
word_fits(const char *value, const char *words)
{
	return value == NULL || text_has_word(words, value);
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static void
check(struct entry *e)
{
	const struct open_request *r = &e->request;
	int64_t day;

	if (!e->has_kind)
		store_refuse(e->s, "kind: fault, emergency, expertise or "
		    "complaint is wanted");
	else if (is_blank(e->act.text))
		store_refuse(e->s, "message: say what the customer reports");
	else if (r->key != NULL && is_blank(r->key))
		store_refuse(e->s, "key: names nothing");
	else if ((r->kind == KIND_EMERGENCY) != (r->risk != NULL))
		store_refuse(e->s, "risk: people, property or production, for "
		    "an emergency and only for one");
	else if (!word_fits(r->risk, "people property production"))
		store_refuse(e->s, "risk: '%s' is not people, property or "
		    "production", r->risk);
	else if (!word_fits(r->channel, "phone mail web visit"))
		store_refuse(e->s, "channel: '%s' is not phone, mail, web or "
		    "visit", r->channel);
	else if (!word_fits(r->incident, "injury damage none"))
		store_refuse(e->s, "incident: '%s' is not injury, damage or "
		    "none", r->incident);
	else if (r->sold_on != NULL && !time_parse_date(r->sold_on, &day))
		store_refuse(e->s, "sold-on: '%s' is not a date", r->sold_on);
}

static bool
is_object(struct store *s, const char *line)
{
	struct query *q = store_query(s, "SELECT json_valid(:line) AND "
	    "json_type(iif(json_valid(:line), :line, 'null')) = 'object'");

	bind_text(q, ":line", line);
	return query_int_or(q, 0) != 0;
}

static void
entry_free(struct entry *e)
{
	free((void *)(uintptr_t)e->units);
	free((void *)(uintptr_t)e->serials);
	free(e->links);
	buf_free(&e->request.request);
	buf_free(&e->act.told);
	buf_free(&e->act.warned);
	arena_free(&e->texts);
}

int64_t
batch_line(struct cli *c, const struct act *act, const char *line, size_t len)
{
	struct entry e = { .s = office_store(act->office), .act = *act };
	int64_t number = 0;

	e.act.text = NULL;
	e.act.told = e.act.warned = (struct buf){ 0 };
	if (strlen(line) < len || json_has_nul(line))
		store_refuse(e.s, "has a NUL byte");
	else if (!text_valid(line, len) || !is_object(e.s, line))
		store_refuse(e.s, "not a JSON object");
	else
		read_line(&e, line);
	e.request.units = e.units;
	e.request.serials = e.serials;
	if (store_ok(e.s))
		check(&e);
	if (e.request.key != NULL)
		buf_text(&e.request.request, line);
	if (store_ok(e.s))
		number = open_case(&e.act, &e.request);
	if (store_ok(e.s)) {
		cli_after(c, buf_str(&e.act.warned));
		cli_would(c, buf_str(&e.act.told));
	}
	entry_free(&e);
	return number;
}
