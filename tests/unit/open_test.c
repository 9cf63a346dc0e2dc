/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <pwd.h>

#include <sqlite3.h>

#include "store_file.h"

/* What the file is like from outside. */
static void
outside(const struct place *p, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
refused(const char *path, enum store_mode mode, const char *why)
{
	struct store *s = store_open(path, mode);

	assert_int_equal(store_status(s), STORE_BROKEN);
	if (strstr(store_why(s), why) == NULL)
		fail_msg("'%s' does not say '%s'", store_why(s), why);
	/* A store that could not be opened still does nothing, safely. */
	store_begin(s);
	assert_int_equal(rows(s), -1);
	put(s, "x");
	assert_int_equal(store_end(s), STORE_BROKEN);
	store_close(s);
}

static void
strangers_are_refused(void **state)
{
	const struct place *p = *state;
	char *path;

	refused(p->db, STORE_READ, "case-init");
	path = mem_printf("%s/none/case.db", p->dir);
	refused(path, STORE_WRITE, "case-init");
	free(path);
	refused(p->dir, STORE_CREATE, "not a regular file");
	path = mem_printf("%s/", p->db);
	refused(path, STORE_CREATE, "Is a directory");
	assert_int_equal(access(path, F_OK), -1);
	free(path);
	path = mem_printf("%s/..", p->dir);
	refused(path, STORE_READ, "not the name of a file");
	free(path);
	refused("", STORE_CREATE, "Is a directory");
	outside(p, "CREATE TABLE theirs(x); PRAGMA user_version = 1");
	refused(p->db, STORE_READ, "not a case file");
	refused(p->db, STORE_CREATE, "not a case file");
	outside(p, "PRAGMA user_version = 0");
	refused(p->db, STORE_CREATE, "not a case file");
	assert_int_equal(truncate(p->db, 0), 0);
	refused(p->db, STORE_WRITE, "not a case file");
	make(p);
}

static void
other_versions_are_refused(void **state)
{
	const struct place *p = *state;

	make(p);
	outside(p, "PRAGMA user_version = 999");
	refused(p->db, STORE_READ, "newer than this program");
	refused(p->db, STORE_CREATE, "newer than this program");
	outside(p, "PRAGMA user_version = 0");
	refused(p->db, STORE_WRITE, "case-init brings it to");
}

static void
upgrade_meanwhile_is_seen(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	outside(p, "PRAGMA user_version = 999");
	store_begin(s);
	put(s, "x");
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_non_null(strstr(store_why(s), "upgraded meanwhile"));
	store_close(s);
}

static void
lost_mode_is_seen_and_put_right(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	outside(p, "PRAGMA journal_mode = DELETE");
	refused(p->db, STORE_WRITE, "case-init puts that right");
	assert_int_equal(rows_in_file(p), 0);
	make(p);
	s = store_open(p->db, STORE_WRITE);
	assert_int_equal(store_status(s), STORE_OK);
	store_close(s);
}

/* What is read without locks is looked at twice. */
static void
change_under_a_reader_is_seen(void **state)
{
	const struct place *p = *state;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_COPY);
	store_begin(s);
	assert_int_equal(rows(s), 0);
	assert_int_equal(store_end(s), STORE_OK);
	outside(p, "INSERT INTO content VALUES ('x', x'00')");
	store_begin(s);
	rows(s);
	assert_int_equal(store_end(s), STORE_BUSY);
	store_close(s);
}

static void
text_is_not_a_case_file(void **state)
{
	const struct place *p = *state;
	FILE *f = fopen(p->db, "w");
	int i;

	for (i = 0; i < 1000; i++)
		fputs("Dear sirs, ", f);
	fclose(f);
	refused(p->db, STORE_READ, "is not a case file");
	refused(p->db, STORE_CREATE, "is not a case file");
}

static void
links_are_refused(void **state)
{
	const struct place *p = *state;
	char *path = mem_printf("%s/link", p->dir);
	char *through;

	make(p);
	assert_int_equal(symlink(p->db, path), 0);
	refused(path, STORE_WRITE, "symbolic link");
	assert_int_equal(unlink(path), 0);
	/* A folder may be one. */
	assert_int_equal(symlink(p->dir, path), 0);
	through = mem_printf("%s/case.db", path);
	store_close(store_open(through, STORE_WRITE));
	refused(path, STORE_READ, "symbolic link");
	free(path);
	free(through);
}

/* Options of a URI must not reach the engine through a file's name. */
static void
uri_is_a_name(void **state)
{
	const struct place *p = *state;
	struct store *s;
	char *path = mem_printf("%s/file:x.db?mode=memory&vfs=none#%%41",
	    p->dir);
	int here = open(".", O_RDONLY | O_DIRECTORY);

	assert_int_equal(chdir(p->dir), 0);
	s = store_open(strrchr(path, '/') + 1, STORE_CREATE);
	assert_string_equal(store_why(s), "");
	store_close(s);
	assert_int_equal(access(path, R_OK), 0);
	s = store_open(path, STORE_COPY);
	assert_string_equal(store_why(s), "");
	store_begin(s);
	assert_int_equal(rows(s), 0);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	assert_int_equal(fchdir(here), 0);
	close(here);
	free(path);
}

