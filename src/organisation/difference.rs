//! What is other in one set of unit tables than in another, unit by unit and fact by fact, as a person would say it.
//!
//! Deliberately does not know: which of the two is right, and what it does to reports.
//! On broken input: rows that could not be read are in neither; the reader of the tables names them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::codes::UnitCode;
use super::unit::{Link, Succession, Unit, UnitId};
use super::unit_tables::UnitTables;
use crate::calendar::Date;
use crate::calendar::dates::days_after;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A unit that was not there.
    Added(Unit),
    /// A unit that is there no more; its whole past would be gone.
    Removed(Unit),
    /// Facts of a unit are other ones.
    Unit {
        /// The unit as it is now.
        unit: UnitId,
        /// Its name before.
        name: String,
        /// What is other.
        facts: Vec<FactChange>,
    },
    /// A link that was not there.
    LinkAdded(Link),
    /// A link that is there no more.
    LinkRemoved(Link),
    /// A succession that was not there.
    SuccessionAdded(Succession),
    /// A succession that is there no more.
    SuccessionRemoved(Succession),
    /// A code that was not there.
    CodeAdded(UnitCode),
    /// A code that is there no more.
    CodeRemoved(UnitCode),
}

/// A fact of a unit that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactChange {
    /// Its first day.
    Began(Option<Date>, Option<Date>),
    /// Its last day: closed, opened again, or closed on another day.
    Ended(Option<Date>, Option<Date>),
    /// Its name.
    Renamed(String, String),
    /// Its level and kind.
    Kind((String, String), (String, String)),
    /// The unit above.
    Moved(Option<UnitId>, Option<UnitId>),
    /// Its territorial code.
    Code(Option<String>, Option<String>),
    /// The agency it is.
    Agency(Option<String>, Option<String>),
    /// Its tags.
    Tags(Vec<String>, Vec<String>),
    /// Its attributes.
    Attributes(BTreeMap<String, String>, BTreeMap<String, String>),
}

impl Change {
    /// The first day that reads otherwise through the change; none where it always does.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Change::Added(unit) | Change::Removed(unit) => unit.valid_from,
            Change::Unit { facts, .. } => {
                let days = facts.iter().map(FactChange::first_day);
                days.min().flatten()
            }
            Change::LinkAdded(link) | Change::LinkRemoved(link) => link.from,
            Change::SuccessionAdded(row) | Change::SuccessionRemoved(row) => Some(row.date),
            Change::CodeAdded(code) | Change::CodeRemoved(code) => code.from,
        }
    }
}

impl FactChange {
    fn first_day(&self) -> Option<Date> {
        match self {
            FactChange::Began(before, after) => (*before).min(*after),
            // The day after the earlier end is the first on which the unit is otherwise.
            FactChange::Ended(before, after) => match (before, after) {
                (Some(before), Some(after)) => Some(*before.min(after)),
                (one, other) => one.or(*other),
            },
            _ => None,
        }
    }
}

/// What is other after than before: units first, in the order of their ids, then links, successions and codes.
pub fn difference(before: &UnitTables, after: &UnitTables) -> Vec<Change> {
    let by_id = |tables: &'_ UnitTables| -> BTreeMap<UnitId, Unit> {
        let units = tables.units.iter();
        units.map(|unit| (unit.id.clone(), unit.clone())).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let mut changes = Vec::new();
    for (id, unit) in &new {
        match old.get(id) {
            None => changes.push(Change::Added(unit.clone())),
            Some(was) => {
                let facts = facts(was, unit);
                if !facts.is_empty() {
                    changes.push(Change::Unit {
                        unit: id.clone(),
                        name: was.name.clone(),
                        facts,
                    });
                }
            }
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    changes.extend(gone.map(|(_, unit)| Change::Removed(unit.clone())));
    rows(
        (&before.links, &after.links),
        (Change::LinkRemoved, Change::LinkAdded),
        &mut changes,
    );
    rows(
        (&before.successions, &after.successions),
        (Change::SuccessionRemoved, Change::SuccessionAdded),
        &mut changes,
    );
    rows(
        (&before.codes, &after.codes),
        (Change::CodeRemoved, Change::CodeAdded),
        &mut changes,
    );
    changes
}

/// Units with a day on which something happens to them.
pub type Dated = Vec<(UnitId, Date)>;

/// The units that a change of the tables ends before a day and begins on it: those that exist only on one side of it.
pub fn ended_and_begun(before: &UnitTables, after: &UnitTables) -> (Dated, Dated) {
    let (mut ended, mut begun) = (Vec::new(), Vec::new());
    for change in difference(before, after) {
        match change {
            Change::Added(unit) => {
                begun.extend(unit.valid_from.map(|from| (unit.id.clone(), from)))
            }
            Change::Unit { unit, .. } => {
                let last = |tables: &UnitTables| tables.unit(&unit).and_then(|unit| unit.valid_to);
                if let Some(to) = last(after)
                    && last(before) != Some(to)
                {
                    ended.push((unit.clone(), days_after(to, 1)));
                }
            }
            _ => {}
        }
    }
    (ended, begun)
}

/// What a row becomes.
type Made<T> = fn(T) -> Change;

fn rows<T: Clone + Debug>(
    (before, after): (&[T], &[T]),
    (removed, added): (Made<T>, Made<T>),
    changes: &mut Vec<Change>,
) {
    // Rows are plain data, so that their debug form says all of them; a whole country has ten thousand.
    let known =
        |rows: &[T]| -> BTreeSet<String> { rows.iter().map(|row| format!("{row:?}")).collect() };
    let (old, new) = (known(before), known(after));
    let gone = before
        .iter()
        .filter(|row| !new.contains(&format!("{row:?}")));
    changes.extend(gone.cloned().map(removed));
    let came = after
        .iter()
        .filter(|row| !old.contains(&format!("{row:?}")));
    changes.extend(came.cloned().map(added));
}

fn facts(was: &Unit, is: &Unit) -> Vec<FactChange> {
    let kind = |unit: &Unit| (unit.level.clone(), unit.item.clone());
    let mut facts = Vec::new();
    let mut push = |other: bool, fact: FactChange| {
        if other {
            facts.push(fact);
        }
    };
    push(
        was.name != is.name,
        FactChange::Renamed(was.name.clone(), is.name.clone()),
    );
    push(kind(was) != kind(is), FactChange::Kind(kind(was), kind(is)));
    push(
        was.parent != is.parent,
        FactChange::Moved(was.parent.clone(), is.parent.clone()),
    );
    push(
        was.area_code != is.area_code,
        FactChange::Code(was.area_code.clone(), is.area_code.clone()),
    );
    push(
        was.agency != is.agency,
        FactChange::Agency(was.agency.clone(), is.agency.clone()),
    );
    push(
        was.tags != is.tags,
        FactChange::Tags(was.tags.clone(), is.tags.clone()),
    );
    push(
        was.attributes != is.attributes,
        FactChange::Attributes(was.attributes.clone(), is.attributes.clone()),
    );
    push(
        was.valid_from != is.valid_from,
        FactChange::Began(was.valid_from, is.valid_from),
    );
    push(
        was.valid_to != is.valid_to,
        FactChange::Ended(was.valid_to, is.valid_to),
    );
    facts
}
