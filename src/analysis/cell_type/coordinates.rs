//! Of which part of the whole a cell speaks: members of breakdowns and traits.
//!
//! It deliberately does not know catalogs; who is whose ancestor is asked of the caller. An absent dimension means the total.

use super::clash::Clash;
use std::collections::{BTreeMap, BTreeSet};

/// A dimension of breakdown, the position of its catalog in the words of the project, or the rows of a split without a catalog.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// A catalog.
    Catalog(usize),
    /// A split without a catalog, by the key of the divided row or column.
    Split(String),
}

/// Where a cell stands in all breakdowns.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coordinates {
    /// The member per dimension.
    pub members: BTreeMap<Axis, String>,
    /// Traits, positions in the words of the project.
    pub traits: BTreeSet<usize>,
}

/// Coordinates that meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The meet.
    pub coordinates: Coordinates,
    /// Dimensions stated twice with the same member, which says nothing new.
    pub repeated: Vec<Axis>,
}

impl Coordinates {
    /// The total of everything.
    pub fn total() -> Coordinates {
        Coordinates::default()
    }

    /// Both at once. `inside(axis, a, b)` tells whether entry `a` lies below entry `b`.
    pub fn meet(
        &self,
        other: &Coordinates,
        inside: &dyn Fn(&Axis, &str, &str) -> bool,
    ) -> Result<Met, Clash> {
        let mut coordinates = self.clone();
        let mut repeated = Vec::new();
        coordinates.traits.extend(&other.traits);
        for (axis, member) in &other.members {
            let narrower = match coordinates.members.get(axis) {
                None => member,
                Some(known) if known == member => {
                    repeated.push(axis.clone());
                    member
                }
                Some(known) if inside(axis, known, member) => known,
                Some(known) if inside(axis, member, known) => member,
                Some(known) => {
                    return Err(Clash::Members(axis.clone(), known.clone(), member.clone()));
                }
            };
            let narrower = narrower.clone();
            coordinates.members.insert(axis.clone(), narrower);
        }
        Ok(Met {
            coordinates,
            repeated,
        })
    }
}
