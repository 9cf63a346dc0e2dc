# SPDX-License-Identifier: ISC
# case-init: a new file, the demo's master data. What it refuses and how it
# stands disks that fail is in tests/fault.

load ../helper

# Everything but when it was written.
dump() {
	sqlite3 "$CASE_DB" .dump
}

@test "--demo fills a file, once" {
	run -0 case-init --demo
	assert_output "$CASE_DB"
	[ "$(sqlite3 "$CASE_DB" 'SELECT count(*) > 0 FROM customers')" = 1 ]
	[ "$(sqlite3 "$CASE_DB" 'SELECT count(*) FROM cases')" = 0 ]
	before=$(sqlite3 "$CASE_DB" 'SELECT * FROM customers; SELECT * FROM staff;
	    SELECT * FROM units; SELECT * FROM products')
	run -0 case-init --demo -q
	refute_output
	[ "$(sqlite3 "$CASE_DB" 'SELECT * FROM customers; SELECT * FROM staff;
	    SELECT * FROM units; SELECT * FROM products')" = "$before" ]
	run -0 case-audit -q verify
	run -0 case-audit rebuild
	refute_output
}

@test "--demo is refused where there are cases" {
	case-init -q --demo
	case-open fault --customer C1001 --serial "$(sqlite3 "$CASE_DB" \
	    "SELECT serial FROM units WHERE customer = 'C1001' LIMIT 1")" -m x
	before=$(dump)
	run -1 case-init --demo
	assert_output "case-init: $CASE_DB: has cases already; --demo is for a new file"
	[ "$(dump)" = "$before" ]
	run -0 case-init -q
}

@test "an upgrade is for whoever comes first, the others find it done" {
	pids=
	for n in 1 2 3 4 5 6 7 8; do
		case-init >"out.$n" 2>&1 &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid"; done
	[ "$(sort -u out.*)" = "$CASE_DB" ]
	run -0 case-audit -q verify
}

@test "the command line" {
	run -2 case-init x
	run -2 case-init --demo=yes
	run -2 case-init --dmeo
	[ ! -e "$CASE_DB" ]
}
