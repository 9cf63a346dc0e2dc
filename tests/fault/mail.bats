# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086,SC2034 # each test is a subshell
# A real MTA on loopback: nothing lost, nothing twice; and one that fails, while
# case-mail is killed.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	{
		echo code,name,type,language,email
		seq 50 | sed 's/.*/K&,Client & Œuvre,end,fr,k&@k.example/'
		seq 51 100 | sed 's/.*/K&,Customer &,end,en,k&@k.example/'
	} | case-load -q customers
	case-config mail.from service@firm.example
}

teardown() {
	[ -z "${sink-}" ] || kill "$sink"
}

# N cases, and so as many messages.
many() {
	local n

	for n in $(seq "$1"); do
		printf '{"kind":"complaint","customer":"K%d",' $((n % 100 + 1))
		printf '"message":"m %d"}\n' "$n"
	done | case-open -q --batch
}

# N exchanges up to the slip, for 75 customers (or M): two messages to the customer
# each, and one mail for the slips of who has several.
exchanges() {
	local n

	for n in $(seq "$1"); do
		printf '{"kind":"fault","unit":["QO120:K%d"],' "$n"
		printf '"customer":"K%d","pilot":"ANNE",' $((n % ${2:-75} + 1))
		printf '"sold-on":"2026-01-02",'
		printf '"message":"m %d"}\n' "$n"
	done | case-open --batch >numbers
	case-triage -q exchange -m c <numbers
	case-ship -q slip <numbers
}

# An SMTP server that keeps of what it takes: Message-ID, to whom, language,
# what it is made of, the cases. Its port in $port.
start_sink() {
	/usr/bin/python3 - "$PWD" 3>&- <<-'PY' &
	import asyncio, email, os, re, socket, sys
	from aiosmtpd.smtp import SMTP
	class Keep:
	    async def handle_DATA(self, server, session, envelope):
	        m = email.message_from_bytes(envelope.content)
	        parts = [p.get_content_subtype() for p in m.walk()
	                 if not p.is_multipart()]
	        with open(sys.argv[1] + '/taken', 'a') as f:
	            print(m['Message-ID'], envelope.rcpt_tos[0],
	                  m['Content-Language'], '+'.join(parts),
                  *re.findall('case-([0-9]*)@', m['References']), file=f)
	        return '250 OK'
	class Quick(SMTP):
	    # Who sends small pieces waits 40 ms for an answer to the first.
	    def data_received(self, data):
	        super().data_received(data)
	        self.transport.get_extra_info('socket').setsockopt(
	            socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
	async def main():
	    loop = asyncio.get_running_loop()
	    server = await loop.create_server(lambda: Quick(Keep(), loop=loop),
	                                      '127.0.0.1', 0)
	    port = server.sockets[0].getsockname()[1]
	    with open(sys.argv[1] + '/port.new', 'w') as f:
	        f.write(str(port))
	    os.rename(sys.argv[1] + '/port.new', sys.argv[1] + '/port')
	    await server.serve_forever()
	asyncio.run(main())
	PY
	sink=$!
	until [ -e port ]; do
		kill -0 "$sink" || return
		read -rt 0.02 <> <(:) || :
	done
	port=$(cat port)
}

@test "a day of 1,000 messages arrives complete, each exactly once" {
	start_sink
	cat >msmtprc <<-END
	account default
	host 127.0.0.1
	port $port
	from service@firm.example
	END
	chmod 600 msmtprc
	export CASE_SENDMAIL="msmtp -C msmtprc -t -i"
	many 800
	exchanges 100
	run -0 case-mail
	assert_output ''
	# A customer's slips are one mail, with one slip.
	assert_equal "$(sql 'SELECT count(*) FROM outbox')" 1000
	assert_equal "$(wc -l <taken)" 975
	assert_equal "$(cut -d' ' -f1 taken | sort -u | wc -l)" 975
	assert_equal "$(cut -d' ' -f3-4 taken | sort | uniq -c | tr -s ' ')" \
	    " 425 en plain+html
 25 en plain+html+html
 475 fr plain+html
 50 fr plain+html+html"
	# Each message is told once, by the mail in which it went, to whom it is
	# for.
	while read -r id to _ _ cases; do
		for case in $cases; do
			echo "$id $to $case"
		done
	done <taken | tr -d '<>' | sort >told
	sql "SELECT l.message_id || ' ' || m.address || ' ' || m.case_id
	    FROM v_message AS m JOIN v_message AS l
	    ON l.seq = ifnull(m.mail_seq, m.seq)
	    AND l.n = ifnull(m.mail_n, m.n)" | sort >messages
	assert_equal "$(wc -l <messages)" 1000
	run -0 diff told messages
	assert_equal "$(cut -d' ' -f2 taken | sort -u | wc -l)" 100
	assert_equal "$(case-mail --list)" ''
}

@test "an MTA that fails, and case-mail killed: all arrive, doubles have one ID" {
	rounds=30 messages=60
	[ -z "${CASE_SOAK-}" ] || rounds=200 messages=1000
	cat >sendmail <<-'SH'
	#!/bin/bash
	cat >mail.$$
	id=$(sed -n 's/^Message-ID: //p' mail.$$)
	cases=$(sed -n 's/.*<\(case-.*\)@.*/\1/p' mail.$$)
	rm mail.$$
	case $((RANDOM % 5)) in
	0) exit 75 ;;
	1) exit 69 ;;
	esac
	echo "$id" $cases >>taken
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=./sendmail
	many $messages
	exchanges 24 8
	now=$(date -d "$CASE_NOW" +%s)
	for round in $(seq $rounds); do
		# The day goes on, so that what waits is tried again.
		CASE_NOW=$(date -d "@$((now + round * 3600))" --iso-8601=seconds)
		export CASE_NOW
		case-mail 3>&- &
		pid=$!
		read -rt "0.0$((RANDOM % 9))" <> <(:) || :
		kill -9 "$pid" 2>/dev/null || :
		wait "$pid" || :
	done
	for round in $(seq 60); do
		[ -n "$(case-mail --list)" ] || break
		CASE_NOW=$(date -d "$CASE_NOW + 7 hours" --iso-8601=seconds)
		case-mail
	done
	assert_equal "$(case-mail --list)" ''
	# Of one ID, one set of cases.
	assert_equal "$(sort -u taken | cut -d' ' -f1 | tr -d '<>')" \
	    "$(sql "SELECT message_id FROM v_message WHERE (seq, n) =
	    (ifnull(mail_seq, seq), ifnull(mail_n, n))" | sort)"
	assert_equal "$(sort -u taken | cut -d' ' -f2- | tr ' ' '\n' | wc -l)" \
	    "$(sql 'SELECT count(*) FROM outbox')"
	# Whoever was killed repeated at most the one in hand.
	doubles=$(($(wc -l <taken) - $(sort -u taken | wc -l)))
	[ $doubles -le $rounds ]
	case-audit rebuild
}

