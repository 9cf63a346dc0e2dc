# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Many people at once, the crontab beside them, some of them killed.

setup() {
	load ../helper
	load ../master
	load ../recall
	case_setup
	export CASE_NOW=2026-05-04T08:00:00+02:00
	recall_db
	{
		echo reference,serial,sold_on,customer
		for n in $(seq 0 399); do
			who=(ACME BETA DIST)
			echo "QO120,S$n,2025-0$((n % 9 + 1))-01,${who[n % 3]}"
		done
	} | case-load -q units
	printf 'code,name,type,language,email\n%s\n%s\n%s\n' \
	    'ACME,Acme SA,end,fr,a@acme.example' \
	    'BETA,Beta Ltd,end,en,b@beta.example' \
	    'DIST,Distri,distributor,fr,d@dist.example' |
	    case-load -q customers
	printf 'code,name,kind,region,email\n%s\n%s\n' \
	    'LOG,Logistics,logistics,FR,log@firm.example' \
	    'REP,Repair,repair,FR,rep@firm.example' | case-load -q sites
	printf 'code,name,email,roles\n%s\n%s\n' \
	    'PAUL,Paul,paul@firm.example,pilot' \
	    'EVE,Eve,eve@firm.example,expert' | case-load -q staff
	case-config mail.from service@firm.example
	case-config supervisor ANNE
	case-config duty.fallback PAUL
	case-config web.url https://firm.example/case
	recall_notice
	echo photo >photo
	: >sent
	# Takes a mail, or one in twenty not; says which one it took.
	cat >sendmail <<-'SH'
	#!/bin/bash
	id=$(sed -n 's/^Message-ID: //p')
	[ $((RANDOM % 20)) -ne 0 ] || exit 75
	printf '%s\n' "$id" >>sent
	SH
	chmod +x sendmail
	export CASE_SENDMAIL=$PWD/sendmail
}

@test "twenty people at once for some days" {
	run "$BATS_TEST_DIRNAME/day.py" "${DAY_SECONDS:-120}" 20
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "two people at once for some days" {
	run "$BATS_TEST_DIRNAME/day.py" "${DAY_SECONDS:-120}" 2
	echo "$output"
	[ "$status" -eq 0 ]
}
