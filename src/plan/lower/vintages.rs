//! Which column states a figure again one period later, in a better vintage: the final figure of last month beside this month's estimate.
//!
//! It does not know periods or figures. Where several columns could be meant nobody can tell which revises which, and none does.

use crate::analysis::expression::{Term, TermKind};
use crate::analysis::model::cell::{CellDefinition, Extent, Modality, Source, ValueType, Vintage};
use crate::analysis::model::form::Form;
use crate::plan::form::ColumnIndex;
use std::collections::BTreeSet;

/// The column that revises a cell: its cell in the same row is about the window before, and of a better vintage than the one about the own window.
/// `previous` are the columns that may be about the window before ([`previous`]). `position` is that of the form.
pub(super) fn revising(
    (position, form): (usize, &Form),
    previous: &[usize],
    row: Option<usize>,
    column: usize,
) -> Option<ColumnIndex> {
    let stated = |column: usize| {
        form.cell(row, column)
            .filter(|cell| stands_for_itself(cell, form, (position, column)))
    };
    let cell = stated(column).filter(|cell| cell.extent == Extent::Current)?;
    let own = vintage(cell)?;
    let mut better = previous.iter().filter(|before| {
        stated(**before).is_some_and(|other| {
            other.extent == Extent::Previous
                && other.measure == cell.measure
                && vintage(other).is_some_and(|vintage| vintage > own)
        })
    });
    match (better.next(), better.next()) {
        (Some(before), None) => Some(ColumnIndex(*before as u32)),
        _ => None,
    }
}

/// The columns that have a cell about the window before, in their order.
pub(super) fn previous(form: &Form) -> Vec<usize> {
    let columns = form.columns.iter().enumerate();
    let of_columns = columns.map(|(position, column)| (position, &column.cell));
    let of_cells = form.cells.iter().map(|((_, column), cell)| (*column, cell));
    let found: BTreeSet<usize> = of_columns
        .chain(of_cells)
        .filter(|(_, cell)| cell.extent == Extent::Previous)
        .map(|(position, _)| position)
        .collect();
    found.into_iter().collect()
}

fn vintage(cell: &CellDefinition) -> Option<Vintage> {
    match cell.modality {
        Modality::Actual(vintage) => Some(vintage.unwrap_or(Vintage::Final)),
        Modality::Plan(_) | Modality::Planned => None,
    }
}

/// Whether a cell is a figure of its own column: typed, made of other rows of the column, such as the total of a breakdown, or taken from elsewhere by a formula of its own
/// (`only [c] = …`) into a column that people type. A formula over other columns is another figure than theirs.
fn stands_for_itself(cell: &CellDefinition, form: &Form, own: (usize, usize)) -> bool {
    let figure = matches!(cell.value, ValueType::Number { .. });
    let of_column = form.columns.get(own.1).map(|column| column.cell.source);
    let typed = of_column == Some(Source::Entered);
    figure
        && match cell.source {
            Source::Entered => true,
            Source::Computed => cell.chain.first().is_some_and(|side| {
                stays_in(&side.term, own) || (typed && comes_from_elsewhere(&side.term, own))
            }),
            Source::Carried | Source::Closed => false,
        }
}

fn stays_in(term: &Term, own: (usize, usize)) -> bool {
    let here = match &term.kind {
        TermKind::Cell(cell) => (cell.form, cell.column) == own,
        TermKind::Number(_)
        | TermKind::Sum(_)
        | TermKind::SumOf(_)
        | TermKind::Product(..)
        | TermKind::Quotient(..)
        | TermKind::Negate(_)
        | TermKind::Bare(_)
        | TermKind::Round(..) => true,
        _ => false,
    };
    let mut all = here;
    term.for_each_child(&mut |child| all = all && stays_in(child, own));
    all
}

/// Whether a formula reads other forms or other regimes and no column of its own form.
fn comes_from_elsewhere(term: &Term, own: (usize, usize)) -> bool {
    let mut all = match &term.kind {
        TermKind::Cell(cell) => cell.form != own.0,
        TermKind::Unknown => false,
        _ => true,
    };
    term.for_each_child(&mut |child| all = all && comes_from_elsewhere(child, own));
    all
}
