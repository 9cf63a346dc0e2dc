/* SPDX-License-Identifier: ISC */
#include "view/show.h"

/* A procedure that was given up is none of the item's any more. */
static void
put_procedures(const struct show *v, int item, struct json *j)
{
	json_array(j, "procedures");
	for (size_t i = 0; i < v->run_count; i++)
		if (v->runs[i].ended_at == 0 &&
		    show_run_has(&v->runs[i], item))
			json_text(j, NULL, v->runs[i].procedure);
	json_end_array(j);
}

static void
put_item(const struct show *v, const struct show_item *it, struct json *j)
{
	json_object(j, NULL);
	json_int(j, "item", it->item);
	json_text(j, "reference", it->reference);
	view_json_text(j, "serial", it->serial);
	view_json_text(j, "lot", it->lot);
	json_text(j, "warranty", it->warranty);
	view_json_text(j, "warranty_until", it->warranty_until);
	json_text(j, "warranty_reason", it->warranty_reason);
	json_text(j, "place", it->place);
	json_bool(j, "owed", it->owed);
	put_procedures(v, it->item, j);
	view_json_text(j, "direction", it->direction);
	view_json_text(j, "bound_for", it->bound_for);
	view_json_text(j, "sold_on", it->sold_on);
	view_json_text(j, "replacement", it->replacement);
	view_json_text(j, "flag", it->flag);
	if (it->invoiced >= 0)
		json_bool(j, "invoiced", it->invoiced != 0);
	else
		json_null(j, "invoiced");
	json_end_object(j);
}

static void
put_head(const struct show *v, const char *zone, struct json *j)
{
	json_int(j, "case", v->case_id);
	json_text(j, "kind", v->kind);
	json_text(j, "status", v->status);
	json_text(j, "customer", v->customer);
	view_json_time(j, "opened_at", v->opened_at, zone);
	view_json_text(j, "pilot", v->pilot);
	json_array(j, "items");
	for (size_t i = 0; i < v->items_shown; i++)
		put_item(v, &v->items[i], j);
	json_end_array(j);
	if (v->next != NULL)
		view_step_json(v->next, zone, j, "next");
	else
		json_null(j, "next");
	view_json_text(j, "description", v->description);
	view_json_text(j, "channel", v->channel);
	view_json_text(j, "risk", v->risk);
	view_json_time(j, "closed_at", v->closed_at, zone);
	view_json_text(j, "outcome", v->outcome);
	view_json_int(j, "satisfaction", v->satisfaction);
	view_json_int(j, "dissatisfaction", v->dissatisfaction);
}

static void
put_events(const struct show *v, const char *zone, struct json *j)
{
	json_array(j, "events");
	for (size_t i = 0; i < v->event_count; i++) {
		const struct show_event *e = &v->events[i];

		json_object(j, NULL);
		json_int(j, "seq", e->seq);
		json_text(j, "verb", e->verb);
		view_json_time(j, "happened_at", e->happened_at, zone);
		view_json_time(j, "recorded_at", e->recorded_at, zone);
		view_json_text(j, "by", e->by);
		view_json_text(j, "text", e->text);
		if (e->data != NULL)
			json_raw(j, "data", e->data);
		else
			json_null(j, "data");
		json_text(j, "login", e->login);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_files(const struct show *v, struct json *j)
{
	json_array(j, "attachments");
	for (size_t i = 0; i < v->file_count; i++) {
		const struct show_file *f = &v->files[i];

		json_object(j, NULL);
		json_int(j, "attachment", f->attachment);
		json_text(j, "name", f->name);
		json_int(j, "size", f->size);
		json_text(j, "digest", f->digest);
		json_int(j, "seq", f->seq);
		json_end_object(j);
	}
	json_end_array(j);
}

static void
put_incidents(const struct show *v, const char *zone, struct json *j)
{
	json_array(j, "incidents");
	for (size_t i = 0; i < v->incident_count; i++) {
		json_object(j, NULL);
		json_text(j, "harm", v->incidents[i].harm);
		view_json_time(j, "happened_at",
		    v->incidents[i].happened_at, zone);
		json_int(j, "seq", v->incidents[i].seq);
		json_end_object(j);
	}
	json_end_array(j);
}

void
show_json(const struct show *v, const char *zone, struct json *j)
{
	json_object(j, NULL);
	put_head(v, zone, j);
	json_array(j, "steps");
	for (size_t i = 0; i < v->step_count; i++)
		view_step_json(&v->steps[i], zone, j, NULL);
	json_end_array(j);
	put_events(v, zone, j);
	json_array(j, "links");
	for (size_t i = 0; i < v->link_count; i++)
		json_int(j, NULL, v->links[i]);
	json_end_array(j);
	put_files(v, j);
	view_json_text(j, "contact", v->contact);
	view_json_text(j, "expert", v->expert);
	view_json_text(j, "technician", v->technician);
	view_json_text(j, "nature", v->nature);
	view_json_int(j, "criticality", v->criticality);
	view_json_text(j, "sought", v->sought);
	view_json_int(j, "recall", v->recall);
	view_json_text(j, "recall_title", v->recall_title);
	put_incidents(v, zone, j);
	json_end_object(j);
}
