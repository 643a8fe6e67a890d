//! Tests of the life of a report: examples, the permission table, and random commands against a slow obvious reference.

mod examples;
mod obligations;
mod permissions;
mod random;
mod reference;

use crate::calendar::{Clock, Date, Due, Moment};
use crate::eval::figures::Entry;
use crate::organisation::UnitId;
use crate::reports::command::{CellChange, DraftChange, Facts};
use crate::reports::key::{CellKey, ReportKey};
use crate::reports::permission::{Actor, Grant, Role};

pub const COMMUNE: &str = "C17329.2025";
pub const OFFICE: &str = "A40.VP";

pub fn key() -> ReportKey {
    ReportKey {
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
        grants: vec![Grant {
            role,
            unit: UnitId::from(unit),
        }],
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
        recipients: vec![UnitId::from(OFFICE)],
        read: Vec::new(),
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
