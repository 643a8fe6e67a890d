//! Writing records to SQLite.
//!
//! One transaction at a time, begun at once as a writer (`BEGIN IMMEDIATE`) so that it never has to be given up halfway. It does not decide anything
//! beyond what must never be overwritten. Broken input: the transaction stays as it was; dropped without commit, nothing happened.

use super::answer::{from_sqlite, is_not_unique, unreadable};
use super::read::{InTransaction, end_left_over, event, first};
use super::{documents, drafts, files, people, tables, tokens};
use crate::calendar::Moment;
use crate::eval::attached::AttachedFile;
use crate::organisation::UnitId;
use crate::reports::event::Event;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::obligation::LocalDeadline;
use crate::reports::opened::Opened;
use crate::reports::people::account::{Account, AccountEvent};
use crate::reports::people::token::{Token, TokenEvent};
use crate::reports::report::{Report, Sending};
use crate::reports::ruling::Ruling;
use crate::store::drafts::Draft;
use crate::store::error::StoreError;
use crate::store::records::{
    LoadedTable, Publication, PublishedRegime, Secrets, Session, StoredAnswer,
};
use crate::store::{LOCAL_DEADLINES, ReadTransaction, WriteTransaction};
use rusqlite::{Connection, Params, params};
use serde::Serialize;
use std::sync::MutexGuard;

/// A write transaction.
pub struct Writing<'store> {
    connection: MutexGuard<'store, Connection>,
}

impl<'store> Writing<'store> {
    /// Begins.
    pub fn begin(
        connection: MutexGuard<'store, Connection>,
    ) -> Result<Writing<'store>, StoreError> {
        end_left_over(&connection)?;
        connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(from_sqlite)?;
        Ok(Writing { connection })
    }

    fn execute<P: Params>(&self, sql: &str, parameters: P) -> Result<usize, rusqlite::Error> {
        self.connection.prepare_cached(sql)?.execute(parameters)
    }

    fn project(&self, report: &Report, updated_at: Moment) -> Result<(), StoreError> {
        let sending = report.counted_sending();
        let lateness = sending.map(Sending::lateness);
        let due = sending
            .and_then(|sending| sending.due)
            .map(|due| json("reports.due", &due))
            .transpose()?;
        let sql = "INSERT INTO reports
            (regime, version, period, unit, status, draft, revision, sent_at, due, late, days_late, updated_at, state, held)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            ON CONFLICT (regime, period, unit) DO UPDATE SET
            status = excluded.status, draft = excluded.draft, revision = excluded.revision, sent_at = excluded.sent_at,
            due = excluded.due, late = excluded.late, days_late = excluded.days_late, updated_at = excluded.updated_at,
            state = excluded.state, held = excluded.held
            WHERE reports.version = excluded.version";
        let written = self.execute(
            sql,
            params![
                report.key.regime,
                report.key.version,
                report.key.period.to_string(),
                report.key.unit.as_str(),
                report.status.key(),
                integer(report.draft)?,
                report
                    .newest_revision()
                    .map_or(0, |revision| revision.number),
                report
                    .newest_sending()
                    .map(|sending| sending.stamp.at.to_iso()),
                due,
                lateness.map(|lateness| lateness.late),
                lateness.map(|lateness| lateness.days),
                updated_at.to_iso(),
                json("reports.state", report)?,
                report.received_revision().map(|revision| revision.number),
            ],
        );
        match written.map_err(from_sqlite)? {
            0 => Err(changed(&report.key)),
            _ => Ok(()),
        }
    }
}

