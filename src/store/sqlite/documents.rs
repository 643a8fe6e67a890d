//! Consolidated documents and their events, in SQLite.
//!
//! As with reports, the events are the truth and a document's row is what they made of it, written with them. It decides nothing. Broken input: a stored text that cannot be read is named, never
//! skipped.

use super::answer::{from_sqlite, is_not_unique, unreadable};
use super::read::{Columns, conditions, event, first, rows};
use super::write::{changed, integer, json};
use crate::calendar::{Moment, Period};
use crate::organisation::UnitId;
use crate::reports::event::Event;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::report::Report;
use crate::store::error::StoreError;
use crate::store::records::{ReportQuery, StoredEvent};
use rusqlite::{Connection, params};

/// One document.
pub fn one(
    connection: &Connection,
    regime: &str,
    period: &Period,
    body: &UnitId,
) -> Result<Option<Report>, StoreError> {
    let sql = "SELECT state FROM documents WHERE regime = ?1 AND period = ?2 AND body = ?3";
    let key = params![regime, period.to_string(), body.as_str()];
    first(connection, sql, key, |row| row.json(0, "documents.state"))
}

/// The documents that meet all stated conditions, by regime, period and body.
pub fn all(connection: &Connection, query: &ReportQuery) -> Result<Vec<Report>, StoreError> {
    let sql = "SELECT state FROM documents WHERE (?1 IS NULL OR regime = ?1) AND (?2 IS NULL OR period = ?2) AND (?3 IS NULL OR body = ?3)
        AND (?4 IS NULL OR status = ?4) ORDER BY regime, period, body";
    rows(connection, sql, conditions(query), |row| {
        row.json(0, "documents.state")
    })
}

/// The events of one document, oldest first.
pub fn events(
    connection: &Connection,
    regime: &str,
    period: &Period,
    body: &UnitId,
) -> Result<Vec<StoredEvent>, StoreError> {
    let sql = "SELECT position, sequence, event FROM document_events WHERE regime = ?1 AND period = ?2 AND body = ?3 ORDER BY sequence";
    let key = params![regime, period.to_string(), body.as_str()];
    rows(connection, sql, key, |row| {
        Ok(StoredEvent {
            position: row.number(0)?,
            sequence: row.count(1)?,
            event: event(&row.text(2)?)?,
        })
    })
}

/// Appends events to the document they were decided on. Answers the new state.
pub fn append(
    connection: &Connection,
    before: &Report,
    events: &[Event],
) -> Result<Report, StoreError> {
    let key = &before.key;
    let (period, body) = (key.period.to_string(), key.unit.as_str());
    let sql = "SELECT coalesce(max(sequence), 0) FROM document_events WHERE regime = ?1 AND period = ?2 AND body = ?3";
    let stored: Option<i64> = first(connection, sql, params![key.regime, period, body], |row| {
        row.get(0).map_err(from_sqlite)
    })?;
    if stored != Some(integer(before.events)?) {
        return Err(changed(key));
    }
    let mut document = before.clone();
    let sql =
        "INSERT INTO document_events (regime, version, period, body, sequence, at, user, event)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    for event in events {
        document.apply(event);
        let text = event
            .to_text()
            .map_err(|problem| unreadable("document_events.event", format_args!("{problem:?}")))?;
        let parameters = params![
            key.regime,
            key.version,
            period,
            body,
            integer(document.events)?,
            event.stamp.at.to_iso(),
            event.stamp.user,
            text
        ];
        connection.execute(sql, parameters).map_err(|error| {
            if is_not_unique(&error) {
                changed(key)
            } else {
                from_sqlite(error)
            }
        })?;
    }
    if let Some(last) = events.last() {
        project(connection, &document, last.stamp.at)?;
    }
    Ok(document)
}

fn project(
    connection: &Connection,
    document: &Report,
    updated_at: Moment,
) -> Result<(), StoreError> {
    let key = &document.key;
    let sql = "INSERT INTO documents (regime, version, period, body, status, updated_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (regime, period, body) DO UPDATE SET status = excluded.status, updated_at = excluded.updated_at, state = excluded.state
        WHERE documents.version = excluded.version";
    let written = connection.execute(
        sql,
        params![
            key.regime,
            key.version,
            key.period.to_string(),
            key.unit.as_str(),
            document.status.key(),
            updated_at.to_iso(),
            json("documents.state", document)?,
        ],
    );
    match written.map_err(from_sqlite)? {
        0 => Err(changed(key)),
        _ => Ok(()),
    }
}

/// Makes all documents afresh from their events; answers how many there are.
pub fn rebuild(connection: &Connection) -> Result<u64, StoreError> {
    connection
        .execute("DELETE FROM documents", [])
        .map_err(from_sqlite)?;
    let sql = "SELECT DISTINCT regime, version, period, body FROM document_events ORDER BY regime, period, body";
    let keys = rows(connection, sql, [], |row| {
        Ok(ReportKey {
            regime: row.text(0)?,
            version: row.number(1)?,
            period: row.period(2)?,
            unit: UnitId(row.text(3)?),
            kind: ReportKind::Consolidated,
        })
    })?;
    let mut count = 0;
    for key in keys {
        let stored = events(connection, &key.regime, &key.period, &key.unit)?;
        let updated_at = stored.last().map(|last| last.event.stamp.at);
        let document = Report::replay(key, stored.iter().map(|stored| &stored.event));
        if let Some(updated_at) = updated_at {
            project(connection, &document, updated_at)?;
            count += 1;
        }
    }
    Ok(count)
}
