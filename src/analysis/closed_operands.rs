//! Differences whose left side is closed in every report: `[1] - [2]` in a row that closes column 1.
//!
//! A closed cell takes no part in a sum, but nothing can be taken away from a cell that is not there (language-grammar §5). It deliberately knows only what
//! forms close for good: a cell that a condition closes may be open. What leads nowhere is taken as open.

use super::expression::{Cell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::{cell::Source, form::Rows};
use crate::text::Span;

/// The column of a figure that is told by itself, where the row it names closes it for good.
pub(super) fn always_closed(forms: &[FormDraft], term: &Term) -> Option<String> {
    let TermKind::Cell(cell) = &term.kind else {
        return None;
    };
    let draft = forms.get(cell.form)?;
    let column = draft.form.columns.get(cell.column)?;
    is_closed_cell(forms, None, cell).then(|| column.shown().to_owned())
}

/// The first difference in a term, computed in a row, whose left side is always closed while its right side is not.
pub(super) fn left_side_closed(
    forms: &[FormDraft],
    row: Option<usize>,
    term: &Term,
) -> Option<Span> {
    let TermKind::Sum(terms) = &term.kind else {
        return None;
    };
    let left = terms.iter().take_while(|(plus, _)| *plus).count();
    let closed = |(_, term): &(bool, Term)| is_closed(forms, row, term);
    let nothing_left = left > 0 && terms.iter().take(left).all(closed);
    let something_right = terms.iter().skip(left).any(|one| !closed(one));
    (nothing_left && something_right).then_some(term.span)
}

fn is_closed(forms: &[FormDraft], row: Option<usize>, term: &Term) -> bool {
    match &term.kind {
        TermKind::Cell(cell) => is_closed_cell(forms, row, cell),
        TermKind::Sum(terms) => terms.iter().all(|(_, term)| is_closed(forms, row, term)),
        TermKind::SumOf(terms) => {
            !terms.is_empty() && terms.iter().all(|term| is_closed(forms, row, term))
        }
        _ => false,
    }
}

fn is_closed_cell(forms: &[FormDraft], row: Option<usize>, cell: &Cell) -> bool {
    let Some(draft) = forms.get(cell.form) else {
        return false;
    };
    if draft.form.rows != Rows::Written || draft.is_head(cell.column) {
        return false;
    }
    let row = match &cell.row {
        RowPick::Entry(key) => draft.find_row(key),
        RowPick::Current => row,
        RowPick::Total | RowPick::Others | RowPick::All => None,
    };
    let found = row.and_then(|row| draft.form.cell(Some(row), cell.column));
    found.is_some_and(|cell| cell.source == Source::Closed)
}
