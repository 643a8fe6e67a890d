//! Accounts, their events, delegations and whose sessions are, in SQLite.
//!
//! An account's row and its delegations are what its events made of them and are written with them; secrets stand in the row alone. It decides nothing. Broken input: a stored
//! event that cannot be read is named, never skipped.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, first, rows};
use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::reports::people::account::{Account, AccountEvent, AccountEventKind};
use crate::reports::people::delegation::{Delegation, DelegationState};
use crate::store::error::StoreError;
use crate::store::records::{Secrets, Session, User};
use rusqlite::{Connection, Row, params};

const USER: &str = "SELECT id, name, password_hash, grants, disabled, must_change_password, has_second_factor, second_factor, events, email FROM users";
const DELEGATION: &str =
    "SELECT lender, number, delegate, unit, from_day, to_day, reason, ended_at FROM delegations";

/// All accounts, by id.
pub fn users(connection: &Connection) -> Result<Vec<User>, StoreError> {
    rows(connection, &format!("{USER} ORDER BY id"), [], user_of)
}

/// One account.
pub fn user(connection: &Connection, id: &str) -> Result<Option<User>, StoreError> {
    first(connection, &format!("{USER} WHERE id = ?1"), [id], user_of)
}

fn user_of(row: &Row<'_>) -> Result<User, StoreError> {
    let second_factor: Option<String> = row.get(7).map_err(from_sqlite)?;
    Ok(User {
        account: Account {
            id: row.text(0)?,
            name: row.text(1)?,
            grants: row.json(3, "users.grants")?,
            disabled: row.number::<i64>(4)? != 0,
            must_change_password: row.number::<i64>(5)? != 0,
            second_factor: row.number::<i64>(6)? != 0,
            events: row.count(8)?,
            email: row.get(9).map_err(from_sqlite)?,
        },
        secrets: Secrets {
            password_hash: row.text(2)?,
            second_factor: second_factor
                .map(|text| {
                    serde_json::from_str(&text)
                        .map_err(|error| unreadable("users.second_factor", error))
                })
                .transpose()?,
        },
    })
}

/// The events of an account, oldest first.
pub fn account_events(connection: &Connection, id: &str) -> Result<Vec<AccountEvent>, StoreError> {
    let sql = "SELECT event FROM account_events WHERE account = ?1 ORDER BY sequence";
    rows(connection, sql, [id], |row| {
        AccountEvent::from_text(&row.text(0)?)
            .map_err(|problem| unreadable("account_events.event", format_args!("{problem:?}")))
    })
}

/// Appends events to an account, making it where there is none; answers its new state.
pub fn append(
    connection: &Connection,
    id: &str,
    events: &[AccountEvent],
) -> Result<Account, StoreError> {
    let found = user(connection, id)?;
    let mut account = found.map_or_else(|| Account::new(id), |user| user.account);
    let before = account.events;
    for event in events {
        account.apply(event);
    }
    project(connection, &account)?;
    let sql = "INSERT INTO account_events (account, sequence, at, user, event) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (event, sequence) in events.iter().zip(before.saturating_add(1)..) {
        let text = event
            .to_text()
            .map_err(|problem| unreadable("account_events.event", format_args!("{problem:?}")))?;
        let sequence = integer(sequence)?;
        let parameters = params![id, sequence, event.at.to_iso(), event.by.user, text];
        connection.execute(sql, parameters).map_err(from_sqlite)?;
        project_delegation(connection, id, event)?;
    }
    Ok(account)
}

