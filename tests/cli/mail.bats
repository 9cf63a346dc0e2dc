# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2030,SC2031,SC2086,SC2034 # each test is a subshell
# case-mail: what is told to whom, once each, through a real MTA.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-load -q customers <<-'CSV'
	code,name,type,language,email
	ACME,Société Générale « Œuf »,end,fr,acme@acme.example
	BETA,Beta Ltd,end,en,beta@beta.example
	CSV
	case-load -q sites <<-'CSV'
	code,name,kind,region,email,address,postcode,city
	LOG,Logistics,logistics,FR,log@firm.example,1 rue du Fret,69000,Lyon
	REP,Repair,repair,FR,rep@firm.example,2 rue du Fer,71100,Chalon
	CSV
	case-load -q carriers <<-'CSV'
	code,name,email
	DPD,DPD,dpd@dpd.example
	CSV
	case-config mail.from service@firm.example
	case-config company 'La Firme'
	case-config carrier DPD
	# A sendmail that keeps each mail in a file.
	mkdir sent
	cat >sendmail <<-'SH'
	#!/bin/sh
	echo "$*" >>args
	f=$(mktemp sent/XXXXXX) && cat >"$f.new" && mv "$f.new" "$f"
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=./sendmail
}

# To, Subject and text of each mail, as another program reads them.
read_mails() {
	/usr/bin/python3 - "$@" <<-'PY'
	import sys, email, email.policy
	for name in sys.argv[1:]:
	    m = email.message_from_bytes(open(name, 'rb').read(),
	                                 policy=email.policy.default)
	    for h in ('To', 'From', 'Subject', 'Message-ID', 'Date'):
	        assert len(m.get_all(h)) == 1, h
	    print(m['To'], '|', m['Subject'])
	    print(m.get_body(('plain',)).get_content())
	    html = m.get_body(('html',)).get_content()
	    open('html', 'a').write(html)
	PY
}

# The name and the text of each attachment.
read_files() {
	/usr/bin/python3 - "$@" <<-'PY'
	import email, email.policy, sys
	for name in sys.argv[1:]:
	    m = email.message_from_bytes(open(name, 'rb').read(),
	                                 policy=email.policy.default)
	    for part in m.iter_attachments():
	        print(m['To'].addresses[0].addr_spec, part.get_content_type(),
	              part.get_filename(), len(part.get_content()) > 1000,
	              part.get_content().count('<!DOCTYPE html>'))
	PY
}

exchange() {
	id=$(case-open fault --serial "$1" --pilot ANNE -m 'trips at once')
	case-triage -q exchange -m 'contact welded' $id
	case-ship -q request $id
	case-ship -q replacement --unit "QO120:$2" --tracking 0123 $id
	case-ship -q slip $id
}

