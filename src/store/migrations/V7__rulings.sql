-- Decisions about what is owed: exemptions, extensions, locks, and their ends. They are only ever added; the last word holds.
CREATE TABLE rulings (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    regime   TEXT NOT NULL,
    period   TEXT NOT NULL,
    unit     TEXT,
    ruling   TEXT NOT NULL,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL
) STRICT;

CREATE TRIGGER rulings_are_never_changed BEFORE UPDATE ON rulings
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;

CREATE TRIGGER rulings_are_never_deleted BEFORE DELETE ON rulings
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
