# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-remind: who is reminded of what, each level once.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-load -q staff <<-'CSV'
	code,name,email,roles
	BOSS,Boss,boss@firm.example,supervisor
	PAUL,Paul,paul@firm.example,pilot
	ANNE,Anne,anne@firm.example,desk pilot
	EVE,Eve,eve@firm.example,expert
	CSV
	printf 'code,name,type,email\n%s\n' 'ACME,Acme SA,end,a@acme.example' |
	    case-load -q customers
	printf 'code,name,kind,region,email\n%s\n' \
	    'LOG,Logistics,logistics,FR,log@firm.example' | case-load -q sites
	case-config supervisor BOSS
	case-config mail.from service@firm.example
}

# What a run at that time would tell: "staff PAUL triage late".
at_time() {
	CASE_NOW=$1 case-remind -n | cut -f1,2,4,6 | tr '\t' ' '
}

@test "due soon: the owner; overdue: who answers; a day later: the supervisor" {
	id=$(case-open fault --serial QA-1 --pilot PAUL -m x)
	case-assign -q --role expert EVE $id
	case-triage -q advice -m a $id
	# Advice is due on Tuesday at 18:00.
	assert_equal "$(at_time 2026-05-04T17:00:00+02:00)" ''
	assert_equal "$(at_time 2026-05-04T18:00:00+02:00)" \
	    'staff EVE advise soon'
	CASE_NOW=2026-05-05T07:00:00+02:00 run -0 case-remind
	assert_output ''
	assert_equal "$(at_time 2026-05-05T08:00:00+02:00)" ''
	assert_equal "$(at_time 2026-05-05T18:00:01+02:00)" \
	    'staff PAUL advise late'
	CASE_NOW=2026-05-06T07:00:00+02:00 case-remind
	assert_equal "$(at_time 2026-05-06T18:00:00+02:00)" ''
	assert_equal "$(at_time 2026-05-06T18:00:01+02:00)" \
	    'staff BOSS advise late'
	CASE_NOW=2026-05-07T07:00:00+02:00 case-remind
	assert_equal "$(at_time 2026-06-07T07:00:00+02:00)" ''
	case-audit rebuild
}

@test "a new due time is told anew; what is done is not told" {
	id=$(case-open fault --serial QA-1 --pilot PAUL -m x)
	CASE_NOW=2026-05-05T07:00:00+02:00
	case-remind
	case-triage -q exchange -m c $id
	assert_equal "$(at_time 2026-05-06T07:00:00+02:00)" \
	    $'staff PAUL request soon\nstaff PAUL slip soon'
	case-ship -q slip $id
	assert_equal "$(at_time 2026-05-06T07:00:00+02:00)" \
	    'staff PAUL request soon'
}

@test "one message a person, however many steps" {
	for n in 1 2 3 4 5; do
		case-open -q fault --serial QA-$n --pilot PAUL -m x
	done
	CASE_NOW=2026-05-05T07:00:00+02:00 case-remind
	assert_equal "$(sql "SELECT recipient, facts ->> '$.count'
	    FROM outbox WHERE kind = 'reminder'")" 'PAUL|5'
	CASE_SENDMAIL='sh -c "cat >>mails"' CASE_NOW=2026-05-05T07:01:00+02:00 \
	    case-mail
	grep -q 'paul@firm.example' mails
}

@test "customers are chased, at most every chase.days" {
	id=$(case-open fault --serial QA-1 --serial OLD-1 --pilot PAUL -m x)
	case-triage -q exchange -m c $id
	case-ship -q slip $id
	# The order has no due time: after five days.
	CASE_NOW=2026-05-09T09:59:59+02:00 case-remind -n >none
	run -1 grep -q customer none
	assert_equal "$(at_time 2026-05-09T10:00:00+02:00 | grep customer)" \
	    'customer ACME order soon'
	CASE_NOW=2026-05-11T07:00:00+02:00 case-remind
	assert_equal "$(at_time 2026-05-16T06:59:59+02:00 | grep customer)" ''
	# The return is due on Wednesday 20 May.
	assert_equal "$(at_time 2026-05-20T07:00:00+02:00 | grep customer)" \
	    $'customer ACME return soon\ncustomer ACME order soon'
	CASE_NOW=2026-05-20T07:00:00+02:00 case-remind
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE kind = 'chase'")" 2
}

@test "two at once remind once" {
	case-open -q fault --serial QA-1 --pilot PAUL -m x
	CASE_NOW=2026-05-05T07:00:00+02:00
	pids=
	for n in 1 2 3 4 5 6 7 8; do
		case-remind &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid"; done
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE kind = 'reminder'")" 1
	run -2 case-remind --within soon
}

@test "a month with both weekends and a night of 25 hours, against an oracle" {
	# Cases of all sorts, opened over September and October.
	for day in $(seq 0 3 39); do
		CASE_NOW=$(date -d "2026-09-15 09:00 +02:00 + $day days" \
		    --iso-8601=seconds)
		export CASE_NOW
		n=$((day / 3 + 1))
		id=$(case-open fault --unit QO120:Z$n --customer ACME \
		    --sold-on $((2021 + n % 2 * 5))-01-01 --pilot PAUL -m x)
		[ $((n % 3)) = 0 ] || case-triage -q exchange -m c $id
		[ $((n % 4)) = 0 ] || case-ship -q slip $id 2>/dev/null || :
		[ $((n % 5)) != 0 ] || case-note -q --ask -m which $id
		case-open -q complaint --customer DIST -m y --pilot ANNE
	done
	cp "$CASE_DB" before.db
	# Every working day at seven, but for a week of holidays.
	for day in $(seq 0 45); do
		at=$(TZ=Europe/Paris date -d "2026-10-12 + $day days" +%F)
		[ "$(date -d "$at" +%u)" -lt 6 ] || continue
		[[ $at > 2026-11-01 && $at < 2026-11-07 ]] && continue
		TZ=Europe/Paris date -d "$at 07:00" +%s
	done >runs
	/usr/bin/python3 "$BATS_TEST_DIRNAME/../oracle/remind.py" before.db 5 \
	    86400 <runs >wanted
	while read -r at; do
		CASE_NOW=$(date -d "@$at" --iso-8601=seconds)
		export CASE_NOW
		case-remind
		sqlite3 -separator ' ' "$CASE_DB" "SELECT $at, recipient_type,
		    recipient, s.value ->> '$.case', t.step_id
		    FROM outbox, json_each(facts, '$.steps') AS s JOIN step AS t
		    ON t.case_id = s.value ->> '$.case'
		    AND t.step = s.value ->> '$.step' AND t.state = 'open'
		    WHERE kind IN ('reminder', 'chase') AND queued_at = $at"
	done <runs >got
	[ "$(wc -l <wanted)" -gt 50 ]
	diff <(sort wanted) <(sort got)
	case-audit rebuild
}
