/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_CASE_H
#define SERVICE_RECALL_CASE_H

#include "recall_walk.h"
#include "work.h"

/* The case that a customer has under a recall, and the rows of its units. For
 * the recalls of this folder. */

/* What all cases of a recall have in common; texts in the arena. */
struct recall_frame {
	int64_t		 recall;
	const char	*pilot;
	const char	*remedies;	/* words */
	const char	*titles[RECALL_LANGUAGES];	/* NULL: no such text */
	/* Of the product asked for last. */
	char		*reference;
	int		 months;	/* of its warranty; below 0: unknown */
	struct arena	 texts;
};

/* From the file; refuses when there is no such recall. */
bool	 recall_frame_read(struct store *s, int64_t recall,
	    struct recall_frame *frame);
void	 recall_frame_free(struct recall_frame *frame);

/* The case of the customer that is open under the recall, or a new one; NULL
 * after a refusal. `may_join` false: he has none yet. */
struct work *recall_case_begin(struct act *act,
	    const struct recall_frame *frame, const char *customer,
	    bool may_join);
/* Adds a unit to it, to be notified. */
void	 recall_case_add(struct work *w, struct recall_frame *frame,
	    const struct recall_found *found);
/* Commits and closes it; answers whether all is well. */
bool	 recall_case_end(struct work *w, struct recall_frame *frame);

/* A row of recall_unit; absent is NULL or 0. */
struct recall_row {
	int64_t		 recall;
	const char	*reference, *serial_key, *serial;
	enum recall_bucket bucket;
	int64_t		 since;
	int64_t		 added_at;	/* 0: now, that is `since` */
	const char	*level, *customer;
	int64_t		 case_id;
	int		 item;
	int64_t		 told_at, answered_at, remedied_at;
};
void	 recall_row_write(struct json *j, const struct recall_row *row);
/* From "SELECT " RECALL_COLUMNS " FROM recall_unit"; texts are borrowed. */
#define RECALL_COLUMNS "recall, reference, serial_key, serial, bucket, since, " \
	"level, customer, case_id, item, told_at, answered_at, remedied_at, " \
	"added_at"
void	 recall_row_read(struct query *q, struct recall_row *row);
/* Its texts are copied into the arena. */
void	 recall_row_keep(struct arena *texts, struct recall_row *row);

/* The unit of a recall, by its name: the exact serial, else one that is written
 * otherwise. `recall` 0: of any recall in which something is still to be done
 * for it. False: there is none. Texts are copied into the arena. */
struct recall_name {
	int64_t		 recall;
	const char	*reference, *serial;
};
bool	 recall_row_find(struct store *s, const struct recall_name *name,
	    struct arena *texts, struct recall_row *row);

#endif
