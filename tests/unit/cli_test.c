/* SPDX-License-Identifier: ISC */
#include <inttypes.h>

#include "base/buf.h"
#include "try.h"

/* The acts of this command leave a row in `setting`, so that what was committed
 * can be told from what was not. */
static const struct out_column columns[] = {
	{ .name = "name", .about = "its name" },
	{ .name = "n", .kind = OUT_INT },
	{ .name = NULL }
};

static const struct cli_option options[] = {
	CLI_AT, CLI_BY, CLI_MESSAGE, CLI_FILE, CLI_DRY_RUN, CLI_JSON,
	CLI_COLUMNS, CLI_QUIET, CLI_NULL,
	{ .name = "channel", .value = "WAY", .words = "phone mail",
	    .help = "how" },
	{ .name = "on", .value = "DATE", .help = "the day" },
	{ .name = "unit", .value = "REF", .repeats = true, .help = "the unit" },
	{ .name = "within", .value = "SPAN", .help = "how long" },
	{ .name = "limit", .value = "N", .help = "no more" },
	{ .name = NULL }
};

static const struct cli_command command = {
	.synopsis = "STEP [CASE[/ITEM]...]",
	.about = "Keeps and lists.",
	.words = "keep refuse break show staff request",
	.cases = true,
	.options = options,
	.columns = columns,
};

struct doing {
	struct cli	*c;
	char		*act;
};

static void
keep(struct store *s, const struct target *t, void *arg)
{
	const struct doing *doing = arg;
	struct buf b = { 0 };
	struct query *q;
	size_t i;

	for (i = 0; i < t->count; i++)
		buf_printf(&b, "%s%d%s%s", i > 0 ? " " : "", t->items[i].item,
		    t->items[i].unit != NULL ? "=" : "",
		    t->items[i].unit != NULL ? t->items[i].unit : "");
	q = store_query(s, "INSERT INTO setting (name, value) "
	    "VALUES (:name, :value)");
	bind_int(q, ":name", t->case_id);
	bind_text(q, ":value", buf_str(&b));
	query_run(q);
	buf_free(&b);
	if (strcmp(doing->act, "refuse") == 0 && t->case_id != 1000028)
		store_refuse(s, "no\tsuch \033[31m step");
	if (strcmp(doing->act, "break") == 0)
		store_break(s, "torn");
	if (t->case_id == 1000066) {
		cli_after(doing->c, "1000066: is late\n1000066: far");
		cli_would(doing->c, "1000066: opens return\n");
	}
}

static int
try_main(int argc, char **argv)
{
	struct cli *c = cli_open(&command, argc, argv);
	struct doing doing = { c, mem_text(cli_word(c, "STEP")) };
	const char *words = cli_message(c);
	struct store *s;

	(void)cli_number(c, "limit", 1, 10, 5);
	s = cli_store(c, STORE_WRITE);
	if (strcmp(doing.act, "show") == 0) {
		cli_last(c);
		printf("%s %" PRId64 " %zu %" PRId64 "\n",
		    words != NULL ? words : "-", cli_at(c, "Europe/Paris"),
		    cli_count(c, "unit"), cli_span(c, "within", -1));
	} else if (strcmp(doing.act, "request") == 0)
		puts(cli_request(c));
	else if (strcmp(doing.act, "staff") == 0)
		puts(cli_staff(c, s));
	else
		cli_each(c, s, keep, &doing);
	free(doing.act);
	return cli_close(c);
}

/* What was committed, as "NUMBER:ITEMS;". */
static void
expect_kept(const char *expected)
{
	struct store *s = store_open("case.db", STORE_READ);
	struct buf b = { 0 };
	struct query *q;

	store_begin(s);
	q = store_query(s, "SELECT name, value FROM setting ORDER BY name");
	while (query_row(q))
		buf_printf(&b, "%s:%s;", query_text(q, 0), query_text(q, 1));
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	assert_string_equal(buf_str(&b), expected);
	buf_free(&b);
}

static void
operands_of_one_case_are_one_act(void **state)
{
	(void)state;
	RUN("", A("keep"), A("1000028/2"), A("1000015"), A("1000028/1"),
	    A("1000015"), A("1000028/2"));
	expect(0, "1000028\n1000015\n", "");
	expect_kept("1000015:0;1000028:1 2;");
}

