#!/bin/sh
# SPDX-License-Identifier: ISC
# usage: apply_rows.sh FILE.sql...
# Writes, as C, the columns of each derived table and the statements that apply
# and audit run on it: they stand in the schema and nowhere else. The engine
# reads it. A row is written whole: to prepare a REPLACE takes half the time of
# an upsert, which a command that writes one case would feel.
set -u

sqlite3 -batch -bail -noheader :memory: <<END || exit 1
$(cat "$@")

CREATE TEMP VIEW lists AS SELECT t.rowid AS n, t.name AS tab,
    group_concat(c.name, ', ') AS cols,
    group_concat('?', ', ') AS marks,
    group_concat('"' || c.name || '"', ', ') AS names,
    (SELECT group_concat('''' || name || ' '' || ' || name, ' || '', '' || ')
	FROM (SELECT name FROM pragma_table_info(t.name)
	WHERE pk > 0 ORDER BY pk)) AS key
FROM main.sqlite_schema AS t, pragma_table_info(t.name) AS c
WHERE t.type = 'table' GROUP BY t.rowid;

SELECT '/* Written by apply_rows.sh. */
#include "apply.h"
const struct apply_table apply_tables[] = {';
SELECT '	{ .name = "' || tab || '",
	  .columns = (const char *const []){ ' || names || ', 0 },
	  .put = "REPLACE INTO ' || tab || '(' || cols || ') "
	    "VALUES (' || marks || ')",
	  .lost = "SELECT ' || key || ' FROM ('
	    || 'SELECT ' || cols || ' FROM temp.' || tab || ' EXCEPT '
	    || 'SELECT ' || cols || ' FROM main.' || tab || ')",
	  .extra = "SELECT ' || key || ' FROM ('
	    || 'SELECT ' || cols || ' FROM main.' || tab || ' EXCEPT '
	    || 'SELECT ' || cols || ' FROM temp.' || tab || ')" },'
FROM lists ORDER BY n;
SELECT '	{ .name = 0 }
};';
END
