//! Rules that allow for rounding: whether there is anything to round in them.
//!
//! Only figures with decimals, percentages and figures in a multiple of a base measure are rounded; people, cases and vehicles are counted whole, and a difference of one is
//! a mistake. It does not know intervals, which belong to evaluation. What could not be resolved is taken as rounded, so that one mistake is told once.

use super::expression::{Sort, Term, TermKind};
use super::model::{Rule, RuleKind};
use crate::number::Number;

/// Whether a rule compares nothing but whole counts.
pub(super) fn counts_only(rule: &Rule) -> bool {
    let terms: Vec<&Term> = match &rule.kind {
        RuleKind::Balance(sides) => sides.iter().map(|side| &side.term).collect(),
        RuleKind::Condition(term) => vec![term],
        RuleKind::Bounds(lesser, greater) => vec![&lesser.term, &greater.term],
    };
    !terms.into_iter().any(may_be_rounded)
}

fn may_be_rounded(term: &Term) -> bool {
    let quantity = &term.quantity;
    let figure = matches!(
        term.kind,
        TermKind::Cell(_) | TermKind::Foreign(_) | TermKind::Plan { .. } | TermKind::Round(..)
    );
    if quantity.sort == Sort::Unknown || matches!(term.kind, TermKind::Unknown) {
        return true;
    }
    if figure && quantity.sort == Sort::Figure {
        let whole = quantity.decimals == Some(0) && !quantity.percent;
        return !whole || quantity.scale != Number::one();
    }
    let mut found = false;
    term.for_each_child(&mut |child| found = found || may_be_rounded(child));
    found
}
