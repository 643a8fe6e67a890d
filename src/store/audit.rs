//! Who did what when, over everything that a store keeps for ever: the record and the call.
//!
//! The store answers the stored texts; which of their words somebody may read, `service` says. Broken input: none.

use crate::calendar::{Date, Moment};
use crate::store::error::StoreError;

/// Kinds of things that are kept for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditKind {
    /// What happened to a report.
    Report,
    /// What happened to a consolidated document.
    Document,
    /// What happened to an account.
    Account,
    /// A decision about what is owed.
    Ruling,
    /// A reminder.
    Reminder,
    /// A regime put into force.
    Regime,
    /// An event or a request, opened.
    Opened,
    /// An event, closed.
    Closed,
    /// A table of units, days off or deadlines loaded.
    Table,
}

impl AuditKind {
    /// All kinds.
    pub const ALL: [AuditKind; 9] = [
        AuditKind::Report,
        AuditKind::Document,
        AuditKind::Account,
        AuditKind::Ruling,
        AuditKind::Reminder,
        AuditKind::Regime,
        AuditKind::Opened,
        AuditKind::Closed,
        AuditKind::Table,
    ];

    /// Its name in queries.
    pub fn key(self) -> &'static str {
        match self {
            AuditKind::Report => "report",
            AuditKind::Document => "document",
            AuditKind::Account => "account",
            AuditKind::Ruling => "ruling",
            AuditKind::Reminder => "reminder",
            AuditKind::Regime => "regime",
            AuditKind::Opened => "opened",
            AuditKind::Closed => "closed",
            AuditKind::Table => "table",
        }
    }

    /// The kind of a name.
    pub fn from_key(key: &str) -> Option<AuditKind> {
        AuditKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What is looked for; what is none is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By this account.
    pub user: Option<String>,
    /// About this unit, or by this account: reports, decisions and reminders name a unit, an account's events the account.
    pub about: Option<String>,
    /// Of this kind.
    pub kind: Option<AuditKind>,
    /// From this day on.
    pub from: Option<Date>,
    /// Until this day, itself included.
    pub to: Option<Date>,
    /// So many are passed over.
    pub skipped: u32,
    /// At most so many.
    pub most: u32,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// What kind of thing.
    pub kind: AuditKind,
    /// When.
    pub at: Moment,
    /// By whom.
    pub user: String,
    /// The unit or account it is about; empty where it is about none.
    pub about: String,
    /// The regime and period, or the name of what changed.
    pub subject: String,
    /// The stored text.
    pub text: String,
}

/// Reading.
pub trait ReadAudit {
    /// What was done, the newest first.
    fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StoreError>;
}
