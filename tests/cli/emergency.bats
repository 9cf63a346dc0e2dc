# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# Emergencies, round the clock.

setup() {
	load ../helper
	load ../master
	case_setup
	master_db
}

# An emergency of ACME at that time (Monday 4 May 2026 is a working day).
call_at() {
	export CASE_NOW=$1
	shift
	[[ "$*" == *--risk* ]] || set -- --risk production "$@"
	id=$(case-open emergency --customer ACME "$@" \
	    -m 'the line stands')
}

duty() {
	printf 'staff,from,to\n%s\n' "$1" | case-load -q duty
}

@test "in service hours it goes to the desk, 15 minutes round the clock" {
	duty 'EVE,2026-05-01,2026-06-01'
	call_at 2026-05-04T10:00 --unit QO120:QA-1
	opens "$id" assign
	assert_equal "$(look "$id" "$(newest assign) | \"\(.owner) \(.due_at)\"")" \
	    'desk 2026-05-04T10:15:00+02:00'
	CASE_NOW=2026-05-04T10:05:00+02:00
	case-assign -q PAUL "$id"
	assert_equal "$(due_of "$id" triage 1)" 2026-05-04T10:35:00+02:00
}

@test "outside them it goes to the person on duty, at once" {
	duty 'EVE,2026-05-01,2026-06-01'
	for at in 2026-05-04T18:00 2026-05-05T07:59 2026-05-02T12:00 \
	    2026-05-08T12:00 2026-05-14T10:00; do
		call_at $at --risk people
		assert_equal "$(look "$id" .pilot)" EVE
		opens "$id" triage
	done
	assert_equal "$(due_of "$id" triage)" 2026-05-14T10:30:00+02:00
	# The bounds: 08:00 is in, 18:00 is out, a roster ends before its end.
	for at in 2026-05-04T08:00 2026-05-04T17:59; do
		call_at $at --risk people
		assert_equal "$(look "$id" .pilot)" null
	done
}

@test "the desk's hours hold across both daylight-saving nights" {
	duty 'EVE,2026-01-01,2027-01-01'
	# Sundays, when the clock jumps from 02:00 to 03:00 and back; Mondays at
	# eight, which is 06:00 and 07:00 universal time.
	call_at 2026-03-29T00:59:59Z
	assert_equal "$(look "$id" .pilot)" EVE
	call_at 2026-03-29T01:00:00Z
	assert_equal "$(look "$id" "$(newest triage) | .due_at")" \
	    2026-03-29T03:30:00+02:00
	call_at 2026-03-30T05:59:59Z
	assert_equal "$(look "$id" .pilot)" EVE
	call_at 2026-03-30T06:00:00Z
	assert_equal "$(look "$id" .pilot)" null
	call_at 2026-10-25T00:50:00Z
	assert_equal "$(look "$id" "$(newest triage) | .due_at")" \
	    2026-10-25T02:20:00+01:00
	call_at 2026-10-26T06:59:59Z
	assert_equal "$(look "$id" .pilot)" EVE
	call_at 2026-10-26T07:00:00Z
	assert_equal "$(look "$id" .pilot)" null
}

@test "on duty: who knows the product's range goes first" {
	duty 'FRED,2026-05-01,2026-06-01
EVE,2026-05-01,2026-06-01'
	call_at 2026-05-04T20:00 --unit QO120:QA-1
	assert_equal "$(look "$id" .pilot)" EVE
	call_at 2026-05-04T20:00 --unit LC1:LC-1
	assert_equal "$(look "$id" .pilot)" FRED
	# Nobody on duty knows lamps; somebody takes it all the same.
	call_at 2026-05-04T20:00 --unit BARE1:BA-1
	assert_regex "$(look "$id" .pilot)" '^(EVE|FRED)$'
}

@test "a gap in the roster: the fallback is named, the gap is told" {
	duty 'EVE,2026-05-05,2026-06-01'
	CASE_NOW=2026-05-04T20:00 run --separate-stderr case-open emergency \
	    --customer ACME --risk people -m 'smoke'
	assert_success
	# shellcheck disable=SC2154
	assert_regex "$stderr" 'nobody is on duty.*duty.fallback'
	opens "$output" assign
	case-config duty.fallback PAUL
	CASE_NOW=2026-05-04T20:00 run --separate-stderr case-open emergency \
	    --customer ACME --risk people -m 'smoke'
	assert_success
	assert_regex "$stderr" 'nobody is on duty.*PAUL'
	assert_equal "$(look "$output" .pilot)" PAUL
}

