//! Findings: what is wrong, or cannot be judged, in an officer's figures.
//!
//! A finding is data: which rule, where, which figures; [`crate::eval::describe`] words it in Vietnamese and English. It is never about an author's source
//! (that is a diagnostic).

use crate::calendar::Period;
use crate::eval::told::Told;
use crate::number::{Interval, Number};
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::{Comparison, ExpressionId};
use crate::plan::form::ColumnIndex;
use crate::plan::validation::{RuleIndex, Severity};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// How strong it is.
    pub severity: Severity,
    /// Failed, or not decidable yet.
    pub verdict: Verdict,
    /// The cell to go to; none only when the figures name no cell of the form.
    pub at: Option<CellAddress>,
    /// Every cell involved, sorted.
    pub cells: Vec<CellAddress>,
    /// Key under which an explanation is looked up for this row, e.g. `W1[dat_dai]`.
    pub key: String,
    /// The explanation given, for findings that ask for one.
    pub explanation: Option<String>,
}

/// Failed or undecided; rules that hold, or do not apply, give no finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The rule does not hold.
    Fails,
    /// The rule cannot be judged because figures are missing ("chưa xét được"); never a pass.
    Undecided,
}

/// One comparison inside a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// The left side.
    pub left: ExpressionId,
    /// The sign.
    pub sign: Comparison,
    /// The right side.
    pub right: ExpressionId,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// A rule of the regime; the figures of its sides in order (none where a side is unknown).
    Rule {
        /// The rule.
        rule: RuleIndex,
        /// Values of the sides (chain: the column first; within: part, whole; range: value, low, high; condition: the two sides of the comparison that fails).
        sides: Vec<Option<Number>>,
        /// What may stand behind each side, for a rule that allows for rounding; else empty.
        ranges: Vec<Option<Interval>>,
        /// What stands in the places of the author's message, in order; none where it is not known.
        figures: Vec<Option<Told>>,
        /// For a condition: the comparison that decided, whose sides are in `sides`.
        comparison: Option<Compared>,
    },
    /// A required cell is not answered.
    NotAnswered,
    /// The text is no number.
    NotANumber {
        /// What was typed.
        typed: String,
    },
    /// The text is no day.
    NotADay {
        /// What was typed.
        typed: String,
    },
    /// The text says neither yes nor no.
    NotYesOrNo {
        /// What was typed.
        typed: String,
    },
    /// The text is no entry of the catalogue that may be chosen on the cut-off date.
    NotAnEntry {
        /// What was typed.
        typed: String,
    },
    /// The text names no attached file.
    NotAFile {
        /// What was typed.
        typed: String,
    },
    /// The text is no unit that exists on the cut-off date.
    NotAUnit {
        /// What was typed.
        typed: String,
    },
    /// The text has not the form that the column asks for.
    DoesNotMatch {
        /// What was typed.
        typed: String,
        /// The pattern as the author wrote it.
        pattern: String,
    },
    /// Two rows of a list have one key.
    KeyRepeated {
        /// The row that has it first.
        first: Row,
    },
    /// Rows that agree in one column do not agree in this one.
    DoesNotAgree {
        /// The row that says otherwise.
        other: Row,
        /// The column in which they agree.
        with: ColumnIndex,
    },
    /// More decimals than the column has.
    TooManyDecimals {
        /// What was typed.
        typed: String,
        /// Decimals allowed.
        allowed: u32,
    },
    /// Below zero where the column does not allow it.
    Negative {
        /// What was typed.
        typed: String,
    },
    /// A value in a cell that is computed, carried or closed.
    NotOpen {
        /// What was typed.
        typed: String,
    },
    /// A figure of a longer period differs from what its shorter periods come to.
    DiffersFromParts {
        /// What was typed.
        typed: Number,
        /// What the shorter periods come to.
        parts: Number,
    },
    /// An opening figure differs from that of a shorter report that begins on the same day.
    OpeningDiffers {
        /// The figure here.
        own: Number,
        /// The figure there.
        other: Number,
        /// The period of the other report.
        period: Period,
    },
    /// An open cell was marked as not applicable.
    NotClosed,
    /// A narrative that must be written before sending.
    NarrativeMissing {
        /// Its key.
        key: String,
    },
    /// A narrative the outline does not have in this report.
    UnknownNarrative {
        /// What was given.
        name: String,
    },
    /// A form name the regime does not have.
    UnknownForm {
        /// What was given.
        name: String,
    },
    /// A row key that is no valid entry of the catalogue on the cut-off date.
    UnknownRow {
        /// The form's name.
        form: String,
        /// What was given.
        name: String,
    },
    /// A column the form does not have.
    UnknownColumn {
        /// The form's name.
        form: String,
        /// The row's key.
        row: String,
        /// What was given.
        name: String,
    },
    /// One cell given twice, by the number and by the name of its column; the first is kept.
    GivenTwice {
        /// The text that is not used.
        typed: String,
    },
}

impl Finding {
    /// A finding about no single cell that fails as an error.
    pub fn failing(key: String, kind: FindingKind) -> Finding {
        Finding {
            kind,
            severity: Severity::Error,
            verdict: Verdict::Fails,
            at: None,
            cells: Vec::new(),
            key,
            explanation: None,
        }
    }

    /// Whether this finding forbids sending: an error that fails, a required cell without an answer, an explanation that is missing. Undecided rules do not
    /// forbid sending by themselves: their blank cells already do, and history that is missing must not.
    pub fn blocks(&self) -> bool {
        self.verdict == Verdict::Fails
            && match self.severity {
                Severity::Error => true,
                Severity::Explain => self
                    .explanation
                    .as_deref()
                    .is_none_or(|text| text.trim().is_empty()),
                Severity::Warning => false,
            }
    }
}
