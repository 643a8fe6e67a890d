//! R528, R529: lists whose rows cannot be told apart or compared.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Lists whose rows cannot be told apart or compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListProblem {
    /// R528: a key over a field that cannot identify a row.
    KeyField {
        /// The field.
        field: String,
    },
    /// R529: `same for` where there are no rows to compare.
    SameForHere,
}

impl ListProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ListProblem::KeyField { .. } => "R528",
            ListProblem::SameForHere => "R529",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            ListProblem::KeyField { field } => Wording::new(
                Text::new(
                    format!("trường `{field}` không dùng làm khóa được"),
                    format!("the field `{field}` cannot be part of a key"),
                ),
                Text::new(
                    "khóa phải luôn được nhập và so sánh đúng từng chữ: văn bản, ngày, chọn một, đơn vị, số nguyên; không phải số thập phân, phần trăm, tệp, ô tính hoặc ô không bắt buộc",
                    "a key is always typed and compared exactly: text, date, choice, reporter, whole number; no decimals, percentages, files, computed or optional fields",
                ),
            ),
            ListProblem::SameForHere => Wording::new(
                Text::new(
                    "`như nhau theo` chỉ dùng cho trường của danh sách, theo một trường khác của cùng danh sách",
                    "`same for` belongs to a field of a list and names another field of that list",
                ),
                Text::new(
                    "các dòng của danh sách giống nhau ở trường kia thì phải giống nhau ở trường này",
                    "rows of the list that agree in the other field must agree in this one",
                ),
            ),
        }
    }
}
