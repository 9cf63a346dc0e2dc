/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "rules/flow.h"
#include "rules/holidays.h"
#include "setting_table.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* Of a warranty, as products have it; of a file, as the engine takes it. */
#define MONTHS_MOST	600
#define BYTES_MOST	1000000000

static const struct setting table[] = {
	{ .name = "company", .kind = SETTING_TEXT,
	  .about = "the name of the firm, on documents and messages" },
	{ .name = "brand", .kind = SETTING_TEXT, .about = "brand of a product that names none" },
	{ .name = "language", .kind = SETTING_LANGUAGE, .initial = "fr",
	  .about = "of customers and staff that name none" },
	{ .name = "mail.from", .kind = SETTING_EMAIL, .about = "sender of messages" },
	{ .name = "mail.command", .kind = SETTING_TEXT, .initial = "sendmail -t -i",
	  .about = "takes a message on its input and delivers it" },
	{ .name = "hotline.national", .kind = SETTING_TEXT, .about = "emergency number within the country" },
	{ .name = "hotline.abroad", .kind = SETTING_TEXT, .about = "emergency number from abroad" },
	{ .name = "desk", .kind = SETTING_SITE,
	  .about = "site of the desk; unset, the only one; its calendar counts for outsiders" },
	{ .name = "carrier", .kind = SETTING_CARRIER, .about = "carrier when none is named" },
	{ .name = "duty.fallback", .kind = SETTING_STAFF,
	  .about = "takes an emergency when nobody is on duty" },
	{ .name = "supervisor", .kind = SETTING_STAFF, .about = "of the desk; told last of what is overdue" },
	{ .name = "supervisor.after", .kind = SETTING_DUE, .initial = "1 bd",
	  .about = "overdue for so long, he is told" },
	{ .name = "supervisor.urgent", .kind = SETTING_DUE, .initial = "1 h",
	  .about = "the same of what is counted round the clock" },
	{ .name = "warranty.replacement", .kind = SETTING_NUMBER, .most = MONTHS_MOST, .initial = "3",
	  .about = "months that a replacement gets at least" },
	{ .name = "warranty.repair", .kind = SETTING_NUMBER, .most = MONTHS_MOST, .initial = "3",
	  .about = "months that a repaired unit gets at least" },
	{ .name = "chase.days", .kind = SETTING_NUMBER, .most = 3650, .initial = "5",
	  .about = "days between reminders to a customer" },
	{ .name = "chase.survey", .kind = SETTING_NUMBER, .most = 100, .initial = "2",
	  .about = "times that a survey is asked for" },
	{ .name = "attachment.max", .kind = SETTING_NUMBER, .most = BYTES_MOST, .initial = "33554432",
	  .about = "bytes of the largest file kept with a case" },
	{ .name = "web.url", .kind = SETTING_URL, .about = "address of the customer's page" },
	{ .name = "web.days", .kind = SETTING_NUMBER, .most = 36500, .initial = "90",
	  .about = "days for which a customer's link works after closing" },
	{ .name = "template.dir", .kind = SETTING_DIRECTORY,
	  .about = "templates that replace the shipped ones" },
};

/* The texts of a definition that is made when asked for. */
struct made {
	char	 name[96];
	char	 initial[24];
};

static void
make_due(struct made *made, const char *process, const char *step,
    struct due due, struct setting *setting)
{
	snprintf(made->name, sizeof(made->name), "due.%s.%s", process, step);
	*setting = (struct setting){
		.name = made->name,
		.kind = SETTING_DUE,
		.initial = due_format(due, made->initial),
		.about = "when the step is due",
	};
}

/* What an emergency asks of a step that elsewhere has more time. */
static const struct flow_rule *
urgent_rule(enum step step)
{
	for (enum process p = KIND_COUNT; p < PROCESS_COUNT; p++) {
		const struct flow_rule *rule = flow_rule(p, step);

		if (rule != NULL && rule->urgent.unit != DUE_NONE)
			return rule;
	}
	return NULL;
}

