//! Rows of `of which`: one for each trait or set of traits of a row.
//!
//! It deliberately does not know bounds: which rows overlap is remembered, what follows from it is found when the form has been read. A trait that leads
//! nowhere, and one that is named twice, is reported and makes no row. Each row is counted when it is made (`size`), before it has cells.

use super::pieces::{following, generated, passed_on, place_of};
use super::{Overlap, Parts, Placed, Said, Writer};
use crate::analysis::cell_type::coordinates::Coordinates;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form::Row;
use std::collections::BTreeSet;

impl Writer<'_, '_> {
    /// Rows for the traits of a row, with the traits of each; their bounds are remembered.
    pub(super) fn parts(
        &mut self,
        row: &Row,
        said: &Said,
        at: &Coordinates,
    ) -> Vec<(Row, Vec<usize>)> {
        let Some((sets, span)) = &said.of_which else {
            return Vec::new();
        };
        let Some(whole) = place_of(&row.cells).cloned() else {
            self.unaddressed(&row.cells);
            return Vec::new();
        };
        let passed = passed_on(&row.cells);
        if let Some(at) = said.codes_at().filter(|_| said.codes.len() != sets.len()) {
            let problem = BreakdownProblem::CodesDoNotMatch {
                codes: said.codes.len(),
                rows: sets.len(),
                catalog: None,
            };
            self.context.report(problem, self.file, at);
        }
        let mut made = Vec::new();
        let mut places: Parts = Vec::new();
        let mut known: BTreeSet<Vec<usize>> = BTreeSet::new();
        for (number, set) in sets.iter().enumerate() {
            let traits: Option<Vec<usize>> = set
                .iter()
                .map(|name| self.shared.trait_of(self.context, self.file, name))
                .collect();
            let Some(mut traits) = traits else { continue };
            if !self.context.spend(1, self.file, *span) {
                break;
            }
            traits.sort_unstable();
            if !known.insert(traits.clone()) {
                let label = self.label_of(&traits);
                let at = set.first().map_or(*span, |name| name.span);
                let problem = BreakdownProblem::TraitTwice { label };
                self.context.report(problem, self.file, at);
                continue;
            }
            let after = |code: &Spanned<String>| {
                let text = following(&code.value, number.saturating_add(1))?;
                Some(Spanned::new(text, code.span))
            };
            // Printed codes stand for the rows in order; without any, codes follow that of the whole.
            let code = match said.codes.is_empty() {
                true => row.cells.code.as_ref().and_then(after),
                false => said.codes.get(number).cloned(),
            };
            let name = match &code {
                Some(_) => None,
                None => {
                    let names: Vec<&str> = set.iter().map(|name| name.value.as_str()).collect();
                    let name = format!("{}_{}", whole.value, names.join("_"));
                    Some(Spanned::new(name, whole.span))
                }
            };
            let label = self.label_of(&traits);
            let part = generated(code, name, label, passed.clone(), row.cells.span);
            let Some(place) = place_of(&part.cells).cloned() else {
                continue;
            };
            let mut coordinates = at.clone();
            coordinates.traits.extend(&traits);
            self.expanded.places.push(Placed {
                place: place.value.clone(),
                row: true,
                coordinates,
            });
            places.push((place, traits.clone()));
            made.push((part, traits));
        }
        let overlap = self.expanded.overlaps.len();
        self.latest.insert(whole.value.clone(), overlap);
        self.expanded.overlaps.push(Overlap {
            whole: whole.value,
            parts: places
                .into_iter()
                .map(|(place, traits)| (place.value, traits))
                .collect(),
            span: *span,
        });
        made
    }

    /// `Nữ`, `Dân tộc thiểu số`, and together `Nữ dân tộc thiểu số`.
    fn label_of(&self, traits: &[usize]) -> String {
        let mut label = String::new();
        for found in traits
            .iter()
            .filter_map(|position| self.shared.words.traits.get(*position))
        {
            if label.is_empty() {
                label.push_str(&found.label);
                continue;
            }
            label.push(' ');
            label.push_str(&inside(&found.label));
        }
        label
    }
}

/// A label behind another one: without its capital, unless it is an abbreviation such as `DTTS`.
fn inside(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}
