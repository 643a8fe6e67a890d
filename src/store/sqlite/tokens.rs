//! Keys of the JSON interface in SQLite: their rows, their events, when they were last used.
//!
//! A row is what the events made of it and is written with them; the hash stands in the row alone. It decides nothing. Broken input: a stored text that cannot be read is named, never
//! skipped.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, first, rows};
use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::reports::people::token::{Token, TokenEvent, TokenEventKind, TokenState};
use crate::reports::permission::Person;
use crate::store::error::StoreError;
use rusqlite::{Connection, Row, params};
use serde::Serialize;

const TOKEN: &str = "SELECT token, made, revoked, last_used FROM api_tokens";

/// The keys of a unit, or all, by unit and the moment they were made.
pub fn all(connection: &Connection, unit: Option<&UnitId>) -> Result<Vec<TokenState>, StoreError> {
    let sql = format!("{TOKEN} WHERE (?1 IS NULL OR unit = ?1) ORDER BY unit, rowid");
    rows(connection, &sql, [unit.map(UnitId::as_str)], state)
}

/// The key of an id.
pub fn one(connection: &Connection, id: &str) -> Result<Option<TokenState>, StoreError> {
    first(connection, &format!("{TOKEN} WHERE id = ?1"), [id], state)
}

/// The key of a secret's hash.
pub fn by_hash(connection: &Connection, hash: &str) -> Result<Option<TokenState>, StoreError> {
    let sql = format!("{TOKEN} WHERE hash = ?1");
    first(connection, &sql, [hash], state)
}

/// The events of a key, oldest first.
pub fn events(connection: &Connection, id: &str) -> Result<Vec<TokenEvent>, StoreError> {
    let sql = "SELECT event FROM api_token_events WHERE token = ?1 ORDER BY position";
    rows(connection, sql, [id], |row| {
        TokenEvent::from_text(&row.text(0)?)
            .map_err(|problem| unreadable("api_token_events.event", problem.detail))
    })
}

/// Makes a key with the hash of its secret.
pub fn make(
    connection: &Connection,
    token: &Token,
    hash: &str,
    event: &TokenEvent,
) -> Result<(), StoreError> {
    let made: (&Person, String) = (&event.by, event.at.to_iso());
    let sql = "INSERT INTO api_tokens (id, unit, hash, token, made) VALUES (?1, ?2, ?3, ?4, ?5)";
    let parameters = params![
        token.id,
        token.unit.as_str(),
        hash,
        json("api_tokens.token", token)?,
        json("api_tokens.made", &made)?
    ];
    connection.execute(sql, parameters).map_err(from_sqlite)?;
    append(connection, &token.id, event)
}

/// Keeps what happened to a key that is there.
pub fn append(connection: &Connection, id: &str, event: &TokenEvent) -> Result<(), StoreError> {
    if event.kind == TokenEventKind::Revoked {
        let revoked: (&Person, String) = (&event.by, event.at.to_iso());
        let sql = "UPDATE api_tokens SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL";
        let parameters = params![id, json("api_tokens.revoked", &revoked)?];
        connection.execute(sql, parameters).map_err(from_sqlite)?;
    }
    let text = event
        .to_text()
        .map_err(|problem| unreadable("api_token_events.event", problem.detail))?;
    let sql = "INSERT INTO api_token_events (token, at, user, event) VALUES (?1, ?2, ?3, ?4)";
    let parameters = params![id, event.at.to_iso(), event.by.user, text];
    connection.execute(sql, parameters).map_err(from_sqlite)?;
    Ok(())
}

/// Keeps when a key was last used.
pub fn touch(connection: &Connection, id: &str, at: Moment) -> Result<(), StoreError> {
    let sql = "UPDATE api_tokens SET last_used = ?2 WHERE id = ?1";
    let parameters = params![id, at.to_unix_seconds()];
    connection.execute(sql, parameters).map_err(from_sqlite)?;
    Ok(())
}

fn state(row: &Row<'_>) -> Result<TokenState, StoreError> {
    let revoked: Option<String> = row.get(2).map_err(from_sqlite)?;
    let last_used: Option<i64> = row.get(3).map_err(from_sqlite)?;
    Ok(TokenState {
        token: row.json(0, "api_tokens.token")?,
        made: deed("api_tokens.made", &row.text(1)?)?,
        revoked: revoked
            .map(|text| deed("api_tokens.revoked", &text))
            .transpose()?,
        last_used: last_used.and_then(Moment::from_unix_seconds),
    })
}

/// Who did something and when.
fn deed(what: &str, text: &str) -> Result<(Person, Moment), StoreError> {
    let (person, at): (Person, String) =
        serde_json::from_str(text).map_err(|error| unreadable(what, error))?;
    let at = Moment::parse_iso(&at).ok_or_else(|| unreadable(what, text))?;
    Ok((person, at))
}

fn json(what: &str, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, error))
}
