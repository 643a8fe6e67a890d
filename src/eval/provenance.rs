//! Where a figure comes from, as a tree: formula, operands, rows, units, other periods, plan values, adjustments.
//!
//! Plain data for pages and files; it does not know authors, times or links, which the caller adds per unit. An address that names no cell has no tree.

use crate::eval::adjustment::Adjustment;
use crate::eval::beside::{Beside, beside};
use crate::eval::cell::Cell;
use crate::eval::combine::Combiner;
use crate::eval::combined_rows::combined_rows;
use crate::eval::compute::{Scope, data_rows};
use crate::eval::consolidate::{Figure, Group, Member, adjustments, of_group};
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::Evaluation;
use crate::eval::rows;
use crate::eval::together::{History, past};
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Source, ValueType};
use crate::plan::expression::ExpressionId;

/// A figure and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Which cell.
    pub at: CellAddress,
    /// Its value.
    pub cell: Cell,
    /// How it came about.
    pub how: How,
}

/// How a figure came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// A person typed it, or owes it.
    Entered,
    /// Carried over by this expression from the earlier report or a declared opening.
    Carried {
        /// The carry expression.
        expression: ExpressionId,
    },
    /// Computed from operands of the same report or the same group of units.
    Formula {
        /// The formula.
        expression: ExpressionId,
        /// Each cell the formula reads, once, in the order it is written.
        operands: Vec<Provenance>,
        /// What it reads of other times, and plan values.
        beside: Vec<Beside>,
    },
    /// The sum of other rows: the total row, or a row of a tree.
    Rows {
        /// The rows added.
        rows: Vec<Provenance>,
    },
    /// The sum over units.
    Units {
        /// Their cells and who is missing.
        figure: Box<Figure>,
        /// Signed differences that were added to their sum.
        adjustments: Vec<Adjustment>,
    },
    /// Words of units, side by side.
    Words {
        /// Their words.
        units: Vec<(UnitId, Cell)>,
    },
}

/// The origin of one cell of one report; `moment` tells what is known of other times.
pub fn of_cell(
    plan: &CompiledRegime,
    evaluation: &Evaluation,
    at: &CellAddress,
    moment: Option<Moment<'_>>,
) -> Option<Provenance> {
    let form = plan.form_definition.form(at.form)?;
    let cell = evaluation.cells.get(at)?.clone();
    let below: Vec<CellAddress> = evaluation
        .rows_of(at.form)
        .iter()
        .filter(|data| match at.row {
            Row::Total => data.parent.is_none(),
            _ => data.parent.as_ref() == Some(&at.row),
        })
        .map(|data| CellAddress {
            row: data.row.clone(),
            ..at.clone()
        })
        .collect();
    let each = |cells: Vec<CellAddress>| -> Vec<Provenance> {
        cells
            .iter()
            .filter_map(|operand| of_cell(plan, evaluation, operand, moment))
            .collect()
    };
    let definition = form.cell(at.row.key(), at.column)?;
    let how = match definition.source {
        Source::Computed(expression) => {
            let scope = Scope {
                moment,
                ..Scope::of_report(plan, evaluation)
            };
            How::Formula {
                expression,
                operands: each(scope.operands(expression, &at.row)),
                beside: beside(&scope, expression, &at.row, (None, &[])),
            }
        }
        _ if at.row == Row::Total || !below.is_empty() => How::Rows { rows: each(below) },
        Source::Carried(expression) => How::Carried { expression },
        Source::Entered | Source::Closed => How::Entered,
    };
    Some(Provenance {
        at: at.clone(),
        cell,
        how,
    })
}

/// The origin of one consolidated figure.
pub fn of_figure<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    group: &Group,
    at: &CellAddress,
    history: Option<&History<'a>>,
) -> Option<Provenance> {
    let rows = combined_rows(plan, members);
    let form = plan.form_definition.form(at.form)?;
    let exists = at.row == Row::Total
        || rows::label(&plan.form_definition, form, at.row.key()).is_some()
        || data_rows(&rows, at.form)
            .iter()
            .any(|data| data.row == at.row);
    if !exists {
        return None;
    }
    let inside = of_group(members, group);
    let past = past(plan, &inside, history);
    let mut combiner = Combiner::new(plan, inside, &rows, past.moment())
        .standing_in(past.latest.clone())
        .adjusted_by(adjustments(group, history))
        .remembering(history);
    from_units(plan, &mut combiner, at, (group, history))
}

fn from_units(
    plan: &CompiledRegime,
    combiner: &mut Combiner,
    at: &CellAddress,
    (group, history): (&Group, Option<&History<'_>>),
) -> Option<Provenance> {
    let figure = combiner.figure(at)?;
    let cell = figure.cell.clone();
    let form = plan.form_definition.form(at.form)?;
    let definition = form.cell(at.row.key(), at.column)?;
    let how = match figure.formula {
        Some(expression) => How::Formula {
            expression,
            operands: combiner
                .operands(expression, &at.row)
                .iter()
                .filter_map(|operand| from_units(plan, combiner, operand, (group, history)))
                .collect(),
            beside: combiner.beside(expression, &at.row, history),
        },
        None if !matches!(definition.value, ValueType::Number { .. }) => How::Words {
            units: figure.contributions,
        },
        None => How::Units {
            figure: Box::new(figure),
            adjustments: adjustments(group, history)
                .iter()
                .filter(|one| one.at == *at)
                .cloned()
                .collect(),
        },
    };
    Some(Provenance {
        at: at.clone(),
        cell,
        how,
    })
}
