/* SPDX-License-Identifier: ISC */
#include <sha2.h>

#include <sqlite3.h>

#include "base/buf.h"

#include "journal_file.h"

static void
rows_are_applied(void **state)
{
	const struct place *p = *state;

	make(p);
	holds(p, "SELECT status || closed_at || ifnull(pilot, '-') FROM cases",
	    "closed300-");
	holds(p, "SELECT description FROM description", "déjà \"vu\"");
	holds(p, "SELECT group_concat(other) FROM link", "2,3");
	holds(p, "SELECT payload FROM event_payload WHERE seq = 2", "{}");
	holds(p, "SELECT payload ->> 'text' FROM event_payload WHERE seq = 1",
	    "déjà vu");
	holds(p, "SELECT payload ->> '$.data.channel' FROM event_payload "
	    "WHERE seq = 1", "phone");
	holds(p, "SELECT group_concat(ifnull(case_id, '-') || verb || "
	    "ifnull(actor, '-') || happened_at) FROM event",
	    "1000423openedanna100,-loaded-200,1000423closed-300");
	verifies(p, NULL, "");
}

static void
unknown_tables_are_refused(void **state)
{
	const struct place *p = *state;
	struct journal_event e = noted;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	e.rows = "{\"customers\":[{\"code\":\"C1\"}]}";
	store_begin(s);
	assert_int_equal(journal_append(s, &e), 0);
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_string_equal(store_why(s), "entry 4: 'customers' is not a "
	    "derived table");
	store_close(s);
	assert_int_equal(head_of(p).seq, 3);
}

static void
unknown_columns_are_refused(void **state)
{
	const struct place *p = *state;
	struct journal_event e = noted;
	struct store *s;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	e.rows = "{\"link\":[{\"case_id\":1,\"other\":9,\"oter\":1}]}";
	store_begin(s);
	assert_int_equal(journal_append(s, &e), 0);
	assert_int_equal(store_end(s), STORE_BROKEN);
	assert_string_equal(store_why(s), "entry 4: link has no column 'oter'");
	store_close(s);
	assert_int_equal(head_of(p).seq, 3);
}

/* The bytes that the header of the chain promises, put together by hand. */
static void
field(struct buf *b, const char *text)
{
	buf_printf(b, "%zu:%s,", strlen(text), text);
}

static void
entry_bytes(struct buf *b, const char *when, const uint8_t digest[32])
{
	static const uint8_t first[32] = { 0 };
	char *uid = mem_printf("%u", (unsigned)getuid());

	field(b, "1");
	field(b, "1000423");
	field(b, "opened");
	field(b, "100");
	field(b, when);
	field(b, "anna");
	field(b, journal_login());
	field(b, uid);
	buf_text(b, "32:");
	buf_add(b, digest, 32);
	buf_text(b, ",32:");
	buf_add(b, first, 32);
	buf_text(b, ",");
	free(uid);
}

static void
hash_can_be_computed_elsewhere(void **state)
{
	const struct place *p = *state;
	char *when, *payload, *hash, hex[SHA256_DIGEST_STRING_LENGTH];
	uint8_t digest[SHA256_DIGEST_LENGTH];
	struct buf b = { 0 };
	SHA2_CTX ctx;

	make(p);
	when = ask(p, "SELECT recorded_at FROM event WHERE seq = 1");
	hash = ask(p, "SELECT lower(hex(hash)) FROM event WHERE seq = 1");
	payload = ask(p, "SELECT payload FROM event_payload WHERE seq = 1");
	SHA256Init(&ctx);
	SHA256Update(&ctx, (const uint8_t *)payload, strlen(payload));
	SHA256Final(digest, &ctx);
	entry_bytes(&b, when, digest);
	SHA256Data((const uint8_t *)b.data, b.len, hex);
	assert_string_equal(hash, hex);
	buf_free(&b);
	free(when);
	free(hash);
	free(payload);
}

