# SPDX-License-Identifier: ISC
# case-audit: what is sound stays silent, what was changed is named.

load ../helper

setup() {
	case_setup
	unset CASE_NOW
	db_new -q
	case-load -q sites <<-END
		code,name,kind
		PARIS,Centre de services,desk
		LOG,Entrepôt,logistics
		USINE,Usine,plant
	END
	case-load -q customers <<-END
		code,name,type
		C1,Client,end
	END
	case-load -q products <<-END
		reference,name,warranty_months,logistics,plant
		REF1,Disjoncteur,24,LOG,USINE
	END
	case-load -q staff <<-END
		code,name,login,roles,site
		anna,Anna,$(id -un),desk pilot,PARIS
	END
	case-config desk PARIS
	id=$(case-open fault --customer C1 --unit REF1 --pilot anna -m 'trips')
	case-note -q -m 'called' "$id"
	case-note -q -m 'called again' "$id"
}

entries() {
	sqlite3 "$CASE_DB" 'SELECT max(seq) FROM event'
}

# By somebody with a shell of the engine: the triggers do not stop him.
tamper() {
	local triggers

	triggers=$(sqlite3 "$CASE_DB" "SELECT group_concat('DROP TRIGGER ' ||
	    name, ';') FROM sqlite_schema WHERE type = 'trigger'")
	sqlite3 "$CASE_DB" "$triggers; $*"
}

@test "all is well: nothing is said" {
	run -0 case-audit verify
	refute_output
	run -0 case-audit rebuild
	refute_output
	run -0 case-audit head
	assert_output --regexp "^$(entries) [0-9a-f]{64}$"
}

@test "a head is noted and verified, as one operand or two" {
	case-audit head >heads
	case-note -q -m 'later' "$id"
	run -0 case-audit verify "$(tail -n 1 heads)"
	refute_output
	# shellcheck disable=SC2046 # two operands
	run -0 case-audit verify $(cat heads)
	for wrong in 7 'x y' "7 $(cut -d ' ' -f 2 heads)0" "$(cat heads) x"; do
		run -2 case-audit verify "$wrong"
		assert_output --partial 'is not a head'
	done
}

@test "a changed entry is named" {
	n=$(entries)
	tamper "UPDATE event_payload SET payload = replace(payload, 'called',
	    'not called') WHERE seq = $n"
	run -3 case-audit verify
	assert_output "case-audit: entry $n has another payload than was recorded"
	run -3 case-audit backup copy.db
	assert_output --partial "entry $n has another payload"
	[ -z "$(ls copy.db* 2>/dev/null)" ]
}

@test "who did it, when and what are covered" {
	for column in case_id happened_at recorded_at uid; do
		cp "$CASE_DB" changed.db
		CASE_DB=changed.db tamper "UPDATE event SET $column = 7 WHERE seq = 5"
		CASE_DB=changed.db run -3 case-audit verify
		assert_output "case-audit: entry 5 is not what was recorded"
	done
	for column in verb actor login; do
		cp "$CASE_DB" changed.db
		CASE_DB=changed.db tamper "UPDATE event SET $column = 'x' WHERE seq = 5"
		CASE_DB=changed.db run -3 case-audit verify
		assert_output "case-audit: entry 5 is not what was recorded"
	done
}

@test "an entry taken out is missed" {
	tamper 'DELETE FROM event WHERE seq = 4'
	run -3 case-audit verify
	assert_output 'case-audit: entry 4 is missing'
}

@test "an end that was cut off is missed by who noted a head" {
	n=$(entries)
	case-audit head >heads
	tamper "DELETE FROM event_payload WHERE seq = $n;
	    DELETE FROM event WHERE seq = $n"
	run -0 case-audit verify
	run -3 case-audit verify "$(cat heads)"
	assert_output --partial "the journal ends at entry $((n - 1)), before the $n that was noted"
	# And by a rebuild, if the entry had changed anything.
}

@test "a row that does not follow from the journal is named" {
	tamper "UPDATE cases SET pilot = 'mallory'; DELETE FROM description"
	run -3 case-audit rebuild
	assert_line "case-audit: cases: case_id $id: is so in the file, but not in the journal"
	assert_line "case-audit: cases: case_id $id: is so in the journal, but not in the file"
	assert_line "case-audit: description: case_id $id: is so in the journal, but not in the file"
	assert_line 'case-audit: 3 rows are not as the journal has them'
	run -0 case-audit verify
}

@test "a case whose rows do not hang together is not worked on" {
	case-triage exchange "$id" --goodwill 'a good customer' -m 'trips'
	case-ship slip "$id"
	while IFS= read -r damage; do
		cp "$CASE_DB" damaged.db
		CASE_DB=damaged.db tamper "$damage"
		CASE_DB=damaged.db run -3 case-note -m x "$id"
		assert_output --partial "case $id is damaged; case-audit rebuild"
	done <<-END
		UPDATE cases SET kind = 'flight'
		UPDATE item SET item = 2
		UPDATE procedure SET item = 2
		UPDATE procedure SET run = 7
		UPDATE procedure SET procedure = 'cleaning'
		UPDATE step SET item = 99 WHERE step = 'return'
		UPDATE step SET item = -1 WHERE step = 'return'
		UPDATE step SET run = 2 WHERE step = 'return'
		UPDATE step SET run = NULL WHERE step = 'return'
		UPDATE step SET step = 'fix' WHERE step = 'return'
		UPDATE step SET step = 'fly' WHERE step = 'return'
		DELETE FROM step WHERE step = 'triage'
	END
}

