/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_SHIP_PARCEL_H
#define SERVICE_SHIP_PARCEL_H

#include "service/ship.h"
#include "work.h"

/* Parcels that come, for ship.c. */

/* What was in it, REF:SERIAL or NULL for what was expected: true when the item
 * itself has come. Another unit becomes an item of its own or, with --instead,
 * the item is that unit; act->site is set where it was taken in as another. */
bool	 ship_open_parcel(struct work *w, int item,
	    const struct ship_request *request, const char *text,
	    struct flow_act *act);
/* Flags an item that was recorded at a site of ours and comes to another: the
 * goods are right, the record was not. */
void	 ship_note_astray(struct work *w, int item,
	    const struct ship_request *request);

#endif
