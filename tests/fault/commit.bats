# SPDX-License-Identifier: ISC
# What is printed is true and durable, whatever fails and whoever dies.

load ../helper

# Just enough to open cases.
setup() {
	case_setup
	db_new -q
	case-load -q sites <<-END
		code,name,kind,region
		PARIS,Centre de services,desk,FR
		LOG,Centre logistique,logistics,FR
		USINE,Usine,plant,FR
	END
	case-load -q customers <<-END
		code,name,type,language,email
		C1,Client,end,fr,c1@example.org
	END
	case-load -q products <<-END
		reference,name,range,warranty_months,logistics,plant,repair,expertise
		REF1,Disjoncteur,R,24,LOG,USINE,USINE,USINE
	END
	case-load -q staff <<-END
		code,name,login,email,roles,skills,site,language
		anna,Anna,$(id -un),anna@example.org,desk pilot,*,PARIS,fr
	END
	case-config desk PARIS
	cp case.db before.db
}

open_one() {
	case-open fault --customer C1 --unit REF1 --pilot anna -m 'trips' "$@"
}

cases() {
	sqlite3 "$CASE_DB" 'SELECT case_id FROM cases ORDER BY case_id'
}

sound() {
	case-audit -q verify && case-audit rebuild
}

# case-open with every system call by which it changes the disk, failing in
# turn. $1: how; the rest: what must hold after each, given exit and output.
each_call() {
	local call n status injected=0

	for call in pwrite64 fsync,fdatasync ftruncate unlink; do
		for n in $(seq 100); do
			rm -f case.db*
			cp before.db case.db
			status=0
			strace -qq -f -o trace -e trace="$call" \
			    -e inject="$call:$1:when=$n" \
			    case-open fault --customer C1 --unit REF1 \
			    --pilot anna -m trips -k key >out 2>err ||
			    status=$?
			grep -qE 'INJECTED|killed' trace || break
			injected=$((injected + 1))
			"$2" "$status" || fail \
			    "$call $n, exit $status: $(cat out err)"
			# With its key, the same request makes it once.
			open_one -k key >again ||
			    fail "$call $n: again: $(cat err)"
			[ "$(cat again)" = "$(cases)" ] ||
			    fail "$call $n: $(cat again) but $(cases)"
			sound || fail "$call $n: not sound"
		done
	done
	echo "$injected"
}

# Exit 0 has printed what is there; exit 3 has printed nothing, and if it may
# be there all the same, has said so.
done_or_told() {
	case $1 in
	0) [ -s out ] && [ "$(cat out)" = "$(cases)" ] ;;
	3) [ ! -s out ] && [ -s err ] && { [ -z "$(cases)" ] ||
	    grep -q 'not known whether' err; } ;;
	*) false ;;
	esac
}

# Whatever a killed command printed is there.
printed_is_there() {
	[ "$1" -eq 137 ] && { [ ! -s out ] || [ "$(cat out)" = "$(cases)" ]; }
}

@test "a full disk: each write and sync" {
	run -0 each_call error=ENOSPC done_or_told
	[ "$output" -gt 15 ]
}

@test "a failing disk: each write and sync" {
	run -0 each_call error=EIO done_or_told
	[ "$output" -gt 15 ]
}

@test "killed at each write and sync" {
	run -0 each_call signal=KILL printed_is_there
	[ "$output" -gt 15 ]
}

