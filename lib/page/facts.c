/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "facts.h"
#include "words.h"

static struct json_object *
member(struct json_object *of, const char *name)
{
	struct json_object *value = NULL;

	if (json_object_is_type(of, json_type_object))
		json_object_object_get_ex(of, name, &value);
	return value;
}

/* NULL for what is absent, and for the empty text. */
static const char *
text(struct json_object *of, const char *name)
{
	struct json_object *value = member(of, name);

	if (!json_object_is_type(value, json_type_string) ||
	    json_object_get_string_len(value) == 0)
		return NULL;
	return json_object_get_string(value);
}

static const char *
word_of(struct json_object *of, const char *name)
{
	const char *value = text(of, name);

	return value != NULL ? value : "";
}

static int64_t
number(struct json_object *of, const char *name)
{
	return json_object_get_int64(member(of, name));
}

static size_t
length(struct json_object *list)
{
	return json_object_is_type(list, json_type_array) ?
	    json_object_array_length(list) : 0;
}

/* One that is not known is none. */
static enum outcome
outcome(struct json_object *of)
{
	enum outcome o;

	return flow_outcome_parse(word_of(of, "outcome"), &o) ? o :
	    OUTCOME_NONE;
}

static bool
read_step(struct json_object *from, struct fact_step *s)
{
	const char *process = word_of(from, "process");

	s->item = number(from, "item");
	s->at = number(from, "at");
	s->outcome = outcome(from);
	s->due_at = number(from, "due_at");
	s->limit_at = number(from, "limit_at");
	s->limit_binds = strcmp(word_of(from, "binds"), "limit") == 0;
	return flow_step_parse(word_of(from, "step"), &s->step) &&
	    (flow_procedure_parse(process, &s->process) ||
	    flow_kind_parse(process, &s->process)) &&
	    flow_owner_parse(word_of(from, "owner"), &s->owner) &&
	    words_step(s->process, s->step) != NULL;
}

static bool
read_steps(struct facts *f)
{
	static const char *const lists[FACT_STATES] = {
		[FACT_DONE] = "done", [FACT_OPEN] = "open",
		[FACT_AHEAD] = "ahead"
	};
	struct json_object *list;
	struct fact_step *s;
	enum fact_state i;
	size_t n = 0;

	for (i = 0; i < FACT_STATES; i++)
		n += length(member(f->root, lists[i]));
	f->steps = mem_zero(n, sizeof(*f->steps));
	for (i = 0; i < FACT_STATES; i++) {
		list = member(f->root, lists[i]);
		for (n = 0; n < length(list); n++) {
			s = &f->steps[f->step_count];
			s->state = i;
			s->place = f->step_count++;
			if (!read_step(json_object_array_get_idx(list, n), s))
				return false;
		}
	}
	return true;
}

static void
read_items(struct facts *f)
{
	struct json_object *list = member(f->root, "items"), *one;

	f->item_count = length(list);
	f->items = mem_zero(f->item_count, sizeof(*f->items));
	for (size_t i = 0; i < f->item_count; i++) {
		one = json_object_array_get_idx(list, i);
		f->items[i] = (struct fact_item){
			.item = number(one, "item"),
			.reference = text(one, "reference"),
			.serial = text(one, "serial"),
			.name = text(one, "name"),
		};
	}
}

static void
read_documents(struct facts *f)
{
	struct json_object *list = member(f->root, "documents");
	const char *name;

	f->documents = mem_zero(length(list), sizeof(*f->documents));
	for (size_t i = 0; i < length(list); i++) {
		name = json_object_get_string(
		    json_object_array_get_idx(list, i));
		if (name != NULL)
			f->documents[f->document_count++] = name;
	}
}

static bool
read_status(struct facts *f)
{
	const char *status = word_of(f->root, "status");

	if (strcmp(status, "closed") == 0)
		f->status = FACT_IS_CLOSED;
	else if (strcmp(status, "cancelled") == 0)
		f->status = FACT_IS_CANCELLED;
	else
		return strcmp(status, "open") == 0;
	return true;
}

bool
facts_read(struct facts *f, const char *json)
{
	struct json_object *hotline;

	*f = (struct facts){ .root = json_tokener_parse(json) };
	if (!json_object_is_type(f->root, json_type_object))
		return false;
	hotline = member(f->root, "hotline");
	f->national = text(hotline, "national");
	f->abroad = text(hotline, "abroad");
	f->case_id = number(f->root, "case");
	f->language = strcmp(word_of(f->root, "language"), "en") == 0 ?
	    ENGLISH : FRENCH;
	f->zone = text(f->root, "zone");
	if (f->zone == NULL)
		f->zone = "UTC";
	f->company = text(f->root, "company");
	f->opened_at = number(f->root, "opened_at");
	f->closed_at = number(f->root, "closed_at");
	f->survey = member(f->root, "survey") != NULL;
	read_items(f);
	read_documents(f);
	return flow_kind_parse(word_of(f->root, "kind"), &f->kind) &&
	    read_status(f) && read_steps(f);
}

void
facts_free(struct facts *f)
{
	json_object_put(f->root);
	free(f->items);
	free(f->steps);
	free(f->documents);
}

bool
facts_has_document(const struct facts *f, const char *name)
{
	for (size_t i = 0; i < f->document_count; i++)
		if (strcmp(f->documents[i], name) == 0)
			return true;
	return false;
}
