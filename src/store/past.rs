//! A store as it was known at a moment: what was recorded later is not there.
//!
//! Reports, documents, tables, decisions, opened events and published regimes are those of then. Accounts, sessions and settings are those of now, because who may look is decided by what holds now.
//! Writing goes to the present store: a past changes nothing, and only the session of whoever looks is written. Broken input: what the present store says.

use super::audit::{AuditQuery, AuditRecord, ReadAudit};
use super::drafts::{Draft, DraftChange};
use super::error::StoreError;
use super::notices::{CalendarEntry, Feed, MailState, ReadNotices, StoredMail};
use super::records::{
    LoadedTable, PublishedRegime, RegimeSummary, ReportQuery, ReportSummary, Session, StoredAnswer,
    StoredEvent, TableChange, User,
};
use super::{LOCAL_DEADLINES, ReadTransaction, Store, WriteTransaction};
use crate::calendar::{Moment, Period};
use crate::eval::attached::AttachedFile;
use crate::organisation::UnitId;
use crate::reports::obligation::LocalDeadline;
use crate::reports::opened::{Opened, What};
use crate::reports::people::account::AccountEvent;
use crate::reports::people::delegation::DelegationState;
use crate::reports::people::token::{TokenEvent, TokenState};
use crate::reports::reminder::Reminder;
use crate::reports::report::{Report, Sending};
use crate::reports::ruling::Ruling;
use std::sync::Arc;

/// The store as it was known at a moment.
pub struct PastStore {
    present: Arc<dyn Store>,
    moment: Moment,
}

impl PastStore {
    /// The store as it was known at a moment.
    pub fn new(present: Arc<dyn Store>, moment: Moment) -> PastStore {
        PastStore { present, moment }
    }
}

impl Store for PastStore {
    fn begin_read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError> {
        Ok(Box::new(PastTransaction {
            present: self.present.begin_read()?,
            moment: self.moment,
        }))
    }

    fn begin_write(&self) -> Result<Box<dyn WriteTransaction + '_>, StoreError> {
        self.present.begin_write()
    }
}

struct PastTransaction<'s> {
    present: Box<dyn ReadTransaction + 's>,
    moment: Moment,
}

impl PastTransaction<'_> {
    fn is_known(&self, at: Moment) -> bool {
        at.to_unix_seconds() <= self.moment.to_unix_seconds()
    }

    fn one(&self, regime: &str, period: &Period, unit: &UnitId) -> ReportQuery {
        ReportQuery {
            regime: Some(regime.to_string()),
            period: Some(*period),
            unit: Some(unit.clone()),
            status: None,
        }
    }

    fn until_now(&self, events: Vec<StoredEvent>) -> Vec<StoredEvent> {
        let mut events = events;
        events.retain(|stored| self.is_known(stored.event.stamp.at));
        events
    }
}

/// What a store's own summary would have said.
fn summary((report, updated_at): (Report, Moment)) -> ReportSummary {
    let sending = report.counted_sending();
    ReportSummary {
        status: report.status,
        draft: report.draft,
        revision: report
            .newest_revision()
            .map_or(0, |revision| revision.number),
        sent_at: report.newest_sending().map(|sent| sent.stamp.at),
        due_when_sent: sending.and_then(|sending| sending.due),
        lateness: sending.map(Sending::lateness),
        held: report.received_revision().map(|revision| revision.number),
        updated_at,
        key: report.key,
    }
}

