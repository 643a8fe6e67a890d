//! Sums, among them the days from one day to another.
//!
//! A day has no sum: where one that is counted from or to is closed, as in figures of several units, so are the days between. It deliberately does not know
//! whether a sum of days was meant; the analysis lets stand only a day taken from another.

use crate::calendar::Date;
use crate::calendar::dates::days_between;
use crate::eval::compute::Scope;
use crate::eval::operation::{self, Operand};
use crate::number::Number;
use crate::plan::address::Row;
use crate::plan::expression::ExpressionId;

impl Scope<'_> {
    /// Terms added up, each with its sign, true for plus.
    pub(super) fn total(&self, terms: &[(bool, ExpressionId)], row: &Row) -> Operand {
        let mut total = None;
        for (plus, term) in terms {
            let operand = self.operand(*term, row);
            if operand == Operand::Closed && self.plan.is_day(*term) {
                return Operand::Closed;
            }
            total = Some(match (total, *plus) {
                (None, plus) => operation::signed(plus, operand),
                (Some(left), true) => operation::add(left, operand),
                (Some(left), false) => operation::subtract(left, operand),
            });
        }
        total.unwrap_or(Operand::Nil)
    }
}

/// Whole days from the earlier day to the later; negative where they stand the other way round.
pub(super) fn between(earlier: Date, later: Date) -> Number {
    Number::from_i64(i64::from(days_between(earlier, later)))
}
