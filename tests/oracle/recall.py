#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""usage: recall.py SEED UNITS SELECTIONS

Loads so many random units with awkward serials into the file of CASE_DB, then
asks recall-issue --drill for the units of selections, those of published recalls
and random ones, and compares with what a look at every unit finds. The order of
serials is written down here once more: runs of digits as numbers, letters
without regard to case, the rest as bytes.
"""
import csv
import datetime
import fnmatch
import random
import re
import subprocess
import sys
import zlib

REFERENCES = ['QO115', 'QO120', 'QO230', 'HOM115', 'A9F74210', 'A9R11225',
              'LC1D09', 'LC1D18', 'GV2ME08', 'XB5-AS', 'TM221CE24T', 'qo120']
PLANTS = ['P1', 'P2', 'P3']
FIRST = datetime.date(2019, 1, 1)
KEYS = ['reference', 'serial', 'lot', 'made', 'sold', 'plant']
TOKEN = re.compile(rb'[0-9]+|[^0-9]')


def natural(text):
    """As a tuple that compares in that order; a number stands where digits do."""
    return tuple((48, int(t)) if 48 <= t[0] <= 57 else
                 (t.upper()[0] if t < b'\x80' else t[0], 0)
                 for t in TOKEN.findall(text.encode()))


class Unit:
    __slots__ = ('reference', 'serial', 'lot', 'made', 'sold', 'plant',
                 'serial_key', 'lot_key')

    def __init__(self, rng):
        self.reference = rng.choice(REFERENCES)
        self.serial = awkward(rng)
        self.lot = date_code(rng) if rng.random() < 0.9 else ''
        self.made = day(rng) if rng.random() < 0.9 else ''
        self.sold = day(rng) if rng.random() < 0.7 else ''
        self.plant = rng.choice(PLANTS) if rng.random() < 0.3 else ''
        self.serial_key = natural(self.serial)
        self.lot_key = natural(self.lot) if self.lot else None


def day(rng):
    return (FIRST + datetime.timedelta(rng.randrange(2200))).isoformat()


def digits(rng):
    number = str(rng.randrange(10 ** rng.choice((1, 2, 2, 3, 3, 4, 5, 12))))
    return '0' * rng.choice((0, 0, 0, 1, 2, 5)) + number


def awkward(rng):
    """SN99 sn0100 3GA0-41 X12y7 a--1 0 00 7É ..."""
    kind = rng.randrange(8)
    if kind < 3:
        return rng.choice(('SN', 'sn', 'Sn', 'QA-', '3GA', '')) + digits(rng)
    if kind == 3:
        return digits(rng) + rng.choice('ABab') + digits(rng)
    if kind == 4:
        return rng.choice(('A', 'b')) + digits(rng) + rng.choice('-/ .') + \
            digits(rng)
    if kind == 5:
        return digits(rng) + rng.choice(('', 'X', 'x', 'É', 'é', '-', '_'))
    if kind == 6:
        return ''.join(rng.choice('aB0-9') for _ in range(rng.randint(1, 6)))
    return '5W' + str(rng.randrange(100, 1000)) + rng.choice('ABC') + \
        str(rng.randrange(1000))


def date_code(rng):
    kind = rng.randrange(4)
    if kind == 0:
        return '%02d%02d%d' % (rng.randrange(19, 24), rng.randrange(1, 54),
                               rng.randrange(1, 8))
    if kind == 1:
        return '20%02dW%d' % (rng.randrange(18, 24), rng.randrange(1, 54))
    if kind == 2:
        return rng.choice('ABCab') + digits(rng)
    return '%02d%03d' % (rng.randrange(18, 25), rng.randrange(1, 366))


def quote(text):
    return '"' + text.replace('"', '""') + '"'


def plain(text):
    return re.fullmatch(r'[A-Za-z0-9/_-]+', text) is not None


def write(text, key):
    """Half of what need not be quoted is quoted all the same."""
    if not plain(text) or (key != 'made' and key != 'sold' and
                           zlib.crc32(text.encode()) % 2 == 0):
        return quote(text)
    return text


class Condition:
    """One value of a key: exact, a range with open ends, or a pattern."""

    def __init__(self, key, low=None, high=None, pattern=None):
        self.key, self.low, self.high, self.pattern = key, low, high, pattern
        order = natural if key in ('serial', 'lot') else str
        self.low_key = None if low is None else order(low)
        self.high_key = None if high is None else order(high)

    def __str__(self):
        if self.pattern is not None:
            return self.key + '=' + self.pattern
        if self.low == self.high:
            return self.key + '=' + write(self.low, self.key)
        return '%s=%s..%s' % (self.key, write(self.low, self.key)
                              if self.low is not None else '',
                              write(self.high, self.key)
                              if self.high is not None else '')

    def meets(self, value):
        if value is None:
            return False
        if self.pattern is not None:
            return fnmatch.fnmatchcase(value, self.pattern)
        return (self.low_key is None or self.low_key <= value) and \
            (self.high_key is None or value <= self.high_key)


def value_of(unit, key, plants):
    if key == 'serial':
        return unit.serial_key
    if key == 'lot':
        return unit.lot_key
    if key == 'plant':
        return unit.plant or plants[unit.reference]
    return getattr(unit, key) or None


def selects(conditions, unit, plants):
    asked = {}
    for c in conditions:
        asked.setdefault(c.key, []).append(c)
    return all(any(c.meets(value_of(unit, key, plants)) for c in some)
               for key, some in asked.items())


def bounds(rng, key, some):
    """A range around values that there are, or some, or an end of its own."""
    make = {'serial': awkward, 'lot': date_code, 'made': day, 'sold': day}[key]
    order = natural if key in ('serial', 'lot') else str
    pair = [getattr(rng.choice(some), key) or make(rng), make(rng)]
    pair.sort(key=order)
    if rng.random() < 0.3:
        pair = [pair[0], pair[0]]
    elif rng.random() < 0.3:
        pair[rng.randrange(2)] = None
    return Condition(key, *pair)


def random_selection(rng, some):
    conditions = []
    for key in rng.sample(KEYS, rng.randint(1, 3)):
        for _ in range(rng.choice((1, 1, 2, 3))):
            if key == 'reference' and rng.random() < 0.5:
                conditions.append(Condition(key, pattern=rng.choice(
                    ('QO*', 'A9?1*', 'LC1D[01]9', '*', 'H*5'))))
            elif key in ('reference', 'plant'):
                word = rng.choice(REFERENCES if key == 'reference' else PLANTS)
                conditions.append(Condition(key, word, word))
            else:
                conditions.append(bounds(rng, key, some))
    return conditions


def exact(key, *words):
    return [Condition(key, w, w) for w in words]


PUBLISHED = [
    # Date codes of a plug-on breaker, in several ranges.
    ([[Condition('reference', pattern='QO*')] +
      [Condition('lot', *r) for r in (('200561', '200737'),
                                      ('210011', '215000'),
                                      ('220101', '220233'))]], []),
    # Letters and digits, both ways of writing them.
    ([exact('reference', 'A9F74210') +
      [Condition('serial', '3GA0001', '3ga9999'),
       Condition('serial', '5W101A1', '5w105B200')]],
     [[Condition('serial', '5W103A', '5W103A9999')]]),
    # Catalogue numbers from a list, made between two days, of two plants.
    ([exact('reference', *REFERENCES[:6]) + exact('plant', 'P1', 'P2') +
      [Condition('made', '2020-02-29', '2021-06-30')]],
     [exact('reference', 'QO230'), [Condition('lot', '20W', '21W')]]),
    # A week of production and all later, sold until a day.
    ([exact('reference', 'LC1D09') + [Condition('lot', '2020W7', None),
      Condition('sold', None, '2022-12-31')]], []),
    # Everything with a number below a hundred.
    ([[Condition('serial', None, '99')], [Condition('serial', 'SN', 'SN99')]],
     []),
]


def command(*args, **more):
    done = subprocess.run(args, stdout=subprocess.PIPE, encoding='utf-8',
                          check=False, **more)
    if done.returncode != 0:
        sys.exit('%s: exit %d' % (' '.join(args), done.returncode))
    return done.stdout


def load(table, heading, rows):
    with open(table + '.csv', 'w', encoding='utf-8', newline='') as out:
        writer = csv.writer(out)
        writer.writerow(heading)
        writer.writerows(rows)
    command('case-load', '-q', table, table + '.csv')


def make_units(rng, count):
    units = {}
    while len(units) < count:
        u = Unit(rng)
        units.setdefault((u.reference, u.serial), u)
    return list(units.values())


def as_list(selects_, name):
    """The exact references of a selection as @FILE."""
    listed = [c.low for c in selects_ if c.key == 'reference' and
              c.pattern is None]
    if len(listed) < 3:
        return ','.join(map(str, selects_))
    with open(name, 'w', encoding='utf-8') as out:
        out.write('\n'.join(listed) + '\n')
    return ','.join(['reference=@' + name] + [
        str(c) for c in selects_ if c.key != 'reference' or c.pattern])


def ask(selections, exclusions):
    args = []
    for i, s in enumerate(selections):
        args += ['--select', as_list(s, 'list%d' % i)]
    for s in exclusions:
        args += ['--exclude', ','.join(map(str, s))]
    out = command('recall-issue', '--drill', '--units', '--yes', '--json',
                  '-o', 'reference,serial', *args)
    pairs = re.findall(r'"reference":"([^"]*)","serial":"([^"]*)"', out)
    assert len(pairs) == out.count('\n') == len(set(pairs))
    return args, set(pairs)


def main():
    rng = random.Random(int(sys.argv[1]))
    units = make_units(rng, int(sys.argv[2]))
    plants = {r: rng.choice(PLANTS) for r in REFERENCES}
    load('sites', ('code', 'name', 'kind'),
         [(p, p, 'plant') for p in PLANTS])
    load('products', ('reference', 'name', 'plant'),
         [(r, r, plants[r]) for r in REFERENCES])
    load('units', ('reference', 'serial', 'lot', 'made_on', 'sold_on',
                   'plant'),
         [(u.reference, u.serial, u.lot, u.made, u.sold, u.plant)
          for u in units])
    tries = PUBLISHED + [
        ([random_selection(rng, units) for _ in range(rng.choice((1, 1, 2)))],
         [random_selection(rng, units) for _ in range(rng.choice((0, 1)))])
        for _ in range(int(sys.argv[3]))]
    found = differ = 0
    for selections, exclusions in tries:
        want = {(u.reference, u.serial) for u in units
                if any(selects(s, u, plants) for s in selections) and
                not any(selects(s, u, plants) for s in exclusions)}
        args, got = ask(selections, exclusions)
        found += len(got)
        if got != want:
            differ += 1
            print(args, 'missing', sorted(want - got)[:5], 'too many',
                  sorted(got - want)[:5])
    print('%d selections, %d differ' % (len(tries), differ))
    print('%d units found' % found, file=sys.stderr)


main()
