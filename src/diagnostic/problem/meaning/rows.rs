//! R513 to R521, R537 to R539 and R544: written rows and their cells.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. All of them are errors, as every problem of a form's shape.

use crate::diagnostic::wording::{Text, Wording};

/// Problems of written rows and their cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowsProblem {
    /// R513: rows written out in a form that takes its rows from elsewhere.
    RowsTwice,
    /// R514: a column among rows.
    ColumnAmongRows,
    /// R515: a heading of rows that is to be repeated.
    RowsRepeated,
    /// R516: an attribute that belongs to a column and stands on a row.
    NotOnRow {
        /// The attribute as written.
        attribute: String,
    },
    /// R517: an exception of a row that stands on a column.
    ExceptionWithoutRow,
    /// R518: an exception that names something else than columns of its row.
    ExceptionNotAColumn,
    /// R519: two exceptions for one cell.
    TwoExceptions,
    /// R520: formulas of a row and of a column cross and neither is meant before the other.
    TwoFormulas {
        /// The column, by printed number or name.
        column: String,
    },
    /// R537: a cell that is closed and asked for under a condition.
    RequiredButClosed,
    /// R538: a difference of which the left side is always closed.
    LeftSideClosed {
        /// The column, by printed number or name.
        column: String,
    },
    /// R544: an exception that leaves its cell as it is.
    ExceptionOfNothing {
        /// The column, by printed number or name.
        column: String,
    },
    /// R544: a formula of one cell that is the formula of its column.
    OwnFormulaOfNothing {
        /// The column, by printed number or name.
        column: String,
    },
    /// R539: cells that an agency and a level both fill.
    FilledByBoth {
        /// The agency.
        agency: String,
        /// The level.
        level: String,
    },
    /// R521: a total row over figures of different kinds.
    TotalOverKinds {
        /// The column, by printed number or name.
        column: String,
        /// The measures that are met, in both languages; empty where they are not the reason.
        measures: Vec<(String, String)>,
    },
}

