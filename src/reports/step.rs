//! The one place where a report changes state.
//!
//! [`step`] is pure: the same arguments give the same answer. It does not know storage, clocks or forms. Broken input: a refusal, and nothing changes.

use crate::calendar::Moment;
use crate::eval::figures::Entry;
use crate::reports::command::{CellChange, Command, DraftChange, Facts, ReturnReason};
use crate::reports::dispatch::SendingNote;
use crate::reports::document::whole::Whole;
use crate::reports::event::{EVENT_FORMAT, Event, EventKind, Stamp};
use crate::reports::form_due::FormSent;
use crate::reports::key::ReportKind;
use crate::reports::merge::{self, Conflicts};
use crate::reports::permission::{Actor, Held, grants_for_report, may_in_some_status};
use crate::reports::refusal::{LONGEST_NARRATIVE, MOST_CHARACTERS, Refusal};
use crate::reports::report::{Report, Status};

/// What a command makes of a report: events to be stored and applied, or a refusal. A save that changes nothing gives no event, so that a repeated
/// request does no harm.
pub fn step(
    report: &Report,
    command: &Command,
    facts: &Facts,
    now: Moment,
    actor: &Actor,
) -> Result<Vec<Event>, Refusal> {
    let action = command.action(report.key.kind);
    let unit = &report.key.unit;
    let mut held = grants_for_report(actor, action, unit, &facts.recipients, report.status);
    let Some(first) = held.next() else {
        return Err(
            if may_in_some_status(actor, action, unit, &facts.recipients) {
                Refusal::WrongStatus {
                    action,
                    status: report.status,
                }
            } else {
                Refusal::NotPermitted { action }
            },
        );
    };
    if let Some(ruling) = &facts.locked {
        return Err(Refusal::Locked {
            at: ruling.stamp.at,
            reason: ruling.reason.clone(),
        });
    }
    belongs(command, report.key.kind)?;
    let held = match command {
        // Whoever holds the right twice uses it in a way in which nobody judges their own work, if there is one.
        Command::Approve { revision } => {
            same_revision(*revision, report)?;
            std::iter::once(first)
                .chain(held)
                .find(|held| !is_own_proposal(report, actor, *held))
                .ok_or(Refusal::OwnProposal)?
        }
        _ => first,
    };
    let stamp = Stamp {
        user: actor.user.clone(),
        name: actor.name.clone(),
        unit: held.grant.unit.clone(),
        on_behalf_of: held.on_behalf_of.cloned(),
        at: now,
    };
    let kind = match command {
        Command::Save { base, change } => match save(report, *base, change)? {
            Some(kind) => kind,
            None => return Ok(Vec::new()),
        },
        Command::DeclareOpening {
            form,
            cells,
            reason,
        } => declare_opening(report, facts, form, cells, reason)?,
        Command::Propose { draft } => {
            same_draft(*draft, report)?;
            sendable(report, facts)?;
            EventKind::Proposed {
                revision: newest(report) + 1,
                draft: report.draft,
                plan: facts.plan.clone(),
                read: facts.read.clone(),
                whole: explained(facts)?,
            }
        }
        Command::Add { base, adding } => {
            same_draft(*base, report)?;
            match report.additions.decide(adding)? {
                Some(added) => EventKind::Added {
                    draft: report.draft + 1,
                    added,
                },
                None => return Ok(Vec::new()),
            }
        }
        Command::Approve { revision } => EventKind::Approved {
            revision: *revision,
        },
        Command::Send { revision, note } => {
            same_revision(*revision, report)?;
            sendable(report, facts)?;
            // A document may end its way outside of this system; then it is told how it went.
            match (facts.recipients.is_empty(), report.key.kind) {
                (true, ReportKind::OfUnit) => return Err(Refusal::NoRecipient),
                (true, ReportKind::Consolidated) if note.dispatch.is_none() => {
                    return Err(Refusal::DispatchNeeded);
                }
                _ => {}
            }
            sent(*revision, facts, now, note)?
        }
        Command::Receive { revision } => {
            same_revision(*revision, report)?;
            EventKind::Received {
                revision: *revision,
            }
        }
        Command::Return { revision, reasons } => {
            same_revision(*revision, report)?;
            EventKind::Returned {
                revision: *revision,
                from: report.status,
                reasons: checked_reasons(reasons)?,
            }
        }
        Command::Accept { revision } => {
            same_revision(*revision, report)?;
            EventKind::Accepted {
                revision: *revision,
            }
        }
        Command::Withdraw { reason } => EventKind::Withdrawn {
            revision: newest(report),
            from: report.status,
            reason: checked_reason(reason)?,
        },
        Command::Reopen { revision, reason } => {
            same_revision(*revision, report)?;
            EventKind::Reopened {
                revision: *revision,
                reason: checked_reason(reason)?,
            }
        }
    };
    let received = matches!(kind, EventKind::Accepted { .. }) && report.status == Status::Sent;
    let received = received.then(|| EventKind::Received {
        revision: newest(report),
    });
    let event = |kind| Event {
        v: EVENT_FORMAT,
        stamp: stamp.clone(),
        kind,
    };
    // Who accepts at once has received it, too.
    Ok(received.into_iter().chain([kind]).map(event).collect())
}

