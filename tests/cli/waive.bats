# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-waive: the last column of the step tables.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

start() {
	id=$(case-open fault --serial "${2:-QA-1}" --pilot ANNE -m 'trips')
	case-triage -q "$1" -m 'diagnosis' "$id"
}

no() {
	refuses 1 "'$1' cannot be waived; case-" case-waive "$1" -m why "$id"
}

@test "what cannot be waived names the command that completes it" {
	id=$(case-open fault --serial OLD-1 -m x)
	no assign
	case-assign -q ANNE "$id"
	no triage
	case-triage -q repair -m x "$id"
	no quote
	case-order -q quote --amount 3 --until 2026-06-01 "$id"
	no order
	case-order -q order --po 1 "$id"
	no request
	case-ship -q request "$id"
	case-ship -q receive "$id"
	no fix
	case-report -q fix --outcome not-repairable -m x "$id"
	case-triage -q none -m x "$id"
	case-waive -q send-back --outcome scrapped -m x "$id"
	no close
	opens "$id" close
}

@test "a reason, a step that is open, an outcome where there is one" {
	start exchange
	refuses 2 'why' case-waive slip "$id"
	refuses 2 '' case-waive slip -m '' "$id"
	refuses 2 '' case-waive nonsense -m x "$id"
	refuses 1 "no step 'return' is open" case-waive return -m x "$id"
	refuses 2 'outcome' case-waive slip --outcome scrapped -m x "$id"
	refuses 2 'outcome' case-waive send-back --outcome lost -m x "$id"
	refuses 2 'invoice' case-waive slip --invoice -m x "$id"
	case-waive -q slip -m 'he knows how' "$id"
	assert_equal "$(look "$id" '.events[-1] | "\(.verb) \(.text)"')" \
	    'waive he knows how'
	refuses 1 "no step 'slip' is open" case-waive slip -m x "$id"
}

@test "exchange: replacement and slip pass, analyse passes" {
	start exchange
	case-ship -q request "$id"
	case-waive -q replacement -m x "$id"
	case-waive -q slip -m x "$id"
	opens "$id" return/1
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-waive -q analyse -m x "$id"
	# Nothing was sent for it, so it is still the customer's.
	opens "$id" send-back/1
	assert_equal "$(look "$id" "$(newest send-back 1) | .owner_site")" PLANT

	start exchange QA-2
	case-ship -q request "$id"
	case-ship -q replacement "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-waive -q analyse -m x "$id"
	opens "$id" close
}

@test "exchange: return, receive and forward end the way of the goods" {
	start exchange QA-1
	case-ship -q slip "$id"
	case-waive -q return -m x "$id"
	opens "$id" request/1
	assert_equal "$(places "$id")" customer

	start exchange QA-2
	case-ship -q slip "$id"
	case-ship -q return "$id"
	case-waive -q receive -m x "$id"
	opens "$id" request/1
	assert_equal "$(places "$id")" unknown

	start exchange QA-3
	case-ship -q receive "$id"
	case-ship -q request "$id"
	case-ship -q replacement "$id"
	case-waive -q forward -m x "$id"
	opens "$id" close
	assert_equal "$(places "$id")" LOG
}

@test "repair: send-back passes and says what became of the unit" {
	start repair
	case-ship -q request "$id"
	case-ship -q receive "$id"
	case-report -q fix --outcome repaired -m x "$id"
	refuses 2 'handed-over or scrapped' case-waive send-back -m x "$id"
	case-waive -q send-back --outcome handed-over -m 'at the desk' "$id"
	assert_equal "$(places "$id")" customer
	opens "$id" close
}

@test "expertise: book and survey pass, deliver ends" {
	id=$(case-open expertise --serial QA-1 --pilot EVE -m x)
	case-triage -q expertise -m x "$id"
	case-ship -q dossier "$id"
	case-waive -q book -m x "$id"
	opens "$id" pickup/1
	case-ship -q pickup "$id"
	case-waive -q deliver -m 'lost on the way' "$id"
	# It is on its way to us: it may still come.
	opens "$id" receive/1
	case-waive -q receive -m 'lost for good' "$id"
	assert_equal "$(places "$id")" unknown
	opens "$id" close

	id=$(case-open expertise --serial QA-2 --pilot EVE -m x)
	case-triage -q expertise -m x "$id"
	case-ship -q dossier "$id"
	case-ship -q pickup "$id"
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m x "$id"
	case-report -q report "$id"
	case-waive -q survey -m 'no wish to' "$id"
	opens "$id" close
}

@test "a question nobody will answer is waived" {
	start exchange
	case-note -q --ask -m 'which?' "$id"
	case-waive -q answer -m 'cannot be reached' "$id"
	opens "$id" 'request/1 slip/1'
}

@test "an owed unit: invoiced or not is kept, and only for what is owed" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --serial QA-3 \
	    --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	case-ship -q request "$id"
	case-ship -q slip "$id"
	case-ship -q replacement "$id/1" "$id/2"
	refuses 1 'item 3 is not owed' case-waive return --invoice -m x "$id/3"
	case-waive -q return --invoice -m x "$id/1"
	case-waive -q return -m x "$id/2"
	assert_equal "$(sql 'SELECT item, invoiced FROM item ORDER BY item' |
	    xargs)" '1|1 2|0 3|'
	assert_equal "$(owed "$id")" ''
}

@test "several items: all or nothing" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --pilot ANNE -m x)
	case-triage -q exchange -m x "$id/1"
	refuses 1 'item 2' case-waive slip -m x "$id/1" "$id/2"
	opens "$id" 'request/1 slip/1 triage/2'
}
