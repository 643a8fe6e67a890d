//! The tables of units, successions and decisions about days off, read from text with a header line.
//!
//! Deliberately does not know: where the text came from.
//! On broken input: every mistake is named with its line and field; the healthy lines are all kept.

use std::collections::{BTreeMap, BTreeSet};

use super::routing::Assignment;
use super::unit::{Link, Succession, Unit, UnitId};
use crate::calendar::dates::parse_iso_date;
use crate::calendar::lunar::LunarMonth;
use crate::calendar::{Date, Decision};
use crate::number::Number;
use crate::text::table::{Row, TableProblem, TableProblemKind, read_table};

/// The columns of the table of units.
pub const UNIT_COLUMNS: [&str; 11] = [
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
    "attributes",
];

/// The columns of the table of links.
pub const LINK_COLUMNS: [&str; 4] = ["child", "parent", "from", "until"];

/// The columns of the table of successions.
pub const SUCCESSION_COLUMNS: [&str; 5] = ["old", "new", "date", "share", "basis"];

/// The columns of the table of decisions.
pub const DECISION_COLUMNS: [&str; 3] = ["date", "day", "basis"];

/// The columns of a table of routes.
pub const ROUTE_COLUMNS: [&str; 4] = ["unit", "recipient", "from", "until"];

/// The columns of a table of lunar months.
pub const LUNAR_COLUMNS: [&str; 3] = ["begins", "month", "leap"];

/// One table while it is read: its columns, and the mistakes found so far.
pub(super) struct Reading<'c> {
    columns: &'c [&'c str],
    problems: Vec<TableProblem>,
}

impl<'c> Reading<'c> {
    pub(super) fn start(
        text: &str,
        columns: &'c [&'c str],
        required: usize,
    ) -> (Vec<Row>, Reading<'c>) {
        let (rows, problems) = read_table(text, columns, required);
        (rows, Reading { columns, problems })
    }

    pub(super) fn report(&mut self, row: &Row, column: usize, kind: TableProblemKind) {
        let field = self.columns.get(column).map(|name| (*name).to_owned());
        self.problems.push(TableProblem {
            line: row.line,
            field,
            kind,
        });
    }

    /// The field, which must not be empty.
    pub(super) fn filled(&mut self, row: &Row, column: usize) -> Option<String> {
        let field = row.optional(column);
        if field.is_none() {
            self.report(row, column, TableProblemKind::Empty);
        }
        field.map(str::to_owned)
    }

    /// The date, which must not be empty.
    fn date(&mut self, row: &Row, column: usize) -> Option<Date> {
        let text = self.filled(row, column)?;
        match parse_iso_date(&text) {
            Ok(date) => Some(date),
            Err(_) => {
                self.report(row, column, TableProblemKind::NotADate { text });
                None
            }
        }
    }

    /// The outer option is empty after a mistake, the inner one when nothing is written.
    pub(super) fn optional_date(&mut self, row: &Row, column: usize) -> Option<Option<Date>> {
        if row.optional(column).is_none() {
            Some(None)
        } else {
            self.date(row, column).map(Some)
        }
    }

    /// The mistakes, in the order of the lines.
    pub(super) fn finish(mut self) -> Vec<TableProblem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    /// Reports a key that stands on an earlier line.
    pub(super) fn unrepeated<K: Ord + Clone>(
        &mut self,
        row: &Row,
        column: usize,
        key: K,
        seen: &mut BTreeMap<K, u64>,
    ) -> bool {
        if let Some(first_line) = seen.get(&key).copied() {
            let text = row.field(column).to_owned();
            self.report(row, column, TableProblemKind::Repeated { text, first_line });
            return false;
        }
        seen.insert(key, row.line);
        true
    }
}

/// Reads the table of units. Tags are parted by blanks; dates are `yyyy-mm-dd` and included. A unit whose parent is
/// unknown is kept without a parent, so that one slip does not take a whole province away.
pub fn parse_units(text: &str) -> (Vec<Unit>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &UNIT_COLUMNS, 4);
    let mut units: Vec<(Row, Unit)> = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        if let Some(unit) = unit_of(&row, &mut reading)
            && reading.unrepeated(&row, 0, unit.id.clone(), &mut seen)
        {
            units.push((row, unit));
        }
    }
    let parents: BTreeMap<UnitId, Option<UnitId>> = units
        .iter()
        .map(|(_, unit)| (unit.id.clone(), unit.parent.clone()))
        .collect();
    for (row, unit) in &mut units {
        let Some(parent) = unit.parent.clone() else {
            continue;
        };
        let text = parent.0.clone();
        if !parents.contains_key(&parent) {
            reading.report(row, PARENT, TableProblemKind::UnknownReference { text });
            unit.parent = None;
        } else if is_own_ancestor(&unit.id, &parents) {
            reading.report(row, PARENT, TableProblemKind::Cycle { text });
            unit.parent = None;
        }
    }
    (
        units.into_iter().map(|(_, unit)| unit).collect(),
        reading.finish(),
    )
}

