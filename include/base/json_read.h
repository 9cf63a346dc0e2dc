/* SPDX-License-Identifier: ISC */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads JSON (RFC 8259) piece by piece, as the one who knows its shape asks for
 * it. The first mistake, in the text or in what was asked for, sticks: then
 * nothing is found any more, and json_read_done() answers false.
 *
 *	if (json_read_object(&r))
 *		while (json_read_key(&r, &key))
 *			json_read_value(&r, &value);
 */
struct json_reader {
	const char	*at;
	char		*room;		/* for texts: as long as all of it */
	size_t		 used;		/* of the room */
	bool		 first;		/* nothing of the container was read */
	bool		 bad;
};

enum json_type { JSON_NULL, JSON_INT, JSON_TEXT, JSON_NESTED };

struct json_value {
	enum json_type	 type;
	int64_t		 number;	/* true is 1, false 0 */
	const char	*text;		/* with a NUL after it; of what is
					 * nested: as it is written, without */
	size_t		 len;
};

/* `text` must outlive the reader, as must the reader the texts it hands out. */
void	 json_read_begin(struct json_reader *r, const char *text);
void	 json_read_end(struct json_reader *r);

/* Enters a container. */
bool	 json_read_object(struct json_reader *r);
bool	 json_read_array(struct json_reader *r);
/* Is there another member, whose value comes next? The container is left when
 * not. */
bool	 json_read_key(struct json_reader *r, const char **key);
bool	 json_read_element(struct json_reader *r);
/* A value that is whole, also if it is nested. Numbers with fraction
 * or exponent, or beyond 64 bits, are mistakes. */
bool	 json_read_value(struct json_reader *r, struct json_value *value);

/* Texts handed out so far are not needed any more. */
void	 json_read_forget(struct json_reader *r);
/* Was everything read, and without a mistake? */
bool	 json_read_done(struct json_reader *r);

#endif
