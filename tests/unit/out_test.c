/* SPDX-License-Identifier: ISC */
#include <pty.h>

#include "base/buf.h"
#include "try.h"

static const struct out_column columns[] = {
	{ .name = "name", .about = "its name" },
	{ .name = "n", .heading = "number", .kind = OUT_INT },
	{ .name = "at", .kind = OUT_DUE },
	{ .name = "data", .kind = OUT_JSON },
	{ .name = NULL }
};

static const struct cli_option options[] = {
	CLI_JSON, CLI_COLUMNS,
	{ .name = "limit", .value = "N", .help = "no more" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "[-j] [-o LIST]",
	.about = "Lists.",
	.options = options,
	.columns = columns
};

static int64_t last;		/* of the rows to list */

static void
list(struct store *s, void *arg)
{
	struct query *q;

	q = store_query(s, "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL "
	    "SELECT n + 1 FROM n WHERE n < :last) "
	    "SELECT CASE WHEN n = 3 THEN char(26085, 26412, 233) "
	    "ELSE 'a' || char(9, 10, 27, 8238) || n END AS name, n, "
	    "CASE WHEN n = 1 THEN 1777550700 END AS at, "
	    "'{\"k\":[' || n || ']}' AS data, 7 AS unknown FROM n");
	bind_int(q, ":last", last);
	while (query_row(q))
		out_row(arg, q);
}

static int
try_main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct store *s;
	struct out *o;

	last = cli_number(c, "limit", 1, 200000, 2);
	s = cli_store(c, STORE_READ);
	o = out_open(c, columns, "n,name,at", "Europe/Paris");
	(void)cli_once(c, s, list, o);
	out_close(o);
	return cli_close(c);
}

static void
rows_are_the_same_for_pipes_and_programs(void **state)
{
	(void)state;
	RUN("", A("-o"), A("n,name,at"));
	expect(0, "1\ta\\t\\n\\x1b\\u202e1\t2026-04-30T14:05:00+02:00\n"
	    "2\ta\\t\\n\\x1b\\u202e2\t\n", "");
	RUN("", A("-j"));
	expect(0, "{\"name\":\"a\\t\\n\\u001b\xe2\x80\xae" "1\",\"n\":1,"
	    "\"at\":\"2026-04-30T14:05:00+02:00\",\"data\":{\"k\":[1]}}\n"
	    "{\"name\":\"a\\t\\n\\u001b\xe2\x80\xae" "2\",\"n\":2,"
	    "\"at\":null,\"data\":{\"k\":[2]}}\n", "");
	RUN("", A("-j"), A("-o"), A("at,n"));
	expect(0, "{\"at\":\"2026-04-30T14:05:00+02:00\",\"n\":1}\n"
	    "{\"at\":null,\"n\":2}\n", "");
	RUN("", A("-o"), A("data"));
	expect(0, "{\"k\":[1]}\n{\"k\":[2]}\n", "");
}

/* Runs `list` with stdout on a terminal; carriage returns are left out. */
static void
list_on_terminal(char *last_row)
{
	int master;
	char c;
	size_t n = 0;

	assert_int_equal(openpty(&master, &got.stream, NULL, NULL, NULL), 0);
	RUN("", A("--limit"), last_row);
	close(got.stream);
	got.stream = -1;
	while (n < sizeof(got.out) - 1 && read(master, &c, 1) == 1)
		if (c != '\r')
			got.out[n++] = c;
	got.out[n] = '\0';
	close(master);
}

static void
a_terminal_gets_a_table(void **state)
{
	static const char plain[] =
	    "number  name              at\n"
	    "     1  a\\t\\n\\x1b\\u202e1  Thu 30 Apr 2026 14:05\n"
	    "     2  a\\t\\n\\x1b\\u202e2  \n"
	    "     3  \xe6\x97\xa5\xe6\x9c\xac\xc3\xa9             \n";

	(void)state;
	setenv("TERM", "dumb", 1);
	list_on_terminal(A("3"));
	expect(0, plain, "");
	setenv("TERM", "xterm", 1);
	setenv("NO_COLOR", "1", 1);
	list_on_terminal(A("3"));
	expect(0, plain, "");
	unsetenv("NO_COLOR");
	list_on_terminal(A("1"));
	expect(0, "\033[1mnumber\033[m  \033[1mname\033[m              "
	    "\033[1mat\033[m\n     1  a\\t\\n\\x1b\\u202e1  "
	    "\033[31mThu 30 Apr 2026 14:05\033[m\n", "");
}

/* More than the spool keeps in memory. */
static void
many_rows_come_whole_and_in_order(void **state)
{
	char line[64];
	int64_t n = 0;
	FILE *f;

	(void)state;
	RUN("", A("-o"), A("n"), A("--limit"), A("200000"));
	assert_int_equal(got.code, 0);
	f = fopen("out", "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		assert_int_equal(strtol(line, NULL, 10), ++n);
	fclose(f);
	assert_int_equal(n, 200000);
}

static void
a_full_disk_is_no_empty_list(void **state)
{
	(void)state;
	got.out_path = "/dev/full";
	RUN("", A("--json"));
	expect(3, "", "case-try: standard output: "
	    "No space left on device\n");
	RUN("", A("--limit"), A("100000"));
	expect(3, "", "case-try: standard output: "
	    "No space left on device\n");
}

static void
a_reader_that_leaves_ends_the_list_quietly(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	got.stream = ends[1];
	RUN("", A("--limit"), A("100000"));
	close(ends[1]);
	got.stream = -1;
	assert_string_equal(got.err, "");
	assert_int_equal(got.code, -SIGPIPE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_are_the_same_for_pipes_and_programs),
		TEST(a_terminal_gets_a_table),
		TEST(many_rows_come_whole_and_in_order),
		TEST(a_full_disk_is_no_empty_list),
		TEST(a_reader_that_leaves_ends_the_list_quietly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
