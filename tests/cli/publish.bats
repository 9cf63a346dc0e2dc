# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# case-publish: what a customer may see, all of it and nothing else.

setup() {
	load ../helper
	load ../master
	load ../published
	case_setup
	master_db
	case-config web.url https://follow.example
}

# Silent and well.
publish() {
	run -0 case-publish extract
	assert_output ''
}

# An expertise until its report is with the customer.
reported() {
	case-triage -q expertise -m n $1
	case-ship -q dossier $1
	case-ship -q book --on now $1
	case-ship -q pickup $1
	case-ship -q deliver $1
	case-report -q analyse --outcome return -m n $1
	case-report -q report $1
}

@test 'a page is found by the hash of its link; the folder is for a group' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	publish
	hash=$(hash_of $id)
	assert_equal "$(page 'lower(hex(hash))' $id)" $hash
	file=extract/pages/${hash:0:3}.db
	assert_equal "$(sqlite3 $file 'PRAGMA application_id; PRAGMA
	    user_version; PRAGMA integrity_check; PRAGMA journal_mode' |
	    tr '\n' ' ')" '1128354640 1 ok delete '
	assert_equal "$(sqlite3 extract/pages/none.db 'SELECT count(*)
	    FROM page')" 0
	assert_equal "$(ls extract/pages)" "$(printf '%s\n' ${hash:0:3}.db none.db)"
	assert_equal "$(stat -c '%a %n' extract/* extract/pages/*)" "700 extract/aside
2750 extract/pages
2770 extract/spool
640 extract/state
640 $file
640 extract/pages/none.db"
}

@test 'the folder hands its group down' {
	[ "$(id -u)" = 0 ] || skip 'only root gives files to any group'
	install -d -m 2750 -g daemon extract
	case-open -q fault --serial QA-1 -m x
	publish
	assert_equal "$(stat -c %G extract/* extract/pages/* | sort -u)" daemon
	# And without the bit that does it.
	install -d -m 750 -g daemon other
	run -0 case-publish other
	assert_equal "$(stat -c %G other/{pages,spool,state} other/pages/* |
	    sort -u)" daemon
}

@test 'whoever publishes need not be of that group' {
	[ "$(id -u)" = 0 ] || skip 'only root gives files to any group'
	case-open -q fault --serial QA-1 -m x
	# As an account that has no rights over others' files.
	plain() {
		setpriv --clear-groups --bounding-set=-chown,-fsetid "$@"
	}
	install -d -m 2750 -g daemon extract
	(umask 077 && plain case-publish extract)
	assert_equal "$(stat -c %G extract/{pages,spool,state} \
	    extract/pages/* | sort -u)" daemon
	assert_equal "$(stat -c %a extract/{pages,spool,aside,state} |
	    tr '\n' ' ')" '2750 2770 2700 640 '
	# Without the bit it cannot be, and says so.
	install -d -m 750 -g daemon other
	run -1 --separate-stderr plain case-publish other
	assert_equal "$stderr" "case-publish: other/pages: cannot be given to \
the group of other: Operation not permitted; chmod g+s other makes that go by \
itself"
	assert_equal "$(ls other)" ''
	chmod g+s other
	run -0 plain case-publish other
}

