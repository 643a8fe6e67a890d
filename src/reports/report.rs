//! The state of one report, rebuilt from its events.
//!
//! It does not decide anything: [`crate::reports::step`] decides, this module only applies what was decided. Broken input: an event that names a
//! revision which is not there changes nothing about revisions; applying never fails, so a log can always be replayed.

use crate::calendar::Due;
use crate::eval::figures::{Entry, Figures};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::command::{CellChange, DraftChange, ReturnReason};
use crate::reports::dispatch::Dispatch;
use crate::reports::document::additions::Additions;
use crate::reports::document::whole::Whole;
use crate::reports::event::{Event, EventKind, Stamp};
use crate::reports::form_due::FormSent;
use crate::reports::key::{CellKey, ExplanationKey, ReportKey, RevisionReference, RowKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a report stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being filled in, or not yet begun.
    Draft,
    /// Sent back to be corrected; editable like a draft.
    Returned,
    /// Laid before the head.
    Proposed,
    /// Approved, not yet sent.
    Approved,
    /// Sent; the recipient has not looked at it yet.
    Sent,
    /// The recipient is looking at it.
    Received,
    /// Accepted by the recipient.
    Accepted,
    /// Opened again by the recipient for correction; editable like a draft, while what was accepted still counts.
    Correcting,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which report.
    pub key: ReportKey,
    /// Where it stands.
    pub status: Status,
    /// Number of the draft; 0 before the first save. Grows with each save, declared openings included.
    pub draft: u64,
    /// The figures as they are now; equal to the newest revision's while that is on its way.
    pub figures: Figures,
    /// What the body added, in a consolidated document.
    #[serde(default, skip_serializing_if = "Additions::is_empty")]
    pub additions: Additions,
    /// When each part of the draft last changed.
    pub changes: ChangeNumbers,
    /// Who changed the draft last.
    pub last_saved: Option<Stamp>,
    /// Frozen revisions, oldest first; number n is at position n − 1.
    pub revisions: Vec<Revision>,
    /// The latest return, kept until the report is accepted so that whoever reviews next sees what was asked for.
    pub last_return: Option<ReturnNote>,
    /// How many events made this state.
    pub events: u64,
}

/// Draft numbers at which the parts of a draft last changed: the ground for merging two people's work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeNumbers {
    /// Form → row → column → draft number.
    pub cells: BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>,
    /// Form → row → draft number at which the row was last added or removed.
    pub rows: BTreeMap<String, BTreeMap<String, u64>>,
    /// Form → finding key → draft number.
    pub explanations: BTreeMap<String, BTreeMap<String, u64>>,
    /// Key of a narrative → draft number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub narratives: BTreeMap<String, u64>,
}

/// Figures as they were laid before the head; never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Number, from 1.
    pub number: u32,
    /// The draft number frozen.
    pub draft: u64,
    /// Fingerprint of the plan it was checked with.
    pub plan: String,
    /// The figures.
    pub figures: Figures,
    /// What the body had added, in a consolidated document.
    #[serde(default, skip_serializing_if = "Additions::is_empty")]
    pub additions: Additions,
    /// Of a consolidated document: its figures, and the reports behind them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Box<Whole>>,
    /// The earlier reports' revisions that computed figures rest on.
    pub read: Vec<RevisionReference>,
    /// Who proposed it.
    pub proposed: Stamp,
    /// Who approved it.
    pub approved: Option<Stamp>,
    /// How it was sent.
    pub sent: Option<Sending>,
    /// Who received it; none for those that were accepted before receiving was a step of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Stamp>,
    /// Who accepted it.
    pub accepted: Option<Stamp>,
    /// How it ended when it was not accepted.
    pub ended: Option<Ending>,
}

/// A sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Who and when.
    pub stamp: Stamp,
    /// The units it went to.
    pub recipients: Vec<UnitId>,
    /// The deadline as it stood then.
    pub due: Option<Due>,
    /// Whether it was after the deadline.
    pub late: bool,
    /// Whole days after the last day; 0 also where only the time of day was missed.
    pub days_late: u32,
    /// Forms that were not due with the report, as far as their deadlines were known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormSent>,
    /// Why it was sent after a deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<String>,
    /// How and when it went officially, where that was another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatch: Option<Dispatch>,
}

