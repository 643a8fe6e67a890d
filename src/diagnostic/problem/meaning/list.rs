//! R528, R529 and R543: lists whose rows cannot be told apart or compared.
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
    /// R543: one field twice in a key.
    KeyTwice {
        /// The field.
        field: String,
    },
    /// R529: `same for` where there are no rows to compare.
    SameForHere,
    /// R529: `same for` a field that rows may share without being known by it.
    SameForOutsideKey {
        /// The field named.
        field: String,
    },
    /// R529: `same for` on a part of the key itself.
    SameForOfKey,
}

impl ListProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ListProblem::KeyField { .. } => "R528",
            ListProblem::SameForHere
            | ListProblem::SameForOutsideKey { .. }
            | ListProblem::SameForOfKey => "R529",
            ListProblem::KeyTwice { .. } => "R543",
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
                    "khóa phải luôn được nhập và so sánh đúng từng chữ: văn bản, ngày, chọn một, đơn vị, số nguyên; không phải số thập phân, phần trăm, tệp, ô tính, ô không bắt buộc hoặc ô có thể đóng",
                    "a key is always typed and compared exactly: text, date, choice, reporter, whole number; no decimals, percentages, files, computed, optional or closed fields",
                ),
            ),
            ListProblem::KeyTwice { field } => Wording::new(
                Text::new(
                    format!("trường `{field}` ghi hai lần trong khóa"),
                    format!("the field `{field}` stands twice in the key"),
                ),
                Text::new(
                    "ghi hai lần không phân biệt thêm được dòng nào; có thể là ghi nhầm tên trường khác",
                    "a second time it tells no more rows apart; another field may have been meant",
                ),
            ),
            ListProblem::SameForOutsideKey { field } => Wording::new(
                Text::new(
                    format!("`như nhau theo` phải nêu một trường của khóa, không phải `{field}`"),
                    format!("`same for` names a field of the key, not `{field}`"),
                ),
                Text::new(
                    "các dòng có chung một phần của khóa (cùng một dự án) phải ghi giống nhau; trường ngoài khóa không cho biết hai dòng có nói về một thứ hay không",
                    "rows that share a part of their key, such as a project, must agree; a field outside the key does not tell whether two rows speak of one thing",
                ),
            )
            .helped(Text::new(
                "nêu một trường trong câu `khóa`, hoặc thêm trường này vào khóa",
                "name a field of the `key`, or add this one to the key",
            )),
            ListProblem::SameForOfKey => Wording::new(
                Text::new(
                    "trường của khóa không cần `như nhau theo`",
                    "a field of the key takes no `same for`",
                ),
                Text::new(
                    "nếu trường này do một trường khác của khóa quyết định thì nó không phân biệt thêm dòng nào",
                    "if another field of the key decides it, it tells no more rows apart",
                ),
            )
            .helped(Text::new(
                "bỏ trường này khỏi khóa, hoặc bỏ `như nhau theo`",
                "take it out of the key, or remove `same for`",
            )),
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
