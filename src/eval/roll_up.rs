//! Figures of shorter periods become the figure of a longer one, each by its nature.
//!
//! The parts come in order of time. It does not know which periods make up a span or where reports are kept. A missing part makes the result blank, because a partial sum
//! over time misleads; the last value is that of the end of the span and never an older one.

use crate::calendar::Period;
use crate::eval::archive::Archive;
use crate::eval::cell::{BlankReason, Cell, MissingPart};
use crate::eval::combined_rows::union_of_rows;
use crate::eval::compute::{Reading, Scope, data_rows};
use crate::eval::cover;
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::{DataRow, Evaluation};
use crate::eval::operation::{self, Operand};
use crate::eval::references::looks_at_list;
use crate::number::Number;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::aggregation::{OverTime, Step};
use crate::plan::cell::{Source, ValueType};
use crate::plan::expression::ExpressionId;
use crate::plan::form::FormIndex;
use crate::plan::header::RegimeHeader;
use std::collections::BTreeMap;

/// A shorter period of the span.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// How long it is, the weight of a mean over time: in months where every part is made of months, as staff count them, else in days.
    pub length: i32,
    /// Its report, if there is one.
    pub report: Option<&'a Evaluation>,
}

/// A period rolled up from shorter ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledUp {
    /// Every figure that follows from the parts.
    pub cells: BTreeMap<CellAddress, Cell>,
    /// The rows that any part has, by form.
    pub rows: Vec<Vec<DataRow>>,
}

/// Rolls up the shorter reports that make up a period by the regime's relation of periods; none where the period is independent.
pub fn of_period(plan: &CompiledRegime, period: Period, archive: &Archive) -> Option<RolledUp> {
    let parts = parts(&plan.header, period, archive)?;
    let forms = (0u32..).map(FormIndex);
    let own = forms
        .zip(&plan.form_definition.forms)
        .filter(|(_, form)| form.time.has_days())
        .map(|(form, _)| (form, self::parts(&plan.header_for(form), period, archive)))
        .collect();
    let moment = Moment { period, archive };
    Some(over_parts(plan, (&parts, &own), Some(moment)))
}

/// The shorter periods that make up a period by the days of a header; none where they do not.
fn parts<'a>(
    header: &RegimeHeader,
    period: Period,
    archive: &'a Archive<'a>,
) -> Option<Vec<Part<'a>>> {
    let periods = cover::parts_of(header, period)?;
    let lengths = cover::lengths(header, &periods);
    let part = |(part, length): (&Period, i32)| Part {
        length,
        report: archive.report(*part),
    };
    Some(periods.iter().zip(lengths).map(part).collect())
}

/// The figures of all forms over the parts. Words are left out.
pub fn roll_up(plan: &CompiledRegime, parts: &[Part], moment: Option<Moment>) -> RolledUp {
    over_parts(plan, (parts, &BTreeMap::new()), moment)
}

/// The parts of forms with days of their own; none where no shorter periods make up theirs, and then such a form stands for itself.
type OwnParts<'a> = BTreeMap<FormIndex, Option<Vec<Part<'a>>>>;

fn over_parts(
    plan: &CompiledRegime,
    (parts, own): (&[Part], &OwnParts),
    moment: Option<Moment>,
) -> RolledUp {
    let reports = |parts: &[Part]| union_of_rows(plan, parts.iter().filter_map(|part| part.report));
    let mut rows = reports(parts);
    for (form, own) in own {
        let there = reports(own.as_deref().unwrap_or_default());
        let there = there.into_iter().nth(form.0 as usize);
        if let (Some(rows), Some(there)) = (rows.get_mut(form.0 as usize), there) {
            *rows = there;
        }
    }
    let mut rolling = Rolling {
        plan,
        parts,
        own,
        rows: &rows,
        cells: BTreeMap::new(),
        moment,
    };
    // Formulas may read other forms, so every form is combined; what is typed or added comes before what is recomputed from it.
    let stands_alone = |step: &&Step| matches!(own.get(&step.form), Some(None));
    let steps = || {
        let steps = plan.aggregation_plan.steps.iter();
        steps.filter(|step| !stands_alone(step))
    };
    for step in steps() {
        if !matches!(step.over_time, OverTime::Recompute(_)) {
            rolling.add(step);
        }
    }
    for step in steps() {
        if let OverTime::Recompute(expression) = step.over_time {
            // Lists of several periods have no common rows to look at.
            let over_list = looks_at_list(&plan.validation_program, expression);
            for row in rolling.rows_of(step) {
                let cell = match over_list {
                    true => Cell::Blank(BlankReason::PeriodMissing(MissingPart::Any)),
                    false => rolling.scope().operand(expression, &row).into_cell(),
                };
                rolling.cells.insert(address(step, row), cell);
            }
        }
    }
    let cells = rolling.cells;
    RolledUp { cells, rows }
}

