/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#include "handle.h"

static void
forget(void *arg)
{
	struct buf *b = arg;

	buf_free(b);
	free(b);
}

/* The words as they are looked for, each with a NUL behind it. They are the
 * same for all rows, and are kept from one to the next. */
static struct buf *
words_of(sqlite3_context *context, sqlite3_value *value)
{
	struct buf *b = sqlite3_get_auxdata(context, 0);
	const char *text = (const char *)sqlite3_value_text(value);

	if (b != NULL || text == NULL)
		return b;
	b = mem_zero(1, sizeof(*b));
	text_fold(b, text, (size_t)sqlite3_value_bytes(value));
	for (size_t i = 0; i < b->len; i++)
		if (strchr(" \t\r\n", b->data[i]) != NULL)
			b->data[i] = '\0';
	sqlite3_set_auxdata(context, 0, b, forget);
	return sqlite3_get_auxdata(context, 0);
}

/* says(WORDS, TEXT): is each of the words in the text? NULL says nothing. */
static void
says(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct buf *folded = sqlite3_user_data(context);
	struct buf *words = words_of(context, values[0]);
	const char *text = (const char *)sqlite3_value_text(values[1]);
	const char *word;
	bool all = words != NULL && text != NULL;

	(void)count;
	buf_clear(folded);
	if (all)
		text_fold(folded, text,
		    (size_t)sqlite3_value_bytes(values[1]));
	for (size_t at = 0; all && at < words->len; at += strlen(word) + 1) {
		word = buf_str(words) + at;
		all = strstr(buf_str(folded), word) != NULL;
	}
	sqlite3_result_int(context, all);
}

int
store_add_says(sqlite3 *db)
{
	return sqlite3_create_function_v2(db, "says", 2, SQLITE_UTF8 |
	    SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
	    mem_zero(1, sizeof(struct buf)), says, NULL, NULL, forget);
}
