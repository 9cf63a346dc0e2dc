/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/time.h"
#include "rules/natural.h"
#include "rules/series.h"

/* A text that is being read: `at` is the place reached. */
struct reader {
	const char	*text;
	size_t		 at;
	struct series_parse *p;
	struct series_selection sel;
};

/* One side of a range, or a whole value. */
struct bound {
	bool		 given;
	bool		 quoted;
	size_t		 at;
	struct buf	 text;
};

static bool __attribute__((__format__(__printf__, 3, 4)))
refuse(struct reader *r, size_t at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_clear(&r->p->why);
	buf_vprintf(&r->p->why, local_text(fmt), ap);
	va_end(ap);
	r->p->at = at;
	return false;
}

static void
skip_blanks(struct reader *r)
{
	r->at += strspn(r->text + r->at, " \t\r\n");
}

static bool
ranged(enum series_key key)
{
	return key != SERIES_REFERENCE && key != SERIES_PLANT;
}

static bool
dated(enum series_key key)
{
	return key == SERIES_MADE || key == SERIES_SOLD;
}

static bool
read_key(struct reader *r, enum series_key *key)
{
	const char *word = r->text + r->at;
	size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-");

	for (enum series_key k = 0; k < SERIES_KEYS; k++)
		if (strlen(series_key_name(k)) == len &&
		    strncmp(series_key_name(k), word, len) == 0) {
			*key = k;
			r->at += len;
			skip_blanks(r);
			if (r->text[r->at] == '=') {
				r->at++;
				return true;
			}
			return refuse(r, r->at, "'=' is missing after '%s'",
			    series_key_name(k));
		}
	if (len == 0)
		return refuse(r, r->at, "a condition is missing; as in "
		    "lot=200561..220233");
	return refuse(r, r->at, "'%.*s' is no key; keys are reference, serial, "
	    "lot, made, sold, plant", (int)len, word);
}

static bool
read_quoted(struct reader *r, struct bound *b)
{
	size_t start = r->at++;

	b->quoted = true;
	for (; r->text[r->at] != '\0'; r->at++) {
		if (r->text[r->at] == '"' && r->text[++r->at] != '"')
			return true;
		buf_char(&b->text, r->text[r->at]);
	}
	return refuse(r, start, "the quote is not closed");
}

