//! Where a figure comes from, as a tree: formula, operands, rows, units, earlier report.
//!
//! Plain data for pages and files; it does not know authors, times or links, which the caller adds per unit. An address that names no cell has no tree.

use crate::eval::cell::Cell;
use crate::eval::consolidate::{Figure, Group, Member};
use crate::eval::evaluate::Evaluation;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
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
    },
    /// Words of units, side by side.
    Words {
        /// Their words.
        units: Vec<(UnitId, Cell)>,
    },
}

/// The origin of one cell of one report.
pub fn of_cell(
    plan: &CompiledRegime,
    evaluation: &Evaluation,
    at: &CellAddress,
) -> Option<Provenance> {
    todo!("{} {} {at:?}", plan.format, evaluation.findings.len())
}

/// The origin of one consolidated figure.
pub fn of_figure(
    plan: &CompiledRegime,
    members: &[Member],
    group: &Group,
    at: &CellAddress,
) -> Option<Provenance> {
    todo!("{} {} {group:?} {at:?}", plan.format, members.len())
}