/// How a revision ended without being accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Returned (true) or withdrawn by the unit itself (false).
    pub returned: bool,
    /// Who and when.
    pub stamp: Stamp,
}

/// A return with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnNote {
    /// The revision returned.
    pub revision: u32,
    /// The status it was returned from.
    pub from: Status,
    /// Who and when.
    pub stamp: Stamp,
    /// What is to be corrected.
    pub reasons: Vec<ReturnReason>,
}

impl Status {
    /// All statuses on the way of a report.
    pub const ALL: [Status; 8] = [
        Status::Draft,
        Status::Returned,
        Status::Proposed,
        Status::Approved,
        Status::Sent,
        Status::Received,
        Status::Accepted,
        Status::Correcting,
    ];

    /// Whether the figures may be edited.
    pub fn is_editable(self) -> bool {
        matches!(self, Status::Draft | Status::Returned | Status::Correcting)
    }

    /// Whether a report that others see in this status has a revision that counts with its recipient ([`crate::reports::standing::Progress::seen_from_outside`]).
    pub fn is_received(self) -> bool {
        self.is_with_recipient() || self == Status::Correcting
    }

    /// Whether the newest revision is in the hands of its recipient: sent and not returned. Whether *any* revision is, [`Report::received_revision`] tells.
    pub fn is_with_recipient(self) -> bool {
        matches!(self, Status::Sent | Status::Received | Status::Accepted)
    }

    /// The status in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            Status::Draft => ("Bản nháp", "Draft"),
            Status::Returned => ("Bị trả lại", "Returned"),
            Status::Proposed => ("Đã trình lãnh đạo", "Proposed to the head"),
            Status::Approved => ("Đã phê duyệt", "Approved"),
            Status::Sent => ("Đã gửi", "Sent"),
            Status::Received => ("Đã nhận, đang xem xét", "Received, being looked at"),
            Status::Accepted => ("Đã tiếp nhận", "Accepted"),
            Status::Correcting => ("Đang đính chính", "Being corrected"),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }

    /// The name in stored data and addresses of pages.
    pub fn key(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Returned => "returned",
            Status::Proposed => "proposed",
            Status::Approved => "approved",
            Status::Sent => "sent",
            Status::Received => "received",
            Status::Accepted => "accepted",
            Status::Correcting => "correcting",
        }
    }

    /// The status of a name written by [`Status::key`].
    pub fn from_key(key: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.key() == key)
    }
}

impl Revision {
    /// Whether it was sent, and neither returned nor withdrawn.
    pub fn is_held(&self) -> bool {
        self.sent.is_some() && self.ended.is_none()
    }
}

impl Report {
    /// The latest sending, whatever became of it.
    pub fn newest_sending(&self) -> Option<&Sending> {
        let mut newest_first = self.revisions.iter().rev();
        newest_first.find_map(|revision| revision.sent.as_ref())
    }

    /// A report that nobody has begun.
    pub fn new(key: ReportKey) -> Report {
        Report {
            key,
            status: Status::Draft,
            draft: 0,
            figures: Figures::default(),
            additions: Additions::default(),
            changes: ChangeNumbers::default(),
            last_saved: None,
            revisions: Vec::new(),
            last_return: None,
            events: 0,
        }
    }

