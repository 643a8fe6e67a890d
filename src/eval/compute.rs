//! Expressions evaluated over the cells of one document: a unit's report, a consolidation, a roll-up.
//!
//! It does not know how the cells came about. A reference that names no cell is blank, never zero; only the row that a present report does not have is
//! nil, because choosing no such row says that nothing happened there.

use crate::calendar::{Date, Period};
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::earlier::window_during;
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::{DataRow, Evaluation};
use crate::eval::operation::{self, Operand, Truth, Value};
use crate::eval::references::reads;
use crate::organisation::{EventState, Unit};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::{CellReference, EventTest, Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use std::collections::BTreeMap;

/// The document an expression is evaluated in.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The plan that expressions belong to.
    pub plan: &'a CompiledRegime,
    /// The known cells.
    pub cells: &'a BTreeMap<CellAddress, Cell>,
    /// The rows in effect, by form.
    pub rows: &'a [Vec<DataRow>],
    /// Where it stands in time and what is known of other times; none: nothing is.
    pub moment: Option<Moment<'a>>,

    /// The event that the report follows.
    pub event: Option<&'a EventState>,
    /// The unit whose own report it is.
    pub reporter: Option<&'a Unit>,
    /// As what its cells are read.
    pub reading: Reading,
    /// The report on whose behalf this document is read; none: it reads itself.
    pub reader: Option<Reader<'a>>,
}

/// As what the cells of a document are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As the document states them.
    Stated,
    /// In the best vintage known to the reader.
    Best,
    /// Cumulated from the start of the year.
    ToDate,
}

/// A report that reads others.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Its period.
    pub period: Period,
    /// Its cells.
    pub cells: &'a BTreeMap<CellAddress, Cell>,
    /// Its rows, by form.
    pub rows: &'a [Vec<DataRow>],
}

