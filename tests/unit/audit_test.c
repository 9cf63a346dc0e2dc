/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <inttypes.h>

#include <sqlite3.h>

#include "journal_file.h"

/* By somebody who has a shell of the engine and an hour. */
static void
tamper(const struct place *p, const char *sql)
{
	static const char *const triggers[] = { "event_update", "event_delete",
	    "event_insert", "payload_update", "payload_delete",
	    "payload_insert", "content_update", "content_delete" };
	sqlite3 *db;
	char *drop, *why = NULL;
	size_t i;

	assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
	for (i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++) {
		drop = sqlite3_mprintf("DROP TRIGGER IF EXISTS %s",
		    triggers[i]);
		assert_int_equal(sqlite3_exec(db, drop, NULL, NULL, NULL),
		    SQLITE_OK);
		sqlite3_free(drop);
	}
	sqlite3_exec(db, sql, NULL, NULL, &why);
	if (why != NULL)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
}

static void
copy(const char *from, const char *to)
{
	struct store *s = store_open(from, STORE_READ);

	unlink(to);
	store_begin(s);
	store_copy(s, to);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
}

static void
changes_are_named(void **state)
{
	static const struct {
		const char	*sql;
		const char	*why;
	} changes[] = {
		{ "UPDATE event SET case_id = 1 WHERE seq = 1", "entry 1 is not" },
		{ "UPDATE event SET case_id = NULL WHERE seq = 3", "entry 3 is not" },
		{ "UPDATE event SET verb = 'x' WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET verb = 'opened' || char(0, 65) WHERE seq = 1", "entry 1 is not" },
		{ "UPDATE event SET happened_at = 0 WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET recorded_at = 0 WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET actor = 'anne' WHERE seq = 1", "entry 1 is not" },
		{ "UPDATE event SET actor = NULL WHERE seq = 1", "entry 1 is not" },
		{ "UPDATE event SET actor = '' WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET login = 'x' WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET uid = uid + 1 WHERE seq = 2", "entry 2 is not" },
		{ "UPDATE event SET digest = prev WHERE seq = 2", "entry 2 has another payload" },
		{ "UPDATE event SET prev = zeroblob(32) WHERE seq = 2", "entry 2 does not follow" },
		{ "UPDATE event SET hash = zeroblob(32) WHERE seq = 3", "entry 3 is not" },
		{ "UPDATE event_payload SET payload = '{} ' WHERE seq = 2", "entry 2 has another payload" },
		{ "UPDATE event_payload SET payload = payload || char(0)", "entry 1 has another payload" },
		{ "DELETE FROM event_payload WHERE seq = 3", "entry 3 has lost its payload" },
		{ "DELETE FROM event WHERE seq = 1", "entry 1 is missing" },
		{ "DELETE FROM event WHERE seq = 2", "entry 2 is missing" },
		{ "DELETE FROM event WHERE seq = 3", "entry 3 is missing" },
		{ "UPDATE content SET bytes = x'00'", "is not what was kept" },
		{ "INSERT INTO attachment VALUES (4, 1, 'x', 1, 'ff', 1)", "attachment 1 is missing" },
	};
	const struct place *p = *state;
	char *good = mem_printf("%s/good.db", p->dir);
	size_t i;

	make(p);
	copy(p->db, good);
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		copy(good, p->db);
		verifies(p, NULL, "");
		tamper(p, changes[i].sql);
		verifies(p, NULL, changes[i].why);
	}
	free(good);
}

/* Cutting off whole entries leaves a good chain: only a head that was noted
 * elsewhere tells. */
static void
cut_end_is_found(void **state)
{
	const struct place *p = *state;
	struct audit_head head;

	make(p);
	head = head_of(p);
	assert_int_equal(head.seq, 3);
	verifies(p, &head, "");
	tamper(p, "DELETE FROM event_payload WHERE seq = 3;"
	    "DELETE FROM event WHERE seq = 3");
	verifies(p, NULL, "");
	verifies(p, &head, "ends at entry 2, before the 3 that was noted");
}

