/* SPDX-License-Identifier: ISC */
#ifndef CLI_CASES_H
#define CLI_CASES_H

#include "cli/out.h"
#include "service/office.h"
#include "view/list.h"

/* Lists of cases, for the commands that print some. */
extern const struct out_column cases_columns[];

/* What is shown without --columns. */
#define CASES_SHOWN	"case,kind,name,step,who,due,unit"

struct cases;

/* `zone` is that of the times. */
struct cases *cases_open(struct cli *c, struct store *s, const char *zone);
/* Adds those that the filter lets pass, and answers how many. */
int64_t	 cases_add(struct cases *l, const struct list_filter *f);
/* Prints them; the file must have been read. Takes NULL. */
void	 cases_close(struct cases *l);

#endif
