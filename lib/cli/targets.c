/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "state.h"

/* A line of a list may be long, and only its first fields count. */
enum { LINE_MOST = 64 * 1024 };

/* One operand or line. */
struct named {
	int64_t	 case_id;
	int	 item;
	size_t	 place;		/* among the operands */
	char	*unit;
};

struct named_list {
	struct named	*row;
	size_t		 count, size;
};

/* What the two ways of naming cases share. */
struct walk {
	struct cli	*c;
	cli_target_fn	*fn;
	void		*arg;
	struct named_list list;
};

static void
append(struct named_list *l, struct named row)
{
	if (l->count == l->size) {
		l->size = l->size * 2 + 16;
		l->row = mem_array(l->row, l->size, sizeof(*l->row));
	}
	row.place = l->count;
	l->row[l->count++] = row;
}

static void
empty(struct named_list *l)
{
	while (l->count > 0)
		free(l->row[--l->count].unit);
}

#define ORDER(a, b)	(((a) > (b)) - ((a) < (b)))

static int
by_case(const void *one, const void *other)
{
	const struct named *a = one, *b = other;

	if (a->case_id != b->case_id)
		return ORDER(a->case_id, b->case_id);
	if (a->item != b->item)
		return ORDER(a->item, b->item);
	return ORDER(a->place, b->place);
}

/* Why the sorted rows of one case contradict each other, or NULL. A number
 * beside one of its items would quietly mean more, or less, than was meant. */
static const char *
contradiction(const struct named *row, size_t count)
{
	size_t i;

	for (i = 1; i < count; i++) {
		if (row[i - 1].item == 0 && row[i].item != 0)
			return local_text("the case and its items are both "
			    "named; say either");
		if (row[i - 1].item == row[i].item && row[i].unit != NULL &&
		    (row[i - 1].unit == NULL ||
		    strcmp(row[i - 1].unit, row[i].unit) != 0))
			return local_text("two units are given for the same "
			    "item");
	}
	return NULL;
}

/* Hands over the sorted rows of one case, each item once. */
static bool
hand_over(struct walk *w, const struct named *row, size_t count)
{
	struct target_item *items = mem_zero(count, sizeof(*items));
	struct target target = { row->case_id, items, 0 };
	bool go_on;
	size_t i;

	for (i = 0; i < count; i++) {
		if (i > 0 && row[i].item == row[i - 1].item)
			continue;
		items[target.count].item = row[i].item;
		items[target.count++].unit = row[i].unit;
	}
	go_on = w->fn(w->c, &target, w->arg);
	free(items);
	return go_on;
}

/* The rows of one case within the sorted list. */
struct group {
	size_t	start, count;
	size_t	place;		/* where the case was named first */
};

static int
by_place(const void *one, const void *other)
{
	const struct group *a = one, *b = other;

	return ORDER(a->place, b->place);
}

/* Sorts the rows and tells the cases apart; for the caller to free. */
static struct group *
group(struct named_list *l, size_t *count)
{
	struct group *groups = mem_zero(l->count, sizeof(*groups));
	size_t i, n = 0;

	qsort(l->row, l->count, sizeof(*l->row), by_case);
	for (i = 0; i < l->count; i++) {
		if (i == 0 || l->row[i].case_id != l->row[i - 1].case_id)
			groups[n++] = (struct group){ i, 0, l->row[i].place };
		groups[n - 1].count++;
		if (l->row[i].place < groups[n - 1].place)
			groups[n - 1].place = l->row[i].place;
	}
	qsort(groups, n, sizeof(*groups), by_place);
	*count = n;
	return groups;
}

static _Noreturn void
refuse_rows(const struct cli *c, const struct named *row, const char *why)
{
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, row->case_id);
	operand_refuse(c, number, why);
}

/* All of them are checked before the first is handed over. */
static void
from_operands(struct walk *w)
{
	struct named_list *l = &w->list;
	struct group *groups;
	const char *text, *why;
	size_t i, n;

	while ((text = cli_next(w->c)) != NULL) {
		struct named row = { 0 };

		why = operand_parse(text, &row.case_id, &row.item);
		if (why != NULL)
			operand_refuse(w->c, text, why);
		append(l, row);
	}
	groups = group(l, &n);
	for (i = 0; i < n; i++) {
		why = contradiction(l->row + groups[i].start, groups[i].count);
		if (why != NULL)
			refuse_rows(w->c, l->row + groups[i].start, why);
	}
	for (i = 0; i < n; i++)
		if (!hand_over(w, l->row + groups[i].start, groups[i].count))
			break;
	free(groups);
}

