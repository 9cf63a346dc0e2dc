# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# A unit that is an item of several open cases: what is done with it in one of
# them is neither hindered nor done again by the others.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	first=$(case-open fault --serial QA-1 --pilot ANNE -m 'trips at once')
	case-triage -q repair -m x "$first"
	case-ship -q request "$first"
	case-ship -q slip "$first"
}

twice() {
	second=$(case-open fault --serial QA-1 --pilot ANNE -m 'is it mended?')
}

@test "opened twice: the other can be cancelled while the unit is with us" {
	case-ship -q receive "$first"
	twice
	opens "$second" triage/1
	case-close -q --cancel -m 'opened twice' "$second"
	opens "$first" fix/1
	# Without the other it is as ever.
	refuses 1 'is at REP' case-close --cancel -m x "$first"
}

@test "opened twice: a site is not asked to send back what it repairs" {
	case-ship -q receive "$first"
	twice
	case-triage -q none -m 'is being repaired' "$second"
	opens "$second" close
	assert_equal "$(sql "SELECT count(*) FROM outbox WHERE recipient = 'REP'
	    AND case_id = $second")" 0
	# The one in which something is to be done cannot leave it behind.
	case-triage -q none --instead -m x "$first"
	opens "$first" send-back/1
	case-close -q --satisfaction 4 "$second"
	case-ship -q send-back "$first"
	case-close -q --satisfaction 4 "$first"
	assert_equal "$(places "$first")" customer
	case-audit rebuild
}

@test "opened twice: a parcel is awaited once" {
	case-ship -q return "$first"
	twice
	opens "$second" triage/1
	case-triage -q none -m x "$second"
	opens "$second" close
	case-close -q --cancel -m 'opened twice' "$second"
	refuses 1 'on its way' case-close --cancel -m x "$first"
}

@test "what is owed in one case and comes for another is owed no more" {
	twice
	case-triage -q exchange -m x "$second"
	case-ship -q request "$second"
	case-ship -q replacement --unit QO120:NEW-1 "$second"
	assert_equal "$(owed "$second")" 1
	case-ship -q receive --from LOG "$first"
	assert_equal "$(owed "$second")" ''
	assert_equal "$(case-list --owed)" ''
	opens "$second" forward/1
}

@test "two parcels mixed up: each is in the other's, and both are here" {
	local a b n

	a=$(case-open fault --serial QA-3 --pilot ANNE -m x)
	b=$(case-open fault --serial QA-4 --pilot ANNE -m x)
	case-triage -q exchange -m x "$a" "$b"
	case-ship -q request "$a" "$b"
	for n in "$a" "$b"; do
		case-ship -q replacement --unit "QO120:NEW-$n" "$n"
	done
	case-ship -q slip "$a" "$b"
	case-ship -q return "$a" "$b"
	run --separate-stderr case-ship receive --unit QO120:QA-4 "$a"
	assert_success
	# shellcheck disable=SC2154
	assert_regex "$stderr" "QA-4 .*item 2 now, and item 1 is still awaited"
	assert_regex "$stderr" "QA-4 is under case $b/1 too"
	assert_equal "$(owed "$a"):$(owed "$b")" 1:
	# The other parcel is not refused, although nothing is awaited there.
	run --separate-stderr case-ship receive --unit QO120:QA-3 "$b"
	assert_success
	assert_regex "$stderr" 'QA-3 was not expected: it is item 2 now'
	refute_regex "$stderr" 'still awaited'
	assert_equal "$(case-list --owed)" ''
	case-triage -q none -m 'mixed up' "$a" "$b"
	opens "$a" forward/1
	opens "$b" forward/1
	case-ship -q forward "$a" "$b"
	assert_equal "$(places "$a"); $(places "$b")" 'PLANT PLANT; PLANT PLANT'
	# Both were replaced and are ours: none goes back.
	case-report -q analyse --cause WELD -m x "$a" "$b"
	opens "$a" close
	opens "$b" close
	case-audit rebuild
}

@test "what one case does with a unit the others follow" {
	twice
	case-triage -q expertise -m x "$second"
	case-ship -q dossier "$second"
	opens "$second" book/1
	# It comes for the repair: no carrier has to fetch it any more.
	case-ship -q receive "$first"
	opens "$second" deliver/1
	assert_equal "$(look "$second" '.events[-1] | "\(.verb) \(.data.case)"')" \
	    "follow $first"
	# A unit left with us is the second's as soon as it decides on it.
	case-triage -q none --instead -m x "$second"
	opens "$second" close
	case-triage -q none --instead -m x "$first"
	opens "$first" send-back/1
	case-triage -q exchange -m x "$second"
	opens "$first" close
	opens "$second" 'forward/1 request/1'
	case-audit rebuild
}

# A case of QA-2, assigned: another a
another() {
	printf -v "$1" %s "$(case-open fault --serial QA-2 --pilot ANNE \
	    -m 'trips at once' 2>/dev/null)"
}

# Rebuilt from the journal, everything is as it was.
rebuilds() {
	run case-audit rebuild
	assert_success
}

