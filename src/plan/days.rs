//! Which expressions of a plan yield a day, so that a day taken from another is told and counted as days.
//!
//! It deliberately does not know values. An expression that leads nowhere yields none.

use crate::plan::CompiledRegime;
use crate::plan::cell::ValueType;
use crate::plan::expression::{Expression, ExpressionId, RowReference};

impl CompiledRegime {
    /// Whether an expression yields a day.
    pub fn is_day(&self, id: ExpressionId) -> bool {
        match self.validation_program.expression(id) {
            Some(Expression::Day(_)) => true,
            Some(Expression::Cell(cell)) => {
                let form = self.form_definition.form(cell.form);
                let definition = form.and_then(|form| match &cell.row {
                    RowReference::Entry(key) => form.cell(key, cell.column),
                    _ => form.column(cell.column).map(|column| &column.cell),
                });
                definition.is_some_and(|definition| definition.value == ValueType::Date)
            }
            Some(Expression::Previous(inner) | Expression::YearAgo(inner)) => self.is_day(*inner),
            Some(Expression::If(_, then, otherwise)) => {
                self.is_day(*then) || self.is_day(*otherwise)
            }
            _ => false,
        }
    }
}
