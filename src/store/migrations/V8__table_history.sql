-- Tables of facts (units, links, successions, codes, days off, switches of rules, plan values, deadlines set by the province) have a history: every loading is kept with its reason, and
-- the newest of each name is in force. The table of loaded tables held only the newest; what it holds becomes the first change of each.
CREATE TABLE table_changes (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    source   TEXT NOT NULL,
    text     TEXT NOT NULL,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    reason   TEXT NOT NULL
) STRICT;

CREATE INDEX table_changes_by_name ON table_changes (name, position);

INSERT INTO table_changes (name, source, text, at, user, reason)
SELECT name, source, text, loaded_at, loaded_by, '' FROM loaded_tables ORDER BY loaded_at, name;

INSERT INTO table_changes (name, source, text, at, user, reason)
SELECT 'local_deadlines', '',
    json_group_array(json_object('regime', regime, 'party', party, 'period', period, 'due', json(due)) ORDER BY regime, party, period),
    max(set_at), max(set_by), ''
FROM local_deadlines HAVING count(*) > 0;

DROP TABLE loaded_tables;
DROP TABLE local_deadlines;

CREATE TRIGGER table_changes_are_never_changed BEFORE UPDATE ON table_changes
BEGIN SELECT RAISE(ABORT, 'a change of a table is never changed'); END;

CREATE TRIGGER table_changes_are_never_deleted BEFORE DELETE ON table_changes
BEGIN SELECT RAISE(ABORT, 'a change of a table is never deleted'); END;
