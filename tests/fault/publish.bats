# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086,SC2154 # each test is a subshell
# case-publish that is killed, or whose disk fails, at any call by which it
# changes something: each file of the extract is whole, no answer is lost or
# taken twice, and the next run makes good.

setup() {
	load ../helper
	load ../master
	load ../published
	case_setup
	master_db
	case-config web.url https://follow.example
	a=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	b=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m n $id
	case-ship -q dossier $id
	case-ship -q book --on now $id
	case-ship -q pickup $id
	case-ship -q deliver $id
	case-report -q analyse --outcome keep -m n $id
	case-report -q report $id
	case-publish extract
	# What the run that fails has to do: a change, a dead link, an answer
	# that is good and one that is not.
	case-triage -q exchange -m n $a
	case-ship -q slip $a
	case-note -q --new-link $b
	nonce=$(answer $id 4 'with words')
	echo nonsense >"extract/spool/$(printf '0%.0s' {1..32}).json"
	mkdir before
	cp -r case.db extract before
	# What it comes to, at once and undisturbed.
	run -1 case-publish extract
	case-publish whole
	dump whole >wanted
	dump extract >got
	cmp wanted got
}

# Everything as it was before the run.
again() {
	rm -rf case.db* extract
	cp -r before/* .
}

# Every file is complete, whichever state it is of.
whole() {
	local file

	for file in extract/pages/*.db; do
		[ "$(sqlite3 -readonly $file 'PRAGMA integrity_check;
		    SELECT min(json_valid(facts)) IS NOT 0 FROM page' |
		    tr '\n' ' ')" = 'ok 1 ' ] || return
	done
}

# Taken once, or not yet and still there.
answer_safe() {
	case $(state_of $id survey 1) in
	done) ;;
	*) [ -e extract/spool/$nonce.json ] ;;
	esac
}

# The next run says at most what is wrong with the nonsense.
made_good() {
	case-publish extract 2>err || [ $? = 1 ] || return
	! grep -v 'spool/0*.json: is not JSON' err || return
	dump extract >got
	cmp wanted got && [ -z "$(ls -A extract/spool)" ] &&
	    [ "$(find extract/aside -type f | wc -l)" = 2 ] &&
	    [ -z "$(find extract -name '*.new')" ] &&
	    [ "$(look $id '[.events[] | select(.verb == "survey")] |
		length')" = 1 ] && case-audit -q rebuild
}

# each_call HOW CHECK: every call of each sort in turn; some of them, unless
# there is time.
each_call() {
	local call n status injected=0 step

	for call in openat pwrite64 write fsync renameat unlinkat unlink; do
		case $call in
		pwrite64 | openat) step=${CASE_SOAK:-19} ;;
		*) step=${CASE_SOAK:-2} ;;
		esac
		for n in $(seq $step $step 400); do
			again
			status=0
			strace -qq -o trace -e trace="$call" \
			    -e inject="$call:$1:when=$n" \
			    case-publish extract 2>err || status=$?
			grep -qE 'INJECTED|killed' trace || break
			injected=$((injected + 1))
			whole || fail "$call $n: not whole: $(cat err)"
			answer_safe || fail "$call $n: an answer is lost"
			"$2" $status || fail "$call $n: exit $status: $(cat err)"
			made_good || fail "$call $n: not made good: $(cat err)"
		done
	done
	echo $injected
}

killed() {
	[ $1 = 137 ]
}

# A failure is told, unless the message is what failed. Of the nonsense alone
# is said 1, and the run could do without the call.
told() {
	case $1 in
	1 | 3 | 75) [ -s err ] || [ $call = write ] ;;
	*) false ;;
	esac
}

@test 'killed at each call that changes something' {
	run -0 each_call signal=KILL killed
	[ "$output" -gt 12 ]
}

@test 'a full disk' {
	run -0 each_call error=ENOSPC told
	[ "$output" -gt 12 ]
}
