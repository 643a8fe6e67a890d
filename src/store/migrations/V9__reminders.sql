-- Reminders of reports that did not come, for ever; the key keeps one from being given twice.
CREATE TABLE reminders (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,
    regime   TEXT NOT NULL,
    period   TEXT NOT NULL,
    unit     TEXT NOT NULL,
    reminder TEXT NOT NULL,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL
) STRICT;

CREATE INDEX reminders_by_unit ON reminders (unit);

CREATE TRIGGER reminders_are_never_changed BEFORE UPDATE ON reminders
BEGIN SELECT RAISE(ABORT, 'a reminder is never changed'); END;

CREATE TRIGGER reminders_are_never_deleted BEFORE DELETE ON reminders
BEGIN SELECT RAISE(ABORT, 'a reminder is never deleted'); END;

-- Letters by e-mail. What they say is never changed; where each stands is kept beside it, and every attempt is told.
CREATE TABLE mails (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL UNIQUE,
    mail      TEXT NOT NULL,
    queued_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER mails_are_never_changed BEFORE UPDATE ON mails
BEGIN SELECT RAISE(ABORT, 'a letter is never changed'); END;

CREATE TRIGGER mails_are_never_deleted BEFORE DELETE ON mails
BEGIN SELECT RAISE(ABORT, 'a letter is never deleted'); END;

CREATE TABLE mail_states (
    number   INTEGER NOT NULL PRIMARY KEY,
    state    TEXT    NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'given_up')),
    attempts INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,
    changed_at TEXT  NOT NULL,
    detail   TEXT    NOT NULL,
    FOREIGN KEY (number) REFERENCES mails (number)
) STRICT;

CREATE INDEX mail_states_by_time ON mail_states (state, next_at);

CREATE TABLE mail_attempts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    number   INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    FOREIGN KEY (number) REFERENCES mails (number)
) STRICT;

CREATE TRIGGER mail_attempts_are_never_changed BEFORE UPDATE ON mail_attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never changed'); END;

CREATE TRIGGER mail_attempts_are_never_deleted BEFORE DELETE ON mail_attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;

-- Where reminders reach a person by e-mail; the event of the account says who set it.
ALTER TABLE users ADD COLUMN email TEXT;

-- Addresses under which a unit's calendar of deadlines is read. Only the hash of the secret part is kept.
CREATE TABLE feeds (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    unit       TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    made_at    TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    ended_at   TEXT,
    ended_by   TEXT
) STRICT;

CREATE INDEX feeds_by_unit ON feeds (unit);

CREATE TRIGGER feeds_are_never_deleted BEFORE DELETE ON feeds
BEGIN SELECT RAISE(ABORT, 'a feed is never deleted'); END;

-- What calendars were told of a deadline last, so that a changed one has a higher number.
CREATE TABLE calendar_entries (
    uid        TEXT    NOT NULL PRIMARY KEY,
    told       TEXT    NOT NULL,
    sequence   INTEGER NOT NULL,
    changed_at TEXT    NOT NULL
) STRICT;
