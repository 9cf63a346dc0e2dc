/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SETTING_TABLE_H
#define SERVICE_SETTING_TABLE_H

#include "service/setting.h"

/* Shared by the files of the settings. Names that are always there: what a
 * region's calendar may be called is open. */
void	 setting_each_name(void (*fn)(const char *name, void *arg), void *arg);

/* Refuses a value that is none for the setting. */
void	 setting_check(struct store *s, const struct setting *setting,
	    const char *value);

#endif
