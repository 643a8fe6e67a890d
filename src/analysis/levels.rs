//! Level mixing in sums: a figure added to a part of its neighbour, as in a misprinted `15+18`, or a whole added to its own part.
//!
//! Columns and rows are parts by the formula of their whole: a sum, written out or made by `split`. It only warns: the official print of a circular may be wrong and still
//! be the law. It deliberately does not know measures.

use super::context::Context;
use super::expression::{Cell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::parts::Parts;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::text::{FileId, Span};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// So many parts of parts are walked along for what counts as one part of a file (`size`).
const WALKED: usize = 8;

/// Checks one side over cells of the form of `here`; `target` is the column that the side belongs to.
pub(super) fn check(
    context: &mut Context,
    (draft, parts): (&FormDraft, &Parts),
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
    let place = (draft.file, side.span);
    if let Some((part, whole, term)) =
        with_its_whole(context, place, &columns, |column| parts.of_column(column))
    {
        twice(context, draft, column(part), column(whole), term);
    } else if let Some((part, whole, term)) =
        with_its_whole(context, place, &rows, |row| parts.of_row(row))
    {
        twice(context, draft, row(part), row(whole), term);
    } else if columns.len() == terms.len() {
        let found = stray_part(
            &columns,
            target,
            &|part| parts.printed_under.get(&part).copied(),
            &|whole| parts.of_column(whole),
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
        let known: RefCell<BTreeMap<usize, BTreeSet<usize>>> = RefCell::default();
        let whole_of = |part: usize| {
            let whole = line(part).and_then(|row| row.parent)?;
            let mut known = known.borrow_mut();
            let all = known.entry(whole);
            let all = all.or_insert_with(|| parts.of_row(whole).iter().copied().collect());
            all.contains(&part).then_some(whole)
        };
        let found = stray_part(&rows, target, &whole_of, &|whole| parts.of_row(whole));
        if let Some((part, whole, term)) = found {
            mixed(context, draft, row(part), row(whole), term);
        }
    }
}

/// A member of the sum that is part of another member. A whole that is part of itself stands on a circle and is told as one.
fn with_its_whole<'t, 'p>(
    context: &mut Context,
    (file, span): (FileId, Span),
    members: &[(usize, &'t Term)],
    parts_of: impl Fn(usize) -> &'p [usize],
) -> Option<(usize, usize, &'t Term)> {
    let mut seen = BTreeSet::new();
    let mut different: Vec<usize> = members.iter().map(|(member, _)| *member).collect();
    different.retain(|member| seen.insert(*member));
    if different.len() < 2 {
        return None;
    }
    let mut wholes: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    for whole in different {
        // What is no longer counted is not walked either.
        if context.is_full(file) {
            return None;
        }
        let all = closure(whole, &parts_of);
        if !context.spend(all.len().div_ceil(WALKED), file, span) {
            return None;
        }
        if !all.is_empty() && !all.contains(&whole) {
            wholes.push((whole, all));
        }
    }
    members.iter().find_map(|(part, term)| {
        let (whole, _) = wholes.iter().find(|(_, all)| all.contains(part))?;
        Some((*part, *whole, *term))
    })
}

/// A member of the sum that is one of several parts of a whole, added to something that is none of them.
fn stray_part<'t, 'p>(
    members: &[(usize, &'t Term)],
    target: Option<usize>,
    whole_of: &dyn Fn(usize) -> Option<usize>,
    parts_of: &dyn Fn(usize) -> &'p [usize],
) -> Option<(usize, usize, &'t Term)> {
    let all_members: BTreeSet<usize> = members.iter().map(|(member, _)| *member).collect();
    let mut wholes: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    let mut meant: BTreeMap<usize, bool> = BTreeMap::new();
    members.iter().find_map(|(part, term)| {
        let whole = (*wholes.entry(*part).or_insert_with(|| whole_of(*part)))?;
        let meant = *meant.entry(whole).or_insert_with(|| {
            let all: BTreeSet<usize> = parts_of(whole).iter().copied().collect();
            Some(whole) == target
                || all_members.contains(&whole)
                || all.is_subset(&all_members)
                || all_members.is_subset(&all)
        });
        (!meant).then_some((*part, whole, *term))
    })
}

/// Parts, parts of parts, and so on. Everything is met once, so a circle ends.
fn closure<'p>(whole: usize, parts_of: &impl Fn(usize) -> &'p [usize]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = parts_of(whole).to_vec();
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
