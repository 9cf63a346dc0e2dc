# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2086,SC2154 # numbers; helper.bash sets $tests
# A file in which reminders come due, and what the oracle says of it.

# People and sites that have addresses.
remind_staff() {
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

# Cases of all sorts, opened in the forty days from a morning.
remind_cases() {
	local day n id

	for day in $(seq 0 3 39); do
		CASE_NOW=$(date -d "$1 + $day days" --iso-8601=seconds)
		export CASE_NOW
		n=$((day / 3 + 1))
		id=$(case-open fault --unit QO120:Z$n --customer ACME \
		    --sold-on $((2021 + n % 2 * 5))-01-01 --pilot PAUL -m x)
		[ $((n % 3)) = 0 ] || case-triage -q exchange -m c $id
		[ $((n % 4)) = 0 ] || case-ship -q slip $id 2>/dev/null || :
		[ $((n % 5)) != 0 ] || case-note -q --ask -m which $id
		case-open -q complaint --customer DIST -m y --pilot ANNE
	done
}

# What is to be told at the runs of standard input, from a file as it was.
remind_wanted() {
	# shellcheck disable=SC2154 # of helper.bash
	/usr/bin/python3 "$tests/oracle/remind.py" "$1" 5 86400
}

# What was told at a time, in the words of the oracle.
remind_got() {
	sqlite3 -separator ' ' "$CASE_DB" "SELECT $1, recipient_type,
	    recipient, s.value ->> '$.case', t.step_id
	    FROM outbox, json_each(facts, '$.steps') AS s JOIN step AS t
	    ON t.case_id = s.value ->> '$.case'
	    AND t.step = s.value ->> '$.step' AND t.state = 'open'
	    WHERE kind IN ('reminder', 'chase') AND queued_at = $1"
}
