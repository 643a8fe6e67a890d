//! Which cells an expression reads, in the order they are written.
//!
//! It does not know figures: what a reference means in a given row is the business of `compute`.

use crate::plan::expression::{CellReference, Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use crate::plan::validation::{Rule, RuleKind, ValidationProgram};

/// A cell that an expression reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The reference; inside a figure over a list every row of the list is meant.
    pub cell: CellReference,
    /// Whether it is read in an earlier report.
    pub earlier: bool,
}

/// The cells an expression reads, left to right, repeated where it repeats them.
pub fn reads(program: &ValidationProgram, expression: ExpressionId) -> Vec<Read> {
    let mut found = Vec::new();
    collect(program, expression, false, None, &mut found);
    found
}

/// The expressions whose values a rule compares: sides, bounds or the condition.
pub fn sides(rule: &Rule) -> Vec<ExpressionId> {
    match &rule.kind {
        RuleKind::Chain { sides } | RuleKind::Balance { sides } => {
            sides.iter().map(|side| side.expression).collect()
        }
        RuleKind::Within { whole } => vec![whole.expression],
        RuleKind::Bounds { lesser, greater } => vec![lesser.expression, greater.expression],
        RuleKind::Range { low, high } => vec![low.expression, high.expression],
        RuleKind::Condition { expression } => vec![*expression],
    }
}

/// The expressions directly inside another one, left to right.
pub fn children(expression: &Expression) -> Vec<ExpressionId> {
    match expression {
        Expression::Literal(_)
        | Expression::Truth(_)
        | Expression::Cell(_)
        | Expression::Foreign(_)
        | Expression::Event(_)
        | Expression::Registry { .. }
        | Expression::Valid { .. }
        | Expression::Day(_)
        | Expression::Entry(_)
        | Expression::Nil => Vec::new(),
        Expression::Sum(terms) => terms.iter().map(|(_, term)| *term).collect(),
        Expression::Product(left, right)
        | Expression::Quotient(left, right)
        | Expression::Growth(left, right) => vec![*left, *right],
        Expression::Negate(inner)
        | Expression::Scale(inner, _)
        | Expression::Absolute(inner)
        | Expression::Round(inner, _)
        | Expression::IsBlank(inner)
        | Expression::Previous(inner)
        | Expression::YearAgo(inner)
        | Expression::YearToDate(inner)
        | Expression::Opening(inner)
        | Expression::OverEvents(inner)
        | Expression::SumBelow(inner)
        | Expression::CountBelow(inner)
        | Expression::Rank(inner)
        | Expression::In(inner, _)
        | Expression::Under(inner)
        | Expression::Not(inner) => vec![*inner],
        Expression::Plan { otherwise, .. } => otherwise.iter().copied().collect(),
        Expression::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
        Expression::Chosen(value, field) => vec![*value, *field],
        Expression::Over(over) => {
            let parts = over.value.iter().chain(&over.distinct);
            parts.chain(&over.condition).copied().collect()
        }
        Expression::Minimum(parts)
        | Expression::Maximum(parts)
        | Expression::SumOf(parts)
        | Expression::And(parts)
        | Expression::Or(parts) => parts.clone(),
        Expression::Compare(first, rest) => std::iter::once(*first)
            .chain(rest.iter().map(|(_, side)| *side))
            .collect(),
    }
}

/// Whether an expression looks at the rows of a list, if only to count them.
pub fn looks_at_list(program: &ValidationProgram, id: ExpressionId) -> bool {
    match program.expression(id) {
        Some(Expression::Over(_)) => true,
        Some(found) => children(found)
            .into_iter()
            .any(|child| looks_at_list(program, child)),
        None => false,
    }
}

/// Whether what stands inside is read in other reports than this one. `year to date` is not among them: its last part is this report.
pub fn is_elsewhere(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Previous(_)
            | Expression::YearAgo(_)
            | Expression::Opening(_)
            | Expression::OverEvents(_)
            | Expression::SumBelow(_)
            | Expression::CountBelow(_)
    )
}

fn collect(
    program: &ValidationProgram,
    id: ExpressionId,
    earlier: bool,
    list: Option<FormIndex>,
    found: &mut Vec<Read>,
) {
    match program.expression(id) {
        Some(Expression::Cell(cell)) => {
            let mut cell = cell.clone();
            if list == Some(cell.form) && cell.row == RowReference::Current {
                cell.row = RowReference::All;
            }
            found.push(Read { cell, earlier });
        }
        Some(Expression::Rank(inner)) => {
            let before = found.len();
            collect(program, *inner, earlier, list, found);
            // A place among rows depends on all of them.
            let others: Vec<Read> = found
                .iter()
                .skip(before)
                .filter(|read| read.cell.row == RowReference::Current)
                .map(|read| Read {
                    cell: CellReference {
                        row: RowReference::Others,
                        ..read.cell.clone()
                    },
                    ..read.clone()
                })
                .collect();
            found.extend(others);
        }
        Some(expression) => {
            let earlier = earlier || is_elsewhere(expression);
            let list = match expression {
                Expression::Over(over) => Some(over.list),
                _ => list,
            };
            for child in children(expression) {
                collect(program, child, earlier, list, found);
            }
        }
        None => {}
    }
}
