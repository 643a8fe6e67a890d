//! R2xx: names that do not lead anywhere, or lead to two things, and tables that cannot be read.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};
use crate::text::table::{TableProblem, TableProblemKind};

/// R2xx: names that do not lead anywhere, or lead to two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// R201: a name that nothing of its kind bears.
    UnknownName {
        /// What was looked for.
        kind: NameKind,
        /// The name as written.
        name: String,
        /// The nearest existing name, if one is near.
        nearest: Option<String>,
    },
    /// R202: one name declared twice.
    RepeatedName {
        /// What is declared.
        kind: NameKind,
        /// The name.
        name: String,
    },
    /// R203: a word outside a closed list of the language.
    NotInClosedList {
        /// Channels or roles.
        kind: NameKind,
        /// The word as written.
        name: String,
        /// The nearest word of the list.
        nearest: Option<String>,
        /// The whole list.
        allowed: Vec<&'static str>,
    },
    /// R205: a table file that the project does not have.
    MissingTable {
        /// The file as written.
        file: String,
    },
    /// R206: a line of a table that cannot be read.
    BadTableLine {
        /// The file as written.
        file: String,
        /// The line, the field and what is wrong.
        problem: TableProblem,
    },
    /// R207: a measure that is defined by itself.
    MeasureCycle {
        /// The measure.
        name: String,
    },
    /// R208: a reference that has a row where none can stand, or none where one is needed.
    RowInReference {
        /// The form referred to.
        form: String,
        /// What is wrong with the row.
        fault: RowFault,
    },
    /// R209: a level that hangs beside something that is no rung of the ladder.
    NotARung {
        /// The level.
        name: String,
        /// What it hangs beside.
        beside: String,
    },
    /// R750: an entry of a catalog that is not valid at any time at which the regime is in force.
    EntryNotInForce {
        /// The entry.
        name: String,
        /// The catalog's label.
        catalog: String,
        /// Its first day, as shown, if it begins after the regime ends.
        from: Option<String>,
        /// Its last day, as shown, if it ends before the regime begins.
        until: Option<String>,
    },
    /// R210: a measure whose right side is no exact factor times measures.
    BadMeasureDefinition {
        /// The measure.
        name: String,
    },
}

/// What is wrong with the row of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// The form has one row per unit, so there is nothing to choose.
    NoRows,
    /// The place of the reference has no row of that form, so one must be named.
    RowNeeded,
    /// The rows of the two forms come from different catalogs.
    OtherRows,
    /// `*` or a range outside a sum, minimum or maximum.
    ManyOutsideSum,
    /// A row over all its figures where no column is at hand.
    ColumnNeeded,
    /// The total row of a form that has none.
    NoTotal,
    /// A row of a list outside the list, where nothing says which.
    ListRow,
    /// The row of a unit by its name in a formula: units come and go, and a formula holds for all.
    UnitRow,
    /// A list is needed, and the form is none.
    NotAList,
}

