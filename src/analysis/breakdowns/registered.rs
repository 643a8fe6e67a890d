//! Columns that only units with an attribute in their registry fill: elsewhere they are closed.
//!
//! It deliberately does not know which units exist. A column that leads nowhere is passed over.

use super::Registered;
use crate::analysis::expression::{Term, TermKind};
use crate::analysis::forms::FormDraft;
use crate::analysis::formulas::Parts as SlotParts;
use crate::analysis::slots::Slot;
use std::collections::BTreeMap;

/// Closes the cells of registered columns where the unit is registered otherwise.
pub(in crate::analysis) fn close_unregistered(
    form: usize,
    draft: &FormDraft,
    registered: &[Registered],
    parts: &mut BTreeMap<Slot, SlotParts>,
) {
    if registered.is_empty() {
        return;
    }
    let mut slots: BTreeMap<usize, Vec<Slot>> = BTreeMap::new();
    for slot in parts.keys().filter(|slot| slot.form == form) {
        slots.entry(slot.column).or_default().push(*slot);
    }
    for found in registered {
        let Some(column) = draft.find(&found.column) else {
            continue;
        };
        for slot in slots.get(&column).into_iter().flatten() {
            let Some(parts) = parts.get_mut(slot) else {
                continue;
            };
            let question = TermKind::Registry {
                attribute: found.attribute.clone(),
                entry: found.entry.clone(),
            };
            let question = Term::new(question, found.span);
            let other = Term::new(TermKind::Not(Box::new(question)), found.span);
            parts.closed_when = Some(match parts.closed_when.take() {
                Some(said) => Term::new(TermKind::Or(vec![said, other]), found.span),
                None => other,
            });
        }
    }
}
