//! Reports and documents as they were known at a moment: their events up to it, replayed.
//!
//! Nothing is kept for it; the events are the truth of every moment. It decides nothing. Broken input: a stored event that cannot be read is named, never skipped.

use super::answer::{from_sqlite, unreadable};
use super::read::{Columns, conditions, event};
use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::report::Report;
use crate::store::error::StoreError;
use crate::store::records::ReportQuery;
use rusqlite::{Connection, params};

/// The reports or documents of a query, each with when something had last happened to it.
pub fn at(
    connection: &Connection,
    kind: ReportKind,
    query: &ReportQuery,
    moment: Moment,
) -> Result<Vec<(Report, Moment)>, StoreError> {
    let (table, unit) = match kind {
        ReportKind::OfUnit => ("events", "unit"),
        ReportKind::Consolidated => ("document_events", "body"),
    };
    let sql = format!(
        "SELECT regime, version, period, {unit}, event FROM {table}
        WHERE (?1 IS NULL OR regime = ?1) AND (?2 IS NULL OR period = ?2) AND (?3 IS NULL OR {unit} = ?3) AND at <= ?4
        ORDER BY regime, period, {unit}, sequence"
    );
    let [regime, period, of_unit, _] = conditions(query);
    let mut statement = connection.prepare_cached(&sql).map_err(from_sqlite)?;
    let mut stored = statement
        .query(params![regime, period, of_unit, moment.to_iso()])
        .map_err(from_sqlite)?;
    let mut found: Vec<(Report, Moment)> = Vec::new();
    while let Some(row) = stored.next().map_err(from_sqlite)? {
        let key = ReportKey {
            regime: row.text(0)?,
            version: row.number(1)?,
            period: row.period(2)?,
            unit: UnitId(row.text(3)?),
            kind,
        };
        let event = event(&row.text(4)?)?;
        if found.last().is_none_or(|(report, _)| report.key != key) {
            found.push((Report::new(key), event.stamp.at));
        }
        let (report, last) = found
            .last_mut()
            .ok_or_else(|| unreadable("events", "no report to apply an event to"))?;
        report.apply(&event);
        *last = event.stamp.at;
    }
    if let Some(status) = query.status {
        found.retain(|(report, _)| report.status == status);
    }
    Ok(found)
}
