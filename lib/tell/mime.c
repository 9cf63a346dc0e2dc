/* SPDX-License-Identifier: ISC */
#include <sha256.h>
#include <string.h>
#include <strings.h>

#include "base/local.h"
#include "base/text.h"
#include "base/time.h"
#include "mime_code.h"
#include "rules/address.h"
#include "tell/mime.h"

/* Boundaries follow from the Message-ID, so that a second try is the same. */
struct boundary {
	char	text[48];
};

const char *
mime_type(const char *name)
{
	static const struct { const char *end, *type; } types[] = {
		{ ".pdf", "application/pdf" }, { ".html", "text/html" },
		{ ".txt", "text/plain" }, { ".csv", "text/csv" },
		{ ".png", "image/png" }, { ".jpg", "image/jpeg" },
		{ ".jpeg", "image/jpeg" }, { ".svg", "image/svg+xml" },
		{ ".odt", "application/vnd.oasis.opendocument.text" },
		{ ".docx", "application/vnd.openxmlformats-officedocument"
		    ".wordprocessingml.document" },
		{ ".zip", "application/zip" },
	};
	size_t len = strlen(name), end;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		end = strlen(types[i].end);
		if (len > end && strcasecmp(name + len - end,
		    types[i].end) == 0)
			return types[i].type;
	}
	return NULL;
}

static bool
line(const char *text)
{
	return text == NULL || text[strcspn(text, "\r\n")] == '\0';
}

/* "LOCAL@DOMAIN" of signs that need no quotes. */
#define SIGNS	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
	"0123456789.-_@"

static bool
identifier(const char *text)
{
	return text == NULL || text[strspn(text, SIGNS)] == '\0';
}

static bool
identifiers(const char *text)
{
	return text == NULL || text[strspn(text, SIGNS " ")] == '\0';
}

static bool
check(const struct mime_mail *m, const char **why)
{
	if (!address_valid(m->from))
		*why = LOCAL("the sender's address is none");
	else if (!address_valid(m->to))
		*why = LOCAL("the recipient's address is none");
	else if (!line(m->from_name) || !line(m->to_name))
		*why = LOCAL("a name holds a line break");
	else if (!line(m->subject))
		*why = LOCAL("the subject holds a line break");
	else if (!identifier(m->message_id) || !identifiers(m->references) ||
	    !identifier(m->language))
		*why = LOCAL("an identifier holds strange signs");
	else
		return true;
	return false;
}

static void
make_boundary(const struct mime_mail *m, const char *what, struct boundary *b)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)m->message_id,
	    strlen(m->message_id));
	SHA256Update(&context, (const uint8_t *)what, strlen(what));
	SHA256End(&context, hex);
	strlcpy(b->text, "=_", sizeof(b->text));
	strlcat(b->text, hex, 34);
}

/* "Thu, 30 Apr 2026 14:05:00 +0200", in English whatever the locale. */
static void
write_date(const struct mime_mail *m, struct buf *out)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c;
	int minutes;

	time_civil(m->date, m->zone, &c);
	minutes = (c.offset < 0 ? -c.offset : c.offset) / 60;
	buf_printf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d %c%02d%02d\n",
	    days + 3 * c.weekday, c.day, months + 3 * (c.month - 1), c.year,
	    c.hour, c.minute, c.second, c.offset < 0 ? '-' : '+',
	    minutes / 60, minutes % 60);
}

/* One a line: each is shorter than that. */
static void
write_references(const char *list, struct buf *out)
{
	size_t len;

	buf_text(out, "References:");
	for (; *list != '\0'; list += len + strspn(list + len, " ")) {
		len = strcspn(list, " ");
		buf_printf(out, " <%.*s>\n", (int)len, list);
	}
}

static void
write_head(const struct mime_mail *m, struct buf *out)
{
	write_date(m, out);
	mime_mailbox(out, "From", m->from_name, m->from);
	mime_mailbox(out, "To", m->to_name, m->to);
	mime_header(out, "Subject", m->subject);
	buf_printf(out, "Message-ID: <%s>\n", m->message_id);
	if (m->references != NULL)
		write_references(m->references, out);
	if (m->language != NULL)
		buf_printf(out, "Content-Language: %s\n", m->language);
	/* Absence notices and the like are not to answer (RFC 3834). */
	buf_text(out, "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n");
}

static void
write_text(struct buf *out, const char *type, const char *text)
{
	buf_printf(out, "Content-Type: %s; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n", type);
	mime_quoted_printable(out, text);
}

static void
open_multipart(struct buf *out, const char *type, const struct boundary *b)
{
	buf_printf(out, "Content-Type: multipart/%s;\n boundary=\"%s\"\n\n",
	    type, b->text);
}

static void
write_words(const struct mime_mail *m, struct buf *out)
{
	struct boundary b;

	if (m->html == NULL) {
		write_text(out, "text/plain", m->text);
		return;
	}
	make_boundary(m, "words", &b);
	open_multipart(out, "alternative", &b);
	buf_printf(out, "--%s\n", b.text);
	write_text(out, "text/plain", m->text);
	buf_printf(out, "\n--%s\n", b.text);
	write_text(out, "text/html", m->html);
	buf_printf(out, "\n--%s--\n", b.text);
}

static void
write_file(const struct mime_file *f, struct buf *out)
{
	const char *type = f->type != NULL ? f->type : mime_type(f->name);
	bool text = type != NULL && strncmp(type, "text/", 5) == 0;

	if (type == NULL)
		type = "application/octet-stream";
	buf_printf(out, "Content-Type: %s%s", type,
	    text && text_valid(f->data, f->len) ? "; charset=utf-8" : "");
	mime_parameter(out, "name", f->name);
	buf_text(out, "\nContent-Disposition: attachment");
	mime_parameter(out, "filename", f->name);
	buf_text(out, "\nContent-Transfer-Encoding: base64\n\n");
	mime_base64(out, f->data, f->len);
}

bool
mime_write(const struct mime_mail *m, struct buf *out, const char **why)
{
	struct boundary b;

	if (!check(m, why))
		return false;
	write_head(m, out);
	if (m->file_count == 0) {
		write_words(m, out);
		return true;
	}
	make_boundary(m, "files", &b);
	open_multipart(out, "mixed", &b);
	buf_printf(out, "--%s\n", b.text);
	write_words(m, out);
	for (size_t i = 0; i < m->file_count; i++) {
		buf_printf(out, "\n--%s\n", b.text);
		write_file(&m->files[i], out);
	}
	buf_printf(out, "\n--%s--\n", b.text);
	return true;
}
