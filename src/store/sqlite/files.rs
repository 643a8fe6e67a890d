//! Contents of attached files in SQLite.
//!
//! A content is kept once, whoever attaches it, and is compared with its hash whenever it is read. It does not know names, cells or who may see what. Broken input: a
//! content that is not what its hash says is a damaged store, and is never handed out.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, first};
use crate::calendar::Moment;
use crate::eval::attached::{AttachedFile, hash_of};
use crate::organisation::UnitId;
use crate::store::error::StoreError;
use rusqlite::{Connection, params};

/// The content of a hash; none where nobody attached it.
pub fn content(connection: &Connection, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT content FROM file_contents WHERE sha256 = ?1";
    let found = first(connection, sql, [sha256], |row| row.bytes(0))?;
    match found {
        Some(content) if hash_of(&content) != sha256 => Err(StoreError::Corrupt {
            detail: format!("the content of the attached file {sha256} is another one"),
        }),
        found => Ok(found),
    }
}

/// Whether a unit attached this content, of this size.
pub fn is_attached(
    connection: &Connection,
    unit: &UnitId,
    file: &AttachedFile,
) -> Result<bool, StoreError> {
    let sql = "SELECT size FROM file_contents JOIN attached_files USING (sha256) WHERE unit = ?1 AND sha256 = ?2";
    let key = params![unit.as_str(), file.sha256];
    let size = first(connection, sql, key, |row| row.count(0))?;
    Ok(size == Some(file.size))
}

/// Keeps a content that a unit attaches; what is known already stays as it is.
pub fn attach(
    connection: &Connection,
    unit: &UnitId,
    (file, content): (&AttachedFile, &[u8]),
    by: &str,
    at: Moment,
) -> Result<(), StoreError> {
    let size = i64::try_from(file.size).map_err(|error| unreadable("file_contents.size", error))?;
    let sql = "INSERT INTO file_contents (sha256, size, content) VALUES (?1, ?2, ?3) ON CONFLICT (sha256) DO NOTHING";
    connection
        .execute(sql, params![file.sha256, size, content])
        .map_err(from_sqlite)?;
    let sql = "INSERT INTO attached_files (unit, sha256, at, user) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (unit, sha256) DO NOTHING";
    connection
        .execute(sql, params![unit.as_str(), file.sha256, at.to_iso(), by])
        .map_err(from_sqlite)?;
    Ok(())
}
