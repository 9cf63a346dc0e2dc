-- SPDX-License-Identifier: ISC
-- What a person's query may rely on, as case(5) says; tables may change. Times
-- are seconds since the epoch. Every start of a command reads the texts here, so
-- they are few and short.

CREATE VIEW v_case AS SELECT case_id, kind, status, customer, customer_type,
    language, pilot, expert, technician, channel, contact, risk, opened_at,
    opened_by, closed_at, outcome, satisfaction, dissatisfaction, nature,
    criticality, sought, recall, items, (SELECT description FROM description AS d
    WHERE d.case_id = c.case_id) AS description FROM cases AS c;

-- An item with its unit, as it is now.
CREATE VIEW v_item AS SELECT case_id, item, unit_id, reference, serial, lot,
    holder, place, direction, bound_for, warranty, i.warranty_until,
    i.warranty_reason, sold_on, owed, owed_at, invoiced, replacement, flag
    FROM item AS i JOIN unit_state USING (unit_id);

-- Every unit that was ever in a case, also as a replacement.
CREATE VIEW v_unit AS SELECT unit_id, reference, serial, lot, holder, place,
    direction, bound_for, warranty_until, warranty_reason, proof_on
    FROM unit_state;

CREATE VIEW v_step AS SELECT case_id, item, process, step, owner, owner_site,
    owner_person, who, state, born AS implied, holds, since, due_at, limit_at,
    binds_at, appointment, done_at, outcome FROM step;

CREATE VIEW v_event AS SELECT seq, case_id, verb, happened_at, recorded_at,
    actor, login, uid, payload ->> '$.text' AS text,
    payload -> '$.data' AS data FROM event JOIN event_payload USING (seq);

-- What was told to whom, and what became of it.
CREATE VIEW v_message AS SELECT seq, n, case_id, kind, queued_at,
    recipient_type, recipient, name, ifnull(d.address, o.address) AS address,
    language, message_id, ifnull(state, iif(o.address IS NULL, 'paper',
    'queued')) AS state, ifnull(tries, 0) AS tries, tried_at, next_at, why,
    lead_seq AS mail_seq, lead_n AS mail_n
    FROM outbox AS o LEFT JOIN delivery AS d USING (seq, n);

-- The last count and what has moved since.
CREATE VIEW v_stock AS SELECT site, reference, quantity + ifnull((SELECT
    sum(m.quantity) FROM stock_move AS m WHERE m.site = s.site AND
    m.reference = s.reference AND m.seq > s.counted_seq), 0) AS quantity,
    counted_at FROM stock AS s;

CREATE VIEW v_recall AS SELECT recall, series, cause, remedies, pilot,
    issued_at, issued_by FROM recall;

-- Each unit of a recall, once, and so in one bucket.
CREATE VIEW v_recall_unit AS SELECT recall, reference, serial, bucket, since,
    added_at, level, customer, case_id, item, told_at, answered_at,
    remedied_at FROM recall_unit;

CREATE VIEW v_incident AS SELECT case_id, seq, harm, happened_at FROM incident;
