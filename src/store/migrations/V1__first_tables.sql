-- The first tables. Events and published regimes are only ever added; everything in `reports` can be rebuilt from `events`.

CREATE TABLE regimes (
    name         TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    sources      TEXT    NOT NULL,
    plan         TEXT    NOT NULL,
    fingerprint  TEXT    NOT NULL,
    decision     TEXT    NOT NULL,
    published_at TEXT    NOT NULL,
    published_by TEXT    NOT NULL,
    PRIMARY KEY (name, version)
) STRICT;

CREATE TRIGGER regimes_are_never_changed BEFORE UPDATE ON regimes
BEGIN SELECT RAISE(ABORT, 'a published regime is never changed'); END;

CREATE TRIGGER regimes_are_never_deleted BEFORE DELETE ON regimes
BEGIN SELECT RAISE(ABORT, 'a published regime is never deleted'); END;

CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    regime   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    period   TEXT    NOT NULL,
    unit     TEXT    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at       TEXT    NOT NULL,
    user     TEXT    NOT NULL,
    event    TEXT    NOT NULL,
    UNIQUE (regime, period, unit, sequence),
    FOREIGN KEY (regime, version) REFERENCES regimes (name, version)
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TABLE reports (
    regime     TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    period     TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    draft      INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    sent_at    TEXT,
    due        TEXT,
    late       INTEGER,
    days_late  INTEGER,
    updated_at TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    PRIMARY KEY (regime, period, unit),
    FOREIGN KEY (regime, version) REFERENCES regimes (name, version)
) STRICT;

CREATE INDEX reports_by_unit ON reports (unit);
CREATE INDEX reports_by_status ON reports (status);

CREATE TABLE loaded_tables (
    name      TEXT NOT NULL PRIMARY KEY,
    source    TEXT NOT NULL,
    text      TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    loaded_by TEXT NOT NULL
) STRICT;

CREATE TABLE local_deadlines (
    regime TEXT NOT NULL,
    party  TEXT NOT NULL,
    period TEXT NOT NULL,
    due    TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (regime, party, period)
) STRICT;

CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    grants        TEXT    NOT NULL,
    disabled      INTEGER NOT NULL CHECK (disabled IN (0, 1))
) STRICT;

CREATE TABLE sessions (
    id         TEXT    NOT NULL PRIMARY KEY,
    data       BLOB    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE answers (
    key          TEXT    NOT NULL PRIMARY KEY,
    request_hash TEXT    NOT NULL,
    answer       BLOB    NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

CREATE INDEX answers_by_time ON answers (at);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