static void
read_bare(struct reader *r, struct bound *b, bool range)
{
	const char *start = r->text + r->at, *end = start;

	while (*end != '\0' && *end != ',' &&
	    !(range && strncmp(end, "..", 2) == 0))
		end++;
	r->at += (size_t)(end - start);
	while (end > start && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	buf_add(&b->text, start, (size_t)(end - start));
}

static bool
read_bound(struct reader *r, struct bound *b, bool range)
{
	skip_blanks(r);
	b->at = r->at;
	if (r->text[r->at] == '"') {
		if (!read_quoted(r, b))
			return false;
		skip_blanks(r);
	} else
		read_bare(r, b, range);
	b->given = b->quoted || b->text.len > 0;
	if (b->quoted && b->text.len == 0)
		return refuse(r, b->at, "nothing is between the quotes");
	return true;
}

/* As units compare; NULL for an open end. */
static char *
comparable(enum series_key key, struct bound *b)
{
	struct buf natural = { 0 };

	if (!b->given)
		return NULL;
	if (key != SERIES_SERIAL && key != SERIES_LOT)
		return mem_text(buf_str(&b->text));
	natural_key(&natural, buf_str(&b->text));
	buf_str(&natural);
	return natural.data;
}

static void
write_bound(struct buf *out, struct bound *b)
{
	if (!b->quoted) {
		buf_text(out, buf_str(&b->text));
		return;
	}
	buf_char(out, '"');
	for (const char *c = buf_str(&b->text); *c != '\0'; c++) {
		if (*c == '"')
			buf_char(out, '"');
		buf_char(out, *c);
	}
	buf_char(out, '"');
}

static struct series_condition *
add(struct reader *r, enum series_key key)
{
	struct series_selection *sel = &r->sel;
	struct series_condition *c;

	sel->conditions = mem_array(sel->conditions, sel->count + 1,
	    sizeof(*sel->conditions));
	c = &sel->conditions[sel->count++];
	*c = (struct series_condition){ .key = key };
	return c;
}

/* The references of a list, each as a condition. */
static bool
add_list(struct reader *r, char *list, size_t at)
{
	static const char between[] = ", \t\r\n;";
	size_t count = r->sel.count;
	char *save = NULL, *word;

	for (word = strtok_r(list, between, &save); word != NULL;
	    word = strtok_r(NULL, between, &save)) {
		struct bound b = { .given = true, .quoted = true };
		struct series_condition *c = add(r, SERIES_REFERENCE);
		struct buf text = { 0 };

		c->from = mem_text(word);
		c->to = mem_text(word);
		buf_text(&b.text, word);
		b.quoted = strpbrk(word, "*?[@\"") != NULL;
		write_bound(&text, &b);
		c->text = text.data;
		buf_free(&b.text);
	}
	return r->sel.count > count ||
	    refuse(r, at, "the file lists no reference");
}

static bool
read_list(struct reader *r, const struct bound *b)
{
	struct buf path = b->text;
	const char *name = buf_str(&path) + 1;
	char *list;
	bool done;

	if (*name == '\0')
		return refuse(r, b->at, "which file? write @FILE");
	if (r->p->read == NULL)
		return refuse(r, b->at, "no file can be named here");
	buf_clear(&r->p->why);
	list = r->p->read(r->p->arg, name, &r->p->why);
	if (list == NULL) {
		r->p->at = b->at;
		return false;
	}
	done = add_list(r, list, b->at);
	free(list);
	return done;
}

/* What is wrong with the texts as such. */
static bool
check_value(struct reader *r, enum series_key key, struct bound *b)
{
	const char *text = buf_str(&b->text);
	int64_t day;

	if (!b->given)
		return true;
	if (dated(key) && !time_parse_date(text, &day))
		return refuse(r, b->at, "'%s' is no date; as in 2026-04-30",
		    text);
	if (b->quoted)
		return true;
	if (key != SERIES_REFERENCE && strpbrk(text, "*?[") != NULL)
		return refuse(r, b->at + strcspn(text, "*?["),
		    "patterns are for reference; write %s", ranged(key) ?
		    local_text("a range A..B") : local_text("the code"));
	if (ranged(key) && strstr(text, "..") != NULL)
		return refuse(r, b->at + (size_t)(strstr(text, "..") - text),
		    "a range has two ends; repeat the key for another");
	if (strpbrk(text, "=\"") != NULL)
		return refuse(r, b->at + strcspn(text, "=\""),
		    "a comma is missing before this, or quotes around '%s'",
		    text);
	return true;
}

static void
take(struct reader *r, enum series_key key, struct bound *bounds, bool range)
{
	struct series_condition *c = add(r, key);
	struct buf text = { 0 };

	c->glob = key == SERIES_REFERENCE && !bounds[0].quoted &&
	    strpbrk(buf_str(&bounds[0].text), "*?[") != NULL;
	c->from = comparable(key, &bounds[0]);
	c->to = comparable(key, &bounds[range ? 1 : 0]);
	write_bound(&text, &bounds[0]);
	if (range) {
		buf_text(&text, "..");
		write_bound(&text, &bounds[1]);
	}
	buf_str(&text);
	c->text = text.data;
}

static bool
finish_value(struct reader *r, enum series_key key, struct bound *bounds,
    bool range)
{
	const struct series_condition *c;

	if (!bounds[0].given && !bounds[1].given)
		return refuse(r, bounds[0].at, range ?
		    LOCAL("a range needs one end at least") :
		    LOCAL("a value is missing"));
	if (!check_value(r, key, &bounds[0]) ||
	    !check_value(r, key, &bounds[1]))
		return false;
	if (key == SERIES_REFERENCE && !bounds[0].quoted &&
	    bounds[0].text.data[0] == '@')
		return read_list(r, &bounds[0]);
	take(r, key, bounds, range);
	c = &r->sel.conditions[r->sel.count - 1];
	if (c->from != NULL && c->to != NULL && strcmp(c->from, c->to) > 0)
		return refuse(r, bounds[0].at, "the range runs backwards: "
		    "'%s' comes after '%s'", buf_str(&bounds[0].text),
		    buf_str(&bounds[1].text));
	return true;
}

static bool
read_value(struct reader *r, enum series_key key)
{
	struct bound bounds[2] = { { 0 }, { 0 } };
	bool range = false, done;

	done = read_bound(r, &bounds[0], ranged(key));
	if (done && ranged(key) && strncmp(r->text + r->at, "..", 2) == 0) {
		range = true;
		r->at += 2;
		done = read_bound(r, &bounds[1], false);
	}
	if (done && r->text[r->at] != ',' && r->text[r->at] != '\0')
		done = refuse(r, r->at, "a comma is missing before this");
	done = done && finish_value(r, key, bounds, range);
	buf_free(&bounds[0].text);
	buf_free(&bounds[1].text);
	return done;
}

static bool
read_selection(struct reader *r)
{
	enum series_key key = SERIES_REFERENCE;

	for (;;) {
		skip_blanks(r);
		if (!read_key(r, &key) || !read_value(r, key))
			return false;
		if (r->text[r->at] == '\0')
			return true;
		r->at++;
	}
}

bool
series_add(struct series *s, const char *text, struct series_parse *p)
{
	struct reader r = { .text = text, .p = p };
	struct series mistake = { 0 };
	bool done = read_selection(&r);
	struct series *into = done ? s : &mistake;

	r.sel.exclude = p->exclude;
	into->selections = mem_array(into->selections, into->count + 1,
	    sizeof(*into->selections));
	into->selections[into->count++] = r.sel;
	series_free(&mistake);
	return done;
}
