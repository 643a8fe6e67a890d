//! Reading records from SQLite.
//!
//! Anything that has a connection within a transaction can read, so that a writer sees what it has just written. It does not decide anything.
//! Broken input: a stored text that cannot be read is named, never skipped.

use super::Reader;
use super::answer::{from_sqlite, unreadable};
use super::{documents, drafts, files, known, people, tables, tokens};
use crate::calendar::{Due, Moment, Period};
use crate::eval::attached::AttachedFile;
use crate::organisation::UnitId;
use crate::reports::event::Event;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::obligation::LocalDeadline;
use crate::reports::opened::Opened;
use crate::reports::people::account::AccountEvent;
use crate::reports::people::delegation::DelegationState;
use crate::reports::people::token::{TokenEvent, TokenState};
use crate::reports::report::{Report, Status};
use crate::reports::ruling::Ruling;
use crate::reports::standing::Lateness;
use crate::store::drafts::{Draft, DraftChange};
use crate::store::error::StoreError;
use crate::store::records::{
    LoadedTable, PublishedRegime, RegimeSummary, ReportQuery, ReportSummary, Session, StoredAnswer,
    StoredEvent, TableChange, User,
};
use crate::store::{LOCAL_DEADLINES, ReadTransaction};
use rusqlite::{Connection, Params, Row, params};
use serde::de::DeserializeOwned;

/// Something that is inside a transaction.
pub trait InTransaction {
    /// The connection.
    fn connection(&self) -> &Connection;
}

/// A read transaction.
pub struct Reading<'store> {
    reader: Reader<'store>,
}

impl<'store> Reading<'store> {
    /// Begins; the first look fixes the state that is seen.
    pub fn begin(reader: Reader<'store>) -> Result<Reading<'store>, StoreError> {
        let reading = Reading { reader };
        end_left_over(reading.connection())?;
        reading
            .connection()
            .execute_batch("BEGIN DEFERRED; SELECT count(*) FROM settings")
            .map_err(from_sqlite)?;
        Ok(reading)
    }
}

impl InTransaction for Reading<'_> {
    fn connection(&self) -> &Connection {
        match &self.reader {
            Reader::Kept(guard) => guard,
            Reader::Own(connection) => connection,
        }
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        // Nothing depends on how a read ends; what could not be ended now is ended before the next one begins.
        let _ = self.connection().execute_batch("ROLLBACK");
    }
}

/// Ends a transaction that a panic left open on this connection.
pub fn end_left_over(connection: &Connection) -> Result<(), StoreError> {
    if connection.is_autocommit() {
        return Ok(());
    }
    connection.execute_batch("ROLLBACK").map_err(from_sqlite)
}

const REGIME_SUMMARY: &str =
    "SELECT name, version, fingerprint, decision, published_at, published_by FROM regimes";
const SUMMARY: &str = "SELECT regime, version, period, unit, status, draft, revision, sent_at, due, late, days_late, updated_at, held FROM reports";
const OF_REPORT: &str = "WHERE regime = ?1 AND period = ?2 AND unit = ?3";
const OF_QUERY: &str = "WHERE (?1 IS NULL OR regime = ?1) AND (?2 IS NULL OR period = ?2) AND (?3 IS NULL OR unit = ?3)
    AND (?4 IS NULL OR status = ?4) ORDER BY regime, period, unit";

impl<T: InTransaction> ReadTransaction for T {
    fn regimes(&self) -> Result<Vec<RegimeSummary>, StoreError> {
        let sql = format!("{REGIME_SUMMARY} ORDER BY name, version");
        rows(self.connection(), &sql, [], |row| {
            Ok(RegimeSummary {
                name: row.text(0)?,
                version: row.number(1)?,
                fingerprint: row.text(2)?,
                decision: row.text(3)?,
                published_at: row.moment(4)?,
                published_by: row.text(5)?,
            })
        })
    }

