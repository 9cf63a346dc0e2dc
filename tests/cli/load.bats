# SPDX-License-Identifier: ISC
# case-load: what is refused, what is kept, what is left alone.

load ../helper

setup() {
	case_setup
	db_new >/dev/null
	case-load -q sites <<-END
		code,name,kind
		DESK,Desk,desk
		LYO,Lyon,logistics
	END
	case-load -q products <<-END
		reference,name,range,warranty_months,logistics
		A9F74210,Circuit breaker,MODULAR,24,LYO
		LC1D09,Contactor,CONTACTOR,18,LYO
	END
	case-load -q customers <<-END
		code,name,type,language,phone
		C1,Boulangerie,end,fr,04
		D1,Wholesale,distributor,en,05
	END
	case-config desk DESK
}

# A load that must be refused, with this on standard error and nothing changed.
refused() {
	local before after

	before=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	run -1 --separate-stderr case-load "$@"
	after=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	assert_equal "$after" "$before"
	assert_equal "$output" ''
}

events() {
	sql 'SELECT count(*) FROM event'
}

# units N: that many different ones of two products, as CSV.
units() {
	awk -v n="$1" 'BEGIN {
		print "reference,serial,lot,sold_on,customer"
		for (i = 1; i <= n; i++)
			printf "%s,SN%d,%d,2025-0%d-11,%s\n",
			    i % 2 ? "A9F74210" : "LC1D09", i * 7919 % 1000003,
			    200000 + i % 300, 1 + i % 9, i % 3 ? "C1" : "D1"
	}'
}

@test 'the same rows from commas, semicolons, tabs, CRLF, a mark and JSON Lines' {
	local format

	printf 'code,name,email\nX1,"Ets, X",x@x.example\nX2,"a\nb",\n' >comma
	printf 'name;code;email\n"Ets, X";X1;x@x.example\n"a\nb";X2;\n' >semicolon
	printf 'code\tname\temail\r\nX1\tEts, X\tx@x.example\r\nX2\t"a\nb"\t\r\n' >tab
	printf '\xef\xbb\xbfcode,name,email\nX1,"Ets, X",x@x.example\nX2,"a\nb",' >mark
	printf '{"code":"X1","name":"Ets, X","email":"x@x.example"}\n\n%s' \
	    '{"email":null,"name":"a\nb","code":"X2"}' >json
	for format in comma semicolon tab mark json; do
		rm -f "$CASE_DB"
		db_new >/dev/null
		run -0 case-load carriers "$format"
		assert_output 'carriers: 2 rows, 2 added, 0 changed, 0 unchanged'
		run -0 sql 'SELECT code, hex(name), ifnull(email, 0) FROM carriers'
		assert_line 'X1|4574732C2058|x@x.example'
		assert_line 'X2|610A62|0'
	done
}

@test 'a second load changes nothing and leaves no event' {
	local before

	units 3000 >u.csv
	case-load units u.csv
	before=$(events)
	run -0 case-load units u.csv
	assert_output 'units: 3000 rows, 0 added, 0 changed, 3000 unchanged'
	assert_equal "$(events)" "$before"
}

@test 'the event of a load names table, rows and digest' {
	units 10 >u.csv
	case-load -q units u.csv
	run -0 sql "SELECT verb, payload ->> '$.data.table',
	    payload ->> '$.data.rows', payload ->> '$.data.digest'
	    FROM event JOIN event_payload USING (seq) ORDER BY seq DESC LIMIT 1"
	assert_output "load|units|10|$(sha256sum <u.csv | cut -d ' ' -f 1)"
}

@test 'an absent column stays, an empty one clears' {
	case-load -q customers <<<$'code,name,type\nC1,Boulangerie Tessier,end'
	run -0 sql "SELECT name, phone FROM customers WHERE code = 'C1'"
	assert_output 'Boulangerie Tessier|04'
	run -0 case-load customers <<<$'code,name,type,phone\nC1,Boulangerie Tessier,end,'
	assert_output 'customers: 1 rows, 0 added, 1 changed, 0 unchanged'
	run -0 sql "SELECT phone IS NULL FROM customers WHERE code = 'C1'"
	assert_output 1
	# In JSON Lines each line has columns of its own.
	case-load -q customers <<-END
		{"code":"C1","name":"A","type":"end","phone":"1"}
		{"code":"D1","name":"B","type":"distributor"}
	END
	run -0 sql 'SELECT code, name, phone FROM customers'
	assert_output $'C1|A|1\nD1|B|05'
}

