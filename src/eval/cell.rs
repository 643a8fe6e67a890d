//! The four states of a cell, and the reasons why a computed cell is blank.
//!
//! Blank is not zero and nil is not blank: the tables of `docs/language` §cells decide what every operation does with each state. This module only names
//! them; operations live beside it.

use crate::number::Number;
use crate::plan::address::CellAddress;

/// The state of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A number, 0 included.
    Given(Number),
    /// Words, in a text column.
    Text(String),
    /// Không phát sinh: zero on purpose.
    Nil,
    /// Not answered, or not computable, with the reason.
    Blank(BlankReason),
    /// Not asked for (x).
    Closed,
}

/// Why a cell is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlankReason {
    /// A person has not answered yet.
    NotAnswered,
    /// A cell declared optional was left empty.
    Optional,
    /// The formula reads blank cells.
    Missing(Vec<CellAddress>),
    /// The divisor is zero or nil: "mẫu số bằng 0".
    ZeroDivisor,
    /// There is no earlier report: "chưa có báo cáo kỳ trước".
    NoEarlierReport,
    /// The earlier report exists, but the figure read there is blank.
    EarlierReportBlank,
    /// A part of a longer period has no figure; an older one never takes its place.
    PeriodMissing(MissingPart),
    /// Predecessors of a merged unit whose reports are missing, by name.
    PredecessorsMissing(Vec<String>),
}

/// Which part of a longer period lacks the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingPart {
    /// The first one, which alone decides an opening figure.
    First,
    /// The last one, which alone decides a closing stock: "thiếu kỳ cuối".
    Last,
    /// Any of the parts that are added.
    Any,
}

impl Cell {
    /// The cell's number: nil counts as zero; none for words, blank and closed cells.
    pub fn number(&self) -> Option<Number> {
        match self {
            Cell::Given(number) => Some(number.clone()),
            Cell::Nil => Some(Number::zero()),
            Cell::Text(_) | Cell::Blank(_) | Cell::Closed => None,
        }
    }

    /// Whether the cell holds an answer: a value, words or nil.
    pub fn is_answered(&self) -> bool {
        matches!(self, Cell::Given(_) | Cell::Text(_) | Cell::Nil)
    }
}
