//! Who fills the cells of an indicator that has an owner: the owner's report alone, where the owner is one of those who report.
//!
//! It deliberately leaves alone what says itself who fills it. An owner who only keeps an indicator, and whom nobody asks for a report, closes nothing: schools fill what
//! the department of education owns.

use super::forms::FormDraft;
use super::model::{cell::FilledBy, words::Words};
use crate::organisation::Party;

/// Opens the cells of owned indicators to their owners alone.
pub(super) fn fill(words: &Words, reporters: &[Party], drafts: &mut [FormDraft]) {
    for draft in drafts {
        let columns = draft.form.columns.iter_mut().map(|column| &mut column.cell);
        for cell in columns.chain(draft.form.cells.values_mut()) {
            let owner = cell
                .indicator
                .and_then(|position| words.indicators.get(position)?.owner.as_ref());
            if let (Some(owner), FilledBy::Reporters) = (owner, &cell.filled_by)
                && reports(words, reporters, owner)
            {
                cell.filled_by = FilledBy::Agencies(vec![Party {
                    name: owner.clone(),
                    tags: Vec::new(),
                }]);
            }
        }
    }
}

/// Whether an agency is among those who report: by its name, or with all units of its level.
fn reports(words: &Words, reporters: &[Party], agency: &str) -> bool {
    let level = words
        .agencies
        .named(agency)
        .and_then(|known| known.level.as_deref());
    reporters.iter().any(|party| {
        party.name == agency || (party.tags.is_empty() && level == Some(party.name.as_str()))
    })
}
