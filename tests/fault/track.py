# SPDX-License-Identifier: ISC
"""usage: track.py ask PROGRAM COUNT SEED TOKEN NONCE | guess PROGRAM COUNT

ask: asks for the customer's page COUNT times, mostly as no browser would: methods,
paths, headers, bodies and lengths at random, some of them nearly right. Each
answer has to be a whole one of a status that is known, and the spool has to hold
nothing but an answer that was accepted. TOKEN has a survey whose form has NONCE.
guess: tries COUNT links that are well formed; none is anybody's.
The environment has CASE_PUBLISHED and CASE_NOW.
"""

import concurrent.futures
import json
import os
import random
import sys

STATUSES = {200, 303, 400, 404, 405, 409, 411, 413, 415, 422}
FORM = 'application/x-www-form-urlencoded'
ALPHABET = ('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
            '0123456789-_')


def noise(r, most):
    """Bytes that an environment can have."""
    return bytes(r.choice((r.randrange(1, 256), ord(r.choice(
        '/%.&=;,-_+ "<>\'\\\n'))) ) for _ in range(r.randrange(most)))


def harm(r, data):
    """The same, wrong in a place or two."""
    data = bytearray(data)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(data) + 1)
        act = r.randrange(4)
        if act == 0:
            data[at:at] = noise(r, 5)
        elif act == 1:
            del data[at:at + r.randrange(1, 4)]
        elif act == 2 and at < len(data):
            data[at] = r.randrange(1, 256)
        else:
            data[at:at] = data[:at]
    return bytes(data)


def link(r):
    return ''.join(r.choice(ALPHABET) for _ in range(22)).encode()


def path(r, token):
    whole = b'/' + token
    return r.choice((
        lambda: whole, lambda: whole, lambda: whole + b'/return-slip',
        lambda: b'/' + link(r), lambda: harm(r, whole),
        lambda: harm(r, whole + b'/return-slip'), lambda: noise(r, 60),
        lambda: b'/' + b'../' * r.randrange(9) + noise(r, 20),
        lambda: whole + noise(r, 4000)))()


def body(r, nonce):
    right = b'nonce=%s&degree=%d&text=%s' % (
        nonce, r.randrange(1, 6), b'%C3%A9' * r.randrange(9))
    return r.choice((
        lambda: right, lambda: harm(r, right), lambda: harm(r, right),
        lambda: noise(r, 200), lambda: right + b'x' * r.randrange(40000),
        lambda: b'', lambda: bytes(r.randrange(256) for _ in range(300)),
        lambda: b'nonce=%s&text=%%' % nonce))()


def length(r, data):
    return r.choice((
        lambda: b'%d' % len(data), lambda: b'%d' % len(data),
        lambda: b'%d' % len(data), lambda: b'%d' % r.randrange(70000),
        lambda: noise(r, 30), lambda: b'-1', lambda: b'9' * r.randrange(40)))()


def request(r, token, nonce):
    """The environment, and what is on standard input."""
    method = r.choice((b'GET', b'GET', b'HEAD', b'POST', b'POST', b'POST',
                       b'PUT', noise(r, 12)))
    data = body(r, nonce) if r.randrange(4) or method == b'POST' else b''
    env = {b'REQUEST_METHOD': method, b'PATH_INFO': path(r, token)}
    if r.randrange(8):
        env[b'CONTENT_LENGTH'] = length(r, data)
        env[b'CONTENT_TYPE'] = r.choice(
            (FORM.encode(), FORM.encode(), FORM.encode() + b'; charset=UTF-8',
             noise(r, 40)))
    if r.randrange(2):
        env[b'HTTP_ACCEPT_LANGUAGE'] = r.choice(
            (b'en', b'fr;q=0.2, en', noise(r, 200), noise(r, 5000)))
    env[b'QUERY_STRING'] = noise(r, 40)
    for name in (b'HTTP_COOKIE', b'HTTP_HOST', b'SCRIPT_NAME', b'TZ'):
        if not r.randrange(4):
            env[name] = noise(r, 30)
    return env, data


