/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/calendar.h"

enum {
	DUE_SIZE = 24,
	DUE_LAST = 9999
};

static const char *const units[] = {
	[DUE_NONE] = "none",
	[DUE_MINUTES] = "min",
	[DUE_HOURS] = "h",
	[DUE_WORKING_HOURS] = "wh",
	[DUE_BUSINESS_DAYS] = "bd",
};

bool
due_parse(const char *text, struct due *due)
{
	size_t len = strspn(text, "0123456789");
	const char *name = text + len, *error;
	char number[5];
	enum due_unit unit;
	int n;

	if (strcmp(text, units[DUE_NONE]) == 0) {
		*due = (struct due){ 0, DUE_NONE };
		return true;
	}
	if (len == 0 || len >= sizeof(number))
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	n = (int)strtonum(number, 1, DUE_LAST, &error);
	if (*name == ' ')
		name++;
	for (unit = DUE_MINUTES; unit <= DUE_BUSINESS_DAYS; unit++)
		if (error == NULL && strcmp(name, units[unit]) == 0) {
			*due = (struct due){ n, unit };
			return true;
		}
	return false;
}

const char *
due_format(struct due due, char *text)
{
	if (due.unit == DUE_NONE)
		snprintf(text, DUE_SIZE, "%s", units[DUE_NONE]);
	else
		snprintf(text, DUE_SIZE, "%d %s", due.n, units[due.unit]);
	return text;
}
