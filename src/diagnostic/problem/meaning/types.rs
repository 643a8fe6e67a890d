//! R3xx: figures whose kinds or units of measure do not fit.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R3xx: figures whose kinds or units of measure do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeProblem {
    /// R301: two units of measure that cannot be compared or added.
    MeasureMismatch {
        /// Unit of measure of the left side.
        left: String,
        /// Unit of measure of the right side.
        right: String,
    },
}

impl TypeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TypeProblem::MeasureMismatch { .. } => "R301",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            TypeProblem::MeasureMismatch { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TypeProblem::MeasureMismatch { left, right } => Wording::new(
                Text::new(
                    format!("đơn vị tính không khớp: `{left}` và `{right}`"),
                    format!("measures do not fit: `{left}` and `{right}`"),
                ),
                Text::new(
                    "chỉ cộng, trừ, so sánh được các số cùng đơn vị tính",
                    "only figures of one unit of measure can be added, subtracted or compared",
                ),
            ),
        }
    }
}