impl NameProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            NameProblem::UnknownName { .. } => "R201",
            NameProblem::RepeatedName { .. } => "R202",
            NameProblem::NotInClosedList { .. } => "R203",
            NameProblem::MissingTable { .. } => "R205",
            NameProblem::BadTableLine { .. } => "R206",
            NameProblem::MeasureCycle { .. } => "R207",
            NameProblem::RowInReference { .. } => "R208",
            NameProblem::NotARung { .. } => "R209",
            NameProblem::BadMeasureDefinition { .. } => "R210",
            NameProblem::EntryNotInForce { .. } => "R750",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            NameProblem::UnknownName {
                kind,
                name,
                nearest,
            } => {
                let kind = kind.wording();
                let wording = Wording::new(
                    Text::new(
                        format!("không có {} nào là `{name}`", kind.vi),
                        format!("there is no {} `{name}`", kind.en),
                    ),
                    Text::new(
                        "mọi tên dùng trong chế độ phải được khai báo trong chính chế độ hoặc trong phần dùng chung của dự án",
                        "every name used in a regime is declared in the regime itself or among the shared words of the project",
                    ),
                );
                nearest
                    .as_deref()
                    .map_or(wording.clone(), |nearest| wording.helped(meant(nearest)))
            }
            NameProblem::RepeatedName { kind, name } => {
                let regime = *kind == NameKind::Regime;
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("{} `{name}` được khai báo hai lần", kind.vi),
                        format!("{} `{name}` is declared twice", kind.en),
                    ),
                    Text::new(
                        "mỗi tên chỉ được chỉ một thứ, nếu không người đọc không biết đang nói đến thứ nào",
                        "a name stands for one thing only, otherwise nobody can tell which is meant",
                    ),
                )
                .helped(match regime {
                    true => Text::new(
                        "đổi tên, hoặc nếu là hai phiên bản của một chế độ thì ghi số phiên bản khác nhau",
                        "rename one, or give them different numbers if they are two versions of one regime",
                    ),
                    false => Text::new(
                        "bỏ một khai báo hoặc đổi tên",
                        "remove one declaration or rename it",
                    ),
                })
            }
            NameProblem::NotInClosedList {
                kind,
                name,
                nearest,
                allowed,
            } => {
                let kind = kind.wording();
                let list = allowed.join("`, `");
                let wording = Wording::new(
                    Text::new(
                        format!("`{name}` không phải là {}", kind.vi),
                        format!("`{name}` is not a {}", kind.en),
                    ),
                    Text::new(
                        format!("danh sách này đóng: `{list}`"),
                        format!("this list is closed: `{list}`"),
                    ),
                );
                nearest
                    .as_deref()
                    .map_or(wording.clone(), |nearest| wording.helped(meant(nearest)))
            }
            NameProblem::MissingTable { file } => Wording::new(
                Text::new(
                    format!("không tìm thấy tệp `{file}`"),
                    format!("there is no file `{file}`"),
                ),
                Text::new(
                    "tệp dữ liệu được tìm trong cùng thư mục với tệp nguồn nhắc đến nó",
                    "a table is looked for in the folder of the source that names it",
                ),
            ),
            NameProblem::BadTableLine { file, problem } => {
                let fault = table_fault(problem);
                let line = problem.line;
                Wording::new(
                    Text::new(
                        format!("`{file}` dòng {line}: {}", fault.vi),
                        format!("`{file}` line {line}: {}", fault.en),
                    ),
                    Text::new(
                        "mỗi dòng của tệp dữ liệu phải đúng với dòng tiêu đề",
                        "every line of a table has to fit its header line",
                    ),
                )
            }
            NameProblem::MeasureCycle { name } => Wording::new(
                Text::new(
                    format!("đơn vị tính `{name}` được định nghĩa qua chính nó"),
                    format!("the measure `{name}` is defined by itself"),
                ),
                Text::new(
                    "đơn vị tính phải quy được về đơn vị gốc",
                    "a measure must lead back to base measures",
                ),
            ),
            NameProblem::RowInReference { form, fault } => {
                let fault = fault.wording(form);
                Wording::new(
                    fault,
                    Text::new(
                        "một ô được xác định bởi dòng và cột; dòng chỉ được bỏ khi đã rõ là dòng nào",
                        "a cell is a row and a column; the row may be left out only where it is plain which one",
                    ),
                )
            }
            NameProblem::NotARung { name, beside } => Wording::new(
                Text::new(
                    format!("cấp `{name}` thuộc `{beside}`, nhưng `{beside}` không phải là một bậc hành chính"),
                    format!("level `{name}` hangs beside `{beside}`, which is no rung of the ladder"),
                ),
                Text::new(
                    "chỉ những cấp không có `của` mới làm nên các bậc từ dưới lên trên",
                    "only levels without `of` make up the ladder, bottom first",
                ),
            ),
            NameProblem::EntryNotInForce {
                name,
                catalog,
                from,
                until,
            } => {
                let valid = match (from, until) {
                    (Some(from), _) => Text::new(
                        format!("chỉ có hiệu lực từ {from}"),
                        format!("is valid from {from} only"),
                    ),
                    (None, Some(until)) => Text::new(
                        format!("chỉ có hiệu lực đến hết {until}"),
                        format!("was valid until {until}"),
                    ),
                    (None, None) => Text::new("không có hiệu lực", "is not valid"),
                };
                Wording::new(
                    Text::new(
                        format!("mục `{name}` của danh mục `{catalog}` {}", valid.vi),
                        format!("entry `{name}` of catalog `{catalog}` {}", valid.en),
                    ),
                    Text::new(
                        "trong suốt thời gian chế độ có hiệu lực không báo cáo nào còn dùng mục này",
                        "at no time at which the regime is in force does a report have this entry",
                    ),
                )
                .helped(Text::new(
                    "dùng mục đang có hiệu lực, hoặc sửa thời hạn của mục trong danh mục",
                    "name an entry that is valid, or mend its dates in the catalog",
                ))
            }
            NameProblem::BadMeasureDefinition { name } => Wording::new(
                Text::new(
                    format!("vế phải của đơn vị tính `{name}` không phải là tích hoặc thương của các đơn vị tính"),
                    format!("the right side of measure `{name}` is no product or quotient of measures"),
                ),
                Text::new(
                    "đơn vị tính mới là một hệ số chính xác lớn hơn 0 nhân, chia với đơn vị đã có",
                    "a new measure is an exact factor above 0 times or over measures that exist",
                ),
            )
            .helped(Text::new(
                "ví dụ: `đơn vị tính ty_dong \"tỷ đồng\" = 1_000_000_000 * dong`",
                "for example: `measure ty_dong \"tỷ đồng\" = 1_000_000_000 * dong`",
            )),
        }
    }
}

