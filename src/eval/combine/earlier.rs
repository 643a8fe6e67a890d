//! How units stand to what a formula reads of other periods: a figure over the month before rests on the reports of the month before.
//!
//! It counts units and adds nothing. A period of which nothing is known at all is left to the cell, which says so itself; without a history every unit is left as it stands.

use super::{Combiner, Standing, unit_sum};
use crate::eval::beside::Beside;
use crate::eval::compute::Scope;
use crate::eval::evaluate::Evaluation;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Source;
use crate::plan::expression::ExpressionId;

/// So many formulas deep is looked for what a unit entered; compiled plans have no circles.
const DEEPEST: usize = 8;

impl Combiner<'_, '_> {
    /// Raises each unit's standing by how it stands to what a formula reads of other periods.
    pub(super) fn stand_then(
        &self,
        expression: ExpressionId,
        row: &Row,
        standings: &mut [Standing],
    ) {
        let Some(history) = self.history else {
            return;
        };
        for read in self.beside(expression, row, Some(history)) {
            let Beside::Period(then) = read else {
                continue;
            };
            if then.stated.is_none() {
                continue;
            }
            for (all, member) in standings.iter_mut().zip(&self.members) {
                let archive = history.units.get(&member.unit);
                let standing = match archive.and_then(|known| known.report(then.period)) {
                    Some(report) => self.standing_then(report, &then.at, DEEPEST),
                    None if then.missing.contains(&member.unit) => Standing::Missing,
                    None => Standing::NotAsked,
                };
                *all = (*all).max(standing);
            }
        }
    }

    /// How a unit stood to a cell of its report. A formula was answered by whoever answered what it reads, also where nothing comes of it for the unit alone.
    fn standing_then(&self, report: &Evaluation, at: &CellAddress, depth: usize) -> Standing {
        let form = self.plan.form_definition.form(at.form);
        let source = form
            .and_then(|form| form.cell(at.row.key(), at.column))
            .map(|cell| &cell.source);
        if let (Some(Source::Computed(formula)), true) = (source, depth > 0) {
            let operands = Scope::of_report(self.plan, report).operands(*formula, &at.row);
            let standings = operands
                .iter()
                .map(|operand| self.standing_then(report, operand, depth - 1));
            if let Some(standing) = standings.max() {
                return standing;
            }
        }
        unit_sum(report, at).1
    }
}