    fn regime(&self, name: &str, version: u32) -> Result<Option<PublishedRegime>, StoreError> {
        let sql =
            "SELECT name, version, sources, plan, fingerprint, decision, published_at, published_by
            FROM regimes WHERE name = ?1 AND version = ?2";
        first(self.connection(), sql, params![name, version], |row| {
            Ok(PublishedRegime {
                name: row.text(0)?,
                version: row.number(1)?,
                sources: row.json(2, "regimes.sources")?,
                plan: row.text(3)?,
                fingerprint: row.text(4)?,
                decision: row.text(5)?,
                published_at: row.moment(6)?,
                published_by: row.text(7)?,
            })
        })
    }

    fn report(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Option<Report>, StoreError> {
        let sql = format!("SELECT state FROM reports {OF_REPORT}");
        let key = params![regime, period.to_string(), unit.as_str()];
        first(self.connection(), &sql, key, |row| {
            row.json(0, "reports.state")
        })
    }

    fn reports(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError> {
        let sql = format!("SELECT state FROM reports {OF_QUERY}");
        rows(self.connection(), &sql, conditions(query), |row| {
            row.json(0, "reports.state")
        })
    }

    fn report_summaries(&self, query: &ReportQuery) -> Result<Vec<ReportSummary>, StoreError> {
        let sql = format!("{SUMMARY} {OF_QUERY}");
        rows(self.connection(), &sql, conditions(query), summary)
    }

    fn report_events(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let sql =
            format!("SELECT position, sequence, event FROM events {OF_REPORT} ORDER BY sequence");
        let key = params![regime, period.to_string(), unit.as_str()];
        rows(self.connection(), &sql, key, |row| {
            Ok(StoredEvent {
                position: row.number(0)?,
                sequence: row.count(1)?,
                event: event(&row.text(2)?)?,
            })
        })
    }

    fn reports_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError> {
        known::at(self.connection(), ReportKind::OfUnit, query, moment)
    }

    fn documents_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError> {
        known::at(self.connection(), ReportKind::Consolidated, query, moment)
    }

    fn document(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Option<Report>, StoreError> {
        documents::one(self.connection(), regime, period, body)
    }

    fn documents(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError> {
        documents::all(self.connection(), query)
    }

    fn document_events(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        documents::events(self.connection(), regime, period, body)
    }

    fn table(&self, name: &str) -> Result<Option<LoadedTable>, StoreError> {
        tables::newest(self.connection(), name)
    }

    fn table_known_at(
        &self,
        name: &str,
        moment: Moment,
    ) -> Result<Option<LoadedTable>, StoreError> {
        tables::known_at(self.connection(), name, moment)
    }

    fn table_from(&self, name: &str, source: &str) -> Result<Option<LoadedTable>, StoreError> {
        tables::newest_from(self.connection(), name, source)
    }

    fn table_of_change(&self, position: i64) -> Result<Option<LoadedTable>, StoreError> {
        tables::at_position(self.connection(), position)
    }

    fn table_changes(&self) -> Result<Vec<TableChange>, StoreError> {
        tables::changes(self.connection())
    }

    fn local_deadlines(&self) -> Result<Vec<LocalDeadline>, StoreError> {
        tables::json_list(self.table(LOCAL_DEADLINES)?)
    }

    fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        let sql = "SELECT ruling FROM rulings ORDER BY position";
        rows(self.connection(), sql, [], |row| {
            row.json(0, "rulings.ruling")
        })
    }

    fn opened(&self) -> Result<Vec<Opened>, StoreError> {
        let sql = "SELECT state FROM opened ORDER BY regime, key";
        rows(self.connection(), sql, [], |row| {
            row.json(0, "opened.state")
        })
    }

    fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        drafts::all(self.connection())
    }

    fn draft(&self, path: &str) -> Result<Option<Draft>, StoreError> {
        drafts::one(self.connection(), path)
    }

    fn draft_changes(&self, path: &str) -> Result<Vec<DraftChange>, StoreError> {
        drafts::changes(self.connection(), path)
    }

    fn draft_position(&self) -> Result<i64, StoreError> {
        drafts::position(self.connection())
    }

    fn users(&self) -> Result<Vec<User>, StoreError> {
        people::users(self.connection())
    }

    fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        people::user(self.connection(), id)
    }

    fn account_events(&self, id: &str) -> Result<Vec<AccountEvent>, StoreError> {
        people::account_events(self.connection(), id)
    }

    fn delegations_of(&self, id: &str) -> Result<Vec<DelegationState>, StoreError> {
        people::delegations_of(self.connection(), id)
    }

    fn sessions_of(&self, account: &str, now: Moment) -> Result<Vec<Session>, StoreError> {
        people::sessions_of(self.connection(), account, now)
    }

    fn session(&self, id: &str, now: Moment) -> Result<Option<Session>, StoreError> {
        let sql =
            "SELECT id, data, expires_at, account FROM sessions WHERE id = ?1 AND expires_at > ?2";
        let parameters = params![id, now.to_unix_seconds()];
        first(self.connection(), sql, parameters, people::session_of)
    }

    fn tokens(&self, unit: Option<&UnitId>) -> Result<Vec<TokenState>, StoreError> {
        tokens::all(self.connection(), unit)
    }

    fn token(&self, id: &str) -> Result<Option<TokenState>, StoreError> {
        tokens::one(self.connection(), id)
    }

    fn token_of_hash(&self, hash: &str) -> Result<Option<TokenState>, StoreError> {
        tokens::by_hash(self.connection(), hash)
    }

    fn token_events(&self, id: &str) -> Result<Vec<TokenEvent>, StoreError> {
        tokens::events(self.connection(), id)
    }

    fn answer(&self, key: &str) -> Result<Option<StoredAnswer>, StoreError> {
        let sql = "SELECT key, request_hash, answer, at FROM answers WHERE key = ?1";
        first(self.connection(), sql, [key], |row| {
            Ok(StoredAnswer {
                key: row.text(0)?,
                request_hash: row.text(1)?,
                answer: row.bytes(2)?,
                at: row.seconds(3)?,
            })
        })
    }

    fn file_content(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        files::content(self.connection(), sha256)
    }

    fn attached_hashes(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT sha256 FROM file_contents ORDER BY sha256";
        rows(self.connection(), sql, [], |row| row.text(0))
    }

    fn is_attached(&self, unit: &UnitId, file: &AttachedFile) -> Result<bool, StoreError> {
        files::is_attached(self.connection(), unit, file)
    }

    fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        first(
            self.connection(),
            "SELECT value FROM settings WHERE name = ?1",
            [name],
            |row| row.text(0),
        )
    }
}

