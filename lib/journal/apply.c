/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "apply.h"

/* Bit i stands for apply_tables[i]: parsing an event once to see what is in it
 * is cheaper than preparing a statement for a table that has no rows. */
static uint64_t
present(struct store *s, const char *payload)
{
	struct query *q = store_query(s,
	    "SELECT key FROM json_each(:payload, '$.rows') "
	    "WHERE value <> '[]'");
	uint64_t set = 0;
	const char *name;
	int i;

	bind_text(q, ":payload", payload);
	while (query_row(q)) {
		name = query_text(q, 0);
		for (i = 0; apply_tables[i].name != NULL; i++)
			if (strcmp(apply_tables[i].name, name) == 0)
				break;
		assert(i < 64);
		if (apply_tables[i].name == NULL)
			store_break(s, "'%s' is not a derived table", name);
		set |= UINT64_C(1) << i;
	}
	return set;
}

void
apply_payload(struct store *s, const char *payload)
{
	uint64_t set = present(s, payload);
	struct query *q;
	int i;

	for (i = 0; apply_tables[i].name != NULL; i++) {
		if ((set & UINT64_C(1) << i) == 0)
			continue;
		q = store_query(s, apply_tables[i].put);
		bind_text(q, ":payload", payload);
		query_run(q);
	}
}

void
apply_check(struct store *s, int64_t seq, const char *payload)
{
	uint64_t set = present(s, payload);
	struct query *q;
	int i;

	for (i = 0; apply_tables[i].name != NULL; i++) {
		if ((set & UINT64_C(1) << i) == 0)
			continue;
		q = store_query(s, apply_tables[i].stray);
		bind_text(q, ":payload", payload);
		if (query_row(q))
			store_break(s, "entry %" PRId64 ": %s has no column "
			    "'%s'", seq, apply_tables[i].name,
			    query_text(q, 0));
		query_done(q);
	}
}
