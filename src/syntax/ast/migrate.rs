//! What became of the figures of an earlier version of a regime.
//!
//! Left stands the old numbering, right the new one; whether the cells exist, and whether every old
//! figure occurs once, is decided in `analysis`.

use super::expression::CellRef;
use super::{Spanned, Stray};
use crate::text::Span;

/// `migrate from version 1 { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The version the figures come from.
    pub version: Spanned<u32>,
    /// What became of them, in the order written.
    pub steps: Vec<MigrationStep>,
    /// Lines of its block that are no step.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// What became of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStep {
    /// What happened.
    pub kind: StepKind,
    /// The statement.
    pub span: Span,
}

/// The kinds of migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// `same [1]`, giữ: the number and its meaning are unchanged.
    Same(CellRef),
    /// `move [9] -> [6]`, chuyển.
    Move {
        /// The old cell.
        from: CellRef,
        /// The new cell.
        to: CellRef,
    },
    /// `merge [2], [4] -> [2]`, gộp.
    Merge {
        /// The old cells, at least two.
        from: Vec<CellRef>,
        /// The new cell, which is their sum.
        to: CellRef,
    },
    /// `drop [10] "không thu thập"`, bỏ.
    Drop {
        /// The old cell.
        cell: CellRef,
        /// Why it has no successor.
        reason: Spanned<String>,
    },
}
