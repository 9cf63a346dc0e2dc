-- SPDX-License-Identifier: ISC
-- Master data: who and what there is. Written by case-load and case-config
-- only. Dates are YYYY-MM-DD, times seconds since the epoch. date() alone leaves
-- 30 February as it is; with a modifier it moves on.

-- The firm's places. A region names the calendar of its service hours.
CREATE TABLE sites (
	code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),	-- the key: what people write
	name TEXT NOT NULL,			-- as it stands on documents
	kind TEXT NOT NULL			-- what is done there
	    CHECK (kind IN ('desk', 'logistics', 'plant', 'repair', 'expertise')),
	region TEXT NOT NULL DEFAULT 'FR',	-- FR, FR-AM, or calendar.REGION
	email TEXT,				-- where its steps are told
	address TEXT,				-- street and number
	postcode TEXT,				-- as it stands in an address
	city TEXT,				-- the same
	country TEXT				-- the same
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
	code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),	-- the key: what people write
	name TEXT NOT NULL,			-- as it stands on documents
	type TEXT NOT NULL			-- a distributor sells on
	    CHECK (type IN ('end', 'distributor')),
	language TEXT NOT NULL DEFAULT 'fr'	-- of what is sent there
	    CHECK (language IN ('fr', 'en')),
	email TEXT,				-- NULL: letters go on paper
	phone TEXT,				-- for the carrier, too
	address TEXT,				-- street and number
	postcode TEXT,				-- as it stands in an address
	city TEXT,				-- the same
	country TEXT,				-- the same
	safety_email TEXT			-- used for recalls only, first
) STRICT, WITHOUT ROWID;

CREATE TABLE carriers (
	code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),	-- the key: what people write
	name TEXT NOT NULL,			-- as it stands on documents
	email TEXT,				-- where collections are asked for
	phone TEXT				-- the same
) STRICT, WITHOUT ROWID;

-- The catalogue. Each product names the sites that deal with it.
CREATE TABLE products (
	reference TEXT NOT NULL PRIMARY KEY CHECK (reference <> ''),	-- the key: what people write
	name TEXT NOT NULL,			-- as it stands on documents
	range TEXT,				-- product range: skills name it
	brand TEXT,				-- NULL: the setting `brand`
	warranty_months INTEGER			-- from the sale; NULL: not known
	    CHECK (warranty_months BETWEEN 0 AND 600),
	logistics TEXT REFERENCES sites (code),	-- ships and takes in
	plant TEXT REFERENCES sites (code),	-- makes it
	repair TEXT REFERENCES sites (code),	-- mends it
	expertise TEXT REFERENCES sites (code),	-- analyses it
	part INTEGER NOT NULL DEFAULT 0		-- 1: a spare part
	    CHECK (part IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The installed base, millions of rows: in the order in which recalls ask.
CREATE TABLE units (
	reference TEXT NOT NULL REFERENCES products (reference),	-- of its product
	serial_key TEXT NOT NULL,		-- natural_key() of serial
	serial TEXT NOT NULL CHECK (serial <> ''),	-- as it is written
	lot TEXT,				-- lot or date code
	lot_key TEXT,				-- natural_key() of lot
	made_on TEXT CHECK (made_on = date(made_on, '+0 days')),	-- day
	sold_on TEXT CHECK (sold_on = date(sold_on, '+0 days')),	-- day; the warranty begins
	customer TEXT REFERENCES customers (code),	-- NULL: nobody knows
	plant TEXT REFERENCES sites (code),	-- NULL: the product's
	warranty_until TEXT			-- last day; NULL: computed
	    CHECK (warranty_until = date(warranty_until, '+0 days')),
	PRIMARY KEY (reference, serial_key, serial),
	CHECK ((lot IS NULL) = (lot_key IS NULL))
) STRICT, WITHOUT ROWID;
-- A serial alone, whatever its case and leading zeros.
CREATE INDEX units_serial ON units (serial_key);
CREATE INDEX units_customer ON units (customer) WHERE customer IS NOT NULL;

CREATE TABLE staff (
	code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),	-- the key: what people write
	name TEXT NOT NULL,			-- as colleagues see it
	login TEXT UNIQUE,			-- of the system account
	email TEXT,				-- NULL: lists are the only way
	roles TEXT NOT NULL DEFAULT '',		-- "desk pilot ...", by spaces
	skills TEXT NOT NULL DEFAULT '',	-- product ranges by spaces, * all
	site TEXT REFERENCES sites (code),	-- where he works
	language TEXT NOT NULL DEFAULT 'fr'	-- of what is sent to him
	    CHECK (language IN ('fr', 'en'))
) STRICT, WITHOUT ROWID;

-- Who is on duty outside the service hours.
CREATE TABLE duty (
	staff TEXT NOT NULL REFERENCES staff (code),	-- who is on duty
	"from" INTEGER NOT NULL,		-- included
	"to" INTEGER NOT NULL,			-- not included
	PRIMARY KEY ("from", staff),
	CHECK ("to" > "from")
) STRICT, WITHOUT ROWID;

-- What was counted, and when; stock_move has what moved since.
CREATE TABLE stock (
	site TEXT NOT NULL REFERENCES sites (code),	-- where it lies
	reference TEXT NOT NULL REFERENCES products (reference),	-- of the product
	quantity INTEGER NOT NULL CHECK (quantity >= 0),	-- that were counted
	counted_at INTEGER NOT NULL,		-- loaded
	counted_seq INTEGER NOT NULL,		-- event.seq then: moves of later
						-- events count
	PRIMARY KEY (reference, site)
) STRICT, WITHOUT ROWID;

-- Closed days besides those that are shipped.
CREATE TABLE holidays (
	region TEXT NOT NULL CHECK (region <> ''),	-- FR, FR-AM, or calendar.REGION
	day TEXT NOT NULL CHECK (day = date(day, '+0 days')),	-- closed all day
	name TEXT NOT NULL,			-- why, for people
	PRIMARY KEY (region, day)
) STRICT, WITHOUT ROWID;

-- Causes of faults, for findings and recalls.
CREATE TABLE causes (
	code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),	-- the key: what people write
	fr TEXT NOT NULL,			-- what it is, in French
	en TEXT NOT NULL			-- and in English
) STRICT, WITHOUT ROWID;

-- The last file that was loaded whole into a table.
CREATE TABLE loaded (
	name TEXT NOT NULL PRIMARY KEY,		-- of the table
	digest TEXT NOT NULL,			-- SHA-256 of the file, hexadecimal
	loaded_at INTEGER NOT NULL		-- to its last row
) STRICT, WITHOUT ROWID;

-- What case-config changed; what is not here has its shipped default.
CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,		-- see setting_table.c
	value TEXT NOT NULL			-- as it was checked
) STRICT, WITHOUT ROWID;
