//! Slots that can never be computed: circles, formulas of which neither is meant before the other, totals over different kinds.
//!
//! It deliberately decides nothing: what stands on a circle or stays undecided was found while types were inferred.

use super::cells::Sides;
use super::columns::Columns;
use super::context::Context;
use super::forms::FormDraft;
use super::slots::{self, Slot};
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::diagnostic::{Diagnostic, Note};
use std::collections::BTreeSet;

/// The way round a circle of slots, the first again at the end.
pub(super) fn way(forms: &[FormDraft], circle: &[Slot]) -> Vec<String> {
    let several = circle
        .iter()
        .any(|slot| Some(slot.form) != circle.first().map(|first| first.form));
    let mut names: Vec<String> = circle
        .iter()
        .filter_map(|slot| {
            let draft = forms.get(slot.form)?;
            let shown = draft.form.columns.get(slot.column)?.shown();
            let row = slot.row.and_then(|row| draft.row_key(row));
            Some(match (several, row) {
                (true, None) => format!("{}[{shown}]", draft.form.name),
                (true, Some(row)) => format!("{}[{row}, {shown}]", draft.form.name),
                (false, None) => shown.to_owned(),
                (false, Some(row)) => format!("[{row}, {shown}]"),
            })
        })
        .collect();
    names.extend(names.first().cloned());
    names
}

/// A circle of slots that need one another.
pub(super) fn report_circle(context: &mut Context, forms: &[FormDraft], circle: &[Slot]) {
    let names = way(forms, circle);
    let place = circle.first().and_then(|slot| {
        let draft = forms.get(slot.form)?;
        let sides = draft.made(slot.row, slot.column)?.sides?;
        Some((draft.file, sides.span()))
    });
    if let Some((file, span)) = place {
        context.report(FormProblem::Cycle { columns: names }, file, span);
    }
}

/// Cells where a row's and a column's formula cross and neither is meant before the other: one report per row.
pub(super) fn report_undecided(
    context: &mut Context,
    forms: &[FormDraft],
    form: usize,
    columns: &Columns,
) {
    let Some(draft) = forms.get(form) else { return };
    let mut told = BTreeSet::new();
    for slot in slots::of_form(&columns.undecided, form) {
        let Some(row) = slot.row.filter(|row| told.insert(*row)) else {
            continue;
        };
        let formula = draft.rows.get(row).and_then(|row| row.formula);
        let column = draft
            .columns
            .get(slot.column)
            .and_then(|column| column.formula);
        let shown = draft
            .form
            .columns
            .get(slot.column)
            .map(|column| column.shown());
        if let (Some(formula), Some(column), Some(shown)) = (formula, column, shown) {
            let problem = RowsProblem::TwoFormulas {
                column: shown.to_owned(),
            };
            context.push(Diagnostic::new(problem, draft.file, formula.span).noting(
                Note::DisagreesHere,
                draft.file,
                column.span,
            ));
        }
    }
}

/// The report about a total row whose rows do not add up; none for other slots.
pub(super) fn total_refused(
    draft: &FormDraft,
    slot: Slot,
    measure: &dyn Fn(Slot) -> Option<(String, String)>,
) -> Option<Diagnostic> {
    let span = draft.total?;
    let column = draft.form.columns.get(slot.column)?.shown().to_owned();
    let is_sum = matches!(
        draft.made(slot.row, slot.column)?.sides,
        Some(Sides::Total(_))
    );
    if !is_sum {
        return None;
    }
    let rows = draft.outermost_rows().filter(|row| Some(*row) != slot.row);
    let cells = rows.map(|row| Slot {
        row: Some(row),
        ..slot
    });
    let mut measures: Vec<(String, String)> = Vec::new();
    for one in cells.filter_map(measure) {
        if !measures.contains(&one) {
            measures.push(one);
        }
    }
    if measures.len() < 2 {
        measures.clear();
    }
    let problem = RowsProblem::TotalOverKinds { column, measures };
    Some(Diagnostic::new(problem, draft.file, span))
}