@test "each message once, to whom it concerns, in his language" {
	exchange QA-1 N1
	run -0 case-mail
	assert_output ''
	read_mails sent/* >text
	grep -q "acme@acme.example> | Dossier $id.: votre demande" text
	grep -q "acme@acme.example> | Dossier $id.: bordereau de retour" text
	grep -q "1 rue du Fret" text
	grep -q "mercredi 20.mai.2026" text
	grep -q "Numéro de suivi.: 0123" text
	grep -q "log@firm.example> | Dossier $id.: à faire" text
	grep -q "case-ship replacement $id/1" text
	grep -qF -- '-f service@firm.example' args
	n=$(find sent -type f | wc -l)
	run -0 case-mail
	assert_equal "$(find sent -type f | wc -l)" "$n"
	id=$(case-open fault --serial LC-1 -m 'hums')
	case-mail
	read_mails sent/* | grep -q "Case $id: your request is recorded"
}

@test "what an act records is not taken for a place of the message" {
	case-load -q staff <<-'CSV'
	code,name,email,roles
	PAUL,Paul,paul@firm.example,pilot
	CSV
	id=$(case-open fault --serial QA-1 --pilot PAUL -m x)
	case-open -q --add $id --unit QO120:NEW1
	run -0 case-mail
	assert_output ''
	run -0 case-mail --list
	assert_output ''
	read_mails sent/* | grep -q "case-triage PROCEDURE $id/2"
}

@test "every kind of message composes, in both languages" {
	case-load -q staff <<-'CSV'
	code,name,email,language,roles
	PAUL,Paul,paul@firm.example,en,pilot
	EVE,Eve,eve@firm.example,fr,expert
	SALLY,Sally,sally@firm.example,en,sales
	CSV
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m c $id
	case-ship -q dossier $id
	case-mail
	case-ship -q book --on 2026-05-04 $id
	case-ship -q pickup $id
	case-ship -q deliver $id
	case-report -q analyse --outcome keep -m 'worn' $id
	case-report -q report -m 'all is said' $id
	case-note -q --ask -m 'which voltage?' $id
	case-close -q --satisfaction 4 $id
	id=$(case-open fault --serial OLD-1 --pilot PAUL -m x)
	case-triage -q repair -m c $id
	case-order -q quote --amount 1234.50 --until 2026-06-01 $id
	case-order -q order --po B1 $id
	id=$(case-open fault --serial OLD-2 --pilot PAUL -m x)
	case-triage -q exchange -m c $id
	id=$(case-open complaint --customer BETA --pilot PAUL -m 'wrong invoice')
	case-triage -q classify --nature commercial --criticality 1 \
	    --dissatisfaction 5 --sought money $id
	case-report -q acknowledge $id
	case-mail
	assert_equal "$(case-mail --list -o state | sort -u | tr -d '\n')" ''
	read_mails sent/* >text
	for subject in 'retour pour expertise' "rapport d’expertise" \
	    'une question' 'votre dossier est clos' 'devis de réparation' \
	    'votre bon de commande' 'we have received your complaint' \
	    'Enlèvement à prévoir' 'report handed to' 'you answer for it' \
	    'vous en répondez'; do
		grep -q "| .*$subject" text || fail "no '$subject'"
	done
	grep -q '1.234,50.EUR' text
	read_files sent/* | cut -d' ' -f1,3- | sort >files
	assert_equal "$(sed 's/ [0-9]*.html True 1//' files)" "$(sort <<-'END'
	acme@acme.example Dossier de retour pour expertise
	acme@acme.example Rapport d’expertise
	acme@acme.example Clôture de votre dossier
	acme@acme.example Devis de réparation
	beta@beta.example Acknowledgement of your complaint
	END
	)"
	assert_equal "$(grep -c 'est joint\|is attached' text)" 5
	# No template spoke of what it was not told.
	run -1 grep -q '{{\|}}' text
}

@test "hostile names and words stay in their place" {
	printf 'code,name,type,language,email\n%s\n' \
	    'EVIL,"Eve ""x"" <a@b>, =?utf-8?q?x?=",end,en,evil@evil.example' |
	    case-load -q customers
	id=$(case-open fault --unit LC1:E1 --customer EVIL \
	    -m $'a\nSubject: no\n\n.\n<script>{{name}}</script>')
	case-mail
	read_mails sent/* >text
	[ "$(grep -c 'Subject: no' text)" -eq 1 ]
	grep -qF '<script>{{name}}</script>' text
	grep -q "Case $id: your request" text
	run -1 grep -qi '<script' html
	grep -qF '&lt;script&gt;{{name}}&lt;/script&gt;' html
}

# Elements of the HTML of the mails, one a line: who, tag, its words.
read_html() {
	/usr/bin/python3 - "$@" <<-'PY'
	import email, email.policy, html.parser, sys
	class Page(html.parser.HTMLParser):
	    def handle_starttag(self, tag, attrs):
	        self.open.append(tag)
	        if tag == 'a':
	            print(self.to, 'href', dict(attrs)['href'])
	    def handle_endtag(self, tag):
	        while self.open.pop() != tag:
	            assert self.open
	    def handle_data(self, data):
	        if data.strip():
	            tag = [t for t in self.open if t not in ('br', 'meta')][-1]
	            print(self.to, tag, ' '.join(data.split()))
	for name in sys.argv[1:]:
	    m = email.message_from_bytes(open(name, 'rb').read(),
	                                 policy=email.policy.default)
	    page = Page()
	    page.open, page.to = [], m['To'].addresses[0].addr_spec
	    words = m.get_body(('html',)).get_content()
	    assert words.startswith('<!DOCTYPE html>')
	    page.feed(words)
	PY
}

@test "the same words as HTML, with lists, quotations and the customer's link" {
	case-config web.url https://follow.firm.example
	id=$(case-open fault --serial QA-1 --pilot ANNE \
	    -m $'trips\n\n  - <b>at once</b>\nhttps://evil.example/x')
	case-triage -q exchange -m c $id
	case-ship -q slip $id
	case-mail
	link=$(case-show --link $id)
	read_html sent/* >html
	grep -qF "acme@acme.example title Dossier $id" html
	grep -q 'acme@acme.example p Bonjour,' html
	grep -q 'acme@acme.example li QO120, n°.QA-1' html
	grep -qxF 'acme@acme.example blockquote 1 rue du Fret' html
	grep -qxF 'acme@acme.example blockquote - <b>at once</b>' html
	# Nobody's link but ours, and the customer's alone.
	assert_equal "$(grep href html | sort -u)" "acme@acme.example href $link"
	read_mails sent/* >text
	grep -qxF '      - <b>at once</b>' text
	grep -qxF "$link" text
	CASE_NOW=2026-05-20T10:00:00+02:00 case-remind
	rm sent/*
	CASE_NOW=2026-05-20T10:00:00+02:00 case-mail
	read_html sent/* | grep -qF "acme@acme.example href $link"
}

@test "papers go with the message they belong to, while there is one" {
	exchange QA-1 N1
	case-mail
	assert_equal "$(read_files sent/*)" "acme@acme.example text/html\
 Bordereau de retour technique $id.html True 1"
	read_mails sent/* | grep -q 'Le bordereau est joint'
	# A bad template keeps the message; a case that went on sends it bare.
	rm sent/*
	mkdir -p own/documents
	case-config template.dir "$PWD/own"
	printf 'a\n{{nothing}}\n' >own/documents/return-slip.fr.html
	exchange QA-2 N2
	run -1 case-mail
	assert_output --partial "return-slip.fr.html:2: there is no 'nothing'"
	assert_equal "$(case-mail --list -o kind,state)" $'slip\tfailed'
	case-config --unset template.dir
	case-ship -q return $id
	case-ship -q receive $id
	case-mail --retry
	assert_equal "$(read_files sent/*)" ''
	read_mails sent/* >text
	grep -q "Dossier $id.: bordereau de retour" text
	run -1 grep -q 'est joint' text
	assert_equal "$(sql "SELECT state, count(*) FROM v_message GROUP BY 1")" \
	    "sent|$(sql 'SELECT count(*) FROM outbox')"
}

@test "an address has its country where that is not the desk's" {
	# slip SERIAL COUNTRY: the words of its mail, with logistics there.
	slip() {
		local id

		printf 'code,name,kind,address,postcode,city,country\n%s\n%s\n' \
		    'DESK,Desk,desk,1 rue,75001,Paris,FR' \
		    "LOG,Logistics,logistics,1 rue du Fret,1000,Ville,$2" |
		    case-load -q sites
		id=$(case-open fault --serial $1 --pilot ANNE -m x)
		case-triage -q exchange -m c $id
		case-mail
		rm -f sent/*
		case-ship -q slip $id
		case-mail
		read_mails sent/* | sed -n '/Adresse de retour/,/joint/p'
	}
	slip QA-1 FR >text
	grep -qx '    1000 Ville' text
	run -1 grep -iw -e FR -e France text
	slip QA-2 BE >text
	run -0 grep -A 1 '1000 Ville' text
	assert_line --index 1 '    BELGIQUE'
}

@test "what an expertise is promised to take is what is set" {
	case-config due.expertise.limit '20 bd'
	case-config due.expertise.deliver '3 bd'
	id=$(case-open expertise --serial XP-1 --pilot EVE -m x)
	case-triage -q expertise -m n $id
	case-mail
	rm sent/*
	case-ship -q dossier $id
	case-mail
	read_mails sent/* >text
	# Their blanks do not break.
	grep -q '^ *sous 20.jours ouvrés' text
	grep -q 'livraison.: 3.jours ouvrés après' text
}

@test "who answers learns what the customer asked; the customer what came of it" {
	case-load -q staff <<-'CSV'
	code,name,email,language,roles
	PAUL,Paul,paul@firm.example,en,pilot
	CSV
	id=$(case-open emergency --serial QA-1 --risk people --pilot ANNE \
	    -m 'smoke comes out')
	case-assign -q PAUL $id
	case-triage -q none -m nothing $id
	case-close -q --satisfaction 4 --outcome repaired $id
	case-mail
	read_mails sent/* >text
	grep -q "paul@firm.example> | EMERGENCY - Case $id: you answer" text
	grep -q 'smoke comes out' text
	grep -q '(emergency)' text
	grep -q 'Risk: people' text
	grep -q 'Résultat.: réparé' text
}

@test "a program that fails without a word leaves its exit code" {
	case-open -q fault --serial QA-1 -m x
	CASE_SENDMAIL=/bin/false case-mail
	assert_equal "$(case-mail --list -o why)" '(exit 1)'
}

@test "what may pass is tried again, later and later; the rest is kept" {
	case-open -q fault --serial QA-1 -m x
	export CASE_SENDMAIL='sh -c "echo greylisted >&2; exit 75"'
	run -0 case-mail
	assert_output ''
	assert_equal "$(case-mail --list -o state,tries,why)" \
	    $'queued\t1\tgreylisted (exit 75)'
	case-mail
	assert_equal "$(case-mail --list -o tries)" 1
	CASE_NOW=2026-05-04T10:01:00+02:00
	case-mail
	assert_equal "$(case-mail --list -o tries,next_at)" \
	    $'2\t2026-05-04T10:03:00+02:00'
	CASE_NOW=2026-05-04T10:03:00+02:00
	export CASE_SENDMAIL='sh -c "echo no such user; exit 67"'
	run -1 case-mail
	assert_output --partial 'acme@acme.example: no such user (exit 67)'
	run -0 case-mail
	assert_equal "$(case-mail --list -o state)" failed
	export CASE_SENDMAIL=./sendmail
	case-mail --retry
	assert_equal "$(case-mail --list)" ''
	assert_equal "$(find sent -type f | wc -l)" 1
}

@test "no address: on paper; no sender, no command: said" {
	case-open -q complaint --customer DIST -m x
	assert_equal "$(case-mail --list -o kind,state)" $'opened\tpaper'
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 0
	case-open -q fault --serial QA-1 -m x
	CASE_SENDMAIL=/nonexistent/sendmail run -1 case-mail
	assert_output --partial 'nothing can be delivered: '
	assert_output --partial 'not found (exit 127)'
	assert_equal "$(case-mail --list -o state,tries)" $'paper\t0\nqueued\t0'
	case-config --unset mail.from
	run -1 case-mail
	assert_output --partial 'mail.from'
	run -1 case-mail -n
	assert_output --partial 'mail.from'
	case-config mail.from service@firm.example
	run -0 case-mail
	assert_output ''
	assert_equal "$(find sent -type f | wc -l)" 1
}

@test "what may pass and does not is given up after five days" {
	export CASE_SENDMAIL='sh -c "echo down; exit 75"'
	case-open -q fault --serial QA-1 -m x
	at=$(date -d "$CASE_NOW" +%s)
	for n in $(seq 27); do
		CASE_NOW=$(date -d "@$at" --iso-8601=seconds) run -0 case-mail
		[ -z "$output" ] || echo "$at $output" >>said
		at=$(sql 'SELECT next_at FROM delivery')
	done
	[ $(((at - $(date -d "$CASE_NOW" +%s)) / 86400)) -eq 4 ]
	assert_equal "$(cut -d' ' -f2- said | sort -u)" "case-mail: late\
 messages: 1, the first queued at 2026-05-04T10:00:00+02:00: down (exit 75);\
 case-mail --list shows them"
	assert_equal "$(wc -l <said)" 5
	CASE_NOW=$(date -d "@$at" --iso-8601=seconds) run -1 case-mail
	assert_output --partial 'down (exit 75); given up after 28 tries'
	assert_equal "$(case-mail --list -o state)" failed
	case-mail --retry || :
	export CASE_SENDMAIL=./sendmail
	case-mail --retry
	assert_equal "$(case-mail --list)" ''
}

# At the times of the tries: after an hour, then each day.
@test "that messages are late is said once a day" {
	late() {
		CASE_NOW=$1 run -0 case-mail
		if [ "$2" = 0 ]; then
			assert_output ''
		else
			assert_output "case-mail: late messages: $2, the first\
 queued at 2026-05-04T10:00:00+02:00: down (exit 75); case-mail --list shows them"
		fi
	}
	export CASE_SENDMAIL='sh -c "echo down; exit 75"'
	case-open -q fault --serial QA-1 -m x
	case-open -q fault --serial QA-2 -m x
	late 2026-05-04T10:00:00+02:00 0
	late 2026-05-04T10:59:59+02:00 0
	late 2026-05-04T11:02:00+02:00 2
	# Also those that come later, and what was mended in between.
	CASE_NOW=2026-05-04T11:02:00+02:00 case-open -q fault --serial QA-3 -m x
	late 2026-05-04T20:00:00+02:00 0
	late 2026-05-05T11:01:59+02:00 0
	late 2026-05-05T18:00:00+02:00 3
	late 2026-05-06T17:00:00+02:00 0
	late 2026-05-07T00:30:00+02:00 3
	# What was not tried is not late, nor is what has gone.
	export CASE_SENDMAIL=$PWD/sendmail
	late 2026-05-09T10:00:00+02:00 0
	assert_equal "$(find sent -type f | wc -l)" 3
	CASE_NOW=2026-05-10T10:00:00+02:00 case-open -q fault --serial LC-1 -m x
	export CASE_SENDMAIL='sh -c "echo down; exit 75"'
	late 2026-05-10T10:00:00+02:00 0
}

@test "an address that was mended; a message told otherwise" {
	export CASE_SENDMAIL='sh -c "grep -q acme@acme.example && exit 67; exit 75"'
	case-open -q fault --serial QA-1 -m x
	case-open -q complaint --customer DIST -m x
	case-open -q complaint --customer DIST -m y
	run -1 case-mail
	assert_equal "$(case-mail --list -o state)" $'failed\npaper\npaper'
	export CASE_SENDMAIL=./sendmail
	case-load -q customers <<-'CSV'
	code,name,type,email
	ACME,Acme SA,end,new@acme.example
	CSV
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 0
	case-mail --retry
	read_mails sent/* | grep -q 'new@acme.example'
	assert_equal "$(sql "SELECT address, state FROM v_message
	    WHERE recipient = 'ACME'")" 'new@acme.example|sent'
	# One gets an address, the other is called.
	first=$(case-mail --list -o message | head -n 1)
	case-mail --drop $first
	run -1 case-mail --drop $first
	assert_output --partial "$first: no such message waits"
	printf 'code,name,type,email\n%s\n' 'DIST,Dist,distributor,d@d.example' |
	    case-load -q customers
	case-mail --retry
	assert_equal "$(case-mail --list)" ''
	assert_equal "$(find sent -type f | wc -l)" 2
	# Names as the list gives them, from a pipe; those that are none.
	case-open -q complaint --customer BETA -m x
	case-mail --list | case-mail --drop
	assert_equal "$(case-mail --list)" ''
	run -2 case-mail --drop 16
	run -2 case-mail --drop --list
	run -2 case-mail --json
	run -1 case-mail --drop <<<'no message'
	assert_output --partial "'no message' is no message"
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 2
}

@test "what the mailer leaves running is not waited for" {
	case-open -q fault --serial QA-1 -m x
	printf '#!/bin/sh\ncat >/dev/null\nsleep 1000 &\necho $! >left\n' \
	    >forks
	chmod +x forks
	CASE_SENDMAIL=./forks timeout 60 case-mail 3>&-
	kill "$(cat left)"
	assert_equal "$(case-mail --list)" ''
}

@test "a mailer that hangs is ended, and its message tried again" {
	case-open -q fault --serial QA-1 -m x
	printf 'import signal\nprint(signal.alarm(0))\nraise SystemExit(75)\n' \
	    >asks
	export CASE_SENDMAIL="/usr/bin/python3 asks"
	case-mail
	assert_equal "$(case-mail --list -o why)" '600 (exit 75)'
	# What the alarm does to it.
	CASE_SENDMAIL='sh -c "kill -ALRM \$\$"' case-mail --retry
	assert_equal "$(case-mail --list -o state,why)" \
	    $'queued\tit hung for 10 minutes'
}

@test "a failure is none the less one where children are ignored" {
	case-open -q fault --serial QA-1 -m x
	export CASE_SENDMAIL='sh -c "exit 75"'
	/usr/bin/python3 - <<-'PY'
	import os, signal
	signal.signal(signal.SIGCHLD, signal.SIG_IGN)
	os.execvp('case-mail', ['case-mail'])
	PY
	assert_equal "$(case-mail --list -o state,tries)" $'queued\t1'
}

@test "sendmail is found where cron's path does not lead" {
	case-open -q fault --serial QA-1 -m x
	printf 'echo "$PATH" >path; cat >/dev/null\n' >where
	PATH=$CASE_BUILD/bin:/usr/bin:/bin CASE_SENDMAIL="sh where" \
	    case-mail
	grep -q '/usr/sbin' path
}

@test "one at a time; a dry run changes nothing" {
	case-open -q fault --serial QA-1 -m x
	run -0 case-mail -n
	assert_output --partial 'Message-ID: <'
	assert_equal "$(find sent -type f | wc -l)" 0
	exec 9<"$CASE_DB"
	flock 9
	run -0 case-mail
	assert_equal "$(find sent -type f | wc -l)" 0
	exec 9<&-
	case-mail
	assert_equal "$(find sent -type f | wc -l)" 1
}

@test "a site's own template; one that is wrong is told with its place" {
	mkdir own
	case-config template.dir "$PWD/own"
	printf 'Chez nous : {{number}}\nBonjour {{name}}\n' >own/opened.fr.txt
	case-open -q fault --serial QA-1 -m x
	run -1 case-mail
	assert_output --partial 'own/opened.fr.txt:2: there is no '"'name'"
	# Also where this message does not come by, and in what it takes in.
	printf 'x\n{{#risk}}\n{{#steps}}{{whta}}{{/steps}}\n{{/risk}}\n' \
	    >own/opened.fr.txt
	run -1 case-mail --retry
	assert_output --partial "own/opened.fr.txt:3: there is no 'whta' here"
	printf '{{#several}}\n{{>own.fr.txt}}{{/several}}\n' >own/opened.fr.txt
	printf '\n{{#more}}\n' >own/own.fr.txt
	run -1 case-mail --retry
	assert_output --partial "own/own.fr.txt:2: 'more' is not closed"
	printf 'Chez nous : {{number}}\nBonjour\n' >own/opened.fr.txt
	case-mail --retry
	read_mails sent/* | grep -q '| Chez nous : 1000015'
}