@test 'a fault: intake, exchange, to its end' {
	id=$(case-open fault --serial QA-1 -m x)
	publish
	shows $id '' assign 'triage/1 close'
	assert_equal "$(facts $id '[.kind, .status, .language, .zone,
	    .company, .closed_at, .survey] | tojson')" \
	    '["fault","open","fr","Europe/Paris",null,null,null]'
	assert_equal "$(facts $id '.items | tojson')" \
	    '[{"item":1,"reference":"QO120","serial":"QA-1","name":"Breaker"}]'
	assert_equal "$(facts $id '.open[0] | tojson')" "{\"step\":\"assign\",\
\"process\":\"fault\",\"item\":null,\"owner\":\"contact\",\
\"due_at\":1777896000,\"limit_at\":null,\"binds_at\":1777896000,\
\"binds\":\"due\",\"chased\":false}"
	case-assign -q ANNE $id
	publish
	shows $id assign triage/1 close
	case-triage -q exchange -m n $id
	publish
	shows $id 'assign triage/1' 'request/1 slip/1' \
	    'replacement/1 return/1 receive/1 forward/1 analyse/1 close'
	case-ship -q request $id
	case-ship -q slip $id
	case-ship -q replacement --unit QO120:NEW-1 $id
	publish
	shows $id 'assign triage/1 request/1 slip/1 replacement/1' return/1 \
	    'receive/1 forward/1 analyse/1 close'
	assert_equal "$(facts $id '.open[0] | [.owner, .chased] | tojson')" \
	    '["customer",true]'
	[[ $(facts $id '.documents | tojson') == '["return-slip"'* ]]
	case-ship -q receive $id
	publish
	# The parcel that nobody announced came all the same.
	shows $id 'assign triage/1 request/1 slip/1 replacement/1 receive/1' \
	    forward/1 'analyse/1 close'
	case-ship -q forward $id
	case-report -q analyse -m n $id
	publish
	shows $id "assign triage/1 request/1 slip/1 replacement/1 receive/1 \
forward/1 analyse/1" close ''
	case-close -q --satisfaction 5 $id
	publish
	assert_equal "$(steps_of $id open)" ''
	assert_equal "$(facts $id .status)" closed
	assert_equal "$(facts $id .closed_at)" 1777881600
	assert_equal "$(page expires_at $id)" $((1777881600 + 90 * 86400))
}

@test 'a repair out of warranty: quote and order, declined' {
	id=$(case-open fault --serial OLD-1 --serial OLD-2 --pilot ANNE -m x)
	case-triage -q repair -m n $id
	publish
	shows $id 'assign triage/1 triage/2' 'quote/1 quote/2' "order/1 order/2 \
request/1 slip/1 request/2 slip/2 return/1 return/2 receive/1 receive/2 fix/1 \
fix/2 send-back/1 send-back/2 close"
	case-order -q quote --amount 4711.11 --until 2026-06-30 $id
	# It holds a price and is not on the page: where it is, is said.
	publish
	visit $id >told
	run -0 grep -A 6 '<h3>Répondez à notre devis' told
	assert_output --partial 'datetime="2026-06-30T'
	assert_output --partial 'Vous l’avez reçu par message ou par courrier.'
	run -1 grep -E '4711|/quote' told
	case-order -q order --po PO-SECRET $id/1
	case-order -q decline -m 'too dear' $id/2
	publish
	shows $id 'assign triage/1 triage/2 quote/1 quote/2 order/1' \
	    'request/1 slip/1' 'return/1 receive/1 fix/1 send-back/1 close'
	case-ship -q request $id
	case-ship -q slip $id
	case-ship -q receive $id/1
	case-report -q fix --outcome not-repairable -m n $id
	publish
	assert_equal "$(steps_of $id open)" triage/1
	assert_equal "$(facts $id '.done[-1] | [.step, .outcome] | tojson')" \
	    '["fix","not-repairable"]'
}

