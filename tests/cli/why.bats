# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2086 # numbers
# case-show --why: every interval from the start of the clock to the due time,
# without gaps, and those that count come to what the rule says.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-config carrier DPD
}

# Reads lines of case-show --why --json, and complains of what does not add up;
# prints how many counts it has seen.
adds_up() {
	/usr/bin/python3 -c '
import datetime, json, sys
at = datetime.datetime.fromisoformat
seen = 0
for line in sys.stdin:
    for why in json.loads(line)["why"]:
        for count in (why["due"], why["limit"]):
            if count is None:
                continue
            what = f"{why} "
            n, _, unit = count["rule"].partition(" ")
            spans = count["spans"]
            assert count["counted"] == count["at"], what
            if not n.isdigit():
                assert spans == [], what
                continue
            seen += 1
            assert at(spans[0]["start"]) == at(count["from"]), what
            for one, next in zip(spans, spans[1:]):
                assert at(one["end"]) == at(next["start"]), what
            assert at(spans[-1]["end"]) == at(count["at"]), what
            counted = [s for s in spans if s["counted"]]
            assert spans[-1]["counted"], what
            assert all(s["reason"] for s in spans), what
            if unit == "bd":
                assert [s["day"] for s in counted] == \
                    list(range(1, int(n) + 1)), what
                continue
            assert all(s["day"] is None for s in spans), what
            took = sum((at(s["end"]) - at(s["start"]) for s in counted),
                datetime.timedelta())
            unit = {"wh": "hours", "h": "hours", "min": "minutes"}[unit]
            assert took == datetime.timedelta(**{unit: int(n)}), what
print(seen)'
}

# The steps that a case has had, each once.
steps_of() {
	look $1 '[.steps[].step] | unique[]'
}

# Explains all steps of a case; prints how many counts there were.
explain() {
	local step

	for step in $(steps_of $1); do
		case-show --why $step --json $1
	done | adds_up
}

# An expertise through to its report, from a pickup on that day.
expertise() {
	CASE_NOW=$1T09:00
	id=$(case-open expertise --customer ACME --unit XP9:"$1" --pilot EVE \
	    -m 'burnt')
	case-triage -q expertise -m 'to the centre' $id
	case-ship -q dossier $id
	CASE_NOW=$1T11:00 case-ship -q pickup $id
}

@test "all counts of all kinds of steps add up" {
	id=$(case-open fault --serial QA-1 --pilot PAUL -m trips)
	case-triage -q exchange advice -m x $id
	case-ship -q request $id
	case-ship -q replacement --unit QO120:R1 $id
	case-ship -q slip $id
	[ "$(explain $id)" -ge 7 ]
	id=$(case-open emergency --serial QA-2 --risk people --pilot PAUL -m x)
	case-triage -q parts intervention advice -m x $id
	[ "$(explain $id)" -ge 5 ]
	assert_equal "$(case-show --json --why triage $id |
	    jq -r '.why[0].due.rule')" '30 min'
	id=$(case-open fault --serial OLD-1 --pilot PAUL -m x)
	case-triage -q repair -m x $id
	[ "$(explain $id)" -ge 3 ]
}

@test "and of the promise, in two regions, over Easter and summer time" {
	for day in 2026-03-19 2026-03-27 2026-04-02 2026-10-23 2026-12-23; do
		expertise $day
		[ "$(explain $id)" -ge 6 ]
		assert_equal "$(case-show --json --why deliver $id |
		    jq -r '.why[0].limit | .rule + " " + .region')" '15 bd FR'
	done
	expertise 2026-03-30
	# Each in its own time, and yet the report would be a day late.
	CASE_NOW=2026-04-01T18:00 case-ship -q deliver $id
	CASE_NOW=2026-04-16T18:00
	case-report -q analyse --outcome keep -m 'worn out' $id
	run -0 case-show --why analyse $id
	assert_output --partial 'due Thu 16 Apr 2026 18:00'
	assert_output --partial 'Vendredi saint'
	assert_output --partial 'hours of FR-AM'
	run -0 case-show --why report $id
	assert_output --partial 'the limit binds'
	assert_output --partial 'due Wed 22 Apr 2026 18:00'
	assert_output --partial 'limit Tue 21 Apr 2026 18:00'
	assert_equal "$(case-show --json --why analyse $id | adds_up)" 2
	# The feast is none where the limit is counted.
	assert_equal "$(case-show --json --why analyse $id | jq -c '.why[0] |
	    [.due, .limit] | map([.spans[].reason] | index("Vendredi saint")
	    != null)')" '[true,false]'
}

@test "what the service's own example says" {
	expertise 2026-04-30
	assert_equal "$(case-show --json --why deliver $id | jq -r '.why[0] |
	    .due.at, .limit.at')" \
	    "$(printf '%s\n' 2026-05-05T18:00:00+02:00 2026-05-27T18:00:00+02:00)"
	run -0 case-show --why deliver $id
	assert_output --regexp 'Fri 1 May 2026 00:00 +Sat 2 May 2026 00:00 +- +F.te du Travail'
	assert_output --regexp 'Tue 5 May 2026 00:00 +Tue 5 May 2026 18:00 +day 2 +open day'
	assert_output --partial 'counted: 15 days'
	assert_output --partial 'the due time binds'
}

