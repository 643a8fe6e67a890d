//! Which columns are parts of a column, and rows of a row: the operands of a plain sum, and what is declared to lie within it.
//!
//! Works on formulas as written, so that ranges can be expanded before anything is resolved. It deliberately does not report. What names no column or row of
//! the form is part of nothing.

use super::forms::FormDraft;
use super::size::MOST_PARTS;
use crate::syntax::ast::expression::{Call, Expr, ExprKind, Function, Pick, SumSign};
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};

/// The columns directly added up to a column by the first side of its formula; empty if it is no plain sum of columns of its form.
pub(super) fn of(draft: &FormDraft, column: usize) -> Vec<usize> {
    let side = draft
        .columns
        .get(column)
        .and_then(|column| column.formula)
        .and_then(|formula| formula.sides.first());
    match side.map(|side| &side.kind) {
        Some(ExprKind::Sum { first, rest })
            if rest.iter().all(|(sign, _)| sign.value == SumSign::Plus) =>
        {
            let terms = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, term)| term));
            terms
                .map(|term| plain_column(draft, term))
                .collect::<Option<Vec<_>>>()
                .unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn plain_column(draft: &FormDraft, expr: &Expr) -> Option<usize> {
    let ExprKind::Cell(cell) = &expr.kind else {
        return None;
    };
    let at_home = match cell.path.as_slice() {
        [] => true,
        [name] => name.value == draft.form.name,
        _ => false,
    };
    match cell.picks.as_slice() {
        [pick] if at_home => match &pick.value {
            Pick::Place(place) => draft.find(place),
            _ => None,
        },
        _ => None,
    }
}

/// The one row of its form that an expression names.
fn plain_row(draft: &FormDraft, expr: &Expr) -> Option<usize> {
    match &expr.kind {
        ExprKind::Row(row) if row.form.is_none() => match &row.pick.value {
            Pick::Place(place) => draft.find_row(place),
            _ => None,
        },
        _ => None,
    }
}

