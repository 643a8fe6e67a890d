//! One cause, one report: what was found row by row is told once.
//!
//! It deliberately does not know what the mistakes are. A mistake that stands in several rows keeps its first place and points at the rows.

use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::MeaningProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The reports without repetitions.
pub(super) fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut found = found;
    found.retain(|diagnostic| told.insert((diagnostic.primary, diagnostic.problem.code())));
    found
}

/// The reports of many cells with one report per place and code; each is found in the row whose head stands beside it. The rows become notes where a
/// figure does not fit in some of them.
pub(super) fn by_cause(
    found: Vec<(Option<Span>, Diagnostic)>,
    file: Option<FileId>,
) -> Vec<Diagnostic> {
    let mut told: Vec<(Vec<Span>, Diagnostic)> = Vec::new();
    let mut places = BTreeMap::new();
    for (row, diagnostic) in found {
        let cause = (diagnostic.primary, diagnostic.problem.code());
        let place = *places.entry(cause).or_insert(told.len());
        match told.get_mut(place) {
            Some((rows, _)) => rows.extend(row),
            None => told.push((row.into_iter().collect(), diagnostic)),
        }
    }
    told.into_iter()
        .map(|(mut rows, mut diagnostic)| {
            rows.sort();
            rows.dedup();
            // A mistake written in the row itself shows its row.
            let elsewhere = rows.len() > 1
                || rows
                    .first()
                    .is_some_and(|row| row.start > diagnostic.primary.span.end);
            if let (Some(file), true) = (file, elsewhere && depends_on_rows(&diagnostic.problem)) {
                for row in rows {
                    diagnostic = diagnostic.noting(Note::AlsoHere, file, row);
                }
            }
            diagnostic
        })
        .collect()
}

fn depends_on_rows(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Meaning(MeaningProblem::Type(_) | MeaningProblem::Time(_))
    )
}
