# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The return for expertise and its promise: 2 + 9 + 4 business days, and never
# more than 15 from pickup.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# A case with the expertise started at that time: open_expertise 2026-04-28T10:00
open_expertise() {
	export CASE_NOW=$1
	id=$(case-open expertise --customer ACME --unit "${2:-QO120:QA-1}" \
	    --pilot EVE -m 'blows fuses')
	case-triage -q expertise "$id" -m 'cause unknown'
}

# Picked up then, everything else said at the same time.
pick_up() {
	open_expertise "$1" "${2:-QO120:QA-1}"
	case-ship -q dossier "$id"
	case-ship -q pickup "$id"
}

@test "from the dossier to the survey" {
	open_expertise 2026-04-27T10:00
	opens "$id" dossier/1
	assert_equal "$(look "$id" "$(newest dossier 1) | .owner")" desk
	refuses 1 "no step 'pickup' is open" case-ship pickup "$id"
	case-ship -q dossier "$id"
	opens "$id" book/1
	# 1 May is a feast.
	assert_equal "$(due_of "$id" book 1)" 2026-05-05T18:00:00+02:00
	case-ship -q book --on 2026-04-30 "$id"
	opens "$id" pickup/1
	assert_equal "$(due_of "$id" pickup 1)" 2026-04-30T18:00:00+02:00
	export CASE_NOW=2026-04-30T11:00:00+02:00
	case-ship -q pickup --carrier GEO --tracking 1Z "$id"
	assert_equal "$(places "$id")" carrier
	opens "$id" deliver/1
	case-ship -q deliver "$id"
	assert_equal "$(places "$id")" EXP
	opens "$id" analyse/1
	assert_equal "$(look "$id" "$(newest analyse 1) | .owner_site")" EXP
	case-report -q analyse --outcome return --cause WELD -m 'overload' "$id"
	opens "$id" 'report/1 send-back/1'
	printf 'the report\n' >report.txt
	case-report -q report --attach report.txt "$id"
	opens "$id" 'send-back/1 survey/1'
	case-ship -q send-back "$id"
	# A survey does not hold the case.
	opens "$id" 'close survey/1'
	case-report -q survey --degree 4 -m 'quick and clear' "$id"
	opens "$id" close
	# His survey answer is his satisfaction.
	case-close -q "$id"
	assert_equal "$(look "$id" '"\(.status) \(.satisfaction)"')" 'closed 4'
	assert_equal "$(places "$id")" customer
}

@test "the promise: Thursday 30 April 2026, then 5 May, 20 May, 27 May" {
	pick_up 2026-04-30T11:00
	assert_equal "$(due_of "$id" deliver 1)" 2026-05-05T18:00:00+02:00
	assert_equal "$(look "$id" "$(newest deliver 1) | .limit_at")" \
	    2026-05-27T18:00:00+02:00
	export CASE_NOW=2026-05-05T17:00:00+02:00
	case-ship -q deliver "$id"
	assert_equal "$(look "$id" "$(newest analyse 1) |
	    \"\(.due_at) \(.limit_at) \(.binds)\"")" \
	    '2026-05-20T18:00:00+02:00 2026-05-27T18:00:00+02:00 due'
	CASE_NOW=2026-05-20T17:00:00+02:00
	case-report -q analyse --outcome keep -m 'overload' "$id"
	assert_equal "$(look "$id" "$(newest report 1) |
	    \"\(.due_at) \(.limit_at)\"")" \
	    '2026-05-27T18:00:00+02:00 2026-05-27T18:00:00+02:00'
}

@test "the promise is the same whatever the time zone of the process" {
	serial=0
	for zone in UTC America/Los_Angeles Asia/Tokyo; do
		TZ=$zone pick_up 2026-04-30T11:00 QO120:QA-$((++serial))
		assert_equal "$(due_of "$id" deliver 1)" \
		    2026-05-05T18:00:00+02:00
	done
}

@test "each phase from when it happened: sooner done, sooner due" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	# 9 business days from 30 April.
	assert_equal "$(due_of "$id" analyse 1)" 2026-05-18T18:00:00+02:00
	case-report -q analyse --outcome keep -m 'overload' "$id"
	assert_equal "$(due_of "$id" report 1)" 2026-05-07T18:00:00+02:00
	# The limit stays where it was.
	assert_equal "$(look "$id" "$(newest report 1) | .limit_at")" \
	    2026-05-27T18:00:00+02:00
}