static void
journal_is_append_only(void **state)
{
	static const char *const tries[] = {
		"UPDATE event SET verb = 'x' WHERE seq = 1",
		"DELETE FROM event WHERE seq = 3",
		"INSERT OR REPLACE INTO event SELECT 1, case_id, 'x', "
		"happened_at, recorded_at, actor, login, uid, digest, prev, "
		"hash FROM event WHERE seq = 1",
		"INSERT INTO event SELECT 5, case_id, verb, happened_at, "
		"recorded_at, actor, login, uid, digest, prev, hash "
		"FROM event WHERE seq = 1",
		"INSERT INTO event SELECT NULL, case_id, verb, happened_at, "
		"recorded_at, actor, login, uid, digest, prev, hash "
		"FROM event WHERE seq = 1",
		"UPDATE event_payload SET payload = '{}'",
		"DELETE FROM event_payload",
		"REPLACE INTO event_payload(seq, payload) VALUES (1, '{}')",
		"UPDATE content SET bytes = x'00'",
		"DELETE FROM content",
		"REPLACE INTO content SELECT digest, x'00' FROM content",
	};
	const struct place *p = *state;
	sqlite3 *db;
	size_t i;

	make(p);
	assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (sqlite3_exec(db, tries[i], NULL, NULL, NULL) !=
		    SQLITE_CONSTRAINT)
			fail_msg("done: %s", tries[i]);
	sqlite3_close(db);
	verifies(p, NULL, "");
}

static void
content_is_kept_once(void **state)
{
	const struct place *p = *state;
	char a[CONTENT_DIGEST], b[CONTENT_DIGEST], none[CONTENT_DIGEST];
	struct store *s;
	size_t len;
	char *bytes;

	make(p);
	s = store_open(p->db, STORE_WRITE);
	store_begin(s);
	content_put(s, "x\0y", 3, a);
	content_put(s, "x\0y", 3, b);
	content_put(s, NULL, 0, none);
	assert_string_equal(a, b);
	bytes = content_get(s, a, &len);
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "x\0y", 3);
	free(bytes);
	free(content_get(s, none, &len));
	assert_int_equal(len, 0);
	assert_int_equal(store_end(s), STORE_OK);
	store_begin(s);
	assert_null(content_get(s, "00", &len));
	assert_int_equal(store_end(s), STORE_REFUSED);
	store_close(s);
	holds(p, "SELECT count(*) FROM content", "3");
	verifies(p, NULL, "");
}

static int
records_at(const struct place *p)
{
	struct store *s = store_open(p->db, STORE_CREATE);

	store_begin(s);
	journal_append(s, &noted);
	return (int)store_end(s);
}

/* A clock that is set for one command must not forge the recording time. */
static void
recording_time_is_real(void **state)
{
	const struct place *p = *state;

	assert_int_equal(setenv("CASE_NOW", "2001-02-03T04:05:06Z", 1), 0);
	assert_int_equal(place_fork(records_at, p), 0);
	assert_int_equal(unsetenv("CASE_NOW"), 0);
	holds(p, "SELECT recorded_at FROM event", "981173106");
	assert_int_equal(unlink(p->db), 0);
	assert_int_equal(place_fork(records_at, p), 0);
	assert_int_equal(setenv("CASE_NOW", "2001-02-03T04:05:06Z", 1), 0);
	assert_int_equal(place_fork(records_at, p), 0);
	assert_int_equal(unsetenv("CASE_NOW"), 0);
	holds(p, "SELECT min(recorded_at) > 1700000000 FROM event", "1");
	holds(p, "SELECT clock_fixed FROM origin", "0");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_are_applied),
		TEST(unknown_tables_are_refused),
		TEST(unknown_columns_are_refused),
		TEST(hash_can_be_computed_elsewhere),
		TEST(journal_is_append_only),
		TEST(content_is_kept_once),
		TEST(recording_time_is_real),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
