#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""usage: remind.py FILE CHASE_DAYS WITHIN_SECONDS < RUNS

Says what case-remind should have told at each of the runs (times in seconds,
one a line; "URGENT" behind it: with --urgent), from the open steps of a file in
which nothing else happens: RUN TYPE RECIPIENT CASE STEP_ID. Counts business days
by itself: Monday to Friday, 8:00 to 18:00 in Paris, but for the feasts.
"""
import datetime
import sqlite3
import sys
import zoneinfo

PARIS = zoneinfo.ZoneInfo('Europe/Paris')
FEASTS = {(2026, 4, 6), (2026, 5, 1), (2026, 5, 8), (2026, 5, 14),
          (2026, 5, 25), (2026, 11, 1), (2026, 11, 11), (2026, 12, 25)}
SURVEYS, SURVEY_DAYS = 2, 60


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


def day(at):
    return datetime.datetime.fromtimestamp(at, PARIS).date().toordinal()


def urgent(rule):
    return rule is not None and rule.split()[-1] in ('min', 'h')


def grave(step, now):
    if not step['holds']:
        return False
    if urgent(step['rule']):
        return step['binds_at'] + 3600 < now
    return one_business_day(step['binds_at']) < now


def levels(step, supervisor, now, within):
    """Who of the house is told, were it the first time."""
    person, site = step['owner_person'], step['owner_site']
    if step['status'] != 'open':
        return
    if (step['owner'] != 'customer' and step['binds_at'] <= now + within
            and (person or site)):
        yield 1, 'staff' if person else 'site', person or site
    if step['binds_at'] < now and step['pilot']:
        yield 2, 'staff', step['pilot']
    if step['binds_at'] < now and grave(step, now):
        yield 3, 'staff', supervisor


def is_owed(step, now, chase, within, asked):
    """Is it time to ask the customer for the step?"""
    if step['owner'] != 'customer':
        return False
    if step['step'] == 'survey' and (
            asked.get(step['key'], 0) >= SURVEYS
            or step['binds_at'] <= now - SURVEY_DAYS * 86400
            or step['status'] != 'open'
            and step['closed_at'] <= now - SURVEY_DAYS * 86400):
        return False
    if step['due_at'] or step['limit_at']:
        return step['binds_at'] <= now + within
    return day(step['since']) <= day(now) - chase


def main():
    file, chase, within = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    db = sqlite3.connect(file)
    db.row_factory = sqlite3.Row
    supervisor = db.execute("SELECT value FROM setting "
                            "WHERE name = 'supervisor'").fetchone()[0]
    steps = [dict(row, key=(row['case_id'], row['step_id']))
             for row in db.execute("SELECT * FROM step JOIN cases "
                                   "USING (case_id) WHERE state = 'open'")]
    given, chased, asked = set(), {}, {}
    for line in sys.stdin:
        now, only_urgent = int(line.split()[0]), 'URGENT' in line
        told, customers = set(), {}
        for step in steps:
            customer = step['customer']
            if (not only_urgent and is_owed(step, now, chase, within, asked)
                    and chased.get(customer, 0) <= day(now) - chase):
                customers.setdefault(customer, []).append(step)
            if only_urgent and not urgent(step['rule']):
                continue
            for level, kind, who in levels(step, supervisor, now, within):
                if (step['key'], level) in given:
                    continue
                given.add((step['key'], level))
                # Who owes it has been told already.
                if (level == 2 and step['owner'] != 'customer'
                        and step['owner_person'] == step['pilot']):
                    continue
                told.add((kind, who, *step['key'], level))
        for customer, owed in customers.items():
            chased[customer] = day(now)
            for step in owed:
                asked[step['key']] = asked.get(step['key'], 0) + 1
                told.add(('customer', customer, *step['key'], 0))
        for kind, who, case, step, _ in sorted(told):
            print(now, kind, who, case, step)


main()
