//! What can be wrong when two statements about one cell meet.
//!
//! Data only: wording and places belong to the caller. The list is closed.

use super::coordinates::Axis;
use super::extent::Extent;
use super::value::{Measured, Value};
use crate::analysis::model::cell::Modality;
use crate::analysis::natures::Nature;
use crate::number::Number;

/// Two statements that cannot both hold, or a remark about two that can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Two kinds of value.
    Values(Value, Value),
    /// Measures of two dimensions.
    Measures(Measured, Measured),
    /// Two scales of one dimension: it cannot be told which one is typed.
    Scales(Measured, Measured),
    /// Bounds between which no value lies: the least and the greatest.
    NoValue(Number, Number),
    /// Two natures.
    Natures(Nature, Nature),
    /// Two spans or moments.
    Extents(Extent, Extent),
    /// A plan and an actual figure, two plans, or two vintages.
    Modalities(Modality, Modality),
    /// Two members of one breakdown: nothing can be counted in the cell.
    Members(Axis, String, String),
    /// A cell closed for good that is required under a condition.
    RequiredButClosed,
}
