/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "cli/flow_list.h"
#include "cli/out.h"
#include "journal/content.h"
#include "service/link.h"
#include "service/office.h"
#include "view/show.h"
#include "view/why.h"

static const struct cli_option options[] = {
	{ .name = "why", .value = "STEP", .list = cli_list_steps, .help = "explain when the step is due" },
	{ .name = "attachment", .value = "N", .help = "write the file of that number to standard output" },
	{ .name = "link", .help = "print the address at which the customer follows it" },
	CLI_JSON,
	CLI_NULL,
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [CASE[/ITEM]...]\n[-j] --why STEP [CASE[/ITEM]...]\n"
	    "--attachment N CASE\n[-j] --link [CASE...]",
	.about = "show everything about a case",
	.cases = true,
	.options = options
};

struct showing {
	struct store	*s;
	struct office	*office;
	struct show_style style;
	const char	*why;
	int64_t		 attachment;	/* 0: none is asked for */
	bool		 link;
	bool		 json;
	bool		 any;		/* something was printed before */
	struct buf	 out;
};

/* What there is to print of the case, into w->out. */
static void
put_case(struct showing *w, struct show *v)
{
	struct json j = { 0 };

	if (!w->json && w->any)
		buf_char(&w->out, '\n');
	if (w->json && w->why != NULL)
		why_json(w->office, v, w->why, &j);
	else if (w->json)
		show_json(v, w->style.zone, &j);
	else if (w->why != NULL)
		why_text(w->office, v, w->why, &w->style, &w->out);
	else {
		show_facts(w->s, v, w->style.person);
		show_text(v, &w->style, &w->out);
	}
	if (w->json)
		buf_printf(&w->out, "%s\n", json_str(&j));
	json_free(&j);
}

static void
put_file(struct showing *w, const struct show *v)
{
	size_t len;
	void *data;

	for (size_t i = 0; i < v->file_count; i++) {
		if (v->files[i].attachment != w->attachment)
			continue;
		data = content_get(w->s, v->files[i].digest, &len);
		if (data != NULL)
			buf_add(&w->out, data, len);
		free(data);
		return;
	}
	store_refuse(w->s, "there is no attachment %" PRId64 "; the case has "
	    "%zu", w->attachment, v->file_count);
}

static void
put_link(struct showing *w, int64_t case_id)
{
	char *address = link_require(w->s, case_id, w->style.now);
	struct json j = { 0 };

	if (address != NULL && w->json) {
		json_object(&j, NULL);
		json_int(&j, "case", case_id);
		json_text(&j, "link", address);
		json_end_object(&j);
		buf_printf(&w->out, "%s\n", json_str(&j));
		json_free(&j);
	} else if (address != NULL)
		buf_printf(&w->out, "%s\n", address);
	free(address);
}

static void
look(struct showing *w, const struct target *target)
{
	struct show *v;

	if (w->link) {
		put_link(w, target->case_id);
		return;
	}
	v = show_open(w->s, target);
	if (v == NULL)
		return;
	if (w->attachment != 0)
		put_file(w, v);
	else
		put_case(w, v);
	show_close(v);
}

/* A file that was attached, an address and JSON are as they are. */
static void
put_out(struct showing *w)
{
	if (w->attachment == 0 && !w->link && !w->json)
		out_text(buf_str(&w->out), w->out.len);
	else
		fwrite(buf_str(&w->out), 1, w->out.len, stdout);
}

/* The file has been read before the case is printed. */
static bool
show_case(struct cli *c, const struct target *target, void *arg)
{
	struct showing *w = arg;
	enum store_status status;

	store_begin(w->s);
	if (store_ok(w->s))
		look(w, target);
	status = store_end(w->s);
	if (status == STORE_OK) {
		put_out(w);
		w->any = true;
	} else {
		cli_warn(c, "%" PRId64 ": %s", target->case_id,
		    store_why(w->s));
		cli_fail(c, status);
	}
	buf_clear(&w->out);
	return status != STORE_BROKEN && !ferror(stdout);
}

int
main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct showing w = { .why = cli_text(c, "why"),
	    .link = cli_flag(c, "link"), .json = cli_flag(c, "json") };

	w.attachment = cli_number(c, "attachment", 1, INT32_MAX, 0);
	if (w.attachment != 0 && (w.why != NULL || w.json))
		cli_usage(c, "--attachment gives the file alone");
	if (w.link && (w.attachment != 0 || w.why != NULL))
		cli_usage(c, "--link prints the address alone");
	w.s = cli_store(c, STORE_READ);
	w.office = office_open(w.s);
	w.style = (struct show_style){ .zone = office_zone(w.office),
	    .now = time_now(), .colour = out_colour(),
	    .person = isatty(STDOUT_FILENO) };
	cli_targets(c, show_case, &w);
	office_close(w.office);
	buf_free(&w.out);
	return cli_close(c);
}
