# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-close: closing, cancelling, reopening.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# Nothing left but closing.
ready() {
	id=$(case-open fault --serial "${1:-QA-1}" --pilot ANNE -m 'trips')
	case-triage -q none -m 'as it should' "$id"
}

@test "close opens when nothing else holds the case, for two days" {
	ready
	opens "$id" close
	assert_equal "$(look "$id" "$(newest close) |
	    \"\(.owner) \(.owner_person) \(.due_at)\"")" \
	    'pilot ANNE 2026-05-06T18:00:00+02:00'
	# Withdrawn when something opens.
	case-open -q --add "$id" --serial QA-2
	opens "$id" triage/2
	refuses 1 "cannot be closed yet; open are: triage" \
	    case-close --satisfaction 5 "$id"
	case-triage -q none -m x "$id"
	opens "$id" close
}

@test "the degree is one of five" {
	ready
	for degree in 0 6 -1 '' 3.5 good; do
		refuses 2 'satisfaction' \
		    case-close --satisfaction "$degree" "$id"
	done
	refuses 1 'satisfaction 1-5' case-close "$id"
	refuses 1 'the whole case' case-close --satisfaction 4 "$id/1"
	refuses 1 'the whole case' case-close --cancel -m x "$id/1"
	case-close -q --satisfaction 3 -m 'went well' --outcome explained "$id"
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction) \(.outcome)
	    \(.closed_at)"' | xargs)" \
	    'closed 3 explained 2026-05-04T10:00:00+02:00'
	refuses 1 'not open' case-close --satisfaction 3 "$id"
}

@test "one and two need a complaint or a reason" {
	ready
	refuses 2 'complaint or a reason' case-close --satisfaction 1 "$id"
	refuses 2 'complaint or a reason' case-close --satisfaction 2 "$id"
	case-close -q --satisfaction 3 "$id"
	ready QA-2
	case-close -q --satisfaction 2 --complaint "$id"
	assert_equal "$(case-list | wc -l)" 1
}

@test "a refused close opens no complaint" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips')
	refuses 1 'cannot be closed' case-close --satisfaction 1 --complaint "$id"
	assert_equal "$(sql 'SELECT count(*) FROM cases')" 1
}

@test "never before the last step, never in the future" {
	ready
	export CASE_NOW=2026-05-05T10:00:00+02:00
	refuses 1 'before' case-close --satisfaction 5 --at 2026-05-04T09:59 "$id"
	refuses 1 'future' case-close --satisfaction 5 --at 2026-05-05T10:01 "$id"
	case-close -q --satisfaction 5 --at 2026-05-04T18:00 "$id"
	assert_equal "$(look "$id" .closed_at)" 2026-05-04T18:00:00+02:00
}

@test "many at once, what is refused is told with what holds it" {
	ready
	first=$id
	id=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	run --separate-stderr case-close --satisfaction 4 "$id" "$first"
	assert_equal "$status" 1
	assert_output "$first"
	# shellcheck disable=SC2154
	assert_equal "$stderr" "case-close: $id: it cannot be closed yet; \
open are: request (pilot), slip (pilot)"
}

@test "cancelling drops all that is open, and needs a reason" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --pilot ANNE -m x)
	case-triage -q exchange -m x "$id/1"
	refuses 2 'why' case-close --cancel "$id"
	refuses 2 '' case-close --cancel --satisfaction 3 -m x "$id"
	refuses 2 'exclude' case-close --cancel --reopen -m x "$id"
	case-close -q --cancel -m 'called off' "$id"
	assert_equal "$(look "$id" .status)" cancelled
	opens "$id" ''
	refuses 1 'cancelled' case-ship slip "$id"
}

@test "cancelled is refused while goods are owed or with us" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	case-ship -q slip "$id"
	case-ship -q return "$id"
	refuses 1 'on its way' case-close --cancel -m x "$id"
	case-ship -q receive "$id"
	refuses 1 'is at LOG' case-close --cancel -m x "$id"
	case-ship -q request "$id"
	# Replaced: it is ours now, and nobody owes anything.
	case-ship -q replacement "$id"
	case-close -q --cancel -m x "$id"
}

