-- SPDX-License-Identifier: ISC
-- Working tables: each belongs to its one command. Not journalled.

-- Drawn once, with the file: the customers' links follow from it, and whoever
-- knows it knows them all.
CREATE TABLE secret (
	id INTEGER PRIMARY KEY CHECK (id = 1),	-- one row only
	secret BLOB NOT NULL CHECK (length(secret) = 32)	-- random bytes
) STRICT;

-- Requests made with -k: the same one again gets the same answer.
CREATE TABLE request_key (
	key TEXT PRIMARY KEY,			-- as -k gave it
	request BLOB NOT NULL,			-- SHA-256 of operands and options
	answer INTEGER NOT NULL			-- the number that was printed
) STRICT, WITHOUT ROWID;

-- What became of each message of the outbox; case-mail's. A message without a
-- row here is newer than its last run.
CREATE TABLE delivery (
	seq INTEGER NOT NULL,			-- outbox.seq
	n INTEGER NOT NULL,			-- outbox.n
	state TEXT NOT NULL			-- paper: there is no address;
						-- dropped: he knows it already
	    CHECK (state IN ('queued', 'sent', 'failed', 'paper', 'dropped')),
	address TEXT,				-- since --retry: as it is now; NULL:
						-- that of the outbox
	rank INTEGER NOT NULL,			-- outbox.rank
	next_at INTEGER NOT NULL,		-- not before
	tries INTEGER NOT NULL,			-- so far
	tried_at INTEGER,			-- the last time
	why TEXT,				-- it did not go then
	together TEXT,				-- messages of the same may share
						-- a mail; NULL: it has its own
	lead_seq INTEGER,			-- under the Message-ID of that
	lead_n INTEGER,				-- one it goes, however often;
						-- NULL: not settled yet
	PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_next ON delivery (rank, next_at) WHERE state = 'queued';
CREATE INDEX delivery_left ON delivery (seq, n)
    WHERE state NOT IN ('sent', 'dropped');
CREATE INDEX delivery_together ON delivery (lead_seq, lead_n)
    WHERE state = 'queued' AND together IS NOT NULL;

-- When case-mail last said that messages are late.
CREATE TABLE delay_told (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	told_at INTEGER NOT NULL
) STRICT;

-- Reminders given, each level once for a due time; case-remind's.
CREATE TABLE reminder (
	case_id INTEGER NOT NULL,		-- cases.case_id
	step_id INTEGER NOT NULL,		-- step.step_id
	binds_at INTEGER NOT NULL,		-- the due time that was told
	level INTEGER NOT NULL,			-- 0 customer, 1 owner, 2 pilot,
						-- 3 supervisor
	times INTEGER NOT NULL,			-- told; of a customer, several
	given_at INTEGER NOT NULL,		-- the last time
	PRIMARY KEY (case_id, step_id, binds_at, level)
) STRICT, WITHOUT ROWID;

-- When a customer was last reminded.
CREATE TABLE chased (
	customer TEXT NOT NULL PRIMARY KEY,	-- customers.code
	chased_at INTEGER NOT NULL		-- the last time
) STRICT, WITHOUT ROWID;
