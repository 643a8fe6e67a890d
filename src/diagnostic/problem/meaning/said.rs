//! R220, R223, R224, R326 to R328, R626 and R627: what is said twice, what says nothing, and what says two things at once.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. What is merely superfluous is a warning: the regime means what it
//! seems to mean, but probably something else was to be written there.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// What is said twice, what says nothing, and what says two things at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidProblem {
    /// R220: the same thing twice in one place.
    Twice {
        /// As written, shortened.
        written: String,
    },
    /// R223: an empty text where words are printed or matched.
    EmptyText,
    /// R224: a block in which nothing stands.
    EmptyBlock {
        /// As written, shortened.
        statement: String,
    },
    /// R326: two attributes of which each excludes the other.
    Contradiction {
        /// The one that stands first, as written.
        first: String,
        /// The other, as written.
        second: String,
    },
    /// R327: an attribute whose expression reads no figure.
    ReadsNothing {
        /// As written, shortened.
        attribute: String,
    },
    /// R328: a cell that its own value opens, closes, demands or bounds.
    OnItself {
        /// The column, by printed number or name.
        column: String,
    },
    /// R626: a condition on a line of its own that seems to be meant for the line above.
    Detached {
        /// The condition, as written and shortened.
        condition: String,
    },
    /// R627: one rule written twice.
    RuleTwice,
}

impl SaidProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            SaidProblem::Twice { .. } => "R220",
            SaidProblem::EmptyText => "R223",
            SaidProblem::EmptyBlock { .. } => "R224",
            SaidProblem::Contradiction { .. } => "R326",
            SaidProblem::ReadsNothing { .. } => "R327",
            SaidProblem::OnItself { .. } => "R328",
            SaidProblem::Detached { .. } => "R626",
            SaidProblem::RuleTwice => "R627",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            SaidProblem::Twice { .. } | SaidProblem::Detached { .. } | SaidProblem::RuleTwice => {
                Severity::Warning
            }
            SaidProblem::EmptyText
            | SaidProblem::EmptyBlock { .. }
            | SaidProblem::Contradiction { .. }
            | SaidProblem::ReadsNothing { .. }
            | SaidProblem::OnItself { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            SaidProblem::Twice { written } => Wording::new(
                Text::new(
                    format!("`{written}` ghi hai lần ở cùng một chỗ"),
                    format!("`{written}` is said twice at one place"),
                ),
                Text::new(
                    "ghi lần thứ hai không thêm gì; có thể định ghi một tên khác",
                    "the second time adds nothing; something else may have been meant",
                ),
            ),
            SaidProblem::EmptyText => Wording::new(
                Text::new("chỗ này để trống chữ", "the text here is empty"),
                Text::new(
                    "chữ trong ngoặc kép được in ra biểu, vào thông báo hoặc tệp xuất; để trống thì người đọc không biết là gì",
                    "what stands in quotation marks is printed, shown or exported; of an empty text nobody can tell what it is",
                ),
            )
            .helped(Text::new(
                "ghi chữ cần in, hoặc bỏ cả phần này",
                "write the words, or remove the part",
            )),
            SaidProblem::EmptyBlock { statement } => Wording::new(
                Text::new(
                    format!("khối `{statement}` không có gì bên trong"),
                    format!("nothing stands in the block `{statement}`"),
                ),
                Text::new(
                    "khối rỗng không nói điều gì: không có mục nào để chọn, không có quy tắc nào để xét",
                    "an empty block says nothing: there is no entry to choose and no rule to judge",
                ),
            )
            .helped(Text::new(
                "ghi nội dung của khối, hoặc bỏ cả câu",
                "write what belongs in it, or remove the statement",
            )),
            SaidProblem::Contradiction { first, second } => Wording::new(
                Text::new(
                    format!("`{first}` và `{second}` loại trừ nhau"),
                    format!("`{first}` and `{second}` exclude each other"),
                ),
                Text::new(
                    "mỗi thuộc tính nói một điều khác về cùng một ô: số lấy từ đâu, của kỳ nào, có phải trả lời không",
                    "each says something else about one cell: where its figure comes from, of which period it is, whether it must be answered",
                ),
            )
            .helped(Text::new("giữ lại một thuộc tính", "keep one of the two")),
            SaidProblem::ReadsNothing { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không đọc số liệu nào"),
                    format!("`{attribute}` reads no figure"),
                ),
                Text::new(
                    "thuộc tính này phụ thuộc vào một ô khác; với một hằng số nó luôn như nhau ở mọi báo cáo",
                    "the attribute depends on another cell; of a constant it is the same in every report",
                ),
            )
            .helped(Text::new(
                "ghi ô cần đọc, ví dụ `[2]`; giới hạn cố định thì ghi `khoảng 0 .. 5`",
                "name the cell, such as `[2]`; for a fixed limit write `range 0 .. 5`",
            )),
            SaidProblem::OnItself { column } => Wording::new(
                Text::new(
                    format!("cột `{column}` phụ thuộc vào chính nó"),
                    format!("column `{column}` depends on itself"),
                ),
                Text::new(
                    "ô chưa có số thì không thể lấy số của chính nó để biết phải nhập, phải đóng hay giới hạn đến đâu",
                    "while a cell has no value, that value cannot tell whether the cell is asked for, closed or within its range",
                ),
            )
            .helped(Text::new("ghi một ô khác", "name another cell")),
            SaidProblem::Detached { condition } => Wording::new(
                Text::new(
                    format!("`{condition}` ghi thành dòng riêng nên thuộc về cả khối, không thuộc về dòng ngay trên"),
                    format!("`{condition}` on a line of its own belongs to the whole block, not to the line above"),
                ),
                Text::new(
                    "một câu kết thúc ở cuối dòng; điều kiện của một cột, dòng hoặc quy tắc phải ghi cùng dòng với nó",
                    "a statement ends with its line; the condition of a column, row or rule stands on the same line",
                ),
            )
            .helped(Text::new(
                "nối vào cuối dòng trên; nếu là của cả khối thì đưa lên đầu khối",
                "join it to the line above; if it is for the whole block, move it to the top of the block",
            )),
            SaidProblem::RuleTwice => Wording::new(
                Text::new("quy tắc này ghi hai lần", "this rule is written twice"),
                Text::new(
                    "hai quy tắc giống nhau cùng báo một lỗi hai lần; có thể định sửa cột của quy tắc sau",
                    "two equal rules tell one mistake twice; the second may have been meant for other columns",
                ),
            ),
        }
    }
}
