# SPDX-License-Identifier: ISC
# The shipped calendars against other people's, 1990 to 2099: no difference.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	driver=${CASE_BUILD:-$here/../../build}/oracle/calendar
	cd "$BATS_TEST_TMPDIR" || return
	export LC_ALL=C.UTF-8 TZ=America/New_York
}

# same LINES FILE FILE: no difference, and nothing was left out.
same() {
	diff "$2" "$3" | head -20
	cmp "$2" "$3" && [ "$(wc -l <"$2")" -eq "$1" ]
}

@test "public holidays are those of python3-holidays, by date and name" {
	local region lines

	for region in FR:1210 FR-AM:1430; do
		lines=${region#*:} region=${region%:*}
		"$driver" holidays "$region" 1990 2099 | sort >ours
		"$here/french-days.py" holidays holidays "$region" 1990 2099 |
		    sort >theirs
		same "$lines" ours theirs
	done
}

@test "public holidays are those of python3-workalendar, by date" {
	local region lines

	for region in FR:1210 FR-AM:1430; do
		lines=${region#*:} region=${region%:*}
		"$driver" holidays "$region" 1990 2099 | cut -d ' ' -f 1 |
		    sort >ours
		"$here/french-days.py" workalendar holidays "$region" 1990 2099 |
		    sort >theirs
		same "$lines" ours theirs
	done
}

# From each of the 40,177 days.
business_days() {
	"$driver" days "$2" 1990 2099 "$3" >ours
	"$here/french-days.py" "$1" days "$2" 1990 2099 "$3" >theirs
	same 40177 ours theirs
}

@test "business days are those counted with python3-holidays" {
	local n

	for n in 1 2 4 9 15; do
		business_days holidays FR "$n"
	done
	business_days holidays FR-AM 9
}

@test "business days are those of python3-workalendar" {
	business_days workalendar FR 2
	business_days workalendar FR-AM 9
}

@test "working hours are those of Business::Hours" {
	"$here/french-days.py" holidays holidays FR 1990 2100 >feasts
	"$here/working-hours.pl" ask >asked
	"$driver" due FR Europe/Paris "Mon-Thu 08:00-12:00 13:30-18:00; \
Fri 08:00-12:00; Sun 01:00-05:00" <asked >answered
	run "$here/working-hours.pl" check feasts asked answered
	echo "$output" | tail -20
	[ "$status" -eq 0 ]
	[ "$output" = "2200 same, 0 different" ]
}
