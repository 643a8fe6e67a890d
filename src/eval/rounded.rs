//! Rules marked `rounded`: figures are compared as they are shown, each an interval of the values that round to it.
//!
//! A rule that holds exactly holds here too; one that does not hold still passes where the intervals behind its two sides allow it. Typed and computed cells are rounded to
//! their own decimals; literals, plan values, counts over lists and nil are exact. A figure of another time or place counts as one shown figure. A quotient whose divisor
//! may be zero has no bounds and is taken as it is. It words nothing; what is blank, partial or closed stays as in any other rule.

use crate::eval::compute::{Scope, data_rows};
use crate::eval::naming;
use crate::eval::operation::{self, Operand, Truth};
use crate::number::{Interval, Number};
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::ValueType;
use crate::plan::expression::{Comparison, Expression, ExpressionId, Over, OverFunction};

impl Scope<'_> {
    /// The values that the shown figures leave possible; none where the expression has no number.
    pub(super) fn interval(&self, id: ExpressionId, row: &Row) -> Option<Interval> {
        let value = self.operand(id, row).number()?;
        let part = |id: &ExpressionId| self.interval(*id, row);
        let both = |left: &ExpressionId, right: &ExpressionId| Some((part(left)?, part(right)?));
        let program = &self.plan.validation_program;
        let found = match program.expression(id)? {
            Expression::Cell(_) => self.added(&[id], row),
            Expression::Sum(terms) => {
                // Parts that are closed or left empty have no values and add nothing.
                let signed = terms.iter().filter_map(|(plus, term)| {
                    let sign = Number::from_i64(if *plus { 1 } else { -1 });
                    Some(part(term)?.scale(&sign))
                });
                signed.reduce(|sum, more| sum.add(&more))
            }
            Expression::SumOf(parts) => self.added(parts, row),
            Expression::Product(left, right) => both(left, right).map(|(a, b)| a.mul(&b)),
            Expression::Quotient(left, right) => {
                both(left, right).and_then(|(a, b)| a.checked_div(&b))
            }
            Expression::Growth(now, before) => both(now, before)
                .and_then(|(now, before)| now.checked_div(&before))
                .map(|quotient| quotient.sub(&Interval::exact(&Number::one()))),
            Expression::Negate(inner) => {
                part(inner).map(|inner| inner.scale(&Number::from_i64(-1)))
            }
            Expression::Scale(inner, factor) => part(inner).map(|inner| inner.scale(factor)),
            Expression::Absolute(inner) => part(inner).map(|inner| inner.abs()),
            Expression::Round(_, digits) => Some(Interval::behind(&value, *digits)),
            Expression::Minimum(parts) => {
                let each = self.each(parts, row).into_iter();
                each.reduce(|left, right| left.min(&right))
            }
            Expression::Maximum(parts) => {
                let each = self.each(parts, row).into_iter();
                each.reduce(|left, right| left.max(&right))
            }
            Expression::If(condition, then, otherwise) => match self.truth(*condition, row) {
                Truth::True => part(then),
                _ => part(otherwise),
            },
            Expression::Over(over) => self.over_rows(over, row),
            Expression::Previous(inner) => self.before().and_then(|earlier| {
                let row = self.same_row(&earlier, *inner, row);
                earlier.interval(*inner, &row)
            }),
            Expression::YearAgo(inner)
            | Expression::YearToDate(inner)
            | Expression::Opening(inner)
            | Expression::OverEvents(inner)
            | Expression::SumBelow(inner) => {
                let shape = naming::shape(self.plan, *inner);
                Some(behind(&value, shape.decimals, shape.percent))
            }
            _ => None,
        };
        Some(found.unwrap_or_else(|| Interval::exact(&value)))
    }

    /// The intervals of several arguments; `*` stands for several cells.
    fn each(&self, parts: &[ExpressionId], row: &Row) -> Vec<Interval> {
        let mut found = Vec::new();
        for part in parts {
            match self.plan.validation_program.expression(*part) {
                Some(Expression::Cell(reference)) => {
                    let cells = self.resolve(reference, row);
                    found.extend(cells.iter().filter_map(|at| self.shown(at)));
                }
                _ => found.extend(self.interval(*part, row)),
            }
        }
        found
    }

    fn added(&self, parts: &[ExpressionId], row: &Row) -> Option<Interval> {
        let each = self.each(parts, row).into_iter();
        each.reduce(|sum, more| sum.add(&more))
    }

    /// The values behind one shown cell; nil is zero on purpose and not rounded.
    fn shown(&self, at: &CellAddress) -> Option<Interval> {
        let operand = self.read(at);
        let value = operand.number()?;
        let form = self.plan.form_definition.form(at.form);
        let definition = form.and_then(|form| form.cell(at.row.key(), at.column));
        Some(match definition.map(|cell| cell.value) {
            Some(ValueType::Number {
                decimals, percent, ..
            }) if operand != Operand::Nil => behind(&value, decimals, percent),
            _ => Interval::exact(&value),
        })
    }

    /// Every row of a list is shown by itself, so a sum over it is as wide as its rows together; what was counted is exact.
    fn over_rows(&self, over: &Over, outer: &Row) -> Option<Interval> {
        let value = over.value.filter(|_| over.distinct.is_empty())?;
        let counted = data_rows(self.rows, over.list).iter().filter(|data| {
            over.condition.is_none_or(|condition| {
                self.where_holds(condition, &data.row, outer) == Truth::True
            })
        });
        let intervals = counted.filter_map(|data| self.interval(value, &data.row));
        match over.function {
            OverFunction::Sum => intervals.reduce(|sum, more| sum.add(&more)),
            OverFunction::Minimum => intervals.reduce(|left, right| left.min(&right)),
            OverFunction::Maximum => intervals.reduce(|left, right| left.max(&right)),
            OverFunction::Count => None,
        }
    }

    /// Whether a condition, or its contrary, can hold of values that round to the figures shown.
    pub(super) fn can_hold(&self, id: ExpressionId, row: &Row, negated: bool) -> Truth {
        let each = |parts: &[ExpressionId]| -> Vec<Truth> {
            let parts = parts.iter();
            parts
                .map(|part| self.can_hold(*part, row, negated))
                .collect()
        };
        match self.plan.validation_program.expression(id) {
            Some(Expression::Compare(first, rest)) => {
                let mut left = *first;
                let outcomes = rest.iter().map(|(sign, right)| {
                    let sign = if negated { opposite(*sign) } else { *sign };
                    let outcome = self.may_compare(left, sign, *right, row);
                    left = *right;
                    outcome
                });
                let outcomes: Vec<Truth> = outcomes.collect();
                match negated {
                    true => Truth::any(outcomes),
                    false => Truth::all(outcomes),
                }
            }
            Some(Expression::And(parts)) if negated => Truth::any(each(parts)),
            Some(Expression::Or(parts)) if negated => Truth::all(each(parts)),
            Some(Expression::And(parts)) => Truth::all(each(parts)),
            Some(Expression::Or(parts)) => Truth::any(each(parts)),
            Some(Expression::Not(inner)) => self.can_hold(*inner, row, !negated),
            _ if negated => self.truth(id, row).negated(),
            _ => self.truth(id, row),
        }
    }

    /// A comparison of two shown figures; answers that are no figures are compared as they are.
    pub(super) fn may_compare(
        &self,
        left: ExpressionId,
        sign: Comparison,
        right: ExpressionId,
        row: &Row,
    ) -> Truth {
        let exact = operation::compare(&self.operand(left, row), sign, &self.operand(right, row));
        match (exact, self.interval(left, row), self.interval(right, row)) {
            (Truth::False, Some(left), Some(right)) => Truth::from(possible(&left, sign, &right)),
            _ => exact,
        }
    }
}

