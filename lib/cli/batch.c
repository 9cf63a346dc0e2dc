/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch_line.h"
#include "cli/batch.h"
#include "state.h"

#define MOST_LINES	500	/* in one transaction */
#define BLOCK		65536
#define LINE_MOST	((size_t)4 << 20)	/* bytes */

struct line {
	char	*text;			/* borrowed from input */
	size_t	 len;
	int64_t	 at;			/* in the input, from 1 */
	int64_t	 number;		/* of its case */
};

struct batch {
	struct cli	*cli;
	struct act	*act;
	struct line	*lines;
	size_t		 count;
	int64_t		 read;		/* lines so far */
	bool		 passing;		/* over too long a line */
	struct buf	 input;
};

/* Some neighbouring lines in one transaction. */
static enum store_status
open_lines(struct batch *b, struct line *lines, size_t count)
{
	struct store *s = office_store(b->act->office);
	enum store_status status;

	cli_begin(b->cli, s);
	for (size_t i = 0; i < count && store_ok(s); i++)
		lines[i].number = batch_line(b->cli, b->act, lines[i].text,
		    lines[i].len);
	status = cli_finish(b->cli, s);
	if (status != STORE_OK)
		return status;
	cli_say(b->cli);
	for (size_t i = 0; i < count && !cli_flag(b->cli, "dry-run"); i++)
		if (!cli_print_case(b->cli, lines[i].number))
			return STORE_BROKEN;
	return STORE_OK;
}

/* After a refusal among them, each line by itself. */
static enum store_status
open_singly(struct batch *b)
{
	enum store_status status = STORE_OK;

	for (size_t i = 0; i < b->count && status != STORE_BROKEN; i++) {
		status = open_lines(b, &b->lines[i], 1);
		if (status == STORE_OK || b->cli->output_failed)
			continue;
		cli_warn(b->cli, "line %" PRId64 ": %s", b->lines[i].at,
		    store_why(office_store(b->act->office)));
		cli_fail(b->cli, status);
	}
	return status;
}

static bool
flush(struct batch *b)
{
	enum store_status status;

	if (b->count == 0)
		return true;
	status = open_lines(b, b->lines, b->count);
	if (status != STORE_OK && !b->cli->output_failed)
		status = open_singly(b);
	b->count = 0;
	store_relieve(office_store(b->act->office), STORE_LOG_LARGE);
	return status != STORE_BROKEN;
}

/* Blank lines count, and that is all. */
static void
take_line(struct batch *b, char *from, char *end)
{
	b->read++;
	if (end > from && end[-1] == '\r')
		end--;
	*end = '\0';
	if (end > from)
		b->lines[b->count++] = (struct line){ .text = from,
		    .len = (size_t)(end - from), .at = b->read };
}

/* A line without end is told, and not kept. */
static void
bound_line(struct batch *b)
{
	if (b->input.len <= LINE_MOST)
		return;
	cli_warn(b->cli, "line %" PRId64 ": over 4 MiB long", ++b->read);
	cli_fail(b->cli, STORE_REFUSED);
	b->input.len = 0;
	b->passing = true;
}

/* What is left of a block after a line that was too long. */
static void
add_block(struct batch *b, const char *block, size_t len)
{
	const char *newline;

	if (b->passing && (newline = memchr(block, '\n', len)) != NULL) {
		len -= (size_t)(newline + 1 - block);
		block = newline + 1;
		b->passing = false;
	}
	if (!b->passing)
		buf_add(&b->input, block, len);
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
		take_line(b, from, newline);
		from = newline + 1;
		if (b->count == MOST_LINES)
			going = flush(b);
	}
	going = going && flush(b);
	b->input.len = (size_t)(stop - from);
	if (b->input.len > 0)
		memmove(b->input.data, from, b->input.len);
	bound_line(b);
	return going;
}

void
cli_batch(struct cli *c)
{
	struct batch b = { .cli = c };
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
		add_block(&b, block, (size_t)n);
		if (!take_lines(&b, n == 0))
			break;
	}
	free(block);
	free(b.lines);
	buf_free(&b.input);
	cli_act_close(b.act);
}
