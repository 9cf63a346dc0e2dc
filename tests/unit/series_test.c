/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "rules/natural.h"
#include "rules/series.h"

static char *
read_list(void *arg, const char *path, struct buf *why)
{
	if (strcmp(path, "none") == 0) {
		buf_text(why, "none: no such file");
		return NULL;
	}
	return mem_text(arg);
}

static void
add(struct series *s, bool exclude, const char *text)
{
	struct series_parse p = { .exclude = exclude, .read = read_list };
	char list[] = "QO120,QO230\n LC1 \r\n\"odd\" A*B";

	p.arg = list;
	if (!series_add(s, text, &p))
		fail_msg("%s: %s", text, buf_str(&p.why));
	buf_free(&p.why);
}

/* A unit with its keys. */
struct sample {
	const char	*reference, *serial, *lot, *made, *sold, *plant;
};

static bool
matches(const struct series *s, const struct sample *u)
{
	struct buf serial = { 0 }, lot = { 0 };
	struct series_unit unit = { .reference = u->reference,
	    .made_on = u->made, .sold_on = u->sold, .plant = u->plant };
	bool found;

	natural_key(&serial, u->serial);
	unit.serial_key = buf_str(&serial);
	if (u->lot != NULL) {
		natural_key(&lot, u->lot);
		unit.lot_key = buf_str(&lot);
	}
	found = series_matches(s, &unit);
	buf_free(&serial);
	buf_free(&lot);
	return found;
}

static bool
one_matches(const char *selection, const struct sample *u)
{
	struct series s = { 0 };
	bool found;

	add(&s, false, selection);
	found = matches(&s, u);
	series_free(&s);
	return found;
}

