/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/mem.h"

/* Deeper than anything that is written here; a mistake beyond. */
enum { DEPTH = 64 };

void
json_read_begin(struct json_reader *r, const char *text)
{
	/* Escaped or not, a text is never longer than how it is written. */
	*r = (struct json_reader){ .at = text,
	    .room = mem_alloc(strlen(text) + 1) };
}

void
json_read_end(struct json_reader *r)
{
	free(r->room);
	*r = (struct json_reader){ .at = "", .bad = true };
}

void
json_read_forget(struct json_reader *r)
{
	r->used = 0;
}

static bool
fail(struct json_reader *r)
{
	r->bad = true;
	return false;
}

static void
skip_blanks(struct json_reader *r)
{
	while (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' ||
	    *r->at == '\r')
		r->at++;
}

static bool
take(struct json_reader *r, char c)
{
	if (r->bad)
		return false;
	skip_blanks(r);
	if (*r->at != c)
		return false;
	r->at++;
	return true;
}

static bool
enter(struct json_reader *r, char c)
{
	r->first = true;
	return take(r, c) || fail(r);
}

bool
json_read_object(struct json_reader *r)
{
	return enter(r, '{');
}

bool
json_read_array(struct json_reader *r)
{
	return enter(r, '[');
}

/* Another member, or the end of the container? */
static bool
go_on(struct json_reader *r, char end)
{
	bool first = r->first;

	r->first = false;
	if (r->bad || take(r, end))
		return false;
	return first || take(r, ',') || fail(r);
}

static int
hexadecimal(const char *text)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		const char *digits = "0123456789abcdef0123456789ABCDEF";
		const char *d = text[i] != '\0' ? strchr(digits, text[i]) :
		    NULL;

		if (d == NULL)
			return -1;
		value = value * 16 + (int)((d - digits) % 16);
	}
	return value;
}

static void
put(struct json_reader *r, uint32_t c)
{
	char *out = r->room + r->used;

	if (c < 0x80) {
		out[0] = (char)c;
		r->used += 1;
	} else if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		r->used += 2;
	} else if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		r->used += 3;
	} else {
		out[0] = (char)(0xf0 | c >> 18);
		out[1] = (char)(0x80 | (c >> 12 & 0x3f));
		out[2] = (char)(0x80 | (c >> 6 & 0x3f));
		out[3] = (char)(0x80 | (c & 0x3f));
		r->used += 4;
	}
}

/* After "\u": one or, for a pair of surrogates, two of them. No NUL. */
static bool
take_code(struct json_reader *r)
{
	int high = hexadecimal(r->at), low;

	if (high <= 0 || (high >= 0xdc00 && high <= 0xdfff))
		return fail(r);
	r->at += 4;
	if (high < 0xd800 || high > 0xdfff) {
		put(r, (uint32_t)high);
		return true;
	}
	if (r->at[0] != '\\' || r->at[1] != 'u')
		return fail(r);
	low = hexadecimal(r->at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return fail(r);
	r->at += 6;
	put(r, 0x10000 + ((uint32_t)(high - 0xd800) << 10) +
	    (uint32_t)(low - 0xdc00));
	return true;
}

static bool
take_escape(struct json_reader *r)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char means[] = "\"\\/\b\f\n\r\t";
	const char *letter;
	char c = *r->at;

	if (c == '\0')
		return fail(r);
	r->at++;
	if (c == 'u')
		return take_code(r);
	letter = strchr(letters, c);
	if (letter == NULL)
		return fail(r);
	r->room[r->used++] = means[letter - letters];
	return true;
}

/* A run of bytes that stand for themselves. */
static void
take_run(struct json_reader *r)
{
	const char *start = r->at;

	while ((unsigned char)*r->at >= 0x20 && *r->at != '"' &&
	    *r->at != '\\')
		r->at++;
	memcpy(r->room + r->used, start, (size_t)(r->at - start));
	r->used += (size_t)(r->at - start);
}

static bool
take_text(struct json_reader *r, const char **text, size_t *len)
{
	char *start = r->room + r->used;

	if (!take(r, '"'))
		return fail(r);
	for (;;) {
		take_run(r);
		if (*r->at == '"')
			break;
		if (*r->at++ != '\\' || !take_escape(r))
			return fail(r);
	}
	r->at++;
	*text = start;
	*len = (size_t)(r->room + r->used - start);
	r->room[r->used++] = '\0';
	return true;
}

bool
json_read_key(struct json_reader *r, const char **key)
{
	size_t len;

	return go_on(r, '}') && take_text(r, key, &len) &&
	    (take(r, ':') || fail(r));
}

bool
json_read_element(struct json_reader *r)
{
	return go_on(r, ']');
}

static bool
take_number(struct json_reader *r, int64_t *number)
{
	bool negative = *r->at == '-';
	uint64_t most = (uint64_t)INT64_MAX + negative, value = 0;
	const char *digits = r->at += negative;

	for (; *r->at >= '0' && *r->at <= '9'; r->at++) {
		uint64_t digit = (uint64_t)(*r->at - '0');

		if (value > (most - digit) / 10)
			return fail(r);
		value = value * 10 + digit;
	}
	if (r->at == digits || (*digits == '0' && r->at > digits + 1) ||
	    *r->at == '.' || *r->at == 'e' || *r->at == 'E')
		return fail(r);
	*number = negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}

static bool
take_word(struct json_reader *r, struct json_value *value)
{
	static const struct {
		const char	*word;
		enum json_type	 type;
		int64_t		 number;
	} words[] = {
		{ "null", JSON_NULL, 0 }, { "true", JSON_INT, 1 },
		{ "false", JSON_INT, 0 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i].word);

		if (strncmp(r->at, words[i].word, len) != 0)
			continue;
		r->at += len;
		value->type = words[i].type;
		value->number = words[i].number;
		return true;
	}
	return fail(r);
}

/* As far as brackets and quotes go; what stands between them was or will be
 * read by somebody who wants it. */
static bool
pass_over(struct json_reader *r)
{
	size_t used = r->used, len;
	const char *text;
	int depth = 0;

	do {
		if (*r->at == '"') {
			if (!take_text(r, &text, &len))
				return false;
			r->used = used;
			continue;
		}
		if (*r->at == '{' || *r->at == '[')
			depth++;
		else if (*r->at == '}' || *r->at == ']')
			depth--;
		if (*r->at++ == '\0' || depth > DEPTH)
			return fail(r);
	} while (depth > 0);
	return true;
}

bool
json_read_value(struct json_reader *r, struct json_value *value)
{
	*value = (struct json_value){ .type = JSON_NULL };
	if (r->bad)
		return false;
	skip_blanks(r);
	switch (*r->at) {
	case '"':
		value->type = JSON_TEXT;
		return take_text(r, &value->text, &value->len);
	case '{':
	case '[':
		value->type = JSON_NESTED;
		value->text = r->at;
		if (!pass_over(r))
			return false;
		value->len = (size_t)(r->at - value->text);
		return true;
	case 't':
	case 'f':
	case 'n':
		return take_word(r, value);
	default:
		value->type = JSON_INT;
		return take_number(r, &value->number);
	}
}

bool
json_read_done(struct json_reader *r)
{
	if (r->bad)
		return false;
	skip_blanks(r);
	return *r->at == '\0';
}