impl InTransaction for Writing<'_> {
    fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.connection.is_autocommit() {
            // What could not be ended now is ended before the next transaction begins.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl WriteTransaction for Writing<'_> {
    fn publish_regime(&self, regime: &PublishedRegime) -> Result<Publication, StoreError> {
        if let Some(stored) = self.regime(&regime.name, regime.version)? {
            // A newer program may compile the same text to another plan, and a comment changes the text but not the plan: both are the same regime.
            let same = stored.sources == regime.sources || stored.fingerprint == regime.fingerprint;
            let changed = StoreError::RegimeChanged {
                name: regime.name.clone(),
                version: regime.version,
            };
            return if same {
                Ok(Publication::AlreadyPublished)
            } else {
                Err(changed)
            };
        }
        let sql = "INSERT INTO regimes (name, version, sources, plan, fingerprint, decision, published_at, published_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.execute(
            sql,
            params![
                regime.name,
                regime.version,
                json("regimes.sources", &regime.sources)?,
                regime.plan,
                regime.fingerprint,
                regime.decision,
                regime.published_at.to_iso(),
                regime.published_by,
            ],
        )
        .map_err(from_sqlite)?;
        Ok(Publication::New)
    }

    fn append_events(&self, before: &Report, events: &[Event]) -> Result<Report, StoreError> {
        let key = &before.key;
        if key.kind == ReportKind::Consolidated {
            return documents::append(self.connection(), before, events);
        }
        let (period, unit) = (key.period.to_string(), key.unit.as_str());
        let sql = "SELECT coalesce(max(sequence), 0) FROM events WHERE regime = ?1 AND period = ?2 AND unit = ?3";
        let stored: Option<i64> = first(
            self.connection(),
            sql,
            params![key.regime, period, unit],
            |row| row.get(0).map_err(from_sqlite),
        )?;
        if stored != Some(integer(before.events)?) {
            return Err(changed(key));
        }
        let mut report = before.clone();
        let sql = "INSERT INTO events (regime, version, period, unit, sequence, at, user, event)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        for event in events {
            report.apply(event);
            let text = event
                .to_text()
                .map_err(|problem| unreadable("events.event", format_args!("{problem:?}")))?;
            let sequence = integer(report.events)?;
            let at = event.stamp.at.to_iso();
            let parameters = params![
                key.regime,
                key.version,
                period,
                unit,
                sequence,
                at,
                event.stamp.user,
                text
            ];
            self.execute(sql, parameters).map_err(|error| {
                if is_not_unique(&error) {
                    changed(key)
                } else {
                    from_sqlite(error)
                }
            })?;
        }
        if let Some(last) = events.last() {
            self.project(&report, last.stamp.at)?;
        }
        Ok(report)
    }

    fn rebuild_projections(&self) -> Result<u64, StoreError> {
        self.execute("DELETE FROM reports", [])
            .map_err(from_sqlite)?;
        let sql = "SELECT regime, version, period, unit, event FROM events ORDER BY regime, period, unit, sequence";
        let mut statement = self.connection.prepare(sql).map_err(from_sqlite)?;
        let mut stored = statement.query([]).map_err(from_sqlite)?;
        let mut current: Option<(Report, Moment)> = None;
        let mut count = 0;
        while let Some(row) = stored.next().map_err(from_sqlite)? {
            let period: String = row.get(2).map_err(from_sqlite)?;
            let key = ReportKey {
                regime: row.get(0).map_err(from_sqlite)?,
                version: row.get(1).map_err(from_sqlite)?,
                period: period
                    .parse()
                    .map_err(|problem| unreadable("a period", problem))?,
                unit: UnitId(row.get(3).map_err(from_sqlite)?),
                kind: ReportKind::OfUnit,
            };
            let text: String = row.get(4).map_err(from_sqlite)?;
            let event = event(&text)?;
            let mut report = match current.take() {
                Some((report, _)) if report.key == key => report,
                finished => {
                    if let Some((report, updated_at)) = finished {
                        self.project(&report, updated_at)?;
                    }
                    count += 1;
                    Report::new(key)
                }
            };
            report.apply(&event);
            current = Some((report, event.stamp.at));
        }
        if let Some((report, updated_at)) = current {
            self.project(&report, updated_at)?;
        }
        count += documents::rebuild(self.connection())?;
        Ok(count)
    }

    fn load_table(&self, table: &LoadedTable) -> Result<(), StoreError> {
        tables::append(self.connection(), table)
    }

    fn load_local_deadlines(
        &self,
        deadlines: &[LocalDeadline],
        source: &str,
        (by, at): (&str, Moment),
        reason: &str,
    ) -> Result<(), StoreError> {
        let mut deadlines = deadlines.to_vec();
        deadlines.sort_by(|one, other| {
            let key = |one: &LocalDeadline| (one.regime.clone(), one.party.clone(), one.period);
            key(one).cmp(&key(other))
        });
        let table = LoadedTable {
            name: LOCAL_DEADLINES.to_string(),
            source: source.to_string(),
            text: json("table_changes.text", &deadlines)?,
            loaded_at: at,
            loaded_by: by.to_string(),
            reason: reason.to_string(),
        };
        tables::append(self.connection(), &table)
    }

    fn add_ruling(&self, ruling: &Ruling) -> Result<(), StoreError> {
        let sql = "INSERT INTO rulings (regime, period, unit, ruling, at, user) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let parameters = params![
            ruling.regime,
            ruling.period.to_string(),
            ruling.unit.as_ref().map(UnitId::as_str),
            json("rulings.ruling", ruling)?,
            ruling.stamp.at.to_iso(),
            ruling.stamp.user
        ];
        done(self.execute(sql, parameters))
    }

    fn save_opened(&self, opened: &Opened) -> Result<(), StoreError> {
        let sql = "INSERT INTO opened (regime, key, state) VALUES (?1, ?2, ?3)
            ON CONFLICT (regime, key) DO UPDATE SET state = excluded.state";
        let state = json("opened.state", opened)?;
        let parameters = params![opened.regime, opened.key.to_string(), state];
        done(self.execute(sql, parameters))
    }

    fn save_draft(
        &self,
        path: &str,
        base: u32,
        text: Option<&str>,
        by: &str,
        at: Moment,
    ) -> Result<Draft, StoreError> {
        drafts::save(self.connection(), path, base, text, by, at)
    }

    fn attach(
        &self,
        unit: &UnitId,
        file: (&AttachedFile, &[u8]),
        by: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        files::attach(self.connection(), unit, file, by, at)
    }

    fn append_account_events(
        &self,
        id: &str,
        events: &[AccountEvent],
    ) -> Result<Account, StoreError> {
        people::append(self.connection(), id, events)
    }

    fn save_secrets(&self, id: &str, secrets: &Secrets) -> Result<(), StoreError> {
        people::save_secrets(self.connection(), id, secrets)
    }

    fn delete_sessions_of(&self, account: &str, kept: Option<&str>) -> Result<u64, StoreError> {
        people::delete_sessions_of(self.connection(), account, kept)
    }

    fn save_session(&self, session: &Session) -> Result<(), StoreError> {
        let sql = "INSERT INTO sessions (id, data, expires_at, account) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at, account = excluded.account";
        done(self.execute(
            sql,
            params![
                session.id,
                session.data,
                session.expires_at.to_unix_seconds(),
                session.account
            ],
        ))
    }

    fn delete_session(&self, id: &str) -> Result<(), StoreError> {
        done(self.execute("DELETE FROM sessions WHERE id = ?1", [id]))
    }

    fn delete_expired_sessions(&self, now: Moment) -> Result<u64, StoreError> {
        counted(self.execute(
            "DELETE FROM sessions WHERE expires_at <= ?1",
            [now.to_unix_seconds()],
        ))
    }

    fn make_token(&self, token: &Token, hash: &str, event: &TokenEvent) -> Result<(), StoreError> {
        tokens::make(&self.connection, token, hash, event)
    }

    fn append_token_event(&self, id: &str, event: &TokenEvent) -> Result<(), StoreError> {
        tokens::append(&self.connection, id, event)
    }

    fn touch_token(&self, id: &str, at: Moment) -> Result<(), StoreError> {
        tokens::touch(&self.connection, id, at)
    }

    fn remember_answer(&self, answer: &StoredAnswer) -> Result<(), StoreError> {
        let sql = "INSERT INTO answers (key, request_hash, answer, at) VALUES (?1, ?2, ?3, ?4)";
        let parameters = params![
            answer.key,
            answer.request_hash,
            answer.answer,
            answer.at.to_unix_seconds()
        ];
        match self.execute(sql, parameters) {
            Err(error) if is_not_unique(&error) => Err(StoreError::RequestReused {
                key: answer.key.clone(),
            }),
            result => done(result),
        }
    }

    fn delete_answers_before(&self, moment: Moment) -> Result<u64, StoreError> {
        counted(self.execute(
            "DELETE FROM answers WHERE at < ?1",
            [moment.to_unix_seconds()],
        ))
    }

    fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        done(self.execute(sql, [name, value]))
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT").map_err(from_sqlite)
    }
}

fn done(result: Result<usize, rusqlite::Error>) -> Result<(), StoreError> {
    result.map(|_| ()).map_err(from_sqlite)
}

fn counted(result: Result<usize, rusqlite::Error>) -> Result<u64, StoreError> {
    let count = result.map_err(from_sqlite)?;
    u64::try_from(count).map_err(|error| unreadable("a count", error))
}

/// Somebody else was there first.
pub fn changed(key: &ReportKey) -> StoreError {
    StoreError::ReportChanged {
        report: key.to_string(),
    }
}

/// A number as SQLite keeps it.
pub fn integer(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|error| unreadable("a number", error))
}

/// A record as it is kept.
pub fn json(what: &str, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, error))
}