@test 'an expertise: the limit that binds, and the survey' {
	export CASE_NOW=2026-03-19T10:00:00+01:00
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m n $id
	case-ship -q dossier $id
	publish
	shows $id 'assign triage/1 dossier/1' book/1 \
	    'pickup/1 deliver/1 analyse/1 report/1 send-back/1 survey/1 close'
	case-ship -q book --on now $id
	case-ship -q pickup $id
	case-ship -q deliver --at 2026-03-19T10:00:00+01:00 $id
	publish
	shows $id 'assign triage/1 dossier/1 book/1 pickup/1 deliver/1' \
	    analyse/1 'report/1 send-back/1 survey/1 close'
	case-report -q analyse --outcome return -m n $id
	export CASE_NOW=2026-04-08T10:00:00+02:00
	case-report -q report $id
	publish
	assert_equal "$(facts $id '.survey | tojson')" '{"item":1}'
	[[ $(page nonce $id) =~ ^[0-9a-f]{32}$ ]]
	assert_equal "$(steps_of $id open)" 'send-back/1 survey/1'
	# The survey stays when the case is closed, for so many days.
	case-ship -q send-back $id
	case-close -q --satisfaction 5 $id
	publish
	assert_equal "$(steps_of $id open)" ''
	assert_equal "$(facts $id '.survey | tojson')" '{"item":1}'
	export CASE_NOW=2026-06-07T10:00:00+02:00
	publish
	assert_equal "$(facts $id '.survey | tojson')" '{"item":1}'
	export CASE_NOW=2026-06-07T10:00:01+02:00
	publish
	assert_equal "$(facts $id .survey)" null
	assert_equal "$(page nonce $id)" ''
}

@test 'the limit of an expertise beside the due time of the step' {
	export CASE_NOW=2026-03-19T10:00:00+01:00
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m n $id
	case-ship -q dossier $id
	case-ship -q book --on now $id
	case-ship -q pickup $id
	case-ship -q deliver --at 2026-03-19T10:00:00+01:00 $id
	export CASE_NOW=2026-04-07T10:00:00+02:00
	case-report -q analyse --outcome keep -m n $id
	publish
	assert_equal "$(facts $id '.open[] | select(.step == "report") |
	    [.due_at, .limit_at, .binds_at, .binds] | tojson')" \
	    '[1776096000,1775836800,1775836800,"limit"]'
}

@test 'an emergency: on the case, by a technician' {
	id=$(case-open emergency --risk production --customer ACME --pilot ANNE \
	    --unit QO120:QA-1 -m x)
	case-triage -q parts intervention advice -m n $id
	publish
	shows $id 'assign triage/1' 'parts dispatch advise/1' \
	    'arrive intervene close' ||
	    shows $id 'assign triage/1' 'advise/1 parts dispatch' \
	    'arrive intervene close'
	case-assign -q --role technician TECH $id
	case-report -q arrive $id
	case-report -q intervene --outcome not-running -m n $id
	publish
	assert_equal "$(facts $id '[.open[] | .step] | sort | join(" ")')" \
	    'advise parts triage'
}

@test 'a complaint, a question, a waiver, cancelling' {
	id=$(case-open complaint --customer BETA --pilot ANNE -m x)
	publish
	shows $id assign classify 'acknowledge solve close'
	assert_equal "$(facts $id .language)" en
	case-triage -q classify --nature technical --criticality 1 \
	    --dissatisfaction 4 --sought y $id
	case-report -q acknowledge $id
	case-note -q --ask -m 'which one?' $id
	publish
	shows $id 'assign classify acknowledge' 'solve answer' close
	case-report -q solve --start correction --owner QUINN -m n $id
	case-note -q --answer -m 'that one' $id
	publish
	shows $id 'assign classify acknowledge solve answer' correct \
	    'verify close'
	other=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	case-triage -q exchange -m n $other
	case-ship -q slip $other
	case-waive -q return -m n $other
	publish
	assert_equal "$(steps_of $other open)" request/1
	assert_equal "$(steps_of $other ahead)" 'replacement/1 close'
	third=$(case-open fault --serial QA-3 --pilot ANNE -m x)
	case-close -q --cancel -m n $third
	publish
	shows $third assign '' ''
	assert_equal "$(facts $third .status)" cancelled
}

@test 'settings and the hotline, on every page from the next time on' {
	a=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	b=$(case-open fault --serial QA-2 -m x)
	publish
	case-config company 'A "great" firm'
	case-config hotline.national 112
	publish
	for id in $a $b; do
		assert_equal "$(facts $id '[.company, .hotline] | tojson')" \
		    '["A \"great\" firm",{"national":"112","abroad":null}]'
	done
	case-load -q products <<<$'reference,name\nQO120,Another name'
	publish
	assert_equal "$(facts $b '.items[0].name')" 'Another name'
	case-config web.days 7
	case-triage -q none -m n $a
	case-close -q --satisfaction 5 $a
	publish
	assert_equal "$(page expires_at $a)" $((1777881600 + 7 * 86400))
}

