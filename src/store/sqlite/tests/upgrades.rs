//! An upgrade that is ended at any statement: the store is opened again as if nothing had been tried, and upgraded with all it held.

use crate::organisation::UnitId;
use crate::store::Store;
use crate::store::sqlite::{SqliteStore, copy, open};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection};
use std::path::Path;

/// What an office of the first version held: a regime, a report with an event, an account.
const HELD: &str = r#"
INSERT INTO regimes VALUES ('CU', 1, '[]', '{}', 'f', 'QD 1', '2025-01-01T08:00:00+07:00', 'quantri');
INSERT INTO events (regime, version, period, unit, sequence, at, user, event) VALUES ('CU', 1, '2025-01', 'C1', 1, '2025-02-01T08:00:00+07:00', 'a', '{"v":1}');
INSERT INTO reports VALUES ('CU', 1, '2025-01', 'C1', 'accepted', 1, 1, '2025-02-01T08:00:00+07:00', NULL, 0, 0, '2025-02-01T08:00:00+07:00', '{}');
INSERT INTO users VALUES ('a', 'A', '$argon2id$x', '[]', 0);
INSERT INTO loaded_tables VALUES ('units', 'test', 'id,level,item,name', '2025-01-01T08:00:00+07:00', 'quantri');
"#;

/// The store as it was before a migration, with what the first version held in it.
fn before(directory: &Path, version: u32) {
    let mut connection = open::writer(&directory.join(copy::FILE)).expect("a store");
    let first = open::migration_numbers().into_iter().min().expect("one");
    if version > first {
        open::migrate_to(&mut connection, first);
        connection.execute_batch(HELD).expect("held");
        let earlier = open::migration_numbers().into_iter();
        let last = earlier.filter(|number| *number < version).max();
        open::migrate_to(&mut connection, last.expect("an earlier one"));
    }
}

/// Copies the files of a store as a process that was killed now would leave them: the log too, whatever of it was committed.
fn killed(from: &Path, to: &Path) {
    for name in [copy::FILE.to_owned(), format!("{}-wal", copy::FILE)] {
        let file = from.join(&name);
        if file.exists() {
            std::fs::copy(&file, to.join(&name)).expect("copied");
        }
    }
}

/// How many statements a migration has.
fn statements(connection: &Connection, text: &str) -> usize {
    let mut batch = Batch::new(connection, text);
    let mut count = 0;
    while let Ok(Some(mut statement)) = batch.next() {
        // Later statements are about the tables of earlier ones.
        run(&mut statement);
        count += 1;
    }
    count
}

fn run(statement: &mut rusqlite::Statement<'_>) {
    let mut rows = statement.raw_query();
    while rows.next().expect("a statement of a migration").is_some() {}
}

#[test]
fn an_upgrade_that_is_killed_at_any_statement_is_made_whole_at_the_next_start() {
    let mut killed_at = 0;
    for (version, text) in open::numbered_texts() {
        let made = tempfile::tempdir().expect("a directory");
        before(made.path(), version);
        let count = {
            let scratch = tempfile::tempdir().expect("a directory");
            killed(made.path(), scratch.path());
            let connection = open::writer(&scratch.path().join(copy::FILE)).expect("a connection");
            statements(&connection, &text)
        };
        assert!(count > 0, "V{version} has no statement");
        for stop in 0..=count {
            let working = tempfile::tempdir().expect("a directory");
            killed(made.path(), working.path());
            let left = tempfile::tempdir().expect("a directory");
            {
                let connection =
                    open::writer(&working.path().join(copy::FILE)).expect("a connection");
                // Everything goes into the log at once, as in a long transaction.
                connection
                    .execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
                    .expect("begun");
                let mut batch = Batch::new(&connection, &text);
                for _ in 0..stop {
                    let mut statement = batch.next().expect("read").expect("a statement");
                    run(&mut statement);
                }
                killed(working.path(), left.path());
            }
            let store = SqliteStore::open(left.path())
                .unwrap_or_else(|error| panic!("V{version}, statement {stop}: {error:?}"));
            killed_at += 1;
            if version > 1 {
                let writer = store.writer();
                let kept: (i64, i64, i64) = writer
                    .query_row(
                        "SELECT (SELECT count(*) FROM events), (SELECT held FROM reports), (SELECT count(*) FROM account_events)",
                        [],
                        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                    )
                    .expect("kept");
                assert_eq!(kept, (1, 1, 1), "V{version}, statement {stop}");
                drop(writer);
            }
            let reading = store.begin_read().expect("a transaction");
            let nothing = reading.is_attached(
                &UnitId::from("C1"),
                &crate::eval::attached::AttachedFile::of("a.txt", b"a").expect("a file"),
            );
            assert_eq!(nothing, Ok(false));
            drop(reading);
            drop(store);
            copy::checked(&left.path().join(copy::FILE)).expect("sound");
        }
    }
    println!("{killed_at} points at which an upgrade was killed");
    assert!(killed_at > 50, "{killed_at}");
}
