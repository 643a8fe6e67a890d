//! Four-state arithmetic and three-valued logic: what every operation does with nil, blank, optional-blank and closed cells.
//!
//! The table is `docs/language` §cells (design: language-grammar §5). This module knows operands only, no forms and no formulas. Everything is total:
//! what cannot be computed is blank with its reason.

use crate::calendar::Date;
use crate::eval::attached::AttachedFile;
use crate::eval::cell::{Basis, BlankReason, Cell};
use crate::eval::days;
use crate::number::Number;
use crate::plan::address::CellAddress;
use crate::plan::expression::Comparison;
use crate::plan::form::EntryName;
use std::cmp::Ordering;

/// A value inside a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A number.
    Given(Number),
    /// A number that rests on only some of what is due.
    Partial(Number, Basis),
    /// Không phát sinh.
    Nil,
    /// Missing, and why.
    Blank(BlankReason),
    /// Optional cells left empty: sums go on without them, everything else is blank.
    LeftOut(Vec<CellAddress>),
    /// Not asked for.
    Closed,
    /// An answer that is no number: it can be compared, but not added.
    Value(Value),
}

/// An answer that is no number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Words.
    Words(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
    /// An entry of a catalogue.
    Entry(EntryName),
    /// An attached file, which is only shown and asked for.
    File(AttachedFile),
}

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be judged, because something is missing.
    Undecided,
    /// It does not apply, because it looks at a closed cell.
    Skipped,
}

impl Operand {
    /// A cell as an operand; a blank cell is named as what is missing.
    pub fn read(cell: &Cell, at: &CellAddress) -> Operand {
        match cell {
            Cell::Given(number) => Operand::Given(number.clone()),
            Cell::Partial(number, basis) => Operand::Partial(number.clone(), *basis),
            Cell::Text(words) => Operand::Value(Value::Words(words.clone())),
            Cell::Day(day) => Operand::Value(Value::Day(*day)),
            Cell::Truth(truth) => Operand::Value(Value::Truth(*truth)),
            Cell::Entry(entry) => Operand::Value(Value::Entry(entry.clone())),
            Cell::File(file) => Operand::Value(Value::File(file.clone())),
            Cell::Nil => Operand::Nil,
            Cell::Blank(BlankReason::Optional) => Operand::LeftOut(vec![at.clone()]),
            Cell::Blank(BlankReason::NotAnswered) => {
                Operand::Blank(BlankReason::Missing(vec![at.clone()]))
            }
            Cell::Blank(reason) => Operand::Blank(reason.clone()),
            Cell::Closed => Operand::Closed,
        }
    }

    /// The operand as the state of a computed cell.
    pub fn into_cell(self) -> Cell {
        match self {
            Operand::Given(number) => Cell::Given(number),
            Operand::Partial(number, basis) => Cell::Partial(number, basis),
            Operand::Nil => Cell::Nil,
            Operand::Blank(reason) => Cell::Blank(reason),
            Operand::LeftOut(_) => Cell::Blank(BlankReason::Optional),
            Operand::Closed => Cell::Closed,
            Operand::Value(Value::Words(words)) => Cell::Text(words),
            Operand::Value(Value::Day(day)) => Cell::Day(day),
            Operand::Value(Value::Truth(truth)) => Cell::Truth(truth),
            Operand::Value(Value::Entry(entry)) => Cell::Entry(entry),
            Operand::Value(Value::File(file)) => Cell::File(file),
        }
    }

    /// The number, where nil is zero; none for a partial one, on which nothing may be judged.
    pub fn number(&self) -> Option<Number> {
        match self {
            Operand::Given(number) => Some(number.clone()),
            Operand::Nil => Some(Number::zero()),
            Operand::Partial(..)
            | Operand::Blank(_)
            | Operand::LeftOut(_)
            | Operand::Closed
            | Operand::Value(_) => None,
        }
    }

    /// The number to reckon with, where nil is zero, and what a partial one rests on.
    pub fn amount(&self) -> Option<(Number, Option<Basis>)> {
        match self {
            Operand::Partial(number, basis) => Some((number.clone(), Some(*basis))),
            other => other.number().map(|number| (number, None)),
        }
    }

