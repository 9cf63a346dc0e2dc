/* SPDX-License-Identifier: ISC */
#include <sys/resource.h>

#include <fcntl.h>
#include <signal.h>

#include "store_file.h"

static void
commits_and_rolls_back(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "kept");
	assert_int_equal(store_end(s), STORE_OK);
	store_begin(s);
	put(s, "dropped");
	assert_int_equal(rows(s), 2);
	assert_int_equal(store_drop(s), STORE_OK);
	store_begin(s);
	put(s, "refused");
	store_refuse(s, "no %d", 1);
	store_refuse(s, "no %d", 2);
	assert_int_equal(rows(s), -1);
	put(s, "after it");
	assert_int_equal(store_end(s), STORE_REFUSED);
	assert_string_equal(store_why(s), "no 1");
	store_begin(s);
	assert_int_equal(rows(s), 1);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	assert_int_equal(rows_in_file(p), 1);
}

static void
breakage_stays(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "one");
	store_break(s, "the roof fell in");
	assert_int_equal(store_end(s), STORE_BROKEN);
	store_begin(s);
	put(s, "two");
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_string_equal(store_why(s), "the roof fell in");
	store_close(s);
	assert_int_equal(rows_in_file(p), 0);
}

static void
broken_rule_is_a_refusal(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "twice");
	put(s, "twice");
	assert_int_equal(store_end(s), STORE_REFUSED);
	assert_string_equal(store_why(s), "content is never changed");
	store_close(s);
	assert_int_equal(rows_in_file(p), 0);
}

/* A SELECT left half-way holds the old snapshot: a BEGIN IMMEDIATE after
 * somebody else wrote would fail at once, whatever the busy handler. */
static void
half_read_query_does_not_linger(void **state)
{
	const struct place *p = *state;
	struct store *s, *other;
	struct query *q;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	other = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "a");
	put(s, "b");
	assert_int_equal(store_end(s), STORE_OK);
	store_begin(s);
	q = store_query(s, "SELECT digest FROM content");
	assert_true(query_row(q));
	assert_int_equal(store_end(s), STORE_OK);
	store_begin(other);
	put(other, "c");
	assert_int_equal(store_end(other), STORE_OK);
	store_begin(s);
	assert_int_equal(rows(s), 3);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(other);
	store_close(s);
}

static void
same_statement_twice_under_way(void **state)
{
	const struct place *p = *state;
	static const char all[] = "SELECT digest FROM content ORDER BY digest";
	struct query *outer, *inner;
	struct store *s;
	int n = 0;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "a");
	put(s, "b");
	for (outer = store_query(s, all); query_row(outer);)
		for (inner = store_query(s, all); query_row(inner); n++)
			assert_ptr_not_equal(inner, outer);
	assert_int_equal(n, 4);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
}

static int
forgets_to_bind(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_WRITE);
	struct query *q;

	store_begin(s);
	q = store_query(s, insert);
	bind_text(q, ":digest", "x");
	query_run(q);
	return 0;
}

static int
binds_a_wrong_name(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_WRITE);

	store_begin(s);
	bind_text(store_query(s, insert), ":digset", "x");
	return 0;
}

static int
writes_outside(const struct place *p)
{
	put(store_open(p->db, STORE_WRITE), "x");
	return 0;
}

/* stderr is the assertion's; it is no concern of the test's reader. */
static void
aborts(int (*fn)(const struct place *), const struct place *p)
{
	int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
	int status;

	dup2(null, STDERR_FILENO);
	status = place_fork(fn, p);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(null);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void
bugs_end_the_process(void **state)
{
	const struct place *p = *state;

	make(p);
	aborts(forgets_to_bind, p);
	aborts(binds_a_wrong_name, p);
	aborts(writes_outside, p);
	assert_int_equal(rows_in_file(p), 0);
}

static void
reader_cannot_write(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_READ);
	store_begin(s);
	put(s, "x");
	assert_int_equal(store_end(s), STORE_BROKEN);
	store_close(s);
	assert_int_equal(rows_in_file(p), 0);
}

