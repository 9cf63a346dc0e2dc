/* SPDX-License-Identifier: ISC */
#ifndef CLI_RECALL_H
#define CLI_RECALL_H

#include "cli/act.h"
#include "cli/out.h"
#include "service/recall.h"

/* What the commands on recalls share. */

/* The number of a recall, else exit 2. */
int64_t	 cli_recall(const struct cli *c, const char *text);

/* Columns of all that can be shown of recalls; of the first table, whatever is
 * asked for: units, customers, months, days. */
extern const struct out_column cli_recall_columns[];

enum recall_mode { RECALL_FIGURES, RECALL_UNITS, RECALL_CUSTOMERS,
	RECALL_MONTHS, RECALL_DAYS };

struct cli_recall_show {
	struct cli	*cli;
	enum recall_mode mode;
	struct store	*s;
	struct out	*out;
	char		*zone;
	struct buf	 page;		/* for people */
};

/* By the options --units, --customers, --monthly and --daily, which exclude one
 * another. */
void	 cli_recall_show_mode(struct cli_recall_show *show);
/* Inside a transaction; then recalls, 0 for all. Printed by the end, which goes
 * without what was never begun. */
void	 cli_recall_show_begin(struct cli_recall_show *show, struct store *s);
void	 cli_recall_show(struct cli_recall_show *show, int64_t recall);
void	 cli_recall_show_end(struct cli_recall_show *show);

#endif
