//! Tables of facts in SQLite: every loading is a row that is never changed, and the newest of a name is in force.
//!
//! It does not know what a table means; its text is kept as it came. Broken input: a row that cannot be read is named, never skipped.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, first, rows};
use crate::calendar::Moment;
use crate::store::error::StoreError;
use crate::store::records::{LoadedTable, TableChange};
use rusqlite::{Connection, Row, params};

const LOADED: &str = "SELECT name, source, text, at, user, reason FROM table_changes";
const CHANGE: &str = "SELECT position, name, source, at, user, reason, length(CAST(text AS BLOB)) FROM table_changes";

/// The newest table of a name.
pub fn newest(connection: &Connection, name: &str) -> Result<Option<LoadedTable>, StoreError> {
    let sql = format!("{LOADED} WHERE name = ?1 ORDER BY position DESC LIMIT 1");
    first(connection, &sql, [name], loaded)
}

/// The newest table of a name that was loaded by a moment.
pub fn known_at(
    connection: &Connection,
    name: &str,
    moment: Moment,
) -> Result<Option<LoadedTable>, StoreError> {
    let sql = format!("{LOADED} WHERE name = ?1 AND at <= ?2 ORDER BY position DESC LIMIT 1");
    first(connection, &sql, params![name, moment.to_iso()], loaded)
}

/// The newest table of a name that came from a source.
pub fn newest_from(
    connection: &Connection,
    name: &str,
    source: &str,
) -> Result<Option<LoadedTable>, StoreError> {
    let sql = format!("{LOADED} WHERE name = ?1 AND source = ?2 ORDER BY position DESC LIMIT 1");
    first(connection, &sql, [name, source], loaded)
}

/// Every change of every table, oldest first, without texts.
pub fn changes(connection: &Connection) -> Result<Vec<TableChange>, StoreError> {
    let sql = format!("{CHANGE} ORDER BY position");
    rows(connection, &sql, [], change)
}

/// The table as one change left it.
pub fn at_position(
    connection: &Connection,
    position: i64,
) -> Result<Option<LoadedTable>, StoreError> {
    let sql = format!("{LOADED} WHERE position = ?1");
    first(connection, &sql, [position], loaded)
}

/// Keeps a table as the newest of its name.
pub fn append(connection: &Connection, table: &LoadedTable) -> Result<(), StoreError> {
    let sql = "INSERT INTO table_changes (name, source, text, at, user, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let parameters = params![
        table.name,
        table.source,
        table.text,
        table.loaded_at.to_iso(),
        table.loaded_by,
        table.reason
    ];
    let mut statement = connection.prepare_cached(sql).map_err(from_sqlite)?;
    statement
        .execute(parameters)
        .map(|_| ())
        .map_err(from_sqlite)
}

fn loaded(row: &Row<'_>) -> Result<LoadedTable, StoreError> {
    Ok(LoadedTable {
        name: row.text(0)?,
        source: row.text(1)?,
        text: row.text(2)?,
        loaded_at: row.moment(3)?,
        loaded_by: row.text(4)?,
        reason: row.text(5)?,
    })
}

fn change(row: &Row<'_>) -> Result<TableChange, StoreError> {
    Ok(TableChange {
        position: row.number(0)?,
        name: row.text(1)?,
        source: row.text(2)?,
        at: row.moment(3)?,
        by: row.text(4)?,
        reason: row.text(5)?,
        bytes: row.count(6)?,
    })
}

/// A list kept as JSON in the place of a table.
pub fn json_list<R: serde::de::DeserializeOwned>(
    table: Option<LoadedTable>,
) -> Result<Vec<R>, StoreError> {
    table.map_or(Ok(Vec::new()), |table| {
        serde_json::from_str(&table.text).map_err(|error| unreadable("table_changes.text", error))
    })
}
