# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2086 # each test is a subshell
# case-mail: slips to one customer for one parcel are one mail.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-load -q customers <<-'CSV'
	code,name,type,language,email,safety_email
	ACME,Société Générale « Œuf »,end,fr,acme@acme.example,safety@acme.example
	BETA,Beta Ltd,end,en,beta@beta.example,
	CSV
	case-load -q sites <<-'CSV'
	code,name,kind,region,email,address,postcode,city
	LOG,Logistics,logistics,FR,,1 rue du Fret,69000,Lyon
	REP,Repair,repair,FR,,2 rue du Fer,71100,Chalon
	CSV
	case-config mail.from service@firm.example
	mkdir sent
	cat >sendmail <<-'SH'
	#!/bin/sh
	f=$(mktemp sent/XXXXXX) && cat >"$f.new" && mv "$f.new" "$f"
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=$PWD/sendmail
	nbsp=$(printf '\302\240')
}

# started CUSTOMER PROCEDURE UNIT...: a case whose slips are to be sent.
started() {
	local customer=$1 procedure=$2 units=() id

	shift 2
	for unit in "$@"; do
		units+=(--unit "QO120:$unit")
	done
	id=$(case-open fault --customer "$customer" "${units[@]}" \
	    --sold-on 2026-01-02 --pilot ANNE -m "trips: $*")
	case-triage -q "$procedure" -m c "$id"
	echo "$id"
}

