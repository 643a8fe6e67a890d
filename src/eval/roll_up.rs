//! Figures of shorter periods become the figure of a longer one, each by its nature.
//!
//! It does not know calendars: the caller passes the reports that make up the span, in order. A missing part makes the result blank, because a
//! partial sum over time misleads.

use crate::eval::cell::{BlankReason, Cell, MissingPart};
use crate::eval::combine::union_of_rows;
use crate::eval::compute::{Scope, data_rows};
use crate::eval::evaluate::{DataRow, Evaluation};
use crate::eval::operation::{self, Operand};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::aggregation::{OverTime, Step};
use crate::plan::form::FormIndex;
use std::collections::BTreeMap;

/// The cells of one form over the periods that make up the span, in order of time; none where a report was not made. Words are left out.
pub fn roll_up(
    plan: &CompiledRegime,
    form: FormIndex,
    parts: &[Option<&Evaluation>],
) -> BTreeMap<CellAddress, Cell> {
    let rows = union_of_rows(plan, parts.iter().filter_map(|part| *part));
    let mut cells = BTreeMap::new();
    // Formulas may read other forms, so every form is combined; what is typed or added comes before what is recomputed from it.
    for step in &plan.aggregation_plan.steps {
        if !matches!(step.over_time, OverTime::Recompute(_)) {
            add_column(plan, step, parts, &rows, &mut cells);
        }
    }
    for step in &plan.aggregation_plan.steps {
        if let OverTime::Recompute(expression) = step.over_time {
            for row in all_rows(plan, step.form, &rows) {
                let cell = scope(plan, &cells, &rows)
                    .operand(expression, &row)
                    .into_cell();
                cells.insert(address(step, row), cell);
            }
        }
    }
    cells.retain(|at, _| at.form == form);
    cells
}

/// A column combined by adding, by its first or its last value; rows that are sums are added from the combined rows.
fn add_column(
    plan: &CompiledRegime,
    step: &Step,
    parts: &[Option<&Evaluation>],
    rows: &[Vec<DataRow>],
    cells: &mut BTreeMap<CellAddress, Cell>,
) {
    for row in all_rows(plan, step.form, rows) {
        let data = data_rows(rows, step.form);
        let summed = row == Row::Total || data.iter().any(|data| data.inner && data.row == row);
        let below: Vec<CellAddress> = data
            .iter()
            .filter(|data| match row {
                Row::Total => data.parent.is_none(),
                _ => data.parent.as_ref() == Some(&row),
            })
            .map(|data| address(step, data.row.clone()))
            .collect();
        let at = address(step, row);
        let combined = match step.over_time {
            OverTime::None | OverTime::Recompute(_) => continue,
            OverTime::TypedAfresh | OverTime::TimeWeighted | OverTime::Weighted(_) => {
                Cell::Blank(BlankReason::NotAnswered)
            }
            _ if summed => {
                let scope = scope(plan, cells, rows);
                operation::sum(below.iter().map(|at| scope.read(at))).into_cell()
            }
            OverTime::Sum => operation::sum(
                parts
                    .iter()
                    .map(|part| operand(*part, &at, MissingPart::Any)),
            )
            .into_cell(),
            OverTime::Last => edge(parts.last(), &at, MissingPart::Last),
            OverTime::First => edge(parts.first(), &at, MissingPart::First),
        };
        cells.insert(at, combined);
    }
}

fn edge(part: Option<&Option<&Evaluation>>, at: &CellAddress, which: MissingPart) -> Cell {
    operand(part.copied().flatten(), at, which).into_cell()
}

/// The cell of one part; nothing stands in for a blank one.
fn operand(part: Option<&Evaluation>, at: &CellAddress, which: MissingPart) -> Operand {
    let cell = part.map(|report| report.cells.get(at));
    match cell {
        Some(None) if matches!(at.row, Row::Entry(_)) => Operand::Nil,
        Some(Some(cell)) => match Operand::read(cell, at) {
            Operand::Blank(_) | Operand::Value(_) => {
                Operand::Blank(BlankReason::PeriodMissing(which))
            }
            known => known,
        },
        Some(None) | None => Operand::Blank(BlankReason::PeriodMissing(which)),
    }
}

/// Data rows, sums after what they add, then the total row.
fn all_rows(plan: &CompiledRegime, form: FormIndex, rows: &[Vec<DataRow>]) -> Vec<Row> {
    let has_rows = plan
        .form_definition
        .form(form)
        .is_some_and(|form| form.has_rows());
    data_rows(rows, form)
        .iter()
        .rev()
        .map(|data| data.row.clone())
        .chain(has_rows.then_some(Row::Total))
        .collect()
}

fn address(step: &Step, row: Row) -> CellAddress {
    CellAddress {
        form: step.form,
        row,
        column: step.column,
    }
}

fn scope<'a>(
    plan: &'a CompiledRegime,
    cells: &'a BTreeMap<CellAddress, Cell>,
    rows: &'a [Vec<DataRow>],
) -> Scope<'a> {
    Scope {
        plan,
        cells,
        rows,
        moment: None,
        event: None,
    }
}
