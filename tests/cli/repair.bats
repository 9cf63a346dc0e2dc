# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The repair, from the call to the closed case.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

open_repair() {
	id=$(case-open fault --serial "$1" --pilot ANNE -m 'does not close')
	case-triage -q repair "$id" -m 'spring'
}

# Up to the bench of the repair centre.
bring_in() {
	case-ship -q request "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-ship -q receive "$id"
}

@test "free under warranty, to the repair centre and back" {
	open_repair QA-1
	opens "$id" 'request/1 slip/1'
	case-ship -q request "$id"
	case-ship -q slip "$id"
	opens "$id" return/1
	case-ship -q return --carrier DPD --tracking 99 "$id"
	assert_equal "$(look "$id" "$(newest receive 1) | .owner_site")" REP
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" REP
	opens "$id" fix/1
	assert_equal "$(due_of "$id" fix 1)" 2026-05-20T18:00:00+02:00
	case-report -q fix --outcome repaired --cause WELD -m 'spring changed' "$id"
	opens "$id" send-back/1
	case-ship -q send-back --carrier DPD --tracking 100 "$id"
	assert_equal "$(places "$id")" carrier
	opens "$id" close
	case-close -q --satisfaction 5 "$id"
	assert_equal "$(places "$id")" customer
}

@test "on quotation: quoted, ordered, mended" {
	open_repair OLD-1
	opens "$id" quote/1
	refuses 1 "no step 'order' is open.*quote" \
	    case-order order --po 7 "$id"
	case-order -q quote --amount 120.50 --currency EUR --until 2026-06-15 "$id"
	opens "$id" order/1
	# The order is awaited as long as the quote is good.
	assert_regex "$(due_of "$id" order 1)" '^2026-06-15T'
	# A new quote replaces the old one.
	case-order -q quote --amount 99 --until 2026-06-30 "$id"
	opens "$id" order/1
	assert_regex "$(due_of "$id" order 1)" '^2026-06-30T'
	assert_equal "$(look "$id" '.events[-1].data |
	    "\(.amount) \(.currency)"')" '99.00 EUR'
	case-order -q order --po PO-1 "$id"
	opens "$id" 'request/1 slip/1'
	bring_in
	case-report -q fix --outcome repaired -m 'spring' "$id"
	case-ship -q send-back "$id"
	opens "$id" close
}

@test "a late order is accepted, with a warning that is kept" {
	open_repair OLD-1
	case-order -q quote --amount 120 --until 2026-05-10 "$id"
	CASE_NOW=2026-05-12T09:00:00+02:00 run --separate-stderr \
	    case-order order --po PO-1 "$id"
	assert_success
	# shellcheck disable=SC2154
	assert_regex "$stderr" 'late'
	assert_regex "$(look "$id" '.events[-1].data | tostring')" '2026-05-10'
	# The last day is good to its end.
	open_repair OLD-2
	case-order -q quote --amount 120 --until 2026-05-10 "$id"
	CASE_NOW=2026-05-10T23:00:00+02:00 run --separate-stderr \
	    case-order order --po PO-1 "$id"
	assert_equal "$stderr" ''
}

@test "a quote is declined, before or after it was made" {
	open_repair OLD-1
	case-order -q decline -m 'no money' "$id"
	opens "$id" close
	open_repair OLD-2
	case-order -q quote --amount 120 --until 2026-06-15 "$id"
	case-order -q decline -m 'too dear' "$id"
	opens "$id" close
	refuses 1 'no step' case-order order --po 1 "$id"
}

@test "no fault found goes back as well" {
	open_repair QA-1
	bring_in
	case-report -q fix --outcome no-fault-found -m 'works' "$id"
	opens "$id" send-back/1
}

@test "not repairable: exchange of the unit that is at the centre" {
	open_repair QA-1
	bring_in
	case-report -q fix --outcome not-repairable -m 'burnt' "$id"
	opens "$id" triage/1
	case-triage -q exchange "$id" -m 'beyond repair'
	# Nothing is asked of the customer: it goes to the plant from here.
	opens "$id" 'forward/1 request/1'
	assert_equal "$(state_of "$id" receive 1)" 'done'
	assert_equal "$(look "$id" '[.steps[] | select(.procedure == "exchange"
	    and (.step == "slip" or .step == "return" or .step == "receive")) |
	    .state] | unique | join(" ")')" 'done'
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	assert_equal "$(owed "$id")" ''
	case-ship -q forward "$id"
	assert_equal "$(places "$id")" PLANT
	case-report -q analyse -m 'overload' "$id"
	opens "$id" close
}

@test "not repairable and nothing to be done: it goes back or is scrapped" {
	open_repair QA-1
	bring_in
	case-report -q fix --outcome not-repairable -m 'burnt' "$id"
	case-triage -q none "$id" -m 'customer buys another'
	opens "$id" send-back/1
	# From where it is, within five business days: 8 May is a feast.
	assert_equal "$(look "$id" "$(newest send-back 1) |
	    \"\(.owner_site) \(.due_at)\"")" 'REP 2026-05-12T18:00:00+02:00'
	refuses 2 'handed-over or scrapped' case-waive send-back -m 'scrap' "$id"
	case-waive -q send-back --outcome scrapped -m 'not wanted' "$id"
	assert_equal "$(places "$id")" scrapped
	opens "$id" close
}

@test "a scrapped unit takes no repair; exchanged, nothing is owed for it" {
	open_repair QA-1
	bring_in
	case-report -q fix --outcome not-repairable -m 'burnt' "$id"
	case-triage -q none "$id" -m 'customer buys another'
	case-waive -q send-back --outcome scrapped -m 'not wanted' "$id"
	refuses 1 'scrapped' case-triage repair "$id" -m again
	refuses 1 'scrapped' case-triage expertise "$id" -m again
	case-triage -q exchange "$id" -m 'after all'
	opens "$id" request/1
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	assert_equal "$(owed "$id")" ''
	opens "$id" close
}