# What waits so far goes; the slips are what the tests look at.
clear() {
	case-mail
	rm -f sent/*
}

# Headers, text, and of each attachment its name, sheets and words.
read_mails() {
	/usr/bin/python3 - "$@" <<-'PY'
	import email, email.policy, re, sys
	for name in sys.argv[1:]:
	    m = email.message_from_bytes(open(name, 'rb').read(),
	                                 policy=email.policy.default)
	    assert not m.defects, m.defects
	    for h in ('Message-ID', 'To', 'Subject', 'References', 'Date'):
	        assert len(m.get_all(h)) == 1, h
	        print(h + ':', m[h])
	    print(m.get_body(('plain',)).get_content())
	    for part in m.iter_attachments():
	        page = part.get_content()
	        print('FILE', part.get_filename(), page.count('<article'))
	        body = page[page.index('<article'):]
	        print(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', body)))
	PY
}

# Lines that match.
count() {
	grep -c -e "$1" "$2" || :
}

@test 'slips of several cases for one parcel are one mail with one slip' {
	a=$(started ACME exchange K1 K2)
	b=$(started ACME exchange K3)
	c=$(started ACME exchange K4)
	clear
	printf '%s\n' $a $b $c | case-ship -q slip
	run -0 case-mail --list -o case,kind,state,together
	first=$(case-mail --list -o message | head -n 1)
	assert_output "$a	slip	queued	$first
$b	slip	queued	$first
$c	slip	queued	$first"
	case-mail -n >shown
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 1
	run -0 diff <(sed '$d' shown) sent/*
	read_mails sent/* >text
	for line in "Message-ID: <$(sql "SELECT message_id FROM outbox
	    WHERE case_id = $a AND kind = 'slip'")>" \
	    "Subject: Dossiers $a, $b et $c${nbsp}: bordereau de retour" \
	    "References: <case-$a@firm.example> <case-$b@firm.example> <case-$c@firm.example>" \
	    "Dossier $b${nbsp}:" "  – QO120, n°${nbsp}K2" "  – QO120, n°${nbsp}K4" \
	    "FILE Bordereau de retour technique $a, $b et $c.html 1"; do
		grep -qxF -- "$line" text || fail "no '$line'"
	done
	grep -q 'Un seul bordereau, joint à ce message' text
	grep -q "Dossiers $a, $b et $c .* $a/1 QO120 K1 .* $b/1 QO120 K3 .* $c/1" text
	assert_equal "$(case-mail --list)" ''
	assert_equal "$(sql "SELECT count(*), count(DISTINCT mail_seq), min(tries)
	    FROM v_message WHERE kind = 'slip' AND state = 'sent'")" '3|1|1'
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 1
	case-audit rebuild
}

@test 'another customer, language, site or address is another mail' {
	a=$(started ACME exchange K1)
	b=$(started BETA exchange K2)
	c=$(started ACME repair K3)
	d=$(started BETA exchange K4 K5)
	case-triage -q none --instead -m x "$d/2"
	case-triage -q repair --instead -m x "$d/2"
	clear
	case-ship -q slip $a $b $c $d
	# One case, two parcels.
	assert_equal "$(case-mail --list -o case,together | sort)" "$(sort <<-END
	$a	
	$b	$(case-mail --list -o message,case | sed -n "s/\t$b//p")
	$c	
	$d	$(case-mail --list -o message,case | sed -n "s/\t$b//p")
	$d	
	END
	)"
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 4
	read_mails sent/* >text
	grep -qxF "Subject: Cases $b and $d: return slip" text
	grep -qxF "Subject: Case $d: return slip" text
	grep -qxF "Subject: Dossier $a${nbsp}: bordereau de retour" text
	assert_equal "$(count '^FILE .* 1$' text)" 4
	assert_equal "$(count '^    2 rue du Fer$' text)" 2
	grep -q 'We expect them by' text
	# Queued for an address that is no longer his.
	rm sent/*
	e=$(started ACME exchange K6)
	f=$(started ACME exchange K7)
	clear
	case-ship -q slip $e
	printf 'code,name,type,email\nACME,Acme,end,new@acme.example\n' |
	    case-load -q customers
	case-ship -q slip $f
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 2
}

@test 'a case twice, and the units of two acts, are on the slip once' {
	a=$(started ACME exchange K1 K2)
	clear
	case-ship -q slip $a/1
	case-ship -q slip $a/2
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 1
	read_mails sent/* >text
	grep -qxF "Subject: Dossier $a${nbsp}: bordereau de retour" text
	grep -qxF "References: <case-$a@firm.example>" text
	assert_equal "$(count 'n°.K[12]$' text)" 2
	assert_equal "$(grep -o "Dossier $a , ouvert" text | wc -l)" 1
	grep -q "$a/1 QO120 K1 .* $a/2 QO120 K2" text
}

@test 'what failed is tried again as it was; what comes later is another mail' {
	a=$(started ACME exchange K1)
	b=$(started ACME exchange K2)
	c=$(started ACME exchange K3)
	clear
	case-ship -q slip $a $b
	cat >fails <<-'SH'
	#!/bin/sh
	cat >"tried.$(date +%N)"
	exit 75
	SH
	chmod +x fails
	CASE_SENDMAIL=$PWD/fails case-mail
	assert_equal "$(case-mail --list -o state,tries,why | uniq -c | tr -s ' ')" \
	    " 2 queued	1	(exit 75)"
	assert_equal "$(case-mail --list -o next_at | sort -u | wc -l)" 1
	CASE_NOW=2026-05-04T10:01:00+02:00
	case-ship -q slip $c
	assert_equal "$(case-mail --list -o together | sort | uniq -c |
	    tr -s ' ')" " 1 
 2 $(case-mail --list -o message | head -n 1)"
	CASE_SENDMAIL=$PWD/fails case-mail
	assert_equal "$(find . -name 'tried.*' | wc -l)" 3
	# The same bytes, but for the day of the slip.
	mapfile -t both < <(grep -l "References: <case-$a" tried.*)
	run -0 diff "${both[@]}"
	case-mail --retry
	assert_equal "$(find sent -type f | wc -l)" 2
	run -0 diff "$(grep -l "case-$a" sent/*)" "${both[0]}"
	# For good: each is said, each is kept.
	d=$(started ACME exchange K4)
	e=$(started ACME exchange K5)
	clear
	case-ship -q slip $d $e
	CASE_SENDMAIL='sh -c "echo no such user; exit 67"' run -1 case-mail
	assert_output "case-mail: $d: slip to acme@acme.example: no such user (exit 67)
case-mail: $e: slip to acme@acme.example: no such user (exit 67)"
	assert_equal "$(case-mail --list -o state)" $'failed\nfailed'
	# At the address that he has now.
	printf 'code,name,type,email\nACME,Acme,end,new@acme.example\n' |
	    case-load -q customers
	case-mail --retry
	read_mails sent/* | grep -q 'To: .*new@acme.example'
	assert_equal "$(find sent -type f | wc -l)" 1
}

@test 'one that is taken off is left out, and the Message-ID stays' {
	a=$(started ACME exchange K1)
	b=$(started ACME exchange K2)
	c=$(started ACME exchange K3)
	clear
	case-ship -q slip $a $b $c
	CASE_SENDMAIL='sh -c "exit 75"' case-mail
	case-mail --drop "$(case-mail --list -o message | head -n 1)"
	assert_equal "$(case-mail --list -o case,together)" \
	    "$b	$(case-mail --list -o message | head -n 1)
$c	$(case-mail --list -o message | head -n 1)"
	case-mail --retry
	read_mails sent/* >text
	grep -qxF "Message-ID: <$(sql "SELECT message_id FROM outbox
	    WHERE case_id = $a AND kind = 'slip'")>" text
	grep -qxF "Subject: Dossiers $b et $c${nbsp}: bordereau de retour" text
	run -1 grep -q "$a" <(grep -v Message-ID text)
	assert_equal "$(sql "SELECT state FROM v_message WHERE kind = 'slip'
	    ORDER BY seq")" $'dropped\nsent\nsent'
}

@test 'a case that went on does not spoil the slip of the others' {
	a=$(started ACME exchange K1)
	b=$(started ACME exchange K2 K3)
	c=$(started ACME exchange K4)
	d=$(started ACME exchange K5)
	clear
	case-ship -q slip $a $b $c $d
	case-ship -q receive $a
	case-ship -q receive $b/2
	case-close -q --cancel -m 'bought another' $c
	case-mail
	read_mails sent/* >text
	grep -qxF "Subject: Dossiers $b et $d${nbsp}: bordereau de retour" text
	assert_equal "$(grep -o "^References: \|case-[0-9]*@" text | tr -d '\n')" \
	    "References: case-$a@case-$b@case-$c@case-$d@"
	grep -qF "Pour les dossiers $a et $c, rien n’est à nous retourner pour le moment." text
	assert_equal "$(count 'n°.K[0-9]' text)" 2
	run -1 grep -q "QO120 K[134]\|n°.K[134]" text
	assert_equal "$(sql "SELECT count(*) FROM v_message
	    WHERE kind = 'slip' AND state = 'sent'")" 4
	# Nothing is left of any: the message says what happened.
	rm sent/*
	e=$(started ACME exchange K6)
	f=$(started ACME exchange K7)
	clear
	case-ship -q slip $e $f
	case-ship -q receive $e $f
	case-mail
	read_mails "$(grep -l "References: <case-$e" sent/*)" >text
	grep -qxF "Subject: Dossiers $e et $f${nbsp}: bordereau de retour" text
	run -1 grep -q '^FILE\|joint' text
}

@test 'hundreds of cases are mails that can be read' {
	for n in $(seq 120); do
		printf '{"kind":"fault","unit":["QO120:M%d"],' "$n"
		printf '"customer":"BETA","pilot":"ANNE","sold-on":"2026-01-02",'
		printf '"message":"m"}\n'
	done | case-open --batch >numbers
	case-triage -q exchange -m c <numbers
	CASE_SENDMAIL=true case-mail
	case-ship -q slip <numbers
	# One with as many units as all of them.
	units=()
	for n in $(seq 1100); do
		units+=(--unit "QO120:L$n")
	done
	big=$(case-open fault --customer BETA "${units[@]}" --pilot ANNE \
	    --sold-on 2026-01-02 -m m)
	case-triage -q exchange -m c $big
	case-ship -q slip $big
	last=$(started BETA exchange LAST)
	case-ship -q slip $last
	assert_equal "$(case-mail --list -o together,kind | grep 'slip$' |
	    sort | uniq -c | tr -s ' ' | cut -d' ' -f2 | sort -n | tr '\n' ' ')" \
	    '1 21 50 50 '
	rm -f sent/*
	case-mail
	mapfile -t slips < <(grep -l 'return slip' sent/*)
	read_mails "${slips[@]}" >text
	subject="Cases $(sed -n '1p' numbers), .* $(sed -n '5p' numbers)"
	grep -q "^Subject: $subject and 45.others: return slip" text
	assert_equal "$(count '^FILE Return slip ' text)" 4
	assert_equal "$(count '^  - QO120, no. M' text)" 120
	assert_equal "$(count '^  - QO120, no. L' text)" 1101
}

@test 'without a sender, or an address, they wait and still go together' {
	case-config --unset mail.from
	a=$(started ACME exchange K1)
	b=$(started ACME exchange K2)
	case-ship -q slip $a
	run -1 case-mail
	case-ship -q slip $b
	run -1 case-mail
	case-config mail.from service@firm.example
	case-mail
	assert_equal "$(grep -l "References: <case-$a" sent/* |
	    xargs grep -l "<case-$b" | wc -l)" 1
	# A distributor who is told on paper, until he has an address.
	c=$(started DIST exchange K3)
	d=$(started DIST exchange K4)
	case-ship -q slip $c $d
	clear
	assert_equal "$(case-mail --list -o kind,state,together | sort -u)" \
	    $'opened\tpaper\t\nslip\tpaper\t'
	printf 'code,name,type,email\nDIST,Dist,distributor,d@d.example\n' |
	    case-load -q customers
	case-mail --retry
	assert_equal "$(grep -l "References: <case-$c" sent/* |
	    xargs grep -l "<case-$d" | wc -l)" 1
	assert_equal "$(case-mail --list)" ''
}

@test 'each case is followed by itself' {
	case-config web.url https://follow.firm.example
	a=$(started ACME exchange K1)
	b=$(started ACME exchange K2)
	clear
	case-ship -q slip $a $b
	case-mail
	read_mails sent/* >text
	grep -qxF "Suivre vos dossiers${nbsp}:" text
	for id in $a $b; do
		assert_equal "$(grep -A1 "^  – $id\$" text | tail -n 1 |
		    tr -d ' ')" "$(case-show --link $id)"
	done
	run -1 grep -q 'Suivre votre dossier' text
}

@test 'a slip of a recall goes to the address for safety, also another time' {
	load ../recall
	recall_notice
	case-config hotline.national '0 800 00 00 00'
	case-config brand Montclar
	recall=$(recall-issue --from notice.txt \
	    --select reference=QO120,serial=QA-1)
	id=$(case-list --recall $recall -o case)
	clear
	case-report -q respond --outcome held --remedy exchange $id
	case-ship -q slip $id
	CASE_SENDMAIL='sh -c "exit 67"' run -1 case-mail
	case-mail --retry
	read_mails "$(grep -l 'bordereau\|Bordereau' sent/*)" >text
	grep -q '^To: .*safety@acme.example' text
	grep -q 'L’expédition est à notre charge' text
}
