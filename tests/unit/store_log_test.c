/* SPDX-License-Identifier: ISC */
#include "store_file.h"

/* Another process, which opens and closes the file when it is told to. It is
 * there first: the engine must not be taken along by fork(2). */
struct other {
	pid_t	 pid;
	int	 ask[2];
	int	 answer[2];
};

static int
obey(const struct place *p, const struct other *o)
{
	struct store *s = NULL;
	char byte;

	close(o->ask[1]);
	while (read(o->ask[0], &byte, 1) == 1) {
		if (s == NULL) {
			s = store_open(p->db, STORE_READ);
			store_begin(s);
			rows(s);
			store_end(s);
		} else {
			store_close(s);
			s = NULL;
		}
		if (write(o->answer[1], &byte, 1) != 1)
			return 1;
	}
	return 0;
}

static void
other_start(struct other *o, const struct place *p)
{
	assert_int_equal(pipe(o->ask), 0);
	assert_int_equal(pipe(o->answer), 0);
	fflush(NULL);
	if ((o->pid = fork()) == 0)
		_exit(obey(p, o));
	close(o->ask[0]);
	close(o->answer[1]);
}

static void
other_acts(const struct other *o)
{
	char byte = 0;

	assert_int_equal(write(o->ask[1], &byte, 1), 1);
	assert_int_equal(read(o->answer[0], &byte, 1), 1);
}

#define other_comes	other_acts
#define other_goes	other_acts

static void
other_end(const struct other *o)
{
	int status;

	close(o->ask[1]);
	close(o->answer[0]);
	waitpid(o->pid, &status, 0);
	assert_int_equal(status, 0);
}

static int64_t
log_size(const struct place *p)
{
	char *name = mem_printf("%s-wal", p->db);
	struct stat st;
	int64_t size = stat(name, &st) == 0 ? (int64_t)st.st_size : 0;

	free(name);
	return size;
}

/* One row that makes the log grow past what is large. */
static void
put_much(struct store *s, const char *digest)
{
	struct query *q;

	store_begin(s);
	q = store_query(s, "INSERT INTO content (digest, bytes) "
	    "VALUES (:digest, zeroblob(70000000))");
	bind_text(q, ":digest", digest);
	query_run(q);
	assert_int_equal(store_end(s), STORE_OK);
}

static void
small_log_stays(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "one");
	assert_int_equal(store_end(s), STORE_OK);
	assert_false(store_relieve(s, STORE_LOG_LARGE));
	assert_int_not_equal(log_size(p), 0);
	store_close(s);
}

static void
large_log_is_written_back(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	put_much(s, "much");
	assert_true(log_size(p) > 70000000);
	assert_true(store_relieve(s, STORE_LOG_LARGE));
	assert_true(log_size(p) < 70000000);
	assert_false(store_relieve(s, STORE_LOG_LARGE));
	store_begin(s);
	put(s, "more");
	assert_int_equal(rows(s), 2);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	assert_int_equal(log_size(p), 0);
	assert_int_equal(rows_in_file(p), 2);
}

/* Two who write back at once can lose a commit. */
static void
others_put_that_off(void **state)
{
	const struct place *p = *state;
	struct store *s;
	struct other o;

	make(p);
	other_start(&o, p);
	s = store_open(p->db, STORE_WRITE);
	put_much(s, "much");
	other_comes(&o);
	assert_false(store_relieve(s, STORE_LOG_LARGE));
	assert_true(log_size(p) > 70000000);
	other_goes(&o);
	assert_true(store_relieve(s, STORE_LOG_LARGE));
	assert_true(log_size(p) < 70000000);
	store_close(s);
	other_end(&o);
	assert_int_equal(rows_in_file(p), 1);
}

static void
another_file_in_its_place(void **state)
{
	const struct place *p = *state;
	struct place another = { p->dir, mem_printf("%s/new.db", p->dir) };
	struct store *s;

	make(p);
	make(&another);
	s = store_open(p->db, STORE_WRITE);
	put_much(s, "much");
	assert_int_equal(rename(another.db, p->db), 0);
	store_relieve(s, STORE_LOG_LARGE);
	assert_int_equal(store_status(s), STORE_BROKEN);
	assert_non_null(strstr(store_why(s), "replaced"));
	store_close(s);
	free(another.db);
}

static void
knows_when_it_is_alone(void **state)
{
	const struct place *p = *state;
	struct store *s;
	struct other o;

	make(p);
	other_start(&o, p);
	s = store_open(p->db, STORE_WRITE);
	assert_true(store_alone(s));
	store_begin(s);
	put(s, "one");
	assert_true(store_alone(s));
	other_comes(&o);
	assert_false(store_alone(s));
	other_goes(&o);
	assert_true(store_alone(s));
	assert_int_equal(store_end(s), STORE_OK);
	/* Having looked gave up none of its own locks. */
	other_comes(&o);
	store_close(s);
	assert_int_not_equal(log_size(p), 0);
	other_goes(&o);
	assert_int_equal(log_size(p), 0);
	other_end(&o);
	assert_int_equal(rows_in_file(p), 1);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(small_log_stays),
		TEST(large_log_is_written_back),
		TEST(others_put_that_off),
		TEST(another_file_in_its_place),
		TEST(knows_when_it_is_alone),
	};

	return cmocka_run_group_tests_name("store log", tests, NULL, NULL);
}
