/* SPDX-License-Identifier: ISC */
#ifndef SERVICE_LOAD_PRIVATE_H
#define SERVICE_LOAD_PRIVATE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/sort.h"
#include "service/load.h"

/* Shared by the files of the loader. */
enum load_kind {
	LOAD_TEXT,
	LOAD_CODE,		/* without blanks, which part lists */
	LOAD_SERIAL,		/* on one line */
	LOAD_EMAIL,
	LOAD_WORD,		/* one of `words` */
	LOAD_WORDS,		/* some of `words`; of anything if NULL */
	LOAD_LANGUAGE,		/* of `words`, else the setting */
	LOAD_REGION,		/* with a calendar */
	LOAD_NUMBER,		/* from 0 to `most` */
	LOAD_YES,
	LOAD_DATE,
	LOAD_TIME,
	LOAD_REFERS		/* a code of the table `words` */
};

/* Columns of a table; the file knows them by the same name. */
struct load_column {
	const char	*name;
	const char	*parameter;	/* of the statements: ":name" */
	enum load_kind	 kind;
	bool		 required;
	bool		 key;
	bool		 unique;	/* besides the key */
	const char	*words;
	int64_t		 most;
};

struct loader;

struct load_table {
	const char	*name;
	const struct load_column *columns;
	size_t		 count;
	/* insert leaves a row that is there alone. read gives the columns that
	 * are not of the key, in their order, by the key. */
	const char	*insert, *read, *update;
	/* Parameters besides the columns, of read; of insert and update; or
	 * NULL. */
	void		(*more_key)(struct loader *l, struct query *q,
			    const char *const *values);
	void		(*more)(struct loader *l, struct query *q,
			    const char *const *values);
	/* Why the row is none although its fields are good, or NULL. */
	const char	*(*objection)(const char *const *values,
			    const char **field);
	bool		 counted;	/* the same rows again are news */
};

enum { LOAD_COLUMNS = 16 };

const struct load_table *load_table(const char *name);

/* A row on its way: the texts as they are stored, "" for none. */
struct load_row {
	int64_t		 line;
	uint32_t	 given;		/* bits of the columns in the line */
	const char	*values[LOAD_COLUMNS];
};

/* Codes that were found in the file already, so that a million units of a few
 * thousand products do not ask a million times. */
struct load_known;

struct loader {
	struct store	*s;
	const struct load *load;
	const struct load_table *table;
	struct load_result *result;
	char		*language;	/* for rows that name none */
	char		*zone;		/* of times without one */
	struct sort	*rows;
	struct sort	*uniques;
	struct load_known *known;
	size_t		 map[LOAD_COLUMNS];	/* columns of CSV's fields */
	size_t		 fields;
	bool		 headed, heading_bad;
	struct load_row	 row;
	uint32_t	 filled;	/* bits of the columns with anything */
	int64_t		 bad;		/* complaints before this row */
	struct buf	 text[LOAD_COLUMNS];	/* behind row.values */
	struct buf	 key, data;
	struct buf	 serial_key, lot_key;	/* of units, while written */
};

/* load_read.c: every line to load_begin_row(), load_set() and load_end_row();
 * `digest` takes 65 bytes. */
void	 load_read(struct loader *l, char *digest);

/* load_check.c */
void	 load_complain(struct loader *l, int64_t line, const char *field,
	    const char *fmt, ...) __attribute__((__format__(__printf__, 4, 5)));
/* The number of the column, or the count of columns. */
size_t	 load_column(const struct load_table *t, const char *name);
void	 load_begin_row(struct loader *l, int64_t line);
void	 load_set(struct loader *l, size_t column, const char *text,
	    size_t len);
void	 load_end_row(struct loader *l);
/* What only shows when all are there: doubles. */
void	 load_check_doubles(struct loader *l);

/* load_field.c: takes the text as it is stored into `out`, or complains. */
void	 load_field(struct loader *l, const struct load_column *c,
	    const char *text, struct buf *out);

/* load_known.c */
struct load_known *load_known_open(void);
void	 load_known_close(struct load_known *k);	/* takes NULL */
bool	 load_known_code(struct loader *l, const char *table, const char *code);

/* load_row.c: rows as they lie in the sorter. */
void	 load_row_pack(struct loader *l);
void	 load_row_unpack(const struct load_table *t,
	    const struct sort_row *packed, struct load_row *row);

/* load_write.c */
void	 load_write(struct loader *l, const char *digest);

#endif
