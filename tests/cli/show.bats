# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-show and case-find.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	id=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips at once, cold')
}

# In a terminal of 100 columns, as it appears there.
terminal() {
	TERM=xterm script -qec "stty cols 100; $*" /dev/null | tr -d '\r'
}

@test "the promised names, in order; absent is null" {
	case-triage -q exchange -m c $id
	case-show --json $id >one
	assert_equal "$(jq -c 'keys_unsorted[:18]' one)" "$(jq -nc '["case",
	    "kind", "status", "customer", "opened_at", "pilot", "items",
	    "next", "description", "channel", "risk", "closed_at", "outcome",
	    "satisfaction", "dissatisfaction", "steps", "events", "links"]')"
	assert_equal "$(jq -c '.items[0] | keys_unsorted[:10]' one)" \
	    '["item","reference","serial","lot","warranty","warranty_until",'\
'"warranty_reason","place","owed","procedures"]'
	assert_equal "$(jq -c '.steps[0] | keys_unsorted[:10]' one)" \
	    '["step","procedure","item","owner","owner_site","state","due_at",'\
'"limit_at","done_at","command"]'
	assert_equal "$(jq -c '.events[0] | keys_unsorted[:7]' one)" \
	    '["seq","verb","happened_at","recorded_at","by","text","data"]'
	assert_equal "$(jq -c '[.channel, .risk, .outcome]' one)" \
	    '[null,null,null]'
	assert_equal "$(jq -c '.items[0] | [.procedures, .owed]' one)" \
	    '[["exchange"],false]'
	assert_equal "$(wc -l <one)" 1
}

@test "the same bytes in every locale and time zone" {
	case-show --json $id >one
	LC_ALL=fr_FR.UTF-8 TZ=Asia/Tokyo case-show --json $id | cmp - one
	LC_ALL=C TZ=America/New_York case-show --json $id | cmp - one
}

@test "each open step names the command that completes it, which does" {
	case-triage -q exchange -m c $id
	for n in 1 2 3 4 5 6 7 8; do
		command=$(look $id '.next.command')
		[ -n "$command" ] || break
		case $command in
		case-report*) command="$command -m found" ;;
		case-close*) break ;;
		esac
		$command >/dev/null
	done
	assert_equal "$(look $id .next.step)" close
	case-close -q --satisfaction 5 $id
	assert_equal "$(look $id .next)" null
}

@test "for people: units and where they are, who owes what, the history" {
	case-triage -q exchange -m 'contact welded' $id
	case-ship -q request $id
	case-ship -q replacement --unit QO120:N1 --carrier DPD $id
	run -0 case-show $id
	assert_line --index 0 --regexp "^$id +fault +open"
	assert_output --partial 'trips at once, cold'
	assert_output --partial 'QO120:QA-1'
	assert_output --partial 'replaced by QO120:N1'
	assert_output --regexp 'owed since'
	assert_output --partial "case-ship slip $id"
	assert_output --partial 'contact welded'
	assert_output --partial 'warranty in'
}

@test "a narrow terminal: what is too long goes on below, nothing is lost" {
	case-triage -q exchange -m 'a contact is welded' $id
	words() {
		tr -s '[:space:]' '[\n*]'
	}
	case-show $id | words >wanted
	for columns in 40 60 80 100; do
		NO_COLOR=1 script -qec "stty cols $columns; case-show $id" \
		    /dev/null | tr -d '\r' >shown
		[ "$(wc -L <shown)" -le "$columns" ]
		words <shown | diff wanted -
	done
	# Below the column in which it began; a command is not broken.
	NO_COLOR=1 script -qec "stty cols 60; case-show $id" /dev/null |
	    tr -d '\r' >shown
	grep -qE '^ {6}case-ship request 1000015$' shown
	case-show $id | tr -s ' ' | grep -q 'case-ship request'
}

@test "a terminal gets colours, unless they are not wanted" {
	case-triage -q exchange -m c $id
	esc=$'\033'
	out=$(CASE_NOW=2026-06-04T10:00:00+02:00 terminal case-show $id)
	[[ $out == *"${esc}["* ]]
	out=$(NO_COLOR=1 terminal case-show $id)
	[[ $out != *"${esc}["* ]]
	run -0 case-show $id
	[[ $output != *"$esc"* ]]
}

@test "why a step is due when it is, counted day by day" {
	CASE_NOW=2026-04-30T16:00:00+02:00
	id=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	case-triage -q exchange -m c $id
	case-ship -q request $id
	run -0 case-show --why replacement $id
	assert_output --partial 'Mon 4 May 2026 18:00'
	assert_output --partial 'Fête du Travail'
	assert_output --partial Saturday
	assert_output --partial Sunday
	assert_output --partial 'counted: 1 day'
	# Also of a step that is done, and in working hours.
	run -0 case-show --why assign $id
	assert_output --partial '4 wh'
	run -0 case-show --why request $id
	run -1 case-show --why slip/9 $id || run -2 case-show --why slipp $id
}

@test "why: working hours add up exactly across a night and a feast" {
	CASE_NOW=2026-04-30T16:30:00+02:00
	id=$(case-open fault --serial QA-2 -m x)
	# 1 h 30 on Thursday, the feast, the weekend, 2 h 30 on Monday.
	assert_equal "$(due_of $id assign)" 2026-05-04T10:30:00+02:00
	run -0 case-show --why assign $id
	assert_output --partial 'closed hours'
	assert_output --partial 'Fête du Travail'
	assert_output --regexp 'counted: 4 ?h'
}

@test "several cases, from input too; one that is not there is told" {
	other=$(case-open fault --serial QA-2 -m y)
	run -0 case-show --json $id $other
	assert_equal "${#lines[@]}" 2
	assert_equal "$(case-list | case-show --json | wc -l)" 2
	run -1 case-show --json $id 1000099 || run -2 case-show 1000099
	run -0 case-show </dev/null
	assert_output ''
}

@test "found by serial, tracking, order, customer, words" {
	case-triage -q exchange -m c $id
	case-ship -q request $id
	case-ship -q replacement --carrier DPD --tracking 0Z123 \
	    --unit QO120:N77 $id
	other=$(case-open fault --serial OLD-1 --pilot ANNE -m 'hums 100% loud')
	case-triage -q exchange -m c $other
	case-order -q order --po BC-2217 $other
	far=$(case-open complaint --customer DIST -m 'wrong invoice')
	case-note -q -m 'voltage 230' $far
	for pair in "qa-1 $id" "QA-1 $id" "0Z123 $id" "N77 $id" \
	    "BC-2217 $other" "distri $far" "invoice $far" "230 $far" \
	    "100% $other" "$far $far"; do
		run -0 case-find "${pair% *}"
		assert_equal "${lines[0]%%$'\t'*}" "${pair#* }"
	done
	run --separate-stderr -1 case-find 'nothing of the kind'
	assert_output ''
	run -1 case-find '_'
	run -1 case-find 'QA_1'
	assert_equal "$(case-find acme | wc -l)" 2
}

@test "a line for several items counts them up" {
	id=$(case-open fault --serial QA-2 --serial QA-3 --serial QA-4 \
	    --serial QA-5 --serial QA-6 --pilot ANNE -m x 2>/dev/null)
	case-triage -q exchange -m c "$id"
	for item in 5 4 1; do
		case-ship -q slip "$id/$item"
	done
	run -0 case-show "$id"
	assert_output --regexp 'return/1,4,5 '
	assert_output --regexp 'slip/2,3 '
}