static void
malformed_operands_stop_everything(void **state)
{
	(void)state;
	RUN("", A("keep"), A("1000015"), A("1000051"));
	expect(2, "", "case-try: 1000051: not a case number (check digit); "
	    "did you swap two digits?\n");
	RUN("", A("keep"), A("1000015"), A("1000028/02"));
	expect(2, "", "case-try: 1000028/02: not an item of a case; "
	    "as in 1000423/2\n");
	RUN("", A("keep"), A("1000015"), A("x\033[2J"));
	expect(2, "", "case-try: x\\x1b[2J: not a case number\n");
	RUN("", A("keep"), A("1000015"), A("1000015/1"));
	expect(2, "", "case-try: 1000015: the case and its items are both "
	    "named; say either\n");
	expect_kept("");
}

static void
input_names_the_cases_otherwise(void **state)
{
	(void)state;
	RUN("1000015/3\tR:S\r\n1000015/1\n\n1000028\tfault\topen\n1000031",
	    A("keep"));
	expect(0, "1000015\n1000028\n1000031\n", "");
	expect_kept("1000015:1 3=R:S;1000028:0;1000031:0;");
	RUN("", A("keep"));
	expect(0, "", "");
}

static void
input_may_be_separated_by_nul(void **state)
{
	static const char input[] = "1000015/3\0001000015/1\0001000028";

	(void)state;
	run_bytes(input, sizeof(input), ARGV(A("-0"), A("keep"), A("-q")));
	expect(0, "", "");
	expect_kept("1000015:1 3;1000028:0;");
}

static void
a_bad_line_is_told_and_the_others_go_on(void **state)
{
	(void)state;
	RUN("1000015\nnonsense\n1000028\xff\n1000031/1\n1000031\n1000044\n",
	    A("keep"));
	expect(2, "1000015\n1000044\n",
	    "case-try: nonsense: not a case number\n"
	    "case-try: 1000028\\xff: not UTF-8\n"
	    "case-try: 1000031: the case and its items are both named; "
	    "say either\n");
	expect_kept("1000015:0;1000044:0;");
}

static void
a_refused_case_leaves_nothing_and_the_others_go_on(void **state)
{
	(void)state;
	RUN("", A("refuse"), A("1000015"), A("1000028"), A("1000031"));
	expect(1, "1000028\n",
	    "case-try: 1000015: no\\tsuch \\x1b[31m step\n"
	    "case-try: 1000031: no\\tsuch \\x1b[31m step\n");
	expect_kept("1000028:0;");
}

static void
a_breakage_stops_the_loop(void **state)
{
	(void)state;
	RUN("bad\n1000015\n1000028\n", A("break"));
	expect(3, "", "case-try: bad: not a case number\n"
	    "case-try: 1000015: torn\n");
	expect_kept("");
}

static void
a_dry_run_changes_nothing(void **state)
{
	(void)state;
	RUN("1000015\n", A("keep"), A("-n"));
	expect(0, "", "case-try: 1000015: would be done\n");
	RUN("", A("refuse"), A("-nq"), A("1000015"), A("1000028"));
	expect(1, "", "case-try: 1000015: no\\tsuch \\x1b[31m step\n");
	RUN("", A("keep"), A("-n"), A("1000066"), A("1000015"));
	expect(0, "", "case-try: 1000066: opens return\n"
	    "case-try: 1000066: is late\ncase-try: 1000066: far\n"
	    "case-try: 1000015: would be done\n");
	expect_kept("");
}

static void
warnings_come_once_it_is_done(void **state)
{
	(void)state;
	RUN("", A("refuse"), A("1000066"));
	expect(1, "", "case-try: 1000066: no\\tsuch \\x1b[31m step\n");
	RUN("", A("keep"), A("1000066"), A("1000015"));
	expect(0, "1000066\n1000015\n",
	    "case-try: 1000066: is late\ncase-try: 1000066: far\n");
}

static void
check_usage(const char *expected)
{
	char line[256];

	snprintf(line, sizeof(line),
	    "case-try: %s (see case-try --help)\n", expected);
	expect(2, "", line);
}

