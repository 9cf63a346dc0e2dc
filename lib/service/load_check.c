/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/text.h"
#include "load_private.h"

enum {
	CODE_MAX = 255,		/* bytes of what is part of a key */
	TEXT_MAX = 65536
};

void
load_complain(struct loader *l, int64_t line, const char *field,
    const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, local_text(fmt), ap);
	va_end(ap);
	l->result->bad++;
	l->load->complain(l->load->arg, line, field, buf_str(&b));
	buf_free(&b);
}

void
load_begin_row(struct loader *l, int64_t line)
{
	size_t i;

	l->bad = l->result->bad;
	l->row.line = line;
	l->row.given = l->filled = 0;
	for (i = 0; i < l->table->count; i++)
		buf_clear(&l->text[i]);
}

/* Why the bytes are no text at all, or NULL. */
static char *
unreadable(const struct load_column *c, const char *text, size_t len)
{
	size_t most = c->key || c->kind == LOAD_SERIAL ? CODE_MAX : TEXT_MAX;
	uint32_t character;
	size_t i, n;

	for (i = 0; i < len; i += n) {
		n = 1;
		if (text[i] == '\0')
			return mem_text(local_text("has a NUL byte"));
		/* Nearly every byte is one of these. */
		if (text[i] > 0 && text[i] < 0x7f)
			continue;
		if ((n = text_decode(text + i, len - i, &character)) == 0)
			return mem_printf(local_text("is not UTF-8: byte "
			    "0x%02x"), (unsigned char)text[i]);
	}
	if (len > most)
		return mem_printf(local_text("is longer than %zu bytes"), most);
	return NULL;
}

void
load_set(struct loader *l, size_t column, const char *text, size_t len)
{
	const struct load_column *c = &l->table->columns[column];
	char *why = unreadable(c, text, len);

	l->row.given |= UINT32_C(1) << column;
	if (len > 0)
		l->filled |= UINT32_C(1) << column;
	if (why != NULL)
		load_complain(l, l->row.line, c->name, "%s", why);
	else if (len > 0)
		load_field(l, c, text, &l->text[column]);
	free(why);
}

/* What a column holds that nobody has given. */
static const char *
initial(const struct loader *l, const struct load_column *c)
{
	switch (c->kind) {
	case LOAD_LANGUAGE:
		return l->language;
	case LOAD_REGION:
		return "FR";
	case LOAD_YES:
		return "0";
	case LOAD_TEXT:
	case LOAD_CODE:
	case LOAD_SERIAL:
	case LOAD_EMAIL:
	case LOAD_WORD:
	case LOAD_WORDS:
	case LOAD_NUMBER:
	case LOAD_DATE:
	case LOAD_TIME:
	case LOAD_REFERS:
		break;
	}
	return "";
}

static void
add_unique(struct loader *l, size_t column)
{
	const char *value = l->row.values[column];
	struct buf data = { 0 };

	if (*value == '\0')
		return;
	buf_add(&data, &l->row.line, sizeof(l->row.line));
	buf_text(&data, l->row.values[0]);
	buf_char(&data, '\0');
	sort_add(l->uniques, &(struct sort_row){ value, strlen(value),
	    data.data, data.len });
	buf_free(&data);
}

void
load_end_row(struct loader *l)
{
	const struct load_table *t = l->table;
	const char *field, *why;
	size_t i;

	for (i = 0; i < t->count; i++) {
		l->row.values[i] = buf_str(&l->text[i]);
		if (*l->row.values[i] != '\0')
			continue;
		if (t->columns[i].required && !(l->filled >> i & 1))
			load_complain(l, l->row.line, t->columns[i].name,
			    "is missing");
		l->row.values[i] = initial(l, &t->columns[i]);
	}
	if (l->result->bad != l->bad)
		return;
	if (t->objection != NULL &&
	    (why = t->objection(l->row.values, &field)) != NULL) {
		load_complain(l, l->row.line, field, "%s", why);
		return;
	}
	load_row_pack(l);
	for (i = 0; i < t->count; i++)
		if (t->columns[i].unique)
			add_unique(l, i);
}

static bool
same_row(const struct load_table *t, const struct load_row *a,
    const struct load_row *b)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (strcmp(a->values[i], b->values[i]) != 0)
			return false;
	return a->given == b->given;
}

/* Rows of the same key lie side by side; each is compared with the first. */
static void
check_keys(struct loader *l)
{
	struct buf key = { 0 }, data = { 0 };
	struct load_row row, first = { 0 };
	struct sort_row packed;

	sort_rewind(l->rows);
	while (sort_next(l->rows, &packed)) {
		load_row_unpack(l->table, &packed, &row);
		if (key.len == packed.key_len && key.len > 0 &&
		    memcmp(key.data, packed.key, key.len) == 0) {
			load_row_unpack(l->table, &(struct sort_row){
			    .data = data.data }, &first);
			if (!same_row(l->table, &first, &row))
				load_complain(l, row.line, NULL, "says "
				    "otherwise than line %" PRId64
				    " about the same %s", first.line,
				    l->table->name);
			continue;
		}
		l->result->rows++;
		buf_clear(&key);
		buf_add(&key, packed.key, packed.key_len);
		buf_clear(&data);
		buf_add(&data, packed.data, packed.len);
	}
	buf_free(&key);
	buf_free(&data);
}

/* The login that the line names is somebody else's in the file. */
static void
check_login_taken(struct loader *l, const char *login, const char *code,
    int64_t line)
{
	struct query *q;
	char *other;

	q = store_query(l->s, "SELECT code FROM staff WHERE login = :login");
	bind_text(q, ":login", login);
	other = query_text_copy(q);
	if (other != NULL && strcmp(other, code) != 0)
		load_complain(l, line, "login", "'%s' is that of %s", login,
		    other);
	free(other);
}

static void
check_logins(struct loader *l)
{
	struct buf login = { 0 }, owner = { 0 };
	struct sort_row packed;
	const char *code;
	int64_t line;
	bool again;

	sort_rewind(l->uniques);
	while (sort_next(l->uniques, &packed)) {
		memcpy(&line, packed.data, sizeof(line));
		code = packed.data + sizeof(line);
		again = packed.key_len == login.len &&
		    memcmp(packed.key, login.data, login.len) == 0;
		if (again && strcmp(code, buf_str(&owner)) != 0)
			load_complain(l, line, "login", "'%s' is that of %s",
			    buf_str(&login), buf_str(&owner));
		if (again)
			continue;
		buf_clear(&login);
		buf_add(&login, packed.key, packed.key_len);
		buf_clear(&owner);
		buf_text(&owner, code);
		check_login_taken(l, buf_str(&login), code, line);
	}
	buf_free(&login);
	buf_free(&owner);
}

void
load_check_doubles(struct loader *l)
{
	check_keys(l);
	check_logins(l);
}