static void
conditions(void **state)
{
	static const struct sample u = {
		"QO120", "SN0100", "200561", "2020-05-06", "2020-06-01", "PL1"
	};
	static const struct {
		const char	*selection;
		bool		 found;
	} tries[] = {
		{ "reference=QO120", true }, { "reference=QO12", false },
		{ "reference=qo120", false }, { "reference=QO*", true },
		{ "reference=QO?20", true }, { "reference=[A-P]*", false },
		{ "reference=[!A-P]*", true }, { "reference=\"QO*\"", false },
		{ "reference=LC1,reference=QO*", true }, { "reference=@list", true },
		{ "serial=SN99..SN101", true }, { "serial=SN100", true },
		{ "serial=sn0100..sn0100", true }, { "serial=SN101..", false },
		{ "serial=..SN99", false }, { "serial=..SN100", true },
		{ "serial=SN100..", true }, { "serial=\"SN100\"", true },
		{ "serial=\"SN99\"..\"SN100\"", true },
		{ "serial=SN1..SN9,serial=SN90..SN110", true },
		{ "lot=200561..220233", true }, { "lot=..200560", false },
		{ "made=2020-05-06", true }, { "made=2020-05-07..", false },
		{ "made=..2020-05-06", true }, { "sold=2020-01-01..2020-12-31", true },
		{ "plant=PL1", true }, { "plant=PL2", false }, { "plant=PL2,plant=PL1", true },
		{ "reference=QO*,lot=200561..220233", true },
		{ "reference=QO*,lot=220000..220233", false },
		{ " reference = QO* , lot = 200561 .. 220233 ", true },
		{ "plant=\"PL1\", made=2020-05-06", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		if (one_matches(tries[i].selection, &u) != tries[i].found)
			fail_msg("%s", tries[i].selection);
}

/* What is not known meets nothing. */
static void
unknown_is_outside(void **state)
{
	static const struct sample u = { "QO120", "1", NULL, NULL, NULL, NULL };
	static const char *const tries[] = {
		"lot=1..", "lot=..ZZZ", "made=1990-01-01..", "sold=..2099-01-01", "plant=X",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		assert_false(one_matches(tries[i], &u));
	assert_true(one_matches("serial=1", &u));
}

static bool
is_in(const struct series *s, const char *reference, const char *serial)
{
	return matches(s, &(struct sample){ .reference = reference,
	    .serial = serial });
}

static void
union_less_exclusions(void **state)
{
	struct series s = { 0 };
	struct buf b = { 0 };

	(void)state;
	add(&s, true, "serial=A5..A6");
	add(&s, false, "reference=R,serial=A1..A10");
	add(&s, false, "reference=S");
	assert_true(is_in(&s, "R", "A4"));
	assert_false(is_in(&s, "R", "A5"));
	assert_false(is_in(&s, "R", "a06"));
	assert_false(is_in(&s, "R", "A11"));
	assert_true(is_in(&s, "S", "A11"));
	assert_false(is_in(&s, "S", "A5"));
	assert_false(is_in(&s, "T", "A4"));
	series_write(&s, &b);
	assert_string_equal(buf_str(&b), "reference=R,serial=A1..A10 or "
	    "reference=S except serial=A5..A6");
	buf_free(&b);
	series_free(&s);
}

/* What is written says the same when it is read. */
static void
written_is_read(void **state)
{
	static const char *const same[] = {
		"reference=QO*,lot=200561..220233", "serial=\"A,1\"..\"B..2\"",
		"lot=..9,lot=12..", "made=2020-01-01,sold=..2020-02-29,plant=X",
		"reference=\"a\"\"b*\"",
	};
	struct series s = { 0 };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		add(&s, false, same[i]);
		buf_clear(&b);
		series_write(&s, &b);
		assert_string_equal(buf_str(&b), same[i]);
		series_free(&s);
	}
	/* A list is written out: the file may change. */
	add(&s, false, "reference=@list,lot=1");
	buf_clear(&b);
	series_write(&s, &b);
	assert_string_equal(buf_str(&b), "reference=QO120,reference=QO230,"
	    "reference=LC1,reference=\"\"\"odd\"\"\",reference=\"A*B\",lot=1");
	series_free(&s);
	buf_free(&b);
}

static void
mistakes_are_placed(void **state)
{
	static const struct {
		const char	*text;
		size_t		 at;
		const char	*why;
	} tries[] = {
		{ "", 0, "a condition is missing; as in lot=200561..220233" },
		{ "lot=1,", 6, "a condition is missing; as in lot=200561..220233" },
		{ "lot=1,,lot=2", 6, "a condition is missing; as in lot=200561..220233" },
		{ "reference=QO*,lott=1", 14, "'lott' is no key; keys are reference, serial, lot, made, "
		    "sold, plant" },
		{ "lot 1", 4, "'=' is missing after 'lot'" },
		{ "lot=", 4, "a value is missing" },
		{ "lot=..", 4, "a range needs one end at least" },
		{ "reference=A,lot=5..4", 16, "the range runs backwards: '5' comes after '4'" },
		{ "serial=SN100..sn99", 7, "the range runs backwards: 'SN100' comes after 'sn99'" },
		{ "lot=1..2..3", 8, "a range has two ends; repeat the key for another" },
		{ "made=2020-02-30", 5, "'2020-02-30' is no date; as in 2026-04-30" },
		{ "made=2020-01-01..soon", 17, "'soon' is no date; as in 2026-04-30" },
		{ "lot=\"12", 4, "the quote is not closed" },
		{ "lot=\"12\"3", 8, "a comma is missing before this" },
		{ "lot=\"\"", 4, "nothing is between the quotes" },
		{ "lot=1 serial=2", 12, "a comma is missing before this, or quotes around '1 serial=2'" },
		{ "serial=SN*", 9, "patterns are for reference; write a range A..B" },
		{ "plant=P?", 7, "patterns are for reference; write the code" },
		{ "reference=@", 10, "which file? write @FILE" },
		{ "lot=1,reference=@none", 16, "none: no such file" },
	};
	struct series_parse p = { .read = read_list };
	struct series s = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		assert_false(series_add(&s, tries[i].text, &p));
		assert_string_equal(buf_str(&p.why), tries[i].why);
		assert_int_equal(p.at, tries[i].at);
		assert_int_equal(s.count, 0);
	}
	buf_free(&p.why);
}

static void
spans_hold_the_serials(void **state)
{
	struct series s = { 0 };
	struct series_span *spans;

	(void)state;
	add(&s, false, "reference=R,serial=A5..A9,serial=A1..A3");
	add(&s, false, "reference=R*,serial=A2..A4");
	add(&s, false, "reference=S,lot=1..");
	add(&s, true, "serial=A1");
	assert_true(series_is_of(&s.selections[0], "R"));
	assert_false(series_is_of(&s.selections[0], "T"));
	assert_int_equal(series_spans(&s, "R", &spans), 2);
	assert_string_equal(spans[0].from, "A11");
	assert_string_equal(spans[0].to, "A14");
	assert_string_equal(spans[1].from, "A15");
	assert_string_equal(spans[1].to, "A19");
	free(spans);
	assert_int_equal(series_spans(&s, "S", &spans), 1);
	assert_null(spans[0].from);
	assert_null(spans[0].to);
	free(spans);
	assert_int_equal(series_spans(&s, "T", &spans), 0);
	free(spans);
	series_free(&s);
}

/*
 * A million units with awkward serials, against a comparison that knows nothing
 * of keys: digit by digit, as a person would.
 */
static int
letter(char c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : (unsigned char)c;
}

static int
by_hand(const char *a, const char *b)
{
	while (*a != '\0' && *b != '\0') {
		bool da = *a >= '0' && *a <= '9', db = *b >= '0' && *b <= '9';

		if (da && db) {
			unsigned long long x, y;
			char *ea, *eb;

			x = strtoull(a, &ea, 10);
			y = strtoull(b, &eb, 10);
			if (x != y)
				return x < y ? -1 : 1;
			a = ea;
			b = eb;
			continue;
		}
		/* A number stands where the digits do. */
		if (da != db)
			return (da ? '0' : letter(*a)) <
			    (db ? '0' : letter(*b)) ? -1 : 1;
		if (letter(*a) != letter(*b))
			return letter(*a) < letter(*b) ? -1 : 1;
		a++;
		b++;
	}
	return (*a != '\0') - (*b != '\0');
}

static uint32_t
draw(uint64_t *seed, uint32_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33) % below;
}