impl RowsProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RowsProblem::RowsTwice => "R513",
            RowsProblem::ColumnAmongRows => "R514",
            RowsProblem::RowsRepeated => "R515",
            RowsProblem::NotOnRow { .. } => "R516",
            RowsProblem::ExceptionWithoutRow => "R517",
            RowsProblem::ExceptionNotAColumn => "R518",
            RowsProblem::TwoExceptions => "R519",
            RowsProblem::TwoFormulas { .. } => "R520",
            RowsProblem::TotalOverKinds { .. } => "R521",
            RowsProblem::RequiredButClosed => "R537",
            RowsProblem::LeftSideClosed { .. } => "R538",
            RowsProblem::FilledByBoth { .. } => "R539",
            RowsProblem::ExceptionOfNothing { .. } | RowsProblem::OwnFormulaOfNothing { .. } => {
                "R544"
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RowsProblem::RowsTwice => Wording::new(
                Text::new(
                    "biểu vừa ghi từng dòng vừa lấy dòng từ nơi khác",
                    "the form writes its rows out and takes them from elsewhere too",
                ),
                Text::new(
                    "các dòng của một biểu chỉ có một nguồn: ghi từng dòng, mỗi đơn vị một dòng, hoặc theo danh mục",
                    "the rows of a form have one source: written out, one per unit, or a catalog",
                ),
            )
            .helped(Text::new(
                "bỏ câu về dòng hoặc bỏ các dòng ghi tay",
                "remove the statement about rows or the written rows",
            )),
            RowsProblem::ColumnAmongRows => Wording::new(
                Text::new(
                    "cột nằm giữa các dòng",
                    "a column stands among rows",
                ),
                Text::new(
                    "nhóm có dòng là tiêu đề của các dòng; cột được ghi ngoài nhóm đó",
                    "a group with rows is a heading of rows; columns stand outside it",
                ),
            ),
            RowsProblem::RowsRepeated => Wording::new(
                Text::new(
                    "nhóm dòng không lặp lại được",
                    "a heading of rows cannot be repeated",
                ),
                Text::new(
                    "chỉ nhóm cột lặp lại theo đơn vị hoặc theo danh mục; dòng lặp lại được ghi bằng `dòng lấy từ …` hoặc `chia ra theo …`",
                    "only groups of columns repeat per unit or entry; rows that repeat are `rows from …` or `split by …`",
                ),
            ),
            RowsProblem::NotOnRow { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không dùng cho dòng"),
                    format!("`{attribute}` cannot stand on a row"),
                ),
                Text::new(
                    "thuộc tính này nói về cách in một cột",
                    "the attribute is about how a column is printed",
                ),
            ),
            RowsProblem::ExceptionWithoutRow => Wording::new(
                Text::new(
                    "ngoại lệ của ô chỉ ghi ở dòng",
                    "exceptions of cells stand on rows only",
                ),
                Text::new(
                    "`nhập tay`, `đóng`, `riêng` kèm cột nói về ô của một dòng được ghi trong biểu",
                    "`entered`, `closed` and `only` with a column are about a cell of a row that the form writes out",
                ),
            ),
            RowsProblem::ExceptionNotAColumn => Wording::new(
                Text::new(
                    "chỗ này phải là cột của chính dòng đang ghi",
                    "a column of this very row is needed here",
                ),
                Text::new(
                    "ngoại lệ ghi số hoặc tên cột trong ngoặc vuông, ví dụ `đóng [1], [5..7]`",
                    "an exception names columns in brackets, for example `closed [1], [5..7]`",
                ),
            ),
            RowsProblem::TwoExceptions => Wording::new(
                Text::new(
                    "một ô có hai ngoại lệ",
                    "one cell has two exceptions",
                ),
                Text::new(
                    "mỗi ô hoặc nhập tay, hoặc đóng, hoặc có công thức riêng",
                    "a cell is typed, or closed, or has a formula of its own",
                ),
            ),
            RowsProblem::ExceptionOfNothing { column } => Wording::new(
                Text::new(
                    format!("`nhập tay` thừa: ô ở cột `{column}` vốn đã nhập tay"),
                    format!("`entered` changes nothing: the cell in column `{column}` is typed anyway"),
                ),
                Text::new(
                    "`nhập tay [c]` mở một ô mà công thức của cột hoặc dòng đã khóa; ở đây không có công thức nào",
                    "`entered [c]` opens a cell that a formula of its column or row locks; here there is none",
                ),
            ),
            RowsProblem::OwnFormulaOfNothing { column } => Wording::new(
                Text::new(
                    format!("`riêng` thừa: công thức này chính là công thức của cột `{column}`"),
                    format!("`only` changes nothing: the formula is that of column `{column}`"),
                ),
                Text::new(
                    "`riêng [c] = …` cho ô một công thức khác với công thức của cột; có thể định ghi công thức khác",
                    "`only [c] = …` gives a cell another formula than its column has; another one may have been meant",
                ),
            ),
            RowsProblem::TwoFormulas { column } => Wording::new(
                Text::new(
                    format!("công thức của dòng và của cột `{column}` cùng tính một ô"),
                    format!("the formulas of the row and of column `{column}` both compute one cell"),
                ),
                Text::new(
                    "tổng tính trước, rồi đến tỷ số, rồi đến so sánh; hai công thức này không theo thứ tự đó nên không biết cái nào tính ô",
                    "sums come first, then ratios, then comparisons; these two do not stand in that order, so nobody can tell which one computes the cell",
                ),
            )
            .helped(Text::new(
                format!("ghi ở dòng `riêng [{column}] = …`, `nhập tay [{column}]` hoặc `đóng [{column}]`"),
                format!("write `only [{column}] = …`, `entered [{column}]` or `closed [{column}]` on the row"),
            )),
            RowsProblem::RequiredButClosed => Wording::new(
                Text::new(
                    "ô này vừa đóng vừa bắt buộc",
                    "the cell is closed and required",
                ),
                Text::new(
                    "ô đóng không có gì để trả lời nên không thể bắt buộc trả lời",
                    "a closed cell has nothing to answer, so no answer can be demanded",
                ),
            )
            .helped(Text::new(
                "bỏ `đóng`, hoặc bỏ `bắt buộc khi`",
                "remove `closed`, or remove `required when`",
            )),
            RowsProblem::LeftSideClosed { column } => Wording::new(
                Text::new(
                    format!("ở cột `{column}` phần bị trừ luôn đóng nhưng phần trừ thì không"),
                    format!("in column `{column}` what is subtracted from is always closed, what is subtracted is not"),
                ),
                Text::new(
                    "ô đóng không tham gia phép tính; trừ đi từ một ô không có thì không có kết quả",
                    "a closed cell takes no part; nothing can be taken away from a cell that is not there",
                ),
            )
            .helped(Text::new(
                format!("ghi ở dòng `đóng [{column}]`, `nhập tay [{column}]` hoặc `riêng [{column}] = …`"),
                format!("write `closed [{column}]`, `entered [{column}]` or `only [{column}] = …` on the row"),
            )),
            RowsProblem::FilledByBoth { agency, level } => Wording::new(
                Text::new(
                    format!("ô vừa do cơ quan `{agency}` vừa do cấp `{level}` nhập"),
                    format!("the cells are filled by agency `{agency}` and by level `{level}`"),
                ),
                Text::new(
                    "ô do một cơ quan nhập thì lấy nguyên số của cơ quan đó; ô do một cấp nhập thì cộng các đơn vị: không thể vừa lấy vừa cộng",
                    "what an agency fills is taken over as it is, what a level fills is added up; it cannot be both",
                ),
            )
            .helped(Text::new(
                "tách thành hai dòng hoặc hai cột, mỗi bên một `cơ quan nhập`",
                "make two rows or two columns with a `filled by` each",
            )),
            RowsProblem::TotalOverKinds { column, measures } => Wording::new(
                named_measures(column, measures),
                Text::new(
                    "chỉ cộng được những số cùng đơn vị tính; dòng tổng cộng mọi dòng ngoài cùng của biểu",
                    "only figures of one measure add up, and a total row adds all outermost rows of the form",
                ),
            )
            .helped(Text::new(
                "bỏ dòng tổng, hoặc ghi một dòng có công thức riêng",
                "remove the total row, or write a row with its own formula",
            )),
        }
    }
}

/// What a total row adds, with the measures where they are the reason.
fn named_measures(column: &str, measures: &[(String, String)]) -> Text {
    let (vi, en): (Vec<&str>, Vec<&str>) = measures
        .iter()
        .map(|(vi, en)| (vi.as_str(), en.as_str()))
        .unzip();
    match measures {
        [] => Text::new(
            format!("dòng tổng cộng các số khác loại ở cột `{column}`"),
            format!("the total row adds figures of different kinds in column `{column}`"),
        ),
        _ => Text::new(
            format!(
                "dòng tổng cộng các số khác đơn vị tính ở cột `{column}`: {}",
                vi.join(", ")
            ),
            format!(
                "the total row adds figures of different measures in column `{column}`: {}",
                en.join(", ")
            ),
        ),
    }
}
