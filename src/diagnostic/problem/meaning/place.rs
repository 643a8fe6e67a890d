//! R211 to R217 and R532 to R536: statements, names and attributes at places where they mean nothing.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. All of them are errors: what stands there would be read by nobody.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R211 to R217 and R532 to R536: statements, names and attributes at places where they mean nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceProblem {
    /// R211: a form, a list or a test outside every regime.
    OutsideRegime {
        /// As written, shortened.
        statement: String,
    },
    /// R212: names with points between them that lead to no cell.
    PathIsNoCell {
        /// As written.
        path: String,
    },
    /// R213: something else where one name is expected.
    NameExpected {
        /// As written.
        written: String,
    },
    /// R214: a kind of unit inside another one.
    NestedItem {
        /// The level.
        level: String,
    },
    /// R215: a way of numbering that nobody knows.
    Numbering {
        /// As written.
        style: String,
    },
    /// R216: an expectation of a test about another regime's form.
    TestElsewhere {
        /// As written.
        path: String,
    },
    /// R217: a condition or a key in a function that does not run over a list.
    NarrowedCall {
        /// The function.
        function: String,
    },
    /// R532: an attribute of something else.
    AttributeHere {
        /// As written, shortened.
        attribute: String,
    },
    /// R533: a form whose own days in force lie outside those of its regime.
    FormNeverInForce {
        /// Its first day, as shown.
        from: String,
        /// Its last day, as shown; empty if there is none.
        until: String,
    },
    /// R534: a figure over a list inside a figure over a list.
    ListInsideList,
    /// R535: `in (…)` after something that is no choice.
    NotAChoice,
    /// R536: rows grouped by something that names none of them.
    GroupedBy {
        /// As written.
        field: String,
        /// Label of the catalogue the rows come from.
        catalog: String,
    },
}

