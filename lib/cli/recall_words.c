/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/recall_words.h"
#include "state.h"

/* A list of catalogue numbers or the answer of a distributor, not a film. */
#define READ_MAX	((size_t)64 << 20)

/* Columns of a selection that are shown around the place of a mistake. */
enum { BEFORE = 40, SHOWN = 72 };

/* Options that are texts of the notice, in one language each. */
static const enum notice_element texts[] = {
	NOTICE_TITLE, NOTICE_DEFECT, NOTICE_HAZARD, NOTICE_INSTRUCTION,
	NOTICE_FIND, NOTICE_SOLD, NOTICE_ONLY_ONE, NOTICE_CONTACT
};

static bool
read_all(FILE *f, struct buf *b, struct buf *why)
{
	char block[65536];
	size_t n;

	while ((n = fread(block, 1, sizeof(block), f)) > 0) {
		buf_add(b, block, n);
		if (b->len > READ_MAX) {
			buf_text(why, local_text("over 64 MiB"));
			return false;
		}
	}
	if (ferror(f))
		buf_text(why, strerror(errno));
	else if (!text_valid(buf_str(b), b->len))
		buf_text(why, local_text("not UTF-8 text"));
	else
		return true;
	return false;
}

char *
cli_recall_read(const char *path, struct buf *why)
{
	bool standard = strcmp(path, "-") == 0, read;
	FILE *f = standard ? stdin : fopen(path, "re");
	struct buf b = { 0 };

	buf_printf(why, "%s: ", path);
	if (f == NULL) {
		buf_text(why, strerror(errno));
		return NULL;
	}
	read = read_all(f, &b, why);
	if (!standard)
		fclose(f);
	/* The mark of byte order belongs to the file. */
	if (read && strncmp(b.data, "\xef\xbb\xbf", 3) == 0)
		memmove(b.data, b.data + 3, b.len - 2);
	if (read)
		return b.data;
	buf_free(&b);
	return NULL;
}

/* "fr:TEXT": the language, and in `text` what follows; else none. */
static size_t
language_of(const char **text)
{
	for (size_t i = 0; i < RECALL_LANGUAGES; i++) {
		size_t len = strlen(recall_languages[i]);

		if (strncmp(*text, recall_languages[i], len) != 0 ||
		    (*text)[len] != ':')
			continue;
		*text += len + 1;
		*text += strspn(*text, " \t\n");
		return i;
	}
	return RECALL_LANGUAGES;
}

/* Words in no language: these two are then for all, the others must say. */
static void
take_plain(struct cli *c, struct recall_request *r, enum notice_element e,
    const char *text)
{
	const char **common = e == NOTICE_CONTACT ? &r->contact :
	    &r->only_one;

	if (e != NOTICE_CONTACT && e != NOTICE_ONLY_ONE)
		cli_usage(c, "--%s: say in which language it is: fr:TEXT or "
		    "en:TEXT", notice_element_name(e));
	if (*common != NULL)
		cli_usage(c, "--%s is given twice: '%s' and '%s'",
		    notice_element_name(e), *common, text);
	*common = text;
}

static void
take_text(struct cli *c, struct cli_recall_words *w, enum notice_element e,
    const char *text)
{
	struct recall_request *r = &w->request;
	const char *words = text;
	size_t language = language_of(&words);

	if (language >= RECALL_LANGUAGES) {
		take_plain(c, r, e, text);
		return;
	}
	if (r->texts[language][e] != NULL)
		cli_usage(c, "--%s is given twice in '%s': '%s' and '%s'",
		    notice_element_name(e), recall_languages[language],
		    r->texts[language][e], words);
	r->texts[language][e] = words;
}

static void
take_remedy(struct cli *c, struct cli_recall_words *w, const char *word,
    size_t len)
{
	char *name = arena_printf(&w->texts, "%.*s", (int)len, word);
	struct recall_request *r = &w->request;
	enum process remedy;

	if (!flow_procedure_parse(name, &remedy) ||
	    (flow_process(KIND_RECALL)->offers >> remedy & 1) == 0)
		cli_usage(c, "--remedy: '%s' is none of: exchange repair "
		    "refund", name);
	for (size_t i = 0; i < r->remedy_count; i++)
		if (w->remedies[i] == remedy)
			cli_usage(c, "--remedy: '%s' is given twice", name);
	w->remedies[r->remedy_count++] = remedy;
	r->remedies = w->remedies;
}

static void
read_remedies(struct cli *c, struct cli_recall_words *w)
{
	for (size_t i = 0; i < cli_count(c, "remedy"); i++) {
		const char *list = cli_nth(c, "remedy", i), *word;
		size_t len;

		while ((word = text_item(&list, &len)) != NULL)
			take_remedy(c, w, word, len);
	}
}

void
cli_recall_notice(struct cli *c, struct cli_recall_words *w)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *name = notice_element_name(texts[i]);

		for (size_t n = 0; n < cli_count(c, name); n++)
			take_text(c, w, texts[i], cli_nth(c, name, n));
	}
	read_remedies(c, w);
	if (w->request.remedy_count > 1 && cli_count(c, "only-one") > 0)
		cli_usage(c, "--only-one is for a single remedy");
	w->request.cause = cli_text(c, "cause");
	w->request.pilot = cli_text(c, "pilot");
}

/* Moves back to where a character begins. */
static size_t
boundary(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* The mistake, and under the selection a caret at its place. */
static _Noreturn void
point(struct cli *c, const char *option, const char *text,
    struct series_parse *p)
{
	size_t len = strlen(text), at = boundary(text, p->at);
	size_t from = at > BEFORE ? boundary(text, at - BEFORE) : 0;
	size_t to = len - from > SHOWN ? boundary(text, from + SHOWN) : len;
	struct buf shown = { 0 }, before = { 0 };

	if (from > 0)
		buf_text(&before, "...");
	text_escape_bytes(&before, text + from, at - from);
	buf_text(&shown, buf_str(&before));
	text_escape_bytes(&shown, text + at, to - at);
	if (to < len)
		buf_text(&shown, "...");
	cli_warn(c, "--%s: %s", option, buf_str(&p->why));
	fprintf(stderr, "  %s\n  %*s^\n", buf_str(&shown),
	    text_width(buf_str(&before)), "");
	cli_end(c, EXIT_USAGE);
}

static char *
read_list(void *arg, const char *path, struct buf *why)
{
	(void)arg;
	return cli_recall_read(path, why);
}

static void
read_selections(struct cli *c, struct cli_recall_words *w, const char *option)
{
	struct series_parse p = { .read = read_list,
	    .exclude = strcmp(option, "exclude") == 0 };

	for (size_t i = 0; i < cli_count(c, option); i++)
		if (!series_add(&w->series, cli_nth(c, option, i), &p))
			point(c, option, cli_nth(c, option, i), &p);
	buf_free(&p.why);
}

void
cli_recall_series(struct cli *c, struct cli_recall_words *w)
{
	if (cli_count(c, "select") == 0)
		cli_usage(c, "which units? say so with --select");
	read_selections(c, w, "select");
	read_selections(c, w, "exclude");
	w->request.series = &w->series;
}

void
cli_recall_words_free(struct cli_recall_words *w)
{
	series_free(&w->series);
	buf_free(&w->request.request);
	arena_free(&w->texts);
}
