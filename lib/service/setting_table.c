/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "rules/flow.h"
#include "rules/holidays.h"
#include "setting_table.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const struct setting table[] = {
	{ "company", SETTING_TEXT, NULL, "the name of the firm, on documents and messages" },
	{ "brand", SETTING_TEXT, NULL, "brand of a product that names none" },
	{ "language", SETTING_LANGUAGE, "fr", "of customers and staff that name none" },
	{ "mail.from", SETTING_EMAIL, NULL, "sender of messages" },
	{ "mail.command", SETTING_TEXT, "sendmail -t -i", "takes a message on its input and delivers it" },
	{ "hotline.national", SETTING_TEXT, NULL, "emergency number within the country" },
	{ "hotline.abroad", SETTING_TEXT, NULL, "emergency number from abroad" },
	{ "desk", SETTING_SITE, NULL, "site of the desk; its calendar counts for outsiders" },
	{ "carrier", SETTING_CARRIER, NULL, "carrier when none is named" },
	{ "duty.fallback", SETTING_STAFF, NULL, "takes an emergency when nobody is on duty" },
	{ "supervisor", SETTING_STAFF, NULL, "of the desk; told last of what is overdue" },
	{ "supervisor.after", SETTING_DUE, "1 bd", "overdue for so long, he is told" },
	{ "supervisor.urgent", SETTING_DUE, "1 h", "the same of what is counted round the clock" },
	{ "warranty.replacement", SETTING_NUMBER, "3", "months that a replacement gets at least" },
	{ "warranty.repair", SETTING_NUMBER, "3", "months that a repaired unit gets at least" },
	{ "chase.days", SETTING_NUMBER, "5", "days between reminders to a customer" },
	{ "chase.survey", SETTING_NUMBER, "2", "times that a survey is asked for" },
	{ "attachment.max", SETTING_NUMBER, "33554432", "bytes of the largest file kept with a case" },
	{ "web.url", SETTING_URL, NULL, "address of the customer's page" },
	{ "web.days", SETTING_NUMBER, "90", "days for which a customer's link works after closing" },
	{ "template.dir", SETTING_DIRECTORY, NULL, "templates that replace the shipped ones" },
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
