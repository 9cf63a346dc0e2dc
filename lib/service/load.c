/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "load_private.h"
#include "service/office.h"
#include "service/setting.h"

enum {
	SORT_MEMORY = 16 * 1024 * 1024,
	DIGEST = 65
};

static void
prepare(struct loader *l)
{
	struct office *o = office_open(l->s);

	l->language = mem_text(setting_get(l->s, "language"));
	l->zone = mem_text(office_zone(o));
	office_close(o);
	l->rows = sort_open(SORT_MEMORY);
	l->uniques = sort_open(SORT_MEMORY);
	l->known = load_known_open();
}

static void
release(struct loader *l)
{
	size_t i;

	for (i = 0; i < LOAD_COLUMNS; i++)
		buf_free(&l->text[i]);
	buf_free(&l->key);
	buf_free(&l->data);
	buf_free(&l->serial_key);
	buf_free(&l->lot_key);
	sort_close(l->rows);
	sort_close(l->uniques);
	load_known_close(l->known);
	free(l->language);
	free(l->zone);
}

static void
check_sorter(struct loader *l, const struct sort *sort)
{
	if (sort_error(sort) != 0)
		store_break(l->s, "temporary file: %s",
		    strerror(sort_error(sort)));
}

void
load_run(struct store *s, const struct load *load, struct load_result *result)
{
	struct loader l = { .s = s, .load = load, .result = result,
	    .table = load_table(load->table) };
	char digest[DIGEST];

	assert(l.table != NULL && l.table->count <= LOAD_COLUMNS);
	*result = (struct load_result){ 0 };
	prepare(&l);
	load_read(&l, digest);
	if (store_ok(s))
		load_check_doubles(&l);
	check_sorter(&l, l.rows);
	check_sorter(&l, l.uniques);
	if (store_ok(s) && result->bad == 0 && !load->check_only)
		load_write(&l, digest);
	release(&l);
}