@test "nothing is added to a journal whose end is damaged" {
	n=$(entries)
	tamper "PRAGMA ignore_check_constraints = 1;
	    UPDATE event SET hash = x'00' WHERE seq = $n"
	run -3 case-note -m x "$id"
	assert_output --partial \
	    "entry $n has a hash of the wrong length; see case-audit verify"
}

@test "hostile text in a key stays on its line" {
	tamper "INSERT INTO lookup VALUES (char(27) || '[31m' || char(10) || 'x',
	    1, 0, 'order')"
	run -3 case-audit rebuild
	[ "${#lines[@]}" -eq 2 ]
	[[ $output != *$'\e'* ]]
}

@test "settings that changed since change nothing in a rebuild" {
	case-config desk | grep -q PARIS
	case-load -q sites <<-END
		code,name,kind,region
		PARIS,Ailleurs,desk,FR-AM
	END
	sqlite3 "$CASE_DB" "UPDATE customers SET name = 'Autre', type = 'distributor'"
	run -0 case-audit rebuild
	refute_output
}

@test "a damaged page is told" {
	case-audit head >heads
	page=$(sqlite3 "$CASE_DB" "SELECT pageno FROM dbstat
	    WHERE name = 'event_payload' AND pagetype = 'leaf' LIMIT 1")
	dd if=/dev/zero of="$CASE_DB" bs=4096 seek=$((page - 1)) count=1 \
	    conv=notrunc status=none
	run -3 case-audit verify
	assert_output --regexp '^case-audit: (entry [0-9]+ |.*malformed)'
	run -3 case-audit rebuild
}

@test "a backup is complete, and can be worked with at once" {
	case-audit head >heads
	copy=$PWD/case-$(date +%F).db
	run -0 case-audit backup "$copy"
	refute_output
	[ "$(stat -c %a "$copy")" = 600 ]
	case-note -q -m 'only here' "$id"
	CASE_DB=$copy
	[ "$(case-audit head)" = "$(cat heads)" ]
	run -0 case-audit verify "$(cat heads)"
	run -0 case-audit rebuild
	run -0 case-note -m 'goes on' "$id"
	assert_output "$id"
	run -1 case-audit backup "$CASE_DB"
	assert_output --partial 'exists already'
}

@test "a backup on a full disk gets no name" {
	# The first writes are for the shared memory of the original.
	for n in 12 20 40; do
		run -3 strace -E ASAN_OPTIONS=detect_leaks=0 -qq \
		    -o trace -e trace=pwrite64 \
		    -e inject=pwrite64:error=ENOSPC:when="$n+" \
		    case-audit backup copy.db
		grep -q INJECTED trace
		assert_output --partial 'copy.db'
		[ -z "$(ls copy.db* 2>/dev/null)" ]
	done
	run -0 case-audit backup copy.db
}

@test "backups while others write are each sound" {
	for n in 1 2 3 4 5 6 7 8 9 10; do
		case-note -q -m "note $n" "$id"
	done &
	writer=$!
	for n in 1 2 3; do
		run -0 case-audit backup "copy$n.db"
	done
	wait "$writer"
	for n in 1 2 3; do
		CASE_DB=copy$n.db run -0 case-audit rebuild
	done
	run -0 case-audit verify
}

@test "a file that was made under CASE_NOW says so" {
	rm "$CASE_DB"
	CASE_NOW=2026-05-04T10:00:00Z case-init -q
	run -0 case-audit verify
	assert_output --partial 'created under CASE_NOW'
	run -0 case-audit -q verify
	refute_output
}

@test "the command line" {
	for wrong in '' 'polish' 'head x' 'backup' 'backup a b' 'rebuild x'; do
		# shellcheck disable=SC2086 # words
		run -2 case-audit $wrong
	done
	run -3 sh -c 'case-audit head >/dev/full'
}

# With nothing but what case(5) says of the journal.
@test "other tools can verify the journal" {
	python3 - "$CASE_DB" >told <<-'PYTHON'
	import hashlib, sqlite3, sys

	def field(value):
	    if value is None:
	        return b"-,"
	    data = value if isinstance(value, bytes) else str(value).encode()
	    return b"%d:%s," % (len(data), data)

	db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
	columns = ("seq case_id verb happened_at recorded_at actor login uid "
	           "digest prev")
	before, n = bytes(32), 0
	for row in db.execute(f"SELECT {', '.join(columns.split())}, hash, "
	                      "CAST(payload AS BLOB) FROM event "
	                      "JOIN event_payload USING (seq) ORDER BY seq"):
	    n += 1
	    assert row[0] == n
	    assert row[8] == hashlib.sha256(row[11]).digest()
	    assert row[9] == before
	    before = hashlib.sha256(b"".join(map(field, row[:10]))).digest()
	    assert row[10] == before
	print(n, before.hex())
	PYTHON
	run -0 case-audit head
	assert_output "$(cat told)"
	[ "$(cut -d ' ' -f 1 told)" -gt 5 ]
}
