/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "mime_code.h"

#define LINE		76

static void
base64_triple(const uint8_t *in, size_t len, char out[4])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = (uint32_t)in[0] << 16 |
	    (len > 1 ? (uint32_t)in[1] << 8 : 0) | (len > 2 ? in[2] : 0);

	out[0] = digits[bits >> 18];
	out[1] = digits[bits >> 12 & 63];
	out[2] = digits[bits >> 6 & 63];
	out[3] = digits[bits & 63];
	memset(out + 1 + len, '=', 3 - len);
}

/* On one line. */
static void
base64(struct buf *out, const void *data, size_t len)
{
	const uint8_t *in = data;
	char four[4];

	for (size_t i = 0; i < len; i += 3) {
		base64_triple(in + i, len - i < 3 ? len - i : 3, four);
		buf_add(out, four, sizeof(four));
	}
}

void
mime_base64(struct buf *out, const void *data, size_t len)
{
	const char *in = data;
	const size_t most = LINE / 4 * 3;

	for (size_t i = 0; i < len; i += most) {
		base64(out, in + i, len - i < most ? len - i : most);
		buf_char(out, '\n');
	}
}

/* Blanks before a line break get lost on the way; so would a dot alone with a
 * careless mailer, and "From " is quoted by old ones. */
static bool
printable(const char *p, size_t column)
{
	if (*p == ' ' || *p == '\t')
		return p[1] != '\n' && p[1] != '\0';
	if (column == 0 && (*p == '.' || strncmp(p, "From ", 5) == 0))
		return false;
	return *p > ' ' && *p < '\177' && *p != '=';
}

void
mime_quoted_printable(struct buf *out, const char *text)
{
	size_t column = 0, wide;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\n') {
			buf_char(out, '\n');
			column = 0;
			continue;
		}
		wide = printable(p, column) ? 1 : 3;
		if (column + wide > LINE - 1) {
			buf_text(out, "=\n");
			column = 0;
			wide = printable(p, column) ? 1 : 3;
		}
		if (wide == 1)
			buf_char(out, *p);
		else
			buf_printf(out, "=%02X", (uint8_t)*p);
		column += wide;
	}
	if (column > 0)
		buf_char(out, '\n');
}

/* Whole characters, on a line of 76 with a name of up to 10 before them: 39
 * bytes of text make 52 digits and 12 signs around them. */
#define WORD_BYTES	39

static size_t
word_length(const char *text)
{
	size_t len = strlen(text), used = 0, step;
	uint32_t character;

	while (used < len) {
		step = text_decode(text + used, len - used, &character);
		if (step == 0)
			step = 1;
		if (used + step > WORD_BYTES)
			break;
		used += step;
	}
	return used;
}

/* Readers put encoded words together and drop what is between them, so that
 * the text comes back to the byte. */
static void
encoded_words(struct buf *out, const char *text)
{
	const char *between = "";
	size_t len;

	for (; *text != '\0'; text += len) {
		len = word_length(text);
		buf_printf(out, "%s=?utf-8?B?", between);
		base64(out, text, len);
		buf_text(out, "?=");
		between = "\n ";
	}
}

/* Words of letters and plain signs, one blank between them, nothing that reads
 * like an encoded word or is too long for a line. */
static bool
stands_as_it_is(const char *text)
{
	size_t word = 0;

	if (*text == ' ' || strstr(text, "=?") != NULL)
		return false;
	for (; *text != '\0'; text++) {
		word = *text == ' ' ? 0 : word + 1;
		if (*text < ' ' || *text >= '\177' || word > 50 ||
		    (*text == ' ' && (text[1] == ' ' || text[1] == '\0')))
			return false;
	}
	return true;
}

/* Plain words, folded between them. */
static void
folded(struct buf *out, size_t column, const char *text)
{
	size_t len;

	for (; *text != '\0'; text += len) {
		len = strcspn(text + 1, " ") + 1;
		if (*text == ' ' && column + len > LINE) {
			buf_char(out, '\n');
			column = 0;
		}
		buf_add(out, text, len);
		column += len;
	}
}

void
mime_header(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "%s: ", name);
	if (stands_as_it_is(text))
		folded(out, strlen(name) + 2, text);
	else
		encoded_words(out, text);
	buf_char(out, '\n');
}

/* Of letters, digits and blanks no sign has a meaning among addresses. */
static bool
phrase(const char *text)
{
	return stands_as_it_is(text) && text[strspn(text, " "
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-")] == '\0';
}

void
mime_mailbox(struct buf *out, const char *name, const char *who,
    const char *address)
{
	buf_printf(out, "%s: ", name);
	if (who == NULL || *who == '\0') {
		buf_printf(out, "%s\n", address);
		return;
	}
	if (phrase(who))
		folded(out, strlen(name) + 2, who);
	else
		encoded_words(out, who);
	buf_printf(out, "\n <%s>\n", address);
}

static bool
token(const char *text)
{
	return *text != '\0' && strlen(text) < 50 && text[strspn(text,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._")] == '\0';
}

/* Bytes of the next piece of a long value, each character whole. */
static size_t
piece_length(const char *value, size_t most)
{
	size_t len = strlen(value), used = 0, step;
	uint32_t character;

	while (used < len) {
		step = text_decode(value + used, len - used, &character);
		if (step == 0)
			step = 1;
		if ((used + step) * 3 > most)
			break;
		used += step;
	}
	return used;
}

void
mime_parameter(struct buf *out, const char *name, const char *value)
{
	size_t len;

	if (token(value)) {
		buf_printf(out, ";\n %s=%s", name, value);
		return;
	}
	for (int i = 0; *value != '\0' || i == 0; i++) {
		buf_printf(out, ";\n %s*%d*=%s", name, i, i == 0 ? "utf-8''" :
		    "");
		len = piece_length(value, 50);
		for (size_t k = 0; k < len; k++)
			buf_printf(out, "%%%02X", (uint8_t)value[k]);
		value += len;
	}
}
