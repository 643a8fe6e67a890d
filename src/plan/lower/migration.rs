//! Migrations with positions in place of indices.
//!
//! It does not know the earlier version. Broken input does not reach it.

use crate::analysis::migrations as model;
use crate::analysis::model::Regime;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::migration::{Dropped, Migration, Move, OldCell};

/// All migrations of a regime.
pub(super) fn migrations(regime: &Regime) -> Vec<Migration> {
    let old = |cell: &model::OldCell| OldCell {
        form: cell.form.clone(),
        row: cell.row.clone(),
        column: cell.column.clone(),
    };
    let step = |step: &model::Move| Move {
        from: step.from.iter().map(old).collect(),
        form: FormIndex(step.form as u32),
        row: step.row.clone(),
        column: ColumnIndex(step.column as u32),
    };
    regime
        .migrations
        .iter()
        .map(|found| Migration {
            version: found.version,
            moves: found.moves.iter().map(step).collect(),
            dropped: found
                .dropped
                .iter()
                .map(|(cell, reason)| Dropped {
                    cell: old(cell),
                    reason: reason.clone(),
                })
                .collect(),
        })
        .collect()
}
