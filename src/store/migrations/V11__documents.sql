-- Consolidated documents (bản tổng hợp): what bodies make of the reports they received. The same kinds of events as of reports; `documents` can be rebuilt from them.
CREATE TABLE document_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    regime   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    period   TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at       TEXT    NOT NULL,
    user     TEXT    NOT NULL,
    event    TEXT    NOT NULL,
    UNIQUE (regime, period, body, sequence),
    FOREIGN KEY (regime, version) REFERENCES regimes (name, version)
) STRICT;

CREATE TRIGGER document_events_are_never_changed BEFORE UPDATE ON document_events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER document_events_are_never_deleted BEFORE DELETE ON document_events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TABLE documents (
    regime     TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    period     TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    updated_at TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    PRIMARY KEY (regime, period, body),
    FOREIGN KEY (regime, version) REFERENCES regimes (name, version)
) STRICT;