static void
random_serial(uint64_t *seed, char *text)
{
	static const char *const heads[] = {
		"SN", "sn", "A", "9XB", "3ga04", "", "QA-", "b", "Z9z", "SN-0", "00", "K",
	};
	static const char *const middles[] = {
		"", "-", "A", "b", "/", "0", ".", "-00",
	};
	static const char *const tails[] = { "", "", "X", "-1", "r2", "0" };
	uint32_t big = draw(seed, 3) == 0 ? 1000000 : 200;

	snprintf(text, 40, draw(seed, 2) ? "%s%u%s%u%s" : "%s%04u%s%02u%s",
	    heads[draw(seed, 12)], draw(seed, big),
	    middles[draw(seed, 8)], draw(seed, 300), tails[draw(seed, 6)]);
}

/* Punctuation below the digits goes before them, above after: as a key has it,
 * whose digits are headed by their number. */
static bool
between(const char *from, const char *x, const char *to)
{
	return by_hand(from, x) <= 0 && by_hand(x, to) <= 0;
}

static void
as_by_hand(void **state)
{
	enum { RANGES = 20 };
	char from[RANGES][40], to[RANGES][40], serial[40], lot[40];
	struct series s[RANGES] = { { 0 } };
	uint64_t seed = 20260504;
	int found = 0;

	(void)state;
	for (int i = 0; i < RANGES; i++) {
		struct buf b = { 0 };

		random_serial(&seed, from[i]);
		random_serial(&seed, to[i]);
		if (by_hand(from[i], to[i]) > 0) {
			strcpy(serial, from[i]);
			strcpy(from[i], to[i]);
			strcpy(to[i], serial);
		}
		buf_printf(&b, "%s=\"%s\"..\"%s\"", i % 2 ? "lot" : "serial",
		    from[i], to[i]);
		add(&s[i], false, buf_str(&b));
		buf_free(&b);
	}
	for (int n = 0; n < 1000000; n++) {
		int i = n % RANGES;
		bool want, got;

		random_serial(&seed, serial);
		random_serial(&seed, lot);
		want = between(from[i], i % 2 ? lot : serial, to[i]);
		got = matches(&s[i], &(struct sample){ .reference = "R",
		    .serial = serial, .lot = lot });
		if (want != got)
			fail_msg("%s and %s: %s..%s", serial, lot, from[i],
			    to[i]);
		found += want;
	}
	assert_in_range(found, 100000, 900000);
	for (int i = 0; i < RANGES; i++)
		series_free(&s[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions),
		cmocka_unit_test(unknown_is_outside),
		cmocka_unit_test(union_less_exclusions),
		cmocka_unit_test(written_is_read),
		cmocka_unit_test(mistakes_are_placed),
		cmocka_unit_test(spans_hold_the_serials),
		cmocka_unit_test(as_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