/// All rows of a statement, in its order.
pub fn rows<R, P: Params>(
    connection: &Connection,
    sql: &str,
    parameters: P,
    record: impl Fn(&Row<'_>) -> Result<R, StoreError>,
) -> Result<Vec<R>, StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(from_sqlite)?;
    let mut found = statement.query(parameters).map_err(from_sqlite)?;
    let mut records = Vec::new();
    while let Some(row) = found.next().map_err(from_sqlite)? {
        records.push(record(row)?);
    }
    Ok(records)
}

/// The first row of a statement.
pub fn first<R, P: Params>(
    connection: &Connection,
    sql: &str,
    parameters: P,
    record: impl Fn(&Row<'_>) -> Result<R, StoreError>,
) -> Result<Option<R>, StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(from_sqlite)?;
    let mut found = statement.query(parameters).map_err(from_sqlite)?;
    found.next().map_err(from_sqlite)?.map(record).transpose()
}

/// A stored event.
pub fn event(text: &str) -> Result<Event, StoreError> {
    Event::from_text(text)
        .map_err(|problem| unreadable("events.event", format_args!("{problem:?}")))
}

/// What a query asks, in the order of the statements.
pub fn conditions(query: &ReportQuery) -> [Option<String>; 4] {
    [
        query.regime.clone(),
        query.period.map(|period| period.to_string()),
        query.unit.as_ref().map(|unit| unit.as_str().to_string()),
        query.status.map(|status| status.key().to_string()),
    ]
}