struct Rolling<'r> {
    plan: &'r CompiledRegime,
    parts: &'r [Part<'r>],
    own: &'r OwnParts<'r>,
    rows: &'r [Vec<DataRow>],
    cells: BTreeMap<CellAddress, Cell>,
    moment: Option<Moment<'r>>,
}

impl<'r> Rolling<'r> {
    /// The parts that make up the period for a form.
    fn parts_of(&self, form: FormIndex) -> &'r [Part<'r>] {
        match self.own.get(&form) {
            Some(own) => own.as_deref().unwrap_or_default(),
            None => self.parts,
        }
    }

    /// A column combined by adding, by its first or its last value, or by a mean; rows that are sums are added from the combined rows.
    fn add(&mut self, step: &Step) {
        let parts = self.parts_of(step.form);
        for row in self.rows_of(step) {
            let data = data_rows(self.rows, step.form);
            let written = self.is_written(step, &row);
            let summed = !written
                && (row == Row::Total || data.iter().any(|data| data.inner && data.row == row));
            let below: Vec<CellAddress> = data
                .iter()
                .filter(|data| match row {
                    Row::Total => data.parent.is_none(),
                    _ => data.parent.as_ref() == Some(&row),
                })
                .map(|data| address(step, data.row.clone()))
                .collect();
            let at = address(step, row);
            let cell = self
                .plan
                .form_definition
                .form(step.form)
                .and_then(|form| form.cell(at.row.key(), step.column));
            let revised_by = cell.and_then(|cell| cell.revised_by);
            let number = cell.is_some_and(|cell| matches!(cell.value, ValueType::Number { .. }));
            // An answer that is no number has no sum.
            if summed && !number {
                continue;
            }
            let combined = match step.over_time {
                OverTime::None | OverTime::Recompute(_) => continue,
                OverTime::TypedAfresh => Cell::Blank(BlankReason::NotAnswered),
                OverTime::TimeWeighted => self.mean_over_time(&at),
                OverTime::Weighted(weight) => self.weighted_mean(&at, weight),
                _ if summed => {
                    let scope = self.scope();
                    operation::sum(below.iter().map(|at| scope.read(at))).into_cell()
                }
                OverTime::Sum => {
                    let best = |place: usize, part: &Part| {
                        let next = parts.get(place + 1).and_then(|next| next.report);
                        let again = revised_by.zip(next).map(|(column, next)| {
                            let at = CellAddress {
                                column,
                                ..at.clone()
                            };
                            operand(Some(next), &at, MissingPart::Any)
                        });
                        let stated = operand(part.report, &at, MissingPart::Any);
                        match again {
                            Some(again @ (Operand::Given(_) | Operand::Nil))
                                if stated != Operand::Closed =>
                            {
                                again
                            }
                            _ => stated,
                        }
                    };
                    let values = parts.iter().enumerate();
                    operation::sum(values.map(|(place, part)| best(place, part))).into_cell()
                }
                OverTime::Before => match self.said_again(&at) {
                    Some(known) => known,
                    // What the parts do not say is typed, whatever the step of the whole column came to.
                    None => {
                        self.cells.remove(&at);
                        continue;
                    }
                },
                OverTime::Last => edge(parts.last(), &at, MissingPart::Last),
                OverTime::First => edge(parts.first(), &at, MissingPart::First),
            };
            self.cells.insert(at, combined);
        }
    }

    /// A figure about the longer period before: each of its parts is stated again by the report that follows it, the last one by the first part of this period. None where
    /// one of them says nothing.
    fn said_again(&self, at: &CellAddress) -> Option<Cell> {
        let moment = self.moment?;
        let before = moment.period.previous()?;
        let parts = cover::parts_of(&self.plan.header_for(at.form), before)?;
        let values = parts.iter().map(|part| {
            let following = part.next().and_then(|next| moment.archive.report(next));
            operand(following, at, MissingPart::Any)
        });
        Some(operation::sum(values).into_cell()).filter(|cell| !matches!(cell, Cell::Blank(_)))
    }

    /// Whether a written row says itself what its cell is, so that its place makes it no sum.
    fn is_written(&self, step: &Step, row: &Row) -> bool {
        let form = self.plan.form_definition.form(step.form);
        form.is_some_and(|form| {
            let cell = form.cell(row.key(), step.column);
            !step.rows.is_every()
                && cell.is_some_and(|cell| !matches!(cell.source, Source::Computed(_)))
        })
    }

    /// The mean of the windows, each by its length; nothing happened counts as zero with its weight.
    fn mean_over_time(&self, at: &CellAddress) -> Cell {
        let values = self.parts_of(at.form).iter().map(|part| {
            let length = Operand::Given(Number::from_i64(i64::from(part.length)));
            (operand(part.report, at, MissingPart::Any), length)
        });
        operation::weighted_mean(values).into_cell()
    }

    fn weighted_mean(&self, at: &CellAddress, weight: ExpressionId) -> Cell {
        let values = self.parts_of(at.form).iter().map(|part| {
            let weight = match part.report {
                Some(report) => Scope::of_report(self.plan, report).operand(weight, &at.row),
                None => Operand::Blank(BlankReason::PeriodMissing(MissingPart::Any)),
            };
            (operand(part.report, at, MissingPart::Any), weight)
        });
        operation::weighted_mean(values).into_cell()
    }

    /// Data rows of a step, sums after what they add, then the total row.
    fn rows_of(&self, step: &Step) -> Vec<Row> {
        let form = self.plan.form_definition.form(step.form);
        let head = form
            .and_then(|form| form.column(step.column))
            .is_some_and(|column| column.head);
        if head {
            return vec![Row::Own];
        }
        let total = form.filter(|form| form.has_rows()).map(|_| Row::Total);
        data_rows(self.rows, step.form)
            .iter()
            .rev()
            .map(|data| data.row.clone())
            .chain(total)
            .filter(|row| step.rows.names(row))
            .collect()
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            plan: self.plan,
            cells: &self.cells,
            rows: self.rows,
            moment: self.moment,
            event: None,
            reporter: None,
            reading: Reading::Stated,
            reader: None,
        }
    }
}

