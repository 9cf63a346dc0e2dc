# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-report: findings, answers, what was handed over.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# At the plant, ready to be analysed.
analysed() {
	id=$(case-open fault --serial "${1:-QA-1}" --pilot ANNE -m 'trips')
	case-triage -q exchange -m 'welded' "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
}

@test "findings have words, and a cause that is known" {
	analysed
	refuses 2 'findings' case-report analyse "$id"
	refuses 1 "no cause 'NOPE'" case-report analyse --cause NOPE -m x "$id"
	# Of an exchange, nothing becomes of the unit: it is ours.
	refuses 1 'no --outcome' case-report analyse --outcome keep -m x "$id"
	case-report -q analyse --cause WELD -m 'silver worn off' "$id"
	assert_equal "$(look "$id" '.events[-1] |
	    "\(.verb) \(.data.cause) \(.text)"')" \
	    'analyse WELD silver worn off'
}

@test "the report file itself is kept, with its digest" {
	analysed
	head -c 70000 /dev/urandom >'Rapport final é.pdf'
	case-report -q analyse -m x --attach 'Rapport final é.pdf' "$id"
	assert_equal "$(look "$id" '.attachments[0] |
	    "\(.name) \(.size) \(.digest)"')" "Rapport final é.pdf 70000 \
$(sha256sum 'Rapport final é.pdf' | cut -d ' ' -f 1)"
	case-show --attachment 1 "$id" | cmp - 'Rapport final é.pdf'
}

@test "a file too large, or none: nothing of the act is done" {
	analysed
	case-config attachment.max 1000
	head -c 1001 /dev/zero >large
	refuses 1 'large.*1000' case-report analyse -m x --attach large "$id"
	refuses 2 'missing' case-report analyse -m x --attach missing "$id"
	# The first that fits is not kept either.
	echo small >small
	refuses 1 'large' case-report analyse -m x --attach small \
	    --attach large "$id"
	opens "$id" 'analyse/1 request/1'
	assert_equal "$(sql 'SELECT count(*) FROM attachment')" 0
}

@test "words from a file, or from standard input" {
	analysed
	printf 'première ligne\nsecond line\n' >findings
	case-report -q analyse -F findings "$id"
	assert_equal "$(look "$id" '.events[-1].text')" \
	    $'première ligne\nsecond line'
	analysed QA-2
	printf 'from the pipe' | case-report -q analyse -F - "$id"
	assert_equal "$(look "$id" '.events[-1].text')" 'from the pipe'
	# Then the cases cannot come from there as well.
	refuses 2 'standard input' case-report analyse -F - </dev/null
}

@test "an option for one step is refused for another" {
	for wrong in 'fix --outcome repaired --degree 3' 'fix --outcome running' \
	    'advise --cause WELD' 'advise --outcome keep' 'report --why x' \
	    'analyse --start repair' 'correct --why a --missed b' \
	    'solve --degree 5' 'survey --degree 3 --outcome keep' \
	    'analyse --sold-on 2026-01-01' 'intervene --outcome keep' \
	    'verify --outcome running' 'arrive --outcome running' \
	    'solve --start nonsense' 'slip' ''; do
		# shellcheck disable=SC2086 # words
		refuses 2 '' case-report $wrong -m x 1000015
	done
}

@test "analysed for several items at once, or each for itself" {
	id=$(case-open fault --serial QA-1 --serial QA-2 --serial QA-3 \
	    --pilot ANNE -m x)
	case-triage -q exchange -m x "$id"
	case-ship -q receive "$id"
	case-ship -q forward "$id"
	case-report -q analyse -m 'overload' "$id/2"
	opens "$id" 'analyse/1 analyse/3 request/1 request/2 request/3'
	case-report -q analyse -m 'wear' "$id"
	opens "$id" 'request/1 request/2 request/3'
	refuses 1 "no step 'analyse' is open" case-report analyse -m x "$id"
}

@test "acknowledge, solve, verify, advise are where they belong" {
	analysed
	for step in acknowledge 'solve' 'advise' 'arrive' 'report' \
	    'survey --degree 3' 'verify --outcome effective' \
	    'correct --why a --missed b --change c' \
	    'intervene --outcome running' 'fix --outcome repaired'; do
		# shellcheck disable=SC2086 # words
		refuses 1 "no step '${step%% *}' is open" \
		    case-report $step -m x "$id"
	done
}