static void
mistakes_are_told_before_the_file_is_touched(void **state)
{
	(void)state;
	setenv("CASE_DB", "/nonexistent/case.db", 1);
	RUN("", A("keep"), A("--bogus"));
	check_usage("unknown option --bogus");
	RUN("", A("-x"));
	check_usage("unknown option -x");
	RUN("", A("--channel"));
	check_usage("--channel needs a value: WAY");
	RUN("", A("--quiet=yes"));
	check_usage("--quiet=yes: the option takes no value");
	RUN("", A("--channel"), A("fax"));
	check_usage("--channel: 'fax' is none of: phone mail");
	RUN("", A("--on"), A("2026-02-30"));
	check_usage("--on: '2026-02-30' is no date; as in 2026-04-30");
	RUN("", A("-a"), A("soon"));
	check_usage("--at: 'soon' is no time; as in 2026-04-30, "
	    "2026-04-30T14:05, now, -2h, -3d");
	RUN("", A("--limit"), A("+3"), A("keep"));
	check_usage("--limit: '+3' is no whole number from 1 to 10");
	RUN("", A("--limit"), A("11"), A("keep"));
	check_usage("--limit: '11' is no whole number from 1 to 10");
	RUN("", A("--within"), A("-2d"));
	check_usage("--within: '-2d' is no span of time; "
	    "as in 2d, 4h, 15m, 1w");
	RUN("", A("--within"), A("2"));
	check_usage("--within: '2' is no span of time; "
	    "as in 2d, 4h, 15m, 1w");
	RUN("", A("-o"), A("n,bogus"));
	check_usage("--columns: there is no column 'bogus'; "
	    "there are name,n");
	RUN("", A("-o"), A(""));
	check_usage("--columns: there is no column ''; "
	    "there are name,n");
	RUN("", A("--channel"), A("mail"), A("--channel"), A("phone"));
	check_usage("--channel is given twice: 'mail' and 'phone'");
	RUN("", A("-m"), A("caf\xe9"));
	check_usage("--message: not UTF-8: caf\\xe9");
	RUN("", A("eat"));
	check_usage("'eat' is no STEP; it is one of: "
	    "keep refuse break show staff request");
}

static void
help_and_version_are_answers(void **state)
{
	(void)state;
	setenv("CASE_DB", "/nonexistent/case.db", 1);
	RUN("", A("--help"));
	assert_int_equal(got.code, 0);
	assert_string_equal(got.err, "");
	assert_non_null(strstr(got.out, "usage: case-try STEP [CASE[/ITEM]"
	    "...]\n"));
	assert_non_null(strstr(got.out, "  -m, --message TEXT "));
	assert_non_null(strstr(got.out, "      --channel WAY "));
	RUN("", A("--version"), A("--bogus"));
	assert_int_equal(got.code, 0);
	assert_non_null(strstr(got.out, "case-try (case) "));
	got.out_path = "/dev/full";
	RUN("", A("--help"));
	assert_int_equal(got.code, 3);
}

static void
options_and_operands_mix(void **state)
{
	(void)state;
	RUN("", A("--unit"), A("a"), A("show"), A("--unit=b"), A("-m"),
	    A("one"), A("--message"), A("two"), A("-a2026-04-30"),
	    A("--within=2d"));
	expect(0, "one\n\ntwo 1777500000 2 172800\n", "");
	RUN("", A("show"), A("--"), A("-q"));
	check_usage("one operand too many: '-q'");
	RUN("", A("show"));
	expect(0, "- 1777888800 0 -1\n", "");
}

static void
words_may_come_from_a_file(void **state)
{
	(void)state;
	spill("words", "\xef\xbb\xbf" "caf\xc3\xa9\r\nnoir\r\n\n", 16);
	RUN("", A("show"), A("-F"), A("words"));
	expect(0, "caf\xc3\xa9\r\nnoir 1777888800 0 -1\n", "");
	RUN("hot\n", A("keep"), A("-F"), A("-"), A("1000015"));
	expect(0, "1000015\n", "");
	RUN("1000015\n", A("keep"), A("-F"), A("-"));
	check_usage("--file -: standard input cannot be both the words and "
	    "the cases: name the cases");
	RUN("", A("show"), A("-F"), A("nowhere"));
	check_usage("--file: nowhere: No such file or directory");
	RUN("", A("show"), A("-F"), A("words"), A("-m"), A("x"));
	check_usage("--message and --file exclude each other");
	RUN("", A("show"), A("-m"), A(" \n"));
	check_usage("--message: there are no words in it");
	spill("words", "caf\xe9", 4);
	RUN("", A("show"), A("-F"), A("words"));
	check_usage("--file: words: not UTF-8 text");
	spill("words", "a\0b", 3);
	RUN("", A("show"), A("-F"), A("words"));
	check_usage("--file: words: not UTF-8 text");
}

static void
a_request_is_what_was_asked_not_how(void **state)
{
	(void)state;
	spill("words", "caf\xc3\xa9\n", 6);
	RUN("", A("request"), A("-qF"), A("words"), A("--unit"), A("\"a"),
	    A("-o"), A("n"), A("--"), A("-x"));
	expect(0, "[\"file\",\"caf\xc3\xa9\",\"unit\",\"\\\"a\",\"\","
	    "\"request\",\"-x\"]\n", "");
}