const PARENT: usize = 6;
const VALID_TO: usize = 9;
const ATTRIBUTES: usize = 10;

/// `loai_hinh=cong_lap khu_vuc=1`: names and values; a word without a sign says nothing.
fn attributes_of(text: &str) -> BTreeMap<String, String> {
    text.split_whitespace()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn unit_of(row: &Row, reading: &mut Reading<'_>) -> Option<Unit> {
    let id = reading.filled(row, 0);
    let level = reading.filled(row, 1);
    let item = reading.filled(row, 2);
    let name = reading.filled(row, 3);
    let valid_from = reading.optional_date(row, 8);
    let valid_to = reading.optional_date(row, VALID_TO);
    let mut tags: Vec<String> = row.field(7).split_whitespace().map(str::to_owned).collect();
    tags.sort();
    tags.dedup();
    let unit = Unit {
        id: UnitId(id?),
        level: level?,
        item: item?,
        name: name?,
        area_code: row.optional(4).map(str::to_owned),
        agency: row.optional(5).map(str::to_owned),
        parent: row.optional(PARENT).map(UnitId::from),
        tags,
        attributes: attributes_of(row.field(ATTRIBUTES)),
        valid_from: valid_from?,
        valid_to: valid_to?,
    };
    if let (Some(from), Some(to)) = (unit.valid_from, unit.valid_to)
        && to < from
    {
        reading.report(row, VALID_TO, TableProblemKind::DatesReversed);
        return None;
    }
    Some(unit)
}

/// Whether the way up from a unit comes back to it.
fn is_own_ancestor(id: &UnitId, parents: &BTreeMap<UnitId, Option<UnitId>>) -> bool {
    let mut current = parents.get(id).and_then(Option::as_ref);
    for _ in 0..parents.len() {
        match current {
            Some(above) if above == id => return true,
            Some(above) => current = parents.get(above).and_then(Option::as_ref),
            None => return false,
        }
    }
    false
}

/// Reads the table of successions. A share is a machine number above 0 and below 1; empty means the whole unit, and with several heirs on one day that the unit was divided and nobody has said how.
/// Whether the units exist is checked when both tables are at hand, by [`unknown_units`].
pub fn parse_successions(text: &str) -> (Vec<Succession>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &SUCCESSION_COLUMNS, 3);
    let mut successions = Vec::new();
    let mut seen = BTreeMap::new();
    let mut given: BTreeMap<(String, Date), Number> = BTreeMap::new();
    let mut without_share: BTreeSet<(String, Date)> = BTreeSet::new();
    for row in rows {
        let old = reading.filled(&row, 0);
        let new = reading.filled(&row, 1);
        let date = reading.date(&row, 2);
        let share = share_of(&row, &mut reading);
        let (Some(old), Some(new), Some(date), Some(share)) = (old, new, date, share) else {
            continue;
        };
        if reading.unrepeated(&row, 1, (old.clone(), new.clone(), date), &mut seen) {
            let key = (old.clone(), date);
            let so_far = given.get(&key).cloned().unwrap_or_else(Number::zero);
            let is_too_much = match &share {
                None => !so_far.is_zero(),
                Some(part) => without_share.contains(&key) || so_far.add(part) > Number::one(),
            };
            match &share {
                None => {
                    without_share.insert(key);
                }
                Some(part) => {
                    given.insert(key, so_far.add(part));
                }
            }
            if is_too_much {
                let text = old.clone();
                reading.report(&row, SHARE, TableProblemKind::MoreThanWhole { text });
                continue;
            }
            let basis = row.optional(4).map(str::to_owned);
            successions.push(Succession {
                old: UnitId(old),
                new: UnitId(new),
                date,
                share,
                basis,
            });
        }
    }
    (successions, reading.finish())
}

