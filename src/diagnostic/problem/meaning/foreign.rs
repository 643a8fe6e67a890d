//! R731 to R733: figures of other regimes that can never be read.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. All of them are errors: a cell that reads such a figure would be blank
//! for ever.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R731 to R733: figures of other regimes that can never be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignProblem {
    /// R731: regimes that read one another in a circle.
    ReadInCircle {
        /// The regime read.
        regime: String,
    },
    /// R732: a regime that is never reported in the same period.
    NoCommonPeriod {
        /// The regime read.
        regime: String,
    },
    /// R733: a regime with other reporters.
    NoCommonReporter {
        /// The regime read.
        regime: String,
    },
}

impl ForeignProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ForeignProblem::ReadInCircle { .. } => "R731",
            ForeignProblem::NoCommonPeriod { .. } => "R732",
            ForeignProblem::NoCommonReporter { .. } => "R733",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            ForeignProblem::ReadInCircle { regime } => Wording::new(
                Text::new(
                    format!("chế độ này và `{regime}` lấy số liệu của nhau"),
                    format!("this regime and `{regime}` read each other's figures"),
                ),
                Text::new(
                    "hai chế độ chờ nhau thì không chế độ nào tính được",
                    "regimes that wait for each other can never be computed",
                ),
            ),
            ForeignProblem::NoCommonPeriod { regime } => Wording::new(
                Text::new(
                    format!("`{regime}` không có kỳ báo cáo nào chung với chế độ này"),
                    format!("`{regime}` shares no reporting period with this regime"),
                ),
                Text::new(
                    "số liệu của chế độ khác được lấy từ báo cáo cùng kỳ",
                    "figures of another regime are read from its report of the same period",
                ),
            ),
            ForeignProblem::NoCommonReporter { regime } => Wording::new(
                Text::new(
                    format!(
                        "không đơn vị báo cáo nào của chế độ này có trong luồng của `{regime}`"
                    ),
                    format!("no reporter of this regime stands on the routes of `{regime}`"),
                ),
                Text::new(
                    "số liệu của chế độ khác được lấy từ báo cáo của chính đơn vị",
                    "figures of another regime are read from the unit's own report there",
                ),
            ),
        }
    }
}
