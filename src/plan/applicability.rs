//! Where a part of a regime applies: in which periods, for whose reports, under which condition (`only in`, `only for`, `only when`).
//!
//! One clause for outline, sections, forms, groups, columns, rows and rules. It does not know periods' windows or whether a condition holds; a part with an
//! empty clause applies everywhere.

use crate::calendar::{Period, PeriodChoice};
use crate::organisation::Party;
use crate::plan::expression::ExpressionId;
use serde::{Deserialize, Serialize};

/// Where a part applies; empty: everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicability {
    /// Periods; empty: all.
    pub only_in: Vec<PeriodChoice>,
    /// Whose report; empty: everybody's.
    pub only_for: Vec<Party>,
    /// Conditions over the event and the header fields, all of which must hold.
    pub only_when: Vec<ExpressionId>,
}

impl Applicability {
    /// Whether the part may apply in reports of a period.
    pub fn in_time(&self, period: &Period) -> bool {
        self.only_in.is_empty() || self.only_in.iter().any(|choice| choice.accepts(period))
    }

    /// Whether it limits nothing.
    pub fn is_everywhere(&self) -> bool {
        self.only_in.is_empty() && self.only_for.is_empty() && self.only_when.is_empty()
    }
}