/// The values that are shown as a figure with so many decimals; a percentage is kept as a ratio and shown a hundredfold.
fn behind(value: &Number, decimals: u32, percent: bool) -> Interval {
    Interval::behind(value, if percent { decimals + 2 } else { decimals })
}

/// Whether some value here stands so to some value there.
fn possible(left: &Interval, sign: Comparison, right: &Interval) -> bool {
    match sign {
        Comparison::Equal => left.meets(right),
        Comparison::NotEqual => match (left.only_value(), right.only_value()) {
            (Some(left), Some(right)) => left != right,
            _ => true,
        },
        Comparison::Less => left.some_below(right),
        Comparison::LessOrEqual => left.some_at_most(right),
        Comparison::Greater => right.some_below(left),
        Comparison::GreaterOrEqual => right.some_at_most(left),
    }
}

/// Whether every two of these intervals have a value in common; intervals that meet pairwise all meet in one value.
pub(super) fn all_meet(intervals: &[Interval]) -> bool {
    let pairs = |from: usize| intervals.get(from + 1..).unwrap_or_default();
    intervals
        .iter()
        .enumerate()
        .all(|(place, one)| pairs(place).iter().all(|other| one.meets(other)))
}

/// The sign of the contrary.
pub(super) fn opposite(sign: Comparison) -> Comparison {
    match sign {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}
