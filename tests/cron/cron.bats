# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2086 # numbers; each test is a subshell
# shellcheck disable=SC2238 # crontab is a file here
# A real cron, for which a month passes in seconds: see clock.c. And the examples
# of how the commands are run, as they are installed.

setup() {
	load ../helper
	load ../master
	load ../remind
	case_setup
	master_db
	remind_staff
	${CC:-cc} -shared -fPIC -o clock.so "$BATS_TEST_DIRNAME/clock.c"
	export TZ=Europe/Paris
}

# From a time to another; what it prints is what cron would send by mail.
cron() {
	perl -e 'print pack("q", $ARGV[0])' "$(date -d "$1" +%s)" >clock
	CLOCK=$PWD/clock CLOCK_END=$(date -d "$2" +%s) \
	    LD_PRELOAD=$PWD/clock.so GUILE_AUTO_COMPILE=0 \
	    ASAN_OPTIONS=verify_asan_link_order=0 \
	    mcron --stdin=vixie - <"$3" 2>&1 3>&-
}

# The reminders, at the time of cron's clock, and what they told.
reminders() {
	cat >job <<-'SH'
	# Everything but the time is real.
	CASE_NOW=$(date --iso-8601=seconds)
	export CASE_NOW
	unset LD_PRELOAD
	cd "${0%/*}" || exit
	date -d "$CASE_NOW" "+%s $1" >>runs
	case $1 in
	URGENT) case-remind --urgent --within 1d ;;
	*) case-remind --within 1d ;;
	esac
	SH
	cat >crontab <<-END
	0 7 * * 1-5 sh $PWD/job
	*/20 1-4 * * 0 sh $PWD/job URGENT
	END
}

# The emergency's step is due in the night of the change; cases from then on.
prepare() {
	CASE_NOW=$1 case-config due.emergency.triage "$3"
	CASE_NOW=$1 case-open -q emergency --serial QA-1 --pilot PAUL \
	    --risk people -m x
	remind_cases "$2"
	cp "$CASE_DB" before.db
}

compare() {
	remind_wanted before.db <runs | sort >wanted
	while read -r at _; do
		remind_got "$at"
	done <runs | sort >got
	diff wanted got
	[ "$(wc -l <wanted)" -gt 50 ]
	case-audit rebuild
}

# The days at whose seven o'clock it ran, and how often at all.
days() {
	while read -r at _; do
		date -d "@$at" '+%F %H:%M'
	done <runs | sed -n 's/ 07:00$//p'
}

@test "a month with the night of 25 hours; a weekend without cron" {
	reminders
	# Due at the second half past two of the night.
	prepare 2026-10-17T03:30:00+02:00 '2026-09-10 09:00 +02:00' '192 h'
	run -0 cron '2026-10-12 12:00' '2026-10-30 06:00' crontab
	assert_output ''
	run -0 cron '2026-11-02 09:00' '2026-11-14 12:00' crontab
	assert_output ''
	assert_equal "$(days)" "$(for day in 13 14 15 16 19 20 21 22 23 26 \
	    27 28 29; do echo 2026-10-$day; done
	    for day in 03 04 05 06 09 10 11 12 13; do echo 2026-11-$day; done)"
	grep -q URGENT runs
	compare
}

@test "a month with the night of 23 hours, and Easter" {
	reminders
	# Due when it is two and three o'clock at once.
	prepare 2026-03-21T02:00:00+01:00 '2026-02-10 09:00 +01:00' '192 h'
	run -0 cron '2026-03-22 12:00' '2026-04-22 12:00' crontab
	assert_output ''
	assert_equal "$(days | wc -l)" 23
	grep -q URGENT runs
	compare
}

# As `make install` puts them, for a place of our own. make knows no blanks in
# names, and the folder of the sources may have some.
install_examples() {
	build=$(realpath --relative-to="$tests/.." "$CASE_BUILD")
	make -s -C "$tests/.." -o all install B="$build" \
	    PREFIX="$PWD/usr" >/dev/null
	examples=$PWD/usr/share/doc/case/examples
}

@test "the crontab of the examples runs as it is" {
	install_examples
	mkdir backups
	grep -q "^PATH=$PWD/usr/bin:" "$examples/crontab"
	sed "s,/var/lib/case/case.db,$CASE_DB,; s,/var/backups/case,$PWD/backups,
	    s,/var/lib/case/www,$PWD/www," "$examples/crontab" >crontab
	printf '#!/bin/sh\ncat >>%s/sent\n' "$PWD" >sendmail
	chmod +x sendmail
	case-config mail.command "$PWD/sendmail"
	unset CASE_DB CASE_NOW
	CASE_DB=$PWD/case.db CASE_NOW=2026-05-04T09:00:00+02:00 \
	    case-open -q fault --serial QA-1 --pilot PAUL -m x
	touch -d 2026-03-01 backups/case-2026-03-01.db
	run -0 cron '2026-05-05 01:10' '2026-05-05 01:20' crontab
	assert_output ''
	assert_equal "$(ls backups)" case-2026-05-05.db
	[ -n "$(ls www/pages)" ]
	CASE_DB=$PWD/backups/case-2026-05-05.db case-audit verify
	grep -q '<paul@firm.example>' sent
	: >sent
	run -0 cron '2026-05-05 06:58' '2026-05-05 07:03' crontab
	assert_output ''
	grep -q '^Date: Tue, 5 May 2026 07:00:00 +0200' sent
	assert_equal "$(CASE_DB=$PWD/case.db case-mail --list)" ''
}

@test "the units of systemd are valid, and run what is installed" {
	install_examples
	run -0 systemd-analyze verify --man=no "$examples"/*.service \
	    "$examples"/*.timer
	assert_output ''
	for timer in "$examples"/*.timer; do
		[ -e "${timer%.timer}.service" ]
	done
	# The command of the backup, as the manager reads it.
	mkdir backups
	run=$(sed -n "s,/var/backups/case,$PWD/backups,g; s/\\$\\$/$/g
	    s/^ExecStart=//p" "$examples/case-backup.service")
	eval "$run"
	assert_equal "$(ls backups)" "case-$(date +%F).db"
}

@test "what was installed goes away again" {
	install_examples
	make -s -C "$tests/.." uninstall B="$build" PREFIX="$PWD/usr"
	assert_equal "$(find usr -type f -o -type l)" ''
}