fn edge(part: Option<&Part>, at: &CellAddress, which: MissingPart) -> Cell {
    operand(part.and_then(|part| part.report), at, which).into_cell()
}

/// The cell of one part; nothing stands in for a blank one.
fn operand(part: Option<&Evaluation>, at: &CellAddress, which: MissingPart) -> Operand {
    let cell = part.map(|report| report.cells.get(at));
    match cell {
        Some(None) if matches!(at.row, Row::Entry(_)) => Operand::Nil,
        Some(Some(cell)) => match Operand::read(cell, at) {
            known @ (Operand::Given(_)
            | Operand::Nil
            | Operand::Closed
            | Operand::LeftOut(_)
            | Operand::Value(_)) => known,
            _ => Operand::Blank(BlankReason::PeriodMissing(which)),
        },
        Some(None) | None => Operand::Blank(BlankReason::PeriodMissing(which)),
    }
}

fn address(step: &Step, row: Row) -> CellAddress {
    CellAddress {
        form: step.form,
        row,
        column: step.column,
    }
}

/// The rows of a form that a rolled-up period has because a part has them.
pub fn row_keys(rolled: &RolledUp, form: FormIndex) -> impl Iterator<Item = &str> {
    data_rows(&rolled.rows, form)
        .iter()
        .map(|data| data.row.key())
}
