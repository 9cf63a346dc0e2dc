/* SPDX-License-Identifier: ISC */
#ifndef CLI_RECALL_TABLES_H
#define CLI_RECALL_TABLES_H

#include "cli/out.h"

/* What recall-show prints, by enum recall_mode. */
struct cli_recall_table {
	const char	*option;	/* that asks for it; NULL: none */
	const struct out_column *columns;
	const char	*shown;		/* in a pipe */
	const char	*person;	/* what of it fits on a terminal */
};
extern const struct cli_recall_table cli_recall_tables[];

/* The same as the first, for JSON. */
extern const struct out_column cli_recall_nested[];

#endif
