# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-order: quotes, purchase orders, refusals.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	id=$(case-open fault --serial OLD-1 --serial OLD-2 --serial OLD-3 \
	    --pilot ANNE -m 'worn')
}

@test "a quote has an amount, a currency and a last day" {
	case-triage -q repair -m spring "$id"
	for amount in 0 -1 1.234 1e3 12,5,0 '1 000' twelve '' 0.00 \
	    99999999999999999999; do
		refuses 2 'amount' \
		    case-order quote --amount "$amount" --until 2026-06-15 "$id"
	done
	for currency in EURO E 12 € ''; do
		refuses 2 'currency' case-order quote --amount 10 \
		    --currency "$currency" --until 2026-06-15 "$id"
	done
	refuses 2 'until' case-order quote --amount 10 "$id"
	refuses 2 'until' case-order quote --amount 10 --until 2026-06-31 "$id"
	refuses 1 'run out' case-order quote --amount 10 --until 2026-05-03 "$id"
	refuses 2 'amount' case-order quote --until 2026-06-15 "$id"
	# Good to the end of the same day.
	case-order -q quote --amount 10.5 --currency CHF --until 2026-05-04 "$id"
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.amount) \(.currency)"')" '10.50 CHF'
	opens "$id" 'order/1 order/2 order/3'
	case-order -q quote --amount 12,5 --until 2026-05-04 "$id"
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.amount) \(.currency)"')" '12.50 EUR'
}

@test "a quote is the pilot's, in two days" {
	case-triage -q repair -m spring "$id/1"
	assert_equal "$(look "$id" "$(newest quote 1) |
	    \"\(.owner) \(.owner_person) \(.due_at)\"")" \
	    'pilot ANNE 2026-05-06T18:00:00+02:00'
	case-order -q quote --amount 10 --until 2026-06-15 "$id/1"
	assert_equal "$(look "$id" "$(newest order 1) | .owner")" customer
}

@test "the bare number: every item at which it is open" {
	case-triage -q repair -m spring "$id"
	case-order -q quote --amount 10 --until 2026-06-15 "$id/1"
	# What is left to quote; the first keeps its day.
	case-order -q quote --amount 20 --until 2026-06-20 "$id"
	assert_equal "$(look "$id" '[.steps[] | select(.step == "order") |
	    .due_at[:10]] | join(" ")')" '2026-06-15 2026-06-20 2026-06-20'
	case-order -q order --po P-1 "$id/2"
	opens "$id" 'order/1 order/3 request/2 slip/2'
	case-order -q order --po P-2 "$id"
	opens "$id" 'request/1 request/2 request/3 slip/1 slip/2 slip/3'
}

@test "an order comes once; nothing is quoted after it" {
	case-triage -q repair -m spring "$id/1"
	case-order -q quote --amount 10 --until 2026-06-15 "$id/1"
	case-order -q order --po P-1 "$id/1"
	refuses 1 "no step 'order' is open" case-order order --po P-1 "$id/1"
	refuses 1 "no step 'quote' is open" \
	    case-order quote --amount 10 --until 2026-06-15 "$id/1"
	refuses 1 'no step' case-order decline -m x "$id/1"
}

@test "an exchange is ordered without a quote" {
	case-triage -q exchange -m welded "$id/1"
	refuses 1 "no step 'quote' is open" \
	    case-order quote --amount 10 --until 2026-06-15 "$id/1"
	case-order -q order --po P-1 "$id/1"
	opens "$id" 'request/1 slip/1 triage/2 triage/3'
}

@test "the case is found by its purchase order" {
	case-triage -q exchange -m welded "$id/1"
	case-order -q order --po '4500-0815/A' "$id/1"
	assert_equal "$(case-find 4500-0815/A | cut -f 1)" "$id"
}

@test "an order has a number, a refusal its reason" {
	case-triage -q exchange -m welded "$id"
	refuses 2 'po' case-order order "$id"
	refuses 2 'po' case-order order --po '' "$id"
	refuses 2 '' case-order decline "$id"
	refuses 2 '' case-order order --po 1 --amount 3 "$id"
	refuses 2 '' case-order decline -m x --po 1 "$id"
	refuses 2 '' case-order quote --amount 3 --until 2026-06-01 --po 1 "$id"
	case-order -q decline -m 'too dear' "$id/2"
	assert_equal "$(look "$id" '.events[-1].text')" 'too dear'
	opens "$id" 'order/1 order/3'
}

@test "neither quote nor order can be waived" {
	case-triage -q repair -m spring "$id/1"
	refuses 1 "'quote' cannot be waived" case-waive quote -m x "$id"
	case-order -q quote --amount 10 --until 2026-06-15 "$id/1"
	refuses 1 "'order' cannot be waived" case-waive order -m x "$id"
}

@test "an order from before its quote is refused" {
	export CASE_NOW=2026-05-05T10:00:00+02:00
	case-triage -q repair -m spring "$id/1"
	case-order -q quote --amount 10 --until 2026-06-15 "$id/1"
	refuses 1 'before' case-order order --po 1 --at 2026-05-05T09:59 "$id/1"
	refuses 1 'before' case-order decline -m x --at 2026-05-04T11:00 "$id/1"
}

@test "goodwill drops an open quote" {
	case-triage -q repair -m spring "$id/1"
	case-triage -q --goodwill 'good customer' "$id/1"
	assert_equal "$(state_of "$id" quote 1)" dropped
	opens "$id" 'request/1 slip/1 triage/2 triage/3'
}

@test "an order that is late is taken, and said to be; the last second is not" {
	case-triage -q repair -m spring "$id/1" "$id/2"
	case-order -q quote --amount 10 --until 2026-05-05T12:00 "$id"
	export CASE_NOW=2026-05-06T10:00:00+02:00
	run -0 --separate-stderr case-order order --po 1 \
	    --at 2026-05-05T12:00:00 "$id/1"
	assert_equal "$stderr" ''
	run -0 --separate-stderr case-order order --po 2 \
	    --at 2026-05-05T12:00:01 "$id/2"
	why="the order came late"
	assert_equal "$stderr" "case-order: $id: $why: the quote was valid until 2026-05-05T12:00:00+02:00"
	assert_equal "$(look "$id" '[.events[].data.late_after | select(.)] |
	    join(" ")')" 2026-05-05T12:00:00+02:00
}
