/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/act.h"
#include "cli/batch.h"
#include "service/open.h"

#define MOST_LINES	500	/* in one transaction */
#define BLOCK		65536

struct batch {
	struct cli	*cli;
	struct act	*act;
	char		**lines;	/* borrowed from input */
	size_t		 count;
	int64_t		*numbers;
	int64_t		 first;		/* number of the first line */
	struct buf	 input;
};

/* One line as a request; texts live in the arena. */
struct entry {
	struct store	*s;
	struct arena	 texts;
	struct open_request request;
	const char	**units, **serials;
	int64_t		*links;
	struct act	 act;
	bool		 has_kind;
};

static void
more_text(struct entry *e, const char ***texts, size_t *count,
    const char *value)
{
	*texts = mem_array((void *)(uintptr_t)*texts, *count + 1,
	    sizeof(**texts));
	(*texts)[(*count)++] = arena_text(&e->texts, value);
}

static void
more_link(struct entry *e, const char *value)
{
	struct open_request *r = &e->request;
	int64_t number;

	e->links = mem_array(e->links, r->link_count + 1, sizeof(*e->links));
	number = strtoll(value, NULL, 10);
	e->links[r->link_count++] = number;
	r->links = e->links;
}

/* The keys that are plain texts of the request. */
static const char **
text_of(struct open_request *r, const char *key)
{
	if (strcmp(key, "customer") == 0)
		return &r->customer;
	if (strcmp(key, "sold-on") == 0)
		return &r->sold_on;
	if (strcmp(key, "channel") == 0)
		return &r->channel;
	if (strcmp(key, "contact") == 0)
		return &r->contact;
	if (strcmp(key, "risk") == 0)
		return &r->risk;
	if (strcmp(key, "pilot") == 0)
		return &r->pilot;
	if (strcmp(key, "key") == 0)
		return &r->key;
	return NULL;
}

static void
take_time(struct entry *e, const char *value)
{
	if (!time_parse(value, office_zone(e->act.office), time_now(),
	    &e->act.at, NULL))
		store_refuse(e->s, "at: '%s' is not a time", value);
}

static void
take_number(struct entry *e, const char *value)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (*end != '\0' || n < 1 || n > 10000)
		store_refuse(e->s, "quantity: '%s' is not a number from 1 to "
		    "10000", value);
	e->request.quantity = (int)n;
}

static void
take(struct entry *e, const char *key, const char *value)
{
	struct open_request *r = &e->request;
	const char **text = text_of(r, key);

	if (text != NULL)
		*text = arena_text(&e->texts, value);
	else if (strcmp(key, "kind") == 0)
		e->has_kind = flow_kind_parse(value, &r->kind) &&
		    r->kind != KIND_RECALL;
	else if (strcmp(key, "unit") == 0)
		more_text(e, &e->units, &r->unit_count, value);
	else if (strcmp(key, "serial") == 0)
		more_text(e, &e->serials, &r->serial_count, value);
	else if (strcmp(key, "link") == 0)
		more_link(e, value);
	else if (strcmp(key, "message") == 0)
		e->act.text = arena_text(&e->texts, value);
	else if (strcmp(key, "by") == 0)
		e->act.by = arena_text(&e->texts, value);
	else if (strcmp(key, "at") == 0)
		take_time(e, value);
	else if (strcmp(key, "quantity") == 0)
		take_number(e, value);
	else if (strcmp(key, "new-unit") == 0)
		r->new_unit = strcmp(value, "1") == 0;
	else
		store_refuse(e->s, "unknown key '%s'", key);
}

/* Arrays give their key several times. */
static void
read_line(struct entry *e, const char *line)
{
	struct query *q = store_query(e->s, "SELECT coalesce(o.key, ''), "
	    "coalesce(a.value, ''), a.type IN ('text', 'integer', 'true', "
	    "'false') FROM json_each(:line) AS o, "
	    "json_each(CASE o.type WHEN 'array' THEN o.value "
	    "ELSE json_array(o.value) END) AS a WHERE o.type <> 'null'");

	bind_text(q, ":line", line);
	while (store_ok(e->s) && query_row(q)) {
		if (query_int(q, 2) == 0)
			store_refuse(e->s, "%s: not a text", query_text(q, 0));
		else
			take(e, query_text(q, 0), query_text(q, 1));
	}
	query_done(q);
}