    /// The state that these events, in order, make of a report.
    pub fn replay<'a>(key: ReportKey, events: impl IntoIterator<Item = &'a Event>) -> Report {
        let mut report = Report::new(key);
        for event in events {
            report.apply(event);
        }
        report
    }

    /// The newest revision, whether on its way or ended.
    pub fn newest_revision(&self) -> Option<&Revision> {
        self.revisions.last()
    }

    /// The revision of that number.
    pub fn revision(&self, number: u32) -> Option<&Revision> {
        let position = usize::try_from(number.checked_sub(1)?).ok()?;
        self.revisions.get(position)
    }

    /// The revision that counts with the recipient: the newest that was sent, and neither returned nor withdrawn. While a correction is made, it is what was accepted before.
    pub fn received_revision(&self) -> Option<&Revision> {
        self.revisions.iter().rev().find(|one| one.is_held())
    }

    /// The newest revision that a recipient has accepted.
    pub fn accepted_revision(&self) -> Option<&Revision> {
        let mut newest_first = self.revisions.iter().rev();
        newest_first.find(|one| one.accepted.is_some())
    }

    /// The sending by which the report counts as in time or late: the first that was not taken back, so that a correction makes nobody late. Without one, the newest.
    pub fn counted_sending(&self) -> Option<&Sending> {
        let held = self.revisions.iter().find(|one| one.is_held());
        held.and_then(|one| one.sent.as_ref())
            .or_else(|| self.newest_sending())
    }

    /// What is still to be corrected; empty unless the report is now returned.
    pub fn open_reasons(&self) -> &[ReturnReason] {
        match &self.last_return {
            Some(note) if self.status == Status::Returned => &note.reasons,
            _ => &[],
        }
    }

    /// The entry of a cell in the draft.
    pub fn entry(&self, cell: &CellKey) -> Option<&Entry> {
        self.figures
            .forms
            .get(&cell.form)?
            .rows
            .get(&cell.row)?
            .get(&cell.column)
    }

    /// Whether the draft has the row.
    pub fn has_row(&self, row: &RowKey) -> bool {
        self.figures
            .forms
            .get(&row.form)
            .is_some_and(|form| form.rows.contains_key(&row.row))
    }

    /// An explanation of the draft.
    pub fn explanation(&self, explanation: &ExplanationKey) -> Option<&str> {
        let form = self.figures.forms.get(&explanation.form)?;
        form.explanations
            .get(&explanation.finding)
            .map(String::as_str)
    }

    /// Applies one event.
    pub fn apply(&mut self, event: &Event) {
        self.events += 1;
        let stamp = &event.stamp;
        match &event.kind {
            EventKind::Saved { draft, change, .. } => {
                self.apply_change(*draft, change);
                self.last_saved = Some(stamp.clone());
            }
            EventKind::OpeningDeclared {
                draft,
                form,
                cells,
                reason,
            } => {
                self.apply_openings(*draft, form, cells, reason);
                self.last_saved = Some(stamp.clone());
            }
            EventKind::Proposed {
                revision,
                draft,
                plan,
                read,
                whole,
            } => {
                self.status = Status::Proposed;
                self.revisions.push(Revision {
                    number: *revision,
                    draft: *draft,
                    plan: plan.clone(),
                    figures: self.figures.clone(),
                    additions: self.additions.clone(),
                    whole: whole.clone(),
                    read: read.clone(),
                    proposed: stamp.clone(),
                    approved: None,
                    sent: None,
                    received: None,
                    accepted: None,
                    ended: None,
                });
            }
            EventKind::Added { draft, added } => {
                self.draft = *draft;
                self.additions.apply(added, stamp);
                self.last_saved = Some(stamp.clone());
            }
            EventKind::Approved { revision } => {
                self.status = Status::Approved;
                self.with_revision(*revision, |revision| {
                    revision.approved = Some(stamp.clone());
                });
            }
            EventKind::Sent {
                revision,
                recipients,
                due,
                late,
                days_late,
                forms,
                late_reason,
                dispatch,
            } => {
                self.status = Status::Sent;
                let sending = Sending {
                    stamp: stamp.clone(),
                    recipients: recipients.clone(),
                    due: *due,
                    late: *late,
                    days_late: *days_late,
                    forms: forms.clone(),
                    late_reason: late_reason.clone(),
                    dispatch: dispatch.clone(),
                };
                self.with_revision(*revision, |revision| revision.sent = Some(sending));
            }
            EventKind::Returned {
                revision,
                from,
                reasons,
            } => {
                self.status = Status::Returned;
                let ending = Ending {
                    returned: true,
                    stamp: stamp.clone(),
                };
                self.with_revision(*revision, |revision| revision.ended = Some(ending));
                self.last_return = Some(ReturnNote {
                    revision: *revision,
                    from: *from,
                    stamp: stamp.clone(),
                    reasons: reasons.clone(),
                });
            }
            EventKind::Received { revision } => {
                self.status = Status::Received;
                self.with_revision(*revision, |revision| {
                    revision.received = Some(stamp.clone());
                });
            }
            EventKind::Reopened { .. } => self.status = Status::Correcting,
            EventKind::Accepted { revision } => {
                self.status = Status::Accepted;
                self.last_return = None;
                self.with_revision(*revision, |revision| {
                    revision.accepted = Some(stamp.clone());
                });
            }
            EventKind::Withdrawn { revision, .. } => {
                // What is taken back while a correction is made goes back to being corrected.
                self.status = match self.accepted_revision() {
                    Some(_) => Status::Correcting,
                    None => Status::Draft,
                };
                let ending = Ending {
                    returned: false,
                    stamp: stamp.clone(),
                };
                self.with_revision(*revision, |revision| revision.ended = Some(ending));
            }
        }
    }

    fn with_revision(&mut self, number: u32, change: impl FnOnce(&mut Revision)) {
        if let Some(revision) = self
            .revisions
            .iter_mut()
            .find(|revision| revision.number == number)
        {
            change(revision);
        }
    }

    fn apply_change(&mut self, draft: u64, change: &DraftChange) {
        self.draft = draft;
        for row in &change.rows_removed {
            if let Some(form) = self.figures.forms.get_mut(&row.form) {
                form.rows.remove(&row.row);
                form.declared_openings.remove(&row.row);
                let of_row = format!("[{}]", row.row);
                form.explanations
                    .retain(|finding, _| !finding.ends_with(&of_row));
            }
            self.changes
                .rows
                .entry(row.form.clone())
                .or_default()
                .insert(row.row.clone(), draft);
        }
        for row in &change.rows_added {
            self.figures
                .forms
                .entry(row.form.clone())
                .or_default()
                .rows
                .entry(row.row.clone())
                .or_default();
            self.changes
                .rows
                .entry(row.form.clone())
                .or_default()
                .insert(row.row.clone(), draft);
        }
        for CellChange { cell, entry } in &change.cells {
            let form = self.figures.forms.entry(cell.form.clone()).or_default();
            let row = form.rows.entry(cell.row.clone()).or_default();
            match entry {
                Some(entry) => {
                    row.insert(cell.column.clone(), entry.clone());
                }
                None => {
                    row.remove(&cell.column);
                }
            }
            let numbers = self.changes.cells.entry(cell.form.clone()).or_default();
            numbers
                .entry(cell.row.clone())
                .or_default()
                .insert(cell.column.clone(), draft);
        }
        for change in &change.explanations {
            let key = &change.explanation;
            let form = self.figures.forms.entry(key.form.clone()).or_default();
            match &change.text {
                Some(text) => {
                    form.explanations.insert(key.finding.clone(), text.clone());
                }
                None => {
                    form.explanations.remove(&key.finding);
                }
            }
            let numbers = self
                .changes
                .explanations
                .entry(key.form.clone())
                .or_default();
            numbers.insert(key.finding.clone(), draft);
        }
        for change in &change.narratives {
            let key = &change.narrative;
            match &change.text {
                Some(text) => {
                    self.figures.narratives.insert(key.clone(), text.clone());
                }
                None => {
                    self.figures.narratives.remove(key);
                }
            }
            self.changes.narratives.insert(key.clone(), draft);
        }
    }

    fn apply_openings(&mut self, draft: u64, form: &str, cells: &[CellChange], reason: &str) {
        self.draft = draft;
        let form = self.figures.forms.entry(form.to_string()).or_default();
        for CellChange { cell, entry } in cells {
            let row = form.declared_openings.entry(cell.row.clone()).or_default();
            match entry {
                Some(entry) => {
                    row.insert(cell.column.clone(), entry.clone());
                }
                None => {
                    row.remove(&cell.column);
                }
            }
        }
        form.declared_openings.retain(|_, row| !row.is_empty());
        form.opening_reason = if form.declared_openings.is_empty() {
            None
        } else {
            Some(reason.to_string())
        };
    }
}
