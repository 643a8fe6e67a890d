//! What a person may ask of a running office: fill in, propose, approve, send, accept, consolidate, trace, publish.
//!
//! The one way in for every shell (pages, JSON API, command line, demonstration): each call checks what its actor may do, runs in one transaction, and judges figures
//! with the history they belong to. The moment is an argument; this room reads no clock. It knows no HTTP, SQL or HTML.
//! Broken input: a closed [`problem::ServiceError`], and nothing was changed.

pub mod audit;
pub mod boards;
pub mod calendars;
pub mod collection;
pub mod drafts;
pub mod effects;
pub mod events;
pub mod feeds;
pub mod figure;
pub mod files;
pub mod ground;
pub mod judgement;
pub mod mails;
pub mod once;
pub mod password;
mod past;
pub mod people;
pub mod problem;
pub mod project_tables;
pub mod regimes;
pub mod reminders;
pub mod report;
pub mod rulings;
pub mod tables;
pub mod tokens;
pub mod unit_changes;
pub mod unit_words;
pub mod units;
pub mod view;
pub mod whole;
pub mod work;

use crate::calendar::Moment;
use crate::service::drafts::DraftProject;
use crate::service::ground::Ground;
use crate::service::judgement::Judgements;
use crate::service::problem::ServiceError;
use crate::service::regimes::RegimeProblems;
use crate::store::Store;
use crate::store::past::PastStore;
use crate::store::records::ReportQuery;
use std::sync::{Arc, Mutex, PoisonError};

/// A running office over one store.
pub struct Service {
    store: Arc<dyn Store>,
    ground: Mutex<Option<Arc<Ground>>>,
    judgements: Judgements,
    problems: Mutex<Vec<RegimeProblems>>,
    /// The drafts as they were read last; they are read again when somebody has saved.
    drafts: Mutex<Option<Arc<DraftProject>>>,
}

impl Service {
    /// An office over a store.
    pub fn new(store: Arc<dyn Store>) -> Service {
        Service {
            store,
            ground: Mutex::new(None),
            judgements: Judgements::default(),
            problems: Mutex::new(Vec::new()),
            drafts: Mutex::new(None),
        }
    }

    /// The office as it was known at a moment, over the same store.
    pub fn as_known_at(&self, moment: Moment) -> Service {
        let store = PastStore::new(Arc::clone(&self.store), moment);
        Service::new(Arc::new(store))
    }

    /// The store itself, for sessions.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Plans, units, rest days and local deadlines as they stand.
    pub fn ground(&self) -> Result<Arc<Ground>, ServiceError> {
        let mut kept = self.ground.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ground) = kept.as_ref() {
            return Ok(Arc::clone(ground));
        }
        let ground = Arc::new(Ground::read(self.store.begin_read()?.as_ref())?);
        *kept = Some(Arc::clone(&ground));
        Ok(ground)
    }

    /// When something last happened to any report: a clock that is set by hand must not start before it.
    pub fn last_activity(&self) -> Result<Option<Moment>, ServiceError> {
        let summaries = self
            .store
            .begin_read()?
            .report_summaries(&ReportQuery::default())?;
        Ok(summaries.iter().map(|summary| summary.updated_at).max())
    }

    /// After something that [`Ground`] holds has changed.
    fn forget_ground(&self) {
        *self.ground.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
