/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "attach.h"
#include "journal/content.h"
#include "journal/journal.h"
#include "service/setting.h"

static int64_t
last_attachment(struct work *w)
{
	struct query *q = store_query(w->s, "SELECT max(attachment) "
	    "FROM attachment WHERE case_id = :case");

	bind_int(q, ":case", w->case_id);
	return query_int_or(q, 0);
}

static void
attach(struct work *w, const struct report_file *file, int64_t number)
{
	int64_t most = setting_number(w->s, "attachment.max", INT32_MAX);
	char digest[CONTENT_DIGEST];
	struct json *j;

	if ((int64_t)file->len > most) {
		store_refuse(w->s, "%s: more than %" PRId64 " bytes, the most "
		    "that is kept; see case-config attachment.max",
		    file->name, most);
		return;
	}
	content_put(w->s, file->data, file->len, digest);
	if (!store_ok(w->s))
		return;
	j = work_row(w, MORE_ATTACHMENT);
	json_int(j, "case_id", w->case_id);
	json_int(j, "attachment", number);
	json_text(j, "name", file->name);
	json_int(j, "size", (int64_t)file->len);
	json_text(j, "digest", digest);
	json_int(j, "seq", journal_next(w->s));
	json_end_object(j);
	json_object(&w->data, NULL);
	json_int(&w->data, "attachment", number);
	json_text(&w->data, "name", file->name);
	json_int(&w->data, "size", (int64_t)file->len);
	json_text(&w->data, "digest", digest);
	json_end_object(&w->data);
}

void
attach_files(struct work *w, const struct report_file *files, size_t count)
{
	int64_t last;

	if (count == 0 || !store_ok(w->s))
		return;
	last = last_attachment(w);
	json_array(&w->data, "attachments");
	for (size_t i = 0; i < count && store_ok(w->s); i++)
		attach(w, &files[i], last + 1 + (int64_t)i);
	json_end_array(&w->data);
}
