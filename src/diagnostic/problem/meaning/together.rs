//! R639 to R644 and R650: figures that are never asked for when they are needed.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. What can never be computed or judged is an error; what only stays empty is a warning.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Figures that are never asked for when they are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TogetherProblem {
    /// R639: a cell that is there in none of the periods in which it is read.
    NeverThere {
        /// The column, by printed number or name.
        column: String,
        /// The form it stands in.
        form: String,
        /// The periods in which it is there, in both languages.
        periods: Vec<(String, String)>,
    },
    /// R640: figures that are compared and stand in no report together.
    SidesNeverMeet,
    /// R641: a figure of an earlier report that never has it.
    NeverBefore {
        /// The column, by printed number or name.
        column: String,
        /// Whether it is carried over.
        carried: bool,
    },
    /// R643: a form that an outline prints only when it is not there.
    NeverPrinted {
        /// The form.
        form: String,
        /// A period in which the outline or section applies, in both languages.
        period: (String, String),
    },
    /// R644: a row that applies in none of the periods in which its columns do, or the other way round.
    NeverAsked {
        /// Whether it is a row; else a column.
        row: bool,
    },
    /// R650: conditions of one part, or of a part and what is around it, that never hold together.
    NeverAtOnce,
    /// R642: a sentence about a cell that nobody fills.
    TellsClosed {
        /// The column, by printed number or name.
        column: String,
    },
}

