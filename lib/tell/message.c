/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "base/mem.h"
#include "base/time.h"
#include "rules/flow.h"
#include "service/setting.h"
#include "tell/message.h"
#include "tell/mime.h"
#include "tell/template.h"

/* Names that a template may use of a message, besides those that are made
 * below; absent ones are null. */
static const char *const names[] = {
	"verb", "kind", "risk", "contact", "text", "customer", "customer_name",
	"from", "to", "return_to", "count", "data", "parts", "carrier",
	"tracking", "amount", "valid_until", "due",
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

/* "jeudi 30 avril 2026", "Thursday 30 April 2026"; with the time of day where
 * that is not the end of the day. */
static char *
day_text(int64_t at, const char *zone, const char *language)
{
	static const char *const fr[] = { "janvier", "février", "mars",
	    "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
	    "novembre", "décembre" };
	static const char *const en[] = { "January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };
	static const char *const fr_days[] = { "dimanche", "lundi", "mardi",
	    "mercredi", "jeudi", "vendredi", "samedi" };
	static const char *const en_days[] = { "Sunday", "Monday", "Tuesday",
	    "Wednesday", "Thursday", "Friday", "Saturday" };
	bool french = strcmp(language, "fr") == 0;
	struct civil c;
	struct buf b = { 0 };

	time_civil(at, zone, &c);
	buf_printf(&b, "%s %d%s %s %d",
	    (french ? fr_days : en_days)[c.weekday], c.day,
	    french && c.day == 1 ? "er" : "",
	    (french ? fr : en)[(c.month + 11) % 12], c.year);
	if (c.hour != 23 || c.minute != 59)
		buf_printf(&b, french ? " à %d\xc2\xa0h\xc2\xa0%02d" :
		    " at %d:%02d", c.hour, c.minute);
	return b.data;
}

/* "A9F74210, n° 3GA0412345"; NULL for none. */
static char *
unit_text(struct json_object *unit, const char *language)
{
	struct json_object *serial = get(unit, "serial");
	const char *reference = json_object_get_string(get(unit, "reference"));

	if (reference == NULL)
		return NULL;
	if (serial == NULL)
		return mem_text(reference);
	return mem_printf(strcmp(language, "fr") == 0 ?
	    "%s, n°\xc2\xa0%s" : "%s, no. %s", reference,
	    json_object_get_string(serial));
}

static void
put_free(struct json_object *o, const char *name, char *text)
{
	put(o, name, text);
	free(text);
}

static struct json_object *
make_items(struct json_object *facts, const char *language)
{
	struct json_object *items = get(facts, "items"), *list;
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

/* What a customer owes, in his words. */
static const char *
plain_words(const char *step, const char *language)
{
	static const struct {
		const char	*step, *fr, *en;
	} words[] = {
		{ "return", "le retour du matériel", "the return of the goods" },
		{ "order", "votre bon de commande", "your purchase order" },
		{ "answer", "votre réponse à notre question", "your answer to our question" },
		{ "book", "votre rendez-vous avec le transporteur", "your appointment with the carrier" },
		{ "survey", "votre avis sur notre service", "your opinion of our service" },
		{ "respond", "votre réponse au rappel", "your answer to the recall" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].step, step) == 0)
			return strcmp(language, "fr") == 0 ? words[i].fr :
			    words[i].en;
	return step;
}

static struct json_object *
make_step(const struct message *m, struct json_object *step, const char *zone)
{
	struct json_object *made = json_object_new_object();
	const char *word = json_object_get_string(get(step, "step"));
	struct json_object *due = get(step, "due_at");
	int64_t case_id = get(step, "case") != NULL ?
	    json_object_get_int64(get(step, "case")) : m->case_id;

	put(made, "step", word);
	put(made, "what", word == NULL ? NULL :
	    plain_words(word, m->language));
	put_free(made, "case", mem_printf("%" PRId64, case_id));
	put_free(made, "due", due == NULL ? NULL :
	    day_text(json_object_get_int64(due), zone, m->language));
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
make_steps(const struct message *m, struct json_object *facts,
    const char *zone)
{
	struct json_object *steps = get(facts, "steps"), *list;
	size_t n = json_object_is_type(steps, json_type_array) ?
	    json_object_array_length(steps) : 0;

	list = json_object_new_array();
	for (size_t i = 0; i < n; i++)
		json_object_array_add(list, make_step(m,
		    json_object_array_get_idx(steps, i), zone));
	return list;
}

/* A place may lack a telephone, or a street: null as well. */
static void
complete_place(struct json_object *place)
{
	static const char *const parts[] = { "name", "address", "postcode",
	    "city", "country", "phone" };

	for (size_t i = 0; place != NULL &&
	    i < sizeof(parts) / sizeof(parts[0]); i++)
		if (get(place, parts[i]) == NULL)
			json_object_object_add(place, parts[i], NULL);
}

static void
put_amount(struct json_object *o, struct json_object *data,
    const char *language)
{
	const char *amount = json_object_get_string(get(data, "amount"));
	const char *currency = json_object_get_string(get(data, "currency"));
	char *text, *point;

	if (amount == NULL || currency == NULL)
		return;
	text = mem_printf("%s\xc2\xa0%s", amount, currency);
	point = strchr(text, '.');
	if (point != NULL && strcmp(language, "fr") == 0)
		*point = ',';
	put_free(o, "amount", text);
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
	put_free(o, name, day_text(at, zone, m->language));
}

static void
put_settings(struct json_object *o, struct store *s)
{
	put(o, "company", setting_get(s, "company"));
	put(o, "hotline_national", setting_get(s, "hotline.national"));
	put(o, "hotline_abroad", setting_get(s, "hotline.abroad"));
}

/* Everything that the templates speak of. */
static struct json_object *
make_facts(struct office *o, const struct message *m,
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
	put_free(made, "number", mem_printf("%" PRId64, m->case_id));
	json_object_object_add(made, "items", make_items(facts, m->language));
	json_object_object_add(made, "steps", make_steps(m, facts, zone));
	complete_place(get(made, "from"));
	complete_place(get(made, "to"));
	complete_place(get(made, "return_to"));
	put_amount(made, data, m->language);
	put_time(made, "valid_until", get(data, "valid_until"), m, zone);
	put_time(made, "due", get(facts, "due_at"), m, zone);
	put_settings(made, office_store(o));
	return made;
}

static void
put_escaped(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '<')
			buf_text(out, "&lt;");
		else if (*text == '&')
			buf_text(out, "&amp;");
		else if (*text == '>')
			buf_text(out, "&gt;");
		else
			buf_char(out, *text);
}

/* The same words as HTML, laid out as they are. */
static void
put_html(const struct mime_mail *mail, struct buf *out)
{
	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head>"
	    "<meta charset=\"utf-8\"><title>", mail->language);
	put_escaped(out, mail->subject);
	buf_text(out, "</title></head><body><div style=\"white-space: "
	    "pre-wrap; font: 1em sans-serif\">");
	put_escaped(out, mail->text);
	buf_text(out, "</div></body></html>\n");
}

static bool
write_mail(struct office *o, const struct message *m, const char *rendered,
    struct buf *out, struct buf *why)
{
	struct store *s = office_store(o);
	char *subject = mem_text(rendered), *end = strchr(subject, '\n');
	char *from = mem_text(setting_get(s, "mail.from"));
	char *company = mem_text(setting_get(s, "company"));
	char *thread = mem_printf("case-%" PRId64 "@%s", m->case_id,
	    from != NULL && strchr(from, '@') != NULL ? strchr(from, '@') + 1 :
	    "localhost");
	struct buf html = { 0 };
	struct mime_mail mail = {
		.from_name = company, .from = from, .to_name = m->name,
		.to = m->address, .subject = subject,
		.message_id = m->message_id,
		.references = m->case_id != 0 ? thread : NULL,
		.language = m->language, .date = m->queued_at,
		.zone = office_zone(o),
	};
	const char *reason = NULL;
	bool written = false;

	if (end != NULL)
		*end++ = '\0';
	mail.text = end != NULL ? end : "";
	put_html(&mail, &html);
	mail.html = buf_str(&html);
	if (from == NULL)
		buf_text(why, "no sender is set; see case-config mail.from");
	else if (!(written = mime_write(&mail, out, &reason)))
		buf_text(why, reason);
	buf_free(&html);
	free(subject);
	free(from);
	free(company);
	free(thread);
	return written;
}

bool
message_compose(struct office *o, const struct message *m, struct buf *out,
    struct buf *why)
{
	char *folder = mem_text(setting_get(office_store(o), "template.dir"));
	char *name = mem_printf("%s.%s.txt", m->kind, m->language);
	struct template_set set = { .folder = folder };
	struct json_object *facts = json_tokener_parse(m->facts), *made;
	struct buf rendered = { 0 };
	bool done = false;

	if (facts == NULL)
		buf_text(why, "its facts are damaged");
	else {
		made = make_facts(o, m, facts);
		done = template_render(&set, name, made, &rendered, why) &&
		    write_mail(o, m, buf_str(&rendered), out, why);
		json_object_put(made);
	}
	json_object_put(facts);
	buf_free(&rendered);
	free(folder);
	free(name);
	return done;
}