@test "the unit is mended only at the repair centre" {
	open_repair QA-1
	case-ship -q request "$id"
	# It came to the store first; somebody has to bring it on.
	case-ship -q receive --from LOG "$id"
	assert_equal "$(places "$id")" LOG
	opens "$id" receive/1
	refuses 1 "no step 'fix' is open" \
	    case-report fix --outcome repaired -m x "$id"
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" REP
	opens "$id" fix/1
}

@test "nothing is mended before it was asked of the plant" {
	open_repair QA-1
	case-ship -q slip "$id"
	case-ship -q receive "$id"
	opens "$id" request/1
	refuses 1 "no step 'fix' is open" \
	    case-report fix --outcome repaired -m x "$id"
	case-ship -q request "$id"
	opens "$id" fix/1
}

@test "waiving the return ends the whole repair, request included" {
	open_repair QA-1
	case-ship -q slip "$id"
	opens "$id" 'request/1 return/1'
	case-waive -q return -m 'keeps it' "$id"
	opens "$id" close
	assert_equal "$(state_of "$id" request 1)" dropped
	assert_equal "$(places "$id")" customer
}

@test "waiving the slip lets the unit come" {
	open_repair QA-1
	case-ship -q request "$id"
	case-waive -q slip -m 'brings it himself' "$id"
	opens "$id" return/1
}

@test "waiving the receipt of what is on its way leaves it nobody knows where" {
	open_repair QA-1
	case-ship -q request "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-waive -q receive -m 'the carrier lost it' "$id"
	assert_equal "$(places "$id")" unknown
	opens "$id" close
}

@test "the parcel that was given up comes to where its slip sent it" {
	open_repair QA-1
	case-ship -q slip "$id"
	case-waive -q return -m 'the customer does not answer' "$id"
	opens "$id" close
	case-ship -q receive "$id"
	assert_equal "$(places "$id")" REP
	opens "$id" triage/1
}

@test "another unit in the parcel for the repair centre is there" {
	open_repair QA-1
	case-ship -q slip "$id"
	case-ship -q receive --unit QO120:ODD-9 "$id"
	assert_equal "$(places "$id")" 'customer REP'
}

@test "repaired, and come to another site: whoever has it sends it back" {
	open_repair QA-1
	bring_in
	case-report -q fix --outcome repaired --cause WELD -m x "$id"
	assert_equal "$(look "$id" '.steps[-1] | "\(.step) \(.owner_site)"')" \
	    'send-back REP'
	case-ship -q receive --from LOG2 "$id"
	opens "$id" send-back/1
	assert_equal "$(look "$id" '.steps[] | select(.state == "open") |
	    "\(.step) \(.owner) \(.owner_site)"')" 'send-back logistics LOG2'
}

@test "a repair given up while the unit is here: it goes back" {
	open_repair QA-1
	bring_in
	case-triage -q none --instead "$id" -m 'customer wants it back'
	opens "$id" send-back/1
	refuses 1 'is at REP' case-close --cancel -m x "$id"
	case-waive -q send-back --outcome handed-over -m 'fetched' "$id"
	assert_equal "$(places "$id")" customer
	opens "$id" close
}

@test "a repair given up while the unit travels: it is still awaited" {
	open_repair QA-1
	case-ship -q request "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-triage -q none --instead "$id" -m 'works after all'
	opens "$id" receive/1
	refuses 1 'on its way' case-close --cancel -m x "$id"
	case-ship -q receive "$id"
	opens "$id" triage/1
}

@test "a repaired unit has at least three months of warranty" {
	open_repair OLD-1
	case-order -q quote --amount 1 --until 2026-06-15 "$id"
	case-order -q order --po 1 "$id"
	bring_in
	case-report -q fix --outcome repaired -m 'spring' "$id"
	case-ship -q send-back "$id"
	case-close -q --satisfaction 5 "$id"
	export CASE_NOW=2026-08-04T12:00:00+02:00
	again=$(case-open fault --serial OLD-1 -m 'again')
	assert_equal "$(look "$again" '.items[0] |
	    "\(.warranty) \(.warranty_until)"')" 'in 2026-08-04'
	CASE_NOW=2026-08-05T12:00:00+02:00
	again=$(case-open fault --serial OLD-1 -m 'again')
	assert_equal "$(look "$again" '.items[0].warranty')" out
	# What has longer keeps it.
	CASE_NOW=2026-05-04T12:00:00+02:00
	open_repair QA-1
	bring_in
	case-report -q fix --outcome repaired -m 'spring' "$id"
	CASE_NOW=2026-05-04T13:00:00+02:00
	again=$(case-open fault --serial QA-1 -m 'again')
	assert_equal "$(look "$again" '.items[0].warranty_until')" 2027-06-01
	assert_equal "$(sql "SELECT warranty_reason FROM v_unit
	    WHERE serial = 'QA-1'")" ''
}

@test "fix wants its own words" {
	open_repair QA-1
	bring_in
	refuses 2 'outcome' case-report fix -m 'spring' "$id"
	refuses 2 'outcome' case-report fix --outcome running -m 'spring' "$id"
	refuses 2 'outcome' case-report fix --outcome mended -m 'spring' "$id"
	refuses 2 '' case-report fix --outcome repaired "$id"
	refuses 1 "no cause 'NOPE'" \
	    case-report fix --outcome repaired --cause NOPE -m 'spring' "$id"
	opens "$id" fix/1
}
