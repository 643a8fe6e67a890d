//! R424, R545 and R546: cells that lead back to themselves by other ways than a formula of one report.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. A figure that never begins is a warning, because figures of an earlier
//! time may have been taken over; the others are errors: no report could ever be right. Formulas that go round within one
//! report are R509.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Cells that lead back to themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundProblem {
    /// R424: a figure made of itself in the period before, which never begins.
    NeverBegins {
        /// The columns in their order, the first again at the end.
        columns: Vec<String>,
    },
    /// R545: parts of which each is a part of the other.
    PartsOfEachOther {
        /// The columns in their order, the first again at the end.
        columns: Vec<String>,
    },
    /// R546: cells that close each other, or that what they make closes.
    CloseEachOther {
        /// The columns in their order, the first again at the end.
        columns: Vec<String>,
    },
}

impl RoundProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RoundProblem::NeverBegins { .. } => "R424",
            RoundProblem::PartsOfEachOther { .. } => "R545",
            RoundProblem::CloseEachOther { .. } => "R546",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            RoundProblem::NeverBegins { .. } => Severity::Warning,
            RoundProblem::PartsOfEachOther { .. } | RoundProblem::CloseEachOther { .. } => {
                Severity::Error
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RoundProblem::NeverBegins { columns } => {
                let way = columns.join(" → ");
                Wording::new(
                    Text::new(
                        format!("số này tính từ chính nó của kỳ trước và không bao giờ có số đầu tiên: {way}"),
                        format!("the figure is made of itself in the period before and never begins: {way}"),
                    ),
                    Text::new(
                        "báo cáo đầu tiên không có kỳ trước nên ô trống, và mọi báo cáo sau đó cũng trống theo",
                        "the first report has none before it, so the cell is blank there and in every report after it",
                    ),
                )
                .helped(Text::new(
                    "số cộng dồn trong năm thì ghi `lũy kế năm([1])`; số dư thì ghi `kết chuyển từ [5]`, đơn vị nhập số đầu tiên một lần",
                    "for a figure of the year so far write `year to date([1])`; for a balance `carry from [5]`, whose first figure the unit states once",
                ))
            }
            RoundProblem::PartsOfEachOther { columns } => {
                let way = columns.join(" → ");
                Wording::new(
                    Text::new(
                        format!("các phần nằm trong lẫn nhau: {way}"),
                        format!("the parts lie within each other: {way}"),
                    ),
                    Text::new(
                        "phần không lớn hơn toàn bộ; mỗi bên là phần của bên kia thì mọi số phải bằng nhau, báo cáo nào khác đi cũng bị báo lỗi",
                        "a part is no larger than its whole; where each is a part of the other all must be equal, and any other report fails",
                    ),
                )
                .helped(Text::new(
                    "chỉ giữ `nằm trong` ở cột là phần; nếu hai số phải bằng nhau thì ghi `cân đối [1] = [2]`",
                    "keep `within` on the part only; if both have to be equal write `balance [1] = [2]`",
                ))
            }
            RoundProblem::CloseEachOther { columns } => {
                let way = columns.join(" → ");
                Wording::new(
                    Text::new(
                        format!("việc đóng ô phụ thuộc vòng quanh vào chính ô đó: {way}"),
                        format!("whether the cell is closed depends on itself in a circle: {way}"),
                    ),
                    Text::new(
                        "nhập vào ô này thì ô kia đóng, ô kia đóng thì ô này lại mở: không biết ô nào được nhập",
                        "what is typed here closes the other cell, and while that is closed this one is open: nobody can tell which may be typed",
                    ),
                )
                .helped(Text::new(
                    "chỉ đóng một chiều; nếu chỉ được nhập một trong hai thì ghi `kiểm tra [1] = 0 hoặc [2] = 0`",
                    "close one way only; if one of the two may be typed write `check [1] = 0 or [2] = 0`",
                ))
            }
        }
    }
}