impl ReadTransaction for PastTransaction<'_> {
    fn regimes(&self) -> Result<Vec<RegimeSummary>, StoreError> {
        let mut regimes = self.present.regimes()?;
        regimes.retain(|regime| self.is_known(regime.published_at));
        Ok(regimes)
    }

    fn regime(&self, name: &str, version: u32) -> Result<Option<PublishedRegime>, StoreError> {
        let regime = self.present.regime(name, version)?;
        Ok(regime.filter(|regime| self.is_known(regime.published_at)))
    }

    fn report(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Option<Report>, StoreError> {
        let query = self.one(regime, period, unit);
        let mut found = self.present.reports_known_at(&query, self.moment)?;
        Ok(found.pop().map(|(report, _)| report))
    }

    fn reports(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError> {
        let found = self.present.reports_known_at(query, self.moment)?;
        Ok(found.into_iter().map(|(report, _)| report).collect())
    }

    fn report_summaries(&self, query: &ReportQuery) -> Result<Vec<ReportSummary>, StoreError> {
        let found = self.present.reports_known_at(query, self.moment)?;
        Ok(found.into_iter().map(summary).collect())
    }

    fn report_events(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let events = self.present.report_events(regime, period, unit)?;
        Ok(self.until_now(events))
    }

    fn reports_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError> {
        self.present
            .reports_known_at(query, moment.min(self.moment))
    }

    fn documents_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError> {
        self.present
            .documents_known_at(query, moment.min(self.moment))
    }

    fn document(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Option<Report>, StoreError> {
        let query = self.one(regime, period, body);
        let mut found = self.present.documents_known_at(&query, self.moment)?;
        Ok(found.pop().map(|(document, _)| document))
    }

    fn documents(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError> {
        let found = self.present.documents_known_at(query, self.moment)?;
        Ok(found.into_iter().map(|(document, _)| document).collect())
    }

    fn document_events(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let events = self.present.document_events(regime, period, body)?;
        Ok(self.until_now(events))
    }

    fn table(&self, name: &str) -> Result<Option<LoadedTable>, StoreError> {
        self.present.table_known_at(name, self.moment)
    }

    fn table_known_at(
        &self,
        name: &str,
        moment: Moment,
    ) -> Result<Option<LoadedTable>, StoreError> {
        self.present.table_known_at(name, moment.min(self.moment))
    }

    fn table_from(&self, name: &str, source: &str) -> Result<Option<LoadedTable>, StoreError> {
        let table = self.present.table_from(name, source)?;
        Ok(table.filter(|table| self.is_known(table.loaded_at)))
    }

    fn table_of_change(&self, position: i64) -> Result<Option<LoadedTable>, StoreError> {
        let table = self.present.table_of_change(position)?;
        Ok(table.filter(|table| self.is_known(table.loaded_at)))
    }

    fn table_changes(&self) -> Result<Vec<TableChange>, StoreError> {
        let mut changes = self.present.table_changes()?;
        changes.retain(|change| self.is_known(change.at));
        Ok(changes)
    }

    fn opened(&self) -> Result<Vec<Opened>, StoreError> {
        let mut all = self.present.opened()?;
        all.retain(|opened| self.is_known(opened.opened.at));
        for opened in &mut all {
            let is_closed = opened
                .closed
                .as_ref()
                .is_some_and(|closed| self.is_known(closed.at));
            if !is_closed && opened.closed.take().is_some() {
                // Its end was said by whoever closed it.
                if let What::Event(state) = &mut opened.what {
                    state.dates.end = None;
                }
            }
        }
        Ok(all)
    }

    fn local_deadlines(&self) -> Result<Vec<LocalDeadline>, StoreError> {
        let table = self.table(LOCAL_DEADLINES)?;
        table.map_or(Ok(Vec::new()), |table| {
            serde_json::from_str(&table.text).map_err(|error| StoreError::Unreadable {
                what: LOCAL_DEADLINES.to_string(),
                detail: error.to_string(),
            })
        })
    }

    fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        let mut rulings = self.present.rulings()?;
        rulings.retain(|ruling| self.is_known(ruling.stamp.at));
        Ok(rulings)
    }

    fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.present.drafts()
    }

    fn draft(&self, path: &str) -> Result<Option<Draft>, StoreError> {
        self.present.draft(path)
    }

    fn draft_changes(&self, path: &str) -> Result<Vec<DraftChange>, StoreError> {
        self.present.draft_changes(path)
    }

    fn draft_position(&self) -> Result<i64, StoreError> {
        self.present.draft_position()
    }

    fn file_content(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.present.file_content(sha256)
    }

    fn attached_hashes(&self) -> Result<Vec<String>, StoreError> {
        self.present.attached_hashes()
    }

    fn is_attached(&self, unit: &UnitId, file: &AttachedFile) -> Result<bool, StoreError> {
        self.present.is_attached(unit, file)
    }

    fn users(&self) -> Result<Vec<User>, StoreError> {
        self.present.users()
    }

    fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        self.present.user(id)
    }

    fn account_events(&self, id: &str) -> Result<Vec<AccountEvent>, StoreError> {
        self.present.account_events(id)
    }

    fn delegations_of(&self, id: &str) -> Result<Vec<DelegationState>, StoreError> {
        self.present.delegations_of(id)
    }

    fn sessions_of(&self, account: &str, now: Moment) -> Result<Vec<Session>, StoreError> {
        self.present.sessions_of(account, now)
    }

    fn session(&self, id: &str, now: Moment) -> Result<Option<Session>, StoreError> {
        self.present.session(id, now)
    }

    fn tokens(&self, unit: Option<&UnitId>) -> Result<Vec<TokenState>, StoreError> {
        self.present.tokens(unit)
    }

    fn token(&self, id: &str) -> Result<Option<TokenState>, StoreError> {
        self.present.token(id)
    }

    fn token_of_hash(&self, hash: &str) -> Result<Option<TokenState>, StoreError> {
        self.present.token_of_hash(hash)
    }

    fn token_events(&self, id: &str) -> Result<Vec<TokenEvent>, StoreError> {
        self.present.token_events(id)
    }

    fn answer(&self, key: &str) -> Result<Option<StoredAnswer>, StoreError> {
        self.present.answer(key)
    }

    fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.present.setting(name)
    }
}

/// Reminders are those of then; letters and calendars are those of now, because nothing is sent from the past.
impl ReadNotices for PastTransaction<'_> {
    fn reminders(&self, unit: Option<&UnitId>, most: u32) -> Result<Vec<Reminder>, StoreError> {
        let mut reminders = self.present.reminders(unit, most)?;
        reminders.retain(|reminder| self.is_known(reminder.stamp.at));
        Ok(reminders)
    }

    fn is_reminded(&self, key: &str) -> Result<bool, StoreError> {
        self.present.is_reminded(key)
    }

    fn mails(&self, most: u32) -> Result<Vec<StoredMail>, StoreError> {
        self.present.mails(most)
    }

    fn mails_due(&self, now: Moment, most: u32) -> Result<Vec<StoredMail>, StoreError> {
        self.present.mails_due(now, most)
    }

    fn mails_in_state(&self, state: MailState) -> Result<Vec<StoredMail>, StoreError> {
        self.present.mails_in_state(state)
    }

    fn mail_counts(&self) -> Result<Vec<(MailState, u64)>, StoreError> {
        self.present.mail_counts()
    }

    fn feeds(&self, unit: &UnitId) -> Result<Vec<Feed>, StoreError> {
        self.present.feeds(unit)
    }

    fn feed(&self, token_hash: &str) -> Result<Option<Feed>, StoreError> {
        self.present.feed(token_hash)
    }

    fn size(&self) -> Result<u64, StoreError> {
        self.present.size()
    }

    fn calendar_entry(&self, uid: &str) -> Result<Option<CalendarEntry>, StoreError> {
        self.present.calendar_entry(uid)
    }
}

/// What people did is looked for as of now.
impl ReadAudit for PastTransaction<'_> {
    fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StoreError> {
        self.present.audit(query)
    }
}