/* A journal written anew is a good chain as well, up to its own head. */
static void
other_journal_is_found(void **state)
{
	const struct place *p = *state;
	struct audit_head head;
	struct store *s;

	make(p);
	head = head_of(p);
	assert_int_equal(unlink(p->db), 0);
	s = store_open(p->db, STORE_CREATE);
	store_begin(s);
	journal_append(s, &noted);
	journal_append(s, &opened);
	journal_append(s, &closed);
	journal_append(s, &noted);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	verifies(p, NULL, "");
	verifies(p, &head, "entry 3 has another hash than was noted");
}

static void
heads_are_parsed(void **state)
{
	static const char hash[] = "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef";
	struct audit_head head;
	char *text;

	(void)state;
	text = mem_printf("17 %s", hash);
	assert_true(audit_parse_head(text, &head));
	assert_int_equal(head.seq, 17);
	assert_string_equal(head.hash, hash);
	text[strlen(text) - 1] = '\0';
	assert_false(audit_parse_head(text, &head));
	text[2] = 'x';
	assert_false(audit_parse_head(text, &head));
	assert_false(audit_parse_head(hash, &head));
	assert_false(audit_parse_head("", &head));
	free(text);
}

struct seen {
	int	 lost, extra;
	char	 last[128];
};

static void
see(void *arg, const struct audit_difference *d)
{
	struct seen *seen = arg;

	if (d->lost)
		seen->lost++;
	else
		seen->extra++;
	snprintf(seen->last, sizeof(seen->last), "%s: %s", d->table, d->row);
}

static struct seen
rebuild(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_READ);
	struct seen seen = { 0 };
	int64_t n;

	store_begin(s);
	n = audit_rebuild(s, see, NULL, &seen);
	assert_int_equal(store_end(s), STORE_OK);
	assert_int_equal(n, seen.lost + seen.extra);
	/* The tables of the file are back, and nothing can be written. */
	store_begin(s);
	query_run(store_query(s, "DELETE FROM link"));
	assert_int_equal(store_end(s), STORE_BROKEN);
	store_close(s);
	return seen;
}

static void
rebuild_names_what_differs(void **state)
{
	const struct place *p = *state;
	struct seen seen;

	make(p);
	seen = rebuild(p);
	assert_int_equal(seen.lost + seen.extra, 0);
	tamper(p, "DELETE FROM link WHERE other = 2");
	seen = rebuild(p);
	assert_int_equal(seen.lost, 1);
	assert_int_equal(seen.extra, 0);
	assert_string_equal(seen.last, "link: case_id 1, other 2");
	tamper(p, "UPDATE link SET other = 2");
	seen = rebuild(p);
	assert_int_equal(seen.lost, 1);
	assert_string_equal(seen.last, "link: case_id 1, other 3");
	tamper(p, "INSERT INTO link VALUES (1, 3);"
	    "UPDATE cases SET pilot = 'mallory'");
	seen = rebuild(p);
	assert_int_equal(seen.lost, 1);
	assert_int_equal(seen.extra, 1);
	assert_string_equal(seen.last, "cases: case_id 1000423");
	verifies(p, NULL, "");
}

/* Written by something else, or by a version that knew more. */
static void
rebuild_knows_columns(void **state)
{
	const struct place *p = *state;
	struct seen seen = { 0 };
	struct store *s;

	make(p);
	tamper(p, "UPDATE event_payload SET payload = '{\"rows\":{\"link\":["
	    "{\"case_id\":1,\"oter\":9}]}}' WHERE seq = 3");
	s = store_open(p->db, STORE_READ);
	store_begin(s);
	audit_rebuild(s, see, NULL, &seen);
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_string_equal(store_why(s), "entry 3: link has no column 'oter'");
	store_close(s);
}

