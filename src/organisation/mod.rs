//! Dated units, who follows whom through a reform, and the way reports travel between them.
//!
//! Deliberately does not know: regimes, cells, users, storage.
//! On broken input: reading a table names the line and field of each mistake and keeps every healthy line; questions
//! about units that do not exist have empty answers. Territorial codes are re-used after a reform, so units are
//! matched by their id and never by their code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use codes::UnitCode;

pub mod codes;
pub mod difference;
mod event;
mod plan_values;
pub mod reform;
mod routing;
mod tables;
#[cfg(test)]
mod tests;
mod unit;
pub mod unit_tables;

pub use event::{Event, EventField, EventState, FieldKind, FieldTest, FieldValue};
pub use plan_values::{
    PLAN_VALUE_COLUMNS, PlanTables, PlanValue, Uneven, parse_plan_values, uneven,
};
pub use routing::{Assignment, Route, RouteError, Routing, Step, Suspension};
pub use tables::{
    DECISION_COLUMNS, LINK_COLUMNS, LUNAR_COLUMNS, ROUTE_COLUMNS, SUCCESSION_COLUMNS, UNIT_COLUMNS,
    parse_decisions, parse_links, parse_lunar, parse_routes, parse_successions, parse_units,
    unknown_units,
};
pub use unit::{Link, Party, Succession, Unit, UnitId};

/// All units of the project with their successions. Every question takes the date it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    units: BTreeMap<UnitId, Unit>,
    children: BTreeMap<UnitId, Vec<UnitId>>,
    successions: Vec<Succession>,
    /// Which unit hangs below which, in time; of a unit without a link its own parent holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    /// Codes beside the first territorial one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<UnitCode>,
}

