#!/bin/sh
# SPDX-License-Identifier: ISC
# usage: apply_rows.sh FILE.sql...
# Writes, as C, the statements that apply and audit run on each derived table:
# their columns stand in the schema and nowhere else. The engine reads it.
set -u

sqlite3 -batch -bail -noheader :memory: <<END || exit 1
$(cat "$@")

.output
.mode list
CREATE TEMP VIEW names AS SELECT t.name AS tab, t.rowid AS n,
    (SELECT group_concat(name, ', ') FROM pragma_table_info(t.name))
	AS cols,
    (SELECT group_concat('r.value->>''' || name || '''', ', ')
	FROM pragma_table_info(t.name)) AS vals,
    (SELECT group_concat(name, ', ') FROM (SELECT name
	FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) AS keys,
    (SELECT group_concat('''' || name || ' '' || ' || name, ' || '', '' || ')
	FROM (SELECT name FROM pragma_table_info(t.name)
	WHERE pk > 0 ORDER BY pk)) AS key_words,
    (SELECT group_concat('''' || name || '''', ', ')
	FROM pragma_table_info(t.name)) AS quoted,
    (SELECT group_concat(name || ' = excluded.' || name, ', ')
	FROM pragma_table_info(t.name) WHERE pk = 0) AS sets
FROM main.sqlite_schema AS t WHERE t.type = 'table';

SELECT '/* Written by apply_rows.sh. */
#include "../../lib/journal/apply.h"
const struct apply_table apply_tables[] = {';
SELECT '	{ .name = "' || tab || '",
	  .put = "INSERT INTO ' || tab || '(' || cols || ') "
	    "SELECT ' || vals || ' "
	    "FROM json_each(:payload, ''$.rows.' || tab || ''') AS r WHERE true "
	    "ON CONFLICT (' || keys || ') DO '
	    || ifnull('UPDATE SET ' || sets, 'NOTHING') || '",
	  .stray = "SELECT c.key FROM json_each(:payload, ''$.rows.' || tab
	    || ''') AS r, json_each(r.value) AS c "
	    "WHERE c.key NOT IN (' || quoted || ')",
	  .lost = "SELECT ' || key_words || ' FROM (SELECT ' || cols || ' "
	    "FROM temp.' || tab || ' EXCEPT SELECT ' || cols || ' "
	    "FROM main.' || tab || ')",
	  .extra = "SELECT ' || key_words || ' FROM (SELECT ' || cols || ' "
	    "FROM main.' || tab || ' EXCEPT SELECT ' || cols || ' "
	    "FROM temp.' || tab || ')" },'
FROM names ORDER BY n;
SELECT '	{ .name = 0 }
};';
END
