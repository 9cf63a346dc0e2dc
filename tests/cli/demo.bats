# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# `make demo` is what people see first.

setup() {
	load ../helper
	case_setup
	mkdir 'a build'
	ln -s "$CASE_BUILD/bin" 'a build/bin'
	# It comes before the sanitizers' library.
	export ASAN_OPTIONS=verify_asan_link_order=0
}

demo() {
	faketime "$1" sh "$tests/demo" 'a build' >said 2>&1
}

@test 'the demo comes to its end, on a working day and in a night of duty' {
	for now in '2026-11-25 10:00' '2026-11-29 03:00' '2026-12-06 03:00' \
	    '2026-12-31 23:50' '2027-03-28 02:30' '2027-12-24 19:00'; do
		demo "$now" || fail "$now: $(tail -n 5 said)"
		run -1 grep -E '^(case|recall)-[a-z]*: ' said
		grep -q '^lighttpd -D -f lighttpd.conf$' said
	done
	# What it says of the file holds.
	eval "$(grep -E '^(cd|export) ' said)"
	case-audit verify
	lighttpd -tt -f lighttpd.conf
}

@test 'what the README shows is what is seen' {
	export CASE_NOW=2026-04-30T14:05:00+02:00
	db_demo
	id=$(case-open expertise --serial 6W0781932 --by me -m 'trips on braking')
	case-assign -q --by me --auto "$id"
	case-triage -q --by me expertise -m 'resistor' "$id"
	case-ship -q --by me dossier "$id"
	case-ship -q --by me book --on now "$id"
	case-ship -q --by me pickup "$id"
	sed -n '/^\$ case-show --why/,/^```/{ //d; p }' "$tests/../README.md" >shown
	NO_COLOR=1 script -qec "stty cols 80; case-show --why deliver $id" \
	    /dev/null | tr -d '\r' | sed '/^  limit/,$d' | diff shown -
}
