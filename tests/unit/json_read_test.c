/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/json_read.h"

/* One value that is all of the text; false when it is none. */
static bool
read_one(const char *text, struct json_value *v, char *copy, size_t room)
{
	struct json_reader r;
	bool ok;

	json_read_begin(&r, text);
	ok = json_read_value(&r, v) && json_read_done(&r);
	if (ok && v->text != NULL) {
		assert_true(v->len < room);
		memcpy(copy, v->text, v->len);
		copy[v->len] = '\0';
	}
	json_read_end(&r);
	return ok;
}

static void
texts(void **state)
{
	static const struct {
		const char	*json, *text;
	} cases[] = {
		{ "\"\"", "" }, { " \"a\" ", "a" }, { "\"d\xc3\xa9j\xc3\xa0\"", "d\xc3\xa9j\xc3\xa0" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
		{ "\"\\u0041\\u00e9\\u20aC\"", "A\xc3\xa9\xe2\x82\xac" },
		{ "\"\\ud83D\\ude00!\"", "\xf0\x9f\x98\x80!" },
		{ "[1,\"]\\\"\",{\"a\":[]}]", "[1,\"]\\\"\",{\"a\":[]}]" }, { "{}", "{}" },
	};
	struct json_value v;
	char copy[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (!read_one(cases[i].json, &v, copy, sizeof(copy)))
			fail_msg("%s", cases[i].json);
		assert_string_equal(copy, cases[i].text);
	}
}

static void
numbers(void **state)
{
	static const struct {
		const char	*json;
		int64_t		 number;
	} cases[] = {
		{ "0", 0 }, { "-0", 0 }, { "7", 7 }, { "-12", -12 }, { "true", 1 }, { "false", 0 },
		{ "9223372036854775807", INT64_MAX }, { "-9223372036854775808", INT64_MIN },
	};
	struct json_value v;
	char copy[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(read_one(cases[i].json, &v, copy, sizeof(copy)));
		assert_int_equal(v.type, JSON_INT);
		assert_true(v.number == cases[i].number);
	}
	assert_true(read_one("null", &v, copy, sizeof(copy)));
	assert_int_equal(v.type, JSON_NULL);
}

static void
mistakes(void **state)
{
	static const char *const wrong[] = {
		"", " ", "x", "nul", "tru", "1.5", "1e3", "01", "-", "+1", "9223372036854775808",
		"-9223372036854775809", "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
		"\"\\u0000\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "[", "{",
		"[\"]", "1 2", "\"a\" x", "[]]",
	};
	struct json_value v;
	char copy[64];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (read_one(wrong[i], &v, copy, sizeof(copy)))
			fail_msg("taken: %s", wrong[i]);
}

static void
deep(void **state)
{
	struct json_value v;
	char text[256], copy[256];

	(void)state;
	memset(text, '[', 60);
	memset(text + 60, ']', 60);
	text[120] = '\0';
	assert_true(read_one(text, &v, copy, sizeof(copy)));
	memset(text, '[', 100);
	memset(text + 100, ']', 100);
	text[200] = '\0';
	assert_false(read_one(text, &v, copy, sizeof(copy)));
}

/* Numbers in arrays of an object, added up; -1 after a mistake. */
static int64_t
sum(const char *text)
{
	struct json_reader r;
	struct json_value v;
	const char *key;
	int64_t total = 0;

	json_read_begin(&r, text);
	json_read_object(&r);
	while (json_read_key(&r, &key)) {
		json_read_array(&r);
		while (json_read_element(&r))
			if (json_read_value(&r, &v))
				total += v.number * (int64_t)strlen(key);
		json_read_forget(&r);
	}
	if (!json_read_done(&r))
		total = -1;
	json_read_end(&r);
	return total;
}

static void
containers(void **state)
{
	(void)state;
	assert_int_equal(sum("{}"), 0);
	assert_int_equal(sum(" { \"a\" : [ 1 , 2 ] , \"bc\" : [ ] , "
	    "\"d\" : [ 3 ] } "), 6);
	assert_int_equal(sum("{\"a\":[],\"bc\":[10,20],\"\":[5]}"), 60);
	assert_int_equal(sum("{\"a\":[1,]}"), -1);
	assert_int_equal(sum("{\"a\":[1 2]}"), -1);
	assert_int_equal(sum("{\"a\":[1}"), -1);
	assert_int_equal(sum("{\"a\":[1],}"), -1);
	assert_int_equal(sum("{\"a\" [1]}"), -1);
	assert_int_equal(sum("{a:[1]}"), -1);
	assert_int_equal(sum("[1]"), -1);
	assert_int_equal(sum("{\"a\":1}"), -1);
	assert_int_equal(sum("{\"a\":[1]} {}"), -1);
}

/* Whatever is written is read again. */
static void
written_and_read(void **state)
{
	struct json j = { 0 };
	struct json_value v;
	char text[256], copy[256];

	(void)state;
	for (int c = 1; c < 256; c++)
		text[c - 1] = (char)(c < 0x80 ? c : 'x');
	text[255] = '\0';
	json_text(&j, NULL, text);
	assert_true(read_one(json_str(&j), &v, copy, sizeof(copy)));
	assert_string_equal(copy, text);
	json_free(&j);
	for (int64_t n = INT64_MIN / 7; n != 0; n /= -7) {
		json_clear(&j);
		j.filled = false;
		json_int(&j, NULL, n);
		assert_true(read_one(json_str(&j), &v, copy, sizeof(copy)));
		assert_true(v.number == n);
	}
	json_free(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(numbers),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(deep),
		cmocka_unit_test(containers),
		cmocka_unit_test(written_and_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
