/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

#include "handle.h"

/* fold(TEXT), for looking for words; what is no text is NULL. */
static void
fold(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct buf *b = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	if (text == NULL)
		return;
	buf_clear(b);
	text_fold(b, text, (size_t)sqlite3_value_bytes(values[0]));
	sqlite3_result_text64(context, buf_str(b), b->len, SQLITE_TRANSIENT,
	    SQLITE_UTF8);
}

static void
forget(void *arg)
{
	struct buf *b = arg;

	buf_free(b);
	free(b);
}

int
store_add_fold(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "fold", 1, SQLITE_UTF8 |
	    SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
	    mem_zero(1, sizeof(struct buf)), fold, NULL, NULL, forget);
}
