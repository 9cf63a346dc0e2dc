/* SPDX-License-Identifier: ISC */
#ifndef CLI_RECALL_H
#define CLI_RECALL_H

#include "base/arena.h"
#include "cli/act.h"
#include "cli/out.h"
#include "service/recall.h"

/* What the commands on recalls share. */

/* The number of a recall, else exit 2. */
int64_t	 cli_recall(const struct cli *c, const char *text);

/* Columns of all that can be shown of recalls; of the first table, whatever is
 * asked for: units, customers, months. */
extern const struct out_column cli_recall_columns[];

enum recall_mode { RECALL_FIGURES, RECALL_UNITS, RECALL_CUSTOMERS,
	RECALL_MONTHS };

struct cli_recall_show {
	struct cli	*cli;
	enum recall_mode mode;
	struct store	*s;
	struct out	*out;
	char		*zone;
};

/* By the options --units, --customers and --monthly, which exclude one
 * another. */
void	 cli_recall_show_mode(struct cli_recall_show *show);
/* Inside a transaction; then recalls, 0 for all. Printed by the end, which goes
 * without what was never begun. */
void	 cli_recall_show_begin(struct cli_recall_show *show, struct store *s);
void	 cli_recall_show(struct cli_recall_show *show, int64_t recall);
void	 cli_recall_show_end(struct cli_recall_show *show);

/* The options by which a recall is written, and --from, whose lines are named
 * like them. Texts are borrowed from the command line or the arena. */
struct cli_recall_words {
	struct recall_request request;
	struct series	 series;
	enum process	 remedies[PROCESS_COUNT];
	struct arena	 texts;
};
/* Mistakes end the process: exit 2. */
void	 cli_recall_words(struct cli *c, struct cli_recall_words *w);
void	 cli_recall_words_free(struct cli_recall_words *w);

/* The rows of a CSV file with the columns reference, serial and customer; NULL,
 * with every bad line told, when there are any. For the caller to free, texts in
 * the arena. */
struct recall_buyer *cli_recall_buyers(struct cli *c, struct act *act,
	    struct cli_recall_words *w, size_t *count);

#endif