/* A reader sees one state of the file, and never holds a writer up. */
static void
reader_has_a_snapshot(void **state)
{
	const struct place *p = *state;
	struct store *reader, *writer;

	make(p);
	reader = store_open(p->db, STORE_READ);
	store_begin(reader);
	assert_int_equal(rows(reader), 0);
	writer = store_open(p->db, STORE_WRITE);
	store_begin(writer);
	put(writer, "x");
	assert_int_equal(store_end(writer), STORE_OK);
	assert_int_equal(rows(reader), 0);
	assert_int_equal(store_end(reader), STORE_OK);
	store_begin(reader);
	assert_int_equal(rows(reader), 1);
	assert_int_equal(store_end(reader), STORE_OK);
	store_close(writer);
	store_close(reader);
}

static void
last_one_leaves_one_file(void **state)
{
	const struct place *p = *state;
	char *wal = mem_printf("%s-wal", p->db);
	char *shm = mem_printf("%s-shm", p->db);
	struct store *reader, *writer;

	make(p);
	reader = store_open(p->db, STORE_READ);
	store_begin(reader);
	assert_int_equal(rows(reader), 0);
	assert_int_equal(store_end(reader), STORE_OK);
	writer = store_open(p->db, STORE_WRITE);
	store_begin(writer);
	put(writer, "x");
	assert_int_equal(store_end(writer), STORE_OK);
	store_close(writer);
	assert_int_equal(access(wal, F_OK), 0);
	store_close(reader);
	assert_int_equal(access(wal, F_OK), -1);
	assert_int_equal(access(shm, F_OK), -1);
	assert_int_equal(rows_in_file(p), 1);
	free(wal);
	free(shm);
}

static int
fills_the_disk(const struct place *p)
{
	const struct rlimit most = { 1 << 19, 1 << 19 };
	struct store *s;
	char name[32];
	int i;

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &most);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "fits");
	if (store_end(s) != STORE_OK)
		return 1;
	store_begin(s);
	for (i = 0; i < 100000; i++) {
		snprintf(name, sizeof(name), "%d", i);
		put(s, name);
	}
	if (store_end(s) != STORE_BROKEN)
		return 2;
	store_begin(s);
	put(s, "commits alone, if anything does");
	if (store_end(s) != STORE_BROKEN)
		return 3;
	store_close(s);
	return 0;
}

static void
full_disk_leaves_nothing_half_done(void **state)
{
	const struct place *p = *state;

	make(p);
	assert_int_equal(place_fork(fills_the_disk, p), 0);
	assert_int_equal(rows_in_file(p), 1);
}

/* Waiting and counting in turn, each reads what the one before wrote. */
static int
counts_up(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_WRITE);
	char name[32];
	int i, failed = 0;

	for (i = 0; i < 20; i++) {
		store_begin(s);
		snprintf(name, sizeof(name), "%d", (int)rows(s));
		put(s, name);
		failed += store_end(s) != STORE_OK;
	}
	store_close(s);
	return failed;
}

static void
many_writers_lose_nothing(void **state)
{
	const struct place *p = *state;
	int i, status;

	make(p);
	fflush(NULL);
	for (i = 0; i < 8; i++)
		if (fork() == 0)
			_exit(counts_up(p));
	for (i = 0; i < 8; i++) {
		wait(&status);
		assert_int_equal(status, 0);
	}
	assert_int_equal(rows_in_file(p), 160);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(commits_and_rolls_back),
		TEST(breakage_stays),
		TEST(broken_rule_is_a_refusal),
		TEST(half_read_query_does_not_linger),
		TEST(same_statement_twice_under_way),
		TEST(bugs_end_the_process),
		TEST(reader_cannot_write),
		TEST(reader_has_a_snapshot),
		TEST(last_one_leaves_one_file),
		TEST(full_disk_leaves_nothing_half_done),
		TEST(many_writers_lose_nothing),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
