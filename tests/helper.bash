# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# What every bats file loads: `load ../helper`. Each test gets a folder, a file
# and a clock of its own, so that tests run in any order and side by side.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${CASE_BUILD:=${tests%/tests}/build}"
: "${CASE_RUN:=$BATS_RUN_TMPDIR}"
export PATH="$CASE_BUILD/bin:$PATH" LC_ALL=C.UTF-8 TZ=UTC

# A Monday morning. A file with a setup() of its own calls this first.
case_setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export HOME=$BATS_TEST_TMPDIR
	export CASE_DB=$BATS_TEST_TMPDIR/case.db
	export CASE_NOW=2026-05-04T10:00:00+02:00
	unset XDG_DATA_HOME CASE_SENDMAIL CASE_PUBLISHED NO_COLOR
}

setup() {
	case_setup
}

# An empty file.
db_new() {
	case-init
}

# The file that `case-init --demo` makes; made once and copied, since a test
# should spend its time on what it tests.
db_demo() {
	local master=$CASE_RUN/demo.db

	if [ ! -e "$master" ]; then
		CASE_DB=$BATS_TEST_TMPDIR/demo.db case-init --demo || return
		mv -f "$BATS_TEST_TMPDIR/demo.db" "$master" || return
	fi
	cp "$master" "$CASE_DB"
}

# From JSON Lines on standard input: json status, json 'items[0].place'.
json() {
	jq -r ".$1"
}

# A field of a case: field 1000423 'steps[0].due_at'.
field() {
	case-show --json "$1" | json "$2"
}

# The state of a step of a case ("open", "done" ...); one line an item.
step() {
	case-show --json "$1" |
	    jq -r --arg step "$2" '.steps[] | select(.step == $step) | .state'
}

# The names of the open steps, sorted, on one line.
open_steps() {
	case-show --json "$1" | jq -r '[.steps[] | select(.state == "open") |
	    .step] | unique | join(" ")'
}

# Runs a command at another time: at 2026-05-05T09:00 case-ship slip ...
at() {
	CASE_NOW=$1 "${@:2}"
}

# Looks into the file from outside.
sql() {
	sqlite3 -readonly "$CASE_DB" "$1"
}