@test "cancelled before it was assigned: reopened it waits to be" {
	id=$(case-open fault --serial QA-1 -m x)
	case-close -q --cancel -m 'called off' "$id"
	case-close -q --reopen -m 'called again' "$id"
	opens "$id" assign
	case-assign -q ANNE "$id"
	opens "$id" triage/1
}

@test "a complaint cancelled before it was classified is classified" {
	id=$(case-open complaint --customer ACME --pilot ANNE -m x)
	case-close -q --cancel -m 'called off' "$id"
	case-close -q --reopen -m 'called again' "$id"
	opens "$id" classify
}

@test "a complaint cancelled half way goes on where it was" {
	id=$(case-open complaint --customer ACME --pilot ANNE -m x)
	case-triage -q classify --nature logistic --criticality 1 \
	    --dissatisfaction 2 --sought x "$id"
	case-close -q --cancel -m 'called off' "$id"
	case-close -q --reopen -m 'called again' "$id"
	# Classified again; then what cancelling had dropped follows, as ever.
	opens "$id" classify
	case-triage -q classify --nature technical --criticality 2 \
	    --dissatisfaction 3 --sought y "$id"
	opens "$id" 'acknowledge solve'
}

@test "reopening wants a reason and a case that is not open" {
	ready
	refuses 1 'is open' case-close --reopen -m x "$id"
	case-close -q --satisfaction 5 "$id"
	refuses 2 'why' case-close --reopen "$id"
	refuses 1 'no item 2' case-close --reopen -m x "$id/2"
	refuses 1 'before' case-close --reopen -m x --at 2026-05-04T09:00 "$id"
	case-close -q --reopen -m 'trips again' "$id"
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction) \(.outcome)"')" \
	    'open null null'
	opens "$id" triage/1
	case-triage -q none -m x "$id"
	case-close -q --satisfaction 4 "$id"
	assert_equal "$(look "$id" .satisfaction)" 4
}

@test "after reopening an exchanged unit stays exchanged" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	case-ship -q request "$id"
	case-ship -q replacement --unit QO120:NEW-1 "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-report -q analyse -m x "$id"
	case-close -q --satisfaction 5 "$id"
	case-close -q --reopen -m 'the new one trips' "$id"
	refuses 1 'add the replacement as an item' \
	    case-triage exchange -m x "$id"
	case-open -q --add "$id" --unit QO120:NEW-1
	case-triage -q none -m 'see item 2' "$id/1"
	case-triage -q exchange -m x "$id/2"
	opens "$id" 'request/2 slip/2'
	assert_equal "$(places "$id")" 'PLANT customer'
}

@test "a case without items that is reopened is decided anew" {
	id=$(case-open emergency --customer ACME --risk people --pilot ANNE -m x)
	case-triage -q none -m 'false alarm' "$id"
	case-close -q --satisfaction 4 "$id"
	case-close -q --reopen -m 'it was none' "$id"
	opens "$id" triage
}

@test "the degree may be that of the latest survey" {
	id=$(case-open expertise --unit XP9 --quantity 3 --customer ACME \
	    --sold-on 2026-01-10 --pilot EVE -m x)
	case-triage -q expertise -m x "$id"
	case-ship -q dossier "$id"
	case-ship -q pickup "$id"
	case-report -q analyse --outcome keep -m worn "$id"
	case-report -q report "$id"
	refuses 1 'satisfaction 1-5' case-close "$id"
	case-report -q survey --degree 4 "$id/1"
	case-report -q survey --degree 2 "$id/2"
	refuses 1 'satisfaction 2 needs --complaint or a reason' \
	    case-close "$id"
	case-report -q survey --degree 3 "$id/3"
	case-close -q "$id"
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction)"')" 'closed 3'
}
