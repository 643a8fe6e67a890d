//! The fixed bounds of a typed cell against its type: what lies below zero, and what has more decimals than can be typed.
//!
//! It deliberately does not know bounds that are cells. A cell whose type could not be told is bounded by anything.

use super::Checker;
use crate::analysis::cells::fixed;
use crate::analysis::expression::{Quantity, Sort};
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::number::Number;
use crate::syntax::ast::form::Bound;
use crate::text::Span;

/// More digits than any cell has.
const MOST_DIGITS: u32 = 30;

/// Digits after the point that can be typed into a cell; of a percentage those of its hundredfold.
pub(super) fn digits_of(quantity: &Quantity) -> Option<u32> {
    let digits = quantity
        .decimals
        .filter(|_| quantity.sort == Sort::Figure)?;
    Some(match quantity.percent {
        true => digits.saturating_sub(2),
        false => digits,
    })
}

/// Whether no value with these digits lies between two bounds.
pub(super) fn empty_between(
    low: &Number,
    high: &Number,
    least: Option<&Number>,
    digits: Option<u32>,
) -> bool {
    let low = least.filter(|least| *least > low).unwrap_or(low);
    if high < low {
        return true;
    }
    let Some(digits) = digits.filter(|digits| *digits <= MOST_DIGITS) else {
        return false;
    };
    let ten = Number::from_i64(10);
    let steps = (0..digits).fold(Number::one(), |steps, _| steps.mul(&ten));
    // The first value from the lower bound on, counted in steps of the last digit.
    let first = low.mul(&steps).neg().floor().neg();
    high.mul(&steps) < first
}

impl Checker<'_, '_, '_> {
    /// Reports bounds that keep nothing out, because the cell holds no such value.
    pub(super) fn bounds_outside(
        &mut self,
        (low, high, span): (&Bound, &Bound, Span),
        quantity: &Quantity,
    ) {
        if quantity.sort != Sort::Figure {
            return;
        }
        for bound in [low, high] {
            let Some(number) = fixed(bound) else { continue };
            let digits = digits_of(quantity);
            let finer = number.decimals().zip(digits).filter(|(has, may)| has > may);
            let digits = match (number.is_negative() && !quantity.negative, finer) {
                (true, _) => None,
                (false, Some((_, may))) => Some(may),
                (false, None) => continue,
            };
            let bound = number.to_plain(None);
            let problem = ForegoneProblem::BoundOutside { bound, digits };
            self.report(problem, span);
        }
    }
}
