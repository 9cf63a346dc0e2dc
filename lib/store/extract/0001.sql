-- SPDX-License-Identifier: ISC
-- A file of the customer's page: what case-publish shows, by the hash of the
-- link. Written once and replaced as a whole; whoever reads it learns no link.

PRAGMA application_id = 1128354640;		-- "CASP"
PRAGMA user_version = 1;

CREATE TABLE page (
	hash BLOB NOT NULL PRIMARY KEY		-- token_hash() of the link
	    CHECK (length(hash) = 32),
	expires_at INTEGER,			-- the link dies; NULL: it is open
	nonce TEXT,				-- of the survey's form; NULL: none
	facts TEXT NOT NULL			-- JSON object
) STRICT, WITHOUT ROWID;

-- Papers for the customer, which name him: sealed with token_key() of the link.
CREATE TABLE document (
	hash BLOB NOT NULL,			-- page.hash
	name TEXT NOT NULL,			-- return-slip, dossier, ...
	bytes BLOB NOT NULL,			-- sealed
	PRIMARY KEY (hash, name)
) STRICT, WITHOUT ROWID;