/// A mistake in a table, in words.
pub fn table_fault(problem: &TableProblem) -> Text {
    let field = problem.field.as_deref().unwrap_or("");
    match &problem.kind {
        TableProblemKind::NoHeader => {
            Text::new("tệp không có dòng tiêu đề", "there is no header line")
        }
        TableProblemKind::Unreadable => {
            Text::new("không đọc được dòng này", "the line cannot be read")
        }
        TableProblemKind::Separator { found } => {
            let (vi, en) = match found {
                '\t' => ("dấu tab".to_owned(), "tabs".to_owned()),
                sign => (format!("dấu `{sign}`"), format!("`{sign}`")),
            };
            Text::new(
                format!("các ô cách nhau bằng {vi}, cần dấu phẩy: lưu lại dạng CSV có dấu phẩy"),
                format!(
                    "the fields are separated by {en}, a comma is needed: save it as comma-separated CSV"
                ),
            )
        }
        TableProblemKind::MissingColumn => Text::new(
            format!("dòng tiêu đề thiếu cột `{field}`"),
            format!("the header has no column `{field}`"),
        ),
        TableProblemKind::UnknownColumn => Text::new(
            format!("dòng tiêu đề có cột lạ `{field}`"),
            format!("the header has an unknown column `{field}`"),
        ),
        TableProblemKind::RepeatedColumn => Text::new(
            format!("dòng tiêu đề có hai cột `{field}`"),
            format!("the header has two columns `{field}`"),
        ),
        TableProblemKind::FieldCount { expected, found } => Text::new(
            format!("cần {expected} ô nhưng có {found} ô"),
            format!("{expected} fields are needed, {found} found"),
        ),
        TableProblemKind::Empty => Text::new(
            format!("ô `{field}` để trống"),
            format!("the field `{field}` is empty"),
        ),
        TableProblemKind::NotADate { text } => Text::new(
            format!("`{text}` không phải là ngày (năm-tháng-ngày)"),
            format!("`{text}` is no date (year-month-day)"),
        ),
        TableProblemKind::NotANumber { text } => Text::new(
            format!("`{text}` không phải là số dùng được ở ô `{field}`"),
            format!("`{text}` is no number that `{field}` can take"),
        ),
        TableProblemKind::ThousandsPoint { text, meant } => Text::new(
            format!("`{text}` ở ô `{field}` có dấu chấm phân cách hàng nghìn: viết `{meant}`"),
            format!(
                "`{text}` in the field `{field}` has a point between thousands: write `{meant}`"
            ),
        ),
        TableProblemKind::NotGivenTo { text } => Text::new(
            format!(
                "`{text}` ở ô `{field}` không thuộc các cấp, cơ quan mà bộ kế hoạch `giao cho`"
            ),
            format!(
                "`{text}` in the field `{field}` is none of those that the target is `given to`"
            ),
        ),
        TableProblemKind::NotAllowed { text } => Text::new(
            format!("`{text}` không dùng được ở ô `{field}`"),
            format!("`{text}` cannot stand in the field `{field}`"),
        ),
        TableProblemKind::Repeated { text, first_line } => Text::new(
            format!("`{text}` đã có ở dòng {first_line}"),
            format!("`{text}` already stands on line {first_line}"),
        ),
        TableProblemKind::UnknownReference { text } => Text::new(
            format!("`{text}` ở ô `{field}` không có trong bảng"),
            format!("`{text}` in the field `{field}` is not in the table"),
        ),
        TableProblemKind::Undeclared { text } => Text::new(
            format!("`{text}` ở ô `{field}` không có trong dự án"),
            format!("`{text}` in the field `{field}` is not declared in the project"),
        ),
        TableProblemKind::MoreThanWhole { text } => Text::new(
            format!("các phần của `{text}` cộng lại lớn hơn toàn bộ"),
            format!("the parts of `{text}` come to more than the whole"),
        ),
        TableProblemKind::NotAName { text } => Text::new(
            format!(
                "`{text}` ở ô `{field}` không phải là tên: chỉ dùng chữ, số và `_`, không bắt đầu bằng số"
            ),
            format!(
                "`{text}` in the field `{field}` is no name: letters, digits and `_` only, no digit first"
            ),
        ),
        TableProblemKind::DatesReversed => Text::new(
            "ngày cuối sớm hơn ngày đầu",
            "the last day lies before the first",
        ),
        TableProblemKind::Cycle { text } => Text::new(
            format!("`{text}` quay vòng về chính nó"),
            format!("`{text}` leads back to itself"),
        ),
    }
}

