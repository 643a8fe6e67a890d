//! Level mixing in sums: a figure added to a part of its neighbour, as in a misprinted `15+18`, or a whole added to its own part.
//!
//! Columns and rows are parts by the formula of their whole, a sum, written out or made by `split`; or because they say that they lie `within` it, or are made by
//! `of which`. It only warns: the official print of a circular may be wrong and still be the law. It deliberately does not know measures.

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
    let mut sums = Vec::new();
    sums_in(side, &mut sums);
    for sum in sums {
        if counts_twice(context, (draft, parts), here.form, sum) {
            return;
        }
    }
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
        .filter_map(|(cell, term)| Some((row_of(draft, &cell.row)?, term)))
        .collect();
    if columns.len() == terms.len() {
        let found = stray_part(
            &columns,
            target,
            &|part| parts.printed_under.get(&part).copied(),
            &|whole| parts.of_column(whole),
        );
        if let Some((part, whole, term)) = found {
            mixed(
                context,
                draft,
                column_name(draft, part),
                column_name(draft, whole),
                term,
            );
        }
    } else if rows.len() == terms.len() {
        let target = row_of(draft, &here.row);
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
            mixed(
                context,
                draft,
                draft.row_key(part),
                draft.row_key(whole),
                term,
            );
        }
    }
}

fn column_name(draft: &FormDraft, column: usize) -> Option<String> {
    let column = draft.form.columns.get(column);
    column.map(|one| one.shown().to_owned())
}

fn row_of(draft: &FormDraft, row: &RowPick) -> Option<usize> {
    match row {
        RowPick::Entry(key) => draft.find_row(key),
        _ => None,
    }
}

/// The sums in a term, the outer ones first. What is only asked about adds nothing to a figure.
fn sums_in<'t>(term: &'t Term, found: &mut Vec<&'t Term>) {
    match &term.kind {
        TermKind::Sum(_) | TermKind::SumOf(_) => found.push(term),
        TermKind::If(parts) => {
            sums_in(&parts.then, found);
            return sums_in(&parts.otherwise, found);
        }
        TermKind::Compare(..) | TermKind::Over(_) => return,
        _ => {}
    }
    term.for_each_child(&mut |child| sums_in(child, found));
}

/// The cells that a sum adds, and those that it takes away again.
#[derive(Default)]
struct Counted<'t> {
    added: Vec<(&'t Cell, &'t Term)>,
    taken: Vec<&'t Cell>,
}

impl<'t> Counted<'t> {
    fn read(&mut self, term: &'t Term, plus: bool, form: usize) {
        match &term.kind {
            TermKind::Cell(cell) if cell.form == form && plus => self.added.push((cell, term)),
            TermKind::Cell(cell) if cell.form == form => self.taken.push(cell),
            TermKind::Sum(terms) => terms
                .iter()
                .for_each(|(sign, inner)| self.read(inner, *sign == plus, form)),
            TermKind::SumOf(terms) => terms.iter().for_each(|inner| self.read(inner, plus, form)),
            TermKind::Negate(inner) => self.read(inner, !plus, form),
            _ => {}
        }
    }
}

/// Reports a sum that adds a whole and a part of it: columns of one row, or rows of one column.
fn counts_twice(
    context: &mut Context,
    (draft, parts): (&FormDraft, &Parts),
    form: usize,
    sum: &Term,
) -> bool {
    let mut counted = Counted::default();
    counted.read(sum, true, form);
    let mut by_row: BTreeMap<&RowPick, Vec<(usize, &Term)>> = BTreeMap::new();
    let mut by_column: BTreeMap<usize, Vec<(usize, &Term)>> = BTreeMap::new();
    for (cell, term) in &counted.added {
        let columns = by_row.entry(&cell.row).or_default();
        columns.push((cell.column, term));
        if let Some(row) = row_of(draft, &cell.row) {
            by_column.entry(cell.column).or_default().push((row, term));
        }
    }
    let place = (draft.file, sum.span);
    for (row, columns) in by_row {
        let taken = counted.taken.iter().filter(|cell| cell.row == *row);
        let taken: Vec<usize> = taken.map(|cell| cell.column).collect();
        let inside = |column| parts.inside_column(column);
        if let Some((part, whole, term)) =
            with_its_whole(context, place, (&columns, &taken), inside)
        {
            let names = (column_name(draft, part), column_name(draft, whole));
            return twice(context, draft, names, term);
        }
    }
    for (column, rows) in by_column {
        let taken = counted.taken.iter().filter(|cell| cell.column == column);
        let taken: Vec<usize> = taken.filter_map(|cell| row_of(draft, &cell.row)).collect();
        let inside = |row| parts.inside_row(row);
        if let Some((part, whole, term)) = with_its_whole(context, place, (&rows, &taken), inside) {
            let names = (draft.row_key(part), draft.row_key(whole));
            return twice(context, draft, names, term);
        }
    }
    false
}

/// A member of the sum that is part of another member. A whole that is part of itself stands on a circle and is told as one; of a whole from which something is taken
/// away a part may be added again.
fn with_its_whole<'t, 'p>(
    context: &mut Context,
    (file, span): (FileId, Span),
    (members, taken): (&[(usize, &'t Term)], &[usize]),
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
        let again = taken.iter().any(|one| *one == whole || all.contains(one));
        if !all.is_empty() && !all.contains(&whole) && !again {
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
    names: (Option<String>, Option<String>),
    term: &Term,
) -> bool {
    let (Some(part), Some(whole)) = names else {
        return false;
    };
    let problem = RuleProblem::PartAndWhole { part, whole };
    context.report(problem, draft.file, term.span);
    true
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