@test 'one bad row among 100,000 and nothing is loaded' {
	units 100000 >u.csv
	sed -i '77777s/2025-0[0-9]-11/2025-02-30/' u.csv
	refused units u.csv
	assert_equal "${stderr_lines[0]}" \
	    "u.csv:77777: sold_on: '2025-02-30' is no date: YYYY-MM-DD"
	assert_equal "${#stderr_lines[@]}" 2
}

@test 'every bad line is told with its field' {
	cat >u.csv <<-END
		reference,serial,made_on,customer,lot
		A9F74210,S1,2025-13-01,C1,1
		NOPE,S2,2025-01-01,C1,1
		A9F74210,,2025-01-01,C1,1
		A9F74210,S4,2025-01-01,NOBODY,1
		A9F74210,S5,2025-01-01,"C1
		",1
		A9F74210,S6,2025-01-01
		A9F74210,S7,1.1.2025,NOBODY,1
	END
	refused units u.csv
	assert_equal "$stderr" "u.csv:2: made_on: '2025-13-01' is no date: YYYY-MM-DD
u.csv:3: reference: 'NOPE' is not known among the products
u.csv:4: serial: is missing
u.csv:5: customer: 'NOBODY' is not known among the customers
u.csv:6: customer: 'C1\\n' is not known among the customers
u.csv:8: 3 fields, the heading has 5
u.csv:9: made_on: '1.1.2025' is no date: YYYY-MM-DD
u.csv:9: customer: 'NOBODY' is not known among the customers
case-load: u.csv: nothing was loaded"
}

@test 'every bad line is told' {
	units 500 | sed '2,$s/C1$/C2/' >u.csv
	refused units u.csv
	assert_equal "$(grep -c '^u.csv:.* customer: ' <<<"$stderr")" 334
}

@test 'a heading that is wrong' {
	refused units <<<$'reference,serial,colour\nA9F74210,S1,red'
	[[ $stderr == *"stdin:1: no column 'colour' in units"* ]]
	refused units <<<$'reference,lot\nA9F74210,1'
	[[ $stderr == *'stdin:1: serial: is missing in the heading'* ]]
	refused units <<<$'reference,serial,serial\nA9F74210,1,2'
	[[ $stderr == *'stdin:1: serial: stands twice in the heading'* ]]
	refused units </dev/null
	[[ $stderr == *'stdin:1: there is no heading'* ]]
}

@test 'bytes that are no text' {
	printf 'code,name\nX1,caf\xe9\n' >latin
	refused carriers latin
	[[ $stderr == 'latin:2: name: is not UTF-8: byte 0xe9'* ]]
	printf 'code,name\nX1,a\0b\n' >nul
	refused carriers nul
	[[ $stderr == 'nul:2: name: has a NUL byte'* ]]
	printf '{"code":"X1","name":"a\\u0000b"}\n' >escaped
	refused carriers escaped
	[[ $stderr == 'escaped:1: has a NUL byte'* ]]
	run -0 case-load -n carriers <<<'{"code":"X1","name":"a\\u0000b"}'
	printf '{"code":"X1","name":"a\0b"}\n' >raw
	refused carriers raw
	[[ $stderr == 'raw:1: has a NUL byte'* ]]
	printf '\xff\xfec\0o\0d\0e\0\n\0' >utf16
	refused carriers utf16
	[[ $stderr == utf16:1:* ]]
}

@test 'a list of JSON is a list' {
	case-load -q staff <<<'{"code":"X1","name":"a","roles":["pilot","desk"],"skills":[]}'
	run -0 case-load staff <<<'{"code":"X1","name":"a","roles":"pilot desk","skills":""}'
	assert_output 'staff: 1 rows, 0 added, 0 changed, 1 unchanged'
	assert_equal "$(sql "SELECT roles FROM staff WHERE code = 'X1'")" 'pilot desk'
}

@test 'JSON that is none' {
	refused carriers <<<'{"code":"X1","name":"a"'
	[[ $stderr == 'stdin:1: is not one JSON object'* ]]
	refused carriers <<<$'{"code":"X1","name":"a"}\n["X2"]'
	[[ $stderr == 'stdin:2: is not one JSON object'* ]]
	refused carriers <<<'{"code":"X1","name":"a","wheels":4}'
	[[ $stderr == "stdin:1: no column 'wheels' in carriers"* ]]
	refused carriers <<<'{"code":"X1"}'
	[[ $stderr == 'stdin:1: name: is missing'* ]]
	refused carriers <<<'{"code":"X1","code":"X2","name":"a"}'
	[[ $stderr == 'stdin:1: code: is given twice'* ]]
	refused carriers <<<'{"code":"X1","name":["a"]}'
	[[ $stderr == 'stdin:1: name: is not a text'* ]]
	refused staff <<<'{"code":"X1","name":"a","roles":["pilot",["desk"]]}'
	[[ $stderr == 'stdin:1: roles: is not a text'* ]]
	refused staff <<<'{"code":"X1","name":"a","roles":["pilot","boss"]}'
	[[ $stderr == "stdin:1: roles: 'pilot boss' has a word"* ]]
}

