//! Looking through what people did: for those who keep the system, over everything that is kept for ever.
//!
//! What was done is told, never the figures: whoever keeps the system sees none that were not sent to them. It does not know pages. Broken input: a stored text that cannot be
//! read is told as such, so that the rest can still be read.

use crate::organisation::UnitId;
use crate::reports::event::{Event, EventKind};
use crate::reports::opened::Opened;
use crate::reports::people::account::AccountEvent;
use crate::reports::permission::{Action, Actor, Person, grant_for_province};
use crate::reports::reminder::Reminder;
use crate::reports::ruling::Ruling;
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::store::audit::{AuditKind, AuditQuery, AuditRecord};
use crate::store::error::StoreError;
use serde::de::DeserializeOwned;

/// One thing that was done.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// The record, with its text as stored.
    pub record: AuditRecord,
    /// The name of whoever did it, and on whose behalf.
    pub who: (String, Option<Person>),
    /// The name of the unit or account it is about.
    pub about: String,
    /// What was done.
    pub deed: Deed,
}

/// What was done, without its figures.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Something happened to a report: the name of its kind, the revision, and the reason given.
    Report(&'static str, Option<u32>, String),
    /// Something happened to an account.
    Account(AccountEvent),
    /// A decision.
    Ruling(Ruling),
    /// A reminder, with its words.
    Reminder(String),
    /// A regime was put into force by this decision.
    Regime(String),
    /// An event or request was opened or closed: its title and the reason.
    Opened(String, String),
    /// A table was loaded, for this reason.
    Table(String),
}

impl Service {
    /// What was done, the newest first.
    pub fn audit(&self, actor: &Actor, query: &AuditQuery) -> Result<Vec<AuditView>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let records = self.store.begin_read()?.audit(query)?;
        let view = |record: AuditRecord| {
            let (who, deed) = deed(&record)?;
            let unit = UnitId(record.about.clone());
            let about = match record.kind {
                AuditKind::Account => record.about.clone(),
                _ if record.about.is_empty() => String::new(),
                _ => ground.unit_name(&unit),
            };
            Ok(AuditView {
                who: who.unwrap_or_else(|| (record.user.clone(), None)),
                about,
                deed,
                record,
            })
        };
        records.into_iter().map(view).collect()
    }
}

type Doer = Option<(String, Option<Person>)>;

fn deed(record: &AuditRecord) -> Result<(Doer, Deed), ServiceError> {
    let text = record.text.as_str();
    Ok(match record.kind {
        AuditKind::Report | AuditKind::Document => {
            let event = Event::from_text(text)
                .map_err(|problem| unreadable("events.event", &format!("{problem:?}")))?;
            let (name, revision, reason) = of_report(&event.kind);
            let who = (event.stamp.name, event.stamp.on_behalf_of);
            (Some(who), Deed::Report(name, revision, reason))
        }
        AuditKind::Account => {
            let event = AccountEvent::from_text(text)
                .map_err(|problem| unreadable("account_events.event", &format!("{problem:?}")))?;
            (Some((event.by.name.clone(), None)), Deed::Account(event))
        }
        AuditKind::Ruling => {
            let ruling: Ruling = json(text)?;
            let stamp = &ruling.stamp;
            let who = (stamp.name.clone(), stamp.on_behalf_of.clone());
            (Some(who), Deed::Ruling(ruling))
        }
        AuditKind::Reminder => {
            let reminder: Reminder = json(text)?;
            let stamp = reminder.stamp;
            let who = (stamp.name, stamp.on_behalf_of);
            (Some(who), Deed::Reminder(reminder.words))
        }
        AuditKind::Regime => (None, Deed::Regime(text.to_string())),
        AuditKind::Opened | AuditKind::Closed => {
            let opened: Opened = json(text)?;
            let act = match (record.kind, opened.closed) {
                (AuditKind::Closed, Some(closed)) => closed,
                _ => opened.opened,
            };
            let who = (act.name, act.on_behalf_of);
            (Some(who), Deed::Opened(opened.title, act.reason))
        }
        AuditKind::Table => (None, Deed::Table(text.to_string())),
    })
}

/// The kind of an event by name, the revision it speaks of, and the reason given.
fn of_report(kind: &EventKind) -> (&'static str, Option<u32>, String) {
    let none = String::new;
    match kind {
        EventKind::Saved { .. } => ("saved", None, none()),
        // What was added holds figures.
        EventKind::Added { .. } => ("added", None, none()),
        EventKind::OpeningDeclared { reason, .. } => ("opening", None, reason.clone()),
        EventKind::Proposed { revision, .. } => ("proposed", Some(*revision), none()),
        EventKind::Approved { revision } => ("approved", Some(*revision), none()),
        EventKind::Sent {
            revision,
            late_reason,
            ..
        } => (
            "sent",
            Some(*revision),
            late_reason.clone().unwrap_or_default(),
        ),
        EventKind::Received { revision } => ("received", Some(*revision), none()),
        // The reasons of a return speak of figures.
        EventKind::Returned { revision, .. } => ("returned", Some(*revision), none()),
        EventKind::Accepted { revision } => ("accepted", Some(*revision), none()),
        EventKind::Withdrawn {
            revision, reason, ..
        } => ("withdrawn", Some(*revision), reason.clone()),
        EventKind::Reopened { revision, reason } => ("reopened", Some(*revision), reason.clone()),
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, ServiceError> {
    serde_json::from_str(text).map_err(|error| unreadable("audit", &error.to_string()))
}

fn unreadable(what: &str, detail: &str) -> ServiceError {
    ServiceError::Store(StoreError::Corrupt {
        detail: format!("{what}: {detail}"),
    })
}
