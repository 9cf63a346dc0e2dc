# SPDX-License-Identifier: ISC
# Selections against a look at every unit, with an order of serials that is not
# ours.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

setup() {
	load ../helper
	case_setup
	case-init -q
}

@test "selections find the units that a look at each of them finds" {
	run --separate-stderr "$BATS_TEST_DIRNAME/recall.py" 1 60000 15
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = '20 selections, 0 differ' ]
}
