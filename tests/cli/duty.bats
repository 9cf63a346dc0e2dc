# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# case-duty, against a clock that looks at every minute of a year. More of it is
# in flow.bats.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
	case-config duty.fallback ANNE
}

# A roster for 2026 that keeps to no order: turns of a few minutes to a few
# days, gaps and overlaps of all lengths, somebody twice at the same time, and
# both nights on which the clock changes full of changes. Then what is wrong
# with it between two times, minute by minute.
oracle() {
	/usr/bin/python3 - "$@" <<-'PYTHON'
	import datetime as dt, random, sys, zoneinfo
	import holidays
	PARIS, UTC = zoneinfo.ZoneInfo("Europe/Paris"), dt.timezone.utc
	MINUTE = dt.timedelta(minutes=1)
	staff = ["PAUL", "EVE", "FRED", "TECH", "TINA"]
	rng = random.Random(int(sys.argv[1]))
	feasts = holidays.France(years=range(2025, 2028))
	start = dt.datetime(2026, 1, 1, tzinfo=UTC)
	turns = []
	at = start - dt.timedelta(hours=30)
	while at < start + dt.timedelta(days=366):
	    long = rng.choice([7, 45, 600, 1440, 4000])
	    end = at + rng.randint(1, long) * MINUTE
	    turns.append((at, end, rng.choice(staff)))
	    at = end + rng.choice([0, 0, 0, -30, -1, 1, 200, -900]) * MINUTE
	    at = max(at, turns[-1][0] + MINUTE)
	for night in ("2026-03-29T00:30", "2026-10-25T00:10"):
	    at = dt.datetime.fromisoformat(night).replace(tzinfo=UTC)
	    turns += [(at, at + 25 * MINUTE, "PAUL"),
	        (at + 5 * MINUTE, at + 70 * MINUTE, "EVE"),
	        (at + 20 * MINUTE, at + 40 * MINUTE, "EVE")]
	turns = sorted({(a, w): (a, b, w) for a, b, w in turns}.values())
	with open("roster", "w") as f:
	    print("staff,from,to", file=f)
	    for a, b, w in turns:
	        print(f"{w},{a:%Y-%m-%dT%H:%MZ},{b:%Y-%m-%dT%H:%MZ}", file=f)

	def state(at):
	    local = at.astimezone(PARIS)
	    if local.weekday() < 5 and 8 <= local.hour < 18 and \
	            local.date() not in feasts:
	        return ("desk", "")
	    on = []
	    for a, b, w in turns:
	        if a > at:
	            break
	        if at < b and w not in on:
	            on.append(w)
	    if len(on) == 1:
	        return ("duty", on[0])
	    return ("overlap", " ".join(on)) if on else ("gap", "ANNE")

	def write(kind, since, at):
	    print(kind[0], since.astimezone(PARIS).isoformat(),
	        at.astimezone(PARIS).isoformat(), kind[1], sep="\t")

	# Only turns that can still matter.
	at = dt.datetime.fromisoformat(sys.argv[2]).astimezone(UTC)
	last = dt.datetime.fromisoformat(sys.argv[3]).astimezone(UTC)
	turns = [t for t in turns if t[1] > at and t[0] < last]
	since, kind = at, None
	while at < last:
	    while turns and turns[0][1] <= at:
	        turns.pop(0)
	    now = state(at)
	    if kind and now != kind:
	        if kind[0] in ("gap", "overlap"):
	            write(kind, since, at)
	        since = at
	    kind = now
	    at += MINUTE
	if kind[0] in ("gap", "overlap"):
	    write(kind, since, at)
	PYTHON
}

check() {
	master_db
	case-config duty.fallback ANNE
	oracle "$1" "$2" "$3" >want
	case-load -q duty roster
	run -1 case-duty --check "$2" "$3" -o what,from,to,who
	diff want - <<<"$output"
	grep -q gap want && grep -q overlap want
}

