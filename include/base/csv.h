/* SPDX-License-Identifier: ISC */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads CSV (RFC 4180) piece by piece, separated by the first comma, semicolon
 * or tab of its first line, lines ended by LF or CRLF. Blanks around a field
 * that is not quoted go, as do lines with nothing on them.
 */
struct csv_reader;

struct csv_field {
	const char	*text;		/* ends with a NUL, not counted */
	size_t		 len;		/* there may be others inside */
};

/* A row that began on `line`, from 1; borrowed during the call. */
typedef void csv_row_fn(void *arg, int64_t line,
	    const struct csv_field *fields, size_t count);

struct csv_reader *csv_reader_open(csv_row_fn *fn, void *arg);
void	 csv_reader_close(struct csv_reader *r);	/* takes NULL */

/* The next piece of the file; the first one holds the whole first line. False
 * when the rest cannot be understood. */
bool	 csv_reader_feed(struct csv_reader *r, const char *data, size_t len);
/* That was all. */
bool	 csv_reader_end(struct csv_reader *r);

/* Why it answered false, and the line of the row. */
const char *csv_reader_why(const struct csv_reader *r, int64_t *line);

#endif