static void
backup_while_others_write(void **state)
{
	const struct place *p = *state;
	char *path = mem_printf("%s/backup.db", p->dir);
	struct audit_head head;
	struct store *writer, *s;

	make(p);
	writer = store_open(p->db, STORE_WRITE);
	store_begin(writer);
	assert_int_equal(journal_append(writer, &noted), 4);
	s = store_open(p->db, STORE_READ);
	store_begin(s);
	audit_backup(s, path, &head);
	assert_int_equal(store_end(s), STORE_OK);
	assert_int_equal(store_end(writer), STORE_OK);
	assert_int_equal(head.seq, 3);
	/* Never over something else. */
	store_begin(s);
	audit_backup(s, path, &head);
	assert_int_equal(store_end(s), STORE_REFUSED);
	store_close(s);
	store_close(writer);
	copy(path, p->db);
	verifies(p, &head, "");
	holds(p, "SELECT count(*) FROM event", "3");
	holds(p, "PRAGMA journal_mode", "wal");
	free(path);
}

static void
bad_backup_gets_no_name(void **state)
{
	const struct place *p = *state;
	char *path = mem_printf("%s/backup.db", p->dir);
	struct audit_head head;
	struct store *s;

	make(p);
	tamper(p, "UPDATE event SET verb = 'x' WHERE seq = 2");
	s = store_open(p->db, STORE_READ);
	store_begin(s);
	audit_backup(s, path, &head);
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_non_null(strstr(store_why(s), "entry 2 is not"));
	store_close(s);
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

/* The pages of the journal's two tables, from the engine's own statistics. */
static size_t
journal_pages(const struct place *p, int64_t *pages, size_t most)
{
	struct store *s = store_open(p->db, STORE_READ);
	struct query *q;
	size_t n = 0;

	store_begin(s);
	q = store_query(s, "SELECT pageno FROM dbstat "
	    "WHERE name IN ('event', 'event_payload')");
	while (query_row(q) && n < most)
		pages[n++] = query_int(q, 0);
	assert_int_equal(store_end(s), STORE_OK);
	store_close(s);
	return n;
}

static char *
whole_journal(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_READ);
	char *text;

	store_begin(s);
	text = query_text_copy(store_query(s, "SELECT group_concat(quote(e.seq)"
	    " || quote(case_id) || quote(verb) || quote(happened_at) || "
	    "quote(recorded_at) || quote(actor) || quote(login) || quote(uid) "
	    "|| quote(digest) || quote(prev) || quote(hash) || quote(payload)) "
	    "FROM event AS e LEFT JOIN event_payload AS p ON p.seq = e.seq"));
	store_end(s);
	store_close(s);
	return text != NULL ? text : mem_text("");
}

static bool
is_good(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_READ);
	bool good;

	store_begin(s);
	audit_verify(s, NULL, NULL, NULL);
	good = store_end(s) == STORE_OK;
	store_close(s);
	return good;
}

static void
flip(int fd, off_t at)
{
	unsigned char c;

	assert_int_equal(pread(fd, &c, 1, at), 1);
	c ^= 0x41;
	assert_int_equal(pwrite(fd, &c, 1, at), 1);
}

/* On the disk, below the engine: either it is found, or it is in a place that
 * no entry uses. Every third byte; all of them in the long run. */
static void
each_byte_counts(void **state)
{
	const struct place *p = *state;
	off_t at, step = getenv("CASE_SOAK") != NULL ? 1 : 3;
	int64_t pages[16];
	size_t n, i, found = 0;
	char *before, *after;
	int fd;

	make(p);
	before = whole_journal(p);
	n = journal_pages(p, pages, 16);
	assert_true(n >= 2);
	fd = open(p->db, O_RDWR);
	for (i = 0; i < n; i++) {
		for (at = 0; at < 4096; at += step) {
			flip(fd, (pages[i] - 1) * 4096 + at);
			if (!is_good(p)) {
				found++;
			} else {
				after = whole_journal(p);
				assert_string_equal(after, before);
				free(after);
			}
			flip(fd, (pages[i] - 1) * 4096 + at);
		}
	}
	close(fd);
	assert_true(is_good(p));
	assert_true(found > 1000 / (size_t)step);
	free(before);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(changes_are_named),
		TEST(cut_end_is_found),
		TEST(other_journal_is_found),
		TEST(heads_are_parsed),
		TEST(rebuild_names_what_differs),
		TEST(rebuild_knows_columns),
		TEST(backup_while_others_write),
		TEST(bad_backup_gets_no_name),
		TEST(each_byte_counts),
	};

	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
