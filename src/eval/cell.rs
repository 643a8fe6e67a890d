//! The four states of a cell, and the reasons why a computed cell is blank.
//!
//! Blank is not zero and nil is not blank: the tables of `docs/language` §cells decide what every operation does with each state. This module only names
//! them; operations live beside it.

use crate::calendar::Date;
use crate::eval::attached::AttachedFile;
use crate::number::Number;
use crate::plan::address::CellAddress;
use crate::plan::form::EntryName;

/// The state of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A number, 0 included.
    Given(Number),
    /// A sum over units or months of which some are still missing; no rule is judged on it.
    Partial(Number, Basis),
    /// Words: of a text, the name of a unit.
    Text(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
    /// An entry of a catalogue.
    Entry(EntryName),
    /// An attached file.
    File(AttachedFile),
    /// Không phát sinh: zero on purpose.
    Nil,
    /// Not answered, or not computable, with the reason.
    Blank(BlankReason),
    /// Not asked for (x).
    Closed,
}

/// How many of the reports due a partial figure rests on ("mới có k trên n").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Reports that answered.
    pub answered: u32,
    /// Reports due.
    pub due: u32,
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
    /// Nothing is known of the same period of last year: "chưa có số liệu cùng kỳ".
    NoYearAgo,
    /// No plan value is assigned: "chưa giao".
    NotAssigned,
    /// No figure of this other regime is known for the period, by the regime's name.
    NotKnownElsewhere(String),
    /// The figure does not add up over a merger: an index, points, words.
    NotMergeable,
    /// The unit came out of a division without a declared share for the figure.
    NotDivided,
    /// Units say different things about one row of a list.
    UnitsDisagree,
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

impl Basis {
    /// The weaker of two, by the part that answered; of equal parts the one over more reports.
    pub fn weaker(self, other: Basis) -> Basis {
        let left = u64::from(self.answered) * u64::from(other.due);
        let right = u64::from(other.answered) * u64::from(self.due);
        match left.cmp(&right) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal if self.due >= other.due => self,
            std::cmp::Ordering::Equal => other,
        }
    }
}

impl Cell {
    /// The cell as text that is equal for equal cells and for no others, reasons of blank cells apart: numbers exactly, never rounded.
    pub fn exact_text(&self) -> String {
        match self {
            Cell::Given(number) => number.to_plain(None),
            Cell::Partial(number, basis) => format!(
                "{} ({}/{})",
                number.to_plain(None),
                basis.answered,
                basis.due
            ),
            Cell::Text(text) => format!("\"{text}\""),
            Cell::Day(date) => date.to_string(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Entry(entry) => format!("entry {entry:?}"),
            Cell::File(file) => file.to_text(),
            Cell::Nil => "nil".to_owned(),
            Cell::Blank(_) => "blank".to_owned(),
            Cell::Closed => "closed".to_owned(),
        }
    }

    /// The cell's number: nil counts as zero; none for words, blank and closed cells, nor for a partial figure, on which nothing may rest.
    pub fn number(&self) -> Option<Number> {
        match self {
            Cell::Given(number) => Some(number.clone()),
            Cell::Nil => Some(Number::zero()),
            Cell::Partial(..)
            | Cell::Text(_)
            | Cell::Day(_)
            | Cell::Truth(_)
            | Cell::Entry(_)
            | Cell::File(_)
            | Cell::Blank(_)
            | Cell::Closed => None,
        }
    }

    /// Whether the cell holds an answer: a value of any type, or nil.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Cell::Blank(_) | Cell::Closed)
    }
}
