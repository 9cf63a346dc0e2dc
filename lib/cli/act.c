/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/act.h"
#include "service/report.h"
#include "service/setting.h"
#include "state.h"

#define LAST_SECOND	(24 * 60 * 60 - 1)

struct act *
cli_act_open(struct cli *c)
{
	struct act *act = mem_zero(1, sizeof(*act));
	struct store *s;

	operand_check(c);
	act->text = cli_message(c);
	s = cli_store(c, STORE_WRITE);
	act->office = office_open(s);
	/* A drill only looks. */
	if (!cli_given(c, "drill") || cli_given(c, "by"))
		act->by = cli_staff(c, s);
	act->at = cli_at(c, office_zone(act->office));
	act->at_given = cli_text(c, "at") != NULL;
	return act;
}

void
cli_act_close(struct act *act)
{
	office_close(act->office);
	buf_free(&act->told);
	buf_free(&act->warned);
	free(act);
}

struct acting {
	struct cli	*cli;
	struct act	*act;
	cli_act_fn	*fn;
	void		(*once)(struct act *act, void *arg);
	void		*arg;
};

static void
begin(struct acting *a)
{
	buf_clear(&a->act->told);
	buf_clear(&a->act->warned);
}

static void
end(struct acting *a)
{
	cli_after(a->cli, buf_str(&a->act->warned));
	cli_would(a->cli, buf_str(&a->act->told));
}

static void
act_on(struct store *s, const struct target *target, void *arg)
{
	struct acting *a = arg;

	(void)s;
	begin(a);
	a->fn(a->act, target, a->arg);
	end(a);
}

void
cli_acts(struct cli *c, struct act *act, cli_act_fn *fn, void *arg)
{
	struct acting a = { .cli = c, .act = act, .fn = fn, .arg = arg };

	cli_each(c, office_store(act->office), act_on, &a);
}

void
cli_acts_on(struct cli *c, struct act *act, int64_t case_id, cli_act_fn *fn,
    void *arg)
{
	struct acting a = { .cli = c, .act = act, .fn = fn, .arg = arg };
	struct target_item whole = { 0 };
	struct target target = { case_id, &whole, 1 };

	cli_one(c, office_store(act->office), &target, act_on, &a);
}

static void
act_once(struct store *s, void *arg)
{
	struct acting *a = arg;

	(void)s;
	begin(a);
	a->once(a->act, a->arg);
	end(a);
}

bool
cli_act_once(struct cli *c, struct act *act,
    void (*fn)(struct act *act, void *arg), void *arg)
{
	struct acting a = { .cli = c, .act = act, .once = fn, .arg = arg };

	return cli_once(c, office_store(act->office), act_once, &a);
}

int64_t
cli_until(const struct cli *c, const struct act *act, const char *name)
{
	const char *zone = office_zone(act->office);
	const char *text = cli_text(c, name);
	bool day_only;
	int64_t at;

	if (text == NULL)
		return 0;
	if (!time_parse(text, zone, time_now(), &at, &day_only))
		cli_usage(c, "--%s: '%s' is not a time", name, text);
	return day_only ? at + LAST_SECOND : at;
}

const char *
cli_words(struct cli *c, const char *what)
{
	if (cli_message(c) == NULL)
		cli_usage(c, "say %s with -m TEXT or -F FILE",
		    local_text(what));
	return cli_message(c);
}

/* One byte more than may be kept is enough to know that it is too much. */
static bool
read_most(FILE *f, int64_t most, struct buf *b)
{
	char block[65536];
	size_t n = 1;

	while (n > 0 && (int64_t)b->len <= most) {
		n = fread(block, 1, sizeof(block), f);
		buf_add(b, block, n);
	}
	return ferror(f) == 0;
}

static void
read_file(struct cli *c, const char *path, int64_t most,
    struct report_file *file)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };
	bool whole = false;
	FILE *f;

	if ((f = cli_fopen(c, path)) != NULL) {
		whole = read_most(f, most, &b);
		fclose(f);
	}
	if (!whole)
		cli_usage(c, "%s: %s", path, strerror(errno));
	buf_str(&b);
	file->name = slash != NULL ? slash + 1 : path;
	file->data = b.data;
	file->len = b.len;
}

struct report_file *
cli_files(struct cli *c, const struct act *act, size_t *count)
{
	int64_t most = setting_number(office_store(act->office),
	    "attachment.max", INT32_MAX);
	size_t n = cli_count(c, "attach");
	struct report_file *files = mem_zero(n, sizeof(*files));

	for (size_t i = 0; i < n; i++)
		read_file(c, cli_nth(c, "attach", i), most, &files[i]);
	*count = n;
	return files;
}

void
cli_files_close(struct report_file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(files[i].data);
	free(files);
}

int64_t *
cli_cases(const struct cli *c, const char *name, size_t *count)
{
	int64_t *cases;

	*count = cli_count(c, name);
	cases = mem_zero(*count, sizeof(*cases));
	for (size_t i = 0; i < *count; i++)
		cases[i] = cli_case(c, cli_nth(c, name, i));
	return cases;
}

const char **
cli_texts(const struct cli *c, const char *name, size_t *count)
{
	const char **texts;

	*count = cli_count(c, name);
	texts = mem_zero(*count, sizeof(*texts));
	for (size_t i = 0; i < *count; i++)
		texts[i] = cli_nth(c, name, i);
	return texts;
}
