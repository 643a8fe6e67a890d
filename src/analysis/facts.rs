//! Which fact each cell asks for: its indicator, where it stands in breakdowns, its span, and whether it is a plan.
//!
//! One fact asked twice in one form is typed twice and may differ; a breakdown that the indicator is not asked in has no meaning. It deliberately
//! does not know what the figures are. Cells without an indicator ask for nothing that could be compared.

use super::breakdowns::{Expanded, Placed};
use super::cell_type::coordinates::{Axis, Coordinates};
use super::context::Context;
use super::forms::FormDraft;
use super::model::cell::{CellDefinition, Extent, Modality, Source};
use super::shared::Shared;
use super::statements;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What makes a fact one and the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    indicator: usize,
    coordinates: Coordinates,
    extent: Extent,
    modality: Modality,
}

/// Checks the facts of one form.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    draft: &FormDraft,
    expanded: Option<&Expanded>,
) {
    let nothing = Vec::new();
    let places = expanded.map_or(&nothing, |expanded| &expanded.places);
    let mut asked: BTreeMap<Fact, Span> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut excluded = BTreeSet::new();
    let mut undeclared_told = BTreeSet::new();
    for (row, column, cell) in entered(draft) {
        let head = head_of(draft, row, column);
        let coordinates = match coordinates(shared, draft, places, row, column) {
            Ok(coordinates) => coordinates,
            Err((axis, one, two)) => {
                // One report for one breakdown, wherever rows and columns cross.
                if excluded.insert(axis) {
                    let problem = TypeProblem::MembersExclude { one, two };
                    context.report(problem, draft.file, head);
                }
                continue;
            }
        };
        let Some(indicator) = cell.indicator else {
            continue;
        };
        if let Some(problem) = undeclared(shared, indicator, &coordinates) {
            if undeclared_told.insert(problem.clone()) {
                context.report(problem, draft.file, head);
            }
            continue;
        }
        let fact = Fact {
            indicator,
            coordinates,
            extent: cell.extent,
            modality: cell.modality,
        };
        match asked.get(&fact) {
            Some(first) if *first != head && told.insert((indicator, head)) => {
                let label = shared
                    .words
                    .indicators
                    .get(indicator)
                    .map_or(String::new(), |indicator| indicator.label.clone());
                context.push(
                    Diagnostic::new(
                        TimeProblem::AskedTwice { indicator: label },
                        draft.file,
                        head,
                    )
                    .noting(Note::FirstHere, draft.file, *first),
                );
            }
            Some(_) => {}
            None => {
                asked.insert(fact, head);
            }
        }
    }
}

/// The cells that a person types, row by row.
fn entered<'d>(
    draft: &'d FormDraft,
) -> impl Iterator<Item = (Option<usize>, usize, &'d CellDefinition)> {
    let columns = draft.form.columns.iter().enumerate();
    let plain = columns
        .filter(|(_, column)| draft.form.cells.is_empty() || column.head)
        .map(|(position, column)| (None, position, &column.cell));
    let cells = draft.form.cells.iter();
    let written = cells.map(|((row, column), cell)| (Some(*row), *column, cell));
    plain
        .chain(written)
        .filter(|(_, _, cell)| cell.source == Source::Entered)
}

fn head_of(draft: &FormDraft, row: Option<usize>, column: usize) -> Span {
    let of_row = row.and_then(|row| draft.rows.get(row)).map(|row| row.head);
    let of_column = || draft.columns.get(column).map(|column| column.head);
    of_row.or_else(of_column).unwrap_or(draft.head)
}

/// Where a cell stands, or the breakdown of which it would be two members at once.
fn coordinates(
    shared: &Shared,
    draft: &FormDraft,
    places: &[Placed],
    row: Option<usize>,
    column: usize,
) -> Result<Coordinates, (Axis, String, String)> {
    let bears = |placed: &&Placed| {
        let is = |text: Option<&str>| text == Some(placed.place.as_str());
        match (placed.row, row) {
            (true, Some(row)) => draft
                .form
                .written
                .get(row)
                .is_some_and(|row| is(row.code.as_deref()) || is(row.name.as_deref())),
            (false, _) => draft
                .form
                .columns
                .get(column)
                .is_some_and(|column| is(column.code.as_deref()) || is(column.name.as_deref())),
            (true, None) => false,
        }
    };
    let inside = statements::inside(shared);
    let mut met = Coordinates::total();
    for placed in places.iter().filter(bears) {
        match met.meet(&placed.coordinates, &inside) {
            Ok(both) => met = both.coordinates,
            Err(super::cell_type::clash::Clash::Members(axis, one, two)) => {
                return Err((axis, one, two));
            }
            Err(_) => {}
        }
    }
    Ok(met)
}

/// A breakdown that the indicator does not declare; an indicator that declares none leaves it open.
fn undeclared(
    shared: &Shared,
    indicator: usize,
    coordinates: &Coordinates,
) -> Option<BreakdownProblem> {
    let indicator = shared.words.indicators.get(indicator)?;
    if indicator.broken_down_by.is_empty() {
        return None;
    }
    let catalogs = coordinates.members.keys().filter_map(|axis| match axis {
        Axis::Catalog(position) => shared.words.catalogs.get(*position),
        Axis::Split(_) => None,
    });
    let traits = coordinates
        .traits
        .iter()
        .filter_map(|position| shared.words.traits.get(*position));
    let names = catalogs
        .map(|catalog| (&catalog.name, &catalog.label))
        .chain(traits.map(|known| (&known.name, &known.label)));
    names
        .filter(|(name, _)| !indicator.broken_down_by.contains(name))
        .map(|(_, label)| BreakdownProblem::NotOfIndicator {
            indicator: indicator.label.clone(),
            breakdown: label.clone(),
        })
        .next()
}
