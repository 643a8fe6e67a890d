//! Two people on one draft: what a save really changes, and whether it would undo another's work.
//!
//! Work on different cells merges; work on the same cell does not, unless both made it the same. It does not know permissions or statuses.
//! Broken input: a change to something that is not there is no change.

use crate::eval::figures::Entry;
use crate::reports::command::{CellChange, DraftChange, ExplanationChange, NarrativeChange};
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::reports::refusal::ConflictingCell;
use crate::reports::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// The change without what is already so, each cell once, in the order of keys. Entries take the form in which they are stored.
pub fn effective(report: &Report, change: &DraftChange) -> DraftChange {
    let removed: BTreeSet<&RowKey> = change
        .rows_removed
        .iter()
        .filter(|row| report.has_row(row))
        .collect();
    let added: BTreeSet<&RowKey> = change
        .rows_added
        .iter()
        .filter(|row| removed.contains(row) || !report.has_row(row))
        .collect();
    let cells: BTreeMap<&CellKey, Option<Entry>> = change
        .cells
        .iter()
        .map(|change| (&change.cell, stored_form(change.entry.as_ref())))
        .collect();
    let explanations: BTreeMap<&ExplanationKey, Option<String>> = change
        .explanations
        .iter()
        .map(|change| (&change.explanation, written(change.text.as_deref())))
        .collect();
    let narratives: BTreeMap<&String, Option<String>> = change
        .narratives
        .iter()
        .map(|change| (&change.narrative, written(change.text.as_deref())))
        .collect();
    let is_removed = |cell: &CellKey| {
        removed.contains(&RowKey {
            form: cell.form.clone(),
            row: cell.row.clone(),
        })
    };
    DraftChange {
        cells: cells
            .into_iter()
            .filter(|(cell, entry)| {
                let now = if is_removed(cell) {
                    None
                } else {
                    report.entry(cell)
                };
                now != entry.as_ref()
            })
            .map(|(cell, entry)| CellChange {
                cell: cell.clone(),
                entry,
            })
            .collect(),
        rows_added: added.into_iter().cloned().collect(),
        rows_removed: removed.iter().map(|row| (*row).clone()).collect(),
        explanations: explanations
            .into_iter()
            .filter(|(explanation, text)| report.explanation(explanation) != text.as_deref())
            .map(|(explanation, text)| ExplanationChange {
                explanation: explanation.clone(),
                text,
            })
            .collect(),
        narratives: narratives
            .into_iter()
            .filter(|(narrative, text)| report.figures.narratives.get(*narrative) != text.as_ref())
            .map(|(narrative, text)| NarrativeChange {
                narrative: narrative.clone(),
                text,
            })
            .collect(),
    }
}

/// Openings in the form in which they are stored, each cell once, in the order of keys.
pub fn openings(cells: &[CellChange]) -> Vec<CellChange> {
    let cells: BTreeMap<&CellKey, Option<Entry>> = cells
        .iter()
        .map(|change| (&change.cell, stored_form(change.entry.as_ref())))
        .collect();
    cells
        .into_iter()
        .map(|(cell, entry)| CellChange {
            cell: cell.clone(),
            entry,
        })
        .collect()
}

/// What a change would undo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// The cells, with what is stored now.
    pub cells: Vec<ConflictingCell>,
    /// The explanations.
    pub explanations: Vec<ExplanationKey>,
    /// The narratives, by key.
    pub narratives: Vec<String>,
}

/// What an effective change made on draft `base` would undo.
pub fn conflicts(report: &Report, base: u64, change: &DraftChange) -> Conflicts {
    let mut cells = BTreeSet::new();
    for CellChange { cell, .. } in &change.cells {
        let row = RowKey {
            form: cell.form.clone(),
            row: cell.row.clone(),
        };
        let row_taken_out = changed_row(report, &row) > base && !report.has_row(&row);
        if changed_cell(report, cell) > base || row_taken_out {
            cells.insert(cell.clone());
        }
    }
    for row in &change.rows_removed {
        let numbers = report
            .changes
            .cells
            .get(&row.form)
            .and_then(|rows| rows.get(&row.row));
        for (column, number) in numbers.into_iter().flatten() {
            if *number > base {
                cells.insert(CellKey::new(&row.form, &row.row, column));
            }
        }
    }
    let stored = |cell: CellKey| ConflictingCell {
        stored: report.entry(&cell).cloned(),
        cell,
    };
    let explanations = change
        .explanations
        .iter()
        .map(|change| &change.explanation)
        .filter(|explanation| changed_explanation(report, explanation) > base)
        .cloned()
        .collect();
    let narratives = change
        .narratives
        .iter()
        .map(|change| &change.narrative)
        .filter(|narrative| {
            report
                .changes
                .narratives
                .get(*narrative)
                .copied()
                .unwrap_or(0)
                > base
        })
        .cloned()
        .collect();
    Conflicts {
        cells: cells.into_iter().map(stored).collect(),
        explanations,
        narratives,
    }
}

fn changed_cell(report: &Report, cell: &CellKey) -> u64 {
    let rows = report.changes.cells.get(&cell.form);
    let number = rows
        .and_then(|rows| rows.get(&cell.row))
        .and_then(|columns| columns.get(&cell.column));
    number.copied().unwrap_or(0)
}

fn changed_row(report: &Report, row: &RowKey) -> u64 {
    report
        .changes
        .rows
        .get(&row.form)
        .and_then(|rows| rows.get(&row.row))
        .copied()
        .unwrap_or(0)
}

fn changed_explanation(report: &Report, explanation: &ExplanationKey) -> u64 {
    let findings = report.changes.explanations.get(&explanation.form);
    findings
        .and_then(|findings| findings.get(&explanation.finding))
        .copied()
        .unwrap_or(0)
}

/// An entry as it will be read back: the text `nil` is nil, and an empty text is blank.
fn stored_form(entry: Option<&Entry>) -> Option<Entry> {
    match entry {
        Some(Entry::Value(text)) if text.is_empty() => None,
        Some(Entry::Value(text)) => Some(Entry::from_text(text)),
        other => other.cloned(),
    }
}

fn written(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_string)
}
