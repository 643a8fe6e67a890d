//! Which regimes are free of errors, in themselves and in the words they use.
//!
//! A regime depends on its own text, on every declaration a name in it leads to, and so on. Only what can lead to an error is followed: an author who is typing has one nearly always, and it is in one file of many.
//! It deliberately does not know what the errors are.

use super::model::{Model, Regime};
use super::project::Project;
use super::uses::Uses;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where errors begin, by file.
type Broken = BTreeMap<FileId, BTreeSet<u32>>;

/// Sets [`super::model::Regime::sound`], given all that was told.
pub(super) fn mark(
    model: &mut Model,
    project: &Project,
    (problems, uses): (&[Diagnostic], &Uses),
    shared: &[Label],
) {
    let of_form = project.sources.iter().flat_map(|source| &source.problems);
    let errors = of_form
        .chain(problems)
        .filter(|diagnostic| diagnostic.problem.severity() == Severity::Error);
    let mut broken = Broken::new();
    for error in errors.map(|diagnostic| diagnostic.primary) {
        let of_file = broken.entry(error.file).or_default();
        of_file.insert(error.span.start);
    }
    let doubtful = leading_to(&broken, uses);
    let leads: BTreeMap<Label, &[Label]> = uses
        .parts
        .iter()
        .filter_map(|part| Some((part.place?, &*part.leads)))
        .collect();
    let of_rest = uses.rest.iter().map(|reference| &reference.declared);
    let starts = shared.iter().chain(leads.values().copied().flatten());
    let starts: BTreeSet<Label> = starts
        .chain(of_rest)
        .filter(|label| doubtful.contains(&label.file))
        .copied()
        .collect();
    let spoiled = spoiled(starts, &doubtful, &broken, uses);
    let is_shared_spoiled = shared.iter().any(|label| spoiled.contains(label));
    for regime in &mut model.regimes {
        let place = regime.place.label;
        let leads = leads.get(&place).copied().unwrap_or_default();
        let rest = uses.rest.iter().filter(|reference| {
            reference.used.file == place.file && place.span.contains(reference.used.span)
        });
        let mut leads = leads
            .iter()
            .chain(rest.map(|reference| &reference.declared));
        let sound = !is_shared_spoiled
            && !touches(place, &broken)
            && (spoiled.is_empty() || !leads.any(|label| spoiled.contains(label)));
        set(regime, sound);
    }
}

/// Marks a regime; one that is marked already stays the very same.
fn set(regime: &mut Arc<Regime>, sound: bool) {
    if regime.sound != sound {
        Arc::make_mut(regime).sound = sound;
    }
}

/// The files with errors, and those in which names lead to one of them, and so on.
fn leading_to(broken: &Broken, uses: &Uses) -> BTreeSet<FileId> {
    let mut edges: BTreeSet<(FileId, FileId)> = BTreeSet::new();
    if !broken.is_empty() {
        let mut add = |from: FileId, to: FileId| {
            if from != to {
                edges.insert((from, to));
            }
        };
        for part in &uses.parts {
            match part.place {
                Some(place) => {
                    // They are sorted by file.
                    for several in part.leads.chunk_by(|one, next| one.file == next.file) {
                        several
                            .iter()
                            .take(1)
                            .for_each(|lead| add(place.file, lead.file));
                    }
                }
                None => part
                    .references
                    .iter()
                    .for_each(|found| add(found.used.file, found.declared.file)),
            }
        }
        for found in &uses.rest {
            add(found.used.file, found.declared.file);
        }
    }
    let mut known: BTreeSet<FileId> = broken.keys().copied().collect();
    let mut count = 0;
    while count < known.len() {
        count = known.len();
        for (from, to) in &edges {
            if known.contains(to) {
                known.insert(*from);
            }
        }
    }
    known
}

/// Of some declarations and those they lead to, the ones in which there is an error or that lead to such a one.
fn spoiled(
    starts: BTreeSet<Label>,
    doubtful: &BTreeSet<FileId>,
    broken: &Broken,
    uses: &Uses,
) -> BTreeSet<Label> {
    let mut areas: Vec<Label> = starts.iter().copied().collect();
    let mut known = starts;
    let mut named_by: BTreeMap<Label, Vec<Label>> = BTreeMap::new();
    while let Some(area) = areas.pop() {
        for declared in uses.within(area) {
            if !doubtful.contains(&declared.file) {
                continue;
            }
            named_by.entry(declared).or_default().push(area);
            if known.insert(declared) {
                areas.push(declared);
            }
        }
    }
    let is_broken = |label: &Label| touches(*label, broken);
    let mut spoiled: BTreeSet<Label> = known.into_iter().filter(is_broken).collect();
    let mut spreading: Vec<Label> = spoiled.iter().copied().collect();
    while let Some(label) = spreading.pop() {
        for area in named_by.get(&label).into_iter().flatten() {
            if spoiled.insert(*area) {
                spreading.push(*area);
            }
        }
    }
    spoiled
}

/// An error beside an area counts too: the missing brace at its end is reported just behind it.
fn touches(area: Label, broken: &Broken) -> bool {
    broken.get(&area.file).is_some_and(|starts| {
        let mut inside = starts.range(area.span.start..=area.span.end);
        inside.next().is_some()
    })
}