impl<'a> Scope<'a> {
    /// A report as a document; its own earlier report is not known to it.
    pub fn of_report(plan: &'a CompiledRegime, report: &'a Evaluation) -> Scope<'a> {
        Scope {
            plan,
            cells: &report.cells,
            rows: &report.rows,
            moment: None,
            event: None,
            reporter: None,
            reading: Reading::Stated,
            reader: None,
        }
    }

    /// The same document, read as it states its cells.
    pub(super) fn as_stated(&self) -> Scope<'a> {
        Scope {
            reading: Reading::Stated,
            ..*self
        }
    }

    /// The answer to a question about the event: open while the event, or the value asked for, is not known.
    fn event_answer(&self, question: &EventTest) -> Truth {
        let declared = self.plan.header.events.get(question.event as usize);
        let field = declared.and_then(|event| event.fields.get(question.field as usize));
        let (Some(declared), Some(field), Some(state)) = (declared, field, self.event) else {
            return Truth::Undecided;
        };
        let recorded = state.fields.get(&field.name);
        match recorded.and_then(|value| question.test.holds(value)) {
            Some(answer) if state.event == declared.name => Truth::from(answer),
            _ => Truth::Undecided,
        }
    }

    /// Whether the unit is registered so: open while it, or its attribute, is not known.
    fn registered(&self, attribute: &str, entry: &str) -> Truth {
        match self
            .reporter
            .and_then(|unit| unit.attributes.get(attribute))
        {
            Some(known) => Truth::from(known == entry),
            None => Truth::Undecided,
        }
    }

    /// Whether the last day of a form's figures lies within some days: open while that day is not known.
    fn is_valid(&self, form: FormIndex, from: Option<Date>, until: Option<Date>) -> Truth {
        let dates = self.event.map(|event| event.dates);
        let window = self.moment.and_then(|moment| {
            let header = self.plan.header_for(form);
            window_during(&header, moment.period, dates)
        });
        match window {
            Some(window) => {
                let begun = from.is_none_or(|from| from <= window.to);
                Truth::from(begun && until.is_none_or(|until| window.to <= until))
            }
            None => Truth::Undecided,
        }
    }

    /// The value of an expression in a row.
    pub fn operand(&self, id: ExpressionId, row: &Row) -> Operand {
        let each = |parts: &[ExpressionId]| -> Vec<Operand> {
            parts
                .iter()
                .flat_map(|part| self.several(*part, row))
                .collect()
        };
        if self.reading == Reading::ToDate
            && let Some(whole) = self.whole_to_date(id, row)
        {
            return whole;
        }
        match self.plan.validation_program.expression(id) {
            None => Operand::Blank(BlankReason::Missing(Vec::new())),
            Some(Expression::Literal(number)) => Operand::Given(number.clone()),
            Some(Expression::Cell(_)) => operation::sum(self.several(id, row)),
            Some(Expression::Sum(terms)) => self.total(terms, row),
            Some(Expression::Product(left, right)) => {
                operation::multiply(&self.operand(*left, row), &self.operand(*right, row))
            }
            Some(Expression::Quotient(left, right)) => {
                operation::divide(&self.operand(*left, row), &self.operand(*right, row))
            }
            Some(Expression::Growth(left, right)) => {
                operation::growth(&self.operand(*left, row), &self.operand(*right, row))
            }
            Some(Expression::Negate(inner)) => operation::signed(false, self.operand(*inner, row)),
            Some(Expression::Scale(inner, factor)) => {
                operation::rescale(self.operand(*inner, row), factor)
            }
            Some(Expression::Absolute(inner)) => {
                operation::apply(self.operand(*inner, row), |number| number.abs())
            }
            Some(Expression::Round(inner, digits)) => {
                operation::apply(self.operand(*inner, row), |number| number.round(*digits))
            }
            Some(Expression::Minimum(parts)) => operation::minimum(each(parts)),
            Some(Expression::Maximum(parts)) => operation::maximum(each(parts)),
            Some(Expression::SumOf(parts)) => operation::sum(each(parts)),
            Some(Expression::Foreign(reference)) => self.foreign(reference),
            Some(Expression::Previous(inner)) => self.previous(*inner, row),
            Some(Expression::YearAgo(inner)) => self.year_ago(*inner, row),
            Some(Expression::YearToDate(inner)) => self.year_to_date(*inner, row),
            Some(Expression::Opening(inner)) => self.opening(*inner, row),
            Some(Expression::Plan {
                target,
                indicator,
                otherwise,
            }) => self.plan_value(*target, *indicator, *otherwise, row),
            Some(Expression::OverEvents(inner)) => self.over_events(*inner, row),
            Some(Expression::SumBelow(inner)) => self.sum_below(*inner, row),
            Some(Expression::CountBelow(inner)) => self.count_below(*inner, row),
            Some(Expression::Rank(inner)) => self.rank(*inner, row),
            Some(Expression::Day(day)) => Operand::Value(Value::Day(*day)),
            Some(Expression::Entry(entry)) => Operand::Value(Value::Entry(entry.clone())),
            Some(Expression::Nil) => Operand::Nil,
            Some(Expression::Chosen(value, field)) => match self.chooses(*field, row) {
                Truth::False | Truth::Skipped => Operand::Closed,
                Truth::True | Truth::Undecided => self.operand(*value, row),
            },
            Some(Expression::If(condition, then, otherwise)) => {
                self.either(*condition, *then, *otherwise, row)
            }
            Some(Expression::Over(over)) => self.over(over, row),
            Some(
                Expression::Truth(_)
                | Expression::Event(_)
                | Expression::Registry { .. }
                | Expression::Valid { .. }
                | Expression::IsBlank(_)
                | Expression::Compare(..)
                | Expression::In(..)
                | Expression::Under(_)
                | Expression::And(_)
                | Expression::Or(_)
                | Expression::Not(_),
            ) => match self.truth(id, row) {
                Truth::True => Operand::Value(Value::Truth(true)),
                Truth::False => Operand::Value(Value::Truth(false)),
                Truth::Undecided => Operand::Blank(BlankReason::Missing(Vec::new())),
                Truth::Skipped => Operand::Closed,
            },
        }
    }

    /// The truth of a condition in a row; a cell of yes or no is one, a number is none and leaves it undecided.
    pub fn truth(&self, id: ExpressionId, row: &Row) -> Truth {
        let each = |parts: &[ExpressionId]| -> Vec<Truth> {
            parts.iter().map(|part| self.truth(*part, row)).collect()
        };
        match self.plan.validation_program.expression(id) {
            Some(Expression::Truth(value)) => Truth::from(*value),
            Some(Expression::Event(question)) => self.event_answer(question),
            Some(Expression::Registry { attribute, entry }) => self.registered(attribute, entry),
            Some(Expression::Valid { form, from, until }) => self.is_valid(*form, *from, *until),
            Some(Expression::IsBlank(inner)) => operation::is_blank(&self.operand(*inner, row)),
            Some(Expression::Compare(first, rest)) => {
                let mut left = self.operand(*first, row);
                Truth::all(rest.iter().map(|(sign, side)| {
                    let right = self.operand(*side, row);
                    let outcome = operation::compare(&left, *sign, &right);
                    left = right;
                    outcome
                }))
            }
            Some(Expression::And(parts)) => Truth::all(each(parts)),
            Some(Expression::Or(parts)) => Truth::any(each(parts)),
            Some(Expression::Not(inner)) => self.truth(*inner, row).negated(),
            Some(Expression::Previous(inner)) => match self.before() {
                Some(scope) => {
                    let row = self.same_row(&scope, *inner, row);
                    scope.truth(*inner, &row)
                }
                None => Truth::Undecided,
            },
            Some(Expression::In(subject, entries)) => self.is_in(*subject, entries, row),
            // It belongs to a condition over a list, which looks at it itself.
            Some(Expression::Under(_)) | None => Truth::Undecided,
            Some(_) => operation::as_truth(&self.operand(id, row)),
        }
    }

    /// The cells a reference means when it stands in a row.
    pub fn resolve(&self, reference: &CellReference, row: &Row) -> Vec<CellAddress> {
        let form = self.plan.form_definition.form(reference.form);
        let has_rows = form.is_some_and(|form| form.has_rows());
        let at_head = form
            .and_then(|form| form.column(reference.column))
            .is_some_and(|column| column.head);
        let at = |row: Row| CellAddress {
            form: reference.form,
            row,
            column: reference.column,
        };
        if !has_rows || at_head {
            return vec![at(Row::Own)];
        }
        match &reference.row {
            // A form without rows that speaks of one with rows means the whole of it.
            RowReference::Current if *row == Row::Own => vec![at(Row::Total)],
            RowReference::Current => vec![at(row.clone())],
            RowReference::Entry(name) => vec![at(Row::Entry(name.clone()))],
            RowReference::Total => vec![at(Row::Total)],
            RowReference::Others => outermost(self.rows, reference.form)
                .filter(|other| *other != row)
                .map(|other| at(other.clone()))
                .collect(),
            RowReference::All => data_rows(self.rows, reference.form)
                .iter()
                .map(|data| at(data.row.clone()))
                .collect(),
        }
    }

    /// The cells of this document that a formula reads, once each, in the order they are written.
    pub fn operands(&self, expression: ExpressionId, row: &Row) -> Vec<CellAddress> {
        let mut found = Vec::new();
        for read in reads(&self.plan.validation_program, expression) {
            for at in self.resolve(&read.cell, row) {
                if !read.earlier && !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        found
    }

    /// One cell as an operand.
    pub fn read(&self, at: &CellAddress) -> Operand {
        match self.reading {
            Reading::Stated => self.stated(at),
            Reading::Best => self.best(at),
            Reading::ToDate => self.cell_to_date(at),
        }
    }

    /// One cell as the document states it.
    pub(super) fn stated(&self, at: &CellAddress) -> Operand {
        if let Some(cell) = self.cells.get(at) {
            return Operand::read(cell, at);
        }
        let known = data_rows(self.rows, at.form)
            .iter()
            .any(|data| data.row == at.row);
        if matches!(at.row, Row::Entry(_)) && !known {
            Operand::Nil
        } else {
            Operand::Blank(BlankReason::Missing(vec![at.clone()]))
        }
    }

    /// An argument of a sum or an extreme: `*` stands for several cells, everything else for one value.
    fn several(&self, id: ExpressionId, row: &Row) -> Vec<Operand> {
        match self.plan.validation_program.expression(id) {
            Some(Expression::Cell(reference)) => self
                .resolve(reference, row)
                .iter()
                .map(|at| self.read(at))
                .collect(),
            _ => vec![self.operand(id, row)],
        }
    }
}

/// The data rows of a form among the rows of a document.
pub fn data_rows(rows: &[Vec<DataRow>], form: FormIndex) -> &[DataRow] {
    rows.get(form.0 as usize).map_or(&[], Vec::as_slice)
}

/// The rows whose sum is the total: those that are not summed into another row.
pub fn outermost(rows: &[Vec<DataRow>], form: FormIndex) -> impl Iterator<Item = &Row> {
    data_rows(rows, form)
        .iter()
        .filter(|data| data.parent.is_none())
        .map(|data| &data.row)
}
