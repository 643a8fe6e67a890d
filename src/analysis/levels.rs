//! Level mixing in sums: a column added to a part of its neighbour, as in a misprinted `15+18`.
//!
//! It only warns: the official print of a circular may be wrong and still be the law. It deliberately does not know measures.

use super::context::Context;
use super::expression::{Cell, Term, TermKind};
use super::forms::FormDraft;
use super::parts;
use crate::diagnostic::problem::meaning::rule::RuleProblem;

/// Checks one side over columns of the form and row of `here`; `target` is the column that the side belongs to.
pub(super) fn check(
    context: &mut Context,
    draft: &FormDraft,
    here: &Cell,
    side: &Term,
    target: Option<usize>,
) {
    let TermKind::Sum(terms) = &side.kind else {
        return;
    };
    let members: Vec<(usize, &Term)> = terms
        .iter()
        .filter_map(|(plus, term)| match &term.kind {
            TermKind::Cell(cell) if *plus && cell.form == here.form && cell.row == here.row => {
                Some((cell.column, term))
            }
            _ => None,
        })
        .collect();
    if members.len() != terms.len() {
        return;
    }
    let is_member = |column: usize| members.iter().any(|(member, _)| *member == column);
    for (column, term) in &members {
        let Some(whole) = parts::printed_whole_of(draft, *column) else {
            continue;
        };
        let all_parts = parts::of(draft, whole);
        let complete = all_parts.iter().all(|part| is_member(*part));
        let stranger = members
            .iter()
            .any(|(member, _)| !all_parts.contains(member));
        if Some(whole) == target || is_member(whole) || complete || !stranger {
            continue;
        }
        let shown = |column: usize| {
            draft
                .form
                .columns
                .get(column)
                .map_or(String::new(), |c| c.shown().to_owned())
        };
        let problem = RuleProblem::MixedLevels {
            part: shown(*column),
            whole: shown(whole),
        };
        context.report(problem, draft.file, term.span);
        return;
    }
}
