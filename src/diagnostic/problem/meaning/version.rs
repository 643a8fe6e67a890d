//! R8xx: conflicts with a version that is already in force.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use super::time::NatureWord;
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
    /// R810: a version 0.
    Zero,
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
    /// R807: a figure taken over into a cell of another unit of measure.
    OtherMeasure {
        /// The old cell.
        old: String,
        /// Its measure, as shown.
        from: String,
        /// The new cell.
        new: String,
        /// Its measure, as shown.
        to: String,
    },
    /// R808: a figure taken over into a cell of another nature.
    OtherNature {
        /// The old cell.
        old: String,
        /// Its nature.
        from: NatureWord,
        /// The new cell.
        new: String,
        /// Its nature.
        to: NatureWord,
    },
    /// R809: an answer taken over into a cell of another kind of value.
    OtherKind {
        /// The old cell.
        old: String,
        /// The new cell.
        new: String,
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
            VersionProblem::Zero => "R810",
            VersionProblem::NotInEarlier { .. } => "R803",
            VersionProblem::MappedTwice { .. } => "R804",
            VersionProblem::NotMapped { .. } => "R805",
            VersionProblem::FilledTwice { .. } => "R806",
            VersionProblem::OtherMeasure { .. } => "R807",
            VersionProblem::OtherNature { .. } => "R808",
            VersionProblem::OtherKind { .. } => "R809",
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
            VersionProblem::Zero => Wording::new(
                Text::new("không có phiên bản 0", "there is no version 0"),
                Text::new(
                    "phiên bản đánh số từ 1; phiên bản đầu tiên không lấy số liệu từ phiên bản nào",
                    "versions are counted from 1, and the first takes figures from none",
                ),
            ),
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
            VersionProblem::OtherMeasure { old, from, new, to } => Wording::new(
                Text::new(
                    format!("`{old}` tính bằng {from}, `{new}` tính bằng {to}"),
                    format!("`{old}` is measured in {from}, `{new}` in {to}"),
                ),
                Text::new(
                    "số liệu cũ chuyển sang nguyên như đã báo cáo, không được quy đổi",
                    "an old figure goes over as it was reported; it is not converted",
                ),
            )
            .helped(Text::new(
                "chuyển sang ô có cùng đơn vị tính, hoặc bỏ ô cũ bằng `bỏ`",
                "move it to a cell of the same measure, or drop it",
            )),
            VersionProblem::OtherNature { old, from, new, to } => {
                let (from, to) = (from.wording(), to.wording());
                Wording::new(
                    Text::new(
                        format!("`{old}` là {}, `{new}` là {}", from.vi, to.vi),
                        format!("`{old}` is {}, `{new}` is {}", from.en, to.en),
                    ),
                    Text::new(
                        "tính chất quyết định cách cộng theo kỳ và kết chuyển; chuyển sang tính chất khác thì số cũ bị hiểu sai",
                        "the nature decides how a figure adds up over time and carries over; under another one the old figure is misread",
                    ),
                )
                .helped(Text::new(
                    "chuyển sang ô có cùng tính chất, hoặc bỏ ô cũ bằng `bỏ`",
                    "move it to a cell of the same nature, or drop it",
                ))
            }
            VersionProblem::OtherKind { old, new } => Wording::new(
                Text::new(
                    format!("`{old}` và `{new}` không cùng kiểu giá trị"),
                    format!("`{old}` and `{new}` do not hold the same kind of value"),
                ),
                Text::new(
                    "con số, chữ, ngày và mục chọn không chuyển thành nhau được",
                    "figures, words, days and chosen entries do not become one another",
                ),
            ),
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
