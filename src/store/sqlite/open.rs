//! Opening: the lock, the connections with their reliability settings, the tables.
//!
//! Settings are set *and read back*, because SQLite ignores a setting it does not know or cannot keep (for instance WAL on some file systems).
//! It does not know records. Broken input: refused with the reason; nothing is repaired silently.

use super::answer::{from_io, from_sqlite};
use crate::store::error::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

mod embedded {
    refinery::embed_migrations!("src/store/migrations");
}

/// SQLite before 3.51.3 could damage a WAL file when a writer and a checkpoint met.
const OLDEST_SQLITE: i32 = 3_051_003;

/// What every connection must have, with the value that reading it back gives.
const SETTINGS: [(&str, &str); 8] = [
    ("journal_mode", "wal"),
    ("synchronous", "2"),
    ("foreign_keys", "1"),
    ("trusted_schema", "0"),
    ("cell_size_check", "1"),
    ("busy_timeout", "5000"),
    ("mmap_size", "0"),
    // Without it INSERT OR REPLACE would delete events past the trigger that forbids deleting them.
    ("recursive_triggers", "1"),
];

/// How often a lock that somebody holds is asked for again, and how long is waited in between: a second in all.
const LOCK_ATTEMPTS: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Takes the exclusive lock of a data directory. A server that was just told to stop may hold it for another moment, so a held lock is waited for, though not long.
pub fn lock(directory: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(directory.join("server.lock"))
        .map_err(|error| from_io(&error))?;
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) => return Err(from_io(&error)),
        }
    }
    Err(StoreError::Locked {
        directory: directory.display().to_string(),
    })
}

/// The connection that writes.
pub fn writer(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    connection(file, flags)
}

/// A connection that reads, and cannot write.
pub fn reader(file: &Path) -> Result<Connection, StoreError> {
    let connection = connection(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    set(&connection, "query_only", "1")?;
    Ok(connection)
}

fn connection(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let version = rusqlite::version_number();
    if version < OLDEST_SQLITE {
        let (wanted, found) = (OLDEST_SQLITE.to_string(), version.to_string());
        return Err(StoreError::SettingRefused {
            setting: "sqlite_version".to_string(),
            wanted,
            found,
        });
    }
    let connection = Connection::open_with_flags(file, flags).map_err(from_sqlite)?;
    for (setting, value) in SETTINGS {
        set(&connection, setting, value)?;
    }
    let defensive = connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .map_err(from_sqlite)?;
    if !defensive {
        return Err(refused("defensive", "1", "0"));
    }
    Ok(connection)
}

/// Sets a setting and reads it back.
pub fn set(connection: &Connection, setting: &str, value: &str) -> Result<(), StoreError> {
    connection
        .pragma_update(None, setting, value)
        .map_err(from_sqlite)?;
    let found: rusqlite::types::Value = connection
        .pragma_query_value(None, setting, |row| row.get(0))
        .map_err(from_sqlite)?;
    let found = match found {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        _ => String::new(),
    };
    if found == value {
        Ok(())
    } else {
        Err(refused(setting, value, &found))
    }
}

fn refused(setting: &str, wanted: &str, found: &str) -> StoreError {
    StoreError::SettingRefused {
        setting: setting.to_string(),
        wanted: wanted.to_string(),
        found: found.to_string(),
    }
}

/// The newest version of the tables that this program knows.
fn newest_version() -> i64 {
    let runner = embedded::migrations::runner();
    let versions = runner.get_migrations().iter();
    versions
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or(0)
}

/// Refuses a store of a newer program.
pub fn known_version(connection: &Connection) -> Result<(), StoreError> {
    let (found, known) = (stored_version(connection)?, newest_version());
    if found > known {
        let number = |version: i64| u32::try_from(version).unwrap_or(u32::MAX);
        return Err(StoreError::VersionTooNew {
            found: number(found),
            known: number(known),
        });
    }
    Ok(())
}

/// Refuses a store whose tables are not those of this program: who only reads cannot bring them up to date.
pub fn same_version(connection: &Connection) -> Result<(), StoreError> {
    known_version(connection)?;
    let (found, known) = (stored_version(connection)?, newest_version());
    if found < known {
        let number = |version: i64| u32::try_from(version).unwrap_or(u32::MAX);
        return Err(StoreError::VersionTooOld {
            found: number(found),
            known: number(known),
        });
    }
    Ok(())
}

/// Brings the tables up to date. Migrations are only ever added.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    known_version(connection)?;
    let runner = embedded::migrations::runner();
    runner.run(connection).map_err(|error| match error.kind() {
        refinery::error::Kind::Connection(_, _) => connection_problem(&error),
        // A migration that once ran and is now another text, or is gone: this program and that store do not belong together.
        _ => StoreError::Corrupt {
            detail: error.to_string(),
        },
    })?;
    Ok(())
}

