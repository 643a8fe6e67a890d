-- Drafts of regimes. Every change is kept for ever as what differs from the text before; `drafts` holds the newest text of each file and can be rebuilt from the changes.
CREATE TABLE draft_changes (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    path        TEXT    NOT NULL,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    kept_before INTEGER NOT NULL CHECK (kept_before >= 0),
    kept_after  INTEGER NOT NULL CHECK (kept_after >= 0),
    inserted    TEXT    NOT NULL,
    removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
    at          TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    UNIQUE (path, revision)
) STRICT;

CREATE TRIGGER draft_changes_are_never_changed BEFORE UPDATE ON draft_changes
BEGIN SELECT RAISE(ABORT, 'a change of a draft is never changed'); END;

CREATE TRIGGER draft_changes_are_never_deleted BEFORE DELETE ON draft_changes
BEGIN SELECT RAISE(ABORT, 'a change of a draft is never deleted'); END;

CREATE TABLE drafts (
    path     TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    removed  INTEGER NOT NULL CHECK (removed IN (0, 1)),
    at       TEXT    NOT NULL,
    author   TEXT    NOT NULL
) STRICT;
