# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2086 # a hexadecimal nonce, numbers
# The customer's page, asked as nobody should. `make soak` asks a hundred
# thousand times, with the sanitizers built in.

setup() {
	load ../helper
	load ../extract
	case_setup
	extract_new
	token=$(extract_token one)
	nonce=0123456789abcdef0123456789abcdef
	program=$CASE_BUILD/bin/case-track
	count=2000
	[ -z "${CASE_SOAK-}" ] || soak
}

soak() {
	local root=${BATS_TEST_DIRNAME%/tests/*}

	count=100000
	program=$CASE_BUILD/sanitized/bin/case-track
	make -s -C "$root" SAN=1 B="$CASE_BUILD/sanitized" "$program"
	export UBSAN_OPTIONS=print_stacktrace=1
}

@test "requests at random: no crash, no failure, only a valid answer is kept" {
	survey_facts | extract_page "$token" '' "$nonce"
	printf '<!DOCTYPE html>' | extract_document "$token" return-slip
	run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/track.py" ask "$program" "$count" \
	    "${CASE_SEED:-1}" "$token" "$nonce"
}

@test "guesses: none is right" {
	survey_facts | extract_page "$token" '' "$nonce"
	run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/track.py" guess "$program" \
	    $((count / 10))
}
