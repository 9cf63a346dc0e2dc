/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sort.h"

/* Keys of a few values, so that there are many ties; the data is the place in
 * the input. */
static void
fill(struct sort *s, int rows, int values)
{
	uint32_t seed = 7;
	char key[32], data[300];

	for (int i = 0; i < rows; i++) {
		seed = seed * 1664525 + 1013904223;
		snprintf(key, sizeof(key), "%u", (seed >> 8) %
		    (unsigned)values);
		memset(data, 'x', sizeof(data));
		memcpy(data, &i, sizeof(i));
		sort_add(s, &(struct sort_row){ key, strlen(key), data,
		    sizeof(i) + (size_t)i % 250 });
	}
}

/* In order, ties as they came, each row once and with its own data. */
static void
check_order(struct sort *s, int rows)
{
	struct sort_row row;
	char last[32] = "";
	int place, last_place = -1, count = 0;
	char key[32];

	while (sort_next(s, &row)) {
		assert_in_range(row.key_len, 1, sizeof(key) - 1);
		memcpy(key, row.key, row.key_len);
		key[row.key_len] = '\0';
		memcpy(&place, row.data, sizeof(place));
		assert_int_equal(row.len,
		    sizeof(place) + (size_t)place % 250);
		assert_true(strcmp(last, key) < 0 ||
		    (strcmp(last, key) == 0 && last_place < place));
		strcpy(last, key);
		last_place = place;
		count++;
	}
	assert_int_equal(sort_error(s), 0);
	assert_int_equal(count, rows);
}

static void
check_sorts(size_t memory, int rows, int values)
{
	struct sort *s = sort_open(memory);

	fill(s, rows, values);
	for (int again = 0; again < 3; again++) {
		sort_rewind(s);
		check_order(s, rows);
	}
	sort_close(s);
}

static void
in_memory(void **state)
{
	(void)state;
	check_sorts(1 << 20, 0, 1);
	check_sorts(1 << 20, 1, 1);
	check_sorts(1 << 20, 1000, 100);
	check_sorts(1 << 20, 1000, 1);
}

/* Runs of a few rows each, some longer than the window of a run. */
static void
through_a_file(void **state)
{
	(void)state;
	check_sorts(2000, 1000, 50);
	check_sorts(100, 300, 1);
	check_sorts(100000, 20000, 7000);
}

/* Where nothing can be written, it says so and gives no half of the rows. */
static void
no_room(void **state)
{
	struct sort *s = sort_open(1000);
	struct sort_row row;

	(void)state;
	setenv("TMPDIR", "/nonexistent", 1);
	fill(s, 100, 10);
	sort_rewind(s);
	assert_false(sort_next(s, &row));
	assert_int_not_equal(sort_error(s), 0);
	sort_close(s);
	unsetenv("TMPDIR");
}

/* A row that is longer than the memory has a run of its own. */
static void
one_long_row(void **state)
{
	struct sort *s = sort_open(64);
	char *data = malloc(100000);
	struct sort_row row;

	(void)state;
	memset(data, 'y', 100000);
	sort_add(s, &(struct sort_row){ "b", 1, data, 100000 });
	sort_add(s, &(struct sort_row){ "a", 1, "", 0 });
	sort_rewind(s);
	assert_true(sort_next(s, &row));
	assert_memory_equal(row.key, "a", 1);
	assert_true(sort_next(s, &row));
	assert_int_equal(row.len, 100000);
	assert_memory_equal(row.data, data, 100000);
	assert_false(sort_next(s, &row));
	sort_close(s);
	free(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_memory),
		cmocka_unit_test(through_a_file),
		cmocka_unit_test(no_room),
		cmocka_unit_test(one_long_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
