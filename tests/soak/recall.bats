# SPDX-License-Identifier: ISC
# What tests/oracle/recall.bats tries, over a million units and new ones each
# time.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

setup() {
	load ../helper
	case_setup
	case-init -q
}

@test "selections among a million units" {
	run --separate-stderr "$BATS_TEST_DIRNAME/../oracle/recall.py" \
	    "$RANDOM" 1000000 40
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = '45 selections, 0 differ' ]
}