@test "every minute of a year" {
	check 1 2026-01-01T00:00+01:00 2027-01-01T00:00+01:00
}

@test "every minute around both changes of clocks" {
	check 2 2026-03-27T12:34+01:00 2026-03-31T23:45+02:00
	check 2 2026-10-23T12:34+02:00 2026-10-27T00:01+01:00
	check 3 2026-03-28T00:00+01:00 2026-03-30T03:01+02:00
}

@test "what is said of a moment is what the check says of it" {
	oracle 4 2026-04-01T00:00+02:00 2026-05-01T00:00+02:00 >want
	case-load -q duty roster
	while IFS=$'\t' read -r what from to who; do
		for at in "$from" "$(date -d "$to - 1 minute" --iso-8601=minutes)"; do
			if [ "$what" = gap ]; then
				run -1 case-duty --at "$at" -o what,who
				assert_output $'gap\tANNE'
			else
				run -0 case-duty --at "$at" -o who
				assert_output "${who// /$'\n'}"
			fi
		done
	done < <(grep -v '	2026-04-01T00:00\|	2026-05-01T00:00' want | head -12)
}

@test "who answers, until when, and by name" {
	printf 'staff,from,to\n%s\n%s\n' \
	    PAUL,2026-05-04T12:00,2026-05-06T12:00 \
	    TECH,2026-05-05T20:00,2026-05-06T12:00 | case-load -q duty
	run -0 case-duty --at 2026-05-04T18:00
	assert_output "$(printf 'duty\t%s\t%s\tPAUL\tPaul' \
	    2026-05-04T18:00:00+02:00 2026-05-05T08:00:00+02:00)"
	run -0 case-duty --at 2026-05-04T17:59:59
	assert_output "$(printf 'desk\t%s\t%s\tDESK\tDesk' \
	    2026-05-04T08:00:00+02:00 2026-05-04T18:00:00+02:00)"
	# Two at once: a line each.
	run -0 case-duty --at 2026-05-05T22:00 -o what,who,name
	assert_output $'duty\tPAUL\tPaul\nduty\tTECH\tTech'
	run -1 case-duty --at 2026-05-06T18:00
	assert_output "$(printf 'gap\t%s\t%s\tANNE\tAnne' \
	    2026-05-06T18:00:00+02:00 2026-05-07T08:00:00+02:00)"
	case-config --unset duty.fallback
	run -1 case-duty --json --at 2026-05-06T18:00
	assert_output "$(jq -nc '{what: "gap", from: "2026-05-06T18:00:00+02:00",
	    to: "2026-05-07T08:00:00+02:00", who: null, name: null}')"
	CASE_NOW=2026-05-05T22:00 run -0 case-duty -o who
	assert_output $'PAUL\nTECH'
}

@test "the last day of a check is looked at to its end" {
	printf 'staff,from,to\nPAUL,2026-05-01T00:00,2026-05-03T00:00\n' |
	    case-load -q duty
	run -0 case-duty --check 2026-05-01 2026-05-02
	run -1 case-duty --check 2026-05-01 2026-05-03
	assert_output --partial $'gap\t2026-05-03T00:00:00+02:00\t2026-05-04T00:00:00+02:00'
	run -0 case-duty --check 2026-05-01T00:00 2026-05-03T00:00
	# In the desk's hours nobody else need be there.
	run -0 case-duty --check 2026-05-05T08:00 2026-05-05T18:00
	assert_output ''
}

@test "mistakes" {
	export CASE_DB=/nonexistent/x
	run -2 case-duty --check
	run -2 case-duty --check 2026-05-01
	run -2 case-duty --check 2026-05-02 2026-05-01
	run -2 case-duty --check 2026-02-30 2026-05-01
	run -2 case-duty --check --at now 2026-05-01 2026-05-02
	run -2 case-duty 2026-05-01
	run -2 case-duty --at soon
	run -3 case-duty
}