@test 'nothing of a person, no price, no link in all of it' {
	login=$(id -un)
	case-load -q customers <<-'CSV'
	code,name,type,language,email,phone,address,postcode,city
	SECRETCODE,Privat Kunde,end,fr,kunde@privat.example,0611223344,77 rue Cachee,75099,Villesecrete
	CSV
	case-load -q staff <<-CSV
	code,name,login,email,roles,skills,site
	ANNE,Anne Durand-Secrete,$login,anne@firm.example,desk pilot,*,DESK
	EVE,Eve Experte,,eve@firm.example,expert,breakers drives,EXP
	CSV
	case-config mail.from service@firm.example
	id=$(case-open fault --customer SECRETCODE --unit QO120:PR-1 \
	    --pilot ANNE --contact 'Mme Confidente' -m 'mot du client')
	case-triage -q repair --no-proof -m 'diagnostic interne' $id
	case-order -q quote --amount 4711.11 --currency EUR \
	    --until 2026-06-30 $id
	case-order -q order --po PO-SECRET $id
	case-ship -q request $id
	case-ship -q slip $id
	case-note -q -m 'remarque interne' $id
	xp=$(case-open expertise --serial XP-1 --pilot EVE -m 'mot du client')
	reported $xp
	publish
	tokens=$(case-show --link $id $xp | sed 's/.*\///')
	secret=$(sql 'SELECT hex(secret) FROM secret')
	for word in SECRETCODE 'Privat Kunde' privat.example 0611223344 Cachee \
	    75099 Villesecrete Durand ANNE Experte firm.example \
	    Confidente 'mot du client' 'diagnostic interne' 4711.11 \
	    PO-SECRET 'remarque interne' "$secret" ACME 'Acme SA' $tokens; do
		run grep -rilaF -e "$word" extract
		[ "$status" = 1 ] || fail "'$word' is in $output"
		assert_output ''
	done
	# Secrets as bytes, too.
	run -1 env LC_ALL=C grep -rlaP "$(sed 's/../\\x&/g' <<<"$secret")" \
	    extract
	# Who acts is a role.
	assert_equal "$(facts $id '[.done[], .open[], .ahead[] | .owner] |
	    unique | join(" ")')" 'contact customer pilot repair'
	# What was searched for is what is in the file.
	run -0 grep -qaF 'Villesecrete' "$CASE_DB"
}

@test 'papers are sealed with what follows from the link' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q exchange -m n $id
	case-ship -q slip $id
	publish
	file=extract/pages/$(hash_of $id | cut -c 1-3).db
	sqlite3 $file "SELECT hex(bytes) FROM document WHERE
	    name = 'return-slip'" >sealed
	case-show --link $id >link
	/usr/bin/python3 - >opened <<-'END'
	import base64, ctypes, hashlib, sys
	token = open('link').read().strip().rsplit('/', 1)[1]
	token = base64.urlsafe_b64decode(token + '==')
	key = hashlib.sha256(b'case document' + token).digest()
	box = bytes.fromhex(open('sealed').read())
	plain = ctypes.create_string_buffer(len(box) - 40)
	if ctypes.CDLL('libsodium.so.23').crypto_secretbox_open_easy(plain,
	    box[24:], ctypes.c_ulonglong(len(box) - 24), box[:24], key) != 0:
	        sys.exit('cannot be opened')
	sys.stdout.buffer.write(plain.raw)
	END
	cmp opened <(case-print -T html return-slip $id)
	# The same paper is sealed the same way.
	cp -r extract before
	case-publish --all extract
	cmp <(dump before) <(dump)
}