/// Reads the table of links: which unit hangs below which, from and until when; both days are included. A unit that would hang below itself is
/// reported. Whether the units exist is seen when both tables are at hand: a link of an unknown unit has no effect.
pub fn parse_links(text: &str) -> (Vec<Link>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &LINK_COLUMNS, 2);
    let mut links = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let child = reading.filled(&row, 0);
        let parent = reading.filled(&row, 1);
        let from = reading.optional_date(&row, 2);
        let until = reading.optional_date(&row, 3);
        let (Some(child), Some(parent), Some(from), Some(until)) = (child, parent, from, until)
        else {
            continue;
        };
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            reading.report(&row, 3, TableProblemKind::DatesReversed);
            continue;
        }
        if child == parent {
            reading.report(&row, 1, TableProblemKind::Cycle { text: parent });
            continue;
        }
        if reading.unrepeated(&row, 0, (child.clone(), from), &mut seen) {
            links.push(Link {
                child: UnitId(child),
                parent: UnitId(parent),
                from,
                until,
            });
        }
    }
    (links, reading.finish())
}

const SHARE: usize = 3;

fn share_of(row: &Row, reading: &mut Reading<'_>) -> Option<Option<Number>> {
    let Some(text) = row.optional(SHARE) else {
        return Some(None);
    };
    match Number::parse(text) {
        Ok(share) if share > Number::zero() && share < Number::one() => Some(Some(share)),
        _ => {
            reading.report(
                row,
                SHARE,
                TableProblemKind::NotANumber {
                    text: text.to_owned(),
                },
            );
            None
        }
    }
}

/// The units that successions name and the organisation does not have, each once, by id.
pub fn unknown_units(units: &[Unit], successions: &[Succession]) -> Vec<UnitId> {
    let known: std::collections::BTreeSet<&UnitId> = units.iter().map(|unit| &unit.id).collect();
    let mut missing: Vec<UnitId> = successions
        .iter()
        .flat_map(|row| [&row.old, &row.new])
        .filter(|id| !known.contains(id))
        .cloned()
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

/// Reads the table of decisions about days off: the second column is `off` or `work`.
pub fn parse_decisions(text: &str) -> (Vec<Decision>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &DECISION_COLUMNS, 3);
    let mut decisions = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let date = reading.date(&row, 0);
        let off = match row.field(1) {
            "off" => Some(true),
            "work" => Some(false),
            other => {
                reading.report(
                    &row,
                    1,
                    TableProblemKind::NotAllowed {
                        text: other.to_owned(),
                    },
                );
                None
            }
        };
        let (Some(date), Some(off)) = (date, off) else {
            continue;
        };
        if reading.unrepeated(&row, 0, date, &mut seen) {
            decisions.push(Decision {
                date,
                off,
                basis: row.field(2).to_owned(),
            });
        }
    }
    (decisions, reading.finish())
}

/// Reads a table of routes: who sends, who receives, from and until when. The forms are those of the statement that names the table.
pub fn parse_routes(text: &str) -> (Vec<Assignment>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &ROUTE_COLUMNS, 2);
    let mut routes = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let unit = reading.filled(&row, 0);
        let recipient = reading.filled(&row, 1);
        let from = reading.optional_date(&row, 2);
        let until = reading.optional_date(&row, 3);
        let (Some(unit), Some(recipient), Some(from), Some(until)) = (unit, recipient, from, until)
        else {
            continue;
        };
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            reading.report(&row, 3, TableProblemKind::DatesReversed);
            continue;
        }
        if reading.unrepeated(&row, 0, (unit.clone(), from), &mut seen) {
            routes.push(Assignment {
                unit: UnitId(unit),
                unit_name: None,
                recipient,
                recipient_name: None,
                from,
                until,
                forms: Vec::new(),
            });
        }
    }
    (routes, reading.finish())
}

/// Reads a table of lunar months: the first day of each, its number, and `leap` for the second month of that number.
pub fn parse_lunar(text: &str) -> (Vec<LunarMonth>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &LUNAR_COLUMNS, 2);
    let mut months = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let begins = reading.date(&row, 0);
        let month = row.field(1).parse::<u8>().ok();
        let month = month.filter(|month| (1..=12).contains(month));
        if month.is_none() {
            let text = row.field(1).to_owned();
            reading.report(&row, 1, TableProblemKind::NotANumber { text });
        }
        let leap = match row.optional(2) {
            None => Some(false),
            Some("leap") => Some(true),
            Some(other) => {
                let text = other.to_owned();
                reading.report(&row, 2, TableProblemKind::NotAllowed { text });
                None
            }
        };
        let (Some(begins), Some(month), Some(leap)) = (begins, month, leap) else {
            continue;
        };
        if reading.unrepeated(&row, 0, begins, &mut seen) {
            months.push(LunarMonth {
                begins,
                month,
                leap,
            });
        }
    }
    (months, reading.finish())
}
