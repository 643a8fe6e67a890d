//! The validation program: what is computed and checked in one report.
//!
//! Computed columns come in evaluation order; every rule carries the cells it reads, so that an edited cell re-checks only what depends on it.
//! The program does not know figures, history or how findings are worded for people beyond the author's own message.

use crate::plan::Origin;
use crate::plan::address::RowScope;
use crate::plan::applicability::Applicability;
use crate::plan::cell::is_false;
use crate::plan::expression::{CellReference, Expression, ExpressionId};
use crate::plan::form::{ColumnIndex, FormIndex};
use serde::{Deserialize, Serialize};

/// Position of a rule in [`ValidationProgram::rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleIndex(pub u32);

/// Everything computed and checked in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValidationProgram {
    /// The expression arena; also used by the aggregation plan.
    pub expressions: Vec<Expression>,
    /// What is computed and carried, each after all it reads.
    pub order: Vec<Computation>,
    /// Rules in the author's order: the columns' own rules first, form by form, then the written ones.
    pub rules: Vec<Rule>,
}

/// A column, or one cell of it, to be computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computation {
    /// The form.
    pub form: FormIndex,
    /// In which rows: a form with written rows names each cell.
    #[serde(default, skip_serializing_if = "RowScope::is_every")]
    pub rows: RowScope,
    /// The column.
    pub column: ColumnIndex,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable key, unique in the regime: the written identifier (`C1`), else `FORM[column]` with a suffix for a cell's own rule
    /// (`XLD01[6]/chain`, `XLD01[15]/within`), else `FORM/check:3`.
    pub key: String,
    /// The written identifier, if any.
    pub identifier: Option<String>,
    /// The form the rule stands in; none for a rule at regime level.
    pub form: Option<FormIndex>,
    /// The column whose own rule this is.
    pub column: Option<ColumnIndex>,
    /// The rows it is judged in; a cell's own rule, and a rule that names all its rows, is judged once.
    #[serde(default, skip_serializing_if = "RowScope::is_every")]
    pub rows: RowScope,
    /// What must hold.
    pub kind: RuleKind,
    /// How strong it is.
    pub severity: Severity,
    /// Every condition of the enclosing `when` blocks; the rule counts only where all hold.
    pub conditions: Vec<ExpressionId>,
    /// Where the rule applies.
    #[serde(default, skip_serializing_if = "Applicability::is_everywhere")]
    pub applicability: Applicability,
    /// Whether figures are compared as they are shown: it holds where the values behind them can agree.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rounded: bool,
    /// The author's message.
    pub message: Option<Template>,
    /// Cells read, current report only, sorted, without repetition.
    pub reads: Vec<CellReference>,
    /// Whether it reads an earlier report.
    pub reads_previous: bool,
    /// Where it is written.
    pub origin: Origin,
    /// The rule as the author wrote it, for people.
    pub text: String,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// The further sides of a formula chain: each must equal the column. Sides carry their printed text.
    Chain {
        /// The further sides.
        sides: Vec<Side>,
    },
    /// A written balance between sides.
    Balance {
        /// All sides, two or more.
        sides: Vec<Side>,
    },
    /// Part of a whole: the column is at most this expression.
    Within {
        /// The whole.
        whole: Side,
    },
    /// Overlapping parts of a whole keep within it; nothing to check where one of the parts is closed.
    Bounds {
        /// What is at most the greater side.
        lesser: Side,
        /// The greater side.
        greater: Side,
    },
    /// Bounds of an entered value.
    Range {
        /// Smallest value.
        low: Side,
        /// Largest value.
        high: Side,
    },
    /// A condition that must hold.
    Condition {
        /// The condition.
        expression: ExpressionId,
    },
}

/// One side of an equality with the text people see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What is computed.
    pub expression: ExpressionId,
    /// As written, e.g. `[8] + [9] + [10]`.
    pub text: String,
}

/// How strong a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The report cannot be sent.
    Error,
    /// May be sent only with an explanation.
    Explain,
    /// May be sent.
    Warning,
}

/// A message with places for figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Text and figures in order.
    pub parts: Vec<TemplatePart>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplatePart {
    /// Words.
    Text(String),
    /// A figure, shown as the type of its cell is shown.
    Figure(ExpressionId),
    /// A figure told as a change: `tăng 5`, `giảm 5`, `không đổi`.
    Change(ExpressionId),
}

impl ValidationProgram {
    /// The expression at an id; every id stored in a plan has one.
    pub fn expression(&self, id: ExpressionId) -> Option<&Expression> {
        self.expressions.get(id.0 as usize)
    }
}
