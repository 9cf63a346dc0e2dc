/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "rules/calendar.h"
#include "view/phrase.h"

enum { GAPS = 4 };

/* Longer ones before those that they begin like; %s stands for anything. */
static const char *const reasons[] = {
	LOCAL("through %s: sold on %s, %s months"),
	LOCAL("through %s: sold on %s, %s month"),
	LOCAL("ended on %s: sold on %s, %s months"),
	LOCAL("ended on %s: sold on %s, %s month"),
	LOCAL("through %s: the unit's own end date"),
	LOCAL("ended on %s: the unit's own end date"),
	LOCAL("requested on %s (repaired, case %s)"),
	LOCAL("requested on %s (replacement of %s, case %s)"),
	LOCAL("requested on %s"),
	LOCAL("no proof of the date of purchase"),
	LOCAL("no sale date"),
	LOCAL("no warranty period for the product"),
	LOCAL("goodwill: %s"),
	LOCAL("recall %s"),
};

/* What fills the gaps of a phrase. */
struct gaps {
	const char	*text[GAPS];
	size_t		 len[GAPS];
	size_t		 count;
};

/* The end of the phrase's words before its next gap. */
static size_t
words_len(const char *phrase)
{
	const char *gap = strstr(phrase, "%s");

	return gap != NULL ? (size_t)(gap - phrase) : strlen(phrase);
}

/* Is the text the phrase, with something in each of its gaps? */
static bool
matches(const char *phrase, const char *text, struct gaps *g)
{
	size_t len = words_len(phrase);

	for (g->count = 0; strncmp(text, phrase, len) == 0; g->count++) {
		const char *end;

		text += len;
		phrase += len;
		if (*phrase == '\0')
			return *text == '\0';
		phrase += 2;
		len = words_len(phrase);
		end = len == 0 ? text + strlen(text) : text;
		while (*end != '\0' && strncmp(end, phrase, len) != 0)
			end++;
		if (end == text || g->count == GAPS)
			return false;
		g->text[g->count] = text;
		g->len[g->count] = (size_t)(end - text);
		text = end;
	}
	return false;
}

static void
fill(struct buf *b, const char *phrase, const struct gaps *g)
{
	for (size_t i = 0, len; ; i++) {
		len = words_len(phrase);
		buf_add(b, phrase, len);
		phrase += len;
		if (*phrase == '\0' || i == g->count)
			return;
		buf_add(b, g->text[i], g->len[i]);
		phrase += 2;
	}
}

static void
put_part(struct buf *b, const char *part)
{
	struct gaps gaps;

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (matches(reasons[i], part, &gaps)) {
			fill(b, local_text(reasons[i]), &gaps);
			return;
		}
	buf_text(b, part);
}

void
phrase_reason(struct buf *b, const char *reason)
{
	char *copy = mem_text(reason), *part = copy, *next;

	for (; part != NULL; part = next) {
		if ((next = strstr(part, "; ")) != NULL) {
			*next = '\0';
			next += 2;
		}
		put_part(b, part);
		buf_text(b, next != NULL ? local_text("; ") : "");
	}
	free(copy);
}

void
phrase_due(struct buf *b, const char *due)
{
	struct due parsed;

	if (!due_parse(due, &parsed) || parsed.unit == DUE_NONE) {
		buf_text(b, due);
		return;
	}
	switch (parsed.unit) {
	case DUE_NONE:
		break;
	case DUE_MINUTES:
		buf_printf(b, local_text("%d min"), parsed.n);
		break;
	case DUE_HOURS:
		buf_printf(b, local_text("%d h"), parsed.n);
		break;
	case DUE_WORKING_HOURS:
		buf_printf(b, local_text("%d wh"), parsed.n);
		break;
	case DUE_BUSINESS_DAYS:
		buf_printf(b, local_text("%d bd"), parsed.n);
		break;
	}
}
