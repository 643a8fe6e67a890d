//! What can be wrong with the operands of a function: their number, or what a function over the rows of a list is given.
//!
//! Data and words only; it deliberately does not know which function takes what. A fault that names no list tells none.

use crate::diagnostic::wording::{Text, Wording};

/// Operands that a function does not take.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperandFault {
    /// Too few or too many of them.
    Number {
        /// How many it takes.
        takes: &'static str,
        /// How many are given.
        given: usize,
    },
    /// Rows are counted of something that is no list.
    CountsNoList {
        /// The operand as written.
        written: String,
        /// The list that it is a field of, if it is one.
        list: Option<String>,
    },
    /// A condition or a key on an operand that is no field of a list.
    NarrowsNoList {
        /// The operand as written.
        written: String,
    },
    /// A sum, minimum or maximum over a list without the field that is added or compared.
    NoField {
        /// The list.
        list: String,
        /// The field, where one is written without saying that it is that of all rows.
        field: Option<String>,
    },
}

impl OperandFault {
    /// What is said about it in a function.
    pub fn wording(&self, function: &str) -> Wording {
        match self {
            OperandFault::Number { takes, given } => Wording::new(
                Text::new(
                    format!("hàm `{function}` cần {takes} toán hạng, ở đây có {given}"),
                    format!("the function `{function}` takes {takes} operands, here are {given}"),
                ),
                Text::new(
                    "số toán hạng của mỗi hàm là cố định",
                    "each function takes a fixed number of operands",
                ),
            ),
            OperandFault::CountsNoList { written, list } => {
                let wording = Wording::new(
                    Text::new(
                        format!("hàm `{function}` đếm dòng của một danh sách, `{written}` không phải là danh sách"),
                        format!("the function `{function}` counts the rows of a list, and `{written}` is no list"),
                    ),
                    Text::new(
                        "chỉ danh sách có số dòng thay đổi; biểu có bao nhiêu dòng thì đã biết trước",
                        "only a list has rows that come and go; how many rows a form has is known",
                    ),
                );
                match list {
                    Some(list) => wording.helped(Text::new(
                        format!("viết `{function}({list})`"),
                        format!("write `{function}({list})`"),
                    )),
                    None => wording,
                }
            }
            OperandFault::NarrowsNoList { written } => Wording::new(
                Text::new(
                    format!("`với điều kiện` và `không trùng` chọn dòng của một danh sách, `{written}` không phải là trường của danh sách"),
                    format!("`where` and `distinct` choose rows of a list, and `{written}` is no field of one"),
                ),
                Text::new(
                    "điều kiện được xét ở từng dòng của danh sách",
                    "the condition is asked of each row of the list",
                ),
            )
            .helped(Text::new(
                "tính theo điều kiện trên các ô thì dùng `nếu … thì … còn lại …`",
                "for cells write `if … then … else …`",
            )),
            OperandFault::NoField { list, field } => {
                let field = field.as_deref();
                Wording::new(
                    Text::new(
                        format!("hàm `{function}` cần một trường của danh sách `{list}` ở mọi dòng"),
                        format!("the function `{function}` needs a field of list `{list}` in all its rows"),
                    ),
                    Text::new(
                        "`*` nói rằng trường được lấy ở mọi dòng của danh sách",
                        "`*` says that the field is taken in all rows of the list",
                    ),
                )
                .helped(Text::new(
                    format!("viết `{function}({list}[*, {}])`", field.unwrap_or("tên_trường")),
                    format!("write `{function}({list}[*, {}])`", field.unwrap_or("field")),
                ))
            }
        }
    }
}
