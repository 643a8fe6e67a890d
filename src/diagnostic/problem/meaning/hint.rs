//! R336, R426 and R550: cells that are asked for otherwise than their words let expect.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. A label is only a hint, so what is told of labels is advice.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Cells that are asked for otherwise than their words let expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HintProblem {
    /// R336: a label of words, of a ratio or of a part on a plain count.
    PlainCount {
        /// The label.
        label: String,
        /// What it speaks of.
        speaks_of: SpeaksOf,
    },
    /// R426: figures of a vintage in which the indicator is not published.
    VintageNotOfIndicator {
        /// The indicator.
        indicator: String,
        /// The vintage, in both languages.
        vintage: (&'static str, &'static str),
    },
    /// R550: rows grouped by a measured figure.
    GroupedByFigure {
        /// The field.
        field: String,
    },
}

/// What a label speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeaksOf {
    /// Words: a remark, a reason.
    Words,
    /// A ratio.
    Ratio,
    /// A part of another figure.
    Part,
}

impl HintProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            HintProblem::PlainCount { .. } => "R336",
            HintProblem::VintageNotOfIndicator { .. } => "R426",
            HintProblem::GroupedByFigure { .. } => "R550",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            HintProblem::PlainCount { .. } => Severity::Advice,
            HintProblem::VintageNotOfIndicator { .. } | HintProblem::GroupedByFigure { .. } => {
                Severity::Warning
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            HintProblem::PlainCount { label, speaks_of } => {
                let (why, help) = match speaks_of {
                    SpeaksOf::Words => (
                        Text::new(
                            "không ghi kiểu thì ô là số đếm và bắt buộc, người nhập không viết được lời nào",
                            "without a type a cell is a count and required, and no words can be typed",
                        ),
                        Text::new("thêm `văn bản không bắt buộc`", "add `text optional`"),
                    ),
                    SpeaksOf::Ratio => (
                        Text::new(
                            "không ghi kiểu thì ô là số đếm và được cộng; tỷ lệ không cộng được, phải tính từ tử số và mẫu số",
                            "without a type a cell is a count and added up; ratios cannot be added and are computed from their parts",
                        ),
                        Text::new(
                            "thêm `phần trăm(1)` và công thức, ví dụ `= [2] / [1]`",
                            "add `percent(1)` and a formula such as `= [2] / [1]`",
                        ),
                    ),
                    SpeaksOf::Part => (
                        Text::new(
                            "một phần phải không lớn hơn số chứa nó và không được cộng thêm; chỉ ghi ở nhãn thì máy không xét",
                            "a part is at most its whole and never added to it; a label alone is not checked",
                        ),
                        Text::new("thêm `nằm trong […]`", "add `within […]`"),
                    ),
                };
                Wording::new(
                    Text::new(
                        format!("“{label}” được hỏi như một số đếm thường"),
                        format!("“{label}” is asked for as a plain count"),
                    ),
                    why,
                )
                .helped(help)
            }
            HintProblem::VintageNotOfIndicator { indicator, vintage } => Wording::new(
                Text::new(
                    format!("chỉ tiêu `{indicator}` không có số {}", vintage.0),
                    format!("indicator `{indicator}` has no {} figures", vintage.1),
                ),
                Text::new(
                    "chỉ tiêu khai báo những độ chắc nào thì chế độ chỉ thu số liệu ở độ chắc ấy",
                    "a regime collects an indicator only in the vintages that it is declared in",
                ),
            )
            .helped(Text::new(
                format!("sửa `số liệu là …`, hoặc thêm `{}` vào chỉ tiêu", vintage.0),
                format!(
                    "correct `figures are …`, or add `{}` to the indicator",
                    vintage.1
                ),
            )),
            HintProblem::GroupedByFigure { field } => Wording::new(
                Text::new(
                    format!("các dòng nhóm theo `{field}`, là một số liệu"),
                    format!("rows are grouped by `{field}`, which is a figure"),
                ),
                Text::new(
                    "hầu như dòng nào cũng có một số riêng, nên mỗi dòng thành một nhóm",
                    "nearly every row has a figure of its own, so each becomes a group",
                ),
            )
            .helped(Text::new(
                "nhóm theo trường chọn một mục, văn bản hoặc ngày",
                "group by a field of choices, words or days",
            )),
        }
    }
}
