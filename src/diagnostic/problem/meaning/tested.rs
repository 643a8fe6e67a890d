//! R645 to R649: tests of reports that are never made.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. What can never come true is an error; a unit that may be meant otherwise is a warning.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Tests of reports that are never made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestedProblem {
    /// R645: a unit of a level that has ended at the cut-off.
    LevelEnded {
        /// The level.
        level: String,
        /// Its last day, as shown.
        until: String,
        /// The cut-off, as shown.
        cutoff: String,
    },
    /// R646: a unit that neither sends nor receives under the regime.
    NotOnRoute {
        /// The unit as written.
        unit: String,
        /// Its level.
        level: String,
    },
    /// R647: an outcome that the rule never has.
    OutcomeOfOther {
        /// The rule.
        rule: String,
        /// Whether the rule is a warning, and a failure is expected; else the other way round.
        warning: bool,
    },
    /// R648: a level other than the one that the project's table gives the unit.
    OtherLevel {
        /// The unit.
        unit: String,
        /// The level in the table.
        level: String,
    },
    /// R649: a unit that is not in the project's table, with a name near to one that is.
    NearUnit {
        /// The unit as written.
        unit: String,
        /// The one in the table.
        nearest: String,
    },
}

impl TestedProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TestedProblem::LevelEnded { .. } => "R645",
            TestedProblem::NotOnRoute { .. } => "R646",
            TestedProblem::OutcomeOfOther { .. } => "R647",
            TestedProblem::OtherLevel { .. } => "R648",
            TestedProblem::NearUnit { .. } => "R649",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            TestedProblem::LevelEnded { .. } | TestedProblem::OutcomeOfOther { .. } => {
                Severity::Error
            }
            TestedProblem::NotOnRoute { .. }
            | TestedProblem::OtherLevel { .. }
            | TestedProblem::NearUnit { .. } => Severity::Warning,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TestedProblem::LevelEnded {
                level,
                until,
                cutoff,
            } => Wording::new(
                Text::new(
                    format!("cấp `{level}` đã hết từ {until}, trước ngày chốt số liệu {cutoff} của ca kiểm thử"),
                    format!("level `{level}` ended on {until}, before the test's cut-off on {cutoff}"),
                ),
                Text::new(
                    "không còn đơn vị nào của cấp này lập báo cáo kỳ ấy",
                    "no unit of that level is left to make the report",
                ),
            )
            .helped(Text::new(
                "chọn kỳ khi cấp ấy còn, hoặc đơn vị của cấp đang có",
                "choose a period in which the level existed, or a unit of a level that exists",
            )),
            TestedProblem::NotOnRoute { unit, level } => Wording::new(
                Text::new(
                    format!("`{unit}` (cấp `{level}`) không gửi cũng không nhận báo cáo của chế độ này"),
                    format!("`{unit}` (level `{level}`) neither sends nor receives reports of this regime"),
                ),
                Text::new(
                    "không luồng nào đi qua đơn vị này nên báo cáo được kiểm thử không bao giờ có; có thể ghi nhầm cấp",
                    "no route leads through the unit, so the report under test is never made; the level may be wrong",
                ),
            ),
            TestedProblem::OutcomeOfOther {
                rule,
                warning: true,
            } => Wording::new(
                Text::new(
                    format!("`{rule}` là cảnh báo nên không bao giờ `vi phạm`"),
                    format!("`{rule}` is a warning, so it never `fails`"),
                ),
                Text::new(
                    "chỉ quy tắc `kiểm tra`, `cân đối` mới bị vi phạm; ca kiểm thử này không bao giờ đạt",
                    "only a `check` or `balance` fails; the test can never pass",
                ),
            )
            .helped(Text::new(
                format!("ghi `mong đợi có cảnh báo {rule}`"),
                format!("write `expect warns {rule}`"),
            )),
            TestedProblem::OutcomeOfOther {
                rule,
                warning: false,
            } => Wording::new(
                Text::new(
                    format!("`{rule}` không phải là cảnh báo nên không bao giờ `có cảnh báo`"),
                    format!("`{rule}` is no warning, so it never `warns`"),
                ),
                Text::new(
                    "quy tắc `kiểm tra`, `cân đối` mà sai thì bị vi phạm; ca kiểm thử này không bao giờ đạt",
                    "a `check` or `balance` that does not hold fails; the test can never pass",
                ),
            )
            .helped(Text::new(
                format!("ghi `mong đợi vi phạm {rule}`"),
                format!("write `expect fails {rule}`"),
            )),
            TestedProblem::OtherLevel { unit, level } => Wording::new(
                Text::new(
                    format!("trong bảng đơn vị, `{unit}` thuộc cấp `{level}`"),
                    format!("in the table of units `{unit}` is of level `{level}`"),
                ),
                Text::new(
                    "ghi `cấp …` là đặt ra một đơn vị chỉ dùng trong ca kiểm thử này; trùng tên với đơn vị có thật mà khác cấp thì thường là ghi nhầm",
                    "a stated level makes a unit of this test only; with the name of a real unit and another level it is mostly a slip",
                ),
            )
            .helped(Text::new(
                "bỏ `cấp …` để lấy đúng đơn vị trong bảng, hoặc đặt tên khác",
                "remove `level …` to take the unit of the table, or choose another name",
            )),
            TestedProblem::NearUnit { unit, nearest } => Wording::new(
                Text::new(
                    format!("bảng đơn vị không có `{unit}`; có phải `{nearest}`?"),
                    format!("the table of units has no `{unit}`; is `{nearest}` meant?"),
                ),
                Text::new(
                    "đơn vị không có trong bảng vẫn được cộng như một đơn vị của riêng ca kiểm thử; ghi sai tên thì số liệu không thuộc đơn vị định nói",
                    "a unit outside the table is added as one of this test only; with a misspelt name the figures are not those of the unit that is meant",
                ),
            ),
        }
    }
}
