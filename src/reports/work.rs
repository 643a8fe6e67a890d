//! What kind of work a report is for a person now (việc cần làm): from what is owed, where the report stands, and what the person may do.
//!
//! Pure; it does not know names, pages or stores. Broken input: a person without rights has nothing to do.

use crate::calendar::Date;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Action, Actor, grant_for_report};
use crate::reports::report::Status;

/// Kinds of work, most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkKind {
    /// Returned, to be corrected.
    Returned,
    /// Laid before the head.
    ToApprove,
    /// Approved, to be sent.
    ToSend,
    /// To be filled in.
    ToFill,
    /// Its window is still open: it may be begun, and nobody waits for it yet.
    Upcoming,
    /// On its way or finished; nothing to do.
    Done,
}

/// What a report of one of the person's units is for them on a day.
pub fn work_kind(actor: &Actor, obligation: &Obligation, status: Status, today: Date) -> WorkKind {
    let unit = &obligation.key.unit;
    let may =
        |action| grant_for_report(actor, action, unit, &obligation.recipients, status).is_some();
    match status {
        _ if obligation.ruled.locked.is_some() => WorkKind::Done,
        Status::Returned | Status::Correcting if may(Action::Save) => WorkKind::Returned,
        Status::Proposed if may(Action::Approve) => WorkKind::ToApprove,
        Status::Approved if may(Action::Send) => WorkKind::ToSend,
        Status::Draft if obligation.ruled.exempted.is_some() => WorkKind::Done,
        Status::Draft if may(Action::Save) && obligation.window.to >= today => WorkKind::Upcoming,
        Status::Draft if may(Action::Save) => WorkKind::ToFill,
        _ => WorkKind::Done,
    }
}