@test 'of a case of very many units, papers with a sheet for each are left out' {
	papers() {
		jq -nc --argjson last $1 '{kind: "fault", customer: "ACME",
		    unit: [range($last) | "QO120:M-\($last)-\(.)"],
		    pilot: "ANNE", sold_on: "2026-05-01", message: "x"}' |
		    sed 's/sold_on/sold-on/' | case-open --batch >number
		id=$(cat number)
		case-triage -q exchange -m n $id
		case-ship -q slip $id
		publish
		facts $id '.documents | join(" ")'
	}
	assert_equal "$(papers 500)" 'return-slip label identification-sheet'
	assert_equal "$(papers 501)" 'return-slip label'
}

@test 'what is published step by step is what is published at once' {
	ids=
	for n in 1 2 3 4 5 6; do
		ids+=" $(case-open fault --serial QA-$n --pilot ANNE -m x)"
		publish
	done
	xp=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $xp
	publish
	# shellcheck disable=SC2086
	set -- $ids
	case-triage -q exchange -m n $1 $2
	publish
	case-ship -q slip $1
	case-note -q --new-link $1
	publish
	case-triage -q none -m n $3 $4
	case-close -q --satisfaction 5 $3 $4
	publish
	case-note -q --new-link $3
	case-note -q --new-link $3
	export CASE_NOW=2026-07-10T10:00:00+02:00
	case-close -q --reopen -m n $4
	publish
	export CASE_NOW=2026-09-01T10:00:00+02:00
	publish
	run -0 case-publish whole
	# A paper has the date on which it was made.
	cmp <(dump extract | grep -v 'INTO document') \
	    <(dump whole | grep -v 'INTO document')
	assert_equal "$(ls extract/pages)" "$(ls whole/pages)"
	assert_equal "$(cat extract/state)" "$(cat whole/state)"
	# And nothing more is to be done.
	touch -d 2020-01-01 extract/pages/*
	publish
	assert_equal "$(find extract/pages -name '*.db' -newermt 2020-01-02)" ''
}

@test 'only the file of a changed case is written' {
	a=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-open -q fault --serial QA-2 --pilot ANNE -m x
	publish
	touch -d 2020-01-01 extract/pages/*
	case-triage -q exchange -m n $a
	publish
	assert_equal "$(find extract/pages -type f -newermt 2020-01-02)" \
	    "extract/pages/$(hash_of $a | cut -c 1-3).db"
}

@test 'an old link is gone after a new one' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	publish
	old=$(hash_of $id)
	case-note -q --new-link $id
	publish
	assert_equal "$(page 'lower(hex(hash))' $id)" "$(hash_of $id)"
	run -1 grep -rlai $old <(dump)
	# Also when it was replaced twice in between.
	old=$(hash_of $id)
	case-note -q --new-link $id
	case-note -q --new-link $id
	publish
	assert_equal "$(page 'lower(hex(hash))' $id)" "$(hash_of $id)"
	run -1 grep -rlai $old <(dump)
}

@test 'pages go so long after closing, and come back' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q none -m n $id
	case-close -q --satisfaction 5 $id
	publish
	[ -n "$(page facts $id)" ]
	export CASE_NOW=2026-08-02T09:59:59+02:00
	publish
	[ -n "$(page facts $id)" ]
	export CASE_NOW=2026-08-02T10:00:00+02:00
	publish
	assert_equal "$(page facts $id)" ''
	assert_equal "$(ls extract/pages)" none.db
	# A clock that was wrong.
	export CASE_NOW=2026-06-01T10:00:00+02:00
	publish
	[ -n "$(page facts $id)" ]
	export CASE_NOW=2026-09-01T10:00:00+02:00
	publish
	assert_equal "$(page facts $id)" ''
	case-close -q --reopen -m n $id
	publish
	assert_equal "$(page expires_at $id)" ''
	[ -n "$(page facts $id)" ]
}

@test 'hostile texts are texts' {
	nasty=$'<b>"\\ \xe2\x80\xae\'; DROP TABLE page;--'
	id=$(case-open fault --customer ACME --unit "QO120:$nasty" -m x)
	publish
	assert_equal "$(facts $id '.items[0].serial')" "$nasty"
	run -0 case-publish whole
	cmp <(dump) <(dump whole)
}

@test 'another file, or an older copy of it, is published anew' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-audit -q backup backup.db
	later=$(case-open fault --serial QA-2 --pilot ANNE -m x)
	publish
	[ -n "$(page facts $later)" ]
	mv backup.db "$CASE_DB"
	publish
	assert_equal "$(page facts $later)" ''
	[ -n "$(page facts $id)" ]
	# The same numbers, but another history.
	case-open -q complaint --customer BETA -m x
	publish
	assert_equal "$(facts $later .kind)" complaint
	old=$(hash_of $id)
	export CASE_DB=$PWD/other.db
	case-init -q
	publish
	assert_equal "$(ls extract/pages)" none.db
	[ -n "$old" ]
}

@test 'two at once: the second leaves quietly' {
	case-open -q fault --serial QA-1 --pilot ANNE -m x
	publish
	case-open -q fault --serial QA-2 --pilot ANNE -m x
	before=$(dump)
	exec 9<extract
	flock 9
	publish
	assert_equal "$(dump)" "$before"
	exec 9<&-
	publish
	assert_not_equal "$(dump)" "$before"
}

@test 'a damaged file, or one that was lost: everything is there again' {
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-open -q fault --serial QA-2 --pilot ANNE -m x
	publish
	before=$(dump)
	file=extract/pages/$(hash_of $id | cut -c 1-3).db
	printf 'not a file' >$file
	case-note -q -m 'a remark is nothing that is shown' $id
	publish
	assert_equal "$(dump)" "$before"
	echo nonsense >extract/state
	rm $file extract/pages/none.db
	publish
	assert_equal "$(dump)" "$before"
	rm -r extract/pages
	run -0 case-publish --all extract
	assert_equal "$(dump)" "$before"
}

@test 'what cannot be used as the folder' {
	run -1 case-publish no/such/folder
	assert_output 'case-publish: no/such/folder: No such file or directory'
	touch file
	run -1 case-publish file
	assert_output 'case-publish: file: is no folder'
	run -2 case-publish
	run -2 case-publish a b
	export CASE_DB=/nonexistent/x
	run -3 case-publish extract
	[ ! -e extract ]
}

@test 'a survey that is answered on the page is recorded, once' {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $id
	publish
	nonce=$(answer $id 4 $'très bien,\n"merci"')
	cp extract/spool/$nonce.json saved
	publish
	assert_equal "$(ls extract/spool extract/aside)" $'extract/aside:\n\nextract/spool:'
	assert_equal "$(state_of $id survey 1)" done
	assert_equal "$(look $id '.events[-1] | [.verb, .by, .text,
	    .data.degree] | tojson')" \
	    '["survey",null,"très bien,\n\"merci\"",4]'
	assert_equal "$(page nonce $id)" ''
	assert_equal "$(facts $id .survey)" null
	# The same once more, as after a crash: taken, and nothing changes.
	head=$(case-audit head)
	cp saved extract/spool/$nonce.json
	publish
	assert_equal "$(ls extract/spool)" ''
	assert_equal "$(case-audit head)" "$head"
	# Another answer with the same form is none.
	jq -c '.degree = 1' saved >extract/spool/$nonce.json
	run -1 --separate-stderr case-publish extract
	assert_output ''
	assert_equal "$stderr" "case-publish: spool/$nonce.json: the survey is \
answered already"
	assert_equal "$(case-audit head)" "$head"
	assert_equal "$(ls extract/spool)" ''
	assert_equal "$(jq .degree extract/aside/$nonce.json)" 1
	assert_equal "$(cat extract/aside/$nonce.why)" "$nonce.json: the survey \
is answered already"
	publish
	case-audit rebuild
}

@test 'one answer for all units whose report is there' {
	id=$(case-open expertise --customer ACME --unit QO120:E1 \
	    --unit QO120:E2 --unit QO120:E3 --pilot EVE -m x)
	case-triage -q expertise -m n $id/1 $id/2
	case-triage -q none -m n $id/3
	case-ship -q dossier $id
	case-ship -q book --on now $id
	case-ship -q pickup $id
	case-ship -q deliver $id
	case-report -q analyse --outcome keep -m n $id
	case-report -q report $id/1
	publish
	assert_equal "$(facts $id '.survey.item')" 1
	first=$(page nonce $id)
	# The form was loaded before the second report came.
	answer $id 3 '' >/dev/null
	case-report -q report $id/2
	publish
	assert_equal "$(state_of $id survey 1)" done
	assert_equal "$(state_of $id survey 2)" open
	assert_equal "$(facts $id '.survey.item')" 2
	assert_not_equal "$(page nonce $id)" "$first"
	assert_equal "$(look $id '.events[-1].text')" null

	id=$(case-open expertise --customer ACME --unit QO120:E4 \
	    --unit QO120:E5 --pilot EVE -m x)
	reported $id
	publish
	assert_equal "$(facts $id '.survey | tojson')" '{"item":null}'
	answer $id 5 'both' >/dev/null
	publish
	assert_equal "$(state_of $id survey 1)" done
	assert_equal "$(state_of $id survey 2)" done
}

@test 'answers that are none are put aside, with the reason' {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $id
	publish
	good=$(answer $id 5 yes)
	mv extract/spool/$good.json good
	head=$(case-audit head)
	spool=extract/spool
	refused() {
		run -1 --separate-stderr case-publish extract
		assert_output ''
		[[ $stderr =~ $1 ]] || fail "said: $stderr"
		assert_equal "$(ls $spool)" ''
		assert_equal "$(case-audit head)" "$head"
	}
	n=0
	while IFS=@ read -r change why; do
		jq -c "$change" good >$spool/$good.json
		refused "$why"
	done <<-'END'
	.degree = 0@degree
	.degree = 6@degree
	.degree = 4.5@lacks
	.degree = "5"@lacks
	del(.degree)@lacks
	del(.at)@lacks
	.at = "now"@lacks
	.text = 7@lacks
	.hash = "00"@names no link
	.hash = (.hash | ascii_upcase)@names no link
	.hash = ("0" * 64)@no page has its link
	del(.nonce)@another form
	.nonce = ("0" * 32)@another form
	[.]@lacks
	"text"@lacks
	END
	head -c 16385 /dev/zero | tr '\0' ' ' >$spool/$good.json
	refused 'larger than 16 KiB'
	printf '{"a' >$spool/$good.json
	refused 'not JSON'
	: >$spool/$good.json
	refused 'not JSON'
	printf '"\xff"' >$spool/$good.json
	refused 'not UTF-8'
	cat good <(printf '\0') >$spool/$good.json
	refused 'not UTF-8'
	cp good "$spool/$(tr 0-9a-f 1-9a-f0 <<<"$good").json"
	refused 'another form'
	# A form of another case's page.
	jq -c --arg n "$(printf 'a%.0s' {1..32})" '.nonce = $n' good \
	    >"$spool/$(printf 'a%.0s' {1..32}).json"
	refused 'its form is none of the case'
	cp good "$spool/x y.json"
	refused 'no name of an answer'
	cp good "$spool/$(printf 'x%.0s' {1..200})"
	refused 'no name of an answer'
	ln -s /etc/passwd $spool/$good.json
	refused 'no plain file'
	mkfifo $spool/$good.json
	refused 'no plain file'
	mkdir $spool/$good.json
	refused 'no plain file'
	[ -s extract/aside/$good.why ]
	run -1 grep -r root extract/aside
	# What is being written is left alone; what nobody will finish goes.
	cp good $spool/.young
	cp good $spool/.old
	touch -d '2 hours ago' $spool/.old
	publish
	assert_equal "$(ls -A $spool)" .young
	# After all that the good one is still good.
	cp good $spool/$good.json
	publish
	assert_equal "$(state_of $id survey 1)" done
}

@test 'an answer that comes too late, or to an old link' {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $id
	case-ship -q send-back $id
	case-close -q --satisfaction 5 $id
	publish
	nonce=$(answer $id 5 late)
	cp extract/spool/$nonce.json saved
	rm extract/spool/$nonce.json
	export CASE_NOW=2026-07-04T10:00:00+02:00
	publish
	jq -c ".at = $(date -d "$CASE_NOW" +%s)" saved \
	    >extract/spool/$nonce.json
	run -1 --separate-stderr case-publish extract
	assert_equal "$stderr" "case-publish: spool/$nonce.json: a survey is \
taken up to 60 days after closing"
	case-note -q --new-link $id
	cp saved extract/spool/$nonce.json
	run -1 --separate-stderr case-publish extract
	assert_equal "$stderr" "case-publish: spool/$nonce.json: the case was \
given another link since"
	# It was sent in time, but lay in the spool.
	assert_equal "$(state_of $id survey 1)" dropped
}

@test 'what the clock of the web server says is bounded' {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $id
	publish
	nonce=$(answer $id 5 early)
	jq -c '.at = 99999999999999' extract/spool/$nonce.json >x
	cp x extract/spool/$nonce.json
	publish
	assert_equal "$(look $id '.events[-1].happened_at')" \
	    2026-05-04T10:00:00+02:00
	id=$(case-open expertise --customer ACME --unit QO120:Z1 --pilot EVE -m x)
	reported $id
	publish
	nonce=$(answer $id 5 early)
	jq -c '.at = -5' extract/spool/$nonce.json >x
	cp x extract/spool/$nonce.json
	publish
	assert_equal "$(look $id '.events[-1].happened_at')" \
	    2026-05-04T10:00:00+02:00
}

@test 'answered on the page itself, by two at once' {
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	reported $id
	publish
	form=application/x-www-form-urlencoded
	[[ $(visit $id) == *"$(page nonce $id)"* ]]
	for degree in 4 2; do
		body="nonce=$(page nonce $id)&degree=$degree&text=voil%C3%A0+%26"
		visit $id POST $form ${#body} <<<"$body" >said.$degree
	done
	[[ $(head -n 1 said.4) == 'Status: 303'* ]]
	[[ $(head -n 1 said.2) != 'Status: 303'* ]]
	publish
	assert_equal "$(look $id '[.events[] | select(.verb == "survey") |
	    .text, .data.degree] | tojson')" '["voilà &",4]'
	assert_equal "$(state_of $id survey 1)" done
	assert_equal "$(find extract/spool extract/aside -type f)" ''
	[[ $(visit $id) != *'name="nonce"'* ]]
}

@test 'a recall: told, asked, remedied' {
	load ../recall
	recall_db
	case-config web.url https://follow.example
	recall_issue >/dev/null
	id=$(case-list --customer ACME -o case)
	publish
	shows $id '' notify 'respond/1 respond/2 respond/3'
	case-report -q notify $id
	publish
	shows $id notify 'respond/1 respond/2 respond/3' ''
	assert_equal "$(facts $id '[.kind, .open[0].owner, .open[0].chased] |
	    tojson')" '["recall","customer",true]'
	case-report -q respond --outcome held --remedy exchange $id/1
	case-report -q respond --outcome held --remedy refund $id/2
	case-report -q respond --outcome disposed $id/3
	publish
	shows $id 'notify respond/1 respond/2 respond/3' \
	    'request/1 slip/1 refund/2' \
	    'replacement/1 return/1 receive/1 forward/1 analyse/1'
	case-report -q refund --amount 47.11 --currency EUR $id/2
	publish
	run -1 grep -rlaF 47.11 extract
}