@test "the risk is recorded, wanted and one of three; people go first" {
	refuses 2 'risk' case-open emergency --customer ACME -m x
	refuses 2 'risk' case-open emergency --customer ACME --risk money -m x
	refuses 2 'risk' case-open fault --serial QA-1 --risk people -m x
	call_at 2026-05-04T09:00 --risk production
	first=$id
	call_at 2026-05-04T10:00 --risk property
	second=$id
	call_at 2026-05-04T11:00 --risk people
	assert_equal "$(case-list | cut -f 1 | xargs)" "$id $first $second"
	assert_equal "$(look "$id" .risk)" people
}

@test "several procedures at once, each with its own clock" {
	call_at 2026-05-04T20:00 --unit QO120:QA-1 --pilot ANNE
	case-triage -q advice parts intervention "$id" -m 'send everything'
	opens "$id" 'advise/1 dispatch parts'
	assert_equal "$(due_of "$id" advise 1)" 2026-05-04T22:00:00+02:00
	assert_equal "$(due_of "$id" parts)" 2026-05-05T00:00:00+02:00
	assert_equal "$(due_of "$id" dispatch)" 2026-05-04T21:00:00+02:00
	case-report -q advise -m 'switch it off' "$id"
	case-ship -q parts --part COIL=2 "$id"
	duty 'TECH,2026-05-01,2026-06-01'
	case-assign -q --role technician TECH "$id"
	assert_equal "$(due_of "$id" arrive)" 2026-05-05T04:00:00+02:00
	case-report -q arrive "$id"
	assert_equal "$(due_of "$id" intervene)" 2026-05-05T20:00:00+02:00
	case-report -q intervene --outcome running -m 'changed the coil' "$id"
	opens "$id" close
}

@test "not running opens triage again; exchange after it" {
	call_at 2026-05-04T12:00 --unit QO120:QA-1 --unit QO120:QA-2 --pilot ANNE
	case-triage -q none "$id/2" -m 'not concerned'
	case-triage -q intervention "$id/1" -m 'go and see'
	case-assign -q --role technician TECH "$id"
	# Arrived without a word: it is the manufacturer's own step.
	refuses 1 "no step 'intervene' is open" \
	    case-report intervene --outcome running -m x "$id"
	case-report -q arrive "$id"
	refuses 2 'outcome' case-report intervene -m 'burnt' "$id"
	refuses 2 'outcome' case-report intervene --outcome repaired -m x "$id"
	case-report -q intervene --outcome not-running -m 'burnt' "$id"
	# For the items of that intervention.
	opens "$id" triage/1
	case-triage -q exchange "$id/1" -m 'burnt'
	opens "$id" 'request/1 slip/1'
}

@test "a second intervention while the first is under way joins it" {
	call_at 2026-05-04T12:00 --unit QO120:QA-1 --unit QO120:QA-2 --pilot ANNE
	case-triage -q intervention "$id/1" -m 'go and see'
	case-triage -q intervention "$id/2" -m 'that one too'
	opens "$id" dispatch
	case-assign -q --role technician TECH "$id"
	case-report -q arrive "$id"
	case-report -q intervene --outcome not-running -m 'both burnt' "$id"
	opens "$id" 'triage/1 triage/2'
}

@test "the technician is on duty and skilled" {
	duty 'TECH,2026-05-01,2026-06-01'
	call_at 2026-05-04T20:00 --unit QO120:QA-1 --pilot ANNE
	case-triage -q intervention "$id" -m 'go and see'
	refuses 1 'not a technician' \
	    case-assign --role technician ANNE "$id"
	refuses 1 'skill' case-assign --role technician TINA "$id"
	case-assign -q --auto --role technician "$id"
	assert_equal "$(look "$id" "$(newest arrive) | .owner_person")" TECH
	# Contactors: the one who knows them is not on duty at night.
	call_at 2026-05-04T20:00 --unit LC1:LC-1 --pilot ANNE
	case-triage -q intervention "$id" -m 'go and see'
	refuses 1 'not on duty' case-assign --role technician TINA "$id"
	call_at 2026-05-05T10:00 --unit LC1:LC-1 --pilot ANNE
	case-triage -q intervention "$id" -m 'go and see'
	case-assign -q --role technician TINA "$id"
}

