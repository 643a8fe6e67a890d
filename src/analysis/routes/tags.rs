//! Routes for units with one tag and for units with another: a unit that bears both takes both.
//!
//! The route that names more tags goes before one that names fewer, so only routes that name equally many are compared. It deliberately takes the table of units as it stands: where there is
//! one and no unit of it bears the tags of both routes, nothing is said. What is compared is counted (`size`).

use super::{Hop, meet, same_forms};
use crate::analysis::context::Context;
use crate::analysis::shared::Shared;
use crate::diagnostic::problem::meaning::hop::HopProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::organisation::Party;
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// With so many routes to other recipients each is compared.
const MOST_OTHERS: usize = 32;

/// Reports the first two such hops of each sender.
pub(super) fn check(context: &mut Context, shared: &Shared, file: FileId, all: &[Hop]) {
    let mut senders: BTreeMap<(&str, usize), Vec<&Hop>> = BTreeMap::new();
    for hop in all.iter().filter(|hop| !hop.sender.tags.is_empty()) {
        let key = (hop.sender.name.as_str(), hop.sender.tags.len());
        senders.entry(key).or_default().push(hop);
    }
    for hops in senders.values() {
        let mut compared = 0_usize;
        // Hops to the same recipients contradict nothing, so the first to each is enough to compare with.
        let mut firsts: BTreeMap<&[Party], &Hop> = BTreeMap::new();
        let found = hops.iter().find_map(|hop| {
            let others = firsts
                .iter()
                .filter(|(recipients, _)| **recipients != &*hop.recipients);
            let mut others = others.map(|(_, other)| *other).take(MOST_OTHERS);
            let wanted = tags(hop);
            let other = others.find(|other| {
                compared = compared.saturating_add(1);
                tags(other) != wanted
                    && same_forms(other, hop)
                    && meet((other.from, other.until), (hop.from, hop.until))
            });
            firsts.entry(&hop.recipients).or_insert(hop);
            Some((other?, *hop))
        });
        let place = hops.first().map(|hop| hop.span).unwrap_or_default();
        if !context.spend(compared, file, place) {
            return;
        }
        let Some((other, hop)) = found else { continue };
        let wanted: BTreeSet<&String> = tags(other).union(&tags(hop)).copied().collect();
        let name = hop.sender.name.as_str();
        if says_where(all, hop, &wanted) {
            continue;
        }
        let mut units = shared.units.iter();
        let bears = units.find(|unit| {
            let meant = unit.level == name || unit.agency.as_deref() == Some(name);
            meant && wanted.iter().all(|tag| unit.tags.contains(tag))
        });
        if bears.is_none() && shared.unit_names.is_some() {
            continue;
        }
        let problem = HopProblem::GoesToBoth {
            who: name.to_owned(),
            one: other.sender.tags.clone(),
            other: hop.sender.tags.clone(),
            unit: bears.map(|unit| unit.name.clone()),
        };
        context.push(Diagnostic::new(problem, file, hop.span).noting(
            Note::AlsoHere,
            file,
            other.span,
        ));
    }
}

/// Whether a further route says where units go that bear all the tags.
fn says_where(all: &[Hop], hop: &Hop, wanted: &BTreeSet<&String>) -> bool {
    all.iter().any(|other| {
        other.sender.name == hop.sender.name
            && tags(other).is_superset(wanted)
            && same_forms(other, hop)
            && meet((other.from, other.until), (hop.from, hop.until))
    })
}

fn tags(hop: &Hop) -> BTreeSet<&String> {
    hop.sender.tags.iter().collect()
}
