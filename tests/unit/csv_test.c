/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/csv.h"

/* Rows as "LINE|field|field;". */
static void
show(void *arg, int64_t line, const struct csv_field *fields, size_t count)
{
	struct buf *b = arg;

	buf_printf(b, "%" PRId64, line);
	for (size_t i = 0; i < count; i++) {
		buf_char(b, '|');
		buf_add(b, fields[i].text, fields[i].len);
		assert_int_equal(fields[i].text[fields[i].len], '\0');
	}
	buf_char(b, ';');
}

static const char *
read_all(const char *text, size_t len, struct buf *rows, int64_t *line)
{
	struct csv_reader *r = csv_reader_open(show, rows);
	size_t first = len;
	const char *why, *end = memchr(text, '\n', len);

	/* The first line in one piece, then byte by byte. */
	if (end != NULL)
		first = (size_t)(end - text) + 1;
	if (csv_reader_feed(r, text, first))
		while (first < len && csv_reader_feed(r, text + first, 1))
			first++;
	csv_reader_end(r);
	why = csv_reader_why(r, line);
	csv_reader_close(r);
	return why;
}

static void
check(const char *text, const char *expected)
{
	struct buf rows = { 0 };
	struct csv_reader *r = csv_reader_open(show, &rows);
	int64_t line;

	assert_true(csv_reader_feed(r, text, strlen(text)));
	assert_true(csv_reader_end(r));
	assert_string_equal(buf_str(&rows), expected);
	csv_reader_close(r);
	buf_clear(&rows);
	assert_null(read_all(text, strlen(text), &rows, &line));
	assert_string_equal(buf_str(&rows), expected);
	buf_free(&rows);
}

static void
check_bad(const char *text, int64_t expected)
{
	struct buf rows = { 0 };
	int64_t line;

	assert_non_null(read_all(text, strlen(text), &rows, &line));
	assert_int_equal(line, expected);
	buf_free(&rows);
}

static void
separators(void **state)
{
	(void)state;
	check("a,b\n1,2\n", "1|a|b;2|1|2;");
	check("a;b\n1,5;2\n", "1|a|b;2|1,5|2;");
	check("a\tb\n1\t\n", "1|a|b;2|1|;");
	check("a\n1\n", "1|a;2|1;");
	check("\"a,a\";b\n1;2\n", "1|a,a|b;2|1|2;");
}

static void
ends_of_lines(void **state)
{
	(void)state;
	check("a,b\r\n1,2\r\n", "1|a|b;2|1|2;");
	check("a,b\n\n \n1,2", "1|a|b;4|1|2;");
	check("", "");
}

static void
quotation(void **state)
{
	(void)state;
	check("a,b\n\"x\ny\",\"\"\"q\"\"\"\n3,4\n",
	    "1|a|b;2|x\ny|\"q\";4|3|4;");
	check("a,b\n\"x\r\n\r\ny\",2\n3,4\n", "1|a|b;2|x\r\n\r\ny|2;5|3|4;");
	check("a,b\n  x  ,\" y \"\n", "1|a|b;2|x| y ;");
}

static void
malformed(void **state)
{
	(void)state;
	check_bad("a,b\n1,x\"y\n3,4\n", 2);
	check_bad("a,b\n1,2\n3,\"x\"y\n", 3);
	check_bad("a,b\n1,2\n3,\"x\n5,6\n", 3);
}

static void
nul_is_kept(void **state)
{
	static const char text[] = "a,b\n1,x\0y\n";
	struct buf rows = { 0 };
	int64_t line;

	(void)state;
	assert_null(read_all(text, sizeof(text) - 1, &rows, &line));
	assert_int_equal(rows.len, 14);
	assert_memory_equal(rows.data, "1|a|b;2|1|x\0y;", 14);
	buf_free(&rows);
}

/* A quotation mark that nobody closes does not take in the rest for ever. */
static void
endless_field(void **state)
{
	static const char piece[] = "0123456789\n";
	struct buf rows = { 0 };
	struct csv_reader *r = csv_reader_open(show, &rows);
	int64_t line;
	int n = 0;

	(void)state;
	assert_true(csv_reader_feed(r, "a\n\"", 3));
	while (csv_reader_feed(r, piece, sizeof(piece) - 1))
		assert_in_range(++n, 1, 200000);
	csv_reader_why(r, &line);
	assert_int_equal(line, 2);
	csv_reader_close(r);
	buf_free(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(separators),
		cmocka_unit_test(ends_of_lines),
		cmocka_unit_test(quotation),
		cmocka_unit_test(malformed),
		cmocka_unit_test(nul_is_kept),
		cmocka_unit_test(endless_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
