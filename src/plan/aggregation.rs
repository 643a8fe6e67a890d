//! The aggregation plan: how figures of many units, and of shorter periods, become one.
//!
//! The legality of each combination was settled when the regime was compiled (language-types §1.7); the plan only records the verdict. It does not know
//! which units exist or which reports were sent.

use crate::plan::address::{CellAddress, RowScope};
use crate::plan::expression::ExpressionId;
use crate::plan::form::{ColumnIndex, FormIndex};
use serde::{Deserialize, Serialize};

/// One step per figure column, in evaluation order: sums first, then what is recomputed from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AggregationPlan {
    /// The steps.
    pub steps: Vec<Step>,
}

impl AggregationPlan {
    /// The step of a cell: that of its own row before that of its column.
    pub fn step_of(&self, at: &CellAddress) -> Option<&Step> {
        let of_column = || {
            let steps = self.steps.iter();
            steps.filter(|step| step.form == at.form && step.column == at.column)
        };
        of_column()
            .find(|step| !step.rows.is_every() && step.rows.names(&at.row))
            .or_else(|| of_column().find(|step| step.rows.is_every()))
    }
}

/// How one column is combined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The form.
    pub form: FormIndex,
    /// In which rows: a form with written rows names each cell.
    #[serde(default, skip_serializing_if = "RowScope::is_every")]
    pub rows: RowScope,
    /// The column.
    pub column: ColumnIndex,
    /// Over units.
    pub over_units: OverUnits,
    /// Over the periods that make up a longer one.
    pub over_time: OverTime,
}

/// Combination over units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverUnits {
    /// Add the units' cells.
    Sum,
    /// Recompute the formula from the combined cells.
    Recompute(ExpressionId),
    /// Show the units' own words side by side; there is no one figure.
    Collect,
    /// One body types it; the consolidation takes that body's cell over.
    Assemble,
    /// Looked up for the consolidating unit itself: a plan value.
    LookUp,
    /// Typed by the consolidating body.
    Entered,
    /// The mean weighted by this expression, evaluated in each unit's report.
    Weighted(ExpressionId),
    /// Nothing: the cell is closed.
    None,
}

/// Combination over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverTime {
    /// Add the disjoint windows.
    Sum,
    /// Add what the shorter periods that follow those of the longer period before state again about them (`for previous`); typed where they do not all.
    Before,
    /// The value at the end of the span.
    Last,
    /// The value at the start of the span.
    First,
    /// Recompute the formula from the combined cells.
    Recompute(ExpressionId),
    /// The mean weighted by the length of the windows.
    TimeWeighted,
    /// The mean weighted by this expression, evaluated in each window.
    Weighted(ExpressionId),
    /// Typed afresh: it does not add up over periods.
    TypedAfresh,
    /// Nothing is combined.
    None,
}
