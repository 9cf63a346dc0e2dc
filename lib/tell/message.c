/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "message_private.h"
#include "service/setting.h"
#include "tell/mime.h"
#include "tell/notice.h"
#include "tell/template.h"

/* What is absent may leave empty lines behind: one is enough, none at the
 * end. */
static void
tidy(char *text)
{
	char *to = text;
	int empty = 0;

	for (const char *from = text; *from != '\0'; from++) {
		if (*from != '\n')
			empty = 0;
		else if (++empty > 2)
			continue;
		*to++ = *from;
	}
	while (to - text > 1 && to[-1] == '\n' && to[-2] == '\n')
		to--;
	*to = '\0';
}

/* What the mails of a case have in common, for each case; NULL for none. */
static char *
threads(const struct message *rows, size_t count, const char *from)
{
	const char *at = from != NULL ? strchr(from, '@') : NULL;
	struct buf b = { 0 };
	size_t k;

	for (size_t i = 0; i < count; i++) {
		for (k = 0; rows[k].case_id != rows[i].case_id; k++)
			;
		if (k == i && rows[i].case_id != 0)
			buf_printf(&b, "%scase-%" PRId64 "@%s",
			    b.len > 0 ? " " : "", rows[i].case_id,
			    at != NULL ? at + 1 : "localhost");
	}
	return b.data;
}

/* A mail of one or several rows. */
struct letter {
	const struct message *rows;
	size_t		 count;
	struct message_files files;
};

static bool
write_mail(struct office *o, const struct letter *letter,
    const char *rendered, struct buf *out, struct buf *why)
{
	const struct message *m = letter->rows;
	struct store *s = office_store(o);
	char *subject = mem_text(rendered), *end = strchr(subject, '\n');
	char *from = mem_text(setting_get(s, "mail.from"));
	char *company = mem_text(setting_get(s, "company"));
	char *thread = threads(m, letter->count, from);
	struct buf html = { 0 };
	struct mime_mail mail = {
		.from_name = company, .from = from, .to_name = m->name,
		.to = m->address, .subject = subject,
		.message_id = m->message_id,
		.references = thread, .language = m->language,
		.date = m->queued_at, .zone = office_zone(o),
		.files = letter->files.files,
		.file_count = letter->files.count,
	};
	const char *reason = NULL;
	bool written = false;

	if (end != NULL)
		*end++ = '\0';
	else
		end = subject + strlen(subject);
	tidy(end);
	mail.text = end;
	message_html(subject, mail.text, m->language,
	    m->to_customer ? setting_get(s, "web.url") : NULL, &html);
	mail.html = buf_str(&html);
	if (from == NULL)
		buf_text(why, LOCAL("no sender is set; see case-config "
		    "mail.from"));
	else if (!(written = mime_write(&mail, out, &reason)))
		buf_text(why, reason);
	buf_free(&html);
	free(subject);
	free(from);
	free(company);
	free(thread);
	return written;
}

/* Papers first: the text says whether they are there. */
static bool
compose(struct office *o, struct letter *letter, struct json_object *facts,
    struct buf *out, struct buf *why)
{
	const struct message *m = letter->rows;
	char *folder = mem_text(setting_get(office_store(o), "template.dir"));
	char *name = mem_printf("%s.%s.txt", m->kind, m->language);
	struct template_set set = { .folder = folder,
	    .names = template_mail_names };
	struct buf rendered = { 0 };
	struct json_object *made;
	bool done;

	notice_prune(office_store(o), m, facts);
	done = message_attach(o, m, facts, &letter->files, why);
	made = message_facts(o, m, facts);
	json_object_object_add(made, "attached",
	    json_object_new_boolean(letter->files.count > 0));
	done = done && template_render(&set, name, made, &rendered, why) &&
	    write_mail(o, letter, buf_str(&rendered), out, why);
	json_object_put(made);
	buf_free(&rendered);
	free(folder);
	free(name);
	return done;
}

bool
message_compose(struct office *o, const struct message *rows, size_t count,
    struct buf *out, struct buf *why)
{
	struct letter letter = { .rows = rows, .count = count };
	struct store *s = office_store(o);
	struct json_object *facts = strcmp(rows->kind, "slip") == 0 ?
	    message_slip_join(rows, count) : json_tokener_parse(rows->facts);
	bool done = false;

	store_begin(s);
	if (facts == NULL)
		buf_text(why, LOCAL("its facts are damaged"));
	else
		done = compose(o, &letter, facts, out, why);
	message_files_free(&letter.files);
	json_object_put(facts);
	if (store_end(s) != STORE_OK) {
		buf_clear(why);
		buf_text(why, store_why(s));
		done = false;
	}
	return done;
}