@test "a late phase leaves less to the next: the limit binds" {
	pick_up 2026-04-30T11:00
	export CASE_NOW=2026-05-12T10:00:00+02:00
	case-ship -q deliver "$id"
	# 9 business days from 12 May would be 27 May; the limit is that day too.
	assert_equal "$(look "$id" "$(newest analyse 1) | .due_at")" \
	    2026-05-27T18:00:00+02:00
	CASE_NOW=2026-05-26T10:00:00+02:00
	case-report -q analyse --outcome keep -m 'overload' "$id"
	assert_equal "$(look "$id" "$(newest report 1) |
	    \"\(.due_at) \(.limit_at) \(.binds)\"")" \
	    '2026-06-01T18:00:00+02:00 2026-05-27T18:00:00+02:00 limit'
}

# Each phase done on its last day, at a centre in Alsace-Moselle, where Good
# Friday (3 April 2026) is a feast: which of the two binds at the report?
binds_at_metz() {
	local day

	pick_up "$1T11:00" "XP9:$1"
	for step in deliver analyse; do
		day=$(due_of "$id" $step 1)
		export CASE_NOW=${day/T18:00:00/T17:00:00}
		if [ $step = deliver ]; then
			case-ship -q deliver "$id"
		else
			case-report -q analyse --outcome keep -m x "$id"
		fi
	done
	look "$id" "$(newest report 1) | .binds"
}

@test "with the centre in Alsace-Moselle the limit binds from 19 to 31 March 2026" {
	assert_equal "$(binds_at_metz 2026-03-18)" due
	assert_equal "$(binds_at_metz 2026-03-19)" limit
	assert_equal "$(binds_at_metz 2026-03-25)" limit
	assert_equal "$(binds_at_metz 2026-03-31)" limit
	assert_equal "$(binds_at_metz 2026-04-01)" due
}

@test "the promise can be set otherwise for the file" {
	case-config due.expertise.deliver '3 bd'
	case-config due.expertise.limit '20 bd'
	pick_up 2026-04-30T11:00
	assert_equal "$(look "$id" "$(newest deliver 1) |
	    \"\(.due_at) \(.limit_at)\"")" \
	    '2026-05-06T18:00:00+02:00 2026-06-03T18:00:00+02:00'
}

@test "an implied pickup takes the appointment" {
	open_expertise 2026-04-27T10:00
	case-ship -q dossier "$id"
	case-ship -q book --on 2026-04-30 "$id"
	export CASE_NOW=2026-05-04T10:00:00+02:00
	case-ship -q deliver "$id"
	assert_regex "$(look "$id" "$(newest pickup 1) |
	    \"\(.state) \(.done_at)\"")" '^done 2026-04-30T'
	assert_equal "$(look "$id" "$(newest analyse 1) | .limit_at")" \
	    2026-05-27T18:00:00+02:00
}

@test "an implied pickup on the day of the booking comes after the booking" {
	open_expertise 2026-04-30T10:00
	case-ship -q dossier "$id"
	case-ship -q book --on 2026-04-30 "$id"
	export CASE_NOW=2026-04-30T16:00:00+02:00
	case-ship -q deliver "$id"
	[[ $(look "$id" "$(newest pickup 1) | .done_at") > 2026-04-30T09:59 ]]
}

@test "no appointment, or a later one: when it was picked up must be said" {
	open_expertise 2026-04-27T10:00
	case-ship -q dossier "$id"
	refuses 1 'say first when it was picked up' case-ship deliver "$id"
	case-ship -q book --on 2026-05-06 "$id"
	export CASE_NOW=2026-05-04T10:00:00+02:00
	refuses 1 'say first when it was picked up' case-ship deliver "$id"
	case-ship -q pickup --at 2026-04-30T09:00 "$id"
	case-ship -q deliver "$id"
}

@test "analysed without anybody having said that it arrived" {
	pick_up 2026-04-30T11:00
	export CASE_NOW=2026-05-06T10:00:00+02:00
	case-report -q analyse --outcome keep -m 'overload' "$id"
	assert_equal "$(state_of "$id" deliver 1)" 'done'
	opens "$id" report/1
}

@test "no appointment: the carrier has two days from when booking was waived" {
	open_expertise 2026-04-28T10:00
	case-ship -q dossier "$id"
	case-waive -q book -m 'carrier comes every day' "$id"
	# Tuesday; 1 May is a feast.
	assert_equal "$(due_of "$id" pickup 1)" 2026-04-30T18:00:00+02:00
}

