#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""usage: mail.py PROGRAM COUNT [SEED]

Random names, subjects, file names and texts go through PROGRAM into mails;
Python's own parser must give back exactly what went in, and one of each header.
"""
import email
import email.header
import email.policy
import email.utils
import random
import subprocess
import sys

PIECES = [
    "Élodie", "N'Guyen", "Smith & Sons", "O\u2019Brien", "abc def", "日本語",
    "Привет", "العربية", "שלום", "हिन्दी", "ไทย", "😀👩‍👩‍👧", "é\u0301", "\u202e", "\u200f", "\u00a0", "\u202f",
    " ", "  ", "\t", "=?utf-8?q?x?=", "=?", "?=", '"', "\\", "<a@b.example>",
    ",", ";", ":", "(", ")", "[", "@", ".", "=", "_", "%41", "utf-8''", "*0*=",
    "x" * 90, "\x01", "\x1b[31m", "\x7f", "\u2028", "\ufeff", "\U0010ffff",
    "From ", "Bcc: x@evil.example", "--=_",
]
BREAKS = ["\r\nBcc: x@evil.example", "\n", "\r", "\r\n\r\nbody"]


def text(rnd, broken):
    parts = []
    wanted = rnd.choice([0, 1, 5, 20, 60] * 20 + [300, 300, 300, 2000])
    while sum(map(len, parts)) < wanted:
        parts.append(rnd.choice(PIECES) if rnd.random() < 0.7
                     else chr(rnd.choice([rnd.randrange(1, 0x250), rnd.randrange(0x250, 0xd800),
                                          rnd.randrange(0xe000, 0x110000)])))
    made = "".join(parts)[:wanted].replace("\r", "").replace("\n", "")
    if broken:
        at = rnd.randrange(len(made) + 1)
        made = made[:at] + rnd.choice(BREAKS) + made[at:]
    return made


def one_of_each(mail, raw):
    head = raw.split(b"\n\n", 1)[0]
    names = [line.split(b":")[0].lower() for line in head.split(b"\n")
             if not line.startswith((b" ", b"\t"))]
    assert len(names) == len(set(names)), names
    assert all(len(line) <= 78 for line in raw.split(b"\n")), "long line"
    assert all(byte < 128 for byte in raw), "not ASCII"
    assert not mail.defects, mail.defects


def decoded(value):
    """As RFC 2047 has it, white space between encoded words left out; policy
    "default" of Python 3.11 puts blanks there."""
    parts = email.header.decode_header(value.replace("\n", ""))
    return "".join(part if isinstance(part, str) else part.decode(charset or "ascii")
                   for part, charset in parts)


def check(record, raw):
    name, subject, file, body = record
    broken = any(c in name + subject for c in "\r\n")
    if raw.startswith(b"!"):
        assert broken, raw
        return 1
    assert not broken, "not refused"
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    one_of_each(mail, raw)
    plain = email.message_from_bytes(raw)
    assert decoded(plain["subject"]) == subject, ("subject", decoded(plain["subject"]), subject)
    for header, address in ("to", "customer@shop.example"), ("from", "service@firm.example"):
        there, = mail[header].addresses
        assert there.addr_spec == address, there
        (who, addr), = email.utils.getaddresses([plain[header]])
        assert addr == address, addr
        assert decoded(who) == name, ("name", decoded(who), name)
    assert mail["message-id"] == "<1.1.ab@firm.example>"
    # Lines end in LF, and the last one is ended.
    wanted = body.replace("\r\n", "\n")
    for form in "plain", "html":
        part = mail.get_body((form,))
        assert part.get_content().rstrip("\n") == wanted.rstrip("\n"), ("body", part.get_content(), wanted)
    files = list(mail.iter_attachments())
    assert len(files) == (1 if file else 0)
    for part in files:
        # get_filename() takes blanks off the ends, of every alphabet, and
        # quotes that belong to the name.
        there = part.get_filename()
        assert there in (file.strip(), email.utils.unquote(file).strip(),
                         email.utils.unquote(file.strip())), ("file", there, file)
        assert part.get_payload(decode=True).decode() == body
    return 0


def main():
    program, count = sys.argv[1], int(sys.argv[2])
    rnd = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    records = []
    for i in range(count):
        record = [text(rnd, i % 10 == 0), text(rnd, i % 10 == 1), text(rnd, False),
                  "\n".join(text(rnd, False) for _ in range(rnd.randrange(4)))]
        records.append([field.replace("\0", "") for field in record])
    feed = "".join("\0".join(record) + "\0" for record in records)
    mails = subprocess.run([program], input=feed.encode(), capture_output=True,
                           check=True).stdout.split(b"\0")
    assert mails.pop() == b"" and len(mails) == count, len(mails)
    refused, differ = 0, 0
    for record, raw in zip(records, mails):
        try:
            refused += check(record, raw)
        except Exception as error:
            differ += 1
            if differ <= 5:
                print(type(error).__name__, str(error)[:400], file=sys.stderr)
    print(f"{count} mails, {refused} refused, {differ} differ")
    return differ != 0


sys.exit(main())
