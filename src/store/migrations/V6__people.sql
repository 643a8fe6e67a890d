-- What happened to accounts, for ever; `users` without its secrets and `delegations` can be rebuilt from it. Secrets are never part of an event.
CREATE TABLE account_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    account  TEXT    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at       TEXT    NOT NULL,
    user     TEXT    NOT NULL,
    event    TEXT    NOT NULL,
    UNIQUE (account, sequence),
    FOREIGN KEY (account) REFERENCES users (id)
) STRICT;

CREATE TRIGGER account_events_are_never_changed BEFORE UPDATE ON account_events
BEGIN SELECT RAISE(ABORT, 'an event of an account is never changed'); END;

CREATE TRIGGER account_events_are_never_deleted BEFORE DELETE ON account_events
BEGIN SELECT RAISE(ABORT, 'an event of an account is never deleted'); END;

CREATE TRIGGER users_are_never_deleted BEFORE DELETE ON users
BEGIN SELECT RAISE(ABORT, 'an account is never deleted, only disabled'); END;

ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1));
ALTER TABLE users ADD COLUMN has_second_factor INTEGER NOT NULL DEFAULT 0 CHECK (has_second_factor IN (0, 1));
ALTER TABLE users ADD COLUMN second_factor TEXT;
ALTER TABLE users ADD COLUMN events INTEGER NOT NULL DEFAULT 0;

-- Accounts of an earlier program begin their history as they stand.
INSERT INTO account_events (account, sequence, at, user, event)
SELECT id, 1, moment, 'regime', json_object('v', 1, 'at', moment, 'by', json_object('user', 'regime', 'name', 'regime'), 'kind',
    json_object('taken_over', json_object('name', name, 'grants', json(grants), 'disabled', json(iif(disabled = 1, 'true', 'false')))))
FROM users, (SELECT strftime('%Y-%m-%dT%H:%M:%S', 'now', '+7 hours') || '+07:00' AS moment) ORDER BY id;
UPDATE users SET events = 1;

CREATE TABLE delegations (
    lender   TEXT    NOT NULL,
    number   INTEGER NOT NULL CHECK (number > 0),
    delegate TEXT    NOT NULL,
    unit     TEXT    NOT NULL,
    from_day TEXT    NOT NULL,
    to_day   TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (lender, number),
    FOREIGN KEY (lender) REFERENCES users (id),
    FOREIGN KEY (delegate) REFERENCES users (id)
) STRICT;

CREATE INDEX delegations_by_delegate ON delegations (delegate);

-- Whose a session is, so that all sessions of a person can be listed and ended.
ALTER TABLE sessions ADD COLUMN account TEXT;
UPDATE sessions SET account = iif(json_valid(CAST(data AS TEXT)), json_extract(CAST(data AS TEXT), '$.account'), NULL);
CREATE INDEX sessions_by_account ON sessions (account);
