/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "load_private.h"
#include "rules/address.h"
#include "rules/holidays.h"
#include "service/setting.h"

/* Each answers why the text is none of its kind, or NULL, and appends what is
 * stored. The reason is one text, since nearly every field is good. */
typedef const char *field_fn(struct loader *l, const struct load_column *c,
	    const char *text, struct buf *out);

static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

static const char *
take_text(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	(void)l;
	(void)c;
	buf_text(out, text);
	return NULL;
}

/* A colon parts reference and serial where both are given. */
static const char *
take_code(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	if (has_control(text) || strpbrk(text, " :=") != NULL)
		return local_text("has a blank, a colon, an equals sign or a "
		    "control character");
	return take_text(l, c, text, out);
}

static const char *
take_serial(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	if (has_control(text))
		return local_text("has a control character");
	return take_text(l, c, text, out);
}

static const char *
take_email(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	if (!address_valid(text))
		return local_text("is no mail address");
	return take_text(l, c, text, out);
}

static const char *
take_word(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	if (!text_has_word(c->words, text))
		return local_text("is none of:");
	return take_text(l, c, text, out);
}

/* One blank between words, so that the same list is the same text. */
static const char *
take_words(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	const char *word;
	size_t len;

	(void)l;
	if (has_control(text))
		return local_text("has a control character");
	for (word = text; (word = text_word(word, &len)) != NULL; word += len) {
		char *one = mem_printf("%.*s", (int)len, word);
		bool good = c->words == NULL || text_has_word(c->words, one);

		if (out->len > 0)
			buf_char(out, ' ');
		buf_text(out, one);
		free(one);
		if (!good)
			return local_text("has a word that is none of:");
	}
	return NULL;
}

static const char *
take_region(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	char *name;
	bool known;

	(void)c;
	name = mem_printf("calendar.%s.zone", text);
	known = holidays_shipped(text) || setting_get(l->s, name) != NULL;
	free(name);
	if (!known)
		return local_text("has no calendar; set calendar.REGION.zone "
		    "and .hours first");
	return take_code(l, c, text, out);
}

static const char *
take_number(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	const char *why;
	int64_t n;

	(void)l;
	n = strtonum(text, 0, c->most, &why);
	if (why != NULL && strcmp(why, "too large") == 0)
		return local_text("is too large");
	if (why != NULL || text[strspn(text, "0123456789")] != '\0')
		return local_text("is no whole number, 0 or more");
	buf_printf(out, "%" PRId64, n);
	return NULL;
}

static const char *
take_yes(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	(void)l;
	(void)c;
	if (!text_has_word("yes no true false 1 0", text))
		return local_text("is neither yes nor no");
	buf_char(out, text_has_word("yes true 1", text) ? '1' : '0');
	return NULL;
}

static const char *
take_date(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	int64_t days;

	if (!time_parse_date(text, &days))
		return local_text("is no date: YYYY-MM-DD");
	return take_text(l, c, text, out);
}

/* Relative times are for people; a file would mean another thing every day. */
static const char *
take_time(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	int64_t at;

	(void)c;
	if (*text < '0' || *text > '9' ||
	    !time_parse(text, l->zone, 0, &at, NULL))
		return local_text("is no time: YYYY-MM-DDTHH:MM");
	buf_printf(out, "%" PRId64, at);
	return NULL;
}

static const char *
take_reference(struct loader *l, const struct load_column *c,
    const char *text, struct buf *out)
{
	if (!load_known_code(l, c->words, text))
		return local_text("is not known among the");
	return take_text(l, c, text, out);
}

static field_fn *const takers[] = {
	[LOAD_TEXT] = take_text,
	[LOAD_CODE] = take_code,
	[LOAD_SERIAL] = take_serial,
	[LOAD_EMAIL] = take_email,
	[LOAD_WORD] = take_word,
	[LOAD_WORDS] = take_words,
	[LOAD_LANGUAGE] = take_word,
	[LOAD_REGION] = take_region,
	[LOAD_NUMBER] = take_number,
	[LOAD_YES] = take_yes,
	[LOAD_DATE] = take_date,
	[LOAD_TIME] = take_time,
	[LOAD_REFERS] = take_reference,
};

void
load_field(struct loader *l, const struct load_column *c, const char *text,
    struct buf *out)
{
	const char *why = takers[c->kind](l, c, text, out);

	if (why == NULL)
		return;
	if (c->words != NULL)
		load_complain(l, l->row.line, c->name, "'%.80s' %s %s", text,
		    why, c->words);
	else
		load_complain(l, l->row.line, c->name, "'%.80s' %s", text, why);
}
