# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-remind: who is reminded of what, each level once.

setup() {
	load ../helper
	load ../master
	load ../remind
	case_setup
	master_db
	remind_staff
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

@test "no supervisor is set: who has the role at the desk, none elsewhere" {
	case-config --unset supervisor
	printf 'code,name,roles,site\n%s\n%s\n%s\n' \
	    'AWAY,Away,supervisor,LOG' 'BOSS,Boss,supervisor,' \
	    'CHEF,Chef,pilot supervisor,DESK' | case-load -q staff
	case-open -q fault --serial QA-1 --pilot PAUL -m x
	assert_equal "$(at_time 2026-05-07T07:00:00+02:00)" \
	    $'staff CHEF triage late\nstaff PAUL triage late'
	printf 'code,name,roles,site\n%s\n' 'CHEF,Chef,pilot,DESK' |
	    case-load -q staff
	assert_equal "$(at_time 2026-05-07T07:00:00+02:00)" \
	    $'staff BOSS triage late\nstaff PAUL triage late'
	printf 'code,name,roles,site\n%s\n' 'BOSS,Boss,supervisor,LOG' |
	    case-load -q staff
	assert_equal "$(at_time 2026-05-07T07:00:00+02:00)" \
	    'staff PAUL triage late'
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

@test "of very many steps the first are named, the others counted" {
	for n in $(seq 120); do
		printf '{"kind":"complaint","customer":"DIST",'
		printf '"pilot":"PAUL","message":"x"}\n'
	done | case-open -q --batch
	CASE_NOW=2026-05-05T07:00:00+02:00
	case-remind
	assert_equal "$(sql "SELECT facts ->> '$.count',
	    json_array_length(facts, '$.steps'), facts ->> '$.more'
	    FROM outbox WHERE kind = 'reminder'")" '120|100|20'
	CASE_SENDMAIL='sh -c "cat >>mails"' case-mail
	grep -q '^Et 20 de plus' mails
	case-remind -n >again
	assert_equal "$(wc -l <again)" 0
}

@test "customers are chased, at most every chase.days" {
	id=$(case-open fault --serial QA-1 --serial OLD-1 --pilot PAUL -m x)
	case-triage -q exchange -m c $id
	case-ship -q slip $id
	# The order has no due time: after five days, from the first hour.
	CASE_NOW=2026-05-08T23:59:59+02:00 case-remind -n >none
	run -1 grep -q customer none
	assert_equal "$(at_time 2026-05-09T00:00:00+02:00 | grep customer)" \
	    'customer ACME order soon'
	CASE_NOW=2026-05-11T07:00:59+02:00 case-remind
	assert_equal "$(at_time 2026-05-15T23:59:59+02:00 | grep customer)" ''
	# cron comes a minute earlier: the same day of the calendar counts.
	assert_equal "$(at_time 2026-05-16T07:00:00+02:00 | grep customer)" \
	    'customer ACME order soon'
	# The return is due on Wednesday 20 May.
	assert_equal "$(at_time 2026-05-20T07:00:00+02:00 | grep customer)" \
	    $'customer ACME return soon\ncustomer ACME order soon'
	CASE_NOW=2026-05-20T07:00:00+02:00 case-remind
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE kind = 'chase'")" 2
}

@test "however often it runs, a customer hears once a day" {
	case-config chase.days 0
	case-open fault --serial OLD-1 --pilot PAUL -m x |
	    case-triage -q exchange -m c
	pids=
	CASE_NOW=2026-05-06T07:00:00+02:00
	for n in 1 2 3 4 5 6 7 8; do
		case-remind &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid"; done
	CASE_NOW=2026-05-06T23:00:00+02:00 case-remind
	CASE_NOW=2026-05-07T07:00:00+02:00 case-remind
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE kind = 'chase'")" 2
	case-audit rebuild
}

# An expertise whose report was handed over; its number.
reported() {
	local id

	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m c $id
	case-ship -q dossier $id
	case-ship -q book --on 2026-05-04 $id
	case-ship -q pickup $id
	case-ship -q deliver $id
	case-report -q analyse --outcome keep -m worn $id
	case-report report -m said $id
}

@test "a survey is asked for twice, and by nobody but the customer" {
	id=$(reported)
	case-close -q --satisfaction 4 $id
	# Due on Wednesday 20 May.
	assert_equal "$(at_time 2026-05-18T07:00:00+02:00)" ''
	assert_equal "$(at_time 2026-05-20T07:00:00+02:00)" \
	    'customer ACME survey soon'
	assert_equal "$(at_time 2026-07-02T07:00:00+02:00)" \
	    'customer ACME survey late'
	# It is taken up to sixty days after closing.
	assert_equal "$(at_time 2026-07-03T10:00:00+02:00)" ''
	for day in 05-20 05-21 05-26 05-29 06-05 06-15 06-30; do
		CASE_NOW=2026-${day}T07:00:00+02:00 case-remind
	done
	assert_equal "$(sql "SELECT count(*) FROM outbox
	    WHERE kind IN ('chase', 'reminder')")" 2
	case-config chase.survey 3
	assert_equal "$(at_time 2026-07-01T07:00:00+02:00)" \
	    'customer ACME survey late'
}

@test "what binds is told: the due time, or the limit of the whole promise" {
	# The centre of the XP9 is at Metz.
	CASE_NOW=2026-03-19T09:00:00+01:00
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m c $id
	case-ship -q dossier $id
	case-ship -q book --on 2026-03-19 $id
	CASE_NOW=2026-03-19T10:00:00+01:00 case-ship -q pickup $id
	CASE_NOW=2026-03-23T10:00:00+01:00 case-ship -q deliver $id
	CASE_NOW=2026-04-07T10:00:00+02:00
	case-report -q analyse --outcome keep -m worn $id
	limit=$(field $id 'steps[] | select(.step == "report") | .limit_at')
	[[ $limit < $(field $id 'steps[] | select(.step == "report") | .due_at') ]]
	CASE_NOW=2026-04-10T07:00:00+02:00
	assert_equal "$(case-remind -n --within 1d | grep report)" \
	    "site	DESK	$id	report	$limit	soon	limit"
	assert_equal "$(case-remind -n --json | jq -r .binds | sort -u)" limit
}

@test "an emergency does not wait for the morning" {
	case-load -q duty <<-'CSV'
	staff,from,to
	PAUL,2026-05-04T18:00,2026-05-05T08:00
	CSV
	CASE_NOW=2026-05-04T23:00:00+02:00
	case-open -q fault --serial QA-2 --pilot ANNE -m y
	id=$(case-open emergency --serial QA-1 --risk people -m x)
	night() {
		CASE_NOW=$1 case-remind -n --urgent --within 5m |
		    cut -f1,2,4,6 | tr '\t' ' '
	}
	# Triage is due within half an hour.
	assert_equal "$(night 2026-05-04T23:24:59+02:00)" ''
	assert_equal "$(night 2026-05-04T23:25:00+02:00)" 'staff PAUL triage soon'
	assert_equal "$(night 2026-05-05T00:30:00+02:00)" 'staff PAUL triage late'
	CASE_NOW=2026-05-04T23:30:00+02:00 case-remind --urgent --within 5m
	assert_equal "$(sql "SELECT rank FROM outbox WHERE kind = 'reminder'")" 0
	CASE_NOW=2026-05-04T23:31:00+02:00 \
	    CASE_SENDMAIL='sh -c "cat >\$\$.mail"' case-mail
	/usr/bin/python3 - ./*.mail <<-'PY' | grep -q '^URGENCE . Rappel : 1 étape'
	import email, email.policy, sys
	for name in sys.argv[1:]:
	    m = email.message_from_file(open(name), policy=email.policy.default)
	    print(m['Subject'].replace('\u00a0', ' '))
	PY
	assert_equal "$(night 2026-05-05T00:30:00+02:00)" ''
	assert_equal "$(night 2026-05-05T00:30:01+02:00)" 'staff BOSS triage late'
	case-config supervisor.urgent '2 h'
	assert_equal "$(night 2026-05-05T00:30:01+02:00)" ''
	case-config supervisor.urgent none
	assert_equal "$(night 2026-05-06T00:30:01+02:00)" ''
}

@test "what would be told is told while somebody else writes" {
	case-open -q fault --serial QA-1 --pilot PAUL -m x
	coproc HOLDER { exec sqlite3 "$CASE_DB"; }
	pid=$HOLDER_PID
	echo "BEGIN IMMEDIATE; SELECT 'held';" >&"${HOLDER[1]}"
	read -r held <&"${HOLDER[0]}"
	[ "$held" = held ]
	CASE_NOW=2026-05-05T18:00:01+02:00 run timeout 30 case-remind -n
	eval "exec ${HOLDER[1]}>&-"
	wait "$pid"
	[ "$status" -eq 0 ]
	assert_output --partial 'triage'
	assert_equal "$(sql 'SELECT count(*) FROM reminder')" 0
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
	remind_cases '2026-09-15 09:00 +02:00'
	cp "$CASE_DB" before.db
	# Every working day at seven, but for a week of holidays.
	for day in $(seq 0 45); do
		at=$(TZ=Europe/Paris date -d "2026-10-12 + $day days" +%F)
		[ "$(date -d "$at" +%u)" -lt 6 ] || continue
		[[ $at > 2026-11-01 && $at < 2026-11-07 ]] && continue
		TZ=Europe/Paris date -d "$at 07:00" +%s
	done >runs
	remind_wanted before.db <runs >wanted
	while read -r at; do
		CASE_NOW=$(date -d "@$at" --iso-8601=seconds)
		export CASE_NOW
		case-remind
		remind_got "$at"
	done <runs >got
	[ "$(wc -l <wanted)" -gt 50 ]
	diff <(sort wanted) <(sort got)
	case-audit rebuild
}
