# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Master data for the tests of the acts, small enough to know by heart, and
# words to say what a case looks like. `load ../helper` comes first.

# Of the two who answer ANNE runs the commands; EVE and FRED are the experts. XP9
# is analysed in Alsace-Moselle; for BARE1 no site is named.
master_load() {
	local login

	login=$(id -un)
	case-init >/dev/null || return
	case-load -q sites <<-'CSV' || return
	code,name,kind,region
	DESK,Desk,desk,FR
	LOG,Logistics,logistics,FR
	LOG2,Second store,logistics,FR
	PLANT,Plant,plant,FR
	REP,Repair,repair,FR
	EXP,Expertise,expertise,FR
	EXPAM,Expertise at Metz,expertise,FR-AM
	CSV
	case-load -q products <<-'CSV' || return
	reference,name,range,warranty_months,logistics,plant,repair,expertise,part
	QO120,Breaker,breakers,24,LOG,PLANT,REP,EXP,
	QO130,Breaker of the next kind,breakers,24,LOG,PLANT,REP,EXP,
	LC1,Contactor,contactors,18,LOG,PLANT,REP,EXP,
	XP9,Drive,drives,12,LOG,PLANT,REP,EXPAM,
	BARE1,Lamp,lamps,12,,,,,
	COIL,Coil,contactors,,LOG,PLANT,,,yes
	FUSE,Fuse,breakers,,LOG,PLANT,,,yes
	CSV
	case-load -q customers <<-'CSV' || return
	code,name,type,language
	ACME,Acme SA,end,fr
	BETA,Beta Ltd,end,en
	DIST,Distri,distributor,fr
	CSV
	case-load -q staff <<-CSV || return
	code,name,login,roles,skills,site
	ANNE,Anne,$login,desk pilot,*,DESK
	PAUL,Paul,,pilot,breakers,DESK
	EVE,Eve,,expert,breakers drives,EXP
	FRED,Fred,,expert,contactors,EXP
	TECH,Tech,,technician,breakers drives,DESK
	TINA,Tina,,technician,contactors,DESK
	QUINN,Quinn,,quality,*,DESK
	CSV
	master_units | case-load -q units || return
	case-load -q stock <<-'CSV' || return
	site,reference,quantity
	LOG,QO120,100
	LOG,QO130,10
	LOG,LC1,50
	LOG,COIL,5
	LOG2,COIL,40
	LOG,FUSE,100
	CSV
	case-load -q causes <<-'CSV' || return
	code,fr,en
	WELD,Contact soudé,Contact welded
	CSV
	case-load -q carriers <<-'CSV' || return
	code,name
	DPD,DPD
	GEO,Geodis
	CSV
	case-config desk DESK
}

# QA-1 ... QA-12 are under warranty, OLD-1 ... OLD-3 no longer, NOD-1 was sold
# nobody knows when, TWIN is the serial of two units.
master_units() {
	local n

	echo reference,serial,sold_on,customer
	for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo "QO120,QA-$n,2025-06-01,ACME"
	done
	for n in 1 2 3; do
		echo "QO120,OLD-$n,2020-06-01,ACME"
	done
	echo LC1,LC-1,2025-06-01,BETA
	echo XP9,XP-1,2026-01-10,ACME
	echo LC1,NOD-1,,ACME
	echo QO120,TWIN,2025-06-01,ACME
	echo LC1,TWIN,2025-06-01,ACME
	echo QO120,DI-1,2025-06-01,DIST
	echo BARE1,BA-1,2025-06-01,ACME
}

# The file with them, made once for all tests of a run.
master_db() {
	local made=$CASE_RUN/master.db

	if [ ! -e "$made" ]; then
		CASE_DB=$BATS_TEST_TMPDIR/made.db master_load || return
		mv -f "$BATS_TEST_TMPDIR/made.db" "$made" || return
	fi
	cp "$made" "$CASE_DB"
}

# A jq expression over a case, raw: look 1000423 '.items[0].place'.
look() {
	case-show --json "$1" | jq -r "$2"
}

# The open steps, in order: "close", "request/1 slip/1 slip/2".
open_at() {
	look "$1" '[.steps[] | select(.state == "open") |
	    .step + (if .item then "/\(.item)" else "" end)] |
	    sort | join(" ")'
}

# The newest of a step at an item (0 or none: of the case), as a jq expression.
newest() {
	echo "[.steps[] | select(.step == \"$1\" and
	    (.item // 0) == ${2:-0})] | last"
}

state_of() {
	look "$1" "$(newest "$2" "${3:-}") | .state"
}

due_of() {
	look "$1" "$(newest "$2" "${3:-}") | .due_at"
}

# Where the units are: "customer LOG carrier".
places() {
	look "$1" '[.items[].place] | join(" ")'
}

# The items that are owed: "3 7".
owed() {
	look "$1" '[.items[] | select(.owed) | .item] | join(" ")'
}

# Asserts what is open: opens 1000423 'request/1 slip/1'.
opens() {
	assert_equal "$(open_at "$1")" "$2"
}

# Asserts that a command exits with the code, says why on standard error, by a
# regular expression, prints no number and leaves the journal as it was.
# shellcheck disable=SC2154 # status and stderr are set by run
refuses() {
	local code=$1 why=$2 head

	shift 2
	head=$(case-audit head)
	run --separate-stderr "$@"
	assert_equal "$status" "$code"
	assert_output ''
	[[ $stderr =~ $why ]] || fail "said '$stderr', expected: $why"
	assert_equal "$(case-audit head)" "$head"
}
