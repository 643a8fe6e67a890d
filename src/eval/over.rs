//! Figures over the rows of a list: how many, their sum, the smallest, the largest, each row once or once per key, and only where a condition holds.
//!
//! It does not know who added the rows or how lists of several units come together. A row of which it cannot be told whether it counts makes the figure
//! blank: it never counts by half.

use crate::eval::cell::BlankReason;
use crate::eval::compute::{Scope, data_rows};
use crate::eval::operation::{self, Operand, Truth, Value};
use crate::eval::references::reads;
use crate::number::Number;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::ValueType;
use crate::plan::expression::{Expression, ExpressionId, Over, OverFunction, RowReference};
use crate::plan::form::FormIndex;
use std::collections::BTreeMap;

/// A part of a key, comparable.
pub(super) type KeyPart = (Option<Number>, Option<Value>);

/// The figures of rows that count, one per row or one per key.
#[derive(Default)]
pub(super) struct Gathered {
    values: Vec<Operand>,
    of_key: BTreeMap<Vec<KeyPart>, Operand>,
}

impl Gathered {
    /// The one figure they come to.
    pub fn finish(self, function: OverFunction) -> Operand {
        let mut values = self.values;
        values.extend(self.of_key.into_values());
        match function {
            OverFunction::Count if values.is_empty() => Operand::Given(Number::zero()),
            OverFunction::Count | OverFunction::Sum => operation::sum(values),
            OverFunction::Minimum => operation::minimum(values),
            OverFunction::Maximum => operation::maximum(values),
        }
    }
}