@test "what one case repairs, the other does not send back" {
	another a
	another b
	case-triage -q repair "$a" -m 'contact welded'
	case-ship -q slip "$a"
	case-ship -q receive "$a"
	assert_equal "$(places "$a") $(places "$b")" 'REP REP'

	case-triage -q none "$b" -m 'the same call'
	opens "$b" close
	case-close -q --satisfaction 4 "$b"
	case-ship -q request "$a"
	case-report -q fix --outcome repaired --cause WELD -m mended "$a"
	opens "$a" send-back/1
	rebuilds
}

@test "whichever decides last sends it back, and the other does not" {
	another a
	another b
	case-ship -q receive "$a"
	case-triage -q none "$a" -m 'nothing found'
	# The other has still to say what becomes of it.
	opens "$a" close
	opens "$b" triage/1
	case-triage -q none "$b" -m 'nothing found either'
	opens "$a" close
	opens "$b" send-back/1
	case-close -q --satisfaction 4 "$a"
	opens "$b" send-back/1
	case-ship -q send-back "$b"
	opens "$b" close
	case-close -q --satisfaction 4 "$b"
	assert_equal "$(places "$a") $(places "$b")" 'customer customer'
	rebuilds
}

@test "a new case takes the unit over from one that was to send it back" {
	another a
	case-ship -q receive "$a"
	case-triage -q none "$a" -m 'nothing found'
	opens "$a" send-back/1
	another b
	opens "$a" close
	assert_equal "$(state_of "$a" send-back 1)" dropped
	# The history says why: it is in the other one.
	assert_equal "$(look "$a" '.events[-1] | "\(.verb) \(.data.items) \(
	    .data.case)"')" "follow [1] $b"
	assert_equal "$(look "$a" '.links[0]')" "$b"

	case-triage -q none "$b" -m 'nothing either'
	opens "$b" send-back/1
	# Triage that opens anew takes it back.
	case-close -q --satisfaction 4 "$a"
	case-close -q --reopen -m 'he called again' "$a/1"
	opens "$a" triage/1
	opens "$b" close
	rebuilds
}

@test "a unit that one case took in is not asked for by the other" {
	another a
	another b
	case-triage -q repair "$a" -m 'contact welded'
	case-triage -q exchange "$b" -m 'contact welded'
	case-ship -q request "$a" "$b"
	case-ship -q slip "$b"
	opens "$a" 'slip/1'
	opens "$b" 'replacement/1 return/1'

	# It comes with the slip of the one, which the other learns.
	case-ship -q receive "$b"
	opens "$a" receive/1
	assert_equal "$(state_of "$a" slip 1)" dropped
	assert_equal "$(state_of "$a" return 1)" done
	assert_equal "$(places "$a")" LOG
	case-ship -q receive --from REP "$a"
	opens "$a" fix/1
	rebuilds
}

@test "on its way to us it is awaited by one" {
	another a
	another b
	case-triage -q repair "$a" -m 'contact welded'
	case-ship -q slip "$a"
	case-ship -q return "$a"
	case-triage -q none "$b" -m 'the same call'
	opens "$b" close
	opens "$a" 'receive/1 request/1'
	# Nobody else awaits it any more: then the other one does.
	case-triage -q none --instead -m 'he wants it back as it is' "$a"
	opens "$a" receive/1
	opens "$b" close
	case-ship -q receive "$a"
	opens "$a" triage/1
	rebuilds
}

@test "two goods procedures for one unit are accepted with a warning" {
	another a
	another b
	case-triage -q repair "$a" -m 'contact welded'
	run --separate-stderr case-triage exchange "$b" -m 'contact welded'
	assert_success
	assert_output "$b"
	# shellcheck disable=SC2154
	[[ $stderr == *"$b: item 1: repair is under way for it in case $a/1"* ]]
	assert_equal "$(look "$b" '.events[-1].data.warning')" \
	    "item 1: repair is under way for it in case $a/1"
	# Advice concerns nobody else.
	run --separate-stderr case-triage advice "$b" -m 'settings'
	assert_success
	assert_equal "$stderr" ''
}

@test "scrapped in one case, it is in no other either" {
	another a
	another b
	case-ship -q receive "$a"
	case-triage -q none "$a" -m 'burnt'
	case-triage -q none "$b" -m 'burnt'
	case-waive -q send-back --outcome scrapped -m 'he said so' "$b"
	assert_equal "$(places "$a") $(places "$b")" 'scrapped scrapped'
	opens "$a" close
	opens "$b" close
	rebuilds
}

@test "replaced in one case, it is not replaced once more in another" {
	another a
	another b
	case-triage -q exchange "$a" -m 'contact welded'
	case-triage -q exchange "$b" -m 'contact welded' 2>/dev/null
	case-ship -q request "$a" "$b"
	case-ship -q replacement --unit QO120:N-1 "$b"
	opens "$a" close
	assert_equal "$(owed "$a")-$(owed "$b")" '-1'
	assert_equal "$(sql "SELECT why FROM procedure WHERE case_id = $a")" \
	    "replaced in case $b"
	refuses 1 "no step 'replacement' is open" case-ship replacement "$a"
	# It comes with the parcel of the other case, and is no customer's.
	case-ship -q receive "$b"
	opens "$a" close
	case-close -q --satisfaction 4 "$a"
	opens "$b" forward/1
	rebuilds
}
