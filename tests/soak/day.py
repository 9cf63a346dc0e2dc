#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""usage: day.py SECONDS PEOPLE [SEED]

Working days of that many people at once on the file CASE_DB, an hour a second:
acts of all kinds on cases of their own and of others, some of them killed,
while the crontab runs, recalls are issued, master data is loaded and copies are
taken. Says what happened, then what is wrong with it, a line each.
"""
import collections
import datetime
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

BASE = datetime.datetime.fromisoformat('2026-05-04T08:00:00+02:00')
SPEED = 3600
STAFF = ['ANNE', 'PAUL', 'EVE', 'FRED', 'QUINN']

# How a step is completed; CASE stands for the case or the item.
STEPS = {
    'assign': ['case-assign --auto CASE', 'case-assign ANNE CASE',
               'case-assign PAUL CASE', 'case-assign EVE CASE'],
    'triage': ['case-triage exchange -m welded --no-proof CASE',
               'case-triage exchange -m welded CASE',
               'case-triage repair -m weak CASE',
               'case-triage repair advice -m weak --no-proof CASE',
               'case-triage expertise -m strange CASE',
               'case-triage advice -m setting CASE',
               'case-triage parts intervention -m urgent CASE',
               'case-triage exchange -m x --instead CASE',
               'case-triage exchange -m x --goodwill kindness CASE',
               'case-triage none -m nothing CASE'],
    'classify': ['case-triage classify --nature technical --criticality 2 '
                 '--dissatisfaction 4 --sought money CASE'],
    'acknowledge': ['case-report acknowledge CASE'],
    'solve': ['case-report solve -m done CASE',
              'case-report solve -m x --start correction --owner QUINN CASE'],
    'notify': ['case-report notify CASE'],
    'respond': ['case-report respond --outcome held --remedy exchange CASE',
                'case-report respond --outcome held --remedy refund CASE',
                'case-report respond --outcome disposed CASE',
                'case-report respond --outcome sold-on --to BETA CASE',
                'case-report respond --outcome not-found CASE'],
    'close': ['case-close --satisfaction 5 -m good CASE',
              'case-close --satisfaction 1 --complaint CASE',
              'case-close --satisfaction 3 CASE'],
    'answer': ['case-note --answer -m 400V CASE'],
    'quote': ['case-order quote --amount 120.50 --until +20d CASE'],
    'order': ['case-order order --po PO17 CASE',
              'case-order decline -m no CASE'],
    'request': ['case-ship request CASE'],
    'replacement': ['case-ship replacement --unit NEW --carrier DPD CASE',
                    'case-ship replacement CASE'],
    'slip': ['case-ship slip CASE'],
    'return': ['case-ship return --carrier DPD --tracking T1 CASE'],
    'receive': ['case-ship receive CASE',
                'case-ship receive --unit OTHER CASE',
                'case-ship receive --unit OTHER --instead CASE',
                'case-ship receive --from REP CASE'],
    'forward': ['case-ship forward CASE'],
    'analyse': ['case-report analyse -m worn --cause WELD CASE',
                'case-report analyse -m worn --outcome return CASE',
                'case-report analyse -m worn --outcome scrap CASE'],
    'fix': ['case-report fix -m spring --cause WELD --outcome repaired CASE',
            'case-report fix -m worn --outcome not-repairable CASE'],
    'send-back': ['case-ship send-back --carrier DPD CASE',
                  'case-waive send-back --outcome scrapped -m x CASE'],
    'dossier': ['case-ship dossier CASE'],
    'book': ['case-ship book --on +1d CASE'],
    'pickup': ['case-ship pickup CASE'],
    'deliver': ['case-ship deliver CASE'],
    'report': ['case-report report -m done CASE'],
    'survey': ['case-report survey --degree 4 CASE'],
    'advise': ['case-report advise -m turn CASE'],
    'parts': ['case-ship parts --part FUSE=1 CASE'],
    'dispatch': ['case-assign --role technician --auto CASE',
                 'case-assign --role technician TECH CASE'],
    'arrive': ['case-report arrive CASE'],
    'intervene': ['case-report intervene --outcome running -m ok CASE',
                  'case-report intervene --outcome not-running -m no CASE'],
    'correct': ['case-report correct --why a --missed b --change c CASE'],
    'verify': ['case-report verify --outcome effective -m ok CASE',
               'case-report verify --outcome not-effective -m no CASE'],
    'refund': ['case-report refund --amount 10 CASE'],
}

# What has nothing to do with the step that is due.
ANYWAY = ['case-note -m called CASE', 'case-note --ask -m which CASE',
          'case-note -m photo --attach photo CASE',
          'case-note -m alike --link OTHERCASE CASE',
          'case-open --add CASE --unit NEW', 'case-waive slip -m x CASE',
          'case-waive return -m lost --invoice CASE',
          'case-ship receive CASE', 'case-close --cancel -m x CASE',
          'case-close --reopen -m again CASE',
          'case-assign --role expert FRED CASE']

OPEN = ['case-open fault --serial SERIAL -m trips',
        'case-open fault --customer ACME --unit NEW --pilot PAUL -m hums',
        'case-open fault --customer ACME --unit QO120 --quantity 5 -m five '
        '--sold-on 2026-01-01',
        'case-open emergency --risk people --serial SERIAL -m smoke',
        'case-open emergency --risk production --customer BETA -m dark',
        'case-open expertise --serial SERIAL -m why --pilot EVE',
        'case-open complaint --customer DIST -m invoice']


class Day:
    def __init__(self, seconds, people, seed):
        self.start = time.monotonic()
        self.end = self.start + seconds
        self.people = people
        self.seed = seed
        self.lock = threading.Lock()
        self.codes = collections.Counter()
        self.refusals = collections.Counter()
        self.longest = collections.Counter()
        self.printed = set()
        self.recalls = set()
        self.wrong = []
        self.mail_kills = 0
        self.units = 0

    def now(self, rng):
        past = time.monotonic() - self.start
        at = BASE + datetime.timedelta(seconds=past * SPEED)
        if rng.random() < 0.05:         # a clock that goes backwards
            at -= datetime.timedelta(hours=3)
        return at.isoformat(timespec='seconds')

    def fail(self, text):
        with self.lock:
            self.wrong.append(text)

    def run(self, rng, args, kill=0.0, given='', within=0.06):
        """Runs it, and answers the exit code and what it printed; with the
        probability `kill` it is killed within so many seconds."""
        env = dict(os.environ, CASE_NOW=self.now(rng))
        begun = time.monotonic()
        p = subprocess.Popen(args, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             env=env, text=True)
        killed = rng.random() < kill
        if killed:
            timer = threading.Timer(rng.random() * within, p.kill)
            timer.start()
        out, said = p.communicate(given)
        took = time.monotonic() - begun
        if killed:
            timer.cancel()
        with self.lock:
            self.codes[args[0], p.returncode] += 1
            self.longest[args[0]] = max(self.longest[args[0]], took)
            if p.returncode == 1:
                self.refusals[args[0] + ': ' + said.strip()[-100:]] += 1
        if p.returncode not in (0, 1) and not (
                killed and p.returncode == -signal.SIGKILL):
            self.fail('exit %d: %s: %s' % (p.returncode, args, said.strip()))
        if p.returncode == 1 and not said.strip():
            self.fail('refused without a word: %s' % args)
        return p.returncode, out

    def fill(self, rng, words, case, other):
        with self.lock:
            self.units += 1
            new = 'QO120:NEW%d' % self.units
        for word in words.split():
            if word == 'CASE':
                yield str(case)
            elif word == 'OTHERCASE':
                yield str(other)
            elif word == 'NEW':
                yield new
            elif word == 'OTHER':
                yield 'QO120:S%d' % rng.randrange(400)
            elif word == 'SERIAL':
                yield 'S%d' % rng.randrange(400)
            elif word.startswith('+'):
                days = datetime.timedelta(days=int(word[1:-1]))
                at = datetime.datetime.fromisoformat(self.now(rng)) + days
                yield at.date().isoformat()
            else:
                yield word

    def act(self, rng, words, case=0, other=0, kill=0.04):
        args = list(self.fill(rng, words, case, other))
        args += ['--by', rng.choice(STAFF)]
        code, out = self.run(rng, args, kill)
        if args[0] == 'case-open' and '--add' not in args:
            with self.lock:
                self.printed |= set(out.split())
        elif code == 0 and not out.startswith(str(case)[:7]):
            self.fail('printed %r: %s' % (out, args))

    def some_case(self, rng):
        with self.lock:
            cases = sorted(self.printed)
        if rng.random() < 0.5:          # where the others are
            cases = cases[-6:]
        return rng.choice(cases) if cases else None

    def one_act(self, rng):
        case, other = self.some_case(rng), self.some_case(rng)
        if case is None or rng.random() < 0.12:
            self.act(rng, rng.choice(OPEN))
            return
        if rng.random() < 0.15:
            self.act(rng, rng.choice(ANYWAY), case, other)
            return
        code, out = self.run(rng, ['case-show', '--json', case])
        if code != 0:
            self.fail('case %s was printed and cannot be shown' % case)
            return
        steps = [s for s in json.loads(out)['steps'] if s['state'] == 'open']
        if not steps:
            return
        step = rng.choice(steps)
        at = case if step['item'] is None or rng.random() < 0.5 \
            else '%s/%d' % (case, step['item'])
        self.act(rng, rng.choice(STEPS[step['step']]), at, other)

    def person(self, n):
        rng = random.Random(self.seed * 1000 + n)
        while time.monotonic() < self.end:
            self.one_act(rng)

    def beside(self, n, work):
        rng = random.Random(self.seed * 1000 + 500 + n)
        turn = 0
        while time.monotonic() < self.end:
            work(rng, turn)
            turn += 1

    def mail(self, rng, turn):
        code, out = self.run(rng, ['case-mail'], 0.2, within=1)
        if code == -signal.SIGKILL:
            self.mail_kills += 1
        if turn % 10 == 9:
            self.run(rng, ['case-mail', '--retry'])

    def remind(self, rng, turn):
        self.run(rng, ['case-remind', '--within', '1d'], 0.1)
        time.sleep(0.3)

    def publish(self, rng, turn):
        self.run(rng, ['case-publish', 'www'], 0.1)
        time.sleep(0.2)

    def look(self, rng, turn):
        for args in (['case-list', '--overdue'], ['case-list', '--owed'],
                     ['case-list', '--all', '--json'], ['recall-show'],
                     ['case-find', 'trips'], ['case-mail', '--list']):
            code, out = self.run(rng, args, 0.05)
            if '--json' in args and code == 0:
                for line in out.splitlines():
                    json.loads(line)

    def load(self, rng, turn):
        lines = 'reference,serial,sold_on,customer\n' + ''.join(
            'QO120,L%d-%d,2025-06-01,BETA\n' % (turn % 7, n)
            for n in range(30000))
        self.run(rng, ['case-load', '-q', 'units', '-'], 0.3, lines)

    def backup(self, rng, turn):
        code, _ = self.run(rng, ['case-audit', 'backup', 'copy%d.db' % turn],
                           0.1)
        if code == 0:
            env = dict(os.environ, CASE_DB='copy%d.db' % turn)
            for what in 'verify', 'rebuild':
                if subprocess.run(['case-audit', '-q', what],
                                  env=env).returncode:
                    self.fail('the copy does not %s' % what)
        for name in os.listdir('.'):
            if name.startswith('copy%d.db' % turn):
                os.unlink(name)

    def recall(self, rng, turn):
        low = rng.randrange(0, 380)
        args = ['--select', 'reference=QO120,serial=S%d..S%d' %
                (low, low + rng.randrange(20)), '--by', 'PAUL']
        with self.lock:
            recalls = sorted(self.recalls)
        if len(recalls) < 3:
            code, out = self.run(rng, ['recall-issue', '--from', 'notice.txt',
                                       *args], 0.1)
        else:
            what = rng.choice(['--expand', '--expand', '--reduce'])
            code, out = self.run(rng, ['recall-issue', what,
                                       rng.choice(recalls), *args], 0.1)
        with self.lock:
            self.recalls |= set(out.split())
        code, out = self.run(rng, ['case-list', '--kind', 'recall',
                                   '-o', 'case'])
        with self.lock:
            self.printed |= set(out.split())
        time.sleep(0.5)

    def work(self):
        threads = [threading.Thread(target=self.person, args=(n,))
                   for n in range(self.people)]
        for n, work in enumerate((self.mail, self.remind, self.publish,
                                  self.look, self.load, self.backup,
                                  self.recall)):
            threads.append(threading.Thread(target=self.beside,
                                            args=(n, work)))
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        rng = random.Random(self.seed)
        # Whoever was killed may have held something: the next ones go on.
        self.run(rng, ['case-publish', 'www'])
        self.run(rng, ['case-remind'])
        for _ in range(4):
            self.run(rng, ['case-mail', '--retry'])


# Each query answers what is wrong.
LAWS = {
    'open without an open step': """
        SELECT case_id FROM cases WHERE status = 'open' AND NOT EXISTS
        (SELECT 1 FROM step WHERE case_id = cases.case_id
        AND state = 'open')""",
    'closed with an open step': """
        SELECT case_id, step FROM cases JOIN step USING (case_id)
        WHERE status <> 'open' AND state = 'open' AND step <> 'survey'""",
    'close is open beside what holds the case, or is missing': """
        SELECT case_id FROM cases WHERE status = 'open' AND
        EXISTS (SELECT 1 FROM step WHERE case_id = cases.case_id AND
        state = 'open' AND holds AND step <> 'close') =
        EXISTS (SELECT 1 FROM step WHERE case_id = cases.case_id AND
        state = 'open' AND step = 'close')""",
    'a unit is nowhere': """
        SELECT unit_id, place FROM unit_state WHERE place NOT IN
        ('customer', 'carrier', 'scrapped', 'unknown') AND place NOT IN
        (SELECT code FROM sites)""",
    'a unit twice': """
        SELECT reference, serial FROM unit_state WHERE serial IS NOT NULL
        GROUP BY reference, serial HAVING count(*) > 1""",
    'stock below zero': """
        SELECT site, reference FROM stock WHERE quantity +
        (SELECT total(quantity) FROM stock_move AS m WHERE m.site = stock.site
        AND m.reference = stock.reference AND seq > counted_seq) < 0""",
    'a customer told twice of a unit': """
        SELECT o.case_id, u.value ->> 'unit.serial' FROM outbox AS o,
        json_each(facts, '$.items') AS u WHERE kind LIKE '%recall%'
        GROUP BY recipient, u.value HAVING count(*) > 1""",
    'a message number twice': """
        SELECT message_id FROM outbox GROUP BY message_id
        HAVING count(*) > 1""",
    'a level of a reminder twice': """
        SELECT case_id, step_id FROM reminder WHERE level > 0 AND times > 1""",
    'in two buckets': """
        SELECT recall, serial FROM recall_unit GROUP BY recall, reference,
        serial HAVING count(*) > 1""",
}


def check(day, path):
    import sqlite3
    for what in 'verify', 'rebuild':
        p = subprocess.run(['case-audit', what], capture_output=True, text=True)
        if p.returncode != 0:
            day.fail('case-audit %s: %s' % (what, p.stderr))
    for end in '-wal', '-shm', '-journal':
        if os.path.exists(path + end):
            day.fail('left behind: %s%s' % (path, end))
    db = sqlite3.connect('file:%s?immutable=1' % path, uri=True)
    there = {str(n) for n, in db.execute('SELECT case_id FROM cases')}
    if day.printed - there:
        day.fail('printed, and not there: %s' % sorted(day.printed - there))
    for law, sql in LAWS.items():
        rows = db.execute(sql).fetchall()
        if rows:
            day.fail('%s: %s' % (law, rows[:5]))
    if db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
        day.fail('the file is damaged')
    sent = collections.Counter(open('sent').read().split('\n')[:-1])
    queued = {m for m, in db.execute('SELECT message_id FROM outbox')}
    twice = sum(n - 1 for n in sent.values())
    if twice > day.mail_kills:
        day.fail('%d mails twice, %d kills' % (twice, day.mail_kills))
    if set(s.strip('<>') for s in sent) - queued:
        day.fail('sent, and never queued')
    # Several slips may go in one mail.
    unsent = [m for m, in db.execute("""SELECT message_id FROM outbox
        LEFT JOIN delivery USING (seq, n) WHERE kind <> 'slip'
        AND (state IS NULL OR state = 'sent')""")
        if '<%s>' % m not in sent]
    print('%d cases, %d events, %d mails, %d twice, %d kills; %d recalls'
          % (len(there),
             db.execute('SELECT max(seq) FROM event').fetchone()[0],
             sum(sent.values()), twice, day.mail_kills, len(day.recalls)))
    if unsent:
        day.fail('not sent: %s' % unsent[:5])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    day = Day(float(sys.argv[1]), int(sys.argv[2]), seed)
    print('seed %d' % seed)
    day.work()
    check(day, os.path.realpath(os.environ['CASE_DB']))
    for (name, code), n in sorted(day.codes.items()):
        print('%-14s exit %3d: %6d   longest %.2f s' %
              (name, code, n, day.longest[name]))
    if 'DAY_REFUSALS' in os.environ:
        for said, n in day.refusals.most_common(60):
            print(n, said)
    for text in day.wrong[:40]:
        print('WRONG', text)
    print('%d wrong' % len(day.wrong))
    return len(day.wrong) > 0


sys.exit(main())
