# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2086 # numbers
# case-find: what is exactly known first, then names and words. That each sort
# of number is found is in show.bats.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	printf '%s\n' code,name,type 'C77,Œuvres Électricité du Ried,end' \
	    'QA-3,Queer code,end' | case-load -q customers
	a=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips at once, cold')
	b=$(case-open fault --customer C77 --unit LC1:XX-9 --pilot ANNE \
	    -m "l'été, ça déclenche")
}

found() {
	case-find "$@" -o case | xargs
}

# Nothing, and the exit code says so.
none() {
	run --separate-stderr -1 case-find "$@"
	assert_output ''
	# shellcheck disable=SC2154 # set by run
	[[ $stderr == *'nothing is known of'* ]]
}

@test "accents and capitals do not matter in words and names" {
	for words in électricité ELECTRICITE 'oeuvres ried' ŒUVRES 'ete declenche' \
	    'ÉTÉ, ÇA' 'l’été' c77 C77; do
		assert_equal "$(found "$words")" $b
	done
	case-note -q -m 'Rappelé à midi' $a
	assert_equal "$(found 'rappele a')" $a
	assert_equal "$(case-list --text 'RAPPELE' -o case)" $a
	assert_equal "$(case-list --text 'declenche' -o case)" $b
}

@test "words of whatever happened: a diagnosis, findings, a reason" {
	case-triage -q repair --goodwill 'old friend' -m 'contact welded' $a
	assert_equal "$(found welded)" $a
	assert_equal "$(case-list --text 'contact WELDED' -o case)" $a
	case-ship -q request $a
	case-ship -q receive $a
	case-report -q fix --outcome repaired -m 'ressort remplacé' $a
	assert_equal "$(found 'ressort remplace')" $a
	case-waive -q send-back --outcome handed-over -m 'took it along' $a
	assert_equal "$(found took along)" $a
	case-close -q --satisfaction 5 -m 'most grateful' $a
	assert_equal "$(found grateful)" $a
	none welded took
	case-audit rebuild
}

@test "words in whatever order, in one text" {
	assert_equal "$(found trips cold)" $a
	assert_equal "$(found 'trips  cold')" $a
	assert_equal "$(found cold trips)" $a
	assert_equal "$(found 'ried du electricite')" $b
	# One word stands in the description, the other in the customer's name.
	none trips acme
	none ''$'t_ips'
	none 'trips%cold'
	none 'tr\ips'
}

@test "a number that is exactly known hides what only resembles it" {
	case-note -q -m 'like XX-9 and 0Z9' $a
	assert_equal "$(found xx-9)" $b
	assert_equal "$(found 0z9)" $a
	case-triage -q exchange -m x $b --no-proof
	case-order -q order --po 0Z9 $b
	assert_equal "$(found 0z9)" $b
	# The number of a case, and one with a slip of the finger.
	assert_equal "$(found $a)" $a
	none ${a%?}$(((${a: -1} + 1) % 10))
	# As it stands on the sheet of an item, and as it is pasted.
	assert_equal "$(found $a/1)" $a
	assert_equal "$(found "  $a ")" $a
	none $a/ x
}

@test "a unit is found as lists print it" {
	assert_equal "$(found "$(case-list --serial QA-1 -o unit)")" $a
	assert_equal "$(found lc1:xx-9)" ''
	assert_equal "$(found LC1:xx-9)" $b
	none LC1:QA-1
	case-triage -q exchange -m x --no-proof $b
	case-order -q order --po 1 $b
	case-ship -q request $b
	case-ship -q replacement --unit LC1:New-2 $b
	assert_equal "$(found LC1:NEW-2)" $b
}

@test "open or not, the open ones first; no more than so many" {
	c=$(case-open fault --serial QA-1 --pilot ANNE -m 'again')
	case-close -q --cancel -m x $a
	assert_equal "$(found qa-1)" "$c $a"
	assert_equal "$(found qa-1 --limit 1)" $c
	assert_equal "$(case-find -o status qa-1 | xargs)" 'open cancelled'
}

@test "a unit that went out as a replacement leads to its case" {
	case-triage -q exchange -m x $a
	case-ship -q request $a
	case-ship -q replacement --unit QO120:New-1 $a
	assert_equal "$(found NEW-1)" $a
	# It fails in turn: both cases are about it.
	c=$(case-open fault --serial New-1 --pilot ANNE -m 'so does this one')
	assert_equal "$(found new-1 | tr ' ' '\n' | sort | xargs)" "$a $c"
}

@test "in the form of case-list" {
	assert_equal "$(case-find trips)" "$(case-list --serial QA-1)"
	case-find --json trips | cmp - <(case-list --json --serial QA-1)
	assert_equal "$(case-find -j -o case,kind trips)" \
	    "{\"case\":$a,\"kind\":\"fault\"}"
}

@test "mistakes" {
	export CASE_DB=/nonexistent/x
	run -2 case-find
	run -2 case-find ''
	run -2 case-find '  '
	run -2 case-find $'\xff'
	run -2 case-find --columns nope x
	run -2 case-find --limit 0 x
	run -3 case-find x
}
