/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "base/local.h"
#include "service/stock.h"

int64_t
stock_at(struct store *s, const char *site, const char *reference)
{
	struct query *q = store_query(s, "SELECT quantity + coalesce((SELECT "
	    "sum(m.quantity) FROM stock_move AS m WHERE m.site = :site AND "
	    "m.reference = :reference AND m.seq > counted_seq), 0) FROM stock "
	    "WHERE site = :site AND reference = :reference");

	bind_text(q, ":site", site);
	bind_text(q, ":reference", reference);
	return query_int_or(q, -1);
}

void
stock_elsewhere(struct store *s, const char *site, const char *reference,
    struct buf *b)
{
	struct query *q = store_query(s, "SELECT s.site, s.quantity + coalesce("
	    "(SELECT sum(m.quantity) FROM stock_move AS m WHERE m.site = s.site "
	    "AND m.reference = s.reference AND m.seq > s.counted_seq), 0) AS n "
	    "FROM stock AS s WHERE s.reference = :reference AND s.site <> :site "
	    "AND n > 0 ORDER BY n DESC, s.site LIMIT 5");
	bool first = true;

	bind_text(q, ":site", site);
	bind_text(q, ":reference", reference);
	while (query_row(q)) {
		buf_text(b, first ? "" : ", ");
		buf_printf(b, local_text("%" PRId64 " at %s"), query_int(q, 1),
		    query_text(q, 0));
		first = false;
	}
	if (first)
		buf_text(b, local_text("none anywhere else"));
}