impl PlaceProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PlaceProblem::OutsideRegime { .. } => "R211",
            PlaceProblem::PathIsNoCell { .. } => "R212",
            PlaceProblem::NameExpected { .. } => "R213",
            PlaceProblem::NestedItem { .. } => "R214",
            PlaceProblem::Numbering { .. } => "R215",
            PlaceProblem::TestElsewhere { .. } => "R216",
            PlaceProblem::NarrowedCall { .. } => "R217",
            PlaceProblem::AttributeHere { .. } => "R532",
            PlaceProblem::FormNeverInForce { .. } => "R533",
            PlaceProblem::ListInsideList => "R534",
            PlaceProblem::NotAChoice => "R535",
            PlaceProblem::GroupedBy { .. } => "R536",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            PlaceProblem::OutsideRegime { statement } => Wording::new(
                Text::new(
                    format!("`{statement}` đứng ngoài mọi chế độ"),
                    format!("`{statement}` stands outside every regime"),
                ),
                Text::new(
                    "biểu, danh sách và ca kiểm thử là của một chế độ: ở ngoài thì không kỳ nào, không đơn vị nào báo cáo chúng",
                    "forms, lists and tests belong to a regime: outside there is no period and nobody who reports them",
                ),
            )
            .helped(Text::new(
                "đưa vào trong khối `chế độ … { … }`",
                "move it into the block `regime … { … }`",
            )),
            PlaceProblem::PathIsNoCell { path } => Wording::new(
                Text::new(
                    format!("`{path}` không dẫn đến ô nào"),
                    format!("`{path}` leads to no cell"),
                ),
                Text::new(
                    "một ô được gọi là `BIỂU[cột]`, `BIỂU[dòng, cột]`; của chế độ khác thì thêm tên chế độ ở trước: `CHẾ_ĐỘ.BIỂU[cột]`",
                    "a cell is called `FORM[column]` or `FORM[row, column]`; of another regime with its name in front: `REGIME.FORM[column]`",
                ),
            ),
            PlaceProblem::NameExpected { written } => Wording::new(
                Text::new(
                    format!("ở đây phải là một tên, không phải `{written}`"),
                    format!("a name is expected here, not `{written}`"),
                ),
                Text::new(
                    "chỗ này gọi một chỉ tiêu, một bộ kế hoạch hoặc một thuộc tính của đơn vị bằng tên của nó",
                    "an indicator, a target or an attribute of a unit is called by its name here",
                ),
            ),
            PlaceProblem::NestedItem { level } => Wording::new(
                Text::new(
                    format!("loại đơn vị trong loại đơn vị của cấp `{level}`"),
                    format!("a kind of unit inside a kind of unit of the level `{level}`"),
                ),
                Text::new(
                    "các loại đơn vị của một cấp ngang hàng nhau; quan hệ trên dưới là của các cấp",
                    "the kinds of unit on a level stand side by side; what is above and below are levels",
                ),
            )
            .helped(Text::new(
                "đưa ra ngang hàng, hoặc khai một cấp riêng bằng `cấp … của …`",
                "move it out, or declare a level of its own with `level … of …`",
            )),
            PlaceProblem::Numbering { style } => Wording::new(
                Text::new(
                    format!("không có cách đánh số `{style}`"),
                    format!("there is no numbering `{style}`"),
                ),
                Text::new(
                    "dòng được đánh số theo `A`, `a`, `I` hoặc `1`, mỗi bậc của danh mục một cách",
                    "rows are numbered `A`, `a`, `I` or `1`, one for each depth of the catalogue",
                ),
            ),
            PlaceProblem::TestElsewhere { path } => Wording::new(
                Text::new(
                    format!("ca kiểm thử chờ đợi ở `{path}` của chế độ khác"),
                    format!("the test expects something of `{path}`, of another regime"),
                ),
                Text::new(
                    "ca kiểm thử xét báo cáo của chính chế độ này; số liệu của chế độ khác chỉ được `cho`",
                    "a test looks at the report of its own regime; figures of others are only `given`",
                ),
            ),
            PlaceProblem::NarrowedCall { function } => Wording::new(
                Text::new(
                    format!("`{function}` không tính trên danh sách nên không có điều kiện chọn dòng"),
                    format!("`{function}` does not run over a list, so it has no condition on rows"),
                ),
                Text::new(
                    "`với điều kiện` và `không trùng` chọn dòng của một danh sách, trong `tổng`, `đếm`, `nhỏ nhất`, `lớn nhất`",
                    "`where` and `distinct` choose rows of a list, in `sum`, `count`, `min` and `max`",
                ),
            ),
            PlaceProblem::AttributeHere { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không có nghĩa ở đây"),
                    format!("`{attribute}` means nothing here"),
                ),
                Text::new(
                    "thuộc tính này thuộc về một khai báo khác: mã số, chủ quản, định nghĩa, phân tổ là của chỉ tiêu; chia ra, trong đó là của dòng hoặc của nhóm cột; công thức là của từng cột",
                    "the attribute belongs to another declaration: code, owner, definition and breakdowns to an indicator; split and of which to a row or a group of columns; formulas to single columns",
                ),
            ),
            PlaceProblem::FormNeverInForce { from, until } => {
                let until_vi = if until.is_empty() { String::new() } else { format!(" đến hết {until}") };
                let until_en = if until.is_empty() { String::new() } else { format!(" until {until}") };
                Wording::new(
                    Text::new(
                        format!("biểu có hiệu lực từ {from}{until_vi}, ngoài thời gian hiệu lực của chế độ"),
                        format!("the form is in force from {from}{until_en}, outside the days of its regime"),
                    ),
                    Text::new(
                        "biểu có hiệu lực riêng chỉ được báo cáo khi chế độ cũng còn hiệu lực",
                        "a form with days of its own is reported only while its regime is in force, too",
                    ),
                )
            }
            PlaceProblem::ListInsideList => Wording::new(
                Text::new(
                    "tính trên một danh sách bên trong phép tính trên một danh sách khác",
                    "a figure over a list inside a figure over another list",
                ),
                Text::new(
                    "điều kiện xét từng dòng của một danh sách; con số của danh sách khác không gắn với dòng ấy",
                    "a condition looks at each row of one list; a figure of another list does not belong to that row",
                ),
            )
            .helped(Text::new(
                "đưa phép tính bên trong thành một trường hoặc một cột rồi dùng trường ấy",
                "make the inner figure a field or a column and use that",
            )),
            PlaceProblem::NotAChoice => Wording::new(
                Text::new(
                    "mã danh mục được so với một thứ không chọn từ danh mục",
                    "an entry is compared with something that is not chosen from a catalogue",
                ),
                Text::new(
                    "chỉ ô kiểu `chọn …` mới có mục đã chọn để so với một mã, hay để hỏi có nằm `trong (…)` các mã kể ra không",
                    "only a cell of the type `choice …` has an entry that can be compared with one, or asked whether it is `in (…)` those listed",
                ),
            )
            .helped(Text::new(
                "ghi `chọn …` ở cột; số thì so bằng `>=` và `<=`",
                "write `choice …` at the column; compare numbers with `>=` and `<=`",
            )),
            PlaceProblem::GroupedBy { field, catalog } => Wording::new(
                Text::new(
                    format!("`{field}` không phải là trường chọn một mục của “{catalog}”"),
                    format!("`{field}` is no field that chooses an entry of “{catalog}”"),
                ),
                Text::new(
                    "mỗi báo cáo được tính vào dòng mà một trường ở đầu biểu của nó chọn, nên trường ấy phải chọn từ chính danh mục của các dòng",
                    "each report counts in the row that a field at the head of one of its forms chooses, so that field has to choose from the catalogue of the rows",
                ),
            ),
        }
    }
}
