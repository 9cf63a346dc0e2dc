# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# One unit under two open cases: it is sent back, or taken in, by one of them,
# and wherever one moves it the other finds it.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# A case of QA-1, assigned: another a
another() {
	printf -v "$1" %s "$(case-open fault --serial QA-1 --pilot ANNE \
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
	    .data.links)"')" "elsewhere [1] [$b]"
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

@test "a case that another sees to is ended, not cancelled" {
	another a
	another b
	case-triage -q repair "$a" -m 'contact welded'
	case-ship -q receive "$a"
	refuses 1 'item 1 is at REP, where another case sees to it; end this one' \
	    case-close --cancel -m 'twice' "$b"
	refuses 1 'item 1 is at REP, where another case sees to it' \
	    case-close --cancel -m 'twice' "$a"
	case-triage -q none "$b" -m 'the same call'
	refuses 1 'item 1 is at REP; send it back first' \
	    case-close --cancel -m 'not wanted' "$a"
	case-close -q --satisfaction 3 "$b"
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
