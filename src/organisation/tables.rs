//! The tables of units and successions, read from text with a header line.
//!
//! Deliberately does not know: where the text came from.
//! On broken input: every mistake is named with its line and field; the healthy lines are all kept.

use super::unit::{Succession, Unit};
use crate::calendar::Decision;
use crate::text::table::TableProblem;

/// The columns of the table of units.
pub const UNIT_COLUMNS: [&str; 10] = [
    "id",
    "level",
    "item",
    "name",
    "area_code",
    "agency",
    "parent",
    "tags",
    "valid_from",
    "valid_to",
];

/// The columns of the table of successions.
pub const SUCCESSION_COLUMNS: [&str; 5] = ["old", "new", "date", "share", "basis"];

/// Reads the table of units. Tags are parted by blanks; dates are `yyyy-mm-dd` and included.
pub fn parse_units(text: &str) -> (Vec<Unit>, Vec<TableProblem>) {
    todo!("{text}")
}

/// Reads the table of successions. A share is a machine number above 0 and below 1; empty means the whole unit.
pub fn parse_successions(text: &str) -> (Vec<Succession>, Vec<TableProblem>) {
    todo!("{text}")
}

/// Reads the table of decisions about days off: `date,off,basis`, where the second column is `off` or `work`.
pub fn parse_decisions(text: &str) -> (Vec<Decision>, Vec<TableProblem>) {
    todo!("{text}")
}
