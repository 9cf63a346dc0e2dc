/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SETTING_H
#define SERVICE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/*
 * Settings of the file. Besides those of the table in setting_table.c there are
 * due.PROCESS.STEP for every step of the workflow, due.emergency.STEP where an
 * emergency asks for more haste, due.expertise.limit, and calendar.REGION.zone
 * and calendar.REGION.hours for regions that are not shipped.
 */
enum setting_kind {
	SETTING_TEXT,
	SETTING_EMAIL,
	SETTING_URL,		/* http or https, without a slash at the end */
	SETTING_LANGUAGE,	/* fr, en */
	SETTING_NUMBER,		/* from 0 to `most` */
	SETTING_SITE,		/* sites.code */
	SETTING_CARRIER,	/* carriers.code */
	SETTING_STAFF,		/* staff.code */
	SETTING_DIRECTORY,	/* an absolute path */
	SETTING_ZONE,		/* of the zone database */
	SETTING_HOURS,		/* as calendar_open() takes them */
	SETTING_DUE		/* as due_parse() takes it */
};

struct setting {
	const char	*name;
	enum setting_kind kind;
	const char	*initial;	/* shipped; NULL: there is none */
	const char	*about;
	int64_t		 most;		/* of a number */
};

/* The value in the file, else the shipped one, NULL when there is none or no
 * such setting. Borrowed until the next call. */
const char *setting_get(struct store *s, const char *name);
/* The same of a SETTING_NUMBER; `none` when there is none. */
int64_t	 setting_number(struct store *s, const char *name, int64_t none);

/* Inside a transaction: refuses an unknown name or a bad value, else writes and
 * journals a change. A value of NULL goes back to the shipped one. */
void	 setting_set(struct store *s, const char *name, const char *value);

/* Is there a definition? Fills it in; its texts live until the next call. */
bool	 setting_find(const char *name, struct setting *setting);

/* All of them in the order of the definitions, calendars of the file last.
 * `value` is NULL when there is none. */
typedef void setting_fn(const struct setting *setting, const char *value,
	    void *arg);
void	 setting_each(struct store *s, setting_fn *fn, void *arg);

#endif
