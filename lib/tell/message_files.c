/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "message_private.h"
#include "tell/document.h"
#include "tell/words.h"

/* The papers that go with a message. A kind that is not listed has none. */
static const struct {
	const char	*kind;		/* of the message */
	enum document_kind paper;
} papers[] = {
	{ "dossier", DOCUMENT_DOSSIER },	/* with the identification sheet */
	{ "report", DOCUMENT_REPORT },		/* with the survey */
	{ "acknowledgement", DOCUMENT_ACKNOWLEDGEMENT },
	{ "quote", DOCUMENT_QUOTE },
	{ "notice", DOCUMENT_RECALL_NOTICE },
	{ "closed", DOCUMENT_CLOSING },
};

/* The items that the message names, ended by 0; NULL for the whole case. */
static int *
items_of(struct json_object *facts)
{
	struct json_object *list = NULL, *count = NULL, *item;
	int *items;
	size_t n;

	json_object_object_get_ex(facts, "items", &list);
	json_object_object_get_ex(facts, "count", &count);
	n = json_object_is_type(list, json_type_array) ?
	    json_object_array_length(list) : 0;
	/* Of many, only the first are named. */
	if (n == 0 || json_object_get_int64(count) > (int64_t)n)
		return NULL;
	items = mem_zero(n + 1, sizeof(*items));
	for (size_t i = 0; i < n; i++) {
		if (!json_object_object_get_ex(json_object_array_get_idx(list,
		    i), "item", &item)) {
			free(items);
			return NULL;
		}
		items[i] = json_object_get_int(item);
	}
	return items;
}

bool
message_files_add(struct message_files *files, struct document *d,
    enum document_kind kind, const char *language, const char *names,
    struct buf *why)
{
	struct buf *page = &files->pages[files->count];
	char **name = &files->names[files->count];

	if (!document_write(d, page, why))
		return false;
	*name = mem_printf("%s %s.html", words_find(WORDS_DOCUMENT,
	    document_name(kind), language), names);
	files->files[files->count++] = (struct mime_file){
		.type = "text/html", .name = *name,
		.data = page->data, .len = page->len
	};
	return true;
}

/* What has changed since may leave nothing to put on paper: the message says
 * what happened all the same. A template that is wrong is another thing. */
static bool
add_paper(struct message_files *files, struct office *o,
    const struct message *m, const int *items, enum document_kind paper,
    struct buf *why)
{
	struct document *d = document_open(o, paper, DOCUMENT_HTML,
	    m->language);
	char *number = mem_printf("%" PRId64, m->case_id);
	struct buf none = { 0 };
	bool made = true;

	if (document_add(d, m->case_id, items, &none))
		made = message_files_add(files, d, paper, m->language, number,
		    why);
	buf_free(&none);
	free(number);
	document_close(d);
	return made;
}

bool
message_attach(struct office *o, const struct message *m,
    struct json_object *facts, struct message_files *files, struct buf *why)
{
	int *items;
	bool made = true;

	if (strcmp(m->kind, "slip") == 0)
		return message_slip_attach(o, m, facts, files, why);
	items = items_of(facts);
	for (size_t i = 0; made && i < sizeof(papers) / sizeof(papers[0]); i++)
		if (m->to_customer && strcmp(papers[i].kind, m->kind) == 0)
			made = add_paper(files, o, m, items, papers[i].paper,
			    why);
	free(items);
	return made;
}

void
message_files_free(struct message_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->names[i]);
		buf_free(&files->pages[i]);
	}
}
