//! R8xx: conflicts with a version that is already in force.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
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
    /// R802: figures taken over from a version that is not earlier.
    NotEarlier {
        /// The version named.
        version: u32,
        /// The version at hand.
        own: u32,
    },
    /// R803: a part that the earlier version does not have.
    NotInEarlier {
        /// What is named.
        kind: NameKind,
        /// Its name or number.
        name: String,
        /// The earlier version.
        version: u32,
    },
    /// R804: an old figure with two successors.
    MappedTwice {
        /// The old cell.
        cell: String,
    },
    /// R805: old figures of which nothing is said.
    NotMapped {
        /// The old cells.
        cells: Vec<String>,
        /// The earlier version.
        version: u32,
    },
    /// R806: a new figure that two steps fill.
    FilledTwice {
        /// The new cell.
        cell: String,
    },
}

/// The most cells named in one message.
const MOST_NAMED: usize = 8;

impl VersionProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            VersionProblem::ChangedAfterPublication { .. } => "R801",
            VersionProblem::NotEarlier { .. } => "R802",
            VersionProblem::NotInEarlier { .. } => "R803",
            VersionProblem::MappedTwice { .. } => "R804",
            VersionProblem::NotMapped { .. } => "R805",
            VersionProblem::FilledTwice { .. } => "R806",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
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
            VersionProblem::NotEarlier { version, own } => Wording::new(
                Text::new(
                    format!("phiên bản {own} không thể lấy số liệu từ phiên bản {version}"),
                    format!("version {own} cannot take figures from version {version}"),
                ),
                Text::new(
                    "số liệu chỉ chuyển từ phiên bản trước sang phiên bản sau",
                    "figures go from an earlier version to a later one",
                ),
            ),
            VersionProblem::NotInEarlier {
                kind,
                name,
                version,
            } => {
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("phiên bản {version} không có {} `{name}`", kind.vi),
                        format!("version {version} has no {} `{name}`", kind.en),
                    ),
                    Text::new(
                        "bên trái mũi tên là số hiệu của phiên bản cũ, bên phải là số hiệu của phiên bản này",
                        "left of the arrow stand the numbers of the earlier version, right of it those of this one",
                    ),
                )
            }
            VersionProblem::MappedTwice { cell } => Wording::new(
                Text::new(
                    format!("số liệu cũ `{cell}` được chuyển hai lần"),
                    format!("the old figure `{cell}` is taken over twice"),
                ),
                Text::new(
                    "mỗi số liệu cũ chỉ được tính một lần trong phiên bản mới",
                    "each old figure counts once in the new version",
                ),
            ),
            VersionProblem::NotMapped { cells, version } => {
                let named: Vec<&str> = cells.iter().take(MOST_NAMED).map(String::as_str).collect();
                let (more_vi, more_en) = match cells.len().saturating_sub(MOST_NAMED) {
                    0 => (String::new(), String::new()),
                    more => (format!(" và {more} ô khác"), format!(" and {more} more")),
                };
                let named = named.join(", ");
                Wording::new(
                    Text::new(
                        format!(
                            "chưa nói số liệu của phiên bản {version} đi đâu: {named}{more_vi}"
                        ),
                        format!(
                            "nothing is said of figures of version {version}: {named}{more_en}"
                        ),
                    ),
                    Text::new(
                        "số liệu cũ bị quên sẽ mất trong so sánh với kỳ trước mà không ai biết",
                        "a forgotten figure would silently vanish from comparisons with earlier periods",
                    ),
                )
                .helped(Text::new(
                    "thêm `giữ`, `gộp`, `chuyển`, hoặc `bỏ` kèm lý do",
                    "add `same`, `merge`, `move`, or `drop` with a reason",
                ))
            }
            VersionProblem::FilledTwice { cell } => Wording::new(
                Text::new(
                    format!("ô `{cell}` của phiên bản này được điền hai lần"),
                    format!("cell `{cell}` of this version is filled twice"),
                ),
                Text::new(
                    "nhiều số liệu cũ thành một số liệu mới thì phải cộng lại",
                    "several old figures that become one have to be added up",
                ),
            )
            .helped(Text::new(
                "gộp trong một câu: `gộp [2], [4] -> [2]`",
                "merge them in one statement: `merge [2], [4] -> [2]`",
            )),
        }
    }
}
