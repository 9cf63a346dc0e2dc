/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "load_private.h"
#include "rules/natural.h"

/* In the order of the table's own key, so that rows are written where the last
 * one was. */
static void
pack_key(struct loader *l)
{
	size_t i;

	buf_clear(&l->key);
	for (i = 0; i < l->table->count; i++) {
		const struct load_column *c = &l->table->columns[i];

		if (!c->key)
			continue;
		if (c->kind == LOAD_SERIAL) {
			natural_key(&l->key, l->row.values[i]);
			buf_char(&l->key, '\0');
		}
		buf_text(&l->key, l->row.values[i]);
		buf_char(&l->key, '\0');
	}
}

void
load_row_pack(struct loader *l)
{
	size_t i;

	pack_key(l);
	buf_clear(&l->data);
	buf_add(&l->data, &l->row.line, sizeof(l->row.line));
	buf_add(&l->data, &l->row.given, sizeof(l->row.given));
	for (i = 0; i < l->table->count; i++)
		buf_add(&l->data, l->row.values[i],
		    strlen(l->row.values[i]) + 1);
	sort_add(l->rows, &(struct sort_row){ l->key.data, l->key.len,
	    l->data.data, l->data.len });
}

void
load_row_unpack(const struct load_table *t, const struct sort_row *packed,
    struct load_row *row)
{
	const char *p = packed->data;
	size_t i;

	memcpy(&row->line, p, sizeof(row->line));
	p += sizeof(row->line);
	memcpy(&row->given, p, sizeof(row->given));
	p += sizeof(row->given);
	for (i = 0; i < t->count; i++) {
		row->values[i] = p;
		p += strlen(p) + 1;
	}
}
