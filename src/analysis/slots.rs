//! Slots: the places of a regime that have a definition of their own, and an order in which they can be computed.
//!
//! A slot is a column, or one cell of it where rows are written. It deliberately does not know types. Slots on a circle are left out of the order
//! and told apart.

use super::cycles;
use super::expression::{Cell, RowPick, Term};
use super::forms::FormDraft;
use super::model::{Computation, cell::Source, form::Rows};
use std::collections::{BTreeMap, BTreeSet};

/// A place with a definition of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// Position of the form.
    pub form: usize,
    /// Position of the row where rows are written; one past the last is the total row.
    pub row: Option<usize>,
    /// Position of the column.
    pub column: usize,
}

/// Those of some slots that stand in a form.
pub(super) fn of_form(slots: &BTreeSet<Slot>, form: usize) -> impl Iterator<Item = &Slot> {
    let first = Slot {
        form,
        row: None,
        column: 0,
    };
    slots
        .range(first..)
        .take_while(move |slot| slot.form == form)
}

/// Which slot a reference leads to.
pub(super) struct SlotMap {
    /// For every form: whether its rows are written, their positions by key, and its single entries at the head.
    forms: Vec<FormSlots>,
}

struct FormSlots {
    written: bool,
    rows: BTreeMap<String, usize>,
    lines: usize,
    head: Vec<bool>,
}

impl SlotMap {
    /// The slots of some forms.
    pub fn of(forms: &[FormDraft]) -> SlotMap {
        let forms = forms.iter().map(|draft| FormSlots {
            written: draft.form.rows == Rows::Written,
            rows: draft
                .figure_rows()
                .filter_map(|row| Some((draft.row_key(row)?, row)))
                .collect(),
            lines: draft.form.written.len(),
            head: draft
                .form
                .columns
                .iter()
                .map(|column| column.head)
                .collect(),
        });
        SlotMap {
            forms: forms.collect(),
        }
    }

    /// The slot that a cell stands in; `row` is the written row at hand, for references that name none. Without one there is no slot.
    pub fn slot(&self, cell: &Cell, row: Option<usize>) -> Option<Slot> {
        let form = self.forms.get(cell.form)?;
        let head = form.head.get(cell.column).copied().unwrap_or_default();
        let row = if !form.written || head {
            None
        } else {
            Some(match &cell.row {
                RowPick::Entry(key) => *form.rows.get(key)?,
                RowPick::Total => form.lines,
                RowPick::Current | RowPick::Others | RowPick::All => row?,
            })
        };
        Some(Slot {
            form: cell.form,
            row,
            column: cell.column,
        })
    }
}

/// Computed and carried slots, each after all it reads in the same report.
pub(super) struct SlotOrder {
    /// The order.
    pub sorted: Vec<Slot>,
    /// Circles: every slot needs the next, the last needs the first.
    pub circles: Vec<Vec<Slot>>,
}

/// Orders the slots that nobody types; `sides` gives the terms a slot is computed from.
pub(super) fn order<'t>(
    forms: &[FormDraft],
    map: &SlotMap,
    sides: impl Fn(Slot) -> Vec<&'t Term>,
) -> SlotOrder {
    let mut nodes = Vec::new();
    for (form, draft) in forms.iter().enumerate() {
        for (row, column) in draft.slots() {
            let slot = Slot { form, row, column };
            if matches!(
                source_of(forms, slot),
                Some(Source::Computed | Source::Carried)
            ) {
                nodes.push(slot);
            }
        }
    }
    let places: BTreeMap<Slot, usize> = nodes.iter().copied().zip(0..).collect();
    let needs: Vec<Vec<usize>> = nodes
        .iter()
        .map(|slot| {
            let mut needed = Vec::new();
            if source_of(forms, *slot) == Some(Source::Computed) {
                for side in sides(*slot) {
                    side.cells(&mut |cell, previous| {
                        let node = map.slot(cell, slot.row).and_then(|slot| places.get(&slot));
                        if let (Some(node), false) = (node, previous) {
                            needed.push(*node);
                        }
                    });
                }
            }
            needed
        })
        .collect();
    let order = cycles::order(&needs);
    let slot = |node: usize| nodes.get(node).copied();
    let circles = order.circles.into_iter();
    SlotOrder {
        sorted: order.sorted.into_iter().filter_map(slot).collect(),
        circles: circles
            .map(|circle| circle.into_iter().filter_map(slot).collect())
            .collect(),
    }
}

/// Where the figure of a slot comes from.
pub(super) fn source_of(forms: &[FormDraft], slot: Slot) -> Option<Source> {
    let form = &forms.get(slot.form)?.form;
    form.cell(slot.row, slot.column).map(|cell| cell.source)
}

impl From<Slot> for Computation {
    fn from(slot: Slot) -> Computation {
        Computation {
            form: slot.form,
            row: slot.row,
            column: slot.column,
        }
    }
}
