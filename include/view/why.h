/* SPDX-License-Identifier: ISC */
#ifndef VIEW_WHY_H
#define VIEW_WHY_H

#include "service/office.h"
#include "view/show.h"

/*
 * Why a step is due when it is, also once it is done: every interval from the
 * start of its clock, counted or not, and those of the limit if there is one.
 * The newest row of the step at each item is explained. False, with a refusal
 * in the store, when the case has none.
 */
bool	 why_json(struct office *o, const struct show *v, const char *step,
	    struct json *j);
bool	 why_text(struct office *o, const struct show *v, const char *step,
	    const struct show_style *style, struct buf *b);

#endif
