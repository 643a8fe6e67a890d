//! What a cell is: the type of its value, how it adds up, where it comes from, who fills it.
//!
//! It does not know where the cell stands, formulas' meaning or figures. Indices are positions in [`crate::plan::form::FormDefinition`].

use crate::organisation::Party;
use crate::plan::applicability::Applicability;
use crate::plan::expression::ExpressionId;
use crate::plan::form::{CatalogIndex, ColumnIndex};
use serde::{Deserialize, Serialize};

/// What a cell is: the type of its value, how it adds up, where it comes from, who fills it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellDefinition {
    /// Type of the value.
    pub value: ValueType,
    /// Unit of measure, an index in [`crate::plan::form::FormDefinition::measures`]; a percentage and text have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<u32>,
    /// How the figure adds up.
    pub nature: Nature,
    /// Over which span it runs.
    #[serde(default, skip_serializing_if = "Extent::is_current")]
    pub extent: Extent,
    /// What it claims: a fact of a vintage, or a plan.
    #[serde(default, skip_serializing_if = "Modality::is_plain")]
    pub modality: Modality,
    /// Where the figure comes from.
    pub source: Source,
    /// Must be answered (a value or nil) before sending; always false unless entered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Must be answered where this condition holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<ExpressionId>,
    /// Is closed where this condition holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_when: Option<ExpressionId>,
    /// Whose report opens the cell.
    #[serde(default, skip_serializing_if = "FilledBy::is_everybody")]
    pub filled_by: FilledBy,
    /// A text must match this pattern as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<String>,
    /// Prefilled from the unit's dated attributes.
    #[serde(default, skip_serializing_if = "is_false")]
    pub from_registry: bool,
    /// The indicator it is a figure of, an index in [`crate::plan::form::FormDefinition::indicators`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<u32>,
    /// The same figure since the start of the year as the sum of the rows it is made of: used for reports known from history, where often only they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_parts: Option<ExpressionId>,
    /// The column of the same row that states this figure again one period later, in a better vintage (`for previous final` beside `estimate`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised_by: Option<ColumnIndex>,
    /// Where it applies; elsewhere it is closed.
    #[serde(default, skip_serializing_if = "Applicability::is_everywhere")]
    pub applicability: Applicability,
}

impl CellDefinition {
    /// How settled the figure is, where it says so.
    pub fn vintage(&self) -> Option<Vintage> {
        match self.modality {
            Modality::Actual(vintage) => vintage,
            Modality::Plan(_) | Modality::Planned => None,
        }
    }
}

/// Over which span a figure runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The report's own window, or for a stock its end.
    #[default]
    Current,
    /// The window before (`for previous`).
    Previous,
    /// From the start of the year to the end of the window.
    SinceYear,
    /// From the start of the event.
    SinceEvent,
    /// From the start of the work.
    SinceStart,
    /// From the start of the year to the end of the window before (`since year for previous`).
    SinceYearToPrevious,
    /// From the start of the event to the end of the window before.
    SinceEventToPrevious,
    /// From the start of the work to the end of the window before.
    SinceStartToPrevious,
    /// The whole year of the plan.
    PlanYear,
}

/// What a figure claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// A fact; vintages are ordered, none stated counts as final.
    Actual(Option<Vintage>),
    /// A plan value looked up in a target, an index in [`crate::plan::form::FormDefinition::targets`].
    Plan(u32),
    /// A typed figure that is a plan.
    Planned,
}

impl Extent {
    /// Whether it is the report's own window.
    pub fn is_current(&self) -> bool {
        *self == Extent::Current
    }

    /// Whether it runs up from a start that lies before the window, so that it is not added over time.
    pub fn runs_up(&self) -> bool {
        match self {
            Extent::SinceYear
            | Extent::SinceEvent
            | Extent::SinceStart
            | Extent::SinceYearToPrevious
            | Extent::SinceEventToPrevious
            | Extent::SinceStartToPrevious => true,
            Extent::Current | Extent::Previous | Extent::PlanYear => false,
        }
    }

    /// Whether it runs up from the start of the year.
    pub fn runs_since_year(&self) -> bool {
        matches!(self, Extent::SinceYear | Extent::SinceYearToPrevious)
    }

    /// Whether it ends with the window before (`for previous`).
    pub fn ends_before(&self) -> bool {
        match self {
            Extent::Previous
            | Extent::SinceYearToPrevious
            | Extent::SinceEventToPrevious
            | Extent::SinceStartToPrevious => true,
            Extent::Current
            | Extent::SinceYear
            | Extent::SinceEvent
            | Extent::SinceStart
            | Extent::PlanYear => false,
        }
    }
}

impl Default for Modality {
    fn default() -> Modality {
        Modality::Actual(None)
    }
}

impl Modality {
    /// Whether it is a fact of no stated vintage.
    pub fn is_plain(&self) -> bool {
        *self == Modality::Actual(None)
    }
}

impl FilledBy {
    /// Whether every reporter fills it.
    pub fn is_everybody(&self) -> bool {
        *self == FilledBy::Reporters
    }
}

pub(super) fn is_false(flag: &bool) -> bool {
    !*flag
}

/// How sure a figure is, the least sure first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vintage {
    /// ước tính
    Estimate,
    /// sơ bộ
    Preliminary,
    /// chính thức
    Final,
}

/// Whose report opens a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilledBy {
    /// Every reporter's; the cells of the units are added.
    #[default]
    Reporters,
    /// Only these agencies'; the consolidation takes over what they typed.
    Agencies(Vec<Party>),
    /// Only units of these levels; their cells are added.
    Levels(Vec<Party>),
    /// The receiver's, after sending.
    Recipient,
}

/// Type of a cell's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// A number with so many decimals; `percent` is shown times 100 with a percent sign (the stored value of 90 % typed by a person is `90`,
    /// its meaning in formulas 90/100).
    Number {
        /// Digits after the decimal point.
        decimals: u32,
        /// May be below zero.
        negative: bool,
        /// Shown and typed as a percentage.
        percent: bool,
    },
    /// Free text.
    Text,
    /// A day.
    Date,
    /// Yes or no.
    YesOrNo,
    /// An entry of a catalogue, a leaf of a tree.
    Choice(CatalogIndex),
    /// A unit that reports.
    Reporter,
    /// An attached file: its name, its size and the hash of its content.
    File,
}

/// Nature of a figure (language-types §1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Happens during the window; adds over units and disjoint windows.
    Flow,
    /// Stands at the end of the window; adds over units, last over time.
    Stock,
    /// Stands at the start of the window; adds over units, first over time.
    Opening,
    /// Adds over units, typed afresh over time.
    NotOverTime,
    /// A quotient, recomputed everywhere.
    Ratio,
    /// A sum of parts with different natures; recomputed from its operands.
    Mixed,
    /// The mean level over the window; adds over units, time-weighted mean over time.
    PeriodAverage,
    /// A mean weighted by this expression; the weighted mean over units and time.
    AverageBy(ExpressionId),
    /// A quotient without a formula: never added, entered by the consolidating body.
    Index,
    /// Points: never added.
    Score,
    /// Text and the like: never added.
    None,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person types it.
    Entered,
    /// The first side of a formula chain computes it; locked.
    Computed(ExpressionId),
    /// Carried over from the earlier report, where this expression is evaluated; locked.
    Carried(ExpressionId),
    /// Nobody fills it: printed as x.
    Closed,
}
