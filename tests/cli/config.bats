# SPDX-License-Identifier: ISC
# case-config: what is set, what is refused, what is recorded.

load ../helper

setup() {
	case_setup
	db_new >/dev/null
}

# The last event: value and old value, "-" for none.
recorded() {
	sql "SELECT verb, payload ->> '$.data.name',
	    ifnull(payload ->> '$.data.value', '-'),
	    ifnull(payload ->> '$.data.old', '-')
	    FROM event JOIN event_payload USING (seq)
	    ORDER BY seq DESC LIMIT 1"
}

refused() {
	local before

	before=$(sqlite3 "$CASE_DB" .dump | sha256sum)
	run -1 case-config "$@"
	assert_equal "$(sqlite3 "$CASE_DB" .dump | sha256sum)" "$before"
}

@test 'a value is set, read, changed, unset, and each time recorded' {
	run -0 case-config company
	assert_output ''
	run -0 case-config company 'Montclar Électrique'
	assert_output ''
	assert_equal "$(recorded)" 'config|company|Montclar Électrique|-'
	run -0 case-config company
	assert_output 'Montclar Électrique'
	case-config company Montclar
	assert_equal "$(recorded)" 'config|company|Montclar|Montclar Électrique'
	case-config --unset company
	assert_equal "$(recorded)" 'config|company|-|Montclar'
	run -0 case-config company
	assert_output ''
}

@test 'the same value again is no change' {
	case-config company A
	case-config company A
	case-config --unset brand
	assert_equal "$(sql 'SELECT count(*) FROM event')" 1
}

@test 'shipped values' {
	for setting in 'warranty.replacement=3' 'warranty.repair=3' \
	    'attachment.max=33554432' 'web.days=90' 'language=fr' \
	    'due.fault.assign=4 wh' 'due.emergency.assign=15 min' \
	    'due.expertise.deliver=2 bd' 'due.expertise.analyse=9 bd' \
	    'due.expertise.report=4 bd' 'due.expertise.limit=15 bd' \
	    'due.advice.advise=1 bd' 'due.emergency.advise=2 h' \
	    'due.intervention.intervene=24 h' 'due.recall.respond=10 bd' \
	    'due.exchange.receive=none'; do
		run -0 case-config "${setting%%=*}"
		assert_output "${setting#*=}"
	done
}

@test 'unknown names' {
	for name in nothing due due. due.fault due.fault.fly due.flight.assign \
	    due.fault.replacement due.emergency.quote calendar.FR.zone \
	    calendar.FR-AM.hours calendar..zone calendar.GB.colour; do
		refused "$name" 1
		assert_output "case-config: $name: no such setting"
		refused "$name"
	done
}

@test 'bad values' {
	while IFS='|' read -r name value; do
		refused -- "$name" "$value"
	done <<-END
		company|
		language|de
		mail.from|nobody
		mail.from|a@b.example, c@d.example
		desk|NOWHERE
		carrier|PIGEON
		duty.fallback|NOBODY
		supervisor|NOBODY
		warranty.repair|-1
		warranty.repair|three
		warranty.repair|+3
		warranty.repair|601
		warranty.replacement|3000000000
		chase.days|9223372036854775807
		chase.survey|101
		attachment.max|1e6
		attachment.max|1000000001
		web.days|36501
		web.url|ftp://x.example
		web.url|https://x.example/
		template.dir|templates
		due.fault.assign|4 days
		due.fault.assign|-4 wh
		calendar.GB.zone|Europe/Atlantis
		calendar.GB.hours|Mon-Fri 25:00-26:00
	END
	refused company $'A\nBcc: all@x.example'
	run -2 case-config company $'caf\xe9'
}

@test 'codes of what was loaded' {
	case-load -q sites <<<$'code,name,kind\nD,Desk,desk'
	case-load -q carriers <<<$'code,name\nDPD,DPD'
	case-load -q staff <<<$'code,name\nS1,Anne'
	case-config desk D
	case-config carrier DPD
	case-config duty.fallback S1
	run -0 case-config duty.fallback
	assert_output S1
}

@test 'the list has every setting once, and the calendars that were set' {
	case-config calendar.GB.zone Europe/London
	case-config calendar.GB.hours \
	    'Mon-Thu 08:00-12:00 13:30-18:00; Fri 08:00-12:00'
	case-config calendar.GB.hours 'Mon-Fri 09:00-17:30'
	case-config due.exchange.request '4 wh'
	run -0 case-config
	assert_line --partial $'calendar.GB.zone\tEurope/London\t'
	assert_line --partial $'due.exchange.request\t4 wh\t'
	assert_equal "$(cut -f 1 <<<"$output" | sort | uniq -d)" ''
	# What is listed can be read.
	cut -f 1,2 <<<"$output" | while IFS=$'\t' read -r name value; do
		assert_equal "$(case-config "$name")" "$value"
	done
}

@test '--json' {
	case-config company 'A "B"'
	run -0 case-config -j company
	assert_equal "$(jq -c '[.name, .value, .default]' <<<"$output")" \
	    '["company","A \"B\"",null]'
	case-config -j | jq -e -s 'map(has("value")) | all'
}

@test '-n changes nothing' {
	run -0 case-config -n company A
	assert_equal "$(case-config company)" ''
	run -1 case-config -n desk NOWHERE
}

@test 'usage' {
	run -2 case-config a b c
	run -2 case-config --unset
	run -2 case-config --unset a b
	CASE_DB=$PWD/none run -3 case-config
}

@test 'the only desk is the desk; of several, one has to be named' {
	# A holiday in Alsace and Moselle.
	export CASE_NOW=2026-04-03T10:00:00+02:00
	run -0 case-duty -o what
	assert_output desk
	printf '%s\n' code,name,kind,region DSK,Desk,desk,FR-AM |
	    case-load -q sites
	run -1 case-duty -o what
	assert_output gap
	printf '%s\n' code,name,kind D2,Other,desk | case-load -q sites
	run -0 case-duty -o what
	assert_output desk
	case-config desk DSK
	run -1 case-duty -o what
}
