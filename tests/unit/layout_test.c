/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "tell/layout.h"

static void
gives(const char *text, const char *picture, const char *expected)
{
	struct buf out = { 0 };

	layout_text(text, picture, "Head", &out);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

#define TEN	"123456789 "
#define SIXTY	TEN TEN TEN TEN TEN TEN

static void
lines(void **state)
{
	(void)state;
	gives("", NULL, "");
	gives("\n\na\n\n\n\nb\n\n", NULL, "a\n\nb\n");
	gives("no end  ", NULL, "no end\n");
	gives(SIXTY TEN "123456\n", NULL, SIXTY TEN "123456\n");
	gives(SIXTY TEN "1234567\n", NULL, SIXTY "123456789\n1234567\n");
	/* Lines that go on stand under the words of the first. */
	gives("    " SIXTY TEN "xyz", NULL,
	    "    " SIXTY "123456789\n    xyz\n");
	gives("  - " SIXTY TEN "xyz", NULL,
	    "  - " SIXTY "123456789\n    xyz\n");
	gives("12. " SIXTY TEN "xyz", NULL,
	    "12. " SIXTY "123456789\n    xyz\n");
	/* A space that does not break, and a narrow one as wide as others. */
	gives(SIXTY TEN "ab\u00a0:\u202fcd", NULL,
	    SIXTY "123456789\nab\u00a0:\u00a0cd\n");
}

static void
pictures(void **state)
{
	(void)state;
	/* Beside the words, which keep away from it and from below it. */
	gives("\001\na\n\nb\nc\n", "##\n##",
	    "a                                                               "
	    "          ##\n"
	    "                                                                "
	    "          ##\nb\nc\n");
	gives("a\n\001\n" TEN SIXTY "1\n2\n", "##",
	    "a\n" SIXTY TEN "    ##\n1\n2\n");
	/* A wide one by itself. */
	gives("\001\na\n", "----------------------------------------",
	    "----------------------------------------\n\n\na\n");
	gives("\001\na\n", NULL, "a\n");
}

/* Counts lines, checks widths, and what is left without blanks. */
static void
check_page(const char *page, size_t len, struct buf *words)
{
	int lines = 0;

	while (len > 0) {
		const char *end = memchr(page, '\n', len);
		size_t n = (size_t)(end - page);
		char line[1024];

		assert_non_null(end);
		assert_true(n < sizeof(line));
		memcpy(line, page, n);
		line[n] = '\0';
		assert_true(text_width(line) <= LAYOUT_COLUMNS);
		for (size_t i = 0; i < n; i++)
			if (line[i] != ' ')
				buf_char(words, line[i]);
		lines++;
		page += n + 1;
		len -= n + 1;
	}
	assert_true(lines <= LAYOUT_LINES);
}

static void
pages(void **state)
{
	struct buf text = { 0 }, out = { 0 }, words = { 0 };
	const char *page, *end;
	int count = 0;

	(void)state;
	for (int i = 0; i < 50; i++)
		buf_printf(&text, "unit %d\n    of a kind\n\n", i);
	layout_text(buf_str(&text), NULL, "Head", &out);
	for (page = buf_str(&out); page != NULL; page = end) {
		end = strchr(page, '\f');
		check_page(page, end == NULL ? strlen(page) :
		    (size_t)(end - page), &words);
		/* No unit is torn. */
		assert_true(strncmp(page, count == 0 ? "unit 0\n" :
		    "Head\n\nunit ", count == 0 ? 7 : 11) == 0);
		end = end == NULL ? NULL : end + 1;
		count++;
	}
	assert_int_equal(count, 3);
	assert_non_null(strstr(buf_str(&out), " 3/3\n"));
	assert_non_null(strstr(buf_str(&words), "unit49ofakind"));
	buf_free(&text);
	buf_free(&out);
	buf_free(&words);
}

/* Whatever the text, nothing is lost, too wide or too long. */
static void
random_texts(void **state)
{
	static const char *const parts[] = { " ", "  ", "\n", "\n\n", "a",
	    "word", "é", "漢字", "- ", "1. ", "\u00a0", "🔥", "e\u0301",
	    "aVeryLongWordWithoutAnyBlankInIt-aVeryLongWordWithoutAnyBlankInIt-"
	    "aVeryLongWordWithoutAnyBlankInIt" };
	struct buf text = { 0 }, in = { 0 }, out = { 0 }, words = { 0 };

	(void)state;
	srandom(7);
	for (int round = 0; round < 2000; round++) {
		int n = (int)(random() % 60);

		buf_clear(&text);
		buf_clear(&in);
		buf_clear(&out);
		buf_clear(&words);
		for (int i = 0; i < n; i++)
			buf_text(&text, parts[random() % 14]);
		layout_text(buf_str(&text), NULL, "Head", &out);
		if (strchr(buf_str(&out), '\f') != NULL)
			continue;
		check_page(buf_str(&out), out.len, &words);
		for (const char *p = buf_str(&text); *p != '\0'; p++)
			if (*p != ' ' && *p != '\n')
				buf_char(&in, *p);
		assert_string_equal(buf_str(&in), buf_str(&words));
	}
	buf_free(&text);
	buf_free(&in);
	buf_free(&out);
	buf_free(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(pictures),
		cmocka_unit_test(pages),
		cmocka_unit_test(random_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
