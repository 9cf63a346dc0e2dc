/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/natural.h"
#include "view/recall.h"

static bool
is_recalled(struct store *s, int64_t recall, struct query *unit)
{
	struct query *q = store_query(s, "SELECT 1 FROM recall_unit "
	    "WHERE recall = :recall AND reference = :reference "
	    "AND serial_key = :key");
	struct buf key = { 0 };

	natural_key(&key, query_text(unit, 1));
	bind_int(q, ":recall", recall);
	bind_text(q, ":reference", query_text(unit, 0));
	bind_text(q, ":key", buf_str(&key));
	buf_free(&key);
	return query_int_or(q, 0) != 0;
}

/* Is a unit of the case under the recall? */
static bool
concerns(struct store *s, int64_t recall, int64_t case_id)
{
	struct query *q = store_query(s, "SELECT reference, serial "
	    "FROM item JOIN unit_state USING (unit_id) "
	    "WHERE case_id = :case AND serial IS NOT NULL");
	bool found = false;

	bind_int(q, ":case", case_id);
	while (!found && query_row(q))
		found = is_recalled(s, recall, q);
	query_done(q);
	return found;
}

void
recall_each_incident(struct store *s, int64_t recall, recall_incident_fn *fn,
    void *arg)
{
	struct query *q = store_query(s, "SELECT i.case_id, i.harm = 'injury', "
	    "i.happened_at, c.customer_type = 'distributor', c.recall "
	    "FROM incident AS i JOIN cases AS c USING (case_id)");

	while (query_row(q))
		if (query_int(q, 4) == recall ||
		    concerns(s, recall, query_int(q, 0)))
			fn(&(struct recall_incident){
				.happened_at = query_int(q, 2),
				.injury = query_int(q, 1) != 0,
				.level = query_int(q, 3) != 0 ?
				    RECALL_DISTRIBUTOR : RECALL_CONSUMER,
			}, arg);
}