/// The driver's error inside a migration's, if there is one; a full disk must be told apart here too.
fn connection_problem(error: &refinery::Error) -> StoreError {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(rusqlite::Error::SqliteFailure(failure, detail)) =
            inner.downcast_ref::<rusqlite::Error>()
        {
            return from_sqlite(rusqlite::Error::SqliteFailure(*failure, detail.clone()));
        }
        source = inner.source();
    }
    StoreError::Database {
        detail: error.to_string(),
    }
}

fn stored_version(connection: &Connection) -> Result<i64, StoreError> {
    let exists: i64 = connection
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'",
            [],
            |row| row.get(0),
        )
        .map_err(from_sqlite)?;
    if exists == 0 {
        return Ok(0);
    }
    connection
        .query_row(
            "SELECT coalesce(max(version), 0) FROM refinery_schema_history",
            [],
            |row| row.get(0),
        )
        .map_err(from_sqlite)
}

/// The newest version of the tables, for tests.
#[cfg(test)]
pub fn newest_version_for_tests() -> u32 {
    u32::try_from(newest_version()).unwrap_or(u32::MAX)
}

/// Names and checksums of the migrations this program carries.
#[cfg(test)]
pub fn migration_checksums() -> Vec<(String, u64)> {
    let runner = embedded::migrations::runner();
    runner
        .get_migrations()
        .iter()
        .map(|migration| (migration.to_string(), migration.checksum()))
        .collect()
}

/// The numbers of the migrations this program carries.
#[cfg(test)]
pub fn migration_numbers() -> Vec<u32> {
    numbered_texts()
        .into_iter()
        .map(|(number, _)| number)
        .collect()
}

/// The migrations this program carries, by number, with their texts.
#[cfg(test)]
pub fn numbered_texts() -> Vec<(u32, String)> {
    let runner = embedded::migrations::runner();
    let mut found: Vec<(u32, String)> = runner
        .get_migrations()
        .iter()
        .map(|migration| {
            let number = u32::try_from(migration.version()).unwrap_or(0);
            (number, migration.sql().unwrap_or_default().to_string())
        })
        .collect();
    found.sort();
    found
}

/// Brings the tables up to an older version, as an older program would have.
#[cfg(test)]
#[allow(clippy::expect_used, reason = "only tests ask for an older version")]
pub fn migrate_to(connection: &mut Connection, version: u32) {
    let target = refinery::Target::Version(version.try_into().expect("a version"));
    embedded::migrations::runner()
        .set_target(target)
        .run(connection)
        .expect("migrated");
}

/// The texts of the migrations this program carries, in order.
#[cfg(test)]
pub fn migration_texts() -> Vec<String> {
    let runner = embedded::migrations::runner();
    let mut migrations: Vec<_> = runner.get_migrations().iter().collect();
    migrations.sort_by_key(|migration| migration.version());
    migrations
        .into_iter()
        .map(|migration| migration.sql().unwrap_or_default().to_string())
        .collect()
}
