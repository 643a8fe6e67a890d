//! A day taken from another inside a sum: whole days, a number that takes the measure of its place as a count does.
//!
//! It deliberately does not know days. A day that stands alone in a sum stays what it is and is reported there.

use crate::analysis::expression::{Quantity, Sort, Term, TermKind};
use crate::analysis::natures::Nature;

/// The terms of a sum with each day and the day taken from it put together; nothing where no such pair stands.
pub(super) fn together(signed: &[(bool, &Term)]) -> Option<Vec<(bool, Term)>> {
    let is_day = |term: &Term| term.quantity.sort == Sort::Day;
    let mut found = Vec::new();
    let mut rest = signed;
    let mut any = false;
    while let Some(((plus, term), following)) = rest.split_first() {
        match following.split_first() {
            Some(((false, earlier), after)) if *plus && is_day(term) && is_day(earlier) => {
                let mut between = Term::new(TermKind::Unknown, term.span.cover(earlier.span));
                between.quantity = quantity();
                found.push((true, between));
                rest = after;
                any = true;
            }
            _ => {
                found.push((*plus, (*term).clone()));
                rest = following;
            }
        }
    }
    any.then_some(found)
}

/// Days that are counted in each report from its own days; days of several reports are never those between two days of a sum.
fn quantity() -> Quantity {
    Quantity {
        literal: true,
        negative: true,
        ..Quantity::pure(Nature::Mixed)
    }
}
