//! Reminders, letters and calendars in SQLite.
//!
//! Reminders, letters and attempts are only added; where a letter stands is the one thing that changes. It decides nothing. Broken input: a stored text that cannot be read is
//! named, never skipped.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, InTransaction, first, rows};
use super::write::Writing;
use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::reports::reminder::Reminder;
use crate::store::error::StoreError;
use crate::store::notices::{
    CalendarEntry, Feed, Mail, MailChange, MailState, ReadNotices, StoredMail, WriteNotices,
};
use rusqlite::{Params, Row, params};
use serde::Serialize;

const MAIL: &str =
    "SELECT mails.number, mail, queued_at, state, attempts, next_at, changed_at, detail
    FROM mails JOIN mail_states ON mail_states.number = mails.number";
const FEED: &str = "SELECT number, unit, token_hash, made_at, made_by, ended_at FROM feeds";

impl<T: InTransaction> ReadNotices for T {
    fn reminders(&self, unit: Option<&UnitId>, most: u32) -> Result<Vec<Reminder>, StoreError> {
        let sql = "SELECT reminder FROM reminders WHERE ?1 IS NULL OR unit = ?1 ORDER BY position DESC LIMIT ?2";
        let unit = unit.map(UnitId::as_str);
        rows(self.connection(), sql, params![unit, most], |row| {
            row.json(0, "reminders.reminder")
        })
    }

    fn is_reminded(&self, key: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM reminders WHERE key = ?1";
        Ok(first(self.connection(), sql, [key], |_| Ok(()))?.is_some())
    }

    fn mails(&self, most: u32) -> Result<Vec<StoredMail>, StoreError> {
        let sql = format!("{MAIL} ORDER BY mails.number DESC LIMIT ?1");
        rows(self.connection(), &sql, [most], mail_of)
    }

    fn mails_due(&self, now: Moment, most: u32) -> Result<Vec<StoredMail>, StoreError> {
        let sql = format!(
            "{MAIL} WHERE state = 'waiting' AND next_at <= ?1 ORDER BY next_at, mails.number LIMIT ?2"
        );
        let parameters = params![now.to_unix_seconds(), most];
        rows(self.connection(), &sql, parameters, mail_of)
    }

    fn mails_in_state(&self, state: MailState) -> Result<Vec<StoredMail>, StoreError> {
        let sql = format!("{MAIL} WHERE state = ?1 ORDER BY mails.number");
        rows(self.connection(), &sql, [state.key()], mail_of)
    }

    fn mail_counts(&self) -> Result<Vec<(MailState, u64)>, StoreError> {
        let sql = "SELECT state, count(*) FROM mail_states GROUP BY state ORDER BY state";
        rows(self.connection(), sql, [], |row| {
            Ok((state_of(&row.text(0)?)?, row.count(1)?))
        })
    }

    fn feeds(&self, unit: &UnitId) -> Result<Vec<Feed>, StoreError> {
        let sql = format!("{FEED} WHERE unit = ?1 ORDER BY number DESC");
        rows(self.connection(), &sql, [unit.as_str()], feed_of)
    }

    fn feed(&self, token_hash: &str) -> Result<Option<Feed>, StoreError> {
        let sql = format!("{FEED} WHERE token_hash = ?1 AND ended_at IS NULL");
        first(self.connection(), &sql, [token_hash], feed_of)
    }

    fn size(&self) -> Result<u64, StoreError> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let size = first(self.connection(), sql, [], |row| row.count(0))?;
        Ok(size.unwrap_or(0))
    }

    fn calendar_entry(&self, uid: &str) -> Result<Option<CalendarEntry>, StoreError> {
        let sql = "SELECT uid, told, sequence, changed_at FROM calendar_entries WHERE uid = ?1";
        first(self.connection(), sql, [uid], |row| {
            Ok(CalendarEntry {
                uid: row.text(0)?,
                told: row.text(1)?,
                sequence: row.number(2)?,
                changed_at: row.moment(3)?,
            })
        })
    }
}

