//! Whether the parts of a breakdown by a catalog are all its entries, each once: `split by` claims that they add up to the whole.
//!
//! An inner entry stands for everything below it, and all that is below it stands for an inner entry. It deliberately does not know rows and columns. Where
//! a part bears a name that leads nowhere, or entries of the catalog could not be read, nothing is missed.

use crate::analysis::context::Context;
use crate::analysis::model::words::{Catalog, CatalogEntry};
use crate::analysis::shared::Shared;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The most missing entries that are named.
const MOST_NAMED: usize = 5;

/// So many entries are looked at for what counts as one part of a file (`size`).
const LOOKED_AT: usize = 8;

/// Checks the parts, each with the entry it is and its place, against the entries in force of a catalog.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    position: usize,
    parts: &[(Option<String>, Span)],
    span: Span,
) {
    let Some(catalog) = shared.words.catalogs.get(position) else {
        return;
    };
    let known: Option<BTreeSet<&str>> = parts.iter().map(|(entry, _)| entry.as_deref()).collect();
    let Some(known) = known.filter(|_| catalog.complete) else {
        return;
    };
    if !context.spend(catalog.entries.len().div_ceil(LOOKED_AT), file, span) {
        return;
    }
    // An entry that stands twice is told as a repeated name; the other was meant by one of them.
    let mut twice = known.len() < parts.len();
    for (entry, place) in parts {
        let Some(inner) = entry else { continue };
        let outer = above(catalog, inner)
            .filter_map(|outer| known.get(outer))
            .min();
        if let Some(outer) = outer {
            twice = true;
            let problem = BreakdownProblem::MemberInsideMember {
                inner: inner.clone(),
                outer: (*outer).to_owned(),
            };
            context.report(problem, file, *place);
        }
    }
    let mut children: Children = BTreeMap::new();
    for (position, entry) in catalog.entries.iter().enumerate() {
        children.entry(entry.parent).or_default().push(position);
    }
    let mut missing: Vec<String> = missing(context, (catalog, &children), None, &known);
    if !twice && !missing.is_empty() {
        missing.truncate(MOST_NAMED);
        missing.shrink_to_fit();
        let problem = BreakdownProblem::MemberMissing {
            catalog: catalog.label.clone(),
            missing,
        };
        context.report(problem, file, span);
    }
}

/// The positions of the entries directly below an entry, or of the outermost ones.
type Children = BTreeMap<Option<usize>, Vec<usize>>;

/// The names of the entries above one.
fn above<'c>(catalog: &'c Catalog, name: &str) -> impl Iterator<Item = &'c str> {
    let entry = catalog.entries.named(name);
    let outer = |entry: &&'c CatalogEntry| catalog.entries.get(entry.parent?);
    std::iter::successors(entry, outer)
        .skip(1)
        // A tree cannot be deeper than it has entries.
        .take(catalog.entries.len())
        .map(|entry| entry.name.as_str())
}

/// The entries below one that no part stands for; an entry of which nothing is there is named itself. A tree is only as deep as nesting in a source or a
/// table may be.
fn missing(
    context: &Context,
    (catalog, children): (&Catalog, &Children),
    parent: Option<usize>,
    known: &BTreeSet<&str>,
) -> Vec<String> {
    let mut found = Vec::new();
    for position in children.get(&parent).into_iter().flatten() {
        let Some(entry) = catalog.entries.get(*position) else {
            continue;
        };
        if known.contains(entry.name.as_str()) || !entry.in_force(context.in_force) {
            continue;
        }
        // Parents stand before their children, so the walk ends.
        let inner = missing(context, (catalog, children), Some(*position), known);
        let own = children.get(&Some(*position)).map_or(0, Vec::len);
        let some = own > 0 && inner.len() < own;
        match inner.is_empty() && own > 0 {
            true => {}
            false if some => found.extend(inner),
            false => found.push(entry.name.clone()),
        }
    }
    found
}
