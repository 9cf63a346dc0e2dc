#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""usage: remind.py FILE CHASE_DAYS WITHIN_SECONDS < RUNS

Says what case-remind should have told at each of the runs (times in seconds,
one a line), from the open steps of a file in which nothing else happens:
RUN TYPE RECIPIENT CASE STEP_ID. Counts business days by itself: Monday to
Friday, 8:00 to 18:00 in Paris, but for the feasts of those months.
"""
import datetime
import sqlite3
import sys
import zoneinfo

PARIS = zoneinfo.ZoneInfo('Europe/Paris')
FEASTS = {(2026, 11, 1), (2026, 11, 11), (2026, 12, 25)}


def is_open(day):
    return day.weekday() < 5 and (day.year, day.month, day.day) not in FEASTS


def one_business_day(at):
    day = datetime.datetime.fromtimestamp(at, PARIS).date()
    while True:
        day += datetime.timedelta(days=1)
        if is_open(day):
            end = datetime.datetime(day.year, day.month, day.day, 18,
                                    tzinfo=PARIS)
            return end.timestamp()


def main():
    file, chase, within = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    db = sqlite3.connect(file)
    supervisor = db.execute("SELECT value FROM setting "
                            "WHERE name = 'supervisor'").fetchone()[0]
    steps = db.execute(
        "SELECT s.case_id, step_id, s.owner, owner_person, owner_site, "
        "c.customer, binds_at, due_at, since, pilot, step FROM step AS s "
        "JOIN cases AS c USING (case_id) WHERE s.state = 'open'").fetchall()
    given, chased = set(), {}
    for line in sys.stdin:
        now = int(line)
        told, customers = set(), {}
        for (case, step, owner, person, site, customer, binds, due, since,
             pilot, name) in steps:
            late = binds < now
            mine = owner == 'customer'
            if mine:
                due_now = binds <= now + within if due else (
                    since <= now - chase * 86400)
                if due_now and chased.get(customer, 0) <= now - chase * 86400:
                    customers.setdefault(customer, []).append((case, step))
            levels = []
            if not mine and binds <= now + within and (person or site):
                levels.append((1, 'staff' if person else 'site',
                               person or site))
            if late and pilot:
                levels.append((2, 'staff', pilot))
            if late and one_business_day(binds) < now:
                levels.append((3, 'staff', supervisor))
            for level, kind, who in levels:
                if (case, step, level) in given:
                    continue
                given.add((case, step, level))
                if level == 2 and not mine and person == pilot:
                    continue
                told.add((kind, who, case, step, level))
        for customer, owed in customers.items():
            chased[customer] = now
            for case, step in owed:
                told.add(('customer', customer, case, step, 0))
        for kind, who, case, step, _ in sorted(told):
            print(now, kind, who, case, step)


main()
