//! The records a store keeps, as plain data.
//!
//! They know neither tables nor columns. Broken input: none; what is kept was checked before.

use crate::calendar::{Due, Moment, Period};
use crate::organisation::UnitId;
use crate::reports::event::Event;
use crate::reports::key::ReportKey;
use crate::reports::people::account::Account;
use crate::reports::report::Status;
use crate::reports::standing::{Lateness, Progress};
use serde::{Deserialize, Serialize};

/// A regime version in force, or once in force; never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRegime {
    /// Name, e.g. `TTHC_06A`.
    pub name: String,
    /// Version.
    pub version: u32,
    /// The source files it was compiled from, its own file first.
    pub sources: Vec<SourceFile>,
    /// The compiled plans as JSON ([`crate::plan::fingerprint::read`] reads it).
    pub plan: String,
    /// Fingerprint of the plans.
    pub fingerprint: String,
    /// The decision by which it was put into force, as cited.
    pub decision: String,
    /// When it was published.
    pub published_at: Moment,
    /// Account that published it.
    pub published_by: String,
}

/// One source file of a regime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Project-relative name.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A published regime without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeSummary {
    /// Name.
    pub name: String,
    /// Version.
    pub version: u32,
    /// Fingerprint of the plans.
    pub fingerprint: String,
    /// The decision.
    pub decision: String,
    /// When it was published.
    pub published_at: Moment,
    /// Account that published it.
    pub published_by: String,
}

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// The version is new and now in force.
    New,
    /// The same version was published before; nothing changed.
    AlreadyPublished,
}

/// An event in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the log of all reports, growing.
    pub position: i64,
    /// Number within the report, from 1, without a gap.
    pub sequence: u64,
    /// The event.
    pub event: Event,
}

/// Conditions on reports; what is none is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    /// Of this regime, any version.
    pub regime: Option<String>,
    /// Of this period.
    pub period: Option<Period>,
    /// Of this unit.
    pub unit: Option<UnitId>,
    /// In this status.
    pub status: Option<Status>,
}

/// A report without its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSummary {
    /// Which report.
    pub key: ReportKey,
    /// Where it stands.
    pub status: Status,
    /// Number of the draft.
    pub draft: u64,
    /// Number of the newest revision; 0 when there is none.
    pub revision: u32,
    /// When it was sent last; none when it never was.
    pub sent_at: Option<Moment>,
    /// The deadline as it stood at the sending that counts.
    pub due_when_sent: Option<Due>,
    /// How late that sending was; none when it never was sent.
    pub lateness: Option<Lateness>,
    /// The revision that counts with the recipient, if any.
    pub held: Option<u32>,
    /// When something last happened to it.
    pub updated_at: Moment,
}

/// A table of the project as it was loaded: `units`, `successions`, `decisions`, `local_deadlines`. The text is the truth; whoever needs rows parses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedTable {
    /// Name of the table.
    pub name: String,
    /// Where it came from, e.g. the file's name.
    pub source: String,
    /// The whole text.
    pub text: String,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// Account that loaded it.
    pub loaded_by: String,
    /// Why, or the document it rests on; empty for what a project's files brought.
    pub reason: String,
}

/// One loading of a table, without its text. Loadings are never changed; of one name the newest is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// Position in the history of all tables, growing.
    pub position: i64,
    /// Name of the table.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// When.
    pub at: Moment,
    /// Account that loaded it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Bytes of its text.
    pub bytes: u64,
}

/// An account with what it proves itself by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The account as its events made it.
    pub account: Account,
    /// What no event holds.
    pub secrets: Secrets,
}

/// What an account proves itself by. It is replaced, never kept: an old password helps nobody but a thief.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    /// Password hash in PHC form; never a password. Empty while none is set, which verifies nothing.
    pub password_hash: String,
    /// The second factor, if one is set.
    pub second_factor: Option<SecondFactor>,
}

/// A second factor: a key shared with an application on the person's phone, and codes for the day the phone is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// The shared key in base 32, as applications take it.
    pub key: String,
    /// The step of time whose code was taken last; a code is never taken twice.
    pub last_step: u64,
    /// Hashes of the recovery codes not used yet.
    pub recovery: Vec<String>,
}

/// A session of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Opaque id.
    pub id: String,
    /// What the web layer keeps in it.
    pub data: Vec<u8>,
    /// When it ends.
    pub expires_at: Moment,
    /// The account signed in, if any.
    pub account: Option<String>,
}

/// The answer given to a request, so that a repeated request gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Idempotency key.
    pub key: String,
    /// Hash of the request; the same key with another request is a mistake of the caller.
    pub request_hash: String,
    /// The answer's bytes.
    pub answer: Vec<u8>,
    /// When it was given.
    pub at: Moment,
}

impl ReportSummary {
    /// As much as the standing needs.
    pub fn progress(&self) -> Progress {
        Progress {
            status: self.status,
            sent: self.lateness,
            held: self.held.is_some(),
        }
    }
}