fn summary(row: &Row<'_>) -> Result<ReportSummary, StoreError> {
    let status = row.text(4)?;
    let late: Option<bool> = row.get(9).map_err(from_sqlite)?;
    let days: Option<u32> = row.get(10).map_err(from_sqlite)?;
    let sent_at: Option<String> = row.get(7).map_err(from_sqlite)?;
    let due: Option<String> = row.get(8).map_err(from_sqlite)?;
    Ok(ReportSummary {
        key: ReportKey {
            regime: row.text(0)?,
            version: row.number(1)?,
            period: row.period(2)?,
            unit: UnitId(row.text(3)?),
            kind: ReportKind::OfUnit,
        },
        status: Status::from_key(&status).ok_or_else(|| unreadable("reports.status", &status))?,
        draft: row.count(5)?,
        revision: row.number(6)?,
        sent_at: sent_at.map(|text| moment(&text)).transpose()?,
        due_when_sent: due
            .map(|text| json::<Due>(&text, "reports.due"))
            .transpose()?,
        lateness: late.zip(days).map(|(late, days)| Lateness { late, days }),
        updated_at: row.moment(11)?,
        held: row.get(12).map_err(from_sqlite)?,
    })
}

fn moment(text: &str) -> Result<Moment, StoreError> {
    Moment::parse_iso(text).ok_or_else(|| unreadable("a moment", text))
}

fn json<R: DeserializeOwned>(text: &str, what: &str) -> Result<R, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, error))
}

/// Columns in the forms in which they are kept.
pub trait Columns {
    /// A text.
    fn text(&self, column: usize) -> Result<String, StoreError>;
    /// Bytes.
    fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError>;
    /// A whole number.
    fn number<N: rusqlite::types::FromSql>(&self, column: usize) -> Result<N, StoreError>;
    /// A whole number that is not negative.
    fn count(&self, column: usize) -> Result<u64, StoreError>;
    /// A moment kept as text.
    fn moment(&self, column: usize) -> Result<Moment, StoreError>;
    /// A moment kept in seconds since 1970.
    fn seconds(&self, column: usize) -> Result<Moment, StoreError>;
    /// A period kept as its code.
    fn period(&self, column: usize) -> Result<Period, StoreError>;
    /// A record kept as JSON.
    fn json<R: DeserializeOwned>(&self, column: usize, what: &str) -> Result<R, StoreError>;
}

impl Columns for Row<'_> {
    fn text(&self, column: usize) -> Result<String, StoreError> {
        self.get(column).map_err(from_sqlite)
    }

    fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.get(column).map_err(from_sqlite)
    }

    fn number<N: rusqlite::types::FromSql>(&self, column: usize) -> Result<N, StoreError> {
        self.get(column).map_err(from_sqlite)
    }

    fn count(&self, column: usize) -> Result<u64, StoreError> {
        let number: i64 = self.number(column)?;
        u64::try_from(number).map_err(|error| unreadable("a count", error))
    }

    fn moment(&self, column: usize) -> Result<Moment, StoreError> {
        moment(&self.text(column)?)
    }

    fn seconds(&self, column: usize) -> Result<Moment, StoreError> {
        let seconds: i64 = self.number(column)?;
        Moment::from_unix_seconds(seconds).ok_or_else(|| unreadable("a moment", seconds))
    }

    fn period(&self, column: usize) -> Result<Period, StoreError> {
        self.text(column)?
            .parse()
            .map_err(|problem| unreadable("a period", problem))
    }

    fn json<R: DeserializeOwned>(&self, column: usize, what: &str) -> Result<R, StoreError> {
        json(&self.text(column)?, what)
    }
}