/// The operands of a plain sum as positions; empty if the side is no plain sum. `range` tells the positions that a range stands for.
fn summed(
    side: &Expr,
    plain: &dyn Fn(&Expr) -> Option<usize>,
    range: &dyn Fn(&Expr) -> Vec<usize>,
) -> Vec<usize> {
    match &side.kind {
        ExprKind::Sum { first, rest } => {
            let all_plus = rest.iter().all(|(sign, _)| sign.value == SumSign::Plus);
            let terms = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, term)| term));
            let found: Option<Vec<usize>> = terms.map(plain).collect();
            found.filter(|_| all_plus).unwrap_or_default()
        }
        ExprKind::Call(call) if is_plain_sum(call) => call
            .arguments
            .iter()
            .flat_map(|argument| match plain(argument) {
                Some(one) => vec![one],
                None => range(argument),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn is_plain_sum(call: &Call) -> bool {
    call.function.value == Function::Sum && call.distinct.is_empty() && call.condition.is_none()
}

/// Positions from one to another; none where an end is unknown or they stand the other way round, and none once the ranges of a form stand for more than a file may.
fn between(first: Option<usize>, last: Option<usize>, room: &Cell<usize>) -> Vec<usize> {
    let Some((first, last)) = first.zip(last) else {
        return Vec::new();
    };
    let left = room.get().checked_sub(last.saturating_sub(first));
    room.set(left.unwrap_or(0));
    left.map_or_else(Vec::new, |_| (first..=last).collect())
}

/// What lies inside the columns and rows of a form, once it was asked.
#[derive(Default)]
pub(super) struct InsideForm {
    columns: OnceCell<Vec<Vec<usize>>>,
    rows: OnceCell<Vec<Vec<usize>>>,
}

impl FormDraft<'_> {
    /// What lies directly inside each column.
    pub fn columns_inside(&self) -> &[Vec<usize>] {
        self.inside.columns.get_or_init(|| columns_inside(self))
    }

    /// What lies directly inside each written line.
    pub fn rows_inside(&self) -> &[Vec<usize>] {
        self.inside.rows.get_or_init(|| rows_inside(self))
    }
}

/// What lies inside each column: the operands of every side of its formula that is a plain sum, and the columns that say they lie within it.
fn columns_inside(draft: &FormDraft) -> Vec<Vec<usize>> {
    let room = Cell::new(MOST_PARTS);
    let plain = |expr: &Expr| plain_column(draft, expr);
    let range = |expr: &Expr| match &expr.kind {
        ExprKind::Cell(cell) if cell.path.is_empty() => match cell.picks.as_slice() {
            [pick] => match &pick.value {
                Pick::Range(from, to) => {
                    between(draft.find(&from.value), draft.find(&to.value), &room)
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let mut inside: Vec<Vec<usize>> = (draft.columns.iter())
        .map(|column| {
            let sides = column.formula.into_iter().flat_map(|one| &one.sides);
            sides
                .flat_map(|side| summed(side, &plain, &range))
                .collect()
        })
        .collect();
    for (part, column) in draft.columns.iter().enumerate() {
        let wholes = column.stated.within.iter();
        for whole in wholes.filter_map(|(whole, _)| plain_column(draft, whole)) {
            inside
                .get_mut(whole)
                .into_iter()
                .for_each(|parts| parts.push(part));
        }
    }
    inside
}

/// The rows added up to each written line by the sides of its formula that are plain sums.
fn rows_summed(draft: &FormDraft) -> Vec<Vec<usize>> {
    let room = Cell::new(MOST_PARTS);
    let plain = |expr: &Expr| plain_row(draft, expr);
    let range = |expr: &Expr| match &expr.kind {
        ExprKind::Row(row) if row.form.is_none() => match &row.pick.value {
            Pick::Range(from, to) => between(
                draft.find_row(&from.value),
                draft.find_row(&to.value),
                &room,
            ),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    (draft.rows.iter())
        .map(|row| {
            let sides = row.formula.into_iter().flat_map(|one| &one.sides);
            sides
                .flat_map(|side| summed(side, &plain, &range))
                .collect()
        })
        .collect()
}

/// What lies inside each written line: the operands of every side of its formula that is a plain sum, the rows that say they lie within it, and those that a
/// breakdown made of it.
fn rows_inside(draft: &FormDraft) -> Vec<Vec<usize>> {
    let mut inside = rows_summed(draft);
    for (part, row) in draft.rows.iter().enumerate() {
        let wholes = row.stated.within.iter();
        let mut wholes: Vec<usize> = wholes
            .filter_map(|(whole, _)| plain_row(draft, whole))
            .collect();
        if let Some(line) = draft.form.written.get(part) {
            let place = line.code.as_ref().or(line.name.as_ref());
            let made = place.is_some_and(|place| draft.parts.contains(place));
            wholes.extend(line.parent.filter(|_| made));
        }
        for whole in wholes {
            inside
                .get_mut(whole)
                .into_iter()
                .for_each(|parts| parts.push(part));
        }
    }
    inside
}

/// The members that lie inside another member, at any depth, so that nothing is counted twice. Members that lie inside each other are told elsewhere, and stay.
pub(super) fn inside_others(members: &[usize], inside: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut found = vec![false; inside.len()];
    let mut open: Vec<usize> = Vec::new();
    let look_into = |whole: usize, found: &mut Vec<bool>, open: &mut Vec<usize>| {
        for part in inside.get(whole).into_iter().flatten() {
            if let Some(known) = found.get_mut(*part).filter(|known| !**known) {
                *known = true;
                open.push(*part);
            }
        }
    };
    for member in members {
        look_into(*member, &mut found, &mut open);
    }
    while let Some(part) = open.pop() {
        look_into(part, &mut found, &mut open);
    }
    let is_found = |member: &usize| found.get(*member) == Some(&true);
    if members.iter().all(is_found) {
        return BTreeSet::new();
    }
    let found = found.iter().enumerate().filter(|(_, found)| **found);
    found.map(|(part, _)| part).collect()
}

/// What is part of what in one form, found once: every sum of it is asked.
pub(super) struct Parts {
    /// The columns directly added up to each column by the first side of its formula.
    pub columns: Vec<Vec<usize>>,
    /// The columns that lie directly inside each column.
    pub columns_inside: Vec<Vec<usize>>,
    /// The rows directly added up to each written line.
    pub rows: Vec<Vec<usize>>,
    /// The rows that lie directly inside each written line.
    pub rows_inside: Vec<Vec<usize>>,
    /// The whole that a column is printed under: its parts stand right after it, in order. Other sums that take the column do not count.
    pub printed_under: BTreeMap<usize, usize>,
}

impl Parts {
    /// The parts of all columns and rows of a form.
    pub fn of_form(draft: &FormDraft) -> Parts {
        let columns: Vec<Vec<usize>> = (0..draft.columns.len())
            .map(|column| of(draft, column))
            .collect();
        let mut printed_under = BTreeMap::new();
        for (whole, parts) in columns.iter().enumerate() {
            let in_order = parts.iter().zip(whole.saturating_add(1)..);
            if in_order.clone().all(|(part, place)| *part == place) {
                printed_under.extend(in_order.map(|(part, _)| (*part, whole)));
            }
        }
        Parts {
            columns,
            columns_inside: draft.columns_inside().to_vec(),
            rows: rows_summed(draft),
            rows_inside: draft.rows_inside().to_vec(),
            printed_under,
        }
    }

    /// The columns directly added up to a column.
    pub fn of_column(&self, column: usize) -> &[usize] {
        self.columns.get(column).map_or(&[], Vec::as_slice)
    }

    /// The rows directly added up to a row.
    pub fn of_row(&self, row: usize) -> &[usize] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// The columns that lie directly inside a column.
    pub fn inside_column(&self, column: usize) -> &[usize] {
        self.columns_inside.get(column).map_or(&[], Vec::as_slice)
    }

    /// The rows that lie directly inside a row.
    pub fn inside_row(&self, row: usize) -> &[usize] {
        self.rows_inside.get(row).map_or(&[], Vec::as_slice)
    }
}
