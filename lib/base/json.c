/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/json.h"

static void
quoted(struct buf *b, const char *text)
{
	const char *run;

	buf_char(b, '"');
	for (run = text; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, run, (size_t)(text - run));
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c == '\n')
			buf_text(b, "\\n");
		else if (c == '\t')
			buf_text(b, "\\t");
		else
			buf_printf(b, "\\u%04x", c);
		run = text + 1;
	}
	buf_add(b, run, (size_t)(text - run));
	buf_char(b, '"');
}

static void
start(struct json *j, const char *key)
{
	if (j->filled)
		buf_char(&j->out, ',');
	j->filled = true;
	if (key == NULL)
		return;
	quoted(&j->out, key);
	buf_char(&j->out, ':');
}

void
json_object(struct json *j, const char *key)
{
	start(j, key);
	buf_char(&j->out, '{');
	j->filled = false;
}

void
json_array(struct json *j, const char *key)
{
	start(j, key);
	buf_char(&j->out, '[');
	j->filled = false;
}

void
json_end_object(struct json *j)
{
	buf_char(&j->out, '}');
	j->filled = true;
}

void
json_end_array(struct json *j)
{
	buf_char(&j->out, ']');
	j->filled = true;
}

void
json_text(struct json *j, const char *key, const char *value)
{
	if (value == NULL) {
		json_null(j, key);
		return;
	}
	start(j, key);
	quoted(&j->out, value);
}

void
json_int(struct json *j, const char *key, int64_t value)
{
	char text[24], *p = text + sizeof(text);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	/* Rows are mostly numbers, and printf is slow at them. */
	do
		*--p = (char)('0' + rest % 10);
	while ((rest /= 10) != 0);
	if (value < 0)
		*--p = '-';
	start(j, key);
	buf_add(&j->out, p, (size_t)(text + sizeof(text) - p));
}

void
json_some_text(struct json *j, const char *key, const char *value)
{
	if (value != NULL)
		json_text(j, key, value);
}

void
json_some_int(struct json *j, const char *key, int64_t value)
{
	if (value != 0)
		json_int(j, key, value);
}

void
json_bool(struct json *j, const char *key, bool value)
{
	json_raw(j, key, value ? "true" : "false");
}

void
json_null(struct json *j, const char *key)
{
	json_raw(j, key, "null");
}

void
json_raw(struct json *j, const char *key, const char *value)
{
	start(j, key);
	buf_text(&j->out, value);
}

const char *
json_str(struct json *j)
{
	return buf_str(&j->out);
}

void
json_clear(struct json *j)
{
	buf_clear(&j->out);
	j->filled = false;
}

void
json_free(struct json *j)
{
	buf_free(&j->out);
	j->filled = false;
}

bool
json_has_nul(const char *text)
{
	while ((text = strchr(text, '\\')) != NULL && text[1] != '\0') {
		if (strncmp(text + 1, "u0000", 5) == 0)
			return true;
		text += 2;
	}
	return false;
}