fn project(connection: &Connection, account: &Account) -> Result<(), StoreError> {
    // A new account has no password, and what is no hash verifies nothing.
    let sql = "INSERT INTO users (id, name, password_hash, grants, disabled, must_change_password, has_second_factor, events, email)
        VALUES (?1, ?2, '', ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, grants = excluded.grants, disabled = excluded.disabled,
        must_change_password = excluded.must_change_password, has_second_factor = excluded.has_second_factor, events = excluded.events,
        email = excluded.email";
    let grants = serde_json::to_string(&account.grants)
        .map_err(|error| unreadable("users.grants", error))?;
    let parameters = params![
        account.id,
        account.name,
        grants,
        account.disabled,
        account.must_change_password,
        account.second_factor,
        integer(account.events)?,
        account.email
    ];
    connection.execute(sql, parameters).map_err(from_sqlite)?;
    Ok(())
}

fn project_delegation(
    connection: &Connection,
    id: &str,
    event: &AccountEvent,
) -> Result<(), StoreError> {
    match &event.kind {
        AccountEventKind::Delegated { delegation } => {
            let sql = "INSERT INTO delegations (lender, number, delegate, unit, from_day, to_day, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let parameters = params![
                delegation.lender,
                delegation.number,
                delegation.delegate,
                delegation.unit.as_str(),
                delegation.from.to_string(),
                delegation.to.to_string(),
                delegation.reason
            ];
            connection.execute(sql, parameters).map_err(from_sqlite)?;
        }
        AccountEventKind::DelegationEnded { number } => {
            let sql = "UPDATE delegations SET ended_at = ?3 WHERE lender = ?1 AND number = ?2";
            let parameters = params![id, number, event.at.to_iso()];
            connection.execute(sql, parameters).map_err(from_sqlite)?;
        }
        _ => {}
    }
    Ok(())
}

/// Keeps what an account proves itself with, in place of what it did before.
pub fn save_secrets(
    connection: &Connection,
    id: &str,
    secrets: &Secrets,
) -> Result<(), StoreError> {
    let second_factor = secrets
        .second_factor
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|error| unreadable("users.second_factor", error))?;
    let sql = "UPDATE users SET password_hash = ?2, second_factor = ?3 WHERE id = ?1";
    let parameters = params![id, secrets.password_hash, second_factor];
    connection.execute(sql, parameters).map_err(from_sqlite)?;
    Ok(())
}

/// The delegations an account gave or was given, by lender and number.
pub fn delegations_of(
    connection: &Connection,
    id: &str,
) -> Result<Vec<DelegationState>, StoreError> {
    let sql = format!("{DELEGATION} WHERE lender = ?1 OR delegate = ?1 ORDER BY lender, number");
    rows(connection, &sql, [id], |row| {
        let ended_at: Option<String> = row.get(7).map_err(from_sqlite)?;
        Ok(DelegationState {
            delegation: Delegation {
                lender: row.text(0)?,
                number: row.number(1)?,
                delegate: row.text(2)?,
                unit: UnitId(row.text(3)?),
                from: day(&row.text(4)?)?,
                to: day(&row.text(5)?)?,
                reason: row.text(6)?,
            },
            ended_at: ended_at
                .map(|text| Moment::parse_iso(&text).ok_or_else(|| unreadable("a moment", text)))
                .transpose()?,
        })
    })
}

/// The sessions of an account that have not expired at `now`, newest end first.
pub fn sessions_of(
    connection: &Connection,
    account: &str,
    now: Moment,
) -> Result<Vec<Session>, StoreError> {
    let sql = "SELECT id, data, expires_at, account FROM sessions WHERE account = ?1 AND expires_at > ?2 ORDER BY expires_at DESC, id";
    rows(
        connection,
        sql,
        params![account, now.to_unix_seconds()],
        session_of,
    )
}

/// A session's row: id, data, end, account.
pub fn session_of(row: &Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.text(0)?,
        data: row.bytes(1)?,
        expires_at: row.seconds(2)?,
        account: row.get(3).map_err(from_sqlite)?,
    })
}

/// Ends the sessions of an account, but the one to be kept; answers how many.
pub fn delete_sessions_of(
    connection: &Connection,
    account: &str,
    kept: Option<&str>,
) -> Result<u64, StoreError> {
    let sql = "DELETE FROM sessions WHERE account = ?1 AND id IS NOT ?2";
    let count = connection
        .execute(sql, params![account, kept])
        .map_err(from_sqlite)?;
    u64::try_from(count).map_err(|error| unreadable("a count", error))
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|error| unreadable("a day", error))
}

fn integer(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|error| unreadable("a number", error))
}
