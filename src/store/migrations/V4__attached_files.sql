-- Files attached to cells of reports: every content once, by its SHA-256, and which unit attached it. A content is never changed and never forgotten, because a report that was sent names it for ever.
CREATE TABLE file_contents (
    sha256  TEXT    NOT NULL PRIMARY KEY,
    size    INTEGER NOT NULL CHECK (size > 0),
    content BLOB    NOT NULL CHECK (length(content) = size)
) STRICT;

CREATE TRIGGER file_contents_are_never_changed BEFORE UPDATE ON file_contents
BEGIN SELECT RAISE(ABORT, 'the content of an attached file is never changed'); END;

CREATE TRIGGER file_contents_are_never_deleted BEFORE DELETE ON file_contents
BEGIN SELECT RAISE(ABORT, 'the content of an attached file is never deleted'); END;

CREATE TABLE attached_files (
    unit   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at     TEXT NOT NULL,
    user   TEXT NOT NULL,
    PRIMARY KEY (unit, sha256),
    FOREIGN KEY (sha256) REFERENCES file_contents (sha256)
) STRICT;
