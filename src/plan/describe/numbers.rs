//! How the numbers of a formula are told: as percentages where they stand for one, plainly everywhere else.
//!
//! It deliberately does not know sentences. What cannot be found counts as no percentage.

use super::{DEEPEST, both};
use crate::number::Number;
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::expression::{Expression, ExpressionId, RowReference};
use crate::plan::{Bilingual, CompiledRegime};

/// A number, or a hundred times it with a percent sign.
pub(super) fn literal(number: &Number, percent: bool) -> Bilingual {
    let hundredfold = number.mul(&Number::from_i64(100));
    let (number, sign) = if percent {
        (&hundredfold, "%")
    } else {
        (number, "")
    };
    let text = number.to_vietnamese(number.decimals().unwrap_or(4));
    both(format!("{text}{sign}"), format!("{text}{sign}"))
}

/// A factor that people write as a percentage: `120% × …`, not `1,2 × …`. None for anything else.
pub(super) fn factor(plan: &CompiledRegime, id: ExpressionId) -> Option<Bilingual> {
    let Some(Expression::Literal(number)) = plan.validation_program.expression(id) else {
        return None;
    };
    let whole = |number: &Number| number.decimals() == Some(0);
    let small = *number < Number::from_i64(10);
    let hundredfold = number.mul(&Number::from_i64(100));
    (small && !whole(number) && whole(&hundredfold)).then(|| literal(number, true))
}

/// Whether an expression yields a percentage: a cell that is one, growth, or a quotient of two figures of one measure.
pub(super) fn is_percent(plan: &CompiledRegime, id: ExpressionId, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match plan.validation_program.expression(id) {
        Some(Expression::Cell(_)) => definition(plan, id, depth)
            .is_some_and(|cell| matches!(cell.value, ValueType::Number { percent: true, .. })),
        Some(Expression::Growth(..)) => true,
        Some(Expression::Quotient(a, b)) => {
            match (
                definition(plan, *a, depth + 1),
                definition(plan, *b, depth + 1),
            ) {
                (Some(a), Some(b)) => a.measure == b.measure,
                _ => true,
            }
        }
        Some(
            Expression::Previous(a)
            | Expression::YearAgo(a)
            | Expression::YearToDate(a)
            | Expression::Opening(a)
            | Expression::Round(a, _)
            | Expression::Negate(a)
            | Expression::Absolute(a),
        ) => is_percent(plan, *a, depth + 1),
        Some(Expression::Sum(terms)) => {
            terms.iter().any(|(_, id)| is_percent(plan, *id, depth + 1))
        }
        _ => false,
    }
}

/// The cell whose measure an expression has.
pub(super) fn definition(
    plan: &CompiledRegime,
    id: ExpressionId,
    depth: usize,
) -> Option<&CellDefinition> {
    if depth > DEEPEST {
        return None;
    }
    match plan.validation_program.expression(id)? {
        Expression::Cell(cell) => {
            let form = plan.form_definition.form(cell.form)?;
            match &cell.row {
                RowReference::Entry(key) => form.cell(key, cell.column),
                _ => form.column(cell.column).map(|column| &column.cell),
            }
        }
        Expression::Previous(a)
        | Expression::YearAgo(a)
        | Expression::YearToDate(a)
        | Expression::Opening(a)
        | Expression::Round(a, _)
        | Expression::Negate(a)
        | Expression::Scale(a, _)
        | Expression::Absolute(a) => definition(plan, *a, depth + 1),
        Expression::Sum(terms) => definition(plan, terms.first()?.1, depth + 1),
        _ => None,
    }
}
