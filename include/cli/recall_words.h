/* SPDX-License-Identifier: ISC */
#ifndef CLI_RECALL_WORDS_H
#define CLI_RECALL_WORDS_H

#include "base/arena.h"
#include "cli/act.h"
#include "service/recall.h"

/*
 * A recall as it is written: options of the command line, and the lines of a
 * file that stand for such options. Mistakes end the process with exit 2. Texts
 * are borrowed from the command line and the arena.
 */
struct cli_recall_words {
	struct recall_request request;
	struct series	 series;
	enum process	 remedies[PROCESS_COUNT];
	struct arena	 texts;
};

/* Adds what is in the file of --from to the options. */
void	 cli_recall_from(struct cli *c, struct cli_recall_words *w);
/* --title and the other texts, --contact, --remedy, --cause, --pilot. */
void	 cli_recall_notice(struct cli *c, struct cli_recall_words *w);
/* --select and --exclude; at least one to select. */
void	 cli_recall_series(struct cli *c, struct cli_recall_words *w);
void	 cli_recall_words_free(struct cli_recall_words *w);

/* The whole file, "-" for standard input, as text to free; NULL and why. */
char	*cli_recall_read(const char *path, struct buf *why);

/* The rows of a CSV file with the columns reference, serial and customer. */
struct cli_recall_buyers {
	const char	*path;
	struct recall_buyer *buyers;
	int64_t		*lines;
	size_t		 count;
	int64_t		 bad;		/* lines that cannot be taken */
	struct arena	 texts;
	struct buf	 content;
};
/* Reads it, and tells every line that cannot be read. */
void	 cli_recall_buyers(struct cli *c, struct cli_recall_buyers *b);
/* Inside the transaction: those that the recall cannot take. Refuses when there
 * was any bad line. */
void	 cli_recall_check_buyers(struct cli *c, struct act *act, int64_t recall,
	    struct cli_recall_buyers *b);
void	 cli_recall_buyers_free(struct cli_recall_buyers *b);

#endif