# A mailer that takes the mail and then kills who handed it over.
killing() {
	cat >killer <<-'SH'
	#!/bin/sh
	cat >"taken.$(($(ls taken.* 2>/dev/null | wc -l) + 1))"
	kill -9 "$PPID"
	SH
	chmod +x killer
	CASE_SENDMAIL=$PWD/killer run -137 case-mail
}

@test "killed after the mail of several slips was taken: the same one again" {
	exchanges 4
	CASE_SENDMAIL=true case-mail
	for n in 5 6 7; do
		printf '{"kind":"fault","unit":["QO120:Z%d"],"customer":"K1",' "$n"
		printf '"pilot":"ANNE","sold-on":"2026-01-02","message":"m"}\n'
	done | case-open --batch >numbers
	case-triage -q exchange -m c <numbers
	CASE_SENDMAIL=true case-mail
	head -n 2 numbers | case-ship -q slip
	killing
	# Another one does not join what may be with the customer already.
	sed -n 3p numbers | case-ship -q slip
	killing
	run -0 cmp taken.1 taken.2
	assert_equal "$(grep -c '<case-' taken.1)" 2
	assert_equal "$(case-mail --list -o state,tries | sort | uniq -c |
	    tr -s ' ')" " 3 queued	0"
	cat >keeper <<-'SH'
	#!/bin/sh
	cat >"kept.$$"
	SH
	chmod +x keeper
	CASE_SENDMAIL=$PWD/keeper case-mail
	assert_equal "$(find . -name 'kept.*' | wc -l)" 2
	run -0 cmp taken.1 "$(grep -l "case-$(head -n 1 numbers)@" kept.*)"
	assert_equal "$(case-mail --list)" ''
	case-audit rebuild
}
