/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "state.h"

/* Words, not a document: that is what --attach is for. */
#define WORDS_MAX	((size_t)1 << 20)

static void
read_all(const struct cli *c, FILE *f, struct buf *b)
{
	char block[8192];
	size_t n;

	while ((n = fread(block, 1, sizeof(block), f)) > 0) {
		buf_add(b, block, n);
		if (b->len > WORDS_MAX)
			cli_usage(c, "--file: over 1 MiB of words");
	}
	if (ferror(f))
		cli_usage(c, "--file: cannot be read: %s", strerror(errno));
}

static bool
blank(const char *text)
{
	return text[strspn(text, " \t\r\n\f\v")] == '\0';
}

/* Without the mark of byte order and the newlines at the end, which belong to
 * the file and not to the words. */
static void
trim(struct buf *b)
{
	if (b->len >= 3 && memcmp(b->data, "\xef\xbb\xbf", 3) == 0) {
		memmove(b->data, b->data + 3, b->len - 3);
		b->len -= 3;
	}
	while (b->len > 0 &&
	    (b->data[b->len - 1] == '\n' || b->data[b->len - 1] == '\r'))
		b->len--;
}

FILE *
cli_fopen(const struct cli *c, const char *path)
{
	if (c->store != NULL && store_owns(c->store, path))
		cli_usage(c, "%s: is the file of the cases itself, which is in "
		    "use here; case-audit backup makes a copy", path);
	return fopen(path, "re");
}

static char *
from_file(struct cli *c, const char *name)
{
	struct buf b = { 0 };
	FILE *f = stdin;

	if (strcmp(name, "-") != 0)
		f = cli_fopen(c, name);
	else if (c->command->cases && cli_peek(c) == NULL)
		cli_usage(c, "--file -: standard input cannot be both the "
		    "words and the cases: name the cases");
	else
		c->input_taken = true;
	if (f != NULL)
		read_all(c, f, &b);
	else
		cli_usage(c, "--file: %s: %s", name, strerror(errno));
	if (f != stdin)
		fclose(f);
	trim(&b);
	if (!text_valid(buf_str(&b), b.len))
		cli_usage(c, "--file: %s: not UTF-8 text", name);
	return b.data;
}

static char *
from_options(const struct cli *c)
{
	struct buf b = { 0 };
	size_t i, n = cli_count(c, "message");

	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_text(&b, "\n\n");
		buf_text(&b, cli_nth(c, "message", i));
	}
	buf_str(&b);
	return b.data;
}

const char *
cli_message(struct cli *c)
{
	bool options = cli_given(c, "message"), file = cli_given(c, "file");

	if (c->message != NULL)
		return c->message;
	if (options && file)
		cli_usage(c, "--message and --file exclude each other");
	if (options)
		c->message = from_options(c);
	else if (file)
		c->message = from_file(c, cli_text(c, "file"));
	if (c->message != NULL && blank(c->message))
		cli_usage(c, "--%s: there are no words in it",
		    options ? "message" : "file");
	return c->message;
}

/* --dry-run is one of them: what is tried first is the same request. */
static bool
is_request(const char *name)
{
	return !text_has_word("key dry-run drill json columns quiet null units "
	    "customers", name);
}

/* One option as often as it was given, in that order. */
static void
put_option(struct cli *c, const char *name)
{
	struct json *j = &c->request;

	for (size_t i = 0; i < c->value_count; i++) {
		if (strcmp(c->values[i].option->name, name) != 0)
			continue;
		json_text(j, NULL, name);
		json_text(j, NULL, strcmp(name, "file") == 0 ?
		    cli_message(c) : c->values[i].text);
	}
}

/* In the order of the table: it does not matter which option came first. */
const char *
cli_request(struct cli *c)
{
	const struct cli_option *o;
	struct json *j = &c->request;

	json_clear(j);
	json_array(j, NULL);
	for (o = c->command->options; o->name != NULL; o++)
		if (is_request(o->name))
			put_option(c, o->name);
	json_text(j, NULL, "");
	for (size_t i = 0; i < c->count; i++)
		json_text(j, NULL, c->operands[i]);
	json_end_array(j);
	return json_str(j);
}
