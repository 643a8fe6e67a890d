//! R811 to R813: versions of one regime that do not follow one another.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. Two versions for one day are an error, since nobody could tell under which a report is made;
//! the others are warnings: days without a version, and figures that are not taken over, may be meant.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Versions of one regime that do not follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionsProblem {
    /// R811: a version that begins while the one before it is in force, or before it.
    Overlap {
        /// The version before.
        earlier: u32,
    },
    /// R812: days on which no version is in force.
    Gap {
        /// The version before.
        earlier: u32,
        /// Its last day, as shown.
        until: String,
        /// The first day of this one, as shown.
        from: String,
    },
    /// R813: a version that does not say what becomes of the figures of the one before it.
    NothingTakenOver {
        /// The version before.
        earlier: u32,
    },
}

impl VersionsProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            VersionsProblem::Overlap { .. } => "R811",
            VersionsProblem::Gap { .. } => "R812",
            VersionsProblem::NothingTakenOver { .. } => "R813",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            VersionsProblem::Overlap { .. } => Severity::Error,
            VersionsProblem::Gap { .. } | VersionsProblem::NothingTakenOver { .. } => {
                Severity::Warning
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            VersionsProblem::Overlap { earlier } => Wording::new(
                Text::new(
                    format!("phiên bản này bắt đầu khi phiên bản {earlier} còn hiệu lực"),
                    format!("the version begins while version {earlier} is in force"),
                ),
                Text::new(
                    "mỗi báo cáo được lập theo một phiên bản: bản có hiệu lực vào ngày chốt số liệu; hai bản cùng hiệu lực thì không biết theo bản nào",
                    "a report is made under one version, that in force on its cut-off; with two nobody can tell under which",
                ),
            )
            .helped(Text::new(
                "cho phiên bản trước hết hiệu lực (`đến hết`) vào ngày liền trước, hoặc sửa ngày bắt đầu",
                "let the earlier version end (`until`) on the day before, or correct the first day",
            )),
            VersionsProblem::Gap {
                earlier,
                until,
                from,
            } => Wording::new(
                Text::new(
                    format!("sau phiên bản {earlier} (hết {until}) đến ngày {from} không có phiên bản nào"),
                    format!("after version {earlier} (until {until}) no version is in force before {from}"),
                ),
                Text::new(
                    "báo cáo có ngày chốt số liệu trong khoảng đó không lập theo phiên bản nào; có thể ghi nhầm ngày",
                    "a report whose cut-off lies between is made under no version; a date may be wrong",
                ),
            ),
            VersionsProblem::NothingTakenOver { earlier } => Wording::new(
                Text::new(
                    format!("phiên bản này chưa nói số liệu của phiên bản {earlier} đi đâu"),
                    format!("the version does not say what becomes of the figures of version {earlier}"),
                ),
                Text::new(
                    "không có `chuyển từ phiên bản` thì kỳ trước, cùng kỳ và kết chuyển bị đứt ở ngày đổi phiên bản",
                    "without `migrate from version` earlier periods, last year and carry-overs break off on the day of the change",
                ),
            )
            .helped(Text::new(
                format!("thêm khối `chuyển từ phiên bản {earlier} {{ … }}`"),
                format!("add a block `migrate from version {earlier} {{ … }}`"),
            )),
        }
    }
}
