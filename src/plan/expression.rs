//! The typed expression arena shared by the three plans.
//!
//! Expressions are resolved: every reference is an index, every literal an exact number, every scale conversion explicit. There is no string left to
//! parse. What an operation does with nil, blank and closed cells is the evaluator's business (`eval`), not stated here.

use crate::calendar::Date;
use crate::number::Number;
use crate::organisation::FieldTest;
use crate::plan::form::{ColumnIndex, EntryName, FormIndex};
use serde::{Deserialize, Serialize};

/// Position of an expression in [`crate::plan::validation::ValidationProgram::expressions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExpressionId(pub u32);

/// A node of an expression; children always have smaller ids, so there is no cycle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// A literal; a percent literal is already divided by 100.
    Literal(Number),
    /// `yes` or `no`.
    Truth(bool),
    /// A cell.
    Cell(CellReference),
    /// A cell of another regime, in its report of the same period.
    Foreign(ForeignReference),
    /// A question about a field of the event that the report follows; true or false.
    Event(EventTest),
    /// Whether the registry of the reporting unit has this entry for this attribute; true or false, open where nothing is registered.
    Registry {
        /// The attribute, by the name of its catalog.
        attribute: String,
        /// The entry.
        entry: String,
    },
    /// Whether the last day of a form's figures lies within the days of a catalogue entry; true or false, open where that day is not known.
    Valid {
        /// The form.
        form: FormIndex,
        /// First day, if there is one.
        from: Option<Date>,
        /// Last day, if there is one.
        until: Option<Date>,
    },
    /// `a + b - c …`: each term with its sign, true for plus.
    Sum(Vec<(bool, ExpressionId)>),
    /// `a * b`.
    Product(ExpressionId, ExpressionId),
    /// `a / b`.
    Quotient(ExpressionId, ExpressionId),
    /// `-a`.
    Negate(ExpressionId),
    /// Exact conversion between two scales of one dimension: the value times this factor.
    Scale(ExpressionId, Number),
    /// `abs(a)`.
    Absolute(ExpressionId),
    /// `round(a, digits)`, half away from zero.
    Round(ExpressionId, u32),
    /// `min(…)`.
    Minimum(Vec<ExpressionId>),
    /// `max(…)`.
    Maximum(Vec<ExpressionId>),
    /// `sum(…)` over cells, and a range `[20..24]` expanded.
    SumOf(Vec<ExpressionId>),
    /// `growth(a, b)` = (a − b) / b.
    Growth(ExpressionId, ExpressionId),
    /// `blank(a)`.
    IsBlank(ExpressionId),
    /// `previous(a)`: `a` in the report of the preceding period of the same kind.
    Previous(ExpressionId),
    /// `year ago(a)`: `a` in the report of the same period of last year.
    YearAgo(ExpressionId),
    /// `year to date(a)`: `a` added over the reports that make up the year up to the end of this period.
    YearToDate(ExpressionId),
    /// `opening(a)`: `a` as it stood at the instant before the window, in whatever report closed there.
    Opening(ExpressionId),
    /// `plan(indicator, TARGET)`: the value assigned to the unit for the year of the period.
    Plan {
        /// The target, an index in [`crate::plan::form::FormDefinition::targets`].
        target: u32,
        /// The indicator, an index in [`crate::plan::form::FormDefinition::indicators`].
        indicator: u32,
        /// What is computed from other plan values where none is assigned: the formula of the indicator.
        otherwise: Option<ExpressionId>,
    },
    /// `over events(a)`: `a` added over the final reports of the events that ended inside the window.
    OverEvents(ExpressionId),
    /// `sum below(a)`: `a` added over the reports being consolidated.
    SumBelow(ExpressionId),
    /// `count below(a)`: how many of the reports being consolidated answer `a`.
    CountBelow(ExpressionId),
    /// `rank(a)`: the place of this row among the outermost data rows by `a`, the largest first; equal rows share a place.
    Rank(ExpressionId),
    /// A chain of comparisons `a <= b <= c`: all must hold.
    Compare(ExpressionId, Vec<(Comparison, ExpressionId)>),
    /// All must hold.
    And(Vec<ExpressionId>),
    /// One must hold.
    Or(Vec<ExpressionId>),
    /// Must not hold.
    Not(ExpressionId),
    /// A day.
    Day(Date),
    /// An entry of a catalogue.
    Entry(EntryName),
    /// Không phát sinh: a branch of a condition.
    Nil,
    /// The second where the first holds, the third where it does not.
    If(ExpressionId, ExpressionId, ExpressionId),
    /// The first, in reports whose field, the second, chooses the row at hand; others are not asked.
    Chosen(ExpressionId, ExpressionId),
    /// The entry is one of these names; an inner entry of a tree was written out with everything below it.
    In(ExpressionId, Vec<String>),
    /// The entry is that of the row at hand outside the list, or lies below it; every entry belongs to the total row. Only inside [`Expression::Over`].
    Under(ExpressionId),
    /// A figure over the rows of a list.
    Over(Box<Over>),
}

