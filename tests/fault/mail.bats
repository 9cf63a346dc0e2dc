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

# N exchanges up to the slip: two messages to the customer each.
exchanges() {
	local n

	for n in $(seq "$1"); do
		printf '{"kind":"fault","unit":["QO120:K%d"],' "$n"
		printf '"customer":"K%d","pilot":"ANNE",' $((n % 100 + 1))
		printf '"sold-on":"2026-01-02",'
		printf '"message":"m %d"}\n' "$n"
	done | case-open --batch >numbers
	case-triage -q exchange -m c <numbers
	case-ship -q slip <numbers
}

# An SMTP server that keeps of what it takes: Message-ID, to whom, language,
# what it is made of. Its port in $port.
start_sink() {
	/usr/bin/python3 - "$PWD" 3>&- <<-'PY' &
	import asyncio, email, os, socket, sys
	from aiosmtpd.smtp import SMTP
	class Keep:
	    async def handle_DATA(self, server, session, envelope):
	        m = email.message_from_bytes(envelope.content)
	        parts = [p.get_content_subtype() for p in m.walk()
	                 if not p.is_multipart()]
	        with open(sys.argv[1] + '/taken', 'a') as f:
	            print(m['Message-ID'], envelope.rcpt_tos[0],
	                  m['Content-Language'], '+'.join(parts), file=f)
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
	export CASE_SENDMAIL="msmtp -C $PWD/msmtprc -t -i"
	many 800
	exchanges 100
	run -0 case-mail
	assert_output ''
	assert_equal "$(wc -l <taken)" 1000
	assert_equal "$(sort -u taken | wc -l)" 1000
	# The slips have one attached; half are for each language.
	assert_equal "$(cut -d' ' -f3- taken | sort | uniq -c | tr -s ' ')" \
	    " 450 en plain+html
 50 en plain+html+html
 450 fr plain+html
 50 fr plain+html+html"
	assert_equal "$(cut -d' ' -f1 taken | tr -d '<>' | sort)" \
	    "$(sql 'SELECT message_id FROM outbox ORDER BY 1' | sort)"
	assert_equal "$(cut -d' ' -f2 taken | sort -u | wc -l)" 100
	assert_equal "$(case-mail --list)" ''
}

@test "an MTA that fails, and case-mail killed: all arrive, doubles have one ID" {
	rounds=30 messages=60
	[ -z "${CASE_SOAK-}" ] || rounds=200 messages=1000
	cat >sendmail <<-'SH'
	#!/bin/bash
	id=$(grep -m1 '^Message-ID: ')
	cat >/dev/null
	case $((RANDOM % 5)) in
	0) exit 75 ;;
	1) exit 69 ;;
	esac
	echo "$id" >>taken
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=$PWD/sendmail
	many $messages
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
	assert_equal "$(sort -u taken | sed 's/.*<//; s/>.*//')" \
	    "$(sql 'SELECT message_id FROM outbox' | sort)"
	# Whoever was killed repeated at most the one in hand.
	doubles=$(($(wc -l <taken) - $(sort -u taken | wc -l)))
	[ $doubles -le $rounds ]
	case-audit rebuild
}