/// Some commands are about a body's document only, some only about a unit's own figures.
fn belongs(command: &Command, kind: ReportKind) -> Result<(), Refusal> {
    let fits = match command {
        Command::Add { .. } => kind == ReportKind::Consolidated,
        Command::DeclareOpening { .. } => kind == ReportKind::OfUnit,
        _ => true,
    };
    fits.then_some(()).ok_or(Refusal::NotPermitted {
        action: command.action(kind),
    })
}

/// The whole to be frozen, where every missing unit has its reason.
fn explained(facts: &Facts) -> Result<Option<Box<Whole>>, Refusal> {
    match facts.whole.as_ref().map(Whole::unexplained) {
        Some(units) if units > 0 => Err(Refusal::MissingUnexplained { units }),
        _ => Ok(facts.whole.clone().map(Box::new)),
    }
}

/// A sending, late or not by the official time where one is declared.
fn sent(
    revision: u32,
    facts: &Facts,
    now: Moment,
    note: &SendingNote,
) -> Result<EventKind, Refusal> {
    let dispatch = note.dispatch.as_ref();
    let dispatch = dispatch.map(|one| one.checked(now)).transpose()?;
    if let Some(document) = dispatch.as_ref().and_then(|one| one.document.as_deref()) {
        within_length(document)?;
    }
    let official = dispatch.as_ref().map_or(now, |dispatch| dispatch.at);
    let late = facts.due.is_some_and(|due| due.is_late(official));
    let forms: Vec<FormSent> = facts
        .forms
        .iter()
        .filter_map(|form| form.sent_at(official))
        .collect();
    let late_reason = if late || forms.iter().any(|form| form.late) {
        let given = checked_reason(note.late_reason.as_deref().unwrap_or_default());
        Some(given.map_err(|refusal| match refusal {
            Refusal::NoReason => Refusal::LateReasonNeeded,
            other => other,
        })?)
    } else {
        None
    };
    Ok(EventKind::Sent {
        revision,
        recipients: facts.recipients.clone(),
        due: facts.due,
        late,
        days_late: facts.due.map_or(0, |due| due.days_late(official)),
        forms,
        late_reason,
        dispatch,
    })
}

fn newest(report: &Report) -> u32 {
    report
        .newest_revision()
        .map_or(0, |revision| revision.number)
}

/// Whether the newest revision was proposed by this person, by the one whose right they use, or on behalf of either: lending a right never lets one person both propose and
/// approve.
pub fn is_own_proposal(report: &Report, actor: &Actor, held: Held<'_>) -> bool {
    report.newest_revision().is_some_and(|newest| {
        newest
            .proposed
            .is_shared_with(&actor.user, held.on_behalf_of)
    })
}

