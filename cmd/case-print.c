/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "service/office.h"
#include "tell/document.h"

static const struct cli_option options[] = {
	{ .name = "format", .letter = 'T', .value = "FORMAT", .words = "text html",
	    .help = "text for lp, which it is unless said, or html" },
	{ .name = "lang", .value = "LANGUAGE", .words = "fr en",
	    .help = "the language; the customer's unless said" },
	CLI_NULL,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-T text|html] [--lang fr|en] DOCUMENT [CASE[/ITEM]...]",
	.about = "print a document of cases",
	.words = DOCUMENT_WORDS,
	.cases = true,
	.options = options
};

struct printing {
	struct store	*s;
	struct document	*document;
	bool		 any;
};

/* The numbers of the items, ended by 0; NULL for the whole case. */
static int *
items_of(const struct target *target)
{
	int *items;

	if (target->items[0].item == 0)
		return NULL;
	items = mem_zero(target->count + 1, sizeof(*items));
	for (size_t i = 0; i < target->count; i++)
		items[i] = target->items[i].item;
	return items;
}

static bool
add_case(struct cli *c, const struct target *target, void *arg)
{
	struct printing *p = arg;
	int *items = items_of(target);
	struct buf why = { 0 };
	enum store_status status;
	bool added;

	store_begin(p->s);
	added = document_add(p->document, target->case_id, items, &why);
	status = store_end(p->s);
	if (status == STORE_OK && !added)
		status = STORE_REFUSED;
	if (status != STORE_OK) {
		cli_warn(c, "%" PRId64 ": %s", target->case_id,
		    why.len > 0 ? buf_str(&why) : store_why(p->s));
		cli_fail(c, status);
	}
	p->any |= status == STORE_OK;
	buf_free(&why);
	free(items);
	return status == STORE_OK || status == STORE_REFUSED;
}

/* All of it, or nothing. */
static void
print(struct cli *c, struct printing *p)
{
	struct buf out = { 0 }, why = { 0 };
	enum store_status status;
	bool written;

	store_begin(p->s);
	written = document_write(p->document, &out, &why);
	status = store_end(p->s);
	if (status == STORE_OK && !written)
		status = STORE_REFUSED;
	if (status == STORE_OK)
		fwrite(buf_str(&out), 1, out.len, stdout);
	else {
		cli_warn(c, "%s", why.len > 0 ? buf_str(&why) :
		    store_why(p->s));
		cli_fail(c, status);
	}
	buf_free(&out);
	buf_free(&why);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	const char *name = cli_word(c, "DOCUMENT");
	const char *format = cli_text(c, "format");
	struct printing p = { 0 };
	enum document_kind kind = DOCUMENT_RETURN_SLIP;
	struct office *o;

	document_parse(name, &kind);
	p.s = cli_store(c, STORE_READ);
	o = office_open(p.s);
	p.document = document_open(o, kind, format != NULL &&
	    strcmp(format, "html") == 0 ? DOCUMENT_HTML : DOCUMENT_TEXT,
	    cli_text(c, "lang"));
	document_again(p.document);
	cli_targets(c, add_case, &p);
	if (p.any)
		print(c, &p);
	document_close(p.document);
	office_close(o);
	return cli_close(c);
}
