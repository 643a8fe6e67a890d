//! R4xx: figures added over a time over which they do not add.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R4xx: figures added over a time over which they do not add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeProblem {
    /// R401: a stock, index, score or plan summed over periods or units.
    NotAdditive {
        /// The figure, by its printed code or name.
        figure: String,
    },
}

impl TimeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TimeProblem::NotAdditive { .. } => "R401",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            TimeProblem::NotAdditive { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TimeProblem::NotAdditive { figure } => Wording::new(
                Text::new(
                    format!("không cộng dồn được `{figure}`"),
                    format!("`{figure}` cannot be summed"),
                ),
                Text::new(
                    "số cuối kỳ, chỉ số, điểm số và số kế hoạch không cộng qua các kỳ",
                    "closing stocks, indices, scores and plans do not add up over time",
                ),
            ),
        }
    }
}
