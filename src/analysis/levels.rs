//! Level mixing in sums: a figure added to a part of its neighbour, as in a misprinted `15+18`, or a whole added to its own part.
//!
//! Columns and rows are parts by the formula of their whole: a sum, written out or made by `split`. It only warns: the official print of a circular may be wrong and still
//! be the law. It deliberately does not know measures.

use super::context::Context;
use super::expression::{Cell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::parts;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use std::collections::{BTreeMap, BTreeSet};

/// Checks one side over cells of the form of `here`; `target` is the column that the side belongs to.
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
    let added = || {
        let cells = terms.iter().filter(|(plus, _)| *plus);
        cells.filter_map(|(_, term)| match &term.kind {
            TermKind::Cell(cell) if cell.form == here.form => Some((cell, term)),
            _ => None,
        })
    };
    let columns: Vec<(usize, &Term)> = added()
        .filter(|(cell, _)| cell.row == here.row)
        .map(|(cell, term)| (cell.column, term))
        .collect();
    let rows: Vec<(usize, &Term)> = added()
        .filter(|(cell, _)| cell.column == here.column && cell.row != here.row)
        .filter_map(|(cell, term)| match &cell.row {
            RowPick::Entry(key) => Some((draft.find_row(key)?, term)),
            _ => None,
        })
        .collect();
    let column = |column: usize| {
        draft
            .form
            .columns
            .get(column)
            .map(|one| one.shown().to_owned())
    };
    let row = |row: usize| draft.row_key(row);
    if let Some((part, whole, term)) = with_its_whole(&columns, &|column| parts::of(draft, column))
    {
        twice(context, draft, column(part), column(whole), term);
    } else if let Some((part, whole, term)) =
        with_its_whole(&rows, &|row| parts::of_row(draft, row))
    {
        twice(context, draft, row(part), row(whole), term);
    } else if columns.len() == terms.len() {
        let found = stray_part(
            &columns,
            target,
            &|part| parts::printed_whole_of(draft, part),
            &|whole| parts::of(draft, whole),
        );
        if let Some((part, whole, term)) = found {
            mixed(context, draft, column(part), column(whole), term);
        }
    } else if rows.len() == terms.len() {
        let target = match &here.row {
            RowPick::Entry(key) => draft.find_row(key),
            _ => None,
        };
        let line = |row: usize| draft.form.written.get(row);
        let whole_of = |part: usize| {
            let whole = line(part).and_then(|row| row.parent)?;
            parts::of_row(draft, whole).contains(&part).then_some(whole)
        };
        let found = stray_part(&rows, target, &whole_of, &|whole| {
            parts::of_row(draft, whole)
        });
        if let Some((part, whole, term)) = found {
            mixed(context, draft, row(part), row(whole), term);
        }
    }
}

/// A member of the sum that is part of another member. A whole that is part of itself stands on a circle and is told as one.
fn with_its_whole<'t>(
    members: &[(usize, &'t Term)],
    parts_of: &dyn Fn(usize) -> Vec<usize>,
) -> Option<(usize, usize, &'t Term)> {
    let mut seen = BTreeSet::new();
    let different = members.iter().filter(|(member, _)| seen.insert(*member));
    let wholes: Vec<(usize, BTreeSet<usize>)> = different
        .map(|(whole, _)| (*whole, closure(*whole, parts_of)))
        .filter(|(whole, all)| !all.is_empty() && !all.contains(whole))
        .collect();
    members.iter().find_map(|(part, term)| {
        let (whole, _) = wholes.iter().find(|(_, all)| all.contains(part))?;
        Some((*part, *whole, *term))
    })
}

/// A member of the sum that is one of several parts of a whole, added to something that is none of them.
fn stray_part<'t>(
    members: &[(usize, &'t Term)],
    target: Option<usize>,
    whole_of: &dyn Fn(usize) -> Option<usize>,
    parts_of: &dyn Fn(usize) -> Vec<usize>,
) -> Option<(usize, usize, &'t Term)> {
    let all_members: BTreeSet<usize> = members.iter().map(|(member, _)| *member).collect();
    let mut wholes: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    let mut meant: BTreeMap<usize, bool> = BTreeMap::new();
    members.iter().find_map(|(part, term)| {
        let whole = (*wholes.entry(*part).or_insert_with(|| whole_of(*part)))?;
        let meant = *meant.entry(whole).or_insert_with(|| {
            let all: BTreeSet<usize> = parts_of(whole).into_iter().collect();
            Some(whole) == target
                || all_members.contains(&whole)
                || all.is_subset(&all_members)
                || all_members.is_subset(&all)
        });
        (!meant).then_some((*part, whole, *term))
    })
}

/// Parts, parts of parts, and so on. Everything is met once, so a circle ends.
fn closure(whole: usize, parts_of: &dyn Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = parts_of(whole);
    while let Some(part) = open.pop() {
        if found.insert(part) {
            open.extend(parts_of(part));
        }
    }
    found
}

fn twice(
    context: &mut Context,
    draft: &FormDraft,
    part: Option<String>,
    whole: Option<String>,
    term: &Term,
) {
    if let (Some(part), Some(whole)) = (part, whole) {
        let problem = RuleProblem::PartAndWhole { part, whole };
        context.report(problem, draft.file, term.span);
    }
}

fn mixed(
    context: &mut Context,
    draft: &FormDraft,
    part: Option<String>,
    whole: Option<String>,
    term: &Term,
) {
    if let (Some(part), Some(whole)) = (part, whole) {
        let problem = RuleProblem::MixedLevels { part, whole };
        context.report(problem, draft.file, term.span);
    }
}