/* Whoever runs the tests, this process may not write to what is read-only. */
static void
be_nobody(void)
{
	if (geteuid() == 0 && (setgid(65534) == -1 || setuid(65534) == -1))
		_exit(99);
}

static int
reads_at_rest(const struct place *p)
{
	struct store *s;
	int64_t n;

	be_nobody();
	s = store_open(p->db, STORE_READ);
	store_begin(s);
	n = rows(s);
	if (store_end(s) != STORE_OK)
		fprintf(stderr, "%s\n", store_why(s));
	store_close(s);
	return (int)n;
}

static int
writes_to_read_only(const struct place *p)
{
	struct store *s;
	int status;

	be_nobody();
	s = store_open(p->db, STORE_WRITE);
	status = (int)store_status(s);
	if (strstr(store_why(s), "cannot be written") == NULL)
		status = 98;
	store_close(s);
	return status;
}

static void
read_only_folder(void **state)
{
	const struct place *p = *state;
	char *wal = mem_printf("%s-wal", p->db);
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "a");
	put(s, "b");
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	assert_int_equal(chmod(p->db, 0444), 0);
	assert_int_equal(chmod(p->dir, 0555), 0);
	assert_int_equal(place_fork(reads_at_rest, p), 2 << 8);
	assert_int_equal(place_fork(writes_to_read_only, p),
	    STORE_BROKEN << 8);
	/* A folder that can be written to gets no log from who cannot write
	 * to the file: those who can could not write to that. */
	assert_int_equal(chmod(p->dir, 0777), 0);
	assert_int_equal(place_fork(reads_at_rest, p), 2 << 8);
	assert_int_equal(access(wal, F_OK), -1);
	free(wal);
}

static int
creates(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_CREATE);
	int status = (int)store_status(s);

	if (status != STORE_OK)
		fprintf(stderr, "%s\n", store_why(s));
	store_close(s);
	return status;
}

static void
created_by_many_at_once(void **state)
{
	const struct place *p = *state;
	struct store *s;
	int i, status;

	fflush(NULL);
	for (i = 0; i < 8; i++)
		if (fork() == 0)
			_exit(creates(p));
	for (i = 0; i < 8; i++) {
		wait(&status);
		assert_int_equal(status, 0);
	}
	s = store_open(p->db, STORE_READ);
	assert_int_equal(query_int_or(store_query(s,
	    "SELECT count(*) FROM origin"), -1), 1);
	store_close(s);
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void
group_shares_its_file(void **state)
{
	const struct place *p = *state;
	char *wal = mem_printf("%s-wal", p->db);
	mode_t mask = umask(077);
	struct store *s;

	assert_int_equal(chmod(p->dir, 02770), 0);
	make(p);
	assert_int_equal(mode_of(p->db), 0660);
	umask(077);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	put(s, "x");
	assert_int_equal(store_end(s), STORE_OK);
	assert_int_equal(mode_of(wal), 0660);
	store_close(s);
	umask(mask);
	free(wal);
}

static void
file_is_private_otherwise(void **state)
{
	const struct place *p = *state;
	mode_t mask = umask(0);

	assert_int_equal(chmod(p->dir, 0755), 0);
	make(p);
	assert_int_equal(mode_of(p->db), 0600);
	umask(mask);
}

/* Without a home in the environment: what the user database says. */
static void
usual_place(void **state)
{
	struct passwd *user = getpwuid(getuid());
	char *usual = mem_printf("%s/.local/share/case/case.db", user->pw_dir);
	char *home = mem_text(getenv("HOME"));

	(void)state;
	unsetenv("CASE_DB");
	unsetenv("XDG_DATA_HOME");
	unsetenv("HOME");
	assert_string_equal(store_default_path(), usual);
	setenv("HOME", "", 1);
	assert_string_equal(store_default_path(), usual);
	setenv("HOME", "/nowhere", 1);
	assert_string_equal(store_default_path(),
	    "/nowhere/.local/share/case/case.db");
	if (home != NULL)
		setenv("HOME", home, 1);
	free(home);
	free(usual);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(strangers_are_refused),
		TEST(other_versions_are_refused),
		TEST(upgrade_meanwhile_is_seen),
		TEST(lost_mode_is_seen_and_put_right),
		TEST(change_under_a_reader_is_seen),
		TEST(text_is_not_a_case_file),
		TEST(links_are_refused),
		TEST(uri_is_a_name),
		TEST(read_only_folder),
		TEST(created_by_many_at_once),
		TEST(group_shares_its_file),
		TEST(file_is_private_otherwise),
		TEST(usual_place),
	};

	return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