@test 'a quotation mark that is not closed' {
	printf 'code,name\nX1,a\nX2,"b\nX3,c\n' >open
	refused carriers open
	[[ $stderr == 'open:3: a quotation mark is not closed'* ]]
	printf 'code,name\nX1,a"b\nX3,c\n' >inside
	refused carriers inside
	[[ $stderr == 'inside:2: a quotation mark inside'* ]]
}

@test 'two lines about the same row' {
	refused units <<<$'reference,serial,lot\nA9F74210,S1,1\nLC1D09,S1,1\nA9F74210,S1,2'
	[[ $stderr == 'stdin:4: says otherwise than line 2 '* ]]
	run -0 case-load units <<<$'reference,serial,lot\nA9F74210,S1,1\nA9F74210,S1,1'
	assert_output 'units: 1 rows, 1 added, 0 changed, 0 unchanged'
}

@test 'words, numbers, addresses and codes that are none' {
	refused customers <<<$'code,name,type\nC2,A,ende'
	[[ $stderr == "stdin:2: type: 'ende' is none of: end distributor"* ]]
	refused customers <<<$'code,name,type,language\nC2,A,end,de'
	[[ $stderr == "stdin:2: language: 'de' is none of: fr en"* ]]
	refused customers <<<$'code,name,type,email\nC2,A,end,nobody'
	[[ $stderr == "stdin:2: email: 'nobody' is no mail address"* ]]
	refused customers <<<$'code,name,type\nC 2,A,end'
	[[ $stderr == 'stdin:2: code: '* ]]
	refused products <<<$'reference,name,warranty_months\nX,A,-1'
	[[ $stderr == 'stdin:2: warranty_months: '* ]]
	refused products <<<$'reference,name,warranty_months\nX,A,12.5'
	[[ $stderr == 'stdin:2: warranty_months: '* ]]
	refused products <<<$'reference,name,part\nX,A,perhaps'
	[[ $stderr == 'stdin:2: part: '* ]]
	refused products <<<$'reference,name,plant\nX,A,MARS'
	[[ $stderr == "stdin:2: plant: 'MARS' is not known"* ]]
	refused staff <<<$'code,name,roles\nS1,A,desk boss'
	[[ $stderr == "stdin:2: roles: 'desk boss' has a word"* ]]
	refused sites <<<$'code,name,kind\nX,A,shop'
	[[ $stderr == "stdin:2: kind: 'shop' is none of"* ]]
	refused sites <<<$'code,name,kind,region\nX,A,desk,ATLANTIS'
	[[ $stderr == "stdin:2: region: 'ATLANTIS' has no calendar"* ]]
	refused duty <<<$'staff,from,to\nS9,2026-05-04,2026-05-11'
	[[ $stderr == "stdin:2: staff: 'S9' is not known"* ]]
}

@test 'a login belongs to one' {
	refused staff <<<$'code,name,login\nS1,A,anne\nS2,B,anne'
	[[ $stderr == "stdin:3: login: 'anne' is that of S1"* ]]
	case-load -q staff <<<$'code,name,login\nS1,A,anne'
	refused staff <<<$'code,name,login\nS2,B,anne'
	[[ $stderr == "stdin:2: login: 'anne' is that of S1"* ]]
}

@test 'duty: times are in the zone of the desk, and run forward' {
	case-load -q staff <<<$'code,name\nS1,A'
	case-load -q duty <<-END
		staff,from,to
		S1,2026-03-27T18:00,2026-03-30T08:00
		S1,2026-10-23T18:00Z,2026-10-26T08:00+02:00
	END
	run -0 sql 'SELECT "to" - "from" FROM duty'
	assert_output $'219600\n216000'
	refused duty <<<$'staff,from,to\nS1,2026-05-04,2026-05-04'
	[[ $stderr == "stdin:2: to: is not after 'from'"* ]]
	refused duty <<<$'staff,from,to\nS1,now,2026-05-04'
	[[ $stderr == "stdin:2: from: 'now' is no time"* ]]
}

