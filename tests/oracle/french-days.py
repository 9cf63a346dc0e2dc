#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""What python3-holidays and python3-workalendar say of the same days.

usage: french-days.py holidays|workalendar holidays REGION FIRST LAST
       french-days.py holidays|workalendar days REGION FIRST LAST N
Prints what tests/oracle/calendar.c prints; workalendar gives English names, so
it prints no names at all.
"""
import datetime
import sys
import zoneinfo

import holidays
from workalendar.europe import France, FranceAlsaceMoselle

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
DAY = datetime.timedelta(days=1)

# The same feasts under the names that are used here.
NAMES = {
    "Armistice 1945": "Victoire 1945",
    "Premier jour de Noël": "Noël",
}


class Holidays:
    def __init__(self, region, first, last):
        prov = {"FR": "Métropole", "FR-AM": "Alsace-Moselle"}[region]
        self.feasts = holidays.France(years=range(first, last + 1), prov=prov)

    def lines(self):
        for day, names in self.feasts.items():
            for name in names.split(", "):
                yield f"{day} {NAMES.get(name, name)}"

    def after(self, day, n):
        while n > 0:
            day += DAY
            n -= day.weekday() < 5 and day not in self.feasts
        return day


class Workalendar:
    def __init__(self, region, first, last):
        self.calendar = {"FR": France, "FR-AM": FranceAlsaceMoselle}[region]()
        self.years = range(first, last + 1)

    def lines(self):
        for year in self.years:
            for day, _ in self.calendar.holidays(year):
                yield str(day)

    def after(self, day, n):
        return self.calendar.add_working_days(day, n)


def seconds(day):
    end = datetime.datetime(day.year, day.month, day.day, 18, tzinfo=PARIS)
    return int(end.timestamp())


def main():
    source, what, region, first, last = sys.argv[1:6]
    first, last = int(first), int(last)
    known = {"holidays": Holidays, "workalendar": Workalendar}[source]
    # Days late in the last year may be due in the next.
    oracle = known(region, first, last + (what == "days"))
    if what == "holidays":
        print("\n".join(oracle.lines()))
        return
    day = datetime.date(first, 1, 1)
    while day.year <= last:
        print(day, seconds(oracle.after(day, int(sys.argv[6]))))
        day += DAY


main()
