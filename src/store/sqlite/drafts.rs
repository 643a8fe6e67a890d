//! Reading and writing drafts in SQLite.
//!
//! The change and the newest text are written in one transaction. It does not judge paths or texts. Broken input: a save that is not based on the newest text is refused and nothing is
//! written, except where it would change nothing.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, first, rows};
use crate::calendar::Moment;
use crate::store::drafts::{Difference, Draft, DraftChange};
use crate::store::error::StoreError;
use rusqlite::{Connection, Row, params};

const NEWEST: &str = "SELECT path, revision, text, removed, at, author FROM drafts";

/// The newest state of every file, by path.
pub fn all(connection: &Connection) -> Result<Vec<Draft>, StoreError> {
    rows(connection, &format!("{NEWEST} ORDER BY path"), [], draft)
}

/// The newest state of one file.
pub fn one(connection: &Connection, path: &str) -> Result<Option<Draft>, StoreError> {
    first(
        connection,
        &format!("{NEWEST} WHERE path = ?1"),
        [path],
        draft,
    )
}

/// All changes of a file, oldest first.
pub fn changes(connection: &Connection, path: &str) -> Result<Vec<DraftChange>, StoreError> {
    let sql = "SELECT revision, at, author, kept_before, kept_after, inserted, removed
        FROM draft_changes WHERE path = ?1 ORDER BY revision";
    rows(connection, sql, [path], |row| {
        let size = |column| {
            usize::try_from(row.count(column)?)
                .map_err(|error| unreadable("draft_changes.kept", error))
        };
        Ok(DraftChange {
            revision: row.number(0)?,
            at: row.moment(1)?,
            by: row.text(2)?,
            difference: Difference {
                kept_before: size(3)?,
                kept_after: size(4)?,
                inserted: row.text(5)?,
            },
            removed: row.number::<i64>(6)? != 0,
        })
    })
}

/// The place of the newest change among all changes; 0 when there is none.
pub fn position(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(position), 0) FROM draft_changes";
    let found = first(connection, sql, [], |row| row.number(0))?;
    Ok(found.unwrap_or(0))
}

/// Saves a file.
pub fn save(
    connection: &Connection,
    path: &str,
    base: u32,
    text: Option<&str>,
    by: &str,
    at: Moment,
) -> Result<Draft, StoreError> {
    let newest = one(connection, path)?;
    let known = newest.as_ref().and_then(|newest| newest.text.as_deref());
    if let Some(newest) = newest.as_ref().filter(|_| known == text) {
        // The answer to an earlier try may have been lost on its way.
        return Ok(newest.clone());
    }
    let revision = newest.as_ref().map_or(0, |newest| newest.revision);
    if revision != base {
        return Err(StoreError::DraftChanged {
            path: path.to_owned(),
            by: newest.map(|newest| newest.by).unwrap_or_default(),
        });
    }
    let difference = Difference::between(known.unwrap_or_default(), text.unwrap_or_default());
    let stored =
        |size: usize| i64::try_from(size).map_err(|error| unreadable("draft_changes.kept", error));
    let draft = Draft {
        path: path.to_owned(),
        revision: revision + 1,
        text: text.map(str::to_owned),
        at,
        by: by.to_owned(),
    };
    let removed = text.is_none();
    let sql = "INSERT INTO draft_changes (path, revision, kept_before, kept_after, inserted, removed, at, author)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let change = params![
        path,
        draft.revision,
        stored(difference.kept_before)?,
        stored(difference.kept_after)?,
        difference.inserted,
        removed,
        at.to_iso(),
        by
    ];
    connection.execute(sql, change).map_err(from_sqlite)?;
    let sql = "INSERT INTO drafts (path, revision, text, removed, at, author) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (path) DO UPDATE SET revision = excluded.revision, text = excluded.text, removed = excluded.removed,
        at = excluded.at, author = excluded.author";
    let newest = params![
        path,
        draft.revision,
        text.unwrap_or_default(),
        removed,
        at.to_iso(),
        by
    ];
    connection.execute(sql, newest).map_err(from_sqlite)?;
    Ok(draft)
}

fn draft(row: &Row<'_>) -> Result<Draft, StoreError> {
    let removed = row.number::<i64>(3)? != 0;
    let text = row.text(2)?;
    Ok(Draft {
        path: row.text(0)?,
        revision: row.number(1)?,
        text: (!removed).then_some(text),
        at: row.moment(4)?,
        by: row.text(5)?,
    })
}
