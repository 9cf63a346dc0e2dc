# SPDX-License-Identifier: ISC
# Mails read back by a parser that is not ours.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

setup() {
	here=$(cd "$(dirname "$BATS_TEST_FILENAME")" && pwd)
	driver=${CASE_BUILD:-$here/../../build}/oracle/mail
	cd "$BATS_TEST_TMPDIR" || return
}

@test "10,000 random names and subjects come back to the byte, or are refused" {
	run --separate-stderr "$here/mail.py" "$driver" 10000 "${CASE_SOAK:+$RANDOM}1"
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = '10000 mails, 2000 refused, 0 differ' ]
}
