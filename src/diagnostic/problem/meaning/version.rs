//! R8xx: conflicts with a version that is already in force.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R8xx: conflicts with a version that is already in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionProblem {
    /// R801: the text of a published version was changed.
    ChangedAfterPublication {
        /// Name of the regime.
        regime: String,
        /// Number of the version.
        version: u32,
    },
}

impl VersionProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            VersionProblem::ChangedAfterPublication { .. } => "R801",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            VersionProblem::ChangedAfterPublication { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            VersionProblem::ChangedAfterPublication { regime, version } => Wording::new(
                Text::new(
                    format!("nội dung `{regime}` phiên bản {version} khác với bản đã ban hành"),
                    format!("`{regime}` version {version} differs from the published one"),
                ),
                Text::new(
                    "phiên bản đã ban hành là bất biến; báo cáo luôn được kiểm tra theo phiên bản lúc lập",
                    "a published version never changes; reports are checked by the version they were made under",
                ),
            )
            .helped(Text::new(
                "tăng số phiên bản",
                "raise the version number",
            )),
        }
    }
}
