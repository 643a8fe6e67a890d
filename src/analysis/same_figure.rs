//! One figure twice in an operation: added twice, taken away from itself, divided by itself, chosen between itself and itself.
//!
//! It deliberately compares cells and not values, and looks at a formula once for all rows it is written for. What could not be resolved is equal to nothing.

use super::context::Context;
use super::expression::{Cell, Term, TermKind};
use super::forms::FormDraft;
use crate::diagnostic::problem::meaning::foregone::{ForegoneProblem, Given};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// Reports what a term does with one figure twice.
pub(super) fn check(context: &mut Context, forms: &[FormDraft], file: FileId, term: &Term) {
    let gives = |gives: Given| ForegoneProblem::WithItself { gives };
    match &term.kind {
        TermKind::Sum(_) | TermKind::SumOf(_) => {
            let mut added = Vec::new();
            addends(term, true, &mut added);
            let mut known: BTreeSet<(&Cell, bool)> = BTreeSet::new();
            for (cell, plus, span) in added {
                if known.contains(&(cell, !plus)) {
                    context.report(gives(Given::Zero), file, span);
                } else if !known.insert((cell, plus)) {
                    let column = forms
                        .get(cell.form)
                        .and_then(|draft| draft.form.columns.get(cell.column))
                        .map_or_else(String::new, |column| column.shown().to_owned());
                    context.report(ForegoneProblem::AddedTwice { column }, file, span);
                }
            }
            // What stands in brackets inside the sum was looked at with it.
            inner(term, &mut |part| check(context, forms, file, part));
            return;
        }
        TermKind::Quotient(a, b) if same(a, b) => {
            context.report(gives(Given::One), file, term.span);
        }
        TermKind::Growth(a, b) if same(a, b) => {
            context.report(gives(Given::Zero), file, term.span);
        }
        TermKind::Minimum(terms) | TermKind::Maximum(terms) => {
            let mut known = BTreeSet::new();
            let mut cells = terms.iter().filter_map(cell_of);
            if cells.any(|cell| !known.insert(cell)) {
                context.report(gives(Given::Itself), file, term.span);
            }
        }
        TermKind::If(parts) if same(&parts.then, &parts.otherwise) => {
            context.report(gives(Given::Itself), file, term.span);
        }
        _ => {}
    }
    term.for_each_child(&mut |part| check(context, forms, file, part));
}

/// The cells that a sum adds and takes away, those of sums in brackets among them.
fn addends<'t>(term: &'t Term, plus: bool, found: &mut Vec<(&'t Cell, bool, Span)>) {
    match &term.kind {
        TermKind::Cell(cell) => found.push((cell, plus, term.span)),
        TermKind::Sum(terms) => terms
            .iter()
            .for_each(|(added, term)| addends(term, *added == plus, found)),
        TermKind::SumOf(terms) => terms.iter().for_each(|term| addends(term, plus, found)),
        TermKind::Negate(term) => addends(term, !plus, found),
        _ => {}
    }
}

/// Calls `visit` for the parts of a sum that are no sums themselves.
fn inner(term: &Term, visit: &mut dyn FnMut(&Term)) {
    term.for_each_child(&mut |part| match part.kind {
        TermKind::Sum(_) | TermKind::SumOf(_) | TermKind::Negate(_) => inner(part, visit),
        _ => visit(part),
    });
}

fn same(a: &Term, b: &Term) -> bool {
    cell_of(a)
        .zip(cell_of(b))
        .is_some_and(|(one, other)| one == other)
}

fn cell_of(term: &Term) -> Option<&Cell> {
    match &term.kind {
        TermKind::Cell(cell) => Some(cell),
        _ => None,
    }
}
