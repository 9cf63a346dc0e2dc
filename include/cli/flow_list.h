/* SPDX-License-Identifier: ISC */
#ifndef CLI_FLOW_LIST_H
#define CLI_FLOW_LIST_H

#include "base/buf.h"

/* Words for tables of options and operands, as the workflow has them: who adds
 * a step or a procedure there adds its word to every command that takes it. */

void	 cli_list_kinds(struct buf *words);
void	 cli_list_kinds_to_open(struct buf *words);	/* by hand */
void	 cli_list_processes(struct buf *words);		/* kinds, procedures */

/* Procedures and "none" of case-triage, with "classify"; of a complaint's
 * solution, with "none"; and the remedies of a recall. */
void	 cli_list_decisions(struct buf *words);
void	 cli_list_solutions(struct buf *words);
void	 cli_list_remedies(struct buf *words);

void	 cli_list_steps(struct buf *words);
/* Those that case-ship and case-report complete. */
void	 cli_list_ship(struct buf *words);
void	 cli_list_report(struct buf *words);
/* What may come out of a step that is completed. */
void	 cli_list_outcomes(struct buf *words);

#endif
