# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086,SC2154 # each test is a subshell
# recall-show: the figures of a recall, and that they add up.

setup() {
	load ../helper
	load ../master
	load ../recall
	case_setup
	recall_db
	recall_issue
}

# The buckets add up to the units, in all and by who has them.
adds_up() {
	recall-show --json "$1" | jq -e '
	    (.buckets.affected == .units) and
	    (([.buckets | to_entries[] | select(.key != "affected").value] |
		add) == .buckets.affected) and
	    ([.levels[] | ([to_entries[] | select(.key != "affected").value] |
		add) == .affected] | all) and
	    (([.levels[].affected] | add) == .units)' >adds || fail "$(cat adds)"
}

@test "JSON has the promised names, absent values are null" {
	run -0 recall-show --json 1010
	assert_equal "$(jq -c '[keys_unsorted[:7][]] | join(" ")' <<<"$output")" \
	    '"recall title issued_at select buckets customers units"'
	assert_equal "$(jq -c '.buckets | keys_unsorted | join(" ")' \
	    <<<"$output")" '"affected unknown_holder to_notify notified '\
'answered remedied disposed unreachable taken_out"'
	assert_equal "$(jq -c '[.recall, .title, .issued_at, .select,
	    .buckets.affected, .buckets.unknown_holder, .customers, .units,
	    .response_rate, .cause, .remedies, .pilot]' <<<"$output")" \
	    '[1010,"Disjoncteurs QO130 de 2020","2026-05-04T10:00:00+02:00",'\
'"reference=QO130,serial=SN98..SN104",7,1,3,7,null,"WELD",'\
'"exchange refund","PAUL"]'
	assert_equal "$(jq -c '[.levels[].affected]' <<<"$output")" '[0,2,4,1]'
	adds_up 1010
	case-config language en
	assert_equal "$(recall-show -j | json title)" \
	    'QO130 circuit breakers of 2020'
}

@test "a line each, all of them or those that are named" {
	assert_equal "$(recall_issue --select reference=QO130,serial=SN98)" 1029
	run -0 recall-show
	assert_equal "${#lines[@]}" 2
	assert_equal "${lines[0]}" "1010	2026-05-04T10:00:00+02:00	7	1	\
6	0	0	0	0	0	0		Disjoncteurs QO130 de 2020"
	run -0 recall-show -o recall 1029 1010
	assert_output $'1029\n1010'
	run -1 --separate-stderr recall-show -o recall 1032 1010
	assert_output 1010
	assert_equal "$stderr" 'recall-show: there is no recall 1032'
	run -2 recall-show 1011
	assert_output --partial "'1011' is no number of a recall"
	run -2 recall-show --units --daily
	assert_output --partial '--units and --daily exclude one another'
	run -2 recall-show -o nope
	run -3 env CASE_DB=/nonexistent/x recall-show
	export CASE_DB=$PWD/other.db
	case-init
	run -0 recall-show
	assert_output ''
}

@test "units and customers" {
	run -0 recall-show --units -o serial,bucket,level,customer,case,item 1010
	assert_output "SN98	to_notify	consumer	ACME	1000015	1
SN99	to_notify	consumer	ACME	1000015	2
sn100	to_notify	consumer	BETA	1000028	1
SN0101	to_notify	consumer	ACME	1000015	3
SN102	to_notify	distributor	DIST	1000031	1
SN103	to_notify	distributor	DIST	1000031	2
SN104	unknown_holder	unknown			"
	assert_equal "$(recall-show --units -j | jq -sc '.[6] |
	    [.customer, .case, .told_at, .remedied_at, .added_at]')" \
	    '[null,null,null,null,"2026-05-04T10:00:00+02:00"]'
	run -0 recall-show --customers -o customer,name,level,cases,units,pending
	assert_output "ACME	Acme SA	consumer	1000015	3	3
BETA	Beta Ltd	consumer	1000028	1	1
DIST	Distri	distributor	1000031	2	2"
	# What is listed goes into other commands.
	recall-show --customers -o cases 1010 | case-report -q notify
	assert_equal "$(recall-show -o notified)" 6
}

# Some of everything: QO130:SN98 and SN99 answered in May, the rest in June.
some_answers() {
	case-list --recall 1010 | case-report -q notify
	at 2026-05-06T09:00 case-report -q respond --remedy refund 1000015/1
	at 2026-05-07T09:00 case-report -q refund --amount 40 1000015/1
	at 2026-05-07T09:00 case-report -q respond --outcome disposed 1000015/2
	at 2026-06-02T09:00 case-report -q respond --outcome not-found 1000028
	at 2026-06-02T09:00 case-report -q respond --to ACME 1000031/1
	export CASE_NOW=2026-06-03T09:00:00+02:00
}

