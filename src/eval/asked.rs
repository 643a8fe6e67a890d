//! Which cells are asked for by a condition on their row: `closed when`, `required when`.
//!
//! It does not know why a condition was written. A condition that cannot be decided yet closes nothing and asks for nothing: the rest of the report is judged
//! as it stands.

use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compute::{Scope, data_rows};
use crate::eval::operation::Truth;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::CellDefinition;
use crate::plan::form::{Form, FormIndex};

/// Cells whose state a condition changes, with the new state.
pub fn settle(scope: &Scope) -> Vec<(CellAddress, Cell)> {
    let mut changed = Vec::new();
    for (place, form) in scope.plan.form_definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        if !has_conditions(form) {
            continue;
        }
        let leaves = data_rows(scope.rows, index)
            .iter()
            .filter(|data| !data.inner);
        for row in leaves
            .map(|data| &data.row)
            .chain(form.has_head().then_some(&Row::Own))
        {
            for (column, _) in form.columns_indexed() {
                let at = CellAddress {
                    form: index,
                    row: row.clone(),
                    column,
                };
                let (Some(definition), Some(cell)) =
                    (form.cell(row.key(), column), scope.cells.get(&at))
                else {
                    continue;
                };
                if let Some(state) = state(scope, definition, cell, row) {
                    changed.push((at, state));
                }
            }
        }
    }
    changed
}

/// The state that the conditions of a cell give it, where it is another one.
fn state(scope: &Scope, definition: &CellDefinition, cell: &Cell, row: &Row) -> Option<Cell> {
    let holds = |condition: Option<_>| {
        condition.is_some_and(|condition| scope.truth(condition, row) == Truth::True)
    };
    if *cell != Cell::Closed && holds(definition.closed_when) {
        return Some(Cell::Closed);
    }
    let open = matches!(cell, Cell::Blank(BlankReason::Optional));
    (open && holds(definition.required_when)).then_some(Cell::Blank(BlankReason::NotAnswered))
}

fn has_conditions(form: &Form) -> bool {
    form.definitions()
        .any(|cell| cell.closed_when.is_some() || cell.required_when.is_some())
}
