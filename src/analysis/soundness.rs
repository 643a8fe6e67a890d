//! Which regimes are free of errors, in themselves and in the words they use.
//!
//! A regime depends on its own text, on every declaration a name in it leads to, and so on. It deliberately does not know what the errors are.

use super::Reference;
use super::model::{Model, Regime};
use super::project::Project;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The references of each file in the order of their places.
type Uses = BTreeMap<FileId, Vec<(Label, Label)>>;

/// Sets [`super::model::Regime::sound`], given all that was told.
pub(super) fn mark(
    model: &mut Model,
    project: &Project,
    (problems, references): (&[Diagnostic], &[Reference]),
    shared: &[Label],
) {
    if model.regimes.is_empty() {
        return;
    }
    let of_form = project.sources.iter().flat_map(|source| &source.problems);
    let errors: Vec<Label> = of_form
        .chain(problems)
        .filter(|diagnostic| diagnostic.problem.severity() == Severity::Error)
        .map(|diagnostic| diagnostic.primary)
        .collect();
    if errors.is_empty() {
        for regime in &mut model.regimes {
            set(regime, true);
        }
        return;
    }
    let mut uses = Uses::new();
    for reference in references {
        let of_file = uses.entry(reference.used.file).or_default();
        of_file.push((reference.used, reference.declared));
    }
    for of_file in uses.values_mut() {
        of_file.sort_unstable();
    }
    let mut broken: BTreeMap<FileId, BTreeSet<u32>> = BTreeMap::new();
    for error in errors {
        let of_file = broken.entry(error.file).or_default();
        of_file.insert(error.span.start);
    }
    for regime in &mut model.regimes {
        let mut areas = vec![regime.place.label];
        areas.extend(shared);
        let mut known: BTreeSet<Label> = areas.iter().copied().collect();
        let mut sound = true;
        while let Some(area) = areas.pop() {
            if touches(area, &broken) {
                sound = false;
                break;
            }
            let declared = within(area, &uses).filter(|declared| known.insert(*declared));
            areas.extend(declared);
        }
        set(regime, sound);
    }
}

/// Marks a regime; one that is marked already stays the very same.
fn set(regime: &mut Arc<Regime>, sound: bool) {
    if regime.sound != sound {
        Arc::make_mut(regime).sound = sound;
    }
}

/// Where the names inside an area lead.
fn within(area: Label, uses: &Uses) -> impl Iterator<Item = Label> {
    let of_file = uses.get(&area.file).map_or(&[][..], Vec::as_slice);
    let first = of_file.partition_point(|(used, _)| used.span.start < area.span.start);
    of_file
        .iter()
        .skip(first)
        .take_while(move |(used, _)| used.span.start <= area.span.end)
        .filter(move |(used, _)| area.span.contains(used.span))
        .map(|(_, declared)| *declared)
}

/// An error beside an area counts too: the missing brace at its end is reported just behind it.
fn touches(area: Label, broken: &BTreeMap<FileId, BTreeSet<u32>>) -> bool {
    broken.get(&area.file).is_some_and(|starts| {
        let mut inside = starts.range(area.span.start..=area.span.end);
        inside.next().is_some()
    })
}
