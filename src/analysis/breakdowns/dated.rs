//! Rows and columns of entries that are not valid all the time: in a report whose figures end on another day they are closed.
//!
//! Rows that a form takes from a catalog are left out then; a written row or a column is printed all the same. It deliberately does not know periods. A row or
//! column that leads nowhere is passed over.

use super::Expanded;
use crate::analysis::cell_type::coordinates::{Axis, Coordinates};
use crate::analysis::context::Context;
use crate::analysis::expression::{Term, TermKind};
use crate::analysis::forms::FormDraft;
use crate::analysis::formulas::Parts as SlotParts;
use crate::analysis::model::words::Days;
use crate::analysis::shared::Shared;
use crate::analysis::slots::Slot;
use std::collections::{BTreeMap, BTreeSet};

/// The days outside which rows and columns are closed, by position.
#[derive(Default)]
struct Dated {
    rows: BTreeMap<usize, BTreeSet<Days>>,
    columns: BTreeMap<usize, BTreeSet<Days>>,
}

/// Closes the cells of entries on days on which these are not valid.
pub(in crate::analysis) fn close_outside(
    context: &Context,
    shared: &Shared,
    (form, draft): (usize, &FormDraft),
    expanded: Option<&Expanded>,
    parts: &mut BTreeMap<Slot, SlotParts>,
) {
    let mut dated = Dated::default();
    for (column, days) in &draft.dated {
        dated.columns.entry(*column).or_default().insert(*days);
    }
    let days_of = |coordinates: &Coordinates| -> Vec<Days> {
        let members = coordinates.members.iter();
        let days = members.filter_map(|(axis, entry)| match axis {
            Axis::Catalog(position) => {
                let catalog = shared.words.catalogs.get(*position)?;
                catalog.entries.named(entry)?.days_within(context.in_force)
            }
            Axis::Split(_) => None,
        });
        days.collect()
    };
    for placed in expanded.into_iter().flat_map(|expanded| &expanded.places) {
        let days = days_of(&placed.coordinates);
        let (found, closed) = match placed.row {
            true => (draft.find_row(&placed.place), &mut dated.rows),
            false => (draft.find(&placed.place), &mut dated.columns),
        };
        if let (Some(position), false) = (found, days.is_empty()) {
            closed.entry(position).or_default().extend(days);
        }
    }
    if dated.rows.is_empty() && dated.columns.is_empty() {
        return;
    }
    for (slot, parts) in parts.iter_mut().filter(|(slot, _)| slot.form == form) {
        let of_row = slot.row.and_then(|row| dated.rows.get(&row));
        let of_column = dated.columns.get(&slot.column);
        let days: BTreeSet<Days> = of_row
            .into_iter()
            .chain(of_column)
            .flatten()
            .copied()
            .collect();
        for (from, until) in days {
            let valid = TermKind::Valid { form, from, until };
            let valid = Box::new(Term::new(valid, draft.head));
            let closed = Term::new(TermKind::Not(valid), draft.head);
            parts.closed_when = Some(match parts.closed_when.take() {
                Some(said) => Term::new(TermKind::Or(vec![said, closed]), draft.head),
                None => closed,
            });
        }
    }
}
