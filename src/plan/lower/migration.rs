//! Migrations with positions in place of indices.
//!
//! It does not know the earlier version. Broken input does not reach it.

use crate::analysis::migrations as model;
use crate::analysis::model::Regime;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::migration::{Migration, Move, OldCell};

/// All migrations of a regime.
pub(super) fn migrations(regime: &Regime) -> Vec<Migration> {
    let step = |step: &model::Move| Move {
        from: step
            .from
            .iter()
            .map(|cell| OldCell {
                form: cell.form.clone(),
                row: cell.row.clone(),
                column: cell.column.clone(),
            })
            .collect(),
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
        })
        .collect()
}