impl RowFault {
    fn wording(self, form: &str) -> Text {
        match self {
            RowFault::NoRows => Text::new(
                format!("biểu `{form}` mỗi đơn vị một dòng, không có dòng để chọn"),
                format!("form `{form}` has one row per unit, so no row can be named"),
            ),
            RowFault::RowNeeded => Text::new(
                format!("phải ghi rõ dòng của biểu `{form}`"),
                format!("a row of form `{form}` has to be named"),
            ),
            RowFault::OtherRows => Text::new(
                format!(
                    "dòng của biểu `{form}` lấy từ danh mục khác nên không khớp với dòng đang xét"
                ),
                format!(
                    "the rows of form `{form}` come from another catalog and do not meet the row at hand"
                ),
            ),
            RowFault::ColumnNeeded => Text::new(
                format!("phải ghi rõ cột của dòng này ở biểu `{form}`"),
                format!("the column of this row of form `{form}` has to be named"),
            ),
            RowFault::NoTotal => Text::new(
                format!("biểu `{form}` không có dòng tổng"),
                format!("form `{form}` has no total row"),
            ),
            RowFault::ListRow => Text::new(
                format!(
                    "mỗi đơn vị có nhiều dòng trong danh sách `{form}`; ngoài danh sách chỉ dùng `tổng`, `đếm`, `nhỏ nhất`, `lớn nhất` trên mọi dòng, hoặc dòng tổng"
                ),
                format!(
                    "the list `{form}` has many rows; outside it only `sum`, `count`, `min`, `max` over all of them, or its total row, can be meant"
                ),
            ),
            RowFault::UnitRow => Text::new(
                format!("công thức không gọi một đơn vị của `{form}` bằng tên được"),
                format!("a formula cannot name one unit of `{form}`"),
            ),
            RowFault::NotAList => Text::new(
                format!(
                    "`{form}` không phải là danh sách nên không đếm, không cộng theo dòng được"
                ),
                format!("`{form}` is no list, so its rows are not counted or added this way"),
            ),
            RowFault::ManyOutsideSum => Text::new(
                "`*` và dãy ô chỉ dùng trong tổng, nhỏ nhất, lớn nhất",
                "`*` and ranges stand only inside a sum, minimum or maximum",
            ),
        }
    }
}

/// The question that offers a nearest name.
fn meant(nearest: &str) -> Text {
    Text::new(
        format!("có phải `{nearest}` không?"),
        format!("did you mean `{nearest}`?"),
    )
}
