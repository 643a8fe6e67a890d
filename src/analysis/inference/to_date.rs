//! Which figures have no year to date because of what they are computed from: a quotient over an index is the index of no year.
//!
//! It deliberately knows nothing of windows. A figure whose nature could not be told forbids nothing.

use crate::analysis::cell_type::operations::Kind;
use crate::analysis::expression::{Sort, Term, TermKind};
use crate::diagnostic::problem::meaning::time::NatureWord;

/// Remembers of a term that is computed again from its operands the first of them that has no year to date.
pub(super) fn remember(term: &mut Term) {
    // What a cell is computed from was remembered where its formula stands.
    if matches!(term.kind, TermKind::Cell(_) | TermKind::Foreign(_)) {
        return;
    }
    let mut found = None;
    if recomputed(term) {
        term.for_each_child(&mut |operand| {
            found = found.or_else(|| of_operand(operand));
            // Days are counted from one day to another: the year to date of a day is none.
            if operand.quantity.sort == Sort::Day {
                found = Some(NatureWord::Day);
            }
        });
    }
    term.quantity.never_to_date = found;
}

fn recomputed(term: &Term) -> bool {
    let kind = Kind::of(None, &term.quantity.additivity);
    matches!(kind, Some(Kind::Ratio | Kind::Mixed))
}

fn of_operand(operand: &Term) -> Option<NatureWord> {
    match Kind::of(None, &operand.quantity.additivity)? {
        kind @ (Kind::Index | Kind::Score | Kind::NotOverTime) => Some(kind.word()),
        Kind::Ratio | Kind::Mixed => operand.quantity.never_to_date,
        _ => None,
    }
}
