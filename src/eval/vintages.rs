//! The best vintage of a figure that is known: what the next report says about the month before, where it says it again.
//!
//! A reference means the best vintage known at the cut-off of the report that reads, so an old report reads the same for ever. It does not choose which reports count: the
//! archive holds them. Where nothing is said again a figure is what its own report states.

use crate::eval::compute::{Reader, Reading, Scope};
use crate::eval::operation::Operand;
use crate::eval::references::{children, reads};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, Source, Vintage};
use crate::plan::expression::{Expression, ExpressionId};
use crate::plan::form::{ColumnIndex, Form};

impl<'a> Scope<'a> {
    /// The definition of a cell.
    pub(super) fn definition(&self, at: &CellAddress) -> Option<&'a CellDefinition> {
        let form = self.plan.form_definition.form(at.form)?;
        form.cell(at.row.key(), at.column)
    }

    /// A cell of an earlier document in the best vintage known.
    pub(super) fn best(&self, at: &CellAddress) -> Operand {
        if let Some(again) = self.revised(at) {
            return again;
        }
        match self.formula_of_revised(at) {
            Some(formula) => Scope {
                reading: Reading::Best,
                ..*self
            }
            .operand(formula, &at.row),
            None => self.stated(at),
        }
    }

    /// What the following document says about a cell of this one, if it says it.
    pub(super) fn revised(&self, at: &CellAddress) -> Option<Operand> {
        // What comes after the report that reads is not known to it.
        let reader = self.reader?;
        let by = CellAddress {
            column: self.definition(at)?.revised_by?,
            ..at.clone()
        };
        let next = self.moment?.period.next()?;
        let following = match next == reader.period {
            true => Scope {
                cells: reader.cells,
                rows: reader.rows,
                ..*self
            },
            false => self.at(next).ok()?,
        };
        let by = self.same_cell(&following, &by);
        Some(following.stated(&by))
            .filter(|found| matches!(found, Operand::Given(_) | Operand::Nil))
    }

    /// How settled a figure is as its own report states it, and as the report after it does.
    pub(super) fn vintages(&self, at: &CellAddress) -> (Option<Vintage>, Option<Vintage>) {
        let own = self.definition(at);
        let again = own.and_then(|cell| {
            let column = cell.revised_by?;
            self.definition(&CellAddress {
                column,
                ..at.clone()
            })
        });
        (
            own.and_then(CellDefinition::vintage),
            again.and_then(CellDefinition::vintage),
        )
    }

    /// The cells of this document that state again, a period later, what an expression reads in earlier ones.
    pub(super) fn revising(&self, id: ExpressionId, row: &Row) -> Vec<CellAddress> {
        let read = reads(&self.plan.validation_program, id).into_iter();
        let cells = read.flat_map(|read| self.resolve(&read.cell, row));
        cells
            .filter_map(|at| {
                let column = self.definition(&at)?.revised_by?;
                Some(CellAddress { column, ..at })
            })
            .collect()
    }

    /// The formula of a cell of which something is revised while its own total is not. What is already put together over time stays as it was stated.
    fn formula_of_revised(&self, at: &CellAddress) -> Option<ExpressionId> {
        let Source::Computed(formula) = self.definition(at)?.source else {
            return None;
        };
        let changed = |other: &CellAddress| {
            other != at
                && (self.revised(other).is_some() || self.formula_of_revised(other).is_some())
        };
        let one_report = !moves(self.plan, formula);
        (one_report && self.operands(formula, &at.row).iter().any(changed)).then_some(formula)
    }

    /// The report at hand as the one that reads.
    pub(super) fn as_reader(&self) -> Option<Reader<'a>> {
        let own = self.moment.map(|moment| Reader {
            period: moment.period,
            cells: self.cells,
            rows: self.rows,
        });
        self.reader.or(own)
    }
}

/// Whether an expression looks at other times, at other reports or at lists.
pub(super) fn moves(plan: &CompiledRegime, id: ExpressionId) -> bool {
    let Some(expression) = plan.validation_program.expression(id) else {
        return false;
    };
    matches!(
        expression,
        Expression::Previous(_)
            | Expression::YearAgo(_)
            | Expression::YearToDate(_)
            | Expression::Opening(_)
            | Expression::OverEvents(_)
            | Expression::SumBelow(_)
            | Expression::CountBelow(_)
            | Expression::Rank(_)
            | Expression::Over(_)
            | Expression::Foreign(_)
    ) || children(expression)
        .into_iter()
        .any(|child| moves(plan, child))
}

/// Whether a figure that a formula yields states another one again, so that what reads that one has to be computed once all formulas are.
pub(super) fn computed_revisions(plan: &CompiledRegime) -> bool {
    let computed = |form: &Form, column: ColumnIndex| {
        form.definitions_of(column)
            .any(|cell| matches!(cell.source, Source::Computed(_)))
    };
    plan.form_definition.forms.iter().any(|form| {
        form.definitions()
            .filter_map(|cell| cell.revised_by)
            .any(|column| computed(form, column))
    })
}
