/* SPDX-License-Identifier: ISC */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Writes JSON (RFC 8259) on one line, the same bytes in every locale. Text is
 * UTF-8 and exact. In an object every value has a key, in an array it is NULL.
 * All zero is a writer that has written nothing.
 */
struct json {
	struct buf	out;
	bool		filled;		/* the open container has a value */
};

void	 json_object(struct json *j, const char *key);
void	 json_array(struct json *j, const char *key);
void	 json_end_object(struct json *j);
void	 json_end_array(struct json *j);

/* NULL is null. */
void	 json_text(struct json *j, const char *key, const char *value);
void	 json_int(struct json *j, const char *key, int64_t value);
void	 json_bool(struct json *j, const char *key, bool value);
void	 json_null(struct json *j, const char *key);
/* The same, or nothing at all for NULL and 0: what is absent is left out. */
void	 json_some_text(struct json *j, const char *key, const char *value);
void	 json_some_int(struct json *j, const char *key, int64_t value);
/* A value that is JSON already. */
void	 json_raw(struct json *j, const char *key, const char *value);

/* Does JSON that is read hold a NUL, as \u0000? SQLite ends a text there,
 * without a word. */
bool	 json_has_nul(const char *text);

const char *json_str(struct json *j);		/* borrowed, as buf_str() */
void	 json_clear(struct json *j);
void	 json_free(struct json *j);

#endif
