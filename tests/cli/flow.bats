# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# shellcheck disable=SC2086 # words
# case-flow and case-duty.

setup() {
	load ../helper
	load ../master
	case_setup
}

@test "the workflow, without a file too" {
	export CASE_DB=/nonexistent/case.db
	run -0 case-flow exchange
	assert_equal "${#lines[@]}" 8
	run -0 case-flow
	assert_output --regexp $'\nexpertise\tdeliver\t.*2 bd °'
	assert_output --regexp $'\nexpertise\tanalyse\t.*9 bd °'
	assert_output --regexp $'\nexpertise\treport\t.*4 bd °'
	run -2 case-flow nonsense
}

@test "due times are those of the file" {
	master_db
	case-config due.exchange.return '12 bd'
	run -0 case-flow exchange
	assert_output --regexp $'exchange\treturn\t.*12 bd'
	id=$(case-open fault --serial QA-1 --pilot ANNE -m x)
	case-triage -q exchange -m c "$id"
	case-ship -q slip "$id"
	assert_equal "$(due_of "$id" return 1)" 2026-05-22T18:00:00+02:00
	# What is open keeps what was promised.
	case-config --unset due.exchange.return
	assert_equal "$(due_of "$id" return 1)" 2026-05-22T18:00:00+02:00
	case-audit rebuild
}

@test "as a picture: Graphviz reads it" {
	for process in '' fault exchange repair expertise complaint; do
		# shellcheck disable=SC2086 # none is all
		case-flow -T dot $process | dot -Tsvg >picture.svg
		grep -q '<svg' picture.svg
	done
	grep -q acknowledge picture.svg
}

@test "the desk answers in its hours, the roster outside them" {
	master_db
	printf 'staff,from,to\n%s\n%s\n' \
	    'PAUL,2026-05-04T18:00,2026-05-08T08:00' \
	    'ANNE,2026-05-08T08:00,2026-05-12T08:00' | case-load -q duty
	run -0 case-duty --at 2026-05-05T09:00
	assert_output --partial desk
	run -0 case-duty --at 2026-05-05T18:00
	assert_output --partial PAUL
	run -0 case-duty --at 2026-05-05T07:59:59
	assert_output --partial PAUL
	# 8 May is a feast, then a weekend.
	run -0 case-duty --at 2026-05-08T12:00
	assert_output --partial ANNE
	run case-duty --at 2026-05-20T20:00
	assert_output --partial gap
}

@test "gaps and overlaps over a year, daylight saving included" {
	master_db
	# Weeks from Monday 8:00 in turn, in local time, without a gap.
	{
		echo staff,from,to
		for week in $(seq 0 53); do
			from=$(date -d "2025-12-29 + $week weeks" +%F)
			to=$(date -d "2025-12-29 + $((week + 1)) weeks" +%F)
			[ $((week % 2)) = 0 ] && who=PAUL || who=ANNE
			echo "$who,${from}T08:00,${to}T08:00"
		done
	} >roster
	case-load -q duty roster
	run -0 case-duty --check 2026-01-01 2026-12-31
	assert_output ''

	# Somebody is away for a night of spring and for one of autumn, and one
	# Wednesday in between at ten, when the desk answers.
	sqlite3 "$CASE_DB" "
	    UPDATE duty SET \"to\" = unixepoch('2026-03-28 17:00')
	    WHERE \"from\" = unixepoch('2026-03-23 07:00');
	    UPDATE duty SET \"from\" = unixepoch('2026-10-26 09:00')
	    WHERE \"from\" = unixepoch('2026-10-26 07:00');
	    UPDATE duty SET \"to\" = unixepoch('2026-10-24 22:00')
	    WHERE \"from\" = unixepoch('2026-10-19 06:00')"
	run -1 case-duty --check 2026-01-01 2026-12-31
	assert_equal "${#lines[@]}" 2
	assert_line --index 0 --partial \
	    $'gap\t2026-03-28T18:00:00+01:00\t2026-03-30T08:00:00+02:00'
	assert_line --index 1 --partial \
	    $'gap\t2026-10-25T00:00:00+02:00\t2026-10-26T08:00:00+01:00'

	# Two at once are told as well, outside the desk's hours only.
	echo 'TECH,2026-06-10T17:00,2026-06-10T20:00' |
	    sed '1i staff,from,to' | case-load -q duty
	run -1 case-duty --check 2026-06-01 2026-06-30
	assert_equal "${#lines[@]}" 1
	assert_output --partial \
	    $'overlap\t2026-06-10T18:00:00+02:00\t2026-06-10T20:00:00+02:00'
}