/* The due time that a name stands for. A kind and a procedure share the name
 * "expertise"; what both have, such as send-back, has one setting. */
static bool
due_of(const char *process, const char *word, struct due *due)
{
	const struct flow_rule *rule = NULL;
	enum process p;
	enum step step;

	if (!flow_step_parse(word, &step))
		return false;
	if (flow_kind_parse(process, &p))
		rule = flow_rule(p, step);
	if (rule == NULL && flow_procedure_parse(process, &p))
		rule = flow_rule(p, step);
	if (rule != NULL) {
		*due = rule->due;
		return true;
	}
	if (strcmp(process, flow_process(KIND_EMERGENCY)->name) != 0 ||
	    (rule = urgent_rule(step)) == NULL)
		return false;
	*due = rule->urgent;
	return true;
}

/* "due.PROCESS.STEP" without its first word. */
static bool
find_due(const char *name, struct made *made, struct setting *setting)
{
	const char *dot = strchr(name, '.');
	char process[32];
	struct due due;

	if (strcmp(name, "expertise.limit") == 0) {
		make_due(made, "expertise", "limit", flow_promise(), setting);
		setting->about = "the whole promise, from pickup";
		return true;
	}
	if (dot == NULL || (size_t)(dot - name) >= sizeof(process))
		return false;
	strlcpy(process, name, (size_t)(dot - name) + 1);
	if (!due_of(process, dot + 1, &due))
		return false;
	make_due(made, process, dot + 1, due, setting);
	return true;
}

/* "calendar.REGION.zone" and ".hours" without the first word. */
static bool
find_calendar(const char *name, struct made *made, struct setting *setting)
{
	const char *dot = strrchr(name, '.');
	char region[64];

	if (dot == NULL || dot == name ||
	    (size_t)(dot - name) >= sizeof(region))
		return false;
	strlcpy(region, name, (size_t)(dot - name) + 1);
	if (holidays_shipped(region))
		return false;
	snprintf(made->name, sizeof(made->name), "calendar.%s", name);
	*setting = (struct setting){ .name = made->name };
	if (strcmp(dot, ".zone") == 0) {
		setting->kind = SETTING_ZONE;
		setting->about = "time zone of the region";
	} else if (strcmp(dot, ".hours") == 0) {
		setting->kind = SETTING_HOURS;
		setting->about = "service hours of the region";
	} else {
		return false;
	}
	return true;
}

bool
setting_find(const char *name, struct setting *setting)
{
	static struct made made;

	for (size_t i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].name, name) == 0) {
			*setting = table[i];
			return true;
		}
	if (strncmp(name, "due.", 4) == 0)
		return find_due(name + 4, &made, setting);
	if (strncmp(name, "calendar.", 9) == 0)
		return find_calendar(name + 9, &made, setting);
	return false;
}

static void
each_due(void (*fn)(const char *name, void *arg), void *arg)
{
	char name[96];

	for (enum process p = 0; p < PROCESS_COUNT; p++) {
		const struct flow_process *process = flow_process(p);

		for (size_t i = 0; i < process->count; i++) {
			enum step step = process->rules[i].step;

			if (p == PROC_EXPERTISE &&
			    flow_rule(KIND_EXPERTISE, step) != NULL)
				continue;
			snprintf(name, sizeof(name), "due.%s.%s",
			    process->name, flow_step_name(step));
			fn(name, arg);
		}
	}
	for (enum step step = 0; step < STEP_COUNT; step++) {
		if (urgent_rule(step) == NULL)
			continue;
		snprintf(name, sizeof(name), "due.%s.%s",
		    flow_process(KIND_EMERGENCY)->name, flow_step_name(step));
		fn(name, arg);
	}
	fn("due.expertise.limit", arg);
}

void
setting_each_name(void (*fn)(const char *name, void *arg), void *arg)
{
	for (size_t i = 0; i < COUNT(table); i++)
		fn(table[i].name, arg);
	each_due(fn, arg);
}
