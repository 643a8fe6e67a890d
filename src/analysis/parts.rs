//! Which columns are parts of a column, and rows of a row: the operands of a plain sum.
//!
//! Works on formulas as written, so that ranges can be expanded before anything is resolved. It deliberately does not report.

use super::forms::FormDraft;
use crate::syntax::ast::expression::{Expr, ExprKind, Pick, SumSign};
use std::collections::BTreeMap;

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

/// The rows added up to a written row by one of its sides; empty if none is a plain sum of rows of its form.
fn of_row(draft: &FormDraft, row: usize) -> Vec<usize> {
    let formula = draft.rows.get(row).and_then(|row| row.formula);
    let sides = formula.into_iter().flat_map(|formula| &formula.sides);
    let rows_of = |side: &Expr| -> Option<Vec<usize>> {
        let ExprKind::Sum { first, rest } = &side.kind else {
            return None;
        };
        let plain = |expr: &Expr| match &expr.kind {
            ExprKind::Row(row) if row.form.is_none() => match &row.pick.value {
                Pick::Place(place) => draft.find_row(place),
                _ => None,
            },
            _ => None,
        };
        let all_plus = rest.iter().all(|(sign, _)| sign.value == SumSign::Plus);
        let terms = std::iter::once(first.as_ref()).chain(rest.iter().map(|(_, term)| term));
        terms.map(plain).collect::<Option<_>>().filter(|_| all_plus)
    };
    sides.filter_map(rows_of).flatten().collect()
}

/// What is part of what in one form, found once: every sum of it is asked.
pub(super) struct Parts {
    /// The columns directly added up to each column.
    pub columns: Vec<Vec<usize>>,
    /// The rows directly added up to each written line.
    pub rows: Vec<Vec<usize>>,
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
            rows: (0..draft.rows.len())
                .map(|row| of_row(draft, row))
                .collect(),
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
}
