-- Events (đợt) and requests that were opened. The state holds who opened and closed them and why; nothing opened is ever forgotten.
CREATE TABLE opened (
    regime TEXT NOT NULL,
    key    TEXT NOT NULL,
    state  TEXT NOT NULL,
    PRIMARY KEY (regime, key)
) STRICT;

CREATE TRIGGER opened_are_never_deleted BEFORE DELETE ON opened
BEGIN SELECT RAISE(ABORT, 'what was opened is never deleted'); END;
