/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_WORK_TELL_H
#define SERVICE_WORK_TELL_H

#include "service/outbox.h"
#include "work.h"

/* Shared by the files that tell of an event. */

/* More units than that are told by their number. */
enum { TELLING_MOST = 50 };

struct telling {
	struct work	*w;
	struct outbox	 box;
	const char	*verb;
	const char	*data;		/* facts of the event */
	struct json	*rows;
	int		 most;		/* units that are named */
	const char	*goal;		/* only what goes there; NULL: all */
	struct outbox_recipient customer;
	struct outbox_recipient actor;
};

/* Is it that event? */
bool	 telling_is(const struct telling *t, const char *verb);
/* Is it the act by which units come into a recall? There may be thousands of
 * such cases at once. */
bool	 telling_recalls(const struct telling *t);

/* Is the act about the item, and does its unit go to t->goal, if there is
 * one? */
bool	 telling_names(const struct work *w, int item);
bool	 telling_means(const struct telling *t, int item);
/* The site to which a unit is to be returned; "" when none is known. */
const char *telling_return_site(struct work *w, int item);

/* The customer, looked up once; NULL when there is none any more. */
const struct outbox_recipient *telling_customer(struct telling *t);

/* The facts that every message has; `words` with what was said. Ended and
 * queued by the second, which frees them. */
void	 telling_begin(const struct telling *t, struct json *j, bool words);
void	 telling_put(struct telling *t, enum outbox_kind kind,
	    const struct outbox_recipient *to, struct json *facts);
/* An address: a row of "name, address, postcode, city, country, phone". */
void	 telling_put_place(struct json *j, const char *key, struct query *q,
	    const char *code);
/* The customer and his name. */
void	 telling_put_customer(struct telling *t, struct json *j);

/* work_tell_customer.c: letters. work_tell_house.c: tasks, to each site and
 * person to whom a step opens that he did not cause. */
void	 telling_to_customer(struct telling *t);
void	 telling_to_house(struct telling *t);

#endif