/* Nothing, or one of the words. */
static bool
word_fits(const char *value, const char *words)
{
	return value == NULL || text_has_word(words, value);
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static void
check(struct entry *e)
{
	const struct open_request *r = &e->request;
	int64_t day;

	if (!e->has_kind)
		store_refuse(e->s, "kind: fault, emergency, expertise or "
		    "complaint is wanted");
	else if (is_blank(e->act.text))
		store_refuse(e->s, "message: say what the customer reports");
	else if ((r->kind == KIND_EMERGENCY) != (r->risk != NULL))
		store_refuse(e->s, "risk: people, property or production, for "
		    "an emergency and only for one");
	else if (!word_fits(r->risk, "people property production"))
		store_refuse(e->s, "risk: '%s' is not people, property or "
		    "production", r->risk);
	else if (!word_fits(r->channel, "phone mail web visit"))
		store_refuse(e->s, "channel: '%s' is not phone, mail, web or "
		    "visit", r->channel);
	else if (r->sold_on != NULL && !time_parse_date(r->sold_on, &day))
		store_refuse(e->s, "sold-on: '%s' is not a date", r->sold_on);
}

static bool
is_object(struct store *s, const char *line)
{
	struct query *q = store_query(s, "SELECT json_valid(:line) AND "
	    "json_type(iif(json_valid(:line), :line, 'null')) = 'object'");

	bind_text(q, ":line", line);
	return query_int_or(q, 0) != 0;
}

static int64_t
open_line(struct batch *b, const char *line)
{
	struct entry e = { .s = office_store(b->act->office), .act = *b->act };
	int64_t number = 0;

	e.act.told = e.act.warned = (struct buf){ 0 };
	if (!text_valid(line, strlen(line)) || !is_object(e.s, line))
		store_refuse(e.s, "not a JSON object");
	else
		read_line(&e, line);
	e.request.units = e.units;
	e.request.serials = e.serials;
	if (store_ok(e.s))
		check(&e);
	if (e.request.key != NULL)
		buf_text(&e.request.request, line);
	if (store_ok(e.s))
		number = open_case(&e.act, &e.request);
	if (store_ok(e.s))
		cli_after(b->cli, buf_str(&e.act.warned));
	free((void *)(uintptr_t)e.units);
	free((void *)(uintptr_t)e.serials);
	free(e.links);
	buf_free(&e.request.request);
	buf_free(&e.act.told);
	buf_free(&e.act.warned);
	arena_free(&e.texts);
	return number;
}

static void
open_all(struct store *s, void *arg)
{
	struct batch *b = arg;

	for (size_t i = 0; i < b->count && store_ok(s); i++)
		b->numbers[i] = open_line(b, b->lines[i]);
}

/* After a refusal among them, each line by itself. */
static void
open_singly(struct batch *b)
{
	struct store *s = office_store(b->act->office);

	for (size_t i = 0; i < b->count; i++) {
		enum store_status status;

		store_begin(s);
		b->numbers[i] = store_ok(s) ? open_line(b, b->lines[i]) : 0;
		status = cli_flag(b->cli, "dry-run") ? store_drop(s) :
		    store_end(s);
		if (status == STORE_OK) {
			if (!cli_flag(b->cli, "dry-run") &&
			    !cli_print_case(b->cli, b->numbers[i]))
				return;
			continue;
		}
		cli_warn(b->cli, "line %" PRId64 ": %s", b->first + (int64_t)i,
		    store_why(s));
		cli_fail(b->cli, status);
		if (status == STORE_BROKEN)
			return;
	}
}

static bool
flush(struct batch *b)
{
	struct store *s = office_store(b->act->office);
	enum store_status status;

	if (b->count == 0)
		return true;
	b->numbers = mem_zero(b->count, sizeof(*b->numbers));
	store_begin(s);
	if (store_ok(s))
		open_all(s, b);
	status = cli_flag(b->cli, "dry-run") ? store_drop(s) : store_end(s);
	if (status != STORE_OK)
		open_singly(b);
	else if (!cli_flag(b->cli, "dry-run"))
		for (size_t i = 0; i < b->count; i++)
			if (!cli_print_case(b->cli, b->numbers[i]))
				status = STORE_BROKEN;
	b->first += (int64_t)b->count;
	free(b->numbers);
	b->count = 0;
	return status != STORE_BROKEN;
}

/* The complete lines of what has been read; at the end also the rest. */
static bool
take_lines(struct batch *b, bool end)
{
	char *from, *newline, *stop;
	bool going = true;

	if (end && b->input.len > 0)
		buf_char(&b->input, '\n');
	from = b->input.data;
	stop = from + b->input.len;
	while (going && from < stop && (newline = memchr(from, '\n',
	    (size_t)(stop - from))) != NULL) {
		*newline = '\0';
		if (newline > from && newline[-1] == '\r')
			newline[-1] = '\0';
		b->lines[b->count++] = from;
		from = newline + 1;
		if (b->count == MOST_LINES)
			going = flush(b);
	}
	going = going && flush(b);
	b->input.len = (size_t)(stop - from);
	if (b->input.len > 0)
		memmove(b->input.data, from, b->input.len);
	return going;
}

void
cli_batch(struct cli *c)
{
	struct batch b = { .cli = c, .first = 1 };
	ssize_t n = 1;
	char *block;

	cli_last(c);
	b.act = cli_act_open(c);
	b.lines = mem_zero(MOST_LINES, sizeof(*b.lines));
	block = mem_alloc(BLOCK);
	while (n > 0) {
		n = read(STDIN_FILENO, block, BLOCK);
		if (n < 0 && errno == EINTR) {
			n = 1;
			continue;
		}
		if (n < 0)
			cli_usage(c, "standard input: %s", strerror(errno));
		buf_add(&b.input, block, (size_t)n);
		if (!take_lines(&b, n == 0))
			break;
	}
	free(block);
	free(b.lines);
	buf_free(&b.input);
	cli_act_close(b.act);
}