impl Organisation {
    /// An organisation of these units. Of two units with one id the first is kept.
    pub fn new(units: Vec<Unit>, successions: Vec<Succession>) -> Organisation {
        let mut by_id: BTreeMap<UnitId, Unit> = BTreeMap::new();
        for unit in units {
            by_id.entry(unit.id.clone()).or_insert(unit);
        }
        let mut children: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
        for unit in by_id.values() {
            if let Some(parent) = &unit.parent {
                children
                    .entry(parent.clone())
                    .or_default()
                    .push(unit.id.clone());
            }
        }
        Organisation {
            units: by_id,
            children,
            successions,
            links: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// The same with links between units in time. A unit with links has the parent that its link names on a date, and none on other days; every other unit keeps its
    /// own parent.
    #[must_use]
    pub fn linked(mut self, links: Vec<Link>) -> Organisation {
        for link in &links {
            let below = self.children.entry(link.parent.clone()).or_default();
            if !below.contains(&link.child) {
                below.push(link.child.clone());
                below.sort();
            }
        }
        self.links = links;
        self
    }

    /// The unit directly above on a date, whether or not it exists then. The one way to ask for it: the parent a unit names itself holds only where no links speak of it.
    pub fn parent_on<'o>(&'o self, unit: &'o Unit, date: Date) -> Option<&'o UnitId> {
        let mut of_unit = self
            .links
            .iter()
            .filter(|link| link.child == unit.id)
            .peekable();
        if of_unit.peek().is_none() {
            return unit.parent.as_ref();
        }
        // Of two links that overlap the one that began later holds.
        of_unit
            .filter(|link| link.holds_on(date))
            .max_by_key(|link| link.from)
            .map(|link| &link.parent)
    }

    /// The unit of that id, whether or not it still exists.
    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// All units, by id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The links of a unit to those above it, in the order in which they began; none where its own parent always holds.
    pub fn links_of(&self, id: &UnitId) -> Vec<&Link> {
        let mut links: Vec<&Link> = self.links.iter().filter(|link| link.child == *id).collect();
        links.sort_by_key(|link| link.from);
        links
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
        let below = self.children.get(id).map_or(&[][..], Vec::as_slice);
        below
            .iter()
            .filter_map(|child| self.units.get(child))
            .filter(|child| child.is_valid_on(date) && self.parent_on(child, date) == Some(id))
            .collect()
    }

    /// The units above, the nearest first, as far as they exist on a date. A circle of parents is walked once.
    pub fn ancestors(&self, id: &UnitId, date: Date) -> Vec<&Unit> {
        let mut above: Vec<&Unit> = Vec::new();
        let mut current = self.units.get(id);
        while let Some(parent) = current
            .and_then(|unit| self.parent_on(unit, date))
            .and_then(|parent| self.units.get(parent))
        {
            let seen = parent.id == *id || above.iter().any(|earlier| earlier.id == parent.id);
            if seen || !parent.is_valid_on(date) {
                break;
            }
            above.push(parent);
            current = Some(parent);
        }
        above
    }

    /// The nearest unit that all of some units are, or lie below, on a date; `None` for units that have none in common.
    pub fn around(&self, ids: &[UnitId], date: Date) -> Option<&Unit> {
        let (first, others) = ids.split_first()?;
        let own = self.units.get(first);
        let mut candidates = own.into_iter().chain(self.ancestors(first, date));
        candidates.find(|candidate| {
            others.iter().all(|id| {
                *id == candidate.id
                    || self
                        .ancestors(id, date)
                        .iter()
                        .any(|above| above.id == candidate.id)
            })
        })
    }

    /// The unit above that stands on a level, on a date; the unit itself is not looked at.
    pub fn ancestor_at_level(&self, id: &UnitId, level: &str, date: Date) -> Option<&Unit> {
        self.ancestors(id, date)
            .into_iter()
            .find(|unit| unit.level == level)
    }

    /// The unit that is a declared agency, on a date. Where several provinces have one it is that of the province of
    /// `near`: the one whose parent is the unit itself or the nearest above it. `None` also when two are equally near.
    pub fn agency(&self, agency: &str, near: &UnitId, date: Date) -> Option<&Unit> {
        let bodies: Vec<&Unit> = self
            .valid_on(date)
            .filter(|unit| unit.agency.as_deref() == Some(agency))
            .collect();
        if let [only] = bodies.as_slice() {
            return Some(only);
        }
        let around: Vec<&UnitId> = std::iter::once(near)
            .chain(self.ancestors(near, date).into_iter().map(|unit| &unit.id))
            .collect();
        around.into_iter().find_map(|place| {
            let close: Vec<&&Unit> = bodies
                .iter()
                .filter(|body| body.id == *place || self.parent_on(body, date) == Some(place))
                .collect();
            if let [only] = close.as_slice() {
                Some(**only)
            } else {
                None
            }
        })
    }

    /// Whether a unit exists on a date and is meant by a party: its level or its agency, with all the tags.
    pub fn matches(&self, id: &UnitId, party: &Party, date: Date) -> bool {
        self.units
            .get(id)
            .is_some_and(|unit| unit.is_valid_on(date) && unit.closeness(party).is_some())
    }

    /// Which of several parties means a unit most closely: its agency before its level, more tags before fewer,
    /// then the first. Thanh tra tỉnh stands on the level `so`, but what is said of `thanh_tra_tinh` holds for it.
    pub fn closest<'p>(&self, id: &UnitId, parties: &'p [Party], date: Date) -> Option<&'p Party> {
        let unit = self.units.get(id).filter(|unit| unit.is_valid_on(date))?;
        let meant = parties
            .iter()
            .filter_map(|party| Some((unit.closeness(party)?, party)));
        // `rev` because `max_by_key` keeps the last of equals.
        meant
            .rev()
            .max_by_key(|(closeness, _)| *closeness)
            .map(|(_, party)| party)
    }

    /// The units that are meant by at least one of the parties on a date, by id.
    pub fn reporters(&self, parties: &[Party], date: Date) -> Vec<UnitId> {
        let meant = |unit: &&Unit| parties.iter().any(|party| unit.closeness(party).is_some());
        self.valid_on(date)
            .filter(meant)
            .map(|unit| unit.id.clone())
            .collect()
    }

    /// The successions through which a unit took over from others, up to and including a date.
    pub fn predecessors(&self, id: &UnitId, date: Date) -> Vec<&Succession> {
        self.successions
            .iter()
            .filter(|row| row.new == *id && row.date <= date)
            .collect()
    }

    /// The successions through which others took over from a unit, up to and including a date.
    pub fn successors(&self, id: &UnitId, date: Date) -> Vec<&Succession> {
        self.successions
            .iter()
            .filter(|row| row.old == *id && row.date <= date)
            .collect()
    }
}