@test "the number is printed after the log was written and synced" {
	strace -qq -y -o trace -e trace=pwrite64,fdatasync,fsync,write \
	    case-open fault --customer C1 --unit REF1 --pilot anna -m trips >out
	# The order of the last ones before the number.
	run awk '/^write\(1</ { print "print"; exit }
	    /^pwrite64\([0-9]+<[^>]*-wal>/ { print "write" }
	    /^f(data)?sync\([0-9]+<[^>]*-wal>/ { print "sync" }' trace
	assert_equal "$(tail -n 3 <<<"$output" | tr '\n' ' ')" 'write sync print '
}

@test "a commit that failed is not known: exit 3, and no number" {
	# The first sync is that of the log, in the commit.
	run -3 --separate-stderr strace -qq -o trace -e trace=fdatasync,fsync \
	    -e inject=fdatasync,fsync:error=EIO:when=1 \
	    case-open fault --customer C1 --unit REF1 -m trips
	grep -q INJECTED trace
	refute_output
	# shellcheck disable=SC2154 # set by run
	[[ $stderr == *'not known whether this was kept'* ]]
}

@test "a broken file stops the loop over cases; what was printed is there" {
	for n in 1 2 3 4 5 6 7 8; do open_one; done >ids
	run -3 --separate-stderr strace -qq -o trace -e trace=fdatasync,fsync \
	    -e inject=fdatasync,fsync:error=EIO:when=6+ \
	    case-note -m 'called' <ids
	grep -q INJECTED trace
	n=${#lines[@]}
	[ "$n" -gt 0 ] && [ "$n" -lt 8 ]
	assert_equal "$output" "$(head -n "$n" ids)"
	# One is told, the others are not tried. The log that could not be synced
	# may hold that one all the same.
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	[[ $stderr == *"$(sed -n "$((n + 1))p" ids): "*'not known whether'* ]]
	run sqlite3 "$CASE_DB" "SELECT case_id FROM event
	    JOIN event_payload USING (seq) WHERE payload ->> 'text' = 'called' ORDER BY seq"
	[ "${#lines[@]}" -eq "$n" ] || [ "${#lines[@]}" -eq $((n + 1)) ]
	assert_output "$(head -n "${#lines[@]}" ids)"
	sound
}

@test "a refused act changes nothing" {
	id=$(open_one)
	before=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	run -1 case-close --satisfaction 5 "$id"
	run -1 case-ship slip "$id"
	run -1 case-open fault --customer NOBODY --unit REF1 -m x
	[ "$(sqlite3 "$CASE_DB" .dump | sha256sum)" = "$before" ]
}

@test "a dry run changes nothing" {
	id=$(open_one)
	before=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	run -0 case-note -n -m x "$id"
	[ "$(sqlite3 "$CASE_DB" .dump | sha256sum)" = "$before" ]
}

@test "32 writers at once: nothing is lost, no number twice" {
	pids=
	for n in $(seq 32); do
		# shellcheck disable=SC2034 # counted only
		for m in $(seq 30); do
			open_one || break
		done >"out.$n" 2>"err.$n" &
		pids="$pids $!"
	done
	for pid in $pids; do wait "$pid"; done
	cat err.*
	sort out.* >printed
	[ "$(wc -l <printed)" -eq 960 ]
	[ "$(cat printed)" = "$(cases)" ]
	sound
}

# Not through a function: the process that is killed must be the command.
killed_while_opening() {
	if [ $(($1 % 2)) -eq 0 ]; then
		case-open fault --customer C1 --unit REF1 --pilot anna \
		    -m trips >>printed 2>/dev/null &
	else
		case-open --batch <lines >>printed 2>/dev/null &
	fi
	pid=$!
	# Not a wait for something: a moment that differs.
	read -rt "0.0$((RANDOM % 3))$((RANDOM % 10))" <> <(:) || :
	kill -9 "$pid" 2>/dev/null || :
	status=0
	wait "$pid" || status=$?
	[ "$status" -ne 137 ] || killed=$((killed + 1))
}

@test "commands killed anywhere: whatever they printed is there" {
	rounds=100 killed=0
	[ -z "${CASE_SOAK-}" ] || rounds=2000
	for n in $(seq 200); do
		echo '{"kind":"fault","unit":"REF1","customer":"C1","message":"m"}'
	done >lines
	for n in $(seq "$rounds"); do
		killed_while_opening "$n"
	done
	open_one >>printed
	sort printed >sorted
	cases >there
	[ -z "$(comm -23 sorted there)" ]
	[ -z "$(uniq -d sorted)" ]
	[ "$killed" -gt 0 ]
	sound
	[ ! -e case.db-wal ]
}
