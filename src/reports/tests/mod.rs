//! Tests of the life of a report: examples, the permission table, and random commands against a slow obvious reference.

mod boards;
mod corrections;
mod drafts;
mod examples;
mod exhaustive;
mod form_dues;
mod obligations;
mod people;
mod permissions;
mod random;
mod reference;
mod rulings;
mod stored;

use crate::calendar::{Clock, Date, Due, Moment};
use crate::eval::figures::Entry;
use crate::organisation::UnitId;
use crate::reports::command::{CellChange, Command, DraftChange, Facts, ReturnReason};
use crate::reports::dispatch::SendingNote;
use crate::reports::event::Event;
use crate::reports::key::{CellKey, ReportKey, ReportKind};
use crate::reports::permission::{Actor, Grant, Role};
use crate::reports::refusal::Refusal;
use crate::reports::report::Report;
use crate::reports::step::step;

pub const COMMUNE: &str = "C17329.2025";
pub const OFFICE: &str = "A40.VP";

pub fn key() -> ReportKey {
    ReportKey {
        kind: ReportKind::OfUnit,
        regime: "TTHC_06A".to_string(),
        version: 1,
        period: "2026-Q2".parse().expect("a period"),
        unit: UnitId::from(COMMUNE),
    }
}

pub fn actor(user: &str, role: Role, unit: &str) -> Actor {
    Actor {
        user: user.to_string(),
        name: format!("Nguyễn {user}"),
        grants: vec![Grant::always(role, UnitId::from(unit))],
        lent: Vec::new(),
    }
}

pub fn officer() -> Actor {
    actor("canbo", Role::Officer, COMMUNE)
}

pub fn head() -> Actor {
    actor("chutich", Role::HeadOfUnit, COMMUNE)
}

pub fn aggregator() -> Actor {
    actor("tonghop", Role::Aggregator, OFFICE)
}

pub fn facts(draft: u64) -> Facts {
    Facts {
        draft,
        plan: "0a1b".to_string(),
        blocking: 0,
        due: Some(Due {
            date: date(2026, 6, 16),
            clock: None,
        }),
        forms: Vec::new(),
        recipients: vec![UnitId::from(OFFICE)],
        read: Vec::new(),
        locked: None,
        whole: None,
        may_declare_opening: true,
    }
}

pub fn date(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a day")
}

pub fn at(day: i8) -> Moment {
    Moment::new(date(2026, 6, day), Clock::new(9, 0).expect("a time"))
}

pub fn cell(row: &str, column: &str, entry: &str) -> CellChange {
    let entry = if entry.is_empty() {
        None
    } else {
        Some(Entry::from_text(entry))
    };
    CellChange {
        cell: CellKey::new("TTHC06A", row, column),
        entry,
    }
}

pub fn cells(changes: &[(&str, &str, &str)]) -> DraftChange {
    DraftChange {
        cells: changes
            .iter()
            .map(|(row, column, entry)| cell(row, column, entry))
            .collect(),
        ..DraftChange::default()
    }
}

pub fn done(
    report: &mut Report,
    command: Command,
    facts: &Facts,
    day: i8,
    actor: &Actor,
) -> Vec<Event> {
    let events = step(report, &command, facts, at(day), actor)
        .unwrap_or_else(|refusal| panic!("{}", refusal.wording().vi));
    for event in &events {
        report.apply(event);
    }
    events
}

pub fn refused(report: &Report, command: Command, facts: &Facts, actor: &Actor) -> Refusal {
    step(report, &command, facts, at(15), actor).expect_err("the command is refused")
}

/// A sending of a revision; in time it needs no word, and late it has one.
pub fn sending(revision: u32) -> Command {
    Command::Send {
        revision,
        note: SendingNote::late("mất điện hai ngày"),
    }
}

pub fn save(base: u64, change: DraftChange) -> Command {
    Command::Save { base, change }
}

pub fn reason(text: &str) -> Vec<ReturnReason> {
    vec![ReturnReason {
        cell: Some(CellKey::new("TTHC06A", "dat_dai", "4")),
        text: text.to_string(),
    }]
}

/// Saved, proposed, approved and sent on the given day of June; due on the 16th.
pub fn sent(day: i8) -> Report {
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "120")])),
        &facts(0),
        day,
        &officer(),
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        day,
        &officer(),
    );
    done(
        &mut report,
        Command::Approve { revision: 1 },
        &facts(1),
        day,
        &head(),
    );
    done(&mut report, sending(1), &facts(1), day, &head());
    report
}