@test "parts: any stocked reference, several in one act, all or nothing" {
	call_at 2026-05-04T20:00 --pilot ANNE
	case-triage -q parts "$id" -m 'coils'
	refuses 1 'COIL.*6 wanted, 5 left at LOG.*40 at LOG2' \
	    case-ship parts --from LOG --part FUSE=1 --part COIL=6 "$id"
	assert_equal "$(sql 'SELECT count(*) FROM stock_move')" 0
	# A store that has none left is not named.
	printf '%s\n' site,reference,quantity LOG2,FUSE,0 | case-load -q stock
	refuses 1 'FUSE: 200 wanted, 100 left at LOG; none anywhere else$' \
	    case-ship parts --from LOG --part FUSE=200 "$id"
	# Twice the same is counted together.
	refuses 1 'COIL' \
	    case-ship parts --from LOG --part COIL=3 --part COIL=3 "$id"
	refuses 1 'NOPE' case-ship parts --from LOG --part NOPE=1 "$id"
	refuses 1 "site 'MOON'" case-ship parts --from MOON --part COIL=1 "$id"
	# What was never counted is not there.
	refuses 1 'XP9.*0 left' case-ship parts --from LOG --part XP9=1 "$id"
	for bad in COIL=0 COIL=-1 COIL=x COIL= COIL =3 COIL=1.5; do
		refuses 2 'part' case-ship parts --from LOG --part $bad "$id"
	done
	refuses 2 'part' case-ship parts "$id"
	case-ship -q parts --from LOG --part COIL=5 --part FUSE=10 \
	    --part QO120=1 --tracking T-1 "$id"
	assert_equal "$(sql 'SELECT reference, quantity FROM stock_move
	    ORDER BY reference' | xargs)" 'COIL|-5 FUSE|-10 QO120|-1'
	opens "$id" close
	case-triage -q parts "$id" -m 'more'
	refuses 1 'COIL.*0 left at LOG' \
	    case-ship parts --from LOG --part COIL=1 "$id"
	case-ship -q parts --from LOG2 --part COIL=40 "$id"
}

@test "parts for a case without a unit leave the first store there is" {
	id=$(case-open emergency --customer ACME --risk production \
	    --pilot ANNE -m 'the line stands')
	case-triage -q parts "$id" -m 'coils'
	assert_equal "$(look "$id" '.next | "\(.step) \(.owner_site)"')" \
	    'parts LOG'
	case-ship -q parts --part COIL=2 "$id"
	assert_equal "$(sql "SELECT quantity FROM v_stock
	    WHERE reference = 'COIL' ORDER BY site" | xargs)" '3 40'
}

@test "a count made later starts anew" {
	call_at 2026-05-04T20:00 --pilot ANNE
	case-triage -q parts "$id" -m 'coils'
	case-ship -q parts --from LOG --part COIL=5 "$id"
	printf 'site,reference,quantity\nLOG,COIL,2\n' | case-load -q stock
	case-triage -q parts "$id" -m 'more'
	refuses 1 '3 wanted, 2 left' \
	    case-ship parts --from LOG --part COIL=3 "$id"
	case-ship -q parts --from LOG --part COIL=2 "$id"
}

@test "an emergency that ends in a repair, linked with the case of before" {
	before=$(case-open fault --serial QA-1 --pilot ANNE -m 'hums')
	call_at 2026-05-04T20:00 --unit QO120:QA-1 --link "$before" --pilot ANNE
	case-triage -q repair "$id" -m 'spring'
	opens "$id" 'request/1 slip/1'
	assert_equal "$(look "$before" '.links | tostring')" "[$id]"
	assert_equal "$(look "$id" '.links | tostring')" "[$before]"
}

@test "what cannot be waived, and what can" {
	call_at 2026-05-04T10:00
	refuses 1 "'assign' cannot be waived" case-waive assign -m x "$id"
	case-assign -q ANNE "$id"
	refuses 1 "'triage' cannot be waived" case-waive triage -m x "$id"
	case-triage -q advice parts intervention "$id" -m x
	refuses 1 "'parts' cannot be waived" case-waive parts -m x "$id"
	refuses 1 "'dispatch' cannot be waived" case-waive dispatch -m x "$id"
	case-waive -q advise -m 'told by others' "$id"
	case-assign -q --role technician TECH "$id"
	case-waive -q arrive -m 'by telephone' "$id"
	refuses 1 "'intervene' cannot be waived" case-waive intervene -m x "$id"
	opens "$id" 'intervene parts'
}

@test "without an item: no exchange until one is added" {
	call_at 2026-05-04T10:00 --pilot ANNE
	refuses 1 'needs an item' case-triage exchange "$id" -m x
	case-open -q --add "$id" --unit QO120:QA-1
	opens "$id" triage/1
	case-triage -q exchange "$id" -m x
	opens "$id" 'request/1 slip/1'
}

