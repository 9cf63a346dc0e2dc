-- SPDX-License-Identifier: ISC
-- Derived tables: what events change. Written by apply only; a rebuild makes
-- them anew from the journal and compares. Times are seconds since the epoch.
-- Checks of words are OR, not IN: the engine makes a table of a longer list for
-- each row that is written, which takes as long as writing the row.

-- One request of one customer.
CREATE TABLE cases (
	case_id INTEGER NOT NULL PRIMARY KEY,	-- the number, check digit included
	kind TEXT NOT NULL,			-- how it came in: fault, emergency, ...
	status TEXT NOT NULL			-- open from opening or reopening
	    CHECK (status = 'open' OR status = 'closed' OR status = 'cancelled'),
	customer TEXT NOT NULL,			-- customers.code
	customer_type TEXT NOT NULL		-- as it was at opening
	    CHECK (customer_type IN ('end', 'distributor')),
	language TEXT NOT NULL,			-- of what is sent to the customer
	pilot TEXT,				-- staff.code of who answers for it
	expert TEXT,				-- staff.code of an expert beside him
	technician TEXT,			-- staff.code of who goes on site
	channel TEXT,				-- phone, mail, web, visit
	contact TEXT,				-- whom to ask for at the customer's
	risk TEXT,				-- emergency: people, property, production
	opened_at INTEGER NOT NULL,		-- the request was made
	opened_by TEXT NOT NULL,		-- staff.code
	closed_at INTEGER,			-- or cancelled
	outcome TEXT,				-- of the case, in a word of the closer's
	satisfaction INTEGER			-- 1-5, at closing
	    CHECK (satisfaction BETWEEN 1 AND 5),
	dissatisfaction INTEGER			-- 1-5, complaint, at the start
	    CHECK (dissatisfaction BETWEEN 1 AND 5),
	nature TEXT,				-- complaint: technical, ...
	criticality INTEGER			-- complaint: 1-4
	    CHECK (criticality BETWEEN 1 AND 4),
	sought TEXT,				-- complaint: remedy sought
	recall INTEGER,				-- the recall it belongs to
	renewed INTEGER,			-- links given instead of the first
	items INTEGER NOT NULL,			-- how many
	next_step INTEGER,			-- the most urgent open step
	next_rank INTEGER,			-- its rank and binding time, here
	next_at INTEGER,			-- too, so that lists find them
	CHECK ((status = 'open') = (closed_at IS NULL)),
	CHECK ((next_step IS NULL) = (next_at IS NULL))
) STRICT;
CREATE INDEX cases_urgent ON cases (next_rank, next_at) WHERE status = 'open';
CREATE INDEX cases_customer ON cases (customer);
CREATE INDEX cases_closed ON cases (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_recall ON cases (recall, customer) WHERE recall IS NOT NULL;

-- What the customer said, apart since it is long and never changes.
CREATE TABLE description (
	case_id INTEGER NOT NULL PRIMARY KEY,	-- cases.case_id
	description TEXT NOT NULL		-- in the words of who opened it
) STRICT;

-- The words of what happened since: notes, diagnoses, findings, reasons. Words
-- are looked for here, not among all that the journal holds.
CREATE TABLE said (
	seq INTEGER NOT NULL PRIMARY KEY,	-- of the event
	case_id INTEGER NOT NULL,		-- cases.case_id
	words TEXT NOT NULL			-- as they were given
) STRICT;

-- One unit of a case.
CREATE TABLE item (
	case_id INTEGER NOT NULL,		-- cases.case_id
	item INTEGER NOT NULL CHECK (item > 0),	-- from 1
	unit_id INTEGER NOT NULL,		-- unit_state.unit_id
	warranty TEXT NOT NULL			-- decided for the date of request
	    CHECK (warranty = 'in' OR warranty = 'out' OR warranty = 'unknown' OR
	    warranty = 'goodwill' OR warranty = 'recall'),
	warranty_until TEXT,			-- YYYY-MM-DD, the last day
	warranty_reason TEXT NOT NULL,		-- how it was decided, in words
	sold_on TEXT,				-- YYYY-MM-DD, as used for the decision
	owed INTEGER NOT NULL			-- 1: replaced, and not yet back
	    CHECK (owed = 0 OR owed = 1),
	owed_at INTEGER,			-- since when
	invoiced INTEGER			-- a waiver said: 1 invoiced, 0 not
	    CHECK (invoiced = 0 OR invoiced = 1),
	replacement INTEGER,			-- unit_state.unit_id of its replacement
	flag TEXT,				-- unexpected, mistaken or astray
	PRIMARY KEY (case_id, item),
	CHECK ((owed = 1) = (owed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX item_unit ON item (unit_id);
CREATE INDEX item_owed ON item (case_id) WHERE owed = 1;
CREATE INDEX item_replacement ON item (replacement)
    WHERE replacement IS NOT NULL;

-- A unit that was ever in a case: exactly one row, hence exactly one place.
CREATE TABLE unit_state (
	unit_id INTEGER NOT NULL PRIMARY KEY,	-- from 1, never given again
	reference TEXT NOT NULL,		-- products.reference
	serial TEXT,				-- NULL: it has none, or nobody said
	lot TEXT,				-- lot or date code
	holder TEXT,				-- customers.code; NULL: it is ours
	place TEXT NOT NULL,			-- customer, carrier, scrapped, unknown, or a site
	direction TEXT				-- of a carrier: us, customer
	    CHECK (direction IN ('us', 'customer')),
	bound_for TEXT,				-- the site a carrier brings it to
	proof_on TEXT,				-- the sale, by a proof of purchase
	warranty_until TEXT,			-- inherited or earned; YYYY-MM-DD
	warranty_reason TEXT,			-- of that end: replacement of, repaired
	CHECK ((place = 'carrier') = (direction IS NOT NULL)),
	CHECK (bound_for IS NULL OR direction = 'us')
) STRICT;
CREATE INDEX unit_state_serial ON unit_state (serial COLLATE NOCASE, reference)
    WHERE serial IS NOT NULL;

-- A procedure started on an item, or on the case.
CREATE TABLE procedure (
	case_id INTEGER NOT NULL,		-- cases.case_id
	run INTEGER NOT NULL CHECK (run > 0),	-- from 1, within the case
	procedure TEXT NOT NULL,		-- exchange, repair, ...
	item INTEGER,				-- NULL: on the case
	items TEXT,				-- items it was started for, "1 2"
	started_at INTEGER NOT NULL,		-- by triage, solution or answer
	ended_at INTEGER,			-- given up, declined or replaced
	why TEXT,				-- it ended
	PRIMARY KEY (case_id, run)
) STRICT, WITHOUT ROWID;

-- Who owes what, by when. A step that is not yet possible has no row.
CREATE TABLE step (
	case_id INTEGER NOT NULL,		-- cases.case_id
	step_id INTEGER NOT NULL		-- from 1, within the case
	    CHECK (step_id > 0),
	process TEXT NOT NULL,			-- the procedure, or the kind
	step TEXT NOT NULL,			-- slip, return, ...
	run INTEGER,				-- procedure.run; NULL: of the kind
	item INTEGER,				-- NULL: of the case
	owner TEXT NOT NULL,			-- role
	owner_site TEXT,			-- sites.code
	owner_person TEXT,			-- staff.code
	who TEXT,				-- person, else site, else customer
	state TEXT NOT NULL			-- waived: given up by somebody
	    CHECK (state = 'open' OR state = 'done' OR state = 'waived' OR
	    state = 'dropped'),
	born INTEGER NOT NULL			-- 1: its effect held already
	    CHECK (born = 0 OR born = 1),
	holds INTEGER NOT NULL			-- 1: the case waits for it
	    CHECK (holds = 0 OR holds = 1),
	since INTEGER NOT NULL,			-- its clock started
	rule TEXT,				-- due after, "9 bd"; or given, "until"
	region TEXT,				-- whose calendar counted
	due_at INTEGER,				-- NULL: it has no due time
	limit_from INTEGER,			-- the promise began
	limit_at INTEGER,			-- and ends: expertise, 15 bd from pickup
	rank INTEGER NOT NULL,			-- 0: risk to people, 1; 2: the survey
						-- of a case that is closed
	binds_at INTEGER NOT NULL,		-- the earlier of due and limit, or far
	appointment INTEGER,			-- book: when the carrier comes
	done_at INTEGER,			-- happened
	outcome TEXT,				-- repaired, declined, ...; cancelled: it comes back
	PRIMARY KEY (case_id, step_id),
	CHECK ((state = 'open') = (done_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX step_open ON step (step, rank, binds_at) WHERE state = 'open';
CREATE INDEX step_who ON step (who, binds_at) WHERE state = 'open';
CREATE INDEX step_due ON step (binds_at) WHERE state = 'open' AND rank < 2;
CREATE INDEX step_undated ON step (since)
    WHERE state = 'open' AND owner = 'customer' AND due_at IS NULL;

-- Stock is the last count and the movements after it.
CREATE TABLE stock_move (
	site TEXT NOT NULL,			-- sites.code
	reference TEXT NOT NULL,		-- products.reference
	seq INTEGER NOT NULL,			-- of the event
	n INTEGER NOT NULL,			-- within the event
	quantity INTEGER NOT NULL		-- negative: left
	    CHECK (quantity <> 0),
	case_id INTEGER NOT NULL,		-- for which it left or came
	PRIMARY KEY (site, reference, seq, n)
) STRICT, WITHOUT ROWID;

-- Numbers by which a case is found: purchase order, tracking.
CREATE TABLE lookup (
	value TEXT NOT NULL,			-- as it was given
	case_id INTEGER NOT NULL,		-- cases.case_id
	item INTEGER NOT NULL,			-- 0: of the case
	name TEXT NOT NULL,			-- order, tracking
	PRIMARY KEY (value, case_id, item, name)
) STRICT, WITHOUT ROWID;

-- Cases that belong together, the lower number first.
CREATE TABLE link (
	case_id INTEGER NOT NULL,		-- the lower number
	other INTEGER NOT NULL,			-- the higher one
	PRIMARY KEY (case_id, other),
	CHECK (case_id < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_other ON link (other);

-- A file kept with a case; its bytes are in content, by digest.
CREATE TABLE attachment (
	case_id INTEGER NOT NULL,		-- cases.case_id
	attachment INTEGER NOT NULL,		-- from 1, within the case
	name TEXT NOT NULL,			-- of the file, without its folders
	size INTEGER NOT NULL,			-- bytes
	digest TEXT NOT NULL,			-- SHA-256, hexadecimal
	seq INTEGER NOT NULL,			-- of the event that brought it
	PRIMARY KEY (case_id, attachment)
) STRICT, WITHOUT ROWID;

-- A message to somebody, queued with what it tells of. What it is made of is
-- here; whether it was delivered is in delivery.
CREATE TABLE outbox (
	seq INTEGER NOT NULL,			-- of the event
	n INTEGER NOT NULL,			-- from 1, within the event
	case_id INTEGER,			-- NULL: about several
	kind TEXT NOT NULL,			-- opened, slip, task, reminder, ...
	rank INTEGER NOT NULL,			-- 0: at once, 1, 2: after the others
	queued_at INTEGER NOT NULL,		-- by the clock
	recipient_type TEXT NOT NULL		-- the table of `recipient`
	    CHECK (recipient_type = 'customer' OR recipient_type = 'staff' OR
	    recipient_type = 'site' OR recipient_type = 'carrier'),
	recipient TEXT NOT NULL,		-- code in that table
	name TEXT NOT NULL,			-- to whom, as it was then
	address TEXT,				-- of mail; NULL: none, on paper
	language TEXT NOT NULL,			-- fr, en
	message_id TEXT NOT NULL,		-- LOCAL@DOMAIN
	facts TEXT NOT NULL,			-- JSON object
	PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

-- Causes that were found, so that a recall knows what was mended before it.
CREATE TABLE finding (
	cause TEXT NOT NULL,			-- causes.code
	case_id INTEGER NOT NULL,		-- cases.case_id
	item INTEGER NOT NULL,			-- 0: of the case
	PRIMARY KEY (cause, case_id, item)
) STRICT, WITHOUT ROWID;

-- What a product did, as it was told with a case.
CREATE TABLE incident (
	case_id INTEGER NOT NULL,		-- cases.case_id
	seq INTEGER NOT NULL,			-- of the event
	harm TEXT NOT NULL			-- to people, to things, or none
	    CHECK (harm = 'injury' OR harm = 'damage' OR harm = 'none'),
	happened_at INTEGER NOT NULL,		-- as that event
	PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;

-- A series that was called back.
CREATE TABLE recall (
	recall INTEGER NOT NULL PRIMARY KEY,	-- the number, check digit included
	series TEXT NOT NULL,			-- selections, as they can be read
	cause TEXT NOT NULL,			-- of the defect: causes.code
	remedies TEXT NOT NULL,			-- to choose from, by blanks
	pilot TEXT NOT NULL,			-- staff.code
	issued_at INTEGER NOT NULL,		-- the first time; it may have grown since
	issued_by TEXT NOT NULL			-- staff.code
) STRICT;

-- What its notice says.
CREATE TABLE recall_text (
	recall INTEGER NOT NULL,		-- recall.recall
	language TEXT NOT NULL,			-- fr, en
	title TEXT NOT NULL,			-- what is recalled, in a line
	defect TEXT NOT NULL,			-- what is wrong with the product
	hazard TEXT NOT NULL,			-- what can happen
	instruction TEXT NOT NULL,		-- to stop using it
	find TEXT NOT NULL,			-- the series, and where its number is
	sold TEXT NOT NULL,			-- when and where
	contact TEXT NOT NULL,			-- free of charge
	only_one TEXT,				-- why there is but one remedy
	PRIMARY KEY (recall, language)
) STRICT, WITHOUT ROWID;

-- A unit of a recall: one row, hence one bucket. All of them are affected.
CREATE TABLE recall_unit (
	recall INTEGER NOT NULL,		-- recall.recall
	reference TEXT NOT NULL,		-- products.reference
	serial_key TEXT NOT NULL,		-- natural_key() of serial
	serial TEXT NOT NULL,			-- as it is written
	bucket TEXT NOT NULL			-- follows from the steps of its item
	    CHECK (bucket = 'unknown_holder' OR bucket = 'to_notify' OR
	    bucket = 'notified' OR bucket = 'answered' OR bucket = 'remedied' OR
	    bucket = 'disposed' OR bucket = 'unreachable' OR bucket = 'taken_out'),
	since INTEGER NOT NULL,			-- in that bucket
	added_at INTEGER NOT NULL,		-- to the recall
	level TEXT NOT NULL			-- who has it
	    CHECK (level = 'manufacturer' OR level = 'distributor' OR
	    level = 'consumer' OR level = 'unknown'),
	customer TEXT,				-- who is asked; NULL: nobody
	case_id INTEGER,			-- and in which case
	item INTEGER,				-- item.item of that case
	told_at INTEGER,			-- he was told
	answered_at INTEGER,			-- he answered
	remedied_at INTEGER,			-- exchanged, repaired, refunded
	PRIMARY KEY (recall, reference, serial_key, serial),
	CHECK (bucket <> 'unknown_holder' OR customer IS NULL),
	CHECK (customer IS NOT NULL OR (bucket <> 'to_notify'
	    AND bucket <> 'notified' AND bucket <> 'answered')),
	CHECK ((bucket = 'remedied') = (remedied_at IS NOT NULL)),
	CHECK ((case_id IS NULL) = (item IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX recall_unit_case ON recall_unit (case_id, item)
    WHERE case_id IS NOT NULL;
