//! Cells as people see and type them: `1.234,5`, `82,73%`, `-` for nil, nothing for blank, `x` for closed.
//!
//! It does not know findings or pages. Text that is no Vietnamese number is refused with its place, never repaired.

use crate::eval::cell::{BlankReason, Cell};
use crate::eval::figures::Entry;
use crate::number::NumberProblem;
use crate::plan::expression::ExpressionId;
use crate::plan::form::{Column, FormIndex, ValueType};
use crate::plan::{Bilingual, CompiledRegime};

/// A cell as a table shows it, with exactly the decimals of its column.
pub fn display(cell: &Cell, column: &Column) -> String {
    todo!("{cell:?} {column:?}")
}

/// A cell as an entry field holds it: as [`display`], without the percent sign and without decimals nobody typed.
pub fn input_text(cell: &Cell, column: &Column) -> String {
    todo!("{cell:?} {column:?}")
}

/// Reads what a person typed into a field: `1.234,5`, `90` or `90%` in a percentage, `-` nil, `x` closed, nothing for blank.
pub fn read_typed(typed: &str, value: ValueType) -> Result<Option<Entry>, NumberProblem> {
    todo!("{typed} {value:?}")
}

/// Why a cell is blank.
pub fn reason(plan: &CompiledRegime, reason: &BlankReason) -> Bilingual {
    todo!("{} {reason:?}", plan.format)
}

/// A formula as the author would write it, seen from a form: `([8] + [9]) / [7]`.
pub fn expression_text(
    plan: &CompiledRegime,
    form: Option<FormIndex>,
    expression: ExpressionId,
) -> Bilingual {
    todo!("{} {form:?} {expression:?}", plan.format)
}