/// A figure over the rows of a list. Inside it a reference to the row at hand means the row of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Over {
    /// The list.
    pub list: FormIndex,
    /// What is made of the rows.
    pub function: OverFunction,
    /// What is added or compared; counting needs none.
    pub value: Option<ExpressionId>,
    /// Rows that agree in all of these count once.
    pub distinct: Vec<ExpressionId>,
    /// Only rows where this holds.
    pub condition: Option<ExpressionId>,
}

/// What is made of the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverFunction {
    /// How many there are.
    Count,
    /// Their sum.
    Sum,
    /// The smallest.
    Minimum,
    /// The largest.
    Maximum,
}

/// A comparison sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessOrEqual,
    /// `>`
    Greater,
    /// `≥`
    GreaterOrEqual,
}

/// A question about a field of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTest {
    /// Position of the event in [`crate::plan::header::RegimeHeader::events`].
    pub event: u32,
    /// Position of the field in the event.
    pub field: u32,
    /// The question.
    pub test: FieldTest,
}

/// A cell an expression reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellReference {
    /// The form.
    pub form: FormIndex,
    /// Which row.
    pub row: RowReference,
    /// The column.
    pub column: ColumnIndex,
}

/// A cell of another regime, by names, because that regime is published by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignReference {
    /// Name of the regime.
    pub regime: String,
    /// The version that was found when this one was compiled.
    pub version: u32,
    /// Name of the form.
    pub form: String,
    /// Which row.
    pub row: RowReference,
    /// Key of the column.
    pub column: String,
    /// How it is printed there, for people; the evaluator does not look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<ForeignWords>,
}

/// The printed words of a cell of another regime, as they were when this one was compiled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignWords {
    /// Title of the regime.
    pub regime: String,
    /// Printed sign of the form.
    pub form: String,
    /// Printed number and label of the column.
    pub column: (Option<String>, String),
    /// Printed code and label of the row, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<(Option<String>, String)>,
}

/// Which row a reference means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowReference {
    /// The row the rule or formula is being evaluated for (the own row in a form with a row per unit).
    Current,
    /// The row of this catalogue entry.
    Entry(String),
    /// The total row.
    Total,
    /// `*`: the outermost data rows other than the current row; only inside a sum, min, max or count.
    Others,
    /// Every row of a list; only among what a rule reads.
    All,
}

impl ForeignReference {
    /// The cell as people write it, e.g. `TTHC_06A.TTHC06A[total, 3]`.
    pub fn text(&self) -> String {
        let (regime, form, column) = (&self.regime, &self.form, &self.column);
        match &self.row {
            RowReference::Entry(row) => format!("{regime}.{form}[{row}, {column}]"),
            RowReference::Total => format!("{regime}.{form}[total, {column}]"),
            RowReference::Current | RowReference::Others | RowReference::All => {
                format!("{regime}.{form}[{column}]")
            }
        }
    }
}
