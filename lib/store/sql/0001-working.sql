-- SPDX-License-Identifier: ISC
-- Working tables: each belongs to its one command. Not journalled.

-- Requests made with -k: the same one again gets the same answer.
CREATE TABLE request_key (
	key TEXT PRIMARY KEY,
	request BLOB NOT NULL,			-- SHA-256 of operands and options
	answer INTEGER NOT NULL			-- the number that was printed
) STRICT, WITHOUT ROWID;
