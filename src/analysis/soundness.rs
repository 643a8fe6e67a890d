//! Which regimes are free of errors, in themselves and in the words they use.
//!
//! A regime depends on its own text, on every declaration a name in it leads to, and so on. It deliberately does not know what the errors are.

use super::Reference;
use super::model::{Model, Regime};
use super::project::Project;
use crate::diagnostic::{Diagnostic, Label, Severity};
use std::sync::Arc;

/// Sets [`super::model::Regime::sound`].
pub(super) fn mark(
    model: &mut Model,
    project: &Project,
    problems: &[Diagnostic],
    references: &[Reference],
    shared: &[Label],
) {
    let errors: Vec<Label> = project
        .sources
        .iter()
        .flat_map(|source| source.problems.iter())
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
    for regime in &mut model.regimes {
        let mut areas = vec![regime.place.label];
        areas.extend(shared);
        let mut next = 0;
        while let Some(area) = areas.get(next).copied() {
            for reference in references
                .iter()
                .filter(|reference| within(area, reference.used))
            {
                if !areas.contains(&reference.declared) {
                    areas.push(reference.declared);
                }
            }
            next += 1;
        }
        let sound = !errors
            .iter()
            .any(|error| areas.iter().any(|area| touches(*area, *error)));
        set(regime, sound);
    }
}

/// Marks a regime; one that is marked already stays the very same.
fn set(regime: &mut Arc<Regime>, sound: bool) {
    if regime.sound != sound {
        Arc::make_mut(regime).sound = sound;
    }
}

fn within(area: Label, place: Label) -> bool {
    area.file == place.file && area.span.contains(place.span)
}

/// An error beside an area counts too: the missing brace at its end is reported just behind it.
fn touches(area: Label, place: Label) -> bool {
    area.file == place.file
        && area.span.start <= place.span.start
        && place.span.start <= area.span.end
}
