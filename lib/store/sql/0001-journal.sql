-- SPDX-License-Identifier: ISC
-- The journal: everything that happened, in order, never changed. Written by
-- lib/journal only. Times are seconds since the epoch.

PRAGMA application_id = 1128354629;		-- "CASE"

-- The file itself: one row, from its creation.
CREATE TABLE origin (
	id INTEGER PRIMARY KEY CHECK (id = 1),	-- one row only
	created_at INTEGER NOT NULL,		-- by case-init
	clock_fixed INTEGER NOT NULL		-- 1: created under CASE_NOW, which
	    CHECK (clock_fixed IN (0, 1))	-- the recording time then follows
) STRICT;

CREATE TABLE event (
	seq INTEGER PRIMARY KEY CHECK (seq > 0),	-- 1, 2, 3, ...
	case_id INTEGER CHECK (case_id > 0),	-- NULL: about no case
	verb TEXT NOT NULL,			-- what happened: opened, shipped, ...
	happened_at INTEGER NOT NULL,		-- as it was told
	recorded_at INTEGER NOT NULL,		-- as the clock had it
	actor TEXT,				-- staff.code, on whose behalf
	login TEXT NOT NULL,			-- who ran the command
	uid INTEGER NOT NULL,			-- of the process, see getuid(2)
	digest BLOB NOT NULL CHECK (length(digest) = 32),	-- SHA-256 of the payload
	prev BLOB NOT NULL CHECK (length(prev) = 32),	-- hash of the event before
	hash BLOB NOT NULL CHECK (length(hash) = 32)	-- SHA-256 of all the above
) STRICT;
CREATE INDEX event_case ON event (case_id) WHERE case_id IS NOT NULL;

-- What it was about: {"text":...,"data":{...},"rows":{TABLE:[{...}]}}.
CREATE TABLE event_payload (
	seq INTEGER PRIMARY KEY REFERENCES event (seq),	-- one for each event
	payload TEXT NOT NULL			-- JSON object
) STRICT;

-- Attachments, by what is in them.
CREATE TABLE content (
	digest TEXT PRIMARY KEY,		-- SHA-256, hexadecimal
	bytes BLOB NOT NULL			-- the file as it was given
) STRICT;

-- INSERT OR REPLACE deletes what stands in its way; hence the third of each.
CREATE TRIGGER event_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_insert BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER payload_update BEFORE UPDATE ON event_payload
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER payload_delete BEFORE DELETE ON event_payload
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER payload_insert BEFORE INSERT ON event_payload
WHEN EXISTS (SELECT 1 FROM event_payload WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER content_update BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'content is never changed'); END;
CREATE TRIGGER content_delete BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'content is never removed'); END;
CREATE TRIGGER content_insert BEFORE INSERT ON content
WHEN EXISTS (SELECT 1 FROM content WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'content is never changed'); END;