def run(program, env, data):
    """Exit code, what it printed, what it complained of."""
    files = [os.memfd_create(name) for name in ('in', 'out', 'error')]
    try:
        os.write(files[0], data)
        os.lseek(files[0], 0, os.SEEK_SET)
        child = os.posix_spawn(program, [program], env, file_actions=[
            (os.POSIX_SPAWN_DUP2, file, number)
            for number, file in enumerate(files)])
        _, status = os.waitpid(child, 0)
        return (os.waitstatus_to_exitcode(status),
                *(os.pread(file, os.fstat(file).st_size, 0)
                  for file in files[1:]))
    finally:
        for file in files:
            os.close(file)


def answer(program, env, data):
    """Status, headers and body; what is not an answer is an error."""
    code, said, complaint = run(program, env, data)
    if code != 0 or complaint:
        raise ValueError(f'exit {code}: {complaint!r}')
    head, _, text = said.partition(b'\n\n')
    lines = [line.split(b': ', 1) for line in head.split(b'\n')]
    headers = {name.decode('ascii'): value for name, value in lines}
    if len(headers) != len(lines):
        raise ValueError('a header twice')
    status = int(headers['Status'].split()[0])
    whole = len(text) == int(headers['Content-Length'])
    if status not in STATUSES:
        raise ValueError(f'status {status}')
    if not (whole or env[b'REQUEST_METHOD'] == b'HEAD' and not text):
        raise ValueError(f'{len(text)} bytes')
    return status, headers, text


def allowed(env, token, status):
    """A page or a document only for the link; an answer only at the page."""
    if status == 200:
        return env[b'PATH_INFO'] in (b'/' + token,
                                     b'/' + token + b'/return-slip')
    return status in (400, 404, 405, 411, 413, 415) or \
        env[b'PATH_INFO'] == b'/' + token


def surroundings():
    return {name.encode(): os.environ[name].encode()
            for name in ('CASE_PUBLISHED', 'CASE_NOW')}


def guess(program, count):
    """There is something to look into for each."""
    folder = os.environ['CASE_PUBLISHED'] + '/pages'
    for number in range(4096):
        name = f'{folder}/{number:03x}.db'
        if not os.path.exists(name):
            os.link(folder + '/none.db', name)
    r, first = random.SystemRandom(), None
    for _ in range(int(count)):
        env = surroundings() | {b'REQUEST_METHOD': b'GET',
                                b'PATH_INFO': b'/' + link(r)}
        got = answer(program, env, b'')
        first = first or got
        if got[0] != 404 or got != first:
            print(env, got)
            return 1
    return 0


def ask(program, count, seed, token, nonce):
    base = surroundings()
    token, nonce = token.encode(), nonce.encode()
    seen, accepted, wrong = {}, [], 0

    def one(number):
        env, data = request(random.Random(number), token, nonce)
        try:
            status, _, _ = answer(program, base | env, data)
        except (ValueError, KeyError) as error:
            return number, env, data, None, error
        fault = None if allowed(env, token, status) else f'status {status}'
        return number, env, data, status, fault

    first = int(seed)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for number, env, data, status, fault in pool.map(
                one, range(first, first + int(count))):
            seen[status] = seen.get(status, 0) + 1
            if status == 303:
                accepted.append(data[:int(env[b'CONTENT_LENGTH'])])
            if fault is not None:
                wrong += 1
            if fault is not None and wrong < 10:
                print(f'seed {number}: {fault}\n  {env}\n  {data[:200]!r}')
    print(' '.join(f'{status}:{n}' for status, n in sorted(
        seen.items(), key=str)))
    spool = base[b'CASE_PUBLISHED'].decode() + '/spool'
    names = os.listdir(spool)
    if len(accepted) != 1 or names != [nonce.decode() + '.json']:
        print(f'accepted {accepted}, in the spool {names}')
        return 1
    with open(f'{spool}/{names[0]}', encoding='utf-8') as file:
        kept = json.load(file)
    if b'degree=%d' % kept['degree'] not in accepted[0]:
        print(f'accepted {accepted[0]}, kept {kept}')
        return 1
    # Every way was taken, but that of a form filled in wrong: the answer may
    # have been there before.
    return wrong or STATUSES - {422} - set(seen)


if __name__ == '__main__':
    acts = {'ask': ask, 'guess': guess}
    sys.exit(1 if acts[sys.argv[1]](*sys.argv[2:]) else 0)