# As the service's own description has it: process, step, who, after what, due,
# and what giving it up does.
@test "the shipped workflow is the service's" {
	export CASE_DB=/nonexistent/case.db
	cat >service <<-'T'
	fault	assign	contact	opening	4 wh	no
	fault	triage	pilot	assign	1 bd	no
	emergency	assign	desk	opening	15 min	no
	emergency	triage	pilot	assign	30 min	no
	expertise	assign	contact	opening	4 wh	no
	expertise	triage	pilot	assign	1 bd	no
	complaint	assign	contact	opening	4 wh	no
	complaint	classify	pilot	assign	1 bd	no
	complaint	acknowledge	pilot	classify	2 bd from opening	passes
	complaint	solve	pilot	classify	5 bd	no
	recall	notify	desk	opening	1 bd	passes
	recall	respond	customer	notify	10 bd	passes
	exchange	order	customer	start		no
	exchange	request	pilot	order	1 bd	no
	exchange	replacement	logistics	request	1 bd	passes
	exchange	slip	pilot	order	1 bd	passes
	exchange	return	customer	slip	10 bd	ends
	exchange	receive	logistics	return		ends
	exchange	forward	logistics	order, receive	2 bd	ends
	exchange	analyse	plant	forward	10 bd	passes
	repair	quote	pilot	start	2 bd	no
	repair	order	customer	quote	the date given	no
	repair	request	pilot	order	1 bd	no
	repair	slip	pilot	order	1 bd	passes
	repair	return	customer	slip	10 bd	ends
	repair	receive	repair	return		ends
	repair	fix	repair	request, receive	10 bd	no
	repair	send-back	repair	fix	1 bd	passes
	expertise	dossier	desk	start	1 bd	no
	expertise	book	customer	dossier	5 bd	passes
	expertise	pickup	carrier	book	the day of the appointment, else 2 bd	ends
	expertise	deliver	carrier	pickup	2 bd °	ends
	expertise	analyse	expertise	deliver	9 bd °	no
	expertise	report	desk	analyse	4 bd °	no
	expertise	survey	customer	report	10 bd	passes
	expertise	send-back	expertise	analyse	5 bd	passes
	advice	advise	expert	start	1 bd, in an emergency 2 h	passes
	parts	parts	logistics	start	4 h	no
	intervention	dispatch	desk	start	1 h	no
	intervention	arrive	technician	dispatch	8 h	passes
	intervention	intervene	technician	arrive	24 h	no
	correction	correct	named	start	the date given, else 30 bd	no
	correction	verify	quality	correct	the date given, else 30 bd	no
	refund	refund	desk	start	10 bd	no
	T
	case-flow | cut -f1,2,4-7 >engine
	# What every kind has besides.
	for kind in fault emergency expertise complaint recall; do
		printf '%s\tanswer\tcustomer\twhen it is asked for\t5 bd\tpasses\n' $kind
		printf '%s\treceive\tsite\twhen it is asked for\t\tpasses\n' $kind
		printf '%s\tsend-back\tsite\twhen it is asked for\t5 bd\tpasses\n' $kind
		printf '%s\tclose\tpilot\tall that holds the case\t2 bd\tno\n' $kind
	done | grep -v recall.close >>service
	printf '%s\ttriage\tpilot\twhen it is asked for\t1 bd\tno\n' \
	    complaint recall >>service
	diff <(sort service) <(sort engine)
	assert_equal "$(case-flow | grep chased | cut -f1,2 | sort | xargs)" \
	    "complaint answer emergency answer exchange order exchange return \
expertise answer expertise book expertise survey fault answer recall answer \
recall respond repair order repair return"
	assert_equal "$(case-flow | grep 'does not hold' | cut -f2 | sort -u |
	    xargs)" 'answer survey'
}
