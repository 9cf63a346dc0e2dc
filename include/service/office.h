/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_OFFICE_H
#define SERVICE_OFFICE_H

#include <stdint.h>

#include "rules/calendar.h"
#include "rules/flow.h"
#include "store/store.h"

/*
 * What decisions need of the file besides the case: calendars of the sites, due
 * times as they are set, the desk. Read when first asked for and kept, so that
 * bulk work reads them once. Answers are borrowed until office_close().
 */
struct office;

struct office *office_open(struct store *s);
void	 office_close(struct office *o);		/* takes NULL */
struct store *office_store(const struct office *o);

/* Site code: as it is set, else the only desk there is; NULL: none. */
const char *office_desk(struct office *o);
const char *office_zone(struct office *o);	/* the desk's time zone */

/* Of a site's region; of the desk's for NULL or a site that is not known. */
const struct calendar *office_calendar(struct office *o, const char *site);
const char *office_region(struct office *o, const char *site);
const struct calendar *office_region_calendar(struct office *o,
	    const char *region);
/* "logistics", "repair" ...; NULL for a site that is not known. */
const char *office_site_kind(struct office *o, const char *site);

/* The rule's due time as the file has it; `kind` is the case's. */
struct due office_due(struct office *o, enum process process,
	    const struct flow_rule *rule, enum process kind);
/* The limit of an expertise from pickup. */
struct due office_promise(struct office *o);

#endif
