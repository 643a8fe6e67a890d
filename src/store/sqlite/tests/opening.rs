//! Opening, locking, settings, migrations.

use super::{key, now, open, regime, save, store, write};
use crate::reports::report::Report;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sqlite::{SqliteStore, open as opening};
use rusqlite::Connection;

#[test]
fn what_was_committed_is_there_after_reopening() {
    let (directory, store) = store();
    let report = save(&store, &Report::new(key("C1")), "120");
    drop(store);
    let store = open(directory.path());
    let reading = store.begin_read().expect("a transaction");
    assert_eq!(
        reading.report("TTHC_06A", &key("C1").period, &key("C1").unit),
        Ok(Some(report))
    );
    assert_eq!(reading.regime("TTHC_06A", 1), Ok(Some(regime(1))));
}

#[test]
fn a_second_server_on_the_same_directory_is_refused_until_the_first_ends() {
    let (directory, store) = store();
    let Err(StoreError::Locked { directory: named }) =
        SqliteStore::open(directory.path()).map(|_| ())
    else {
        panic!("locked");
    };
    assert_eq!(named, directory.path().display().to_string());
    drop(store);
    open(directory.path());
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("regime.sqlite");
    let junk = "không phải cơ sở dữ liệu ".repeat(200);
    std::fs::write(&file, &junk).expect("written");
    assert!(matches!(
        SqliteStore::open(directory.path()).map(|_| ()),
        Err(StoreError::Corrupt { .. })
    ));
    assert_eq!(std::fs::read_to_string(&file).expect("read"), junk);
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    let (directory, store) = store();
    store
        .writer()
        .execute("INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (99, 'x', '', '0')", [])
        .expect("inserted");
    drop(store);
    let refused = SqliteStore::open(directory.path()).map(|_| ());
    let known = opening::newest_version_for_tests();
    assert_eq!(refused, Err(StoreError::VersionTooNew { found: 99, known }));
}

#[test]
fn a_store_whose_past_migration_was_another_one_is_refused() {
    let (directory, store) = store();
    store
        .writer()
        .execute("UPDATE refinery_schema_history SET checksum = '1'", [])
        .expect("updated");
    drop(store);
    let refused = SqliteStore::open(directory.path()).map(|_| ());
    assert!(
        matches!(refused, Err(StoreError::Corrupt { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_setting_that_does_not_take_effect_is_refused() {
    let in_memory = Connection::open_in_memory().expect("a connection");
    let refused = opening::set(&in_memory, "journal_mode", "wal");
    let (setting, wanted, found) = (
        "journal_mode".to_string(),
        "wal".to_string(),
        "memory".to_string(),
    );
    assert_eq!(
        refused,
        Err(StoreError::SettingRefused {
            setting,
            wanted,
            found
        })
    );
}

#[test]
fn every_connection_is_as_safe_as_the_writer_and_readers_cannot_write() {
    let (directory, store) = store();
    let setting = |connection: &Connection, name: &str| -> rusqlite::types::Value {
        connection
            .pragma_query_value(None, name, |row| row.get(0))
            .expect("a value")
    };
    let reader = opening::reader(&directory.path().join("regime.sqlite")).expect("a reader");
    for name in [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "trusted_schema",
        "cell_size_check",
        "busy_timeout",
        "mmap_size",
    ] {
        assert_eq!(
            setting(&reader, name),
            setting(&store.writer(), name),
            "{name}"
        );
    }
    assert_eq!(
        setting(&store.writer(), "synchronous"),
        rusqlite::types::Value::Integer(2)
    );
    assert!(
        reader
            .execute("INSERT INTO settings (name, value) VALUES ('a', 'b')", [])
            .is_err()
    );
    assert!(
        store
            .writer()
            .execute_batch("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema")
            .is_err()
    );
}

#[test]
fn past_migrations_are_never_changed() {
    // A line here is never edited; a new migration adds one.
    let checksums: Vec<String> = opening::migration_checksums()
        .into_iter()
        .map(|(name, checksum)| format!("{name} {checksum}"))
        .collect();
    insta::assert_snapshot!(checksums.join("\n"));
}

#[test]
fn opening_twice_in_a_row_changes_nothing() {
    let (directory, store) = store();
    write(&store, |transaction| {
        transaction.set_setting("now", &now().to_iso())
    })
    .expect("set");
    drop(store);
    drop(open(directory.path()));
    let store = open(directory.path());
    assert_eq!(
        store.begin_read().expect("a transaction").setting("now"),
        Ok(Some(now().to_iso()))
    );
}

#[test]
fn every_error_has_its_words_in_both_languages() {
    let detail = || "disk I/O error".to_string();
    let errors = [
        StoreError::Locked {
            directory: "/var/lib/regime".to_string(),
        },
        StoreError::DiskFull,
        StoreError::Corrupt { detail: detail() },
        StoreError::VersionTooNew { found: 3, known: 1 },
        StoreError::SettingRefused {
            setting: "synchronous".to_string(),
            wanted: "2".to_string(),
            found: "1".to_string(),
        },
        StoreError::RegimeChanged {
            name: "TTHC_06A".to_string(),
            version: 1,
        },
        StoreError::ReportChanged {
            report: key("C1").to_string(),
        },
        StoreError::DraftChanged {
            path: "b01.regime".to_string(),
            by: "tacgia".to_string(),
        },
        StoreError::RequestReused {
            key: "k".to_string(),
        },
        StoreError::Busy,
        StoreError::Io { detail: detail() },
        StoreError::Unreadable {
            what: "events.event".to_string(),
            detail: detail(),
        },
        StoreError::Database { detail: detail() },
    ];
    let words: Vec<String> = errors
        .iter()
        .map(|error| {
            format!(
                "{}\n    {}\n    [{}]",
                error.wording().vi,
                error.wording().en,
                error.detail()
            )
        })
        .collect();
    insta::assert_snapshot!(words.join("\n"));
}
