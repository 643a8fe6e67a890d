//! Outlines with their sentences placed in the arena.
//!
//! It does not know how sentences are told. Broken input does not reach it.

use super::cell::applicability;
use super::expression::Arena;
use super::rule::template;
use crate::analysis::outline_model as model;
use crate::plan::form::FormIndex;
use crate::plan::outline::{Narrative, Outline, OutlinePart};

/// All outlines of a regime.
pub(super) fn outlines(found: &[model::Outline], arena: &mut Arena<'_>) -> Vec<Outline> {
    found
        .iter()
        .map(|outline| Outline {
            applicability: applicability(&outline.applicability, arena),
            parts: parts(&outline.parts, arena),
        })
        .collect()
}

/// The parser bounds how deep sections are nested.
fn parts(found: &[model::OutlinePart], arena: &mut Arena<'_>) -> Vec<OutlinePart> {
    found.iter().map(|one| part(one, arena)).collect()
}

fn part(found: &model::OutlinePart, arena: &mut Arena<'_>) -> OutlinePart {
    match found {
        model::OutlinePart::Section(section) => OutlinePart::Section {
            code: section.code.clone(),
            label: section.label.clone(),
            applicability: applicability(&section.applicability, arena),
            parts: parts(&section.parts, arena),
        },
        model::OutlinePart::Narrative(narrative) => OutlinePart::Narrative(Narrative {
            key: narrative.key.clone(),
            label: narrative.label.clone(),
            required: !narrative.optional,
            about_next: narrative.about_next,
            applicability: applicability(&narrative.applicability, arena),
        }),
        model::OutlinePart::Sentence(sentence) => OutlinePart::Sentence {
            template: template(&sentence.parts, arena),
            applicability: applicability(&sentence.applicability, arena),
        },
        model::OutlinePart::Table(form) => OutlinePart::Table(FormIndex(*form as u32)),
    }
}
