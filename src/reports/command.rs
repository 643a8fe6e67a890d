//! What a person asks of a report, and the evaluated facts that go with it.
//!
//! A command names what its author had on the screen (the draft or revision number), so that nobody approves or accepts figures they did not see.
//! It does not know who asks; that is the actor of [`crate::reports::step::step`]. Broken input: refused there.

use crate::calendar::Due;
use crate::eval::figures::Entry;
use crate::organisation::UnitId;
use crate::reports::dispatch::SendingNote;
use crate::reports::document::additions::Adding;
use crate::reports::document::whole::Whole;
use crate::reports::form_due::FormDue;
use crate::reports::key::{CellKey, ExplanationKey, ReportKind, RevisionReference, RowKey};
use crate::reports::permission::Action;
use crate::reports::ruling::Ruling;
use serde::{Deserialize, Serialize};

/// What a person asks of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Lưu nháp.
    Save {
        /// The draft number the changes were made on; 0 for a report never saved.
        base: u64,
        /// What changed.
        change: DraftChange,
    },
    /// Declares opening figures by hand, where no earlier report exists to carry them from.
    DeclareOpening {
        /// Form name.
        form: String,
        /// Openings by cell; no entry takes a declaration back. The form of each cell is the command's form.
        cells: Vec<CellChange>,
        /// Why and from which source.
        reason: String,
    },
    /// Trình lãnh đạo. Freezes the figures as a revision.
    Propose {
        /// The draft number on the screen.
        draft: u64,
    },
    /// Phê duyệt.
    Approve {
        /// The revision on the screen.
        revision: u32,
    },
    /// Gửi.
    Send {
        /// The revision on the screen.
        revision: u32,
        /// What the sender adds.
        note: SendingNote,
    },
    /// Nhận để xem xét: from here on the unit itself cannot take the report back.
    Receive {
        /// The revision on the screen.
        revision: u32,
    },
    /// Trả lại, by the head before sending or by the recipient after it.
    Return {
        /// The revision on the screen.
        revision: u32,
        /// What is to be corrected; at least one.
        reasons: Vec<ReturnReason>,
    },
    /// Tiếp nhận.
    Accept {
        /// The revision on the screen.
        revision: u32,
    },
    /// Thu hồi, by the reporting unit itself, until the recipient has received it.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// Mở lại để đính chính: the recipient lets the unit correct a report that was accepted. What was accepted counts until the correction is sent.
    Reopen {
        /// The revision on the screen.
        revision: u32,
        /// Why.
        reason: String,
    },
    /// Adds something of the body's own to its consolidated document.
    Add {
        /// The draft number on the screen.
        base: u64,
        /// What.
        adding: Adding,
    },
}

impl Command {
    /// The action of the permission table that this command needs. What a body makes of others' figures is another right than filling in its own.
    pub fn action(&self, kind: ReportKind) -> Action {
        match self {
            Command::Save { .. } | Command::Propose { .. } if kind == ReportKind::Consolidated => {
                Action::Consolidate
            }
            Command::Add { .. } => Action::Consolidate,
            Command::Save { .. } => Action::Save,
            Command::DeclareOpening { .. } => Action::DeclareOpening,
            Command::Propose { .. } => Action::Propose,
            Command::Approve { .. } => Action::Approve,
            Command::Send { .. } => Action::Send,
            Command::Return { .. } => Action::Return,
            Command::Receive { .. } => Action::Receive,
            Command::Accept { .. } => Action::Accept,
            Command::Withdraw { .. } => Action::Withdraw,
            Command::Reopen { .. } => Action::Reopen,
        }
    }
}

/// Changes to a draft. They are applied in this order: rows removed, rows added, cells, explanations, narratives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftChange {
    /// Changed cells; a cell given twice counts once, with its last entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<CellChange>,
    /// Rows chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows_added: Vec<RowKey>,
    /// Rows taken out, with their cells, declared openings and explanations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows_removed: Vec<RowKey>,
    /// Changed explanations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<ExplanationChange>,
    /// Changed narratives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narratives: Vec<NarrativeChange>,
}

/// A cell and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellChange {
    /// The cell.
    pub cell: CellKey,
    /// The new entry; none makes the cell blank.
    pub entry: Option<Entry>,
}

/// An explanation and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplanationChange {
    /// Which explanation.
    pub explanation: ExplanationKey,
    /// The new text; none, or only spaces, takes it out.
    pub text: Option<String>,
}

/// A narrative of the outline and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeChange {
    /// Key of the narrative.
    pub narrative: String,
    /// The new text; none, or only spaces, takes it out.
    pub text: Option<String>,
}

/// One thing to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnReason {
    /// The cell it is about; none when it is about the report as a whole.
    pub cell: Option<CellKey>,
    /// What is to be corrected, in the returning person's words.
    pub text: String,
}

/// What the caller found out by evaluating the report and asking the calendar and the organisation, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The draft number that was evaluated.
    pub draft: u64,
    /// Fingerprint of the plan it was evaluated with.
    pub plan: String,
    /// How many findings forbid sending ([`crate::eval::finding::Finding::blocks`]).
    pub blocking: u32,
    /// The deadline of the reporting unit's own hop; none while nobody has set one.
    pub due: Option<Due>,
    /// Deadlines of forms that are not due with the report; forms that do not apply are left out.
    pub forms: Vec<FormDue>,
    /// The units the report goes to next, on the last day of its window.
    pub recipients: Vec<UnitId>,
    /// The earlier reports' revisions that the evaluation read, for provenance.
    pub read: Vec<RevisionReference>,
    /// The decision by which nothing about the report changes any more.
    pub locked: Option<Ruling>,
    /// The whole as it would be frozen now; none for the report of a unit.
    pub whole: Option<Whole>,
    /// Whether some carried cell of this report has no earlier report to be carried from, so that its opening may be declared.
    pub may_declare_opening: bool,
}