static void
a_full_disk_is_told(void **state)
{
	(void)state;
	got.out_path = "/dev/full";
	RUN("", A("keep"), A("1000015"), A("1000028"));
	expect(3, "", "case-try: standard output: "
	    "No space left on device\n");
	/* What could not be told any more was not done either. */
	expect_kept("1000015:0;");
}

/* What is closed would otherwise be the number of the next file opened. */
static void
a_closed_stream_fails_and_harms_nothing(void **state)
{
	(void)state;
	got.closed = STDOUT_FILENO;
	RUN("", A("keep"), A("1000015"), A("1000028"));
	expect(3, "", "case-try: standard output: Bad file descriptor\n");
	RUN("", A("keep"), A("-q"), A("1000031"));
	expect(0, "", "");
	got.closed = STDERR_FILENO;
	RUN("", A("refuse"), A("1000044"));
	expect(1, "", "");
	got.closed = STDIN_FILENO;
	RUN("1000044\n", A("keep"));
	expect(3, "", "case-try: standard input: Bad file descriptor\n");
	got.closed = -1;
	expect_kept("1000015:0;1000031:0;");
}

static void
completions_come_from_the_same_table(void **state)
{
	(void)state;
	RUN("", A("--completions"));
	assert_int_equal(got.code, 0);
	assert_string_equal(got.err, "");
	assert_non_null(strstr(got.out,
	    "option\t--at\t-a\tTIME\t\twhen it happened\n"));
	assert_non_null(strstr(got.out,
	    "\noption\t--channel\t\tWAY\tphone mail\thow\n"));
	assert_non_null(strstr(got.out,
	    "\nwords\tkeep refuse break show staff request\n"
	    "column\tname\ncolumn\tn\ncases\n"));
}

static void
a_reader_that_leaves_ends_the_command_quietly(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	got.stream = ends[1];
	RUN("", A("keep"), A("1000015"), A("1000028"));
	assert_string_equal(got.err, "");
	assert_int_equal(got.code, -SIGPIPE);
	/* What nobody would be told is not done. */
	expect_kept("1000015:0;");
	close(ends[1]);
	got.stream = -1;
	/* The file was closed in good order. */
	assert_int_equal(access("case.db-wal", F_OK), -1);
}

static void
the_staff_must_be_known(void **state)
{
	struct store *s = store_open("case.db", STORE_WRITE);

	(void)state;
	RUN("", A("staff"), A("--by"), A("zoe"));
	expect(1, "", "case-try: --by: there is no staff member 'zoe'\n");
	/* Where there is nothing to do, nobody does it. */
	RUN("", A("staff"));
	assert_int_equal(got.code, 0);
	RUN("1000015\n", A("staff"));
	assert_int_equal(got.code, 1);
	assert_non_null(strstr(got.err, "is no staff member's: "
	    "say on whose behalf with --by STAFF\n"));
	store_begin(s);
	store_exec(s, "INSERT INTO staff (code, name) VALUES ('zoe', 'Zo')");
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	RUN("", A("staff"), A("--by"), A("zoe"));
	expect(0, "zoe\n", "");
}

static void
a_missing_file_is_told(void **state)
{
	(void)state;
	setenv("CASE_DB", "/nonexistent/case.db", 1);
	RUN("", A("keep"), A("1000015"));
	assert_string_equal(got.out, "");
	assert_int_equal(strncmp(got.err, "case-try: ", 10), 0);
	assert_non_null(strstr(got.err, "/nonexistent"));
	assert_int_equal(got.code, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(operands_of_one_case_are_one_act),
		TEST(malformed_operands_stop_everything),
		TEST(input_names_the_cases_otherwise),
		TEST(input_may_be_separated_by_nul),
		TEST(a_bad_line_is_told_and_the_others_go_on),
		TEST(a_refused_case_leaves_nothing_and_the_others_go_on),
		TEST(a_breakage_stops_the_loop),
		TEST(a_dry_run_changes_nothing),
		TEST(warnings_come_once_it_is_done),
		TEST(mistakes_are_told_before_the_file_is_touched),
		TEST(help_and_version_are_answers),
		TEST(options_and_operands_mix),
		TEST(words_may_come_from_a_file),
		TEST(a_request_is_what_was_asked_not_how),
		TEST(a_full_disk_is_told),
		TEST(a_closed_stream_fails_and_harms_nothing),
		TEST(completions_come_from_the_same_table),
		TEST(a_reader_that_leaves_ends_the_command_quietly),
		TEST(the_staff_must_be_known),
		TEST(a_missing_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
