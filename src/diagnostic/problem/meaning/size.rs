//! R122: a file that stands for more than any regime needs.
//!
//! Data and words only; what is counted is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Files that stand for too much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SizeProblem {
    /// R122: written out, the file has more parts than are read.
    StandsForTooMuch {
        /// How many parts are read.
        most: usize,
    },
}

impl SizeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            SizeProblem::StandsForTooMuch { .. } => "R122",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            SizeProblem::StandsForTooMuch { most } => Wording::new(
                Text::new(
                    format!(
                        "viết đủ ra, tệp này có hơn {} phần; từ đây về sau phần nhân lên không được đọc nữa",
                        grouped(*most, '.')
                    ),
                    format!(
                        "written out, this file has more than {} parts; from here on what is multiplied is no longer read",
                        grouped(*most, ',')
                    ),
                ),
                Text::new(
                    "mỗi ô của dòng kẻ sẵn, mỗi vế của một khoảng như `[1..9]`, mỗi quy tắc của `cho từng` và mỗi công thức lặp lại theo dòng hay theo mã danh mục đều được viết đủ ra khi đọc",
                    "every cell of written rows, every operand of a range such as `[1..9]`, every rule of a `for each` and every formula that is repeated by row or by entry is written out when it is read",
                ),
            )
            .helped(Text::new(
                "biểu lớn nhất đang dùng chưa đến một phần mười số đó: tách tệp, bỏ bớt dòng kẻ sẵn, hoặc để mỗi đơn vị là một dòng",
                "the largest form in use needs less than a tenth of that: divide the file, write fewer rows, or let every reporting unit be a row",
            )),
        }
    }
}

/// A number with a sign between its thousands.
fn grouped(number: usize, sign: char) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(sign);
        }
        shown.push(digit);
    }
    shown
}