fn save(report: &Report, base: u64, change: &DraftChange) -> Result<Option<EventKind>, Refusal> {
    if base > report.draft {
        return Err(Refusal::OtherDraft {
            seen: base,
            draft: report.draft,
        });
    }
    for CellChange { cell, entry } in &change.cells {
        if is_too_long(entry.as_ref()) {
            return Err(Refusal::TooLong {
                cell: Some(cell.clone()),
            });
        }
    }
    let texts = change
        .explanations
        .iter()
        .filter_map(|change| change.text.as_deref());
    for text in texts {
        within_length(text)?;
    }
    let narratives = change
        .narratives
        .iter()
        .filter_map(|change| change.text.as_deref());
    for text in narratives {
        if text.chars().count() > LONGEST_NARRATIVE {
            return Err(Refusal::NarrativeTooLong);
        }
    }
    let change = merge::effective(report, change);
    if change == DraftChange::default() {
        return Ok(None);
    }
    let conflicts = merge::conflicts(report, base, &change);
    if conflicts != Conflicts::default() {
        let Conflicts {
            cells,
            explanations,
            narratives,
        } = conflicts;
        let saved = report.last_saved.clone().map(Box::new);
        return Err(Refusal::Conflict {
            draft: report.draft,
            cells,
            explanations,
            narratives,
            saved,
        });
    }
    Ok(Some(EventKind::Saved {
        base,
        draft: report.draft + 1,
        change,
    }))
}

fn declare_opening(
    report: &Report,
    facts: &Facts,
    form: &str,
    cells: &[CellChange],
    reason: &str,
) -> Result<EventKind, Refusal> {
    if !facts.may_declare_opening {
        return Err(Refusal::EarlierReportExists);
    }
    if cells.is_empty() {
        return Err(Refusal::NothingDeclared);
    }
    for CellChange { cell, entry } in cells {
        if cell.form != form {
            return Err(Refusal::OpeningOfOtherForm { cell: cell.clone() });
        }
        if is_too_long(entry.as_ref()) {
            return Err(Refusal::TooLong {
                cell: Some(cell.clone()),
            });
        }
    }
    Ok(EventKind::OpeningDeclared {
        draft: report.draft + 1,
        form: form.to_string(),
        cells: merge::openings(cells),
        reason: checked_reason(reason)?,
    })
}

/// The facts must be about these very figures, and nothing in them may forbid sending.
fn sendable(report: &Report, facts: &Facts) -> Result<(), Refusal> {
    same_draft(facts.draft, report)?;
    if facts.blocking > 0 {
        Err(Refusal::Blocked {
            findings: facts.blocking,
        })
    } else {
        Ok(())
    }
}

fn same_draft(seen: u64, report: &Report) -> Result<(), Refusal> {
    if seen == report.draft {
        Ok(())
    } else {
        Err(Refusal::OtherDraft {
            seen,
            draft: report.draft,
        })
    }
}

fn same_revision(seen: u32, report: &Report) -> Result<(), Refusal> {
    let revision = newest(report);
    if seen == revision {
        Ok(())
    } else {
        Err(Refusal::OtherRevision { seen, revision })
    }
}

fn checked_reasons(reasons: &[ReturnReason]) -> Result<Vec<ReturnReason>, Refusal> {
    if reasons.is_empty() {
        return Err(Refusal::NoReason);
    }
    let checked = |reason: &ReturnReason| {
        Ok(ReturnReason {
            cell: reason.cell.clone(),
            text: checked_reason(&reason.text)?,
        })
    };
    reasons.iter().map(checked).collect()
}

fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NoReason);
    }
    within_length(reason)?;
    Ok(reason.to_string())
}

fn within_length(text: &str) -> Result<(), Refusal> {
    if text.chars().count() > MOST_CHARACTERS {
        Err(Refusal::TooLong { cell: None })
    } else {
        Ok(())
    }
}

fn is_too_long(entry: Option<&Entry>) -> bool {
    matches!(entry, Some(Entry::Value(text)) if text.chars().count() > MOST_CHARACTERS)
}
