/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static void
check_escape(const char *text, const char *expected)
{
	struct buf b = { 0 };

	text_escape(&b, text);
	assert_string_equal(buf_str(&b), expected);
	assert_true(text_valid(b.data, b.len));
	buf_free(&b);
}

/* The encoding written from its definition, to hold the decoder against. */
static size_t
encode(uint32_t character, char *bytes)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t i, n;

	if (character < 0x80) {
		bytes[0] = (char)character;
		return 1;
	}
	n = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
	for (i = n - 1; i > 0; i--, character >>= 6)
		bytes[i] = (char)(0x80 | (character & 0x3f));
	bytes[0] = (char)(lead[n] | character);
	return n;
}

static void
every_character_is_decoded(void **state)
{
	char bytes[4];
	uint32_t character, decoded = 0;
	size_t n;

	(void)state;
	for (character = 0; character <= 0x10ffff; character++) {
		n = encode(character, bytes);
		if (character >= 0xd800 && character <= 0xdfff) {
			assert_int_equal(text_decode(bytes, n, &decoded), 0);
			continue;
		}
		assert_int_equal(text_decode(bytes, n, &decoded), n);
		assert_int_equal(decoded, character);
		assert_int_equal(text_decode(bytes, n - 1, &decoded), 0);
	}
}

static void
what_is_no_utf8_is_refused(void **state)
{
	static const char *const wrong[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xff", "\xfe", "\xc3", "\xe2\x82",
		"\xf0\x9f\x98", "caf\xe9", "\xc3(", "\xe2\x28\xa1"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(text_valid(wrong[i], strlen(wrong[i])));
	assert_false(text_valid("a\0b", 3));
	assert_true(text_valid("", 0));
	assert_true(text_valid("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9));
}

static void
controls_become_visible(void **state)
{
	struct buf b = { 0 };

	(void)state;
	check_escape("", "");
	check_escape("caf\xc3\xa9 \\ \xe6\x97\xa5 \"x\"",
	    "caf\xc3\xa9 \\ \xe6\x97\xa5 \"x\"");
	check_escape("a\tb\nc\rd", "a\\tb\\nc\\rd");
	check_escape("\033[31m\a\177", "\\x1b[31m\\x07\\x7f");
	check_escape("\xc2\x9b" "31m", "\\u009b31m");
	check_escape("\xe2\x80\xaetxt", "\\u202etxt");
	check_escape("\xe2\x81\xa6x\xe2\x81\xa9", "\\u2066x\\u2069");
	check_escape("\xe2\x80\xa8\xef\xbb\xbf", "\\u2028\\ufeff");
	check_escape("\xf3\xa0\x81\x81", "\\ue0041");
	check_escape("caf\xe9\xe2\x82", "caf\\xe9\\xe2\\x82");
	text_escape_bytes(&b, "a\0b", 3);
	assert_string_equal(buf_str(&b), "a\\x00b");
	buf_free(&b);
}

/* Nothing that is printed as it is may be a control, whatever comes in. */
static void
no_control_survives(void **state)
{
	struct buf b = { 0 };
	uint32_t character;
	char bytes[5];
	size_t i, n;

	(void)state;
	for (character = 0; character < 0x3000; character++) {
		n = encode(character, bytes);
		buf_clear(&b);
		text_escape_bytes(&b, bytes, n);
		for (i = 0; i < b.len; i++) {
			unsigned char c = (unsigned char)b.data[i];

			assert_true(c >= 0x20 && c != 0x7f);
			assert_false(c == 0xc2 && i + 1 < b.len &&
			    (unsigned char)b.data[i + 1] < 0xa0);
		}
	}
	buf_free(&b);
}

static void
width_is_what_a_terminal_shows(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("abc"), 3);
	assert_int_equal(text_width("r\xc3\xa9" "clamation"), 11);
	assert_int_equal(text_width("re\xcc\x81" "clamation"), 11);
	assert_int_equal(text_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
	assert_int_equal(text_width("\xed\x95\x9c\xea\xb5\xad"), 4);
	assert_int_equal(text_width("\xef\xbd\xb1"), 1);
	assert_int_equal(text_width("\xf0\x9f\x98\x80"), 2);
	assert_int_equal(text_width("\xe2\x82\xac"), 1);
	assert_int_equal(text_width("\xe0\xb8\x81\xe0\xb8\xb4"), 1);
}

static void
words_are_told_apart(void **state)
{
	const char *words = "  slip return ";
	size_t len;

	(void)state;
	words = text_word(words, &len);
	assert_memory_equal(words, "slip", len);
	words = text_word(words + len, &len);
	assert_memory_equal(words, "return", len);
	assert_null(text_word(words + len, &len));
	assert_true(text_has_word("slip return", "return"));
	assert_true(text_has_word("slip", "slip"));
	assert_false(text_has_word("slip return", "ret"));
	assert_false(text_has_word("slip return", "returns"));
	assert_false(text_has_word("slip return", ""));
	assert_false(text_has_word("", "slip"));
}

/* The items of a list, each between brackets. */
static void
items(const char *list, const char *expected)
{
	struct buf b = { 0 };
	const char *item;
	size_t len;

	while ((item = text_item(&list, &len)) != NULL)
		buf_printf(&b, "[%.*s]", (int)len, item);
	assert_string_equal(buf_str(&b), expected);
	buf_free(&b);
}

static void
items_are_told_apart(void **state)
{
	(void)state;
	items("a", "[a]");
	items("a,b c,d", "[a][b c][d]");
	items(" a , b,  c ", "[a][b][c]");
	items("", "[]");
	items(",a,", "[][a][]");
	items(NULL, "");
}

static void
folds_to(const char *text, size_t len, const char *folded)
{
	struct buf b = { 0 };

	text_fold(&b, text, len);
	assert_string_equal(buf_str(&b), folded);
	buf_free(&b);
}

static void
words_are_found_however_written(void **state)
{
	(void)state;
	folds_to("\xc3\x89" "LECTRICIT" "\xc3\xa9", 13, "electricite");
	folds_to("Caf" "e\xcc\x81", 6, "cafe");
	folds_to("l\xe2\x80\x99\xc3\xa9t\xc3\xa9", 9, "l'ete");
	folds_to("\xc5\x92" "uvre \xc3\x9f \xc3\x86", 12, "oeuvre ss ae");
	folds_to("\xc3\x80\xc3\x81\xc3\x87\xc3\x91\xc3\xbf", 10, "aacny");
	folds_to("\xc4\x80\xc4\xb0\xc5\x81\xc5\xa0\xc5\xbf", 10, "ails" "s");
	/* What is no Latin letter stays. */
	folds_to("3\xc3\x97" "4\xc3\xb7" "2", 7, "3\xc3\x97" "4\xc3\xb7" "2");
	folds_to("\xe2\x82\xac \xe6\x97\xa5 \xc6\x80%_", 12,
	    "\xe2\x82\xac \xe6\x97\xa5 \xc6\x80%_");
	folds_to("A\xff\xc3", 3, "a\xff\xc3");
	folds_to("", 0, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_is_decoded),
		cmocka_unit_test(what_is_no_utf8_is_refused),
		cmocka_unit_test(controls_become_visible),
		cmocka_unit_test(no_control_survives),
		cmocka_unit_test(width_is_what_a_terminal_shows),
		cmocka_unit_test(words_are_told_apart),
		cmocka_unit_test(items_are_told_apart),
		cmocka_unit_test(words_are_found_however_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