    /// The operand as read in an earlier report: what is missing there cannot be answered here. Why a figure has no value there by its nature, or after a reform, is the reason here too.
    pub fn from_earlier_report(self) -> Operand {
        match self {
            Operand::Blank(
                BlankReason::ZeroDivisor
                | BlankReason::NotMergeable
                | BlankReason::NotDivided
                | BlankReason::NotAssigned
                | BlankReason::PredecessorsMissing(_),
            ) => self,
            Operand::Blank(_) | Operand::LeftOut(_) => {
                Operand::Blank(BlankReason::EarlierReportBlank)
            }
            known => known,
        }
    }

    /// Why there is no number, for operations that cannot go on without one; none when there is one or the cell is closed.
    pub fn blank_reason(&self) -> Option<BlankReason> {
        match self {
            Operand::Blank(reason) => Some(reason.clone()),
            Operand::LeftOut(cells) => Some(BlankReason::Missing(cells.clone())),
            Operand::Value(_) => Some(BlankReason::Missing(Vec::new())),
            Operand::Given(_) | Operand::Partial(..) | Operand::Nil | Operand::Closed => None,
        }
    }
}

/// `a + b`: closed and optional-blank operands are left out.
pub fn add(left: Operand, right: Operand) -> Operand {
    match (left, right) {
        (Operand::Closed, other) | (other, Operand::Closed) => other,
        (Operand::LeftOut(mut cells), Operand::LeftOut(more)) => {
            cells.extend(more);
            cells.sort();
            cells.dedup();
            Operand::LeftOut(cells)
        }
        (Operand::LeftOut(_), other) | (other, Operand::LeftOut(_)) => other,
        (left, right) => combine(&left, &right, |left, right| Some(left.add(&right))),
    }
}

/// `a - b`: a closed subtrahend is left out; nothing is subtracted from a closed cell. A day taken from another leaves whole days.
pub fn subtract(left: Operand, right: Operand) -> Operand {
    match (left, right) {
        (Operand::Value(Value::Day(later)), Operand::Value(Value::Day(earlier))) => {
            Operand::Given(days::between(earlier, later))
        }
        (left, Operand::Closed) => left,
        (Operand::Closed, _) => Operand::Closed,
        (left, right) => combine(&left, &right, |left, right| Some(left.sub(&right))),
    }
}

/// An operand with its sign, true for plus.
pub fn signed(plus: bool, operand: Operand) -> Operand {
    match plus {
        true => operand,
        false => apply(operand, |number| number.neg()),
    }
}

/// `a * b`: closed where a factor is closed.
pub fn multiply(left: &Operand, right: &Operand) -> Operand {
    if is_closed(left) || is_closed(right) {
        return Operand::Closed;
    }
    combine(left, right, |left, right| Some(left.mul(&right)))
}

/// `a / b`: closed where a side is closed; blank "mẫu số bằng 0" where the divisor is zero or nil, even for 0/0.
pub fn divide(left: &Operand, right: &Operand) -> Operand {
    if is_closed(left) || is_closed(right) {
        return Operand::Closed;
    }
    match combine(left, right, |left, right| left.checked_div(&right)) {
        Operand::Nil => Operand::Blank(BlankReason::ZeroDivisor),
        other => other,
    }
}

/// `growth(a, b)` = (a − b) / b.
pub fn growth(left: &Operand, right: &Operand) -> Operand {
    if is_closed(left) || is_closed(right) {
        return Operand::Closed;
    }
    divide(&subtract(left.clone(), right.clone()), right)
}

/// The sum of any number of operands; the sum of nothing is nil, so that a form without rows balances.
pub fn sum(operands: impl IntoIterator<Item = Operand>) -> Operand {
    operands.into_iter().reduce(add).unwrap_or(Operand::Nil)
}

/// `min(…)`, `max(…)`: `keep` tells which of two numbers is wanted. Closed and optional-blank operands are left out.
fn extreme(operands: impl IntoIterator<Item = Operand>, keep: Ordering) -> Operand {
    let pick = |left: Number, right: Number| {
        Some(if left.cmp(&right) == keep {
            left
        } else {
            right
        })
    };
    operands
        .into_iter()
        .reduce(|left, right| match (&left, &right) {
            (Operand::Closed | Operand::LeftOut(_), _)
            | (_, Operand::Closed | Operand::LeftOut(_)) => add(left, right),
            _ => combine(&left, &right, pick),
        })
        .unwrap_or(Operand::Closed)
}

