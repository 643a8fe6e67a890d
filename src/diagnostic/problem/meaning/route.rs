//! R7xx: reports that nobody receives, or nobody knows when to send.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R7xx: reports that nobody receives, or nobody knows when to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteProblem {
    /// R701: a hop of a route for which no deadline is set.
    HopWithoutDeadline {
        /// Who sends on that hop.
        who: String,
    },
}

impl RouteProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RouteProblem::HopWithoutDeadline { .. } => "R701",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            RouteProblem::HopWithoutDeadline { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RouteProblem::HopWithoutDeadline { who } => Wording::new(
                Text::new(
                    format!("`{who}` phải gửi báo cáo nhưng chưa có hạn gửi"),
                    format!("`{who}` has to send a report but has no deadline"),
                ),
                Text::new(
                    "Điều 8 Nghị định 09/2019/NĐ-CP: chế độ báo cáo phải quy định thời hạn gửi báo cáo",
                    "Decree 09/2019/NĐ-CP, article 8: a regime states by when a report is sent",
                ),
            ),
        }
    }
}
