//! What happened to a report: the truth that everything else is rebuilt from.
//!
//! Events are facts, already checked; they carry all that is needed to rebuild the state without a plan, a clock or a table of units.
//! Broken input: a stored text of a newer format, or no event at all, is an [`EventProblem`]; nothing is skipped silently.

use crate::calendar::{Due, Moment};
use crate::organisation::UnitId;
use crate::reports::command::{CellChange, DraftChange, ReturnReason};
use crate::reports::dispatch::Dispatch;
use crate::reports::document::additions::Added;
use crate::reports::document::whole::Whole;
use crate::reports::form_due::FormSent;
use crate::reports::key::RevisionReference;
use crate::reports::permission::Person;
use crate::reports::report::Status;
use serde::{Deserialize, Serialize};

/// The format number of stored events.
pub const EVENT_FORMAT: u32 = 1;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Format, [`EVENT_FORMAT`] for events written by this program.
    pub v: u32,
    /// Who and when.
    pub stamp: Stamp,
    /// What.
    pub kind: EventKind,
}

/// Who did something, for which unit, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Account of the person.
    pub user: String,
    /// The person's name as it was then.
    pub name: String,
    /// The unit acted for.
    pub unit: UnitId,
    /// On whose behalf, where the right was lent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Person>,
    /// When.
    pub at: Moment,
}

impl Stamp {
    /// The accounts in whose name it was done: whoever did it, and on whose behalf.
    pub fn in_the_name_of(&self) -> impl Iterator<Item = &str> {
        let lender = self.on_behalf_of.iter().map(|person| person.user.as_str());
        std::iter::once(self.user.as_str()).chain(lender)
    }

    /// Whether somebody who holds a right this way stands for a person in whose name this was done, so that they would judge their own work.
    pub fn is_shared_with(&self, user: &str, on_behalf_of: Option<&Person>) -> bool {
        let lender = on_behalf_of.map(|person| person.user.as_str());
        self.in_the_name_of()
            .any(|name| name == user || Some(name) == lender)
    }
}

/// What happened. Serialised with the variant's name outside, because numbers do not survive an inner tag under `arbitrary_precision`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The draft changed.
    Saved {
        /// The draft number the person worked on.
        base: u64,
        /// The new draft number.
        draft: u64,
        /// What really changed; never empty.
        change: DraftChange,
    },
    /// Openings were declared by hand.
    OpeningDeclared {
        /// The new draft number.
        draft: u64,
        /// Form name.
        form: String,
        /// The openings.
        cells: Vec<CellChange>,
        /// Why.
        reason: String,
    },
    /// The draft was frozen as a revision and laid before the head.
    Proposed {
        /// Number of the revision, from 1.
        revision: u32,
        /// The draft number frozen.
        draft: u64,
        /// Fingerprint of the plan.
        plan: String,
        /// The earlier reports' revisions that its computed figures rest on.
        read: Vec<RevisionReference>,
        /// Of a consolidated document: its figures, and the reports behind them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whole: Option<Box<Whole>>,
    },
    /// A body added something of its own to its consolidated document.
    Added {
        /// The new draft number.
        draft: u64,
        /// What.
        added: Added,
    },
    /// The head approved.
    Approved {
        /// Revision.
        revision: u32,
    },
    /// The report went to its recipients.
    Sent {
        /// Revision.
        revision: u32,
        /// The units it went to.
        recipients: Vec<UnitId>,
        /// The deadline as it stood then; none while nobody had set one.
        due: Option<Due>,
        /// Whether it was after the deadline.
        late: bool,
        /// Whole days after the last day; 0 also where only the time of day was missed.
        days_late: u32,
        /// Forms that were not due with the report, as far as their deadlines were known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        forms: Vec<FormSent>,
        /// Why it was sent after a deadline; none for one in time, and for those sent before reasons were asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_reason: Option<String>,
        /// How and when it went officially, where that was another way; lateness is measured by its time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dispatch: Option<Dispatch>,
    },
    /// A recipient took it in to look at it.
    Received {
        /// Revision.
        revision: u32,
    },
    /// The report went back to be corrected.
    Returned {
        /// Revision.
        revision: u32,
        /// The status it was returned from: before sending the head returns, after it the recipient.
        from: Status,
        /// What is to be corrected.
        reasons: Vec<ReturnReason>,
    },
    /// A recipient accepted.
    Accepted {
        /// Revision.
        revision: u32,
    },
    /// The reporting unit took the report back.
    Withdrawn {
        /// Revision.
        revision: u32,
        /// The status it was taken back from.
        from: Status,
        /// Why.
        reason: String,
    },
    /// A recipient opened an accepted report for correction.
    Reopened {
        /// The revision that was accepted and counts until a correction is sent.
        revision: u32,
        /// Why.
        reason: String,
    },
}

/// Why a stored text is not an event of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventProblem {
    /// Written in another format.
    Format {
        /// The format found.
        found: u64,
    },
    /// Not an event; the reader's words are kept for the log.
    Unreadable {
        /// What the JSON reader said.
        detail: String,
    },
}

impl Event {
    /// The stored text of the event.
    pub fn to_text(&self) -> Result<String, EventProblem> {
        serde_json::to_string(self).map_err(|error| EventProblem::Unreadable {
            detail: error.to_string(),
        })
    }

    /// Reads a stored event.
    pub fn from_text(text: &str) -> Result<Event, EventProblem> {
        let unreadable = |error: serde_json::Error| EventProblem::Unreadable {
            detail: error.to_string(),
        };
        let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        match value.get("v").and_then(serde_json::Value::as_u64) {
            Some(found) if found == u64::from(EVENT_FORMAT) => {
                serde_json::from_value(value).map_err(unreadable)
            }
            found => Err(EventProblem::Format {
                found: found.unwrap_or(0),
            }),
        }
    }
}

impl EventKind {
    /// Whether a recipient may know of this event: only what happened from sending on; a unit's own work before that is its own affair.
    pub fn concerns_recipient(&self) -> bool {
        match self {
            EventKind::Sent { .. }
            | EventKind::Received { .. }
            | EventKind::Accepted { .. }
            | EventKind::Reopened { .. } => true,
            EventKind::Returned { from, .. } | EventKind::Withdrawn { from, .. } => {
                *from == Status::Sent
            }
            EventKind::Saved { .. }
            | EventKind::Added { .. }
            | EventKind::OpeningDeclared { .. }
            | EventKind::Proposed { .. }
            | EventKind::Approved { .. } => false,
        }
    }
}