/// The mean of values by their weights; a value whose weight is nil or zero, or that is closed or left out, has no part in it. One value or weight that is
/// missing leaves the mean blank. Where nothing has a weight, nil values have a nil mean and others none.
pub fn weighted_mean(pairs: impl IntoIterator<Item = (Operand, Operand)>) -> Operand {
    let mut above = Operand::Closed;
    let mut below = Operand::Closed;
    let mut weightless = Vec::new();
    for (value, weight) in pairs {
        let left_out = |operand: &Operand| matches!(operand, Operand::Closed | Operand::LeftOut(_));
        if left_out(&value) || left_out(&weight) {
            continue;
        }
        if weight.number().is_some_and(|weight| weight.is_zero()) {
            weightless.push(value);
            continue;
        }
        above = add(above, multiply(&value, &weight));
        below = add(below, weight);
    }
    match divide(&above, &below) {
        Operand::Closed if weightless.is_empty() => Operand::Closed,
        Operand::Closed if weightless.iter().all(|value| *value == Operand::Nil) => Operand::Nil,
        Operand::Closed => Operand::Blank(BlankReason::ZeroDivisor),
        mean => mean,
    }
}

/// `min(…)`.
pub fn minimum(operands: impl IntoIterator<Item = Operand>) -> Operand {
    extreme(operands, Ordering::Less)
}

/// `max(…)`.
pub fn maximum(operands: impl IntoIterator<Item = Operand>) -> Operand {
    extreme(operands, Ordering::Greater)
}

/// `round`, `abs`, the sign: keeps nil and closed; an empty optional cell is blank here.
pub fn apply(operand: Operand, change: impl Fn(&Number) -> Number) -> Operand {
    match operand {
        Operand::Given(number) => Operand::Given(change(&number)),
        Operand::Partial(number, basis) => Operand::Partial(change(&number), basis),
        Operand::Nil | Operand::Closed => operand,
        other => Operand::Blank(other.blank_reason().unwrap_or(BlankReason::NotAnswered)),
    }
}

/// The same quantity in another scale: every state stays what it is.
pub fn rescale(operand: Operand, factor: &Number) -> Operand {
    match operand {
        Operand::Given(number) => Operand::Given(number.mul(factor)),
        Operand::Partial(number, basis) => Operand::Partial(number.mul(factor), basis),
        other => other,
    }
}

/// `blank(a)`.
pub fn is_blank(operand: &Operand) -> Truth {
    match operand {
        Operand::Blank(_) | Operand::LeftOut(_) => Truth::True,
        Operand::Given(_)
        | Operand::Partial(..)
        | Operand::Nil
        | Operand::Closed
        | Operand::Value(_) => Truth::False,
    }
}

/// A comparison of two values of one kind; skipped where a side is closed, undecided where one is missing. Words, answers and entries have no order: only
/// whether they are the same can be told.
pub fn compare(left: &Operand, sign: Comparison, right: &Operand) -> Truth {
    if is_closed(left) || is_closed(right) {
        return Truth::Skipped;
    }
    if let (Operand::Value(left), Operand::Value(right)) = (left, right) {
        return compare_values(left, sign, right);
    }
    match (left.number(), right.number()) {
        (Some(left), Some(right)) => Truth::from(holds(&left, sign, &right)),
        _ => Truth::Undecided,
    }
}

fn compare_values(left: &Value, sign: Comparison, right: &Value) -> Truth {
    let same = match (left, right) {
        (Value::Day(left), Value::Day(right)) => return Truth::from(holds(left, sign, right)),
        (Value::Entry(left), Value::Entry(right)) => left.name == right.name,
        (Value::Words(left), Value::Words(right)) => left == right,
        (Value::Truth(left), Value::Truth(right)) => left == right,
        _ => return Truth::Undecided,
    };
    match sign {
        Comparison::Equal => Truth::from(same),
        Comparison::NotEqual => Truth::from(!same),
        Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Greater
        | Comparison::GreaterOrEqual => Truth::Undecided,
    }
}

