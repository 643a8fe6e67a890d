//! How much a file stands for: what a short text multiplies is counted, and beyond a bound it is no longer written out.
//!
//! A line `kiểm tra cho từng [1..500]` stands for five hundred rules, and a form of a thousand rows and a thousand columns for a million cells. The bound is far above any real
//! regime and keeps every file answered soon (`docs/performance.md`). It deliberately does not know what is counted. What lies beyond becomes unknown or is left out, the
//! file is told so once (R122), and everything else in it is analysed.

use super::context::Context;
use crate::diagnostic::problem::meaning::size::SizeProblem;
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// The most parts that a file may stand for.
pub(super) const MOST_PARTS: usize = 200_000;

/// How many parts a cell of a written row counts for: it is stated, typed and kept by itself.
pub(super) const CELL: usize = 3;

/// What the files of a project stand for so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Spent {
    files: BTreeMap<FileId, Account>,
}

/// What one file stands for so far.
#[derive(Clone, Copy, Debug, Default)]
struct Account {
    parts: usize,
    /// Where the bound was crossed.
    crossed: Option<Span>,
    told: bool,
}

impl Context<'_> {
    /// Counts parts that a place stands for; false where the file stands for too much by now.
    pub fn spend(&mut self, parts: usize, file: FileId, span: Span) -> bool {
        let account = self.spent.files.entry(file).or_default();
        if account.crossed.is_some() {
            return false;
        }
        account.parts = account.parts.saturating_add(parts);
        if account.parts > MOST_PARTS {
            account.crossed = Some(span);
        }
        account.crossed.is_none()
    }

    /// Whether a file stands for too much by now.
    pub fn is_full(&self, file: FileId) -> bool {
        let account = self.spent.files.get(&file);
        account.is_some_and(|account| account.crossed.is_some())
    }

    /// How many parts a file stands for so far.
    pub fn parts_of(&self, file: FileId) -> usize {
        let account = self.spent.files.get(&file);
        account.map_or(0, |account| account.parts)
    }

    /// Tells once that a file stands for too much.
    pub fn tell_size(&mut self, file: FileId) {
        let Some(account) = self.spent.files.get_mut(&file) else {
            return;
        };
        if let (Some(span), false) = (account.crossed, account.told) {
            account.told = true;
            let most = MOST_PARTS;
            self.report(SizeProblem::StandsForTooMuch { most }, file, span);
        }
    }
}