@test "working hours over nights and a weekend, also with a break at noon" {
	case-config calendar.MID.hours 'Mon-Fri 09:00-12:00 14:00-17:00'
	case-config calendar.MID.zone Europe/Paris
	printf '%s\n' 'code,name,kind,region' 'MID,Midi,desk,MID' |
	    case-load -q sites
	printf 'code,name,roles,site\nMIA,Mia,pilot,MID\n' | case-load -q staff
	CASE_NOW=2026-05-15T16:30
	id=$(case-open fault --by MIA --serial QA-1 -m x)
	# 0:30 on Friday, 3:00 and 0:30 on Monday.
	assert_equal "$(due_of $id assign)" 2026-05-18T14:30:00+02:00
	assert_equal "$(case-show --json --why assign $id | adds_up)" 1
	run -0 case-show --why assign $id
	assert_output --regexp '12:00 +Mon 18 May 2026 14:00 +- +closed hours'
	assert_output --partial 'hours of MID'
	assert_output --partial 'counted: 4 h'
}

@test "counted from the opening, given, by an appointment, or not at all" {
	id=$(case-open complaint --customer ACME --pilot ANNE -m 'not happy')
	CASE_NOW=2026-05-05T10:00
	case-triage -q classify --nature technical --criticality 1 \
	    --dissatisfaction 5 --sought 'a word' $id
	assert_equal "$(case-show --json --why acknowledge $id |
	    jq -r '.why[0].due.from')" 2026-05-04T10:00:00+02:00
	run -0 case-show --why acknowledge $id
	assert_output --partial 'the opening of the case'
	[ "$(explain $id)" -ge 4 ]
	case-triage -q correction --owner QUINN --until 2026-06-15 -m x $id
	run -0 case-show --why correct $id
	assert_output --partial 'the date that was given'
	explain $id

	id=$(case-open expertise --serial XP-1 --pilot EVE -m 'burnt')
	case-triage -q expertise -m x $id
	case-ship -q dossier $id
	case-ship -q book --on 2026-05-12 $id
	assert_equal "$(due_of $id pickup 1)" 2026-05-12T18:00:00+02:00
	run -0 case-show --why pickup $id
	assert_output --partial 'on the day of'
	assert_output --partial '12 May 2026'
	explain $id

	id=$(case-open fault --serial OLD-1 --pilot PAUL -m x)
	case-triage -q exchange -m x $id
	run -0 case-show --why order $id
	assert_output --partial 'no due time'
	assert_equal "$(case-show --json --why order $id |
	    jq -c '.why[0] | [.due, .limit]')" '[null,null]'
}

@test "a calendar or setting that has changed since is told" {
	expertise 2026-05-04
	run -0 case-show --why deliver $id
	refute_output --partial 'changed since'
	echo 'FR,2026-05-05,Jour de fermeture' | sed '1i region,day,name' |
	    case-load -q holidays
	run -0 case-show --why deliver $id
	assert_output --partial 'due Wed 6 May 2026 18:00: 2 bd from'
	assert_output --partial 'now it would be Thu 7 May 2026 18:00'
	assert_output --partial 'Jour de fermeture'
	assert_equal "$(case-show --json --why deliver $id |
	    jq -r '.why[0].due | .at + " " + .counted')" \
	    '2026-05-06T18:00:00+02:00 2026-05-07T18:00:00+02:00'
	# The rule is the one that was recorded, whatever is set now.
	case-config due.expertise.deliver '5 bd'
	assert_equal "$(case-show --json --why deliver $id |
	    jq -r '.why[0].due.rule')" '2 bd'
	case-config due.expertise.limit '20 bd'
	run -0 case-show --why deliver $id
	assert_equal "$(grep -c 'changed since' <<<"$output")" 2
}

@test "of several units each, or the one that is named; the newest of each" {
	id=$(case-open fault --customer ACME --unit QO120 --quantity 3 \
	    --sold-on 2026-01-15 --pilot PAUL -m x)
	case-triage -q advice -m x $id/1 $id/3
	assert_equal "$(case-show --json --why triage $id |
	    jq -c '[.why[].item]')" '[1,2,3]'
	assert_equal "$(case-show --json --why triage $id/2 |
	    jq -c '[.why[] | [.item, .state]]')" '[[2,"open"]]'
	assert_equal "$(case-show --json --why triage $id/1 |
	    jq -c '[.why[] | [.item, .state]]')" '[[1,"done"]]'
	run --separate-stderr -1 case-show --why advise $id/2
	[[ $stderr == *"there is no step 'advise' so far"* ]]
	run -0 case-show --why triage $id
	assert_equal "$(grep -c '^[0-9]' <<<"$output")" 3
}

@test "a word that is no step is a mistake, also without a file" {
	CASE_DB=/nonexistent/x run -2 case-show --why shipp 1000015
	CASE_DB=/nonexistent/x run -2 case-show --why exchange 1000015
	run -1 case-show --why slip 1000015
	assert_output --partial 'no such case'
}