impl TogetherProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TogetherProblem::NeverThere { .. } => "R639",
            TogetherProblem::SidesNeverMeet => "R640",
            TogetherProblem::NeverBefore { .. } => "R641",
            TogetherProblem::TellsClosed { .. } => "R642",
            TogetherProblem::NeverPrinted { .. } => "R643",
            TogetherProblem::NeverAsked { .. } => "R644",
            TogetherProblem::NeverAtOnce => "R650",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            TogetherProblem::NeverThere { .. }
            | TogetherProblem::SidesNeverMeet
            | TogetherProblem::NeverPrinted { .. }
            | TogetherProblem::NeverAsked { .. }
            | TogetherProblem::NeverAtOnce => Severity::Error,
            TogetherProblem::NeverBefore { .. } | TogetherProblem::TellsClosed { .. } => {
                Severity::Warning
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TogetherProblem::NeverThere {
                column,
                form,
                periods,
            } => {
                let (vi, en) = listed(periods);
                Wording::new(
                    Text::new(
                        format!("cột `{column}` của biểu `{form}` chỉ có trong {vi}, là những kỳ chỗ này không áp dụng"),
                        format!("column `{column}` of form `{form}` is there only in {en}, when this place does not apply"),
                    ),
                    Text::new(
                        "một báo cáo chỉ đọc được các ô của cùng kỳ; ô không có trong kỳ ấy thì không bao giờ có số",
                        "a report reads cells of its own period only; one that is not asked for in that period never has a figure",
                    ),
                )
                .helped(Text::new(
                    "sửa `chỉ trong …` ở một trong hai chỗ; cần số của kỳ khác thì dùng `kỳ trước(…)` hoặc `lũy kế năm(…)`",
                    "correct one of the two `only in …`; for a figure of another period use `previous(…)` or `year to date(…)`",
                ))
            }
            TogetherProblem::SidesNeverMeet => Wording::new(
                Text::new(
                    "hai vế không bao giờ có số trong cùng một kỳ",
                    "the two sides never have figures in the same period",
                ),
                Text::new(
                    "vế này chỉ có trong những kỳ mà vế kia không có, nên quy tắc không bao giờ được xét",
                    "one side is there only in periods in which the other is not, so the rule is never judged",
                ),
            )
            .helped(Text::new(
                "sửa `chỉ trong …` của biểu, cột hoặc quy tắc",
                "correct the `only in …` of a form, a column or the rule",
            )),
            TogetherProblem::NeverBefore {
                column,
                carried: false,
            } => Wording::new(
                Text::new(
                    format!("báo cáo kỳ trước không bao giờ có số ở cột `{column}`"),
                    format!("the report of the period before never has a figure in column `{column}`"),
                ),
                Text::new(
                    "kỳ liền trước cùng loại không được báo cáo, hoặc không có cột này; ô luôn trống",
                    "the preceding period of the same kind is not reported, or lacks the column; the cell stays blank",
                ),
            )
            .helped(Text::new(
                "thêm kỳ còn thiếu, bỏ `chỉ trong …`, hoặc dùng `cùng kỳ(…)` của năm trước",
                "add the missing period, remove `only in …`, or use `year ago(…)`",
            )),
            TogetherProblem::NeverBefore {
                column,
                carried: true,
            } => Wording::new(
                Text::new(
                    format!("không báo cáo nào kết thúc ngay trước kỳ này để kết chuyển cột `{column}`"),
                    format!("no report that ends just before the period has column `{column}` to carry over"),
                ),
                Text::new(
                    "số kết chuyển lấy từ báo cáo có ngày chốt liền trước ngày đầu kỳ; giữa các kỳ đã khai báo còn khoảng trống, nên lần nào cũng phải khai số đầu kỳ",
                    "a figure is carried over from the report cut off on the day before; the declared periods leave days between, so that the opening has to be declared every time",
                ),
            )
            .helped(Text::new(
                "thêm kỳ còn thiếu, bỏ `chỉ trong …`, hoặc để nhập tay bằng `số đầu kỳ`",
                "add the missing period, remove `only in …`, or let it be typed as `opening`",
            )),
            TogetherProblem::NeverAsked { row } => {
                let (vi, en) = match row {
                    true => ("dòng này không có ô nào được hỏi trong kỳ nào", "no cell of the row is asked for in any period"),
                    false => ("cột này không có ô nào được hỏi trong kỳ nào", "no cell of the column is asked for in any period"),
                };
                Wording::new(
                    Text::new(vi, en),
                    Text::new(
                        "một ô chỉ có khi cả dòng và cột của nó áp dụng; các kỳ ghi sau `chỉ trong` ở dòng và ở cột không có kỳ nào chung",
                        "a cell is there only when both its row and its column apply; the periods after their `only in` have none in common",
                    ),
                )
                .helped(Text::new(
                    "sửa `chỉ trong …` ở dòng hoặc ở cột",
                    "correct the `only in …` of the rows or of the columns",
                ))
            }
            TogetherProblem::NeverAtOnce => Wording::new(
                Text::new(
                    "điều kiện này và điều kiện kia không bao giờ cùng đúng",
                    "this condition and the other one never hold together",
                ),
                Text::new(
                    "một phần chỉ được hỏi hay xét khi mọi điều kiện của nó và của phần bao quanh cùng đúng; một trường chỉ có một câu trả lời, nên phần này không bao giờ có",
                    "a part is asked for or judged only when all its conditions and those around it hold; a field has one answer, so this part is never there",
                ),
            )
            .helped(Text::new(
                "sửa một trong hai điều kiện; nếu chỉ cần một trong hai đúng thì ghi chung một chỗ bằng `trong (…)` hoặc `hoặc`",
                "correct one of the two; where either is enough, write both at one place with `in (…)` or `or`",
            )),
            TogetherProblem::NeverPrinted { form, period } => Wording::new(
                Text::new(
                    format!("biểu `{form}` không có trong kỳ {}, là kỳ phần này của đề cương áp dụng", period.0),
                    format!("form `{form}` is not there in {}, when this part of the outline applies", period.1),
                ),
                Text::new(
                    "đề cương chỉ in được biểu có trong báo cáo của kỳ ấy, nên bảng này không bao giờ được in",
                    "an outline prints forms of the report at hand only, so the table is never printed",
                ),
            )
            .helped(Text::new(
                "sửa `chỉ trong …` của mục hoặc của biểu",
                "correct the `only in …` of the section or of the form",
            )),
            TogetherProblem::TellsClosed { column } => Wording::new(
                Text::new(
                    format!("câu mẫu nói số ở cột `{column}`, nhưng ô này luôn đóng"),
                    format!("the sentence tells the cell in column `{column}`, which is always closed"),
                ),
                Text::new(
                    "không ai nhập ô đóng, nên báo cáo nào cũng in `không áp dụng` ở chỗ này; có thể ghi nhầm dòng hoặc cột",
                    "nobody fills a closed cell, so every report prints `not asked for` there; another row or column may have been meant",
                ),
            ),
        }
    }
}

/// Periods in a sentence.
fn listed(periods: &[(String, String)]) -> (String, String) {
    const MOST: usize = 4;
    let shown = periods.iter().take(MOST);
    let (vi, en): (Vec<&str>, Vec<&str>) = shown.map(|(vi, en)| (vi.as_str(), en.as_str())).unzip();
    let more = if periods.len() > MOST { ", …" } else { "" };
    (vi.join(", ") + more, en.join(", ") + more)
}