@test "an appointment may lie in the future, what happened may not" {
	open_expertise 2026-04-27T10:00
	case-ship -q dossier "$id"
	refuses 1 'future' case-ship book --on 2026-04-30 --at 2026-04-29 "$id"
	case-ship -q book --on 2026-04-30 "$id"
	refuses 1 'future' case-ship pickup --at 2026-04-30 "$id"
}

@test "a distributor gets none, whichever way" {
	refuses 1 'end customers only' \
	    case-open expertise --serial DI-1 -m 'blows fuses'
	refuses 1 'end customers only' \
	    case-open expertise --customer DIST --unit QO120 -m 'blows fuses'
	id=$(case-open fault --serial DI-1 --pilot ANNE -m x)
	refuses 1 'end customers only' case-triage expertise "$id" -m x
	id=$(case-open complaint --serial DI-1 --pilot ANNE -m x)
	case-triage -q classify --nature technical --criticality 2 \
	    --dissatisfaction 3 --sought x "$id"
	refuses 1 'end customers only' \
	    case-report solve --start expertise -m x "$id"
	refuses 1 'end customers only' case-triage expertise "$id" -m x
	run --separate-stderr case-open --batch \
	    <<<'{"kind":"expertise","customer":"DIST","unit":"QO120","message":"x"}'
	assert_equal "$status" 1
	assert_output ''
	# An emergency takes none for anybody.
	id=$(case-open emergency --serial QA-2 --risk production --pilot ANNE -m x)
	refuses 1 'takes no expertise' case-triage expertise "$id" -m x
}

@test "a customer that turns out to be a distributor gets none either" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	printf 'code,name,type\nACME,Acme SA,distributor\n' | case-load -q customers
	refuses 1 'end customers only' case-triage expertise "$id" -m x
	printf 'code,name,type\nACME,Acme SA,end\n' | case-load -q customers
	case-triage -q expertise "$id" -m x
	opens "$id" dossier/1
}

@test "it is assigned to an expert who knows the range" {
	refuses 1 'not an expert' \
	    case-open expertise --serial LC-1 --pilot PAUL -m x
	id=$(case-open expertise --serial LC-1 -m x)
	opens "$id" assign
	refuses 1 'not an expert' case-assign PAUL "$id"
	case-assign -q --auto "$id"
	assert_equal "$(look "$id" .pilot)" FRED
	id=$(case-open expertise --serial XP-1 -m x)
	case-assign -q --auto "$id"
	assert_equal "$(look "$id" .pilot)" EVE
	opens "$id" triage/1
}

@test "an expertise can be asked for after a fault" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q expertise "$id" -m 'twice in a year'
	opens "$id" dossier/1
}

@test "kept or scrapped: the unit is ours and nothing goes back" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	refuses 1 'outcome: return, keep, scrap' case-report analyse -m x "$id"
	refuses 2 'outcome' case-report analyse --outcome repaired -m x "$id"
	case-report -q analyse --outcome scrap -m 'burnt' "$id"
	assert_equal "$(places "$id")" scrapped
	opens "$id" report/1
	case-report -q report "$id"
	opens "$id" 'close survey/1'

	pick_up 2026-04-30T11:00 QO120:QA-2
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m 'for the lab' "$id"
	assert_equal "$(places "$id")" EXP
	opens "$id" report/1
}

@test "neither the conclusions nor the report can be waived" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	refuses 1 "'analyse' cannot be waived" case-waive analyse -m x "$id"
	case-report -q analyse --outcome keep -m x "$id"
	refuses 1 "'report' cannot be waived" case-waive report -m x "$id"
}

@test "a unit that was kept goes back after all: it is the customer's again" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m 'for the lab' "$id"
	case-report -q report -m x "$id"
	assert_equal "$(sql 'SELECT ifnull(holder, 0) FROM unit_state')" 0
	case-triage -q expertise "$id" -m 'once more'
	case-ship -q dossier "$id"
	case-report -q analyse --outcome return -m 'nothing found' "$id"
	assert_equal "$(sql 'SELECT holder FROM unit_state')" ACME
	case-ship -q send-back "$id"
	# Should it come again, it is not left lying.
	case-ship -q receive --from LOG "$id"
	assert_equal "$(open_at "$id" | grep -o triage)" triage
}

