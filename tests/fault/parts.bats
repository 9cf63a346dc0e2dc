# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Many at once, for the same things.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

@test "32 processes ship the last 100 parts: exactly 100 leave" {
	for n in $(seq 32); do
		printf '{"kind":"emergency","risk":"people","customer":"ACME",'
		printf '"pilot":"ANNE","message":"m%d"}\n' "$n"
	done | case-open --batch >numbers
	case-triage -q parts -m p <numbers
	pids=
	while read -r id; do
		# Four or five each: 144 wanted, of the 100 that there are.
		case-ship parts --part FUSE=$((4 + id % 2)) "$id" \
		    >"out.$id" 2>"err.$id" &
		pids="$pids $!"
	done <numbers
	for pid in $pids; do wait "$pid" || :; done
	left=$(sql "SELECT quantity FROM v_stock
	    WHERE site = 'LOG' AND reference = 'FUSE'")
	shipped=$(cat out.* | awk '{ n += 4 + $1 % 2 } END { print n }')
	# Whoever was refused wanted more than was left.
	[ "$left" -ge 0 ] && [ "$left" -lt 5 ]
	assert_equal "$((left + shipped))" 100
	while read -r id; do
		[ -s "out.$id" ] || grep -q "FUSE: $((4 + id % 2)) wanted" \
		    "err.$id"
	done <numbers
	assert_equal "$(sql "SELECT -sum(quantity) FROM stock_move
	    WHERE reference = 'FUSE'")" "$shipped"
	# One at a time, to the last one.
	id=$(case-list --step parts -o case --limit 1)
	[ "$left" -eq 0 ] || case-ship -q parts --part "FUSE=$left" "$id"
	id=$(case-list --step parts -o case --limit 1)
	refuses 1 'FUSE: 1 wanted, 0 left at LOG; none anywhere else' \
	    case-ship parts --part FUSE=1 "$id"
	refuses 1 'COIL: 6 wanted, 5 left at LOG; 40 at LOG2' \
	    case-ship parts --part COIL=6 "$id"
	case-audit rebuild
}

@test "32 at once on one case: each act once" {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q exchange -m c "$id"
	pids=
	for n in $(seq 32); do
		case-ship slip "$id" >"out.$n" 2>"err.$n" &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid" || :; done
	assert_equal "$(cat out.*)" "$id"
	assert_equal "$(cat err.* | grep -c "no step 'slip' is open")" 31
	case-audit verify
}