/// A yes-or-no answer as a condition: nil is no, a closed cell does not apply, anything else is undecided.
pub fn as_truth(operand: &Operand) -> Truth {
    match operand {
        Operand::Value(Value::Truth(truth)) => Truth::from(*truth),
        Operand::Nil => Truth::False,
        Operand::Closed => Truth::Skipped,
        Operand::Given(_)
        | Operand::Partial(..)
        | Operand::Blank(_)
        | Operand::LeftOut(_)
        | Operand::Value(_) => Truth::Undecided,
    }
}

/// Whether a comparison of two known values holds.
pub fn holds<T: PartialOrd>(left: &T, sign: Comparison, right: &T) -> bool {
    match sign {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

impl Truth {
    /// `and`: one part that does not hold decides; skipped parts drop out; with nothing left it is skipped.
    pub fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
        Truth::fold(parts, Truth::False)
    }

    /// `or`: one part that holds decides; skipped parts drop out; with nothing left it is skipped.
    pub fn any(parts: impl IntoIterator<Item = Truth>) -> Truth {
        Truth::fold(parts, Truth::True)
    }

    fn fold(parts: impl IntoIterator<Item = Truth>, decisive: Truth) -> Truth {
        parts
            .into_iter()
            .reduce(|left, right| match (left, right) {
                (Truth::Skipped, other) | (other, Truth::Skipped) => other,
                (left, right) if left == decisive || right == decisive => decisive,
                (Truth::Undecided, _) | (_, Truth::Undecided) => Truth::Undecided,
                (left, _) => left,
            })
            .unwrap_or(Truth::Skipped)
    }

    /// `not`: what is undecided or skipped stays so.
    pub fn negated(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            other => other,
        }
    }
}

fn is_closed(operand: &Operand) -> bool {
    matches!(operand, Operand::Closed)
}

/// Two operands of which neither is closed: blank where one is missing, nil where both are nil, else what `operation` makes of the numbers; no
/// result means that the divisor is zero.
fn combine(
    left: &Operand,
    right: &Operand,
    operation: impl Fn(Number, Number) -> Option<Number>,
) -> Operand {
    match (left.amount(), right.amount()) {
        (Some(_), Some(_)) if matches!((left, right), (Operand::Nil, Operand::Nil)) => Operand::Nil,
        (Some((left, one)), Some((right, other))) => {
            let basis = match (one, other) {
                (Some(one), Some(other)) => Some(one.weaker(other)),
                (one, other) => one.or(other),
            };
            match (operation(left, right), basis) {
                (None, _) => Operand::Blank(BlankReason::ZeroDivisor),
                (Some(number), None) => Operand::Given(number),
                (Some(number), Some(basis)) => Operand::Partial(number, basis),
            }
        }
        _ => Operand::Blank(match (left.blank_reason(), right.blank_reason()) {
            (Some(left), Some(right)) => merge(left, right),
            (Some(reason), None) | (None, Some(reason)) => reason,
            (None, None) => BlankReason::NotAnswered,
        }),
    }
}

/// The reason of a result that misses several things: cells that a person here can answer come before history, history before a zero divisor.
fn merge(left: BlankReason, right: BlankReason) -> BlankReason {
    match (left, right) {
        (BlankReason::Missing(mut cells), BlankReason::Missing(more)) => {
            cells.extend(more);
            cells.sort();
            cells.dedup();
            BlankReason::Missing(cells)
        }
        (left, right) if weight(&left) >= weight(&right) => left,
        (_, right) => right,
    }
}

fn weight(reason: &BlankReason) -> u8 {
    match reason {
        BlankReason::Missing(_) => 7,
        BlankReason::NotAnswered => 6,
        BlankReason::PredecessorsMissing(_) => 5,
        BlankReason::NotMergeable | BlankReason::NotDivided | BlankReason::UnitsDisagree => 5,
        BlankReason::NoEarlierReport | BlankReason::NoYearAgo => 4,
        BlankReason::EarlierReportBlank
        | BlankReason::NotAssigned
        | BlankReason::NotKnownElsewhere(_) => 3,
        BlankReason::PeriodMissing(_) => 2,
        BlankReason::ZeroDivisor => 1,
        BlankReason::Optional => 0,
    }
}
