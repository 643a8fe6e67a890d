//! What stands in the places of a message or a sentence: a figure, or what a cell holds that is no number.
//!
//! It deliberately does not put words around it. A cell that has no answer, and one of several that a reference means, tell nothing.

use crate::eval::cell::Cell;
use crate::eval::compute::Scope;
use crate::eval::display;
use crate::number::Number;
use crate::plan::address::Row;
use crate::plan::expression::{Expression, ExpressionId};

/// What stands in a place of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A number, shown as its cell is shown.
    Number(Number),
    /// Words, a day, an answer, an entry, as a table shows them.
    Words(String),
}

impl Scope<'_> {
    /// What a place of a message tells in a row.
    pub(super) fn told(&self, id: ExpressionId, row: &Row) -> Option<Told> {
        match self.words(id, row) {
            Some(words) => Some(Told::Words(words)),
            None => self.operand(id, row).number().map(Told::Number),
        }
    }

    /// What stands in a cell that holds no number.
    pub(super) fn words(&self, id: ExpressionId, row: &Row) -> Option<String> {
        let Some(Expression::Cell(reference)) = self.plan.validation_program.expression(id) else {
            return None;
        };
        let at = match self.resolve(reference, row).as_slice() {
            [only] => only.clone(),
            _ => return None,
        };
        let cell = self.cells.get(&at)?;
        let form = self.plan.form_definition.form(at.form)?;
        let definition = form.cell(at.row.key(), at.column)?;
        match cell {
            Cell::Given(_) | Cell::Partial(..) | Cell::Nil | Cell::Blank(_) | Cell::Closed => None,
            Cell::Text(_) | Cell::Day(_) | Cell::Truth(_) | Cell::Entry(_) | Cell::File(_) => {
                Some(display::display(cell, definition))
            }
        }
    }
}
