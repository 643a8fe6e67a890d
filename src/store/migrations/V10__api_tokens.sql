-- Keys of the JSON interface. A row is what the events of a key made of it, its hash and when it was last used; the key itself is nowhere.
CREATE TABLE api_tokens (
    id        TEXT    NOT NULL PRIMARY KEY,
    unit      TEXT    NOT NULL,
    hash      TEXT    NOT NULL UNIQUE,
    token     TEXT    NOT NULL,
    made      TEXT    NOT NULL,
    revoked   TEXT,
    last_used INTEGER
) STRICT;

CREATE INDEX api_tokens_by_unit ON api_tokens (unit);

CREATE TABLE api_token_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    token    TEXT NOT NULL,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    event    TEXT NOT NULL,
    FOREIGN KEY (token) REFERENCES api_tokens (id)
) STRICT;

CREATE INDEX api_token_events_by_token ON api_token_events (token);

CREATE TRIGGER api_token_events_are_never_changed BEFORE UPDATE ON api_token_events
BEGIN SELECT RAISE(ABORT, 'an event of a key is never changed'); END;

CREATE TRIGGER api_token_events_are_never_deleted BEFORE DELETE ON api_token_events
BEGIN SELECT RAISE(ABORT, 'an event of a key is never deleted'); END;

CREATE TRIGGER api_tokens_are_never_deleted BEFORE DELETE ON api_tokens
BEGIN SELECT RAISE(ABORT, 'a key is never deleted, only revoked'); END;

CREATE TRIGGER api_tokens_never_return BEFORE UPDATE OF revoked ON api_tokens WHEN OLD.revoked IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked key never holds again'); END;