@test 'stock: another file is another count' {
	printf 'site,reference,quantity\nLYO,LC1D09,10\n' >monday
	printf 'reference,site,quantity\nLC1D09,LYO,10\n' >tuesday
	case-load stock monday
	# Two left since.
	sqlite3 "$CASE_DB" "INSERT INTO stock_move (site, reference, seq, n,
	    quantity, case_id) VALUES ('LYO', 'LC1D09', 1000, 1, -2, 1)"
	run -0 case-load stock monday
	assert_output 'stock: 1 rows, 0 added, 0 changed, 1 unchanged'
	run -0 at 2026-05-05T10:00:00+02:00 case-load stock tuesday
	assert_output 'stock: 1 rows, 0 added, 1 changed, 0 unchanged'
	run -0 sql 'SELECT quantity, counted_at FROM stock'
	assert_output "10|$(date -d 2026-05-05T10:00:00+02:00 +%s)"
}

@test 'units lie in natural order of their serials' {
	case-load -q units <<-END
		reference,serial
		LC1D09,SN100
		LC1D09,sn99
		LC1D09,SN0099
		LC1D09,SN9A
	END
	run -0 sql 'SELECT serial FROM units ORDER BY reference, serial_key, serial'
	assert_output $'SN9A\nSN0099\nsn99\nSN100'
}

@test '-n checks only' {
	units 10 >u.csv
	run -0 case-load -n units u.csv
	assert_output 'units: 10 rows'
	assert_equal "$(sql 'SELECT count(*) FROM units')" 0
	refused -n units <<<$'reference,serial\nNOPE,1'
}

@test 'what cannot be read, what is no table' {
	run -1 case-load units nowhere.csv
	run -1 case-load units .
	run -2 case-load tables
	run -2 case-load
	run -2 case-load units a b
	CASE_DB=$PWD/none run -3 case-load units </dev/null
}

@test 'rows that do not fit into memory, through a file that is gone' {
	mkdir tmp
	units 200000 >u.csv
	TMPDIR=$PWD/tmp run -0 case-load units u.csv
	assert_output 'units: 200000 rows, 200000 added, 0 changed, 0 unchanged'
	assert_equal "$(ls tmp)" ''
	TMPDIR=/nonexistent run -3 case-load -n units u.csv
}

@test 'a load that was killed is completed by loading again' {
	local before part

	units 60000 >u.csv
	before=$(events)
	run strace -E ASAN_OPTIONS=detect_leaks=0 -f \
	    -o trace -e trace=fdatasync \
	    -e inject=fdatasync:signal=KILL:when=3 case-load units u.csv
	grep -q '+++ killed by SIGKILL' trace
	part=$(sqlite3 "$CASE_DB" 'SELECT count(*) FROM units')
	[ "$part" -gt 0 ] && [ "$part" -lt 60000 ]
	assert_equal "$(events)" "$before"
	run -0 case-load units u.csv
	assert_output "units: 60000 rows, $((60000 - part)) added, 0 changed, $part unchanged"
	assert_equal "$(events)" $((before + 1))
}

@test 'a full disk stops between two transactions' {
	units 30000 >u.csv
	run -3 strace -E ASAN_OPTIONS=detect_leaks=0 -f \
	    -o trace -e trace=pwrite64 \
	    -e inject=pwrite64:error=ENOSPC:when=800+ case-load units u.csv
	grep -q ENOSPC trace
	run -0 case-load units u.csv
	assert_output --partial 'units: 30000 rows'
	run -0 sql 'PRAGMA integrity_check'
	assert_output ok
}

@test 'others write between the transactions of a load' {
	local load n between=0

	units 40000 >u.csv
	# Slow commits, so that there is a between.
	strace -E ASAN_OPTIONS=detect_leaks=0 -f \
	    -o trace -e trace=fdatasync \
	    -e inject=fdatasync:delay_exit=300000 \
	    case-load -q units u.csv 3>&- &
	load=$!
	while [ $between -eq 0 ] && kill -0 $load 2>/dev/null; do
		case-config company "Firm $SRANDOM"
		n=$(sqlite3 "$CASE_DB" 'SELECT count(*) FROM units')
		[ "$n" -gt 0 ] && [ "$n" -lt 40000 ] && between=1
	done
	wait $load
	assert_equal $between 1
	assert_equal "$(sql 'SELECT count(*) FROM units')" 40000
}
