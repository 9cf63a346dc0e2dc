/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "state.h"

int64_t
cli_number(const struct cli *c, const char *name, int64_t min, int64_t max,
    int64_t none)
{
	const char *text = cli_text(c, name), *why;
	int64_t value;
	size_t sign;

	if (text == NULL)
		return none;
	/* strtonum() would take blanks and a plus before the digits. */
	sign = text[0] == '-';
	value = strtonum(text, min, max, &why);
	if (why != NULL || text[sign] == '\0' ||
	    text[sign + strspn(text + sign, "0123456789")] != '\0')
		cli_usage(c, "--%s: '%s' is no whole number from %" PRId64
		    " to %" PRId64, name, text, min, max);
	return value;
}

int64_t
cli_time(const struct cli *c, const char *name, const char *zone, int64_t none)
{
	const char *text = cli_text(c, name);
	int64_t at;

	if (text == NULL)
		return none;
	if (!time_parse(text, zone, time_now(), &at, NULL))
		cli_usage(c, "--%s: '%s' is no time", name, text);
	if (at < 0)
		cli_usage(c, "--%s: '%s' lies before 1970", name, text);
	return at;
}

/* The parser of times knows it as a time that long ago. */
bool
span_parse(const char *text, int64_t *seconds)
{
	char ago[32];
	int64_t at;
	int n;

	n = snprintf(ago, sizeof(ago), "-%s", text);
	if (n < 0 || (size_t)n >= sizeof(ago) ||
	    !time_parse(ago, "UTC", 0, &at, NULL))
		return false;
	*seconds = -at;
	return true;
}

int64_t
cli_span(const struct cli *c, const char *name, int64_t none)
{
	const char *text = cli_text(c, name);
	int64_t seconds;

	if (text == NULL)
		return none;
	if (!span_parse(text, &seconds))
		cli_usage(c, "--%s: '%s' is no span of time", name, text);
	return seconds;
}

int64_t
cli_at(const struct cli *c, const char *zone)
{
	return cli_time(c, "at", zone, time_now());
}

/* One of the two is NULL, which equals nothing. For the caller to free. */
static char *
find_staff(struct store *s, const char *code, const char *login)
{
	struct query *q;
	char *found;

	q = store_query(s, "SELECT code FROM staff "
	    "WHERE code = :code OR login = :login");
	bind_text(q, ":code", code);
	bind_text(q, ":login", login);
	found = query_text_copy(q);
	if (store_ok(s))
		return found;
	free(found);
	return NULL;
}

/* Are the cases to come from standard input, and it names none? */
static bool
nothing_to_do(const struct cli *c)
{
	return c->command->cases && cli_peek(c) == NULL && !c->input_taken &&
	    !isatty(STDIN_FILENO) && getc(stdin) == EOF && !ferror(stdin);
}

/* Empty input is done, whoever runs the command: cron has no login of staff,
 * and a list mostly nothing to say. */
static _Noreturn void
refuse_staff(struct cli *c, struct store *s, const char *by, const char *login)
{
	if (!store_ok(s)) {
		cli_warn(c, "%s", store_why(s));
		cli_end(c, cli_exit_code(store_status(s)));
	}
	if (by == NULL && nothing_to_do(c))
		cli_end(c, EXIT_DONE);
	if (by != NULL)
		cli_warn(c, "--by: there is no staff member '%s'", by);
	else if (login == NULL)
		cli_warn(c, "user %ld has no login name here: "
		    "say on whose behalf with --by STAFF", (long)getuid());
	else
		cli_warn(c, "your login '%s' is no staff member's: "
		    "say on whose behalf with --by STAFF", login);
	cli_end(c, EXIT_REFUSED);
}

const char *
cli_staff(struct cli *c, struct store *s)
{
	const char *by = cli_given(c, "by") ? cli_text(c, "by") : NULL;
	const char *login = NULL;
	struct passwd *user;

	if (c->staff != NULL)
		return c->staff;
	if (by == NULL) {
		user = getpwuid(getuid());
		login = user != NULL ? user->pw_name : NULL;
	}
	c->staff = find_staff(s, by, login);
	if (c->staff == NULL)
		refuse_staff(c, s, by, login);
	return c->staff;
}

void
cli_only_for(const struct cli *c, const char *options, const char *what)
{
	for (size_t i = 0; i < c->value_count; i++)
		if (text_has_word(options, c->values[i].option->name))
			cli_usage(c, "--%s is for %s",
			    c->values[i].option->name, local_text(what));
}
