/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "journal/journal.h"
#include "service/demo.h"
#include "service/load.h"
#include "service/setting.h"

/* The files of lib/service/demo, each named after its table. */
extern const struct embedded service_demo[];

static const struct {
	const char	*name;
	const char	*value;
} settings[] = {
	{ "company", "Montclar Électrique" },
	{ "brand", "Montclar" },
	{ "mail.from", "service.clients@montclar.example" },
	{ "hotline.national", "0 800 00 00 00" },
	{ "hotline.abroad", "+33 4 00 00 00 00" },
	{ "desk", "DESK" },
	{ "carrier", "DPD" },
	{ "duty.fallback", "SDUBOIS" },
	{ "supervisor", "SDUBOIS" },
	{ "web.url", "https://suivi.montclar.example" },
};

/* What is shipped has no bad line, but for a login that is somebody else's. */
static void
tell(void *arg, int64_t line, const char *field, const char *why)
{
	store_refuse(arg, "demo: %" PRId64 ": %s: %s", line,
	    field != NULL ? field : "", why);
}

static void
load_text(struct store *s, const char *table, const char *text, size_t len)
{
	struct load load = { .table = table, .complain = tell, .arg = s };
	struct load_result result;

	if (!store_ok(s))
		return;
	if ((load.in = tmpfile()) == NULL ||
	    fwrite(text, 1, len, load.in) != len)
		store_break(s, "temporary file for the demo");
	else {
		rewind(load.in);
		load_run(s, &load, &result);
	}
	if (load.in != NULL)
		fclose(load.in);
}

static void
load_table_named(struct store *s, const char *table)
{
	const struct embedded *file;
	char *name = mem_printf("%s.csv", table);

	for (file = service_demo; file->name != NULL; file++)
		if (strcmp(file->name, name) == 0)
			load_text(s, table, file->text, file->len);
	free(name);
}

static void
load_user(struct store *s)
{
	struct json j = { 0 };

	json_object(&j, NULL);
	json_text(&j, "code", "me");
	json_text(&j, "name", journal_login());
	json_text(&j, "login", journal_login());
	json_text(&j, "email", "me@montclar.example");
	json_text(&j, "roles", "desk pilot expert supervisor");
	json_text(&j, "skills", "*");
	json_text(&j, "site", "DESK");
	json_end_object(&j);
	load_text(s, "staff", json_str(&j), j.out.len);
	json_free(&j);
}

static void
set_all(struct store *s)
{
	size_t i;

	if (!store_ok(s))
		return;
	store_begin(s);
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		setting_set(s, settings[i].name, settings[i].value);
	store_end(s);
}

void
demo_load(struct store *s)
{
	const char *word = LOAD_TABLES;
	size_t len;

	for (; (word = text_word(word, &len)) != NULL; word += len) {
		char *table = mem_printf("%.*s", (int)len, word);

		load_table_named(s, table);
		free(table);
	}
	load_user(s);
	set_all(s);
}
