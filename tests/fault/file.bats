# SPDX-License-Identifier: ISC
# The file: what is refused, and that nothing is half done.

load ../helper

setup() {
	case_setup
	# Noise of its own: this file is about messages.
	unset CASE_NOW
}

# Runs without the right of root to write anywhere.
unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --bounding-set=-dac_override,-dac_read_search "$@"
	else
		"$@"
	fi
}

# The whole file as text, to see that nothing changed.
dump() {
	sqlite3 "$CASE_DB" .dump
}

# Nothing but the file itself is left in the folder.
at_rest() {
	[ ! -e "$CASE_DB-wal" ] && [ ! -e "$CASE_DB-shm" ] &&
	    [ ! -e "$CASE_DB-journal" ]
}

@test "a missing file is named, with what makes one" {
	run -3 case-audit head
	assert_output "case-audit: $CASE_DB: does not exist; case-init makes it"
	[ ! -e "$CASE_DB" ]
}

@test "case-init prints the name of the file, and makes it once" {
	run -0 case-init
	assert_output "$CASE_DB"
	before=$(dump)
	run -0 case-init -q
	refute_output
	[ "$(dump)" = "$before" ]
	at_rest
}

@test "the usual place is made with its folders" {
	unset CASE_DB
	run -0 case-init
	assert_output "$HOME/.local/share/case/case.db"
	[ "$(stat -c %a "$HOME/.local/share/case")" = 700 ]
	rm -r "$HOME/.local"
	XDG_DATA_HOME=$HOME/data run -0 case-init
	assert_output "$HOME/data/case/case.db"
	# The standard has relative ones ignored.
	XDG_DATA_HOME=data run -0 case-init
	assert_output "$HOME/.local/share/case/case.db"
}

@test "another program's file is not touched" {
	sqlite3 "$CASE_DB" 'CREATE TABLE theirs(x); INSERT INTO theirs VALUES (1)'
	before=$(sha256sum <"$CASE_DB")
	run -3 case-init
	why="$CASE_DB: is not a case file; name one in CASE_DB"
	assert_output "case-init: $why"
	run -3 case-audit verify
	assert_output "case-audit: $why"
	[ "$(sha256sum <"$CASE_DB")" = "$before" ]
	at_rest
	echo 'Dear sirs' >"$CASE_DB"
	run -3 case-init
	assert_output --partial 'is not a case file'
	[ "$(cat "$CASE_DB")" = 'Dear sirs' ]
}

@test "a file of a newer program is not touched" {
	db_new
	sqlite3 "$CASE_DB" 'PRAGMA user_version = 999'
	before=$(sha256sum <"$CASE_DB")
	for act in verify head rebuild; do
		run -3 case-audit "$act"
		assert_output --partial 'is of version 999, newer than this program'
	done
	[ "$(sha256sum <"$CASE_DB")" = "$before" ]
}

@test "an older file is brought up to date by case-init only" {
	db_new
	sqlite3 "$CASE_DB" 'PRAGMA user_version = 0'
	run -3 case-audit head
	assert_output --partial 'case-init brings it to'
}

@test "a file that cannot be one: folder, device, pipe, link, slash" {
	mkfifo pipe
	db_new
	ln -s case.db link
	CASE_DB=$PWD/link run -3 case-audit head
	assert_output "case-audit: $PWD/link: is a symbolic link; name the file itself"
	for what in . /dev/full /dev/null pipe case.db/ case.db/x; do
		CASE_DB=$what run -3 case-init
		assert_output --regexp '^case-init: [^:]*: (is not|Is a|Not a) '
	done
	CASE_DB=$PWD/none/ run -3 case-init
	[ ! -e none ]
}

@test "a name that looks like a URI is a name" {
	CASE_DB='file:x.db?mode=memory' run -0 case-init
	[ -s 'file:x.db?mode=memory' ]
	CASE_DB='file:x.db?mode=memory' run -0 case-audit verify
	CASE_DB='file::memory:' run -3 case-audit verify
}

@test "a folder may be reached by a link" {
	mkdir real
	ln -s real folder
	CASE_DB=$PWD/folder/case.db run -0 case-init
	assert_output "$(realpath real)/case.db"
}

@test "network file systems are refused" {
	db_new
	# f_type is the first word of what statfs(2) fills in: NFS, CIFS.
	for magic in 6969000000000000 424d53ff00000000; do
		run -3 strace -qq -o trace -e trace=statfs \
		    -e "inject=statfs:retval=0:poke_exit=@arg2=$magic" \
		    case-audit head
		grep -q INJECTED trace
		assert_output --partial 'is on a network file system'
	done
}

@test "a read-only file can be read where it is, and is left alone" {
	db_new
	chmod 444 "$CASE_DB"
	for mode in 555 777; do
		chmod "$mode" .
		run -0 unprivileged case-audit verify
		refute_output
		at_rest
		chmod 755 .
	done
	chmod 555 .
	run -3 unprivileged case-init
	assert_output --regexp 'cannot be written, or its directory: (Permission denied|Read-only)'
	chmod 755 .
}