/* The lines gathered so far, which are about one case. */
static bool
finish_lines(struct walk *w)
{
	struct named_list *l = &w->list;
	const char *why;
	bool go_on = true;

	if (l->count == 0)
		return true;
	qsort(l->row, l->count, sizeof(*l->row), by_case);
	why = contradiction(l->row, l->count);
	if (why != NULL) {
		cli_warn(w->c, "%" PRId64 ": %s", l->row->case_id, why);
		cli_worsen(w->c, EXIT_USAGE);
	} else
		go_on = hand_over(w, l->row, l->count);
	empty(l);
	return go_on;
}

/* "1000423/3" or "1000423/3 TAB REF:SERIAL"; with more fields it is a list's
 * line, of which only the first is meant. Answers what is wrong, or NULL. */
static const char *
read_line(char *line, size_t len, struct named *row)
{
	char *rest;

	if (strlen(line) != len)
		return local_text("a NUL in the line");
	if (!text_valid(line, len))
		return local_text("not UTF-8");
	rest = strchr(line, '\t');
	if (rest != NULL)
		*rest++ = '\0';
	if (rest != NULL && *rest != '\0' && strchr(rest, '\t') == NULL)
		row->unit = rest;
	return operand_parse(line, &row->case_id, &row->item);
}

static bool
take_line(struct walk *w, char *line, size_t len)
{
	struct named_list *l = &w->list;
	struct named row = { 0 };
	const char *why;
	bool go_on = true;

	if (len == 0)
		return true;
	why = len == LINE_MOST ? local_text("over 64 KiB long") :
	    read_line(line, len, &row);
	if (why != NULL) {
		cli_warn(w->c, "%.100s: %s", line, why);
		cli_worsen(w->c, EXIT_USAGE);
		return true;
	}
	if (l->count > 0 && l->row->case_id != row.case_id)
		go_on = finish_lines(w);
	row.unit = mem_text(row.unit);
	append(l, row);
	return go_on;
}

/* Without the end of the line, which may be that of another system, and blanks
 * around it, as of what other tools have lined up. */
static char *
trim(char *line, size_t *len, int separator)
{
	size_t blanks;

	if (*len > 0 && separator == '\n' && line[*len - 1] == '\r')
		(*len)--;
	while (*len > 0 && line[*len - 1] == ' ')
		(*len)--;
	line[*len] = '\0';
	blanks = strspn(line, " ");
	*len -= blanks;
	return line + blanks;
}

/* The next line without its end; of one that is too long LINE_MOST bytes, no
 * less. False: no more. */
static bool
next_line(char *line, size_t *len, int separator)
{
	int c = getc_unlocked(stdin);

	if (c == EOF)
		return false;
	for (*len = 0; c != EOF && c != separator; c = getc_unlocked(stdin))
		if (*len < LINE_MOST)
			line[(*len)++] = (char)c;
	line[*len] = '\0';
	return true;
}

static void
from_input(struct walk *w)
{
	int separator = cli_given(w->c, "null") ? '\0' : '\n';
	char *line = mem_alloc(LINE_MOST + 1), *text;
	bool go_on = true;
	size_t len;

	while (go_on && next_line(line, &len, separator)) {
		text = len < LINE_MOST ? trim(line, &len, separator) : line;
		go_on = take_line(w, text, len);
	}
	if (go_on && ferror(stdin)) {
		cli_warn(w->c, "standard input: %s", strerror(errno));
		cli_fail(w->c, STORE_BROKEN);
	}
	if (go_on)
		(void)finish_lines(w);
	empty(&w->list);
	free(line);
}

void
cli_targets(struct cli *c, cli_target_fn *fn, void *arg)
{
	struct walk w = { .c = c, .fn = fn, .arg = arg };

	if (cli_peek(c) != NULL)
		from_operands(&w);
	else if (c->input_taken)
		cli_usage(c, "standard input cannot be both the words and "
		    "the cases: name the cases");
	else {
		if (isatty(STDIN_FILENO) && !cli_given(c, "quiet"))
			cli_warn(c, "reading case numbers from the terminal, "
			    "one a line; end with Ctrl-D");
		from_input(&w);
	}
	free(w.list.row);
}