@test "waiving pickup ends it" {
	open_expertise 2026-04-27T10:00
	refuses 1 "'dossier' cannot be waived" case-waive dossier -m x "$id"
	case-ship -q dossier "$id"
	case-ship -q book --on 2026-04-30 "$id"
	case-waive -q pickup -m 'customer keeps it' "$id"
	opens "$id" close
	assert_equal "$(places "$id")" customer
}

@test "expertise then exchange: the report is still owed" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	case-report -q analyse --outcome return -m 'overload' "$id"
	opens "$id" 'report/1 send-back/1'
	case-triage -q exchange --instead "$id" -m 'is ours'
	opens "$id" 'forward/1 report/1 request/1'
}

@test "the survey after closing, up to sixty days" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m x "$id"
	case-report -q report "$id"
	case-close -q --satisfaction 3 "$id"
	assert_equal "$(look "$id" .status)" closed
	opens "$id" survey/1
	assert_equal "$(case-list --step survey)" ''
	assert_equal "$(case-list --step survey --all -o case,step)" \
	    "$id"$'\tsurvey'
	assert_equal "$(case-list --closed --json | jq -r .next.step)" survey
	export CASE_NOW=2026-06-29T11:00:01+02:00
	refuses 1 '60 days' case-report survey --degree 5 "$id"
	# It is over, though nobody wrote that down.
	opens "$id" ''
	assert_equal "$(look "$id" "$(newest survey 1) |
	    \"\(.state) \(.outcome) \(.done_at) \(.command)\"")" \
	    'dropped unanswered 2026-06-29T11:00:00+02:00 null'
	assert_equal "$(case-list --step survey --all)" ''
	assert_equal "$(case-list --closed --json | jq -r .next)" null
	assert_equal "$(case-list --closed -o case,step)" "$id"$'\t'
	CASE_NOW=2026-06-29T11:00:00+02:00
	# In a case that is opened again it is due like any other.
	at 2026-06-28T11:00:00+02:00 case-close -q --reopen -m x "$id/1"
	assert_equal "$(case-list --step survey -o case,step)" \
	    "$id"$'\tsurvey'
	assert_equal "$(case-list --overdue --owner customer -o step)" survey
	case-triage -q none -m x "$id"
	case-close -q --satisfaction 3 "$id"
	assert_equal "$(case-list --overdue --all)" ''
	case-report -q survey --degree 5 -m 'late but good' "$id"
	opens "$id" ''
	case-audit rebuild
	refuses 1 '' case-report survey --degree 5 "$id"
}

@test "a bad answer to the survey needs a complaint or a reason, too" {
	pick_up 2026-04-30T11:00
	case-ship -q deliver "$id"
	case-report -q analyse --outcome keep -m x "$id"
	case-report -q report "$id"
	case-report -q survey --degree 2 -m 'slow' "$id"
	refuses 1 'satisfaction 2 needs --complaint or a reason' \
	    case-close "$id"
	# What is said at closing goes before it.
	case-close -q --satisfaction 3 "$id"
	assert_equal "$(look "$id" .satisfaction)" 3
}

@test "a degree is from 1 to 5" {
	for degree in 0 6 -1 4.5 five ''; do
		refuses 2 'degree' case-report survey --degree "$degree" 1000015
	done
	refuses 2 'degree' case-report survey 1000015
}

@test "from pickup until the report every open step carries the limit" {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m c "$id"
	case-ship -q dossier "$id"
	limits() {
		look "$id" '[.steps[] | select(.state == "open" and
		    .procedure == "expertise") | "\(.step) \(.limit_at)"] |
		    sort | join(", ")'
	}
	case-ship -q book --on 2026-05-04 "$id"
	assert_equal "$(limits)" 'pickup null'
	case-ship -q pickup "$id"
	limit=2026-05-28T18:00:00+02:00
	assert_equal "$(limits)" "deliver $limit"
	case-ship -q deliver "$id"
	assert_equal "$(limits)" "analyse $limit"
	case-report -q analyse --outcome return -m worn "$id"
	assert_equal "$(limits)" "report $limit, send-back $limit"
	# With the report the promise is kept.
	case-report -q report -m all "$id"
	assert_equal "$(limits)" 'send-back null, survey null'
	assert_equal "$(look "$id" "$(newest report 1) | .limit_at")" "$limit"
	case-audit rebuild
}
