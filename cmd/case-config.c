/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "base/buf.h"
#include "base/local.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "service/setting.h"

static const struct cli_option options[] = {
	{ .name = "unset", .help = "go back to the shipped value" },
	CLI_COLUMNS,
	CLI_DRY_RUN,
	CLI_JSON,
	{ .name = NULL }
};

static const struct out_column columns[] = {
	{ .name = "name", .about = "of the setting" },
	{ .name = "value", .kind = OUT_NAME, .about = "as it is" },
	{ .name = "default", .about = "as it was shipped" },
	{ .name = "about", .about = "what it means" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST] [NAME]\n[-n] NAME VALUE\n[-n] --unset NAME",
	.about = "list, read or set what the file says about the service",
	.options = options,
	.columns = columns
};

struct change {
	const char	*name;
	const char	*value;		/* NULL: the shipped one */
};

static void
set(struct store *s, void *arg)
{
	const struct change *change = arg;

	setting_set(s, change->name, change->value);
}

static void
put(const struct setting *setting, const char *value, void *arg)
{
	struct out *o = arg;

	out_put_text(o, "name", setting->name);
	out_put_text(o, "value", value);
	out_put_text(o, "default", setting->initial);
	out_put_text(o, "about", local_if(out_for_person(o), setting->about));
	out_put_row(o);
}

/* The bare value, for scripts: v=$(case-config company). */
static void
print_value(const char *value)
{
	struct buf b = { 0 };

	if (value != NULL)
		text_escape(&b, value);
	if (value != NULL)
		printf("%s\n", buf_str(&b));
	buf_free(&b);
}

static void
look(struct cli *c, const char *name)
{
	struct store *s = cli_store(c, STORE_READ);
	struct setting setting;
	struct out *o;

	if (name != NULL && !setting_find(name, &setting)) {
		cli_warn(c, "%s: no such setting", name);
		cli_fail(c, STORE_REFUSED);
		return;
	}
	if (name != NULL && !cli_flag(c, "json") &&
	    cli_text(c, "columns") == NULL) {
		print_value(setting_get(s, name));
		return;
	}
	o = out_open(c, columns, "name,value,about", NULL);
	store_begin(s);
	if (name == NULL)
		setting_each(s, put, o);
	else
		put(&setting, setting_get(s, name), o);
	if (store_end(s) != STORE_OK) {
		cli_warn(c, "%s", store_why(s));
		cli_fail(c, store_status(s));
	}
	out_close(o);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	bool unset = cli_flag(c, "unset");
	struct change change;

	change.name = cli_next(c);
	change.value = cli_next(c);
	cli_last(c);
	if (unset && (change.name == NULL || change.value != NULL))
		cli_usage(c, "--unset takes one name");
	if (unset || change.value != NULL)
		cli_once(c, cli_store(c, STORE_WRITE), set, &change);
	else
		look(c, change.name);
	return cli_close(c);
}