# A year of calls through one roster. Three people in turn by the week from
# Monday 18:00, one of them on leave in summer with a stand-in, two gaps.
year_roster() {
	python3 - "$1" <<-'PY'
	import sys, datetime as d
	tz = "+00:00"
	turn, rows = ["EVE", "FRED", "PAUL"], []
	day = d.datetime(2025, 12, 29, 17)
	for week in range(54):
	    start, end = day + d.timedelta(weeks=week), day + d.timedelta(weeks=week + 1)
	    who = turn[week % 3]
	    if week in (10, 37):
	        end = start + d.timedelta(days=2, hours=3)  # the gaps
	    if who == "FRED" and d.datetime(2026, 7, 1) <= start < d.datetime(2026, 9, 1):
	        who = "TINA"
	    rows.append((who, start, end))
	rows.append(("TECH", d.datetime(2026, 5, 1), d.datetime(2026, 5, 10)))  # two at once
	with open(sys.argv[1], "w") as f:
	    f.write("staff,from,to\n")
	    for who, start, end in rows:
	        f.write(f"{who},{start.isoformat()}Z,{end.isoformat()}Z\n")
	PY
}

# Calls at random instants, and who should have each by looking at every row.
year_calls() {
	python3 - "$1" "$2" "$3" <<-'PY'
	import csv, datetime as d, json, random, sys
	from zoneinfo import ZoneInfo
	paris, random.seed = ZoneInfo("Europe/Paris"), random.seed
	random.seed(20260504)
	skills = {"EVE": "breakers drives", "FRED": "contactors", "PAUL": "breakers",
	    "TINA": "contactors", "TECH": "breakers drives"}
	units = {"QO120": "breakers", "LC1": "contactors", "XP9": "drives", None: None}
	feasts = {(1,1),(4,6),(5,1),(5,8),(5,14),(5,25),(7,14),(8,15),(11,1),(11,11),(12,25)}
	rows = [(r["staff"], d.datetime.fromisoformat(r["from"].replace("Z", "+00:00")),
	    d.datetime.fromisoformat(r["to"].replace("Z", "+00:00")))
	    for r in csv.DictReader(open(sys.argv[1]))]
	start = d.datetime(2026, 1, 1, tzinfo=d.timezone.utc)
	seconds = random.sample(range(365 * 86400), 1500)
	# The bounds of the roster and of the service hours, too.
	for _, a, b in rows:
	    for t in (a, b):
	        seconds += [int((t - start).total_seconds()) + n for n in (-1, 0)]
	with open(sys.argv[2], "w") as calls, open(sys.argv[3], "w") as oracle:
	    for s in seconds:
	        t = start + d.timedelta(seconds=s)
	        ref = random.choice(list(units))
	        local = t.astimezone(paris)
	        served = local.weekday() < 5 and 8 <= local.hour < 18 and \
	            (local.month, local.day) not in feasts
	        on = sorted(w for w, a, b in rows if a <= t < b)
	        know = [w for w in on if units[ref] is None or units[ref] in skills[w].split()]
	        who = "-" if served else (know or on or ["ANNE"])[0]
	        line = {"kind": "emergency", "customer": "ACME", "risk": "people",
	            "message": "smoke", "at": t.isoformat()}
	        if ref:
	            line["unit"] = ref
	        print(json.dumps(line), file=calls)
	        print(who + ("!" if not served and not on else ""), file=oracle)
	PY
}

@test "a year of emergencies at random instants: each to whom the roster says" {
	year_roster roster.csv
	case-load -q duty roster.csv
	case-config duty.fallback ANNE
	year_calls roster.csv calls.json oracle
	export CASE_NOW=2027-02-01T00:00:00Z
	case-open --batch <calls.json >numbers 2>warnings
	# None lost.
	assert_equal "$(wc -l <numbers)" "$(wc -l <calls.json)"
	sql "SELECT ifnull(c.pilot, '-') || iif(payload ->> '\$.data.duty_gap',
	    '!', '') FROM cases AS c JOIN event USING (case_id)
	    JOIN event_payload USING (seq) WHERE verb = 'open'
	    ORDER BY seq" >found
	cmp oracle found || { diff oracle found | head; false; }
	# The gaps were hit, and told each time.
	[ "$(grep -c '!' oracle)" -gt 5 ]
	assert_equal "$(grep -c 'nobody is on duty' warnings)" \
	    "$(grep -c '!' oracle)"
}
