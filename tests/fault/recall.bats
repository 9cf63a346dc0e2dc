# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# A recall is there in whole or not at all, and others read while it is issued.

setup() {
	load ../helper
	load ../master
	load ../recall
	case_setup
	recall_db
	{
		echo code,name,type,language
		seq -f 'K%g,Customer,end,fr' 300
	} | case-load -q customers
	{
		echo reference,serial,customer
		seq 1200 | awk '{ print "LC1,KK" $1 ",K" $1 % 300 + 1 }'
	} | case-load -q units
	recall_notice
	cp case.db before.db
	issue=(recall-issue --from notice.txt -k key
	    --select 'reference=LC1,serial=KK1..KK1100')
}

# All of it: a case for each, a notice for each, and every unit.
whole() {
	[ "$(sqlite3 case.db "SELECT (SELECT count(*) FROM recall),
	    (SELECT count(*) FROM recall_unit), (SELECT count(*) FROM cases),
	    (SELECT count(*) FROM outbox WHERE kind = 'notice')")" = \
	    '1|1100|300|300' ]
}

nothing() {
	[ "$(sqlite3 case.db "SELECT (SELECT count(*) FROM recall) +
	    (SELECT count(*) FROM recall_unit) + (SELECT count(*) FROM cases) +
	    (SELECT count(*) FROM outbox)")" = 0 ]
}

# A fault at each of some calls, from the first to the last; then the same
# request once more. Prints how often the recall was not there after the fault.
each_of_some() {
	local n status calls lost=0

	strace -qq -o trace -e trace=pwrite64 "${issue[@]}" >/dev/null
	calls=$(wc -l <trace)
	[ "$calls" -gt 300 ]
	for n in 1 2 5 $((calls / 8)) $((calls / 4)) $((calls / 2)) \
	    $((calls * 3 / 4)) $((calls - 40)) $((calls - 3)) "$calls"; do
		rm -f case.db*
		cp before.db case.db
		status=0
		strace -qq -o trace -e trace=pwrite64 \
		    -e inject="pwrite64:$1:when=$n" "${issue[@]}" >out 2>err ||
		    status=$?
		grep -qE 'INJECTED|killed' trace || fail "call $n of $calls"
		if nothing; then
			lost=$((lost + 1))
			[ ! -s out ] || fail "call $n: printed $(cat out)"
		else
			whole || fail "call $n: half done"
		fi
		[ "$status" -ne 0 ] || whole
		assert_equal "$("${issue[@]}")" 1010
		whole || fail "call $n: not done by the second"
	done
	case-audit -q verify
	case-audit rebuild
	echo "$lost"
}

@test "killed anywhere: all of it or nothing, and a key ends the doubt" {
	run -0 each_of_some signal=KILL
	[ "$output" -ge 5 ]
}

@test "a full disk: all of it or nothing" {
	run -0 each_of_some error=ENOSPC
	[ "$output" -ge 5 ]
}

@test "others read meanwhile, and see none of it" {
	id=$(case-open fault --unit QO120:QA-1 --pilot ANNE -m x)
	strace -qq -o trace -e trace=pwrite64 \
	    -e inject=pwrite64:signal=STOP:when=300 "${issue[@]}" >out 3>&- &
	tracer=$!
	until grep -q 'stopped by SIGSTOP' trace 2>/dev/null; do
		kill -0 "$tracer"
	done
	assert_equal "$(case-list -o case)" "$id"
	assert_equal "$(sql 'SELECT count(*) FROM recall_unit')" 0
	case-show "$id" >/dev/null
	pkill -CONT -P "$tracer"
	wait "$tracer"
	assert_equal "$(cat out)" 1010
	assert_equal "$(case-list --recall 1010 -o case | wc -l)" 300
	case-note -m 'and write after it' "$id"
}