impl WriteNotices for Writing<'_> {
    fn add_reminder(&self, reminder: &Reminder) -> Result<bool, StoreError> {
        let sql = "INSERT INTO reminders (key, regime, period, unit, reminder, at, user) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (key) DO NOTHING";
        let parameters = params![
            reminder.key(),
            reminder.regime,
            reminder.period.to_string(),
            reminder.unit.as_str(),
            json("reminders.reminder", reminder)?,
            reminder.stamp.at.to_iso(),
            reminder.stamp.user
        ];
        Ok(self.changes(sql, parameters)? > 0)
    }

    fn queue_mail(&self, key: &str, mail: &Mail, at: Moment) -> Result<bool, StoreError> {
        let sql = "INSERT INTO mails (key, mail, queued_at) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING";
        let parameters = params![key, json("mails.mail", mail)?, at.to_iso()];
        if self.changes(sql, parameters)? == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO mail_states (number, state, attempts, next_at, changed_at, detail)
            SELECT number, 'waiting', 0, ?2, ?3, '' FROM mails WHERE key = ?1";
        self.changes(sql, params![key, at.to_unix_seconds(), at.to_iso()])?;
        Ok(true)
    }

    fn change_mail(&self, number: i64, change: &MailChange) -> Result<(), StoreError> {
        let sql = "UPDATE mail_states SET state = ?2, attempts = ?3, next_at = ?4, changed_at = ?5, detail = ?6 WHERE number = ?1";
        let parameters = params![
            number,
            change.state.key(),
            change.attempts,
            change.next_at.to_unix_seconds(),
            change.at.to_iso(),
            change.detail
        ];
        self.changes(sql, parameters)?;
        let sql = "INSERT INTO mail_attempts (number, state, detail, at) VALUES (?1, ?2, ?3, ?4)";
        let parameters = params![
            number,
            change.state.key(),
            change.detail,
            change.at.to_iso()
        ];
        self.changes(sql, parameters)?;
        Ok(())
    }

    fn add_feed(
        &self,
        unit: &UnitId,
        token_hash: &str,
        by: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO feeds (unit, token_hash, made_at, made_by) VALUES (?1, ?2, ?3, ?4)";
        self.changes(sql, params![unit.as_str(), token_hash, at.to_iso(), by])?;
        Ok(())
    }

    fn end_feeds(&self, unit: &UnitId, by: &str, at: Moment) -> Result<u64, StoreError> {
        let sql =
            "UPDATE feeds SET ended_at = ?2, ended_by = ?3 WHERE unit = ?1 AND ended_at IS NULL";
        let ended = self.changes(sql, params![unit.as_str(), at.to_iso(), by])?;
        u64::try_from(ended).map_err(|error| unreadable("a count", error))
    }

    fn save_calendar_entry(&self, entry: &CalendarEntry) -> Result<(), StoreError> {
        let sql = "INSERT INTO calendar_entries (uid, told, sequence, changed_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (uid) DO UPDATE SET told = excluded.told, sequence = excluded.sequence, changed_at = excluded.changed_at";
        let parameters = params![
            entry.uid,
            entry.told,
            entry.sequence,
            entry.changed_at.to_iso()
        ];
        self.changes(sql, parameters)?;
        Ok(())
    }
}

impl Writing<'_> {
    fn changes<P: Params>(&self, sql: &str, parameters: P) -> Result<usize, StoreError> {
        let mut statement = self.connection().prepare_cached(sql).map_err(from_sqlite)?;
        statement.execute(parameters).map_err(from_sqlite)
    }
}

fn mail_of(row: &Row<'_>) -> Result<StoredMail, StoreError> {
    Ok(StoredMail {
        number: row.number(0)?,
        mail: row.json(1, "mails.mail")?,
        queued_at: row.moment(2)?,
        state: state_of(&row.text(3)?)?,
        attempts: row.number(4)?,
        next_at: row.seconds(5)?,
        changed_at: row.moment(6)?,
        detail: row.text(7)?,
    })
}

fn state_of(key: &str) -> Result<MailState, StoreError> {
    MailState::from_key(key).ok_or_else(|| unreadable("mail_states.state", key))
}

fn feed_of(row: &Row<'_>) -> Result<Feed, StoreError> {
    let ended_at: Option<String> = row.get(5).map_err(from_sqlite)?;
    Ok(Feed {
        number: row.number(0)?,
        unit: UnitId(row.text(1)?),
        token_hash: row.text(2)?,
        made_at: row.moment(3)?,
        made_by: row.text(4)?,
        ended_at: ended_at
            .map(|text| Moment::parse_iso(&text).ok_or_else(|| unreadable("a moment", text)))
            .transpose()?,
    })
}

fn json(what: &str, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, error))
}
