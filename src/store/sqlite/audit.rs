//! Who did what when, in SQLite: one query over everything that is kept for ever.
//!
//! Moments are kept as texts of one zone, so that their order is that of time. It decides nothing. Broken input: a kind that is not known is named.

use super::answer::unreadable;
use super::read::{Columns, InTransaction, rows};
use crate::calendar::dates::{days_after, iso_date};
use crate::store::audit::{AuditKind, AuditQuery, AuditRecord, ReadAudit};
use crate::store::error::StoreError;
use rusqlite::params;

const ALL: &str = "SELECT 'report' AS kind, at, user, unit AS about, regime || ' ' || period AS subject, event AS text, position FROM events
    UNION ALL SELECT 'document', at, user, body, regime || ' ' || period, event, position FROM document_events
    UNION ALL SELECT 'account', at, user, account, account, event, position FROM account_events
    UNION ALL SELECT 'ruling', at, user, coalesce(unit, ''), regime || ' ' || period, ruling, position FROM rulings
    UNION ALL SELECT 'reminder', at, user, unit, regime || ' ' || period, reminder, position FROM reminders
    UNION ALL SELECT 'regime', published_at, published_by, '', name || ' v' || version, decision, rowid FROM regimes
    UNION ALL SELECT 'opened', json_extract(state, '$.opened.at'), json_extract(state, '$.opened.user'), '', regime || ' ' || key, state, rowid FROM opened
    UNION ALL SELECT 'closed', json_extract(state, '$.closed.at'), json_extract(state, '$.closed.user'), '', regime || ' ' || key, state, rowid FROM opened
        WHERE json_extract(state, '$.closed.at') IS NOT NULL
    UNION ALL SELECT 'table', at, user, '', name, reason, position FROM table_changes";

impl<T: InTransaction> ReadAudit for T {
    fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StoreError> {
        let sql = format!(
            "SELECT kind, at, user, about, subject, text FROM ({ALL})
            WHERE (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR about = ?2) AND (?3 IS NULL OR kind = ?3)
            AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)
            ORDER BY at DESC, kind, position DESC LIMIT ?6 OFFSET ?7"
        );
        let parameters = params![
            query.user,
            query.about,
            query.kind.map(AuditKind::key),
            query.from.map(iso_date),
            query.to.map(|day| iso_date(days_after(day, 1))),
            query.most,
            query.skipped
        ];
        rows(self.connection(), &sql, parameters, |row| {
            let kind = row.text(0)?;
            Ok(AuditRecord {
                kind: AuditKind::from_key(&kind).ok_or_else(|| unreadable("a kind", &kind))?,
                at: row.moment(1)?,
                user: row.text(2)?,
                about: row.text(3)?,
                subject: row.text(4)?,
                text: row.text(5)?,
            })
        })
    }
}