impl Scope<'_> {
    /// A figure over the rows of a list, standing in a row of another form.
    pub(super) fn over(&self, over: &Over, outer: &Row) -> Operand {
        let mut gathered = Gathered::default();
        self.gather(over, outer, &mut gathered);
        gathered.finish(over.function)
    }

    /// Adds the rows of this document's list to what others gave.
    pub(super) fn gather(&self, over: &Over, outer: &Row, gathered: &mut Gathered) {
        for data in data_rows(self.rows, over.list) {
            let row = &data.row;
            let counts = over.condition.map_or(Truth::True, |condition| {
                self.where_holds(condition, row, outer)
            });
            match counts {
                Truth::True => {}
                Truth::False | Truth::Skipped => continue,
                Truth::Undecided => {
                    gathered.values.push(self.waits(over.condition, row));
                    continue;
                }
            }
            let value = match over.value {
                Some(value) => self.operand(value, row),
                None => Operand::Given(Number::one()),
            };
            if over.distinct.is_empty() {
                gathered.values.push(value);
                continue;
            }
            match self.key(&over.distinct, row) {
                None => {
                    let waits = self.waits(over.distinct.first().copied(), row);
                    gathered.values.push(waits);
                }
                Some(key) => match gathered.of_key.get(&key) {
                    None => {
                        gathered.of_key.insert(key, value);
                    }
                    // Two figures under one key, and nothing says which of them is meant.
                    Some(first) if *first != value => {
                        gathered.values.push(self.waits(over.value, row));
                    }
                    Some(_) => {}
                },
            }
        }
    }

    /// A blank that names what is missing in a row, or the cells themselves where nothing is.
    fn waits(&self, id: Option<ExpressionId>, row: &Row) -> Operand {
        let cells = id.map_or(Vec::new(), |id| self.blank_operands(id, row));
        Operand::Blank(BlankReason::Missing(cells))
    }

    /// The cells of this row that an expression reads and that hold no answer.
    pub(super) fn blank_operands(&self, id: ExpressionId, row: &Row) -> Vec<CellAddress> {
        let mut found = Vec::new();
        for read in reads(&self.plan.validation_program, id) {
            let mut of_row = read.cell;
            if of_row.row == RowReference::All {
                of_row.row = RowReference::Current;
            }
            for at in self.resolve(&of_row, row) {
                let blank = matches!(self.read(&at), Operand::Blank(_) | Operand::LeftOut(_));
                if blank && !read.earlier && !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        found
    }

    fn key(&self, parts: &[ExpressionId], row: &Row) -> Option<Vec<KeyPart>> {
        parts
            .iter()
            .map(|part| key_part(&self.operand(*part, row)))
            .collect()
    }

    /// Whether a row of the list counts: a condition in which the entry of the outer row may stand.
    pub(super) fn where_holds(&self, id: ExpressionId, row: &Row, outer: &Row) -> Truth {
        let each = |parts: &[ExpressionId]| -> Vec<Truth> {
            parts
                .iter()
                .map(|part| self.where_holds(*part, row, outer))
                .collect()
        };
        match self.plan.validation_program.expression(id) {
            Some(Expression::And(parts)) => Truth::all(each(parts)),
            Some(Expression::Or(parts)) => Truth::any(each(parts)),
            Some(Expression::Not(inner)) => self.where_holds(*inner, row, outer).negated(),
            Some(Expression::Under(subject)) => self.under(*subject, row, outer),
            _ => self.truth(id, row),
        }
    }

    /// Whether a field at the head of a report chooses a row, or an entry below it.
    pub(super) fn chooses(&self, field: ExpressionId, row: &Row) -> Truth {
        self.under(field, row, row)
    }

    fn under(&self, subject: ExpressionId, row: &Row, outer: &Row) -> Truth {
        let Row::Entry(wanted) = outer else {
            return Truth::True;
        };
        let found = match self.operand(subject, row) {
            Operand::Value(Value::Entry(entry)) => entry.name,
            Operand::Closed => return Truth::Skipped,
            Operand::Nil => return Truth::False,
            _ => return Truth::Undecided,
        };
        if found == *wanted {
            return Truth::True;
        }
        Truth::from(self.lies_below(subject, &found, wanted))
    }

    /// Whether an entry hangs, directly or through others, from another one of the catalogue its column takes entries from.
    fn lies_below(&self, subject: ExpressionId, entry: &str, wanted: &str) -> bool {
        let definition = &self.plan.form_definition;
        let Some(Expression::Cell(cell)) = self.plan.validation_program.expression(subject) else {
            return false;
        };
        let column = definition
            .form(cell.form)
            .and_then(|form| form.column(cell.column));
        let Some(ValueType::Choice(catalog)) = column.map(|column| column.cell.value) else {
            return false;
        };
        let Some(catalog) = definition.catalog(catalog) else {
            return false;
        };
        let mut place = catalog.entries.iter().position(|found| found.name == entry);
        // Parents stand before their children, so a walk longer than the catalogue would be a circle.
        for _ in 0..catalog.entries.len() {
            let parent = place
                .and_then(|place| catalog.entries.get(place))
                .and_then(|found| found.parent)
                .and_then(|parent| catalog.entries.get(parent as usize).zip(Some(parent)));
            match parent {
                Some((found, _)) if found.name == wanted => return true,
                Some((_, parent)) => place = Some(parent as usize),
                None => return false,
            }
        }
        false
    }

    /// The row of an earlier document that is this row of a list: the one with the same key. Rows of other forms keep their name.
    pub(super) fn same_row(&self, earlier: &Scope, inner: ExpressionId, row: &Row) -> Row {
        let definition = &self.plan.form_definition;
        let listed = reads(&self.plan.validation_program, inner)
            .into_iter()
            .filter(|read| read.cell.row == RowReference::Current)
            .map(|read| read.cell.form)
            .find(|form| {
                let form = definition.form(*form);
                form.is_some_and(|form| form.listed().is_some())
            });
        match listed {
            Some(form) => self.same_listed_row(earlier, form, row),
            None => row.clone(),
        }
    }

    /// The cell of another document that is this one: in a list that of the row with the same key.
    pub(super) fn same_cell(&self, other: &Scope, at: &CellAddress) -> CellAddress {
        let form = self.plan.form_definition.form(at.form);
        let listed = form.is_some_and(|form| form.listed().is_some());
        match listed && matches!(at.row, Row::Entry(_)) {
            true => CellAddress {
                row: self.same_listed_row(other, at.form, &at.row),
                ..at.clone()
            },
            false => at.clone(),
        }
    }

    fn same_listed_row(&self, other: &Scope, form: FormIndex, row: &Row) -> Row {
        let Some(listed) = self
            .plan
            .form_definition
            .form(form)
            .and_then(|form| form.listed())
        else {
            return row.clone();
        };
        let key_of = |scope: &Scope, row: &Row| -> Option<Vec<KeyPart>> {
            let parts = listed.key.iter().map(|column| {
                key_part(&scope.stated(&CellAddress {
                    form,
                    row: row.clone(),
                    column: *column,
                }))
            });
            parts
                .collect::<Option<Vec<_>>>()
                .filter(|key| !key.is_empty())
        };
        let wanted = key_of(self, row);
        data_rows(other.rows, form)
            .iter()
            .map(|data| &data.row)
            .find(|other_row| wanted.is_some() && key_of(other, other_row) == wanted)
            .cloned()
            // A name no list gives to a row: the other report does not have it.
            .unwrap_or_else(|| Row::Entry(String::new()))
    }

    /// Whether the entry an expression yields is one of these.
    pub(super) fn is_in(&self, subject: ExpressionId, entries: &[String], row: &Row) -> Truth {
        match self.operand(subject, row) {
            Operand::Value(Value::Entry(entry)) => Truth::from(entries.contains(&entry.name)),
            Operand::Closed => Truth::Skipped,
            Operand::Nil => Truth::False,
            _ => Truth::Undecided,
        }
    }

    /// One of two values by a condition; blank with what the condition waits for.
    pub(super) fn either(
        &self,
        condition: ExpressionId,
        then: ExpressionId,
        otherwise: ExpressionId,
        row: &Row,
    ) -> Operand {
        match self.truth(condition, row) {
            Truth::True => self.operand(then, row),
            Truth::False => self.operand(otherwise, row),
            Truth::Undecided => self.waits(Some(condition), row),
            Truth::Skipped => Operand::Closed,
        }
    }
}

/// An answer as a part of a key; none where there is no answer.
pub(super) fn key_part(operand: &Operand) -> Option<KeyPart> {
    match operand {
        Operand::Given(number) => Some((Some(number.clone()), None)),
        Operand::Value(value) => Some((None, Some(value.clone()))),
        Operand::Nil | Operand::Closed => Some((None, None)),
        Operand::Partial(..) | Operand::Blank(_) | Operand::LeftOut(_) => None,
    }
}
