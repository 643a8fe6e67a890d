//! Dated units, who follows whom through a reform, and the way reports travel between them.
//!
//! Deliberately does not know: regimes, cells, users, storage.
//! On broken input: reading a table names the line and field of each mistake and keeps every healthy line; questions
//! about units that do not exist have empty answers. Territorial codes are re-used after a reform, so units are
//! matched by their id and never by their code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;

mod routing;
mod tables;
mod unit;

pub use routing::{Route, RouteError, Routing, Suspension};
pub use tables::{
    SUCCESSION_COLUMNS, UNIT_COLUMNS, parse_decisions, parse_successions, parse_units,
};
pub use unit::{Party, Succession, Unit, UnitId};

/// All units of the project with their successions. Every question takes the date it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    units: BTreeMap<UnitId, Unit>,
    children: BTreeMap<UnitId, Vec<UnitId>>,
    successions: Vec<Succession>,
}

impl Organisation {
    /// An organisation of these units. Of two units with one id the first is kept.
    pub fn new(units: Vec<Unit>, successions: Vec<Succession>) -> Organisation {
        todo!("{units:?} {successions:?}")
    }

    /// The unit of that id, whether or not it still exists.
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// All units, by id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// All successions, in the order of their table.
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// The units that exist on a date, by id.
    pub fn valid_on(&self, date: Date) -> impl Iterator<Item = &Unit> {
        self.units
            .values()
            .filter(move |unit| unit.is_valid_on(date))
    }

    /// The units directly below, that exist on a date, by id.
    pub fn children_on(&self, id: &UnitId, date: Date) -> Vec<&Unit> {
        todo!("{id:?} {date}")
    }

    /// The units above, the nearest first, as far as they exist on a date.
    pub fn ancestors(&self, id: &UnitId, date: Date) -> Vec<&Unit> {
        todo!("{id:?} {date}")
    }

    /// The unit above that stands on a level, on a date; the unit itself is not looked at.
    pub fn ancestor_at_level(&self, id: &UnitId, level: &str, date: Date) -> Option<&Unit> {
        todo!("{id:?} {level} {date}")
    }

    /// The unit that is a declared agency, on a date; where several provinces have one, the one nearest to `near`.
    pub fn agency(&self, agency: &str, near: &UnitId, date: Date) -> Option<&Unit> {
        todo!("{agency} {near:?} {date}")
    }

    /// Whether a unit exists on a date and is meant by a party: its level or its agency, with all the tags.
    pub fn matches(&self, id: &UnitId, party: &Party, date: Date) -> bool {
        todo!("{id:?} {party:?} {date}")
    }

    /// The units that are meant by at least one of the parties on a date, by id.
    pub fn reporters(&self, parties: &[Party], date: Date) -> Vec<UnitId> {
        todo!("{parties:?} {date}")
    }

    /// The successions through which a unit took over from others, up to and including a date.
    pub fn predecessors(&self, id: &UnitId, date: Date) -> Vec<&Succession> {
        todo!("{id:?} {date}")
    }

    /// The successions through which others took over from a unit, up to and including a date.
    pub fn successors(&self, id: &UnitId, date: Date) -> Vec<&Succession> {
        todo!("{id:?} {date}")
    }
}
