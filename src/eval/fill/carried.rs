//! What is carried over into a report, cell by cell, and the rows that are in effect because of it.
//!
//! A form with days of its own is carried over from the report whose days, as they hold for that form, end before its own begin. It does not know who accepted what. Where
//! there is nothing to carry from the cell is blank and says so.

use crate::calendar::Period;
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compute::Scope;
use crate::eval::earlier::{CarrySource, earlier};
use crate::eval::evaluate::{Carry, ReportInput};
use crate::eval::operation::Operand;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Source;
use crate::plan::expression::ExpressionId;
use crate::plan::form::{Form, FormIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Where the carried cells of a form come from: the days of its own decide, where it has any.
fn of_form<'a>(plan: &CompiledRegime, report: &ReportInput<'a>, form: FormIndex) -> Carry<'a> {
    let own = plan.form_definition.form(form);
    if !own.is_some_and(|form| form.time.has_days()) {
        return report.carry.clone();
    }
    let archive = report.archive;
    let known = |period: Period| archive.report(period).is_some();
    let found = match earlier(&plan.header_for(form), report.period, known).carry {
        CarrySource::Closing(period) => archive.report(period).map(Carry::Report),
        CarrySource::Opening(period) => archive.report(period).map(Carry::Opening),
        CarrySource::None => None,
    };
    found.unwrap_or_else(|| match &report.carry {
        // Another form has an earlier report, this one has none.
        Carry::Report(_) | Carry::Opening(_) => Carry::Missing(BlankReason::NoEarlierReport),
        declared_or_missing => declared_or_missing.clone(),
    })
}

/// Rows that are in effect without being chosen: something is carried over into them.
pub(super) fn rows(
    plan: &CompiledRegime,
    index: FormIndex,
    form: &Form,
    report: &ReportInput,
    openings: &BTreeMap<CellAddress, Cell>,
) -> BTreeSet<String> {
    let source_rows: Vec<Row> = match of_form(plan, report, index) {
        Carry::Report(source) | Carry::Opening(source) => source
            .rows_of(index)
            .iter()
            .map(|data| data.row.clone())
            .collect(),
        Carry::Declared => openings
            .keys()
            .filter(|at| at.form == index)
            .map(|at| at.row.clone())
            .collect(),
        Carry::Missing(_) => Vec::new(),
    };
    source_rows
        .into_iter()
        .filter(|row| {
            form.columns_indexed().any(|(column, _)| {
                let Some(Source::Carried(expression)) =
                    form.cell(row.key(), column).map(|cell| &cell.source)
                else {
                    return false;
                };
                let at = CellAddress {
                    form: index,
                    row: row.clone(),
                    column,
                };
                let value = cell(plan, report, openings, &at, *expression);
                value.number().is_some_and(|number| !number.is_zero())
            })
        })
        .map(|row| row.key().to_string())
        .collect()
}

/// What is carried into a cell.
pub(super) fn cell(
    plan: &CompiledRegime,
    report: &ReportInput,
    openings: &BTreeMap<CellAddress, Cell>,
    at: &CellAddress,
    expression: ExpressionId,
) -> Operand {
    match of_form(plan, report, at.form) {
        Carry::Report(source) => {
            let known = source
                .rows_of(at.form)
                .iter()
                .any(|data| data.row == at.row);
            if matches!(at.row, Row::Entry(_)) && !known {
                return Operand::Nil;
            }
            Scope::of_report(plan, source)
                .operand(expression, &at.row)
                .from_earlier_report()
        }
        // Here the reason why the shorter report has no opening holds for this one too.
        Carry::Opening(source) => match source.cells.get(at) {
            Some(Cell::Blank(reason)) => Operand::Blank(reason.clone()),
            Some(cell) => Operand::read(cell, at).from_earlier_report(),
            None if matches!(at.row, Row::Entry(_)) => Operand::Nil,
            None => Operand::Blank(BlankReason::NoEarlierReport),
        },
        Carry::Declared => match openings.get(at) {
            Some(cell) => Operand::read(cell, at),
            // A form with declared openings lists all its rows; of a form without any nothing is known.
            None if matches!(at.row, Row::Entry(_))
                && openings
                    .keys()
                    .any(|opening| opening.form == at.form && opening.column == at.column) =>
            {
                Operand::Nil
            }
            None => Operand::Blank(BlankReason::NoEarlierReport),
        },
        Carry::Missing(reason) => Operand::Blank(reason),
    }
}
