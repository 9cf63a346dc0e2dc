/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_RECALL_ROW_H
#define SERVICE_RECALL_ROW_H

#include "base/arena.h"
#include "base/json.h"
#include "service/recall.h"
#include "store/store.h"

/* Units of a recall, as their rows have them. For the recalls of this
 * folder. */

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
 * otherwise. False: there is none. Texts are copied into the arena. */
struct recall_name {
	int64_t		 recall;
	const char	*reference, *serial;
};
bool	 recall_row_find(struct store *s, const struct recall_name *name,
	    struct arena *texts, struct recall_row *row);
/* The same in each recall in which something is still to be done for it, the
 * oldest first; to free. */
struct recall_row *recall_rows_find(struct store *s,
	    const struct recall_name *name, struct arena *texts,
	    size_t *count);

#endif
