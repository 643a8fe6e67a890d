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

/// Where rows (true) and columns stand in breakdowns, by printed number or name, each with its place among all.
type Places<'e> = BTreeMap<(bool, &'e str), Vec<(usize, &'e Placed)>>;

/// Checks the facts of one form.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    draft: &FormDraft,
    expanded: Option<&Expanded>,
) {
    let nothing = Vec::new();
    let mut places: Places = BTreeMap::new();
    let all = expanded.map_or(&nothing, |expanded| &expanded.places);
    for (number, placed) in all.iter().enumerate() {
        let key = (placed.row, placed.place.as_str());
        places.entry(key).or_default().push((number, placed));
    }
    let mut asked: BTreeMap<Fact, Span> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut excluded = BTreeSet::new();
    let mut undeclared_told = BTreeSet::new();
    for (row, column, cell) in entered(draft) {
        let head = head_of(draft, row, column);
        let coordinates = match coordinates(shared, draft, &places, row, column) {
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
pub(super) fn entered<'d>(
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

/// What to point at for a cell: its row, else its column.
pub(super) fn head_of(draft: &FormDraft, row: Option<usize>, column: usize) -> Span {
    let of_row = row.and_then(|row| draft.rows.get(row)).map(|row| row.head);
    let of_column = || draft.columns.get(column).map(|column| column.head);
    of_row.or_else(of_column).unwrap_or(draft.head)
}

/// Where a cell stands, or the breakdown of which it would be two members at once.
fn coordinates(
    shared: &Shared,
    draft: &FormDraft,
    places: &Places,
    row: Option<usize>,
    column: usize,
) -> Result<Coordinates, (Axis, String, String)> {
    let row = row.and_then(|row| draft.form.written.get(row));
    let of_row = row.map(|row| [row.code.as_deref(), row.name.as_deref()]);
    let column = draft.form.columns.get(column);
    let of_column = column.map(|column| [column.code.as_deref(), column.name.as_deref()]);
    let named = [(true, of_row), (false, of_column)].into_iter();
    let named = named.flat_map(|(is_row, names)| {
        let names: BTreeSet<&str> = names.into_iter().flatten().flatten().collect();
        names.into_iter().map(move |name| (is_row, name))
    });
    let inside = statements::inside(shared);
    let mut met = Coordinates::total();
    // Outer breakdowns stand before inner ones.
    let found: BTreeMap<usize, &Placed> = named
        .filter_map(|key| places.get(&key))
        .flatten()
        .copied()
        .collect();
    for placed in found.values() {
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