@test "a file that nobody may read says so" {
	db_new
	chmod 000 "$CASE_DB"
	run -3 unprivileged case-audit head
	assert_output --regexp "^case-audit: $CASE_DB: .*ermission denied"
}

# Holds the file's write lock until it is told to go on: hold; ...; let_go.
hold() {
	coproc HOLDER { exec sqlite3 "$CASE_DB"; }
	echo "BEGIN IMMEDIATE; SELECT 'held';" >&"${HOLDER[1]}"
	read -r held <&"${HOLDER[0]}"
	[ "$held" = held ]
}

let_go() {
	local pid=$HOLDER_PID

	eval "exec ${HOLDER[1]}>&-"
	wait "$pid"
}

@test "a file in use for a minute is busy: exit 75, and a terminal is told" {
	db_new
	sqlite3 "$CASE_DB" 'PRAGMA user_version = 0'
	hold
	run -75 faketime -f '+0 x400' case-init
	assert_output "case-init: $CASE_DB: is in use by another command; try again"
	run script -qefc "faketime -f '+0 x400' case-init" /dev/null </dev/null
	let_go
	assert_equal "$status" 75
	assert_output --partial 'waiting for another command'
}

@test "readers do not wait for a writer" {
	db_new
	hold
	run -0 case-audit verify
	run -0 case-audit backup copy.db
	let_go
	[ -s copy.db ]
}

@test "who may only look reads along with a writer, and leaves its log alone" {
	db_new
	hold
	chmod 444 "$CASE_DB"*
	chmod 555 .
	run -0 unprivileged case-audit verify
	refute_output
	chmod 755 .
	let_go
}

# What a crash leaves: a log that nobody has written back.
crash() {
	hold
	echo "INSERT INTO setting VALUES ('company', 'x'); COMMIT; SELECT 'done';" \
	    >&"${HOLDER[1]}"
	read -r held <&"${HOLDER[0]}"
	pid=$HOLDER_PID
	kill -9 "$pid"
	wait "$pid" || :
}

@test "what a crash left is written back by the next reader" {
	db_new
	crash
	[ -s "$CASE_DB-wal" ]
	run -0 case-audit verify
	at_rest
	[ "$(sqlite3 "$CASE_DB" 'SELECT value FROM setting')" = x ]
}

@test "what a crash left is not passed over by who cannot write it back" {
	db_new
	crash
	rm "$CASE_DB-shm"
	chmod 555 .
	run -3 unprivileged case-audit verify
	assert_output --partial 'was left in the middle of work'
	chmod 755 .
	run -0 case-audit verify
}

# Every system call by which case-init changes the disk, failing in turn. $1:
# how, $2: the exit codes that are right.
init_fails() {
	local n=0 call status injected

	for call in pwrite64 fsync,fdatasync ftruncate; do
		for n in $(seq 200); do
			rm -f "$CASE_DB"*
			status=0
			strace -qq -o trace -e trace="$call" \
			    -e inject="$call:$1:when=$n" case-init \
			    >out 2>err || status=$?
			if ! grep -qE 'INJECTED|killed' trace; then
				break
			fi
			injected=$((injected + 1))
			[[ " $2 " == *" $status "* ]] ||
			    fail "$call $n: exit $status, $(cat err)"
			if [ "$status" -eq 0 ]; then
				run -0 case-audit verify
			elif [ "$status" -eq 3 ]; then
				[ -s err ] && [ ! -s out ]
			fi
			# Whatever is there, the next try completes it.
			run -0 case-init
			run -0 case-audit verify
			at_rest
		done
	done
	echo "$injected"
}

@test "case-init on a full disk does all or nothing" {
	run -0 init_fails error=ENOSPC '0 3'
	[ "$output" -gt 20 ]
}

@test "case-init on a failing disk does all or nothing" {
	run -0 init_fails error=EIO '0 3'
	[ "$output" -gt 20 ]
}

@test "case-init killed anywhere is completed by the next one" {
	run -0 init_fails signal=KILL '137'
	[ "$output" -gt 20 ]
}

@test "a file that may not grow fails, and nothing is left half done" {
	db_new
	before=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	run -3 bash -c 'ulimit -f 1; case-config company x'
	assert_output --partial 'File too large'
	case-audit -q verify
	at_rest
	assert_equal "$(sqlite3 "$CASE_DB" .dump | sha256sum)" "$before"
	run -3 bash -c 'ulimit -f 10; CASE_DB=new.db case-init'
	CASE_DB=new.db run -0 case-init
}

@test "stdout that cannot be written is an error" {
	run -3 sh -c 'case-init >/dev/full'
	assert_output --partial 'No space left'
	run -3 sh -c 'case-audit head >/dev/full'
}