@test "by who has them, and the response rate" {
	some_answers
	adds_up 1010
	run -0 recall-show -j
	assert_equal "$(jq -c '[.buckets[]]' <<<"$output")" '[7,1,1,2,0,1,1,1,0]'
	assert_equal "$(jq -c '.levels.consumer | [.[]]' <<<"$output")" \
	    '[5,0,1,1,0,1,1,1,0]'
	assert_equal "$(jq -c '.levels.distributor | [.[]]' <<<"$output")" \
	    '[1,0,0,1,0,0,0,0,0]'
	# Three of the five who have their units since they were told.
	assert_equal "$(jq .response_rate <<<"$output")" 0.6
}

@test "a month as an authority asks for it" {
	case-open -q fault --serial SN98 --incident damage -m x \
	    --at 2026-04-20
	case-note -q --incident injury -m 'burnt a finger' \
	    --at 2026-05-04T09:00 1000044
	some_answers
	at 2026-06-02T10:00 case-report -q respond --outcome held \
	    --remedy exchange --incident none -m 'smells' 1000015/3
	columns=month,affected,corrected,cumulative,contacts_out,contacts_in
	columns+=,incidents,injuries
	run -0 bash -c "recall-show --monthly -o level,$columns 1010 |
	    sed -n 's/^all\t//p'"
	assert_output "before	0	0	0	0	0	2	1
2026-05	7	2	2	3	2	0	0
2026-06	7	0	2	0	3	1	0"
}

@test "incidents before it was issued and since" {
	case-open -q fault --serial SN98 --incident damage -m x --at 2026-04-20
	case-note -q --incident injury -m x --at 2026-05-03 1000044
	at 2026-05-05T09:00 case-note -q --incident injury -m x 1000044
	at 2026-05-05T09:00 case-open -q fault --serial QA-1 \
	    --incident injury -m 'another series'
	assert_equal "$(recall-show -j | jq -c '[.incidents_before,
	    .injuries_before, .incidents_after, .injuries_after]')" '[2,1,1,1]'
	run -0 recall-show --monthly -o level,month,incidents,injuries
	assert_line $'all\tbefore\t2\t1'
	assert_line $'consumer\t2026-05\t1\t1'
	assert_equal "$(look 1000044 '[.incidents[].harm] | join(" ")')" \
	    'damage injury injury'
	run -2 case-note --incident fire -m x 1000044
	run -2 case-note --incident injury 1000044
	case-audit rebuild
}

@test "units that come later count from then on; months add up" {
	at 2026-07-01T09:00 recall-issue --expand 1010 \
	    --select reference=QO130,serial=A1B9..A1B10
	some_answers
	CASE_NOW=2026-07-02T09:00:00+02:00
	run -0 bash -c 'recall-show --monthly -o month,level,affected,cumulative |
	    grep all'
	assert_output "before	all	0	0
2026-05	all	7	2
2026-06	all	7	2
2026-07	all	9	2"
	recall-show --monthly -j | jq -se 'group_by(.month) | map(
	    (map(select(.level == "all")) | .[0]) as $all |
	    (map(select(.level != "all"))) as $rest |
	    ["affected", "corrected", "cumulative", "contacts_out",
	    "contacts_in", "incidents", "injuries"] | map(. as $c |
	    ($rest | map(.[$c]) | add) == $all[$c]) | all) | all'
	adds_up 1010
}

@test "day by day" {
	some_answers
	run -0 recall-show --daily -o day,affected,told,answered,remedied,disposed
	assert_output "2026-05-04	7	5	0	0	0
2026-05-06	7	5	1	0	0
2026-05-07	7	5	2	1	1
2026-06-02	7	5	3	1	1"
}

@test "on a terminal: a page that fits" {
	some_answers
	run -0 script -qec 'stty cols 80; recall-show 1010' /dev/null
	assert_output --partial 'Disjoncteurs QO130 de 2020'
	assert_output --regexp 'affected +7 +0 +1 +5 +1'
	assert_output --regexp 'response +60 %'
	for how in --units --customers --monthly --daily; do
		run -0 script -qec "NO_COLOR=1 recall-show $how" /dev/null
		for line in "${lines[@]}"; do
			line=${line%$'\r'}
			[ ${#line} -le 80 ] || fail "$how: $line"
		done
	done
}

@test "reminders count as contacts, once for each customer" {
	case-list --recall 1010 | case-report -q notify
	CASE_NOW=2026-05-26T09:00:00+02:00
	case-remind
	run -0 bash -c 'recall-show --monthly -o month,level,contacts_out | tail -n 5'
	assert_line $'2026-05\tall\t6'
	assert_line $'2026-05\tdistributor\t2'
	case-audit rebuild
}
